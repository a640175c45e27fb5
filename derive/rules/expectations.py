"""Laws of expectation, for expectations that have a value."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.information import Expectation
from derive.core.trees import mentions, split_factor, terms
from derive.rules.rule import rule


@rule("expectations")
def expectation_of_constant(node: Any, facts: Facts) -> Any | None:
    """E[c] = c."""
    if isinstance(node, Expectation) and not mentions(node.args[0], node.args[1]):
        return node.args[0]
    return None


@rule("expectations")
def expectation_of_sum(node: Any, facts: Facts) -> Any | None:
    """E[a + b] = E[a] + E[b]."""
    if not isinstance(node, Expectation) or not isinstance(node.args[0], sp.Add):
        return None
    expr, variable, law = node.args
    free = [t for t in terms(expr) if not mentions(t, variable)]
    bound = [t for t in terms(expr) if mentions(t, variable)]
    return sp.Add(*free, *(Expectation(t, variable, law) for t in bound))


@rule("expectations")
def constant_out_of_expectation(node: Any, facts: Facts) -> Any | None:
    """E[c a] = c E[a], where c does not depend on what is averaged."""
    if not isinstance(node, Expectation):
        return None
    expr, variable, law = node.args
    free, bound = split_factor(expr, variable)
    return free * Expectation(bound, variable, law) if free != 1 and bound != 1 else None


@rule("expectations")
def expectation_of_series(node: Any, facts: Facts) -> Any | None:
    """E[Σ_j a_j] = Σ_j E[a_j], the sum being finite."""
    if isinstance(node, Expectation) and isinstance(node.args[0], sp.Sum) and len(node.args[0].limits) == 1:
        total, variable, law = node.args
        if not total.limits[0][2].is_infinite:
            return sp.Sum(Expectation(total.function, variable, law), *total.limits)
    return None


EXPECTATIONS = (expectation_of_constant, expectation_of_sum, constant_out_of_expectation, expectation_of_series)
