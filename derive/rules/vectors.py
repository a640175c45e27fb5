"""Matrix calculus: the gradients that the losses need, each a named law of its own."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.trees import mentions, split_factor, terms
from derive.core.vectors import (
    AbsoluteNorm,
    Diagonal,
    Dot,
    Elementwise,
    Gradient,
    Hessian,
    MatrixOf,
    SquaredNorm,
    Vector,
    VectorAt,
    VectorSum,
    is_matrix,
    plus,
    times,
)
from derive.rules.rule import rule

PLACE = sp.Symbol("z", real=True)


def differentiated(node: Any) -> tuple[Any, Any, Any] | None:
    """The operator ∇ or ∇², the expression, and the vector."""
    return (type(node), *node.args) if isinstance(node, Gradient | Hessian) else None


@rule("vectors")
def gradient_of_terms(node: Any, facts: Facts) -> Any | None:
    """∇(f + g) = ∇f + ∇g, and the same for ∇²; terms free of the vector vanish."""
    parts = differentiated(node)
    if parts and isinstance(parts[1], sp.Add):
        live = [t for t in terms(parts[1]) if mentions(t, parts[2].args[0])]
        return plus(*(parts[0](t, parts[2]) for t in live))
    return None


@rule("vectors")
def gradient_of_multiple(node: Any, facts: Facts) -> Any | None:
    """∇(c f) = c ∇f, and the same for ∇², where c does not depend on the vector."""
    parts = differentiated(node)
    if parts and isinstance(parts[1], sp.Mul):
        free, bound = split_factor(parts[1], parts[2].args[0])
        if free != 1 and bound != 1:
            return times(free, parts[0](bound, parts[2]))
    return None


@rule("vectors")
def gradient_under_sum(node: Any, facts: Facts) -> Any | None:
    """∇ Σ_i f_i = Σ_i ∇f_i, and the same for ∇², the sum being finite."""
    parts = differentiated(node)
    if parts and isinstance(parts[1], sp.Sum) and len(parts[1].limits) == 1:
        return VectorSum(parts[0](parts[1].function, parts[2]), parts[1].limits[0])
    return None


@rule("vectors")
def gradient_of_linear(node: Any, facts: Facts) -> Any | None:
    """∇_w w^T a = a, where a does not depend on w."""
    if isinstance(node, Gradient) and isinstance(node.args[0], Dot):
        a, b = node.args[0].args
        if a == node.args[1] and not mentions(b, a.args[0]):
            return b
        if b == node.args[1] and not mentions(a, b.args[0]):
            return a
    return None


@rule("vectors")
def gradient_of_squared_norm(node: Any, facts: Facts) -> Any | None:
    """∇_w ‖w‖² = 2w, and ∇_w ‖Aw − b‖² = 2 A^T (Aw − b)."""
    if not (isinstance(node, Gradient) and isinstance(node.args[0], SquaredNorm)):
        return None
    inner, w = node.args[0].args[0], node.args[1]
    if inner == w:
        return times(sp.Integer(2), w)
    factor = coefficient_of(inner, w)
    return None if factor is None else times(sp.Integer(2), factor.T, inner)


def coefficient_of(expr: Any, w: Any) -> Any | None:
    """A in A w + b."""
    live = [t for t in (expr.args if isinstance(expr, sp.MatAdd) else (expr,)) if mentions(t, w.args[0])]
    if len(live) == 1 and isinstance(live[0], sp.MatMul) and live[0].args[-1] == w:
        rest = live[0].args[:-1]
        if any(is_matrix(a) for a in rest) and not any(mentions(a, w.args[0]) for a in rest):
            return sp.MatMul(*rest) if len(rest) > 1 else rest[0]
    return None


@rule("vectors")
def gradient_of_quadratic(node: Any, facts: Facts) -> Any | None:
    """∇_w w^T A w = (A + A^T) w, where A does not depend on w."""
    if isinstance(node, Gradient) and isinstance(node.args[0], Dot) and node.args[0].args[0] == node.args[1]:
        a = coefficient_of(node.args[0].args[1], node.args[1])
        if a is not None:
            return (a + a.T) * node.args[1]
    return None


@rule("vectors")
def gradient_of_absolute_norm(node: Any, facts: Facts) -> Any | None:
    """∇_w ‖w‖_1 = sign(w), entry by entry, wherever no entry is zero."""
    if isinstance(node, Gradient) and node.args[0] == AbsoluteNorm(node.args[1]):
        return Elementwise(sp.Lambda(PLACE, sp.sign(PLACE)), node.args[1])
    return None


@rule("vectors")
def hessian_of_squared_norm(node: Any, facts: Facts) -> Any | None:
    """∇²_w ‖w‖² = 2I."""
    if isinstance(node, Hessian) and node.args[0] == SquaredNorm(node.args[1]):
        return 2 * sp.Identity(node.args[1].shape[0])
    return None


@rule("vectors")
def sum_as_product(node: Any, facts: Facts) -> Any | None:
    """Σ_i c_i x_i = X^T c and Σ_i s_i x_i x_i^T = X^T diag(s) X, X having the rows x_i^T."""
    if not isinstance(node, VectorSum):
        return None
    index, _, size = node.limits[0]
    body = node.function if isinstance(node.function, sp.MatMul) else sp.MatMul(node.function)
    numbers = [a for a in body.args if not is_matrix(a)]
    vectors = [a for a in body.args if is_matrix(a)]
    x = vectors[0]
    if not (isinstance(x, VectorAt) and x.args[1] == index) or vectors[1:] not in ([], [x.T]):
        return None
    design = MatrixOf(x.args[0], size, x.args[2], str(x.args[0].label).upper())
    number, entry = sp.Mul(*numbers).as_coeff_Mul()
    weights = column(entry, index, size)
    if weights is None or (weights == 1 and len(vectors) == 1):
        return None
    if len(vectors) == 1:
        made = times(design.T, weights)
    else:
        made = times(design.T, design) if weights == 1 else times(design.T, Diagonal(weights), design)
    return times(number, made)


def column(expr: Any, index: Any, size: Any) -> Any | None:
    """The vector of the c_i: linear in entries and in w^T x_i; 1 for the number 1."""
    if expr == 1:
        return expr
    made = []
    for term in terms(expr):
        number, rest = term.as_coeff_Mul()
        if isinstance(rest, sp.Indexed) and rest.indices == (index,):
            vector = Vector(rest.base, size)
        elif isinstance(rest, Dot) and isinstance(rest.args[1], VectorAt) and rest.args[1].args[1] == index:
            x = rest.args[1]
            vector = times(MatrixOf(x.args[0], size, x.args[2], str(x.args[0].label).upper()), rest.args[0])
        elif isinstance(rest, sp.Function) and len(rest.args) == 1:
            inner = column(rest.args[0], index, size)
            if inner is None or inner == 1:
                return None
            vector = Elementwise(sp.Lambda(PLACE, rest.func(PLACE)), inner)
        else:
            return None
        made.append(times(number, vector))
    return plus(*made)


VECTORS = (
    gradient_of_terms,
    gradient_of_multiple,
    gradient_under_sum,
    gradient_of_linear,
    gradient_of_squared_norm,
    gradient_of_quadratic,
    gradient_of_absolute_norm,
    hessian_of_squared_norm,
    sum_as_product,
)
