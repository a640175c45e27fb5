"""Every entropy and divergence against its definition, by the integration of SciPy or by summation."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad
from scipy.stats import gamma

import derive
from derive.api import parsed
from derive.checking.budget import Budget
from derive.checking.point import Point, Undefined
from derive.checking.points import walkers
from derive.checking.walker import Walker
from derive.core.domains import Integers, Interval
from derive.derivations.information import Information, information
from derive.models.comparison import Named, alone, compared

SAME = [
    "normal",
    "normal-sd",
    "lognormal",
    "laplace",
    "gumbel",
    "exponential",
    "exponential-scale",
    "half-normal",
    "rayleigh",
    "maxwell",
    "chi",
    "chi-squared",
    "gamma",
    "gamma-scale",
    "erlang",
    "inverse-gamma",
    "inverse-gaussian",
    "weibull",
    "levy",
    "nakagami",
    "beta",
    "pareto",
    "uniform",
    "power-function",
    "shifted-exponential",
    "bernoulli",
    "geometric",
    "geometric-failures",
    "poisson",
    "lindley",
    "binomial",
]
PAIRS = """beta exponential|beta gamma|beta normal|beta uniform|exponential gamma|exponential gumbel|exponential normal
exponential laplace
gamma exponential|gamma gumbel|gamma normal|gumbel normal|laplace normal
normal gumbel|normal laplace
pareto exponential|pareto gamma|pareto normal
uniform beta|uniform exponential|uniform gamma|uniform gumbel|uniform normal
uniform laplace|uniform pareto|bernoulli poisson|weibull gamma|chi-squared gamma
negative-binomial(r,p_1) negative-binomial(r,p_2)""".replace("\n", "|").split("|")
ENTROPIES = [
    "normal",
    "lognormal",
    "laplace",
    "gumbel",
    "exponential",
    "half-normal",
    "rayleigh",
    "maxwell",
    "chi",
    "chi-squared",
    "gamma",
    "erlang",
    "inverse-gamma",
    "weibull",
    "levy",
    "nakagami",
    "beta",
    "kumaraswamy",
    "pareto",
    "uniform",
    "power-function",
    "shifted-exponential",
    "bernoulli",
    "geometric",
    "discrete-uniform",
    "cauchy",
    "student-t",
    "burr",
    "lomax",
]


def of_pair(p: str, q: str) -> tuple[Information, Named, Named]:
    first, second = compared(parsed(p), parsed(q), ("(" not in p, "(" not in q))
    return information("kl", first, second), first, second


def defined(values: dict[Any, Any], p: Named, q: Named | None) -> float:
    """∫ p (log p − log q), or −∫ p log p, with the letters' values put in; by SciPy."""
    known = {k: sp.Rational(v.numerator, v.denominator) for k, v in values.items()}
    known.pop(p.variable, None)

    def logarithm(law: Named) -> Any:
        opened = sp.expand_log(sp.log(law.density), force=True).subs(
            {k: sp.Float(float(v), 17) for k, v in known.items()}
        )
        opened = opened.replace(sp.factorial, lambda n: sp.gamma(n + 1))
        opened = opened.replace(
            lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.gamma),
            lambda e: sp.loggamma(e.args[0].args[0]),
        )
        return sp.lambdify(p.variable, opened, ["scipy", "numpy"])

    first, second = logarithm(p), logarithm(q) if q else None
    support = p.distribution.support
    assert isinstance(support, Interval | Integers)
    low, high = (float(sp.N(e.subs(known))) for e in (support.lower, support.upper))

    def inside(x: float) -> float:
        log_mass = float(first(x))
        return (
            0.0
            if not log_mass > -700 or np.isinf(log_mass)
            else float(np.exp(log_mass) * (log_mass - second(x) if second else -log_mass))
        )

    if isinstance(support, Integers):
        last = int(high) if np.isfinite(high) else int(low) + 2000
        return float(np.sum([inside(float(x)) for x in range(int(low), last + 1)]))
    marks = sorted(
        {*map(float, known.values()), -60, -20, -6, -2, 0, 0.01, 0.1, 0.5, 0.9, 0.99, 2, 6, 20, 60, 200, 2000}
    )
    ends = [low, *(m for m in marks if low < m < high), high]
    return float(sum(quad(inside, a, b, epsabs=1e-15, epsrel=1e-12, limit=200)[0] for a, b in pairwise(ends)))


def agrees(found: Information, p: Named, q: Named | None, points: int = 3) -> None:
    tried = 0
    for walker in islice(walkers(found.facts, Budget(10**9)), 3 * points):
        try:
            value = walker.value(found.value)
        except Undefined:
            # On the edge itself the formula stands for its limit.
            continue
        # Doubles cannot tell a point near 1 from 1, where a beta density may be infinite; the judge's quadrature can.
        near_one = getattr(p.distribution.support, "upper", None) == 1 and not p.distribution.discrete
        direct = walker.value(found.quantity) if near_one else defined(walker.point.values, p, q)
        assert abs(value - direct) <= 1e-10 * max(abs(direct), 1), (walker.point.values, value, direct)
        tried += 1
        if q is not None:
            assert value > -1e-20
    assert tried >= points - 1


@pytest.mark.parametrize("name", SAME)
def test_divergence_inside_a_family(name: str) -> None:
    found, p, q = of_pair(name, name)
    assert found.closed and found.finite
    agrees(found, p, q)


@pytest.mark.parametrize("name", SAME)
def test_divergence_from_itself_is_zero(name: str) -> None:
    found, p, q = of_pair(name, name)
    letters = {b.letter: a.letter for a, b in zip(p.distribution.parameters, q.distribution.parameters, strict=True)}
    same = found.value.subs(letters)
    for seed in range(3):
        walker = Walker(found.facts, Point(seed), Budget(10**7))
        for p_ in p.distribution.parameters:
            walker.point.values[p_.letter] = Fraction(2 + seed, 3 + seed) if p_.domain == UNIT else Fraction(2 + seed)
        assert abs(walker.value(same)) < 1e-20


UNIT = Interval(sp.Integer(0), sp.Integer(1))


@pytest.mark.parametrize("pair", PAIRS)
def test_divergence_between_families(pair: str) -> None:
    found, p, q = of_pair(*pair.split())
    assert found.closed and found.finite
    agrees(found, p, q)


@pytest.mark.parametrize("name", ENTROPIES)
def test_entropy(name: str) -> None:
    law = alone(parsed(name))
    found = information("entropy", law)
    assert found.closed
    agrees(found, law, None)


EDGES = [
    ("beta", "beta", {r"\alpha_1": "1/2", r"\beta_1": 30, r"\alpha_2": "1/10", r"\beta_2": "1/5"}),
    ("gamma", "gamma", {r"\alpha_1": "1/2", r"\beta_1": 50, r"\alpha_2": 40, r"\beta_2": "1/50"}),
    ("bernoulli", "bernoulli", {"p_1": "1/1000", "p_2": "999/1000"}),
    ("geometric", "geometric", {"p_1": "1/50", "p_2": "99/100"}),
    ("normal", "normal", {r"\mu_1": 6, r"\sigma_1^2": "1/4", r"\mu_2": -20, r"\sigma_2^2": 100}),
    ("pareto", "exponential", {"x_m": "1/50", r"\alpha": "5/2", r"\lambda": 20}),
]


@pytest.mark.parametrize(("p", "q", "values"), EDGES)
def test_near_the_edges(p: str, q: str, values: dict[str, Any]) -> None:
    found, first, second = of_pair(p, q)
    walker = Walker(found.facts, Point(0), Budget(10**9))
    for law in (first, second):
        for parameter in law.distribution.parameters:
            walker.point.values[parameter.letter] = Fraction(values[str(parameter.letter)])
    value, direct = walker.value(found.value), defined(walker.point.values, first, second)
    assert abs(value - direct) <= 1e-10 * max(abs(direct), 1)


@pytest.mark.parametrize(
    ("p", "q"),
    [
        ("normal", "exponential"),
        ("laplace", "gamma"),
        ("exponential", "uniform"),
        ("gamma", "beta"),
        ("poisson", "bernoulli"),
    ],
)
def test_infinite_with_a_reason(p: str, q: str) -> None:
    found, *_ = of_pair(p, q)
    assert found.value == sp.oo and found.because is not None and not found.chains


@pytest.mark.parametrize(
    ("p", "q", "conditions"),
    [
        ("pareto", "exponential", [r"\alpha > 1"]),
        ("pareto", "normal", [r"\alpha > 2"]),
        ("uniform", "beta", ["a >= 0", "b <= 1"]),
    ],
)
def test_conditions_are_part_of_the_answer(p: str, q: str, conditions: list[str]) -> None:
    found, *_ = of_pair(p, q)
    marks = {"greater": ">", "at_least": ">=", "at_most": "<=", "less": "<"}
    assert [f"{c.left} {marks[c.relation.id]} {c.right}" for c in found.conditions] == conditions


NARROW = [
    ("entropy", ("normal",), "mu=1000000, sigma^2=0.000001", 0.5 * math.log(2 * math.pi * math.e * 1e-6)),
    ("entropy", ("gumbel",), "mu=300, beta=0.01", math.log(0.01) + 1.5772156649015329),
    ("entropy", ("laplace",), "mu=300, b=0.001", 1 + math.log(0.002)),
    ("entropy", ("gamma",), "alpha=10000, beta=1", float(gamma(10000).entropy())),
    ("kl", ("normal(30, 0.01)", "normal(0, 1)"), "", math.log(10) + (0.01 + 900) / 2 - 0.5),
    ("kl", ("gumbel(300, 0.01)", "normal(0, 1)"), "", None),
    ("kl", ("weibull(50, 3)", "gamma(3, 4)"), "", None),
]


@pytest.mark.parametrize(("verb", "laws", "at", "expected"), NARROW)
def test_narrow_laws_far_from_zero_are_judged(
    verb: str, laws: tuple[str, ...], at: str, expected: float | None
) -> None:
    found = getattr(derive, verb)(*laws, at=at)
    assert all(step.verdict and step.verdict.holds for step in found.steps)
    assert expected is None or math.isclose(found.number, expected, rel_tol=1e-9)


GIVEN_NUMBERS = [
    ("kl", ("poisson(3)", "poisson(4)"), 3 * math.log(3 / 4) + 1),
    ("kl", ("poisson(20000)", "poisson(25000)"), 20000 * math.log(0.8) + 5000),
    ("entropy", ("geometric(0.25)",), -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / 0.25),
    ("kl", ("normal(0, 1)", "normal(1, 4)"), math.log(2) + 2 / 8 - 0.5),
    ("kl", ("uniform(0, 1)", "uniform(0, 2)"), math.log(2)),
    ("cross_entropy", ("poisson(3)", "geometric-failures(0.5)"), 4 * math.log(2)),
]


@pytest.mark.parametrize(("verb", "laws", "expected"), GIVEN_NUMBERS)
def test_laws_with_numbers_keep_their_closed_form(verb: str, laws: tuple[str, ...], expected: float) -> None:
    found = getattr(derive, verb)(*laws)
    assert found.closed and math.isclose(found.number, expected, rel_tol=1e-10)
    assert "With :" not in found.text("md")


def test_supports_with_numbers_are_still_compared() -> None:
    for at in ("", "lambda=2"):
        found = derive.kl("uniform(0, 2)", "exponential(lambda)" if at else "uniform(0, 1)", at=at)
        assert found.finite == bool(at)
    assert not derive.kl("normal(0, 1)", "exponential", at="lambda=2").finite


@pytest.mark.parametrize(("at", "shown"), [("p=1e-300", r"10^{-300}"), ("p=1e-28", r"10^{-28}")])
def test_contents_of_rare_outcomes_keep_their_digits(at: str, shown: str) -> None:
    found = derive.entropy("bernoulli", at=at)
    assert shown in found.text("md") and r"\approx 0\n" not in found.text("md")
