"""Why the stationary point is the maximum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Interval
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUAL, GREATER, LESS
from derive.core.statement import Statement
from derive.core.trees import substitute
from derive.derivations.calculus import derivative_chain
from derive.derivations.solved import Solved, hats_of, statistics, with_estimates


@dataclass(frozen=True, slots=True)
class Curvature:
    """The second-order argument for one parameter; ``concave`` where it holds at every value."""

    letter: Any
    chains: tuple[Chain, ...]
    concave: bool


def curvature(name: Any, score: Any, solved: Solved, everything: Sequence[Solved], facts: Facts) -> Curvature:
    """The second derivative and why it is negative: everywhere, or at the only stationary point."""
    letter = solved.letter
    topic = Phrase("second_order_topic", {"letter": letter})
    chain = derivative_chain(name, score, letter, facts, topic, order=2)
    second = chain.end
    if sign(second, facts) == "-":
        below = Step(second, LESS, sp.Integer(0), "negative", Phrase("negative_everywhere", {"letter": letter}))
        return Curvature(letter, (Chain(topic, chain.start, (*chain.steps, below), facts),), True)
    return Curvature(letter, (chain, at_solution(second, solved, everything, facts)), False)


def at_solution(second: Any, solved: Solved, everything: Sequence[Solved], facts: Facts) -> Chain:
    """The second derivative at the estimates: the statistic in the solution is written in terms of the estimate."""
    hats = hats_of(everything)
    known = with_estimates(everything, facts)
    start = end = substitute(second, hats)
    steps: list[Step] = []
    needs = strictly_inside(solved, facts)
    found = statistics(solved.solution)
    if len(found) == 1:
        value = statistic_from(solved, found[0])
        if value is not None:
            end = sp.cancel(substitute(substitute(second, {found[0]: value}), hats))
            slots = {"statistic": substitute(found[0], hats), "value": substitute(value, hats)}
            steps.append(Step(start, EQUAL, end, "estimate_put_in", Phrase("estimate_put_in", slots), needs))
    because = Phrase("negative_at_solution", {"letter": solved.letter})
    steps.append(Step(end, LESS, sp.Integer(0), "negative", because, needs))
    topic = Phrase("at_solution_topic", {"letter": solved.letter, "hat": solved.hat})
    return Chain(topic, start, tuple(steps), known)


def statistic_from(solved: Solved, statistic: Any) -> Any | None:
    """The statistic in terms of the estimate, from θ̂ = g(S) or, where g is a square root, from θ̂² = g(S)²."""
    name = sp.Dummy("S", positive=True)
    shape = solved.solution.xreplace({statistic: name})
    difference = solved.letter - shape
    if any(p.exp.is_Rational and p.exp.q == 2 for p in shape.atoms(sp.Pow)):
        difference = solved.letter**2 - sp.expand(shape**2)
    top = sp.numer(sp.together(difference))
    if not top.is_polynomial(name) or sp.degree(top, name) != 1:
        return None
    slope, rest = sp.Poly(top, name).all_coeffs()
    return sp.cancel(-rest / slope)


def strictly_inside(solved: Solved, facts: Facts) -> tuple[Statement, ...]:
    """The estimate lies inside its open domain: the ends that the facts do not settle by themselves."""
    domain = facts.domains[solved.letter]
    assert isinstance(domain, Interval)
    conditions = []
    if domain.lower != -sp.oo and sign(solved.solution - domain.lower, facts) != "+":
        conditions.append(Statement(solved.hat, GREATER, domain.lower))
    if domain.upper != sp.oo and sign(domain.upper - solved.solution, facts) != "+":
        conditions.append(Statement(solved.hat, LESS, domain.upper))
    return tuple(conditions) or defined(solved.solution, facts)


def defined(solution: Any, facts: Facts) -> tuple[Statement, ...]:
    """What stands under a logarithm is positive: its numerator and denominator, where they are known to be ≥ 0."""
    conditions: list[Statement] = []
    for node in sorted(solution.atoms(sp.log), key=sp.default_sort_key):
        if statistics(node.args[0]) and not any(node in total.atoms(sp.log) for total in statistics(solution)):
            parts = [part for part in sp.fraction(node.args[0]) if sign(part, facts) != "+"]
            if parts and all(sign(part, facts) == ">=0" for part in parts):
                conditions.extend(Statement(part, GREATER, sp.Integer(0)) for part in parts)
    return tuple(dict.fromkeys(conditions))
