"""Which letters and functions the facts give a meaning to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.joints import part_of
from derive.core.vectors import MatrixOf

if TYPE_CHECKING:
    from derive.documents.course import Course


def known_letters(facts: Facts) -> set[str]:
    """The names of all that the facts mention."""
    sizes = {s for shape in (*facts.shapes.values(), facts.indices.values()) for e in shape for s in e.free_symbols}
    laws = {law.variable for law in facts.laws.values()} | set(facts.laws)
    ends = {s for law in facts.laws.values() for end in ends_of(law.support) for s in end.free_symbols}
    whole = {m.args[3] for value in facts.matrices.values() for m in value.atoms(MatrixOf)}
    names = {*facts.domains, *facts.shapes, *facts.indices, *facts.definitions, *sizes, *laws, *ends, *whole}
    return {str(getattr(n, "label", n)) for n in names}


def ends_of(support: Any) -> tuple[Any, ...]:
    """Where a support begins and ends."""
    return (support.lower, support.upper) if isinstance(support, Interval | Integers) else ()


def letters(side: Any) -> set[Any]:
    """The free letters."""
    return {s for s in side.free_symbols if isinstance(s, sp.Symbol | sp.IndexedBase)}


def unexplained(course: Course, side: Any) -> set[str]:
    """Functions that nothing says the meaning of."""
    heads = {f.func.__name__ for f in side.atoms(AppliedUndef)}
    explained = {*course.facts.definitions, *(h for h in heads if part_of(h, course.facts) is not None)}
    return {h for h in heads if course.facts.law(h) is None and h not in explained}


def families(course: Course, *sides: Any) -> set[Any]:
    """Families of letters that nothing declares."""
    facts = course.facts
    bases = {e.base for side in sides for e in side.atoms(sp.Indexed)}
    return {b for b in bases if b not in facts.domains and b not in facts.shapes and b not in facts.definitions}


def strangers(course: Course, value: Any) -> set[str]:
    """Letters that nothing has spoken of so far: perhaps the words behind say what they stand for."""
    before = [side for p in course.pending for side in (p.statement.left, p.statement.right)]
    met = {str(s) for side in (course.end, *before) if isinstance(side, sp.Basic) for s in letters(side)}
    met |= {str(getattr(k, "label", k)) for k in (*course.solved, *course.assumed)}
    facts = course.facts
    bases = {*facts.domains, *facts.shapes, *facts.definitions}
    # An N_k is not known by the number N.
    families = {str(b.label) for b in value.atoms(sp.IndexedBase) if b not in bases}
    families &= {str(b) for b in bases if isinstance(b, sp.Symbol)}
    return (({str(getattr(s, "label", s)) for s in letters(value)} - known_letters(facts)) | families) - met


def unfolded(side: Any, course: Course) -> Any:
    """With what its letters stand for."""
    changes = {s: m for s in side.free_symbols if (m := course.facts.definitions.get(s)) is not None}
    return side.xreplace(changes) if changes else side
