r"""A formula that somebody wrote, as KaTeX and MathJax set it on its own; ``None`` where they would not.

What is refused here is shown as source: a page must not break at one formula, nor a formula lead out of the page.
"""

from __future__ import annotations

import re

from derive.reading.unicode import COMMANDS as LETTERS
from derive.reading.unicode import ENTITIES, MARKS
from derive.writing.verdicts.commands import ARGUMENTS, COMMANDS, INSTEAD, LAYOUTS, TEXTS

LONGEST = 20_000

_TOKEN = re.compile(
    r"(?P<comment>%[^\n]*(?:\n|\Z))|(?P<label>\\(?:label|tag\*?|ref|eqref|color|textcolor)\s*\{[^{}]*\})"
    r"|(?P<gap>\\[hv](?:space\*?|skip)\s*(?:\{[^{}]*\}|-?[\d.]+\s*[a-z]{2})?)"
    r"|(?P<layout>\\(?P<kind>begin|end)\s*\{(?P<name>[A-Za-z]+)\*?\}(?P<columns>\{[lcr| ]*\})?)"
    r"|(?P<size>\\(?P<side>left|right|middle)(?![A-Za-z])\s*(?P<fence>\\[A-Za-z]+|\\.|[()\[\]|./<>]))"
    r"|\\(?P<word>[A-Za-z]+)\*?|(?P<sign>\\[^A-Za-z])|(?P<entity>&[a-z]+;)|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_SIGNS = r"\{\}\|\,\;\:\!\ \%\&\#"
_SCRIPT = re.compile(r"[_^]\s*(?:\Z|[}&^_]|\\end|\\\\)|\A\s*[_^]{2}")
_DELIMITERS = ("(", ")", "[", "]", "|", "/", ".", "<", ">", r"\{", r"\}", r"\|")
_FENCES = (
    "langle", "rangle", "lvert", "rvert", "lVert", "rVert", "vert", "Vert", "lbrace", "rbrace", "lbrack", "rbrack",
    "lfloor", "rfloor", "lceil", "rceil",
)  # fmt: skip


class _Unfit(Exception):
    """It cannot be set."""


def settable(latex: str) -> str | None:
    r"""The formula without what only its document could use; None where it cannot be set by itself.

    >>> print(settable(r"\mathbbm{1}[x &lt; μ] \label{eq:a}"))
    \mathbb{1}[x < \mu ]
    >>> print(settable(r"p(x), \quad 其中 n>0"))
    p(x), \quad \text{其中} n>0
    >>> settable(r"\frac{1}{2"), settable(r"\foo{x}"), settable(r"\href{javascript:x}{y}"), settable(r"\frac{1}")
    (None, None, None, None)
    """
    if len(latex) > LONGEST:
        return None
    try:
        made = re.sub(r"\s+", " ", _Setter(latex).made()).strip()
    except _Unfit:
        return None
    return None if not made or _SCRIPT.search(made) else made


class _Setter:
    """One pass over a formula."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.open: list[str] = []
        self.ends: dict[int, int] = {}
        begun: list[int] = []
        for brace in re.finditer(r"\\.|[{}]", latex, re.DOTALL):
            if brace.group() == "{":
                begun.append(brace.start())
            elif brace.group() == "}" and begun:
                self.ends[begun.pop()] = brace.end()

    def made(self) -> str:
        parts: list[str] = []
        at = 0
        while at < len(self.latex):
            found = _TOKEN.match(self.latex, at)
            assert found is not None
            at = found.end()
            if found["word"] in TEXTS:
                words, at = self.words(at)
                parts.append(f"{INSTEAD.get(found['word'], found.group())}{{{words}}}")
                continue
            piece = self.piece(found)
            if parts and re.search(r"\\[A-Za-z]+\Z", parts[-1]) and piece[:1].isalpha():
                piece = f" {piece}"
            parts.append(piece)
        if self.open:
            raise _Unfit
        return re.sub(r"\\text\{([^{}]*)\}(?:\\text\{([^{}]*)\})+", _together, "".join(parts))

    def piece(self, found: re.Match[str]) -> str:
        """One token as it is written."""
        match found.lastgroup:
            case "comment" | "label":
                return ""
            case "gap":
                return r"\quad "
            case "layout":
                return self.layout(found)
            case "size":
                return self.sized(found)
            case "word":
                return self.command(found["word"], found)
            case "sign":
                return self.sign(found.group())
            case "entity":
                if found.group() not in ENTITIES:
                    raise _Unfit
                return self.other(ENTITIES[found.group()])
            case "space":
                return " "
            case _:
                return self.other(found.group())

    def layout(self, found: re.Match[str]) -> str:
        """A table begins or ends."""
        name = found["name"]
        begins = found["kind"] == "begin"
        if name not in LAYOUTS or (begins and (name == "array") != bool(found["columns"])):
            raise _Unfit
        if begins:
            self.open.append(name)
        else:
            self.close(name)
        return re.sub(r"\s+|\*", "", found.group())

    def sized(self, found: re.Match[str]) -> str:
        r"""``\left`` opens a group that ``\right`` closes."""
        side, fence = found["side"], found["fence"]
        if fence not in _DELIMITERS and fence.lstrip("\\") not in _FENCES:
            raise _Unfit
        if side == "left":
            self.open.append("left")
        elif side == "right":
            self.close("left")
        elif "left" not in self.open:
            raise _Unfit
        return found.group()

    def close(self, what: str) -> None:
        if not self.open or self.open.pop() != what:
            raise _Unfit

    def command(self, name: str, found: re.Match[str]) -> str:
        """A command that is known, with as many arguments as it needs."""
        if name in INSTEAD:
            return INSTEAD[name]
        if name not in COMMANDS:
            raise _Unfit
        self.argued(found.end(), ARGUMENTS.get(name, 0))
        return found.group()

    def argued(self, at: int, count: int) -> None:
        """Do so many arguments follow?"""
        for _ in range(count):
            while self.latex[at : at + 1].isspace():
                at += 1
            if self.latex[at : at + 1] == "[" and count == 1:
                at = self.latex.find("]", at) + 1 or len(self.latex)
            following = self.latex[at : at + 1]
            if following in ("", "}", "&", "^", "_") or self.latex.startswith(("\\\\", r"\end", r"\right"), at):
                raise _Unfit
            if following == "{":
                at = self.group_end(at)
            else:
                command = re.compile(r"\\(?:[A-Za-z]+|.)").match(self.latex, at)
                at = command.end() if command else at + 1

    def group_end(self, at: int) -> int:
        """Just behind the group that begins here."""
        if at not in self.ends:
            raise _Unfit
        return self.ends[at]

    def sign(self, text: str) -> str:
        """An escaped character."""
        if text == r"\_":
            return "_"
        if text == r"\*":
            return "*"
        if text == "\\\\":
            if not self.open or self.open[-1] not in LAYOUTS:
                return " "
            return text
        if text == "\\\n":
            return " "
        if text not in _SIGNS:
            raise _Unfit
        return text

    def other(self, text: str) -> str:
        """A letter, a digit, a bracket."""
        if text == "{":
            self.open.append("{")
        elif text == "}":
            self.close("{")
        elif text == "&" and not (self.open and self.open[-1] in LAYOUTS):
            return " "
        elif text in ("$", "#", "\\") or (not text.isprintable() and text):
            raise _Unfit
        if not text or text.isascii():
            return text
        if text in MARKS:
            return MARKS[text]
        if text in LETTERS:
            return f"{LETTERS[text]} "
        return rf"\text{{{text}}}"

    def words(self, at: int) -> tuple[str, int]:
        """The words of a text, in which nothing but words may stand."""
        while self.latex[at : at + 1].isspace():
            at += 1
        end = self.group_end(at) if self.latex[at : at + 1] == "{" else at
        inner = self.latex[at + 1 : end - 1] if end > at else ""
        if not inner or re.search(r"[$#^%~&{}\\]", re.sub(r"\\[,;: ]|~", " ", inner)) or not inner.isprintable():
            raise _Unfit
        return re.sub(r"\\[,;: ]|~", " ", inner).replace("_", r"\_"), end


def _together(found: re.Match[str]) -> str:
    """Characters that stand side by side in one text."""
    return rf"\text{{{''.join(re.findall(r'{([^{}]*)}', found.group()))}}}"
