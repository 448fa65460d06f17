"""Servers are set up with: images of one version, no secret, health that is looked at, units that read."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
WALL = re.compile(r"^(?:Protect|Private|Restrict|System|NoNew|Capab|Env|State|User|UMask).*$", re.M)
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    return found


def test_services_are_those_of_a_server(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"web", "worker", "db", "caddy"}


def test_images_are_of_one_version(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    images += re.findall(r"^FROM (\S+)", (DEPLOY / "Containerfile").read_text(), re.M)
    assert len(images) == 5
    assert [image for image in images if not re.search(r":\d+\.\d+(\.\d+)?(-\w+)*$", image)] == []


def test_passwords_come_from_outside_and_are_required(compose: dict[str, Any]) -> None:
    known = [service["environment"] for service in compose["services"].values()]
    secret = {name: value for each in known for name, value in each.items() if "PASSWORD" in name + value}
    assert len(secret) == 4
    assert [name for name, value in secret.items() if not re.search(r"\$\{\w*PASSWORD:\?\}", value)] == []
    ignored = subprocess.run(
        ["git", "check-ignore", "deploy/.env", "deploy/more.env"], cwd=ROOT, capture_output=True, check=False
    )
    assert ignored.stdout.split() == [b"deploy/.env", b"deploy/more.env"]


def test_every_service_is_looked_at_and_comes_back(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["healthcheck"]["test"][0] == "CMD", name
        assert service["restart"] == "unless-stopped", name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name


def test_database_is_reached_from_inside_only_and_forgets_the_order(compose: dict[str, Any]) -> None:
    database = compose["services"]["db"]
    assert database["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["caddy"]
    wanted = re.findall(r"^    (\w+) = (\w+)", (ROOT / "docs" / "settings.md").read_text(), re.M)
    assert len(wanted) == 4
    assert [f"-c{name}={value}" for name, value in wanted] == database["command"][1:]
    granted = (DEPLOY / "databases.sh").read_text()
    for grant in re.findall(r"GRANT .*;", (ROOT / "docs" / "settings.md").read_text()):
        assert grant in granted


def test_volumes_are_named(compose: dict[str, Any]) -> None:
    used = {volume.split(":")[0] for service in compose["services"].values() for volume in service["volumes"]}
    assert {name for name in used if not name.startswith("./")} == set(compose["volumes"])
    for name in used:
        assert not name.startswith("./") or (DEPLOY / name).is_file()


def test_container_runs_as_nobody_in_particular_and_takes_what_was_tested() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    assert re.search(r"^USER erbij$", text, re.M)
    assert "--require-hashes" in text
    version = re.findall(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.M)[0]
    assert f"image: erbij:{version}" in (DEPLOY / "compose.yml").read_text()


@pytest.mark.parametrize("name", UNITS)
def test_unit_reads_well(name: str, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    text = (DEPLOY / "systemd" / name).read_text()
    assert re.search(r"^\[(Service|Timer)\]$", text, re.M)
    if program is None:
        return
    for unit in UNITS:
        # The program is not installed here.
        changed = re.sub(
            r"^ExecStart=\S+", "ExecStart=/bin/true", (DEPLOY / "systemd" / unit).read_text(), flags=re.M
        )
        (tmp_path / unit).write_text(changed)
    said = subprocess.run([program, "verify", tmp_path / name], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_services_of_a_machine_run_alike_and_shut_in() -> None:
    texts = [(DEPLOY / "systemd" / name).read_text() for name in UNITS if name.endswith(".service")]
    walls = [
        set(re.findall(r"^(?:Protect|Private|Restrict|System|NoNew|Capab|Env|State|User|UMask).*$", t, re.M))
        for t in texts
    ]
    assert walls[0] == walls[1]
    assert {"ProtectSystem=strict", "NoNewPrivileges=yes", "UMask=0077", "CapabilityBoundingSet="} <= walls[0]
