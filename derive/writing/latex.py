"""From a layout tree to LaTeX that a person would have typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.core.errors import DeriveError
from derive.core.notation import Notation
from derive.core.statement import Side
from derive.writing.layout import layout
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
    has_brackets,
    is_tall,
)

DELIMITERS = {
    "round": ("(", ")"),
    "square": ("[", "]"),
    "bars": ("|", "|"),
    "norm": (r"\|", r"\|"),
    "floor": (r"\lfloor", r"\rfloor"),
    "ceiling": (r"\lceil", r"\rceil"),
    "braces": (r"\{", r"\}"),
}
_COMMAND = re.compile(r"\\[A-Za-z]+\Z")


def latex(side: Side, notation: Notation | None = None, data_letter: str = "x") -> str:
    r"""An expression or a statement as LaTeX.

    >>> import sympy as sp
    >>> latex(1 - sp.Symbol("p"))
    '1-p'
    """
    return written(layout(side, notation, data_letter))


def written(node: Node) -> str:
    """A layout tree as LaTeX."""
    match node:
        case Atom(text) | Operator(text):
            return text
        case Sign(text, spaced):
            return f" {text} " if spaced else text
        case Gap(wide):
            return r" \, " if wide else " "
        case Applied(head, arguments):
            return written(head) + written(arguments)
        case Row(items):
            return joined(written(item) for item in items)
        case Fraction(over, under):
            return rf"\frac{{{written(over)}}}{{{written(under)}}}"
        case Binomial(top, bottom):
            return rf"\binom{{{written(top)}}}{{{written(bottom)}}}"
        case Root(content):
            return rf"\sqrt{{{written(content)}}}"
        case Accent(kind, content):
            return rf"\{kind}{{{written(content)}}}"
        case Scripts(base, sub, sup):
            below = "" if sub is None else "_" + braced(written(sub))
            return written(base) + below + ("" if sup is None else "^" + braced(written(sup)))
        case BigOperator(text, lower, upper):
            below = "" if lower is None else f"_{{{written(lower)}}}"
            return text + below + ("" if upper is None else f"^{{{written(upper)}}}")
        case Brackets(content, kind):
            return bracketed(content, kind)
        case Cases(rows):
            lines = r" \\ ".join(f"{written(value)}, & {written(condition)}" for value, condition in rows)
            return rf"\begin{{cases}} {lines} \end{{cases}}"
        case _:
            raise DeriveError(f"no LaTeX for {type(node).__name__}")


def joined(parts: Iterable[str]) -> str:
    """Parts side by side: a space where a command would run into a letter, never two spaces."""
    made = ""
    for part in parts:
        if _COMMAND.search(made) and part[:1].isalpha():
            made += " "
        made += part.lstrip() if made.endswith(" ") else part
    return made


def braced(script: str) -> str:
    """Braces only where LaTeX needs them."""
    return script if len(script) == 1 or re.fullmatch(r"\\[A-Za-z]+", script) else f"{{{script}}}"


def bracketed(content: Node, kind: str) -> str:
    """Delimiters that grow with tall content or around other brackets."""
    left, right = DELIMITERS[kind]
    if is_tall(content) or (kind in ("round", "bars") and has_brackets(content, kind)):
        left, right = rf"\left{left}", rf"\right{right}"
    return joined((left, written(content), right))
