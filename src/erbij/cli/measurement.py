"""Does a scale mean the same in every group? Item functioning and invariance, on the user's own file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl
from rich import box
from rich.console import Console
from rich.table import Table as Grid

from erbij.cli import model_columns, survey_rows
from erbij.cli.survey_rows import DesignColumns
from erbij.errors import StudyError
from erbij.reports import measurement
from erbij.reports.words import LANGUAGES, Words
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.factor_groups import moments
from erbij.stats.invariance import Invariance, StepFit
from erbij.stats.invariance import invariance as invariance_of
from erbij.stats.item_functioning import Change, ItemFunctioning, Match, item_functioning


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers, shape (n, k), and the group of each pupil; how often what is missing."""

    items: tuple[str, ...]
    answers: FloatArray
    groups: tuple[str, ...]
    codes: IntArray
    missing: Mapping[str, int]

    @property
    def dropped(self) -> int:
        """Pupils without a group, or without an answer to each item."""
        return int((np.isnan(self.answers).any(axis=1) | (self.codes < 0)).sum())


def _options(command: Any) -> Any:
    options = (
        click.option(
            "--items", required=True, metavar="A,B,...", help="Columns of the scale, turned the same way."
        ),
        click.option("--group", required=True, metavar="COLUMN", help="Column with the group of each pupil."),
        click.option("--let", "lets", multiple=True, metavar="'NAME = EXPRESSION'", help="Define a column."),
        click.option(
            "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the words."
        ),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("dif")
@click.argument("file", type=click.Path(path_type=Path))
@_options
@click.option(
    "--match",
    type=click.Choice(["rest", "total"]),
    default="rest",
    show_default=True,
    help="Compare at the same score on the other items, or on all.",
)
def dif(  # noqa: PLR0913 - one argument for each option
    file: Path, *, items: str, group: str, lets: tuple[str, ...], language: str, as_json: bool, match: Match
) -> None:
    """Differential item functioning: do people with the same score answer each item alike in every group?"""
    rows = _read(file, items, group, lets)
    found = item_functioning(rows.answers, rows.codes, names=rows.items, match=match)
    words = Words(language)
    if as_json:
        told = [_item_payload(item, rows.groups, words) for item in found]
        _print_json({"n": found[0].n, "items": told}, rows)
        return
    grid = Grid("item", "size", box=box.SIMPLE)
    for heading in ("chi2", "df", "p", "R2 change", "p of not uniform", *rows.groups):
        grid.add_column(heading, justify="right")
    for item in found:
        total = (f"{item.total.chi2:.4g}", str(item.total.df), _chance(item.total.p))
        effects = (f"{effect:+.2f}" for effect in item.effects)
        change, uneven = f"{item.total.nagelkerke:.4f}", _chance(item.non_uniform.p)
        grid.add_row(item.item, item.size.upper(), *total, change, uneven, *effects)
    console = Console()
    console.print(grid)
    for item in found:
        console.print(f"{item.item}: {measurement.of_item(item, words)}")
    _print_left_out(console, rows)


@click.command("invariance")
@click.argument("file", type=click.Path(path_type=Path))
@_options
@click.option(
    "--together",
    multiple=True,
    metavar="A~B",
    help="Items whose residuals may go together, such as those worded the other way.",
)
def invariance(  # noqa: PLR0913 - one argument for each option
    file: Path,
    *,
    items: str,
    group: str,
    lets: tuple[str, ...],
    language: str,
    as_json: bool,
    together: tuple[str, ...],
) -> None:
    """Measurement invariance: may scores be compared between groups? One factor, step by step."""
    rows = _read(file, items, group, lets)
    found = invariance_of(moments(rows.answers, rows.codes), pairs=_pairs(together, rows.items))
    words = measurement.of_scale(found.holds, Words(language))
    if as_json:
        _print_json(_invariance_payload(found, rows, words), rows)
        return
    grid = Grid("step", box=box.SIMPLE)
    for heading in ("chi2", "df", "p", "CFI", "CFI lost", "RMSEA", "SRMR"):
        grid.add_column(heading, justify="right")
    for step in found.steps:
        fit = (f"{x:.4f}" for x in (step.cfi, step.cfi_lost, step.rmsea, step.srmr))
        grid.add_row(step.step, f"{step.chi2:.2f}", str(step.df), _chance(step.p), *fit)
    console = Console()
    console.print(grid)
    console.print(words)
    _print_left_out(console, rows)


def _chance(p: float) -> str:
    return "under .001" if p < 0.001 else f"{p:.3f}"


def _read(file: Path, items: str, group: str, lets: Sequence[str]) -> Answers:
    names = tuple(name.strip() for name in items.split(",") if name.strip())
    if len(set(names)) < len(names):
        raise StudyError("an item stands there twice", where=["--items"], found=items)
    rows = survey_rows.read(file, [*names, group], lets=lets, plausible=(), where=DesignColumns())
    (frame,) = rows.versions()
    answers = np.column_stack([model_columns.numbers(frame, name) for name in names])
    text = frame[group].cast(pl.String)
    levels = text.drop_nulls().unique().sort()
    codes = text.cast(pl.Enum(levels)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    return Answers(names, answers, tuple(levels), codes, survey_rows.missing(frame, [*names, group]))


def _pairs(texts: Sequence[str], items: Sequence[str]) -> list[tuple[int, int]]:
    pairs = []
    for text in texts:
        names = [name.strip() for name in text.split("~")]
        if len(set(names)) != 2 or not set(names) <= set(items):
            raise StudyError("is not a pair of items", where=["--together"], found=text, allowed=items)
        pairs.append((items.index(names[0]), items.index(names[1])))
    return pairs


def _item_payload(item: ItemFunctioning, groups: Sequence[str], words: Words) -> dict[str, Any]:
    return {
        "item": item.item,
        "size": item.size,
        "size_zumbo": item.size_zumbo,
        "uniform": _change(item.uniform),
        "non_uniform": _change(item.non_uniform),
        "total": _change(item.total),
        "effects": dict(zip(groups, item.effects.tolist(), strict=True)),
        "words": measurement.of_item(item, words),
    }


def _change(change: Change) -> dict[str, float]:
    return {name: getattr(change, name) for name in ("chi2", "df", "p", "mcfadden", "nagelkerke")}


def _invariance_payload(found: Invariance, rows: Answers, words: str) -> dict[str, Any]:
    last = found.steps[-1].fit
    sizes = dict(zip(rows.groups, (group.n for group in last.implied), strict=True))
    return {
        "n": sum(sizes.values()),
        "groups": sizes,
        "steps": [_step(step, rows) for step in found.steps],
        "holds": found.holds,
        "words": words,
    }


def _step(step: StepFit, rows: Answers) -> dict[str, Any]:
    numbers = ("chi2", "df", "p", "cfi", "cfi_lost", "rmsea", "srmr")
    told = {name: getattr(step, name) for name in numbers}
    loadings = {
        group: dict(zip(rows.items, each, strict=True))
        for group, each in zip(rows.groups, step.fit.loadings.tolist(), strict=True)
    }
    means = dict(zip(rows.groups, step.fit.means.tolist(), strict=True))
    return {
        "step": step.step,
        **told,
        "has_heywood": step.fit.has_heywood,
        "loadings": loadings,
        "means": means,
    }


def _print_json(payload: Mapping[str, Any], rows: Answers) -> None:
    about = {"dropped": rows.dropped, "missing": dict(rows.missing)}
    click.echo(json.dumps({**payload, **about}, allow_nan=False, ensure_ascii=False))


def _print_left_out(console: Console, rows: Answers) -> None:
    console.print(f"{rows.dropped} rows left out: a value is missing.")
    for name, count in rows.missing.items():
        console.print(f"{name} is missing in {count} rows.")
