"""Common factors and denominators: a polynomial as a monomial times a primitive one."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from derive.checking.budget import GivesUp
from derive.checking.polynomials import ONE, Atoms, Frozen, Mono, Number, Poly, add, frozen, plain, scale

NONE: frozenset[Any] = frozenset()


class Factors(Atoms):
    """What can be taken out of a polynomial, its sign chosen so that what is left is positive if that is known."""

    def positive(self, atom: int) -> bool:
        """Is the atom > 0 wherever the facts hold?"""
        raise NotImplementedError

    def known_positive(self, poly: Poly) -> bool:
        """Is the polynomial > 0 wherever the facts hold?"""
        if len(poly) == 1:
            ((mono, c),) = poly.items()
            return c > 0 and all(self.positive(a) for a, _ in mono)
        return bool(poly) and self.positive(self.atom_of("poly", frozen(poly)))

    def atom_of(self, kind: str, inner: Frozen) -> int:
        """The atom kind(inner)."""
        poly = dict(inner)
        return self.atom((kind, inner), self.letters(poly), self.height(poly))

    def primitive(self, poly: Poly) -> tuple[Poly, Poly]:
        """Split into (monomial factor c·m, rest) with whole, coprime coefficients and no common factor in the rest."""
        poly, below = self.cleared(poly)
        if not poly:
            return {ONE: 1}, {}
        monos = [dict(m) for m in poly]
        least = {a: min(m.get(a, 0) for m in monos) for a in {a for m in monos for a in m}}
        exponents: dict[int, Number] = {a: e for a, e in least.items() if e}
        leading = poly[max(poly)]
        bottom = lcm(*(c.denominator for c in poly.values()))
        top = gcd(*(int(c * bottom) for c in poly.values()))
        content = Fraction(top if leading > 0 else -top, bottom)
        common: Mono = tuple(sorted(exponents.items()))
        inverse: Mono = tuple((a, -e) for a, e in common)
        rest = {self.merge(m, inverse): plain(c / content) for m, c in poly.items()}
        if len(rest) > 1 and not self.known_positive(rest) and self.known_positive(scale(rest, -1)):
            rest, content = scale(rest, -1), -content
        return self.mul({common: plain(content)}, below), rest

    def cleared(self, poly: Poly) -> tuple[Poly, Poly]:
        """(numerator, monomial of inverse polynomials): multiplied through until no polynomial stands below."""
        below: Poly = {ONE: 1}
        for _ in range(12):
            deepest: dict[int, Number] = {}
            for mono in poly:
                for atom, e in mono:
                    if e < 0 and self.table[atom].kind == "poly":
                        deepest[atom] = min(deepest.get(atom, 0), e)
            if not deepest:
                return poly, below
            for atom, e in deepest.items():
                whole = -(e.numerator // e.denominator)
                below = self.mul(below, {((atom, -whole),): 1})
                poly = self.raised(poly, atom, whole)
        raise GivesUp("size")

    def raised(self, poly: Poly, atom: int, whole: int) -> Poly:
        """poly·atom^whole, term by term, so that what cancels is never multiplied out."""
        self.budget.spend(len(poly))
        total: Poly = {}
        for mono, c in poly.items():
            total = add(total, self.tidy(self.merge(mono, ((atom, whole),)), c))
        return total
