"""Computed answers once more, by SciPy's densities and optimisers alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from derive.api.problems import Deriver
from derive.data import read_data
from derive.exercises.chance import Dice
from derive.exercises.checks import faults
from derive.exercises.clean import is_clean
from derive.exercises.problem import Problem
from derive.exercises.variants import problem
from derive.exercises.wanted import Wanted

Density = Callable[..., Any]

# Families with SciPy's logarithm of the density, a starting point, and the bounds of the parameters.
FAMILIES: dict[str, tuple[Density, list[tuple[float, float]]]] = {
    "poisson": (lambda x, m: stats.poisson.logpmf(x, m), [(1e-9, 50)]),
    "bernoulli": (lambda x, p: stats.bernoulli.logpmf(x, p), [(1e-9, 1 - 1e-9)]),
    "geometric": (lambda x, p: stats.geom.logpmf(x, p), [(1e-9, 1 - 1e-9)]),
    "exponential": (lambda x, r: stats.expon.logpdf(x, scale=1 / r), [(1e-9, 50)]),
    "normal": (lambda x, m, v: stats.norm.logpdf(x, m, math.sqrt(v)), [(-60, 60), (1e-9, 400)]),
    "rayleigh": (lambda x, s: stats.rayleigh.logpdf(x, scale=s), [(1e-9, 60)]),
    "binomial": (lambda x, n, p: stats.binom.logpmf(x, n, p), [(1e-9, 1 - 1e-9)]),
}

# For the moving supports the likelihood is greatest at an end, which no optimiser of smooth functions finds.
AT_THE_END: dict[str, Callable[[np.ndarray], list[float]]] = {
    "uniform": lambda x: [float(x.min()), float(x.max())],
}


def estimates_again(problem: Problem) -> list[float]:
    """The maximiser of SciPy's likelihood at the data on the sheet."""
    task = problem.argument.task
    name, _, rest = task.subjects[0].partition("(")
    seen = read_data(task.data, None, categories=False)
    data = np.array([float(v) for v, c in zip(seen.values, seen.counts, strict=True) for _ in range(c)])
    if name in AT_THE_END:
        return AT_THE_END[name](data)
    density, bounds = FAMILIES[name]
    fixed = [int(rest.split(",")[0])] if name == "binomial" else []

    def loss(point: Any) -> float:
        return -float(np.sum(density(data, *fixed, *point)))

    if len(bounds) == 1:
        found = optimize.minimize_scalar(
            lambda p: loss([p]), bounds=bounds[0], method="bounded", options={"xatol": 1e-12}
        )
        return [float(found.x)]
    best = optimize.minimize(loss, [float(data.mean()), float(data.var()) + 0.1], bounds=bounds, tol=1e-14)
    return [float(v) for v in best.x]


LAWS: dict[str, Callable[..., Any]] = {
    "exponential": lambda r: stats.expon(scale=1 / r),
    "normal": lambda m, v: stats.norm(m, math.sqrt(v)),
    "bernoulli": lambda p: stats.bernoulli(p),
    "poisson": lambda m: stats.poisson(m),
    "geometric": lambda p: stats.geom(p),
}


def quantity_again(problem: Problem) -> float:
    """The entropy, cross-entropy or divergence by quadrature or summation of SciPy's densities."""
    task = problem.argument.task
    given = {k.strip(): float(fraction(v)) for k, v in (part.split("=") for part in task.at.split(","))}
    laws = []
    for place, subject in enumerate(task.subjects, start=1):
        name, _, rest = subject.partition("(")
        if rest:
            values = [given[a.strip()] if a.strip() in given else fraction(a) for a in rest.rstrip(")").split(",")]
        else:
            suffix = f"_{place}" if len(task.subjects) > 1 else ""
            values = [v for k, v in given.items() if (k.rpartition("^")[0] or k).endswith(suffix)]
        laws.append(LAWS[name](*values))
    p, q = laws[0], laws[-1]
    discrete = hasattr(p.dist, "pmf")
    log_p, log_q = (p.logpmf, q.logpmf) if discrete else (p.logpdf, q.logpdf)
    terms: dict[str, Callable[[Any], Any]] = {
        "entropy": lambda x: -log_p(x),
        "cross-entropy": lambda x: -log_q(x),
        "kl": lambda x: log_p(x) - log_q(x),
    }
    inside = terms[task.verb]
    if discrete:
        low, high = p.ppf(0), p.ppf(1 - 1e-14)
        low = 0 if low < 0 and name in ("poisson", "bernoulli") else max(low, 0)
        points = np.arange(low, high + 40 if name != "bernoulli" else 2)
        points = points[p.pmf(points) > 0]
        return float(np.sum(p.pmf(points) * inside(points)))
    low, high = p.ppf(1e-15), p.ppf(1 - 1e-15)
    value, _ = integrate.quad(lambda x: p.pdf(x) * inside(x), low, high, limit=400, epsabs=1e-12, epsrel=1e-12)
    return float(value)


def fraction(text: str) -> float:
    """``3/4`` or ``0.75`` as a number."""
    top, _, bottom = text.strip().partition("/")
    return float(top) / float(bottom or 1)


DERIVER = Deriver()
ESTIMATES = Wanted(
    "compute",
    "mle",
    tuple((name,) for name in (*sorted(set(FAMILIES) - {"binomial"}), *AT_THE_END, "binomial(n, p)")),
    values={"n": ("4", "5", "8")},
)
QUANTITIES = tuple(
    Wanted("compute", verb, tuple((name,) * count for name in names))
    for verb, count, names in (
        ("kl", 2, ("exponential", "normal", "poisson", "bernoulli", "geometric")),
        ("entropy", 1, ("exponential", "normal", "bernoulli")),
        ("cross-entropy", 2, ("exponential", "bernoulli")),
    )
)


@pytest.mark.parametrize("seed", range(60))
def test_an_estimate_is_the_maximum_of_scipys_likelihood(seed: int) -> None:
    found = problem(ESTIMATES, Dice(f"estimates {seed}"), DERIVER)
    assert faults(found, ESTIMATES.points) == []
    assert all(map(is_clean, found.answer.values))
    assert np.allclose(estimates_again(found), [float(v) for v in found.answer.values], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("wanted", QUANTITIES, ids=lambda w: w.verb)
def test_a_quantity_is_what_scipy_integrates(wanted: Wanted, seed: int) -> None:
    found = problem(wanted, Dice(f"quantities {seed}"), DERIVER)
    assert faults(found, wanted.points) == []
    assert is_clean(found.answer.values[0])
    assert math.isclose(quantity_again(found), float(found.answer.values[0]), rel_tol=1e-7)
