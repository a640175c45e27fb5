"""Sums of products, products of factors, and what a slash divides by."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.greek import GREEK as SMALL_GREEK
from derive.core.phrase import Phrase
from derive.reading import matrices
from derive.reading.cursor import Cursor, ends_term, is_sign
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Command, Leaf, Node, Scripted, core, is_command, is_gap, is_mark

TIMES = (r"\cdot", r"\times", r"\ast", r"\bullet")
BIG = (r"\sum", r"\prod", r"\int", r"\iint")


def terms(scope: Scope, cursor: Cursor) -> Any:
    """``± product ± product …``"""
    parts: list[Any] = []
    start = cursor.at()
    while True:
        negative = signs(scope, cursor)
        part = scope.term(cursor)
        parts.append(matrices.negative(part) if negative else part)
        if not is_sign(cursor.peek()):
            break
    return parts[0] if len(parts) == 1 else matrices.total(scope, parts, start)


def signs(scope: Scope, cursor: Cursor) -> bool:
    """The signs in front: is their product minus?"""
    negative = False
    while is_sign(node := cursor.peek()) and node is not None:
        if not is_mark(node, "+", "-"):
            raise scope.refuse("plus or minus stands for two values", node, "write the two lines")
        negative ^= is_mark(node, "-")
        cursor.take()
    return negative


def term(scope: Scope, cursor: Cursor) -> Any:
    """Factors side by side, ``\\cdot`` and slashes."""
    start = cursor.at()
    if ends_term(cursor.peek()):
        node = cursor.peek()
        what = "nothing follows" if node is None else f"a factor is missing before {scope.spelled(node)}"
        raise scope.refuse(what if cursor.nodes else "nothing is written here", cursor.at())
    factors = [scope.factor(cursor)]
    while (node := cursor.peek()) is not None:
        if is_mark(node, "*") or is_command(node, *TIMES) or is_point(cursor, node):
            cursor.take()
            if is_mark(node, "."):
                scope.remark(Phrase("remark_point", {"written": scope.spelled(node)}))
            between = is_command(node, r"\cdot", r"\bullet") or is_mark(node, ".")
            negative = signs(scope, cursor)
            if ends_term(cursor.peek()):
                raise scope.refuse(f"nothing follows {scope.spelled(node)}", node)
            factor = scope.factor(cursor)
            factor = matrices.negative(factor) if negative else factor
            if between and matrices.dotted(factors[-1], factor):
                factors[-1] = matrices.dot(factors[-1], factor)
            else:
                factors.append(factor)
        elif is_mark(node, "/") or is_command(node, r"\div"):
            cursor.take()
            over = matrices.product(scope, factors, start)
            factors = [matrices.quotient(scope, over, divisor(scope, cursor, over), node.at)]
        elif ends_term(node):
            break
        else:
            factors.append(scope.factor(cursor))
    return factors[0] if len(factors) == 1 else matrices.product(scope, factors, start)


def is_point(cursor: Cursor, node: Node) -> bool:
    """A point between two factors, as in ``2 . 3``; behind the last one it ends the sentence."""
    following = cursor.nodes[cursor.place + 1 : cursor.place + 2]
    return is_mark(node, ".") and bool(following) and not ends_term(following[0]) and not is_gap(following[0])


def divisor(scope: Scope, cursor: Cursor, over: Any) -> Any:
    r"""What a slash divides by: ``/2\sigma^2`` takes the number with its letters, ``1/2(x-\mu)^2`` only the number."""
    first = cursor.peek()
    start = cursor.at()
    if first is None or ends_term(first):
        raise scope.refuse("nothing follows the slash", start)
    made = scope.factor(cursor)
    if not _is_number(first):
        following = cursor.peek()
        if _is_letter(first) and following is not None and _is_letter(following) and not cursor.after_gap():
            a, b = scope.spelled(first), scope.spelled(following)
            hint = f"write /({a} {b}), or ({b})/{a} in front"
            raise scope.refuse(f"does the slash divide by {a} alone or by {a} {b}?", following, hint)
        return made
    joined = False
    while (node := cursor.peek()) is not None and _is_letter(node) and not cursor.after_gap():
        made = made * scope.factor(cursor)
        joined = True
    if joined:
        end = cursor.at(len(scope.source.text)) if cursor.peek() is not None else len(scope.source.text)
        scope.remark(Phrase("remark_slash", {"written": scope.text(start, end)}))
    elif isinstance(node := cursor.peek(), Bracket | Scripted) and isinstance(core(node), Bracket):
        if not over.is_number:
            hint = "set brackets around what it divides by"
            raise scope.refuse("does the slash divide by the number alone or by the bracket too?", node, hint)
        scope.remark(Phrase("remark_slash_number", {"written": str(made)}))
    return made


def _is_number(node: Node) -> bool:
    inner = core(node)
    return isinstance(inner, Leaf) and inner.kind == "number"


def _is_letter(node: Node) -> bool:
    inner = core(node)
    greek = isinstance(inner, Leaf) and inner.kind == "command" and inner.text not in (*TIMES, *BIG)
    if greek and isinstance(inner, Leaf):
        greek = inner.text[1:].lower() in GREEK
    return (
        (isinstance(inner, Leaf) and inner.kind == "letter")
        or greek
        or (isinstance(inner, Command) and inner.name in ("hat", "bar", "tilde", "mathbf"))
    )


GREEK = SMALL_GREEK | {"varepsilon", "vartheta", "varrho", "varsigma", "varphi", "ell"}
"""What may follow a backslash as one letter."""


def is_zero(value: Any) -> bool:
    """Is it the number 0?"""
    return bool(value == sp.Integer(0))
