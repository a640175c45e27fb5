"""What cannot be read: the place, shown with a caret."""

from __future__ import annotations

from derive.core.errors import InputError

WIDEST = 100


class Unreadable(InputError):
    """A formula, or a part of one, that cannot be read.

    Args:
        reason: what is wrong, in one sentence.
        source: the text that was read.
        line, column: where, counted from 1 in the text that the source stands in.
        offset: where in ``source``.
        hint: what would do.
    """

    def __init__(self, reason: str, source: str, line: int, column: int, offset: int, hint: str = "") -> None:
        self.reason, self.line, self.column = reason, line, column
        self._source, self._offset = source, offset
        super().__init__(f"line {line}, column {column}: {reason}\n{_caret(source, offset)}\n", hint)

    def at(self, line: int, column: int) -> Unreadable:
        """The same said of another place."""
        return type(self)(self.reason, self._source, line, column, self._offset, self.hint)

    def __str__(self) -> str:
        return f"{self.message}  hint: {self.hint}" if self.hint else self.message.rstrip("\n")


class Ambiguous(Unreadable):
    """A formula with two readings that the reader's ``choice`` tells apart: an argument ends here, or goes on."""


def _caret(source: str, offset: int) -> str:
    """The line of the source that holds the place, and a caret under it."""
    offset = min(offset, len(source))
    start = source.rfind("\n", 0, offset) + 1
    end = source.find("\n", offset)
    text = source[start : len(source) if end < 0 else end]
    at = offset - start
    if at > WIDEST // 2:
        cut = at - WIDEST // 2
        text, at = "…" + text[cut:], at - cut + 1
    text = text[:WIDEST].replace("\t", " ")
    return f"  {text}\n  {' ' * at}^"
