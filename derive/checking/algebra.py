"""The algebra of one set of facts: renaming, derivatives, and the way back to SymPy for questions of sign."""

from __future__ import annotations

from math import factorial
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.polynomials import ONE, Number, Poly, add, constant, frozen, number
from derive.checking.powers import NONE
from derive.checking.repeated import Repeated
from derive.core.ranges import sign


class Algebra(Repeated):
    """Atoms with all of their laws but the reading of expressions."""

    def __init__(self, budget: Any) -> None:
        super().__init__(budget)
        self.signs: dict[int, bool] = {}
        self.names: dict[tuple[Any, ...], Poly] = {}

    # --- letters and functions

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
        inner = tuple(frozen(a) for a in args)
        letters = NONE.union(*(self.letters(a) for a in args))
        height = max((self.height(a) for a in args), default=0)
        return {((self.atom(("fun", head, inner), letters, height), 1),): 1}

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

    # --- renaming

    def renamed(self, poly: Poly, letters: dict[Any, Any]) -> Poly:
        total: Poly = {}
        for mono, c in poly.items():
            kept = tuple(f for f in mono if self.table[f[0]].letters.isdisjoint(letters))
            part: Poly = {kept: c}
            for a, e in mono:
                if not self.table[a].letters.isdisjoint(letters):
                    part = self.mul(part, self.rational_power(self.renamed_atom(a, letters), e))
            total = add(total, part)
        return total

    def renamed_atom(self, atom: int, letters: dict[Any, Any]) -> Poly:
        memo = (atom, self.freed, tuple(sorted(letters.items(), key=str)))
        found = self.names.get(memo)
        if found is None:
            found = self.names[memo] = self.rename(self.table[atom].key, letters)
        return found

    def rename(self, key: tuple[Any, ...], to: dict[Any, Any]) -> Poly:
        kind = key[0]
        if kind == "sym":
            return self.read(to.get(key[1], key[1]))
        if kind == "vec":
            return self.vector(key[1])
        if kind in ("idx", "bit"):
            return self.entry(key[1], tuple(i.xreplace(to) for i in key[2]), kind == "bit")
        if kind == "delta":
            return self.kronecker(key[1].xreplace(to), key[2].xreplace(to))
        if kind == "exp":
            return self.exp(self.renamed({key[1]: 1}, to))
        if kind == "pow":
            return self.power(self.renamed(dict(key[1]), to), self.renamed({key[2]: 1}, to))
        if kind == "power":
            return self.power(self.renamed(dict(key[1]), to), self.renamed(dict(key[2]), to))
        if kind == "poly":
            return self.renamed(dict(key[1]), to)
        if kind == "log":
            return self.log(self.renamed(dict(key[1]), to))
        if kind == "fun":
            return self.function(key[1], tuple(self.renamed(dict(a), to) for a in key[2]))
        if kind == "sum":
            ranges = tuple((b, self.renamed(dict(size), to)) for b, size in key[1])
            return self.sum_of(ranges, *self.renamed({key[2]: 1}, to))
        if kind == "prod":
            return self.product_over(self.renamed(dict(key[3]), to), key[1], self.renamed(dict(key[2]), to))
        raise GivesUp(f"rename {kind}")

    # --- derivatives

    def derivative(self, poly: Poly, by: Any) -> Poly:
        """∂ poly / ∂ by, for a symbol or an entry such as π_k."""
        name = by.base if isinstance(by, sp.Indexed) else by
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
        name = by.base if isinstance(by, sp.Indexed) else by
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

    def function_derivative(self, head: Any, args: tuple[Poly, ...], by: Any) -> Poly:
        slopes = [self.derivative(a, by) for a in args]
        if head == "gamma":
            return self.mul(self.mul(self.opaque("gamma", args), self.polygamma(({}, args[0]))), slopes[0])
        if head == "polygamma" and not slopes[0]:
            return self.mul(self.polygamma((add(args[0], number(1)), args[1])), slopes[1])
        if head == "abs":
            return self.mul(self.absolute("sign", args[0]), slopes[0])
        if head == "sign":
            return {}
        if isinstance(head, tuple) and head[0] == "undefined":
            total: Poly = {}
            for place, slope in enumerate(slopes):
                if slope:
                    orders = tuple(n + (p == place) for p, n in enumerate(head[2]))
                    total = add(total, self.mul(slope, self.function(("undefined", head[1], orders), args)))
            return total
        raise GivesUp("derivative")

    # --- signs

    def positive(self, atom: int) -> bool:
        found = self.signs.get(atom)
        if found is None:
            kind = self.table[atom].kind
            if kind in ("exp", "prime") or (kind == "pow" and self.known_positive(dict(self.table[atom].key[1]))):
                found = True
            else:
                made = self.expression_of(atom)
                found = made is not None and sign(made, self.facts) == "+"
            self.signs[atom] = found
        return found

    def expression(self, poly: Poly) -> Any | None:
        """The polynomial as a SymPy expression; ``None`` if it has an atom that SymPy cannot say."""
        total: list[Any] = []
        for mono, c in poly.items():
            factors: list[Any] = [sp.Rational(c.numerator, c.denominator)]
            for a, e in mono:
                made = self.expression_of(a)
                if made is None:
                    return None
                factors.append(made ** sp.Rational(e.numerator, e.denominator))
            total.append(sp.Mul(*factors))
        return sp.Add(*total)

    def expression_of(self, atom: int) -> Any | None:
        key = self.table[atom].key
        kind = key[0]
        if kind == "sym":
            return key[1]
        if kind == "vec":
            return None
        if kind in ("idx", "bit"):
            return key[1][key[2]]
        if kind == "delta":
            return sp.KroneckerDelta(key[1], key[2])
        if kind == "prime":
            return sp.Integer(key[1])
        parts = [self.expression(dict(p)) for p in _polys(key)]
        if any(p is None for p in parts):
            return None
        if kind == "fun":
            made = FUNCTIONS.get(key[1] if isinstance(key[1], str) else "")
            return made(*parts) if made else None
        if kind == "sum":
            (body, *sizes) = parts
            return sp.Sum(body, *((b, 1, size) for (b, _), size in zip(key[1], sizes, strict=True)))
        if kind == "prod":
            return sp.Product(parts[1], (key[1], 1, parts[0]))
        return {"exp": sp.exp, "log": sp.log, "pow": sp.Pow, "power": sp.Pow, "poly": lambda e: e}[kind](*parts)


FUNCTIONS: dict[str, Any] = {
    "gamma": lambda z: sp.gamma(z, evaluate=False),
    "polygamma": sp.polygamma,
    "abs": sp.Abs,
    "sign": sp.sign,
    "min": sp.Min,
    "max": sp.Max,
}


def _polys(key: tuple[Any, ...]) -> list[Any]:
    """The polynomials (as pairs) in a key."""
    kind = key[0]
    if kind == "exp":
        return [((key[1], 1),)]
    if kind == "pow":
        return [key[1], ((key[2], 1),)]
    if kind == "sum":
        return [((key[2], 1),), *(size for _, size in key[1])]
    if kind == "prod":
        return [key[2], key[3]]
    return list(key[2]) if kind == "fun" else list(key[1:])
