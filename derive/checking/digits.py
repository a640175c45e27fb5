"""What the last printed digit of a decimal leaves open."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.walker import Walker
from derive.core.claim import Claim

MANY_DIGITS = 960


def rounds_to(left: Any, right: Any, claim: Claim, walker: Walker) -> bool:
    """Does the number round to the digits that are printed?"""
    return bool(abs(left - right) <= rounding(claim.right, right, walker) * (1 + walker.ctx.mpf(10) ** -12))


def closer_rounds_to(claim: Claim, walker: Walker) -> bool:
    """The same with very many digits, where few of them are left by cancellation."""
    closer = Walker(walker.facts, walker.point, walker.budget, MANY_DIGITS)
    try:
        return rounds_to(closer.value(claim.left), closer.value(claim.right), claim, closer)
    except GivesUp:
        return False


def rounding(printed: Any, value: Any, walker: Walker) -> Any:
    """By how much the value may be off if each printed decimal is rounded to its last digit."""
    if printed.is_Float or printed.is_Rational:
        return walker.value(half_a_unit(printed))
    decimals = printed.atoms(sp.Float)
    if not decimals:
        raise GivesUp("digits")
    total = walker.ctx.mpf(0)
    for decimal in sorted(decimals, key=str):
        half = half_a_unit(decimal)
        ends = [walker.value(printed.xreplace({decimal: decimal + by})) for by in (-half, half)]
        total += max(abs(end - value) for end in ends)
    return total


def half_a_unit(printed: Any) -> Any:
    """Half a unit in the last digit that was printed."""
    if not (printed.is_Float or printed.is_Rational):
        raise GivesUp("digits")
    if printed.is_Rational:
        decimals = next((d for d in range(40) if (10**d) % int(printed.q) == 0), None)
        if decimals is None:
            raise GivesUp("digits")
        return Fraction(1, 2 * 10**decimals).numerator / sp.Integer(2 * 10**decimals)
    shown = Decimal(str(printed)).normalize()
    last = int(shown.as_tuple().exponent)
    # Zeros before the point count as digits, unless six others stand before them.
    last = min(last, max(0, shown.adjusted() - 5))
    return sp.Rational(1, 2) * sp.Integer(10) ** last
