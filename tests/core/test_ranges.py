"""What the facts say of a sign, and what they do not."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derive.core.domains import BINARY, COUNTS, NATURALS, POSITIVE, REALS, UNIT, Integers, Interval, OneHot, Simplex
from derive.core.facts import Facts
from derive.core.ranges import range_of, settled, sign
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS
from derive.core.statement import Statement, equation

N, K, n = sp.symbols("N K n", integer=True, positive=True)
i, k = sp.symbols("i k", integer=True, positive=True)
p, lam, v, a, b = sp.symbols(r"p \lambda v a b", positive=True)
t, low, high = sp.symbols("t l h", real=True)
x, z, m = sp.IndexedBase("x", real=True), sp.IndexedBase("z", real=True), sp.IndexedBase("m", real=True)
y = sp.IndexedBase("y")
pi = sp.IndexedBase(r"\pi")
xbar = sp.Symbol(r"\bar{z}", real=True)
FACTS = Facts(
    {
        **{
            p: UNIT,
            lam: POSITIVE,
            v: POSITIVE,
            a: POSITIVE,
            b: POSITIVE,
            t: REALS,
            n: NATURALS,
            N: NATURALS,
            K: NATURALS,
        },
        **{x: BINARY, z: COUNTS, m: Integers(sp.Integer(0), n), pi: Simplex(K), y: OneHot(K)},
        **{low: REALS, high: Interval(low, sp.oo)},
    },
    {x: (N,), z: (N,), m: (N,), pi: (K,), y: (N, K)},
    {i: N, k: K},
    {xbar: sp.Sum(z[i], (i, 1, N)) / N},
)
SX, SZ, SM = (sp.Sum(d[i], (i, 1, N)) for d in (x, z, m))

SIGNS = (
    (sp.Integer(0), "0"),
    (sp.Integer(3), "+"),
    (sp.Rational(-1, 3), "-"),
    (sp.pi - 3, "+"),
    (p, "+"),
    (1 - p, "+"),
    (p - 1, "-"),
    (p * (1 - p), "+"),
    (p**2 - 1, "-"),
    (p - sp.Rational(1, 2), None),
    (-lam, "-"),
    (lam - 1, None),
    (t**2, ">=0"),
    (t**2 + 1, "+"),
    (-(t**4), "<=0"),
    (t**3, None),
    (t, None),
    (N, "+"),
    (N - 1, ">=0"),
    (1 / v**2, "+"),
    (sp.sqrt(v), "+"),
    (v**t, "+"),
    (p**lam - 1, "-"),
    (1 / lam - sp.polygamma(1, lam), "-"),
    (2 / lam - sp.polygamma(1, lam), None),
    (sp.log(lam) - sp.polygamma(0, lam), "+"),
    (2 * sp.polygamma(0, lam) - 2 * sp.log(lam) + 1 / lam, "-"),
    (sp.exp(t), "+"),
    (sp.log(p), "-"),
    (sp.log(1 + lam), "+"),
    (sp.log(lam), None),
    (-N / v, "-"),
    (-N / lam**2, "-"),
    (high - low, "+"),
    (n - m[i], ">=0"),
    (n - m[i] + 1, "+"),
    (sp.factorial(m[i]), "+"),
    (sp.gamma(n - m[i] + 1), "+"),
    (sp.binomial(n, m[i]), "+"),
    (sp.polygamma(1, a), "+"),
    (sp.polygamma(2, a), "-"),
    (sp.Abs(t), ">=0"),
    (sp.Max(t, 1), "+"),
    (pi[k], "+"),
    (1 - pi[k], ">=0"),
    (y[i, k], ">=0"),
    (SZ, ">=0"),
    (xbar, ">=0"),
    (sp.Sum((z[i] - t) ** 2, (i, 1, N)), ">=0"),
    (sp.Sum(sp.exp(z[i]), (i, 1, N)), "+"),
    (sp.Product(sp.exp(z[i]), (i, 1, N)), "+"),
    (N - SX, ">=0"),
    (N * n - SM, ">=0"),
    (SX + 1, "+"),
    (SX - N - 1, "-"),
    (SZ - N, None),
    (-SX / p**2 - (N - SX) / (1 - p) ** 2, "-"),
    (-SM / p**2 - (N * n - SM) / (1 - p) ** 2, "-"),
    (-SZ / lam**2, "<=0"),
)


@pytest.mark.parametrize(("expr", "expected"), SIGNS, ids=lambda value: str(value)[:50])
def test_sign(expr: Any, expected: str | None) -> None:
    assert sign(expr, FACTS) == expected


ASSUMED = (
    (Statement(SZ, GREATER, sp.Integer(0)), SZ, "+"),
    (Statement(SZ, GREATER, sp.Integer(0)), -SZ / lam**2, "-"),
    (Statement(SZ, GREATER, sp.Integer(0)), xbar, "+"),
    (Statement(xbar, GREATER, sp.Integer(0)), SZ, "+"),
    (Statement(xbar, GREATER, sp.Integer(0)), N**3 / SZ, "+"),
    (Statement(SX, LESS, N), N - SX, "+"),
    (Statement(SX / N, LESS, sp.Integer(1)), N - SX, "+"),
    (Statement(a, LESS, b), b - a, "+"),
    (Statement(a, LESS, b), a - b, "-"),
    (Statement(a, LESS, b), 2 * b - 2 * a + 1, "+"),
    (Statement(a, AT_MOST, b), b - a, ">=0"),
    (Statement(t, GREATER, sp.Integer(2)), t - 1, "+"),
    (Statement(t, GREATER, sp.Integer(2)), t - 3, None),
    (equation(t, 2), t - 2, "0"),
)


@pytest.mark.parametrize(("assumed", "expr", "expected"), ASSUMED, ids=str)
def test_sign_under_an_assumption(assumed: Statement, expr: Any, expected: str | None) -> None:
    assert sign(expr, FACTS.assuming(assumed)) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (Statement(p, LESS, sp.Integer(1)), True),
        (Statement(p, GREATER, sp.Integer(1)), False),
        (Statement(N - SX, AT_LEAST, sp.Integer(0)), True),
        (Statement(N - SX, GREATER, sp.Integer(0)), None),
        (Statement(SZ, LESS, sp.Integer(0)), False),
        (Statement(lam, EQUAL, sp.Integer(0)), False),
        (Statement(t, EQUAL, t), True),
        (Statement(t, EQUAL, sp.Integer(0)), None),
        (Statement(-lam, AT_MOST, sp.Integer(0)), True),
    ],
)
def test_settled(statement: Statement, expected: bool | None) -> None:
    assert settled(statement, FACTS) is expected


def test_range_has_ends() -> None:
    found = range_of(2 - p, FACTS)
    assert (found.lower, found.upper, found.lower_open, found.upper_open) == (1, 2, True, True)
