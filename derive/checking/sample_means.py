"""E and Var of a statistic as expected values of single observations, sums and integrals: what the judge can weigh."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.closed_integrals import integral
from derive.checking.sample_laws import distribution_function, sum_density
from derive.checking.sample_moments import mean_of_terms
from derive.checking.sample_terms import Sample, multiplied
from derive.core.domains import Integers, Interval, assumptions
from derive.core.facts import Facts
from derive.core.nodes import Indicator, Largest, OverData, Smallest
from derive.core.ranges import settled
from derive.core.relation import AT_LEAST, AT_MOST
from derive.core.sample_functionals import SampleVariance
from derive.core.statement import Statement


def over_sample(e: Any, facts: Facts) -> Any:
    """The expected value or variance in terms of one observation at a time.

    Raises:
        GivesUp: no rule takes it apart.
    """
    sample = Sample(facts)
    expr = sample.written_out(e.args[0])
    if not sample.drawn(expr) and expr.atoms(sp.Indexed):
        # Nothing says what these observations follow.
        raise GivesUp("law")
    if isinstance(e, SampleVariance):
        return variance(sample, expr)
    return mean(sample, expr)


def mean(sample: Sample, expr: Any) -> Any:
    """E[expr]."""
    if expr.is_Add:
        return sp.Add(*(mean(sample, term) for term in expr.args))
    if not sample.drawn(expr):
        return expr
    for rule in (by_order, by_terms, by_total):
        try:
            made = rule(sample, expr)
        except GivesUp as stop:
            reason = stop.reason
            continue
        if made is not None:
            return made
    expanded = sp.expand(expr)
    if expanded.is_Add:
        return mean(sample, expanded)
    raise GivesUp("statistic" if expr.is_Add else reason)


def variance(sample: Sample, expr: Any) -> Any:
    """E[T²] − (E[T])², where it can be by the cumulants of its terms."""
    try:
        terms = sample.terms(expr)
        first = [t for t in terms if t.parts]
        return mean_of_terms(sample, multiplied(first, first)) - mean_of_terms(sample, first) ** 2
    except GivesUp:
        return mean(sample, sp.expand(expr**2)) - mean(sample, expr) ** 2


def by_terms(sample: Sample, expr: Any) -> Any:
    return mean_of_terms(sample, sample.terms(expr))


def by_total(sample: Sample, expr: Any) -> Any:
    """E g(X_1 + … + X_n) by the law of the sum; None for other statistics."""
    for total in sorted(expr.atoms(sp.Sum), key=sp.default_sort_key):
        index, low, high = total.limits[0]
        entry = total.function
        if len(total.limits) != 1 or low != 1 or not isinstance(entry, sp.Indexed) or entry.base not in sample.laws:
            continue
        if entry.indices != (index,) or sample.facts.shapes[entry.base] != (high,):
            continue
        law = sample.law(entry.base)
        if law.density is None or any(i in law.letters for i in sample.facts.indices):
            continue
        if others_in(sample, entry.base) & law.letters:
            continue
        letter = sp.Symbol("_s", **assumptions(law.support))
        inside = expr.xreplace({total: letter})
        found = sum_density(law, high, letter)
        if found is None or sample.drawn(inside):
            continue
        density, first, last = found
        if isinstance(law.support, Integers):
            return sp.Sum(inside * density, (letter, first, last))
        return integral(inside * density, letter, first, last, sample.facts)
    return None


def others_in(sample: Sample, key: Any) -> set[Any]:
    """The letters of everything random but this."""
    return {k.label if isinstance(k, sp.IndexedBase) else k for k in sample.laws if k != key}


def by_order(sample: Sample, expr: Any) -> Any:
    """E g(max X_i), E g(min X_i) and P(X_i ≤ y) by the distribution function; None for other statistics."""
    picked = {e for e in expr.atoms(OverData) if sample.drawn(e)}
    if len(picked) != 1:
        return single_chance(sample, expr) if not picked else None
    (chosen,) = picked
    index, low, high = chosen.limits[0]
    entry = chosen.function
    if low != 1 or not isinstance(entry, sp.Indexed) or entry.indices != (index,) or entry.base not in sample.laws:
        return None
    law = sample.law(entry.base)
    if law.density is None:
        return None
    letter = sp.Symbol("_y", **assumptions(law.support))
    inside = expr.xreplace({chosen: letter})
    if sample.facts.shapes[entry.base] != (high,) or sample.drawn(inside) or not isinstance(chosen, Largest | Smallest):
        return None
    if any(i in law.letters for i in sample.facts.indices) or not isinstance(law.support, Interval):
        return None
    if others_in(sample, entry.base) & law.letters:
        return None
    if (chance := indicated(inside, letter)) is not None:
        side, end = chance
        below = inner_chance(sample, law, end)
        if below is None:
            return None
        none = below**high if isinstance(chosen, Largest) else 1 - (1 - below) ** high
        return none if side == "below" else 1 - none
    below = distribution_function(law, letter)
    if below is None:
        return None
    share = below if isinstance(chosen, Largest) else 1 - below
    density = high * share ** (high - 1) * law.density.xreplace({law.variable: letter})
    return integral(inside * density, letter, law.support.lower, law.support.upper, sample.facts)


def single_chance(sample: Sample, expr: Any) -> Any:
    """P(X ≤ y) for one observation."""
    drawn = sample.drawn(expr)
    if len(drawn) != 1 or not isinstance(expr, Indicator):
        return None
    ((key, place),) = drawn
    law = sample.law(key)
    if law.density is None or others_in(sample, key) & law.letters:
        return None
    chance = indicated(expr, key if place is None else key[place])
    if chance is None or any(i in law.letters for i in sample.facts.indices):
        return None
    side, end = chance
    below = inner_chance(sample, law, end)
    return below if side == "below" or below is None else 1 - below


def indicated(expr: Any, letter: Any) -> tuple[str, Any] | None:
    """Of 1{letter ≤ end} or 1{end ≤ letter} the side and the end; None for anything else."""
    if not isinstance(expr, Indicator) or expr.args[1].name not in ("<", "<="):
        return None
    low, _, high = expr.args
    if low == letter and letter not in high.free_symbols:
        return "below", high
    return ("above", low) if high == letter and letter not in low.free_symbols else None


def inner_chance(sample: Sample, law: Any, end: Any) -> Any:
    """P(X ≤ end) for an end that is certainly inside the support of a density; None for others."""
    if not isinstance(law.support, Interval) or sample.drawn(end):
        return None
    ends = ((end, AT_LEAST, law.support.lower), (end, AT_MOST, law.support.upper))
    if not all(other.is_infinite or settled(Statement(a, r, other), sample.facts) for a, r, other in ends):
        return None
    known = distribution_function(law, end)
    return sp.Integral(law.density, (law.variable, law.support.lower, end)) if known is None else known
