r"""Logarithms and how far an argument without brackets reaches: ``\log x_i``, ``\log \prod …``, ``\log_2 p``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.phrase import Phrase
from derive.core.vectors import is_matrix
from derive.reading import matrices
from derive.reading.cursor import Cursor, ends_term, is_sign
from derive.reading.exponents import to_the
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Scripted, core, is_command, is_group, is_mark, unwrapped

NAMES = ("log", "ln", "lg")


def logarithm(scope: Scope, node: Node, name: str, cursor: Cursor) -> Any:
    base, sup = _base(scope, node, name), node.sup if isinstance(node, Scripted) else None
    following = cursor.peek()
    if following is None or (ends_term(following) and not is_sign(following)):
        raise scope.refuse(f"{scope.spelled(node)} has no argument", node)
    bracket = core(following)
    if isinstance(bracket, Bracket) and bracket.open in ("(", "[", r"\{", "{", "|"):
        cursor.take()
        argument = scope.value((Bracket(bracket.open, bracket.close, bracket.items, bracket.at, bracket.end),))
        if isinstance(following, Scripted):
            argument = _power_inside(scope, node, following, argument)
    else:
        argument = bare(scope, cursor, core(node))
    if argument.is_zero:
        raise scope.refuse("the logarithm of zero", node)
    if is_matrix(argument):
        return matrices.applied(sp.log, argument)
    value = sp.log(argument)
    if base is not None:
        value = value / sp.log(base)
    return value if sup is None else to_the(scope, node, value, sup)


def _power_inside(scope: Scope, node: Node, bracket: Scripted, argument: Any) -> Any:
    r"""``\log(x)^n``: the power stands inside; with a plain number it could stand outside as well."""
    written = scope.spelled(node, bracket)
    inner = unwrapped(bracket.sup or ())
    head = core(node)
    plain = isinstance(core(bracket), Bracket) and not is_group(core(bracket))
    if plain and len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].kind == "number":
        stem = scope.spelled(head)
        exponent = inner[0].text
        hint = rf"{stem}\left(…^{exponent}\right) or {stem}^{exponent}(…)"
        raise scope.refuse(f"{written}: is the power taken before or after the logarithm?", bracket, hint)
    scope.remark(Phrase("remark_power_in_logarithm", {"written": written}))
    return to_the(scope, bracket, argument, bracket.sup or ())


def _base(scope: Scope, node: Node, name: str) -> Any:
    """The base of the logarithm; None for e."""
    if isinstance(node, Scripted) and node.sub is not None:
        base = scope.value(node.sub)
        return None if base == sp.E else base
    if name == "lg":
        raise scope.refuse("lg is the logarithm to base 2 or 10", node, r"write \log_2 or \log_{10}")
    return scope.facts.definitions.get(r"\log") if name == "log" else None


def bare(scope: Scope, cursor: Cursor, head: Node) -> Any:
    """An argument without brackets: the whole product that follows.

    Raises:
        Unreadable: the product could end at two places.
    """
    start, factors = cursor.at(), 0
    made: list[Any] = []
    places: list[int] = []
    negative = False
    while not made and is_sign(cursor.peek()):
        negative ^= is_mark(cursor.take(), "-")
    stem = scope.spelled(head)
    while (node := cursor.peek()) is not None:
        if made and (_stops(node) or ends_term(node)):
            break
        if made and is_mark(node, "|", r"\|"):
            break
        if (made and is_mark(node, "*", "/")) or is_command(node, r"\cdot", r"\times"):
            before = scope.text(start, node.at)
            if is_mark(node, "/"):
                cursor.take()
                places = places[:1]
                made = [matrices.quotient(scope, matrices.product(scope, made, start), scope.factor(cursor), node.at)]
                factors += 1
                continue
            if _last_of_its_kind(cursor):
                break
            hint = rf"{stem}\left({before} …\right) or \left({stem} {before}\right) …"
            if not scope.goes_on(f"does {stem} end before {scope.spelled(node)}?", node, hint, f"{stem} {before}"):
                break
        if made and is_command(core(node), r"\sum", r"\int"):
            before = scope.text(start, node.at)
            hint = rf"\left({stem} {before}\right) {scope.spelled(core(node))} … or {stem}\left({before} …\right)"
            ends = f"{stem} {before}"
            if not scope.goes_on(f"does {stem} end before {scope.spelled(core(node))}?", node, hint, ends):
                break
        if made and cursor.after_gap() and (not _joins(node) or is_call(cursor)):
            break
        places.append(cursor.place)
        made.append(scope.factor(cursor))
        factors += 1
    if not made:
        raise scope.refuse(f"{stem} has no argument", head)
    value = made[0] if len(made) == 1 else matrices.product(scope, made, start)
    if is_matrix(value) and not is_matrix(made[0]):
        # Of a vector it would be no number: it ends before the vector.
        factors = next(k for k, factor in enumerate(made) if is_matrix(factor))
        cursor.place = places[factors]
        value = made[0] if factors == 1 else matrices.product(scope, made[:factors], start)
    if factors > 1:
        end = cursor.at() if cursor.peek() is not None else len(scope.source.text)
        scope.remark(Phrase("remark_whole_product", {"function": stem, "argument": scope.text(start, end)}))
    return -value if negative else value


def _last_of_its_kind(cursor: Cursor) -> bool:
    r"""Does a logarithm follow the dot: ``\log x \cdot \log y``?"""
    following = Cursor(cursor.nodes, cursor.place + 1).peek()
    return following is not None and _stops(following)


def _stops(node: Node) -> bool:
    """Another logarithm ends the argument of the first; so do a gradient, and words."""
    inner = core(node)
    if is_command(inner, r"\nabla"):
        return True
    if isinstance(inner, Leaf) and inner.kind == "text":
        return True
    return isinstance(inner, Leaf) and inner.text.lstrip("\\") in NAMES


def is_call(cursor: Cursor) -> bool:
    r"""Does ``f(x)`` stand before the space and another call behind it: ``\log f(x) \, f(x)``?"""
    if not cursor.after_gap():
        return False
    place = cursor.place
    before = next((n for n in reversed(cursor.nodes[: cursor.place]) if not _is_gap(n)), None)
    behind = cursor.nodes[place + 1] if place + 1 < len(cursor.nodes) else None
    return isinstance(before, Bracket) and isinstance(behind, Bracket) and before.open == behind.open == "("


def _is_gap(node: Node) -> bool:
    return isinstance(node, Leaf) and node.kind == "gap"


def _joins(node: Node) -> bool:
    r"""Does a factor behind a typed space still belong to the argument: ``\exp``, ``e^{…}``, ``\prod``?"""
    inner = core(node)
    if is_command(inner, r"\exp", r"\prod") or (isinstance(inner, Leaf) and inner.text in ("exp", "e")):
        return True
    return isinstance(inner, Leaf) and inner.kind in ("letter", "number")
