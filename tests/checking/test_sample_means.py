"""Means over a sample against all outcomes of small ones, and integrals and posteriors against quadrature."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import mpmath
import pytest
import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.closed_integrals import integral
from derive.checking.posteriors import given_data
from derive.checking.sample_laws import distribution_function, sum_density
from derive.checking.sample_means import over_sample
from derive.core.conditionals import ConditionalExpectation, ConditionalVariance
from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Expectation
from derive.core.sample_functionals import SampleExpectation, SampleVariance
from derive.reading.given import context
from derive.reading.reader import Reader
from derive.reading.tokens import Source

SIZE = 3
LAWS = {
    r"X_i ~ bernoulli(p), i = 1..n": (range(2), {"p": sp.Rational(1, 3)}),
    r"X_i ~ binomial(2, p), i = 1..n": (range(3), {"p": sp.Rational(1, 4)}),
}
STATISTICS = (
    r"\bar X",
    r"\bar X^2",
    r"X_1\bar X",
    r"X_1X_2 + X_2",
    r"\sum_{i=1}^n(X_i-\bar X)^2",
    r"\left(\sum_{i=1}^n(X_i-\bar X)^2\right)^2",
    r"\sum_{i=1}^n\sum_{j=1}^n(X_i-X_j)^2",
    r"(X_1-X_2)^2\sum_{i=1}^n X_i",
    r"e^{-\bar X}",
    r"2^{\sum_{i=1}^n X_i}",
    r"\prod_{i=1}^n(1+X_i)",
    r"\frac{1}{1+\sum_{i=1}^n X_i}",
    r"\bar X^3",
    r"\sum_{i=1}^n X_i^2\cdot\sum_{i=1}^n X_i",
)


def read(facts: Facts, text: str) -> Any:
    reader = Reader(facts)
    return reader.value(reader.nodes(Source(text)))


def at_size(e: Any, facts: Facts, values: dict[str, Any], outcomes: Sequence[int]) -> Any:
    """The number that it is for three observations."""
    law = facts.law("X")
    assert law is not None
    known = {s: values[s.name] for s in e.free_symbols | law.density.free_symbols if getattr(s, "name", "") in values}
    (size,) = {n for shape in facts.shapes.values() for n in shape}
    known[size] = sp.Integer(SIZE)
    means = {
        m: sum((m.args[0] * law.density).xreplace({law.variable: sp.Integer(x)}).xreplace(known) for x in outcomes)
        for m in e.atoms(Expectation)
    }
    return sp.N(e.xreplace(means).xreplace(known).doit())


def of_all(expr: Any, facts: Facts, values: dict[str, Any], outcomes: Sequence[int]) -> Any:
    """The mean over all samples of three."""
    law = facts.law("X")
    assert law is not None
    (base,) = facts.shapes
    known = {s: values[s.name] for s in law.density.free_symbols if s.name in values}
    (size,) = facts.shapes[base]
    total = sp.Integer(0)
    for sample in product(outcomes, repeat=SIZE):
        entries = {base[k]: sp.Integer(x) for k, x in enumerate(sample, start=1)}
        weight = sp.Mul(*(law.density.xreplace({law.variable: x}).xreplace(known) for x in entries.values()))
        total += weight * expr.xreplace({size: sp.Integer(SIZE)}).doit().xreplace(entries)
    return sp.N(total)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("text", STATISTICS)
def test_all_outcomes(law: str, text: str) -> None:
    outcomes, values = LAWS[law]
    facts = context([law], Facts())
    expr = read(facts, text)
    mean, second = (of_all(e, facts, values, outcomes) for e in (expr, expr**2))
    assert abs(at_size(over_sample(SampleExpectation(expr), facts), facts, values, outcomes) - mean) < 1e-12
    try:
        spread = over_sample(SampleVariance(expr), facts)
    except GivesUp:
        return
    assert abs(at_size(spread, facts, values, outcomes) - (second - mean**2)) < 1e-10


REFUSED = (
    (r"X_i ~ poisson(\lambda), i = 1..n", r"X_iX_j"),
    (r"X_i ~ uniform(0, b), i = 1..n", r"\frac{1}{\sum_{i=1}^n X_i}"),
    (r"X_i ~ normal(\mu, 1), i = 1..n", r"\log\left(\sum_{i=1}^n X_i^2\right)"),
    (r"X_i ~ gamma(a, b), i = 1..n", r"\max(X_1, \dots, X_n)"),
)


@pytest.mark.parametrize(("law", "text"), REFUSED)
def test_what_no_rule_takes_apart(law: str, text: str) -> None:
    facts = context([law], Facts())
    with pytest.raises(GivesUp):
        over_sample(SampleExpectation(read(facts, text)), facts)


def test_two_samples_may_depend() -> None:
    facts = context([r"X_i ~ poisson(\lambda), i = 1..n", r"Y_i ~ poisson(\lambda), i = 1..n"], Facts())
    with pytest.raises(GivesUp):
        over_sample(SampleExpectation(read(facts, r"\bar X\bar Y")), facts)
    with pytest.raises(GivesUp):
        over_sample(SampleVariance(read(facts, r"\bar X - \bar Y")), facts)


def test_a_random_parameter_is_no_number() -> None:
    facts = context([r"X_i ~ bernoulli(q), i = 1..n", r"q ~ beta(a, b)"], Facts())
    with pytest.raises(GivesUp):
        over_sample(SampleExpectation(read(facts, r"\bar X")), facts)


SUMS = (
    (r"X_i ~ exponential(2), i = 1..n", 4.0),
    (r"X_i ~ gamma(3, 2), i = 1..n", 3.0),
    (r"X_i ~ normal(1, 4), i = 1..n", 2.5),
    (r"X_i ~ poisson(3), i = 1..n", 5),
    (r"X_i ~ geometric(1/3), i = 1..n", 5),
    (r"X_i ~ negative-binomial(2, 1/3), i = 1..n", 4),
    (r"X_i ~ binomial(4, 1/3), i = 1..n", 5),
    (r"X_i ~ bernoulli(1/4), i = 1..n", 1),
)


@pytest.mark.parametrize(("law", "at"), SUMS)
def test_density_of_a_sum_of_two(law: str, at: float) -> None:
    known = context([law], Facts()).law("X")
    assert known is not None
    s = sp.Symbol("s", positive=True)
    found = sum_density(known, sp.Integer(2), s)
    assert found is not None
    f = sp.lambdify(known.variable, known.density, "mpmath")
    support = known.support
    assert isinstance(support, Integers | Interval)
    if isinstance(support, Integers):
        last = int(at) if support.upper.is_infinite else int(support.upper)
        wanted = sum(f(x) * f(at - x) for x in range(int(support.lower), last + 1) if support.lower <= at - x <= last)
    else:
        low, high = (0, at) if support.lower == 0 else (-30, 30)
        wanted = mpmath.quad(lambda x: f(x) * f(at - x), [low, high])
    assert abs(sp.N(found[0].subs(s, at)) - wanted) < 1e-8


@pytest.mark.parametrize(
    ("law", "at"),
    [
        (r"X_i ~ exponential(2), i = 1..n", 1.5),
        (r"X_i ~ uniform(1, 4), i = 1..n", 2.0),
        (r"X_i ~ rayleigh(2), i = 1..n", 1.0),
        (r"X_i ~ weibull(2, 3), i = 1..n", 2.0),
        (r"X_i ~ pareto(1, 3), i = 1..n", 2.0),
        (r"X_i ~ density(3x^2, 0 < x < 1), i = 1..n", 0.5),
    ],
)
def test_distribution_function(law: str, at: float) -> None:
    known = context([law], Facts()).law("X")
    assert known is not None
    f = sp.lambdify(known.variable, known.density, "mpmath")
    wanted = mpmath.quad(f, [float(known.support.lower), at])  # type: ignore[union-attr]
    assert abs(sp.N(distribution_function(known, sp.Float(at))) - wanted) < 1e-10


def test_integrals_of_powers() -> None:
    x = sp.Symbol("x", positive=True)
    for body, low, high in (
        (3 * x**2 * sp.exp(-2 * x), 0, sp.oo),
        (x ** sp.Rational(1, 2) + 1 / x**3, 2, 5),
        (x ** sp.Rational(-1, 2), 0, 3),
        (x**-4, 2, sp.oo),
    ):
        value = integral(body, x, sp.sympify(low), sp.sympify(high), Facts())
        assert not value.has(sp.Integral)
        ends = [low, mpmath.inf if high is sp.oo else high]
        assert abs(sp.N(value) - mpmath.quad(sp.lambdify(x, body, "mpmath"), ends)) < 1e-8
    for body, low, high in ((1 / x, 0, 1), (x**-1, 1, sp.oo), (x * sp.exp(x), 0, sp.oo), (x**2 * sp.sin(x), 0, 1)):
        assert integral(body, x, sp.sympify(low), sp.sympify(high), Facts()).has(sp.Integral)


POSTERIORS = (
    (r"s ~ binomial(5, q)", r"q ~ beta(2, 3)", 4.0, (0, 1)),
    (r"s ~ poisson(q)", r"q ~ gamma(2, 3)", 4.0, (0, mpmath.inf)),
    (r"s ~ exponential(q)", r"q ~ gamma(2, 3)", 1.5, (0, mpmath.inf)),
    (r"s ~ normal(q, 2)", r"q ~ normal(1, 3)", 1.5, (-mpmath.inf, mpmath.inf)),
)


@pytest.mark.parametrize(("law", "prior", "seen", "ends"), POSTERIORS)
def test_posterior_moments(law: str, prior: str, seen: float, ends: tuple[Any, Any]) -> None:
    facts = context([prior, law], Facts())
    q, s = (next(n for n in facts.laws if n.name == name) for name in ("q", "s"))
    weight = sp.lambdify(q, (facts.laws[q].density * facts.laws[s].density).subs(s, seen), "mpmath")
    total, first, second = (mpmath.quad(lambda v, k=k: v**k * weight(v), ends) for k in range(3))
    mean = given_data(ConditionalExpectation(q, [s]), facts).subs(s, seen)
    spread = given_data(ConditionalVariance(q, [s]), facts).subs(s, seen)
    assert abs(sp.N(mean) - first / total) < 1e-8
    assert abs(sp.N(spread) - (second / total - (first / total) ** 2)) < 1e-8
