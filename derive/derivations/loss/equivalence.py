"""Minimising cross-entropy, maximising likelihood and minimising the divergence from the data are one problem."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import NATURALS, OneHot, Simplex
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, UP_TO_CONSTANT
from derive.core.statement import Statement
from derive.derivations.result import Section
from derive.models.regression import CLASS, CLASSES, EACH
from derive.models.sample import INDEX, SIZE

LABELS = sp.IndexedBase("y")
MODEL = sp.IndexedBase("q", positive=True)
SHARES = sp.IndexedBase(r"\hat{p}", positive=True)
OVER = (CLASS, 1, CLASSES)


def equivalence_section() -> Section:
    """For one-hot labels y_i and a model q: −(1/N) log L = H(p̂, q) = H(p̂) + D(p̂‖q), and H(p̂) is free of q."""
    share = Statement(SHARES[CLASS], EQUAL, sp.Sum(LABELS[INDEX, CLASS], EACH) / SIZE)
    return Section(
        Phrase("equivalence_heading"),
        (Phrase("equivalence_intro", {"labels": LABELS[INDEX, CLASS], "model": MODEL[CLASS], "share": share}),),
        (likelihood_is_cross_entropy(share.right), cross_entropy_is_divergence()),
        (Phrase("equivalence_conclusion", {"model": MODEL}),),
    )


def likelihood_is_cross_entropy(share: Any) -> Chain:
    """−(1/N) Σ_i Σ_k y_ik log q_k = −Σ_k p̂_k log q_k."""
    facts = Facts(
        {LABELS: OneHot(CLASSES), MODEL: Simplex(CLASSES), SIZE: NATURALS, CLASSES: NATURALS},
        {LABELS: (SIZE, CLASSES), MODEL: (CLASSES,)},
        {INDEX: SIZE, CLASS: CLASSES},
        {SHARES: sp.Lambda(CLASS, share)},
    )
    start = -sp.Sum(LABELS[INDEX, CLASS] * sp.log(MODEL[CLASS]), OVER, EACH) / SIZE
    swapped = -sp.Sum(sp.log(MODEL[CLASS]) * sp.Sum(LABELS[INDEX, CLASS], EACH), OVER) / SIZE
    named = -sp.Sum(SHARES[CLASS] * sp.log(MODEL[CLASS]), OVER)
    steps = (
        Step(start, EQUAL, swapped, "sums_swap", Phrase("sums_swap", {"before": start, "after": swapped})),
        Step(swapped, EQUAL, named, "shares_named", Phrase("shares_named", {"share": SHARES[CLASS]})),
    )
    return Chain(Phrase("as_cross_entropy_topic"), start, steps, facts)


def cross_entropy_is_divergence() -> Chain:
    """−Σ p̂ log q = −Σ p̂ log p̂ + Σ p̂ log(p̂/q) ≃ Σ p̂ log(p̂/q)."""
    facts = Facts(
        {SHARES: Simplex(CLASSES), MODEL: Simplex(CLASSES), CLASSES: NATURALS},
        {SHARES: (CLASSES,), MODEL: (CLASSES,)},
        {CLASS: CLASSES},
    )
    p, q = SHARES[CLASS], MODEL[CLASS]
    start = -sp.Sum(p * sp.log(q), OVER)
    divergence = sp.Sum(p * sp.log(p / q, evaluate=False), OVER)
    entropy = -sp.Sum(p * sp.log(p), OVER)
    steps = (
        Step(
            start,
            EQUAL,
            entropy + divergence,
            "empirical_entropy_added",
            Phrase("empirical_entropy_added", {"entropy": entropy}),
        ),
        Step(
            entropy + divergence,
            UP_TO_CONSTANT,
            divergence,
            "constant_dropped",
            Phrase("entropy_dropped", {"entropy": entropy, "model": MODEL}),
        ),
    )
    return Chain(Phrase("as_divergence_topic"), start, steps, facts, (MODEL,))
