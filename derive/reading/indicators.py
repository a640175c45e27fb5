r"""Conditions, and what is 1 where they hold: ``\mathbb{1}\{x > 0\}``, ``I_{[a,b]}(x)``, ``[y = k]``."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.nodes import Indicator
from derive.reading.cursor import RELATIONS, Cursor, parted
from derive.reading.exponents import raised, to_the
from derive.reading.occurrence import uses
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, is_command, name_of, unwrapped

NAMES = (r"\mathbb{1}", r"\mathbf{1}", r"\mathbb{I}", "I", r"\mathcal{I}", r"\mathbf{I}", r"\chi", "1")
CONDITIONS: dict[str, Any] = {
    "=": sp.Eq, "<": sp.Lt, ">": sp.Gt, r"\le": sp.Le, r"\ge": sp.Ge, r"\ne": sp.Ne,
}  # fmt: skip


def condition(scope: Scope, nodes: Nodes) -> Any:
    """``x > 0``, ``0 < x < 1``, ``y = k``, ``x \\in [a, b]`` as a truth value; a comma means "and".

    Raises:
        Unreadable: there is no relation.
    """
    if len(parts := parted(nodes, (",",))) > 1:
        return sp.And(*(condition(scope, part) for part in parts))
    member = next((k for k, n in enumerate(nodes) if is_command(n, r"\in")), None)
    if member is not None:
        return _inside(scope, nodes[member], scope.value(nodes[:member]), unwrapped(nodes[member + 1 :]))
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


def _inside(scope: Scope, sign: Node, value: Any, nodes: Nodes) -> Any:
    """Does the value lie in an interval, or in a set that is written out?"""
    only = nodes[0] if len(nodes) == 1 else None
    parts = parted(only.items, (",",)) if isinstance(only, Bracket) else []
    if isinstance(only, Bracket) and only.open == r"\{" and parts:
        return sp.Or(*(sp.Eq(value, scope.value(p)) for p in parts))
    if not isinstance(only, Bracket) or only.open not in ("(", "[") or len(parts) != 2:
        raise scope.refuse("this set cannot be read in a condition", sign)
    low, high = (scope.value(p) for p in parts)
    above = [] if low == -sp.oo else [(sp.Lt if only.open == "(" else sp.Le)(low, value)]
    below = [] if high == sp.oo else [(sp.Lt if only.close == ")" else sp.Le)(value, high)]
    return sp.And(*above, *below)


def is_condition(node: Node | None, opening: str = "") -> bool:
    """Is it a bracket around a condition: ``\\{x > 0\\}``?"""
    inner = core(node) if node is not None else None
    if not isinstance(inner, Bracket) or (opening and inner.open != opening):
        return False
    return any(isinstance(n, Leaf) and (RELATIONS.get(n.text) in CONDITIONS or n.text == r"\in") for n in inner.items)


def is_indicator(scope: Scope, node: Node, cursor: Cursor) -> bool:
    r"""Is it ``\mathbb{1}\{…\}``, ``\mathbf{1}_{x > 0}``, ``I(x > 0)``, ``I_{[a,b]}(x)``?"""
    name = name_of((core(node),))
    if name == r"\delta" and not scope.names.knows(name) and not isinstance(node, Scripted):
        return is_condition(cursor.peek(), "(")
    if name not in NAMES or scope.names.knows(name):
        return False
    if isinstance(node, Scripted) and node.sub is not None:
        return is_condition(_group(unwrapped(node.sub))) or (_interval(node.sub) and _argument(cursor) is not None)
    return is_condition(cursor.peek(), r"\{") if name == "1" else is_condition(cursor.peek())


def _group(nodes: Nodes) -> Node:
    if len(nodes) == 1 and isinstance(nodes[0], Bracket):
        return nodes[0]
    return Bracket("{", "}", nodes, 0, 0)


def _interval(nodes: Nodes) -> bool:
    """Is it ``[a, b]`` or ``(0, \\infty)``?"""
    inner = unwrapped(nodes)
    only = inner[0] if len(inner) == 1 else None
    return isinstance(only, Bracket) and only.open in ("(", "[") and len(parted(only.items, (",",))) == 2


def _argument(cursor: Cursor) -> Bracket | None:
    following = cursor.peek()
    inner = core(following) if following is not None else None
    return inner if isinstance(inner, Bracket) and inner.open == "(" else None


def indicated(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The indicator with its condition below or behind."""
    if not isinstance(node, Scripted) or node.sub is None:
        following = cursor.take()
        inner = core(following)
        assert isinstance(inner, Bracket)
        return raised(scope, following, indicator(scope, inner.items))
    argument = _argument(cursor)
    if _interval(node.sub) and argument is not None:
        held = _inside(scope, node, scope.value(argument.items), unwrapped(node.sub))
        return _raised(scope, node, raised(scope, cursor.take(), _product(held)))
    group = _group(unwrapped(node.sub))
    assert isinstance(group, Bracket)
    made = indicator(scope, group.items)
    if argument is not None and len(unwrapped(argument.items)) == 1 and uses(node.sub, name_of(argument.items)):
        # The letter of the condition once more, as in 1_{x > 0}(x).
        cursor.take()
    return _raised(scope, node, made)


def _raised(scope: Scope, node: Scripted, value: Any) -> Any:
    return value if node.sup is None else to_the(scope, node, value, node.sup)


def indicator(scope: Scope, nodes: Nodes) -> Any:
    """1 where the condition holds, else 0."""
    return _product(condition(scope, nodes))


def _product(made: Any) -> Any:
    if made in (sp.true, sp.false):
        return sp.Integer(1 if made == sp.true else 0)
    if isinstance(made, sp.And):
        return sp.Mul(*map(_product, made.args))
    if isinstance(made, sp.Or):
        return 1 - sp.Mul(*(1 - _product(part) for part in made.args))
    if isinstance(made, sp.Gt | sp.Ge):
        made = made.reversed
    return Indicator(made.lhs, {sp.Eq: "=", sp.Ne: "!=", sp.Lt: "<", sp.Le: "<="}[made.func], made.rhs)
