"""Numbers: the value of an expression at a point, by our own walk of the tree, to thirty digits.

Derivatives are differences at doubled precision, so that nothing here shares a law with the normal form.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import sympy as sp
from mpmath.ctx_mp import MPContext
from sympy.core.function import AppliedUndef

from derive.checking import expectations, matrices
from derive.checking import observed as given
from derive.checking.budget import Budget, GivesUp
from derive.checking.joint_laws import value_of_part
from derive.checking.kept import Kept
from derive.checking.laws import is_member
from derive.checking.point import Point, Undefined
from derive.checking.shaken import Shaking
from derive.checking.special import FUNCTIONS, exponential, power
from derive.core.facts import Facts
from derive.core.information import Cardinality, CrossEntropy, Divergence, Entropy, Expectation, Variance
from derive.core.joints import part_of
from derive.core.meanings import meaning
from derive.core.nodes import At, Indicator, Largest, Median, Partial, Smallest

DIGITS = 30
MOST_DIGITS = 130
LONGEST_SUM = 3_000
MOST_OBSERVED = 1_000
DEEPEST = 60


class Walker:
    """The values of expressions at one point.

    Args:
        facts: for the meanings of defined names.
        point: the letters' values.
        budget: shared by all the walks of one judgement.
    """

    def __init__(self, facts: Facts, point: Point, budget: Budget, digits: int = DIGITS) -> None:
        self.facts, self.point, self.budget = facts, point, budget
        self.ctx: Any = MPContext()
        self.ctx.dps = digits
        self.bound: dict[Any, int] = {}
        self.moved: dict[Any, Any] = {}
        self.memo: dict[Any, Any] = {}
        self.kept = Kept(facts)
        self.depth = 0
        # Are there entries that are defined one by one?
        self.singly = any(isinstance(name, sp.Indexed) for name in facts.definitions)
        self.closer: Walker | None = None
        # Are sums over very many observations in the values, which floats add up?
        self.rough = False
        self.shaken: Walker | None = None
        self.shaking: Shaking | None = None

    def value(self, e: Any) -> Any:
        """The value of the expression.

        Raises:
            Undefined: it has none here.
            GivesUp: it cannot be evaluated, or not within the budget.
        """
        if e.is_Integer:
            return self.ctx.mpf(int(e))
        key = self.kept.key(e, self) if self.moved or self.bound else e
        if key is not None:
            found = self.memo.get(key)
            if found is not None:
                return found
        self.budget.spend()
        self.depth += 1
        if self.depth > DEEPEST * 10:
            raise GivesUp("depth")
        try:
            made = self.fresh(e)
        finally:
            self.depth -= 1
        if key is not None:
            self.memo[key] = made
        return made

    def nearer(self, digits: int) -> Walker:
        """A walker at the same point with more digits, kept for the next expression."""
        if self.closer is None or self.closer.ctx.dps != digits:
            self.closer = Walker(self.facts, self.point, self.budget, digits)
        self.closer.budget, self.closer.moved, self.closer.bound = self.budget, self.moved, self.bound
        return self.closer

    def fresh(self, e: Any) -> Any:
        rule = NODES.get(e.func)
        if rule is not None:
            return rule(self, e)
        if e.is_Rational:
            return self.ctx.mpf(int(e.p)) / int(e.q)
        if e.is_Float:
            return self.ctx.mpf(str(e))
        if e.is_NumberSymbol:
            return {sp.pi: self.ctx.pi, sp.E: self.ctx.e, sp.EulerGamma: self.ctx.euler}[e] * 1
        if isinstance(e, AppliedUndef):
            if (part := part_of(e.func.__name__, self.facts)) is not None:
                return value_of_part(self, part, e)
            stands_for = meaning(e, self.facts)
            return self.unknown_function(e) if stands_for is None else self.value(stands_for)
        function = FUNCTIONS.get(e.func)
        if function is None:
            raise GivesUp(f"node {e.func.__name__}")
        return function(self.ctx, *(self.value(a) for a in e.args))

    def number(self, value: Fraction) -> Any:
        """A fraction at the precision of the moment."""
        return self.ctx.mpf(value.numerator) / value.denominator

    def symbol(self, e: Any) -> Any:
        if e in self.bound:
            return self.ctx.mpf(self.bound[e])
        if e in self.moved:
            return self.moved[e]
        stands_for = meaning(e, self.facts)
        return self.number(self.point.value(e)) if stands_for is None else self.value(stands_for)

    def entry(self, e: Any) -> Any:
        if e.base in self.facts.observed:
            return self.observation(e)
        return self.entry_at(e.base, tuple(self.whole(i) for i in e.indices), e)

    def entry_at(self, base: Any, indices: tuple[int, ...], written: Any = None) -> Any:
        """The value of base[indices]; ``written`` is how it stands in the expression, if it stands there."""
        if (base, indices) in self.moved:
            return self.moved[base, indices]
        if base in self.facts.definitions or self.singly:
            exact = base[tuple(map(sp.Integer, indices))]
            for e in (written, exact) if written is not None else (exact,):
                stands_for = meaning(e, self.facts)
                if stands_for is not None:
                    return self.value(stands_for)
        return self.number(self.point.entry(base, indices))

    def observation(self, e: Any) -> Any:
        """The entry of an observation at which an index of ``counted`` stands."""
        if e.indices[0] not in self.bound:
            raise GivesUp("observed")
        place, *others = (self.whole(i) for i in e.indices)
        value = self.facts.observed[e.base].values[place]
        return self.exactly(value[others[0] - 1] if others else value)

    def exactly(self, value: Any) -> Any:
        """An observed number."""
        if isinstance(value, sp.Rational):
            return self.ctx.mpf(int(value.p)) / int(value.q)
        return self.number(value) if isinstance(value, Fraction) else self.ctx.mpf(value)

    def counted(self, e: Any) -> Any:
        """A sum or product over given observations, equal ones counted together; None for any other."""
        *inner, (letter, low, high) = e.limits
        body = e.func(e.function, *inner) if inner else e.function
        observed = given.behind(self.facts, body, letter)
        if observed is None:
            return None
        if low != 1 or self.whole(high) != observed.size:
            raise GivesUp("observed")

        def make() -> Any:
            if len(observed.values) > MOST_OBSERVED:
                if not isinstance(e, sp.Sum):
                    raise GivesUp("size")
                return self.ctx.mpf(given.total(observed, body, letter, self.value))
            total = self.ctx.mpf(0 if isinstance(e, sp.Sum) else 1)
            for place, count in enumerate(observed.counts):
                with self.holding(letter, place):
                    part = self.value(body)
                total = total + count * part if isinstance(e, sp.Sum) else total * part**count
            return self.shaking.moved(self.ctx, total, [total], e) if self.shaking else total

        self.rough = self.rough or len(observed.values) > MOST_OBSERVED
        if self.moved or not given.closed(e, self.facts):
            return make()
        return given.remembered(observed, (e, self.ctx.dps, self.shaking is None), make)

    def whole(self, e: Any) -> int:
        """An index or a limit."""
        if e in self.bound:
            return self.bound[e]
        # An end of a sum is moved with everything else; it is still the number that it was.
        value = self.value(e) if self.shaking is None else self.ctx.nint(self.value(e))
        if value != self.ctx.floor(value) or abs(value) > 10**9:
            raise GivesUp("index")
        return int(value)

    def add(self, e: Any) -> Any:
        total, terms = self.ctx.mpf(0), [self.value(term) for term in e.args]
        for term in terms:
            total += term
        return total if self.shaking is None else self.shaking.moved(self.ctx, total, terms, e)

    def multiply(self, e: Any) -> Any:
        product = self.ctx.mpf(1)
        if any(isinstance(factor, Indicator) and self.value(factor) == 0 for factor in e.args):
            # What an indicator leaves out need not have a value.
            return self.ctx.mpf(0)
        for factor in e.args:
            product *= self.value(factor)
        return product

    def power(self, e: Any) -> Any:
        if e.base is sp.S.Exp1:
            return exponential(self.ctx, self.value(e.exp))
        exponent = self.value(e.exp)
        return power(self.ctx, self.value(e.base), exponent)

    def repeated(self, e: Any) -> Any:
        stands_for = meaning(e, self.facts)
        if stands_for is not None:
            return self.value(stands_for)
        if self.facts.observed and (found := self.counted(e)) is not None:
            return found
        adds = isinstance(e, sp.Sum)

        def over(limits: tuple[Any, ...]) -> Any:
            if not limits:
                return self.value(e.function)
            # SymPy lists the innermost index first.
            letter, low, high = limits[-1]
            if high.is_infinite and adds:
                return self.series(letter, self.whole(low), lambda: over(limits[:-1]))
            first, last = self.whole(low), self.whole(high)
            if last - first > LONGEST_SUM:
                raise GivesUp("size")
            total, parts = self.ctx.mpf(0 if adds else 1), []
            for value in range(first, last + 1):
                with self.holding(letter, value):
                    part = over(limits[:-1])
                total = total + part if adds else total * part
                parts.append(part)
            return self.shaking.moved(self.ctx, total, parts, e) if self.shaking and adds else total

        return over(e.limits)

    def series(self, letter: Any, first: int, term: Callable[[], Any]) -> Any:
        """A convergent sum without end, until ten terms in a row no longer count."""
        total, small, parts = self.ctx.mpf(0), 0, []
        for value in range(first, first + LONGEST_SUM):
            with self.holding(letter, value):
                part = term()
            total += part
            parts.append(part)
            small = small + 1 if abs(part) <= abs(total) * self.ctx.eps / 100 else 0
            if small == 10:
                return total if self.shaking is None else self.shaking.moved(self.ctx, total, parts, letter)
        raise GivesUp("series")

    @contextmanager
    def holding(self, letter: Any, value: int) -> Iterator[None]:
        """With a bound letter at a value."""
        before = self.bound.get(letter)
        self.bound[letter] = value
        try:
            yield
        finally:
            if before is None:
                del self.bound[letter]
            else:
                self.bound[letter] = before

    @contextmanager
    def with_letter(self, letter: Any, value: Any) -> Iterator[None]:
        """With a letter (a symbol, or an entry such as π_k) moved to another value."""
        key = (letter.base, tuple(self.whole(i) for i in letter.indices)) if isinstance(letter, sp.Indexed) else letter
        before = self.moved.get(key)
        self.moved[key] = value
        try:
            yield
        finally:
            if before is None:
                del self.moved[key]
            else:
                self.moved[key] = before

    def at(self, e: Any) -> Any:
        """An expression where a letter has another value."""
        moved = self.value(e.args[2])
        with self.with_letter(e.args[1], moved):
            return self.value(e.args[0])

    def picked(self, e: Any) -> Any:
        """The smallest, largest or middle one of the data's entries."""
        letter, low, high = e.limits[0]
        if self.facts.observed and (made := self.picked_from(e)) is not None:
            return made
        first, last = self.whole(low), self.whole(high)
        if last - first > LONGEST_SUM:
            raise GivesUp("size")
        found = []
        for value in range(first, last + 1):
            with self.holding(letter, value):
                found.append(self.value(e.function))
        if not found:
            raise Undefined(False)
        found.sort()
        middle = (len(found) - 1) // 2
        if isinstance(e, Median):
            return (found[middle] + found[len(found) // 2]) / 2
        return found[0] if isinstance(e, Smallest) else found[-1]

    def picked_from(self, e: Any) -> Any:
        """The smallest, largest or middle one of given observations; None for any other."""
        letter = e.limits[0][0]
        observed = given.behind(self.facts, e.function, letter)
        if observed is None:
            return None
        if e.function not in [b[letter] for b in self.facts.observed]:
            raise GivesUp("observed")

        def make() -> Any:
            if isinstance(e, Median):
                order = sorted(zip(observed.values, observed.counts, strict=True))
                return self.halfway(order, (observed.size - 1) // 2, observed.size // 2)
            return self.exactly((min if isinstance(e, Smallest) else max)(observed.values))

        return given.remembered(observed, (e, self.ctx.dps), make)

    def halfway(self, order: list[Any], first: int, last: int) -> Any:
        """The mean of the observations in two places of the order, counted from 0."""
        found: list[Any] = []
        seen = 0
        for value, count in order:
            seen += count
            found.extend([value] * ((seen > first) + (seen > last) - len(found)))
        return (self.exactly(found[0]) + self.exactly(found[1])) / 2

    def partial(self, e: Any) -> Any:
        return self.differences(e.args[0], [(e.args[1], int(e.args[2]))])

    def derivative(self, e: Any) -> Any:
        return self.differences(e.args[0], [(v, int(n)) for v, n in e.variable_count])

    def differences(self, e: Any, by: list[tuple[Any, int]]) -> Any:
        """Central differences with a step at which rounding and truncation are equally small."""
        if not by:
            return self.value(e)
        *others, (letter, order) = by
        if order == 0:
            return self.differences(e, others)
        if order > 4 or self.ctx.dps > MOST_DIGITS:
            raise GivesUp("order")
        digits = self.ctx.dps
        with self.ctx.workdps(2 * digits):
            at = self.value(letter)
            step = self.ctx.mpf(10) ** (-(2 * digits) // (order + 2)) * (1 if self.shaking is None else 2)
            total = self.ctx.mpf(0)
            for k in range(order + 1):
                with self.with_letter(letter, at + (self.ctx.mpf(order) / 2 - k) * step):
                    total += (-1) ** k * self.ctx.binomial(order, k) * self.differences(e, others)
            return total / step**order

    def piecewise(self, e: Any) -> Any:
        for branch, condition in e.args:
            if condition == sp.true or (condition != sp.false and self.holds(condition)):
                return self.value(branch)
        raise Undefined(False)

    def indicator(self, e: Any) -> Any:
        difference = self.value(e.args[0]) - self.value(e.args[2])
        name = e.args[1].name
        true = {"=": difference == 0, "!=": difference != 0, "<": difference < 0, "<=": difference <= 0}[name]
        return self.ctx.mpf(1 if true else 0)

    def holds(self, condition: Any) -> bool:
        """Is a SymPy relation true here?"""
        if isinstance(condition, sp.And | sp.Or):
            return (all if isinstance(condition, sp.And) else any)(self.holds(part) for part in condition.args)
        if isinstance(condition, sp.Not):
            return not self.holds(condition.args[0])
        if condition in (sp.true, sp.false):
            return bool(condition)
        if not isinstance(condition, sp.core.relational.Relational):
            raise GivesUp("condition")
        difference = self.value(condition.lhs) - self.value(condition.rhs)
        return bool(condition.func(sp.Integer(0 if difference == 0 else 1 if difference > 0 else -1), 0))

    def unknown_function(self, e: Any) -> Any:
        """A function without a meaning is an unknown density, or any smooth positive one: one fixed choice of it."""
        law = self.facts.law(e.func.__name__) if self.facts.laws else None
        if law is not None and is_member(law, e.args):
            return expectations.unknown_density(self, e.func.__name__, law, e.args[0])
        draw = random.Random(e.func.__name__)
        phase = self.ctx.mpf(draw.randint(1, 60)) / 10
        for arg in e.args:
            weight = self.ctx.mpf(draw.randint(5, 15)) / 20
            if isinstance(arg, sp.IndexedBase):
                entries = sorted((i, v) for (base, i), v in self.point.entries.items() if base == arg)
                moved = [(self.moved.get((arg, i), self.number(v)), sum(i)) for i, v in entries]
                phase += weight * sum(v * v * place for v, place in moved)
            else:
                value = self.value(arg)
                parts = list(value) if hasattr(value, "rows") else [value]
                phase += weight * sum(part * place for place, part in enumerate(parts, start=1))
        return self.ctx.exp(self.ctx.sin(phase))


NODES: dict[Any, Callable[[Walker, Any], Any]] = {
    sp.Symbol: Walker.symbol,
    sp.Dummy: Walker.symbol,
    sp.Indexed: Walker.entry,
    sp.Add: Walker.add,
    sp.Mul: Walker.multiply,
    sp.Pow: Walker.power,
    sp.Sum: Walker.repeated,
    sp.Product: Walker.repeated,
    Smallest: Walker.picked,
    Largest: Walker.picked,
    Median: Walker.picked,
    Partial: Walker.partial,
    sp.Derivative: Walker.derivative,
    sp.Integral: expectations.integral,
    Expectation: expectations.expectation,
    Variance: expectations.variance,
    Entropy: expectations.entropy,
    CrossEntropy: expectations.cross_entropy,
    Divergence: expectations.divergence,
    Cardinality: expectations.cardinality,
    sp.Piecewise: Walker.piecewise,
    **matrices.NODES,
    Indicator: Walker.indicator,
    At: Walker.at,
}
