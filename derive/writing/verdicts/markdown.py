"""A report in Markdown: the formulas with a mark at each relation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derive.core.claim import Outcome
from derive.core.phrase import Phrase
from derive.documents.report import Entry, FileReport, counted
from derive.writing.latex import latex
from derive.writing.verdicts.said import MARKS, point_phrase, sentences, suggested, verdict_word
from derive.writing.verdicts.text import comment
from derive.writing.words import say


def write(reports: Sequence[FileReport], language: str) -> str:
    """A section for each file, an item for each relation."""
    made: list[str] = []
    for report in reports:
        made += [f"## {report.name}", ""]
        made += [part for entry in report.entries for part in (*item(entry, language), "")]
        if report.missing:
            made += [say(Phrase("check_missing", {"file": report.name}), language, str), ""]
            made += [f"    {comment(m.given, report.latex)}" for m in report.missing] + [""]
    counts = counted(reports)
    made.append(", ".join(f"{counts[o.value]} {verdict_word(o, language)}" for o in Outcome if counts[o.value]))
    return "\n".join(made).rstrip("\n") + "\n"


def item(entry: Entry, language: str) -> list[str]:
    """The claim, its mark, and why."""
    made = [
        f"**{entry.line}** {MARKS[entry.verdict]} {verdict_word(entry.verdict, language)}",
        "",
        f"$$\n{entry.latex}\n$$",
    ]

    def show(side: Any) -> str:
        return f"${latex(side)}$"

    said = " ".join(" ".join(sentence.split()) for sentence in sentences(entry, language, show))
    if entry.verdict is Outcome.UNREAD:
        said = f"`{said}`"
    if entry.witness is not None:
        slots = {"point": point_phrase(entry.witness, True), "left": entry.witness.left, "right": entry.witness.right}
        said += " " + say(Phrase("check_witness", slots), language, show)
    if (suggestion := suggested(entry)) is not None:
        said += " " + say(Phrase("check_suggestion", {"suggestion": f"${suggestion}$"}), language, show)
    return [*made, "", said]
