"""Any expression over given data: sums over the observations are taken column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp

from derive.core.observed import Once
from derive.numerics.arithmetic import FAULTS, Arithmetic, Floats, Multiprecision, NoValue
from derive.numerics.code import Compiler, State

MOST_PRECISE = 2_000
INDEX = sp.Symbol("i", integer=True, positive=True)
SIZE = sp.Symbol("N", integer=True, positive=True)


class Columns:
    """Different observations with their counts, over which expressions have values.

    Args:
        data: the letter x of the observations, which stand in expressions as ``x[i]``, or ``x[i, k]`` for vectors.
        values: the different observations: exact numbers or floats; sequences of them for vectors.
        counts: how often each occurs; None: once each.
        index, size: the letters i and N.
        precise: fifty digits instead of floats; None: where there are at most two thousand different values.

    >>> x, mu = sp.IndexedBase("x", real=True), sp.Symbol("mu")
    >>> data = Columns(x, [0, 1, 5], [2, 1, 1])
    >>> float(data.value(sp.Sum((x[INDEX] - mu) ** 2, (INDEX, 1, SIZE)) / SIZE, {mu: 1}))
    4.5
    """

    def __init__(
        self,
        data: Any,
        values: Sequence[Any],
        counts: Sequence[int] | None = None,
        index: Any = INDEX,
        size: Any = SIZE,
        *,
        precise: bool | None = None,
    ) -> None:
        self.data, self.values, self.index, self.size = data, values, index, size
        once = counts is None or isinstance(counts, Once) or all(c == 1 for c in counts)
        self.counts = None if once else counts
        self.total = len(values) if self.counts is None else sum(self.counts)
        self.precise = len(values) <= MOST_PRECISE if precise is None else precise
        self.arithmetic: Arithmetic = Multiprecision() if self.precise else Floats()
        self.compiler = Compiler(self, self.stored())

    def stored(self) -> list[Sequence[Any]]:
        """One column for each entry of an observation."""
        store = self.arithmetic.store
        if len(self.values) and isinstance(self.values[0], list | tuple):
            return [store([v[k] for v in self.values]) for k in range(len(self.values[0]))]
        return [store(self.values)]

    def number(self, value: Any) -> Any:
        """A number in this arithmetic."""
        return self.arithmetic.number(value)

    def value(self, expr: Any, at: Mapping[Any, Any] | None = None) -> Any:
        """The value of the expression with the letters (symbols, entries of vectors) at these numbers.

        Raises:
            NoValue: it has no finite real value there.
            NoDerivation: it has a node that cannot be evaluated.
        """
        return self.run(expr, at or {}, False)

    def magnitude(self, expr: Any, at: Mapping[Any, Any] | None = None) -> Any:
        """The size of the terms that cancel in the value: times ``noise``, a bound for its rounding error.

        Raises:
            NoValue: there is no finite real value.
        """
        return self.run(expr, at or {}, True)

    def run(self, expr: Any, at: Mapping[Any, Any], absolute: bool) -> Any:
        """The value, or the size of its terms."""
        code = self.compiler.compiled(sp.sympify(expr), absolute)
        try:
            made = code.run(State({letter: self.number(v) for letter, v in at.items()}))
            finite = not isinstance(made, complex) and made - made == 0
        except FAULTS as fault:
            raise NoValue(str(fault)) from None
        if not finite:
            raise NoValue("not finite")
        return made

    @property
    def noise(self) -> float:
        """The relative rounding error of a term."""
        return self.arithmetic.noise

    def floats(self) -> Columns:
        """The same data in floats."""
        return Columns(self.data, self.values, self.counts, self.index, self.size, precise=False)

    def coarser(self, most: int) -> Columns:
        """The same data in floats, at most ``most`` different values: each run of neighbours at its middle one."""
        values, counts = self.values, self.counts or [1] * len(self.values)
        vectors = len(values) > 0 and isinstance(values[0], list | tuple)
        if len(values) <= most:
            return Columns(self.data, values, counts, self.index, self.size, precise=False)
        if vectors:
            step = -(-len(values) // most)
            return Columns(self.data, list(values[::step]), None, self.index, self.size, precise=False)
        order = sorted(zip(map(float, values), counts, strict=True))
        step = -(-len(order) // most)
        runs = [order[n : n + step] for n in range(0, len(order), step)]
        middles = [run[len(run) // 2][0] for run in runs]
        return Columns(
            self.data, middles, [sum(c for _, c in run) for run in runs], self.index, self.size, precise=False
        )


def decimal(number: Any, digits: int = 25) -> Any:
    """The number as a SymPy ``Float``.

    >>> decimal(0.5, 10)
    0.5000000000
    """
    if isinstance(number, float):
        return sp.Float(number, min(digits, 15))
    return sp.Float(str(number), digits)
