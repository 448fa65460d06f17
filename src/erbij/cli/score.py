"""`erbij score`: an answer file with the scale scores added as columns."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click
import numpy as np
import polars as pl

from erbij.errors import StudyError
from erbij.instruments import registry, scoring
from erbij.studies import files, opening, recode
from erbij.studies.study import Exclusion
from erbij.studies.table import Table

PREFIX = "score."
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
    writers = {".csv": _write_csv, ".parquet": _write_parquet}
    kind = out.suffix.lower()
    if kind not in writers:
        raise StudyError("unknown kind of file", where=("--out",), found=out.name, allowed=writers)
    if out.exists() and file.exists() and out.samefile(file):
        raise StudyError(
            "would overwrite the answers", where=("--out",), found=str(out), advice="Choose another name."
        )
    if out.is_dir() or not out.parent.is_dir():
        raise StudyError("no such folder", where=("--out",), found=str(out), advice="Make the folder first.")
    return lambda frame: _replace(out, frame, writers[kind])


def _replace(out: Path, frame: pl.DataFrame, write: Callable[[pl.DataFrame, Path], None]) -> None:
    # Written beside it first: a full disk leaves no half file under the name that was asked for.
    part = out.with_name(f"{out.name}.part")
    try:
        write(frame, part)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StudyError("can't be written", where=(str(out),), found=error.strerror or str(error)) from error


def _write_parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path)


def _write_csv(frame: pl.DataFrame, path: Path) -> None:
    text = pl.selectors.string()
    safe = frame.with_columns(text.map_batches(_harmless, return_dtype=pl.String))
    safe.columns = [f"'{name}" if name.startswith(_FORMULA_STARTS) else name for name in safe.columns]
    safe.write_csv(path)


def _harmless(column: pl.Series) -> pl.Series:
    """Text that a spreadsheet would run as a formula gets a quote in front; numbers stay."""
    frame = pl.DataFrame({"text": column})
    text = pl.col("text")
    is_formula = pl.any_horizontal(text.str.starts_with(start) for start in _FORMULA_STARTS)
    is_number = text.str.contains(r"^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$")
    escaped = pl.when(is_formula & ~is_number).then("'" + text).otherwise(text)
    return frame.select(escaped.alias(column.name)).to_series()


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
