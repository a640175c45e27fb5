"""The derivations of three documents: their lines as mathematics, and as print."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

import derive
from derive.checking.judge import judge
from derive.core.claim import Claim
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import Statement, equation
from derive.models.sample import INDEX as i
from derive.models.sample import SIZE as N
from derive.writing.latex import latex

LIMITS = (i, 1, N)


def sides(result: derive.Result) -> list[Any]:
    return [side for c in result.chains for side in (c.start, *(s.after for s in c.steps))]


def occurs(result: derive.Result, line: Any) -> bool:
    """Is the line equal to one that the derivation prints (as an expression, or as an equation up to a factor)?"""
    for chain in result.chains:
        for side in (chain.start, *(s.after for s in chain.steps)):
            if isinstance(side, Statement) != isinstance(line, Statement):
                continue
            relation = EQUIVALENT if isinstance(line, Statement) else EQUAL
            if judge(Claim(side, relation, line, chain.facts, chain.unknowns)).outcome == "proved":
                return True
    return False


def test_coin_with_numbers_first() -> None:
    result = derive.mle("binomial(10, p)", data="8", numbers_first=True)
    p = next(iter(result.values))
    assert result.values == {p: sp.Rational(4, 5)}
    printed = [latex(side) for side in sides(result)]
    for line in (
        r"\binom{10}{8} p^8(1-p)^2",
        r"8 \log p + 2 \log(1-p) + \log \binom{10}{8}",
        r"\frac{8}{p}-\frac{2}{1-p} = 0",
        r"p = \frac{4}{5}",
    ):
        assert line in printed, printed
    assert occurs(result, sp.log(45) + 8 * sp.log(p) + 2 * sp.log(1 - p))


def test_coin_with_symbols() -> None:
    result = derive.mle("binomial(10, p)", data="8")
    assert list(result.values.values()) == [sp.Rational(4, 5)]
    assert list(derive.mle("bernoulli", data="1 1 0 1 1 1 1 0 1 1").values.values()) == [sp.Rational(4, 5)]


def test_bernoulli() -> None:
    result = derive.mle("bernoulli", notation=("data=D",))
    (p,) = result.estimates
    x = result.derivation.sample.data
    lines = [
        sp.Sum(x[i] * sp.log(p) + (1 - x[i]) * sp.log(1 - p), LIMITS),
        equation(sp.Sum(x[i] / p + (1 - x[i]) / (p - 1), LIMITS)),
        equation(sp.Sum(p - x[i], LIMITS)),
        equation(p, sp.Sum(x[i], LIMITS) / N),
    ]
    for line in lines:
        assert occurs(result, line), line
    printed = [latex(side, result.notation) for side in sides(result)]
    for text in (
        r"\log \prod_{i=1}^{N} f(D_i; p)",
        r"\sum_{i=1}^{N} \log f(D_i; p)",
        r"\sum_{i=1}^{N} \left(D_i \log p + (1-D_i) \log(1-p)\right)",
        r"\sum_{i=1}^{N} (D_i-p) = 0",
        r"p = \frac{1}{N} \sum_{i=1}^{N} D_i",
    ):
        assert text in printed, printed


def test_normal() -> None:
    result = derive.mle("normal", notation=("data=D",))
    mu, v = result.estimates
    x = result.derivation.sample.data
    square = sp.Sum((x[i] - mu) ** 2, LIMITS)
    lines = [
        sp.Sum(-sp.log(2 * sp.pi * v) / 2 - (x[i] - mu) ** 2 / (2 * v), LIMITS),
        -N * sp.log(2 * sp.pi * v) / 2 - square / (2 * v),
        -sp.Sum(mu - x[i], LIMITS) / v,
        -N / (2 * v) + square / (2 * v**2),
        equation(mu, sp.Sum(x[i], LIMITS) / N),
        equation(v, square / N),
    ]
    for line in lines:
        assert occurs(result, line), line
    printed = [latex(side, result.notation) for side in sides(result)]
    for text in (
        r"-\frac{N}{2} \log(2\pi\sigma^2) - \frac{1}{2\sigma^2} \sum_{i=1}^{N} (D_i-\mu)^2",
        r"\mu = \frac{1}{N} \sum_{i=1}^{N} D_i",
        r"\sigma^2 = \frac{1}{N} \sum_{i=1}^{N} (D_i-\mu)^2",
    ):
        assert text in printed, printed


def test_a_slip_is_not_found() -> None:
    result = derive.mle("normal")
    mu, v = result.estimates
    x = result.derivation.sample.data
    assert not occurs(result, -N * sp.log(2 * sp.pi * v) / 2 + sp.Sum((x[i] - mu) ** 2, LIMITS) / (2 * v))
    assert not occurs(result, equation(v, sp.Sum((x[i] - mu) ** 2, LIMITS) / (N - 1)))


@pytest.mark.parametrize("name", ["bernoulli", "normal", "categorical"])
def test_every_step_is_judged(name: str) -> None:
    result = derive.mle(name)
    assert all(step.verdict and step.verdict.holds for step in result.steps)
    assert all(finer.verdict for step in result.steps for finer in step.inside)
