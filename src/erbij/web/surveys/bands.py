"""How many ballots came in, told in bands: an exact count would tell the moment of each."""

from dataclasses import dataclass

STEP = 5


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` up to and including `high` ballots of `size` pupils."""

    low: int
    high: int
    size: int


def count_band(count: int, size: int) -> Band:
    """Put a count of ballots in its band: none, 1 to 4, 5 to 9, 10 to 14 and so on.

    Parameters
    ----------
    count
        Ballots that arrived.
    size
        Pupils in the class.

    Examples
    --------
    >>> count_band(0, 23), count_band(3, 23)
    (Band(low=0, high=0, size=23), Band(low=1, high=4, size=23))
    >>> count_band(22, 23)
    Band(low=20, high=24, size=23)
    """
    if count <= 0:
        return Band(0, 0, size)
    low = count - count % STEP
    return Band(max(low, 1), low + STEP - 1, size)
