"""The plan of a maximum-likelihood derivation, whatever the distribution."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain
from derive.core.domains import Interval, Orthant, Simplex
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import Median, Partial
from derive.core.phrase import Name, Phrase
from derive.core.ranges import sign
from derive.core.relation import GREATER, LESS
from derive.core.statement import Membership, Statement
from derive.core.trees import substitute
from derive.derivations.bound import Bound
from derive.derivations.by_entries import by_entries
from derive.derivations.calculus import derivative_chain
from derive.derivations.estimates import estimate_chain, in_data
from derive.derivations.existence import Failure, case_of, failures, not_all_equal, undefined_at_equal
from derive.derivations.lagrange import concavity, on_simplex
from derive.derivations.letters import hat
from derive.derivations.likelihood import likelihood_chain, log_likelihood_chain, named_log_likelihood
from derive.derivations.moving import (
    at_the_end,
    bounds_of,
    estimate_of_end,
    held_off,
    moving_letters,
    support_section,
)
from derive.derivations.optimum import curvature, strictly_inside
from derive.derivations.profile import reduce, with_fixed
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Section
from derive.derivations.solved import Solved
from derive.derivations.unfinished import unfinished
from derive.models.sample import SIZE, Sample


def maximum_likelihood(sample: Sample) -> MaximumLikelihood:
    """The whole argument for a sample of unspecified data.

    Raises:
        NoDerivation: the likelihood has no maximum at all, or no plan covers the model.
    """
    moving = moving_letters(sample)
    bounds = tuple(b for v in moving for b in bounds_of(sample, v))
    first, second = likelihood_chain(sample), log_likelihood_chain(sample)
    opening: tuple[Section, ...] = (
        model_section(sample),
        *((support_section(bounds, held_off(sample, bounds)),) if bounds else ()),
        Section(Phrase("likelihood_heading"), (), (first,)),
        Section(Phrase("log_likelihood_heading"), (Phrase("why_logarithm"),), (second,)),
    )
    simplices = [p for p in sample.unknown if isinstance(p.domain, Simplex)]
    if simplices:
        return constrained(sample, opening, second.end)
    if any(isinstance(p.domain, Orthant) for p in sample.unknown):
        return by_entries(sample, title(sample), opening, second.end)
    return regular(sample, opening, second.end, bounds)


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
    domains = tuple(Membership(p.letter, p.domain) for p in sample.unknown)
    sentences.append(Phrase("parameter_domain" if len(domains) == 1 else "parameter_domains", {"domain": domains}))
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


def regular(
    sample: Sample, opening: tuple[Section, ...], log_likelihood: Any, bounds: tuple[Bound, ...] = ()
) -> MaximumLikelihood:
    """Ends of a moving support first, then scores, stationary points, curvature, existence."""
    facts, name = sample.facts, named_log_likelihood(sample)
    scores = scores_of(sample, log_likelihood, facts)
    inside = held_off(sample, bounds)
    ends = {
        v: at_the_end(sample, v, log_likelihood, scores[v], bounds, facts)
        for v in dict.fromkeys(b.letter for b in bounds)
        if v not in inside
    }
    fixed = tuple(found for _, found in ends.values())
    scores |= {v: slope for v, (slope, _) in ends.items()}
    reduced = reduce(sample, {v: (Partial(name, v), c.end) for v, c in scores.items() if v not in ends}, facts)
    reduced = with_fixed(reduced, fixed, facts)
    for letter in inside:
        if all(part.letter != letter for part in reduced.left):
            raise NoDerivation(f"the root for {letter} is not seen to lie where every observation is in the support")
    if reduced.left:
        return unfinished(sample, title(sample), opening, log_likelihood, scores, reduced, inside)
    solved = reduced.solved
    inner = tuple(s for s in solved if not s.decided)
    bends = [curvature(name, scores[s.letter].end, s, solved, facts) for s in inner]
    conditions = {
        s.letter: conditions_of(sample, s, solved, facts) if s in inner else end_conditions(s, solved, facts)
        for s in solved
    }
    absent = tuple(
        f
        for s in inner
        for f in failures(
            sample, s, in_data(s, solved), profile(log_likelihood, s, solved), conditions[s.letter], facts
        )
    )
    chains = tuple(estimate_of_end(s, facts) if s.decided else estimate_chain(sample, s, solved, facts) for s in solved)
    argument = verdict_on_maximum(bends, inner, solved)
    sections = (
        *opening,
        Section(Phrase("score_heading"), (), tuple(scores.values())),
        Section(Phrase("stationary_heading"), (), tuple(c for s in solved for c in s.chains)),
        Section(Phrase("estimate_heading"), (), chains, tuple(not_unique(s) for s in solved if is_median(s))),
        Section(Phrase("second_order_heading"), (), tuple(c for b in bends for c in b.chains), argument),
        existence_section(solved, conditions, absent),
    )
    estimates = tuple(
        Estimate(s.letter, s.hat, in_data(s, solved), s.shown, s.form, conditions=conditions.get(s.letter, ()))
        for s in sorted(solved, key=lambda s: sample.letters.index(s.letter))
    )
    return MaximumLikelihood(sample, title(sample), sections, estimates, Optimum("maximum", argument[-1]))


def conditions_of(
    sample: Sample, solved: Solved, everything: tuple[Solved, ...], facts: Facts
) -> tuple[Statement, ...]:
    """When the estimate exists: its formula has a value, inside the open domain."""
    found = strictly_inside(solved, facts)
    if found and undefined_at_equal(sample, in_data(solved, everything), facts):
        return (not_all_equal(sample),)
    return found


def end_conditions(solved: Solved, everything: tuple[Solved, ...], facts: Facts) -> tuple[Statement, ...]:
    """An estimate that no derivative gave lies inside its open domain, whose ends may be other estimates."""
    domain = facts.domains[solved.letter]
    if not isinstance(domain, Interval):
        return ()
    value = in_data(solved, everything)
    others = {o.letter: in_data(o, everything) for o in everything if o.letter != solved.letter}
    found = []
    for end, is_open, below in ((domain.lower, domain.lower_open, True), (domain.upper, domain.upper_open, False)):
        if end.is_infinite:
            continue
        at = substitute(end, others)
        side = sign(value - at if below else at - value, facts)
        if side != "+" and (is_open or side != ">=0"):
            found.append(Statement(at, LESS, value) if below else Statement(value, LESS, at))
    return tuple(dict.fromkeys(found))


def is_median(solved: Solved) -> bool:
    """Is the estimate a median?"""
    return bool(solved.solution.has(Median))


def not_unique(solved: Solved) -> Phrase:
    """With an even number of observations every point between the two middle ones does."""
    return Phrase("median_not_unique", {"hat": solved.hat})


def profile(log_likelihood: Any, solved: Solved, everything: tuple[Solved, ...]) -> Any:
    """The log-likelihood with the other parameters at their stationary values."""
    others = {s.letter: in_data(s, everything) for s in everything if s.letter != solved.letter}
    return substitute(log_likelihood, others)


def verdict_on_maximum(bends: Any, inner: tuple[Solved, ...], solved: tuple[Solved, ...]) -> tuple[Phrase, ...]:
    """Why the point found is the maximum, one parameter after the other."""
    sentences = []
    for s in solved:
        if s not in inner:
            key = "maximum_direction" if s.form == "closed" else "maximum_median" if is_median(s) else "maximum_at_end"
            sentences.append(Phrase(key, {"letter": s.letter, "hat": s.hat}))
    for bend, s in zip(bends, inner, strict=True):
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
