"""What can be told from a layout: whether it needs brackets, and what stands between two factors."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.writing.mathtree import (
    Accent,
    Applied,
    Atom,
    BigOperator,
    Binomial,
    Brackets,
    Cases,
    Fraction,
    Gap,
    Node,
    Operator,
    Root,
    Row,
    Scripts,
    Sign,
    first_leaf,
    last_leaf,
)

MINUS = Sign("-")


def is_terms(laid: Node) -> bool:
    """Is it a sum of terms, or does it begin with a sign?"""
    return isinstance(laid, Sign) or (isinstance(laid, Row) and any(isinstance(i, Sign) for i in laid.items))


def is_closed(laid: Node, e: Any) -> bool:
    """May a script be put on it as it stands? Letters, whole numbers, and functions with their brackets."""
    return isinstance(laid, Atom | Scripts | Brackets | Binomial | Accent | Applied) and not isinstance(e, sp.exp)


def is_small(laid: Node) -> bool:
    """A letter, or a few letters side by side."""
    if isinstance(laid, Row):
        return len(laid.items) <= 3 and all(isinstance(i, Atom) for i in laid.items)
    return isinstance(laid, Atom)


def is_name_like(e: Any) -> bool:
    """A function, the logarithm of one, or a letter: may stand above the bar of a derivative."""
    if isinstance(e, sp.log):
        return is_name_like(e.args[0]) and not isinstance(e.args[0], sp.log)
    return isinstance(e, AppliedUndef | sp.Symbol | sp.Indexed)


def air_between(left: Node, right: Node) -> list[Node]:
    """What stands between two factors: a dot before a digit or between two numbers, air before names of functions."""
    first, last = first_leaf(right), last_leaf(left)
    digit = isinstance(first, Atom) and first.text[0].isdigit()
    if digit or (isinstance(first, Fraction) and _is_numeric(first)):
        return [Gap(), Atom(r"\cdot"), Gap()]
    airy = (Operator, BigOperator, Fraction, Binomial, Cases)
    if isinstance(first, airy) or isinstance(last, Fraction | Cases | Binomial):
        return [Gap()]
    if isinstance(first, Applied) or first == Atom("e") or isinstance(last, Root) or _has_high_script(last):
        return [Gap()]
    return []


def _has_high_script(laid: Node) -> bool:
    """A superscript other than a digit, after which the next factor needs air."""
    return (
        isinstance(laid, Scripts)
        and laid.sup is not None
        and not (isinstance(laid.sup, Atom) and laid.sup.text.isdigit())
    )


def _is_numeric(laid: Fraction) -> bool:
    return isinstance(laid.over, Atom) and isinstance(laid.under, Atom) and (laid.over.text + laid.under.text).isdigit()
