"""A product taken apart for printing keeps its value, and half powers share a root."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derive.writing.bar import collected, taken_apart

a, b, c, N = sp.symbols("a b c N", positive=True)
v = sp.Symbol(r"\sigma^2", positive=True)
POINT = {a: sp.Rational(3, 7), b: sp.Rational(5, 3), c: 2, N: 5, v: sp.Rational(7, 4)}
HALF = sp.Rational(1, 2)


@pytest.mark.parametrize(
    "product",
    [
        sp.sqrt(2) * sp.exp(-((a - b) ** 2) / (2 * v)) / (2 * sp.sqrt(sp.pi) * sp.sqrt(v)),
        (2 * sp.pi * v) ** (-N / 2),
        -sp.Rational(3, 4) * a**2 / b * sp.log(c),
        sp.sqrt(6) / 2 * a,
        sp.sqrt(2) / 4,
        -sp.sqrt(10) / 6 / sp.sqrt(a),
        sp.sqrt(a) * sp.sqrt(b) / sp.sqrt(c),
        sp.sqrt(v) / sp.sqrt(N),
        v ** sp.Rational(-3, 2) * a ** (-b - 1),
        a**-b * b ** (-2 * c) * (1 - a) ** (b - 1),
        2 ** (-a) * 3**b,
        (a + b) / 2 / (1 + sp.exp(-a)),
        sp.Mul(sp.Rational(1, 2), -3, a, evaluate=False),
        sp.Float("-0.25") * a / b,
        sp.log(a) / sp.log(b),
    ],
)
def test_the_parts_make_the_product(product: Any) -> None:
    parts = taken_apart(product)
    made = sp.Mul(*parts.numbers, *parts.front, *parts.over, *parts.behind) / sp.Mul(*parts.under)
    value = (-made if parts.negative else made).subs(POINT).evalf(30)
    assert abs(value - product.subs(POINT).evalf(30)) < sp.Float("1e-14")


def test_half_powers_share_one_root() -> None:
    assert [f.exp for f in collected([(a, HALF), (b, HALF)])] == [HALF]
    assert [f.exp for f in collected([(sp.Integer(2), N / 2), (v, N / 2)])] == [N / 2]


def test_a_squared_letter_alone_is_left_to_the_printer() -> None:
    assert collected([(v, HALF)]) == [sp.sqrt(v)]
