r"""Families that the text says are held fixed: "treating $\gamma_{ik}$ as constants", "把 $\gamma_{ik}$ 视为常数"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import settled
from derive.core.claim import Claim
from derive.core.domains import REALS, Simplex
from derive.core.facts import Facts
from derive.core.relation import EQUAL, GREATER

if TYPE_CHECKING:
    from derive.documents.course import Course

_BEFORE = re.compile(
    r"(?:\b(?:treat|hold|keep|regard|consider|fix|view)(?:ing|s)?(?:\s+the)?(?:\s+\w+){0,2}|固定|[将把视])\s*\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*(?:\b(?:as\s+(?:a\s+)?)?(?:constants?|fixed)\b|(?:视为|看作|看成|当作|当成)\s*(?:固定的?)?\s*(?:常[数量]|已知|固定)|为常[数量]|不变)",
    re.IGNORECASE,
)
_FIXES = re.compile(r"(?:\bfix(?:ing)?(?:\s+the)?(?:\s+\w+){0,2}|固定)\s*\Z", re.IGNORECASE)


def is_held(before: str, behind: str) -> bool:
    """Do the words around a formula say that it is held fixed?

    >>> is_held("Treating the weights ", " as constants, we differentiate"), is_held("we treat ", " next")
    (True, False)
    """
    return _FIXES.search(before) is not None or (
        _BEFORE.search(before) is not None and _BEHIND.match(behind) is not None
    )


def hold(course: Course, value: Any) -> bool:
    """Take the family of this entry as numbers of their own, of which only sign and total are known, from here on.

    What it was defined to be stays one of the meanings of a line.
    """
    if not isinstance(value, sp.Indexed) or not all(i.is_Symbol for i in value.indices):
        return False
    facts, base = course.facts, value.base
    meaning = facts.definitions.get(base)
    if not isinstance(meaning, sp.Lambda) or len(meaning.signature) != len(value.indices) or base in course.unheld:
        return False
    reach = {i.name: n for i, n in facts.indices.items()}
    sizes = [reach.get(i.name) for i in value.indices]
    if any(n is None for n in sizes):
        return False
    slots = tuple(sp.Symbol(i.name, integer=True, positive=True) for i in value.indices)
    body = meaning(*slots)
    total = sp.Sum(body, (slots[-1], 1, sizes[-1]))
    positive = settled([Claim(body, GREATER, sp.Integer(0), facts)]).holds
    whole = positive and settled([Claim(total, EQUAL, sp.Integer(1), facts)]).holds
    domain = Simplex(sizes[-1]) if whole else REALS
    kept = {k: v for k, v in facts.definitions.items() if k != base}
    course.unheld[base] = meaning
    course.facts = replace(
        facts,
        definitions=kept,
        domains={**facts.domains, base: domain},
        shapes={**facts.shapes, base: tuple(sizes)},
    )
    return True


def with_meanings(claim: Claim, unheld: dict[Any, Any]) -> Claim | None:
    """The claim where the families are what they were defined to be; None where none of them is in it."""
    if not any(side.has(base) for side in (claim.left, claim.right) for base in unheld):
        return None
    return replace(claim, facts=told(claim.facts, unheld))


def told(facts: Facts, unheld: dict[Any, Any]) -> Facts:
    """The facts with the definitions back."""
    return replace(facts, definitions={**facts.definitions, **unheld})
