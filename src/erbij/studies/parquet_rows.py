"""The rows of a Parquet file where they are: read in pieces, as often as asked, and never all at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from erbij.errors import StudyError


@contextmanager
def rows(path: Path) -> Iterator[duckdb.DuckDBPyRelation]:
    """A table that DuckDB reads from the file when it is asked something.

    Raises
    ------
    StudyError
        The file is not there, can't be opened, or is no Parquet; also when that shows while it is read.
    """
    if not path.is_file():
        raise StudyError("no such file", where=(str(path),), advice="Look at its name and its folder.")
    with duckdb.connect() as engine:
        # Nothing of the answers goes to the disk, however much there is to add up.
        engine.execute("SET temp_directory = ''")
        engine.execute("SET preserve_insertion_order = false")
        # Groups numbered within 2^18 get a place each instead of being looked up: a fifth faster.
        engine.execute("SET perfect_ht_threshold = 18")
        try:
            yield engine.read_parquet(_literally(path))
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise StudyError("can't be read", where=(str(path),), found=reason) from error


def _literally(path: Path) -> str:
    """The path without what would be read as a pattern for many files."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
