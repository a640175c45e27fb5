"""The same point with some letters moved: what is free of them stays as it is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.point import Point, Undefined
from derive.checking.points import Draw, true_at
from derive.checking.walker import Walker
from derive.core.domains import Interval
from derive.core.facts import Facts
from derive.core.vectors import VECTOR_LETTERS, VectorAt

COUNT = 6
FACTORS = (8, Fraction(1, 8))


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
            break
    yield from stretched(facts, walker, unknowns, budget)


def stretched(facts: Facts, walker: Walker, unknowns: tuple[Any, ...], budget: Budget) -> Iterator[Walker]:
    """The given point with one unknown made much larger or smaller, so that other terms tell."""
    for letter in unknowns:
        for factor in FACTORS:
            moved = Walker(facts, copied(walker.point), budget)
            if scaled(moved, letter, factor) and all(true_at(s, moved) for s in facts.assumed):
                yield moved


def copied(point: Point) -> Point:
    """A point of its own with the same values."""
    made = Point(point.seed)
    made.values, made.entries = dict(point.values), dict(point.entries)
    return made


def scaled(walker: Walker, letter: Any, factor: Any) -> bool:
    """Multiply a number, or all entries of a family, if its domain has room for that."""
    facts, point = walker.facts, walker.point
    name = letter.args[0] if isinstance(letter, VECTOR_LETTERS) else letter
    bases = roots(name, facts)
    if any(not unbounded(facts.domains.get(base)) for base in bases):
        return False
    keys = [key for key in point.entries if key[0] in bases]
    for key in keys:
        point.entries[key] *= factor
    if name in point.values and name in bases:
        point.values[name] *= factor
        return True
    return bool(keys)


def roots(name: Any, facts: Facts) -> list[Any]:
    """What is drawn where the letter is to move: itself, or the matrix that a positive definite one is made of."""
    meant = facts.definitions.get(name)
    if not isinstance(meant, sp.Basic):
        return [name]
    inside = {e.base for e in meant.atoms(sp.Indexed)}
    return [base for base in facts.shapes if base in inside] or [name]


def unbounded(domain: Any) -> bool:
    """All real numbers, or all beyond 0."""
    if not isinstance(domain, Interval) or not domain.upper.is_infinite:
        return False
    return bool(domain.lower.is_infinite or domain.lower == 0)


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
        for base in roots(letter, facts):
            draw.array(base, [draw.walker.whole(size) for size in facts.shapes[base]])
    elif isinstance(letter, sp.Indexed) and letter.base in facts.domains:
        indices = tuple(draw.walker.whole(i) for i in letter.indices)
        point.entries[letter.base, indices] = draw.scalar(facts.domains[letter.base])
    elif isinstance(letter, sp.Symbol) and letter in facts.domains:
        point.values[letter] = draw.scalar(facts.domains[letter])
    elif isinstance(letter, sp.Symbol):
        point.values[letter] = draw.by_assumption(letter)
    else:
        raise GivesUp("unknowns")
