"""The stationary point of several parameters, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sympy as sp

from derive.core.derivation import Chain
from derive.core.facts import Facts
from derive.core.trees import mentions

Form = Literal["closed", "order-statistic", "special", "implicit", "none"]
"""The ending that the mathematics of a parameter earned."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One parameter's stationary point.

    Args:
        letter, hat: the parameter and its estimate's letter.
        solution: in terms of data, known letters, and other parameters.
        shown: the same with the estimates of the others named.
        chains: how it was found.
        form: closed, special, or an order statistic.
        decided: it was seen to be the maximum without second derivatives.
    """

    letter: Any
    hat: Any
    solution: Any
    shown: Any
    chains: tuple[Chain, ...]
    form: Form = "closed"
    decided: bool = False


def in_turn(solutions: dict[Any, Any]) -> Sequence[Any] | None:
    """The letters in an order in which each solution mentions only letters before it."""
    order: list[Any] = []
    while len(order) < len(solutions):
        ready = [
            letter
            for letter, solution in solutions.items()
            if letter not in order and not any(mentions(solution, o) for o in solutions if o not in order)
        ]
        if not ready:
            return None
        order.append(ready[0])
    return order


def with_estimates(solved: Sequence[Solved], facts: Facts) -> Facts:
    """The facts, each estimate's letter defined, its domain that of its parameter."""
    for s in solved:
        facts = facts.placing({s.hat: facts.domains[s.letter]}).defining(s.hat, s.shown)
    return facts


def hats_of(solved: Sequence[Solved]) -> dict[Any, Any]:
    """From parameters to their estimates' letters."""
    return {s.letter: s.hat for s in solved}


def statistics(expr: Any) -> tuple[Any, ...]:
    """The outermost sums over the data, in order of appearance."""
    if isinstance(expr, sp.Sum):
        return (expr,)
    return tuple(dict.fromkeys(s for a in expr.args for s in statistics(a)))
