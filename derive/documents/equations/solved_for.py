"""An equation for a function of one letter as an equation for the letter: σ² = e, λ^k = e, 1/λ = e, Λ^{-1} = E."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import mentions
from derive.documents.letters import base_of, is_letter


def is_root(left: Any) -> bool:
    """A power of a letter, such as σ², or the inverse of a matrix."""
    while isinstance(left, sp.Inverse):
        left = left.arg
        if is_letter(left):
            return True
    if not isinstance(left, sp.Pow):
        return False
    return is_letter(left.base) and (left.exp.is_number or not mentions(left.exp, base_of(left.base)))


def in_the_letter(statement: Statement) -> Statement:
    """λ^k = e as λ = e^{1/k}, for a positive letter, 1/λ = e as λ = 1/e, and Λ^{-1} = E as Λ = E^{-1}."""
    left, right = statement.left, statement.right
    if isinstance(left, sp.Inverse) and is_root(left):
        while isinstance(left, sp.Inverse):
            left, right = left.arg, right.arg if isinstance(right, sp.Inverse) else sp.Inverse(right)
        return Statement(left, EQUAL, right)
    if is_root(left) and (left.base.is_positive or left.exp == -1) and (left.exp.is_positive or left.exp.is_negative):
        return Statement(left.base, EQUAL, right ** (1 / left.exp))
    return statement


def is_solution(statement: Statement) -> bool:
    """Does it say what a letter is, without that letter?"""
    return is_letter(statement.left) and not mentions(statement.right, base_of(statement.left))
