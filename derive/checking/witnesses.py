"""A point at which a claim fails, in the digits that show it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from derive.checking.free_letters import letters_of
from derive.checking.point import Undefined
from derive.checking.shown_families import shown_family, without_makings
from derive.checking.shown_laws import shown_laws
from derive.checking.walker import Walker
from derive.core.claim import Claim, Witness
from derive.core.statement import Statement

UNDEFINED = "undefined"
# What a probability is at any point.
NOT_NEGATIVE = ">= 0"
# As many digits of a witness as it takes to see that the sides differ.
SHOWN = (6, 10, 15, 20)


def witness_at(claim: Claim, walker: Walker, left: Any, right: Any, **more: str) -> Witness:
    """The point, as far as the claim depends on it, and the two values."""
    shown: dict[str, str] = {}
    point = walker.point
    for letter in letters_of((claim.left, claim.right), without_makings(claim.facts)):
        if letter in claim.facts.definitions:
            shown |= shown_family(letter, walker)
        elif isinstance(letter, sp.IndexedBase):
            entries = [
                _short(v) for (base, _), v in sorted(point.entries.items(), key=str) if base in (letter, letter.label)
            ]
            if entries:
                shown[str(letter.label)] = f"({', '.join(entries)})"
        elif letter in point.values:
            shown[str(letter)] = _short(point.values[letter])
    sides = tuple(side for side in (claim.left, claim.right) if not isinstance(side, Statement))
    shown |= shown_laws(sides, walker)
    texts = [(_text(left, walker, digits), _text(right, walker, digits)) for digits in SHOWN]
    return Witness(tuple((shown | more).items()), *next((pair for pair in texts if pair[0] != pair[1]), texts[0]))


def _short(value: Fraction) -> str:
    return str(value) if value.denominator < 10_000 else f"{float(value):.6g}"


def _text(value: Any, walker: Walker, digits: int) -> str:
    if isinstance(value, Undefined):
        return UNDEFINED
    if hasattr(value, "rows"):
        return f"({', '.join(_text(v, walker, digits) for v in value)})"
    return str(walker.ctx.nstr(walker.ctx.mpf(value), digits)).removesuffix(".0")
