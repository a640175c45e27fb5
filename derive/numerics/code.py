"""Expressions compiled to functions of a state: numbers, or columns of numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from operator import add, mul
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.errors import NoDerivation
from derive.core.nodes import Median, OverData, Partial, Smallest
from derive.core.trees import mentions
from derive.numerics.arithmetic import NoValue

if TYPE_CHECKING:
    from derive.numerics.columns import Columns

CHUNK = 32_768
LONGEST = 100_000


@dataclass(slots=True)
class State:
    """What a value depends on.

    Args:
        at: the letters' values.
        low, high: which rows of the data are being looked at.
        position: the row at which an outer index stands.
        shared: columns that several sums have in common.
    """

    at: dict[Any, Any]
    low: int = 0
    high: int = 0
    position: dict[Any, int] = field(default_factory=dict)
    shared: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """A compiled expression.

    Args:
        column: its value is a list, one for each row between ``low`` and ``high``.
        free: it depends on the data alone.
    """

    run: Callable[[State], Any]
    column: bool
    free: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands.

    Args:
        row: the index whose rows are columns, if any.
        outer: indices that stand at one row.
        bound: index letters at their values.
        absolute: the size of the terms instead of the value.
    """

    row: Any = None
    outer: tuple[Any, ...] = ()
    bound: tuple[tuple[Any, int], ...] = ()
    absolute: bool = False


class Compiler:
    """Compiles over one set of data.

    Args:
        columns: whose data, letters and arithmetic.
        stored: the data's columns.
    """

    def __init__(self, columns: Columns, stored: list[Sequence[Any]]) -> None:
        self.columns, self.stored = columns, stored
        self.arithmetic = columns.arithmetic
        self.rows = len(columns.values)
        self.counts = columns.counts
        self.made: dict[Any, Code] = {}
        self.known: dict[Any, Any] = {}

    def compiled(self, e: Any, absolute: bool) -> Code:
        """The code of a whole expression."""
        return self.code(e, Scope(absolute=absolute))

    def code(self, e: Any, scope: Scope) -> Code:
        """The code of a node; what depends on the data alone is worked out once."""
        key = (e, scope)
        found = self.made.get(key)
        if found is None:
            fresh = self.fresh(e, scope)
            small = bool(e.args) and not scope.outer and (not fresh.column or self.rows <= CHUNK)
            if small and fresh.free:
                fresh = self.remembered(key, fresh)
            elif small and fresh.column:
                fresh = self.shared(key, fresh)
            found = self.made[key] = fresh
        return found

    def remembered(self, key: Any, code: Code) -> Code:
        known = self.known

        def run(state: State) -> Any:
            found = known.get(key)
            if found is None:
                found = known[key] = code.run(state)
            return found

        return Code(run, code.column, True)

    def shared(self, key: Any, code: Code) -> Code:
        def run(state: State) -> Any:
            found = state.shared.get(key)
            if found is None:
                found = state.shared[key] = code.run(state)
            return found

        return Code(run, True, False)

    def fresh(self, e: Any, scope: Scope) -> Code:
        if e.is_Number or e.is_NumberSymbol:
            if not e.is_finite:
                raise NoDerivation(f"{e} is no number")
            return self.constant(abs(e) if scope.absolute else e)
        if isinstance(e, sp.Symbol):
            return self.symbol(e, scope)
        if isinstance(e, sp.Indexed):
            return self.entry(e, scope)
        if isinstance(e, sp.Sum | sp.Product):
            return self.repeated(e, e.limits, scope)
        if isinstance(e, sp.Derivative | Partial):
            return self.derivative(e, scope)
        if isinstance(e, sp.Piecewise):
            return self.piecewise(e, scope)
        if isinstance(e, OverData):
            return self.picked(e, scope)
        if scope.absolute and not isinstance(e, sp.Add | sp.Mul):
            return self.size_of_function(e, scope)
        if isinstance(e, sp.Add | sp.Mul):
            parts = [self.code(a, scope) for a in e.args]
            return self.folded(parts, add if isinstance(e, sp.Add) else mul)
        if isinstance(e, sp.Pow):
            return self.power(e, scope)
        function = self.arithmetic.functions.get(e.func)
        if function is None:
            raise NoDerivation(f"no numbers are known for {e.func.__name__}")
        return applied(function, [self.code(a, scope) for a in e.args])

    def constant(self, e: Any) -> Code:
        value = self.arithmetic.number(e)
        return Code(lambda state: value, False, True)

    def symbol(self, e: Any, scope: Scope) -> Code:
        if e == self.columns.size:
            return self.constant(sp.Integer(self.columns.total))
        place = dict(scope.bound).get(e)
        if place is not None:
            return self.constant(sp.Integer(place))
        if e == scope.row or e in scope.outer:
            raise NoDerivation(f"{e} stands outside an index")
        absolute = scope.absolute

        def run(state: State) -> Any:
            value = state.at.get(e)
            if value is None:
                raise NoDerivation(f"{e} has no value")
            return abs(value) if absolute else value

        return Code(run, False, False)

    def entry(self, e: Any, scope: Scope) -> Code:
        first, *others = e.indices
        if e.base != self.columns.data:
            return self.symbol(e.base[tuple(self.whole(i, scope) for i in e.indices)], scope)
        component = self.whole(others[0], scope) - 1 if others else 0
        if component >= len(self.stored) or (not others and len(self.stored) > 1):
            raise NoDerivation(f"{e} is not an entry of the data")
        stored, rows, absolute = self.stored[component], self.rows, scope.absolute
        if first == scope.row:

            def run(state: State) -> Any:
                column = stored if state.high - state.low == rows else stored[state.low : state.high]
                return [abs(v) for v in column] if absolute else column

            return Code(run, True, True)
        if first in scope.outer:

            def at_row(state: State) -> Any:
                value = stored[state.position[first]]
                return abs(value) if absolute else value

            return Code(at_row, False, True)
        raise NoDerivation(f"{e} stands outside a sum over the data")

    def whole(self, index: Any, scope: Scope) -> int:
        """An index or a limit that is an integer here."""
        value = index.xreplace({letter: sp.Integer(v) for letter, v in scope.bound}).xreplace(
            {self.columns.size: sp.Integer(self.columns.total)}
        )
        if not value.is_Integer:
            raise NoDerivation(f"the index {index} has no value")
        return int(value)

    def repeated(self, e: Any, limits: Any, scope: Scope) -> Code:
        """A sum or product; SymPy lists the innermost index first."""
        adds = isinstance(e, sp.Sum)
        *inner, (letter, low, high) = limits
        body = e.func(e.function, *inner) if inner else e.function
        if high == self.columns.size and low == 1:
            return self.over_data(body, letter, adds, scope)
        first, last = self.whole(low, scope), self.whole(high, scope)
        if last - first > LONGEST:
            raise NoDerivation(f"a sum of {last - first} terms is too long")
        parts = [self.code(body, replace(scope, bound=(*scope.bound, (letter, k)))) for k in range(first, last + 1)]
        empty = self.constant(sp.Integer(0 if adds else 1))
        return self.folded([empty, *parts], add if adds else mul)

    def over_data(self, body: Any, letter: Any, adds: bool, scope: Scope) -> Code:
        """The sum or product over the observations."""
        nested = scope.row is not None and scope.row != letter and mentions(body, scope.row)
        outer = (*scope.outer, scope.row) if nested else scope.outer
        there = Scope(letter, outer, scope.bound, scope.absolute)
        squared = adds and isinstance(body, sp.Pow) and body.exp == 2 and self.counts is None
        squared = squared and not self.arithmetic.precise and mentions(body, letter)
        inside = self.code(body.base if squared else body, there)
        total = self.summed(inside, squared) if adds else self.multiplied(inside)
        free = inside.free
        if not nested:
            return Code(total, False, free)
        row = scope.row

        def run(state: State) -> Any:
            made = []
            for place in range(state.low, state.high):
                made.append(total(State(state.at, position={**state.position, row: place})))
            return made

        return Code(run, True, free)

    def summed(self, inside: Code, squared: bool) -> Callable[[State], Any]:
        """The sum of a column; in floats that of its squares is a length, which the machine takes at once."""
        rows, counts, arithmetic = self.rows, self.counts, self.arithmetic
        if not inside.column:
            times = arithmetic.number(self.columns.total)
            return lambda state: times * inside.run(state)

        def run(state: State) -> Any:
            parts = []
            for low in range(0, rows, CHUNK):
                high = min(low + CHUNK, rows)
                column = inside.run(State(state.at, low, high, state.position, state.shared))
                if squared:
                    parts.append(math.hypot(*column) ** 2)
                    continue
                weighted = column if counts is None else list(map(mul, column, counts[low:high]))
                parts.append(arithmetic.total(weighted))
            return arithmetic.total(parts)

        return run

    def multiplied(self, inside: Code) -> Callable[[State], Any]:
        rows, counts, power = self.rows, self.counts, self.arithmetic.power
        total = self.columns.total
        if not inside.column:
            return lambda state: power(inside.run(state), total)
        one = self.arithmetic.number(1)

        def run(state: State) -> Any:
            column = inside.run(State(state.at, 0, rows, state.position, state.shared))
            made = one
            for place, value in enumerate(column):
                made = made * (value if counts is None else power(value, counts[place]))
            return made

        return run

    def folded(self, parts: list[Code], by: Callable[[Any, Any], Any]) -> Code:
        """Sum or product of numbers and columns: the numbers first."""
        scalars = [p.run for p in parts if not p.column]
        columns = [p.run for p in parts if p.column]
        free = all(p.free for p in parts)

        def number(state: State) -> Any:
            made = scalars[0](state)
            for run in scalars[1:]:
                made = by(made, run(state))
            return made

        if not columns:
            return Code(number, False, free)

        def run(state: State) -> Any:
            made = columns[0](state)
            for other in columns[1:]:
                made = list(map(by, made, other(state)))
            if scalars:
                value = number(state)
                made = [value + v for v in made] if by is add else [value * v for v in made]
            return made

        return Code(run, True, free)

    def power(self, e: Any, scope: Scope) -> Code:
        base, exponent = self.code(e.base, scope), self.code(e.exp, scope)
        if e.base is sp.S.Exp1:
            return applied(self.arithmetic.functions[sp.exp], [exponent])
        free = base.free and exponent.free
        if e.exp.is_Integer and base.column:
            times = int(e.exp)
            if times == 2:
                return Code(lambda state: [v * v for v in base.run(state)], True, free)
            return Code(lambda state: [v**times for v in base.run(state)], True, free)
        if e.exp.is_Integer:
            times = int(e.exp)
            return Code(lambda state: base.run(state) ** times, False, free)
        plain = applied(self.arithmetic.power, [base, exponent])
        if not (self.arithmetic.precise and base.column and base.free) or exponent.column:
            return plain
        # The logarithms are known from one value of the exponent to the next.
        logs, exponential = self.code(sp.log(e.base, evaluate=False), scope), self.arithmetic.exponential

        def run(state: State) -> Any:
            if min(base.run(state)) <= 0:
                return plain.run(state)
            times = exponent.run(state)
            return [exponential(times * u) for u in logs.run(state)]

        return Code(run, True, free)

    def size_of_function(self, e: Any, scope: Scope) -> Code:
        """|f(u)| plus how far the rounding of u moves it, for powers, exponentials and logarithms."""
        plain = replace(scope, absolute=False)
        value = self.code(e, plain)
        if isinstance(e, sp.Pow) and e.base is not sp.S.Exp1 and e.exp.is_Number:
            size, base = self.code(e.base, scope), self.code(e.base, plain)
            return applied(lambda v, s, b: abs(v) * (s / abs(b)) if b else abs(v), [value, size, base])
        if isinstance(e, sp.log) and len(e.args) == 1:
            size, base = self.code(e.args[0], scope), self.code(e.args[0], plain)
            return applied(lambda v, s, b: abs(v) + s / abs(b), [value, size, base])
        if isinstance(e, sp.sin | sp.cos):
            return applied(lambda v, s: abs(v) + s, [value, self.code(e.args[0], scope)])
        if isinstance(e, sp.exp):
            return applied(lambda v, s: abs(v) * (1 + s), [value, self.code(e.args[0], scope)])
        return applied(abs, [value])

    def picked(self, e: Any, scope: Scope) -> Code:
        """The smallest, largest or middle one of the entries."""
        letter = e.limits[0][0]
        inside = self.code(e.function, Scope(letter, (), scope.bound))
        if not inside.column:
            raise NoDerivation(f"{e} does not run over the data")
        rows, counts, total = self.rows, self.counts, self.columns.total

        def run(state: State) -> Any:
            column = inside.run(State(state.at, 0, rows, state.position))
            if isinstance(e, Median):
                made = halfway(sorted(zip(column, counts or [1] * rows, strict=True)), total)
            else:
                made = min(column) if isinstance(e, Smallest) else max(column)
            return abs(made) if scope.absolute else made

        return Code(run, False, inside.free)

    def derivative(self, e: Any, scope: Scope) -> Code:
        """A derivative that has no name: differences in multiprecision."""
        if isinstance(e, Partial):
            inner, letter, order = e.args[0], e.args[1], int(e.args[2])
        elif len(e.variable_count) == 1:
            inner, (letter, order) = e.expr, (e.variable_count[0][0], int(e.variable_count[0][1]))
        else:
            raise NoDerivation("no numbers are known for mixed derivatives")
        if scope.row is not None or scope.outer:
            raise NoDerivation("no numbers are known for a derivative under a sum")
        columns: Any = None

        def run(state: State) -> Any:
            nonlocal columns
            if columns is None:
                mine = self.columns
                columns = type(mine)(mine.data, mine.values, mine.counts, mine.index, mine.size, precise=True)
            here = {k: columns.number(v) for k, v in state.at.items()}
            made = columns.arithmetic.ctx.diff(lambda t: columns.value(inner, here | {letter: t}), here[letter], order)
            return self.arithmetic.number(abs(made) if scope.absolute else made)

        return Code(run, False, False)

    def piecewise(self, e: Any, scope: Scope) -> Code:
        """The first branch whose condition holds, row by row."""
        row = scope.row
        there = scope if row is None else replace(scope, row=None, outer=(*scope.outer, row))
        branches = [(self.code(v, there), self.condition(c, replace(there, absolute=False))) for v, c in e.args]
        free = all(c.free for pair in branches for c in pair)

        def one(state: State) -> Any:
            for value, holds in branches:
                if holds.run(state):
                    return value.run(state)
            raise NoValue("no branch holds")

        if row is None:
            return Code(one, False, free)

        def run(state: State) -> Any:
            return [one(State(state.at, position={**state.position, row: n})) for n in range(state.low, state.high)]

        return Code(run, True, free)

    def condition(self, e: Any, scope: Scope) -> Code:
        if e in (sp.true, sp.false):
            answer = bool(e)
            return Code(lambda state: answer, False, True)
        holds = COMPARISONS.get(e.func)
        if holds is None:
            raise NoDerivation(f"no numbers are known for the condition {e}")
        return applied(holds, [self.code(e.lhs, scope), self.code(e.rhs, scope)])


def halfway(order: list[tuple[Any, int]], total: int) -> Any:
    """The middle one of counted numbers in order; the mean of the two middle ones where their number is even."""
    found: list[Any] = []
    seen = 0
    for value, count in order:
        seen += count
        while len(found) < 2 and seen > (total - 1 + len(found)) // 2:
            found.append(value)
    return (found[0] + found[1]) / 2


def applied(function: Callable[..., Any], parts: list[Code]) -> Code:
    """The function of numbers and columns, row by row."""
    free = all(p.free for p in parts)
    if not any(p.column for p in parts):
        return Code(lambda state: function(*(p.run(state) for p in parts)), False, free)
    if len(parts) == 1:
        (only,) = parts
        return Code(lambda state: list(map(function, only.run(state))), True, free)

    def run(state: State) -> Any:
        rows = state.high - state.low
        columns = [p.run(state) if p.column else [p.run(state)] * rows for p in parts]
        return list(map(function, *columns))

    return Code(run, True, free)


COMPARISONS: dict[Any, Callable[[Any, Any], bool]] = {
    sp.Eq: lambda a, b: a == b,
    sp.Ne: lambda a, b: a != b,
    sp.Lt: lambda a, b: a < b,
    sp.Le: lambda a, b: a <= b,
    sp.Gt: lambda a, b: a > b,
    sp.Ge: lambda a, b: a >= b,
}
