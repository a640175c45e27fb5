"""Statements have the same admissible solutions, or the judge shows one that only one of them has."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim, Outcome
from derive.core.domains import BINARY, COUNTS, NATURALS, POSITIVE, REALS, UNIT, OneHot, Simplex
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.relation import AT_LEAST, EQUIVALENT, GREATER, LESS
from derive.core.statement import Statement, equation

N, K = sp.symbols("N K", integer=True, positive=True)
i, j, k = sp.symbols("i j k", integer=True, positive=True)
p = sp.Symbol("p", positive=True)
t, u, mu = sp.symbols(r"t u \mu", real=True)
v, lam, a = sp.symbols(r"v \lambda a", positive=True)
x = sp.IndexedBase("x", real=True)
c = sp.IndexedBase("c", integer=True, nonnegative=True)
y = sp.IndexedBase("y", integer=True, nonnegative=True)
pi = sp.IndexedBase(r"\pi", positive=True)


def over(body: Any, letter: Any = i, size: Any = N) -> Any:
    return sp.Sum(body, (letter, 1, size))


REAL = Facts({t: REALS, u: REALS})
POS = Facts({a: POSITIVE, v: POSITIVE})
BERNOULLI = Facts({p: UNIT, c: BINARY, N: NATURALS}, {c: (N,)}, {i: N})
NORMAL = Facts({mu: REALS, v: POSITIVE, x: REALS, N: NATURALS}, {x: (N,)}, {i: N})
POISSON = Facts({lam: POSITIVE, c: COUNTS, N: NATURALS}, {c: (N,)}, {i: N})
HOT = Facts(
    {pi: Simplex(K), y: OneHot(K), lam: POSITIVE, N: NATURALS, K: NATURALS}, {pi: (K,), y: (N, K)}, {i: N, k: K}
)
FREE = Facts({**HOT.domains, lam: REALS}, HOT.shapes, HOT.indices)

S, SX = over(c[i]), over(x[i])
ELL = S * sp.log(p) + (N - S) * sp.log(1 - p)
SCORE = S / p - (N - S) / (1 - p)
SQUARES = over((x[i] - mu) ** 2)
V_SCORE = SQUARES / (2 * v**2) - N / (2 * v)
S_K = over(y[i, k])

PROVED = (
    (REAL, t, equation(t), equation(t)),
    (REAL, t, equation(2 * t, 6), equation(t, 3)),
    (POS, a, equation(a**2, 1), equation(a, 1)),
    (POS, a, equation(a**2 + 3 * a - 4), equation(a, 1)),
    (POS, a, equation(a**2, v), equation(a, sp.sqrt(v))),
    (BERNOULLI, p, equation(Partial(ELL, p)), equation(SCORE)),
    (BERNOULLI, p, equation(SCORE), equation(S * (1 - p), (N - S) * p)),
    (BERNOULLI, p, equation(SCORE), equation(S - N * p)),
    (BERNOULLI, p, equation(S - N * p), equation(p, S / N)),
    (NORMAL, mu, equation(over(x[i] - mu) / v), equation(over(x[i] - mu))),
    (NORMAL, mu, equation(over(x[i] - mu)), equation(mu, SX / N)),
    (NORMAL, v, equation(V_SCORE), equation(SQUARES - N * v)),
    (NORMAL, v, equation(SQUARES - N * v), equation(v, SQUARES / N)),
    (POISSON, lam, equation(S / lam - N), equation(lam, S / N)),
    (HOT, pi, equation(S_K / pi[k] - lam), equation(pi[k], S_K / lam)),
    (FREE, lam, equation(over(over(y[i, j]) / lam, j, K), 1), equation(lam, N)),
    (POS, a, Statement(2 * a, GREATER, v), Statement(a, GREATER, v / 2)),
    (POS, a, Statement(-2 * a, LESS, -v), Statement(a, GREATER, v / 2)),
    (BERNOULLI, p, Statement(SCORE, GREATER, sp.Integer(0)), Statement(p, LESS, S / N)),
    (POS, a, equation(sp.log(a), v), equation(a, sp.exp(v))),
    (REAL, t, equation(t**3 + t, 2), equation(t, 1)),
    (REAL, t, equation(sp.exp(t), 1), equation(t)),
)

TESTED = (
    (REAL, t, equation(t**5 + t**3 - t**2 + t, 2), equation(t, 1)),
    (POS, a, Statement(sp.log(a), GREATER, sp.Integer(0)), Statement(a, GREATER, sp.Integer(1))),
)

REFUTED = (
    (REAL, t, equation(t**2, 1), equation(t, 1)),
    (REAL, t, equation(t * (t - u)), equation(t, u)),
    (REAL, t, equation(2 * t, 6), equation(t, -3)),
    (REAL, t, equation(sp.exp(t), 2), equation(t)),
    (POS, a, equation(a**2, 1), equation(a, 2)),
    (POS, a, equation(a**2 - 3 * a + 2), equation(a, 1)),
    (BERNOULLI, p, equation(SCORE), equation(p, S / (N - 1))),
    (BERNOULLI, p, equation(SCORE), equation(p, (N - S) / N)),
    (BERNOULLI, p, equation(SCORE), equation(S / p + (N - S) / (1 - p))),
    (BERNOULLI, p, equation(Partial(ELL, p)), equation(S / p - N / (1 - p))),
    (NORMAL, mu, equation(over(x[i] - mu)), equation(mu, SX)),
    (NORMAL, mu, equation(over(x[i] - mu) / v), equation(mu, SX / (N - 1))),
    (NORMAL, v, equation(V_SCORE), equation(v, SQUARES / (N - 1))),
    (NORMAL, v, equation(V_SCORE), equation(v, sp.sqrt(SQUARES / N))),
    (POISSON, lam, equation(S / lam - N), equation(lam, N / S)),
    (HOT, pi, equation(S_K / pi[k] - lam), equation(pi[k], S_K / (lam + 1))),
    (FREE, lam, equation(over(over(y[i, j]) / lam, j, K), 1), equation(lam, K)),
    (POS, a, Statement(2 * a, GREATER, v), Statement(a, LESS, v / 2)),
    (POS, a, Statement(2 * a, GREATER, v), Statement(a, GREATER, v)),
    (REAL, t, Statement(t * u, GREATER, sp.Integer(0)), Statement(t, GREATER, sp.Integer(0))),
    (REAL, t, Statement(t**2, AT_LEAST, sp.Integer(1)), Statement(t, AT_LEAST, sp.Integer(1))),
)


def verdict_of(facts: Facts, unknown: Any, left: Statement, right: Statement) -> Any:
    return judge(Claim(left, EQUIVALENT, right, facts, (unknown,)))


@pytest.mark.parametrize(("facts", "unknown", "left", "right"), PROVED)
def test_proved(facts: Facts, unknown: Any, left: Statement, right: Statement) -> None:
    verdict = verdict_of(facts, unknown, left, right)
    assert verdict.outcome == Outcome.PROVED, verdict


@pytest.mark.parametrize(("facts", "unknown", "left", "right"), TESTED)
def test_tested(facts: Facts, unknown: Any, left: Statement, right: Statement) -> None:
    verdict = verdict_of(facts, unknown, left, right)
    assert verdict.outcome == Outcome.TESTED, verdict


@pytest.mark.parametrize(("facts", "unknown", "left", "right"), REFUTED)
def test_refuted(facts: Facts, unknown: Any, left: Statement, right: Statement) -> None:
    for one, other in ((left, right), (right, left)):
        verdict = verdict_of(facts, unknown, one, other)
        assert verdict.outcome == Outcome.REFUTED, verdict
        assert verdict.witness is not None and verdict.witness.point


def test_dividing_by_what_may_be_zero_is_not_proved() -> None:
    verdict = verdict_of(FREE, pi, equation(S_K - lam * pi[k]), equation(pi[k], S_K / lam))
    assert verdict.outcome == Outcome.TESTED
    settled = FREE.assuming(Statement(lam, GREATER, sp.Integer(0)))
    verdict = verdict_of(settled, pi, equation(S_K - lam * pi[k]), equation(pi[k], S_K / lam))
    assert verdict.outcome == Outcome.PROVED


def test_the_unknown_is_the_one_that_is_solved_for() -> None:
    left, right = equation(t - u), equation(u, t)
    assert judge(Claim(left, EQUIVALENT, right, REAL, (t, u))).outcome == Outcome.PROVED
    assert judge(Claim(left, EQUIVALENT, equation(u, -t), REAL, (t, u))).outcome == Outcome.REFUTED


def test_without_unknowns() -> None:
    true, false = equation(sp.Integer(2), 2), equation(sp.Integer(2), 3)
    assert judge(Claim(true, EQUIVALENT, equation(sp.Integer(0)), REAL)).holds
    assert judge(Claim(true, EQUIVALENT, false, REAL)).outcome == Outcome.REFUTED
