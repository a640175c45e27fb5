"""How far a sum without brackets reaches: to the end of its product, or to the last later term that uses its index."""

from __future__ import annotations

from derive.core.phrase import Phrase
from derive.reading.cursor import Cursor, ends_term, is_relation, is_sign
from derive.reading.occurrence import uses
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, core, is_command, is_mark, name_of

DENSITIES = ("p", "P", "f", "q", r"\Pr")
FURTHEST = 2_000
"""How many nodes ahead a sum looks for its index."""


def end(scope: Scope, cursor: Cursor, names: tuple[str, ...], adds: bool) -> int:
    """The place behind the body of the sum that begins at the cursor."""
    nodes = cursor.nodes
    strict = _end_of_term(nodes, cursor.place)
    if not adds:
        return _before_densities(nodes, cursor.place, strict, names)
    if not names or any(scope.bound_letter(n) is not None or n in scope.outer for n in names):
        return strict
    furthest, place = strict, strict
    while place < min(len(nodes), cursor.place + FURTHEST) and is_sign(nodes[place]):
        following = _end_of_term(nodes, place)
        if any(uses(_outside_sums(nodes[place:following]), name) for name in names):
            furthest = following
        place = following
    if furthest > strict:
        start = nodes[cursor.place].at if cursor.place < len(nodes) else 0
        stop = nodes[furthest].at if furthest < len(nodes) else len(scope.source.text)
        scope.remark(Phrase("remark_sum_reach", {"index": names[0], "body": scope.text(start, stop)}))
    return furthest


def _outside_sums(term: Nodes) -> Nodes:
    """What stands before a sum that names no index: its index is its own."""
    return term[: next((k for k, node in enumerate(term) if is_command(node, r"\sum", r"\prod")), len(term))]


def _before_densities(nodes: Nodes, place: int, end: int, names: tuple[str, ...]) -> int:
    r"""``\prod_i p(x_i \mid \theta)\, p(\theta)``: a prior behind the product is no factor of it."""
    while end - place > 2:
        last = _solid(nodes, place, end) - 1
        bracket, head = nodes[last], nodes[last - 1]
        density = isinstance(bracket, Bracket) and bracket.open == "(" and name_of((core(head),)) in DENSITIES
        of_all = any(uses(nodes[last - 1 : end], name) for name in names)
        if not density or of_all or not any(uses(nodes[place : last - 1], name) for name in names):
            return end
        end = _solid(nodes, place, last - 1)
    return end


def _solid(nodes: Nodes, place: int, end: int) -> int:
    """The end without gaps and signs of multiplication."""
    while end - 1 > place and (_gap(nodes[end - 1]) or is_command(nodes[end - 1], r"\cdot", r"\times")):
        end -= 1
    return end


def _end_of_term(nodes: Nodes, place: int) -> int:
    """Behind the signs and the product that begin here."""
    while place < len(nodes) and (is_sign(nodes[place]) or _gap(nodes[place])):
        place += 1
    bars = 0
    before: Node | None = None
    while place < len(nodes):
        node = nodes[place]
        if is_mark(core(node), "|", r"\|"):
            bars += 1
        elif is_sign(node):
            # The sign of a factor: a \cdot -b.
            of_a_factor = before is not None and is_command(before, r"\cdot", r"\times")
            if bars % 2 == 0 and not of_a_factor and not _opens(before):
                break
        elif bars % 2 == 0 and (ends_term(node) or is_relation(node)):
            break
        if not _gap(node):
            before = node
        place += 1
    return place


def _opens(node: Node | None) -> bool:
    r"""Does a sign behind this node belong to an argument: ``\exp -x``, ``\sum -\lambda``?"""
    inner = core(node) if node is not None else None
    if isinstance(inner, Leaf) and inner.kind == "word" and inner.text in ("exp", "log", "ln"):
        return True
    return is_command(inner, r"\sum", r"\prod", r"\exp", r"\log", r"\ln", r"\int")


def _gap(node: Node) -> bool:
    return isinstance(node, Leaf) and node.kind == "gap"
