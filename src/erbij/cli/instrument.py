"""`erbij instrument`: instruments to XLSForm and from it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from erbij.errors import InstrumentError
from erbij.instruments import reading, registry, translations
from erbij.instruments.schema import Instrument
from erbij.instruments.xlsform import sheets
from erbij.instruments.xlsform.reading import Taken, take
from erbij.studies import form_file
from erbij.studies.safe_csv import write_whole


@click.group()
def instrument() -> None:
    """Instruments to XLSForm (KoboToolbox, ODK) and from it."""


@instrument.command(name="to-xlsform")
@click.argument("id_", metavar="INSTRUMENT")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New file, .xlsx.")
def to_xlsform(id_: str, *, out: Path) -> None:
    """Write INSTRUMENT (an id, or the path of a .toml file) as an XLSForm workbook."""
    _refuse_existing(out)
    write_whole({out: sheets.to_xlsx(registry.load(id_))})
    click.echo(str(out))


@instrument.command(name="from-xlsform")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New folder.")
@click.option("--id", "id_", default="", help="What the instrument is called; else the form_id.")
def from_xlsform(file: Path, *, out: Path, id_: str) -> None:
    """Make an instrument out of the XLSForm FILE: a .toml file, and one for each further language.

    Every language comes in as not reviewed. Where a form does not say something, such as whose words these
    are, the file has a "?" for you to replace.
    """
    _refuse_existing(out)
    taken = take(form_file.read(file), file=file.name, id_=id_)
    checked(taken)
    for name in taken.files:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
    write_whole({out / name: content for name, content in taken.files.items()})
    click.echo("\n".join(str(out / name) for name in taken.files))
    if taken.left_out:
        click.echo(f"left out, nothing to choose from: {', '.join(taken.left_out)}", err=True)


def checked(taken: Taken) -> Instrument:
    """Read what was made, as everybody will: what the reader refuses is never written where it was asked."""
    with TemporaryDirectory() as folder:
        for name, content in taken.files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return translations.with_languages(reading.read(Path(folder) / next(iter(taken.files))), Path(folder))


def _refuse_existing(out: Path) -> None:
    if out.exists():
        raise InstrumentError(
            "is there already", where=("--out",), found=str(out), advice="Choose another name."
        )
