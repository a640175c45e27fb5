"""A location that makes a sum of absolute values smallest: the median."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.nodes import Median
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import AT_LEAST
from derive.core.trees import mentions, split_factor, substitute
from derive.derivations.letters import hat
from derive.derivations.solved import Solved


def by_median(score: Any, letter: Any, facts: Facts) -> Solved | None:
    """From ∂ℓ/∂μ = c Σ_i sign(t_i − μ) with c > 0: ℓ is largest where Σ_i |t_i − μ| is smallest; None for other scores.

    Source: the median minimises the mean absolute deviation (Laplace, 1774).
    """
    found = [s for s in score.atoms(sp.Sum) if mentions(s, letter)]
    if len(found) != 1 or not isinstance(found[0].function, sp.sign):
        return None
    (total,) = found
    index = total.limits[0][0]
    inside = total.function.args[0]
    slope = sp.diff(inside, letter)
    factor, rest = split_factor(score, letter)
    if rest != total or slope not in (1, -1) or mentions(inside + letter * -slope, letter):
        return None
    # sign(μ − t_i) with a negative factor is sign(t_i − μ) with a positive one.
    if sign(-slope * factor, facts) != "+":
        return None
    observed = sp.expand(letter - inside / slope)
    if not mentions(observed, index):
        return None
    middle = Median(observed, total.limits[0])
    deviations = sp.Sum(sp.Abs(observed - letter), *total.limits)
    least = substitute(deviations, {letter: middle})
    step = Step(deviations, AT_LEAST, least, "median", Phrase("median", {"letter": letter, "value": middle}))
    topic = Phrase("median_topic", {"letter": letter, "score": score, "total": deviations})
    return Solved(
        letter, hat(letter), middle, middle, (Chain(topic, deviations, (step,), facts),), "order-statistic", True
    )
