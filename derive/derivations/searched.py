"""Estimates without a formula, from given data: found by numbers, the other parameters by their formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Interval, entry_domain
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, AT_LEAST, AT_MOST, GREATER, LESS, TENDS
from derive.core.statement import Statement
from derive.core.trees import substitute
from derive.derivations.bound import Bound
from derive.derivations.closed_end import ending_at
from derive.derivations.numbers import DIGITS, counted, to_digits, together
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Search, Section
from derive.derivations.unfinished import equation_name
from derive.models.sample import INDEX, SIZE, Sample, free_index
from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns
from derive.numerics.found import Boundary, Found
from derive.numerics.maximise import maximum

PRECISION = 30


def with_numbers(derivation: MaximumLikelihood, values: Sequence[Any], counts: Sequence[int]) -> MaximumLikelihood:
    """The derivation with a last section: the maximum for these data, or that there is none."""
    sample, search = derivation.sample, derivation.search
    assert search is not None
    columns = Columns(sample.data, values, counts, INDEX, SIZE)
    search = by_entry(search, sample)
    domains: Any = {v: within(domain_of_letter(sample, v), search.bounds.get(v, ()), values) for v in search.scores}
    if any(sp.Ge(d.lower, d.upper) == sp.true for d in domains.values()):
        return without_maximum(derivation, Boundary(tuple(search.scores), ()), sum(counts))
    found = maximum(search.objective, search.scores, domains, columns)
    size = sum(counts)
    if isinstance(found, Boundary):
        height = height_at(found, search, columns)
        if height is None:
            return without_maximum(derivation, found, size)
        told = (*counted(size), Phrase("grows_to_closed_end", {"letter": found.letters[0], "end": found.ends[0]}))
        made = ending_at(derivation, found.ends[0], (), sample.facts, told)
        return replace(made, size=size, log_likelihood=height, optimum=replace(made.optimum, verdict="tested"))
    if not found.hessian_negative:
        return without_number(derivation, Phrase("maximum_not_isolated", {"letters": sample.letters}), size)
    numbers = at_point(columns, search, found)
    if any(not inside(sample, v, number) for v, number in numbers.items()):
        return without_maximum(derivation, Boundary(tuple(search.scores), ()), size)
    estimates = tuple(replace(e, value=value_of(e.letter, numbers)) for e in derivation.estimates)
    observed = together(values, counts)
    facts = sample.facts.observing(sample.data, observed).defining(SIZE, sp.Integer(observed.size))
    section = Section(
        Phrase("numbers_heading"),
        (*counted(size), Phrase("found_by_numbers", {"letters": tuple(search.scores)})),
        (*bracket(search, numbers, facts), *(c for e in estimates for c in value_chains(e, sample.facts))),
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


def by_entry(search: Search, sample: Sample) -> Search:
    """The equation of entry k written for each k."""
    scores: dict[Any, Any] = {}
    for letter, score in search.scores.items():
        if isinstance(letter, sp.Indexed):
            size = int(sample.distribution.parameter(letter.base).domain.size)  # type: ignore[union-attr]
            for k in range(1, size + 1):
                scores[letter.base[k]] = substitute(score, {free_index(): sp.Integer(k)})
        else:
            scores[letter] = score
    return replace(search, scores=scores)


def domain_of_letter(sample: Sample, letter: Any) -> Any:
    """Where a parameter, or an entry of a vector of parameters, lives."""
    if isinstance(letter, sp.Indexed):
        domain: Any = sample.distribution.parameter(letter.base).domain
        return entry_domain(domain)
    return sample.distribution.parameter(letter).domain


def height_at(found: Boundary, search: Search, columns: Columns) -> Any | None:
    """The log-likelihood at the end to which it grows; None if the end does not belong to the domain."""
    if not found.attained or len(found.ends) != 1 or search.formulas or len(search.scores) != 1:
        return None
    try:
        return float_of(columns.value(substitute(search.objective, {found.letters[0]: found.ends[0]})))
    except NoValue:
        return None


def within(domain: Any, bounds: Sequence[Bound], values: Sequence[Any]) -> Any:
    """The part of the domain that leaves every observation in the support."""
    if not bounds:
        return domain
    smallest, largest = sp.Rational(min(values)), sp.Rational(max(values))
    for b in bounds:
        end = b.at(smallest, largest)
        if b.relation == AT_LEAST and end >= domain.lower:
            domain = Interval(end, domain.upper, True, domain.upper_open)
        elif b.relation == AT_MOST and end <= domain.upper:
            domain = Interval(domain.lower, end, domain.lower_open, True)
    return domain


def inside(sample: Sample, letter: Any, number: Any) -> bool:
    """Is the number in the parameter's open domain?"""
    domain = domain_of_letter(sample, letter)
    return bool(domain.lower < number) and bool(number < domain.upper)


def value_of(letter: Any, numbers: Mapping[Any, Any]) -> Any:
    """The parameter's number; those of all entries of a vector."""
    if letter in numbers:
        return numbers[letter]
    return tuple(n for v, n in numbers.items() if isinstance(v, sp.Indexed) and v.base == letter.base)


def value_chains(estimate: Estimate, facts: Facts) -> tuple[Chain, ...]:
    """θ̂ ≈ its digits, for each entry of a vector."""
    if not isinstance(estimate.value, tuple):
        return (value_chain(estimate.hat, estimate.value, facts),)
    return tuple(value_chain(estimate.hat.base[k], value, facts) for k, value in enumerate(estimate.value, start=1))


def value_chain(hat: Any, value: Any, facts: Facts) -> Chain:
    """θ̂ ≈ its digits."""
    rounded = to_digits(value)
    known = facts.defining(hat, value)
    step = Step(hat, APPROXIMATELY, rounded, "decimals", Phrase("decimals"))
    return Chain(Phrase("numbers_topic", {"letter": hat}), hat, (step,), known)


def bracket(search: Search, numbers: Mapping[Any, Any], facts: Facts) -> tuple[Chain, ...]:
    """h is positive a little below the root and negative a little above it; for several letters there is no bracket."""
    if len(search.scores) != 1:
        return ()
    ((letter, score),) = search.scores.items()
    name = equation_name(letter)
    known = facts.defining(name(letter).func.__name__, sp.Lambda(letter, score))
    low, high = neighbours(numbers[letter])
    topic = Phrase("bracket_topic", {"letter": letter, "low": low, "high": high})
    above = Step(name(low), GREATER, sp.Integer(0), "bracket", Phrase("bracket", {"at": low}))
    below = Step(name(high), LESS, sp.Integer(0), "bracket", Phrase("bracket", {"at": high}))
    return (
        Chain(topic, name(low), (above,), known),
        Chain(Phrase("bracket_above", {"at": high}), name(high), (below,), known),
    )


def neighbours(value: Any) -> tuple[Any, Any]:
    """The numbers of six digits next to the value, below and above."""
    exact = Decimal(str(value))
    unit = Decimal(1).scaleb(exact.adjusted() + 1 - DIGITS)
    low = (exact / unit).to_integral_value(ROUND_FLOOR) * unit
    if low == exact:
        low -= unit
    high = low + (2 * unit if low + unit == exact else unit)
    # Few digits, but many places: SymPy evaluates functions of a decimal at the decimal's own precision.
    return sp.Float(str(low), PRECISION), sp.Float(str(high), PRECISION)


def comparison(found: Found) -> Phrase:
    """Was this the only maximum that the search saw, or the largest of several?"""
    if found.tied:
        return Phrase("tied_maxima", {"tied": found.tied})
    return Phrase("several_maxima", {"others": found.others}) if found.others else Phrase("one_maximum")


def without_maximum(derivation: MaximumLikelihood, found: Boundary, size: int) -> MaximumLikelihood:
    """The likelihood grows towards the boundary: no number is given."""
    letters = found.letters or tuple(v for v in derivation.sample.letters)
    if found.flat or not found.ends:
        case = Phrase("no_maximum_found", {"letters": letters})
    else:
        moves = tuple(Statement(v, TENDS, e) for v, e in zip(found.letters, found.ends, strict=True))
        case = Phrase("grows_to_boundary", {"moves": moves})
    return without_number(derivation, case, size)


def without_number(derivation: MaximumLikelihood, case: Phrase, size: int) -> MaximumLikelihood:
    """The derivation closed by the reason why these data give no number."""
    section = Section(Phrase("numbers_heading"), counted(size), (), (case,))
    return replace(
        derivation,
        sections=(*derivation.sections, section),
        estimates=tuple(replace(e, value=None) for e in derivation.estimates),
        size=size,
        optimum=Optimum("none", case, "tested"),
    )
