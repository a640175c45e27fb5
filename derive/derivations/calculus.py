"""Derivatives of a log-likelihood, by the laws of differentiation."""

from __future__ import annotations

from typing import Any

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.rules.derivatives import DERIVATIVES
from derive.rules.sums import constant_out_of_sum, sum_of_constant
from derive.strategies import as_one, exhaust

LAWS = (*DERIVATIVES, constant_out_of_sum, sum_of_constant)


def differentiated(expr: Any, letter: Any, facts: Facts) -> tuple[Step, ...]:
    """The steps from ∂ expr/∂letter to an expression without derivatives."""
    return exhaust(LAWS, Partial(expr, letter), facts)


def derivative_chain(name: Any, expr: Any, letter: Any, facts: Facts, topic: Phrase, order: int = 1) -> Chain:
    """∂ⁿ name/∂letterⁿ = …, where ``expr`` is what the derivative of one order less (or the name) was found to be."""
    start = Partial(name, letter, order)
    put_in = Step(start, EQUAL, Partial(expr, letter), "expression_put_in", Phrase("expression_put_in", {"of": name}))
    finer = (put_in, *differentiated(expr, letter, facts))
    key = "differentiated" if order == 1 else "differentiated_again"
    return Chain(topic, start, as_one(finer, key, Phrase(key, {"letter": letter, "of": name})), facts)
