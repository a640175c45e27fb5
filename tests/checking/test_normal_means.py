"""Expected values over normal vectors: the rules are exact for their degree, and nothing else is averaged."""

from __future__ import annotations

from itertools import combinations_with_replacement
from math import prod

import pytest
import sympy as sp
from mpmath.ctx_mp import MPContext

from derive.checking.budget import GivesUp
from derive.checking.degrees import degree_in
from derive.checking.normal_means import rule
from derive.core.facts import Facts
from derive.core.vectors import Dot, Vector

N = sp.Symbol("n", integer=True, positive=True)
X, M = (Vector(sp.IndexedBase(name, real=True), N) for name in "xm")
BASE = X.args[0]


def moment(powers: dict[int, int]) -> int:
    """E ∏ u_i^{k_i} of independent standard normal numbers."""
    return prod(0 if k % 2 else prod(range(1, k, 2)) for k in powers.values())


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("degree", [0, 2, 3, 4, 5])
def test_every_monomial_up_to_the_degree(size: int, degree: int) -> None:
    ctx = MPContext()
    ctx.dps = 30
    nodes = list(rule(ctx, size, degree))
    for times in range(degree + 1):
        for places in combinations_with_replacement(range(size), times):
            found = sum(weight * prod(node[i] for i in places) for weight, node in nodes)
            assert abs(found - moment({i: places.count(i) for i in places})) < 1e-25


def test_degrees() -> None:
    quadratic = Dot(X - M, X)
    assert degree_in(quadratic, BASE, Facts()) == 2
    assert degree_in(quadratic**2, BASE, Facts()) == 4
    assert degree_in(Dot(M, M), BASE, Facts()) == 0
    assert degree_in(sp.log(sp.exp(-quadratic) * 2), BASE, Facts()) == 2


@pytest.mark.parametrize("expr", [sp.exp(Dot(X, M)), 1 / Dot(X, X), sp.log(1 + Dot(X, X)), sp.sqrt(Dot(X, X))])
def test_no_polynomial_is_not_averaged(expr: sp.Expr) -> None:
    with pytest.raises(GivesUp):
        degree_in(expr, BASE, Facts())
