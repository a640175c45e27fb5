r"""``\bar{x}`` where nobody says that it is the mean: an equation without it says nothing of what it must be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.statement import Statement
from derive.core.trees import mentions
from derive.documents.letters import declared, undecorated
from derive.said.averages import sample_of


def rests_on_unsaid(statement: Statement, against: Iterable[Statement], facts: Facts) -> bool:
    """Does the statement speak of a sample's mean that nothing declares, and that no other equation knows?"""
    known = [side for other in against for side in (other.left, other.right)]
    return any(is_unsaid(s, facts) and not any(mentions(side, s) for side in known) for s in letters(statement))


def letters(statement: Statement) -> set[Any]:
    """The letters of both sides."""
    return {s for side in (statement.left, statement.right) for s in side.free_symbols if isinstance(s, sp.Symbol)}


def is_unsaid(letter: Any, facts: Facts) -> bool:
    """Is it a sample's letter with a bar, and not declared?"""
    stem = undecorated(letter.name)
    if not stem or not letter.name.startswith(r"\bar") or declared(letter.name, facts) is not None:
        return False
    return sample_of(stem, facts) is not None
