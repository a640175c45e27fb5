r"""Sums and products: ``\sum_{i=1}^N``, ``\sum_i``, ``\sum_{x\in\mathcal{X}}``, and how far they reach."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.phrase import Phrase
from derive.core.vectors import VectorSum, is_matrix, times
from derive.reading import indicators, limits, reach, scripts, selected
from derive.reading.arithmetic import signs
from derive.reading.cursor import Cursor, ends_term
from derive.reading.limits import Range
from derive.reading.occurrence import bound_names
from derive.reading.scope import Scope
from derive.reading.tree import Leaf, Node, Nodes, Scripted, core, is_command, is_mark, name_of, unwrapped


def matrix_letter(scope: Scope, node: Node, cursor: Cursor) -> str | None:
    r"""The Σ or Σ_k that ``\sum_k`` is typed for, where no sum makes sense: raised to −1 or T, or bare; else None."""
    sub, sup = (node.sub, node.sup) if isinstance(node, Scripted) else (None, None)
    ending = "_" if sub is not None else ""
    stems = [stem for stem in (r"\Sigma", r"\sum") if stem + ending in scope.names.matrices]
    if not stems or len(unwrapped(sub or ())) > 1 or (sub is None and stems[0] == r"\sum"):
        return None
    above = name_of(sup or ())
    if above in ("-1", *scripts.TRANSPOSED, "{-1}"):
        return stems[0]
    following = cursor.peek()
    bare = sup is None and (ends_term(following) or is_mark(core(following or node), "|"))
    return stems[0] if bare else None


def is_letter(scope: Scope, node: Node) -> bool:
    r"""Is ``\sum`` typed for the letter Σ: declared so?"""
    if isinstance(node, Scripted) and node.sub is not None and r"\sum_" in scope.names.matrices:
        return False
    return scope.names.knows(scope.spelled(node)) or (
        (r"\sum" in scope.names.letters or r"\sum" in scope.names.families)
        and not (isinstance(node, Scripted) and node.sub is not None and node.sup is not None)
    )


def read(scope: Scope, node: Node, base: Leaf, cursor: Cursor) -> Any:
    """A sum or a product with its body.

    Raises:
        Unreadable: the index is missing and cannot be told, or there is no body.
    """
    sub, sup = (node.sub, node.sup) if isinstance(node, Scripted) else (None, None)
    adds = base.text == r"\sum"
    start = cursor.place
    body_end = reach.end(scope, cursor, _names(scope, sub, cursor.rest()), adds)
    body: Nodes = cursor.nodes[start:body_end]
    ranges = selected.ranges(scope, node, sub, sup, body)
    if ranges is None:
        ranges = limits.ranges(scope, node, sub, sup, body)
    outside = scope.runs
    scope.runs = {**outside, **{r.letter: r.high for r in ranges if r.low == 1}}
    for r in ranges:
        scope.bound.append((r.name, r.letter if r.stands is None else r.stands))
    try:
        inner = Cursor(body)
        negative = signs(scope, inner)
        if inner.peek() is None:
            raise scope.refuse(f"{base.text} has no body", node)
        inner = Cursor(body)
        del negative
        value = scope.terms(inner)
        left = inner.peek()
        if left is not None:
            raise scope.refuse(f"{scope.spelled(left)} has no meaning here", left)
        for r in ranges:
            value = _kept(value, indicators.indicator(scope, r.keeps), adds) if r.keeps else value
    finally:
        scope.runs = outside
        for _ in ranges:
            scope.bound.pop()
    cursor.place = body_end
    for r in reversed(ranges):
        value = _closed(scope, node, value, r, adds)
    return value


def _names(scope: Scope, sub: Nodes | None, rest: Nodes) -> tuple[str, ...]:
    """The names of the bound letters."""
    if sub is None:
        return limits.guessed_names(scope, rest)
    return bound_names(sub)


def _kept(value: Any, holds: Any, adds: bool) -> Any:
    """The term where the condition holds, and else nothing: 0 in a sum, 1 in a product."""
    if is_matrix(value):
        return times(holds, value)
    return holds * value if adds else value**holds


def _closed(scope: Scope, node: Node, value: Any, over: Range, adds: bool) -> Any:
    make = sp.Sum if adds else sp.Product
    if is_matrix(value):
        if not adds or over.but is not None:
            raise scope.refuse("this product of vectors cannot be read", node)
        return VectorSum(value, (over.letter, over.low, over.high))
    made = make(value, (over.letter, over.low, over.high))
    if over.but is None:
        return made
    left_out = value.xreplace({over.letter: over.but})
    if left_out.has(sp.nan, sp.zoo):
        raise scope.refuse("the term that is left out has no value", node)
    scope.remark(Phrase("remark_left_out", {"index": over.name, "but": str(over.but)}))
    return made - left_out if adds else made / left_out


def starts(node: Node) -> bool:
    """Does a sum or product begin here?"""
    return is_command(node, r"\sum", r"\prod")
