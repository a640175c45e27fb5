r"""A display block as rows: environments taken off, ``\\`` and ``&`` minded, rows under one bracket joined."""

from __future__ import annotations

from dataclasses import dataclass

from derive.reading.braced_systems import without_brace
from derive.reading.errors import Unreadable
from derive.reading.tokens import Source, Token, tokens

DISPLAYS = (
    "aligned",
    "align",
    "split",
    "gathered",
    "gather",
    "eqnarray",
    "equation",
    "alignat",
    "alignedat",
    "multline",
    "displaymath",
    "array",
    "flalign",
    "dcases*",
)
WITH_COLUMNS = ("array", "alignat", "alignedat")
BESIDE = "&&"
"""The gap before a column of its own."""
LONGEST_BRACKET = 12
END_OF_CASES = len(r"\end") + len("{cases}.")
"""At most so many tokens stand from the end of the cases to the end of the display."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One row: its tokens, and whether it begins behind an ``&``."""

    tokens: tuple[Token, ...]
    aligned: bool


def rows(source: Source) -> list[TokenRow]:
    """The rows of a display, empty ones left out.

    Raises:
        Unreadable: the text cannot be taken apart into tokens.
    """
    kept = _without_environments(source, without_brace(tokens(source)))
    made: list[list[Token]] = [[]]
    depth = 0
    for token in kept:
        if token.kind == "row" and depth == 0:
            made.append([])
            continue
        depth += (token.text in ("{", r"\begin")) - (token.text in ("}", r"\end"))
        depth = max(depth, 0)
        made[-1].append(token)
    joined = _joined([row for row in made if any(t.kind != "gap" and t.text != "&" for t in row)])
    return [TokenRow(_plain(row), _is_aligned(row)) for row in joined]


def _without_environments(source: Source, found: list[Token]) -> list[Token]:
    """Without the ``\\begin`` and ``\\end`` of displays; the other environments stay."""
    kept: list[Token] = []
    open_displays: list[bool] = []
    place, depth = 0, 0
    while place < len(found):
        token = found[place]
        if token.text not in (r"\begin", r"\end") or token.kind != "command":
            depth += (token.kind == "open") - (token.kind == "close")
            kept.append(token)
            place += 1
            continue
        end = _group_end(found, place + 1)
        name = "".join(t.text for t in found[place + 2 : end]).rstrip("*")
        if token.text == r"\begin":
            display = name in DISPLAYS or _is_system(found, place, end, name)
            display = display and depth <= 0 and open_displays[-1:] != [False]
            open_displays.append(display)
            if display and name in WITH_COLUMNS and end + 1 < len(found) and found[end + 1].text == "{":
                end = _group_end(found, end + 1)
            elif display and end + 1 < len(found) and found[end + 1].text == "[":
                end += 3
        else:
            if not open_displays and name in DISPLAYS:
                raise source.refuse(rf"\end{{{name}}} ends nothing", token.at)
            display = open_displays.pop() if open_displays else False
        if not display:
            kept.extend(found[place : end + 1])
        elif kept and kept[-1].kind != "row":
            # What stands outside the environment is a row of its own.
            kept.append(Token("row", "\\\\", token.at))
        place = end + 1
    if any(open_displays):
        raise source.refuse(r"a \begin has no \end", found[0].at)
    return kept


def _is_system(found: list[Token], place: int, end: int, name: str) -> bool:
    """Is the whole display a brace before equations, which are no cases: without ``&`` and words?"""
    inner = [t for t in found[end + 1 :] if t.kind != "gap"]
    if name != "cases" or any(t.kind != "gap" for t in found[:place]):
        return False
    ended = next((k for k, t in enumerate(inner) if t.text == r"\end"), len(inner))
    rows_of: list[list[Token]] = [[]]
    for token in inner[:ended]:
        if token.kind == "row":
            rows_of.append([])
        else:
            rows_of[-1].append(token)
    if any(t.text == "&" or t.kind == "text" for row in rows_of for t in row):
        return False
    return all(any(t.text == "=" for t in row) for row in rows_of if row) and len(inner) - ended <= END_OF_CASES


def _group_end(found: list[Token], place: int) -> int:
    """The place of the brace that closes the group at ``place``."""
    depth = 0
    for at in range(place, len(found)):
        depth += (found[at].text == "{") - (found[at].text == "}")
        if depth == 0:
            return at
    return len(found) - 1


def _balance(row: list[Token]) -> int:
    return sum((t.kind == "open") - (t.kind == "close") for t in row)


def _joined(found: list[list[Token]]) -> list[list[Token]]:
    """Rows under one bracket are one row."""
    made: list[list[Token]] = []
    place = 0
    while place < len(found):
        row, balance, taken = found[place], _balance(found[place]), 1
        if balance > 0:
            for more in range(1, LONGEST_BRACKET):
                if place + more >= len(found):
                    break
                balance += _balance(found[place + more])
                if balance <= 0:
                    taken = more + 1
                    break
        made.append([t for one in found[place : place + taken] for t in one])
        place += taken
        del row
    return made


def _is_aligned(row: list[Token]) -> bool:
    first = next((t for t in row if t.kind != "gap"), None)
    return first is not None and first.text == "&" and first.kind == "mark"


def _plain(row: list[Token]) -> tuple[Token, ...]:
    """Without ``&`` outside inner environments; a double ``&&`` is a wide gap."""
    made: list[Token] = []
    depth = 0
    for place, token in enumerate(row):
        depth += (token.text == r"\begin") - (token.text == r"\end")
        if token.kind == "mark" and token.text == "&" and depth == 0:
            double = place + 1 < len(row) and row[place + 1].text == "&"
            made.append(Token("gap", BESIDE if double else "&", token.at))
        else:
            made.append(token)
    return tuple(made)


__all__ = ["TokenRow", "Unreadable", "rows"]
