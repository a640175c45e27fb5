"""The judge on expectations, entropies and divergences, of known and of unknown laws."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim
from derive.core.domains import BINARY, COUNTS, NATURALS, POSITIVE, REALS, UNIT, Integers, OneHot, Simplex
from derive.core.facts import Facts
from derive.core.information import Cardinality, CrossEntropy, Divergence, Entropy, Expectation, Law, Variance
from derive.core.relation import AT_LEAST, EQUAL, Relation

x = sp.Symbol("x", real=True)
s = sp.Symbol("x", integer=True, positive=True)
X = sp.Symbol("X", integer=True, nonnegative=True)
p, q, f, p1, p2 = sp.symbols("p q f p_1 p_2")
P, Q, D, P1, P2 = (sp.Function(str(n)) for n in (p, q, f, p1, p2))
m1, m2 = sp.symbols(r"\mu_1 \mu_2", real=True)
v1, v2, lam, r = sp.symbols(r"\sigma_1^2 \sigma_2^2 \lambda r", positive=True)
SET = Cardinality(r"\mathcal{X}")


def gauss(m: Any, v: Any) -> Any:
    return sp.exp(-((x - m) ** 2) / (2 * v)) / sp.sqrt(2 * sp.pi * v)


def log(e: Any) -> Any:
    return sp.log(e, evaluate=False)


def over(e: Any) -> Any:
    return sp.Sum(e, (s, 1, SET))


def line(e: Any) -> Any:
    return sp.Integral(e, (x, -sp.oo, sp.oo))


UNKNOWN = Facts(laws={n: Law(s, Integers(sp.Integer(1), SET)) for n in (p, q)})
DENSITY = Facts(laws={f: Law(x, REALS)})
NORMALS = Facts(
    {m1: REALS, m2: REALS, v1: POSITIVE, v2: POSITIVE},
    laws={p1: Law(x, REALS, gauss(m1, v1)), p2: Law(x, REALS, gauss(m2, v2))},
)
COIN = Facts({r: UNIT}, laws={X: Law(X, BINARY, r**X * (1 - r) ** (1 - X))})
POISSON = Facts({lam: POSITIVE}, laws={p: Law(X, COUNTS, lam**X * sp.exp(-lam) / sp.factorial(X))})
K, j = sp.symbols("K j", integer=True, positive=True)
pi, hot = sp.IndexedBase(r"\pi", positive=True), sp.IndexedBase("x", integer=True, nonnegative=True)
HOT = Facts(
    {pi: Simplex(K), K: NATURALS},
    {pi: (K,)},
    {},
    laws={p: Law(hot, OneHot(K), sp.Product(pi[j] ** hot[j], (j, 1, K)))},
)
RESULT = log(sp.sqrt(v2) / sp.sqrt(v1)) + (v1 + (m1 - m2) ** 2) / (2 * v2) - sp.Rational(1, 2)

TRUE = [
    (UNKNOWN, Divergence(p, q), EQUAL, CrossEntropy(p, q) - Entropy(p), "proved"),
    (UNKNOWN, Divergence(p, q), EQUAL, over(P(s) * log(P(s) / Q(s))), "proved"),
    (UNKNOWN, over(P(s) * log(P(s) / Q(s))), EQUAL, over(P(s) * log(P(s))) - over(P(s) * log(Q(s))), "proved"),
    (UNKNOWN, over(P(s) * (Q(s) / P(s))), EQUAL, sp.Integer(1), "proved"),
    (UNKNOWN, Divergence(p, q), AT_LEAST, sp.Integer(0), "proved"),
    (UNKNOWN, CrossEntropy(p, q), EQUAL, Expectation(-log(Q(s)), s, p), "proved"),
    (UNKNOWN, Divergence(p, p), EQUAL, sp.Integer(0), "proved"),
    (DENSITY, Entropy(f), EQUAL, -line(D(x) * log(D(x))), "proved"),
    (DENSITY, Variance(x, x, f), EQUAL, Expectation(x**2, x, f) - Expectation(x, x, f) ** 2, "proved"),
    (NORMALS, line(P1(x) * log(P1(x) / P2(x))), EQUAL, line(P1(x) * (log(P1(x)) - log(P2(x)))), "proved"),
    (NORMALS, Divergence(p1, p2), EQUAL, RESULT, "proved"),
    (NORMALS, Expectation(x - m1, x, p1), EQUAL, sp.Integer(0), "proved"),
    (NORMALS, Expectation((x - m1) ** 2, x, p1), EQUAL, v1, "proved"),
    (COIN, Expectation(X, X, X), EQUAL, r, "proved"),
    (COIN, Variance(X, X, X), EQUAL, r * (1 - r), "proved"),
    (POISSON, Expectation(X**2, X, p), EQUAL, lam + lam**2, "tested"),
    (HOT, Entropy(p), EQUAL, -sp.Sum(pi[j] * log(pi[j]), (j, 1, K)), "tested"),
    (HOT, Expectation(hot[1], hot, p), EQUAL, pi[1], "tested"),
]
FALSE = [
    (UNKNOWN, Divergence(p, q), EQUAL, Entropy(p) - CrossEntropy(p, q)),
    (UNKNOWN, Divergence(p, q), EQUAL, Divergence(q, p)),
    (UNKNOWN, CrossEntropy(p, q), EQUAL, CrossEntropy(q, p)),
    (UNKNOWN, over(P(s) ** 2), EQUAL, sp.Integer(1)),
    (DENSITY, Entropy(f), EQUAL, line(D(x) * log(D(x)))),
    (NORMALS, Divergence(p1, p2), EQUAL, RESULT + sp.Rational(1, 2)),
    (NORMALS, Expectation((x - m2) ** 2, x, p1), EQUAL, v1),
    (COIN, Variance(X, X, X), EQUAL, r),
    (POISSON, Expectation(X**2, X, p), EQUAL, lam**2),
]


@pytest.mark.parametrize(("facts", "left", "relation", "right", "outcome"), TRUE)
def test_true(facts: Facts, left: Any, relation: Relation, right: Any, outcome: str) -> None:
    assert judge(Claim(left, relation, right, facts)).outcome == outcome


@pytest.mark.parametrize(("facts", "left", "relation", "right"), FALSE)
def test_false(facts: Facts, left: Any, relation: Relation, right: Any) -> None:
    verdict = judge(Claim(left, relation, right, facts))
    assert verdict.outcome == "refuted" and verdict.witness is not None
