"""One battery for all distributions: the density is one, and the estimate is where SciPy finds the maximum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

import derive
from derive.api import parsed
from derive.core.domains import Integers, Interval
from derive.core.errors import InputError
from derive.distributions.book import DISTRIBUTIONS, NAMES, named
from derive.distributions.distribution import Distribution, distribution, signature

POINTS: dict[str, list[dict[str, float]]] = {
    "bernoulli": [{"p": 0.3}, {"p": 0.97}],
    "binomial": [{"n": 7, "p": 0.3}, {"n": 1, "p": 0.9}],
    "geometric": [{"p": 0.4}, {"p": 0.8}],
    "poisson": [{r"\lambda": 0.2}, {r"\lambda": 6.5}],
    "exponential": [{r"\lambda": 0.4}, {r"\lambda": 12}],
    "normal": [{r"\mu": -2, r"\sigma^2": 0.3}, {r"\mu": 4, r"\sigma^2": 9}],
}
SCALAR = [d for d in DISTRIBUTIONS if d.id in POINTS]


def at(expr: Any, point: dict[str, float]) -> Any:
    return expr.subs({s: point[s.name] for s in expr.free_symbols if s.name in point})


@pytest.mark.parametrize("d", SCALAR, ids=lambda d: d.id)
def test_density_is_one(d: Distribution) -> None:
    for point in POINTS[d.id]:
        density = sp.lambdify(d.variable, at(d.density, point), "math")
        if isinstance(d.support, Integers):
            low, high = (at(sp.sympify(e), point) for e in (d.support.lower, d.support.upper))
            top = 150 if high == sp.oo else int(high)
            total = sum(density(x) for x in range(int(low), top + 1))
        else:
            assert isinstance(d.support, Interval)
            total = quad(density, float(d.support.lower), float(d.support.upper), epsabs=1e-12)[0]
        assert total == pytest.approx(1, rel=1e-9)


def draw(d: Distribution, point: dict[str, float], rng: Any) -> list[float]:
    """A sample by the declared mass function or by the inverse of the declared density's integral."""
    grid = np.arange(0, 60) if isinstance(d.support, Integers) else np.linspace(-30, 30, 6001)
    if isinstance(d.support, Interval):
        grid = grid[(grid > float(max(d.support.lower, -30)))]
    else:
        ends = [at(sp.sympify(e), point) for e in (d.support.lower, d.support.upper)]  # type: ignore[union-attr]
        grid = grid[(grid >= float(ends[0])) & (grid <= float(ends[1]))]
    density = sp.lambdify(d.variable, at(d.density, point), "math")
    weights = np.array([density(g if isinstance(d.support, Interval) else int(g)) for g in grid])
    return [float(v) for v in rng.choice(np.round(grid, 6), size=23, p=weights / weights.sum())]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("d", SCALAR, ids=lambda d: d.id)
def test_estimate_is_the_maximum(d: Distribution, seed: int) -> None:
    point = POINTS[d.id][seed % 2]
    data = draw(d, point, np.random.default_rng(seed))
    name = f"binomial({point['n']}, p)" if d.id == "binomial" else d.id
    values = {str(k): v for k, v in derive.mle(name, data=data).values.items()}
    if None in values.values():
        assert len(set(data)) == 1 or set(data) <= {0.0} or d.id == "binomial"
        return
    everything = {**point, **{k: float(v) for k, v in values.items()}}
    for letter, value in values.items():
        fixed = {k: v for k, v in everything.items() if k != letter}
        free = sp.Symbol(letter)
        density = at(d.density, fixed)
        (place,) = [s for s in density.free_symbols if s.name == letter] or [free]
        log_density = sp.lambdify((place, d.variable), sp.log(density), "math")

        def loss(t: float, f: Any = log_density) -> float:
            return -sum(f(t, x if isinstance(d.support, Interval) else int(x)) for x in data)

        width = max(abs(float(value)), 1.0)
        low, high = float(value) - 0.5 * width, float(value) + 0.5 * width
        if place.is_positive:
            low = max(low, 1e-9)
        if d.parameter(place).domain.upper == 1:  # type: ignore[union-attr]
            high = min(high, 1 - 1e-9)
        best = minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-12})
        assert float(value) == pytest.approx(best.x, rel=1e-5, abs=1e-6)
        assert loss(float(value)) <= best.fun + 1e-10 * abs(best.fun)


def test_categorical_counts() -> None:
    result = derive.mle("categorical", data="1 3 2 1 1 3")
    assert next(iter(result.values.values())) == (sp.Rational(1, 2), sp.Rational(1, 6), sp.Rational(1, 3))


BAD = [
    (lambda x, a, b: {"density": sp.exp(-x), "parameters": {a: sp.Interval.open(0, sp.oo)}}, "does not occur"),
    (lambda x, a, b: {"density": a * sp.exp(-b * x), "parameters": {a: sp.Interval.open(0, sp.oo)}}, "not declared"),
]


@pytest.mark.parametrize(("make", "says"), BAD)
def test_refuses(make: Any, says: str) -> None:
    x, a, b = sp.symbols("x a b")
    with pytest.raises(InputError, match=says):
        distribution(variable=x, support=sp.Interval.open(0, sp.oo), **make(x, a, b))


def test_unknown_name_proposes_a_near_one() -> None:
    with pytest.raises(InputError, match="did you mean poisson"):
        named("poison")


def test_every_name_is_on_its_shelf() -> None:
    assert tuple(n for d in DISTRIBUTIONS for n in (d.id, *d.aliases)) == NAMES


@pytest.mark.parametrize("d", DISTRIBUTIONS, ids=lambda d: d.id)
def test_what_the_list_says_can_be_typed(d: Distribution) -> None:
    typed = parsed(signature(d))
    assert [p.letter for p in typed.parameters] == [p.letter for p in d.parameters]
    assert str(typed.density) == str(d.density)
