"""Unknown densities p(x | θ): families that are smooth in θ, whether θ is a number or a vector."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.checking.laws import drawn_density, drawn_masses, is_member
from derive.core.claim import Claim, Outcome
from derive.core.domains import NATURALS, REALS, Integers
from derive.core.facts import Facts
from derive.core.information import Cardinality, Expectation, Law
from derive.core.nodes import Partial
from derive.core.relation import AT_LEAST, EQUAL
from derive.core.vectors import (
    Gradient,
    Hessian,
    Jacobian,
    Vector,
    VectorIntegral,
    VectorMean,
    function_at,
    plus,
    times,
)
from derive.writing.latex import latex

x, theta, t = sp.Symbol("x", real=True), sp.Symbol("theta", real=True), sp.Symbol("t", real=True)
d = sp.Symbol("d", integer=True, positive=True)
k = sp.Symbol("x", integer=True, positive=True)
p, q = sp.symbols("p q")
ws = sp.IndexedBase("w", real=True)
w = Vector(ws, d)
LINE = (x, -sp.oo, sp.oo)
SET = Cardinality(r"\mathcal{X}")
VECTOR = Facts({ws: REALS, d: NATURALS}, {ws: (d,)}, laws={p: Law(x, REALS, given=(w,))}, matrices={"w": w})
NUMBER = Facts(
    {theta: REALS}, laws={p: Law(x, REALS, given=(theta,)), q: Law(k, Integers(sp.Integer(1), SET), given=(theta,))}
)
f, g, mass = function_at("p", x, w), function_at("p", x, theta), function_at("q", k, theta)
score = Gradient(sp.log(f), w)
outer = times(score, sp.Transpose(score))

TRUE: list[tuple[Any, Any, Facts]] = [
    (VectorIntegral(times(f, score), LINE), VectorIntegral(Gradient(f, w), LINE), VECTOR),
    (VectorMean(score, x, p), sp.ZeroMatrix(d, 1), VECTOR),
    (Gradient(sp.Integral(f, LINE), w), sp.ZeroMatrix(d, 1), VECTOR),
    (Hessian(sp.log(f), w), Jacobian(times(1 / f, Gradient(f, w)), w), VECTOR),
    (VectorMean(outer, x, p), times(-1, VectorMean(Hessian(sp.log(f), w), x, p)), VECTOR),
    (Gradient(Expectation(x**2, x, p), w), VectorMean(times(x**2, score), x, p), VECTOR),
    (sp.Integral(Partial(g, theta), LINE), sp.Integer(0), NUMBER),
    (Expectation(Partial(sp.log(g), theta) ** 2, x, p), -Expectation(Partial(sp.log(g), theta, 2), x, p), NUMBER),
    (sp.Sum(Partial(mass, theta, 2), (k, 1, SET)), sp.Integer(0), NUMBER),
]
FALSE: list[tuple[Any, Any, Facts]] = [
    (VectorIntegral(times(f, Gradient(f, w)), LINE), sp.ZeroMatrix(d, 1), VECTOR),
    (Hessian(sp.log(f), w), plus(times(1 / f, Hessian(f, w)), outer), VECTOR),
    (VectorMean(outer, x, p), VectorMean(Hessian(sp.log(f), w), x, p), VECTOR),
    (sp.Integral(Partial(g**2, theta), LINE), sp.Integer(0), NUMBER),
    (sp.Sum(Partial(mass, theta) ** 2, (k, 1, SET)), sp.Integer(0), NUMBER),
]


@pytest.mark.parametrize(("left", "right", "facts"), TRUE)
def test_proved(left: Any, right: Any, facts: Facts) -> None:
    assert judge(Claim(left, EQUAL, right, facts)).outcome is Outcome.PROVED


@pytest.mark.parametrize(("left", "right", "facts"), FALSE)
def test_refuted(left: Any, right: Any, facts: Facts) -> None:
    assert judge(Claim(left, EQUAL, right, facts)).outcome is Outcome.REFUTED


def test_a_density_is_positive_and_its_derivatives_need_not_be() -> None:
    zero = sp.Integer(0)
    assert judge(Claim(Partial(g, theta), AT_LEAST, zero, NUMBER)).outcome is Outcome.REFUTED
    assert judge(Claim(sp.Abs(Partial(g, theta)), EQUAL, Partial(g, theta), NUMBER)).outcome is Outcome.REFUTED


def test_of_other_arguments_nothing_is_known() -> None:
    law = NUMBER.laws[p]
    assert is_member(law, (x, theta)) and is_member(law, (x,))
    assert not is_member(law, (theta, x)) and not is_member(law, (x, t))
    assert not is_member(Law(x, REALS), (x, theta))


@pytest.mark.parametrize("value", [-2, 0, 3])
def test_what_is_drawn_is_a_density_for_every_parameter(value: int) -> None:
    made = sp.lambdify(x, drawn_density(NUMBER.laws[p], "seed").subs(theta, value), "numpy")
    points = np.linspace(-20, 60, 40_001)
    assert abs(np.trapezoid(made(points), points) - 1) < 1e-9
    assert abs(sum(drawn_masses(NUMBER.laws[q], 3, "seed")).subs(theta, value).evalf() - 1) < 1e-12


def test_printed() -> None:
    assert latex(VectorIntegral(times(f, w), LINE)) == r"\int_{-\infty}^{\infty} p(x, w) w \, dx"
    assert latex(VectorMean(w, x, p)) == r"\mathbb{E}_p[w]"
