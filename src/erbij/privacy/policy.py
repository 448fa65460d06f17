"""The policy: protection as data, with floors that no one can go under."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources

import msgspec

from erbij.errors import ProtectionError, did_you_mean

LOWEST_THRESHOLD = 5
"""Nothing is ever shown about fewer pupils than this."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers that rule protection; `policy.toml` explains each."""

    id: str
    threshold: int
    levels: tuple[str, ...]
    measures: tuple[str, ...]
    counts: tuple[str, ...]
    decimals: Mapping[str, int]
    decimals_of: Mapping[str, int]


def careful() -> Policy:
    """The default policy."""
    text = resources.files("erbij.privacy").joinpath("policy.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=Policy)


def with_changes(policy: Policy, changes: Mapping[str, object]) -> Policy:
    """The policy as a study changes it.

    Parameters
    ----------
    changes
        `threshold` (a whole number of at least five) and `levels` (fewer of them), as in [policy] of
        STUDY.toml.

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
        policy = CHANGES[key](policy, changes[key])
    return policy


def _with_threshold(policy: Policy, value: object) -> Policy:
    if isinstance(value, bool) or not isinstance(value, int) or value < LOWEST_THRESHOLD:
        allowed = (f"a whole number of {LOWEST_THRESHOLD} or more",)
        raise ProtectionError(
            "is too loose or no number", where=("[policy]", "threshold"), found=value, allowed=allowed
        )
    return replace(policy, threshold=value)


def _with_levels(policy: Policy, value: object) -> Policy:
    if not isinstance(value, list) or not value or not all(level in policy.levels for level in value):
        raise ProtectionError(
            "must be a list of levels", where=("[policy]", "levels"), found=value, allowed=policy.levels
        )
    return replace(policy, levels=tuple(level for level in policy.levels if level in value))


CHANGES = {"threshold": _with_threshold, "levels": _with_levels}
