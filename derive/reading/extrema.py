r"""``\arg\max_\theta``, ``\min_w``, ``\max\{a, b\}`` in the ways they are typed."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.information import Extremum
from derive.core.nodes import Largest, Median, Smallest
from derive.core.phrase import Phrase
from derive.reading import limits, reach, selected
from derive.reading.cursor import Cursor, is_sign, parted
from derive.reading.occurrence import bound_names
from derive.reading.scope import Scope
from derive.reading.tree import (
    Bracket,
    Command,
    Leaf,
    Node,
    Nodes,
    Scripted,
    core,
    is_command,
    is_mark,
    name_of,
    unwrapped,
)

KINDS = {
    "argmax": "argmax",
    "argmin": "argmin",
    "max": "max",
    "min": "min",
    "sup": "max",
    "inf": "min",
    "med": "med",
    "median": "med",
}
PICKED = {"max": Largest, "min": Smallest, "med": Median}


def read(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The extremum of the whole sum that follows, or of the values in brackets.

    Raises:
        Unreadable: neither letters nor values are named.
    """
    base = core(node)
    kind = base.text.lstrip("\\") if isinstance(base, Leaf) else ""
    sub = node.sub if isinstance(node, Scripted) else None
    if kind == "arg":
        following = cursor.take() if cursor.peek() is not None else node
        name = name_of((core(following),)).lstrip("\\")
        if name not in KINDS:
            raise scope.refuse("arg must be followed by max or min", node)
        kind = "arg" + KINDS[name]
        sub = following.sub if isinstance(following, Scripted) else sub
    if kind not in KINDS:
        raise scope.refuse(f"{kind} is not read here", node)
    return over(scope, node, KINDS[kind], sub, cursor)


def underset(scope: Scope, node: Command, cursor: Cursor) -> Any:
    r"""``\underset{\theta}{\operatorname{argmax}}``."""
    below, name = node.args
    kind = name_of(name).replace("\\", "")
    if kind not in KINDS:
        inner = unwrapped(name)
        if len(inner) == 1 and is_command(core(inner[0]), r"\sum", r"\prod") and node.name == "underset":
            from derive.reading.series import read as series

            only = core(inner[0])
            assert isinstance(only, Leaf)
            return series(scope, Scripted(only, below, None, 0, node.at), only, cursor)
        raise scope.refuse(f"\\{node.name} is read over max, min, arg max and arg min", node)
    return over(scope, node, KINDS[kind], below, cursor)


def over(scope: Scope, node: Node, kind: str, sub: Nodes | None, cursor: Cursor) -> Any:
    """The extremum over the letters of the subscript."""
    if sub is None:
        return _of_values(scope, node, kind, cursor)
    if kind in PICKED and (picked := _picked(scope, node, kind, sub, cursor)) is not None:
        return picked
    letters = _letters(scope, node, sub)
    start = cursor.at()
    value = scope.terms(cursor)
    if any(is_sign(n) for n in cursor.nodes[: cursor.place]) and value.is_Add:
        end = cursor.at() if cursor.peek() is not None else len(scope.source.text)
        scope.remark(Phrase("remark_whole_sum", {"function": kind, "argument": scope.text(start, end)}))
    return Extremum(value, letters, kind)


def _picked(scope: Scope, node: Node, kind: str, sub: Nodes, cursor: Cursor) -> Any:
    r"""``\max_i x_i``: what is picked from the data; None where the letter below is no index."""
    names = bound_names(sub)
    if len(names) != 1:
        return None
    if not (
        scope.declared_index(names[0]) is not None or (scope.is_index(names[0]) and not scope.names.knows(names[0]))
    ):
        return None
    body = cursor.nodes[cursor.place : reach.end(scope, cursor, names, adds=True)]
    chosen = selected.ranges(scope, node, sub, None, body)
    ranges = limits.ranges(scope, node, sub, None, body) if chosen is None else chosen
    if len(ranges) != 1 or ranges[0].keeps:
        raise scope.refuse(f"what this {kind} is taken over cannot be read", node)
    (over_range,) = ranges
    cursor.place += len(body)
    with scope.binding(names[0], over_range.letter):
        value = scope.value(body)
    return PICKED[kind](value, (over_range.letter, over_range.low, over_range.high))


def _letters(scope: Scope, node: Node, sub: Nodes) -> list[Any]:
    inner = unwrapped(sub)
    if len(inner) == 1 and isinstance(inner[0], Bracket):
        inner = inner[0].items
    made = []
    for part in parted(inner, (",", ";")):
        nodes = unwrapped(part)
        if any(is_command(n, r"\in") for n in nodes):
            nodes = nodes[: next(i for i, n in enumerate(nodes) if is_command(n, r"\in"))]
        if not nodes:
            raise scope.refuse("a letter is missing below", node)
        made.append(scope.value(nodes))
    return made


def _of_values(scope: Scope, node: Node, kind: str, cursor: Cursor) -> Any:
    following = cursor.peek()
    bracket = core(following) if following is not None else None
    if kind.startswith("arg") or not isinstance(bracket, Bracket) or isinstance(following, Scripted):
        raise scope.refuse(f"{kind} names no letter", node, rf"write \{kind}_{{\theta}}")
    cursor.take()
    parts = [unwrapped(p) for p in parted(bracket.items, (",",))]
    dotted = any(is_command(n, r"\dots", r"\ldots", r"\cdots") or is_mark(n, ".") for p in parts for n in p)
    make = sp.Max if kind == "max" else sp.Min
    values = [scope.value(p) for p in parts if not any(is_command(n, r"\dots", r"\ldots", r"\cdots") for n in p)]
    if dotted and (sample := _sample_between(scope, parts)) is not None:
        return _of_sample(scope, kind, sample)
    if dotted:
        entries = [v for v in values if isinstance(v, sp.Indexed)]
        families = {v.base for v in entries}
        if len(families) == 1 and len(entries) == len(values) and len(entries[-1].indices) == 1:
            return _of_sample(scope, kind, entries[-1])
        raise scope.refuse("the values between the dots cannot be told", node)
    return make(*values)


def _sample_between(scope: Scope, parts: list[Nodes]) -> Any:
    """The last of ``x_1, \\dots, x_n``, of a family that nothing need declare; None for other values."""
    first, last = (p[0] if len(p) == 1 else None for p in (parts[0], parts[-1]))
    if not isinstance(first, Scripted) or not isinstance(last, Scripted) or first.sup or last.sup:
        return None
    stem = name_of((first.base,))
    if name_of((last.base,)) != stem or first.sub is None or last.sub is None or name_of(first.sub) != "1":
        return None
    family = scope.family(stem)
    return (scope.invent_family(stem) if family is None else family)[scope.value(last.sub)]


def _of_sample(scope: Scope, kind: str, last: Any) -> Any:
    r"""``\max\{x_1, \dots, x_N\}``."""
    size = last.indices[0]
    index = next((i for i, n in scope.facts.indices.items() if n == size), None) or sp.Symbol(
        "i", integer=True, positive=True
    )
    return PICKED[kind](last.base[index], (index, 1, size))
