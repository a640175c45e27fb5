"""Markdown: numbered sentences, each above its display; spelled so that no Markdown engine mangles it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.rows import Room, aligned, rows_of, side_rows
from derive.writing.formats.view import Detail, PageView, Scribe
from derive.writing.formats.widths import printed_width
from derive.writing.latex import latex
from derive.writing.layout import layout

ROOM = Room(line=46.0, left=20.0, inline=30.0)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a site's Markdown engine takes for mathematics inside a line.

    Args:
        opening, closing: around inline mathematics.
    """

    opening: str
    closing: str


DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        "": Dialect("$", "$"),
        # kramdown knows two dollars only, inside a line too, and hands them on as \( \).
        "jekyll": Dialect("$$", "$$"),
        # Goldmark reads the doubled backslash as one, and MathJax and KaTeX know \( \) unasked.
        "hugo": Dialect(r"\\(", r"\\)"),
    }
)


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as Markdown with mathematics in dollars, with front matter where a site is named."""
    return laid(view(page, language, detail, look), language, look)


def view(page: Page, language: str, detail: Detail, look: Look) -> PageView:
    """The page's words and formulas, in one dialect."""
    if look.front_matter not in DIALECTS:
        raise InputError(f"no site is called {look.front_matter!r}", ", ".join(filter(None, DIALECTS)))
    pen = MarkdownPen(page.notation, DIALECTS[look.front_matter])
    return Scribe(pen, page.notation, language, detail, look.templates).page(page)


def laid(view: PageView, language: str, look: Look) -> str:
    """What has been viewed, laid out."""

    def shielded(listing: str) -> str:
        # Site generators look for their own braces even in a listing.
        return re.sub(r"\{(?=[{%#])", "{ ", listing) if look.front_matter else listing

    return lay_out("md", view, language, look, shielded=shielded, words_only=escaped)


class MarkdownPen:
    """Writes mathematics in the spellings that Markdown readers leave alone."""

    def __init__(self, notation: Notation, dialect: Dialect = DIALECTS[""]) -> None:
        self._notation = notation
        self._dialect = dialect

    def lettered(self, notation: Notation) -> MarkdownPen:
        return MarkdownPen(notation, self._dialect)

    def inline(self, side: Side) -> str:
        return f"{self._dialect.opening}{kept(latex(side, self._notation))}{self._dialect.closing}"

    def apart(self, side: Side, after: str) -> str | None:
        if printed_width(layout(side, self._notation)) <= ROOM.inline:
            return None
        after = after if after.isascii() else rf"\text{{{after}}}"
        return f"\n\n$$\n{display(aligned(side_rows(side, self._notation, ROOM.line, after)))}\n$$\n\n"

    def link(self, text: str, address: str) -> str:
        return f"[{text}]({quote(address)})"

    def words(self, text: str) -> str:
        return escaped(text)

    def formula(self, side: Side) -> str:
        return display(aligned(side_rows(side, self._notation, ROOM.line)))

    def displays(self, lines: Sequence[Line]) -> list[str]:
        return [display(aligned(rows)) for rows in rows_of(lines, self._notation, ROOM, together=False)]


_SPECIAL = re.compile(r"[\\`*_\[\]<>#|$]")
# kramdown cannot escape these with a backslash, and Liquid looks for braces even there.
_ENTITIES = {"&": "&amp;", "~": "&#126;", "{": "&#123;", "}": "&#125;"}
_ENTITY = re.compile("[&~{}]")
_LIST_LIKE = re.compile(r"^(\s*\d*)([-+=:]|(?<=\d)[.)])")


def escaped(text: str) -> str:
    r"""Plain words in which no Markdown engine, nor Liquid, finds anything of its own.

    >>> print(escaped("a_b {{ x }} <script>"))
    a\_b &#123;&#123; x &#125;&#125; \<script\>
    """
    text = _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)
    text = re.sub(r"&(#?\w+;)|" + _SPECIAL.pattern, lambda found: found[0] if found[1] else "\\" + found[0], text)
    return _LIST_LIKE.sub(r"\1\\\2", text)


# \{ and \, are escaped characters to Markdown, | is the side of a cell, < may begin a tag, ' may be curled.
_SPELLING = {
    r"\{": r"\lbrace ",
    r"\}": r"\rbrace ",
    r"\|": r"\Vert ",
    r"\,": r"\thinspace ",
    r"\:": r"\thinspace ",
    r"\;": r"\enspace ",
    r"\!": r"\negthinspace ",
    r"\ ": r"\space ",
    r"\\": r"\cr",
    "~": r"\space ",
    "|": r"\vert ",
    "<": r"\lt ",
    ">": r"\gt ",
    "*": r"\ast ",
}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|'+|.", re.DOTALL)


def kept(printed: str) -> str:
    r"""The same LaTeX without what Markdown, Liquid or a shortcode reads as its own.

    >>> print(kept(r"x \in \{0, 1\}"), "|")
    x \in \lbrace 0, 1\rbrace  |
    >>> print(kept(r"f''(x)"))
    f^{\prime\prime}(x)
    >>> print(kept(r"\hat{\mu}_1 < 0"))
    \hat{\mu} _ 1 \lt 0
    """
    tokens = [
        "^{" + r"\prime" * len(token) + "}" if token.startswith("'") else _SPELLING.get(token, token)
        for token in _TOKEN.findall(printed)
    ]
    text = "".join(tokens)
    # An underscore after a bracket could open an emphasis; between blanks it cannot.
    text = re.sub(r"(?<=[^\w\s])_", " _ ", text)
    # Liquid and Hugo's shortcodes begin with two braces.
    return re.sub(r"\{(?=[{%])", "{ ", re.sub(" {2,}", " ", text))


def display(latex: str) -> str:
    """The same for a display of several lines: no line begins as a list, a heading or a quotation does."""
    return re.sub(r"^(?=[-+=#>]|\d+[.)])", "{}", kept(latex), flags=re.MULTILINE)
