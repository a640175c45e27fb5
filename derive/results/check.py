"""What `derive check` returns."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core.errors import InputError
from derive.documents.report import FileReport, counted
from derive.writing.formats.look import Look
from derive.writing.templates import languages
from derive.writing.verdicts import VERDICT_WRITERS, text


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdicts on some documents."""

    files: tuple[FileReport, ...]

    @property
    def refuted(self) -> bool:
        """Is there a wrong line?"""
        return any(report.refuted for report in self.files)

    @property
    def counts(self) -> dict[str, int]:
        """How many relations have each verdict."""
        return counted(self.files)

    def text(
        self, format: str = "md", language: str = "en", colours: bool = False, verbose: bool = False, katex: str = ""
    ) -> str:
        """The report as ``text``, ``md``, ``html`` or ``json``.

        Args:
            verbose: a text lists the lines that hold too, not only their number.
            katex: the address of the folder where an HTML page finds KaTeX, instead of the network's.

        Raises:
            InputError: an unknown format or language.
        """
        if language not in languages():
            raise InputError(f"there are no words for the language {language!r}", ", ".join(languages()))
        if format == "text":
            return text.write(self.files, language, colours, verbose)
        if format not in VERDICT_WRITERS:
            raise InputError(f"no format is called {format!r}", ", ".join(("text", *VERDICT_WRITERS)))
        return VERDICT_WRITERS[format](self.files, language, Look(katex=katex))

    def _repr_markdown_(self) -> str:
        return self.text("md")
