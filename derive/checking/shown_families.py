"""What a witness shows of letters that are made of others: a positive definite matrix, classes −1 and 1."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.point import Undefined
from derive.core.facts import Facts

if TYPE_CHECKING:
    from derive.checking.walker import Walker

# More entries than that no reader puts in by hand.
MOST = 32
DIGITS = 6


def without_makings(facts: Facts) -> Facts:
    """The facts in which declared letters stand for themselves; abbreviations stand for what they are."""
    return replace(facts, definitions={k: v for k, v in facts.definitions.items() if k not in facts.domains})


def shown_family(letter: Any, walker: Walker) -> dict[str, str]:
    """The value of a declared letter that is made of others, or all values of a family; nothing if they are many."""
    try:
        if not isinstance(letter, sp.IndexedBase):
            return {str(letter): written(walker.value(letter), walker)}
        sizes = [walker.whole(size) for size in walker.facts.shapes.get(letter, ())]
        if not sizes or prod(sizes) > MOST:
            return {}
        places = product(*(range(1, size + 1) for size in sizes))
        entries = [written(walker.entry_at(letter, place), walker) for place in places]
    except (GivesUp, Undefined):
        return {}
    return {str(letter.label): f"({', '.join(entries)})"}


def written(value: Any, walker: Walker) -> str:
    """A value in the digits that a reader puts in."""
    return str(walker.ctx.nstr(value, DIGITS)).removesuffix(".0")
