"""`erbij`: one command with a subcommand for each task. To add one: copy a neighbour, add its line here."""

import sys

import click

from erbij import __version__
from erbij.cli.audit import audit
from erbij.cli.backup import backup, restore
from erbij.cli.bench import fit
from erbij.cli.check import check
from erbij.cli.demo import demo
from erbij.cli.export import export
from erbij.cli.instrument import instrument
from erbij.cli.leave import leave
from erbij.cli.maihda import maihda
from erbij.cli.map import map_
from erbij.cli.measurement import dif, invariance
from erbij.cli.papers import papers
from erbij.cli.report import report
from erbij.cli.score import score
from erbij.cli.serve import manage, serve
from erbij.cli.sums import pool, sums, sums_key
from erbij.cli.survey import survey_logistic, survey_mean, survey_quantile, survey_regress
from erbij.cli.town import town
from erbij.errors import ErbijError


@click.group()
@click.version_option(__version__, prog_name="erbij")
def erbij() -> None:
    """Do pupils belong at school? From answers to an honest report.

    Exit code 0: done; 1: something in the files has to be mended first; 2: the command is not complete.
    """


for command in (
    audit,
    report,
    export,
    map_,
    instrument,
    score,
    survey_mean,
    survey_quantile,
    survey_regress,
    survey_logistic,
    fit,
    sums,
    sums_key,
    pool,
    maihda,
    dif,
    invariance,
    town,
    demo,
    serve,
    check,
    backup,
    restore,
    leave,
    papers,
    manage,
):
    erbij.add_command(command)


def main() -> None:
    """Run a command; a mistake that the user can mend is one message and exit code 1."""
    try:
        erbij(prog_name="erbij")
    except ErbijError as mistake:
        click.echo(f"erbij: {mistake}", err=True)
        sys.exit(1)
