"""Solutions in a whole vector or matrix: Newton's method at one point of the data, then both statements there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.free_letters import letters_of
from derive.checking.matrix_algebra import rank_of
from derive.checking.point import Undefined
from derive.checking.points import ordinary
from derive.checking.walker import Walker
from derive.checking.witnesses import witness_at
from derive.core.claim import Claim, Witness
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.vectors import MatrixAt, MatrixOf, Vector, VectorAt, cell

STEPS = 25
MOST = 9
MOST_SQUARE = 4
SMALLER = 100


class Systems:
    """Two equations in one vector or matrix, all other letters fixed."""

    def __init__(self, claim: Claim, unknown: Any, a: Statement, b: Statement) -> None:
        self.claim, self.unknown, self.a, self.b = claim, unknown, a, b
        self.seen = False

    def check(self, walker: Walker) -> Witness | None:
        """``None`` if the solutions found of each are solutions of the other.

        Raises:
            GivesUp: neither has a solution that is found.
        """
        if self.a.relation != EQUAL or self.b.relation != EQUAL:
            raise GivesUp("relation")
        places = entries_of(self.unknown, walker)
        found = 0
        for statement, other in ((self.b, self.a), (self.a, self.b)):
            root = self.solution(walker, statement, places)
            if root is None:
                continue
            if singular(walker, self.unknown, root):
                # Where the matrix has no inverse nothing can be said of equations that hold it.
                raise Undefined(False)
            found += 1
            if not self.true_at(walker, other, places, root):
                with moved_to(walker, places, root):
                    left, right = (self.residual(walker, s)[0] for s in (self.a, self.b))
                    return witness_at(self.claim, walker, left, right)
        if not found:
            raise GivesUp("no_root")
        self.seen |= ordinary(walker)
        return None

    def residual(self, walker: Walker, statement: Statement) -> list[Any]:
        """left − right as a list of numbers."""
        sides = [walker.value(side) for side in (statement.left, statement.right)]
        zero = [s for s in (statement.left, statement.right) if s == 0 or isinstance(s, sp.ZeroMatrix)]
        if zero:
            sides = [
                s for s, e in zip(sides, (statement.left, statement.right), strict=True) if e not in zero
            ] or sides[:1]
            return flat(sides[0])
        left, right = (flat(s) for s in sides)
        if len(left) != len(right):
            raise GivesUp("shapes")
        return [x - y for x, y in zip(left, right, strict=True)]

    def solution(self, walker: Walker, statement: Statement, places: list[Any]) -> list[Any] | None:
        """The right side of ``unknown = …``, else a root by Newton's method."""
        base = self.unknown.args[0]
        if statement.left == self.unknown and base not in letters_of((statement.right,), self.claim.facts):
            try:
                return flat(walker.value(statement.right))
            except Undefined:
                return None
        for start in self.starts(walker, places):
            root = newton(walker, lambda at: self.at(walker, statement, places, at), start)
            if root is not None:
                return root
        return None

    def starts(self, walker: Walker, places: list[Any]) -> list[list[Any]]:
        """The point; of a matrix also a smaller one, from which equations in its inverse are solved."""
        drawn = [walker.value(place) for place in places]
        return [drawn, [v / SMALLER for v in drawn]] if is_square(self.unknown) else [drawn]

    def at(self, walker: Walker, statement: Statement, places: list[Any], values: list[Any]) -> list[Any]:
        with moved_to(walker, places, values):
            return self.residual(walker, statement)

    def true_at(self, walker: Walker, statement: Statement, places: list[Any], root: list[Any]) -> bool:
        """Is the residual there much smaller than a little way off?"""
        try:
            here = largest(self.at(walker, statement, places, root))
            near = largest(
                self.at(walker, statement, places, [v * walker.ctx.mpf("1.01") + walker.ctx.mpf("0.01") for v in root])
            )
        except Undefined:
            return False
        return bool(here <= near * walker.ctx.mpf(10) ** -10)


def entries_of(e: Any, walker: Walker) -> list[Any]:
    """The entries of a vector or matrix, one letter each.

    Raises:
        GivesUp: it is none, or too large.
    """
    rows, columns = (walker.whole(n) for n in e.shape)
    if rows * columns > (MOST_SQUARE if is_square(e) else MOST):
        raise GivesUp("size")
    cells = [(sp.Integer(i + 1), sp.Integer(j + 1)) for i in range(rows) for j in range(columns)]
    match e:
        case Vector():
            return [e.args[0][i] for i, _ in cells]
        case VectorAt():
            return [e.args[0][e.args[1], i] for i, _ in cells]
        case MatrixOf() | MatrixAt():
            return [cell(e, i, j) for i, j in cells]
    raise GivesUp("unknowns")


def is_square(unknown: Any) -> bool:
    """Is it a matrix that may have an inverse?"""
    rows, columns = unknown.shape
    return bool(rows == columns and columns != 1)


def singular(walker: Walker, unknown: Any, values: list[Any]) -> bool:
    """Is the square matrix of these entries without an inverse?"""
    if not is_square(unknown):
        return False
    rows = columns = walker.whole(unknown.shape[0])
    return rank_of(walker, walker.ctx.matrix([values[i * columns : (i + 1) * columns] for i in range(rows)])) < rows


def moved_to(walker: Walker, places: list[Any], values: list[Any]) -> ExitStack:
    """With letters at these values."""
    stack = ExitStack()
    for place, value in zip(places, values, strict=True):
        stack.enter_context(walker.with_letter(place, value))
    return stack


def flat(value: Any) -> list[Any]:
    """The entries of a matrix, or the number alone."""
    return list(value) if hasattr(value, "rows") else [value]


def largest(values: list[Any]) -> Any:
    return max(abs(v) for v in values)


def newton(walker: Walker, f: Callable[[list[Any]], list[Any]], at: list[Any]) -> list[Any] | None:
    """A root of f by Gauss and Newton; ``None`` if none is found from here."""
    ctx = walker.ctx
    step = ctx.mpf(10) ** -12
    for _ in range(STEPS):
        try:
            here = f(at)
            slopes = [
                [(v - w) / step for v, w in zip(f([*at[:k], at[k] + step, *at[k + 1 :]]), here, strict=True)]
                for k in range(len(at))
            ]
            matrix = ctx.matrix(slopes).T
            change = ctx.lu_solve(matrix, ctx.matrix(here))
        except (Undefined, ZeroDivisionError, ValueError, TypeError):
            # mpmath finds no pivot among entries that are no numbers, and trips over that.
            return None
        at = [v - change[k] for k, v in enumerate(at)]
        if largest(list(change)) <= largest(at) * ctx.mpf(10) ** -14 + ctx.mpf(10) ** -20:
            return at if largest(f(at)) < ctx.mpf(10) ** -8 else None
    return None
