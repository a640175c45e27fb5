"""Forms of the loss that do not overflow."""

from __future__ import annotations

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import NATURALS, REALS
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.derivations.loss.result import Terms
from derive.models.regression import CLASSES, OTHER, Regression

Z = sp.Symbol("z", real=True)


def stable_chains(model: Regression, terms: Terms) -> tuple[Chain, ...]:
    """log(1 + e^z) = max(z, 0) + log(1 + e^{−|z|}), or log Σ e^{z_j} = m + log Σ e^{z_j − m}; else none."""
    if model.many:
        return (log_sum_exp(),)
    softplus = sp.log(1 + sp.exp(model.free_score))
    return (softplus_chain(),) if terms.loss.has(softplus) else ()


def softplus_chain() -> Chain:
    """The exponential that may overflow is taken out of the logarithm."""
    facts = Facts({Z: REALS})
    start = sp.log(1 + sp.exp(Z))
    factored = sp.log(sp.Mul(sp.exp(Z), sp.exp(-Z) + 1, evaluate=False), evaluate=False)
    taken = Z + sp.log(1 + sp.exp(-Z))
    both = sp.Max(Z, 0) + sp.log(1 + sp.exp(-sp.Abs(Z)))
    steps = (
        Step(start, EQUAL, factored, "exponential_factored", Phrase("exponential_factored", {"factor": sp.exp(Z)})),
        Step(factored, EQUAL, taken, "log_of_exponential_factor", Phrase("log_of_exponential_factor")),
        Step(taken, EQUAL, both, "sign_cases", Phrase("sign_cases", {"first": taken, "second": start, "score": Z})),
    )
    return Chain(Phrase("softplus_topic", {"expression": start}), start, steps, facts)


def log_sum_exp() -> Chain:
    """The largest exponential is taken out of the sum."""
    z, m = sp.IndexedBase("z", real=True), sp.Symbol("m", real=True)
    facts = Facts({z: REALS, m: REALS, CLASSES: NATURALS}, {z: (CLASSES,)}, {OTHER: CLASSES})
    over = (OTHER, 1, CLASSES)
    start = sp.log(sp.Sum(sp.exp(z[OTHER]), over))
    factored = sp.log(sp.exp(m) * sp.Sum(sp.exp(z[OTHER] - m), over), evaluate=False)
    taken = m + sp.log(sp.Sum(sp.exp(z[OTHER] - m), over))
    steps = (
        Step(start, EQUAL, factored, "largest_factored", Phrase("largest_factored", {"factor": sp.exp(m)})),
        Step(factored, EQUAL, taken, "log_of_exponential_factor", Phrase("log_of_exponential_factor")),
    )
    return Chain(
        Phrase("log_sum_exp_topic", {"expression": start, "largest": m, "score": z[OTHER]}), start, steps, facts
    )
