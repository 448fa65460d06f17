"""`erbij town`: a made-up town of schools, to try things on without a real child."""

from pathlib import Path

import click
from rich.console import Console

from erbij.studies import town as towns


@click.command()
@click.option("--schools", default=58, show_default=True, help="How many schools.")
@click.option(
    "--pupils", default=2579, show_default=True, help="How many pupils, two or more for each school."
)
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same files.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write in."
)
@click.option(
    "--force", is_flag=True, help="Write in a folder that is not empty, over files of the same names."
)
def town(*, schools: int, pupils: int, seed: int, out: Path, force: bool) -> None:
    """Make up a town: answers of pupils who do not exist, and the truth behind them.

    Writes made-up-answers.csv, STUDY.toml, README.md and truth.json; each says that it is made up.
    """
    paths = towns.write(towns.make(schools, pupils, seed=seed), out, force=force)
    console = Console(stderr=True, highlight=False)
    console.print(f"Made up: {pupils} pupils in {schools} schools. Not one of them exists.")
    for path in paths:
        console.print(f"  {path}", markup=False, soft_wrap=True)
