"""Where a letter lives, and the support that cases and indicators give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import derive
from derive.core.domains import Integers, Interval
from derive.core.errors import InputError
from derive.reading.density import density, parameter

n = sp.Symbol("n")

DOMAINS: list[tuple[str, Any]] = [
    ("|x| < 2", Interval(sp.Integer(-2), sp.Integer(2), True, True)),
    (r"1 \ge \left|x\right|", Interval(sp.Integer(-1), sp.Integer(1), False, False)),
    (r"x = 0, 1, 2, \ldots", Integers(sp.Integer(0), sp.oo)),
    (r"x = 0, 1", Integers(sp.Integer(0), sp.Integer(1))),
    (r"x \in \{\ldots, -1, 0, 1, \ldots\}", Integers(-sp.oo, sp.oo)),
    (r"x \in \{\ldots, -1, 0\}", Integers(-sp.oo, sp.Integer(0))),
    (r"x \in \{0, 2, \dots, 10\}", None),
    ("1 < x < 0", None),
    ("x = 1, 3, 5", None),
    ("|x - 1| < 2", None),
    ("|x| > 1", None),
    ("x > 0, y < 2", None),
]


@pytest.mark.parametrize(("text", "wanted"), DOMAINS)
def test_domain(text: str, wanted: Any) -> None:
    if wanted is None:
        with pytest.raises(InputError):
            parameter(text)
        return
    letter, where = parameter(text)
    assert str(letter) == "x"
    assert where == wanted


def cases(*rows: str) -> str:
    return r"\begin{cases}" + r"\\".join(rows) + r"\end{cases}"


EXPONENTIAL = r"\lambda e^{-\lambda x}"
SUPPORTS: list[tuple[str, str, str | None]] = [
    (EXPONENTIAL + r"\mathbb{1}\{x > 0\}", "x > 0", "(0, oo)"),
    (EXPONENTIAL + r"\mathbb{1}\{x > 0\}", r"x \in \mathbb{R}", "(0, oo)"),
    (cases(EXPONENTIAL + r"& x \ge 0", r"0 & x < 0"), "x > 0", "(0, oo)"),
    (cases(EXPONENTIAL + r"& x \ge 0", r"0 & x < 0"), r"x \in \mathbb{R}", "[0, oo)"),
    (cases(r"0 & x < 0", EXPONENTIAL + r"& \text{otherwise}"), "", "[0, oo)"),
    (EXPONENTIAL + r"\mathbb{1}\{x > 0\}\mathbb{1}\{x > 2\}", "", "(2, oo)"),
    (EXPONENTIAL + r"\mathbb{1}\{|x| < 2\}", "", "(-2, 2)"),
    (r"\frac{1}{2}" + cases(EXPONENTIAL + r"& x \ge 0", r"\lambda e^{\lambda x} & x < 0"), "x > 0", "(0, oo)"),
    # The first case alone is no density on the line, whatever its integral is.
    (r"\frac{1}{2}" + cases(EXPONENTIAL + r"& x \ge 0", r"\lambda e^{\lambda x} & x < 0"), r"x \in \mathbb{R}", None),
]


@pytest.mark.parametrize(("text", "support", "wanted"), SUPPORTS)
def test_support(text: str, support: str, wanted: str | None) -> None:
    if wanted is None:
        with pytest.raises(InputError, match="several cases"):
            density(text, [r"\lambda > 0"], support)
        return
    found: Any = density(text, [r"\lambda > 0"], support).support
    left, right = "[("[found.lower_open], "])"[found.upper_open]
    assert f"{left}{found.lower}, {found.upper}{right}" == wanted


@pytest.mark.parametrize("letter", [r"\varrho", r"\varsigma", r"\vartheta", r"\varphi", r"\varepsilon", r"\ell"])
def test_an_unusual_letter_is_read_and_printed(letter: str) -> None:
    made = derive.Distribution.from_latex(rf"{letter} e^{{-{letter} y}}", [f"{letter} > 0"], "y > 0")
    page = derive.mle(made).text("tex")
    assert rf"\hat{{{letter}}}" in page


DENSITIES = json.loads((Path(__file__).parent / "table.json").read_text("utf-8"))["densities"]


@pytest.mark.parametrize(("text", "parameters", "support", "wanted", "lives"), DENSITIES)
def test_density(text: str, parameters: list[str], support: str, wanted: str, lives: str) -> None:
    found = density(text, parameters, support)
    assert (str(found.density), str(found.support)) == (wanted, lives)


def test_a_support_that_is_said_twice_must_be_one() -> None:
    with pytest.raises(InputError, match="two places"):
        density(r"\lambda e^{-\lambda x}, x > 0", [r"\lambda > 0"], "x > 1")
