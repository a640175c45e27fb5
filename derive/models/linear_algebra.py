"""Small dense linear algebra in floating point: what a fit needs, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

Row = Sequence[float]
TINY = 1e-10


def dot(a: Row, b: Row) -> float:
    """Σ a_j b_j."""
    return fsum(x * y for x, y in zip(a, b, strict=True))


@dataclass(frozen=True, slots=True)
class Orthogonal:
    """X = Q R with orthonormal columns of Q (kept as rows) and R upper triangular."""

    columns: tuple[tuple[float, ...], ...]
    triangle: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Dependent:
    """Column ``place`` is a combination of the columns ``others`` before it."""

    place: int
    others: tuple[int, ...]


def orthogonalised(rows: Sequence[Row]) -> Orthogonal | Dependent:
    """Gram–Schmidt, each column twice; or the first column that depends on those before it."""
    count = len(rows[0])
    columns: list[list[float]] = []
    triangle: list[list[float]] = []
    for place in range(count):
        column = [float(row[place]) for row in rows]
        size = sqrt(dot(column, column))
        shares = [0.0] * place
        for _ in range(2):
            for k, q in enumerate(columns):
                share = dot(q, column)
                shares[k] += share
                column = [c - share * v for c, v in zip(column, q, strict=True)]
        rest = sqrt(dot(column, column))
        if rest <= TINY * size or size == 0:
            known = back_substituted(triangle, shares)
            largest = max((abs(v) for v in known), default=0.0)
            return Dependent(place, tuple(k for k, v in enumerate(known) if abs(v) > 1e-8 * largest))
        columns.append([c / rest for c in column])
        for k, share in enumerate(shares):
            triangle[k].append(share)
        triangle.append([0.0] * place + [rest])
    return Orthogonal(tuple(map(tuple, columns)), tuple(map(tuple, triangle)))


def back_substituted(triangle: Sequence[Row], right: Row) -> list[float]:
    """v with R v = right."""
    n = len(right)
    found = [0.0] * n
    for i in reversed(range(n)):
        found[i] = (right[i] - fsum(triangle[i][k] * found[k] for k in range(i + 1, n))) / triangle[i][i]
    return found


def least_squares(parts: Orthogonal, target: Row) -> list[float]:
    """The w with the smallest ‖Xw − t‖, refined once."""
    return back_substituted(parts.triangle, [dot(q, target) for q in parts.columns])


def solved(matrix: Sequence[Row], right: Row) -> list[float] | None:
    """v with A v = right for a positive definite A, by Cholesky; None where A is not, to working precision."""
    n = len(right)
    lower = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i][j] - fsum(lower[i][k] * lower[j][k] for k in range(j))
            if i == j:
                if not rest > 1e-14 * abs(matrix[i][i]):
                    return None
                lower[i][i] = sqrt(rest)
            else:
                lower[i][j] = rest / lower[j][j]
    half = [0.0] * n
    for i in range(n):
        half[i] = (right[i] - fsum(lower[i][k] * half[k] for k in range(i))) / lower[i][i]
    return back_substituted([[lower[k][i] for k in range(n)] for i in range(n)], half)
