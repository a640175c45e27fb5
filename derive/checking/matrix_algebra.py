"""Sums, products, inverses and powers of matrices of numbers, shaken by the size of what is added up in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.checking.budget import GivesUp
from derive.checking.filled import LARGEST, largest, same_shape
from derive.checking.point import Undefined
from derive.core.vectors import is_matrix

if TYPE_CHECKING:
    from derive.checking.walker import Walker


def moved(walker: Walker, e: Any, made: Any, scale: Any) -> Any:
    """The matrix, a little off where the walker is shaken, by the size of what was added up in it."""
    if walker.shaking is not None:
        made = made.copy()
        for i in range(made.rows):
            for j in range(made.cols):
                made[i, j] = walker.shaking.moved(walker.ctx, made[i, j], [scale], (e, i, j))
    return made


def total(walker: Walker, e: Any) -> Any:
    first, *others = terms = [walker.value(term) for term in e.args]
    for other in others:
        same_shape(first, other)
        first = first + other
    return moved(walker, e, first, sum(largest(t) for t in terms))


def product(walker: Walker, e: Any) -> Any:
    number, made = walker.ctx.mpf(1), None
    scale = walker.ctx.mpf(1)
    for factor in e.args:
        value = walker.value(factor)
        if not is_matrix(factor):
            number *= value
        elif made is None:
            made, scale = value, largest(value)
        else:
            if made.cols != value.rows:
                raise GivesUp("shapes")
            made, scale = made * value, scale * largest(value) * value.rows
    return moved(walker, e, made * number, scale * abs(number))


def inverse(walker: Walker, e: Any) -> Any:
    """A^{-1}; undefined where A is singular to fifteen digits."""
    inner = walker.value(e.args[0])
    if inner.rows != inner.cols:
        raise GivesUp("shapes")
    if rank_of(walker, inner) < inner.rows:
        raise Undefined(False)
    made = walker.ctx.inverse(inner)
    return moved(walker, e, made, largest(made) ** 2 * largest(inner) * inner.rows)


def to_the(walker: Walker, e: Any) -> Any:
    """A^n, for a natural n."""
    inner, times = walker.value(e.args[0]), e.args[1]
    if inner.rows != inner.cols:
        raise GivesUp("shapes")
    made = inner
    for _ in range(int(times) - 1):
        made = made * inner
    return moved(walker, e, made, (largest(inner) * inner.rows) ** int(times))


def determinant(walker: Walker, e: Any) -> Any:
    """|A|, moved by the size of the products in it."""
    inner = walker.value(e.args[0])
    made = walker.ctx.det(inner)
    if walker.shaking is None:
        return made
    scale = walker.ctx.mpf(1)
    for i in range(inner.rows):
        scale *= sum(abs(inner[i, j]) for j in range(inner.cols))
    return walker.shaking.moved(walker.ctx, made, [scale], e)


def rank_of(walker: Walker, inner: Any, digits: int = 15) -> int:
    """By elimination with the largest pivot; what is smaller by so many digits counts as zero."""
    rows = [[inner[i, j] for j in range(inner.cols)] for i in range(inner.rows)]
    largest = max((abs(v) for r in rows for v in r), default=0)
    found = 0
    for column in range(inner.cols):
        pivot = max(range(found, len(rows)), key=lambda i: abs(rows[i][column]), default=None)
        if pivot is None or abs(rows[pivot][column]) <= largest * walker.ctx.mpf(10) ** -digits:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for below in range(found + 1, len(rows)):
            ratio = rows[below][column] / rows[found][column]
            rows[below] = [b - ratio * a for a, b in zip(rows[found], rows[below], strict=True)]
        found += 1
    return found


def summed(walker: Walker, e: Any) -> Any:
    index, low, high = e.limits[0]
    first, last = walker.whole(low), walker.whole(high)
    if last < first or last - first > LARGEST:
        raise GivesUp("size")
    made, scale = None, walker.ctx.mpf(0)
    for value in range(first, last + 1):
        with walker.holding(index, value):
            part = walker.value(e.function)
        scale += largest(part)
        made = part if made is None else made + part
    return moved(walker, e, made, scale)
