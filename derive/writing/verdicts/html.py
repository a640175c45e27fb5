"""A report as a page: the document's text with a mark at each relation."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from derive.core.claim import Outcome
from derive.core.phrase import Phrase
from derive.documents.report import Entry, FileReport, counted
from derive.writing.latex import latex
from derive.writing.verdicts.said import MARKS, point_phrase, sentences, suggested, verdict_word
from derive.writing.verdicts.text import comment
from derive.writing.words import say

STYLE = """body{font:16px/1.5 serif;max-width:60em;margin:2em auto;padding:0 1em}
section.proved,section.tested{border-left:4px solid #2a2}section.refuted{border-left:4px solid #c22}
section.unknown,section.unread{border-left:4px solid #ca2}section{padding-left:1em;margin:1em 0}
.mark{font:bold 90% sans-serif}pre{overflow-x:auto}"""
SCRIPT = '<script async src="https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-chtml.js"></script>'


def write(reports: Sequence[FileReport], language: str) -> str:
    """One page for all files; the mathematics is set by MathJax where it can be had."""
    made = [
        "<!doctype html>",
        f'<html lang="{language}"><head><meta charset="utf-8"><title>derive check</title>',
        f"<style>{STYLE}</style>",
        '<script>MathJax={tex:{inlineMath:[["\\\\(","\\\\)"]]}}</script>',
        f"{SCRIPT}</head><body>",
    ]
    for report in reports:
        made.append(f"<h2>{escape(report.name)}</h2>")
        made += [section(entry, language) for entry in report.entries]
        if report.missing:
            lines = "\n".join(comment(m.given, report.latex) for m in report.missing)
            made.append(f"<p>{escape(say(Phrase('check_missing', {'file': report.name}), language, str))}</p>")
            made.append(f"<pre>{escape(lines)}</pre>")
    counts = counted(reports)
    words = ", ".join(f"{counts[o.value]} {verdict_word(o, language)}" for o in Outcome if counts[o.value])
    return "\n".join([*made, f"<p>{escape(words)}</p>", "</body></html>"]) + "\n"


def section(entry: Entry, language: str) -> str:
    """One relation."""

    def show(side: Any) -> str:
        return f"\\({latex(side)}\\)"

    head = f"{entry.line}:{entry.column} {MARKS[entry.verdict]} {verdict_word(entry.verdict, language)}"
    said = [escape(sentence).replace("\n", "<br>") for sentence in sentences(entry, language, show)]
    if entry.witness is not None:
        slots = {"point": point_phrase(entry.witness, False), "left": entry.witness.left, "right": entry.witness.right}
        said.append(escape(say(Phrase("check_witness", slots), language, show)))
    if (suggestion := suggested(entry)) is not None:
        said.append(escape(say(Phrase("check_suggestion", {"suggestion": f"\\({suggestion}\\)"}), language, show)))
    return (
        f'<section class="{entry.verdict.value}"><span class="mark">{escape(head)}</span>'
        f"<div>\\[{escape(entry.latex)}\\]</div><p>{'<br>'.join(said)}</p></section>"
    )
