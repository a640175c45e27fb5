"""The letters without a meaning, and what line of context would give them one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.documents.known import known_letters, letters, unexplained
from derive.documents.report import Missing

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


def missing(course: Course) -> tuple[Missing, ...]:
    """The letters without a meaning, each with a context line that would supply one."""
    made: dict[str, Missing] = {}
    for thing, line in course.missing.items():
        if isinstance(thing, sp.IndexedBase):
            name, given = str(thing.label), rf"{thing.label}_i \in \mathbb{{R}}, i = 1..N"
        elif isinstance(thing, sp.Symbol):
            whole = "\\{1, 2, \\dots\\}" if thing.is_integer else r"\mathbb{R}"
            name, given = thing.name, rf"{thing.name} \in {whole}"
        else:
            name = thing.func.__name__
            given = f"{name}({', '.join('x' if k == 0 else f'x_{k + 1}' for k in range(len(thing.args)))}) := …"
        made.setdefault(name, Missing(name, line, given))
    return tuple(sorted(made.values(), key=lambda m: (m.line, m.letter)))
