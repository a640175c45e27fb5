"""Claims about given observations: the judge adds them up itself."""

from __future__ import annotations

import random
from array import array
from typing import Any

import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim, Outcome
from derive.core.facts import Facts
from derive.core.nodes import Largest, Median, Smallest
from derive.core.observed import Observed, Once
from derive.core.relation import APPROXIMATELY, EQUAL

N = sp.Symbol("N", integer=True, positive=True)
i, j, k = sp.symbols("i j k", integer=True, positive=True)
x = sp.IndexedBase("x", real=True)
y = sp.IndexedBase("y", real=True)
R = sp.Rational


def over(body: Any, letter: Any = i) -> Any:
    return sp.Sum(body, (letter, 1, N))


def given(values: Any, counts: Any) -> Facts:
    size = sum(counts)
    return Facts(shapes={x: (N,)}).observing(x, Observed(values, counts, size)).defining(N, sp.Integer(size))


FEW = given((R(1, 2), R(3), R(7, 4)), (2, 1, 3))
MEAN = over(x[j], j) / N
EXACT = [
    (over(x[i]), R(37, 4), R(9)),
    (over(x[i]) / N, R(37, 24), R(37, 23)),
    (over((x[i] - MEAN) ** 2) / N, R(425, 576), R(424, 576)),
    (over(sp.log(x[i])), sp.log(R(3) / 4 * R(343, 64)), sp.log(R(17))),
    (sp.Product(x[i], (i, 1, N)), R(3, 4) * R(343, 64), R(4)),
    (over(over(sp.Abs(x[i] - x[j]), j)), R(65, 2), R(32)),
    (over(1 / x[i]), R(2) * 2 + R(1, 3) + R(12, 7), R(6)),
    (Smallest(x[i], (i, 1, N)), R(1, 2), R(7, 4)),
    (Largest(x[i], (i, 1, N)), R(3), R(7, 4)),
    (Median(x[i], (i, 1, N)), R(7, 4), R(3)),
    (over(sp.Abs(x[i] - Median(x[j], (j, 1, N)))), R(15, 4), R(4)),
]


@pytest.mark.parametrize(("left", "right", "wrong"), EXACT)
def test_few_observations(left: Any, right: Any, wrong: Any) -> None:
    assert judge(Claim(left, EQUAL, right, FEW)).holds
    assert judge(Claim(left, EQUAL, wrong, FEW)).outcome == Outcome.REFUTED


@pytest.mark.parametrize(("left", "right"), [(case[0], case[1]) for case in EXACT[:4]])
def test_rational_sums_are_proved(left: Any, right: Any) -> None:
    assert judge(Claim(left, EQUAL, right, FEW)).outcome == Outcome.PROVED


DRAW = random.Random(4)
THOUSANDS = array("d", [DRAW.gammavariate(2, 3) for _ in range(70_000)])
MANY = given(THOUSANDS, Once(len(THOUSANDS)))
M = sum(THOUSANDS) / len(THOUSANDS)
ROUNDED = [
    (over(x[i]) / N, M),
    (over((x[i] - MEAN) ** 2) / N, sum((v - M) ** 2 for v in THOUSANDS) / len(THOUSANDS)),
    (over(x[i] ** 2 * sp.exp(-x[i])), sum(v * v * 2.718281828459045**-v for v in THOUSANDS)),
    (N / over(1 / x[i]), len(THOUSANDS) / sum(1 / v for v in THOUSANDS)),
    (Smallest(x[i], (i, 1, N)), min(THOUSANDS)),
]


@pytest.mark.parametrize(("left", "value"), ROUNDED)
def test_many_observations(left: Any, value: float) -> None:
    printed = sp.Float(value, 6)
    assert judge(Claim(left, APPROXIMATELY, printed, MANY)).holds
    for wrong in (value * 1.0002, value * 0.9998):
        assert judge(Claim(left, APPROXIMATELY, sp.Float(wrong, 6), MANY)).outcome == Outcome.REFUTED


def test_floats_prove_no_equality() -> None:
    claim = Claim(over(x[i]), EQUAL, sp.Float(float(sum(THOUSANDS)), 15), MANY)
    assert judge(claim).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize(
    "left", [over(i * x[i]), over(x[i] * y[i]), x[1], sp.Sum(x[i], (i, 1, N - 1)), sp.Sum(x[i], (i, 2, N))]
)
def test_places_of_counted_observations_are_not_known(left: Any) -> None:
    for right in (sp.Integer(3), left + 1):
        assert judge(Claim(left, EQUAL, right, FEW)).outcome in (Outcome.UNKNOWN, Outcome.REFUTED)
    assert not judge(Claim(left, EQUAL, sp.Integer(3), FEW)).holds
