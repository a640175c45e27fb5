"""Exponentials and logarithms, opened wherever the signs allow it."""

from __future__ import annotations

from typing import Any

from derive.checking.budget import GivesUp
from derive.checking.polynomials import ONE, Mono, Number, Poly, add, frozen
from derive.checking.powers import Powers, factored


class Logarithms(Powers):
    """exp of a sum is a product, log of a product a sum, of sums and products over an index too."""

    def product_over(self, body: Poly, bound: Any, size: Poly) -> Poly:
        """Π_{bound=1}^{size} body."""
        raise NotImplementedError

    def sum_over(self, body: Poly, bound: Any, size: Poly) -> Poly:
        """Σ_{bound=1}^{size} body."""
        raise NotImplementedError

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
            if key[0] == "sum" and len(key[1]) == 1 and any(self.table[b].kind == "log" and n == 1 for b, n in key[2]):
                ((bound, size),) = key[1]
                body = self.exp({key[2]: 1})
                if any(self.table[b].kind == "exp" for m in body for b, _ in m):
                    # Σ log² opens nothing: its exponential would come back here.
                    return None
                return self.power(self.product_over(body, bound, dict(size)), {rest: c})
        return None

    def log(self, poly: Poly) -> Poly:
        """log of a product: Σ of the logs of the factors known to be positive; the rest stays under one log."""
        if not poly:
            raise GivesUp("log of zero")
        front, rest = self.primitive(poly)
        ((mono, c),) = front.items()
        total: Poly = {}
        for p, times in factored(c):
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
