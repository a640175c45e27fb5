r"""Sums and products with dots: ``x_1 + \cdots + x_N`` is the sum over i, ``f(x_1) \cdots f(x_N)`` the product."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from derive.core.phrase import Phrase
from derive.reading.cursor import DOTS, is_sign
from derive.reading.occurrence import uses
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, is_command, is_mark, name_of

INDICES = ("i", "j", "k", "l", "m")
TIMES = (r"\cdot", r"\times", "*", r"\ast")


def written_out(scope: Scope, nodes: Nodes) -> Nodes:
    """The nodes with the sums and products that dots cut short as such; the same nodes where there are no dots.

    Raises:
        Unreadable: the terms do not show how they go on.
    """
    if not any(isinstance(n, Leaf) and n.text in DOTS for n in nodes):
        return nodes
    kept = tuple(n for n in nodes if not (isinstance(n, Leaf) and n.kind == "gap"))
    place = next((k for k, n in enumerate(kept) if is_command(n, *DOTS)), None)
    if place is None:
        return nodes
    before, after = kept[:place], kept[place + 1 :]
    if not before or not after:
        raise scope.refuse("the dots have no end", kept[place], "write the sum with its limits")
    adds = is_sign(before[-1])
    if adds and not (is_mark(before[-1], "+") and is_mark(after[0], "+")):
        raise scope.refuse("how the terms go on cannot be told", kept[place], r"write \sum_{i=1}^{N}")
    if adds:
        made = _sum(scope, kept[place], before[:-1], after[1:])
    else:
        made = _product(scope, kept[place], _trimmed(before, at_end=True), _trimmed(after, at_end=False))
    return written_out(scope, made)


def _trimmed(nodes: Nodes, at_end: bool) -> Nodes:
    end = nodes[-1 if at_end else 0]
    return (nodes[:-1] if at_end else nodes[1:]) if _is_times(end) else nodes


def _is_times(node: Node) -> bool:
    return isinstance(node, Leaf) and node.text in TIMES


def _sum(scope: Scope, dots: Node, before: Nodes, after: Nodes) -> Nodes:
    """Terms before the dots, the last term behind them, and what else is added there."""
    terms = _terms(before)
    end = next((k for k, n in enumerate(after) if is_sign(n)), len(after))
    last, rest = after[:end], after[end:]
    front, run = _run(scope, dots, terms, last)
    return (*[n for t in front for n in t], *([Leaf("mark", "+", dots.at)] if front else []), *run, *rest)


def _terms(nodes: Nodes) -> list[Nodes]:
    """The terms of a sum, each but the first without its plus; a minus stays with its term."""
    made: list[list[Node]] = [[]]
    for node in nodes:
        if is_mark(node, "+") and made[-1]:
            made.append([])
        elif is_sign(node) and made[-1]:
            made.append([node])
        else:
            made[-1].append(node)
    return [tuple(t) for t in made]


def _run(scope: Scope, dots: Node, terms: list[Nodes], last: Nodes) -> tuple[list[Nodes], Nodes]:
    """What stands before the first term of the run, and the run as a sum."""
    start = next((k for k, term in enumerate(terms) if _template(term, last) is not None), len(terms))
    made = _big(scope, dots, r"\sum", terms[start:], last) if start < len(terms) else None
    if made is not None:
        return terms[:start], made
    raise scope.refuse("how the terms go on cannot be told", dots, r"write \sum_{i=1}^{N}")


def _product(scope: Scope, dots: Node, before: Nodes, after: Nodes) -> Nodes:
    """Factors of one length before the dots, and the last one behind them."""
    end = next((k for k, n in enumerate(after) if is_sign(n)), len(after))
    start = max((k + 1 for k, n in enumerate(before) if is_sign(n)), default=0)
    for length in range(end, 0, -1):
        last = after[:length]
        chunks: list[Nodes] = []
        place = len(before)
        while place - length >= start and _template(before[place - length : place], last) is not None:
            place -= length
            chunks.insert(0, before[place : place + length])
            if place > start and _is_times(before[place - 1]):
                place -= 1
        made = _big(scope, dots, r"\prod", chunks, last) if chunks else None
        if made is not None:
            return (*before[:place], *made, *after[length:])
    raise scope.refuse("how the factors go on cannot be told", dots, r"write \prod_{i=1}^{N}")


def _big(scope: Scope, dots: Node, sign: str, first: list[Nodes], last: Nodes) -> Nodes | None:
    """The sum or product; None where the terms are not alike, or do not count on by one."""
    name = _index(scope, (*[n for t in first for n in t], *last), last, first[0])
    found = _template(first[0], last)
    if found is None or name is None:
        return None
    low, high = found
    if not isinstance(low, Leaf) or low.kind != "number" or "." in low.text:
        return None
    for step, term in enumerate(first[1:], start=1):
        next_one = _template(first[0], term)
        if next_one is None or name_of((next_one[1],)) != str(int(low.text) + step):
            return None
    body = _put(first[0], last, Leaf("letter", name, dots.at))
    sub: Nodes = (Leaf("letter", name, dots.at), Leaf("mark", "=", dots.at), low)
    scope.remark(Phrase("remark_dots", {"index": name, "low": low.text, "high": name_of((high,))}))
    head = Scripted(Leaf("command", sign, dots.at), sub, (high,), 0, dots.at)
    whole = (head, Bracket("(", ")", body, dots.at, dots.at))
    return (Bracket("(", ")", whole, dots.at, dots.at),)


def _index(scope: Scope, nodes: Nodes, last: Nodes, first: Nodes) -> str | None:
    """A letter for the index: the declared one that runs so far, else one that nothing here uses."""
    found = _template(first, last)
    high = None if found is None else scope.names.letters.get(name_of((found[1],)))
    for letter, size in scope.facts.indices.items():
        if size == high and not uses(nodes, letter.name) and scope.bound_letter(letter.name) is None:
            return str(letter.name)
    free = (i for i in INDICES if not uses(nodes, i) and scope.bound_letter(i) is None and not scope.names.knows(i))
    return next(free, None)


def _template(first: Nodes, last: Nodes) -> tuple[Node, Node] | None:
    """The one pair of signs in which two rows of nodes differ, wherever they do; None where they differ otherwise."""
    pairs: list[tuple[Node, Node]] = []
    if not _compare(first, last, pairs):
        return None
    names = {(name_of((a,)), name_of((b,))) for a, b in pairs}
    return pairs[0] if len(names) == 1 else None


def _compare(a: Any, b: Any, pairs: list[tuple[Node, Node]]) -> bool:
    """Are two trees alike up to single signs? The signs are collected."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        if len(a) == len(b):
            return all(_compare(x, y, pairs) for x, y in zip(a, b, strict=True))
        return False
    if isinstance(a, Leaf) and isinstance(b, Leaf):
        if (a.kind, a.text) == (b.kind, b.text):
            return True
        pairs.append((a, b))
        return a.kind == "number" and b.kind in ("number", "letter", "command")
    if type(a) is not type(b) or not isinstance(a, Node):
        return bool(a == b)
    kept = [f.name for f in fields(a) if f.name not in ("at", "end")]
    return all(_compare(getattr(a, name), getattr(b, name), pairs) for name in kept)


def _put(a: Any, b: Any, letter: Leaf) -> Any:
    """The first tree with the letter wherever it differs from the second."""
    if isinstance(a, tuple):
        return tuple(_put(x, y, letter) for x, y in zip(a, b, strict=True))
    if isinstance(a, Leaf):
        return a if (a.kind, a.text) == (b.kind, b.text) else letter
    if not isinstance(a, Node):
        return a
    parts = {f.name: getattr(a, f.name) for f in fields(a)}
    parts |= {n: _put(v, getattr(b, n), letter) for n, v in parts.items() if n not in ("at", "end")}
    return type(a)(**parts)
