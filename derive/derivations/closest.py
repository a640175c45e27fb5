"""Which member of p's family is closest to a fixed q: the stationary point of the divergence, where it is zero."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Interval, contains
from derive.core.nodes import Partial, named_function
from derive.core.phrase import Phrase
from derive.core.relation import AT_LEAST, EQUAL, EQUIVALENT
from derive.core.statement import equation
from derive.derivations.calculus import derivative_chain
from derive.derivations.information import Information
from derive.derivations.result import Section
from derive.derivations.stationary import set_to_zero
from derive.models.comparison import Named

MOST_DEGREE = 2


def with_closest(found: Information, p: Named, q: Named) -> Information:
    """The divergence with a section on its minimum, if q is fixed and it vanishes at its stationary point."""
    letters = [x.letter for x in p.distribution.parameters if isinstance(x.domain, Interval)]
    if q.distribution.parameters or not letters or len(letters) != len(p.distribution.parameters):
        return found
    if not found.closed or not found.finite or found.conditions:
        return found
    solution = stationary_point(found.value, letters, found)
    if solution is None or sp.expand(found.value.subs(solution)) != 0:
        return found
    name = named_function("D")(*letters)
    facts = found.facts.defining("D", sp.Lambda(tuple(letters), found.value))
    chains = []
    for letter in letters:
        slope = derivative_chain(name, found.value, letter, facts, Phrase("score_topic", {"letter": letter}))
        zero, written, solved = equation(Partial(name, letter)), equation(slope.end), equation(letter, solution[letter])
        steps = [set_to_zero(zero, written, letter)]
        if written != solved:
            steps.append(Step(written, EQUIVALENT, solved, "solved", Phrase("solved", {"letter": letter})))
        stationary = Chain(Phrase("stationary_topic", {"letter": letter}), zero, tuple(steps), facts, (letter,))
        chains += [slope, stationary]
    at = named_function("D")(*(solution[s] for s in letters))
    value = Step(at, EQUAL, sp.Integer(0), "numbers_in_formula", Phrase("numbers_in_formula"))
    chains.append(Chain(Phrase("closest_value_topic"), at, (value,), facts))
    start = found.quantity
    bound = Step(
        start,
        AT_LEAST,
        sp.Integer(0),
        "divergence_not_negative",
        Phrase("divergence_not_negative", {"divergence": start}),
    )
    chains.append(Chain(Phrase("closest_bound_topic"), start, (bound,), found.facts))
    where = tuple(equation(s, solution[s]) for s in letters)
    section = Section(
        Phrase("closest_heading"),
        (Phrase("closest_intro", {"name": name, "quantity": found.quantity}),),
        tuple(chains),
        (Phrase("closest_result", {"where": where}),),
    )
    return replace(found, sections=(*found.sections, section))


def stationary_point(value: Any, letters: list[Any], found: Information) -> dict[Any, Any] | None:
    """The admissible solution of grad = 0 where each equation has one letter, and that to the second degree at most."""
    solution: dict[Any, Any] = {}
    for letter in letters:
        top = sp.numer(sp.together(sp.diff(value, letter)))
        if not top.is_polynomial(letter) or top.free_symbols != {letter} or sp.degree(top, letter) > MOST_DEGREE:
            return None
        domain = found.facts.domains[letter]
        roots = [r for r in sp.roots(sp.Poly(top, letter)) if r.is_real and contains(domain, r)]
        if len(roots) != 1:
            return None
        solution[letter] = roots[0]
    return solution
