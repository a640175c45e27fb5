"""Brackets that group, absolute values, norms, indicators."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.reading.cursor import RELATIONS, Cursor
from derive.reading.exponents import raised
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, is_mark

CONDITIONS: dict[str, Any] = {
    "=": sp.Eq, "<": sp.Lt, ">": sp.Gt, r"\le": sp.Le, r"\ge": sp.Ge, r"\ne": sp.Ne,
}  # fmt: skip


def content(scope: Scope, bracket: Bracket) -> Any:
    """What stands between the brackets."""
    match bracket.open:
        case "(" | "[" | "{" | r"\{":
            if bracket.open in "([" and bracket.open + bracket.close not in ("()", "[]"):
                raise scope.refuse(f"{bracket.open} is closed by {bracket.close}", bracket)
            if not bracket.items:
                raise scope.refuse("the brackets are empty", bracket)
            return scope.value(bracket.items)
        case "|":
            return absolute(scope, bracket.items, bracket)
        case r"\lfloor":
            return sp.floor(scope.value(bracket.items))
        case r"\lceil":
            return sp.ceiling(scope.value(bracket.items))
    raise scope.refuse(f"{bracket.open} has no meaning here", bracket)


def absolute(scope: Scope, items: Nodes, node: Node) -> Any:
    """|a|."""
    value = scope.value(items)
    if getattr(value, "is_Matrix", False):
        return sp.Determinant(value)
    return sp.Abs(value)


def bars(scope: Scope, bar: Leaf, cursor: Cursor) -> Any:
    """``|…|`` typed with one sign for both sides: up to the next one of the same level."""
    for place in range(cursor.place, len(cursor.nodes)):
        node = cursor.nodes[place]
        if is_mark(core(node), bar.text) and place > cursor.place:
            inside = cursor.nodes[cursor.place : place]
            cursor.place = place + 1
            if bar.text == "|" and not isinstance(node, Scripted):
                return absolute(scope, inside, bar)
            value = absolute(scope, inside, bar)
            return raised(scope, node, value)
    raise scope.refuse(f"{bar.text} has no partner", bar, r"an absolute value is \left|…\right|, a condition \mid")


def condition(scope: Scope, nodes: Nodes) -> Any:
    """``x > 0``, ``0 < x < 1``, ``y = k`` as a truth value.

    Raises:
        Unreadable: there is no relation.
    """
    pieces: list[list[Node]] = [[]]
    signs: list[str] = []
    for node in nodes:
        text = RELATIONS.get(node.text) if isinstance(node, Leaf) else None
        if text in CONDITIONS:
            signs.append(str(text))
            pieces.append([])
        else:
            pieces[-1].append(node)
    if not signs:
        raise scope.refuse("a condition such as x > 0 is missing", nodes[0] if nodes else 0)
    sides = [scope.value(tuple(p)) for p in pieces]
    made = [CONDITIONS[s](a, b) for a, s, b in zip(sides, signs, sides[1:], strict=False)]
    return made[0] if len(made) == 1 else sp.And(*made)


def indicator(scope: Scope, nodes: Nodes) -> Any:
    """1 where the condition holds, else 0."""
    return sp.Piecewise((sp.Integer(1), condition(scope, nodes)), (sp.Integer(0), True))
