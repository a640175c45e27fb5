"""Back to SymPy, for questions of sign."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import Budget
from derive.checking.functions import Functions
from derive.checking.polynomials import Poly
from derive.core.joints import part_of
from derive.core.nodes import InverseDigamma
from derive.core.ranges import sign


class Signs(Functions):
    """Atoms as expressions, and whether they are positive."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.signs: dict[int, bool] = {}

    def positive(self, atom: int) -> bool:
        found = self.signs.get(atom)
        if found is None:
            kind = self.table[atom].kind
            head = self.table[atom].key[1] if kind == "fun" else None
            density = self.is_density(head) or self.names_density(head) or self.is_part(head)
            if density and head is not None and any(head[2]):
                # Its derivatives need not be.
                density = False
            power = kind == "pow" and self.known_positive(dict(self.table[atom].key[1]))
            product = kind == "prod" and self.known_positive(dict(self.table[atom].key[3]))
            if density or power or product or kind in ("exp", "prime"):
                found = True
            else:
                made = self.expression_of(atom)
                found = made is not None and sign(made, self.facts) == "+"
            self.signs[atom] = found
        return found

    def is_density(self, head: Any) -> bool:
        """Is the function the density of a law? It is positive on its support."""
        return isinstance(head, tuple) and head[0] == "undefined" and self.facts.law(head[1]) is not None

    def is_part(self, head: Any) -> bool:
        """Is it a marginal or conditional of a joint law? It is positive on its support."""
        return isinstance(head, tuple) and head[0] == "undefined" and part_of(head[1], self.facts) is not None

    def names_density(self, head: Any) -> bool:
        """Is a law's density an unknown function of this name? It is positive too."""
        if not isinstance(head, tuple) or head[0] != "undefined":
            return False
        return any(
            isinstance(law.density, AppliedUndef) and law.density.func.__name__ == head[1]
            for law in self.facts.laws.values()
        )

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
        if kind in ("vec", "over", "extremum"):
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


# Of an integer SymPy writes the digamma function as a harmonic number, added up term by term.
LARGEST_HARMONIC = 1000

FUNCTIONS: dict[str, Any] = {
    "gamma": lambda z: sp.gamma(z, evaluate=False),
    "polygamma": lambda order, z: sp.polygamma(order, z, evaluate=not (z.is_Integer and z > LARGEST_HARMONIC)),
    "abs": sp.Abs,
    "sign": sp.sign,
    "besseli": sp.besseli,
    "sin": sp.sin,
    "cos": sp.cos,
    "inverse_digamma": InverseDigamma,
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
