"""latex2sympy2, a reader that no one here wrote: on the engine's formulas in its dialect both agree in value."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import sympy as sp

from derive.core.domains import REALS
from derive.core.facts import Facts
from derive.distributions.book import DISTRIBUTIONS
from derive.reading import formula
from derive.writing.latex import latex

MINE = pytest.importorskip("latex2sympy2", reason="latex2sympy2 pins a runtime that this Python cannot import")
WRONG = {
    r"\log": "a logarithm is read to base 10, so \\ln is given to it",
    r"\psi": "ψ is read as a letter",
    r"I_0": "a Bessel function is read as a letter",
    r"\Gamma": "Γ is read as a letter",
    r"\zeta": "ζ is read as a letter",
    "B(": "the beta function is read as a product",
    r"\prod": "an indexed letter below a product is read as one free letter",
    "!": "factorials of letters are read, but left without a value at a fraction",
}
"""What it cannot read, or reads wrongly."""


def value(expr: Any, seed: int) -> complex | None:
    draw = random.Random(seed)
    letters = sorted(expr.free_symbols, key=str)
    names = {re.sub(r"[\\{}]", "", str(s)): s for s in letters}
    values = draw.sample(range(11, 39), len(names))
    point = {names[k]: sp.Rational(v, 40) for k, v in zip(sorted(names), values, strict=True)}
    got = expr.subs(point).evalf()
    return complex(got) if got.is_number else None


@pytest.mark.parametrize("d", DISTRIBUTIONS, ids=lambda d: d.id)
def test_densities(d: Any) -> None:
    text = latex(d.density)
    outside = [why for mark, why in WRONG.items() if mark in text and mark != r"\log"]
    if outside or isinstance(d.variable, sp.IndexedBase):
        pytest.skip("; ".join(outside) or "vectors are outside its dialect")
    letters = {s: REALS for s in d.density.free_symbols if "^" not in s.name}
    ours = formula(text, Facts(domains=letters)).value
    try:
        theirs = MINE.latex2sympy(text.replace(r"\log", r"\ln"))
    except Exception as error:
        pytest.skip(f"latex2sympy2 cannot read {text}: {type(error).__name__}")
    for seed in (1, 2):
        one, two = value(ours, seed), value(theirs, seed)
        if one is None or two is None:
            pytest.skip(f"latex2sympy2 gives {theirs}, which has no value")
        assert one == pytest.approx(two, rel=1e-9), (text, ours, theirs)
