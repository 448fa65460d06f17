"""What a school adds to a pooled fit: sums of groups, merged and counted before they leave for a network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from erbij.errors import ProtectionError
from erbij.privacy.policy import Policy
from erbij.stats.design import FloatArray


@dataclass(frozen=True, slots=True)
class GroupSums:
    """The sums of one group (a class): `n` pupils and `cross`, shape (p, p), cross-products of all columns.

    The columns are the outcome and the predictors, a 1 for the intercept among them.
    """

    name: str
    n: int
    cross: FloatArray


@dataclass(frozen=True, slots=True)
class Contribution:
    """What leaves: groups of enough pupils, without the names of classes, in no order that tells which."""

    groups: tuple[GroupSums, ...]
    parameters: int


def contribute(groups: Sequence[GroupSums], policy: Policy) -> Contribution:
    """Merge classes until each holds enough pupils for every parameter.

    Parameters
    ----------
    groups
        The sums of each class; all of the same columns.

    Returns
    -------
    Contribution
        Classes in order of size, merged from the smallest on. Merging adds sums, so the pooled fixed effects
        stay exact; what lies between merged classes can't be told any more.

    Raises
    ------
    ProtectionError
        The school holds too few pupils for so many parameters, or the sums are not of the same columns.
    """
    shapes = {group.cross.shape for group in groups}
    if len(shapes) != 1 or any(len(shape) != 2 or shape[0] != shape[1] for shape in shapes):
        raise ProtectionError(
            "sums must be of the same columns in every group", found=sorted(map(str, shapes))
        )
    parameters = shapes.pop()[0]
    least = max(policy.most, policy.pupils_per_parameter * parameters)
    pupils = sum(group.n for group in groups)
    if pupils < least:
        raise ProtectionError(
            f"too few pupils for sums of {parameters} columns: single answers could be worked out",
            found=pupils,
            allowed=[f"{least} or more"],
            advice="Take fewer predictors, or join a larger group of schools.",
        )
    return Contribution(tuple(_merged(groups, least)), parameters)


def _merged(groups: Sequence[GroupSums], least: int) -> list[GroupSums]:
    """The smallest together until they are enough; a last remainder joins the one before it."""
    parts: list[list[GroupSums]] = [[]]
    for group in sorted(groups, key=lambda one: (one.n, one.name)):
        parts[-1].append(group)
        if sum(one.n for one in parts[-1]) >= least:
            parts.append([])
    rest = parts.pop()
    if rest:
        parts[-1] += rest
    return [_sum(part, number) for number, part in enumerate(parts, start=1)]


def _sum(part: Sequence[GroupSums], number: int) -> GroupSums:
    cross = np.sum([one.cross for one in part], axis=0)
    return GroupSums(str(number), sum(one.n for one in part), cross)
