r"""Weights that a document introduces by what they add up to: ``\sum_j W_{ij} = 1`` of positive W."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import Interval, Simplex
from derive.core.facts import Facts


def weights_said(facts: Facts, left: Any, right: Any) -> Facts | None:
    """The facts in which the entries of a positive family add up to one; None for any other equation.

    A family with a formula, with data or with a law has the sum that it has: then the equation is a claim.
    """
    if right != 1 or not isinstance(left, sp.Sum) or len(left.limits) != 1 or not isinstance(left.function, sp.Indexed):
        return None
    letter, low, high = left.limits[0]
    base, indices = left.function.base, left.function.indices
    own = facts.domains.get(base)
    free = base not in facts.definitions and base not in facts.observed and facts.law(str(base.label)) is None
    if low != 1 or indices[-1] != letter or letter in indices[:-1] or not free or facts.shapes.get(base):
        return None
    if not isinstance(own, Interval) or own.lower != 0 or not (own.upper.is_infinite or own.upper == 1):
        return None
    sizes = [facts.indices.get(i) for i in indices[:-1]]
    if None in sizes:
        return None
    shape = (*(s for s in sizes if s is not None), high)
    return replace(facts.placing({base: Simplex(high)}), shapes={**facts.shapes, base: shape})
