"""The laws that were drawn at a point, for the reader of a witness: their masses one by one, where they are few."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.cells import CELLS, DRAWN, WIDTH
from derive.checking.laws import is_finite
from derive.checking.point import Undefined
from derive.core.domains import Domain, Integers
from derive.core.joints import Part, part_of, whole
from derive.core.vectors import function_at

if TYPE_CHECKING:
    from derive.checking.walker import Walker
    from derive.core.facts import Facts

MOST_SHOWN = 12


def shown_laws(sides: tuple[Any, ...], walker: Walker) -> dict[str, str]:
    """p(1, 1), p(1, 2), … of the unknown laws in the sides, densities over cells as such; nothing if they are many."""
    facts = walker.facts
    if not facts.joints:
        return {}
    made: dict[str, str] = {}
    cells = any(side.has(DRAWN) for side in sides)
    if cells:
        made[str(DRAWN)] = walker.ctx.nstr(walker.value(WIDTH), 4)
    for name, supports, lines in laws_in(sides, facts):
        try:
            ends = [range(walker.whole(s.lower), walker.whole(s.upper) + 1) for s in supports]
            cases = list(product(*ends))
            if len(made) + len(cases) > MOST_SHOWN:
                return {k: v for k, v in made.items() if k == str(DRAWN)}
            for case in cases:
                mass = walker.value(function_at(name, *map(sp.Integer, case)) / (WIDTH**lines if cells else 1))
                made[f"{name}({', '.join(map(str, case))})"] = walker.ctx.nstr(mass, 4)
        except (GivesUp, Undefined):
            continue
    return made


def laws_in(sides: tuple[Any, ...], facts: Facts) -> list[tuple[str, tuple[Any, ...], int]]:
    """Name, supports, and over how many of them the law is a density, of each unknown law on finite sets."""
    found: dict[str, tuple[tuple[Domain, ...], int]] = {}
    for head in sorted({f.func.__name__ for side in sides for f in side.atoms(AppliedUndef)}):
        part, law = part_of(head, facts), facts.law(head)
        if part is not None:
            top: Part = whole(part.name, part.joint)
            if part.joint.density is None and not part.joint.given and all(map(is_set, part.joint.supports)):
                count = sum(s == CELLS for s in part.joint.supports)
                found[top.name] = part.joint.supports, count
        elif law is not None and law.density is None and is_finite(law) and not law.given:
            found[head] = (law.support,), int(law.support == CELLS)
    return [(name, supports, count) for name, (supports, count) in found.items()]


def is_set(support: Domain) -> bool:
    """Is it a finite set?"""
    return isinstance(support, Integers) and not support.upper.is_infinite
