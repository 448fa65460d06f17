"""The policy: protection as data, with floors that no one can go under."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import msgspec

from erbij.errors import ProtectionError, did_you_mean

LOWEST_THRESHOLD = 5
"""Nothing is ever shown about fewer pupils than this."""

USUAL = "careful"
"""The preset of a study that names none; the others take from it what they leave out."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers that rule protection; `policy.toml` explains each."""

    id: str
    levels: tuple[str, ...]
    breakdown_levels: tuple[str, ...]
    two_way_levels: tuple[str, ...]
    measures: tuple[str, ...]
    counts: tuple[str, ...]
    shares: tuple[str, ...]
    count_step: int
    narrowest: float
    open_text: bool
    open_text_threshold: int
    pupils_per_parameter: int
    threshold: Mapping[str, int]
    decimals: Mapping[str, int]
    decimals_of: Mapping[str, int]
    share_steps: Mapping[str, float]

    @property
    def least(self) -> int:
        """The fewest pupils that may stand behind any number; never under the floor."""
        return max(LOWEST_THRESHOLD, min(self.threshold[level] for level in self.levels))

    @property
    def most(self) -> int:
        """Fewer pupils than this may not be left by subtraction: the threshold of the strictest level."""
        return max(LOWEST_THRESHOLD, *(self.threshold[level] for level in self.levels))

    def threshold_at(self, level: str) -> int:
        """Fewest pupils behind a number at a level; never under the floor."""
        return max(LOWEST_THRESHOLD, self.threshold[level])


@cache
def presets() -> Mapping[str, Policy]:
    """The sets of numbers by name, the usual one first."""
    text = resources.files("erbij.privacy").joinpath("policy.toml").read_text(encoding="utf-8")
    sets = tomllib.loads(text)
    return {name: msgspec.convert({"id": name, **sets[USUAL], **own}, Policy) for name, own in sets.items()}


def careful() -> Policy:
    """The default policy."""
    return presets()[USUAL]


def named(preset: object) -> Policy:
    """The policy of a name.

    Raises
    ------
    ProtectionError
        There is no such preset.
    """
    known = presets()
    if not isinstance(preset, str) or preset not in known:
        raise ProtectionError("no such preset", where=("[policy]", "preset"), found=preset, allowed=known)
    return known[preset]


def with_changes(policy: Policy, changes: Mapping[str, object]) -> Policy:
    """The policy as a study changes it.

    Parameters
    ----------
    changes
        `preset` (a name), `threshold` (a whole number of at least five), `levels` and `breakdown_levels`
        (fewer of them), as in [policy] of STUDY.toml.

    Raises
    ------
    ProtectionError
        An unknown key, or a value that would be looser than the floor.
    """
    for key in changes:
        if key not in CHANGES:
            raise ProtectionError(
                "is not a key of a policy that a study can change",
                where=("[policy]", key),
                allowed=CHANGES,
                advice=did_you_mean(key, CHANGES),
            )
    for key, change in CHANGES.items():
        if key in changes:
            policy = change(policy, changes[key])
    return policy


def _with_preset(_policy: Policy, value: object) -> Policy:
    return named(value)


def _with_threshold(policy: Policy, value: object) -> Policy:
    if isinstance(value, bool) or not isinstance(value, int) or value < LOWEST_THRESHOLD:
        allowed = (f"a whole number of {LOWEST_THRESHOLD} or more",)
        raise ProtectionError(
            "is too loose or no number", where=("[policy]", "threshold"), found=value, allowed=allowed
        )
    return replace(policy, threshold=dict.fromkeys(policy.threshold, value))


def _with_levels(policy: Policy, value: object) -> Policy:
    return replace(policy, levels=_fewer(policy.levels, value, "levels", may_be_none=False))


def _with_breakdown_levels(policy: Policy, value: object) -> Policy:
    found = _fewer(policy.breakdown_levels, value, "breakdown_levels", may_be_none=True)
    return replace(policy, breakdown_levels=found)


def _fewer(levels: tuple[str, ...], value: object, key: str, *, may_be_none: bool) -> tuple[str, ...]:
    is_list = isinstance(value, list) and (may_be_none or bool(value))
    if not is_list or not all(level in levels for level in value):  # type: ignore[attr-defined]
        raise ProtectionError(
            "must be a list of levels", where=("[policy]", key), found=value, allowed=levels
        )
    return tuple(level for level in levels if level in value)  # type: ignore[operator]


CHANGES: dict[str, Callable[[Policy, object], Policy]] = {
    "preset": _with_preset,
    "threshold": _with_threshold,
    "levels": _with_levels,
    "breakdown_levels": _with_breakdown_levels,
}
