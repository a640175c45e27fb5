"""Sums over an index: taken apart, with bound letters named by their place and not by their writer."""

from __future__ import annotations

from itertools import count, permutations
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.logarithms import Logarithms
from derive.checking.polynomials import ONE, Mono, Number, Poly, add, frozen, number
from derive.core.domains import Integers, Vector, sum_of
from derive.core.facts import Facts

MOST_BOUND = 3


class Sums(Logarithms):
    """Linearity of sums, Σ1 = N, Σ_k π_k = 1, and Σ_j δ_jk t_j = t_k."""

    facts: Facts
    # Vectors whose entries move one by one, as in ∂/∂π_k, so that their sum is not fixed.
    freed: frozenset[Any] = frozenset()
    fresh = count()

    def renamed(self, poly: Poly, letters: dict[Any, Any]) -> Poly:
        """The polynomial with letters replaced."""
        raise NotImplementedError

    def sum_over(self, body: Poly, bound: Any, size: Poly) -> Poly:
        """Σ (a·s_i + b·t_i) = a Σ s_i + b Σ t_i, and Σ c = N·c."""
        total: Poly = {}
        for mono, c in body.items():
            free, inside = self.split(mono, bound)
            part = self.sum_of(((bound, size),), inside) if inside else size
            total = add(total, self.mul({free: c}, part))
        return total

    def split(self, mono: Mono, bound: Any) -> tuple[Mono, Mono]:
        """The factors free of the letter, and the others."""
        table = self.table
        free = tuple((a, e) for a, e in mono if bound not in table[a].letters)
        return free, tuple((a, e) for a, e in mono if bound in table[a].letters)

    def sum_of(self, ranges: tuple[tuple[Any, Poly], ...], mono: Mono) -> Poly:
        """Σ over all the ranges of one monomial, nested sums made one, then split into what hangs together."""
        left = dict(ranges)
        flat: Poly = {mono: 1}
        for a, e in mono:
            key = self.table[a].key
            if key[0] != "sum" or e not in (1, 2) or len(left) + int(e) * len(key[1]) > MOST_BOUND:
                continue
            if any(b in self.letters(dict(size)) for _, size in key[1] for b in left):
                continue
            flat = self.mul(flat, {((a, -e),): 1})
            for _ in range(int(e)):
                # (Σ_j s_j)² is a sum over two letters.
                names = {old: sp.Dummy(f"b{next(self.fresh)}") for old, _ in key[1]}
                left |= {names[old]: dict(size) for old, size in key[1]}
                flat = self.mul(flat, self.renamed({key[2]: 1}, names))
        if len(flat) != 1:
            raise GivesUp("nested sums")
        ((body, c),) = flat.items()
        result, body = self.reduced(left, body)
        return self.mul(self.mul(number(c), result), self.components(left, body))

    def reduced(self, left: dict[Any, Poly], body: Mono) -> tuple[Poly, Mono]:
        """Carry out the sums whose value is known, taking their letters from ``left``; (their factor, what remains)."""
        result: Poly = {ONE: 1}
        changed = True
        while changed:
            changed = False
            for bound, size in list(left.items()):
                free, inside = self.split(body, bound)
                if not inside:
                    result, changed = self.mul(result, size), True
                    body = free
                elif len(inside) == 1 and (total := self.whole(inside[0], bound, size)) is not None:
                    if not total:
                        return {}, ONE
                    if len(total) != 1:
                        continue
                    ((front, c),) = total.items()
                    result, changed = self.mul(result, number(c)), True
                    ((body, c),) = self.mul({free: 1}, {front: 1}).items()
                else:
                    other = self.delta(inside, bound, size, left)
                    if other is None:
                        continue
                    renamed = self.renamed({body: 1}, {bound: other})
                    if len(renamed) != 1:
                        return ({}, ONE) if not renamed else _refuse()
                    ((body, c),) = renamed.items()
                    result, changed = self.mul(result, number(c)), True
                del left[bound]
        return result, body

    def whole(self, factor: tuple[int, Number], bound: Any, size: Poly) -> Poly | None:
        """Σ v_k of an entry of a vector summed over all of its last index, where that is fixed."""
        atom, e = factor
        key = self.table[atom].key
        if key[0] == "fun":
            if e == 1 and (left := self.without(key, bound, size)) is not None:
                return left
            if e != 1 or not self.sums_over_support(key, bound, size):
                return None
            # Of Σ p(x; θ) = 1 the derivatives by θ are 0.
            return {} if any(key[1][2]) else {ONE: 1}
        if (
            key[0] not in ("idx", "bit")
            or key[1] in self.freed
            or e != 1
            or key[2][-1] != bound
            or bound in key[2][:-1]
        ):
            return None
        domain = self.facts.domains.get(key[1])
        if not isinstance(domain, Vector) or self.read(domain.size) != size:
            return None
        total = sum_of(domain)
        return None if total is None else self.read(total)

    def without(self, key: tuple[Any, ...], bound: Any, size: Poly) -> Poly | None:
        """A joint law summed over one of its variables: the law of the others."""
        raise NotImplementedError

    def sums_over_support(self, key: tuple[Any, ...], bound: Any, size: Poly) -> bool:
        """Is it a law's mass function, or a derivative of it by a parameter, over all of its support 1, …, size?"""
        head, args = key[1], key[2]
        law = self.facts.law(head[1]) if isinstance(head, tuple) and head[0] == "undefined" else None
        if law is None or not isinstance(law.support, Integers) or head[2][0] != 0:
            return False
        if len(args) > 1 and (law.density is not None or any(bound in self.letters(dict(arg)) for arg in args[1:])):
            return False
        at = self.read(bound) == dict(args[0])
        return at and law.support.lower == 1 and self.read(law.support.upper) == size

    def read(self, expr: Any) -> Poly:
        """The polynomial of an expression."""
        raise NotImplementedError

    def delta(self, inside: Mono, bound: Any, size: Poly, left: dict[Any, Poly]) -> Any | None:
        """The letter j of a factor δ_{bound,j}, if j runs over the same range."""
        for a, e in inside:
            key = self.table[a].key
            if key[0] != "delta" or e != 1:
                continue
            other = key[1] if key[2] == bound else key[2]
            within = left.get(other)
            if within is None and other in self.facts.indices:
                within = self.read(self.facts.indices[other])
            if within == size or (within is None and isinstance(other, sp.Symbol)):
                return other
        return None

    def components(self, left: dict[Any, Poly], body: Mono) -> Poly:
        """Σ_i Σ_j s_i t_j = (Σ s_i)(Σ t_j): one atom for each group of factors that share bound letters."""
        groups: list[tuple[set[Any], list[tuple[int, Number]]]] = []
        free: list[tuple[int, Number]] = []
        for a, e in body:
            mine = {b for b in left if b in self.table[a].letters}
            if not mine:
                free.append((a, e))
                continue
            factors = [(a, e)]
            apart: list[tuple[set[Any], list[tuple[int, Number]]]] = []
            for letters, others in groups:
                if letters & mine:
                    mine, factors = mine | letters, factors + others
                else:
                    apart.append((letters, others))
            groups = [*apart, (mine, factors)]
        result: Poly = {tuple(free): 1}
        for letters, factors in groups:
            bound = [b for b in left if b in letters]
            result = self.mul(result, self.sum_atom({b: left[b] for b in bound}, tuple(sorted(factors))))
        return result

    def sum_atom(self, ranges: dict[Any, Poly], mono: Mono) -> Poly:
        """The atom of an irreducible sum, the same for every naming of its bound letters."""
        height = self.height({mono: 1}) + 1
        best: tuple[Any, ...] | None = None
        for order in permutations(ranges):
            names = {old: bound_letter(height, place) for place, old in enumerate(order)}
            body = self.renamed({mono: 1}, names)
            if len(body) != 1:
                raise GivesUp("sum")
            ((inner, c),) = body.items()
            key = (tuple((names[old], frozen(ranges[old])) for old in order), inner, c)
            if best is None or (key[1], [s for _, s in key[0]]) < (best[1], [s for _, s in best[0]]):
                best = key
        assert best is not None
        bound = {b for b, _ in best[0]}
        letters = self.letters({best[1]: 1}) - bound
        letters = letters.union(*(self.letters(dict(size)) for _, size in best[0]))
        return {((self.atom(("sum", best[0], best[1]), letters, height), 1),): best[2]}


def _refuse() -> tuple[Poly, Mono]:
    raise GivesUp("delta")


_LETTERS: dict[tuple[int, int], sp.Symbol] = {}


def bound_letter(height: int, place: int) -> sp.Symbol:
    """The canonical name of a bound letter; greater heights never occur inside lesser ones."""
    found = _LETTERS.get((height, place))
    if found is None:
        found = _LETTERS[(height, place)] = sp.Symbol(f"_{height}_{place}", integer=True, positive=True)
    return found
