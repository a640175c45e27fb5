"""A vector of parameters without a constraint: one equation for each entry, solved together by numbers."""

from __future__ import annotations

from typing import Any

from derive.core.derivation import Chain
from derive.core.errors import NoDerivation
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.statement import equation
from derive.core.trees import substitute
from derive.derivations.calculus import derivative_chain
from derive.derivations.letters import hat
from derive.derivations.likelihood import named_log_likelihood
from derive.derivations.profile import Left
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Search, Section
from derive.derivations.stationary import set_to_zero
from derive.derivations.unfinished import reason
from derive.models.sample import Sample, free_index


def by_entries(sample: Sample, title: Phrase, opening: tuple[Section, ...], log_likelihood: Any) -> MaximumLikelihood:
    """∂ℓ/∂α_k = 0 for every k.

    Raises:
        NoDerivation: there are other unknown parameters beside the vector.
    """
    if len(sample.letters) != 1:
        raise NoDerivation("a vector of parameters beside other unknown ones is covered by no plan")
    (letter,) = sample.letters
    entry, facts = letter[free_index()], sample.facts
    name = named_log_likelihood(sample)
    slope = derivative_chain(name, log_likelihood, entry, facts, Phrase("score_topic", {"letter": entry}))
    start, at = equation(Partial(name, entry)), equation(slope.end)
    first = set_to_zero(start, at, entry)
    chain = Chain(Phrase("stationary_topic", {"letter": entry}), start, (first,), facts, (entry,))
    left = Left(entry, hat(entry), slope.end, slope.end, (chain,), facts)
    because = Phrase("maximum_among_roots_jointly", {"letters": (entry,)})
    sections = (
        *opening,
        Section(Phrase("score_heading"), (), (slope,)),
        Section(Phrase("stationary_heading"), (), (chain,), (reason(left),)),
        Section(Phrase("newton_heading"), (Phrase("newton_jointly", {"letters": (entry,)}),)),
        Section(Phrase("second_order_heading"), (because,)),
    )
    shown = equation(substitute(slope.end, {letter: hat(letter)}))
    estimate = Estimate(entry, hat(entry), None, shown, "none")
    search = Search(log_likelihood, {entry: slope.end}, {}, {})
    return MaximumLikelihood(sample, title, sections, (estimate,), Optimum("maximum", because), search=search)
