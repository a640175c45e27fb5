"""Letters, entries, and functions with laws of their own."""

from __future__ import annotations

from math import factorial
from typing import Any

import sympy as sp

from derive.checking.factors import NONE
from derive.checking.polynomials import ONE, Number, Poly, add, constant, frozen, number
from derive.checking.products import Products


class Functions(Products):
    """Γ and ψ by their recurrences, absolute values without positive factors, δ_ij."""

    def letter(self, symbol: Any) -> Poly:
        """A symbol, or a constant such as π."""
        letters = frozenset({symbol}) if symbol.is_Symbol else NONE
        return {((self.atom(("sym", symbol), letters), 1),): 1}

    def vector(self, base: Any) -> Poly:
        """A whole vector, as an argument of a function without a meaning."""
        return {((self.atom(("vec", base), frozenset({base})), 1),): 1}

    def entry(self, base: Any, indices: tuple[Any, ...], binary: bool) -> Poly:
        """x_i; ``binary``: it is 0 or 1."""
        letters = frozenset({base, *(s for i in indices for s in i.free_symbols)})
        return {((self.atom(("bit" if binary else "idx", base, indices), letters), 1),): 1}

    def kronecker(self, i: Any, j: Any) -> Poly:
        """δ_ij."""
        if i == j:
            return {ONE: 1}
        if (i - j).is_nonzero:
            return {}
        i, j = sorted((i, j), key=sp.default_sort_key)
        return {((self.atom(("delta", i, j), i.free_symbols | j.free_symbols), 1),): 1}

    def function(self, head: Any, args: tuple[Poly, ...]) -> Poly:
        """head(args…), simplified where the function's own law says so."""
        if head == "gamma":
            return self.gamma(args[0])
        if head == "polygamma":
            return self.polygamma(args)
        if head in ("abs", "sign"):
            return self.absolute(head, args[0])
        if head in ("min", "max"):
            args = tuple(sorted(args, key=frozen))
        if isinstance(head, tuple) and head[0] == "undefined":
            # Behind its own arguments stand the indices of derivatives by a vector's entries, in any order.
            own = len(head[2])
            args = (*args[:own], *sorted(args[own:], key=frozen))
        inner = tuple(frozen(a) for a in args)
        letters = NONE.union(*(self.letters(a) for a in args), self.hidden_letters(head))
        height = max((self.height(a) for a in args), default=0)
        return {((self.atom(("fun", head, inner), letters, height), 1),): 1}

    def hidden_letters(self, head: Any) -> frozenset[Any]:
        """What a function depends on besides its arguments."""
        return NONE

    def opaque(self, head: str, args: tuple[Poly, ...]) -> Poly:
        """An atom head(args…)."""
        inner = tuple(frozen(a) for a in args)
        letters = NONE.union(*(self.letters(a) for a in args))
        return {((self.atom(("fun", head, inner), letters, max(self.height(a) for a in args)), 1),): 1}

    def gamma(self, z: Poly) -> Poly:
        """Γ(z + 1) = z Γ(z), brought to 1 ≤ constant term < 2."""
        whole = z.get(ONE, 0)
        shift = whole.numerator // whole.denominator - 1
        if abs(shift) > 60:
            return self.opaque("gamma", (z,))
        factor: Poly = {ONE: 1}
        for step in range(abs(shift)):
            if shift > 0:
                factor = self.mul(factor, add(z, number(-1 - step)))
            else:
                factor = self.mul(factor, self.rational_power(add(z, number(step)), -1))
        z = add(z, number(-shift))
        return factor if z == {ONE: 1} else self.mul(factor, self.opaque("gamma", (z,)))

    def polygamma(self, args: tuple[Poly, ...]) -> Poly:
        """ψ_m(z + 1) = ψ_m(z) + (−1)^m m! z^{−m−1}, brought to 1 ≤ constant term < 2."""
        m, z = constant(args[0]), args[1]
        undone = self.argument_of("inverse_digamma", z) if m == 0 else None
        if undone is not None:
            return undone
        whole = z.get(ONE, 0)
        shift = whole.numerator // whole.denominator - 1
        if m is None or m.denominator != 1 or not 0 <= m <= 20 or abs(shift) > 60:
            return self.opaque("polygamma", args)
        extra: Poly = {}
        for step in range(abs(shift)):
            at = add(z, number(-1 - step if shift > 0 else step))
            sense = (1 if shift > 0 else -1) * (-1) ** int(m) * factorial(int(m))
            extra = add(extra, self.rational_power(at, -1 - int(m)), sense)
        return add(extra, self.opaque("polygamma", (args[0], add(z, number(-shift)))))

    def argument_of(self, head: str, z: Poly) -> Poly | None:
        """u, where z is the atom head(u) alone."""
        if len(z) != 1:
            return None
        ((mono, c),) = z.items()
        if c != 1 or len(mono) != 1 or mono[0][1] != 1:
            return None
        key = self.table[mono[0][0]].key
        return dict(key[2][0]) if key[0] == "fun" and key[1] == head else None

    def absolute(self, head: str, z: Poly) -> Poly:
        """|c·a·u| = |c|·a·|u| for a > 0; the sign of it is that of c·u."""
        if not z:
            return {}
        front, rest = self.primitive(z)
        ((mono, c),) = front.items()
        sense = 1 if c > 0 else -1
        size: Number = c * sense if head == "abs" else sense
        out: Poly = {ONE: size}
        for a, e in mono:
            if self.positive(a):
                out = self.mul(out, self.of(a, e)) if head == "abs" else out
            else:
                out = self.mul(out, self.power(self.opaque(head, (self.of(a),)), number(e)))
        if rest == {ONE: 1}:
            return out
        if self.known_positive(rest):
            return self.mul(out, rest) if head == "abs" else out
        return self.mul(out, self.opaque(head, (rest,)))
