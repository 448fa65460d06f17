"""Put what the browser is given where the package keeps it; run by `make` after `npm ci`."""

import shutil
from pathlib import Path

FONTS = Path("src/erbij/reports/fonts")
FACES = [
    f"{family}-latin-{weight}-normal.woff2"
    for family in ("source-serif-4", "source-sans-3")
    for weight in (400, 600)
]


def main() -> None:
    """Copy the faces of the report and their licences."""
    for face in FACES:
        family = face.split("-latin-")[0]
        package = Path("node_modules/@fontsource") / family
        shutil.copyfile(package / "files" / face, FONTS / face)
        shutil.copyfile(package / "LICENSE", FONTS / f"{family}-LICENSE.txt")


if __name__ == "__main__":
    main()
