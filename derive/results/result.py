"""What every verb returns."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any, Literal, cast

from derive.core.derivation import Chain, Step
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.pages.blocks import Page
from derive.writing.formats.look import PLAIN, Look
from derive.writing.templates import languages
from derive.writing.voice import Voice


class Result(ABC):
    """A judged argument: a page in every format, and an object for scripts.

    In a notebook it shows itself as Markdown.
    """

    __slots__ = ()

    notation: Notation

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
    def steps(self) -> tuple[Step, ...]:
        """All judged steps, chain after chain."""
        return tuple(step for chain in self.chains for step in chain.steps)

    def text(self, format: str = "md", language: str = "en", detail: str = "brief", look: Look = PLAIN) -> str:
        """The argument in a format (``text``, ``md``, ``tex``, ``json`` …), a language and a detail.

        Args:
            look: what a format may be told besides: front matter, templates …

        Raises:
            InputError: an unknown format, language or detail.
        """
        from derive.writing.formats import write
        from derive.writing.words import words_of

        if language not in languages(look.templates):
            known = ", ".join(languages(look.templates))
            raise InputError(f"there are no words for the language {language!r}", known)
        if detail not in ("brief", "full"):
            raise InputError(f"no detail is called {detail!r}", "brief or full")
        fine = cast(Literal["brief", "full"], detail)
        if format == "json":
            voice = Voice(self.notation, language, words_of(language, look.templates))
            return json.dumps(self.structure(voice, fine), ensure_ascii=False, indent=2) + "\n"
        return write(self.page(), format, language, fine, look)

    def _repr_markdown_(self) -> str:
        return self.text("md")
