"""Find the minimum of a smooth function from its exact gradient: Newton steps that can't run away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from scipy.linalg.lapack import dsyev

from erbij.stats.design import FloatArray

MOST_STEPS = 100
MOST_HALVINGS = 25
SETTLED = 1e-9
"""What a Newton step still promises, in units of the function: below it one last step is taken."""
SETTLED_EXACT = 1e-7
"""The same where second derivatives are exact: what the last step leaves is about the square of it."""
SETTLED_NEAR = 1e-12
"""The same where second derivatives are only nearly right, so that the last step goes less far."""
REACHED = 1e-14
"""A step that promises less is not taken."""
FLATTEST = 1e-10
"""Curvature that counts as none, relative to the largest."""


class Point(Protocol):
    """A function's value at theta, and its gradient. Shape (P,)."""

    @property
    def theta(self) -> FloatArray: ...  # noqa: D102

    @property
    def deviance(self) -> float: ...  # noqa: D102

    @property
    def gradient(self) -> FloatArray: ...  # noqa: D102


AnyPoint = TypeVar("AnyPoint", bound=Point)


@dataclass(frozen=True, slots=True)
class Search(Generic[AnyPoint]):
    """Where a search ended; `is_settled` where a Newton step promises nothing more."""

    at: AnyPoint
    hessian: FloatArray
    is_settled: bool
    evaluations: int


@dataclass(slots=True)
class _Count(Generic[AnyPoint]):
    """The function, and how often it was asked."""

    function: Callable[[FloatArray], AnyPoint]
    evaluations: int = 0

    def __call__(self, theta: FloatArray) -> AnyPoint:
        self.evaluations += 1
        return self.function(theta)


def minimise(
    function: Callable[[FloatArray], AnyPoint],
    start: FloatArray,
    exact: Callable[[AnyPoint], FloatArray] | None = None,
    near: Callable[[AnyPoint], FloatArray] | None = None,
) -> Search[AnyPoint]:
    """Minimise a function of a few variables.

    Parameters
    ----------
    function
        Gives value and gradient.
    start
        Shape (P,).
    exact
        Gives second derivatives, shape (P, P), where they are cheap: then every step is Newton's.
    near
        Gives them roughly: then they are corrected by what the last step told, and steps are taken until one
        promises much less. With neither the Hessian is found by differences at the start and at the end, and
        updated between (BFGS).

    Notes
    -----
    Directions of negative curvature are followed downhill by their absolute curvature (Dauphin et al. 2014);
    a stationary point that is not a minimum is left along its steepest such direction.
    """
    count = _Count(function)
    second = exact or near or (lambda point: differences(count, point.theta))
    at = count(start)
    H = second(at)
    for _ in range(MOST_STEPS):
        at, H, is_settled = _walk(count, at, H if exact else curved_up(H), exact=exact, near=near)
        if exact is None and near is None:
            H = second(at)
        at, H, has_moved = _finish(count, at, H, second, settled=SETTLED_EXACT if exact else SETTLED)
        if not has_moved:
            return Search(at, H, is_settled, count.evaluations)
        if not is_settled:
            break
    return Search(at, H, False, count.evaluations)


def differences(
    function: Callable[[FloatArray], AnyPoint], theta: FloatArray, step: float = 1e-4
) -> FloatArray:
    """Second derivatives by central differences of the gradient. Shape (P, P)."""
    steps = step * np.eye(theta.size)
    H = np.array([function(theta + h).gradient - function(theta - h).gradient for h in steps]) / (2 * step)
    return np.asarray((H + H.T) / 2)


def newton_step(H: FloatArray, gradient: FloatArray) -> FloatArray:
    """The step to the minimum of a quadratic, downhill also where it curves the other way."""
    values, vectors = _turned(H)
    return np.asarray(-vectors @ ((vectors.T @ gradient) / _sizes(values)))


def curved_up(H: FloatArray) -> FloatArray:
    """The same curvatures, all upwards."""
    values, vectors = _turned(H)
    return np.asarray((vectors * _sizes(values)) @ vectors.T)


def _turned(H: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Curvatures, smallest first, and their directions. LAPACK by the shortest way: H is small."""
    values, vectors, failed = dsyev(H)
    return np.linalg.eigh(H) if failed else (values, vectors)


def _sizes(values: FloatArray) -> FloatArray:
    size = np.abs(values)
    return np.asarray(np.maximum(size, FLATTEST * size.max() + np.finfo(float).tiny))


def _walk(
    count: _Count[AnyPoint],
    at: AnyPoint,
    H: FloatArray,
    *,
    exact: Callable[[AnyPoint], FloatArray] | None,
    near: Callable[[AnyPoint], FloatArray] | None,
) -> tuple[AnyPoint, FloatArray, bool]:
    """Steps until one promises nothing any more."""
    settled = SETTLED_EXACT if exact else SETTLED_NEAR if near else SETTLED
    for _ in range(MOST_STEPS):
        step = newton_step(H, at.gradient)
        if -(at.gradient @ step) / 2 < settled:
            return at, H, True
        longest = max(1.0, float(np.linalg.norm(at.theta)))
        step *= min(1.0, longest / float(np.linalg.norm(step)))
        found = _downhill(count, at, step)
        if found is None:
            return at, H, False
        if exact:
            H = exact(found)
        else:
            before = curved_up(near(found)) if near else H
            H = _updated(before, found.theta - at.theta, found.gradient - at.gradient)
        at = found
    return at, H, False


def _downhill(count: _Count[AnyPoint], at: AnyPoint, step: FloatArray) -> AnyPoint | None:
    """The first point along the step that is lower, by a little of what the slope promises."""
    slope = float(at.gradient @ step)
    rounding = 1e-13 * abs(at.deviance)
    for _ in range(MOST_HALVINGS):
        found = count(at.theta + step)
        rise = found.deviance - at.deviance
        if rise <= 1e-4 * slope + rounding:
            return found
        # To the minimum of the parabola through both values and the slope.
        shorter = min(max(-slope / (2 * (rise - slope)), 0.1), 0.5)
        step, slope = step * shorter, slope * shorter
    return None


def _updated(H: FloatArray, moved: FloatArray, turned: FloatArray) -> FloatArray:
    """BFGS, damped where the gradient grew little along the step (Powell 1978)."""
    Hs = H @ moved
    curve, grown = float(moved @ Hs), float(turned @ moved)
    if grown < 0.2 * curve:
        share = 0.8 * curve / (curve - grown)
        turned = share * turned + (1 - share) * Hs
        grown = float(turned @ moved)
    return np.asarray(H - np.outer(Hs, Hs) / curve + np.outer(turned, turned) / grown)


def _finish(
    count: _Count[AnyPoint],
    at: AnyPoint,
    H: FloatArray,
    second: Callable[[AnyPoint], FloatArray],
    *,
    settled: float,
) -> tuple[AnyPoint, FloatArray, bool]:
    """Take the last Newton step, or leave a saddle; whether the search has to go on."""
    values, vectors = _turned(H)
    if values[0] < -1e-6 * max(1.0, values[-1]):
        for side in (0.1, -0.1):
            found = count(at.theta + side * vectors[:, 0])
            if found.deviance < at.deviance:
                return found, second(found), True
    step = newton_step(H, at.gradient)
    promised = -(at.gradient @ step) / 2
    if promised < REACHED:
        return at, H, False
    last = count(at.theta + step)
    if last.deviance > at.deviance + 1e-12 * abs(at.deviance):
        return at, H, False
    return last, H, bool(promised > settled)
