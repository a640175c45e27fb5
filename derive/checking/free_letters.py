"""The letters that the sides of a claim depend on, and those that stand by themselves in one."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.meanings import meaning
from derive.core.statement import Side, Statement
from derive.core.vectors import BINDERS, VECTOR_LETTERS


def letters_of(sides: tuple[Side, ...], facts: Facts) -> list[Any]:
    """The free letters, sizes and data included, with definitions unfolded; in a fixed order."""
    found: set[Any] = set()
    seen: set[Any] = set()
    waiting: list[tuple[Any, frozenset[Any]]] = []
    for side in sides:
        parts = (side.left, side.right) if isinstance(side, Statement) else (side,)
        waiting.extend((part, frozenset()) for part in parts)
    while waiting:
        e, bound = waiting.pop()
        if (e, bound) in seen or e in bound:
            continue
        seen.add((e, bound))
        stands_for = meaning(e, facts)
        if stands_for is not None:
            waiting.append((stands_for, bound))
        elif isinstance(e, sp.Indexed):
            found.add(e.base)
            waiting.extend((i, bound) for i in e.indices)
        elif isinstance(e, sp.Symbol | sp.IndexedBase):
            found.add(e)
        elif isinstance(e, BINDERS):
            waiting.extend((end, bound) for limit in e.limits for end in limit[1:])
            waiting.append((e.function, bound | {limit[0] for limit in e.limits}))
        else:
            waiting.extend((arg, bound) for arg in e.args)
    return sorted(found, key=lambda s: (isinstance(s, sp.IndexedBase), str(s)))


def bare_letters(expr: Any) -> set[Any]:
    """The symbols that stand by themselves, not as the name of a family."""
    if isinstance(expr, sp.Symbol):
        return {expr}
    if isinstance(expr, sp.Indexed):
        return set().union(*(bare_letters(i) for i in expr.indices))
    if isinstance(expr, (sp.IndexedBase, *VECTOR_LETTERS)) or not getattr(expr, "args", ()):
        return set()
    return set().union(*(bare_letters(a) for a in expr.args))
