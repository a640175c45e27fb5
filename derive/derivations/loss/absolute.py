"""Least absolute deviations: from vertex to vertex along the edges on which the loss falls."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from derive.core.errors import NoDerivation
from derive.models.linear_algebra import dot

MOST_STEPS = 1000
TINY = 1e-12


def least_absolute(rows: Sequence[Sequence[float]], responses: Sequence[float]) -> tuple[list[float], int]:
    """A minimiser of Σ |y_i − w^T x_i|, and how many edges were walked.

    At a vertex d residuals vanish. Leaving one of them, the others kept, moves along an edge; its slope says whether
    the loss falls, and a weighted median how far. Where no edge falls, zero is a subgradient.

    Raises:
        NoDerivation: the walk does not end.
    """
    basis = first_basis(rows)
    for step in range(MOST_STEPS):
        inverse = inverted([rows[i] for i in basis])
        weights = [dot(line, [responses[i] for i in basis]) for line in inverse]
        residuals = [y - dot(x, weights) for x, y in zip(rows, responses, strict=True)]
        scale = 1 + max(map(abs, responses))
        best, edge = -TINY * scale, None
        for place in range(len(basis)):
            direction = [line[place] for line in inverse]
            changes = [dot(x, direction) for x in rows]
            outside = [i for i in range(len(rows)) if i not in basis]
            still = fsum(abs(changes[i]) for i in outside if abs(residuals[i]) <= TINY * scale)
            pull = fsum(
                (1 if residuals[i] > 0 else -1) * changes[i] for i in outside if abs(residuals[i]) > TINY * scale
            )
            for sense in (1, -1):
                slope = 1 + still - sense * pull
                if slope < best:
                    best, edge = slope, (place, sense, changes)
        if edge is None:
            return weights, step
        place, sense, changes = edge
        basis[place] = entering(basis, residuals, [sense * c for c in changes], best, scale)
    raise NoDerivation("the walk along the edges does not end")


def entering(
    basis: Sequence[int], residuals: Sequence[float], changes: Sequence[float], slope: float, scale: float
) -> int:
    """The observation whose residual vanishes where the loss stops falling: a weighted median of the crossings."""
    crossings = sorted(
        (residuals[i] / c, i)
        for i, c in enumerate(changes)
        if i not in basis and abs(c) > TINY and residuals[i] / c > TINY * scale
    )
    for _, i in crossings:
        slope += 2 * abs(changes[i])
        if slope >= 0:
            return i
    raise NoDerivation("the loss falls along an edge without end")


def first_basis(rows: Sequence[Sequence[float]]) -> list[int]:
    """The first rows that are linearly independent."""
    width = len(rows[0])
    basis: list[int] = []
    kept: list[list[float]] = []
    for i, row in enumerate(rows):
        rest = list(row)
        for q in kept:
            share = dot(q, rest) / dot(q, q)
            rest = [r - share * v for r, v in zip(rest, q, strict=True)]
        if dot(rest, rest) > 1e-16 * (1 + dot(row, row)):
            basis.append(i)
            kept.append(rest)
        if len(basis) == width:
            return basis
    raise NoDerivation("the rows do not span the space of the weights")


def inverted(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """The inverse, by elimination with the largest pivot."""
    n = len(matrix)
    work = [[*map(float, row), *(1.0 if i == j else 0.0 for j in range(n))] for i, row in enumerate(matrix)]
    for column in range(n):
        pivot = max(range(column, n), key=lambda i: abs(work[i][column]))
        if work[pivot][column] == 0:
            raise NoDerivation("the rows do not span the space of the weights")
        work[column], work[pivot] = work[pivot], work[column]
        work[column] = [v / work[column][column] for v in work[column]]
        for other in range(n):
            if other != column:
                share = work[other][column]
                work[other] = [a - share * b for a, b in zip(work[other], work[column], strict=True)]
    return [row[n:] for row in work]
