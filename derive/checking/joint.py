"""Equations that are solved together: does a statement hold at their common solution?

The system is solved by Gauss, Newton and Levenberg at random data, in all its unknowns at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import product
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.matrix_algebra import rank_of
from derive.checking.numbers import FAULTS, at_points
from derive.checking.point import Undefined
from derive.checking.points import ordinary
from derive.checking.roots import ends, inside
from derive.checking.systems import entries_of, flat, largest, moved_to
from derive.checking.walker import Walker
from derive.checking.witnesses import witness_at
from derive.core.claim import Claim, Outcome, Verdict, Witness
from derive.core.facts import Facts
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import Statement
from derive.core.vectors import VECTOR_LETTERS

POINTS = 4
STARTS = 4
STEPS = 60
MOST_UNKNOWNS = 8
LEAST_POINTS = 2
# Digits of a slope that is made of differences.
ROUGH = 9

Function = Callable[[list[Any]], list[Any]]


def follows(equations: tuple[Statement, ...], after: Statement, unknowns: tuple[Any, ...], facts: Facts) -> Verdict:
    """TESTED if ``after`` is true at every common solution that is found; REFUTED if it is false at all of them.

    Args:
        equations: each for all values of its free indices.
        unknowns: the letters that the equations are solved for: numbers, families (their base) and vectors.
    """
    claim = Claim(after, EQUIVALENT, after, facts, unknowns)
    some = Together(claim, equations, after, unknowns)
    try:
        numbers = at_points(claim, some.check, Budget(), False, POINTS)
    except GivesUp as stop:
        return Verdict(Outcome.UNKNOWN, stop.reason)
    if numbers.witness is not None:
        return Verdict(Outcome.REFUTED, "numbers", numbers.witness)
    if some.seen >= LEAST_POINTS:
        return Verdict(Outcome.TESTED, "numbers")
    return Verdict(Outcome.UNKNOWN, numbers.reason or "no_root")


class Together:
    """The common solutions of several equations, and a statement at each."""

    def __init__(
        self, claim: Claim, equations: tuple[Statement, ...], after: Statement, unknowns: tuple[Any, ...]
    ) -> None:
        self.claim, self.equations, self.after, self.unknowns = claim, equations, after, unknowns
        self.seen = 0

    def check(self, walker: Walker) -> Witness | None:
        """``None`` if the statement is true at all common solutions that are found here.

        Raises:
            GivesUp: none is found, it is not the only one near, or the statement is true at some of them only.
        """
        if not ordinary(walker):
            raise Undefined(False)
        places = [place for unknown in self.unknowns for place in places_of(unknown, walker)]
        if len(places) > MOST_UNKNOWNS:
            raise GivesUp("size")
        rows = [row for equation in self.equations for row in instances(equation, walker)]

        def system(values: list[Any]) -> list[Any]:
            with moved_to(walker, places, values):
                return [r for row in rows for r in difference(*row, walker)]

        found = [root for start in starts(places, walker) if (root := self.root(system, start, places, walker))]
        if not found:
            raise GivesUp("no_root")
        true = [self.true_at(places, root, walker) for root in found]
        if any(true) != all(true):
            raise GivesUp("implicit")
        self.seen += 1
        return None if true[0] else self.witness(places, found[0], walker)

    def root(self, system: Function, start: list[Any], places: list[Any], walker: Walker) -> list[Any] | None:
        """An admissible solution that stands alone; ``None`` if none is found from here."""
        try:
            found = levenberg(system, start, walker.ctx)
        except (Undefined, TypeError, *FAULTS):
            return None
        if found is None or not all(self.admissible(p, v, walker) for p, v in zip(places, found, strict=True)):
            return None
        try:
            slopes = jacobian(system, found, system(found), walker.ctx)
        except (Undefined, *FAULTS):
            return None
        if rank_of(walker, slopes, ROUGH) < len(places):
            raise GivesUp("unknowns")
        return found

    def admissible(self, place: Any, value: Any, walker: Walker) -> bool:
        domain = self.claim.facts.domains.get(getattr(place, "base", place))
        return inside(value, domain, *ends(domain, getattr(place, "base", place), walker))

    def true_at(self, places: list[Any], root: list[Any], walker: Walker) -> bool:
        with moved_to(walker, places, root):
            for row in instances(self.after, walker):
                with held(row[1], walker):
                    left, right = (flat(walker.value(side)) for side in (row[0].left, row[0].right))
                    scale = max(largest(left), largest(right), walker.ctx.mpf(10) ** -6)
                    if any(abs(a - b) > scale * walker.ctx.mpf(10) ** -9 for a, b in zip(left, right, strict=True)):
                        return False
        return True

    def witness(self, places: list[Any], root: list[Any], walker: Walker) -> Witness:
        """Where the statement is false, with the values of its letters at the solution."""
        own = {str(p): str(walker.ctx.nstr(v, 6)) for p, v in zip(places, root, strict=True)}
        with moved_to(walker, places, root):
            for row in instances(self.after, walker):
                with held(row[1], walker):
                    left, right = (flat(walker.value(side)) for side in (row[0].left, row[0].right))
                    for a, b in zip(left, right, strict=True):
                        if abs(a - b) > max(abs(a), abs(b)) * walker.ctx.mpf(10) ** -9:
                            return witness_at(self.claim, walker, a, b, **own)
        raise GivesUp("no_root")


def places_of(unknown: Any, walker: Walker) -> list[Any]:
    """The numbers that an unknown consists of.

    Raises:
        GivesUp: it is a family of which nothing says how many there are.
    """
    if isinstance(unknown, VECTOR_LETTERS):
        return entries_of(unknown, walker)
    if not isinstance(unknown, sp.IndexedBase):
        return [unknown]
    shape = walker.facts.shapes.get(unknown)
    if not shape:
        raise GivesUp("index")
    return [unknown[at] for at in product(*(map(sp.Integer, range(1, walker.whole(n) + 1)) for n in shape))]


def free_indices(statement: Statement, walker: Walker) -> dict[Any, int]:
    """The free index letters, and how far each runs."""
    made: dict[Any, int] = {}
    for side in (statement.left, statement.right):
        for entry in side.atoms(sp.Indexed):
            shape = walker.facts.shapes.get(entry.base, ())
            for index, size in zip(entry.indices, shape, strict=False):
                if isinstance(index, sp.Symbol) and index in side.free_symbols:
                    made[index] = walker.whole(size)
    return made


def instances(statement: Statement, walker: Walker) -> Iterator[tuple[Statement, dict[Any, int]]]:
    """The statement with each value of its free indices."""
    indices = free_indices(statement, walker)
    for values in product(*(range(1, size + 1) for size in indices.values())):
        yield statement, dict(zip(indices, values, strict=True))


def held(indices: dict[Any, int], walker: Walker) -> ExitStack:
    """With the indices at these values."""
    stack = ExitStack()
    for index, value in indices.items():
        stack.enter_context(walker.holding(index, value))
    return stack


def difference(statement: Statement, indices: dict[Any, int], walker: Walker) -> list[Any]:
    """left − right; 0 next to a matrix is the matrix of zeros."""
    assert statement.relation == EQUAL
    with held(indices, walker):
        left, right = (flat(walker.value(side)) for side in (statement.left, statement.right))
    if len(left) != len(right):
        wide, narrow = (left, right) if len(left) > len(right) else (right, left)
        if narrow != [0]:
            raise GivesUp("shapes")
        return wide
    return [a - b for a, b in zip(left, right, strict=True)]


def starts(places: list[Any], walker: Walker) -> Iterator[list[Any]]:
    """The point as drawn, and others, the same ones each time."""
    ctx = walker.ctx
    drawn = [walker.value(place) for place in places]
    yield drawn
    draw = random.Random(walker.point.seed)
    for _ in range(STARTS):
        yield [
            (v if v else ctx.mpf(1))
            * draw.choice((1, -1) if is_signed(p) else (1,))
            * ctx.mpf(draw.randint(2, 40))
            / 10
            for p, v in zip(places, drawn, strict=True)
        ]


def is_signed(place: Any) -> bool:
    """May it be negative, for all that its name says?"""
    return not getattr(getattr(place, "base", place), "is_positive", False)


def jacobian(system: Function, at: list[Any], here: list[Any], ctx: Any) -> Any:
    """The matrix of slopes, by differences."""
    columns = []
    for k, v in enumerate(at):
        step = max(abs(v), ctx.mpf(10) ** -3) * ctx.mpf(10) ** -12
        moved = system([*at[:k], v + step, *at[k + 1 :]])
        columns.append([(b - a) / step for a, b in zip(here, moved, strict=True)])
    return ctx.matrix(columns).T


def levenberg(system: Function, at: list[Any], ctx: Any) -> list[Any] | None:
    """A root of the system, with steps that are shortened until they bring it nearer to zero."""
    here = system(at)
    size = sum(v * v for v in here)
    damping = ctx.mpf(1) / 100
    for _ in range(STEPS):
        if largest(here) < ctx.mpf(10) ** -20:
            return at
        slopes = jacobian(system, at, here, ctx)
        square, right = slopes.T * slopes, slopes.T * ctx.matrix(here)
        for _ in range(12):
            leaning = square.copy()
            for k in range(len(at)):
                leaning[k, k] += damping * (square[k, k] + ctx.mpf(10) ** -12)
            try:
                change = ctx.lu_solve(leaning, right)
                moved = [v - change[k] for k, v in enumerate(at)]
                there = system(moved)
                lower = sum(v * v for v in there)
            except (Undefined, ZeroDivisionError, ValueError):
                lower = size
            if lower < size:
                at, here, size = moved, there, lower
                damping = damping / 10 if damping > ctx.mpf(10) ** -25 else ctx.mpf(0)
                break
            damping = damping * 10 + ctx.mpf(10) ** -6
        else:
            return at if largest(here) < ctx.mpf(10) ** -15 else None
    return at if largest(here) < ctx.mpf(10) ** -15 else None
