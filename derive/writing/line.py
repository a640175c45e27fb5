"""From a layout tree to one line of Unicode."""

from __future__ import annotations

from collections.abc import Sequence

from derive.core.errors import DeriveError
from derive.writing.mathtree import (
    Accent,
    Applied,
    Atom,
    BigOperator,
    Binomial,
    Brackets,
    Cases,
    Fraction,
    Gap,
    Node,
    Operator,
    Root,
    Row,
    Scripts,
    Sign,
    first_leaf,
)
from derive.writing.unicode import accented, character, lowered, raised

DEL = Operator(r"\partial")
BARS = {"round": "()", "square": "[]", "bars": "||", "norm": "‖‖", "floor": "⌊⌋", "ceiling": "⌈⌉", "braces": "{}"}


def inline(node: Node) -> str:
    """A layout tree on one line."""
    match node:
        case Atom(text) | Operator(text):
            return character(text)
        case Sign(text, spaced):
            mark = character(text)
            return f" {mark} " if spaced or mark in "=≠≤≥<>≈⟺" else mark
        case Gap():
            return " "
        case Row(items):
            return _inline_row(without_idle_gaps(items))
        case Applied(head, arguments):
            return inline(head) + inline(arguments)
        case Fraction(over, under) if first_leaf(under) == DEL:
            return f"{inline(over)}/{inline(under)}"
        case Fraction(over, under):
            return f"{_tight(over, product=True)}/{_tight(under)}"
        case Binomial(top, bottom):
            return f"C({inline(top)}, {inline(bottom)})"
        case Root(content):
            return f"√{inline(content)}" if isinstance(content, Atom) else f"√({inline(content)})"
        case Accent(kind, content):
            return accented(kind, inline(content))
        case Scripts(base, sub, sup):
            return inline(base) + _below(sub) + _above(sup)
        case BigOperator(text, lower, upper):
            return character(text) + _below(lower) + _above(upper)
        case Brackets(content, kind):
            return BARS[kind][0] + inline(content) + BARS[kind][1]
        case Cases(rows):
            return "{ " + "; ".join(f"{inline(value)}, {inline(condition)}" for value, condition in rows) + " }"
        case _:
            raise DeriveError(f"no plain text for {type(node).__name__}")


def _inline_row(items: Sequence[Node]) -> str:
    """Side by side; a fraction that has a factor beside it goes into brackets."""
    made = ""
    for k, item in enumerate(items):
        text = inline(item)
        alone = all(isinstance(n, Sign) for n in (*items[max(k - 1, 0) : k], *items[k + 1 : k + 2]))
        if isinstance(item, Fraction) and not alone:
            text = f"({text})"
        made += text.lstrip() if made.endswith(" ") else text
    return made


def _tight(node: Node, product: bool = False) -> str:
    """One side of a slash: in brackets unless it cannot be misread."""
    text = inline(node)
    letters = isinstance(node, Row) and all(isinstance(i, Atom | Scripts | Accent | Brackets | Gap) for i in node.items)
    closed = isinstance(node, Atom | Scripts | Accent | Brackets | Root | Binomial | Applied)
    return text if closed or (product and letters) else f"({text})"


def _below(sub: Node | None) -> str:
    if sub is None:
        return ""
    text = inline(sub).replace(" = ", "=")
    return lowered(text) or (f"_{text}" if len(text) == 1 else f"_{{{text}}}")


def _above(sup: Node | None) -> str:
    if sup is None:
        return ""
    text = inline(sup).replace(" = ", "=")
    return raised(text) or (f"^{text}" if len(text) == 1 else f"^{{{text}}}")


def without_idle_gaps(items: Sequence[Node]) -> list[Node]:
    """In a terminal ∂ stands close to its letter."""
    return [
        item
        for k, item in enumerate(items)
        if not (
            k and isinstance(item, Gap) and first_leaf(items[k - 1]) == DEL and not isinstance(items[k + 1], Operator)
        )
    ]
