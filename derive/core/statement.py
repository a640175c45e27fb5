"""A statement: two sides and a relation, true or false."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from derive.core.domains import Domain
from derive.core.relation import EQUAL, Relation


@dataclass(frozen=True, slots=True)
class Statement:
    """``left relation right`` as one object that can itself stand in a chain."""

    left: sp.Expr
    relation: Relation
    right: sp.Expr


def equation(left: sp.Expr, right: sp.Expr | int = 0) -> Statement:
    """``left = right``."""
    return Statement(left, EQUAL, sp.sympify(right))


@dataclass(frozen=True, slots=True)
class Membership:
    """``letter`` lies in ``domain``: printed as ``0 < p < 1``, ``x \\in \\{0, 1\\}``, …"""

    letter: sp.Expr
    domain: Domain


Side = sp.Expr | Statement
Shown = Side | Membership
"""What a sentence may show as mathematics."""
