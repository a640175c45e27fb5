"""Expressions over data, against plain Python."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from scipy import special

from derive.core.errors import NoDerivation
from derive.models.sample import INDEX, SIZE
from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns, decimal

x = sp.IndexedBase("x", real=True)
v = sp.IndexedBase("v", positive=True)
alpha = sp.IndexedBase(r"\alpha", positive=True)
j, k = sp.symbols("j k", integer=True, positive=True)
t = sp.Symbol("t", positive=True)
VALUES = [Fraction(1, 2), Fraction(3), Fraction(7, 4)]
COUNTS = [2, 1, 3]
ALL = [0.5, 0.5, 3, 1.75, 1.75, 1.75]
MEAN = sum(ALL) / 6


def over(body: Any, letter: Any = INDEX) -> Any:
    return sp.Sum(body, (letter, 1, SIZE))


TABLE = {
    "mean": (over(x[INDEX]) / SIZE, MEAN),
    "nested mean": (
        over((x[INDEX] - over(x[j], j) / SIZE) ** 2) / SIZE,
        sum((a - MEAN) ** 2 for a in ALL) / 6,
    ),
    "both indices": (over(over(sp.Abs(x[INDEX] - x[j]), j)), sum(abs(a - b) for a in ALL for b in ALL)),
    "free of data": (over(t), 12),
    "power": (over(x[INDEX] ** t * sp.log(x[INDEX])), sum(a**2 * math.log(a) for a in ALL)),
    "root": (over(sp.sqrt(x[INDEX])), sum(map(math.sqrt, ALL))),
    "product": (sp.Product(x[INDEX], (INDEX, 1, SIZE)), math.prod(ALL)),
    "finite sum": (sp.Sum(k**2 * t, (k, 1, 3)), 28),
    "digamma": (over(sp.digamma(x[INDEX] + t)), sum(special.digamma(a + 2) for a in ALL)),
    "trigamma": (sp.polygamma(1, t), float(special.polygamma(1, 2))),
    "gamma": (over(sp.loggamma(x[INDEX]) + sp.log(sp.gamma(t))), sum(map(math.lgamma, ALL))),
    "bessel": (sp.besseli(1, t) / sp.besseli(0, t), special.i1(2) / special.i0(2)),
    "zeta": (sp.zeta(t), special.zeta(2)),
    "zeta derivative": (sp.diff(sp.zeta(t), t), -0.93754825431584375),
    "lambert": (sp.LambertW(-sp.exp(-t)), float(special.lambertw(-math.exp(-2)).real)),
    "lower lambert": (sp.LambertW(-sp.exp(-t), -1), float(special.lambertw(-math.exp(-2), -1).real)),
    "erf": (over(sp.erf(x[INDEX])), sum(map(math.erf, ALL))),
    "least": (over(sp.Max(x[INDEX], t)), sum(max(a, 2) for a in ALL)),
    "sign": (over(sp.sign(x[INDEX] - 2)), -4),
    "piecewise": (over(sp.Piecewise((x[INDEX], x[INDEX] > t), (0, True))), 3),
    "derivative": (sp.Derivative(over(sp.log(x[INDEX] + t)), t), sum(1 / (a + 2) for a in ALL)),
    "size": (SIZE + over(1), 12),
}


@pytest.mark.parametrize("precise", [True, False])
@pytest.mark.parametrize("name", TABLE)
def test_values(name: str, precise: bool) -> None:
    expr, expected = TABLE[name]
    columns = Columns(x, VALUES, COUNTS, precise=precise)
    assert float(columns.value(expr, {t: 2})) == pytest.approx(float(expected), rel=1e-12)
    # What was remembered is not mixed up with another value of the letter.
    columns.value(expr, {t: 5})
    assert float(columns.value(expr, {t: 2})) == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("precise", [True, False])
def test_vectors_and_entries_of_parameters(precise: bool) -> None:
    data = [(Fraction(1, 4), Fraction(3, 4)), (Fraction(1, 3), Fraction(2, 3))]
    columns = Columns(v, data, [1, 2], precise=precise)
    expr = sp.Sum((alpha[k] - 1) * sp.log(v[INDEX, k]), (k, 1, 2), (INDEX, 1, SIZE))
    at = {alpha[1]: 3, alpha[2]: Fraction(3, 2)}
    expected = sum(n * (2 * math.log(a) + 0.5 * math.log(b)) for (a, b), n in zip(data, [1, 2], strict=True))
    assert float(columns.value(expr, at)) == pytest.approx(expected, rel=1e-13)


def test_fifty_digits() -> None:
    columns = Columns(x, [Fraction(1, 3), Fraction(2, 3)])
    assert abs(columns.value(over(x[INDEX])) - 1) < 1e-48
    assert str(decimal(columns.value(over(sp.log(x[INDEX]))), 30)) == str(sp.log(sp.Rational(2, 9)).evalf(30))


def test_many_rows_in_pieces() -> None:
    draw = random.Random(5)
    data = [draw.gauss(3, 2) for _ in range(70_001)]
    columns = Columns(x, data)
    assert not columns.precise
    mean = math.fsum(data) / len(data)
    made = columns.value(over((x[INDEX] - over(x[j], j) / SIZE) ** 2) / SIZE)
    assert made == pytest.approx(math.fsum((a - mean) ** 2 for a in data) / len(data), rel=1e-13)


@pytest.mark.parametrize("precise", [True, False])
@pytest.mark.parametrize("expr", [sp.log(t - 2), 1 / (t - 2), over(sp.log(x[INDEX] - t)), sp.sqrt(1 - t)])
def test_no_value(expr: Any, precise: bool) -> None:
    with pytest.raises(NoValue):
        Columns(x, VALUES, COUNTS, precise=precise).value(expr, {t: 2})


@pytest.mark.parametrize("expr", [x[INDEX], sp.Function("g")(t), sp.Symbol("q"), sp.oo, over(INDEX * x[INDEX])])
def test_what_cannot_be_evaluated_is_said(expr: Any) -> None:
    with pytest.raises(NoDerivation):
        Columns(x, VALUES, COUNTS).value(expr, {t: 2})


def test_magnitude_bounds_what_cancels() -> None:
    columns = Columns(x, [1e9, 1e9 + 1], precise=False)
    expr = over(x[INDEX] ** 2) / SIZE - (over(x[INDEX]) / SIZE) ** 2
    assert abs(columns.value(expr) - 0.25) <= columns.noise * columns.magnitude(expr)
    assert columns.magnitude(expr) > 1e18
