"""Where a letter lives, as a person writes it."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.domains import Compositions, Domain, Integers, Interval, OneHot, Vector, entry_domain, sum_of
from derive.writing.mathtree import Atom, Gap, Node, Sign, row

IN = Sign(r"\in", True)
COMMA = row(Atom(","), Gap())
BOUND = sp.Symbol("k", integer=True, positive=True)


class DomainLayout:
    """Memberships: ``0 < p < 1``, ``x \\in \\{0, 1\\}``, …"""

    __slots__ = ()

    def expression(self, e: Any) -> Node:
        """Supplied by the layout that this is part of."""
        raise NotImplementedError

    def membership(self, letter: Any, domain: Domain) -> Node:
        """The letter and its domain."""
        if isinstance(domain, Interval):
            return self.between(self.expression(letter), domain)
        if isinstance(domain, Integers):
            return row(self.expression(letter), IN, *self.integers(domain))
        return self.vector(letter, domain)

    def between(self, letter: Node, domain: Interval) -> Node:
        """``a < x < b``, ends at infinity left out."""
        below, above = (Sign("<" if is_open else r"\le", True) for is_open in (domain.lower_open, domain.upper_open))
        if domain.lower == -sp.oo and domain.upper == sp.oo:
            return row(letter, IN, Atom(r"\mathbb{R}"))
        if domain.upper == sp.oo:
            return row(letter, Sign(">" if domain.lower_open else r"\ge", True), self.expression(domain.lower))
        if domain.lower == -sp.oo:
            return row(letter, above, self.expression(domain.upper))
        return row(self.expression(domain.lower), below, letter, above, self.expression(domain.upper))

    def integers(self, domain: Integers) -> tuple[Node, ...]:
        """``{0, 1, …, n}``."""
        low, high = domain.lower, domain.upper
        if high.is_Integer and low.is_Integer and high - low <= 3:
            shown = [self.expression(sp.Integer(k)) for k in range(int(low), int(high) + 1)]
        else:
            shown = [self.expression(low + k) for k in range(3 if high == sp.oo else 2)]
            shown += [Atom(r"\dots")] if high == sp.oo else [Atom(r"\dots"), self.expression(high)]
        listed = [node for item in shown for node in (item, COMMA)][:-1]
        return (Atom(r"\{"), *listed, Atom(r"\}"))

    def set_of(self, members: Any) -> Node:
        r"""A SymPy set: ``\{0, 1\}``, ``\{0, 1, \dots, n\}``, ``[0, 1)``."""
        if isinstance(members, sp.Range):
            return row(*self.integers(Integers(members.start, members.stop - 1)))
        if isinstance(members, sp.Interval):
            opening, closing = "(" if members.left_open else "[", ")" if members.right_open else "]"
            return row(
                Atom(opening), self.expression(members.start), COMMA, self.expression(members.end), Atom(closing)
            )
        listed = [node for item in members.args for node in (self.expression(item), COMMA)][:-1]
        return row(Atom(r"\{"), *listed, Atom(r"\}"))

    def vector(self, letter: Any, domain: Vector) -> Node:
        """The entries' condition and their sum."""
        entry = self.expression(letter[BOUND])
        total = sum_of(domain)
        if isinstance(domain, OneHot | Compositions):
            of_one: Node = row(entry, IN, *self.integers(entry_domain(domain)))  # type: ignore[arg-type]
        else:
            of_one = row(entry, Sign(">", True), Atom("0"))
        if total is None:
            return of_one
        whole = self.expression(sp.Sum(letter[BOUND], (BOUND, 1, domain.size)))
        return row(of_one, COMMA, whole, Sign("=", True), self.expression(total))
