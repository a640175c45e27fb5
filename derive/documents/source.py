"""A file as text, with the line and column of every place in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from derive.core.errors import InputError

LARGEST = 4_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A text and its name.

    Args:
        name: the file's name as it was given; ``-`` for standard input.
        text: the whole text, line ends made ``\\n``.
        latex: is it LaTeX (otherwise Markdown)?
    """

    name: str
    text: str
    latex: bool
    starts: tuple[int, ...] = field(repr=False, default=())

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both counted from 1.

        >>> source_of("-", "ab\\ncd").place(4)
        (2, 2)
        """
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of one line."""
        start = self.starts[number - 1]
        return (
            self.text[start:].split("\n", 1)[0]
            if number == len(self.starts)
            else self.text[start : self.starts[number] - 1]
        )


def source_of(name: str, text: str, latex: bool | None = None) -> Source:
    """A source from a text; LaTeX if its name or its ``\\documentclass`` says so."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if latex is None:
        latex = name.lower().endswith((".tex", ".ltx")) or (name == "-" and r"\begin{document}" in text)
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return Source(name, text, latex, tuple(starts))


def decoded(name: str, data: bytes) -> Source:
    """A source from the bytes of a file.

    Raises:
        InputError: it is not a text, or larger than any derivation.
    """
    if len(data) > LARGEST:
        raise InputError(
            f"{name}: {len(data) // 1_000_000} MB is too long to be a derivation", f"at most {LARGEST // 1_000_000} MB"
        )
    if b"\0" in data:
        raise InputError(f"{name} is not a text file", "Markdown or LaTeX, as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}: line {line} is not UTF-8", "Markdown or LaTeX, as UTF-8") from None
    return source_of(name, text)


def opened(path: Path) -> Source:
    """The source in a file.

    Raises:
        InputError: there is none, or it is not a text.
    """
    try:
        if path.stat().st_size > LARGEST:
            return decoded(str(path), b" " * (LARGEST + 1))
        return decoded(str(path), path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
