"""When the estimate exists: the samples for which the maximum leaves the open domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Integers, Interval, assumptions
from derive.core.facts import Facts
from derive.core.nodes import Largest, Smallest
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import GREATER, LESS
from derive.core.statement import Statement
from derive.core.trees import substitute
from derive.derivations.calculus import derivative_chain
from derive.derivations.solved import Solved
from derive.models.sample import INDEX, SIZE, Sample
from derive.rules.sums import SUMS
from derive.strategies import exhaust


def common_value(sample: Sample) -> Any:
    """The letter m for the value of every observation where they are all equal."""
    return sp.Symbol("m", **assumptions(sample.distribution.support))


@dataclass(frozen=True, slots=True)
class Failure:
    """A kind of sample for which the estimate does not exist.

    Args:
        condition: what must hold and fails here.
        value: the common value of all observations; None: they are all equal, whatever the value.
        end: the boundary point towards which the likelihood grows.
        attained: does the likelihood take its largest value on the boundary itself.
    """

    condition: Statement
    value: Any
    end: Any
    attained: bool
    chain: Chain


def case_of(value: Any) -> Phrase:
    """Such a sample in words; None: all observations are equal."""
    return Phrase("all_equal") if value is None else Phrase("all_are", {"value": value})


def failures(
    sample: Sample, solved: Solved, solution: Any, profile: Any, conditions: Sequence[Statement], facts: Facts
) -> tuple[Failure, ...]:
    """For each condition that the facts leave open, the sample at which it fails and what the likelihood does there.

    Args:
        solution: the estimate in terms of the data alone.
        profile: the log-likelihood in this parameter, the others put in.
    """
    found = []
    for condition in conditions:
        if condition == not_all_equal(sample):
            found.append(failure(sample, solved, profile, Statement(solved.hat, LESS, sp.oo), None, facts))
            continue
        for value in (*ends_of(sample), None):
            constant = with_constant_data(solution, sample, value, facts)
            if sp.expand(constant - condition.right) == 0:
                found.append(failure(sample, solved, profile, condition, value, facts))
                break
    return tuple(f for f in found if f is not None)


def not_all_equal(sample: Sample) -> Statement:
    """min_i x_i < max_i x_i."""
    limits = (INDEX, 1, SIZE)
    return Statement(Smallest(sample.observation, limits), LESS, Largest(sample.observation, limits))


def undefined_at_equal(sample: Sample, solution: Any, facts: Facts) -> bool:
    """Has the formula no value when all observations are equal?"""
    constant = sp.expand(with_constant_data(solution, sample, None, facts))
    return bool(constant.has(sp.zoo, sp.nan, sp.oo))


def ends_of(sample: Sample) -> tuple[Any, ...]:
    """The finite ends of the support that an observation can take."""
    support = sample.distribution.support
    if isinstance(support, Integers):
        return tuple(e for e in (support.lower, support.upper) if e not in (sp.oo, -sp.oo))
    if isinstance(support, Interval):
        pairs = ((support.lower, support.lower_open), (support.upper, support.upper_open))
        return tuple(e for e, is_open in pairs if not is_open)
    return ()


def with_constant_data(expr: Any, sample: Sample, value: Any, facts: Facts) -> Any:
    """The expression for a sample whose observations are all ``value`` (None: all the same number m)."""
    number = common_value(sample) if value is None else value
    entries = {e for e in expr.atoms(sp.Indexed) if e.base == sample.data}
    changed = substitute(expr, dict.fromkeys(entries, number))
    steps = exhaust(SUMS, changed, facts)
    return steps[-1].after if steps else changed


def monotone(slope: Any, letter: Any, domain: Any, facts: Facts) -> tuple[Step, Any] | None:
    """The derivative has one sign, and the end of the domain towards which ℓ grows; None where the sign is not seen."""
    direction = sign(slope, facts)
    if direction not in ("+", "-"):
        return None
    relation, end = (GREATER, domain.upper) if direction == "+" else (LESS, domain.lower)
    because = Phrase("monotone", {"letter": letter, "end": end})
    return Step(slope, relation, sp.Integer(0), "monotone", because), end


def failure(
    sample: Sample, solved: Solved, profile: Any, condition: Statement, value: Any, facts: Facts
) -> Failure | None:
    """What the log-likelihood does on such a sample: it is monotone, and grows towards the boundary."""
    letter = solved.letter
    here = with_constant_data(profile, sample, value, facts)
    name = sp.log(sample.named_likelihood, evaluate=False)
    topic = Phrase("boundary_topic", {"case": case_of(value)})
    if value is None:
        facts = facts.placing({common_value(sample): sample.distribution.support})
        here = tidied(here)
    local = facts.defining("L", sp.exp(here))
    chain = derivative_chain(name, here, letter, local, topic)
    found = monotone(chain.end, letter, facts.domains[letter], facts)
    if found is None:
        return None
    last, end = found
    steps = (*chain.steps, last)
    at_end = here.subs(letter, end)
    attained = bool(at_end.is_finite) and not at_end.has(sp.zoo, sp.nan, sp.oo)
    return Failure(condition, value, end, attained, Chain(topic, chain.start, steps, local))


def tidied(expr: Any) -> Any:
    """Multiplied out where that makes it shorter, as terms then cancel."""
    wide = sp.expand(expr)
    return wide if wide.count_ops() < expr.count_ops() else expr
