r"""LaTeX text as tokens with their places; the noise of web pages is put right here."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from derive.reading.errors import Ambiguous, Unreadable
from derive.reading.unicode import COMMANDS, ENTITIES, MARKS

Kind = Literal["command", "letter", "number", "mark", "open", "close", "text", "row", "gap"]
LONGEST = 100_000
MOST_TOKENS = 20_000
MOST_DIGITS = 1_000


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``text`` of a command is its name with the backslash, of a ``text`` the words themselves."""

    kind: Kind
    text: str
    at: int


_PATTERN = re.compile(
    r"""(?P<space>\s+|%[^\n]*\n?|\\[ \t\n,;:!/>]|~|(?:>[ \t]*)+(?=\\\\))
      | (?P<row>\\\\(?:\\\\|\\(?=\s|\Z))?(?:\s*\[-?[\d.]+\s*[a-z]+\])?\*?|\\(?:newline|cr)(?![A-Za-z]))
      | (?P<text>\\(?:text|textrm|textbf|textit|mbox|hbox|texttt|textnormal|textsf)(?![A-Za-z])\s*\{)
      | (?P<command>\\[A-Za-z]+\*?|\\[|{}#%$&_])
      | (?P<entity>&(?:[a-z]+);)
      | (?P<number>\d+(?:\.\d+)?|\.\d+)
      | (?P<letter>[A-Za-z])
      | (?P<words>[\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60、。]+)
      | (?P<dots>\.\.\.)
      | (?P<double>:=|>=|<=|=:)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_GAPS = (r"\quad", r"\qquad", r"\hspace", r"\hfill", r"\hskip")
_SPACING = re.compile(
    r"\\(?:thinspace|enspace|nobreakspace|medspace|negthinspace|displaystyle|textstyle|scriptstyle"
    r"|scriptscriptstyle|nonumber|notag|limits|nolimits|centering|noindent|allowbreak|rm|it|bf|cal"
    r"|hline|middle|[bB]igg?m?|because|qed|qedhere|qedsymbol|QED|blacksquare|square|Box|mathrel|mathbin|mathord)\Z"
)
_WITH_ARGUMENT = re.compile(
    r"\\(?:label|tag\*?|hspace\*?|vspace\*?|color|phantom|hphantom|vphantom|ref|eqref|vskip"
    r"|hskip)\Z"
)
_DELIMITER = re.compile(r"\s*(\.|\||\\\||\\vert(?![A-Za-z])|\\Vert(?![A-Za-z]))")
SIDES: dict[str, Kind] = {
    **dict.fromkeys((r"\left", r"\bigl", r"\Bigl", r"\biggl", r"\Biggl"), "open"),
    **dict.fromkeys((r"\right", r"\bigr", r"\Bigr", r"\biggr", r"\Biggr"), "close"),
}
BARS = {r"\mid": "|", r"\vert": "|", r"\|": r"\|", r"\Vert": r"\|", r"\parallel": r"\|"}
FENCES: dict[str, tuple[Kind, str]] = {
    r"\lvert": ("open", "|"), r"\rvert": ("close", "|"), r"\lVert": ("open", r"\|"), r"\rVert": ("close", r"\|"),
    r"\lbrace": ("open", r"\{"), r"\rbrace": ("close", r"\}"), r"\lbrack": ("open", "["), r"\rbrack": ("close", "]"),
    r"\langle": ("open", r"\langle"), r"\rangle": ("close", r"\rangle"),
    r"\lfloor": ("open", r"\lfloor"), r"\rfloor": ("close", r"\rfloor"),
    r"\lceil": ("open", r"\lceil"), r"\rceil": ("close", r"\rceil"),
}  # fmt: skip
PUNCTUATION = {"，": ",", "。": ".", "；": ";", "：": ":", "（": "(", "）": ")", "、": ",", "＝": "=", "＋": "+",
               "－": "-", "＊": "*", "／": "/", "＜": "<", "＞": ">", "［": "[", "］": "]", "｜": "|"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A text and where it stands in its document."""

    text: str
    line: int = 1
    column: int = 1

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, counted from 1, of a place in the text."""
        starts = _starts(self.text)
        row = bisect_right(starts, at) - 1
        inside = at - starts[row]
        return self.line + row, inside + (self.column if row == 0 else 1)

    def refuse(self, reason: str, at: int, hint: str = "") -> Unreadable:
        """The error that says what and where."""
        line, column = self.place(at)
        return Unreadable(reason, self.text, line, column, at, hint)

    def ambiguous(self, reason: str, at: int, hint: str) -> Ambiguous:
        """The error that asks which of two readings is meant."""
        line, column = self.place(at)
        return Ambiguous(reason, self.text, line, column, at, hint)


def _starts(text: str) -> list[int]:
    return [0, *(m.end() for m in re.finditer("\n", text))]


def tokens(source: Source) -> list[Token]:
    """The tokens of a text.

    Raises:
        Unreadable: the text is too long, a ``\\text{`` has no end, or a character has no meaning in a formula.
    """
    found: list[Token] = []
    text, at = source.text, 0
    if len(text) > LONGEST:
        raise source.refuse(f"the formula is longer than {LONGEST} characters", 0)
    while at < len(text):
        if len(found) > MOST_TOKENS:
            raise source.refuse(f"the formula has more than {MOST_TOKENS} tokens", at)
        match = _PATTERN.match(text, at)
        assert match is not None
        kind, piece, start = match.lastgroup, match.group(), at
        at = match.end()
        match kind:
            case "space":
                if (piece.startswith("\\") and piece[1] in ",;:>/! ") or piece == "~":
                    found.append(Token("gap", piece, start))
            case "row":
                found.append(Token("row", "\\\\", start))
            case "text":
                at = _end_of_braces(source, at)
                found.append(Token("text", text[match.end() : at - 1], start))
            case "command":
                at = _command(source, found, piece, start, at)
            case "entity":
                found.extend(_entity(source, piece, start))
            case "number":
                if len(piece) > MOST_DIGITS:
                    raise source.refuse(f"a number has more than {MOST_DIGITS} digits", start)
                found.append(Token("number", piece, start))
            case "letter":
                found.append(Token("letter", piece, start))
            case "dots":
                found.append(Token("command", r"\dots", start))
            case "double":
                found.append(Token("mark", {">=": r"\ge", "<=": r"\le", "=:": ":="}.get(piece, piece), start))
            case "words":
                found.extend(_words(piece, start))
            case _:
                found.append(_other(source, piece, start))
    return found


def _command(source: Source, found: list[Token], piece: str, start: int, at: int) -> int:
    if _WITH_ARGUMENT.match(piece):
        after = re.compile(r"\s*\{").match(source.text, at)
        if piece.startswith(r"\hspace"):
            found.append(Token("gap", r"\quad", start))
        return _end_of_braces(source, after.end()) if after else at
    if piece in _GAPS:
        found.append(Token("gap", r"\quad", start))
    elif piece in (r"\{", r"\}"):
        found.append(Token("open" if piece == r"\{" else "close", piece, start))
    elif piece == r"\_":
        found.append(Token("mark", "_", start))
    elif piece == r"\&":
        found.append(Token("mark", "&", start))
    elif piece in SIDES:
        return _delimiter(source, found, SIDES[piece], start, at)
    elif piece in BARS:
        found.append(Token("mark", BARS[piece], start))
    elif piece in FENCES:
        found.append(Token(*FENCES[piece], start))
    elif not _SPACING.match(piece):
        found.append(Token("command", piece.removesuffix("*") if piece != r"\*" else piece, start))
    return at


def _delimiter(source: Source, found: list[Token], side: Kind, start: int, at: int) -> int:
    """``\\left|`` opens and ``\\right|`` closes; ``\\left.`` is nothing; other delimiters speak for themselves."""
    after = _DELIMITER.match(source.text, at)
    if after is None:
        return at
    piece = after.group(1)
    if piece == ".":
        found.append(Token("mark", r"\left.", start) if side == "open" else Token("gap", r"\right.", start))
    else:
        found.append(Token(side, "|" if piece in ("|", r"\vert") else r"\|", start))
    return after.end()


def _entity(source: Source, piece: str, start: int) -> list[Token]:
    if piece not in ENTITIES:
        raise source.refuse(f"{piece} is not known", start)
    meant = ENTITIES[piece]
    return [Token("mark", meant, start)] if meant else []


def _words(piece: str, start: int) -> list[Token]:
    """Words without ``\\text``; full-width punctuation is punctuation."""
    made: list[Token] = []
    for offset, character in enumerate(piece):
        if character in PUNCTUATION:
            mark = PUNCTUATION[character]
            kind: Kind = "open" if mark in "([" else "close" if mark in ")]" else "mark"
            made.append(Token(kind, mark, start + offset))
        elif made and made[-1].kind == "text":
            made[-1] = Token("text", made[-1].text + character, made[-1].at)
        else:
            made.append(Token("text", character, start + offset))
    return made


def _other(source: Source, piece: str, start: int) -> Token:
    if piece in "([{":
        return Token("open", piece, start)
    if piece in ")]}":
        return Token("close", piece, start)
    if piece in "_^&+-*/=<>|,;:.!'":
        return Token("mark", piece, start)
    if piece in MARKS:
        return Token("mark", MARKS[piece], start)
    if COMMANDS.get(piece) in BARS:
        return Token("mark", BARS[COMMANDS[piece]], start)
    if piece in COMMANDS:
        return Token("command", COMMANDS[piece], start)
    raise source.refuse(f"the character {piece!r} has no meaning in a formula", start)


def _end_of_braces(source: Source, at: int) -> int:
    """Just behind the brace that closes the one before ``at``."""
    depth, start = 1, at
    for place in range(at, len(source.text)):
        character = source.text[place]
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place + 1
    raise source.refuse("a brace { is never closed", start - 1, "add the missing }")
