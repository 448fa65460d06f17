"""Progress on standard error, so that results on standard output stay clean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def steps(*names: str) -> Iterator[Callable[[], None]]:
    """A bar with a named step at a time: call the function at the start of each."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(names[0], total=len(names))
        coming = iter(enumerate(names))

        def step() -> None:
            done, name = next(coming)
            progress.update(task, completed=done, description=name)

        yield step
        progress.update(task, completed=len(names))
