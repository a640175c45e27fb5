"""The judge on a table: what is true is proved (or tested), and every slip of the pen is refuted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim, Outcome
from derive.core.domains import BINARY, COUNTS, NATURALS, POSITIVE, REALS, UNIT, Integers, Interval, OneHot, Simplex
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.relation import (
    APPROXIMATELY,
    AT_LEAST,
    AT_MOST,
    EQUAL,
    GREATER,
    LESS,
    Relation,
)
from derive.core.statement import Statement

N, K, n = sp.symbols("N K n", integer=True, positive=True)
i, j, k = sp.symbols("i j k", integer=True, positive=True)
p = sp.Symbol("p", positive=True)
mu, t, u = sp.symbols(r"\mu t u", real=True)
v, lam, a, b = sp.symbols(r"v \lambda \alpha \beta", positive=True)
x = sp.IndexedBase("x", real=True)
c = sp.IndexedBase("c", integer=True, nonnegative=True)
g = sp.IndexedBase("g", positive=True)
y = sp.IndexedBase("y", integer=True, nonnegative=True)
pi = sp.IndexedBase(r"\pi", positive=True)
xbar = sp.Symbol(r"\bar{x}", real=True)
f, L, ell = sp.Function("f"), sp.Function("L"), sp.Function(r"\ell")
log, exp = sp.log, sp.exp


def over(body: Any, letter: Any = i, size: Any = N) -> Any:
    return sp.Sum(body, (letter, 1, size))


def times(body: Any, letter: Any = i, size: Any = N) -> Any:
    return sp.Product(body, (letter, 1, size))


def raw_log(body: Any) -> Any:
    return sp.log(body, evaluate=False)


def flip(body: Any) -> Any:
    return p**body * (1 - p) ** (1 - body)


SIZES = {N: NATURALS, K: NATURALS}
BERNOULLI = Facts(
    {p: UNIT, c: BINARY, N: NATURALS},
    {c: (N,)},
    {i: N},
    {"f": sp.Lambda((t, u), u**t * (1 - u) ** (1 - t)), "L": sp.Lambda(u, times(u ** c[i] * (1 - u) ** (1 - c[i])))},
)
BINOMIAL = Facts({p: UNIT, n: NATURALS, c: Integers(sp.Integer(0), n), N: NATURALS}, {c: (N,)}, {i: N})
GAUSS = exp(-((x[i] - mu) ** 2) / (2 * v)) / sp.sqrt(2 * sp.pi * v)
NORMAL = Facts(
    {mu: REALS, v: POSITIVE, x: REALS, N: NATURALS},
    {x: (N,)},
    {i: N},
    {"f": sp.Lambda((t, mu, v), GAUSS.xreplace({x[i]: t})), "L": times(GAUSS), xbar: over(x[i]) / N},
)
POISSON = Facts({lam: POSITIVE, c: COUNTS, N: NATURALS}, {c: (N,)}, {i: N})
GAMMA = Facts({a: POSITIVE, b: POSITIVE, g: POSITIVE, N: NATURALS}, {g: (N,)}, {i: N})
HOT = Facts(
    {pi: Simplex(K), y: OneHot(K), lam: POSITIVE, **SIZES},
    {pi: (K,), y: (N, K)},
    {i: N, k: K},
    {r"\ell": over(over(y[i, j] * log(pi[j]), j, K))},
)
REAL = Facts({t: REALS, u: REALS, x: REALS, N: NATURALS}, {x: (N,)}, {i: N})
POS = Facts({a: POSITIVE, b: POSITIVE, v: POSITIVE, N: NATURALS, g: POSITIVE}, {g: (N,)}, {i: N})

S, SC, SG = over(x[i]), over(c[i]), over(g[i])
ELL_NORMAL = -N * log(2 * sp.pi * v) / 2 - over((x[i] - mu) ** 2) / (2 * v)
ELL_BERNOULLI = SC * log(p) + (N - SC) * log(1 - p)
ELL_GAMMA = N * a * log(b) - N * sp.loggamma(a) + (a - 1) * over(log(g[i])) - b * SG
WEIGHTED = over(over(y[i, j] * log(pi[j]), j, K))


@dataclass(frozen=True)
class Line:
    facts: Facts
    left: Any
    right: Any
    lies: tuple[Any, ...] = ()
    outcome: Outcome = Outcome.PROVED
    relation: Relation = EQUAL


LINES = (
    # the same tree, and what is only written otherwise
    Line(REAL, t + u, t + u, (t - u,)),
    Line(REAL, (t + u) ** 2, t**2 + 2 * t * u + u**2, (t**2 + t * u + u**2, t**2 + u**2)),
    Line(REAL, (t**2 - 1) / (t**2 + 1), 1 - 2 / (t**2 + 1), (1 - 1 / (t**2 + 1), 1 + 2 / (t**2 + 1))),
    Line(POS, 1 / (1 / a + 1 / b), a * b / (a + b), (a * b / (a - b), a + b)),
    Line(POS, sp.sqrt(a) * sp.sqrt(b), sp.sqrt(a * b), (sp.sqrt(a + b), a * b)),
    Line(POS, sp.sqrt(a + b) ** 3 / (a + b), sp.sqrt(a + b), (a + b,)),
    Line(REAL, sp.Pow(t**2, sp.Rational(1, 2), evaluate=False), sp.Abs(t), (t, -t), Outcome.TESTED),
    Line(REAL, sp.Abs(-3 * t), 3 * sp.Abs(t), (3 * t, -3 * sp.Abs(t))),
    # logarithms and exponentials
    Line(POS, log(a * b, evaluate=False), log(a) + log(b), (log(a) - log(b), log(a) * log(b), log(a + b))),
    Line(POS, raw_log(a**b), b * log(a), (a * log(b), log(a))),
    Line(POS, raw_log(exp(-a * b)), -a * b, (a * b, exp(-a * b))),
    Line(POS, raw_log(a / b), log(a) - log(b), (log(b) - log(a), log(a) / log(b))),
    Line(POS, exp(2 * log(a), evaluate=False), a**2, (2 * a,)),
    Line(
        POS, raw_log(sp.sqrt(2 * sp.pi * v)), log(2 * sp.pi * v) / 2, (log(2 * sp.pi * v), log(2 * sp.pi) / 2 + log(v))
    ),
    Line(POS, raw_log(times(g[i])), over(log(g[i])), (log(over(g[i])), over(g[i]))),
    Line(POS, raw_log(times(a * g[i] ** b)), N * log(a) + b * over(log(g[i])), (log(a) + b * over(log(g[i])),)),
    Line(POS, times(exp(-a * g[i])), exp(-a * SG), (exp(-a * N * SG), exp(a * SG))),
    Line(POS, times(a), a**N, (a * N,)),
    Line(POS, times(a ** g[i]), a**SG, (a ** (N * SG),)),
    Line(POS, exp(over(log(g[i]))), times(g[i]), (SG,)),
    Line(POS, times(exp(-(log(g[i]) ** 2))), exp(-over(log(g[i]) ** 2)), (exp(-(over(log(g[i])) ** 2)),)),
    Line(POS, times(exp(log(g[i]) * log(a + g[i]))), exp(over(log(g[i]) * log(a + g[i]))), (exp(over(log(g[i]))),)),
    # sums
    Line(REAL, over(x[i] + t), S + N * t, (S + t, N * S + t)),
    Line(REAL, over(3 * t * x[i]), 3 * t * S, (3 * S, 3 * N * t * S)),
    Line(REAL, over((x[i] - t) ** 2), over(x[i] ** 2) - 2 * t * S + N * t**2, (over(x[i] ** 2) - 2 * t * S + t**2,)),
    Line(REAL, over(1), N, (1, N - 1)),
    Line(REAL, over(over(x[i] * x[j], j)), S**2, (over(x[i] ** 2), N * S)),
    Line(REAL, over(x[i]), over(x[j], j), (over(x[j] ** 2, j),)),
    Line(
        REAL, over(x[i] / (1 + x[i] ** 2) + 1 / (1 + x[i] ** 2)), over((1 + x[i]) / (1 + x[i] ** 2)), (over(1 + x[i]),)
    ),
    Line(REAL, N - over(1 / (1 + exp(x[i]))), over(exp(x[i]) / (1 + exp(x[i]))), (over(exp(x[i])),)),
    # definitions
    Line(NORMAL, N * xbar, S, (xbar, (N - 1) * xbar)),
    Line(NORMAL, over((x[i] - xbar) ** 2), over(x[i] ** 2) - N * xbar**2, (over(x[i] ** 2) - xbar**2,)),
    Line(NORMAL, over(x[i] - xbar), sp.Integer(0), (xbar, sp.Integer(1))),
    Line(BERNOULLI, f(c[i], p), p ** c[i] * (1 - p) ** (1 - c[i]), (p ** (1 - c[i]) * (1 - p) ** c[i],)),
    Line(BERNOULLI, L(p), times(f(c[i], p)), (over(f(c[i], p)),)),
    # Bernoulli and binomial
    Line(
        BERNOULLI, raw_log(L(p)), ELL_BERNOULLI, (SC * log(1 - p) + (N - SC) * log(p), SC * log(p) + (N - SC) * log(p))
    ),
    Line(BERNOULLI, times(flip(c[i])), p**SC * (1 - p) ** (N - SC), (p**SC * (1 - p) ** (1 - SC), p**N)),
    Line(
        BERNOULLI,
        Partial(ELL_BERNOULLI, p),
        SC / p - (N - SC) / (1 - p),
        (SC / p + (N - SC) / (1 - p), SC / p - N / (1 - p)),
    ),
    Line(
        BERNOULLI, Partial(raw_log(L(p)), p), (SC - N * p) / (p * (1 - p)), ((SC - N * p) / p, (SC - p) / (p * (1 - p)))
    ),
    Line(
        BERNOULLI,
        Partial(ELL_BERNOULLI, p, 2),
        -SC / p**2 - (N - SC) / (1 - p) ** 2,
        (SC / p**2 - (N - SC) / (1 - p) ** 2,),
    ),
    Line(BERNOULLI, over(c[i] ** 2), SC, (SC**2, 2 * SC)),
    Line(
        BINOMIAL,
        raw_log(times(sp.binomial(n, c[i]) * p ** c[i] * (1 - p) ** (n - c[i]))),
        over(log(sp.binomial(n, c[i]))) + SC * log(p) + (N * n - SC) * log(1 - p),
        (
            over(log(sp.binomial(n, c[i]))) + SC * log(p) + (n - SC) * log(1 - p),
            over(log(sp.binomial(n, c[i]))) + SC * log(1 - p) + (N * n - SC) * log(p),
            SC * log(p) + (N * n - SC) * log(1 - p),
        ),
    ),
    Line(
        BINOMIAL,
        sp.binomial(n, c[i]),
        sp.factorial(n) / (sp.factorial(c[i]) * sp.factorial(n - c[i])),
        (sp.factorial(n),),
    ),
    # normal
    Line(NORMAL, L(mu, v), times(f(x[i], mu, v)), (over(f(x[i], mu, v)),)),
    Line(
        NORMAL,
        L(mu, v),
        (2 * sp.pi * v) ** (-N / 2) * exp(-over((x[i] - mu) ** 2) / (2 * v)),
        ((2 * sp.pi * v) ** (-N / 2),),
    ),
    Line(
        NORMAL,
        raw_log(L(mu, v)),
        ELL_NORMAL,
        (
            -N * log(2 * sp.pi * v) - over((x[i] - mu) ** 2) / (2 * v),
            -N * log(2 * sp.pi) / 2 - over((x[i] - mu) ** 2) / (2 * v),
            -N * log(2 * sp.pi * v) / 2 + over((x[i] - mu) ** 2) / (2 * v),
            -N * log(2 * sp.pi * v) / 2 - over((x[i] - mu) ** 2) / v,
            -N * log(2 * sp.pi * v) / 2 - over(x[i] - mu) / (2 * v),
        ),
    ),
    Line(
        NORMAL,
        Partial(ELL_NORMAL, mu),
        over(x[i] - mu) / v,
        (-over(x[i] - mu) / v, over(x[i] - mu) / v**2, (S - mu) / v),
    ),
    Line(
        NORMAL,
        Partial(raw_log(L(mu, v)), v),
        over((x[i] - mu) ** 2) / (2 * v**2) - N / (2 * v),
        (over((x[i] - mu) ** 2) / (2 * v) - N / (2 * v), over((x[i] - mu) ** 2) / (2 * v**2) - (N - 1) / (2 * v)),
    ),
    Line(NORMAL, Partial(ELL_NORMAL, v, 2), N / (2 * v**2) - over((x[i] - mu) ** 2) / v**3, (N / (2 * v**2),)),
    Line(NORMAL, Partial(Partial(ELL_NORMAL, mu), v), -over(x[i] - mu) / v**2, (over(x[i] - mu) / v**2,)),
    # Poisson and gamma
    Line(
        POISSON,
        raw_log(times(lam ** c[i] * exp(-lam) / sp.factorial(c[i]))),
        SC * log(lam) - N * lam - over(log(sp.factorial(c[i]))),
        (SC * log(lam) - lam - over(log(sp.factorial(c[i]))), SC * log(lam) - N * lam),
    ),
    Line(POISSON, Partial(SC * log(lam) - N * lam, lam), SC / lam - N, (SC / lam - 1, SC * lam - N)),
    Line(
        GAMMA,
        raw_log(times(b**a * g[i] ** (a - 1) * exp(-b * g[i]) / sp.gamma(a))),
        ELL_GAMMA,
        (ELL_GAMMA - over(log(g[i])), ELL_GAMMA.subs(a, a + 1), ELL_GAMMA + 2 * N * sp.loggamma(a)),
    ),
    Line(
        GAMMA, Partial(ELL_GAMMA, a), N * log(b) - N * sp.digamma(a) + over(log(g[i])), (N * log(b) + over(log(g[i])),)
    ),
    Line(GAMMA, Partial(ELL_GAMMA, a, 2), -N * sp.polygamma(1, a), (-N * sp.polygamma(0, a), N * sp.polygamma(1, a))),
    Line(GAMMA, sp.gamma(a + 1), a * sp.gamma(a), (sp.gamma(a), (a + 1) * sp.gamma(a))),
    Line(GAMMA, sp.digamma(a + 2), sp.digamma(a) + 1 / a + 1 / (a + 1), (sp.digamma(a) + 1 / a,)),
    Line(GAMMA, sp.beta(a, b), sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b), (sp.gamma(a) * sp.gamma(b),)),
    # categories
    Line(HOT, over(pi[k], k, K), sp.Integer(1), (K, sp.Integer(0))),
    Line(HOT, over(over(y[i, k], k, K)), N, (K, N * K, N - 1)),
    Line(HOT, over(over(y[i, j] * log(pi[j])), j, K), WEIGHTED, (over(log(pi[j]), j, K), -WEIGHTED)),
    Line(HOT, raw_log(times(times(pi[j] ** y[i, j], j, K))), WEIGHTED, (over(over(y[i, j] * pi[j], j, K)),)),
    Line(HOT, Partial(ell(pi), pi[k]), over(y[i, k]) / pi[k], (over(y[i, k]), N / pi[k], over(y[i, k]) / pi[k] ** 2)),
    Line(
        HOT,
        Partial(WEIGHTED - lam * (over(pi[j], j, K) - 1), pi[k]),
        over(y[i, k]) / pi[k] - lam,
        (over(y[i, k]) / pi[k],),
    ),
    Line(HOT, Partial(ell(pi), pi[k], 2), -over(y[i, k]) / pi[k] ** 2, (over(y[i, k]) / pi[k] ** 2,)),
    # a function without a meaning is any function
    Line(POS, over(log(f(g[i], a))), over(log(f(g[j], a)), j), (over(log(f(g[i], b))),)),
    Line(POS, Partial(f(a) * f(b), a), f(b) * Partial(f(a), a), (f(a) * f(b), f(b))),
    # orders
    Line(BERNOULLI, -SC / p**2 - (N - SC) / (1 - p) ** 2, sp.Integer(0), (), relation=LESS),
    Line(NORMAL, over((x[i] - mu) ** 2), sp.Integer(0), (), relation=AT_LEAST),
    Line(GAMMA, sp.polygamma(1, a), sp.Integer(0), (), relation=GREATER),
    Line(POS, 2 * a * b, a**2 + b**2, (), Outcome.TESTED, AT_MOST),
    Line(REAL, t, t + 1, (), relation=LESS),
    # digits
    Line(
        REAL,
        log(sp.Integer(2)),
        sp.Float("0.6931"),
        (sp.Float("0.6932"), sp.Rational(7, 10) + 1),
        Outcome.TESTED,
        APPROXIMATELY,
    ),
    Line(REAL, sp.Rational(2, 3), sp.Rational(67, 100), (sp.Rational(66, 100),), Outcome.TESTED, APPROXIMATELY),
)

LIES = tuple((line, lie) for line in LINES for lie in line.lies)


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(line.left)[:60])
def test_truths_hold(line: Line) -> None:
    verdict = judge(Claim(line.left, line.relation, line.right, line.facts))
    assert verdict.outcome == line.outcome, verdict


@pytest.mark.parametrize(("line", "lie"), LIES, ids=lambda value: str(getattr(value, "left", value))[:60])
def test_lies_are_refuted(line: Line, lie: Any) -> None:
    verdict = judge(Claim(line.left, line.relation, sp.sympify(lie), line.facts))
    assert verdict.outcome == Outcome.REFUTED
    assert verdict.witness is not None and verdict.witness.left != verdict.witness.right


@pytest.mark.parametrize(
    ("left", "relation", "right", "facts"),
    [
        (SC, GREATER, sp.Integer(0), POISSON),
        (a - b, GREATER, sp.Integer(0), POS),
        (over((x[i] - mu) ** 2), LESS, sp.Integer(1), NORMAL),
        (p * (1 - p), GREATER, sp.Rational(1, 4), BERNOULLI),
        (t**2, AT_MOST, t, REAL),
    ],
)
def test_false_orders_are_refuted(left: Any, relation: Relation, right: Any, facts: Facts) -> None:
    assert judge(Claim(left, relation, right, facts)).outcome == Outcome.REFUTED


@pytest.mark.parametrize(
    ("left", "right", "facts"),
    [
        (raw_log(t**2), 2 * raw_log(t), REAL),
        (sp.Pow(sp.Pow(t, 2, evaluate=False), sp.Rational(1, 2), evaluate=False), t, REAL),
        (raw_log(t * u), raw_log(t) + raw_log(u), REAL),
        (over(x[i]), over(sp.Abs(x[i])), REAL),
    ],
)
def test_what_fails_for_some_data_only_is_refuted(left: Any, right: Any, facts: Facts) -> None:
    assert judge(Claim(left, EQUAL, right, facts)).outcome == Outcome.REFUTED


def test_what_is_assumed_is_used() -> None:
    facts = POS.assuming(Statement(a, LESS, b))
    assert judge(Claim(b - a, GREATER, sp.Integer(0), facts)).outcome == Outcome.PROVED
    assert judge(Claim(sp.Abs(a - b), EQUAL, b - a, facts)).outcome == Outcome.PROVED
    assert judge(Claim(sp.Abs(a - b), EQUAL, b - a, POS)).outcome == Outcome.REFUTED


def test_a_support_that_depends_on_a_parameter() -> None:
    facts = Facts({b: POSITIVE, g: Interval(sp.Integer(0), b), N: NATURALS}, {g: (N,)}, {i: N})
    assert judge(Claim(SG, LESS, N * b, facts)).outcome == Outcome.PROVED
    assert judge(Claim(SG, LESS, b, facts)).outcome == Outcome.REFUTED


def test_what_a_relation_forgives() -> None:
    up_to_constant = Relation("constant", r"\doteq", "constant")
    up_to_factor = Relation("factor", r"\propto", "factor")
    free_of_mu = -over((x[i] - mu) ** 2) / (2 * v)
    assert judge(Claim(ELL_NORMAL, up_to_constant, free_of_mu, NORMAL, (mu,))).outcome == Outcome.PROVED
    assert judge(Claim(ELL_NORMAL, up_to_constant, free_of_mu, NORMAL, (v,))).outcome == Outcome.REFUTED
    assert (
        judge(Claim(GAUSS, up_to_factor, exp(-((x[i] - mu) ** 2) / (2 * v)), NORMAL, (mu,))).outcome == Outcome.PROVED
    )
    assert judge(Claim(GAUSS, up_to_factor, exp(-((x[i] - mu) ** 2) / v), NORMAL, (mu,))).outcome == Outcome.REFUTED
    assert judge(Claim(GAUSS, up_to_factor, -GAUSS, NORMAL, (mu,))).outcome == Outcome.REFUTED


def test_witness_names_the_letters() -> None:
    verdict = judge(Claim(over(x[i] - mu), EQUAL, S - mu, NORMAL))
    assert verdict.witness is not None
    point = dict(verdict.witness.point)
    assert set(point) == {"N", r"\mu", "x"} and point["x"].startswith("(")


def test_verdicts_do_not_change() -> None:
    claim = Claim(over(x[i] - mu), EQUAL, S - mu, NORMAL)
    assert judge(claim) == judge(claim)
