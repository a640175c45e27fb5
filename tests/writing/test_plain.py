"""Mathematics in a terminal: on one line, and in boxes."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Function, IndexedBase, Rational, Sum, Symbol, binomial, exp, log, pi, sqrt, symbols

from derive.core.nodes import Partial
from derive.core.notation import Notation
from derive.core.statement import equation
from derive.writing.plain import Box, plain_block, plain_box, plain_inline

i, N = symbols("i N", integer=True, positive=True)
p, lam, q = symbols("p lambda q", positive=True)
v = Symbol(r"\sigma^2", positive=True)
xi = IndexedBase("x", positive=True)[i]
L = Function("L")
ALL = Sum(xi, (i, 1, N))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (ALL / N, "(1/N) Σᵢ₌₁ᴺ xᵢ"),
        (N / ALL, "N/(Σᵢ₌₁ᴺ xᵢ)"),
        (p**xi * (1 - p) ** (1 - xi), "p^{xᵢ} (1−p)^{1−xᵢ}"),
        (sqrt(2 * pi * v), "√(2πσ²)"),
        (p / (q * (1 - p)), "p/(q(1−p))"),
        (p * log(q) + (1 - p) * log(1 - q), "p log q + (1−p) log(1−q)"),
        (Partial(log(L(p)), p, 2), "∂² log L(p)/∂p²"),
        (Symbol(r"\bar{x}"), "x̄"),
        (Symbol(r"\hat{\sigma}^2"), "σ̂²"),
        (binomial(N, xi), "C(N, xᵢ)"),
        (exp(-lam), "e^{−λ}"),
        (Rational(1, 2) ** p, "(1/2)ᵖ"),
        (equation(p, 1), "p = 1"),
    ],
)
def test_on_one_line(expression: Any, expected: str) -> None:
    assert plain_inline(expression) == expected


def test_letters_of_the_page() -> None:
    assert plain_inline(ALL, Notation(data="D", size="n", index="j")) == "Σⱼ₌₁ⁿ Dⱼ"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            ALL / N,
            """
 1   N
───  Σ xᵢ
 N  i=1""",
        ),
        (
            N / lam - ALL,
            """
 N     N
─── −  Σ xᵢ
 λ    i=1""",
        ),
        (
            ALL * log(p),
            """
⎛ N   ⎞
⎜ Σ xᵢ⎟ log p
⎝i=1  ⎠""",
        ),
        (
            equation(Partial(log(L(p)), p)),
            """
 ∂ log L(p)
──────────── = 0
     ∂p""",
        ),
        (
            p ** (1 - xi),
            """
 1 − xᵢ
p""",
        ),
    ],
)
def test_in_a_box(expression: Any, expected: str) -> None:
    assert "\n".join(plain_block(expression)) == expected.removeprefix("\n")


def test_boxes_stand_beside_each_other_at_the_baseline() -> None:
    fraction = plain_box(p / q)
    assert (fraction.height, fraction.baseline) == (3, 1)
    line = plain_box(p).beside(Box((" = ",), 0)).beside(fraction)
    assert line.baseline == 1
    assert line.lines == ("     p ", "p = ───", "     q ")


def test_combining_marks_take_no_column() -> None:
    assert plain_box(Symbol(r"\hat{p}")).width == 1
