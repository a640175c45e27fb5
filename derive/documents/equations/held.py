r"""Quantities named on the way that depend on the unknown, held fixed: the responsibilities ``\gamma_{ti}`` of EM."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.free_letters import letters_of
from derive.checking.settling import Settled, settled
from derive.core.claim import Claim
from derive.core.domains import POSITIVE
from derive.core.facts import Facts
from derive.core.relation import EQUIVALENT
from derive.core.statement import Statement
from derive.core.vectors import VECTOR_LETTERS
from derive.documents.letters import base_of

if TYPE_CHECKING:
    from derive.documents.course import Course


WEIGHTS = (sp.exp, sp.log, sp.Determinant)


def with_held(course: Course, before: Statement, after: Statement, unknown: Any) -> Settled | None:
    """Are the statements equivalent whatever positive numbers the named quantities are? None: nothing is held.

    What is equivalent for all their values is so for those that the unknown gives them. The converse holds where each
    of them belongs to the unknown's own index, so that the other components can give it any value, and nothing else in
    the statements is such a weight written out.
    """
    sides = (before.left, before.right, after.left, after.right)
    names = held(course.facts, sides, unknown)
    if not names:
        return None
    own = {unknown.args[1]} if len(unknown.args) > 2 else set()
    entries = {e for side in sides for e in side.atoms(sp.Indexed) if e.base in names}
    kept = {k: v for k, v in course.facts.definitions.items() if k not in names}
    domains = {**course.facts.domains, **dict.fromkeys(names, POSITIVE)}
    facts = replace(course.facts, definitions=kept, domains=domains)
    found = settled([Claim(before, EQUIVALENT, after, facts, (unknown,))])
    rational = not any(side.has(*WEIGHTS) for side in sides)
    return found if found.holds or (rational and all(own & set(e.indices) for e in entries)) else None


def held(facts: Facts, sides: tuple[Any, ...], unknown: Any) -> set[Any]:
    """The families of numbers that are defined by a formula in the unknown."""
    if not isinstance(unknown, VECTOR_LETTERS):
        return set()
    base = base_of(unknown)
    made: dict[Any, Any] = {}
    for entry in {e for side in sides for e in side.atoms(sp.Indexed)}:
        meaning = facts.definitions.get(entry.base)
        if not isinstance(meaning, sp.Lambda) or entry.base not in facts.shapes or entry.base == base:
            continue
        if base in letters_of((meaning.expr,), facts):
            made[entry.base] = meaning.expr
    # What is made of others that are held, as N_k is of γ_ik, is not held apart from them.
    return {name for name, expr in made.items() if not any(expr.has(other) for other in made if other != name)}
