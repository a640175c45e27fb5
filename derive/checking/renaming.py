"""Letters put in the place of letters, every law applied anew."""

from __future__ import annotations

from typing import Any

from derive.checking.budget import Budget, GivesUp
from derive.checking.polynomials import Poly, add
from derive.checking.signs import Signs


class Renaming(Signs):
    """What bound letters and δ_jk need."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.names: dict[tuple[Any, ...], Poly] = {}

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
        if kind == "over":
            return self.over_renamed(key, to)
        raise GivesUp(f"rename {kind}")

    def over_renamed(self, key: tuple[Any, ...], to: dict[Any, Any]) -> Poly:
        """An integral, or a sum over a support, with letters replaced."""
        raise NotImplementedError
