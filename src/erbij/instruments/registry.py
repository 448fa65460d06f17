"""The instruments that come with Erbij, and those that someone keeps in a file."""

from importlib.resources import as_file, files
from pathlib import Path

from erbij.errors import InstrumentError, did_you_mean
from erbij.instruments import translations
from erbij.instruments.reading import read
from erbij.instruments.schema import Instrument

PULSE = "erbij-pulse-"
"""How the ids of pulses begin: five questions between two waves, to follow an action."""

_SUFFIX = ".toml"
_CATALOGUE = files("erbij.instruments") / "catalogue"


def ids() -> tuple[str, ...]:
    """Name the instruments of the catalogue, in alphabetical order.

    >>> "pssm" in ids()
    True
    """
    names = (file.name for file in _CATALOGUE.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def is_pulse(id_: str) -> bool:
    """Whether an instrument is a pulse: it asks no background, so that its release tells no group.

    >>> is_pulse("erbij-pulse-8-9"), is_pulse("erbij-pupils-8-9")
    (True, False)
    """
    return id_.startswith(PULSE)


def load(id_or_path: str | Path) -> Instrument:
    """Read an instrument of the catalogue, or one from a file of your own.

    Parameters
    ----------
    id_or_path
        An id from `ids()`, or the path of a `.toml` file.

    Raises
    ------
    InstrumentError
        Where there is no such instrument, or the file is not as docs/instruments.md says.

    Examples
    --------
    >>> load("pisa-2015-belonging").main_scale
    'belonging'
    """
    if str(id_or_path).endswith(_SUFFIX):
        return read(Path(id_or_path))
    if id_or_path not in (known := ids()):
        own = "Or give the path of a .toml file; docs/instruments.md shows how to write one."
        advice = f"{did_you_mean(str(id_or_path), known)} {own}".strip()
        raise InstrumentError("unknown instrument", found=str(id_or_path), allowed=known, advice=advice)
    with as_file(_CATALOGUE) as catalogue:
        return translations.with_languages(read(catalogue / f"{id_or_path}{_SUFFIX}"), catalogue)
