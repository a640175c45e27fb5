"""The values of vectors and matrices at a point, as matrices of numbers, and of the numbers made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.entries import entry
from derive.checking.normal_means import over_normal_vectors
from derive.checking.point import Undefined
from derive.checking.special import exponential
from derive.checking.vector_means import moving
from derive.core.vectors import (
    VECTOR_LETTERS,
    AbsoluteNorm,
    Diagonal,
    Dot,
    Elementwise,
    EvaluatedAt,
    Gradient,
    Hessian,
    Jacobian,
    MatrixAt,
    MatrixOf,
    Rank,
    Softmax,
    SquaredNorm,
    Vector,
    VectorAt,
    VectorIntegral,
    VectorMean,
    VectorSum,
    component,
    is_matrix,
)
from derive.core.vectors import cell as cell_of

if TYPE_CHECKING:
    from derive.checking.walker import Walker

LARGEST = 60


def size(walker: Walker, e: Any) -> tuple[int, int]:
    """Rows and columns at this point."""
    rows, columns = (walker.whole(n) for n in e.shape)
    if not (1 <= rows <= LARGEST and 1 <= columns <= LARGEST):
        raise GivesUp("size")
    return rows, columns


def filled(walker: Walker, e: Any, cell: Callable[[int, int], Any]) -> Any:
    """The matrix of the cells (i, j), counted from 1."""
    rows, columns = size(walker, e)
    made = walker.ctx.matrix(rows, columns)
    for i in range(rows):
        for j in range(columns):
            made[i, j] = cell(i + 1, j + 1)
    return made


def vector(walker: Walker, e: Any) -> Any:
    front = (walker.whole(e.args[1]),) if isinstance(e, VectorAt) else ()
    return filled(walker, e, lambda i, j: walker.entry_at(e.args[0], (*front, i)))


def matrix(walker: Walker, e: Any) -> Any:
    return filled(walker, e, lambda i, j: walker.entry_at(e.args[0], (i, j)))


def matrix_at(walker: Walker, e: Any) -> Any:
    family = walker.whole(e.args[1])
    return filled(walker, e, lambda i, j: walker.entry_at(e.args[0], (family, i, j)))


def same_shape(a: Any, b: Any) -> None:
    """Refuse what does not fit.

    Raises:
        GivesUp: the shapes differ.
    """
    if (a.rows, a.cols) != (b.rows, b.cols):
        raise GivesUp("shapes")


def largest(matrix: Any) -> Any:
    """The largest entry."""
    return max((abs(v) for v in matrix), default=0)


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


def by_entry(walker: Walker, e: Any) -> Any:
    """An integral or an expected value, entry by entry; a symmetric one is walked but once for two entries."""
    return filled(walker, e, lambda i, j: walker.value(entry(e, sp.Integer(i), sp.Integer(j))))


def mean(walker: Walker, e: Any) -> Any:
    """E of a vector or matrix: as a whole where the law is a vector's."""
    law = walker.facts.law(e.args[2])
    if law is not None and is_matrix(law.variable):
        return over_normal_vectors(walker, law, *e.args[:2])
    return by_entry(walker, e)


def elementwise(walker: Walker, e: Any) -> Any:
    inner = walker.value(e.args[1])
    (place,) = e.args[0].signature

    def cell(i: int, j: int) -> Any:
        with walker.with_letter(place, inner[i - 1, j - 1]):
            return walker.value(e.args[0].expr)

    return filled(walker, e, cell)


def softmax(walker: Walker, e: Any) -> Any:
    weights = [exponential(walker.ctx, v) for v in walker.value(e.args[0])]
    return filled(walker, e, lambda i, j: weights[i - 1] / sum(weights))


def diagonal(walker: Walker, e: Any) -> Any:
    inner = walker.value(e.args[0])
    return filled(walker, e, lambda i, j: inner[i - 1, 0] if i == j else walker.ctx.mpf(0))


def gradient(walker: Walker, e: Any) -> Any:
    if not isinstance(e.args[1], VECTOR_LETTERS):
        raise GivesUp("derivative")
    return filled(
        walker, e, lambda i, j: walker.differences(e.args[0], [(cell_of(e.args[1], sp.Integer(i), sp.Integer(j)), 1)])
    )


def evaluated_at(walker: Walker, e: Any) -> Any:
    """With the letter's entries moved to those of the value."""
    expr, letter, place = e.args
    value = walker.value(place)
    cells = {
        (letter.args[0], (i + 1,) if isinstance(letter, Vector) else (i + 1, j + 1)): value[i, j]
        for i in range(value.rows)
        for j in range(value.cols)
    }
    with moving(walker, cells):
        return walker.value(expr)


def hessian(walker: Walker, e: Any) -> Any:
    known: dict[tuple[int, int], Any] = {}

    def cell(i: int, j: int) -> Any:
        key = (min(i, j), max(i, j))
        if key not in known:
            a, b = (component(e.args[1], sp.Integer(n)) for n in key)
            known[key] = walker.differences(e.args[0], [(a, 2)] if i == j else [(a, 1), (b, 1)])
        return known[key]

    return filled(walker, e, cell)


def jacobian(walker: Walker, e: Any) -> Any:
    """By differences of the entries, which a formula gives."""
    if not isinstance(e.args[1], VECTOR_LETTERS):
        raise GivesUp("derivative")
    return filled(
        walker,
        e,
        lambda i, j: walker.differences(entry(e.args[0], sp.Integer(i)), [(component(e.args[1], sp.Integer(j)), 1)]),
    )


def dot(walker: Walker, e: Any) -> Any:
    a, b = (walker.value(arg) for arg in e.args)
    same_shape(a, b)
    return sum((x * y for x, y in zip(a, b, strict=True)), walker.ctx.mpf(0))


def trace(walker: Walker, e: Any) -> Any:
    inner = walker.value(e.args[0])
    return sum((inner[i, i] for i in range(inner.rows)), walker.ctx.mpf(0))


NODES: dict[Any, Callable[[Any, Any], Any]] = {
    Vector: vector,
    VectorAt: vector,
    MatrixOf: matrix,
    MatrixAt: matrix_at,
    VectorSum: summed,
    VectorIntegral: by_entry,
    VectorMean: mean,
    Elementwise: elementwise,
    Softmax: softmax,
    Diagonal: diagonal,
    Gradient: gradient,
    EvaluatedAt: evaluated_at,
    Hessian: hessian,
    Jacobian: jacobian,
    sp.MatAdd: total,
    sp.MatMul: product,
    sp.Transpose: lambda walker, e: walker.value(e.args[0]).T,
    sp.Inverse: inverse,
    sp.MatPow: to_the,
    sp.OneMatrix: lambda walker, e: filled(walker, e, lambda i, j: walker.ctx.mpf(1)),
    sp.ZeroMatrix: lambda walker, e: filled(walker, e, lambda i, j: walker.ctx.mpf(0)),
    sp.Identity: lambda walker, e: filled(walker, e, lambda i, j: walker.ctx.mpf(i == j)),
    Dot: dot,
    SquaredNorm: lambda walker, e: sum((x * x for x in walker.value(e.args[0])), walker.ctx.mpf(0)),
    AbsoluteNorm: lambda walker, e: sum((abs(x) for x in walker.value(e.args[0])), walker.ctx.mpf(0)),
    sp.Trace: trace,
    sp.Determinant: determinant,
    Rank: lambda walker, e: walker.ctx.mpf(rank_of(walker, walker.value(e.args[0]))),
}
