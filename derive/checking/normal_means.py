"""Expected values over normal vectors: polynomials by cubature rules that are exact for their degree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.degrees import degree_in
from derive.checking.vector_means import moving
from derive.core.information import Law
from derive.core.vectors import Dot, VectorAt

if TYPE_CHECKING:
    from derive.checking.walker import Walker

LARGEST = 12
Node = tuple[Any, tuple[Any, ...]]


def over_normal_vectors(walker: Walker, law: Law, expr: Any, variable: Any) -> Any:
    """E[expr] where ``variable`` (a vector, one member of a family, or all of it) has the law N(μ, Σ).

    Raises:
        GivesUp: the law is no normal law, or the expression is no polynomial of degree at most 5 in the vector.
    """
    size = walker.whole(law.variable.shape[0])
    own = variable if isinstance(variable, sp.IndexedBase) else variable.args[0]
    degree = degree_in(expr, own, walker.facts)
    members = places(walker, variable)
    shapes = [centre_and_root(walker, law, own, front, size) for front in members]
    total: Any = None
    for weight, node in rule(walker.ctx, size * len(members), degree):
        entries: dict[Any, Any] = {}
        for at, front in enumerate(members):
            centre, root = shapes[at]
            drawn = centre + root * walker.ctx.matrix(node[at * size : (at + 1) * size])
            entries |= {(own, (*front, k)): drawn[k - 1] for k in range(1, size + 1)}
        with moving(walker, entries):
            part = walker.value(expr) * weight
        total = part if total is None else total + part
    return total


def centre_and_root(walker: Walker, law: Law, own: Any, front: tuple[int, ...], size: int) -> tuple[Any, Any]:
    """μ and the triangle L with L L^T = Σ, of the member of a family with this index."""
    apart, covariance = parts_of(law)
    base = law.variable.args[0]
    family = next((m for m in walker.facts.matrices.values() if isinstance(m, VectorAt) and m.args[0] == own), None)
    with ExitStack() as held:
        if front and family is not None and family.args[1].is_Symbol:
            held.enter_context(walker.holding(family.args[1], front[0]))
        held.enter_context(moving(walker, {(base, (k,)): walker.ctx.mpf(0) for k in range(1, size + 1)}))
        return walker.value(apart) * -1, walker.ctx.cholesky(walker.value(covariance))


def places(walker: Walker, variable: Any) -> list[tuple[int, ...]]:
    """The leading indices of the vectors that the variable stands for."""
    if isinstance(variable, VectorAt):
        return [(walker.whole(variable.args[1]),)]
    if isinstance(variable, sp.IndexedBase):
        shape = walker.facts.shapes.get(variable, ())
        if len(shape) != 2:
            raise GivesUp("vector law")
        return [(i,) for i in range(1, walker.whole(shape[0]) + 1)]
    return [()]


def parts_of(law: Law) -> tuple[Any, Any]:
    """(x − μ, Σ) of the density (2π)^{-d/2} |Σ|^{-1/2} exp(−½ (x−μ)^T Σ^{-1} (x−μ)).

    Raises:
        GivesUp: it is not written so.
    """
    density = law.density
    if density is None:
        raise GivesUp("vector law")
    for factor in sp.Mul.make_args(density):
        if isinstance(factor, sp.exp):
            forms = factor.args[0].atoms(Dot)
            for form in forms:
                apart, weighed = form.args
                if factor.args[0] == -form / 2 and isinstance(weighed, sp.MatMul) and weighed.args[1:] == (apart,):
                    inverse = weighed.args[0]
                    covariance = inverse.arg if isinstance(inverse, sp.Inverse) else None
                    if covariance is not None and sp.Determinant(covariance) in density.atoms(sp.Determinant):
                        return apart, covariance
    raise GivesUp("vector law")


def rule(ctx: Any, size: int, degree: int) -> Iterator[Node]:
    """Weights and nodes in ℝ^size whose sum is E[f(u)] for every polynomial f of the degree, u ~ N(0, I).

    Source: J. McNamee and F. Stenger, Construction of fully symmetric numerical integration formulas, 1967.
    """
    if size > LARGEST or degree > 5:
        raise GivesUp("size" if size > LARGEST else "quadrature")
    zero = ctx.mpf(0)
    if degree == 0:
        yield ctx.mpf(1), (zero,) * size
        return
    if degree <= 3:
        yield from stars(size, ctx.sqrt(size), ctx.mpf(1) / (2 * size), zero)
        return
    far = ctx.sqrt(3)
    yield 1 + ctx.mpf(size * size - 7 * size) / 18, (zero,) * size
    yield from stars(size, far, ctx.mpf(4 - size) / 18, zero)
    for i in range(size):
        for j in range(i):
            for a, b in ((far, far), (far, -far), (-far, far), (-far, -far)):
                yield ctx.mpf(1) / 36, tuple(a if k == i else b if k == j else zero for k in range(size))


def stars(size: int, far: Any, weight: Any, zero: Any) -> Iterator[Node]:
    """The points on the axes."""
    for i in range(size):
        for at in (far, -far):
            yield weight, tuple(at if k == i else zero for k in range(size))
