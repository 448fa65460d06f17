"""Writing: csv that a spreadsheet opens as text and never runs, and files that are whole or not there."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from erbij.errors import StudyError

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$"


def to_csv(frame: pl.DataFrame) -> bytes:
    r"""The frame as csv; text and names that a spreadsheet would run as a formula get a quote in front.

    >>> to_csv(pl.DataFrame({"unit": ["=1+1", "3A", "-2"]}))
    b"unit\n'=1+1\n3A\n-2\n"
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    safe = frame.with_columns(_harmless(name) for name in texts)
    safe.columns = [f"'{name}" if name.startswith(FORMULA_STARTS) else name for name in safe.columns]
    return safe.write_csv().encode()


def _harmless(name: str) -> pl.Expr:
    text = pl.col(name)
    is_formula = pl.any_horizontal(text.str.starts_with(start) for start in FORMULA_STARTS)
    return pl.when(is_formula & ~text.str.contains(NUMBER)).then("'" + text).otherwise(text).alias(name)


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files beside their names first and rename them last: all of them whole, or none begun.

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
            part.write_bytes(files[path])
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        where = str(error.filename or next(iter(files)))
        raise StudyError("can't be written", where=(where,), found=error.strerror or str(error)) from error
