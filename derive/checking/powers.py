"""Powers, exponentials and logarithms of polynomials, opened wherever the signs allow it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.checking.budget import GivesUp
from derive.checking.polynomials import (
    LARGEST_POWER,
    ONE,
    Atoms,
    Frozen,
    Mono,
    Number,
    Poly,
    add,
    constant,
    frozen,
    plain,
    scale,
)

NONE: frozenset[Any] = frozenset()


class Powers(Atoms):
    """The algebra's laws of exponents and of logarithms; a base must be known to be positive where they need it."""

    def positive(self, atom: int) -> bool:
        """Is the atom > 0 wherever the facts hold?"""
        raise NotImplementedError

    def product_over(self, body: Poly, bound: Any, size: Poly) -> Poly:
        """Π_{bound=1}^{size} body."""
        raise NotImplementedError

    def sum_over(self, body: Poly, bound: Any, size: Poly) -> Poly:
        """Σ_{bound=1}^{size} body."""
        raise NotImplementedError

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
        bottom, top = 1, 0
        for c in poly.values():
            bottom = bottom * c.denominator // _gcd(bottom, c.denominator)
        for c in poly.values():
            top = _gcd(top, abs(int(c * bottom)))
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

    def power(self, base: Poly, exponent: Poly) -> Poly:
        """base^exponent."""
        if base == {ONE: 1}:
            return base
        fixed = constant(exponent)
        if fixed is not None:
            return self.rational_power(base, fixed)
        if not base:
            raise GivesUp("power of zero")
        front, rest = self.primitive(base)
        result = self.symbolic_factor(front, exponent)
        return self.mul(result, self.symbolic(frozen(rest), exponent)) if rest != {ONE: 1} else result

    def symbolic_factor(self, mono_poly: Poly, exponent: Poly) -> Poly:
        """(c·a^p·b^q…)^exponent for a monomial."""
        ((mono, c),) = mono_poly.items()
        if c == 1 and not mono:
            return {ONE: 1}
        if c < 0 or not all(self.positive(a) for a, _ in mono):
            return self.symbolic(frozen(mono_poly), exponent)
        result: Poly = {ONE: 1}
        for p, times in _factored(c):
            result = self.mul(result, self.symbolic(((((self.prime(p), 1),), 1),), scale(exponent, times)))
        for a, e in mono:
            result = self.mul(result, self.atom_symbolic(a, scale(exponent, e)))
        return result

    def atom_symbolic(self, atom: int, exponent: Poly) -> Poly:
        """atom^exponent for a positive atom: exponents of exponents multiply."""
        key = self.table[atom].key
        if key[0] == "exp":
            return self.exp(self.mul({key[1]: 1}, exponent))
        if key[0] == "pow":
            return self.power(dict(key[1]), self.mul({key[2]: 1}, exponent))
        return self.symbolic(((((atom, 1),), 1),), exponent)

    def symbolic(self, base: Frozen, exponent: Poly) -> Poly:
        """base^(q + Σ c·m) = base^q · Π (base^m)^c."""
        if base == ((((), 1),)):
            return {ONE: 1}
        known = self.known_positive(dict(base))
        if not known and any(c.denominator != 1 for c in exponent.values()):
            inner = frozen(exponent)
            letters = self.letters(dict(base)) | self.letters(exponent)
            height = max(self.height(dict(base)), self.height(exponent))
            return {((self.atom(("power", base, inner), letters, height), 1),): 1}
        result: Poly = {ONE: 1}
        for mono, c in exponent.items():
            if not mono:
                result = self.mul(result, self.rational_power(dict(base), c))
                continue
            letters = self.letters(dict(base)) | self.letters({mono: 1})
            height = max(self.height(dict(base)), self.height({mono: 1}))
            result = self.mul(result, self.of(self.atom(("pow", base, mono), letters, height), c))
        return result

    def known_positive(self, poly: Poly) -> bool:
        """Is the polynomial > 0 wherever the facts hold?"""
        if len(poly) == 1:
            ((mono, c),) = poly.items()
            return c > 0 and all(self.positive(a) for a, _ in mono)
        return bool(poly) and self.positive(self.atom_of("poly", frozen(poly)))

    def rational_power(self, base: Poly, r: Number) -> Poly:
        """base^r for a rational number r."""
        if r == 0:
            return {ONE: 1}
        if r == 1:
            return base
        if not base:
            if r > 0:
                return {}
            raise GivesUp("division by zero")
        if r.denominator == 1 and (len(base) == 1 or 0 < r <= LARGEST_POWER):
            if len(base) > 1:
                return self.whole_power(base, int(r))
            ((mono, c),) = base.items()
            if c not in (1, -1) and abs(int(r)) * max(c.numerator.bit_length(), c.denominator.bit_length()) > 4_000:
                raise GivesUp("size")
            return self.tidy(tuple((a, plain(e * r)) for a, e in mono), plain(Fraction(c) ** int(r)))
        front, rest = self.primitive(base)
        result, left = self.monomial_power(front, r)
        whole = self.mul(left, rest)
        if whole == {ONE: 1}:
            return result
        if len(whole) > 1 and r.denominator == 1 and r > 0:
            return self.mul(result, self.whole_power(whole, int(r)))
        return self.mul(result, self.of(self.atom_of("poly", frozen(whole)), r))

    def monomial_power(self, front: Poly, r: Number) -> tuple[Poly, Poly]:
        """((what may be raised)^r, what may not): whole powers always, others of positive factors only."""
        ((mono, c),) = front.items()
        if r.denominator == 1:
            return self.rational_power(front, r), {ONE: 1}
        result: Poly = {ONE: 1}
        for p, times in _factored(c):
            result = self.mul(result, self.of(self.prime(p), plain(times * r)))
        stays: list[tuple[int, Number]] = []
        for a, e in mono:
            if self.positive(a) or e.denominator != 1:
                result = self.mul(result, self.of(a, plain(e * r)))
            else:
                stays.append((a, e))
        return result, {tuple(stays): 1 if c > 0 else -1}

    def prime(self, p: int) -> int:
        """The atom of a prime, for its fractional and symbolic powers."""
        return self.atom(("prime", p), NONE)

    def exp(self, exponent: Poly) -> Poly:
        """exp(Σ c·m) = Π exp(m)^c, with exp(c·log a) = a^c and exp(Σ log a_i) = Π a_i."""
        result: Poly = {ONE: 1}
        for mono, c in exponent.items():
            opened = self.exp_of_log(mono, c)
            if opened is None:
                opened = self.of(self.atom(("exp", mono), self.letters({mono: 1}), self.height({mono: 1})), c)
            result = self.mul(result, opened)
        return result

    def exp_of_log(self, mono: Mono, c: Number) -> Poly | None:
        for place, (a, e) in enumerate(mono):
            if e != 1:
                continue
            key, rest = self.table[a].key, mono[:place] + mono[place + 1 :]
            if key[0] == "log":
                return self.power(dict(key[1]), {rest: c})
            if key[0] == "sum" and len(key[1]) == 1 and any(self.table[b].kind == "log" for b, _ in key[2]):
                ((bound, size),) = key[1]
                body = self.exp({key[2]: 1})
                return self.power(self.product_over(body, bound, dict(size)), {rest: c})
        return None

    def log(self, poly: Poly) -> Poly:
        """log of a product: Σ of the logs of the factors known to be positive; the rest stays under one log."""
        if not poly:
            raise GivesUp("log of zero")
        front, rest = self.primitive(poly)
        ((mono, c),) = front.items()
        total: Poly = {}
        for p, times in _factored(c):
            total = add(total, {((self.atom_of("log", ((((self.prime(p), 1),), 1),)), 1),): times})
        stays: Poly = {ONE: 1 if c > 0 else -1}
        for a, e in mono:
            if self.positive(a) or e.denominator != 1:
                total = add(total, self.atom_log(a), e)
            else:
                stays = self.mul(stays, self.of(a, e))
        if rest != {ONE: 1}:
            stays = self.mul(stays, rest)
        if stays == {ONE: -1}:
            raise GivesUp("log of a negative number")
        if stays != {ONE: 1}:
            total = add(total, {((self.atom_of("log", frozen(stays)), 1),): 1})
        return total

    def atom_log(self, atom: int) -> Poly:
        key = self.table[atom].key
        if key[0] == "exp":
            return {key[1]: 1}
        if key[0] == "pow":
            return self.mul({key[2]: 1}, self.log(dict(key[1])))
        if key[0] == "prod":
            return self.sum_over(self.log(dict(key[3])), key[1], dict(key[2]))
        inner = key[1] if key[0] == "poly" else ((((atom, 1),), 1),)
        return {((self.atom_of("log", inner), 1),): 1}


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def _factored(value: Number) -> list[tuple[int, int]]:
    """The primes of a fraction, its sign aside, with their exponents."""
    found: list[tuple[int, int]] = []
    for n, sense in ((abs(value.numerator), 1), (value.denominator, -1)):
        p = 2
        while p * p <= n and p < 10_000:
            times = 0
            while n % p == 0:
                n, times = n // p, times + 1
            if times:
                found.append((p, sense * times))
            p += 1
        if n > 1:
            found.append((n, sense))
    return found
