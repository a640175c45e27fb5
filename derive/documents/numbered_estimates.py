r"""Estimates with a mark of their own: ``\hat{s}_2`` and ``\hat{s}_{MV}`` are of the s that is declared.

Which estimate is meant nobody says: what holds as one is confirmed, and what does not is no mistake.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import Settled
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import mentions
from derive.documents.equations.following import against_those_before
from derive.documents.letters import declared, undecorated

if TYPE_CHECKING:
    from derive.documents.course import Course

_SUBSCRIPT = re.compile(r"(?P<stem>.+?)_(?:\w|\{.*\})\Z", re.DOTALL)


def parameter_of(letter: Any, course: Course) -> Any:
    r"""The s of ``\hat{s}_2``; None where the letter has no mark, or something of its whole name is declared."""
    name = getattr(letter, "name", "") if isinstance(letter, sp.Symbol) else ""
    plain = undecorated(name)
    found = _SUBSCRIPT.match(plain) if plain is not None and not name.startswith(r"\bar") else None
    if found is None or plain is None or declared(plain, course.facts) is not None:
        return None
    meant = declared(found["stem"], course.facts)
    return meant if isinstance(meant, sp.Symbol) and meant in course.facts.domains else None


def as_estimate(course: Course, letter: Any, value: Any) -> Settled | None:
    """The verdict on its value where an equation that was set up leads to it; None where none does."""
    meant = parameter_of(letter, course)
    if meant is None or not isinstance(value, sp.Expr) or mentions(value, meant) or not value.free_symbols:
        return None
    tried = against_those_before(course, Statement(meant, EQUAL, value))
    return tried.verdict if tried.leading is not None else None
