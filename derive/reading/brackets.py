"""Brackets that group, absolute values, norms, indicators."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.information import Cardinality
from derive.core.nodes import Indicator
from derive.reading import matrices
from derive.reading.cursor import RELATIONS, Cursor
from derive.reading.exponents import guarded, raised, to_the
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, is_mark, name_of, unwrapped

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
        case r"\|":
            return norm(scope, bracket.items, bracket)
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
    if isinstance(value, sp.Symbol) and value.name.startswith(r"\mathcal{"):
        # A set.
        return Cardinality(value.name)
    return sp.Abs(value)


def bars(scope: Scope, bar: Leaf, cursor: Cursor) -> Any:
    """``|…|`` and ``\\|…\\|`` typed with one sign for both sides; ``||`` is a norm too."""
    double = bar.text == r"\|" or _is_bar(cursor, 0, "|")
    if bar.text == "|" and double:
        cursor.place += 1
    depth, before = 0, None
    for place in range(cursor.place, len(cursor.nodes)):
        node, last = cursor.nodes[place], before
        before = node
        if not is_mark(core(node), bar.text):
            continue
        if not double and (last is None or _awaits_a_factor(last)):
            depth += 1
            continue
        if depth:
            depth -= 1
            continue
        if place == cursor.place:
            continue
        inside = cursor.nodes[cursor.place : place]
        closing = place + 1
        if bar.text == "|" and double:
            if not (closing < len(cursor.nodes) and is_mark(core(cursor.nodes[closing]), "|")):
                continue
            node = cursor.nodes[closing]
            closing += 1
        cursor.place = closing
        return norm(scope, inside, node) if double else raised(scope, node, absolute(scope, inside, bar))
    raise scope.refuse(f"{bar.text} has no partner", bar, r"an absolute value is \left|…\right|, a condition \mid")


def _awaits_a_factor(node: Node) -> bool:
    """Does a bar behind this node open: behind a sign or an operator?"""
    return is_mark(node, "+", "-", "*", "/", ",") or (
        isinstance(node, Leaf) and node.text in (r"\cdot", r"\times", r"\log", r"\ln", r"\exp")
    )


def _is_bar(cursor: Cursor, ahead: int, text: str) -> bool:
    place = cursor.place + ahead
    return place < len(cursor.nodes) and is_mark(cursor.nodes[place], text)


def norm(scope: Scope, inside: Nodes, closing: Node) -> Any:
    """‖v‖ with what stands at its closing bar: ``_2^2``, ``_1``, ``^2``."""
    sub, sup = (closing.sub, closing.sup) if isinstance(closing, Scripted) else (None, None)
    order = scope.value(sub) if sub is not None else None
    squared = sup is not None and scope.value(sup) == 2
    made = guarded(scope, closing, matrices.norm, scope.value(inside), order, squared)
    return made if sup is None or squared else to_the(scope, closing, made, sup)


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
    for a, b in pairwise(sides):
        if (a - b).is_number and not (a - b).is_extended_real:
            raise scope.refuse("this condition compares what has no order", nodes[0])
    made = [CONDITIONS[s](a, b) for a, s, b in zip(sides, signs, sides[1:], strict=False)]
    return made[0] if len(made) == 1 else sp.And(*made)


def is_condition(node: Node | None, opening: str = "") -> bool:
    """Is it a bracket around a condition: ``\\{x > 0\\}``?"""
    inner = core(node) if node is not None else None
    if not isinstance(inner, Bracket) or (opening and inner.open != opening):
        return False
    return any(isinstance(n, Leaf) and RELATIONS.get(n.text) in CONDITIONS for n in inner.items)


def is_indicator(scope: Scope, node: Node, cursor: Cursor) -> bool:
    r"""Is it ``\mathbb{1}\{…\}``, ``\mathbf{1}_{x > 0}``, ``I(x > 0)``?"""
    base = core(node)
    name = name_of((base,))
    if name not in (r"\mathbb{1}", r"\mathbf{1}", r"\mathbb{I}", "I", r"\mathcal{I}", r"\mathbf{I}", r"\chi"):
        return False
    if scope.names.knows(name):
        return False
    below = isinstance(node, Scripted) and node.sub is not None and is_condition(_group(unwrapped(node.sub)))
    return below or is_condition(cursor.peek())


def _group(nodes: Nodes) -> Node:
    if len(nodes) == 1 and isinstance(nodes[0], Bracket):
        return nodes[0]
    return Bracket("{", "}", nodes, 0, 0)


def indicated(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The indicator with its condition below or behind."""
    if isinstance(node, Scripted) and node.sub is not None:
        group = _group(unwrapped(node.sub))
        assert isinstance(group, Bracket)
        return indicator(scope, group.items)
    following = cursor.take()
    inner = core(following)
    assert isinstance(inner, Bracket)
    return raised(scope, following, indicator(scope, inner.items))


def indicator(scope: Scope, nodes: Nodes) -> Any:
    """1 where the condition holds, else 0."""
    made = condition(scope, nodes)
    if made in (sp.true, sp.false):
        return sp.Integer(1 if made == sp.true else 0)
    parts = made.args if isinstance(made, sp.And) else (made,)
    return sp.Mul(*(_one(part) for part in parts))


def _one(part: Any) -> Any:
    if isinstance(part, sp.Gt | sp.Ge):
        part = part.reversed
    return Indicator(part.lhs, {sp.Eq: "=", sp.Ne: "!=", sp.Lt: "<", sp.Le: "<="}[part.func], part.rhs)
