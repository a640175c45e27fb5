"""Rewriting inside an expected value: logarithms opened, constants drawn out, sums split."""

from __future__ import annotations

from typing import Any, Literal

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.information import Expectation
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import equation
from derive.core.trees import mentions, split_factor, substitute
from derive.derivations.closing import tidy
from derive.derivations.moments import Moment
from derive.derivations.statistic_forms import unique
from derive.derivations.statistics import opened_log
from derive.models.comparison import Named
from derive.rules.sums import SUMS, constant_out_of_sum
from derive.strategies import exhaust

Kind = Literal["entropy", "cross-entropy", "kl"]


MOST_TERMS = 4


def vector_logarithm(kind: Kind, p: Named, q: Named | None, facts: Facts) -> Any:
    """The same for laws of vectors, where the statistics stand under a sum over the entries.

    The sums are split for a divergence, so that what both logarithms share cancels.
    """
    if kind == "kl":
        assert q is not None
        made = split_sums(opened_log(p.density, facts), facts) - split_sums(opened_log(q.density, facts), facts)
        return statistics_joined(made, p.variable)
    return -opened_log((q or p).density, facts)


def split_sums(expr: Any, facts: Facts) -> Any:
    steps = exhaust(SUMS, expr, facts)
    return steps[-1].after if steps else expr


def statistics_joined(expr: Any, variable: Any) -> Any:
    """Σ a_j T_j − Σ b_j T_j as Σ (a_j − b_j) T_j."""
    found: dict[Any, Any] = {}
    rest: list[Any] = []
    for term in sp.Add.make_args(expr):
        number, total = term.as_coeff_Mul()
        if not isinstance(total, sp.Sum) or not mentions(total, variable):
            rest.append(term)
            continue
        free, bound = split_factor(total.function, variable)
        key = (bound, total.limits)
        found[key] = found.get(key, 0) + number * free
    return sp.Add(*rest, *(sp.Sum(quotients_inside(sp.expand(c)) * t, *limits) for (t, limits), c in found.items()))


def quotients_inside(coefficient: Any) -> Any:
    """log a − log b as log(a/b)."""
    made = tidy(coefficient)
    inner = -made
    return sp.log(1 / inner.args[0], evaluate=False) if isinstance(inner, sp.log) else made


def constants_out(expr: Any, facts: Facts) -> Any:
    """n Σ a_j rather than Σ n a_j."""
    steps = exhaust((constant_out_of_sum,), expr, facts)
    return steps[-1].after if steps else expr


def expectations(expr: Any) -> list[Any]:
    """The expected values in it, in reading order."""
    return [e for e in unique(tuple(sp.preorder_traversal(expr))) if isinstance(e, Expectation)]


def replay(moment: Moment, node: Any, expr: Any) -> tuple[tuple[Chain, ...], list[Step]]:
    """The steps by which E[T] in the expression becomes its value, and the chains that are shown before.

    A square of deviations is worked out in its place; other moments come in as they were found.
    """
    if in_place(moment, node):
        steps = []
        at = expr
        for step in moment.chains[-1].steps:
            after = replace_once(expr, node, step.after)
            if after != at:
                steps.append(Step(at, EQUAL, after, step.rule, step.because))
                at = after
        return moment.chains[:-1], steps
    after = replace_once(expr, node, moment.value)
    slots = {"moment": equation(node, moment.value)}
    return moment.chains, [Step(expr, EQUAL, after, "moment_put_in", Phrase("moment_put_in", slots))]


def in_place(moment: Moment | None, node: Any) -> bool:
    """Is it the square of a deviation, opened about the mean?"""
    last = moment.chains[-1] if moment is not None and moment.chains else None
    return last is not None and last.start == node and last.steps[0].rule == "mean_inserted"


def replace_once(expr: Any, node: Any, value: Any) -> Any:
    """The expression with the node's value, nothing else evaluated anew."""
    return substitute(expr, {node: value})
