"""The sentences about an entry."""

from __future__ import annotations

from derive.checking.witnesses import NOT_NEGATIVE, UNDEFINED
from derive.core.claim import Outcome, Witness
from derive.core.errors import DeriveError
from derive.core.phrase import Phrase
from derive.documents.report import Entry
from derive.writing.latex import latex
from derive.writing.words import Show, say

MARKS = {
    Outcome.PROVED: "✓",
    Outcome.TESTED: "†",
    Outcome.REFUTED: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.UNREAD: "–",
}
"""As on the pages of derivations, where a line that was only tested has a dagger too."""

DECIDED = (Outcome.PROVED, Outcome.TESTED)

DOUBTS = {
    "aim": "doubt_aim",
    "density": "doubt_density",
    "quadrature": "doubt_quadrature",
    "rounding": "doubt_rounding",
    "budget": "doubt_budget",
    "context": "doubt_context",
    "function": "doubt_function",
    "implicit": "doubt_implicit",
    "kinds": "doubt_kinds",
    "law": "doubt_law",
    "letter": "doubt_letter",
    "no_point": "doubt_no_point",
    "no_root": "doubt_no_root",
    "numbers": "doubt_no_point",
    "shapes": "doubt_shapes",
    "size": "doubt_size",
    "time": "doubt_time",
    UNDEFINED: "doubt_no_point",
    "unknowns": "doubt_unknowns",
    "unread_before": "doubt_unread_before",
}
"""Why something is open, by the judge's short name for it."""


def because(entry: Entry) -> Phrase:
    """What decided, or why nothing did."""
    reason = entry.because.slots.get("reason")
    if entry.because.key == "check_unknown" and reason in DOUBTS:
        return Phrase("check_open", {"reason": Phrase(DOUBTS[reason])})
    return entry.because


def sentences(entry: Entry, language: str, show: Show) -> list[str]:
    """What decided, what would be right, and the remarks."""
    said = [say(because(entry), language, show)]
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


def told(witness: Witness) -> list[tuple[str, str]]:
    """The letters and their values, those without any left out."""
    return [(letter.strip(), value) for letter, value in witness.point if value != "()"]


def point_phrase(witness: Witness, dollars: bool) -> str:
    """μ = 1, x = (0, 3)"""
    bar = "$" if dollars else ""
    return ", ".join(f"{bar}{letter} = {value}{bar}" for letter, value in told(witness))


def value_of(text: str) -> str | Phrase:
    """A side's value at a point, where it has one."""
    if text == NOT_NEGATIVE:
        return Phrase("value_not_negative")
    return Phrase("value_undefined") if text == UNDEFINED else text


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
NOTES = {
    Outcome.PROVED: Phrase("proved_note"),
    Outcome.TESTED: Phrase("tested_note"),
    Outcome.REFUTED: Phrase("refuted_note"),
    Outcome.UNKNOWN: Phrase("unknown_note"),
    Outcome.UNREAD: Phrase("unread_note"),
}
