r"""Formulas that the document has a name for, as ``\gamma(z_{ik})``, put back into numbers of that name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.domains import POSITIVE
from derive.core.facts import Facts
from derive.core.statement import Statement
from derive.core.trees import substitute

if TYPE_CHECKING:
    from derive.documents.course import Course


def folded(
    course: Course, before: Statement, after: Statement, unknown: Any
) -> tuple[Facts, Statement, Statement, set[Any]]:
    """The statements with a family of positive numbers for each named formula in the unknown; the families' bases.

    Only formulas that are named with an argument of two or more indices, as the responsibilities of a mixture are.
    """
    facts = course.facts
    names: set[Any] = set()
    told = {k: v for k, v in course.assumed.items() if isinstance(k, sp.Indexed)}
    whole = [
        Statement(substitute(s.left, told), s.relation, substitute(s.right, told)) if told else s
        for s in (before, after)
    ]
    for head, clauses in course.functions.items():
        for clause in clauses:
            indices = indices_of(clause.formals)
            if len(clause.formals) != 1 or len(indices) < 2 or not clause.body.has(unknown):
                continue
            sizes = [size_of(index, clause.body, facts) for index in indices]
            if any(size is None for size in sizes):
                continue
            base = sp.IndexedBase(f"{head}'", positive=True)
            body, entry = course.names.resolved(clause.body), base[indices]
            if not any(side.has(body) for s in whole for side in (s.left, s.right)):
                continue
            facts = replace(facts.placing({base: POSITIVE}), shapes={**facts.shapes, base: tuple(sizes)})
            facts = replace(facts, definitions={k: put(v, body, entry, indices) for k, v in facts.definitions.items()})
            whole = [
                Statement(s.left.xreplace({body: entry}), s.relation, s.right.xreplace({body: entry})) for s in whole
            ]
            names.add(base)
    return (facts, whole[0], whole[1], names) if names else (course.facts, before, after, names)


def indices_of(formals: tuple[Any, ...]) -> tuple[Any, ...]:
    """The index letters of the only argument."""
    entry = formals[0] if len(formals) == 1 else None
    return entry.indices if isinstance(entry, sp.Indexed) and all(i.is_Symbol for i in entry.indices) else ()


def size_of(index: Any, body: Any, facts: Facts) -> Any:
    """How far an index runs."""
    if index in facts.indices:
        return facts.indices[index]
    for entry in body.atoms(sp.Indexed):
        for place, size in zip(entry.indices, facts.shapes.get(entry.base, ()), strict=False):
            if place == index:
                return size
    return None


def put(meaning: Any, body: Any, entry: Any, indices: tuple[Any, ...]) -> Any:
    """A definition by one index, N_k = Σ_i γ(z_ik), with the entry in the place of the formula."""
    if not isinstance(meaning, sp.Lambda) or len(meaning.variables) != 1:
        return meaning
    (slot,) = meaning.variables
    for index in indices:
        there = substitute(body, {index: slot})
        if meaning.expr.has(there):
            return sp.Lambda((slot,), meaning.expr.xreplace({there: substitute(entry, {index: slot})}))
    return meaning
