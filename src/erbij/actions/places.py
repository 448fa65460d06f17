"""The places of a release among which effort is divided: how many are below the line, and how far."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from erbij.privacy.release import Cell, Release
from erbij.stats.design import FloatArray

EVERYONE = "everyone"
LEVEL = 0.95
FEWEST = 0.5
"""Where a bound of a share is 0 or 100, half a pupil stands for it on the scale of odds."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as released: pupils who answered, and cells of its share below the line and its mean.

    `below` and `mean` are None where they are withheld.
    """

    unit: str
    n: int
    below: Cell | None
    mean: Cell | None

    @property
    def is_told(self) -> bool:
        """Whether both share and mean are told, so that its need can be reckoned."""
        return self.below is not None and self.mean is not None and self.n > 0


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What is expected in told places, each of shape (places,), or (draws, places) for drawn needs.

    `below`: pupils below the line; `depth`: how many points those are below it on average.
    """

    below: FloatArray
    depth: FloatArray


def of(release: Release, level: str) -> tuple[Place, ...]:
    """The units of a level, in alphabetical order."""
    here = release.cells.filter(
        pl.col("level") == level,
        pl.col("breakdown") == EVERYONE,
        pl.col("measure").is_in(["mean", "below", "n"]),
    )
    units: dict[str, dict[str, Cell]] = {}
    for row in here.iter_rows(named=True):
        units.setdefault(row["unit"], {})
        if row["status"] == "shown":
            units[row["unit"]][row["measure"]] = Cell(**row)
    return tuple(_place(unit, cells) for unit, cells in sorted(units.items()))


def _place(unit: str, cells: dict[str, Cell]) -> Place:
    below, mean = cells.get("below"), cells.get("mean")
    n = next((cell.n for cell in (below, mean) if cell is not None and cell.n), 0)
    return Place(unit, n or 0, below, mean)


def need(places: tuple[Place, ...], line: float) -> Need:
    """The expected need of told places."""
    return _need(places, line, np.zeros((2, len(places))))


def drawn(places: tuple[Place, ...], line: float, rng: np.random.Generator, draws: int) -> Need:
    """Needs drawn from the released intervals: shares on the scale of odds, means on their own."""
    return _need(places, line, rng.standard_normal((2, draws, len(places))))


def _need(places: tuple[Place, ...], line: float, away: FloatArray) -> Need:
    """The need where share and mean (along the first axis) lie so many standard errors from what is told."""
    n = np.array([place.n for place in places], dtype=float)
    mean, mean_low, mean_high = _told([place.mean for place in places])
    se = np.maximum((mean_high - mean_low) / (2 * stats.t.ppf((1 + LEVEL) / 2, np.maximum(n - 1, 1))), 1e-6)
    sd, means = se * np.sqrt(n), mean + se * away[1]
    ends = np.clip(_told([place.below for place in places]) / 100, FEWEST / n, 1 - FEWEST / n)
    low, high = ends[1:]
    odds = np.log(ends / (1 - ends))
    told = 1 / (1 + np.exp(-(odds[0] + (odds[2] - odds[1]) / (2 * _normal()) * away[0])))
    # A bound says little of the share; the mean and the spread say more, and stay within it.
    is_bound = np.array([place.below is not None and place.below.reason is not None for place in places])
    reckoned = np.clip(stats.norm.cdf((line - means) / sd), low, high)
    below = n * np.where(is_bound, reckoned, told)
    return Need(below, _depth(means, sd, line))


def _told(cells: list[Cell | None]) -> FloatArray:
    """Value, low and high of told cells, shape (3, cells)."""
    rows = [(cell.value, cell.low, cell.high) for cell in cells if cell is not None]
    return np.array(rows, dtype=float).T


def _depth(mean: FloatArray, sd: FloatArray, line: float) -> FloatArray:
    """How far those below the line are below it on average, were scores normal with this mean and spread."""
    z = (line - mean) / sd
    chance = np.maximum(stats.norm.cdf(z), np.finfo(float).tiny)
    return np.asarray(np.clip(sd * (z + stats.norm.pdf(z) / chance), 0.0, line), dtype=float)


def _normal() -> float:
    return float(stats.norm.ppf((1 + LEVEL) / 2))
