"""The plan for given observations: the same argument, with numbers from the first line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from derive.core.derivation import Chain, Step
from derive.core.errors import NoDerivation
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.derivations.estimates import in_data
from derive.derivations.existence import monotone
from derive.derivations.letters import hat
from derive.derivations.likelihood import named_log_likelihood
from derive.derivations.maximum_likelihood import (
    model_section,
    scores_of,
    title,
    verdict_on_maximum,
)
from derive.derivations.numbers import counted, decimals, inside, log_likelihood_at
from derive.derivations.numbers_first import Given, given, likelihood_of_numbers, log_likelihood_of_numbers
from derive.derivations.optimum import curvature
from derive.derivations.profile import reduce
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Section
from derive.models.sample import Sample


def maximum_likelihood_of_numbers(sample: Sample, values: Sequence[Any], counts: Sequence[int]) -> MaximumLikelihood:
    """The whole argument for these observations.

    Raises:
        NoDerivation: the stationary equations have no closed form that the plan can find.
    """
    model = given(sample, values, counts)
    facts, name = model.facts, named_log_likelihood(model)
    first, second = likelihood_of_numbers(model), log_likelihood_of_numbers(model)
    scores = scores_of(model, second.end, facts)
    opening = (
        model_section(sample),
        Section(Phrase("likelihood_heading"), counted(sum(counts)), (first,)),
        Section(Phrase("log_likelihood_heading"), (Phrase("why_logarithm"),), (second,)),
    )
    named = title(sample)
    reduced = reduce(model, {v: (Partial(name, v), c.end) for v, c in scores.items()}, facts)
    if reduced.left:
        return without_maximum(model, named, opening, scores)
    solved = reduced.solved
    bends = [curvature(name, scores[s.letter].end, s, solved, facts) for s in solved]
    conclusion = verdict_on_maximum(bends, solved, solved)
    numbers = {s.letter: in_data(s, solved) for s in solved}
    estimates = tuple(Estimate(v, hat(v), numbers[v], numbers[v], value=numbers[v]) for v in sample.letters)
    for e in estimates:
        if not inside(e.value, e, model):
            return without_maximum(model, named, opening, scores)
    sections = (
        *opening,
        Section(Phrase("score_heading"), (), tuple(scores.values())),
        Section(Phrase("stationary_heading"), (), tuple(c for s in solved for c in s.chains)),
        Section(Phrase("estimate_heading"), (), tuple(value_chain(e, facts) for e in estimates)),
        Section(Phrase("second_order_heading"), (), tuple(c for b in bends for c in b.chains), conclusion),
    )
    total = log_likelihood_at(sample, estimates, values, counts)
    return MaximumLikelihood(sample, named, sections, estimates, Optimum("maximum", conclusion[-1]), sum(counts), total)


def value_chain(estimate: Estimate, facts: Any) -> Chain:
    """θ̂ = the number = its decimals."""
    known = facts.defining(estimate.hat, estimate.expr)
    first = Step(estimate.hat, EQUAL, estimate.value, "estimate", Phrase("estimate"))
    topic = Phrase("estimate_topic", {"letter": estimate.letter})
    return Chain(topic, estimate.hat, (first, *decimals(estimate.value)), known)


def without_maximum(
    model: Given, named: Phrase, opening: tuple[Section, ...], scores: dict[Any, Chain]
) -> MaximumLikelihood:
    """The derivative never vanishes: the likelihood is monotone and the maximum is not inside the domain."""
    chains = []
    for letter, chain in scores.items():
        found = monotone(chain.end, letter, model.distribution.parameter(letter).domain, chain.facts)
        if found is not None:
            chains.append(replace(chain, steps=(*chain.steps, found[0])))
    if not chains:
        raise NoDerivation("the stationary equations of these data have no closed form that these plans find")
    because = Phrase("no_maximum", {"letters": tuple(scores)})
    sections = (*opening, Section(Phrase("score_heading"), (), tuple(chains), (because,)))
    estimates = tuple(Estimate(v, hat(v), None, hat(v), "none") for v in scores)
    return MaximumLikelihood(model, named, sections, estimates, Optimum("none", because), sum(model.counts))
