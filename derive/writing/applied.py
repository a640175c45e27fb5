"""Functions with their arguments."""

from __future__ import annotations

from abc import ABC
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.errors import DeriveError
from derive.core.nodes import CONDITIONAL, ZetaDerivative
from derive.writing import order
from derive.writing.functions import APPLIED, OPERATORS, WITH_ORDER
from derive.writing.lettering import Lettering
from derive.writing.letters import letter
from derive.writing.mathtree import (
    Applied,
    Atom,
    Binomial,
    Brackets,
    Gap,
    Node,
    Operator,
    Scripts,
    Sign,
    row,
)
from derive.writing.shapes import is_closed


class FunctionLayout(Lettering, ABC):
    """Applied functions: named, undefined, and those with a shape of their own."""

    __slots__ = ()

    def function(self, e: Any) -> Node:
        """An applied function."""
        kind = e.func
        if isinstance(e, AppliedUndef):
            return self.undefined(e)
        if isinstance(e, sp.log | sp.loggamma) or kind in OPERATORS:
            return self.operator_applied(e, bare=True)
        if isinstance(e, sp.exp):
            return self.exponential(e.args[0])
        if isinstance(e, sp.factorial):
            laid = self.expression(e.args[0])
            plain = e.args[0].is_Atom or isinstance(e.args[0], sp.Indexed)
            return row(laid if plain and is_closed(laid, e.args[0]) else Brackets(laid), Atom("!"))
        if isinstance(e, sp.binomial):
            return Binomial(self.expression(e.args[0]), self.expression(e.args[1]))
        if isinstance(e, sp.Abs):
            return Brackets(self.absolute(e.args[0]), "bars")
        if isinstance(e, sp.floor | sp.ceiling):
            return Brackets(self.expression(e.args[0]), "floor" if isinstance(e, sp.floor) else "ceiling")
        if isinstance(e, sp.KroneckerDelta):
            return Scripts(Atom(r"\delta"), self.listed(e.args[:2], Atom(",")))
        if isinstance(e, sp.harmonic) and len(e.args) == 1:
            return Scripts(Atom("H"), self.expression(e.args[0]))
        if isinstance(e, sp.polygamma):
            return self.polygamma(*e.args)
        if isinstance(e, ZetaDerivative):
            head = row(Atom(r"\zeta" + "'" * int(e.args[0])))
            return Applied(head, Brackets(self.expression(e.args[1])))
        if isinstance(e, sp.LambertW):
            branch = Atom(str(e.args[1])) if len(e.args) > 1 else Atom("0")
            return Applied(Scripts(Atom("W"), branch), Brackets(self.expression(e.args[0])))
        if kind in WITH_ORDER:
            head = Scripts(Atom(WITH_ORDER[kind]), self.expression(e.args[0]))
            return Applied(head, Brackets(self.expression(e.args[1])))
        if kind in APPLIED:
            args = sorted(e.args, key=sp.default_sort_key) if isinstance(e, sp.Max | sp.Min) else e.args
            return Applied(Atom(APPLIED[kind]), Brackets(self.arguments(args)))
        raise DeriveError(f"no layout for {type(e).__name__}")

    def absolute(self, e: Any) -> Node:
        """What stands between bars: of ``u`` and ``-u`` the one whose observations come first."""
        if e.is_Add and any(self.is_data(t) and order.is_negative(t) for t in e.args):
            return self.expression(sp.Add(*(-t for t in e.args)))
        return self.expression(e)

    def arguments(self, args: Any, first_mark: str = ",") -> Node:
        """Arguments with a comma between; after the first one another mark may stand."""
        items: list[Node] = []
        for k, arg in enumerate(args):
            if k:
                items += [Atom(first_mark if k == 1 else ","), Gap()]
            items.append(self.expression(arg))
        return row(*items)

    def undefined(self, e: Any) -> Node:
        """``f(x; θ)``: the observation, then the parameters; other functions with commas."""
        name = str(e.func.__name__)
        replacing = {"f": self.notation.density, "L": self.notation.likelihood}
        if name == CONDITIONAL:
            seen, given, *rest = (self.expression(a) for a in e.args)
            items: list[Node] = [seen, Sign(r"\mid", True), given]
            for place, parameter in enumerate(rest):
                items += [Atom("," if place else ";"), Gap(), parameter]
            return Applied(Atom("p"), Brackets(row(*items)))
        head = letter(name, {k: v for k, v in replacing.items() if k != v})
        return Applied(head, Brackets(self.arguments(e.args, ";" if name == "f" else ",")))

    def operator_applied(self, e: Any, bare: bool) -> Node:
        r"""``\log p``, ``\log f(x)``, ``\log \prod``: without brackets only where nothing can be misread."""
        inner = e.args[0]
        if isinstance(e, sp.loggamma):
            laid: Node = Applied(Atom(r"\Gamma"), Brackets(self.expression(inner)))
            head = Operator(self.notation.log)
            return row(head, Gap(), laid) if bare else row(head, Brackets(laid))
        head = Operator(self.notation.log if isinstance(e, sp.log) else OPERATORS[e.func])
        laid = self.expression(inner)
        applied = isinstance(laid, Applied | Binomial) and not isinstance(inner, sp.Max | sp.Min)
        rooted = isinstance(inner, sp.Pow) and inner.exp == order.HALF and order.is_squared_letter(inner.base)
        single = rooted or inner.is_Atom or isinstance(inner, sp.Indexed | sp.IndexedBase)
        readable = isinstance(e, sp.log) and (applied or isinstance(inner, sp.Product))
        if bare and (readable or (single and is_closed(laid, inner))):
            return row(head, Gap(), laid)
        return row(head, Brackets(laid))

    def exponential(self, u: Any) -> Node:
        """``e^{u}`` while u is short."""
        if order.is_short_exponent(u):
            return Scripts(Atom("e"), sup=self.exponent(u))
        return row(Operator(r"\exp"), Brackets(self.expression(u)))

    def polygamma(self, n: Any, z: Any) -> Node:
        """ψ, ψ' and ψ⁽ⁿ⁾."""
        primes = {0: Atom(r"\psi"), 1: Atom(r"\psi'"), 2: Atom(r"\psi''")}
        head: Node = primes.get(n) or Scripts(Atom(r"\psi"), sup=Brackets(self.expression(n)))
        return Applied(head, Brackets(self.expression(z)))
