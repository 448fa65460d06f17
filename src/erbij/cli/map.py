"""`erbij map`: a guess at STUDY.toml for the export of another survey tool."""

import json
from pathlib import Path

import click

from erbij.errors import StudyError
from erbij.studies.mapping import writing
from erbij.studies.mapping.guess import Guess, guess
from erbij.studies.safe_csv import write_whole


@click.command(name="map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--instrument", help="Id of an instrument, or the path of its .toml file; else it is guessed.")
@click.option("--out", type=click.Path(path_type=Path), help="New STUDY.toml; without it, it is only told.")
@click.option("--title", default="?", help="What the study is called.")
@click.option("--json", "as_json", is_flag=True, help="Print the guess as JSON.")
def map_(file: Path, *, instrument: str | None, out: Path | None, title: str, as_json: bool) -> None:
    """Guess what the columns of FILE are, and write a STUDY.toml to correct.

    FILE is an export of LimeSurvey, Microsoft Forms, Google Forms, Qualtrics or KoboToolbox, or any table of
    answers. Columns that may tell who somebody is, or when somebody answered, are left out.
    """
    if out is not None and out.exists():
        raise StudyError("is there already", where=("--out",), found=str(out), advice="Choose another name.")
    found = guess(file, instrument=instrument)
    if out is not None:
        write_whole({out: writing.to_toml(found, title=title).encode()})
    click.echo(json.dumps(_told(found), ensure_ascii=False, indent=2) if as_json else _table(found))


def _told(found: Guess) -> dict[str, object]:
    columns = [
        {"column": each.name, "is": each.role, "target": each.target, "sure": each.sure, "why": each.why}
        for each in found.columns
    ]
    return {
        "file": found.file,
        "tool": found.tool,
        "instrument": found.instrument.id,
        "columns": columns,
        "answers": found.answers,
        "unclear": found.unclear,
        "rare": found.rare,
    }


def _table(found: Guess) -> str:
    lines = [f"{found.file}: {found.tool}, {found.instrument.id}"]
    used = [each for each in found.columns if each.role in ("item", "unit")]
    lines += [f"{each.sure:>5.0%}  {each.target}: {each.name}" for each in used]
    lines += [f"  out  {name}: {why}" for name, why in writing.left_out(found)]
    lines += [f"    ?  {form}: {word}" for form, words in found.unclear.items() for word in words]
    return "\n".join(lines)
