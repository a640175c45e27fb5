"""A maximum at an end of the domain that belongs to it, where the formula's value lies beyond that end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Interval
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, GREATER, LESS
from derive.core.trees import substitute
from derive.derivations.likelihood import named_log_likelihood
from derive.derivations.result import Estimate, MaximumLikelihood, Section
from derive.models.sample import Sample
from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns


def closed_end(sample: Sample, estimate: Estimate, value: Any) -> Any | None:
    """The end of the only parameter's domain beyond which the value lies, if it belongs to the domain."""
    if len(sample.unknown) != 1 or isinstance(estimate.letter, sp.Indexed):
        return None
    domain = sample.unknown[0].domain
    if not value.is_extended_real or not isinstance(domain, Interval):
        return None
    if domain.lower.free_symbols or domain.upper.free_symbols:
        return None
    if not domain.lower_open and value < domain.lower:
        return domain.lower
    return domain.upper if not domain.upper_open and value > domain.upper else None


def slope_at(derivation: MaximumLikelihood, end: Any, columns: Columns, facts: Facts) -> Chain | None:
    """∂ℓ/∂θ points out of the domain at its end, and ℓ is smaller inside; None where that is not seen.

    The derivative has no root in the domain, so it keeps its sign there, and ℓ is largest at the end.
    """
    sample = derivation.sample
    (letter,) = sample.letters
    domain: Any = sample.unknown[0].domain
    start = Partial(named_log_likelihood(sample), letter)
    found = [c for c in derivation.chains if c.start == start]
    steps = [s for s in found[0].steps if s.relation == EQUAL] if found else []
    if not steps:
        return None
    slope = substitute(steps[-1].after, {letter: end})
    relation = GREATER if end == domain.upper else LESS
    log_likelihood = next(c.end for c in derivation.chains if c.start == named_log_likelihood(sample))
    try:
        outwards = columns.value(slope)
        height = columns.value(log_likelihood, {letter: end})
        lower = all(columns.value(log_likelihood, {letter: inner}) <= height for inner in inside(domain, end))
    except NoValue:
        return None
    if not lower or not (outwards > 0 if relation is GREATER else outwards < 0):
        return None
    slots = {"letter": letter, "end": end}
    step = Step(slope, relation, sp.Integer(0), "slope_at_end", Phrase("slope_at_end", slots))
    return Chain(Phrase("slope_at_end_topic", {"end": end}), slope, (step,), facts)


def inside(domain: Interval, end: Any) -> Iterator[Any]:
    """Points of the domain, further and further from its end."""
    away = 1 if end == domain.lower else -1
    other = domain.upper if away > 0 else domain.lower
    for k in range(1, 12):
        yield end + (other - end) * sp.Rational(k, 12) if other.is_finite else end + away * sp.Integer(2) ** (k - 6)


def ending_at(
    derivation: MaximumLikelihood, end: Any, chains: tuple[Chain, ...], facts: Facts, intro: tuple[Phrase, ...]
) -> MaximumLikelihood:
    """The derivation with a last section: the estimate is the end, by the sign there or, without one, by a search."""
    (estimate,) = derivation.estimates
    slots = {"letter": estimate.letter, "end": end}
    said = Phrase("estimate_at_closed_end" if chains else "estimate_at_seen_end", slots)
    known = facts.defining(estimate.hat, end)
    step = Step(estimate.hat, EQUAL, end, "estimate", said)
    last = Chain(Phrase("numbers_topic", {"letter": estimate.hat}), estimate.hat, (step,), known)
    section = Section(Phrase("numbers_heading"), intro, (*chains, last))
    return replace(
        derivation,
        sections=(*derivation.sections, section),
        estimates=(replace(estimate, value=end),),
        optimum=replace(derivation.optimum, because=said),
    )
