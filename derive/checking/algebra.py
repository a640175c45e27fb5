"""Derivatives: of products, functions, sums and products over an index, by a letter or by one entry of a vector."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.polynomials import ONE, Poly, add, frozen, number
from derive.checking.renaming import Renaming


def name_of(by: Any) -> Any:
    """The letter itself, or the vector whose entry it is."""
    return by.base if isinstance(by, sp.Indexed) else by


class Algebra(Renaming):
    """Polynomials with all of their laws but the reading of expressions."""

    def derivative(self, poly: Poly, by: Any) -> Poly:
        """∂ poly / ∂ by, for a symbol or an entry such as π_k."""
        name = name_of(by)
        total: Poly = {}
        for mono, c in poly.items():
            for a, e in mono:
                if name in self.table[a].letters:
                    outer = self.mul(self.tidy(self.merge(mono, ((a, -1),)), c), number(e))
                    total = add(total, self.mul(outer, self.atom_derivative(a, by)))
        return total

    def atom_derivative(self, atom: int, by: Any) -> Poly:
        key = self.table[atom].key
        kind = key[0]
        name = name_of(by)
        me: Poly = {((atom, 1),): 1}
        if kind == "sym":
            return {ONE: 1}
        if kind in ("idx", "bit"):
            result: Poly = {ONE: 1}
            for i, j in zip(key[2], by.indices, strict=True):
                result = self.mul(result, self.kronecker(i, j))
            return result
        if kind == "exp":
            return self.mul(me, self.derivative({key[1]: 1}, by))
        if kind in ("pow", "power"):
            base, top = dict(key[1]), {key[2]: 1} if kind == "pow" else dict(key[2])
            by_base = self.derivative(base, by)
            slope = self.mul(self.mul(top, by_base), self.rational_power(base, -1)) if by_base else {}
            by_top = self.derivative(top, by)
            if by_top:
                slope = add(slope, self.mul(self.log(base), by_top))
            return self.mul(me, slope)
        if kind == "poly":
            return self.derivative(dict(key[1]), by)
        if kind == "log":
            return self.mul(self.derivative(dict(key[1]), by), self.rational_power(dict(key[1]), -1))
        if kind == "fun":
            return self.function_derivative(key[1], tuple(dict(a) for a in key[2]), by)
        if kind == "over":
            return self.over_derivative(key, by)
        if kind == "sum":
            # Fresh letters: the parts of a double sum get canonical names of their own.
            if any(name in self.letters(dict(size)) for _, size in key[1]):
                raise GivesUp("derivative by a size")
            names = {b: sp.Dummy(f"b{next(self.fresh)}") for b, _ in key[1]}
            ranges = tuple((names[b], dict(size)) for b, size in key[1])
            return self.sums(self.derivative(self.renamed({key[2]: 1}, names), by), ranges)
        if kind == "prod":
            if name in self.letters(dict(key[2])):
                raise GivesUp("derivative by a size")
            body = dict(key[3])
            ratio = self.mul(self.derivative(body, by), self.rational_power(body, -1))
            return self.mul(me, self.sums(ratio, ((key[1], dict(key[2])),)))
        raise GivesUp(f"derivative of {kind}")

    def sums(self, body: Poly, ranges: tuple[tuple[Any, Poly], ...]) -> Poly:
        for bound, size in reversed(ranges):
            body = self.sum_over(body, bound, size)
        return body

    def over_derivative(self, key: tuple[Any, ...], by: Any) -> Poly:
        """Of an integral or a sum over a support; supplied where there are such."""
        raise GivesUp("derivative")

    def function_derivative(self, head: Any, args: tuple[Poly, ...], by: Any) -> Poly:
        slopes = [{} if self.is_vector(a) else self.derivative(a, by) for a in args]
        if head == "gamma":
            return self.mul(self.mul(self.opaque("gamma", args), self.polygamma(({}, args[0]))), slopes[0])
        if head == "polygamma" and not slopes[0]:
            return self.mul(self.polygamma((add(args[0], number(1)), args[1])), slopes[1])
        if head == "abs":
            return self.mul(self.absolute("sign", args[0]), slopes[0])
        if head == "sign":
            return {}
        if head == "sin":
            return self.mul(self.function("cos", args), slopes[0])
        if head == "cos":
            return self.mul(self.function("sin", args), add({}, slopes[0], -1))
        if head == "besseli" and not slopes[0]:
            return self.mul(self.bessel_slope(*args), slopes[1])
        if isinstance(head, tuple) and head[0] == "zeta":
            return self.mul(self.function(("zeta", head[1] + 1), args), slopes[0])
        if isinstance(head, tuple) and head[0] == "undefined":
            if name_of(by) in self.hidden_letters(head):
                raise GivesUp("derivative of a density")
            total: Poly = {}
            for place, slope in enumerate(slopes):
                if self.is_vector(args[place]):
                    if name_of(by) in self.letters(args[place]):
                        total = add(total, self.vector_slope(head, args, place, by))
                elif slope:
                    orders = tuple(n + (p == place) for p, n in enumerate(head[2]))
                    total = add(total, self.mul(slope, self.function(("undefined", head[1], orders), args)))
            return total
        raise GivesUp("derivative")

    def is_vector(self, arg: Poly) -> bool:
        """Is the argument of a function a whole vector?"""
        if len(arg) != 1:
            return False
        ((mono, _),) = arg.items()
        return len(mono) == 1 and self.table[mono[0][0]].key[0] == "vec"

    def vector_slope(self, head: Any, args: tuple[Poly, ...], place: int, by: Any) -> Poly:
        """∂f(…, v, …)/∂v_j: the index j joins the arguments, behind those of the function itself.

        The derivatives of a smooth function may be taken in any order, so the indices are kept sorted.

        Raises:
            GivesUp: the vector is no plain one, or f depends on several: which index is whose is not kept.
        """
        _, name, orders = head
        vectors = [p for p in range(len(orders)) if self.is_vector(args[p])]
        if not isinstance(by, sp.Indexed) or len(by.indices) != 1 or vectors != [place]:
            raise GivesUp("derivative by a vector")
        index = self.read(by.indices[0])
        own, indices = args[: len(orders)], sorted((*args[len(orders) :], index), key=frozen)
        orders = tuple(n + (p == place) for p, n in enumerate(orders))
        return self.function(("undefined", name, orders), (*own, *indices))

    def bessel_slope(self, order: Poly, z: Poly) -> Poly:
        """I_n'(z) = I_{n+1}(z) + n I_n(z)/z."""
        above = self.function("besseli", (add(order, number(1)), z))
        if not order:
            return above
        here = self.mul(self.function("besseli", (order, z)), self.mul(order, self.rational_power(z, -1)))
        return add(above, here)
