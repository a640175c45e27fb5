"""Newton's method uphill: damped where the hill is not concave, kept within a radius that learns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns
from derive.numerics.coordinates import Coordinate

Vector = list[Any]
Matrix = list[list[Any]]
State = Literal["peak", "lost"]

TURNS = 150
FURTHEST = {False: 26.0, True: 60.0}
CONVERGED = {False: 1e-9, True: 1e-12}


@dataclass(frozen=True, slots=True)
class Climb:
    """Where a climb ended.

    Args:
        state: on a peak, or lost on its way to the boundary.
        point, start: coordinates.
        height: the objective.
    """

    state: State
    point: Vector
    height: Any
    start: Vector


class Hill:
    """The objective in coordinates.

    Args:
        objective, gradient: expressions over the data.
        places: each letter's coordinate.
    """

    def __init__(
        self, objective: Any, gradient: Mapping[Any, Any], places: Mapping[Any, Coordinate], columns: Columns
    ) -> None:
        self.objective, self.gradient, self.places, self.columns = objective, gradient, places, columns

    def at(self, point: Sequence[Any]) -> dict[Any, Any]:
        """The letters' values."""
        number = self.columns.number
        return {v: c.value(number(u), self.columns) for (v, c), u in zip(self.places.items(), point, strict=True)}

    def height(self, point: Sequence[Any]) -> Any:
        """The objective."""
        return self.columns.value(self.objective, self.at(point))

    def slopes(self, point: Sequence[Any]) -> Vector:
        """Its derivatives by the coordinates."""
        at, number = self.at(point), self.columns.number
        return [
            self.columns.value(self.gradient[v], at) * c.slope(number(u), self.columns)
            for (v, c), u in zip(self.places.items(), point, strict=True)
        ]

    def curvature(self, point: Sequence[Any]) -> Matrix:
        """Its second derivatives, by differences of the first."""
        step = self.columns.number(1e-12 if self.columns.precise else 1e-5)
        rows = []
        for n in range(len(point)):
            ahead, behind = list(point), list(point)
            ahead[n] = point[n] + step
            behind[n] = point[n] - step
            pairs = zip(self.slopes(ahead), self.slopes(behind), strict=True)
            rows.append([(a - b) / (2 * step) for a, b in pairs])
        size = range(len(point))
        return [[(rows[i][j] + rows[j][i]) / 2 for j in size] for i in size]


def climbed(hill: Hill, start: Sequence[Any], begun: Sequence[Any] | None = None) -> Climb:
    """Uphill from a start until the Newton step vanishes, or the point is far away."""
    precise = hill.columns.precise
    number = hill.columns.number
    begun = list(start if begun is None else begun)
    point = [number(u) for u in start]
    radius: Any = 1.0
    last: Any = None
    try:
        height = hill.height(point)
    except (NoValue, OverflowError):
        return Climb("lost", point, float("-inf"), begun)
    for _ in range(TURNS):
        if max(abs(u) for u in point) > FURTHEST[precise]:
            return Climb("lost", point, height, begun)
        try:
            slopes, bends = hill.slopes(point), hill.curvature(point)
        except (NoValue, OverflowError):
            return Climb("lost", point, height, begun)
        step, damped = newton(slopes, bends, radius)
        length = max(abs(d) for d in step)
        if length <= CONVERGED[precise] and not damped:
            return Climb("peak", point, height, begun)
        while True:
            ahead = [u + d for u, d in zip(point, step, strict=True)]
            try:
                there = hill.height(ahead)
            except (NoValue, OverflowError):
                there = None
            if there is not None and there > height:
                break
            if length < 1e-5 and not damped and there is not None:
                # Rounding hides the rise, the slope does not: this close, a Newton step may be trusted.
                break
            step = [d / 4 for d in step]
            radius, length = length / 4, length / 4
            if length < 1e-14:
                concave = cholesky([[-b for b in row] for row in bends]) is not None
                full = newton(slopes, bends, 1e9)[0] if concave else [number(1)]
                near = concave and max(abs(d) for d in full) < 1e-3
                return Climb("peak" if near else "lost", point, height, begun)
        if last is not None and not damped and length < 1e-5 and length > last / 2:
            return Climb("peak", point, height, begun)
        last = length
        point, height = ahead, there
        radius = max(radius, 2 * length)
    return Climb("lost", point, height, begun)


def newton(slopes: Vector, bends: Matrix, radius: float) -> tuple[Vector, bool]:
    """The step d with (λ − H) d = g, λ as small as makes it lead uphill and no longer than the radius."""
    size = range(len(slopes))
    scale = max(abs(b) for row in bends for b in row) or 1
    damping: Any = 0 * scale
    damped = False
    while True:
        lower = cholesky([[(damping if i == j else 0) - bends[i][j] for j in size] for i in size])
        if lower is not None:
            step = solved(lower, slopes)
            if max(abs(d) for d in step) <= radius:
                return step, damped
        damped = True
        damping = damping * 3 if damping else scale * 1e-6
        if damping > scale * 1e30:
            longest = max(abs(g) for g in slopes) or 1
            return [g / longest * radius for g in slopes], True


def cholesky(matrix: Matrix) -> Matrix | None:
    """L with L Lᵀ the matrix; None if it is not positive definite beyond rounding."""
    size = len(matrix)
    lower: Matrix = [[matrix[0][0] * 0 for _ in range(size)] for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest: Any = matrix[i][j]
            for k in range(j):
                rest = rest - lower[i][k] * lower[j][k]
            if i == j:
                if not rest > 1e-11 * abs(matrix[i][i]):
                    return None
                lower[i][i] = rest**0.5
            else:
                lower[i][j] = rest / lower[j][j]
    return lower


def solved(lower: Matrix, right: Vector) -> Vector:
    """The solution of L Lᵀ x = b."""
    size = len(right)
    half: Vector = []
    for i in range(size):
        half.append((right[i] - sum(lower[i][k] * half[k] for k in range(i))) / lower[i][i])
    full: Vector = [0] * size
    for i in reversed(range(size)):
        full[i] = (half[i] - sum(lower[k][i] * full[k] for k in range(i + 1, size))) / lower[i][i]
    return full


def polished(hill: Hill, climb: Climb) -> tuple[Vector, bool]:
    """The peak to the last digits, and whether the second derivatives are negative definite there."""
    number = hill.columns.number
    goal = 1e-26 if hill.columns.precise else 1e-14
    point = [number(u) for u in climb.point]
    lower: Matrix | None = None
    last = None
    for _ in range(40):
        if lower is None:
            lower = cholesky([[-b for b in row] for row in hill.curvature(point)])
            if lower is None:
                return point, False
        step = solved(lower, hill.slopes(point))
        length = max(abs(d) for d in step)
        if last is not None and length > last / 2:
            if last < goal * 1e6:
                break
            lower = None
        point = [u + d for u, d in zip(point, step, strict=True)]
        if length < goal:
            break
        last = length
    return point, True
