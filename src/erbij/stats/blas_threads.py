"""How many threads SciPy's linear algebra takes for small matrices: one.

Below some thousand columns a second thread saves little, and where other work keeps the processor busy the
threads wait for each other: a factorisation of a thousand columns was seen to take thirty times as long.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import scipy

SMALL = 2500
"""Columns of a matrix that one thread factors in less than half a second."""


@contextmanager
def few_threads(columns: int) -> Iterator[None]:
    """Work on matrices of so many columns with one thread, where they are small."""
    library = _openblas()
    if library is None or columns > SMALL:
        yield
        return
    before = int(library.scipy_openblas_get_num_threads())
    library.scipy_openblas_set_num_threads(1)
    try:
        yield
    finally:
        library.scipy_openblas_set_num_threads(before)


@cache
def _openblas() -> ctypes.CDLL | None:
    """The OpenBLAS that SciPy's wheels bring; None where SciPy was built with another."""
    package = Path(scipy.__file__).parent
    places = (package.parent / "scipy.libs", package / ".dylibs")
    for path in (path for place in places for path in sorted(place.glob("*scipy_openblas*"))):
        library = ctypes.CDLL(str(path))
        if hasattr(library, "scipy_openblas_set_num_threads"):
            return library
    return None
