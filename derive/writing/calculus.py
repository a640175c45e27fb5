"""Big operators, derivatives and cases."""

from __future__ import annotations

from abc import ABC
from typing import Any

import sympy as sp

from derive.core.errors import DeriveError
from derive.core.information import Cardinality
from derive.writing.functions import PICKED, RELATIONS
from derive.writing.lettering import Lettering
from derive.writing.mathtree import (
    Applied,
    Atom,
    BigOperator,
    Brackets,
    Cases,
    Fraction,
    Gap,
    Node,
    Operator,
    Scripts,
    Sign,
    row,
)
from derive.writing.shapes import is_name_like

BIG_SIGNS: dict[Any, str] = {sp.Sum: r"\sum", sp.Product: r"\prod"}


class CalculusLayout(Lettering, ABC):
    """Sums and products over an index, integrals, derivatives, and definitions by cases."""

    __slots__ = ()

    def big(self, e: Any) -> Node:
        """Sums and products, the outermost sign first; what they run over is bracketed where it has several terms."""
        items: list[Node] = []
        for limits in reversed(e.limits):
            items += [self.limits(BIG_SIGNS[type(e)], limits), Gap()]
        return row(*items, self.factor(e.function))

    def picked(self, e: Any) -> Node:
        r"""``\min_i x_i``."""
        index, *_ = e.limits[0]
        head = Scripts(Operator(PICKED[type(e)]), self.expression(index))
        return row(head, Gap(), self.factor(e.function))

    def limits(self, sign: str, limits: Any) -> BigOperator:
        """A sign with its index and bounds, as far as they are given."""
        index, *bounds = limits
        lower = self.expression(index)
        if not bounds:
            return BigOperator(sign, lower)
        if len(bounds) == 2 and bounds[0] == 1 and isinstance(bounds[1], Cardinality):
            return BigOperator(sign, row(lower, Sign(r"\in", True), self.name(str(bounds[1].args[0]))))
        if len(bounds) != 2:
            raise DeriveError(f"no layout for the limits {limits}")
        return BigOperator(sign, row(lower, Sign("="), self.expression(bounds[0])), self.expression(bounds[1]))

    def integral(self, e: Any) -> Node:
        r"""``\int_a^b u \, dx``."""
        signs: list[Node] = []
        ends: list[Node] = []
        for index, *bounds in reversed(e.limits):
            lower, upper = (self.expression(b) for b in bounds) if len(bounds) == 2 else (None, None)
            signs += [BigOperator(r"\int", lower, upper), Gap()]
            ends = [Gap(wide=True), Atom("d"), self.expression(index), *ends]
        return row(*signs, self.factor(e.function), *ends)

    def partial(self, e: Any, variables: tuple[tuple[Any, Any], ...]) -> Node:
        """A derivative as a fraction; a long expression stands behind it in brackets."""
        total = sum(int(n) for _, n in variables)
        over: list[Node] = [self.scripted(Operator(r"\partial"), sup=Atom(str(total)) if total > 1 else None)]
        under: list[Node] = []
        for variable, n in variables:
            laid = self.expression(variable)
            if int(n) > 1:
                laid = self.scripted(laid, sup=Atom(str(n)))
            under += [Gap()] if under else []
            under += [Operator(r"\partial"), Gap(), laid]
        if is_name_like(e):
            return Fraction(row(*over, Gap(), self.expression(e)), row(*under))
        return row(Fraction(row(*over), row(*under)), Brackets(self.expression(e)))

    def piecewise(self, e: Any) -> Node:
        """Cases; where a last case holds otherwise its condition is written out, so that no words are needed."""
        rows: list[tuple[Node, Node]] = []
        earlier: list[Any] = []
        for value, condition in e.args:
            if condition == sp.true and earlier:
                condition = sp.And(*(sp.Not(c) for c in earlier))
            earlier.append(condition)
            rows.append((self.expression(value), self.condition(condition)))
        return Cases(tuple(rows))

    def indicator(self, e: Any) -> Node:
        """``1{x > 0}``; the observation comes first."""
        left, sign, right = e.args
        name = {"=": "=", "!=": r"\ne", "<": "<", "<=": r"\le"}[sign.name]
        if (left.is_number and not right.is_number) or (self.is_data(right) and not self.is_data(left)):
            left, name, right = right, {"<": ">", r"\le": r"\ge"}.get(name, name), left
        asked = row(self.expression(left), Sign(name, True), self.expression(right))
        return Applied(Atom(r"\mathbb{1}"), Brackets(asked, "braces"))

    def condition(self, c: Any) -> Node:
        """Relations, joined by commas (and) or ∨ (or)."""
        if type(c) in RELATIONS:
            if self.is_data(c.rhs) and not self.is_data(c.lhs):
                c = c.reversed
            return row(self.expression(c.lhs), Sign(RELATIONS[type(c)], True), self.expression(c.rhs))
        bounded = self.bounded(c)
        if bounded is not None:
            return bounded
        if isinstance(c, sp.And | sp.Or):
            items: list[Node] = []
            for part in sorted(c.args, key=sp.default_sort_key):
                if items:
                    items += [Atom(","), Gap()] if isinstance(c, sp.And) else [Sign(r"\lor", True)]
                items.append(self.condition(part))
            return row(*items)
        raise DeriveError(f"no layout for the condition {type(c).__name__}")

    def bounded(self, c: Any) -> Node | None:
        """``a ≤ x ≤ b`` where two relations bound one thing."""
        if not isinstance(c, sp.And) or len(c.args) != 2 or not all(type(part) in RELATIONS for part in c.args):
            return None
        first, second = (part if self.is_data(part.lhs) else part.reversed for part in c.args)
        if isinstance(first, sp.Lt | sp.Le):
            first, second = second, first
        if first.lhs != second.lhs or not isinstance(first, sp.Gt | sp.Ge) or not isinstance(second, sp.Lt | sp.Le):
            return None
        return row(
            self.expression(first.rhs),
            Sign("<" if isinstance(first, sp.Gt) else r"\le", True),
            self.expression(first.lhs),
            Sign(RELATIONS[type(second)], True),
            self.expression(second.rhs),
        )
