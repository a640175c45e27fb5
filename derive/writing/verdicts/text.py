"""A report for the terminal: place, line, caret, witness, suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derive.core.claim import Outcome
from derive.core.phrase import Phrase
from derive.documents.report import Entry, FileReport, counted
from derive.writing.latex import latex
from derive.writing.verdicts.said import MARKS, point_phrase, sentences, suggested, verdict_word
from derive.writing.words import say

COLOURS = {
    Outcome.PROVED: "\x1b[32m",
    Outcome.TESTED: "\x1b[36m",
    Outcome.REFUTED: "\x1b[31m",
    Outcome.UNKNOWN: "\x1b[33m",
    Outcome.UNREAD: "\x1b[35m",
}
PLAIN = "\x1b[0m"
WIDEST = 110


def write(reports: Sequence[FileReport], language: str, colours: bool = False) -> str:
    """All files, then the counts."""
    made = [line for report in reports for line in file_lines(report, language, colours)]
    counts = counted(reports)
    words = [f"{counts[o.value]} {painted(verdict_word(o, language), o, colours)}" for o in Outcome if counts[o.value]]
    made.append(", ".join(words) if words else say(Phrase("check_nothing"), language, str))
    return "\n".join(made) + "\n"


def file_lines(report: FileReport, language: str, colours: bool) -> list[str]:
    """The entries of a file, and the letters whose meaning is missing."""
    made = [line for entry in report.entries for line in entry_lines(report, entry, language, colours)]
    if report.missing:
        made.append(say(Phrase("check_missing", {"file": report.name}), language, str))
        made += [f"    {comment(m.given, report.latex)}" for m in report.missing]
    return made


def comment(given: str, latex: bool) -> str:
    """A context line as the document would hold it."""
    return f"% given: {given}" if latex else f"<!-- given: {given} -->"


def entry_lines(report: FileReport, entry: Entry, language: str, colours: bool) -> list[str]:
    """One line for what holds; the text with a caret for what does not."""
    verdict = painted(f"{MARKS[entry.verdict]} {verdict_word(entry.verdict, language)}", entry.verdict, colours)
    place = f"{report.name}:{entry.line}:{entry.column}: {verdict}"

    def show(side: Any) -> str:
        return latex(side)

    if entry.verdict in (Outcome.PROVED, Outcome.TESTED):
        return [place, *(f"    {say(r, language, show)}" for r in entry.remarks)]
    made = [place, *(f"    {part}" for sentence in sentences(entry, language, show) for part in sentence.split("\n"))]
    made[1:1] = pointed(entry)
    if entry.witness is not None:
        slots = {
            "point": point_phrase(entry.witness, False),
            "left": entry.witness.left,
            "right": entry.witness.right,
        }
        made.append(f"    {say(Phrase('check_witness', slots), language, show)}")
    suggestion = suggested(entry)
    if suggestion is not None:
        made.append(f"    {say(Phrase('check_suggestion', {'suggestion': suggestion}), language, show)}")
    return made


def pointed(entry: Entry) -> list[str]:
    """The source line with a caret under the relation."""
    text, at = entry.source.replace("\t", " "), entry.column - 1
    if at > WIDEST - 20:
        cut = at - WIDEST // 2
        text, at = "…" + text[cut:], at - cut + 1
    return [f"  | {text[:WIDEST]}", f"  | {' ' * at}^"]


def painted(text: str, outcome: Outcome, colours: bool) -> str:
    return f"{COLOURS[outcome]}{text}{PLAIN}" if colours else text
