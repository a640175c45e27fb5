r"""The piece of the source that nodes were made of."""

from __future__ import annotations

import re

from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted

_SIZE = re.compile(r"\\(?:left|[bB]igg?l?)\s*\Z")
_MARKS = re.compile(
    r"\\begin\{(?:[^{}]*)\}(?:\{[^{}]*\})?|\\end\{[^{}]*\}"
    r"|\\\\\*?(?:\[[^\]\n]*\])?|\\(?:nonumber|notag)(?![A-Za-z])|\\(?:tag\*?|label)\{[^{}]*\}|\\.|&",
    re.DOTALL,
)


def written(text: str, start: int, end: int) -> str:
    r"""The piece of the source as a formula of its own.

    It has the ``\left`` before it and the braces of a ``\mathop{`` that it began or ended inside; rows that it runs
    over are joined, and what numbers or aligns them is left out.

    >>> written(r"y &= \left(a \right. \\ &\quad \left. + b\right)", 10, 48)
    '\\left(a \\right.  \\quad \\left. + b\\right)'
    """
    if sized := _SIZE.search(text[:start]):
        start = sized.start()
    piece = text[start:end]
    while piece.count("{") > piece.count("}") and text[end : end + 1] in ("}", " "):
        end += 1
        piece = text[start:end]
    opened = re.search(r"(\\[A-Za-z]+\s*)?\{\s*\Z", text[:start])
    if piece.count("}") > piece.count("{") and opened:
        piece = text[opened.start() : end]
    return _joined(piece).strip()


def _joined(piece: str) -> str:
    """The rows in one; those of a table inside stay."""
    made, depth, at = "", 0, 0
    for mark in _MARKS.finditer(piece):
        word = mark.group()
        depth += word.startswith(r"\begin") - word.startswith(r"\end")
        kept = depth > 0 or word.startswith(r"\end") or re.fullmatch(r"\\[^\\]", word, re.DOTALL)
        made += piece[at : mark.start()] + (word if kept else "")
        at = mark.end()
    return made + piece[at:]


def end_of(nodes: Nodes, text: str) -> int:
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
