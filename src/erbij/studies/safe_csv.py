"""Writing: csv that a spreadsheet opens as text and never runs, and files that are whole or not there."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl

from erbij.errors import StudyError

Content = bytes | Iterable[bytes]
"""Of a file: whole, or in pieces."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 100_000
NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$"


def in_pieces(frame: pl.DataFrame) -> Iterator[bytes]:
    """The csv of a frame, some rows at a time: as a whole it takes several times as much memory."""
    for start in range(0, max(frame.height, 1), ROWS_AT_ONCE):
        yield to_csv(frame.slice(start, ROWS_AT_ONCE), with_header=start == 0)


def to_csv(frame: pl.DataFrame, *, with_header: bool = True) -> bytes:
    r"""The frame as csv; text and names that a spreadsheet would run as a formula get a quote in front.

    >>> to_csv(pl.DataFrame({"unit": ["=1+1", "3A", "-2"]}))
    b"unit\n'=1+1\n3A\n-2\n"
    """
    texts = [
        name for name, kind in frame.schema.items() if isinstance(kind, (pl.String, pl.Categorical, pl.Enum))
    ]
    safe = frame.with_columns(_harmless(name) for name in texts)
    safe.columns = [f"'{name}" if name.startswith(FORMULA_STARTS) else name for name in safe.columns]
    return safe.write_csv(include_header=with_header).encode()


def _harmless(name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    is_formula = pl.any_horizontal(text.str.starts_with(start) for start in FORMULA_STARTS)
    return pl.when(is_formula & ~text.str.contains(NUMBER)).then("'" + text).otherwise(text).alias(name)


def write_whole(files: Mapping[Path, Content]) -> None:
    """Write files beside their names first and rename them last: all of them whole, or none begun.

    What is given in pieces is written piece by piece.

    Raises
    ------
    StudyError
        The folder can't be made or written.
    """
    parts = {path: path.with_name(f"{path.name}.part") for path in files}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(0, "a folder has this name", str(path))
            content = files[path]
            with part.open("wb") as file:
                file.writelines((content,) if isinstance(content, bytes) else content)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        where = str(error.filename or next(iter(files)))
        raise StudyError("can't be written", where=(where,), found=error.strerror or str(error)) from error
