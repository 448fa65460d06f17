"""Sums of a school, all that a fit needs: written, signed for a network, and fitted together."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from erbij.cli import mixed_tables, model_columns, signed_sums
from erbij.cli.bench import check_out, read
from erbij.errors import EstimationError, StudyError
from erbij.privacy import gate, signature
from erbij.privacy.policy import USUAL, presets
from erbij.privacy.signature import Signed
from erbij.stats import aggregation, frame_rows, mixed_fit, mixed_plan
from erbij.stats import sums as sums_of_rows
from erbij.stats.aggregation import NotArithmeticError
from erbij.stats.mixed_plan import Plan
from erbij.stats.sums import Sums
from erbij.studies import parquet_rows
from erbij.studies.safe_csv import write_whole

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("sums")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("formula")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New file, .json.")
@click.option("--weights", metavar="COLUMN", help="Prior weights: the residual variance is divided by them.")
@click.option("--let", "lets", multiple=True, metavar="'NAME = EXPRESSION'", help="Define a column.")
@click.option(
    "--for-network",
    "policy",
    is_flag=False,
    flag_value=USUAL,
    type=click.Choice(tuple(presets())),
    help="Merge groups until nothing is about a few pupils, by this policy.",
)
@click.option("--sign", "key", type=FILE, help="Private key of the school, of `erbij sums-key`.")
@click.option("--school", help="Its name, as the network knows it; with --sign.")
@model_columns.no_imputation
def sums(  # noqa: PLR0913 - one argument for each option
    file: Path,
    formula: str,
    *,
    out: Path,
    weights: str | None,
    lets: tuple[str, ...],
    policy: str | None,
    key: Path | None,
    school: str | None,
) -> None:
    """Write the sums of FILE by group: all that a fit needs, for `erbij pool`.

    The sums of a group of a few pupils tell a lot about those pupils: the command says how small the smallest
    is. With --for-network they pass the gate first, with --sign the network knows that nobody changed them.
    """
    if (key is None) != (school is None) or (key and not policy):
        raise click.UsageError("--sign, --school and --for-network go together.")
    check_out(out, file)
    found, plan = _sums_of_file(file, formula, weights=weights, lets=lets)
    if policy:
        found = gate.contribution(found, preset=policy)
    about = {
        "formula": formula,
        "weights": weights,
        "categories": [[e, c.column, list(c.levels)] for e, c in plan.categories.items()],
    }
    text = sums_of_rows.to_json(found, about)
    if key and school:
        text = signature.sign(Signed(school, dt.date.today(), text), key.read_bytes())
    write_whole({out: text.encode()})
    click.echo(
        f"{found.n} rows in {found.counts.size} cells, the smallest of {found.counts.min()}, "
        f"written to {out}; {sum(found.excluded.values())} rows left out",
        err=True,
    )


def _sums_of_file(
    file: Path, formula: str, *, weights: str | None, lets: tuple[str, ...]
) -> tuple[Sums, Plan]:
    """Sums of a Parquet file as it is read, so that it need not fit in memory; of other files in memory."""
    if file.suffix.lower() == ".parquet" and not lets:
        with parquet_rows.rows(file) as table:
            _check_columns(formula, weights, table.columns)
            with suppress(NotArithmeticError):
                return aggregation.aggregate(formula, table, weights, for_pooling=True)
    frame = read(file, formula, weights=weights, lets=lets)
    return frame_rows.sums_of(formula, frame, weights, for_pooling=True)


def _check_columns(formula: str, weights: str | None, columns: Sequence[str]) -> None:
    named, _ = mixed_plan.variables(formula)
    model_columns.check_known(named | ({weights} if weights else set()), columns, definitions={})


@click.command("pool")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SUMS.json...")
@click.option("--trust", type=FILE, help="TOML with [schools]: the public key of each, by its name.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="With --trust: none that is older.")
@click.option("--ml", "is_ml", is_flag=True, help="Maximum likelihood instead of restricted (REML).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def pool(
    files: tuple[Path, ...], *, trust: Path | None, since: dt.datetime | None, is_ml: bool, as_json: bool
) -> None:
    """Fit a mixed model to the sums of one or more files together, as if all rows stood in one file.

    With --trust each file is signed by a school that is known, and of each school the newest one counts.
    """
    if since and trust is None:
        raise click.UsageError("--since goes with --trust.")
    texts = {path: _text_of(path) for path in files}
    if trust is not None:
        texts = signed_sums.newest(texts, signed_sums.keys_in(trust), since.date() if since else None)
    read_sums = [_sums_in(text, path) for path, text in texts.items()]
    plan = _common_plan([about for _, about in read_sums], tuple(texts))
    pooled = sums_of_rows.pool([found for found, _ in read_sums])
    needed = sums_of_rows.with_columns(pooled, plan.layout.columns)
    mixed_tables.show(mixed_fit.fit(needed, plan.layout, is_reml=not is_ml), as_json=as_json)


@click.command("sums-key")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New file for the private key.")
def sums_key(out: Path) -> None:
    """Make the keys with which a school signs its sums: one stays in a file, the other is printed.

    The network needs the one that is printed. Nobody but the school may have the file.
    """
    if out.exists():
        raise StudyError("is there already", where=("--out",), found=str(out), advice="Take another name.")
    check_out(out, out)
    private, public = signature.new_key()
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
    click.echo(public)


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise StudyError("can't be opened", where=(str(path),), found=reason) from error


def _sums_in(text: str, path: Path) -> tuple[Sums, dict[str, Any]]:
    if signature.is_signed(text):
        raise StudyError("is signed", where=(str(path),), advice="Give the keys of the schools with --trust.")
    try:
        return sums_of_rows.from_json(text)
    except EstimationError as error:
        raise StudyError(str(error).rstrip("."), where=(str(path),)) from error


def _common_plan(abouts: Sequence[Mapping[str, Any]], files: Sequence[Path]) -> Plan:
    """The plan of the model with the categories of all files together."""
    first = abouts[0]
    for about, path in zip(abouts, files, strict=True):
        for what in ("formula", "weights"):
            if about.get(what) != first.get(what):
                raise StudyError(
                    f"sums of another {what} can't be added",
                    where=(str(path),),
                    found=about.get(what),
                    allowed=[first.get(what)],
                )
    levels: dict[tuple[str, str], set[Any]] = {}
    for about in abouts:
        for expression, column, found in about["categories"]:
            levels.setdefault((expression, column), set()).update(found)
    try:
        together = tuple((e, column, tuple(sorted(found))) for (e, column), found in levels.items())
    except TypeError as error:
        raise StudyError(
            "categories are text in one file and numbers in another", where=map(str, files)
        ) from error
    return mixed_plan.plan(str(first["formula"]), together)
