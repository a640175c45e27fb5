"""Each rule fires where it should, stays silent where it must, and what it gives is judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim
from derive.core.domains import POSITIVE, REALS, UNIT
from derive.core.facts import Facts
from derive.core.information import Expectation, Law
from derive.core.nodes import Partial, Sigmoid
from derive.core.relation import EQUAL
from derive.core.trees import power
from derive.core.vectors import (
    AbsoluteNorm,
    Dot,
    Elementwise,
    Gradient,
    Hessian,
    MatrixOf,
    SquaredNorm,
    Vector,
    VectorAt,
    VectorSum,
)
from derive.rules.book import RULES

i, k, N, K = sp.symbols("i k N K", integer=True, positive=True)
p, a, b = sp.symbols("p a b", positive=True)
u, v = sp.symbols("u v", real=True)
x, y = sp.IndexedBase("x", real=True), sp.IndexedBase("y", positive=True)
z = sp.IndexedBase("z", positive=True)
w = sp.IndexedBase("w", real=True)
FACTS = Facts(
    {p: UNIT, a: POSITIVE, b: POSITIVE, u: REALS, v: REALS, x: REALS, y: POSITIVE, z: POSITIVE, w: REALS},
    {x: (N,), y: (N,), z: (K,), w: (N, K)},
    {i: N, k: K},
    laws={sp.Symbol("p"): Law(sp.Symbol("s", real=True), REALS)},
)
LIMITS, INNER = (i, 1, N), (k, 1, K)
d = sp.Symbol("d", integer=True, positive=True)
beta, inputs, seen = sp.IndexedBase("beta", real=True), sp.IndexedBase("x_", real=True), sp.IndexedBase("r", real=True)
B, row, design, column = Vector(beta, d), VectorAt(inputs, i, d), MatrixOf(inputs, N, d, "X_"), Vector(seen, N)
FACTS = replace(
    FACTS,
    domains={**FACTS.domains, beta: REALS, inputs: REALS, seen: REALS},
    shapes={**FACTS.shapes, beta: (d,), inputs: (N, d), seen: (N,)},
)
signs = sp.Lambda(sp.Symbol("z", real=True), sp.sign(sp.Symbol("z", real=True)))
j = sp.Symbol("j", integer=True, positive=True)

t, s = sp.Symbol("t", positive=True), sp.Symbol("s", real=True)
law = sp.Symbol("p")


def mean(e: Any, letter: Any = s) -> Any:
    return Expectation(e, letter, law)


def half_line(e: Any) -> Any:
    return sp.Integral(e, (t, 0, sp.oo))


def line(e: Any) -> Any:
    return sp.Integral(e, (s, -sp.oo, sp.oo))


BETA_PRIME = sp.gamma(a) * sp.gamma(b) / (2**a * sp.gamma(a + b))
SQUARED = sp.sqrt(sp.pi) * sp.gamma(b + sp.Rational(1, 2)) * a ** (-b - sp.Rational(1, 2)) / sp.gamma(b + 1)
FIRES: dict[str, tuple[Any, Any]] = {
    "log_of_series": (sp.log(sp.Product(y[i], LIMITS)), sp.Sum(sp.log(y[i]), LIMITS)),
    "log_of_product": (sp.log(p * sp.exp(u)), sp.log(p) + sp.log(sp.exp(u), evaluate=False)),
    "log_of_power": (sp.log(power(2 * sp.pi * a, sp.Rational(-1, 2))), -sp.log(2 * sp.pi * a) / 2),
    "log_of_exponential": (sp.log(sp.exp(u), evaluate=False), u),
    "logarithms_joined": (-sp.log(a) - sp.log(b), -sp.log(a * b, evaluate=False)),
    "log_of_sigmoid": (sp.log(Sigmoid(u)), u - sp.log(1 + sp.exp(u))),
    "log_of_complement": (sp.log(1 - Sigmoid(u)), -sp.log(1 + sp.exp(u))),
    "sigmoid_recognised": (sp.exp(u) / (1 + sp.exp(u)), Sigmoid(u)),
    "gradient_of_terms": (Gradient(SquaredNorm(B) + a, B), Gradient(SquaredNorm(B), B)),
    "gradient_of_multiple": (Hessian(a * SquaredNorm(B), B), a * Hessian(SquaredNorm(B), B)),
    "gradient_under_sum": (
        Gradient(sp.Sum(Dot(B, row) ** 2, LIMITS), B),
        VectorSum(Gradient(Dot(B, row) ** 2, B), LIMITS),
    ),
    "gradient_of_linear": (Gradient(Dot(B, row), B), row),
    "gradient_of_squared_norm": (
        Gradient(SquaredNorm(design * B - column), B),
        2 * design.T * (design * B - column),
    ),
    "gradient_of_quadratic": (
        Gradient(Dot(B, design.T * design * B), B),
        (design.T * design + (design.T * design).T) * B,
    ),
    "gradient_of_absolute_norm": (Gradient(AbsoluteNorm(B), B), Elementwise(signs, B)),
    "hessian_of_squared_norm": (Hessian(SquaredNorm(B), B), 2 * sp.Identity(d)),
    "sum_as_product": (VectorSum((Dot(B, row) - seen[i]) * row, LIMITS), design.T * (design * B - column)),
    "sum_of_sums": (sp.Sum(x[i] - u, LIMITS), sp.Sum(x[i], LIMITS) + sp.Sum(-u, LIMITS)),
    "sums_swap": (
        sp.Sum(sp.log(z[k]) * w[i, k], INNER, LIMITS),
        sp.Sum(sp.log(z[k]) * sp.Sum(w[i, k], LIMITS), INNER),
    ),
    "constant_out_of_sum": (sp.Sum(a * x[i], LIMITS), a * sp.Sum(x[i], LIMITS)),
    "sum_of_constant": (sp.Sum(a, LIMITS), N * a),
    "derivative_of_itself": (Partial(v, v), sp.Integer(1)),
    "derivative_of_constant": (Partial(a, v), sp.Integer(0)),
    "derivative_of_sum": (Partial(v**2 + a + sp.log(p), v), Partial(v**2, v)),
    "derivative_picks_term": (Partial(sp.Sum(sp.log(z[j]), (j, 1, K)), z[k]), Partial(sp.log(z[k]), z[k])),
    "derivative_under_sum": (Partial(sp.Sum((x[i] - v) ** 2, LIMITS), v), sp.Sum(Partial((x[i] - v) ** 2, v), LIMITS)),
    "derivative_of_multiple": (Partial(a * v**2, v), a * Partial(v**2, v)),
    "derivative_of_logarithm": (Partial(sp.log(1 - p), p), Partial(1 - p, p) / (1 - p)),
    "derivative_of_exponential": (Partial(sp.exp(-a * v), v), sp.exp(-a * v) * Partial(-a * v, v)),
    "derivative_of_power": (Partial((u - v) ** 2, v), 2 * (u - v) * Partial(u - v, v)),
    "derivative_of_function": (Partial(sp.loggamma(a), a), sp.polygamma(0, a)),
    "expectation_of_constant": (mean(a), a),
    "expectation_of_sum": (mean(s**2 + s), mean(s**2) + mean(s)),
    "constant_out_of_expectation": (mean(a * s), a * mean(s)),
    "expectation_of_series": (mean(sp.Sum(s * z[k], INNER)), sp.Sum(mean(s * z[k]), INNER)),
    "distance_integral": (
        sp.Integral(sp.Abs(s - u), (s, 0, 2)),
        (2 - u) * sp.Abs(u - 2) / 2 + u * sp.Abs(u) / 2,
    ),
    "power_of_distance_integral": (sp.Integral((2 - s) ** a, (s, 0, 1)), (2 ** (a + 1) - 1) / (a + 1)),
    "beta_prime_integral": (half_line(t ** (a - 1) * (1 + 2 * t) ** (-a - b)), BETA_PRIME),
    "squared_distance_integral": (line((a + (s - u) ** 2) ** (-b - 1)), SQUARED),
    "gamma_integral": (half_line(t ** (a - 1) * sp.exp(-b * t)), sp.gamma(a) / b**a),
    "beta_integral": (
        sp.Integral(t ** (a - 1) * (1 - t) ** (b - 1), (t, 0, 1)),
        sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b),
    ),
    "power_integral": (sp.Integral(t**a, (t, 0, b)), b ** (a + 1) / (a + 1)),
    "exponential_integral": (sp.Integral(sp.exp(-a * s), (s, 1, sp.oo)), sp.exp(-a) / a),
    "gaussian_integral": (line(sp.exp(-a * s**2 + u * s)), sp.sqrt(sp.pi / a) * sp.exp(u**2 / (4 * a))),
    "double_exponential_integral": (line(sp.exp(-a * s - b * sp.exp(-s))), sp.gamma(a) / b**a),
    "laplace_integral": (line(sp.exp(-a * sp.Abs(s - u))), 2 / a),
    "derivative_of_product": (Partial(p * sp.exp(p), p), Partial(p, p) * sp.exp(p) + p * Partial(sp.exp(p), p)),
}

SILENT: dict[str, Any] = {
    "log_of_series": sp.log(sp.Sum(y[i], LIMITS)),
    "log_of_product": sp.log(u * v),
    "log_of_power": sp.log(u**2),
    "log_of_exponential": sp.log(a),
    "logarithms_joined": sp.log(a) - sp.log(b),
    "log_of_sigmoid": sp.log(u**2),
    "log_of_complement": sp.log(1 - p),
    "sigmoid_recognised": sp.exp(u) / (1 + sp.exp(v)),
    "gradient_of_terms": Gradient(SquaredNorm(B), B),
    "gradient_of_multiple": Gradient(Dot(B, row) * SquaredNorm(B), B),
    "gradient_under_sum": Gradient(SquaredNorm(B), B),
    "gradient_of_linear": Gradient(Dot(B, B), B),
    "gradient_of_squared_norm": Gradient(SquaredNorm(column), B),
    "gradient_of_quadratic": Gradient(Dot(row, design.T * design * B), B),
    "gradient_of_absolute_norm": Gradient(AbsoluteNorm(column), B),
    "hessian_of_squared_norm": Hessian(AbsoluteNorm(B), B),
    "sum_as_product": VectorSum(u**2 * column, LIMITS),
    "sum_of_sums": sp.Sum((x[i] - u) ** 2, LIMITS),
    "sums_swap": sp.Sum(w[i, k], INNER, LIMITS),
    "constant_out_of_sum": sp.Sum(x[i], LIMITS),
    "sum_of_constant": sp.Sum(x[i], LIMITS),
    "derivative_of_itself": Partial(a, v),
    "derivative_of_constant": Partial(v**2, v),
    "derivative_of_sum": Partial(a * v, v),
    "derivative_picks_term": Partial(sp.Sum(sp.log(z[j]), (j, 1, K)), v),
    "derivative_under_sum": Partial(v**2, v),
    "derivative_of_multiple": Partial(v * sp.exp(v), v),
    "derivative_of_logarithm": Partial(v**2, v),
    "derivative_of_exponential": Partial(sp.log(a), a),
    "derivative_of_power": Partial(v**v, v),
    "derivative_of_function": Partial(sp.log(a), a),
    "derivative_of_product": Partial(sp.log(a), a),
    "expectation_of_constant": mean(s),
    "expectation_of_sum": mean(a * s),
    "constant_out_of_expectation": mean(s**2),
    "expectation_of_series": mean(s),
    "distance_integral": sp.Integral(sp.Abs(s**2 - u), (s, 0, 2)),
    "power_of_distance_integral": sp.Integral((2 - s) ** -1, (s, 0, 1)),
    "beta_prime_integral": half_line(t**a * sp.exp(-t)),
    "squared_distance_integral": line((a + s**4) ** (-b)),
    "gamma_integral": half_line(sp.log(t) * sp.exp(-t)),
    "beta_integral": sp.Integral(t**a * (2 - t) ** b, (t, 0, 1)),
    "power_integral": sp.Integral(1 / t, (t, 1, b)),
    "exponential_integral": line(sp.exp(-a * s)),
    "gaussian_integral": line(s * sp.exp(-a * s**2)),
    "double_exponential_integral": line(sp.exp(-a * s)),
    "laplace_integral": line(s * sp.exp(-a * sp.Abs(s))),
}


def test_every_rule_has_a_row() -> None:
    ids = [rule.id for rule in RULES]
    assert sorted(ids) == sorted(FIRES) == sorted(SILENT)
    assert all(rule.statement for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_fires(rule: Any) -> None:
    before, after = FIRES[rule.id]
    found = rule.apply(before, FACTS)
    assert found == after
    assert judge(Claim(before, EQUAL, found, FACTS)).holds


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_stays_silent(rule: Any) -> None:
    assert rule.apply(SILENT[rule.id], FACTS) is None
