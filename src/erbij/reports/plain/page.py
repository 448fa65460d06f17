"""A page in plain words, described: any renderer can draw it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Of ten people how many belong, of how many it is not sure and how many do not; what each is called."""

    counts: tuple[int, int, int]
    names: tuple[str, str, str]

    @property
    def people(self) -> tuple[str, ...]:
        """Each of the ten: sure, perhaps or rest."""
        kinds = zip(("sure", "perhaps", "rest"), self.counts, strict=True)
        return tuple(kind for kind, count in kinds for _ in range(count))

    @property
    def key(self) -> tuple[tuple[str, int, str], ...]:
        """Kind, how many and what it is called, of kinds that occur."""
        kinds = zip(("sure", "perhaps", "rest"), self.counts, self.names, strict=True)
        return tuple(kind for kind in kinds if kind[1])


@dataclass(frozen=True, slots=True)
class Part:
    """A question and its answer. `space`: how many empty lines follow, with what belongs there."""

    id: str
    heading: str
    sentences: tuple[str, ...]
    space: int = 0
    space_label: str = ""
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language. `mark` is said of made-up figures; `unreviewed` of words nobody checked."""

    language: str
    title: str
    lead: tuple[str, ...]
    mark: str
    unreviewed: str
    parts: tuple[Part, ...]
