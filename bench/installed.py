"""The wheel in an environment of its own with an empty home: from `pip install` to a closed wave, timed.

    python -m bench.installed dist/erbij-0.1.0-py3-none-any.whl

Only commands that docs/install.md names. Nothing of the source is on the path, no node and no compiler. The
walk itself, a browser for everyone from the start code to the report, is that of tests/walks.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WALK = "tests/walks/test_first_start_to_closed_wave.py"
CARRIED = (
    "erbij/web/static/pupil/dist/pupil.js",
    "erbij/web/static/pupil/dist/pupil.js.gz",
    "erbij/web/static/pupil/dist/pupil.css",
    "erbij/web/locale/nl/LC_MESSAGES/django.mo",
    "erbij/web/locale/fr/LC_MESSAGES/django.mo",
    "erbij/web/templates/base.html",
    "erbij/instruments/catalogue/erbij-pupils-10-12.toml",
    "erbij/reports/fonts/source-sans-3-400.ttf",
    "erbij/reports/fonts/source-sans-3-latin-400-normal.woff2",
    "erbij/reports/fonts/noto-sans-arabic-LICENSE.txt",
)
"""What `make` builds and git does not hold, and one file of each kind that is no Python."""


@contextmanager
def step(name: str, seconds: dict[str, float]) -> Iterator[None]:
    begun = time.monotonic()
    yield
    seconds[name] = time.monotonic() - begun
    print(f"{seconds[name]:7.1f} s  {name}", flush=True)


def missing(wheel: Path) -> list[str]:
    """What the wheel should carry and does not."""
    with zipfile.ZipFile(wheel) as opened:
        return sorted(set(CARRIED) - set(opened.namelist()))


def environment(home: Path, venv: Path) -> dict[str, str]:
    """An empty home, and of the caller only where packages come from."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "LC_"))}
    return kept | {"HOME": str(home), "PATH": f"{venv / 'bin'}:/usr/bin:/bin"}


def walk(wheel: Path, folder: Path) -> dict[str, float]:
    """Install and walk; the seconds of each step."""
    home, venv, seconds = folder / "home", folder / "venv", {}
    home.mkdir()
    clean = environment(home, venv)

    def run(*command: object) -> str:
        done = subprocess.run(
            list(map(str, command)), cwd=folder, env=clean, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    pip = (venv / "bin/pip", "install", "--quiet", "--disable-pip-version-check")
    erbij = venv / "bin/erbij"
    with step("an environment, and what Erbij needs", seconds):
        run(sys.executable, "-m", "venv", venv)
        run(*pip, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.lock")
    with step("the wheel", seconds):
        run(*pip, "--no-deps", wheel.absolute())
    with step("erbij --help, erbij check", seconds):
        assert " serve " in run(erbij, "--help")
        assert json.loads(run(erbij, "check", "--json"))["is_well"]
    with step("from the first start to a closed wave", seconds):
        given = os.environ | {"ERBIJ_WALK": str(erbij), "HOME": str(home), "ERBIJ_SHARED": str(folder)}
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", WALK],
            cwd=ROOT,
            env=given,
            check=True,
        )
    with step("erbij check, after it", seconds):
        assert json.loads(run(erbij, "check", "--json"))["is_well"]
    return seconds


def main() -> None:
    wheel = Path(sys.argv[1])
    if lacking := missing(wheel):
        sys.exit(f"{wheel} lacks: {', '.join(lacking)}")
    with tempfile.TemporaryDirectory(prefix="erbij-installed-") as folder:
        seconds = walk(wheel, Path(folder))
    print(f"{sum(seconds.values()):7.1f} s  in all")


if __name__ == "__main__":
    main()
