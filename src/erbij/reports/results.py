"""Looking things up in a release: the cells of everyone, of groups and of units."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import polars as pl

from erbij.privacy.release import BreakdownCard, Cell, Release, ScaleCard

EVERYONE = "everyone"
CELL_FIELDS = tuple(field.name for field in fields(Cell))


@dataclass(frozen=True, slots=True)
class Results:
    """A release with its cells of level `all` at hand; `before`: earlier ones of the school, oldest first.

    `network`: a release of the network of which the school is one.
    """

    release: Release
    at_top: dict[tuple[str, str, str], Cell]
    before: tuple[Release, ...] = ()
    network: Release | None = None

    def everyone(self, measure: str) -> Cell | None:
        """The cell of everyone together, None where it is withheld or was never made."""
        return self.group(EVERYONE, EVERYONE, measure)

    def group(self, breakdown: str, group: str, measure: str) -> Cell | None:
        """The cell of a group at the top level, None where it is withheld or was never made."""
        cell = self.at_top.get((breakdown, group, measure))
        return cell if cell and cell.status == "shown" else None

    def was_made(self, breakdown: str, group: str, measure: str) -> bool:
        """Whether such a cell exists, shown or withheld."""
        return (breakdown, group, measure) in self.at_top

    def units(self, level: str) -> Iterator[tuple[str, dict[str, Cell]]]:
        """The units of a level in alphabetical order, each with its cells of everyone by measure."""
        found: dict[str, dict[str, Cell]] = defaultdict(dict)
        for row in self._everyone_at(level).select(CELL_FIELDS).iter_rows():
            cell = Cell(*row)
            found[cell.unit][cell.measure] = cell
        yield from sorted(found.items())

    def count_units(self, level: str) -> int:
        """Of how many units of a level there is a mean, told or withheld."""
        return self._everyone_at(level).filter(measure="mean")["unit"].n_unique()

    def _everyone_at(self, level: str) -> pl.DataFrame:
        return self.release.cells.filter(pl.col("level") == level, pl.col("breakdown") == EVERYONE)

    def scales(self, *, part: str | None = None, kind: str | None = None) -> tuple[ScaleCard, ...]:
        """The scales that are such a part of the main scale, or of such a kind."""
        return tuple(
            scale
            for scale in self.release.card.scales
            if (part is not None and scale.part == part) or (kind is not None and scale.kind == kind)
        )

    @property
    def main(self) -> ScaleCard:
        """The main scale."""
        card = self.release.card
        return next(scale for scale in card.scales if scale.id == card.instrument.main_scale)

    @property
    def breakdowns(self) -> tuple[BreakdownCard, ...]:
        """The breakdowns of the study, in its order."""
        return self.release.card.breakdowns


def look_up(release: Release, before: Iterable[Release] = (), network: Release | None = None) -> Results:
    """Put the cells of the top level at hand."""
    rows = release.cells.filter(pl.col("level") == "all").select(CELL_FIELDS).iter_rows(named=True)
    cells = (Cell(**row) for row in rows)
    at_top = {(cell.breakdown, cell.group, cell.measure): cell for cell in cells}
    return Results(release, at_top, tuple(before), network)


def is_lower(gap: Cell | None) -> bool:
    """A gap whose whole interval lies below zero."""
    return gap is not None and gap.high is not None and gap.high < 0


def is_sure(gap: Cell) -> bool:
    """A gap whose interval leaves no doubt about its direction."""
    return is_lower(gap) or (gap.low is not None and gap.low > 0)


def ages_of(release: Release) -> tuple[int, int]:
    """The ages for which the instrument is made; without an upper one the lower is both."""
    ages = [int(age) for age in re.findall(r"\d+", release.card.instrument.ages)] or [0]
    return ages[0], ages[-1]
