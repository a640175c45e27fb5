"""Letters, numbers and scripts in one notation: the ground on which the other layouts stand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sympy as sp

from derive.core.notation import Notation
from derive.writing import order
from derive.writing.letters import letter
from derive.writing.mathtree import (
    Atom,
    Brackets,
    Fraction,
    Gap,
    Node,
    Row,
    Scripts,
    row,
)
from derive.writing.shapes import MINUS, is_small, is_terms

LONG = 20


@dataclass(frozen=True, slots=True)
class Lettering(ABC):
    """The letters of a page, and the parts that every other layout needs."""

    notation: Notation
    data_letter: str = "x"

    @abstractmethod
    def expression(self, e: Any) -> Node:
        """Any expression, without outer brackets."""

    def factor(self, e: Any) -> Node:
        """A factor, in brackets where it is a sum of terms."""
        laid = self.expression(e)
        return Brackets(laid) if is_terms(laid) else laid

    def name(self, name: str) -> Node:
        """A letter, in the letters of the page."""
        replacing = {"i": self.notation.index, "N": self.notation.size}
        if self.notation.data:
            replacing[self.data_letter] = self.notation.data
        return letter(name.strip(), {k: v for k, v in replacing.items() if k != v})

    def number(self, e: Any) -> Node:
        """A rational as a fraction, a decimal with at most six digits."""
        if e < 0:
            return row(MINUS, self.number(-e))
        if isinstance(e, sp.Rational):
            return self.whole(int(e.p)) if e.q == 1 else Fraction(self.whole(int(e.p)), self.whole(int(e.q)))
        # Not by a float: 10^400 and 10^-400 are none.
        digits, _, tens = f"{Decimal(str(e)):.6g}".partition("e")
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        if not tens:
            return Atom(digits)
        power = Scripts(Atom("10"), sup=self.number(sp.Integer(int(tens))))
        return row(Atom(digits), Gap(), Atom(r"\cdot"), Gap(), power)

    def whole(self, n: int) -> Node:
        """Its digits; the zeros at the end of a very long one as a power of ten."""
        digits = str(n)
        leading = digits.rstrip("0")
        zeros = len(digits) - len(leading)
        if zeros < LONG:
            return Atom(digits)
        power = Scripts(Atom("10"), sup=Atom(str(zeros)))
        return power if leading == "1" else row(Atom(leading), Gap(), Atom(r"\cdot"), Gap(), power)

    def indexed(self, e: Any) -> Node:
        """``x_i``, ``x_{i,k}``."""
        return self.scripted(self.expression(e.base), sub=self.listed(e.indices, Atom(",")))

    def scripted(self, base: Node, sub: Node | None = None, sup: Node | None = None) -> Node:
        """The base with one more script; where the place is taken, the base goes into brackets."""
        if isinstance(base, Scripts):
            if (sub is None or base.sub is None) and (sup is None or base.sup is None):
                return Scripts(base.base, sub or base.sub, sup or base.sup)
            if sub is not None and sup is None and base.sub is not None:
                return Scripts(base.base, row(base.sub, Atom(","), sub), base.sup)
            base = Brackets(base)
        return Scripts(base, sub, sup)

    def listed(self, parts: Any, mark: Node) -> Node:
        """The parts with a mark between."""
        items: list[Node] = []
        for part in parts:
            items.extend([mark] if items else [])
            items.append(self.expression(part))
        return row(*items)

    def exponent(self, e: Any) -> Node:
        """An exponent: small fractions with a slash."""
        laid = self.expression(e)
        items = laid.items if isinstance(laid, Row) else (laid,)
        *before, last = items
        if (
            isinstance(last, Fraction)
            and is_small(last.over)
            and isinstance(last.under, Atom)
            and before in ([], [MINUS])
        ):
            return row(*before, last.over, Atom("/"), last.under)
        return laid

    @property
    def is_data(self) -> order.IsData:
        """Does an expression hold observations?"""
        return order.data_test(self.data_letter)
