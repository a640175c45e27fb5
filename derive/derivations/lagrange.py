"""A maximum on the simplex, by a Lagrange multiplier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import REALS, Simplex, Vector, sum_of
from derive.core.facts import Facts
from derive.core.nodes import Partial, named_function
from derive.core.phrase import Phrase
from derive.core.relation import AT_MOST, EQUAL, EQUIVALENT, GREATER
from derive.core.statement import Statement, equation
from derive.core.trees import substitute
from derive.derivations.calculus import derivative_chain
from derive.derivations.stationary import stationary_chain
from derive.models.sample import SIZE, Sample, free_index
from derive.rules.sums import SUMS
from derive.strategies import exhaust

MULTIPLIER = sp.Symbol(r"\lambda", real=True, nonzero=True)
BOUND = sp.Symbol("j", integer=True, positive=True)


@dataclass(frozen=True, slots=True)
class Constrained:
    """The stationary point on the simplex: the chains, entry k of the vector, and what it comes to."""

    chains: tuple[Chain, ...]
    entry: Any
    solution: Any


def on_simplex(sample: Sample, log_likelihood: Any, letter: Any, facts: Facts) -> Constrained | None:
    """Λ = ℓ + λ(1 − Σ_j π_j); ∂Λ/∂π_k = 0; the constraint gives λ; put in."""
    domain = sample.distribution.parameter(letter).domain
    assert isinstance(domain, Simplex)
    whole = sp.Sum(letter[BOUND], (BOUND, 1, domain.size))
    lagrangian = log_likelihood + MULTIPLIER * (1 - whole)
    name = named_function(r"\Lambda")(letter, MULTIPLIER)
    entry = letter[free_index()]
    known = facts.placing({MULTIPLIER: REALS})
    defined = known.defining(r"\Lambda", lagrangian)
    first = Chain(
        Phrase("lagrangian_topic"),
        name,
        (
            Step(
                name, EQUAL, lagrangian, "lagrangian", Phrase("lagrangian", {"multiplier": MULTIPLIER, "whole": whole})
            ),
        ),
        defined,
    )
    slope = derivative_chain(name, lagrangian, entry, defined, Phrase("score_topic", {"letter": entry}))
    # The multiplier turns out to be the sample size, so nothing is lost by this condition.
    positive = (Statement(MULTIPLIER, GREATER, sp.Integer(0)),)
    found = stationary_chain(Partial(name, entry), slope.end, entry, REALS, defined, positive)
    if found is None:
        return None
    solved, solution = found.chain, found.solution
    total, total_chain = multiplier_chain(sample, whole, entry, solution, defined)
    end = sp.cancel(substitute(solution, {MULTIPLIER: total}))
    last = equation(entry, end)
    at = solved.steps[-1].after
    put_in = Step(
        at,
        EQUIVALENT,
        last,
        "multiplier_put_in",
        Phrase("multiplier_put_in", {"multiplier": MULTIPLIER, "value": total}),
    )
    final = Chain(Phrase("constraint_topic", {}), at, (put_in,), defined.defining(MULTIPLIER, total), (entry,))
    return Constrained((first, slope, solved, total_chain, final), entry, end)


def multiplier_chain(sample: Sample, whole: Any, entry: Any, solution: Any, facts: Facts) -> tuple[Any, Chain]:
    """Σ_j π_j = 1 with the π_j put in, solved for λ."""
    each = substitute(solution, {free_index(): BOUND})
    start = equation(sp.Sum(each, *whole.limits), 1)
    steps: list[Step] = []
    taken = exhaust(SUMS, start.left, facts)
    one = taken[-1].after if taken else start.left
    total = sp.cancel(one * MULTIPLIER)
    at = equation(MULTIPLIER, total)
    steps.append(Step(start, EQUIVALENT, at, "solved", Phrase("solved", {"letter": MULTIPLIER})))
    support = sample.distribution.support
    each_sums_to = sum_of(support) if isinstance(support, Vector) else None
    each = sp.Integer(1) if each_sums_to is None else each_sums_to
    count = SIZE * each
    if total != count:
        last = equation(MULTIPLIER, count)
        steps.append(
            Step(at, EQUIVALENT, last, "one_hot_total", Phrase("one_hot_total", {"each": each, "size": count}))
        )
    return count, Chain(
        Phrase("multiplier_topic", {"multiplier": MULTIPLIER, "entry": entry, "whole": equation(whole, 1)}),
        start,
        tuple(steps),
        facts,
        (MULTIPLIER,),
    )


def concavity(slope: Any, entry: Any, facts: Facts) -> Chain:
    """∂²ℓ/∂π_k² ≤ 0 and no mixed derivatives: ℓ is concave on the simplex."""
    topic = Phrase("second_order_topic", {"letter": entry})
    chain = derivative_chain(
        sp.log(named_function("L")(entry.base), evaluate=False), slope, entry, facts, topic, order=2
    )
    below = Step(chain.end, AT_MOST, sp.Integer(0), "negative", Phrase("no_mixed_terms", {"letter": entry}))
    return Chain(topic, chain.start, (*chain.steps, below), facts)
