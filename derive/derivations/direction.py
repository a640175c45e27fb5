"""An angle that enters through its sine and cosine alone: the direction of the mean vector."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Domain, Interval
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import AT_MOST
from derive.core.trees import mentions, split_factor, substitute
from derive.derivations.letters import hat
from derive.derivations.solved import Solved


def by_direction(score: Any, letter: Any, domain: Domain, facts: Facts) -> Solved | None:
    """From ∂ℓ/∂μ = c Σ_i sin(t_i − μ) with c > 0: ℓ is largest at μ = atan2(Σ sin t_i, Σ cos t_i); None for others.

    Source: Mardia and Jupp, *Directional Statistics*, 2000, section 5.3.1.
    """
    found = [s for s in score.atoms(sp.Sum) if mentions(s, letter)]
    if len(found) != 1 or not isinstance(domain, Interval) or domain.upper - domain.lower != 2 * sp.pi:
        return None
    (total,) = found
    index = total.limits[0][0]
    factor, rest = split_factor(score, letter)
    outside, wave = split_factor(total.function, index)
    if rest != total or not isinstance(wave, sp.sin):
        return None
    angle = wave.args[0]
    slope = sp.diff(angle, letter)
    observed = sp.expand(letter - angle / slope) if slope in (1, -1) else letter
    if mentions(observed, letter) or not mentions(observed, index):
        return None
    if sign(-slope * factor * outside, facts) != "+":
        return None
    limits = total.limits[0]
    place = sp.atan2(sp.Sum(sp.sin(observed), limits), sp.Sum(sp.cos(observed), limits))
    start = sp.Sum(sp.cos(observed - letter), limits)
    most = substitute(start, {letter: place})
    step = Step(start, AT_MOST, most, "direction", Phrase("direction", {"letter": letter, "value": place}))
    topic = Phrase("direction_topic", {"letter": letter, "total": start})
    chain = Chain(topic, start, (step,), facts)
    return Solved(letter, hat(letter), place, place, (chain,), "closed", decided=True)
