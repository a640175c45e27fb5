r"""The evidence of a sample, written out where a verdict hangs on it: p(x) = ∫ ∏ p(x_i | θ) p(θ) dθ.

Until then a function of which nothing is known stands for it. Next to ∝ it is a factor like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.settling import Settled, settled
from derive.core.facts import Facts
from derive.core.relation import Relation
from derive.core.trees import substitute
from derive.core.vectors import VECTOR_LETTERS
from derive.documents.claims import readings, unknowns
from derive.documents.doubts import doubted
from derive.documents.laws.bayes import EVIDENCE, hidden, integrated
from derive.documents.laws.densities import is_density_name
from derive.documents.laws.priors import with_own_prior
from derive.documents.laws.sample_laws import joint, law_at
from derive.reading.chains import ReadChain

if TYPE_CHECKING:
    from derive.documents.course import Course


def with_evidence(course: Course, left: Any, relation: Relation, right: Any, chain: ReadChain) -> Settled | None:
    """The verdict with the evidence written out; None where there is none, or it cannot be."""
    found = evidences(left) | evidences(right)
    if not found:
        return None
    if relation.forgives == "nothing" or {f.args[0] for f in found} & set(
        unknowns(course, relation, left, right, chain)
    ):
        facts = with_priors(course)
        changes = {f: of_sample(f.args[0], facts) for f in found}
        if any(value is None for value in changes.values()):
            return None
    else:
        changes = dict.fromkeys(found, sp.Integer(1))
    left, right = (substitute(side, changes) for side in (left, right))
    return doubted(course, left, right, settled(readings(course, left, relation, right, chain)), relation)


def without_evidence(side: Any) -> Any:
    """The side without such factors, for what is free of the data."""
    return substitute(side, dict.fromkeys(evidences(side), sp.Integer(1)))


def evidences(side: Any) -> set[AppliedUndef]:
    """The densities of one whole sample that it speaks of."""
    if not isinstance(side, sp.Basic):
        return set()
    found = {f for f in side.atoms(AppliedUndef) if f.func.__name__ == EVIDENCE}
    return {f for f in found if len(f.args) == 1 and isinstance(f.args[0], sp.IndexedBase)}


def with_priors(course: Course) -> Facts:
    """The facts with the priors that the document writes."""
    facts = course.facts
    heads = [*course.functions, *(name for name in facts.definitions if isinstance(name, str))]
    for head in dict.fromkeys(filter(is_density_name, heads)):
        facts = with_own_prior(head, tuple((c.formals, c.body) for c in course.functions.get(head, ())), facts)
    return facts


def of_sample(base: Any, facts: Facts) -> Any:
    """∫ ∏ p(x_i | θ) p(θ) dθ for the only letter θ with a law on which the sample's law rests; None for others."""
    product = joint(base, facts)
    if product is None or product.has(*VECTOR_LETTERS):
        return None
    others = sorted(hidden(product, facts, set()), key=str)
    law = law_at(others[0], facts) if len(others) == 1 else None
    if law is None or hidden(law.density, facts, {others[0]}):
        return None
    made = integrated(product * law.density, others[0], law)
    return made if isinstance(made, sp.Integral | sp.Sum) else None
