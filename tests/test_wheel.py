"""What the wheel is built from; the wheel itself is installed and walked by `make installed`."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([a-z0-9.-]+(?:\[[a-z]+\])?)==(\S+)", re.M)


def test_what_is_installed_is_what_was_tested() -> None:
    tested = dict(PINNED.findall((ROOT / "requirements-dev.lock").read_text()))
    installed = dict(PINNED.findall((ROOT / "requirements.lock").read_text()))
    assert len(installed) > 30
    assert {name: version for name, version in installed.items() if tested.get(name) != version} == {}


def test_every_requirement_is_in_the_lock() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[~<>=]", each)[0].replace(".", "-") for each in wanted}
    pinned = PINNED.findall((ROOT / "requirements.lock").read_text())
    locked = {name.split("[")[0].replace(".", "-") for name, _ in pinned}
    assert names - locked == set()
