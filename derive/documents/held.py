r"""Quantities named on the way that depend on the unknown, held fixed: the responsibilities ``\gamma_{ti}`` of EM."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.numbers import letters_of
from derive.core.claim import Claim
from derive.core.domains import POSITIVE
from derive.core.facts import Facts
from derive.core.relation import EQUIVALENT
from derive.core.statement import Statement
from derive.core.vectors import VECTOR_LETTERS
from derive.documents.letters import base_of
from derive.documents.settling import Settled, settled

if TYPE_CHECKING:
    from derive.documents.course import Course


def with_held(course: Course, before: Statement, after: Statement, unknown: Any) -> Settled | None:
    """Are the statements equivalent whatever positive numbers the named quantities are? None: nothing is held.

    What is equivalent for all their values is so for those that the unknown gives them. The converse holds where each
    of them belongs to the unknown's own index: the other components can then give it any value.
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
    return found if found.holds or all(own & set(e.indices) for e in entries) else None


def held(facts: Facts, sides: tuple[Any, ...], unknown: Any) -> set[Any]:
    """The families of numbers that are defined by a formula in the unknown."""
    if not isinstance(unknown, VECTOR_LETTERS):
        return set()
    base = base_of(unknown)
    made = set()
    for entry in {e for side in sides for e in side.atoms(sp.Indexed)}:
        meaning = facts.definitions.get(entry.base)
        if isinstance(meaning, sp.Lambda) and entry.base in facts.shapes and entry.base != base:
            if base in letters_of((meaning.expr,), facts):
                made.add(entry.base)
    return made
