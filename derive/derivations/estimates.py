"""The estimates as a person writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Vector
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import mentions, rebuild, substitute
from derive.derivations.letters import mean_of
from derive.derivations.solved import Solved, statistics, with_estimates
from derive.models.sample import INDEX, SIZE, Sample

OTHER = sp.Symbol("j", integer=True, positive=True)


def estimate_chain(sample: Sample, solved: Solved, everything: Sequence[Solved], facts: Facts) -> Chain:
    """θ̂ = its solution, the means of the data named where that makes it shorter."""
    known = with_estimates(everything, facts)
    others = tuple(s.hat for s in everything if mentions(solved.solution, s.letter))
    law = Phrase("estimate_of_others", {"others": others}) if others else Phrase("estimate")
    steps = [Step(solved.hat, EQUAL, solved.shown, "estimate", law)]
    shorter = with_mean(sample, solved.shown)
    if shorter != solved.shown:
        mean = mean_of(sample.data)
        total = sp.Sum(sample.observation, (INDEX, 1, SIZE)) / SIZE
        known = known.defining(mean, total)
        steps.append(
            Step(solved.shown, EQUAL, shorter, "mean_named", Phrase("mean_named", {"mean": mean, "total": total}))
        )
    return Chain(Phrase("estimate_topic", {"letter": solved.letter}), solved.hat, tuple(steps), known)


def with_mean(sample: Sample, expr: Any) -> Any:
    """The expression with Σ x_i = N x̄, if the sample size then cancels; else unchanged."""
    total = sp.Sum(sample.observation, (INDEX, 1, SIZE))
    if not expr.has(total) or isinstance(sample.distribution.support, Vector):
        return expr
    made = sp.cancel(expr.xreplace({total: SIZE * mean_of(sample.data)}))
    return expr if made.has(SIZE) else made


def in_data(solved: Solved, everything: Sequence[Solved]) -> Any:
    """The estimate in terms of the data alone, the indices of nested sums kept apart."""
    expr = solved.solution
    for other in everything:
        if other.letter != solved.letter and expr.has(other.letter):
            inner = substitute(in_data(other, everything), {INDEX: OTHER})
            expr = substitute(expr, {other.letter: renamed(inner)})
    return expr


def renamed(expr: Any) -> Any:
    """Sums over i written over j."""
    if isinstance(expr, sp.Sum) and expr.limits[0][0] == INDEX:
        body = expr.function.xreplace(
            {e: e.base[tuple(OTHER if n == INDEX else n for n in e.indices)] for e in expr.function.atoms(sp.Indexed)}
        )
        return sp.Sum(body.xreplace({INDEX: OTHER}), (OTHER, *expr.limits[0][1:]))
    return rebuild(expr, tuple(renamed(a) for a in expr.args)) if statistics(expr) else expr
