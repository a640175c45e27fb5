"""Cross-entropy with a one-hot p: minus the logarithm that q gives to the true class."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Integers, OneHot, Simplex
from derive.core.facts import Facts
from derive.core.information import CrossEntropy, Law
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import equation
from derive.derivations.result import Section
from derive.models.comparison import Named

if TYPE_CHECKING:
    from derive.derivations.information import Information


def for_unknown_laws(p: Any, q: Any, x: Any, support: Integers) -> Section:
    """p(x) = δ_xc on a finite set: H(p, q) = −log q(c)."""
    true = sp.Symbol("c", integer=True, positive=True)
    laws = {p: Law(x, support, sp.KroneckerDelta(x, true)), q: Law(x, support)}
    facts = Facts({true: support}, {}, {true: support.upper}, {}, (), laws)
    at_p, at_q = (sp.Function(str(name)) for name in (p, q))
    total = -sp.Sum(at_p(x) * sp.log(at_q(x), evaluate=False), (x, support.lower, support.upper))
    end = -sp.log(at_q(true), evaluate=False)
    steps = (
        Step(
            CrossEntropy(p, q), EQUAL, total, "cross_entropy_definition", Phrase("cross_entropy_definition", {"p": p})
        ),
        Step(total, EQUAL, end, "one_hot_term", Phrase("one_hot_term", {"true": true})),
    )
    return section(CrossEntropy(p, q), at_p(x), at_p(true), at_q(true), true, steps, facts)


def for_categories(found: Information, p: Named, q: Named) -> Section | None:
    """π_j = δ_jc in what was found for two laws of one-hot vectors; None for any other laws."""
    if not isinstance(p.distribution.support, OneHot) or not isinstance(q.distribution.support, OneHot):
        return None
    weights = [[s.letter for s in law.distribution.parameters if isinstance(s.domain, Simplex)] for law in (p, q)]
    if not found.closed or any(len(letters) != 1 for letters in weights):
        return None
    ((first,), (second,)) = weights
    true, k = (sp.Symbol(s, integer=True, positive=True) for s in "ck")
    size = p.distribution.support.size
    facts = found.facts.defining(first, sp.Lambda(k, sp.KroneckerDelta(k, true)))
    facts = replace(facts, indices={**facts.indices, true: size})
    end = -sp.log(second[true], evaluate=False)
    steps = (
        Step(found.quantity, EQUAL, found.value, "value_found", Phrase("value_found")),
        Step(found.value, EQUAL, end, "one_hot_term", Phrase("one_hot_term", {"true": true})),
    )
    return section(found.quantity, first[k], first[true], second[true], true, steps, facts)


def section(
    quantity: Any, mass: Any, sure: Any, given: Any, true: Any, steps: tuple[Step, ...], facts: Facts
) -> Section:
    slots = {"mass": mass, "sure": equation(sure, 1), "true": true}
    chain = Chain(Phrase("quantity_topic", {"quantity": quantity}), quantity, steps, facts)
    outro = Phrase("one_hot_result", {"quantity": quantity, "given": given})
    return Section(Phrase("one_hot_heading"), (Phrase("one_hot_intro", slots),), (chain,), (outro,))
