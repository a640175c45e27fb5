"""Points that satisfy the facts, drawn by a seeded generator: the same ones on every machine."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.normal_form import facts_key
from derive.checking.point import Point, Undefined
from derive.checking.walker import Walker
from derive.core.domains import Compositions, Domain, Integers, Interval, OneHot, Orthant, Vector
from derive.core.facts import Facts
from derive.core.meanings import meaning
from derive.core.relation import APPROXIMATELY, AT_LEAST, AT_MOST, EQUAL, GREATER, LESS, Relation
from derive.core.statement import Statement

SIZES = (2, 3, 5, 2, 3, 4, 2, 3, 5)
TRIES = 40
# The point at which all observations are as small as their support allows: where strict inequalities fail.
ALIKE = 3
KEPT = 64
SMALL = tuple(Fraction(a, b) for a, b in ((1, 1), (2, 1), (3, 1), (1, 2), (3, 2), (5, 2), (4, 1), (7, 3)))
PARTS = tuple(Fraction(a, b) for a, b in ((1, 2), (1, 4), (1, 3), (2, 3), (3, 4), (1, 5), (3, 5), (5, 7)))

_CACHE: OrderedDict[Any, list[Walker | None]] = OrderedDict()


def walkers(facts: Facts, budget: Budget) -> Iterator[Walker]:
    """A walker for each point at which claims under these facts are tried, drawn when it is asked for."""
    key = facts_key(facts)
    known = _CACHE.setdefault(key, [])
    if len(_CACHE) > KEPT:
        _CACHE.popitem(last=False)
    for place in range(len(SIZES)):
        if place == len(known):
            known.append(drawn(facts, place, budget))
        walker = known[place]
        if walker is not None:
            walker.budget = budget
            yield walker


def ordinary(walker: Walker) -> bool:
    """Is this not the point at which all observations are alike?"""
    return walker.point.seed != 100 * ALIKE


def drawn(facts: Facts, place: int, budget: Budget) -> Walker | None:
    """A point at which the assumptions hold, or ``None`` if forty draws have given none."""
    for attempt in range(TRIES):
        walker = Walker(facts, Point(100 * place + attempt), budget)
        try:
            size = SIZES[(place + attempt // 8) % len(SIZES)]
            Draw(facts, walker, size, place == ALIKE and attempt == 0).fill()
            if all(true_at(s, walker) for s in facts.assumed):
                return walker
        except Undefined:
            continue
    return None


class Draw:
    """One attempt at a point."""

    def __init__(self, facts: Facts, walker: Walker, size: int, alike: bool) -> None:
        self.facts, self.walker, self.point = facts, walker, walker.point
        self.random = random.Random(self.point.seed)
        self.size, self.alike = size, alike

    def fill(self) -> None:
        """Sizes first, then parameters in an order in which their ends are known, then data, then index letters."""
        facts, values = self.facts, self.point.values
        for number, size in enumerate(self.sizes()):
            values[size] = self.counted(size, self.size if number == 0 else self.random.choice((2, 3, 4)))
        waiting = [n for n in facts.domains if isinstance(n, sp.Symbol) and n not in values]
        waiting = [n for n in waiting if meaning(n, facts) is None]
        while waiting:
            ready = [n for n in waiting if not self.names(facts.domains[n]) & set(waiting)] or waiting[:1]
            for name in ready:
                values[name] = self.scalar(facts.domains[name])
            waiting = [n for n in waiting if n not in ready]
        for statement in facts.assumed:
            self.obey(statement)
        self.walker.memo.clear()
        for base, shape in facts.shapes.items():
            if base in facts.observed:
                continue
            self.array(base, [self.walker.whole(size) for size in shape])
        for index, size in facts.indices.items():
            if index not in values:
                values[index] = Fraction(self.random.randint(1, self.walker.whole(size)))
        self.walker.memo.clear()

    def sizes(self) -> list[Any]:
        """The letters that count observations, outermost first, then those that count categories."""
        found: dict[Any, None] = {}
        shapes = sorted(self.facts.shapes.values(), key=len, reverse=True)
        for size in [s for shape in shapes for s in shape] + list(self.facts.indices.values()):
            found |= dict.fromkeys(sorted(size.free_symbols, key=str))
        return list(found)

    def counted(self, size: Any, wanted: int) -> Fraction:
        """A number of observations: the wanted one, or as many above the least that the facts allow."""
        low = getattr(self.facts.domains.get(size), "lower", sp.Integer(1))
        if not getattr(low, "is_Integer", False) or low <= 2:
            return Fraction(wanted)
        return Fraction(int(low) + wanted - (1 if isinstance(self.facts.domains[size], Interval) else 2))

    @staticmethod
    def names(domain: Domain) -> set[Any]:
        ends = (domain.lower, domain.upper) if isinstance(domain, Interval | Integers) else ()
        return {s for end in ends for s in end.free_symbols}

    def obey(self, statement: Statement) -> None:
        """An assumed ``letter = expression`` fixes the letter."""
        for letter, other in ((statement.left, statement.right), (statement.right, statement.left)):
            known = isinstance(letter, sp.Symbol) and letter in self.point.values
            if statement.relation == EQUAL and known and letter not in other.free_symbols and not other.has(sp.Indexed):
                self.walker.memo.clear()
                self.point.values[letter] = rational(self.walker.value(other))
                return

    def array(self, base: Any, shape: list[int]) -> None:
        domain = self.facts.domains.get(base)
        entries = self.point.entries
        if isinstance(domain, Vector):
            for outer in product(*(range(1, n + 1) for n in shape[:-1])):
                for k, value in enumerate(self.vector(domain, shape[-1]), start=1):
                    entries[base, (*outer, k)] = value
            return
        if any(isinstance(name, sp.Lambda) for name in (self.facts.definitions.get(base),)):
            return
        if self.alike:
            value = self.lowest(domain) if domain is not None else Fraction(1)
            entries.update({(base, at): value for at in product(*(range(1, n + 1) for n in shape))})
            return
        for indices in product(*(range(1, n + 1) for n in shape)):
            entries[base, indices] = self.scalar(domain) if domain is not None else self.by_assumption(base.label)

    def vector(self, domain: Domain, size: int) -> list[Fraction]:
        if isinstance(domain, OneHot):
            hot = self.random.randrange(size)
            return [Fraction(int(k == hot)) for k in range(size)]
        if isinstance(domain, Orthant):
            return [self.random.choice(SMALL) for _ in range(size)]
        if isinstance(domain, Compositions):
            cuts = sorted(self.random.randint(0, self.walker.whole(domain.total)) for _ in range(size - 1))
            return [Fraction(b - a) for a, b in pairwise([0, *cuts, self.walker.whole(domain.total)])]
        weights = [self.random.randint(1, 6) for _ in range(size)]
        return [Fraction(w, sum(weights)) for w in weights]

    def by_assumption(self, letter: Any) -> Fraction:
        value = self.random.choice(SMALL)
        return value if letter.is_nonnegative else value * self.random.choice((1, -1))

    def lowest(self, domain: Domain) -> Fraction:
        """The least value of a support, if it has one."""
        closed = isinstance(domain, Integers) or (isinstance(domain, Interval) and not domain.lower_open)
        if closed and domain.lower != -sp.oo:  # type: ignore[union-attr]
            return rational(self.walker.value(domain.lower))  # type: ignore[union-attr]
        return self.scalar(domain)

    def scalar(self, domain: Domain) -> Fraction:
        """A value in a domain whose ends are known by now."""
        if not isinstance(domain, Interval | Integers):
            raise GivesUp("domain")
        low = None if domain.lower == -sp.oo else rational(self.walker.value(domain.lower))
        high = None if domain.upper == sp.oo else rational(self.walker.value(domain.upper))
        if isinstance(domain, Integers):
            first = int(low) if low is not None else -4 if high is None else int(high) - 7
            last = first + 7 if high is None else int(high)
            if last < first:
                raise Undefined(False)
            return Fraction(self.random.randint(first, min(last, first + 40)))
        if low is None and high is None:
            return self.random.choice(SMALL) * self.random.choice((1, 1, -1)) + self.random.choice((0, 0, 1))
        if low is None or high is None:
            return low + self.random.choice(SMALL) if low is not None else high - self.random.choice(SMALL)  # type: ignore[operator]
        if high < low:
            raise Undefined(False)
        return low + (high - low) * self.random.choice(PARTS)


def rational(value: Any) -> Fraction:
    """A fraction near a value, the value itself if that is simple."""
    return Fraction(float(value)).limit_denominator(10**9)


def true_at(statement: Statement, walker: Walker) -> bool:
    """Does the statement hold at the walker's point?"""
    return related(walker.value(statement.left), statement.relation, walker.value(statement.right), walker)


def related(left: Any, relation: Relation, right: Any, walker: Walker) -> bool:
    """``left relation right`` between numbers, up to rounding for equality."""
    close = same_number(left, right, walker)
    if relation in (EQUAL, APPROXIMATELY):
        return close
    below = bool(left < right) and not close
    above = bool(left > right) and not close
    return {LESS: below, GREATER: above, AT_MOST: not above, AT_LEAST: not below}[relation]


def same_number(left: Any, right: Any, walker: Walker) -> bool:
    """Equal to fifteen digits of the larger; matrices entry by entry."""
    if hasattr(left, "rows") or hasattr(right, "rows"):
        shapes = [(getattr(v, "rows", 0), getattr(v, "cols", 0)) for v in (left, right)]
        return shapes[0] == shapes[1] and all(same_number(a, b, walker) for a, b in zip(left, right, strict=True))
    largest = max(abs(left), abs(right))
    return bool(abs(left - right) <= largest * walker.ctx.mpf(10) ** -15)
