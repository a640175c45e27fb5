"""Brackets that group, absolute values, norms, indicators."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.errors import InputError
from derive.core.information import Cardinality
from derive.core.vectors import SquaredNorm, is_matrix
from derive.reading import matrices
from derive.reading.cursor import Cursor
from derive.reading.exponents import guarded, raised, to_the
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, is_mark, name_of


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
    r"""|a|; of a set ``\\mathcal{X}`` that is no letter, how many members it has."""
    name = name_of(items)
    if name.startswith((r"\mathcal{", r"\mathscr{")) and not scope.names.knows(name):
        return Cardinality(name)
    value = scope.value(items)
    if is_matrix(value) and value.shape[1] == 1:
        return sp.sqrt(SquaredNorm(value))
    if is_matrix(value):
        return guarded(scope, node, determinant, value)
    return sp.Abs(value)


def determinant(matrix: Any) -> Any:
    """|A|.

    Raises:
        InputError: A is not square.
    """
    if matrix.shape[0] != matrix.shape[1]:
        raise InputError("only a square matrix has a determinant")
    return sp.Determinant(matrix)


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
