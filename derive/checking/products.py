"""Products over an index: Π c·a·s_i·exp(t_i) = c^N · a^N · Π s_i · exp(Σ t_i)."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.polynomials import ONE, Number, Poly, constant, frozen, number
from derive.checking.sums import Sums, bound_letter


class Products(Sums):
    """What is free of the index comes out as a power, what is an exponential as a sum."""

    def product_over(self, body: Poly, bound: Any, size: Poly) -> Poly:
        """Π c·a·s_i·exp(t_i) = c^N · a^N · Π s_i · exp(Σ t_i)."""
        if not body:
            return {}
        if constant(size) is None and bound in self.letters(size):
            raise GivesUp("product")
        front, rest = self.primitive(body)
        ((mono, c),) = front.items()
        free, inside = self.split(mono, bound)
        result: Poly = self.power({free: c}, size) if free or c != 1 else {ONE: 1}
        for a, e in inside:
            result = self.mul(result, self.product_of_atom(a, e, bound, size))
        if rest != {ONE: 1}:
            is_free = bound not in self.letters(rest)
            result = self.mul(result, self.power(rest, size) if is_free else self.product_atom(rest, bound, size, 1))
        return result

    def product_of_atom(self, atom: int, e: Number, bound: Any, size: Poly) -> Poly:
        key = self.table[atom].key
        if key[0] == "exp":
            return self.exp(self.sum_over({key[1]: e}, bound, size))
        if key[0] == "pow":
            base = dict(key[1])
            if self.known_positive(base):
                if bound not in self.letters(base):
                    return self.power(base, self.sum_over({key[2]: e}, bound, size))
                if bound not in self.letters({key[2]: 1}):
                    return self.power(self.product_over(base, bound, size), {key[2]: e})
        if key[0] == "prod":
            inner = sp.Dummy(f"b{next(self.fresh)}")
            body = self.renamed(dict(key[3]), {key[1]: inner})
            if bound not in self.letters(dict(key[2])):
                outer = self.product_over(body, bound, size)
                return (
                    self.power(self.product_over(outer, inner, dict(key[2])), number(e))
                    if e != 1
                    else (self.product_atoms_in_order(body, (inner, dict(key[2])), (bound, size)))
                )
        if e.denominator == 1 or self.positive(atom):
            return self.product_atom({((atom, 1),): 1}, bound, size, e)
        return self.product_atom({((atom, e),): 1}, bound, size, 1)

    def product_atoms_in_order(self, body: Poly, first: tuple[Any, Poly], second: tuple[Any, Poly]) -> Poly:
        """Π_i Π_k is Π_k Π_i: nested with the sizes in one order, so that both writings are one atom."""
        inner, outer = sorted((first, second), key=lambda pair: frozen(pair[1]))
        made = self.product_atom(body, inner[0], inner[1], 1)
        return self.product_atom(made, outer[0], outer[1], 1)

    def product_atom(self, body: Poly, bound: Any, size: Poly, e: Number) -> Poly:
        height = self.height(body) + 1
        name = bound_letter(height, 0)
        inner = frozen(self.renamed(body, {bound: name}))
        letters = (self.letters(dict(inner)) - {name}) | self.letters(size)
        return self.of(self.atom(("prod", name, frozen(size), inner), letters, height), e)
