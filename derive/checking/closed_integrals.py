"""Integrals of sums of c·x^q·e^{−r·x} whose value is known: over x > 0, and for r = 0 over any range of positive x.

∫_0^∞ x^q e^{−rx} dx = Γ(q + 1)/r^{q+1} for q > −1 and r > 0; ∫_a^b x^q dx = (b^{q+1} − a^{q+1})/(q + 1).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.ranges import settled
from derive.core.relation import GREATER
from derive.core.statement import Statement

MOST_TERMS = 40


def integral(body: Any, letter: Any, low: Any, high: Any, facts: Facts) -> Any:
    """The integral by its value where that is known for certain, else as it stands."""
    total = []
    terms = sp.Add.make_args(sp.expand(body))
    if len(terms) <= MOST_TERMS:
        for term in terms:
            value = of_term(sp.powsimp(sp.expand_power_base(term)), letter, low, high, facts)
            if value is None:
                break
            total.append(value)
        else:
            return sp.Add(*total)
    return sp.Integral(body, (letter, low, high))


def of_term(term: Any, x: Any, low: Any, high: Any, facts: Facts) -> Any:
    """The integral of one term; None where it is not of this kind, or may not exist."""
    found = power_and_rate(term, x)
    if found is None:
        return None
    factor, q, r = found
    if r != 0:
        if low != 0 or not high.is_infinite or not (positive(q + 1, facts) and positive(r, facts)):
            return None
        return factor * sp.gamma(q + 1) / r ** (q + 1)
    if low == 0:
        return factor * high ** (q + 1) / (q + 1) if not high.is_infinite and positive(q + 1, facts) else None
    if not positive(low, facts):
        return None
    if high.is_infinite:
        return factor * low ** (q + 1) / (-q - 1) if positive(-q - 1, facts) else None
    if not (positive(q + 1, facts) or positive(-q - 1, facts)):
        return None
    return factor * (high ** (q + 1) - low ** (q + 1)) / (q + 1)


def power_and_rate(term: Any, x: Any) -> tuple[Any, Any, Any] | None:
    """c, q and r of c·x^q·e^{−r·x}; None for any other term."""
    factor, q, r = sp.Integer(1), sp.Integer(0), sp.Integer(0)
    for part in sp.Mul.make_args(term):
        if x not in part.free_symbols:
            factor *= part
        elif part == x:
            q += 1
        elif isinstance(part, sp.exp):
            slope = sp.diff(part.args[0], x)
            start = sp.expand(part.args[0] - slope * x)
            if x in slope.free_symbols or x in start.free_symbols:
                return None
            factor *= sp.exp(start)
            r -= slope
        elif part.is_Pow and part.base == x and x not in part.exp.free_symbols:
            q += part.exp
        else:
            return None
    return factor, sp.expand(q), sp.expand(r)


def positive(e: Any, facts: Facts) -> bool:
    """Is it positive whatever its letters are?"""
    return e.is_positive is True or settled(Statement(e, GREATER, sp.Integer(0)), facts) is True
