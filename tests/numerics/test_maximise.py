"""Numerical maxima against roots that SciPy finds of scores written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy import optimize, special

from derive.core.domains import POSITIVE, REALS, Interval
from derive.models.sample import INDEX, SIZE
from derive.numerics.columns import Columns
from derive.numerics.found import Boundary, Found
from derive.numerics.maximise import maximum

x = sp.IndexedBase("x", real=True)
v = sp.IndexedBase("v", positive=True)
a, b, s, r = sp.symbols("a b s r", positive=True)
m = sp.Symbol("m", real=True)
ABOVE_ONE = Interval(sp.Integer(1), sp.oo)


def over(body: Any) -> Any:
    return sp.Sum(body, (INDEX, 1, SIZE))


MEAN, LOGS = over(x[INDEX]) / SIZE, over(sp.log(x[INDEX]))
GAMMA = SIZE * (a * sp.log(a) - a * sp.log(MEAN) - sp.loggamma(a) - a) + (a - 1) * LOGS
WEIBULL = SIZE * sp.log(a) + (a - 1) * LOGS - SIZE * sp.log(over(x[INDEX] ** a))
NAKAGAMI = SIZE * (a * sp.log(a) - a * sp.log(over(x[INDEX] ** 2) / SIZE) - sp.loggamma(a) - a) + (2 * a - 1) * LOGS
COUNTED = (
    over(sp.loggamma(x[INDEX] + r))
    - SIZE * sp.loggamma(r)
    + SIZE * r * sp.log(r)
    - (SIZE * r + SIZE * MEAN) * sp.log(r + MEAN)
)
VON_MISES = a * sp.sqrt(over(sp.cos(x[INDEX])) ** 2 + over(sp.sin(x[INDEX])) ** 2) - SIZE * sp.log(sp.besseli(0, a))
ZIPF = -a * LOGS - SIZE * sp.log(sp.zeta(a))
GOMPERTZ = SIZE * sp.log(b) - SIZE * sp.log(over(sp.exp(b * x[INDEX]) - 1)) + b * over(x[INDEX])
CAUCHY_PLACE = -over(sp.log(1 + (x[INDEX] - m) ** 2))
BETA = SIZE * (sp.loggamma(a + b) - sp.loggamma(a) - sp.loggamma(b)) + (a - 1) * LOGS
BETA += (b - 1) * over(sp.log(1 - x[INDEX]))
LOGISTIC = over(-(x[INDEX] - m) / s - 2 * sp.log(1 + sp.exp(-(x[INDEX] - m) / s))) - SIZE * sp.log(s)
CAUCHY = SIZE * sp.log(s) - over(sp.log(s**2 + (x[INDEX] - m) ** 2))
STUDENT = -SIZE * sp.log(s) - sp.Rational(5, 2) * over(sp.log(1 + (x[INDEX] - m) ** 2 / (4 * s**2)))

ONE: dict[str, tuple[Any, Any, Interval, Callable[[Any, Any], Any], tuple[float, float]]] = {
    "gamma": (GAMMA, a, POSITIVE, lambda t, d: np.log(t / d.mean()) - special.digamma(t) + np.log(d).mean(), (0.1, 90)),
    "weibull": (
        WEIBULL,
        a,
        POSITIVE,
        lambda t, d: 1 / t + np.log(d).mean() - (d**t * np.log(d)).sum() / (d**t).sum(),
        (0.1, 40),
    ),
    "nakagami": (
        NAKAGAMI,
        a,
        POSITIVE,
        lambda t, d: np.log(t / (d**2).mean()) - special.digamma(t) + np.log(d**2).mean(),
        (0.05, 90),
    ),
    "von mises": (
        VON_MISES,
        a,
        POSITIVE,
        lambda t, d: np.hypot(np.cos(d).mean(), np.sin(d).mean()) - special.i1e(t) / special.i0e(t),
        (0.001, 200),
    ),
    "gompertz": (
        GOMPERTZ,
        b,
        POSITIVE,
        lambda t, d: 1 / t - (d * np.exp(t * d)).sum() / np.expm1(t * d).sum() + d.mean(),
        (0.01, 30),
    ),
    "cauchy place": (CAUCHY_PLACE, m, REALS, lambda t, d: ((d - t) / (1 + (d - t) ** 2)).sum(), (0, 5)),
}

SEVERAL: dict[str, tuple[Any, Mapping[Any, Interval], Callable[[Any, Any], Any], tuple[float, float]]] = {
    "beta": (
        BETA,
        {a: POSITIVE, b: POSITIVE},
        lambda t, d: special.digamma(t.sum()) - special.digamma(t) + np.array([np.log(d), np.log1p(-d)]).mean(axis=1),
        (2, 2),
    ),
    "logistic": (
        LOGISTIC,
        {m: REALS, s: POSITIVE},
        lambda t, d: np.array([(z := np.tanh((d - t[0]) / t[1] / 2)).sum(), (z * (d - t[0])).sum() / t[1] - len(d)]),
        (2, 2),
    ),
    "cauchy": (
        CAUCHY,
        {m: REALS, s: POSITIVE},
        lambda t, d: np.array(
            [
                ((d - t[0]) / (t[1] ** 2 + (d - t[0]) ** 2)).sum(),
                1 - 2 * (t[1] ** 2 / (t[1] ** 2 + (d - t[0]) ** 2)).mean(),
            ]
        ),
        (2, 1),
    ),
    "student t": (
        STUDENT,
        {m: REALS, s: POSITIVE},
        lambda t, d: np.array(
            [
                ((d - t[0]) / (4 * t[1] ** 2 + (d - t[0]) ** 2)).sum(),
                1 - 5 * ((d - t[0]) ** 2 / (4 * t[1] ** 2 + (d - t[0]) ** 2)).mean(),
            ]
        ),
        (2, 1),
    ),
}


def exact(data: Any) -> list[Fraction]:
    return [Fraction(round(float(d) * 10_000), 10_000) for d in data]


def drawn(name: str, seed: int, size: int) -> list[Fraction]:
    draw = np.random.default_rng(seed)
    kinds: dict[str, Any] = {
        "beta": lambda: draw.beta(2, 3, size),
        "von mises": lambda: draw.vonmises(0.4, 2, size),
        "gompertz": lambda: draw.weibull(3, size),
        "cauchy place": lambda: 2 + draw.standard_cauchy(size),
        "cauchy": lambda: 2 + draw.standard_cauchy(size),
        "student t": lambda: 2 + draw.standard_t(4, size),
        "logistic": lambda: draw.logistic(2, 3, size),
    }
    return exact(kinds.get(name, lambda: draw.gamma(3, 2, size) + 0.001)())


def searched(objective: Any, domains: Mapping[Any, Interval], columns: Columns) -> Found | Boundary:
    return maximum(objective, {v: sp.diff(objective, v) for v in domains}, domains, columns)


@pytest.mark.parametrize("size", [12, 40, 700, 3000])
@pytest.mark.parametrize("name", ONE)
def test_one_letter(name: str, size: int) -> None:
    objective, letter, domain, score, bracket = ONE[name]
    for seed in range(2 if size < 700 else 1):
        data = drawn(name, seed, size)
        floats = np.array([float(d) for d in data])
        found = searched(objective, {letter: domain}, Columns(x, data))
        assert isinstance(found, Found) and found.hessian_negative
        expected = optimize.brentq(score, *bracket, args=(floats,), xtol=1e-14, rtol=1e-14)
        assert float(found.point[letter]) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("size", [15, 60, 2500])
@pytest.mark.parametrize("name", SEVERAL)
def test_several_letters(name: str, size: int) -> None:
    objective, domains, scores, start = SEVERAL[name]
    for seed in range(2 if size < 700 else 1):
        data = drawn(name, seed, size)
        floats = np.array([float(d) for d in data])
        found = searched(objective, domains, Columns(x, data))
        assert isinstance(found, Found) and found.hessian_negative
        expected = optimize.fsolve(scores, start, args=(floats,), xtol=1e-14)
        assert [float(u) for u in found.point.values()] == pytest.approx(list(expected), rel=1e-10)


def test_negative_binomial() -> None:
    values, counts = [0, 1, 2, 3, 4, 7], [7, 3, 2, 1, 2, 1]
    data = np.repeat(values, counts)

    def score(t: float) -> float:
        return float((special.digamma(data + t) - special.digamma(t)).mean() + np.log(t / (t + data.mean())))

    found = searched(COUNTED, {r: POSITIVE}, Columns(x, values, counts))
    assert isinstance(found, Found)
    assert float(found.point[r]) == pytest.approx(optimize.brentq(score, 0.01, 50, xtol=1e-15), rel=1e-10)


def test_zipf() -> None:
    found = searched(ZIPF, {a: ABOVE_ONE}, Columns(x, [1, 2, 3, 5], [10, 4, 2, 1]))
    assert isinstance(found, Found)
    mean = (4 * np.log(2) + 2 * np.log(3) + np.log(5)) / 17
    at = float(found.point[a])
    slope = (np.log(special.zeta(at + 1e-5)) - np.log(special.zeta(at - 1e-5))) / 2e-5
    assert slope == pytest.approx(-mean, rel=1e-9)


def test_dirichlet() -> None:
    draw = np.random.default_rng(2)
    data = draw.dirichlet([2, 3, 1.5], 40)
    alpha = sp.IndexedBase("alpha", positive=True)
    letters = [alpha[n] for n in (1, 2, 3)]
    objective = SIZE * (sp.loggamma(sum(letters)) - sum(sp.loggamma(e) for e in letters))
    objective += sum((e - 1) * over(sp.log(v[INDEX, n])) for n, e in enumerate(letters, start=1))
    found = searched(objective, dict.fromkeys(letters, POSITIVE), Columns(v, [tuple(map(float, d)) for d in data]))
    assert isinstance(found, Found) and found.hessian_negative

    def scores(t: Any) -> Any:
        return special.digamma(t.sum()) - special.digamma(t) + np.log(data).mean(axis=0)

    expected = optimize.fsolve(scores, (1, 1, 1), xtol=1e-14)
    assert [float(u) for u in found.point.values()] == pytest.approx(list(expected), rel=1e-10)


THIRD = [Fraction(1, 3)]
NOWHERE: dict[str, tuple[Any, Mapping[Any, Interval], list[Any], list[int] | None, set[tuple[Any, Any]]]] = {
    "gamma, one": (GAMMA, {a: POSITIVE}, THIRD, None, {(a, sp.oo)}),
    "gamma, equal": (GAMMA, {a: POSITIVE}, [Fraction(1, 10)], [7], {(a, sp.oo)}),
    "weibull, equal": (WEIBULL, {a: POSITIVE}, THIRD, [3], {(a, sp.oo)}),
    "nakagami, equal": (NAKAGAMI, {a: POSITIVE}, THIRD, [3], {(a, sp.oo)}),
    "under-dispersed": (COUNTED, {r: POSITIVE}, [0, 1, 2], [1, 5, 1], {(r, sp.oo)}),
    "as dispersed as poisson": (COUNTED, {r: POSITIVE}, [1, 2, 4, 6], [2, 3, 4, 1], {(r, sp.oo)}),
    "von mises, equal": (VON_MISES, {a: POSITIVE}, THIRD, [4], {(a, sp.oo)}),
    "von mises, opposite": (VON_MISES, {a: POSITIVE}, [0, sp.pi], None, {(a, 0)}),
    "zipf, all one": (ZIPF, {a: ABOVE_ONE}, [1], [5], {(a, sp.oo)}),
    "logistic, equal": (LOGISTIC, {m: REALS, s: POSITIVE}, [Fraction(3)], [4], {(s, 0)}),
    "logistic, zero": (LOGISTIC, {m: REALS, s: POSITIVE}, [Fraction(0)], [4], {(s, 0)}),
    "cauchy, one": (CAUCHY, {m: REALS, s: POSITIVE}, [Fraction(3)], None, {(s, 0)}),
    "cauchy, tied": (CAUCHY, {m: REALS, s: POSITIVE}, [3, 4, 7], [3, 1, 1], {(s, 0)}),
    "student t, tied": (STUDENT, {m: REALS, s: POSITIVE}, [3, 4], [6, 1], {(s, 0)}),
    "beta, equal": (BETA, {a: POSITIVE, b: POSITIVE}, THIRD, [4], {(a, sp.oo), (b, sp.oo)}),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_no_maximum_inside(name: str) -> None:
    objective, domains, values, counts, expected = NOWHERE[name]
    found = searched(objective, domains, Columns(x, values, counts))
    assert isinstance(found, Boundary) and not found.flat
    assert set(zip(found.letters, found.ends, strict=True)) == expected


def test_nearly_equal_is_not_equal() -> None:
    values, counts = [Fraction(2), 2 + Fraction(1, 10**9)], [5, 1]
    found = searched(GAMMA, {a: POSITIVE}, Columns(x, values, counts))
    assert isinstance(found, Found)
    # For a small spread the shape is mean² / variance.
    assert float(found.point[a]) == pytest.approx(4 / (5 / 36 * 1e-18), rel=1e-8)


def test_the_highest_of_several_is_kept() -> None:
    found = searched(CAUCHY_PLACE, {m: REALS}, Columns(x, [-20, Fraction(1, 2), 21, 22]))
    assert isinstance(found, Found)
    assert found.others == 2 and 21 < found.point[m] < 22


def test_narrow_peaks_are_seen() -> None:
    objective = -over(sp.log(sp.Rational(1, 10**6) + (x[INDEX] - m) ** 2))
    found = searched(objective, {m: REALS}, Columns(x, [-20, Fraction(1, 2), 20, 22]))
    assert isinstance(found, Found)
    assert found.others == 3 and abs(found.point[m] - 20) < 1e-6


def test_a_periodic_objective_gives_the_maximum_next_to_the_data() -> None:
    data = drawn("von mises", 3, 20)
    found = searched(over(sp.cos(x[INDEX] - m)), {m: REALS}, Columns(x, data))
    floats = [float(d) for d in data]
    assert isinstance(found, Found)
    assert float(found.point[m]) == pytest.approx(np.arctan2(np.sin(floats).sum(), np.cos(floats).sum()), rel=1e-10)


def test_flat_is_said() -> None:
    found = searched(over(sp.cos(x[INDEX] - m)), {m: REALS}, Columns(x, [0, sp.pi]))
    assert isinstance(found, Boundary) and found.flat


def test_a_closed_end_is_attained() -> None:
    half = Interval(sp.Integer(0), sp.Integer(2), lower_open=True, upper_open=False)
    found = searched(-over((x[INDEX] - a) ** 2), {a: half}, Columns(x, [3, 4]))
    assert found == Boundary((a,), (sp.Integer(2),), attained=True)


def test_a_ridge_is_no_strict_maximum() -> None:
    found = searched(CAUCHY, {m: REALS, s: POSITIVE}, Columns(x, [Fraction(3), Fraction(4)]))
    assert not (isinstance(found, Found) and found.hessian_negative)


def test_twice_the_same() -> None:
    data = drawn("cauchy", 1, 20)
    once, again = (searched(CAUCHY, {m: REALS, s: POSITIVE}, Columns(x, data)) for _ in range(2))
    assert once == again
