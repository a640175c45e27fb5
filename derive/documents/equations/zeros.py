"""``= 0``: what a derivative is set to, an equation that is set up, or a claim."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.diagnosis import sizes_of
from derive.checking.settling import settled
from derive.checking.slips import Slip, slips
from derive.core.statement import Statement
from derive.core.trees import mentions
from derive.core.vectors import VECTOR_LETTERS
from derive.documents.equations.rearranged import binds, equivalences, letters_in_common
from derive.documents.equations.vanishing import zero_of
from derive.documents.letters import base_of

if TYPE_CHECKING:
    from derive.documents.course import Course

MOST_SLIPS = 40
# What makes an equation wrong; another factor or term may make it another equation.
PLAIN = ("sign", "power", "size", "bracket", "log")


def has_unknowns(course: Course, side: Any) -> bool:
    """Is there a letter in it for which it could be solved?"""
    facts = course.facts
    sizes = {s for shape in facts.shapes.values() for size in shape for s in size.free_symbols}
    data = {base for base in facts.shapes if facts.law(str(base.label)) is not None}
    indexed = {size for size in facts.indices.values()}
    data |= {base for base, shape in facts.shapes.items() if shape and shape[0] in indexed}
    for letter in side.atoms(sp.Symbol, sp.IndexedBase, *VECTOR_LETTERS):
        base = base_of(letter)
        if base in sizes or base in data or base in facts.indices or base in facts.definitions:
            continue
        if isinstance(base, sp.IndexedBase) or (isinstance(base, sp.Symbol) and base in side.free_symbols):
            return True
    return False


def slip_against(course: Course, statement: Statement) -> Slip | None:
    """The one slip that makes the equation differ from one that is still to be solved."""
    implied = [Statement(*zero_of(d)) for d, _ in course.derivatives[-2:]]
    before = [p.statement for p in reversed(course.pending[-3:]) if binds(course, p, statement)]
    for earlier in (*before, *implied):
        unknowns = letters_in_common(course, earlier, statement)
        if not unknowns:
            continue
        for slip in islice(slips(statement.left, sizes_of(course.facts)), MOST_SLIPS):
            mended = Statement(slip.made, statement.relation, statement.right)
            likely = slip.kind in PLAIN and mentions(slip.made, base_of(unknowns[0]))
            if likely and settled(equivalences(course, earlier, mended, unknowns)).holds:
                return slip
    return None
