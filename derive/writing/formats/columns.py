"""Columns of a terminal: how wide a text is, and where it is wrapped."""

from __future__ import annotations

import unicodedata

COLUMNS = 88

# Stands for a blank at which a line must not be broken.
TIED = "\N{NO-BREAK SPACE}"

# Characters that a line must not begin with.
_CLOSING = frozenset("，。；：、？！）」』】》”’,.;:?!)]}%†")
# Characters that a line must not end with.
_OPENING = frozenset("（「『【《“‘([{")


def width(text: str) -> int:
    """The columns that a text takes: two for an ideograph, none for a combining accent.

    >>> width("p̂"), width("似然")
    (1, 4)
    """
    return sum(_wide(c) for c in text)


def _wide(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """The text with blanks up to so many columns."""
    return text + " " * (columns - width(text))


def wrap(text: str, indent: str = "", first: str | None = None, columns: int = COLUMNS) -> str:
    """The text in lines of at most so many columns; ideographs may be parted, words and tied blanks may not.

    Args:
        indent: what the lines begin with.
        first: what the first line begins with; the indent if it is None.

    >>> wrap("one two three", "  ", "- ", columns=9)
    '- one two\\n  three'
    """
    lines: list[str] = []
    line = indent if first is None else first
    begun = False
    for piece, spaced in _pieces(text):
        gap = " " if begun and spaced else ""
        if begun and width(line) + len(gap) + width(piece) > columns:
            lines.append(line)
            line, gap = indent, ""
        line += gap + piece
        begun = True
    lines.append(line)
    return "\n".join(lines).replace(TIED, " ")


def _pieces(text: str) -> list[tuple[str, bool]]:
    """What stays together on a line, and whether a blank comes before it."""
    pieces: list[tuple[str, bool]] = []
    for word in text.split(" "):
        begins = True
        for character in word:
            last = pieces[-1][0][-1:] if pieces and not begins else ""
            parted = begins or (
                (_wide(character) == 2 or _wide(last) == 2) and character not in _CLOSING and last not in _OPENING
            )
            if parted:
                pieces.append((character, begins))
            else:
                pieces[-1] = (pieces[-1][0] + character, pieces[-1][1])
            begins = False
    return pieces
