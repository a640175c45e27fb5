"""One expression at many values of one letter: a walk of the tree in which each node is a list of numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.joint_laws import drawn_part
from derive.checking.laws import drawn_density, is_finite, is_member, seed_of
from derive.checking.point import Undefined
from derive.checking.special import FUNCTIONS, LARGEST_POWER_OF_E, power
from derive.core.information import OfLaws, OverALaw
from derive.core.joints import part_of
from derive.core.meanings import meaning
from derive.core.nodes import Partial

if TYPE_CHECKING:
    from derive.checking.walker import Walker


MOST_DIGITS = 130


@lru_cache(maxsize=4096)
def free(e: Any) -> frozenset[Any]:
    """The free letters of a node."""
    return frozenset(e.free_symbols)


class Sweep:
    """The values of expressions at given values of a letter, everything else as the walker has it.

    Args:
        small: a power of e too small to write down counts as zero, one too large as infinite.
    """

    def __init__(self, walker: Walker, letter: Any, values: list[Any], small: bool = False) -> None:
        self.walker, self.letter, self.at, self.small = walker, letter, values, small
        self.memo: dict[Any, Any] = {}

    def values(self, e: Any) -> list[Any]:
        """The value at each point.

        Raises:
            Undefined: there is none at one of them.
        """
        made = self.of(e)
        return made if isinstance(made, list) else [made] * len(self.at)

    def of(self, e: Any) -> Any:
        """A list, or one number where the letter does not occur."""
        if e == self.letter:
            return self.at
        found = self.memo.get(e)
        if found is None:
            found = self.memo[e] = self.fresh(e) if self.depends(e) else self.walker.value(e)
        return found

    def depends(self, e: Any) -> bool:
        """Does the letter enter the value? In E_X[X] the variable and the name do not, the law's parameters do."""
        if not e.has(OverALaw, OfLaws):
            return self.letter in free(e)
        if not isinstance(e, OverALaw | OfLaws):
            return any(self.depends(a) for a in e.args)
        names = e.args if isinstance(e, OfLaws) else e.args[2:]
        laws = [law for law in map(self.walker.facts.law, names) if law is not None]
        if any(self.letter in law.density.free_symbols - {law.variable} for law in laws if law.density is not None):
            return True
        return isinstance(e, OverALaw) and e.args[1] != self.letter and self.depends(e.args[0])

    def fresh(self, e: Any) -> Any:
        ctx, count = self.walker.ctx, len(self.at)
        if isinstance(e, AppliedUndef) and (stands_for := self.density(e)) is not None:
            return self.of(stands_for)
        if e.is_Add or e.is_Mul:
            self.walker.budget.spend(count // 2)
            first, *others = (self.of(a) for a in e.args)
            for other in others:
                first = _plus(first, other) if e.is_Add else _times(first, other)
            return first
        if isinstance(e, Partial) and self.letter not in e.args[1].free_symbols:
            return self.slope(*e.args)
        if e.is_Pow and e.base is not sp.S.Exp1:
            return self.power(self.values(e.base), self.of(e.exp))
        if isinstance(e, sp.exp):
            return [self.exponential(v) for v in self.values(e.args[0])]
        if isinstance(e, sp.log) and len(e.args) == 1:
            exponent, rest = self.without_exponentials(e.args[0])
            if exponent != 0:
                # The logarithm of what is too small to write down is written down all the same.
                return self.of(exponent + sp.log(rest, evaluate=False))
            inner = self.values(e.args[0])
            if any(v <= 0 for v in inner):
                raise Undefined(any(v < 0 for v in inner))
            return [ctx.log(v) for v in inner]
        function = FUNCTIONS.get(e.func)
        if function is not None and not isinstance(e, sp.exp | sp.log):
            self.walker.budget.spend(count)
            columns = [c if isinstance(c, list) else [c] * count for c in (self.of(a) for a in e.args)]
            return [function(ctx, *row) for row in zip(*columns, strict=True)]
        return self.one_by_one(e)

    def slope(self, e: Any, by: Any, order: Any) -> list[Any]:
        """∂ⁿe/∂byⁿ by central differences at doubled precision, as the walker takes them, at all values at once."""
        walker, digits, order = self.walker, self.walker.ctx.dps, int(order)
        if order > 4 or digits > MOST_DIGITS:
            raise GivesUp("order")
        ctx = walker.ctx
        with ctx.workdps(2 * digits):
            at = walker.value(by)
            step = ctx.mpf(10) ** (-(2 * digits) // (order + 2)) * (1 if walker.shaking is None else 2)
            total = [ctx.mpf(0)] * len(self.at)
            for k in range(order + 1):
                with walker.with_letter(by, at + (ctx.mpf(order) / 2 - k) * step):
                    values = Sweep(walker, self.letter, self.at, self.small).values(e)
                factor = (-1) ** k * ctx.binomial(order, k)
                total = [t + factor * v for t, v in zip(total, values, strict=True)]
            return [t / step**order for t in total]

    def density(self, e: Any) -> Any:
        """What a function stands for: its definition, its density, or the density drawn for an unknown law."""
        stands_for = meaning(e, self.walker.facts)
        if stands_for is not None:
            return stands_for
        name = e.func.__name__
        if (part := part_of(name, self.walker.facts)) is not None:
            return drawn_part(self.walker, part, e.args)
        law = self.walker.facts.law(name)
        if law is None or is_finite(law) or not is_member(law, e.args):
            return None
        return drawn_density(law, seed_of(self.walker.point.seed, name)).xreplace({law.variable: e.args[0]})

    def without_exponentials(self, e: Any) -> tuple[Any, Any]:
        """(u, r) with e = exp(u)·r, the densities in it written out."""
        if isinstance(e, AppliedUndef) and (stands_for := self.density(e)) is not None:
            e = stands_for
        if isinstance(e, sp.exp):
            return e.args[0], sp.Integer(1)
        if e.is_Mul:
            parts = [self.without_exponentials(f) for f in e.args]
            return sp.Add(*(u for u, _ in parts)), sp.Mul(*(r for _, r in parts))
        if e.is_Pow and e.exp.is_Integer:
            u, r = self.without_exponentials(e.base)
            return e.exp * u, r**e.exp
        return sp.Integer(0), e

    def power(self, base: list[Any], exponent: Any) -> list[Any]:
        ctx = self.walker.ctx
        if not isinstance(exponent, list):
            if exponent == ctx.floor(exponent) and abs(exponent) < 100:
                exponent = int(exponent)
                if exponent < 0 and any(v == 0 for v in base):
                    raise Undefined(False)
                return [v**exponent for v in base]
            exponent = [exponent] * len(self.at)
        return [power(ctx, b, n) for b, n in zip(base, exponent, strict=True)]

    def exponential(self, v: Any) -> Any:
        if self.small and abs(v) > LARGEST_POWER_OF_E:
            return self.walker.ctx.mpf(0) if v < 0 else self.walker.ctx.inf
        return FUNCTIONS[sp.exp](self.walker.ctx, v)

    def one_by_one(self, e: Any) -> list[Any]:
        """By the walker itself, point by point."""
        made = []
        for v in self.at:
            with self.walker.with_letter(self.letter, v):
                made.append(self.walker.value(e))
        return made


def _plus(a: Any, b: Any) -> Any:
    if isinstance(a, list):
        return [x + y for x, y in zip(a, b, strict=True)] if isinstance(b, list) else [x + b for x in a]
    return [a + y for y in b] if isinstance(b, list) else a + b


def _times(a: Any, b: Any) -> Any:
    if isinstance(a, list):
        return [x * y for x, y in zip(a, b, strict=True)] if isinstance(b, list) else [x * b for x in a]
    return [a * y for y in b] if isinstance(b, list) else a * b
