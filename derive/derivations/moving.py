"""A support that moves with a parameter: the maximum lies at an order statistic."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Integers, Interval
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import Largest, Median, Smallest
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS
from derive.core.trees import mentions, substitute
from derive.derivations.bound import Bound
from derive.derivations.letters import hat
from derive.derivations.result import Section
from derive.derivations.solved import Solved
from derive.models.sample import INDEX, SIZE, Sample


def moving_letters(sample: Sample) -> tuple[Any, ...]:
    """The unknown parameters on which the support depends."""
    support = sample.distribution.support
    if not isinstance(support, Interval | Integers):
        return ()
    return tuple(v for v in sample.letters if mentions(support.lower, v) or mentions(support.upper, v))


def bounds_of(sample: Sample, letter: Any) -> tuple[Bound, ...]:
    """Every observation lies in the support: lower end ≤ min x_i and max x_i ≤ upper end, solved for the letter.

    Raises:
        NoDerivation: an end is not linear in the letter.
    """
    support = sample.distribution.support
    assert isinstance(support, Interval | Integers)
    limits = (INDEX, 1, SIZE)
    opened = (support.lower_open, support.upper_open) if isinstance(support, Interval) else (False, False)
    ends = (
        (support.lower, Smallest(sample.observation, limits), AT_MOST, opened[0]),
        (support.upper, Largest(sample.observation, limits), AT_LEAST, opened[1]),
    )
    found = []
    for end, extreme, relation, strict in ends:
        if not mentions(end, letter):
            continue
        slope, rest = sp.diff(end, letter), end.subs(letter, 0)
        direction = None if mentions(slope, letter) else sign(slope, sample.facts)
        if direction not in ("+", "-"):
            raise NoDerivation(f"the end {end} of the support is not linear in {letter}")
        if direction == "-":
            relation = AT_LEAST if relation == AT_MOST else AT_MOST
        found.append(Bound(letter, relation, (extreme - rest) / slope, strict))
    return tuple(found)


def density_at_ends(sample: Sample, letter: Any) -> tuple[Any, ...]:
    """The density at the ends of the support that move with the letter."""
    support, d = sample.distribution.support, sample.distribution
    assert isinstance(support, Interval | Integers)
    ends = (end for end in (support.lower, support.upper) if mentions(end, letter))
    return tuple(substitute(d.density, {d.variable: end}) for end in ends)


def held_off(sample: Sample, bounds: tuple[Bound, ...]) -> dict[Any, tuple[Bound, ...]]:
    """The letters whose bounds the maximum cannot touch, because the density is zero there, with their bounds."""
    found: dict[Any, tuple[Bound, ...]] = {}
    for letter in dict.fromkeys(b.letter for b in bounds):
        own = tuple(b for b in bounds if b.letter == letter)
        free = not any(mentions(b.value, other) for b in own for other in sample.letters)
        zero = isinstance(sample.distribution.support, Interval) and not any(density_at_ends(sample, letter))
        if free and zero:
            found[letter] = own
    return found


def support_section(bounds: tuple[Bound, ...], inside: dict[Any, tuple[Bound, ...]]) -> Section:
    """Where the likelihood is not zero, and of what use a derivative is."""
    sentences = []
    for key, own in (
        ("moving_support", tuple(b for b in bounds if b.letter not in inside)),
        ("moving_support_inside", tuple(b for bs in inside.values() for b in bs)),
    ):
        letters = tuple(dict.fromkeys(b.letter for b in own))
        if letters:
            sentences.append(Phrase(key, {"letters": letters, "conditions": tuple(b.statement for b in own)}))
        if key == "moving_support" and any(b.strict for b in own):
            sentences.append(Phrase("open_end"))
    return Section(Phrase("support_heading"), tuple(sentences))


def in_words(value: Any) -> str:
    """A bound in a message: min x_i, max x_i."""
    extremes = value.atoms(Smallest, Largest)
    named = {e: sp.Symbol("min x_i" if isinstance(e, Smallest) else "max x_i") for e in extremes}
    return str(value.xreplace(named))


def at_the_end(
    sample: Sample, letter: Any, log_likelihood: Any, score: Chain, bounds: tuple[Bound, ...], facts: Facts
) -> tuple[Chain, Solved]:
    """ℓ is monotone in θ, so its maximum lies where the support allows no more: the score with its sign, the estimate.

    Raises:
        NoDerivation: ℓ is not monotone, constant, or not bounded on the side to which it grows.
    """
    if any(v.has(sp.zoo, sp.oo) for v in density_at_ends(sample, letter)):
        raise NoDerivation(
            f"the density grows without bound at the end of its support that moves with {letter}: there is no maximum"
        )
    direction = sign(score.end, facts)
    if direction not in ("+", "-"):
        here = " and ".join(f"{b.letter} {b.relation.latex} {in_words(b.value)}" for b in bounds)
        why = f"the likelihood does not depend on {letter} where {here}: every such value is a maximiser"
        if any(mentions(b.value, other) for b in bounds for other in sample.letters):
            why = f"the ends of the support mix the parameters: {here}"
        raise NoDerivation(
            why if direction == "0" else f"the log-likelihood is not seen to be monotone in {letter}, where {here}"
        )
    relation, side = (LESS, AT_LEAST) if direction == "-" else (GREATER, AT_MOST)
    values = tuple(b.value for b in bounds if b.letter == letter and b.relation == side)
    if not values:
        raise NoDerivation(f"the likelihood grows with {letter} without end, so there is no maximum")
    combine = sp.Max if side == AT_LEAST else sp.Min
    value = values[0] if len(values) == 1 else combine(*values)
    below = Step(
        score.end, relation, sp.Integer(0), "no_stationary_point", Phrase("no_stationary_point", {"letter": letter})
    )
    slope = Chain(score.topic, score.start, (*score.steps, below), score.facts)
    letter_hat = hat(letter)
    best = substitute(log_likelihood, {letter: value})
    key = "smallest_allowed" if side == AT_LEAST else "largest_allowed"
    grows = Step(log_likelihood, AT_MOST, best, key, Phrase(key, {"letter": letter, "value": value}))
    topic = Phrase("end_topic", {"letter": letter})
    known = facts.assuming(*(b.statement for b in bounds if b.letter == letter))
    comparison = Chain(topic, log_likelihood, (grows,), known)
    return slope, Solved(letter, letter_hat, value, value, (comparison,), "order-statistic", True)


def estimate_of_end(solved: Solved, facts: Facts) -> Chain:
    """θ̂ = max_i x_i, or the median."""
    known = facts.defining(solved.hat, solved.shown)
    key = "estimate_at_end"
    if solved.form == "closed":
        key = "estimate_direction"
    elif solved.solution.has(Median):
        key = "estimate_median"
    step = Step(solved.hat, EQUAL, solved.shown, "estimate", Phrase(key, {"letter": solved.letter}))
    return Chain(Phrase("estimate_end_topic", {"letter": solved.letter}), solved.hat, (step,), known)
