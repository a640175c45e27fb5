"""Expected values of a vector's entries: the indicator of an outcome, and the normalising identity entry by entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Compositions, OneHot, Simplex, Vector, sum_of
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import equation
from derive.core.trees import mentions, substitute
from derive.derivations.calculus import differentiated
from derive.derivations.statistics import Combination, combination, opened_log
from derive.models.comparison import Named

if TYPE_CHECKING:
    from derive.derivations.moments import Moments

Found = tuple[Any, tuple[Chain, ...]]


def entry_moment(moments: Moments, statistic: Any) -> Found | None:
    """E[T(x_j)] for a statistic of one entry, with the chains that find it; None where no way is known."""
    law, facts = moments.law, moments.facts
    support = law.distribution.support
    entries = [e for e in statistic.atoms(sp.Indexed) if e.base == moments.x]
    if not isinstance(support, Vector) or len(entries) != 1 or len(entries[0].indices) != 1:
        return None
    (entry,) = entries
    (index,) = entry.indices
    local = replace(facts, indices={**facts.indices, index: support.size}) if index.is_Symbol else facts
    for parameter in law.distribution.parameters:
        if not isinstance(parameter.domain, Vector):
            continue
        score = entry_score(moments, parameter.letter, index)
        if score is None or [t for _, t in score.parts] != [statistic]:
            continue
        if isinstance(parameter.domain, Simplex):
            return on_the_simplex(moments, statistic, parameter.letter, index, score, local)
        return by_score(moments, statistic, parameter.letter[index], score, local)
    return None


def entry_score(moments: Moments, letters: Any, index: Any) -> Combination | None:
    """∂ log p/∂θ_j as a combination of statistics; sums over all entries keep an index of their own."""
    free = sp.Symbol("k_", integer=True, positive=True)
    steps = differentiated(opened_log(moments.law.density, moments.facts), letters[free], moments.facts)
    if not steps or steps[-1].after.has(sp.Derivative):
        return None
    slope = with_other_indices(steps[-1].after, index)
    return combination(substitute(slope, {free: index}), moments.x)


def with_other_indices(expr: Any, taken: Any) -> Any:
    """The sums in it over another letter, where theirs is taken."""
    if not expr.has(sp.Sum):
        return expr
    if isinstance(expr, sp.Sum) and expr.limits[0][0] == taken:
        letter, low, high = expr.limits[0]
        names = (sp.Symbol(n, integer=True, positive=True) for n in ("i", "l", "m"))
        other = next(s for s in names if s not in expr.atoms(sp.Symbol))
        return sp.Sum(substitute(expr.function, {letter: other}), (other, low, high))
    return expr.func(*(with_other_indices(a, taken) for a in expr.args)) if expr.args else expr


def on_the_simplex(
    moments: Moments, statistic: Any, weights: Any, index: Any, score: Combination, facts: Facts
) -> Found | None:
    """E[x_j] = c·π_j, where c is what the entries add up to.

    Σ p = 1 for all weights on the simplex, so that all E[∂ log p/∂π_j] are the same number.
    """
    support = moments.law.distribution.support
    weight, start = weights[index], moments.node(statistic)
    ((factor, _),) = score.parts
    if not isinstance(support, OneHot | Compositions) or score.constant != 0 or factor != 1 / weight:
        return None
    if statistic != moments.x[index]:
        return None
    if isinstance(support, OneHot):
        slots: dict[str, Any] = {"entry": statistic, "value": weight}
        step = Step(start, EQUAL, weight, "indicator_mean", Phrase("indicator_mean", slots))
        return weight, (Chain(Phrase("moment_topic", {"moment": start}), start, (step,), facts),)
    total = sum_of(support)
    other = sp.Symbol("i", integer=True, positive=True)
    ratio = statistic / weight
    one = weight * moments.node(ratio)
    over_all = sp.Sum(weights[other] * moments.node(ratio.xreplace({index: other})), (other, 1, support.size))
    summed = moments.node(sp.Sum(moments.x[other], (other, 1, support.size)))
    value = weight * total
    named = {"density": moments.law.at_variable, "score": ratio, "weight": weight}
    steps = (
        Step(start, EQUAL, one, "weight_taken_out", Phrase("weight_taken_out", {"weight": weight})),
        Step(one, EQUAL, weight * over_all, "same_for_all_entries", Phrase("same_for_all_entries", named)),
        Step(weight * over_all, EQUAL, weight * summed, "weights_cancel", Phrase("weights_cancel")),
        Step(weight * summed, EQUAL, value, "entries_sum", Phrase("entries_sum", {"total": total})),
    )
    return value, (Chain(Phrase("moment_topic", {"moment": start}), start, steps, facts),)


def by_score(moments: Moments, statistic: Any, letter: Any, score: Combination, facts: Facts) -> Found | None:
    """E[T(x_j)] from E[∂ log p/∂θ_j] = 0."""
    ((factor, _),) = score.parts
    if not factor.is_number or factor == 0 or mentions(score.constant, moments.x):
        return None
    value = sp.expand(-score.constant / factor)
    start, node = moments.node(score.expr), moments.node(statistic)
    zero = Step(start, EQUAL, sp.Integer(0), "score_mean", Phrase("score_mean", {"letter": letter}))
    slots = {"letter": letter, "density": moments.law.at_variable}
    linear, solution = equation(score.constant + factor * node), equation(node, value)
    solve = Step(linear, EQUIVALENT, solution, "moment_solved", Phrase("moment_solved", {"moment": node}))
    return value, (
        Chain(Phrase("score_mean_topic", slots), start, (zero,), facts),
        Chain(Phrase("moment_linear_topic"), linear, (solve,), facts),
    )


def by_marginal(law: Named, statistic: Any) -> Any | None:
    """E[T(x_j)] = Σ_v C(n, v) π_j^v (1 − π_j)^(n−v) T(v), the other counts summed out by the multinomial theorem."""
    support, x = law.distribution.support, law.variable
    entries = [e for e in statistic.atoms(sp.Indexed) if e.base == x]
    if not isinstance(support, Compositions) or len(entries) != 1:
        return None
    (entry,) = entries
    (index,) = entry.indices
    bases = [p.letter for p in law.distribution.parameters if isinstance(p.domain, Simplex)]
    for weights in bases:
        one = sp.Product(weights[index] ** entry / sp.factorial(entry), (index, 1, support.size))
        if law.density.has(sp.Product) and same_density(law.density, one, support.total):
            taken = {str(s) for s in law.density.free_symbols | {index}}
            v = next(sp.Symbol(n, integer=True, nonnegative=True) for n in ("v", "m", "l", "u") if n not in taken)
            mass = sp.binomial(support.total, v) * weights[index] ** v * (1 - weights[index]) ** (support.total - v)
            return sp.Sum(mass * statistic.xreplace({entry: v}), (v, 0, support.total))
    return None


def same_density(density: Any, product: Any, total: Any) -> bool:
    """Is it total! times the product, whatever letter that runs over?"""
    (found,) = [*density.atoms(sp.Product)][:1]
    (bound, *ends), (index, *others) = found.limits[0], product.limits[0]
    rest, inside = density / found, found.function.xreplace({bound: index})
    return bool(rest == sp.factorial(total) and inside == product.function and ends == others)
