"""How wide a formula comes out in print, in em, near enough to decide where a line is broken."""

from __future__ import annotations

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
    Scripts,
    Sign,
    children,
    is_tall,
)

SMALL = 0.72
"""The size of scripts, and of what stands in a fraction inside a line of text."""


def printed_width(node: Node) -> float:
    r"""The width in em of a displayed layout tree.

    >>> from derive.writing.mathtree import Row
    >>> printed_width(Row((Atom("x"), Sign("+", True), Atom("y"))))
    2.4
    """
    return round(_width(node), 2)


def _width(node: Node) -> float:
    match node:
        case Atom(text):
            return 0.57 * _letters(text)
        case Operator(text):
            return 0.52 * _letters(text, spelled=True) + 0.17
        case Sign(text, _):
            return 1.26 if text in ("+", "-") else 0.68 + 0.68 * _letters(text)
        case Gap(wide):
            return 0.17 if wide else 0.0
        case Fraction(over, under):
            return max(_width(over), _width(under)) + 0.24
        case Binomial(top, bottom):
            return max(_width(top), _width(bottom)) + 1.5
        case Root(content):
            return _width(content) + 0.95
        case Accent(_, content):
            return _width(content)
        case Scripts(base, sub, sup):
            return _width(base) + SMALL * max((_width(s) for s in (sub, sup) if s is not None), default=0.0)
        case BigOperator(_, lower, upper):
            return 0.17 + max(1.44, *(SMALL * _width(s) for s in (lower, upper) if s is not None), 0.0)
        case Brackets(content, _):
            return _width(content) + (1.5 if is_tall(content) else 0.85)
        case Applied(head, arguments):
            return _width(head) + _width(arguments)
        case Cases(rows):
            return 2.5 + max((_width(value) + _width(condition) for value, condition in rows), default=0.0)
        case _:
            return sum(_width(child) for child in children(node))


def _letters(text: str, spelled: bool = False) -> int:
    r"""How many letters a piece of LaTeX shows: ``\alpha`` one, the name ``\log`` three."""
    shown = 0
    for word in text.replace("{", " ").replace("}", " ").split():
        if word.startswith("\\operatorname") or word.startswith("\\math") or word == "\\text":
            continue
        shown += len(word) - 1 if word.startswith("\\") and spelled else 1 if word.startswith("\\") else len(word)
    return shown
