"""Laws of finite sums."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.trees import mentions, split_factor, terms
from derive.rules.rule import rule


@rule("sums")
def sum_of_sums(node: Any, facts: Facts) -> Any | None:
    """Σ_i (a_i + b_i) = Σ_i a_i + Σ_i b_i."""
    if isinstance(node, sp.Sum) and isinstance(node.function, sp.Add):
        return sp.Add(*(sp.Sum(t, *node.limits) for t in terms(node.function)))
    return None


@rule("sums")
def sums_swap(node: Any, facts: Facts) -> Any | None:
    """Σ_i Σ_k c_k a_ik = Σ_k c_k Σ_i a_ik, both finite, where c_k does not depend on i."""
    if not isinstance(node, sp.Sum) or len(node.limits) != 2:
        return None
    inner, outer = node.limits
    free, bound = split_factor(node.function, outer[0])
    if free == 1 or any(mentions(end, outer[0]) for end in inner[1:]):
        return None
    return sp.Sum(free * sp.Sum(bound, outer), inner)


@rule("sums")
def constant_out_of_sum(node: Any, facts: Facts) -> Any | None:
    """Σ_i c a_i = c Σ_i a_i, where c does not depend on i."""
    if not isinstance(node, sp.Sum) or len(node.limits) != 1:
        return None
    index = node.limits[0][0]
    free, bound = split_factor(node.function, index)
    if isinstance(bound, sp.Add):
        content, primitive = bound.primitive()
        lead = [t for t in terms(primitive) if mentions(t, index)]
        without_numbers = not any(t.is_number for t in terms(primitive))
        if without_numbers and all(t.could_extract_minus_sign() for t in lead):
            content, primitive = -content, -primitive
        free, bound = free * content, primitive
    if free == 1 or bound == 1:
        return None
    return free * sp.Sum(bound, *node.limits)


@rule("sums")
def sum_of_constant(node: Any, facts: Facts) -> Any | None:
    """Σ_{i=1}^N c = N c, where c does not depend on i."""
    if isinstance(node, sp.Sum) and len(node.limits) == 1:
        index, lower, upper = node.limits[0]
        if not mentions(node.function, index):
            return (upper - lower + 1) * node.function
    return None


SUMS = (sum_of_sums, sums_swap, constant_out_of_sum, sum_of_constant)
