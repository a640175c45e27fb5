"""What every verb returns."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from derive.core.derivation import Chain, Step
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.pages.blocks import Heading, Page
from derive.writing.formats.look import PLAIN, Look
from derive.writing.templates import languages
from derive.writing.voice import Voice
from derive.writing.words import words_of


class Result(ABC):
    """A judged argument: a page in every format, and an object for scripts.

    In a notebook it shows itself as Markdown.
    """

    __slots__ = ()

    notation: Notation

    source: str
    """The Python expression that gives this result again; empty where there is none."""

    @property
    @abstractmethod
    def name(self) -> str:
        """A short name for files, such as ``mle-normal``."""

    @abstractmethod
    def page(self) -> Page:
        """The argument as blocks, free of language and markup."""

    @abstractmethod
    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """The object that ``--format json`` prints."""

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of judged steps."""
        return ()

    @property
    def formulas(self) -> tuple[Side, ...]:
        """What the argument comes to, as an index shows it."""
        chains = self.chains
        return (chains[-1].end,) if chains else ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All judged steps, chain after chain."""
        return tuple(step for chain in self.chains for step in chain.steps)

    def figure(self, ending: str, language: str = "en", look: Look = PLAIN) -> tuple[Phrase, bytes]:
        """What is to be seen, and the picture as ``svg``, ``png`` or ``pdf``.

        Raises:
            InputError: there is no figure of this; matplotlib is not installed.
        """
        voice = Voice(self.notation, language, words_of(language, look.templates))
        return self.draw(voice, ending)

    def draw(self, voice: Voice, ending: str) -> tuple[Phrase, bytes]:
        """The figure in one language; each verb that has one draws it."""
        raise InputError("there is no figure of this result", "leave --plot out")

    def code(self) -> tuple[str, ...]:
        """Cells of Python that derive this again and check it; none where it has no source."""
        if not self.source:
            return ()
        return (f"import derive\n\nresult = {self.source}\n{PROVED}",)

    def text(self, format: str = "md", language: str = "en", detail: str = "brief", look: Look = PLAIN) -> str:
        """The argument in a format (``text``, ``md``, ``tex``, ``html``, ``ipynb`` or ``json``).

        Args:
            language: ``en`` or ``zh``, or any that has a file of words.
            detail: ``brief`` or ``full``.
            look: what a format may be told besides: front matter, a figure, templates …

        Raises:
            InputError: an unknown format, language or detail.
        """
        from derive.writing.formats import write

        if language not in languages(look.templates):
            known = ", ".join(languages(look.templates))
            raise InputError(f"there are no words for the language {language!r}", known)
        if detail not in ("brief", "full"):
            raise InputError(f"no detail is called {detail!r}", "brief or full")
        fine = cast(Literal["brief", "full"], detail)
        if format == "json":
            voice = Voice(self.notation, language, words_of(language, look.templates))
            return json.dumps(self.structure(voice, fine), ensure_ascii=False, indent=2) + "\n"
        page = self.page()
        if look.picture is not None:
            page = replace(page, blocks=(*page.blocks, Heading(Phrase("figure_heading")), look.picture))
        return write(page, format, language, fine, replace(look, code=look.code or self.code()))

    def content(self, format: str = "md", language: str = "en", detail: str = "brief", look: Look = PLAIN) -> bytes:
        """The bytes of a file: those of the text, or of a ``pdf``.

        Raises:
            InputError: as for a text; no TeX engine is installed.
        """
        from derive.writing.formats.pdf import compiled

        if format != "pdf":
            return self.text(format, language, detail, look).encode()
        files = {look.picture.file: look.picture.content} if look.picture else {}
        return compiled(self.text("tex", language, detail, look), language, files)

    def _repr_markdown_(self) -> str:
        return self.text("md")


PROVED = 'assert all(step.verdict.outcome in ("proved", "tested") for step in result.steps)\nresult'


def slug(name: str) -> str:
    """Lower letters, digits and hyphens: a name that is safe for a file.

    >>> slug("../mle Normal(0, 1)")
    'mle-normal-0-1'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "page"


LONGEST = 1000
"""The longest list of numbers that is written out in a call."""


def source_of(verb: str, arguments: Sequence[Any], options: Mapping[str, Any]) -> str:
    """The call that gives a result again; empty where an argument is no text, number or list of them.

    >>> source_of("mle", ["normal"], {"known": ("mu",), "data": None})
    "derive.mle('normal', known=('mu',))"
    """
    given = [*arguments, *options.values()]
    if not all(_is_plain(value) for value in given):
        return ""
    written = [repr(value) for value in arguments]
    written += [f"{key}={value!r}" for key, value in options.items() if value not in (None, (), "", False)]
    return f"derive.{verb}({', '.join(written)})"


def _is_plain(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return len(value) <= LONGEST and all(map(_is_plain, value))
    return value is None or type(value) in (str, int, float, bool)
