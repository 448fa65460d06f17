"""Put what the browser is given where the package keeps it; run by `make` after `npm ci`."""

import gzip
import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FONTS = Path("src/erbij/reports/fonts")
FAMILIES = ("source-serif-4", "source-sans-3")
WEIGHTS = (400, 600)
FACES = [f"{family}-latin-{weight}-normal.woff2" for family in FAMILIES for weight in WEIGHTS]
ON_PAPER = ("latin", "latin-ext", "cyrillic", "greek")
"""Names of schools and classes are set in the alphabets of Europe."""
ARABIC = "noto-sans-arabic"
"""A family of its own: one file takes the letters of one way of writing."""
PUPIL = Path("src/erbij/web/static/pupil")
DIST = PUPIL / "dist"
MADE = {
    "pupil.js": [PUPIL / "js/page.js", "--bundle", "--format=iife", "--target=es2018", "--charset=utf8"],
    "pupil.css": [PUPIL / "pupil.css", "--target=chrome100,safari14"],
}
LOCK = Path("package-lock.json")


def bundle() -> None:
    """Make all that the browser is given."""
    fonts()
    fonts_on_paper()
    pupil_page()
    parts()


def fonts() -> None:
    """Copy the faces of the report and their licences."""
    for face in FACES:
        family = face.split("-latin-")[0]
        package = Path("node_modules/@fontsource") / family
        shutil.copyfile(package / "files" / face, FONTS / face)
        shutil.copyfile(package / "LICENSE", FONTS / f"{family}-LICENSE.txt")


def fonts_on_paper() -> None:
    """One font per face for the typesetter, which reads no woff2 and takes one file for a family."""
    for family, weight in itertools.product(FAMILIES, WEIGHTS):
        files = Path("node_modules/@fontsource") / family / "files"
        parts = [str(files / f"{family}-{signs}-{weight}-normal.woff2") for signs in ON_PAPER]
        face = Merger().merge(parts)
        face.flavor = None
        # Else it would hold the second in which it was made, and no two wheels would be alike.
        face.recalcTimestamp = False
        face["head"].created = face["head"].modified = TTFont(parts[0])["head"].modified
        face.save(FONTS / f"{family}-{weight}.ttf")
    for weight in WEIGHTS:
        package = Path("node_modules/@fontsource") / ARABIC
        face = TTFont(package / "files" / f"{ARABIC}-arabic-{weight}-normal.woff2", recalcTimestamp=False)
        face.flavor = None
        face.save(FONTS / f"{ARABIC}-{weight}.ttf")
        shutil.copyfile(package / "LICENSE", FONTS / f"{ARABIC}-LICENSE.txt")


def pupil_page() -> None:
    """One script and one style sheet for the page of the pupil, each compressed beside it."""
    DIST.mkdir(exist_ok=True)
    for name, options in MADE.items():
        made = DIST / name
        flags = ["--minify", "--legal-comments=none", "--log-level=warning", f"--outfile={made}"]
        subprocess.run(["node_modules/.bin/esbuild", *map(str, options), *flags], check=True)
        made.with_name(f"{name}.gz").write_bytes(gzip.compress(made.read_bytes(), 9, mtime=0))
    shutil.copyfile("node_modules/@hpke/core/LICENSE", DIST / "hpke-core-LICENSE.txt")


def parts() -> None:
    """Name the packages of which something is given to the browser, for the bill of materials."""
    wanted = json.loads(Path("package.json").read_text())["dependencies"]
    own = [json.loads(Path("node_modules", name, "package.json").read_text()) for name in sorted(wanted)]
    told = [{key: each[key] for key in ("name", "version", "license")} for each in own]
    (DIST / "parts.json").write_text(json.dumps(told, indent=1) + "\n")


def strip_addresses() -> None:
    """Leave versions and hashes in the lock file: npm adds where to give money."""
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    strip_addresses() if sys.argv[1:] == ["strip-addresses"] else bundle()
