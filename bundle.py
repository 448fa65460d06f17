"""Put what the browser is given where the package keeps it; run by `make` after `npm ci`."""

import json
import shutil
import sys
from pathlib import Path

FONTS = Path("src/erbij/reports/fonts")
FACES = [
    f"{family}-latin-{weight}-normal.woff2"
    for family in ("source-serif-4", "source-sans-3")
    for weight in (400, 600)
]
LOCK = Path("package-lock.json")


def bundle() -> None:
    """Copy the faces of the report and their licences."""
    for face in FACES:
        family = face.split("-latin-")[0]
        package = Path("node_modules/@fontsource") / family
        shutil.copyfile(package / "files" / face, FONTS / face)
        shutil.copyfile(package / "LICENSE", FONTS / f"{family}-LICENSE.txt")


def strip_addresses() -> None:
    """Leave versions and hashes in the lock file: npm adds where to give money."""
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    strip_addresses() if sys.argv[1:] == ["strip-addresses"] else bundle()
