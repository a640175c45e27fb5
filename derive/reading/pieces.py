r"""A row as pieces: chains of sides, the conditions behind them, and the words between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from derive.reading.constants import with_constants
from derive.reading.lists import with_lists
from derive.reading.rows import BESIDE
from derive.reading.signs import Sign, mind_the_second, sign_of
from derive.reading.tokens import Source
from derive.reading.tree import Bracket, Leaf, Node, Nodes, is_gap, is_mark, unwrapped


@dataclass(frozen=True, slots=True)
class Piece:
    """Sides and the signs between them; the first side is empty where the row begins with a sign.

    Args:
        glosses: words that stand as a side of their own, with the number of the side before them.
        beside: it stands in a column of its own behind the formula.
    """

    sides: tuple[Nodes, ...]
    signs: tuple[Sign, ...]
    at: int
    glosses: tuple[tuple[int, str], ...] = ()
    beside: bool = False


def spliced(nodes: Nodes) -> Nodes:
    """Braces around a relation are taken off: ``{H(x) = …} {0.469}`` is one line."""
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, Bracket) and node.open == "{" and any(sign_of(n) for n in spliced(node.items)):
            made.extend(spliced(node.items))
        else:
            made.append(node)
    return tuple(made)


def pieces(source: Source, nodes: Nodes) -> list[Piece]:
    """The chains of a row, cut at commas, wide gaps and words, where each part says something of its own.

    Raises:
        Unreadable: two relations stand side by side.
    """
    column: int | None = None
    parts: list[list[Node]] = [[]]
    commas: list[bool] = [False]
    flat = with_constants(spliced(nodes))
    for place, node in enumerate(flat):
        wide = isinstance(node, Leaf) and node.kind == "gap" and node.text in (r"\quad", BESIDE)
        words = isinstance(node, Leaf) and node.kind == "text"
        if (wide or words) and _awaits_a_side(parts[-1]):
            # Words behind a sign: what they say of the side, or the side itself.
            parts[-1].append(node)
        elif is_mark(node, ".") and _is_point(flat, place):
            parts[-1].append(node)
        elif wide or words or is_mark(node, ",", ";", ".", ":"):
            if isinstance(node, Leaf) and node.text == BESIDE:
                column = node.at
            parts.append([])
            commas.append(is_mark(node, ","))
        else:
            parts[-1].append(node)
    written = [(p, comma) for p, comma in zip(parts, commas, strict=True) if unwrapped(tuple(p))]
    found = [p for k, nodes in enumerate(with_lists(written)) for p in _pieces_of(source, tuple(nodes), first=k == 0)]
    return [replace(p, beside=k > 0 and column is not None and p.at > column) for k, p in enumerate(found)]


def _is_point(nodes: Nodes, place: int) -> bool:
    """A point before a factor; what claims something of its own behind it is the next sentence."""
    if place == 0 or place + 1 == len(nodes):
        return False
    before, after = nodes[place - 1], nodes[place + 1]
    if any(isinstance(n, Leaf) and n.kind in ("gap", "text", "mark") for n in (before, after)) or sign_of(after):
        return False
    behind = takewhile(lambda n: not is_mark(n, ",", ";", ":") and not is_gap(n), nodes[place + 1 :])
    return not any(sign_of(n) for n in behind)


def _pieces_of(source: Source, nodes: Nodes, first: bool) -> list[Piece]:
    """One piece; the conditions that stand in brackets behind a formula, as in ``(i = 1, 2, 3)``."""
    inner = unwrapped(nodes)
    only = inner[0] if len(inner) == 1 else None
    if not first and isinstance(only, Bracket) and only.open == "(" and any(sign_of(n) for n in only.items):
        return pieces(source, only.items)
    return [_piece(source, nodes)]


def _awaits_a_side(part: list[Node]) -> bool:
    """Is a sign, with gaps and words perhaps, the last thing here?"""
    last = next((n for n in reversed(part) if not (isinstance(n, Leaf) and n.kind in ("gap", "text"))), None)
    return last is not None and sign_of(last) is not None


def _piece(source: Source, nodes: Nodes) -> Piece:
    sides: list[list[Node]] = [[]]
    signs: list[Sign] = []
    glosses: list[tuple[int, str]] = []
    for node in nodes:
        sign = sign_of(node)
        if sign is None:
            sides[-1].append(node)
            continue
        if signs and not any(unwrapped((n,)) for n in sides[-1]):
            mind_the_second(source, signs[-1], sign, apart=bool(sides[-1]))
            signs[-1] = Sign(sign.relation, signs[-1].at, sign.demanded)
            continue
        if signs and (words := _words(sides[-1])):
            # a = words = b says that a = b.
            glosses.append((len(sides) - 2, words))
            sides[-1], signs[-1] = [], sign
            continue
        signs.append(sign)
        sides.append([])
    if signs and (words := _words(sides[-1])):
        sides.pop()
        signs.pop()
        glosses.append((len(sides) - 1, words))
    kept = next((n for n in nodes if not (isinstance(n, Leaf) and n.kind == "gap")), nodes[0])
    return Piece(tuple(_trimmed(tuple(s)) for s in sides), tuple(signs), kept.at, tuple(glosses))


def _words(side: list[Node]) -> str:
    """The words that are all that stands on a side; nothing where there is more."""
    kept = [n for n in side if unwrapped((n,))]
    if not kept or not all(isinstance(n, Leaf) and n.kind == "text" for n in kept):
        return ""
    return " ".join(n.text.strip() for n in kept if isinstance(n, Leaf))


def _trimmed(nodes: Nodes) -> Nodes:
    """Without gaps and empty braces at the ends, and without words before a formula."""
    kept = list(nodes)
    while kept and (not unwrapped((kept[0],)) or (isinstance(kept[0], Leaf) and kept[0].kind == "text")):
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
