"""Chains of relations with the places they stand at: what a checker or a page takes up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.information import OverALaw
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, Relation
from derive.reading.building import build
from derive.reading.cursor import parted
from derive.reading.errors import Unreadable
from derive.reading.occurrence import bound_names
from derive.reading.pieces import Piece, Sign, begins_with_operator, ends_with_operator, pieces
from derive.reading.reader import Reader
from derive.reading.rows import rows
from derive.reading.tokens import Source
from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted, is_command, unwrapped


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation.

    Args:
        value: the expression; None where it cannot be read.
        latex: as it is written.
        line, column: where it begins.
        error: why it cannot be read.
        remarks: how it was taken where the strict reading makes no sense.
        digits: the decimals of a side that is one decimal number.
    """

    value: Any
    latex: str
    line: int
    column: int
    error: Unreadable | None = None
    remarks: tuple[Phrase, ...] = ()
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    r"""A relation between two sides.

    Args:
        relation: what it means.
        line, column: where the sign stands.
        demanded: "shall be": the 0 that a derivative is set to, or ``\stackrel{!}{=}``; no identity.
    """

    relation: Relation
    line: int
    column: int
    demanded: bool = False


@dataclass(frozen=True, slots=True)
class ReadChain:
    """Sides with links between: ``links[k]`` joins ``sides[k]`` and ``sides[k + 1]``.

    Args:
        continues: the text began with a sign, so that the first side is that of an earlier display (its value is None).
        conditions: chains that limit this one, such as ``i \\neq j``.
    """

    sides: tuple[Side, ...]
    links: tuple[Link, ...]
    continues: bool = False
    conditions: tuple[ReadChain, ...] = ()


@dataclass(slots=True)
class _Draft:
    sides: list[Nodes]
    signs: list[Sign]
    error: Unreadable | None = None
    conditions: list[Piece] | None = None


def lines(reader: Reader, text: str, line: int = 1, column: int = 1) -> tuple[ReadChain, ...]:
    """The chains of a display block, each side read or with its error; nothing is raised."""
    source = Source(text, line, column)
    reader.source = source
    drafts = _drafts(source)
    return tuple(_chain(reader, source, draft) for draft in drafts)


def _drafts(source: Source) -> list[_Draft]:
    drafts: list[_Draft] = []
    try:
        found = rows(source)
    except Unreadable as error:
        return [_Draft([(), ()], [Sign(EQUAL, 0)], error)]
    for row in found:
        try:
            nodes = build(source, list(row.tokens))
        except Unreadable as error:
            drafts.extend(_unreadable(row.tokens, error))
            continue
        for count, piece in enumerate(pieces(nodes)):
            _add(drafts, piece, first=count == 0, aligned=row.aligned)
    return drafts


def _unreadable(tokens: Any, error: Unreadable) -> list[_Draft]:
    """One entry for each relation of a row that cannot be taken apart."""
    from derive.reading.cursor import RELATIONS
    from derive.reading.pieces import MEANINGS

    depth, signs = 0, []
    for token in tokens:
        depth += (token.text == "{") - (token.text == "}")
        if token.text in RELATIONS and depth <= 0:
            signs.append(Sign(MEANINGS[RELATIONS[token.text]], token.at))
    return [_Draft([()] * (len(signs) + 1), signs, error)] if signs else []


def _add(drafts: list[_Draft], piece: Piece, first: bool, aligned: bool) -> None:
    last = drafts[-1] if drafts else None
    if first and last is not None and not piece.sides[0] and piece.signs:
        last.sides.extend(piece.sides[1:])
        last.signs.extend(piece.signs)
        return
    if first and last is not None and last.error is None:
        open_end = not last.sides[-1] or ends_with_operator(last.sides[-1])
        goes_on = begins_with_operator(piece.sides[0]) and (aligned or not piece.signs)
        if open_end or goes_on:
            last.sides[-1] = last.sides[-1] + piece.sides[0]
            last.sides.extend(piece.sides[1:])
            last.signs.extend(piece.signs)
            return
    if not first and last is not None and _is_condition(piece):
        last.conditions = [*(last.conditions or []), piece]
        return
    if not piece.signs and not first:
        return
    drafts.append(_Draft(list(piece.sides), list(piece.signs)))


def _is_condition(piece: Piece) -> bool:
    """``i \\neq j``, ``x \\ge x_m``, ``x \\in \\mathcal{X}`` behind a chain."""
    if len(piece.signs) == 0 or not piece.sides[0]:
        return False
    left = unwrapped(piece.sides[0])
    simple = len(left) == 1 and isinstance(left[0], Leaf | Scripted)
    ids = {s.relation.id for s in piece.signs}
    if ids == {"equal"}:
        right = unwrapped(piece.sides[1])
        both = [left, right]
        return len(piece.signs) == 1 and all(
            len(n) == 1 and isinstance(n[0], Leaf) and n[0].text in ("i", "j", "k", "l", "m", "n") for n in both
        )
    return simple and not ids & {
        "equal",
        "approximately",
        "proportional",
        "implies",
        "equivalent",
        "distributed",
        "defined",
    }


def _chain(reader: Reader, source: Source, draft: _Draft) -> ReadChain:
    continues = not draft.sides[0] and draft.error is None
    sides: list[Side] = []
    for k, nodes in enumerate(draft.sides):
        reader.outer = _indices(draft.sides[0]) if k else frozenset()
        sides.append(_side(reader, source, nodes, draft, sides, first=k == 0 and continues))
        if k == 0 and isinstance(sides[0].value, AppliedUndef) and sides[0].value.args:
            reader.subject = sides[0].value.args[0]
    reader.outer = frozenset()
    reader.subject = None
    links = []
    for k, sign in enumerate(draft.signs):
        line, column = source.place(sign.at)
        links.append(
            Link(sign.relation, line, column, sign.demanded or (sign.relation == EQUAL and _set_to_zero(sides, k)))
        )
    conditions = tuple(_chain(reader, source, _Draft(list(p.sides), list(p.signs))) for p in draft.conditions or ())
    return ReadChain(tuple(sides), tuple(links), continues, conditions)


def _set_to_zero(sides: list[Side], k: int) -> bool:
    """``= 0`` behind a derivative, or behind what a derivative was found to be."""
    right = sides[k + 1].value
    before = [s.value for s in sides[: k + 1] if s.value is not None]
    return bool(right is not None and right == 0 and any(_is_derivative(v) for v in before))


def _is_derivative(value: Any) -> bool:
    return bool(getattr(value, "has", None) and value.has(Partial) and not value.has(OverALaw, sp.Integral))


def _indices(nodes: Nodes) -> frozenset[str]:
    """The letters that stand below in the first side: free on the whole line."""
    made: set[str] = set()
    bound: set[str] = set()

    def walk(node: Node, below: bool) -> None:
        match node:
            case Leaf("letter", text) if below:
                made.add(text)
            case Bracket(_, _, items):
                for n in items:
                    walk(n, below)
            case Command(_, args):
                for a in args:
                    for n in a:
                        walk(n, below)
            case Scripted(base, sub, sup):
                if is_command(base, r"\sum", r"\prod"):
                    bound.update(bound_names(sub or ()))
                    return
                walk(base, below)
                for n in sub or ():
                    walk(n, True)
                for n in sup or ():
                    walk(n, below or isinstance(n, Bracket))

    for node in nodes:
        walk(node, False)
    return frozenset(made - bound)


def _side(reader: Reader, source: Source, nodes: Nodes, draft: _Draft, done: list[Side], first: bool) -> Side:
    behind = draft.signs[len(done) - 1].at if draft.signs and done else (draft.signs[0].at if draft.signs else 0)
    start = nodes[0].at if nodes else behind
    line, column = source.place(start)
    if first:
        return Side(None, "", line, column)
    if draft.error is not None:
        return Side(None, "", line, column, draft.error)
    if not nodes:
        told = source.refuse("only words, or nothing, stand on this side", start)
        return Side(None, "", line, column, told)
    end = _end(nodes, source.text)
    latex = _written(source.text, start, end)
    reader.remarks = []
    reader.depth = 0
    reader.bound.clear()
    try:
        value = _value(reader, nodes)
    except Unreadable as error:
        return Side(None, latex, line, column, error, tuple(reader.remarks))
    except (InputError, RecursionError, TypeError, ValueError, AttributeError, NotImplementedError) as error:
        told = source.refuse(f"this cannot be read ({type(error).__name__})", start)
        return Side(None, latex, line, column, told, tuple(reader.remarks))
    return Side(value, latex, line, column, None, tuple(reader.remarks), _digits(nodes))


def _value(reader: Reader, nodes: Nodes) -> Any:
    """The expression; a list in brackets is a tuple."""
    inner = unwrapped(nodes)
    only = inner[0] if len(inner) == 1 else None
    if isinstance(only, Bracket) and only.open == "(" and len(parts := parted(only.items, (",",))) > 1:
        return sp.Tuple(*(reader.value(p) for p in parts))
    return reader.value(nodes)


def _digits(nodes: Nodes) -> int | None:
    """The decimals of a lone decimal number."""
    inner = [n for n in unwrapped(nodes) if not (isinstance(n, Leaf) and n.text in "+-")]
    if len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].kind == "number" and "." in inner[0].text:
        return len(inner[0].text.partition(".")[2])
    return None


def _written(text: str, start: int, end: int) -> str:
    r"""The piece of the source, with the braces of a ``\mathop{`` that it began or ended inside."""
    piece = text[start:end]
    while piece.count("{") > piece.count("}") and text[end : end + 1] in ("}", " "):
        end += 1
        piece = text[start:end]
    opened = re.search(r"(\\[A-Za-z]+\s*)?\{\s*\Z", text[:start])
    if piece.count("}") > piece.count("{") and opened:
        piece = text[opened.start() : end]
    return piece.strip()


def _end(nodes: Nodes, text: str) -> int:
    """Where the last node ends in the source (about: up to the next row, sign or gap)."""
    return max((_node_end(n, text) for n in nodes), default=0)


def _node_end(node: Node, text: str) -> int:
    match node:
        case Leaf(kind, word, at):
            if text.startswith(word, at):
                return at + len(word)
            if text.startswith("\\", at) and not word.startswith("\\"):
                brace = text.find("}", at)
                return len(text) if brace < 0 else brace + 1
            if kind == "word":
                return at + 2 * len(word) - 1
            return at + 1
        case Bracket(_, close, items, at, end):
            if end > at:
                return end + (len(close) if text.startswith(close, end) else 1 + text[end:].find(close[-1]))
            return max((_node_end(n, text) for n in items), default=at)
        case Command(_, args, at):
            inner = max((_node_end(n, text) for a in args for n in a), default=at)
            return inner + 1 if text[inner : inner + 1] == "}" else inner
        case Scripted(base, sub, sup, primes):
            inner = max(_node_end(n, text) for n in (base, *(sub or ()), *(sup or ())))
            inner += primes
            return inner + 1 if text[inner : inner + 1] == "}" else inner
        case _:
            brace = text.find(r"\end", node.at)
            return len(text) if brace < 0 else text.find("}", brace) + 1


def chains(text: str, facts: Facts, line: int = 1, column: int = 1) -> tuple[ReadChain, ...]:
    """The chains of one display block under the facts."""
    return lines(Reader(facts), text, line, column)
