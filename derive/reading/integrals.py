r"""Integrals with ``dx``, ``\mathrm{d}x``, with and without limits."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.domains import Interval
from derive.core.phrase import Phrase
from derive.core.vectors import VectorIntegral, is_matrix
from derive.reading.cursor import Cursor, parted
from derive.reading.scope import Scope
from derive.reading.tree import Leaf, Node, Nodes, Scripted, core, is_command, name_of, unwrapped


def read(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The integral up to its differential.

    Raises:
        Unreadable: there is no ``dx``.
    """
    sub, sup = (node.sub, node.sup) if isinstance(node, Scripted) else (None, None)
    place = _differential(cursor)
    if place is None:
        raise scope.refuse("the integral has no differential", node, "end it with dx")
    inside = cursor.nodes[cursor.place : place]
    cursor.place = place
    cursor.take()
    variable = cursor.take()
    name = name_of((variable,))
    letter = scope.names.letters.get(name) or _variable(scope, name)
    low, high = _ends(scope, node, name, sub, sup)
    scope.integrated.append((name, low, high))
    with scope.binding(name, letter):
        value = sp.Integer(1) if not unwrapped(inside) else scope.value(inside)
    return (VectorIntegral if is_matrix(value) else sp.Integral)(value, (letter, low, high))


def _variable(scope: Scope, name: str) -> Any:
    for law in scope.facts.laws.values():
        if isinstance(law.variable, sp.Symbol) and law.variable.name == name:
            return law.variable
    return sp.Symbol(name, real=True)


def _differential(cursor: Cursor) -> int | None:
    """The place of the d."""
    depth = 0
    for place in range(cursor.place, len(cursor.nodes) - 1):
        node = cursor.nodes[place]
        if is_command(core(node), r"\int"):
            depth += 1
        following = Cursor(cursor.nodes, place + 1).peek()
        inner = core(following) if following is not None else None
        letter = isinstance(inner, Leaf) and inner.kind in ("letter", "command") and not is_command(inner, r"\cdot")
        if isinstance(node, Leaf) and node.kind in ("letter", "word") and node.text == "d" and (letter or _bold(inner)):
            if depth == 0:
                return place
            depth -= 1
    return None


def _bold(node: Node | None) -> bool:
    return getattr(node, "name", "") == "mathbf"


def _ends(scope: Scope, node: Node, name: str, sub: Nodes | None, sup: Nodes | None) -> tuple[Any, Any]:
    if sup is not None and sub is not None:
        return scope.value(sub), scope.value(sup)
    domain: Any = None
    for law in scope.facts.laws.values():
        if isinstance(law.variable, sp.Symbol) and law.variable.name.lower() == name.lower():
            domain = law.support
    if isinstance(domain, Interval):
        low, high = domain.lower, domain.upper
    else:
        low, high = -sp.oo, sp.oo
    if sub is not None:
        members = parted(unwrapped(sub), ())
        reals = any("mathbb{R}" in name_of(p) or name_of(p) in (r"\R", "R") for p in members)
        if reals:
            low, high = -sp.oo, sp.oo
    scope.remark(Phrase("remark_integral_ends", {"letter": name, "low": sp.latex(low), "high": sp.latex(high)}))
    return low, high
