"""The names of the columns of an answer file, checked before anything is parsed."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from erbij.errors import StudyError, did_you_mean

MOST_COLUMNS = 20_000
MOST_CELLS = 500_000_000

Choose = Callable[[tuple[str, ...]], Collection[str]]
"""Given all column names of the file, which to read."""


def check(header: Sequence[str], file: str) -> tuple[str, ...]:
    """Check the names of all columns: not too many, none blank, none twice.

    Raises
    ------
    StudyError
        The program that reads a file may rename columns or drop them in silence: here they are refused.

    Examples
    --------
    >>> check(["pupil", " q1 "], "answers.csv")
    ('pupil', 'q1')
    """
    check_count(len(header), file)
    where = (file, "header")
    names = tuple(name.strip() for name in header)
    if "" in names:
        raise StudyError(
            "a column without a name",
            where=(*where, f"column {names.index('') + 1}"),
            found="",
            advice="Name the column or remove it, with any blank columns to the right.",
        )
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        places = [i + 1 for i, name in enumerate(names) if name == twice[0]]
        raise StudyError(
            f"a column name that stands there {len(places)} times",
            where=(*where, f"columns {' and '.join(map(str, places))}"),
            found=twice[0],
            advice="Give every column a name of its own.",
        )
    return names


def check_count(columns: int, file: str) -> None:
    """Refuse more columns than any answer file has."""
    if columns > MOST_COLUMNS:
        raise StudyError(
            "too many columns",
            where=(file, "header"),
            found=columns,
            allowed=[f"at most {MOST_COLUMNS}"],
            advice="Keep the columns that STUDY.toml names.",
        )


def chosen(names: tuple[str, ...], columns: Collection[str] | Choose | None, file: str) -> list[str]:
    """The columns to read, in the order of the file; all of them where `columns` is None.

    Raises
    ------
    StudyError
        A column that is named but absent; names that look like it are given as advice.
    """
    if columns is None:
        return list(names)
    wanted = set(columns(names) if callable(columns) else columns)
    for absent in sorted(wanted.difference(names)):
        raise StudyError(
            "column named but absent",
            where=(file, "header"),
            found=absent,
            allowed=names,
            advice=did_you_mean(absent, names),
        )
    # One column at the least: without any, the rows could not be counted.
    return [name for name in names if name in wanted] or list(names[:1])


def check_size(rows: int, columns: int, file: str) -> None:
    """Refuse a file whose cells would fill the memory, however small its bytes; and one without rows."""
    if rows == 0:
        raise StudyError(
            "a header and no rows", where=(file,), advice="Export the answers again, with the pupils' rows."
        )
    if rows * columns > MOST_CELLS:
        raise StudyError(
            "too large to read at once",
            where=(file,),
            found=f"{rows} rows x {columns} columns",
            allowed=[f"at most {MOST_CELLS} cells"],
        )
