"""The same point with some letters moved: what is free of them stays as it is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.point import Point, Undefined
from derive.checking.points import Draw, true_at
from derive.checking.walker import Walker
from derive.core.facts import Facts
from derive.core.vectors import VECTOR_LETTERS, VectorAt

COUNT = 6


def variants(facts: Facts, walker: Walker, unknowns: tuple[Any, ...], budget: Budget) -> Iterator[Walker]:
    """Walkers at points that differ from the given one in the unknowns alone, the given one first.

    Raises:
        GivesUp: an unknown is not a letter that can be moved.
    """
    yield walker
    made = 0
    for attempt in range(4 * COUNT):
        moved = Walker(facts, copied(walker.point), budget)
        draw = Draw(facts, moved, 0, False)
        draw.random = random.Random(f"{walker.point.seed} {attempt}")
        try:
            for letter in unknowns:
                redrawn(draw, letter)
            moved.memo.clear()
            if not all(true_at(s, moved) for s in facts.assumed):
                continue
        except Undefined:
            continue
        yield moved
        made += 1
        if made == COUNT:
            return


def copied(point: Point) -> Point:
    """A point of its own with the same values."""
    made = Point(point.seed)
    made.values, made.entries = dict(point.values), dict(point.entries)
    return made


def redrawn(draw: Draw, letter: Any) -> None:
    """Another value for a letter, an entry, or all entries of a vector."""
    facts, point = draw.facts, draw.point
    if isinstance(letter, VectorAt):
        base = letter.args[0]
        family = draw.walker.whole(letter.args[1])
        for key in [k for k in point.entries if k[0] == base and k[1][0] == family]:
            point.entries[key] = draw.scalar(facts.domains[base])
        return
    if isinstance(letter, VECTOR_LETTERS):
        letter = letter.args[0]
    if isinstance(letter, sp.IndexedBase) and letter in facts.shapes:
        sizes = [draw.walker.whole(size) for size in facts.shapes[letter]]
        draw.array(letter, sizes)
    elif isinstance(letter, sp.Indexed) and letter.base in facts.domains:
        indices = tuple(draw.walker.whole(i) for i in letter.indices)
        point.entries[letter.base, indices] = draw.scalar(facts.domains[letter.base])
    elif isinstance(letter, sp.Symbol) and letter in facts.domains:
        point.values[letter] = draw.scalar(facts.domains[letter])
    elif isinstance(letter, sp.Symbol):
        point.values[letter] = draw.by_assumption(letter)
    else:
        raise GivesUp("unknowns")
