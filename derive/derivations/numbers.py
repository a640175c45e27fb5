"""The data put into the estimates."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Simplex, contains
from derive.core.facts import Facts
from derive.core.nodes import InverseDigamma, Median, OverData, Smallest
from derive.core.observed import Observed, counted_up
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, EQUAL
from derive.core.statement import equation
from derive.core.trees import mentions, rebuild, split_factor, substitute, terms
from derive.derivations.closed_end import closed_end, ending_at, slope_at
from derive.derivations.estimates import renamed
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Section
from derive.derivations.solved import statistics
from derive.models.sample import INDEX, SIZE, Sample, free_index
from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns, decimal
from derive.rules.logarithms import LOGARITHMS
from derive.strategies import exhaust

DIGITS = 6
HELD = 15
MOST_EXACT = 200
LONGEST = 40


def total_over_data(node: Any, values: Sequence[Any], counts: Sequence[int]) -> Any:
    """Σ_i g(x_i), the values weighted by how often they occur."""
    data = next(e for e in node.function.atoms(sp.Indexed) if INDEX in e.indices).base
    entries = [e for e in node.function.atoms(sp.Indexed) if e.base == data]
    result = sp.Integer(0)
    for value, count in zip(values, counts, strict=True):
        put = {e: value[int(e.indices[1]) - 1] if len(e.indices) > 1 else value for e in entries}
        result += count * substitute(node.function, put)
    return result


def with_data(expr: Any, values: Sequence[Any], counts: Sequence[int]) -> Any:
    """The expression at these observations; bound indices other than the observations' are written out."""
    size = sum(counts)
    if isinstance(expr, sp.Sum):
        index, lower, upper = expr.limits[0]
        inner = (
            with_data(expr.function, values, counts)
            if statistics(expr.function) or expr.function.has(OverData)
            else expr.function
        )
        node = sp.Sum(inner, expr.limits[0])
        if index == INDEX or upper == SIZE:
            body = inner if index == INDEX else inner.xreplace(_indices(inner, index))
            if body.has(sp.Indexed):
                return total_over_data(sp.Sum(body, (INDEX, lower, upper)), values, counts)
            return size * body
        return sp.Add(
            *(
                with_data(substitute(node.function, {index: sp.Integer(k)}), values, counts)
                for k in range(int(lower), int(upper) + 1)
            )
        )
    if isinstance(expr, OverData):
        return picked(expr, values, counts)
    if expr == SIZE:
        return sp.Integer(size)
    return (
        rebuild(expr, tuple(with_data(a, values, counts) for a in expr.args))
        if expr.args and not isinstance(expr, sp.Indexed)
        else expr
    )


def picked(expr: Any, values: Sequence[Any], counts: Sequence[int]) -> Any:
    """The smallest, largest or middle one of the entries."""
    index = expr.limits[0][0]
    entries = [e for e in expr.function.atoms(sp.Indexed) if index in e.indices]
    made = [substitute(expr.function, dict.fromkeys(entries, v)) for v in values]
    if isinstance(expr, Median):
        order = [v for v, c in sorted(zip(made, counts, strict=True)) for _ in range(c)]
        return (order[(len(order) - 1) // 2] + order[len(order) // 2]) / 2
    return min(made) if isinstance(expr, Smallest) else max(made)


def _indices(expr: Any, index: Any) -> dict[Any, Any]:
    return {e: e.base[tuple(INDEX if n == index else n for n in e.indices)] for e in expr.atoms(sp.Indexed)}


def put_in(derivation: MaximumLikelihood, values: Sequence[Any], counts: Sequence[int]) -> MaximumLikelihood:
    """The derivation with a last section: the estimates and the log-likelihood at the data.

    Few different observations are put in exactly; the estimates from many are numbers from the start.
    """
    sample = derivation.sample
    observed = together(values, counts)
    columns = Columns(sample.data, observed.values, observed.counts, INDEX, SIZE)
    facts = sample.facts.observing(sample.data, observed).defining(SIZE, sp.Integer(observed.size))
    chains, estimates, failed = [], [], []
    point: dict[Any, Any] = {}
    for estimate in derivation.estimates:
        found: list[Any] = []
        for hat, expr in entries(estimate, sample):
            value = number_of(expr, observed, columns)
            if not inside(value, estimate, sample, point):
                end = closed_end(sample, estimate, value)
                slope = None if end is None else slope_at(derivation, end, columns, facts)
                if slope is not None:
                    at_end = ending_at(derivation, end, (slope,), facts, counted(observed.size))
                    height = log_likelihood_of(sample, at_end.estimates, columns)
                    return replace(at_end, size=observed.size, log_likelihood=height)
                failed.append(estimate)
                break
            found.append(value)
            made = decimal_chain if value.is_Float else number_chain
            chains.append(made(facts.defining(hat, expr), hat, expr, value, observed))
        else:
            estimates.append(replace(estimate, value=tuple(found) if len(found) > 1 else found[0]))
            point[estimate.letter] = found[0]
    size, intro = observed.size, counted(observed.size)
    if failed:
        slots = {
            "letters": tuple(e.letter for e in failed),
            "conditions": tuple(c for e in failed for c in e.conditions),
        }
        key = "data_at_boundary" if slots["conditions"] else "data_outside"
        case = Phrase(key, slots if slots["conditions"] else {"letters": slots["letters"]})
        return replace(
            derivation,
            sections=(*derivation.sections, Section(Phrase("numbers_heading"), intro, (), (case,))),
            size=size,
            estimates=tuple(replace(e, value=None) for e in derivation.estimates),
            optimum=Optimum("none", case),
        )
    return replace(
        derivation,
        sections=(*derivation.sections, Section(Phrase("numbers_heading"), intro, tuple(chains))),
        size=size,
        estimates=tuple(estimates),
        log_likelihood=log_likelihood_of(sample, estimates, columns),
    )


def number_of(expr: Any, observed: Observed, columns: Columns) -> Any:
    """The value at the data: exact where few observations make it short, else a float."""
    if len(observed.values) <= MOST_EXACT and not expr.has(InverseDigamma):
        value = with_data(expr, observed.values, observed.counts)
        if value.count_ops() <= LONGEST:
            return value
    return decimal(columns.value(expr))


def together(values: Sequence[Any], counts: Sequence[int]) -> Observed:
    """The different observations, equal ones counted together; floats are left as they are."""
    if isinstance(values, array):
        return Observed(values, counts, counted_up(counts))
    found: dict[Any, int] = {}
    for value, count in zip(values, counts, strict=True):
        found[value] = found.get(value, 0) + count
    return Observed(tuple(found), tuple(found.values()), sum(found.values()))


def counted(size: int) -> tuple[Phrase, ...]:
    """How many observations there are."""
    return (Phrase("data_size", {"size": size}) if size > 1 else Phrase("data_size_one"),)


def entries(estimate: Estimate, sample: Sample) -> tuple[tuple[Any, Any], ...]:
    """The estimate, or each entry of an estimated vector."""
    if not isinstance(estimate.letter, sp.Indexed):
        return ((estimate.hat, estimate.expr),)
    domain = sample.distribution.parameter(estimate.letter.base).domain
    assert isinstance(domain, Simplex)
    size = int(domain.size)
    return tuple(
        (substitute(estimate.hat, {free_index(): sp.Integer(k)}), estimate.expr.xreplace(_at(estimate.expr, k)))
        for k in range(1, size + 1)
    )


def _at(expr: Any, k: int) -> dict[Any, Any]:
    return {
        e: e.base[tuple(sp.Integer(k) if n == free_index() else n for n in e.indices)] for e in expr.atoms(sp.Indexed)
    }


def inside(value: Any, estimate: Estimate, sample: Sample, point: Mapping[Any, Any] | None = None) -> bool:
    """Is the number inside the open domain, whose ends may be parameters that are known by now?"""
    if isinstance(estimate.letter, sp.Indexed):
        return bool(value > 0)
    domain: Any = sample.distribution.parameter(estimate.letter).domain
    if point:
        domain = replace(domain, lower=domain.lower.xreplace(point), upper=domain.upper.xreplace(point))
    if domain.lower.free_symbols or domain.upper.free_symbols:
        return bool(value.is_finite)
    return bool(value.is_finite) and contains(domain, value)


def number_chain(facts: Facts, hat: Any, expr: Any, value: Any, observed: Observed) -> Chain:
    """θ̂ = its formula = the number ≈ its decimals."""
    known = tuple(equation(node, with_data(node, observed.values, observed.counts)) for node in statistics(expr))
    slots = {"statistics": known, "size": observed.size}
    steps = [Step(hat, EQUAL, expr, "estimate", Phrase("estimate_again", {"letter": hat}))]
    steps.append(Step(expr, EQUAL, value, "numbers_put_in", Phrase("numbers_put_in", slots)))
    steps.extend(decimals(value))
    return Chain(Phrase("numbers_topic", {"letter": hat}), hat, tuple(steps), facts)


def decimal_chain(facts: Facts, hat: Any, expr: Any, value: Any, observed: Observed) -> Chain:
    """θ̂ = its formula ≈ the number's decimals."""
    rounded = to_digits(value)
    steps = (
        Step(hat, EQUAL, expr, "estimate", Phrase("estimate_again", {"letter": hat})),
        Step(expr, APPROXIMATELY, rounded, "numbers_put_in", Phrase("many_numbers_put_in", {"size": observed.size})),
    )
    return Chain(Phrase("numbers_topic", {"letter": hat}), hat, steps, facts)


def to_digits(value: Any) -> Any:
    """The number rounded once, to six decimal digits; a Float of so few would be rounded in binary first."""
    return sp.Float(f"{Decimal(str(value)):.{DIGITS - 1}e}", HELD)


def decimals(value: Any) -> tuple[Step, ...]:
    """The number as a decimal, exact or rounded; no step for an integer."""
    if value.is_Integer or value.is_Float:
        return ()
    rounded = to_digits(value.evalf(HELD))
    exact = value.is_Rational and sp.Rational(str(rounded)) == value
    return (Step(value, EQUAL if exact else APPROXIMATELY, rounded, "decimals", Phrase("decimals")),)


def log_likelihood_at(
    sample: Sample, estimates: Sequence[Estimate], values: Sequence[Any], counts: Sequence[int]
) -> Any:
    """log L at the estimates."""
    observed = together(values, counts)
    return log_likelihood_of(
        sample, estimates, Columns(sample.data, observed.values, observed.counts, INDEX, SIZE, precise=True)
    )


def log_likelihood_of(sample: Sample, estimates: Sequence[Estimate], columns: Columns) -> Any:
    """Σ_i log f(x_i; θ̂), the logarithm opened so that small densities do not vanish."""
    point: dict[Any, Any] = {}
    total = sp.Add(*(over_data(t) for t in terms(opened(sample.density_at(INDEX).doit(), sample.facts))))
    for e in estimates:
        if isinstance(e.letter, sp.Indexed):
            point |= {e.letter.base[k + 1]: v for k, v in enumerate(e.value)}
        elif columns.precise:
            point[e.letter] = e.value
        else:
            # The formula itself, whose sums are known by now.
            total = with_formula(total, e.letter, e.expr)
    try:
        return decimal(columns.value(total, point), 30)
    except NoValue:
        # No arithmetic here holds the logarithm of (10^300)!.
        return None


def with_formula(expr: Any, letter: Any, formula: Any) -> Any:
    """The letter replaced by its estimate's formula, with another index under sums."""
    if isinstance(expr, sp.Sum):
        return substitute(expr, {letter: renamed(formula)})
    if expr == letter:
        return formula
    return rebuild(expr, tuple(with_formula(a, letter, formula) for a in expr.args)) if expr.args else expr


def opened(density: Any, facts: Facts) -> Any:
    """log of a density, its factors' logarithms apart."""
    whole = sp.log(density, evaluate=False)
    steps = exhaust(LOGARITHMS, whole, facts)
    return sp.expand_mul(steps[-1].after) if steps else whole


def over_data(term: Any) -> Any:
    """Σ_i of a term."""
    free, bound = split_factor(term, INDEX)
    return free * sp.Sum(bound, (INDEX, 1, SIZE)) if mentions(term, INDEX) else SIZE * term
