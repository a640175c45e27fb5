r"""A row as pieces: chains of sides, the conditions behind them, and the words between."""

from __future__ import annotations

from collections.abc import Sequence
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
from derive.reading.cursor import DOTS, RELATIONS, is_relation
from derive.reading.tokens import Source
from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted, is_command, is_mark, name_of, unwrapped

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
    """Sides and the signs between them; the first side is empty where the row begins with a sign.

    Args:
        glosses: words that stand as a side of their own, with the number of the side before them.
    """

    sides: tuple[Nodes, ...]
    signs: tuple[Sign, ...]
    at: int
    glosses: tuple[tuple[int, str], ...] = ()


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


def pieces(source: Source, nodes: Nodes) -> list[Piece]:
    """The chains of a row, cut at commas, wide gaps and words, where each part says something of its own.

    Raises:
        Unreadable: two relations stand side by side.
    """
    parts: list[list[Node]] = [[]]
    commas: list[bool] = [False]
    for node in spliced(nodes):
        wide = isinstance(node, Leaf) and node.kind == "gap" and node.text == r"\quad"
        words = isinstance(node, Leaf) and node.kind == "text"
        if (wide or words) and _awaits_a_side(parts[-1]):
            # Words behind a sign: what they say of the side, or the side itself.
            parts[-1].append(node)
        elif wide or words or is_mark(node, ",", ";", ".", ":"):
            parts.append([])
            commas.append(is_mark(node, ","))
        else:
            parts[-1].append(node)
    written = [(p, comma) for p, comma in zip(parts, commas, strict=True) if unwrapped(tuple(p))]
    return [p for k, nodes in enumerate(_lists(written)) for p in _pieces_of(source, tuple(nodes), first=k == 0)]


def _pieces_of(source: Source, nodes: Nodes, first: bool) -> list[Piece]:
    """One piece; the conditions that stand in brackets behind a formula, as in ``(i = 1, 2, 3)``."""
    inner = unwrapped(nodes)
    only = inner[0] if len(inner) == 1 else None
    if not first and isinstance(only, Bracket) and only.open == "(" and any(sign_of(n) for n in only.items):
        return pieces(source, only.items)
    return [_piece(source, nodes)]


def _lists(parts: list[tuple[list[Node], bool]]) -> list[list[Node]]:
    r"""``k = 1, 2, \dots, K`` is one part: that k is one of them."""
    made: list[list[Node]] = []
    place = 0
    while place < len(parts):
        part = parts[place][0]
        place += 1
        if (sample := _sample(parts[place - 1 : place + 2])) is not None:
            made.append(sample)
            place += 2
            continue
        end = place
        while end < len(parts) and parts[end][1] and _is_member(parts[end][0]):
            end += 1
        members = [tuple(p) for p, _ in parts[place:end]]
        signs = [k for k, node in enumerate(part) if sign_of(node)]
        right = part[signs[0] + 1 :] if len(signs) == 1 and is_mark(part[signs[0]], "=") else []
        if members and _is_member(right) and (any(map(_is_dots, members)) or all(map(_is_number, (right, *members)))):
            at = right[0].at
            listed = [n for m in (tuple(right), *members) for n in (*m, Leaf("mark", ",", at))][:-1]
            part = [*part[: signs[0]], Leaf("command", r"\in", at), Bracket(r"\{", r"\}", tuple(listed), at, at)]
            place = end
        made.append(part)
    return made


def _sample(parts: list[tuple[list[Node], bool]]) -> list[Node] | None:
    r"""``x_1, \dots, x_n \sim p`` with its left side in brackets; None for anything else."""
    if len(parts) < 3 or not (parts[1][1] and parts[2][1] and _is_dots(parts[1][0])):
        return None
    first, last = parts[0][0], parts[2][0]
    sign = next((k for k, node in enumerate(last) if sign_of(node)), None)
    if sign is None or any(sign_of(n) for n in first):
        return None
    at = first[0].at
    comma = Leaf("mark", ",", at)
    return [Bracket("(", ")", (*first, comma, *parts[1][0], comma, *last[:sign]), at, at), *last[sign:]]


def _is_member(part: Sequence[Node]) -> bool:
    """Is it a number, a letter, or dots?"""
    inner = unwrapped(tuple(part))
    return bool(inner) and (_is_dots(part) or _is_number(part) or (len(inner) == 1 and isinstance(inner[0], Leaf)))


def _is_number(part: Sequence[Node]) -> bool:
    inner = unwrapped(tuple(part))
    if len(inner) == 2 and is_mark(inner[0], "-"):
        inner = inner[1:]
    return len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].kind == "number"


def _is_dots(part: Sequence[Node]) -> bool:
    inner = unwrapped(tuple(part))
    return len(inner) == 1 and is_command(inner[0], *DOTS)


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


def mind_the_second(source: Source, first: Sign, second: Sign, apart: bool) -> None:
    """A sign may be repeated behind a gap, and an equation may follow an arrow; other pairs have no meaning."""
    repeated = first.relation == second.relation and apart
    follows = first.relation in (IMPLIES, EQUIVALENT) and second.relation not in (IMPLIES, EQUIVALENT)
    if not repeated and not follows:
        raise source.refuse("two relations stand side by side", second.at, "leave one of them out")


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
