"""Which values a walk may keep while letters are bound or moved: those that the moved ones do not enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.facts import Facts
from derive.core.information import OfLaws, OverALaw
from derive.core.meanings import meaning
from derive.core.vectors import Dot, MatrixAt, MatrixOf, Vector, VectorAt, VectorSum

if TYPE_CHECKING:
    from derive.checking.walker import Walker

# Worth a look in the table: what walks over entries, and what stands for a density.
MATRICES = (MatrixOf, MatrixAt, Vector, VectorAt, VectorSum, Dot, sp.Inverse, sp.Determinant, sp.MatMul)
LABORIOUS = (*MATRICES, sp.Sum, sp.exp)
# What these depend on is not all written in them.
HIDING = (OverALaw, OfLaws, AppliedUndef)


class Kept:
    """The table's keys for one set of facts."""

    __slots__ = ("facts", "open", "reach")

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        # Without definitions that hide something, and without entries that are defined one by one.
        self.open = not any(
            isinstance(name, sp.Indexed) or value.has(*HIDING) for name, value in facts.definitions.items()
        )
        self.reach: dict[Any, frozenset[Any] | None] = {}

    def key(self, e: Any, walker: Walker) -> Any:
        """What the value of the expression is kept under while letters are bound or moved; None if it is not kept."""
        if not self.open or not isinstance(e, LABORIOUS):
            return None
        reach = self.letters(e)
        if reach is None:
            return None
        for moved in walker.moved:
            if (moved[0] if isinstance(moved, tuple) else moved) in reach:
                return None
        return e, walker.ctx.dps, *((letter, at) for letter, at in walker.bound.items() if letter in reach)

    def letters(self, e: Any) -> frozenset[Any] | None:
        """All that the value depends on, defined names and what they stand for; None where that cannot be told."""
        if e not in self.reach:
            self.reach[e] = None if e.has(*HIDING) else frozenset(self.met({e}))
        return self.reach[e]

    def met(self, waiting: set[Any]) -> set[Any]:
        """The symbols and families in them, bound ones too, and in what the names stand for."""
        seen: set[Any] = set()
        while waiting:
            e = waiting.pop()
            if e in seen:
                continue
            seen.add(e)
            # A family may be moved or defined as a whole, and so may a name that stands for something.
            stands_for = (meaning(e, self.facts), self.facts.definitions.get(e))
            waiting |= {m for m in (*stands_for, *e.args) if m is not None}
        return {e for e in seen if isinstance(e, sp.Symbol | sp.IndexedBase)}
