"""The letters without a meaning, and what line of context would give them one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.documents.known import known_letters, letters, unexplained

if TYPE_CHECKING:
    from derive.documents.course import Course


def lacking(course: Course, line: int, *sides: Any) -> None:
    """Note the letters and functions that have no meaning here, with the line where each is first met."""
    known = known_letters(course.facts)
    for side in sides:
        labels = {base.label for base in side.atoms(sp.IndexedBase)}
        indices = {i for entry in side.atoms(sp.Indexed) for i in entry.indices}
        found = {s for s in letters(side) - labels - indices if str(getattr(s, "label", s)) not in known}
        unknown = unexplained(course, side)
        for thing in sorted(found | {f for f in side.atoms(AppliedUndef) if f.func.__name__ in unknown}, key=str):
            course.missing.setdefault(thing, line)
