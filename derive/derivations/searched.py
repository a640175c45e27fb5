"""Estimates without a formula, from given data: found by numbers, the other parameters by their formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY
from derive.derivations.numbers import DIGITS, counted
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Search, Section
from derive.models.sample import INDEX, SIZE
from derive.numerics.columns import Columns
from derive.numerics.found import Boundary, Found
from derive.numerics.maximise import maximum

PRECISION = 30


def with_numbers(derivation: MaximumLikelihood, values: Sequence[Any], counts: Sequence[int]) -> MaximumLikelihood:
    """The derivation with a last section: the maximum for these data, or that there is none."""
    sample, search = derivation.sample, derivation.search
    assert search is not None
    columns = Columns(sample.data, values, counts, INDEX, SIZE)
    domains: Any = {v: sample.distribution.parameter(v).domain for v in search.scores}
    found = maximum(search.objective, search.scores, domains, columns)
    size = sum(counts)
    if isinstance(found, Boundary):
        return without_maximum(derivation, found, size)
    numbers = at_point(columns, search, found)
    if any(not inside(sample, v, number) for v, number in numbers.items()):
        return without_maximum(derivation, Boundary(tuple(search.scores), ()), size)
    estimates = tuple(replace(e, value=numbers[e.letter]) for e in derivation.estimates)
    section = Section(
        Phrase("numbers_heading"),
        (*counted(size), Phrase("found_by_numbers", {"letters": tuple(search.scores)})),
        tuple(value_chain(e, sample.facts) for e in estimates),
        (comparison(found),),
    )
    because = Phrase("largest_found", {"letters": sample.letters})
    return replace(
        derivation,
        sections=(*derivation.sections, section),
        estimates=estimates,
        size=size,
        log_likelihood=float_of(found.objective),
        optimum=Optimum("maximum", because, "tested"),
    )


def float_of(number: Any) -> Any:
    """A number of the columns' arithmetic as SymPy's."""
    return sp.Float(str(number), PRECISION)


def at_point(columns: Columns, search: Search, found: Found) -> dict[Any, Any]:
    """Every parameter's value: those found, and those that a formula gives from them."""
    numbers = {v: float_of(n) for v, n in found.point.items()}
    return numbers | {v: float_of(columns.value(e, found.point)) for v, e in search.formulas.items()}


def inside(sample: Any, letter: Any, number: Any) -> bool:
    """Is the number in the parameter's open domain?"""
    domain = sample.distribution.parameter(letter).domain
    return bool(domain.lower < number) and bool(number < domain.upper)


def value_chain(estimate: Estimate, facts: Facts) -> Chain:
    """θ̂ ≈ its digits."""
    rounded = sp.Float(estimate.value, DIGITS)
    known = facts.defining(estimate.hat, estimate.value)
    step = Step(estimate.hat, APPROXIMATELY, rounded, "decimals", Phrase("decimals"))
    return Chain(Phrase("numbers_topic", {"letter": estimate.hat}), estimate.hat, (step,), known)


def comparison(found: Found) -> Phrase:
    """Was this the only maximum that the search saw, or the largest of several?"""
    return Phrase("several_maxima", {"others": found.others}) if found.others else Phrase("one_maximum")


def without_maximum(derivation: MaximumLikelihood, found: Boundary, size: int) -> MaximumLikelihood:
    """The likelihood grows towards the boundary: no number is given."""
    letters = found.letters or tuple(v for v in derivation.sample.letters)
    if found.flat or not found.ends:
        case = Phrase("no_maximum_found", {"letters": letters})
    else:
        case = Phrase("grows_to_boundary", {"letters": letters, "ends": tuple(found.ends)})
    section = Section(Phrase("numbers_heading"), counted(size), (), (case,))
    return replace(
        derivation,
        sections=(*derivation.sections, section),
        estimates=tuple(replace(e, value=None) for e in derivation.estimates),
        size=size,
        optimum=Optimum("none", case),
    )
