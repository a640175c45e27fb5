"""The sentences about an entry."""

from __future__ import annotations

from derive.core.claim import Outcome, Witness
from derive.core.errors import DeriveError
from derive.core.phrase import Phrase
from derive.documents.report import Entry
from derive.writing.latex import latex
from derive.writing.words import Show, say

MARKS = {
    Outcome.PROVED: "✓",
    Outcome.TESTED: "✓",
    Outcome.REFUTED: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.UNREAD: "?",
}


def sentences(entry: Entry, language: str, show: Show) -> list[str]:
    """What decided, what would be right, and the remarks."""
    said = [say(entry.because, language, show)]
    said += [say(remark, language, show) for remark in entry.remarks]
    return [sentence for sentence in said if sentence]


def suggested(entry: Entry) -> str | None:
    """The suggestion as LaTeX."""
    if entry.suggestion is None:
        return None
    try:
        return latex(entry.suggestion)
    except DeriveError:
        # A node that the printer does not know is not worth losing the report.
        return None


def values(witness: Witness) -> dict[str, str | list[str]]:
    """The witness's letters with their numbers; data as lists."""
    return {
        letter: [v.strip() for v in value[1:-1].split(",")] if value.startswith("(") else value
        for letter, value in witness.point
    }


def point_phrase(witness: Witness, dollars: bool) -> str:
    """μ = 1, x = (0, 3)"""
    bar = "$" if dollars else ""
    return ", ".join(f"{bar}{letter} = {value}{bar}" for letter, value in witness.point)


def verdict_word(outcome: Outcome, language: str) -> str:
    """The verdict's name."""
    return say(WORDS[outcome], language, lambda side: "")


WORDS = {
    Outcome.PROVED: Phrase("verdict_proved"),
    Outcome.TESTED: Phrase("verdict_tested"),
    Outcome.REFUTED: Phrase("verdict_refuted"),
    Outcome.UNKNOWN: Phrase("verdict_unknown"),
    Outcome.UNREAD: Phrase("verdict_unread"),
}
