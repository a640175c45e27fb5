"""From a SymPy tree to a layout tree, in the letters of a notation."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from derive.core.errors import DeriveError
from derive.core.nodes import At, Hidden, Indicator, OverData, Partial
from derive.core.notation import Notation
from derive.core.statement import Membership, Side, Statement
from derive.writing import order
from derive.writing.calculus import BIG_SIGNS
from derive.writing.domains import DomainLayout
from derive.writing.functions import CONSTANTS
from derive.writing.information import INFORMATION, InformationLayout
from derive.writing.letters import letter
from derive.writing.mathtree import (
    Accent,
    Atom,
    Brackets,
    Gap,
    Node,
    Scripts,
    Sign,
    row,
)
from derive.writing.products import ProductLayout
from derive.writing.shapes import MINUS
from derive.writing.vectors import VectorLayout


@lru_cache(maxsize=4096)
def layout(side: Side, notation: Notation | None = None, data_letter: str = "x") -> Node:
    """The layout of an expression or a statement.

    Args:
        data_letter: the internal letter of the observations, printed as ``notation.data`` where that is given.

    Raises:
        DeriveError: the tree holds something that has no layout here.
    """
    return Layout(notation or Notation(), data_letter).side(side)


class Layout(ProductLayout, VectorLayout, DomainLayout, InformationLayout):
    """Expressions laid out in one notation."""

    __slots__ = ()

    def side(self, side: Any) -> Node:
        """An expression, a SymPy relation, or a statement."""
        if isinstance(side, Statement):
            return row(self.expression(side.left), Sign(side.relation.latex, True), self.expression(side.right))
        if isinstance(side, Membership):
            return self.membership(side.letter, side.domain)
        if isinstance(side, sp.logic.boolalg.Boolean) and not isinstance(side, sp.Symbol):
            return self.condition(side)
        return self.expression(sp.sympify(side) if isinstance(side, int) else side)

    def expression(self, e: Any) -> Node:
        """Any expression, without outer brackets."""
        if isinstance(e, sp.Symbol | sp.IndexedBase) or type(e).__name__ in ("Idx", "Str"):
            return self.name(str(getattr(e, "label", e)))
        if e in CONSTANTS:
            return letter(CONSTANTS[e])
        if e is sp.S.NegativeInfinity:
            return row(MINUS, Atom(r"\infty"))
        if isinstance(e, sp.Rational | sp.Float):
            return self.number(e)
        if isinstance(e, sp.Indexed):
            return self.indexed(e)
        # SymPy's matrix products are products to it, in any order.
        laid = self.vectorial(e)
        if laid is not None:
            return laid
        if isinstance(e, sp.Add):
            return self.addition(e)
        if isinstance(e, sp.Mul):
            return self.product(e)
        if isinstance(e, sp.Pow):
            return self.product(e) if order.is_negative_exponent(e.exp) else self.power(e.base, e.exp)
        if type(e) in BIG_SIGNS:
            return self.big(e)
        if isinstance(e, OverData):
            return self.picked(e)
        if isinstance(e, sp.Integral):
            return self.integral(e)
        if isinstance(e, Partial):
            return self.partial(e.args[0], ((e.args[1], e.args[2]),))
        if isinstance(e, sp.Derivative):
            return self.partial(e.expr, tuple((v, n) for v, n in e.variable_count))
        if isinstance(e, sp.FiniteSet | sp.Range | sp.Interval):
            return self.set_of(e)
        if isinstance(e, At):
            below = row(self.expression(e.args[1]), Sign("="), self.expression(e.args[2]))
            return row(self.factor(e.args[0]), Scripts(Atom("|"), below))
        if isinstance(e, Indicator):
            return self.indicator(e)
        if isinstance(e, sp.Piecewise):
            return self.piecewise(e)
        if isinstance(e, INFORMATION):
            return self.information(e)
        if isinstance(e, Hidden):
            # As words: the number of a gap is no 1 in a formula.
            return Accent("boxed", row(Gap(True), Accent("text", Brackets(self.number(e.args[0]))), Gap(True)))
        if isinstance(e, sp.Function | sp.Max | sp.Min):
            return self.function(e)
        raise DeriveError(f"no layout for {type(e).__name__}")
