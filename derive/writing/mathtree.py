"""The layout tree: what a formula looks like, free of SymPy and of markup.

An ``Atom`` holds the LaTeX of one letter, number or mark; writers that do not speak LaTeX translate these few atoms and
need no parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Atom:
    r"""One letter, number or mark, such as ``x``, ``\mu``, ``12``, ``,`` or ``!``."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    r"""The upright name of a function or operator written before its argument, such as ``\log`` or ``\partial``."""

    text: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign between terms or sides; ``spaced`` where the terms are long enough to need air."""

    text: str
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A small space between two factors; ``wide`` where it must be seen, as before ``dx``."""

    wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Things side by side."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another, with a bar."""

    over: Node
    under: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    content: Node


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what hangs below and above on its right."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None


@dataclass(frozen=True, slots=True)
class BigOperator:
    r"""``\sum``, ``\prod`` or ``\int`` with what stands below and above it."""

    text: str
    lower: Node | None = None
    upper: Node | None = None


@dataclass(frozen=True, slots=True)
class Brackets:
    """Content between two delimiters."""

    content: Node
    kind: Literal["round", "square", "bars", "norm", "floor", "ceiling", "braces"] = "round"


@dataclass(frozen=True, slots=True)
class Applied:
    """A function's letter with its arguments in brackets, such as ``f(x; p)``."""

    head: Node
    arguments: Brackets


@dataclass(frozen=True, slots=True)
class Accent:
    r"""A decoration of a letter: ``hat``, ``bar``, ``mathbf``, … (the name of the LaTeX command)."""

    kind: str
    content: Node


@dataclass(frozen=True, slots=True)
class Binomial:
    """A binomial coefficient."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Cases:
    """Values, each with the condition under which it holds."""

    rows: tuple[tuple[Node, Node], ...]


Node = (
    Atom
    | Operator
    | Sign
    | Gap
    | Row
    | Fraction
    | Root
    | Scripts
    | BigOperator
    | Brackets
    | Applied
    | Accent
    | Binomial
    | Cases
)


def row(*items: Node) -> Node:
    """The items side by side, rows inside rows laid flat; a single item is itself."""
    flat: list[Node] = []
    for item in items:
        flat.extend(item.items if isinstance(item, Row) else (item,))
    return flat[0] if len(flat) == 1 else Row(tuple(flat))


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, in reading order."""
    match node:
        case Row(items):
            return items
        case Fraction(over, under):
            return (over, under)
        case Root(content) | Brackets(content) | Accent(_, content):
            return (content,)
        case Applied(head, arguments):
            return (head, arguments)
        case Scripts(base, sub, sup):
            return tuple(part for part in (base, sub, sup) if part is not None)
        case BigOperator(_, lower, upper):
            return tuple(part for part in (lower, upper) if part is not None)
        case Binomial(top, bottom):
            return (top, bottom)
        case Cases(rows):
            return tuple(part for pair in rows for part in pair)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it."""
    yield node
    for child in children(node):
        yield from walk(child)


def is_tall(node: Node) -> bool:
    """Does it stand higher than a line of letters? Then brackets around it must grow."""
    if isinstance(node, Scripts):  # what hangs in a script is small
        return is_tall(node.base)
    if isinstance(node, Fraction | BigOperator | Binomial | Cases):
        return True
    return any(is_tall(child) for child in children(node))


def has_brackets(node: Node, kind: str) -> bool:
    """Does it hold brackets of this kind in its line (those in scripts do not count)?"""
    if isinstance(node, Scripts):
        return has_brackets(node.base, kind)
    if isinstance(node, Brackets) and node.kind == kind:
        return True
    return any(has_brackets(child, kind) for child in children(node))


def first_leaf(node: Node) -> Node:
    """The leftmost thing that is not a row or the base of scripts."""
    match node:
        case Row(items):
            return first_leaf(items[0])
        case Scripts(base, _, _):
            return first_leaf(base)
        case _:
            return node


def last_leaf(node: Node) -> Node:
    """The rightmost thing that is not a row."""
    return last_leaf(node.items[-1]) if isinstance(node, Row) else node
