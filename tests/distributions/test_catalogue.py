"""The whole catalogue: each estimate against the numerical maximum of the declared log-density.

A point is accepted if one Newton step on the declared log-likelihood, with derivatives taken numerically at forty
digits, moves it by less than 1e-8 of itself, and if no optimiser that starts nearby finds a larger likelihood.
"""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize

import derive
from derive.core.domains import Integers, OneHot
from derive.distributions.book import DISTRIBUTIONS, named
from derive.distributions.distribution import Distribution, bound

mpmath.mp.dps = 40

TRUE: dict[str, dict[str, float]] = {
    "bernoulli": {"p": 0.6},
    "binomial": {"n": 7, "p": 0.3},
    "geometric": {"p": 0.4},
    "geometric-failures": {"p": 0.4},
    "poisson": {r"\lambda": 3.5},
    "negative-binomial": {"r": 2.5, "p": 0.3},
    "zero-truncated-poisson": {r"\lambda": 1.7},
    "log-series": {"p": 0.7},
    "zipf": {"s": 2.3},
    "normal": {r"\mu": 4, r"\sigma^2": 9},
    "normal-sd": {r"\mu": -1, r"\sigma": 2},
    "lognormal": {r"\mu": 0.3, r"\sigma^2": 0.4},
    "logit-normal": {r"\mu": 0.3, r"\sigma^2": 0.8},
    "laplace": {r"\mu": 1, "b": 2},
    "gumbel": {r"\mu": 1, r"\beta": 2},
    "logistic": {r"\mu": 1, "s": 2},
    "cauchy": {r"\mu": 1, r"\gamma": 2},
    "student-t": {r"\nu": 5, r"\mu": 1, r"\sigma": 2},
    "von-mises": {r"\mu": 0.5, r"\kappa": 1.7},
    "exponential": {r"\lambda": 0.4},
    "exponential-scale": {r"\theta": 3},
    "half-normal": {r"\sigma": 2},
    "rayleigh": {r"\sigma": 2},
    "maxwell": {"a": 2},
    "chi": {"k": 3.3},
    "chi-squared": {"k": 3.3},
    "gamma": {r"\alpha": 2.5, r"\beta": 1.3},
    "gamma-scale": {r"\alpha": 2.5, r"\theta": 1.3},
    "erlang": {"k": 3, r"\lambda": 1.3},
    "inverse-gamma": {r"\alpha": 3.5, r"\beta": 2},
    "inverse-gaussian": {r"\mu": 2, r"\lambda": 3},
    "lindley": {r"\theta": 0.7},
    "weibull": {"k": 1.7, r"\lambda": 2},
    "levy": {"c": 0.7},
    "burr": {"c": 2.5, "k": 1.5},
    "lomax": {r"\alpha": 1.2, r"\lambda": 2},
    "nakagami": {"m": 1.3, r"\Omega": 2},
    "gompertz": {"a": 0.4, "b": 0.8},
    "birnbaum-saunders": {r"\alpha": 0.8, r"\beta": 1.5},
    "beta": {r"\alpha": 2, r"\beta": 3},
    "kumaraswamy": {"a": 2, "b": 3},
    "uniform": {"a": -1, "b": 4},
    "discrete-uniform": {"m": 12},
    "power-function": {r"\alpha": 2, r"\theta": 3},
    "pareto": {"x_m": 1.5, r"\alpha": 2.5},
    "shifted-exponential": {r"\theta": -1, r"\lambda": 0.6},
}
SCALAR = [d for d in DISTRIBUTIONS if not isinstance(d.support, OneHot)]
SEEDS = (1, 2, 3)


def at(expr: Any, point: dict[str, float]) -> Any:
    return sp.sympify(expr).subs(
        {s: sp.nsimplify(point[s.name]) for s in sp.sympify(expr).free_symbols if s.name in point}
    )


def draw(d: Distribution, seed: int) -> list[float]:
    """Twenty-three observations by the inverse of the summed density, rounded to three places."""
    point, rng = TRUE[d.id], np.random.default_rng(seed)
    low, high = (at(e, point) for e in (d.support.lower, d.support.upper))  # type: ignore[union-attr]
    whole = isinstance(d.support, Integers)
    first = -60.0 if low == -sp.oo else float(low)
    last = (60.0 if not whole else 400.0) if high == sp.oo else float(high)
    grid = np.arange(first, last + 1) if whole else np.linspace(first, last, 40_001)[1:-1]
    density = sp.lambdify(d.variable, at(d.density, point), ["scipy", "numpy"])
    weights = np.nan_to_num(np.asarray(density(grid) * np.ones_like(grid), dtype=float))
    return [float(v) for v in np.round(rng.choice(grid, size=23, p=weights / weights.sum()), 3)]


def known_of(d: Distribution) -> dict[Any, Any]:
    """The parameters that no one estimates, at their numbers."""
    return {p.letter: sp.nsimplify(TRUE[d.id][str(p.letter)]) for p in d.parameters if p.known}


def log_likelihood(d: Distribution, letters: list[Any], data: list[float]) -> Any:
    """The declared log-density summed over the data, at forty digits."""
    f = sp.lambdify((*letters, d.variable), sp.log(d.density), "mpmath")
    values = [mpmath.mpf(repr(x)) for x in data]
    return lambda *theta: mpmath.fsum(f(*theta, x).real for x in values)


def newton_step(f: Any, theta: list[Any]) -> list[Any]:
    """H⁻¹ g at θ, both by differences."""
    n = len(theta)
    unit = [tuple(int(i == j) for i in range(n)) for j in range(n)]
    gradient = mpmath.matrix([mpmath.diff(f, tuple(theta), unit[j]) for j in range(n)])
    hessian = mpmath.matrix(n, n)
    for i in range(n):
        for j in range(n):
            both = tuple(a + b for a, b in zip(unit[i], unit[j], strict=True))
            hessian[i, j] = mpmath.diff(f, tuple(theta), both)
    assert all(hessian[i, i] < 0 for i in range(n))
    return list(mpmath.lu_solve(hessian, gradient))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("d", SCALAR, ids=lambda d: d.id)
def test_estimate_is_the_numerical_maximum(d: Distribution, seed: int) -> None:
    data = draw(d, seed)
    made = bound(d, known_of(d))
    result = derive.mle(made, data=data)
    estimates = result.derivation.estimates
    assert all(e.value is not None for e in estimates), result.derivation.optimum
    ends = {"order-statistic"}
    smooth = [e for e in estimates if e.form not in ends]
    fixed = {e.letter: e.value for e in estimates if e.form in ends}
    for e in estimates:
        if e.form in ends:
            extremes = {min(data), max(data), float(np.median(data))}
            assert min(abs(float(e.value) - x) for x in extremes) < 1e-12
    put = bound(made, fixed)
    f = log_likelihood(put, [e.letter for e in smooth], data)
    theta = [mpmath.mpf(str(sp.N(e.value, 40))) for e in smooth]
    if smooth:
        for step, value in zip(newton_step(f, theta), theta, strict=True):
            assert abs(step) <= 1e-8 * abs(value), (step, value)
        loss = quick_loss(put, [e.letter for e in smooth], data)
        start = [float(t) * 1.05 + 0.01 for t in theta]
        best = minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-10})
        assert float(f(*theta)) >= -best.fun - 1e-7
    assert float(result.derivation.log_likelihood) == pytest.approx(float(f(*theta)), rel=1e-9)


def quick_loss(d: Distribution, letters: list[Any], data: list[float]) -> Any:
    """The negative log-likelihood in floats; infinite where it has no value."""
    g = sp.lambdify((letters, d.variable), sp.log(d.density), ["scipy", "numpy"])
    values = np.array(data)

    def loss(theta: Any) -> float:
        with np.errstate(all="ignore"):
            total = float(np.sum(g(theta, values) * np.ones_like(values)))
        return -total if math.isfinite(total) else math.inf

    return loss


ALIKE_HAS_NONE = {
    "normal", "normal-sd", "lognormal", "logit-normal", "laplace", "gumbel", "logistic", "cauchy", "student-t",
    "von-mises", "gamma", "gamma-scale", "inverse-gamma", "inverse-gaussian", "weibull", "burr", "lomax", "nakagami",
    "gompertz", "birnbaum-saunders", "beta", "kumaraswamy", "uniform", "power-function", "pareto",
    "shifted-exponential", "negative-binomial",
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 4])
@pytest.mark.parametrize("d", SCALAR, ids=lambda d: d.id)
def test_one_observation_and_equal_ones(d: Distribution, size: int) -> None:
    """A spread cannot be estimated from observations that are all alike; a single parameter can."""
    value = {"logit-normal": "0.4", "beta": "0.4", "kumaraswamy": "0.4", "bernoulli": "1", "von-mises": "0.4"}.get(
        d.id, "2"
    )
    made = bound(d, known_of(d))
    result = derive.mle(made, data=[value] * size)
    exists = all(v is not None for v in result.values.values())
    boundary = {"bernoulli"}
    assert exists == (d.id not in ALIKE_HAS_NONE | boundary), result.values
    assert result.derivation.optimum.kind == ("maximum" if exists else "none")


EDGES = [
    ("bernoulli", "0 0 0", False),
    ("poisson", "0 0", False),
    ("geometric", "1 1 1", False),
    ("geometric-failures", "0 0", False),
    ("exponential", "0 0", False),
    ("half-normal", "0 0", False),
    ("zero-truncated-poisson", "1 1 1", False),
    ("log-series", "1 1", False),
    ("zipf", "1 1 1", False),
    ("negative-binomial", "2 2 3 2 2", False),
    ("negative-binomial", "0 1 5 2 9", True),
    ("discrete-uniform", "1 1", True),
]


@pytest.mark.parametrize(("name", "data", "exists"), EDGES)
def test_samples_at_the_edge(name: str, data: str, exists: bool) -> None:
    result = derive.mle(named(name), data=data)
    assert all((v is not None) == exists for v in result.values.values())
    assert result.text("text")
