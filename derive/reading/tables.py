r"""``cases`` and written-out matrices."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.nodes import Largest, Smallest
from derive.reading.indicators import condition
from derive.reading.scope import Scope
from derive.reading.tree import Leaf, Nodes, Table, is_mark, unwrapped

FOR_ALL = ("for all", "for every", "for each", "for any", "对所有", "对任意", "对每个")
OTHERWISE = ("otherwise", "else", "其他", "否则", "其它")


def value(scope: Scope, table: Table) -> Any:
    """The expression that a table stands for.

    Raises:
        Unreadable: it is neither cases nor a matrix, or a row is incomplete.
    """
    if table.name in ("cases", "dcases", "rcases"):
        return sp.Piecewise(*(_case(scope, table, row) for row in table.rows))
    if len(table.rows) == 1 and len(table.rows[0]) == 1:
        return scope.value(table.rows[0][0])
    raise scope.refuse(f"{table.name} cannot be read inside a formula", table)


def _case(scope: Scope, table: Table, row: tuple[Nodes, ...]) -> tuple[Any, Any]:
    if len(row) == 1:
        row = _split(row[0])
    if len(row) != 2:
        raise scope.refuse("a case is a value and a condition", table, r"value & \text{if } condition")
    worth = row[0]
    while worth and (
        is_mark(worth[-1], ",", ";") or (isinstance(worth[-1], Leaf) and worth[-1].kind in ("gap", "text"))
    ):
        worth = worth[:-1]
    return scope.value(worth), _condition(scope, row[1])


def _split(nodes: Nodes) -> tuple[Nodes, ...]:
    """A value and its condition in one cell: cut at the comma or at the words."""
    for place, node in enumerate(nodes):
        if is_mark(node, ",") or (isinstance(node, Leaf) and node.kind == "text"):
            return nodes[:place], nodes[place:]
    return (nodes,)


def table_condition(scope: Scope, nodes: Nodes) -> Any:
    """The condition before the words "for all i"."""
    kept: list[Any] = []
    for node in nodes:
        text = isinstance(node, Leaf) and node.kind == "text"
        if text and kept:
            break
        if not text and not is_mark(node, ","):
            kept.append(node)
    return condition(scope, tuple(kept))


def _for_all(scope: Scope, made: Any) -> Any:
    """a ≤ x_i for all i: a ≤ min_i x_i."""
    if isinstance(made, sp.And):
        return sp.And(*(_for_all(scope, part) for part in made.args))
    left, right = made.lhs, made.rhs
    for side, other, picked in ((left, right, Largest), (right, left, Smallest)):
        shape = scope.names.shapes.get(side.base) if isinstance(side, sp.Indexed) else None
        if isinstance(made, sp.Gt | sp.Ge):
            picked = Smallest if picked is Largest else Largest
        if shape and len(shape) == 1 and side.indices[0].is_Symbol and not other.has(sp.Indexed):
            over = picked(side, (side.indices[0], 1, shape[0]))
            return made.func(over, right) if side is left else made.func(left, over)
    raise scope.refuse("this condition for all observations cannot be read", scope.here)


def _condition(scope: Scope, nodes: Nodes) -> Any:
    words = " ".join(n.text for n in nodes if isinstance(n, Leaf) and n.kind == "text")
    nodes = tuple(nodes)
    for place, node in enumerate(nodes):
        if isinstance(node, Leaf) and node.kind == "text" and place and any(w in node.text for w in FOR_ALL):
            nodes = nodes[:place]
            break
    kept = list(unwrapped(tuple(n for n in nodes if not (isinstance(n, Leaf) and n.kind == "text"))))
    while kept and is_mark(kept[0], ","):
        kept.pop(0)
    while kept and is_mark(kept[-1], ".", ",", ";"):
        kept.pop()
    if not kept and any(w in words.lower() for w in OTHERWISE):
        return True
    if any(w in words.lower() for w in FOR_ALL):
        return _for_all(scope, table_condition(scope, nodes))
    parts: list[list[Any]] = [[]]
    for node in kept:
        if is_mark(node, ","):
            parts.append([])
        else:
            parts[-1].append(node)
    made = [condition(scope, tuple(p)) for p in parts]
    return made[0] if len(made) == 1 else sp.And(*made)
