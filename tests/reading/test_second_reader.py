"""latex2sympy2, a reader that no one here wrote: on the engine's formulas in its dialect both agree in value."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sympy as sp

from derive.cli import result_of
from derive.core.derivation import Step
from derive.core.domains import REALS
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.statement import Statement
from derive.distributions.book import DISTRIBUTIONS
from derive.gallery import PIECES
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
    try:
        return complex(got) if got.is_number else None
    except TypeError:
        # A function of ours without digits, such as σ(z).
        return None


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


OUTSIDE = {
    r"\sum": "a letter with the sum's index below it is read as one free letter",
    r"\mathbb": "expected values",
    r"\iff": "relations between equations",
    r"D_{": "divergences",
    "H(": "entropies",
    r"\hat": "a letter with a hat is read as a function",
    r"\bar": "a letter with a bar is read as a function",
    r"\|": "norms",
    r"\mid": "conditional bars",
    r"\nabla": "gradients",
    r"\partial": "partial derivatives",
    r"\operatorname": "operators with a name",
    r"^T": "transposes",
    r"\top": "transposes",
    r"\min": "extrema over an index",
    r"\max": "extrema over an index",
    r"\odot": "products of entries",
    r"\begin": "cases",
    r"\infty": "improper integrals with a density that has no formula",
    r"\gamma_E": "the constant of Euler and Mascheroni is read as a letter",
} | {mark: why for mark, why in WRONG.items() if mark != r"\log"}
"""What is not in its dialect, or is read wrongly there."""
APPLIED = re.compile(r"(?<![A-Za-z\\])[A-Za-z](_\{?\w+\}?)?\(|\w\\left\(")
"""A letter in front of a bracket: a function to us where the facts say so, a product to it."""


def sides(step: Step) -> Iterator[Any]:
    for side in (step.before, step.after):
        yield from (side.left, side.right) if isinstance(side, Statement) else (side,)
    for finer in step.inside:
        yield from sides(finer)


def verdict(side: Any, facts: Facts) -> str:
    """Do both readings of a printed side have the same values? If not, why."""
    text = latex(side)
    reason = next((why for mark, why in OUTSIDE.items() if mark in text), "")
    if reason or APPLIED.search(text):
        return reason or "functions that have a name only"
    try:
        ours = formula(text, facts).value
    except InputError as error:
        return f"WRONG: ours cannot read {text}: {error.message}"
    try:
        theirs = MINE.latex2sympy(text.replace(r"\log", r"\ln"))
    except Exception as error:
        return f"it cannot read it: {type(error).__name__}"
    if not hasattr(theirs, "free_symbols"):
        return "it cannot read it: no expression"
    # σ² is one letter to us, and a square to it.
    letters = [s for s in ours.atoms(sp.Symbol) if s.name.endswith("^2")]
    squares = {s: sp.Symbol(s.name.removesuffix("^2"), positive=True) ** 2 for s in letters}
    ours = ours.subs(squares)
    values = [(value(ours, seed), value(theirs, seed)) for seed in (1, 2)]
    if any(None in pair for pair in values) or len(ours.free_symbols) != len(theirs.free_symbols):
        return "without a value in one of them"
    if all(one == pytest.approx(two, rel=1e-9) for one, two in values):
        return "agree"
    return f"WRONG: {text}: {ours} and {theirs}"


def test_the_gallery(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    seen: set[Any] = set()
    for piece in PIECES:
        for chain in result_of(piece.command).chains if piece.command[0] != "exercises" else ():
            for side in (s for step in chain.steps for s in sides(step)):
                if side not in seen and isinstance(side, sp.Expr) and side.free_symbols:
                    seen.add(side)
                    counts[verdict(side, chain.facts)] += 1
    with capsys.disabled():
        print("\nThe gallery's formulas before the second reader:")
        for what, count in counts.most_common():
            print(f"{count:6}  {what}")
    assert [what for what in counts if what.startswith("WRONG")] == []
    assert counts["agree"] >= 50
