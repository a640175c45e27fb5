"""Where in a document the mathematics stands: displays, inline formulas and ``given`` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from derive.documents.source import Source
from derive.documents.standing import stands

Kind = Literal["display", "inline", "given", "broken", "heading"]
ENVIRONMENTS = (
    "equation|align|aligned|gather|multline|eqnarray|displaymath|math|alignat|flalign|split|gathered|dmath|subequations"
)
CODE = "verbatim|lstlisting|minted|comment|tikzpicture|Verbatim"
LONGEST_INLINE = 2_000
LONGEST_DISPLAY = 60_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of mathematics, or a line of context.

    Args:
        kind: ``broken`` for a display without an end.
        text: what stands between the delimiters.
        offset: where ``text`` begins in the source.
    """

    kind: Kind
    text: str
    offset: int


_MARKDOWN = re.compile(
    r"(?P<fence>^[ \t>]*(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=mark)[`~]*[ \t]*$|\Z))"
    r"|(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,2})(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<percent>^[ \t]*%[ \t]*given:[^\n]*)"
    r"|(?P<heading>^#{1,6} [^\n$]*)"
    r"|(?P<escaped>\\\$)"
    r"|(?P<display>\$\$)"
    r"|(?P<bracket>\\{1,2}\[)"
    r"|(?P<round>\\{1,2}\((?=[^\n]*\\\)))"
    rf"|(?P<begin>\\begin\{{(?P<env>(?:{ENVIRONMENTS})\*?)\}})"
    r"|(?P<dollar>\$)",
    re.MULTILINE | re.DOTALL,
)
_LATEX = re.compile(
    rf"(?P<fence>\\begin\{{(?P<verb>(?:{CODE})\*?)\}}.*?(?:\\end\{{(?P=verb)\}}|\Z))"
    r"|(?P<code>\\verb\*?(?P<bar>[^\w\s*])[^\n]*?(?P=bar))"
    r"|(?P<percent>(?<!\\)%[^\n]*)"
    r"|(?P<heading>\\(?:sub)*section\*?(?=\{)|\\chapter\*?(?=\{))"
    r"|(?P<escaped>\\\$)"
    r"|(?P<gap>\\\\(?:\[[^\]\n]*\])?)"
    r"|(?P<display>\$\$)"
    r"|(?P<bracket>\\\[)"
    r"|(?P<round>\\\()"
    rf"|(?P<begin>\\begin\{{(?P<env>(?:{ENVIRONMENTS})\*?)\}})"
    r"|(?P<dollar>\$)",
    re.MULTILINE | re.DOTALL,
)
_GIVEN = re.compile(r"\s*(?:<!--|%+)\s*given:[ \t]*(?P<what>.*?)\s*(?:-->|\Z)", re.DOTALL)
_FRONT = re.compile(r"\A(?P<mark>---|\+\+\+)[ \t]*\n.*?^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL)
_DOLLAR_END = re.compile(r"(?<!\\)\$")


def passages(source: Source) -> Iterator[Passage]:
    """All of them, in the order of the text; code, comments and front matter left out."""
    text = source.text
    pattern = _LATEX if source.latex else _MARKDOWN
    front = None if source.latex else _FRONT.match(text)
    at = front.end() if front else 0
    odd = not source.latex and text.count("$$") % 2 == 1
    while (found := pattern.search(text, at)) is not None:
        groups = found.groupdict()
        at = found.end()
        if groups.get("comment") or groups.get("percent"):
            yield from given_in(groups.get("comment") or groups["percent"] or "", found.start())
        elif groups.get("heading"):
            yield Passage("heading", groups["heading"] or "", found.start())
        elif groups.get("display"):
            quoted = text.rfind("\n", 0, at) + 1
            passage, at = closed(text, at, "$$", odd)
            yield without_marks(passage) if text[quoted : passage.offset].lstrip().startswith(">") else passage
        elif groups.get("bracket"):
            passage, at = closed(text, at, found.group().replace("[", "]"), False)
            yield passage
        elif groups.get("round"):
            passage, at = closed(text, at, found.group().replace("(", ")"), False)
            alone = stands(text, found.start(), at)
            yield replace(passage, kind="inline") if passage.kind == "display" and not alone else passage
        elif groups.get("begin"):
            passage, at = environment(text, found)
            yield passage
        elif groups.get("dollar"):
            inline = inline_at(text, at)
            if inline is not None:
                at = inline.offset + len(inline.text) + 1
                yield replace(inline, kind="display") if stands(text, found.start(), at) else inline


def given_in(comment: str, offset: int) -> Iterator[Passage]:
    """The context in a comment, if it holds any."""
    found = _GIVEN.match(comment)
    if found is not None:
        yield Passage("given", found["what"].strip(), offset + found.start("what"))


def closed(text: str, start: int, end: str, suspicious: bool) -> tuple[Passage, int]:
    """The display from here to its end, and where to go on.

    Args:
        suspicious: somewhere in the text an end is missing; a display with a blank line in it is then not believed.
    """
    stop = text.find(end, start, start + LONGEST_DISPLAY)
    if stop < 0 or (suspicious and "\n\n" in text[start:stop].strip()):
        stop = text.find("\n\n", start)
        stop = min(stop if stop >= 0 else len(text), start + LONGEST_INLINE)
        return Passage("broken", text[start:stop], start), stop
    return Passage("display", text[start:stop], start), stop + len(end)


def without_marks(passage: Passage) -> Passage:
    """A display in a quotation without the mark at each line; every character keeps its place."""
    plain = re.sub(r"(?<=\n)[ \t]*>(?:[ \t]*>)*", lambda found: " " * len(found.group()), passage.text)
    return replace(passage, text=plain)


def environment(text: str, found: re.Match[str]) -> tuple[Passage, int]:
    """A display that is an environment; the text keeps its ``\\begin`` and ``\\end``."""
    end = f"\\end{{{found['env']}}}"
    stop = text.find(end, found.end(), found.end() + LONGEST_DISPLAY)
    if stop < 0:
        stop = text.find("\n\n", found.end())
        stop = min(stop if stop >= 0 else len(text), found.end() + LONGEST_INLINE)
        return Passage("broken", text[found.start() : stop], found.start()), stop
    stop += len(end)
    return Passage("display", text[found.start() : stop], found.start()), stop


def inline_at(text: str, start: int) -> Passage | None:
    """An inline formula that begins here; ``None`` for a dollar that is only a dollar."""
    found = _DOLLAR_END.search(text, start, start + LONGEST_INLINE)
    if found is None or found.start() == start:
        return None
    body = text[start : found.start()]
    return None if "\n\n" in body else Passage("inline", body, start)
