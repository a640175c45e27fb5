"""Sums of terms, products and powers."""

from __future__ import annotations

from abc import ABC
from typing import Any

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from derive.writing import order
from derive.writing.applied import FunctionLayout
from derive.writing.bar import taken_apart
from derive.writing.mathtree import (
    Atom,
    BigOperator,
    Brackets,
    Fraction,
    Gap,
    Node,
    Operator,
    Root,
    Row,
    Scripts,
    Sign,
    row,
    walk,
)
from derive.writing.shapes import MINUS, air_between, is_closed, is_terms


class ProductLayout(FunctionLayout, ABC):
    """Terms in order; factors in order, one fraction in front, brackets only where they are needed."""

    __slots__ = ()

    def addition(self, e: Any) -> Node:
        """Terms with their signs, in a person's order."""
        terms = [(order.is_negative(t), self.term(t)) for t in order.ordered_terms(e, self.is_data)]
        spaced = any(isinstance(n, Operator) for _, t in terms for n in walk(t)) or any(
            isinstance(n, BigOperator) for _, t in terms[:-1] for n in walk(t)
        )
        items: list[Node] = []
        for negative, laid in terms:
            if items or negative:
                items.append(Sign("-" if negative else "+", spaced and bool(items)))
            items.append(laid)
        return row(*items)

    def term(self, e: Any) -> Node:
        """A term without its sign, in brackets where it is itself a sum of terms."""
        laid = self.expression(e)
        if order.is_negative(e) and isinstance(laid, Row) and laid.items[0] == MINUS:
            return row(*laid.items[1:])
        return Brackets(laid) if is_terms(laid) else laid

    def product(self, e: Any) -> Node:
        """Sign, numbers, one fraction in front, then what stays behind."""
        parts = taken_apart(e)
        pieces = [(n, self.factor(n)) for n in parts.numbers]
        pieces += [(f, self.factor(f)) for f in parts.front]
        rest = parts.over + parts.behind
        if parts.under:
            over = self.factors(parts.over) if parts.over else Atom("1")
            pieces.append((None, Fraction(over, self.factors(parts.under))))
            rest = parts.behind
        pieces += [(f, self.factor(f)) for f in order.ordered_factors(rest, self.is_data)]
        laid = self.beside(pieces)
        if not parts.negative:
            return laid
        return row(MINUS, Brackets(laid) if is_terms(laid) else laid)

    def factors(self, factors: tuple[Any, ...]) -> Node:
        """Factors in order; a single one needs no brackets."""
        if len(factors) == 1:
            return self.expression(factors[0])
        return self.beside([(f, self.factor(f)) for f in order.ordered_factors(factors, self.is_data)])

    def beside(self, pieces: list[tuple[Any, Node]]) -> Node:
        """Factors side by side: all but the last closed on their right, numbers kept apart by a dot."""
        if len(pieces) == 1:
            e, laid = pieces[0]
            return self.expression(e) if e is not None else laid
        items: list[Node] = []
        for k, (e, laid) in enumerate(pieces):
            if k < len(pieces) - 1 and e is not None:
                laid = self.closed(e, laid)
            if items:
                numbers = k and e is not None and pieces[k - 1][0] is not None and pieces[k - 1][0].is_Number
                dot = numbers and (e.is_Number or pieces[k - 1][0] == 1)
                items.extend([Gap(), Atom(r"\cdot"), Gap()] if dot else air_between(items[-1], laid))
            items.append(laid)
        return row(*items)

    def closed(self, e: Any, laid: Node) -> Node:
        """The same factor, safe to be followed by another one."""
        if isinstance(e, sp.log | sp.loggamma | TrigonometricFunction) and not isinstance(e.args[0], sp.Product):
            return self.operator_applied(e, bare=False)
        if isinstance(e, (*order.BIG, sp.log)) and not isinstance(laid, Brackets):
            return Brackets(laid)
        is_open = isinstance(laid, Row) and any(isinstance(item, Operator | BigOperator) for item in laid.items)
        return Brackets(laid) if isinstance(e, sp.Mul) and is_open else laid

    def power(self, base: Any, exponent: Any) -> Node:
        """A power that stays above the bar: a root, a letter's own square, or a base with an exponent."""
        if order.is_squared_letter(base):
            halved = self.squared_letter_power(base, exponent)
            if halved is not None:
                return halved
        if exponent == order.HALF:
            return Root(self.expression(base))
        laid = self.expression(base)
        if not is_closed(laid, base) or (isinstance(laid, Scripts) and laid.sup is not None):
            laid = Brackets(laid)
        return self.scripted(laid, sup=self.exponent(exponent))

    def squared_letter_power(self, base: Any, exponent: Any) -> Node | None:
        r"""``(\sigma^2)^{3/2}`` is ``\sigma^3``; None where the doubled exponent is not worth writing."""
        doubled = 2 * exponent
        if not (exponent.is_Number and doubled.is_Integer) and not (
            not exponent.is_Number and exponent.as_coeff_Mul()[0].q == 2
        ):
            return None
        laid = self.name(base.name)
        if not isinstance(laid, Scripts):
            return None
        bare = Scripts(laid.base, laid.sub) if laid.sub else laid.base
        return bare if doubled == 1 else self.scripted(bare, sup=self.exponent(doubled))
