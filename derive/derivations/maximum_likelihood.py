"""The plan of a maximum-likelihood derivation, whatever the distribution."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain
from derive.core.domains import Integers, Interval, Simplex
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.phrase import Name, Phrase
from derive.core.relation import GREATER
from derive.core.statement import Membership, Statement
from derive.core.trees import mentions, substitute
from derive.derivations.calculus import derivative_chain
from derive.derivations.estimates import estimate_chain, in_data
from derive.derivations.existence import Failure, case_of, failures
from derive.derivations.lagrange import concavity, on_simplex
from derive.derivations.letters import hat
from derive.derivations.likelihood import likelihood_chain, log_likelihood_chain, named_log_likelihood
from derive.derivations.optimum import curvature, strictly_inside
from derive.derivations.profile import reduce
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Section
from derive.derivations.solved import Solved
from derive.derivations.unfinished import unfinished
from derive.models.sample import SIZE, Sample


def maximum_likelihood(sample: Sample) -> MaximumLikelihood:
    """The whole argument for a sample of unspecified data.

    Raises:
        NoDerivation: the stationary equations have no closed form that the plan can find.
    """
    refuse_moving_support(sample)
    first, second = likelihood_chain(sample), log_likelihood_chain(sample)
    opening: tuple[Section, ...] = (
        model_section(sample),
        Section(Phrase("likelihood_heading"), (), (first,)),
        Section(Phrase("log_likelihood_heading"), (Phrase("why_logarithm"),), (second,)),
    )
    simplices = [p for p in sample.unknown if isinstance(p.domain, Simplex)]
    if simplices:
        return constrained(sample, opening, second.end)
    return regular(sample, opening, second.end)


def refuse_moving_support(sample: Sample) -> None:
    """Where the support depends on an unknown parameter a derivative finds no maximum.

    Raises:
        NoDerivation: it does.
    """
    support = sample.distribution.support
    if isinstance(support, Interval | Integers):
        for letter in sample.letters:
            if mentions(support.lower, letter) or mentions(support.upper, letter):
                raise NoDerivation(
                    f"the support depends on {letter}: the maximum lies at an order statistic, not at a stationary "
                    "point, and no plan covers that yet"
                )


def title(sample: Sample) -> Phrase:
    """Which parameters of which distribution."""
    return Phrase("mle_title", {"name": name_of(sample), "letters": sample.letters})


def name_of(sample: Sample) -> Name:
    """The distribution's name."""
    d = sample.distribution
    return Name(d.names, d.id)


def model_section(sample: Sample) -> Section:
    """What is assumed."""
    d = sample.distribution
    slots: dict[str, Any] = {
        "data": Phrase("from_to", {"first": sample.data[1], "last": sample.data[SIZE]}),
        "name": name_of(sample),
    }
    slots |= {"density": d.density, "support": Membership(d.variable, d.support)}
    sentences = [Phrase("model_mass" if d.discrete else "model_density", slots)]
    sentences += [Phrase("parameter_domain", {"domain": Membership(p.letter, p.domain)}) for p in sample.unknown]
    held = tuple(p.letter for p in d.parameters if p.letter not in sample.letters)
    if held:
        sentences.append(Phrase("held", {"letters": held}))
    return Section(Phrase("model_heading"), tuple(sentences))


def scores_of(sample: Sample, log_likelihood: Any, facts: Facts) -> dict[Any, Chain]:
    """∂ℓ/∂θ for each unknown θ."""
    name = named_log_likelihood(sample)
    return {
        letter: derivative_chain(name, log_likelihood, letter, facts, Phrase("score_topic", {"letter": letter}))
        for letter in sample.letters
    }


def regular(sample: Sample, opening: tuple[Section, ...], log_likelihood: Any) -> MaximumLikelihood:
    """Scores, stationary points one after the other, curvature, existence."""
    facts, name = sample.facts, named_log_likelihood(sample)
    scores = scores_of(sample, log_likelihood, facts)
    reduced = reduce(sample, {v: (Partial(name, v), c.end) for v, c in scores.items()}, facts)
    if reduced.left:
        return unfinished(sample, title(sample), opening, scores, reduced)
    solved = reduced.solved
    bends = [curvature(name, scores[s.letter].end, s, solved, facts) for s in solved]
    conditions = {s.letter: strictly_inside(s, facts) for s in solved}
    absent = tuple(
        f
        for s in solved
        for f in failures(
            sample, s, in_data(s, solved), profile(log_likelihood, s, solved), conditions[s.letter], facts
        )
    )
    sections = (
        *opening,
        Section(Phrase("score_heading"), (), tuple(scores.values())),
        Section(Phrase("stationary_heading"), (), tuple(c for s in solved for c in s.chains)),
        Section(Phrase("estimate_heading"), (), tuple(estimate_chain(sample, s, solved, facts) for s in solved)),
        Section(
            Phrase("second_order_heading"),
            (),
            tuple(c for b in bends for c in b.chains),
            verdict_on_maximum(bends, solved),
        ),
        existence_section(solved, conditions, absent),
    )
    estimates = tuple(
        Estimate(
            s.letter,
            s.hat,
            in_data(s, solved),
            s.shown,
            "special" if s.special else "closed",
            conditions=conditions[s.letter],
        )
        for s in sorted(solved, key=lambda s: sample.letters.index(s.letter))
    )
    return MaximumLikelihood(
        sample, title(sample), sections, estimates, Optimum("maximum", verdict_on_maximum(bends, solved)[-1])
    )


def profile(log_likelihood: Any, solved: Solved, everything: tuple[Solved, ...]) -> Any:
    """The log-likelihood with the other parameters at their stationary values."""
    others = {s.letter: in_data(s, everything) for s in everything if s.letter != solved.letter}
    return substitute(log_likelihood, others)


def verdict_on_maximum(bends: Any, solved: tuple[Solved, ...]) -> tuple[Phrase, ...]:
    """Why the only stationary point is the maximum, one parameter after the other."""
    sentences = []
    for bend, s in zip(bends, solved, strict=True):
        key = "maximum_concave" if bend.concave else "maximum_only_point"
        sentences.append(Phrase(key, {"letter": s.letter, "hat": s.hat}))
    if len(solved) > 1:
        sentences.append(Phrase("maximum_jointly", {"letters": tuple(s.letter for s in solved)}))
    return tuple(sentences)


def existence_section(solved: tuple[Solved, ...], conditions: Any, absent: tuple[Failure, ...]) -> Section:
    """Under which condition the estimate exists, and what happens otherwise."""
    needed = tuple(c for s in solved for c in conditions[s.letter])
    if not needed:
        return Section(Phrase("existence_heading"), (Phrase("always_exists"),))
    outro = []
    for f in absent:
        key = "boundary_attained" if f.attained else "boundary_unbounded"
        outro.append(Phrase(key, {"case": case_of(f.value), "letter": f.chain.start.args[1], "end": f.end}))
    return Section(
        Phrase("existence_heading"),
        (Phrase("exists_if", {"conditions": needed}),),
        tuple(f.chain for f in absent),
        tuple(outro),
    )


def constrained(sample: Sample, opening: tuple[Section, ...], log_likelihood: Any) -> MaximumLikelihood:
    """A probability vector: the maximum on the simplex by a multiplier."""
    facts = sample.facts
    letter = sample.letters[0]
    found = on_simplex(sample, log_likelihood, letter, facts) if len(sample.letters) == 1 else None
    if found is None:
        raise NoDerivation("these plans find no closed form on the simplex")
    entry = found.entry
    slope = derivative_chain(
        named_log_likelihood(sample), log_likelihood, entry, facts, Phrase("score_topic", {"letter": entry})
    )
    condition = Statement(hat(entry), GREATER, sp.Integer(0))
    conclusion = Phrase("maximum_on_simplex", {"letter": letter})
    sections = (
        *opening,
        Section(Phrase("lagrange_heading"), (Phrase("why_multiplier", {"letter": letter}),), found.chains),
        Section(Phrase("second_order_heading"), (), (concavity(slope.end, entry, facts),), (conclusion,)),
        Section(
            Phrase("existence_heading"),
            (Phrase("exists_if", {"conditions": (condition,)}), Phrase("empty_category", {"entry": entry})),
        ),
    )
    estimate = Estimate(entry, hat(entry), found.solution, found.solution, conditions=(condition,))
    return MaximumLikelihood(sample, title(sample), sections, (estimate,), Optimum("maximum", conclusion))
