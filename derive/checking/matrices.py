"""The values of vectors and matrices at a point, as matrices of numbers, and of the numbers made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.entries import entry
from derive.checking.filled import filled, same_shape
from derive.checking.matrix_algebra import determinant, inverse, product, rank_of, summed, to_the, total
from derive.checking.matrix_derivatives import gradient, hessian, jacobian
from derive.checking.normal_means import over_normal_vectors
from derive.checking.special import exponential
from derive.checking.vector_means import moving
from derive.core.vectors import (
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
    is_matrix,
)

if TYPE_CHECKING:
    from derive.checking.walker import Walker


def vector(walker: Walker, e: Any) -> Any:
    front = (walker.whole(e.args[1]),) if isinstance(e, VectorAt) else ()
    return filled(walker, e, lambda i, j: walker.entry_at(e.args[0], (*front, i)))


def matrix(walker: Walker, e: Any) -> Any:
    return filled(walker, e, lambda i, j: walker.entry_at(e.args[0], (i, j)))


def matrix_at(walker: Walker, e: Any) -> Any:
    family = walker.whole(e.args[1])
    return filled(walker, e, lambda i, j: walker.entry_at(e.args[0], (family, i, j)))


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
