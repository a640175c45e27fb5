"""A report for the terminal: place, line, caret, witness, suggestion."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from derive.core.claim import Outcome
from derive.core.errors import DeriveError
from derive.core.phrase import Phrase
from derive.documents.report import Entry, FileReport, Trouble, counted
from derive.writing.formats.columns import width
from derive.writing.plain import plain_inline
from derive.writing.verdicts.said import DECIDED, MARKS, because, suggested, told, value_of, verdict_word
from derive.writing.verdicts.voice import Voice, Written
from derive.writing.words import harmless

COLOURS = {
    Outcome.PROVED: "\x1b[32m",
    Outcome.TESTED: "\x1b[36m",
    Outcome.REFUTED: "\x1b[1;31m",
    Outcome.UNKNOWN: "\x1b[33m",
    Outcome.UNREAD: "\x1b[35m",
}
PLAIN = "\x1b[0m"
WIDEST = 110
TOLD_OF_WHAT_HOLDS = ("remark_repairs", "remark_inherits")
"""Remarks on a line that holds which a reader in a hurry must see too."""


class BarePen:
    """Writes LaTeX as it is: it is to be compared with the document, or pasted there."""

    def words(self, text: str) -> str:
        return text

    def inline(self, latex: str) -> str:
        return latex

    def code(self, text: str) -> str:
        return text

    def line(self, number: int, address: str) -> str:
        return str(number)


def write(reports: Sequence[FileReport], language: str, colours: bool = False, verbose: bool = False) -> str:
    """All files, then the counts.

    Args:
        verbose: list what holds too; otherwise it is only counted.
    """
    writer = _Writer(language, colours, verbose)
    made = [line for report in reports for line in writer.file(report)]
    counts = counted(reports)
    words = [f"{counts[o.value]} {writer.painted(verdict_word(o, language), o)}" for o in Outcome if counts[o.value]]
    made.append(", ".join(words) if words else writer.voice.say(Phrase("check_nothing")))
    return "\n".join(made) + "\n"


class _Writer:
    """One report."""

    def __init__(self, language: str, colours: bool, verbose: bool) -> None:
        self.language, self.colours, self.verbose = language, colours, verbose
        self.voice = Voice(language, BarePen())

    def file(self, report: FileReport) -> list[str]:
        """The entries of a file, and the letters whose meaning is missing."""
        made: list[str] = []
        last: Trouble | None = None
        for entry in report.entries:
            if entry.trouble is not None and entry.trouble == last and not self.verbose:
                continue
            last = entry.trouble
            made += self.entry(report, entry)
        if report.missing:
            made.append(self.voice.say(Phrase("check_missing", {"file": report.name})))
            made += [f"    {harmless(comment(m.given, report.latex))}" for m in report.missing]
        return made

    def entry(self, report: FileReport, entry: Entry) -> list[str]:
        """One line for what holds; the text with a caret for what does not."""
        verdict = self.painted(f"{MARKS[entry.verdict]} {verdict_word(entry.verdict, self.language)}", entry.verdict)
        line, column = (
            (entry.line, entry.column) if entry.trouble is None else (entry.trouble.line, entry.trouble.column)
        )
        place = f"{harmless(report.name)}:{line}:{column}: {verdict}"
        if entry.verdict in DECIDED:
            if not self.verbose and not any(r.key in TOLD_OF_WHAT_HOLDS for r in entry.remarks):
                return []
            return [place, *(f"    {self.voice.say(remark)}" for remark in entry.remarks)]
        said = [self.voice.say(remark) for remark in entry.remarks]
        if entry.trouble is None:
            said.insert(0, self.voice.say(because(entry)))
        else:
            said.insert(0, harmless(entry.trouble.reason))
            if entry.trouble.hint:
                said.insert(1, self.voice.say(Phrase("report_hint", {"words": entry.trouble.hint})))
        if entry.witness is not None:
            point = ", ".join(f"{letter_of(letter)} = {value}" for letter, value in told(entry.witness))
            left, right = value_of(entry.witness.left), value_of(entry.witness.right)
            said.append(
                self.voice.say(
                    Phrase("check_witness", {"point": Written(point), "left": plain(left), "right": plain(right)})
                )
            )
        suggestion = suggested(entry)
        if suggestion is not None:
            said.append(self.voice.say(Phrase("check_suggestion", {"suggestion": Written(suggestion)})))
        return [place, *self.pointed(entry), *(f"    {sentence}" for sentence in said if sentence)]

    def pointed(self, entry: Entry) -> list[str]:
        """The source line with a caret under the place."""
        found = entry.trouble
        source, column = (entry.source, entry.column) if found is None else (found.source, found.column)
        text, at = source.replace("\t", " "), min(column - 1, len(source))
        if at > WIDEST - 20:
            cut = at - WIDEST // 2
            text, at = "…" + text[cut:], at - cut + 1
        text = text[:WIDEST] + "…" * (len(text) > WIDEST)
        caret = self.painted("^", entry.verdict)
        return [f"  | {harmless(text)}", f"  | {' ' * width(harmless(text[:at]))}{caret}"]

    def painted(self, text: str, outcome: Outcome) -> str:
        return f"{COLOURS[outcome]}{text}{PLAIN}" if self.colours else text


def plain(value: str | Phrase) -> Phrase | Written:
    """A value as it is."""
    return value if isinstance(value, Phrase) else Written(value)


def letter_of(name: str) -> str:
    r"""A letter in one line of a terminal: ``\\sigma^2`` is σ²."""
    try:
        return plain_inline(sp.Symbol(name))
    except DeriveError:
        # A name that somebody made up is shown as it was written.
        return harmless(name)


def comment(given: str, latex: bool) -> str:
    """A context line as the document would hold it."""
    return f"% given: {given}" if latex else f"<!-- given: {given} -->"
