"""One side of a relation: read, or with the reason why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.polys.polyerrors import BasePolynomialError

from derive.core.errors import InputError
from derive.core.phrase import Phrase
from derive.core.relation import MEMBER
from derive.reading.applied import arguments
from derive.reading.cursor import parted
from derive.reading.domains import set_of
from derive.reading.drafts import Draft
from derive.reading.errors import Unreadable
from derive.reading.occurrence import bound_names
from derive.reading.reader import Reader
from derive.reading.tokens import Source
from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted, is_command, unwrapped
from derive.reading.written import end_of, written

# What SymPy raises on expressions that it cannot build, and a table without an entry: the side is then unread.
FAULTS = (
    RecursionError,
    TypeError,
    ValueError,
    AttributeError,
    NotImplementedError,
    LookupError,
    ArithmeticError,
    BasePolynomialError,
)


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


def side(reader: Reader, source: Source, nodes: Nodes, draft: Draft, done: list[Side], first: bool) -> Side:
    """The side that these nodes are, read with what the reader knows; its error where it cannot be."""
    behind = draft.signs[len(done) - 1].at if draft.signs and done else (draft.signs[0].at if draft.signs else 0)
    start = nodes[0].at if nodes else behind
    line, column = source.place(start)
    if first:
        return Side(None, "", line, column)
    if draft.error is not None:
        whole = "" if draft.signs else source.text.strip()
        shown = written(source.text, start, end_of(nodes, source.text)) if nodes else whole
        return Side(None, shown, draft.error.line, draft.error.column, draft.error)
    if not nodes:
        told = source.refuse("only words, or nothing, stand on this side", start)
        return Side(None, "", line, column, told)
    end = end_of(nodes, source.text)
    latex = written(source.text, start, end)
    reader.remarks = []
    reader.depth = 0
    reader.side = nodes
    reader.bound.clear()
    try:
        value = _value(reader, nodes, bool(done) and draft.signs[len(done) - 1].relation is MEMBER)
    except Unreadable as error:
        return Side(None, latex, line, column, error, tuple(reader.remarks))
    except (InputError, *FAULTS) as error:
        told = source.refuse(f"this cannot be read ({type(error).__name__})", start)
        return Side(None, latex, line, column, told, tuple(reader.remarks))
    glosses = [Phrase("remark_gloss", {"words": words}) for at, words in draft.glosses if at == len(done)]
    return Side(value, latex, line, column, None, (*reader.remarks, *glosses), _digits(nodes))


def _value(reader: Reader, nodes: Nodes, belongs: bool) -> Any:
    """The expression; a list in brackets is a tuple, and behind a sign of membership brackets hold a set."""
    inner = unwrapped(nodes)
    only = inner[0] if len(inner) == 1 else None
    if belongs and isinstance(only, Bracket) and only.open in (r"\{", "(", "["):
        return set_of(reader, only)
    if isinstance(only, Bracket) and only.open == "(" and len(parted(only.items, (",",))) > 1:
        return sp.Tuple(*arguments(reader, only.items, only))
    return reader.value(nodes)


def _digits(nodes: Nodes) -> int | None:
    """The decimals of a lone decimal number."""
    inner = [n for n in unwrapped(nodes) if not (isinstance(n, Leaf) and n.text in "+-")]
    if len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].kind == "number" and "." in inner[0].text:
        return len(inner[0].text.partition(".")[2])
    return None


def indices(nodes: Nodes) -> frozenset[str]:
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
