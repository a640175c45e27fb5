"""Sums of terms c·a^p·b^q… with rational coefficients and exponents, over atoms that are told apart by their keys.

A polynomial is a dictionary from monomials to coefficients; a monomial is a sorted tuple of (atom, exponent).
Exponents may be negative or fractional, so that 1/σ² and √v are monomials too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.checking.budget import Budget, GivesUp

Number = int | Fraction
Mono = tuple[tuple[int, Number], ...]
Poly = dict[Mono, Number]
Frozen = tuple[tuple[Mono, Number], ...]

ONE: Mono = ()
LARGEST_POWER = 24


@dataclass(frozen=True, slots=True)
class Atom:
    """What the algebra does not look into.

    Args:
        key: kind first, then what tells it apart.
        letters: the symbols and bases it depends on, so that "free of i" is a look-up.
        height: how deeply sums are nested in it; names of bound letters are made of it, so none is captured.
    """

    key: tuple[Any, ...]
    letters: frozenset[Any]
    height: int

    @property
    def kind(self) -> str:
        """The first entry of the key."""
        return str(self.key[0])


def frozen(poly: Poly) -> Frozen:
    """A hashable copy with its terms in order."""
    return tuple(sorted(poly.items()))


def number(value: Number) -> Poly:
    """A constant."""
    return {ONE: value} if value else {}


def plain(value: Number) -> Number:
    """An integer as ``int``."""
    whole: Number = value.numerator
    return whole if value.denominator == 1 else value


def add(a: Poly, b: Poly, factor: Number = 1) -> Poly:
    """a + factor·b."""
    total = dict(a)
    for mono, c in b.items():
        value = total.get(mono, 0) + factor * c
        if value:
            total[mono] = plain(value)
        else:
            total.pop(mono, None)
    return total


def scale(a: Poly, factor: Number) -> Poly:
    """factor·a."""
    return {m: plain(c * factor) for m, c in a.items()} if factor else {}


def constant(a: Poly) -> Number | None:
    """The number that a polynomial is, or ``None``."""
    if not a:
        return 0
    return a[ONE] if len(a) == 1 and ONE in a else None


class Atoms:
    """The table of atoms of one algebra, and products, which some atoms simplify."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.table: list[Atom] = []
        self.index: dict[tuple[Any, ...], int] = {}
        self.special: set[int] = set()

    def atom(self, key: tuple[Any, ...], letters: frozenset[Any], height: int = 0) -> int:
        """The number of the atom with this key, made if it is new."""
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.table)
            self.table.append(Atom(key, letters, height))
            if key[0] in ("prime", "poly", "bit"):
                self.special.add(found)
        return found

    def letters(self, poly: Poly) -> frozenset[Any]:
        """What a polynomial depends on."""
        table = self.table
        return frozenset().union(*(table[a].letters for mono in poly for a, _ in mono))

    def height(self, poly: Poly) -> int:
        """How deeply sums are nested in it."""
        return max((self.table[a].height for mono in poly for a, _ in mono), default=0)

    def of(self, atom: int, exponent: Number = 1) -> Poly:
        """The polynomial atom^exponent."""
        return self.tidy(((atom, exponent),), 1) if exponent else {ONE: 1}

    def mul(self, a: Poly, b: Poly) -> Poly:
        """a·b."""
        self.budget.spend(len(a) * len(b))
        if len(a) == 1 and ONE in a:
            return scale(b, a[ONE])
        if len(b) == 1 and ONE in b:
            return scale(a, b[ONE])
        total: Poly = {}
        for m1, c1 in a.items():
            for m2, c2 in b.items():
                c = plain(c1 * c2)
                merged = self.merge(m1, m2)
                if self.special and any(x in self.special for x, _ in merged):
                    total = add(total, self.tidy(merged, c))
                    continue
                value = total.get(merged, 0) + c
                if value:
                    total[merged] = plain(value)
                else:
                    del total[merged]
        return total

    @staticmethod
    def merge(m1: Mono, m2: Mono) -> Mono:
        """The product of two monomials, nothing simplified."""
        powers = dict(m1)
        for atom, e in m2:
            value = powers.get(atom, 0) + e
            if value:
                powers[atom] = plain(value)
            else:
                del powers[atom]
        return tuple(sorted(powers.items()))

    def tidy(self, mono: Mono, c: Number) -> Poly:
        """c·mono with whole powers of primes and of polynomials multiplied out, and b² = b for b in {0, 1}."""
        kept: list[tuple[int, Number]] = []
        out: list[tuple[Poly, int]] = []
        for atom, e in mono:
            if atom not in self.special:
                kept.append((atom, e))
                continue
            kind, inner = self.table[atom].key[:2]
            whole = e.numerator // e.denominator
            if kind == "bit":
                kept.append((atom, 1 if e > 0 else e))
            elif kind == "prime":
                if abs(whole) > 2_000:
                    raise GivesUp("size")
                c = plain(c * Fraction(inner) ** whole)
                if e != whole:
                    kept.append((atom, plain(e - whole)))
            elif whole >= 1:
                out.append((dict(inner), whole))
                if e != whole:
                    kept.append((atom, plain(e - whole)))
            else:
                kept.append((atom, e))
        product: Poly = {tuple(kept): c}
        for poly, whole in out:
            product = self.mul(product, self.whole_power(poly, whole))
        return product

    def whole_power(self, poly: Poly, exponent: int) -> Poly:
        """poly^exponent for a natural exponent."""
        if exponent > LARGEST_POWER and len(poly) > 1:
            raise GivesUp("size")
        result: Poly = {ONE: 1}
        for _ in range(exponent):
            result = self.mul(result, poly)
        return result
