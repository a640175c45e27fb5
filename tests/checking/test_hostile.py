"""What is too large, too deep or beyond the judge gets doubt, and gets it soon."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim, Outcome
from derive.core.domains import REALS
from derive.core.facts import Facts
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import equation

t = sp.Symbol("t", real=True)
i, j = sp.symbols("i j", integer=True, positive=True)
REAL = Facts({t: REALS})
NINE = sp.Integer(9)


def tower(height: int) -> Any:
    made: Any = NINE
    for _ in range(height):
        made = sp.Pow(NINE, made, evaluate=False)
    return made


def deep(depth: int) -> Any:
    made: Any = t
    for _ in range(depth):
        made = sp.sin(made, evaluate=False)
    return made


HOSTILE = (
    tower(3),
    tower(4) + t,
    sp.Sum(t**i, (i, 1, 10**9)),
    sp.Sum(sp.Sum(i * j * sp.sin(t), (i, 1, 2_000)), (j, 1, 2_000)),
    sp.factorial(sp.Integer(10**12), evaluate=False) * t,
    sp.exp(sp.exp(sp.exp(sp.exp(sp.exp(t + 5))))),
    (1 + t) ** sp.Integer(10**7) * sp.sin(t) ** 10**7,
    deep(300),
    sp.Function("zeta")(t) * sp.airyai(t + 20),
    sp.Add(*(sp.Symbol(f"t{n}") ** n for n in range(4_000))),
)


@pytest.mark.parametrize("expr", HOSTILE, ids=range(len(HOSTILE)))
def test_doubt_and_not_a_hang(expr: Any) -> None:
    assert judge(Claim(expr, EQUAL, t + 2, REAL)).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("expr", HOSTILE[:6], ids=range(6))
def test_statements_too(expr: Any) -> None:
    verdict = judge(Claim(equation(expr), EQUIVALENT, equation(t, 2), REAL, (t,)))
    assert verdict.outcome == Outcome.UNKNOWN


def test_kinds_do_not_mix() -> None:
    assert judge(Claim(t, EQUAL, equation(t), REAL)).outcome == Outcome.UNKNOWN
    assert judge(Claim(equation(t), EQUAL, equation(t), REAL)).outcome == Outcome.UNKNOWN


def test_facts_that_no_point_satisfies() -> None:
    facts = REAL.assuming(equation(t**2, -1))
    assert judge(Claim(sp.sin(t), EQUAL, t, facts)).outcome == Outcome.UNKNOWN
