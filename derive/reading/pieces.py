r"""A row as pieces: chains of sides, the conditions behind them, and the words between."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core.relation import (
    APPROXIMATELY,
    AT_LEAST,
    AT_MOST,
    DEFINED,
    DISTRIBUTED,
    EQUAL,
    EQUIVALENT,
    GREATER,
    IMPLIES,
    LESS,
    MEMBER,
    PROPORTIONAL,
    TENDS,
    UNEQUAL,
    Relation,
)
from derive.reading.cursor import RELATIONS, is_relation
from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted, is_mark, name_of, unwrapped

MEANINGS: dict[str, Relation] = {
    "=": EQUAL,
    r"\equiv": EQUAL,
    "<": LESS,
    ">": GREATER,
    r"\le": AT_MOST,
    r"\ge": AT_LEAST,
    r"\ll": LESS,
    r"\gg": GREATER,
    r"\approx": APPROXIMATELY,
    r"\iff": EQUIVALENT,
    r"\implies": IMPLIES,
    r"\propto": PROPORTIONAL,
    r"\ne": UNEQUAL,
    ":=": DEFINED,
    r"\leftarrow": DEFINED,
    r"\sim": DISTRIBUTED,
    r"\in": MEMBER,
    r"\subset": MEMBER,
    r"\to": TENDS,
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A relation as it stands: its meaning, its place, and whether it says "shall be"."""

    relation: Relation
    at: int
    demanded: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Sides and the signs between them; the first side is empty where the row begins with a sign."""

    sides: tuple[Nodes, ...]
    signs: tuple[Sign, ...]
    at: int


def sign_of(node: Node) -> Sign | None:
    r"""The relation that a node is: ``=``, ``\stackrel{!}{=}``, ``\overset{(a)}{=}``, ``\xrightarrow{d}``."""
    if isinstance(node, Leaf) and is_relation(node):
        return Sign(MEANINGS[RELATIONS[node.text]], node.at)
    if isinstance(node, Scripted):
        return sign_of(node.base)
    if isinstance(node, Command) and node.name in ("overset", "stackrel", "underset"):
        inner = unwrapped(node.args[1])
        found = sign_of(inner[0]) if len(inner) == 1 else None
        above = name_of(node.args[0])
        demanded = "!" in above or above.lower() in ("set", "令")
        if above in ("def", r"\Delta", "\\triangle", r"\triangle"):
            return Sign(DEFINED, node.at) if found is not None else None
        return Sign(found.relation, node.at, demanded) if found is not None else None
    if isinstance(node, Command) and node.name == "xrightarrow":
        return Sign(TENDS, node.at)
    return None


def spliced(nodes: Nodes) -> Nodes:
    """Braces around a relation are taken off: ``{H(x) = …} {0.469}`` is one line."""
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, Bracket) and node.open == "{" and any(sign_of(n) for n in spliced(node.items)):
            made.extend(spliced(node.items))
        else:
            made.append(node)
    return tuple(made)


def pieces(nodes: Nodes) -> list[Piece]:
    """The chains of a row, cut at commas, wide gaps and words, where each part says something of its own."""
    parts: list[list[Node]] = [[]]
    for node in spliced(nodes):
        wide = isinstance(node, Leaf) and node.kind == "gap" and node.text == r"\quad"
        words = isinstance(node, Leaf) and node.kind == "text"
        if wide or words or is_mark(node, ",", ";", ".", ":"):
            parts.append([])
        else:
            parts[-1].append(node)
    made: list[list[Node]] = []
    for part in parts:
        if not unwrapped(tuple(part)):
            continue
        made.append(part)
    return [_piece(tuple(p)) for p in made]


def _piece(nodes: Nodes) -> Piece:
    sides: list[list[Node]] = [[]]
    signs: list[Sign] = []
    for node in nodes:
        sign = sign_of(node)
        if sign is None:
            sides[-1].append(node)
        elif not any(unwrapped((n,)) for n in sides[-1]) and signs:
            # Two signs side by side, as in "= \Rightarrow": the later one counts.
            signs[-1] = Sign(sign.relation, signs[-1].at, sign.demanded)
        else:
            signs.append(sign)
            sides.append([])
    kept = next((n for n in nodes if not (isinstance(n, Leaf) and n.kind == "gap")), nodes[0])
    return Piece(tuple(_trimmed(tuple(s)) for s in sides), tuple(signs), kept.at)


def _trimmed(nodes: Nodes) -> Nodes:
    """Without gaps and empty braces at the ends."""
    kept = list(nodes)
    while kept and not unwrapped((kept[0],)):
        kept.pop(0)
    while kept and not unwrapped((kept[-1],)):
        kept.pop()
    return tuple(kept)


def begins_with_operator(nodes: Nodes) -> bool:
    """Does a row go on with ``+``, ``-``, ``\\cdot``, …?"""
    first = nodes[0] if nodes else None
    return is_mark(first, "+", "-", "*", "/") or (
        isinstance(first, Leaf) and first.text in (r"\cdot", r"\times", r"\pm")
    )


def ends_with_operator(nodes: Nodes) -> bool:
    """Does a row break off behind an operator?"""
    return begins_with_operator(tuple(reversed(nodes)))
