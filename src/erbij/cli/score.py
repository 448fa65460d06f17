"""`erbij score`: an answer file with the scale scores added as columns."""

import json
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

import click
import numpy as np
import polars as pl

from erbij.errors import StudyError
from erbij.instruments import registry, scoring
from erbij.studies import files, opening, recode
from erbij.studies.safe_csv import to_csv, write_whole
from erbij.studies.study import Exclusion
from erbij.studies.table import Table

PREFIX = "score."


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--instrument", required=True, help="Id of an instrument, or the path of its .toml file.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New file, .csv or .parquet.")
@click.option("--delimiter", help='Of a .csv that does not use ",".')
@click.option("--encoding", help="Of a .csv that is not in UTF-8, such as cp1252.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def score(  # noqa: PLR0913 - one argument for each option
    file: Path, *, instrument: str, out: Path, delimiter: str | None, encoding: str | None, as_json: bool
) -> None:
    """Add the scores of an instrument to FILE.

    Every scale becomes a column score.SCALE from 0 to 100, empty where a pupil answered too few items. The
    rows and the other columns stay as they are.
    """
    write = _writer_for(file, out)
    # Read as written, so that the columns that are not ours pass through unchanged.
    table = files.read_table(file, as_text=None, delimiter=delimiter, encoding=encoding)
    chosen = registry.load(instrument)
    sought = recode.answer_columns(chosen, columns={}, missing=(), file=file.name)
    answers, exclusions = recode.item_answers(table, chosen, sought)
    scores = scoring.score(chosen, answers)
    write(_with_scores(table, scores))
    _print(table, scores, [*exclusions, *opening.without_score(scores)], out=out, as_json=as_json)


def _writer_for(file: Path, out: Path) -> Callable[[pl.DataFrame], None]:
    writers = {".csv": to_csv, ".parquet": _as_parquet}
    kind = out.suffix.lower()
    if kind not in writers:
        raise StudyError("unknown kind of file", where=("--out",), found=out.name, allowed=writers)
    if out.exists() and file.exists() and out.samefile(file):
        raise StudyError(
            "would overwrite the answers", where=("--out",), found=str(out), advice="Choose another name."
        )
    if out.is_dir() or not out.parent.is_dir():
        raise StudyError("no such folder", where=("--out",), found=str(out), advice="Make the folder first.")
    return lambda frame: write_whole({out: writers[kind](frame)})


def _as_parquet(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _with_scores(table: Table, scores: opening.Scores) -> pl.DataFrame:
    taken = [PREFIX + scale for scale in scores if PREFIX + scale in table.columns]
    if taken:
        raise StudyError(
            "already has scores",
            where=(table.file, "header"),
            found=taken[0],
            advice="Remove the column first.",
        )
    columns = [pl.Series(PREFIX + scale, values).fill_nan(None) for scale, values in scores.items()]
    return table.frame.with_columns(columns)


def _print(
    table: Table, scores: opening.Scores, exclusions: list[Exclusion], *, out: Path, as_json: bool
) -> None:
    counts = {scale: int((~np.isnan(values)).sum()) for scale, values in scores.items()}
    if as_json:
        told = {
            "file": table.file,
            "sha256": table.sha256,
            "out": str(out),
            "rows": table.frame.height,
            "scores": counts,
            "exclusions": [asdict(exclusion) for exclusion in exclusions],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{table.frame.height} rows, written to {out}")
    for scale, count in counts.items():
        click.echo(f"{PREFIX}{scale}: {count} scores")
    for exclusion in exclusions:
        click.echo(f"{exclusion.what}, {exclusion.where}: {exclusion.count}")
