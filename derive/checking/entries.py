"""Vectors and matrices entry by entry: what the normal form reads of them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import count
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.core.claim import Claim
from derive.core.information import Expectation
from derive.core.nodes import Partial
from derive.core.vectors import (
    VECTOR_LETTERS,
    AbsoluteNorm,
    Diagonal,
    Dot,
    Elementwise,
    Gradient,
    Hessian,
    Jacobian,
    MatrixAt,
    MatrixOf,
    Softmax,
    SquaredNorm,
    Vector,
    VectorAt,
    VectorIntegral,
    VectorMean,
    VectorSum,
    cell,
    component,
    is_matrix,
)

FIRST, SECOND = sp.symbols("_j _k", integer=True, positive=True)
_FRESH = count()


def entrywise(claim: Claim) -> Claim:
    """A claim between vectors or matrices as the claim between any two corresponding entries."""
    if not is_matrix(claim.left) or not is_matrix(claim.right):
        return claim
    rows, columns = claim.left.shape
    if claim.right.shape != (rows, columns):
        raise GivesUp("shapes")
    first = sp.S.One if rows == 1 else FIRST
    second = sp.S.One if columns == 1 else SECOND
    ranges = {**claim.facts.indices, FIRST: rows, SECOND: columns}
    return replace(
        claim,
        left=entry(claim.left, first, second),
        right=entry(claim.right, first, second),
        facts=replace(claim.facts, indices={k: v for k, v in ranges.items() if v != 1}),
    )


def letter() -> Any:
    """A bound index that occurs nowhere else."""
    return sp.Symbol(f"_m{next(_FRESH)}", integer=True, positive=True)


@lru_cache(maxsize=1024)
def scalar(e: Any) -> Any:
    """A number made of vectors, as a sum over entries."""
    m = letter()
    first = e.args[0]
    size = first.shape[0]
    if isinstance(e, Dot):
        if first.shape != e.args[1].shape:
            raise GivesUp("shapes")
        return sp.Sum(entry(first, m) * entry(e.args[1], m), (m, 1, size))
    if isinstance(e, SquaredNorm):
        return sp.Sum(entry(first, m) ** 2, (m, 1, size))
    if isinstance(e, AbsoluteNorm):
        return sp.Sum(sp.Abs(entry(first, m)), (m, 1, size))
    return sp.Sum(entry(first, m, m), (m, 1, size))


def entry(e: Any, i: Any, j: Any = sp.S.One) -> Any:
    """The entry (i, j) of a matrix, j = 1 for a column.

    Raises:
        GivesUp: a node without a formula for its entries, such as an inverse; or shapes that do not match.
    """
    match e:
        case Vector() | VectorAt():
            return component(e, i)
        case MatrixOf() | MatrixAt():
            return cell(e, i, j)
        case sp.ZeroMatrix():
            return sp.S.Zero
        case sp.OneMatrix():
            return sp.S.One
        case sp.MatPow() if e.exp.is_Integer and 2 <= e.exp <= 4:
            return of_product(sp.MatMul(*[e.base] * int(e.exp), evaluate=False), i, j)
        case sp.Identity():
            return sp.KroneckerDelta(i, j)
        case sp.MatAdd():
            return sp.Add(*(entry(term, i, j) for term in e.args))
        case sp.Transpose():
            return entry(e.arg, j, i)
        case VectorSum():
            return sp.Sum(entry(e.function, i, j), *e.limits)
        case VectorIntegral():
            return sp.Integral(entry(e.function, i, j), *e.limits)
        case VectorMean():
            return Expectation(entry(e.args[0], i, j), *e.args[1:])
        case Elementwise():
            return e.args[0](entry(e.args[1], i, j))
        case Softmax():
            m = letter()
            weights = sp.Sum(sp.exp(entry(e.args[0], m)), (m, 1, e.shape[0]))
            return sp.exp(entry(e.args[0], i)) / weights
        case Diagonal():
            return entry(e.args[0], i) * sp.KroneckerDelta(i, j)
        case Gradient() | Jacobian() | Hessian() if not isinstance(e.args[1], VECTOR_LETTERS):
            raise GivesUp("derivative")
        case Gradient():
            return Partial(e.args[0], cell(e.args[1], i, j))
        case Jacobian():
            return Partial(entry(e.args[0], i), component(e.args[1], j))
        case Hessian():
            return Partial(Partial(e.args[0], component(e.args[1], i)), component(e.args[1], j))
        case sp.MatMul():
            return of_product(e, i, j)
        case _:
            raise GivesUp(f"entries of {type(e).__name__}")


def of_product(e: Any, i: Any, j: Any) -> Any:
    """(c A B)_ij = c Σ_m A_im B_mj."""
    numbers = [a for a in e.args if not is_matrix(a)]
    first, *others = [a for a in e.args if is_matrix(a)]
    if not others:
        return sp.Mul(*numbers) * entry(first, i, j)
    if first.shape[1] != others[0].shape[0]:
        raise GivesUp("shapes")
    rest = sp.MatMul(*others) if len(others) > 1 else others[0]
    if isinstance(first, Diagonal):
        # The one term of the sum that is not zero.
        return sp.Mul(*numbers) * entry(first.args[0], i) * entry(rest, i, j)
    if first.shape[1] == 1:
        return sp.Mul(*numbers) * entry(first, i, sp.S.One) * entry(rest, sp.S.One, j)
    m = letter()
    return sp.Mul(*numbers) * sp.Sum(entry(first, i, m) * entry(rest, m, j), (m, 1, first.shape[1]))
