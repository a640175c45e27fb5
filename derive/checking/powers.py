"""Powers of polynomials, multiplied out or taken apart wherever the signs allow it."""

from __future__ import annotations

from fractions import Fraction

from derive.checking.budget import GivesUp
from derive.checking.factors import NONE, Factors
from derive.checking.polynomials import LARGEST_POWER, ONE, Frozen, Number, Poly, constant, frozen, plain, scale


class Powers(Factors):
    """The laws of exponents; a base must be known to be positive where they need it."""

    def exp(self, exponent: Poly) -> Poly:
        """exp(exponent)."""
        raise NotImplementedError

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
        for p, times in factored(c):
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
        for p, times in factored(c):
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


def factored(value: Number) -> list[tuple[int, int]]:
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
