"""The JSON of `derive check`, as scripts rely on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from derive.documents.report import Entry, FileReport, counted
from derive.writing.formats.look import PLAIN, Look
from derive.writing.latex import latex
from derive.writing.verdicts.said import sentences, suggested, values
from derive.writing.words import say


def write(reports: Sequence[FileReport], language: str, look: Look = PLAIN) -> str:
    """One object: the files with their lines, and the counts."""
    made = {
        "command": "check",
        "files": [
            {
                "file": report.name,
                "lines": [line_of(entry, language) for entry in report.entries],
                "missing": [{"letter": m.letter, "line": m.line, "given": m.given} for m in report.missing],
            }
            for report in reports
        ],
        "counts": counted(reports),
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def line_of(entry: Entry, language: str) -> dict[str, Any]:
    """One relation."""

    def show(side: Any) -> str:
        return f"${latex(side)}$"

    witness = entry.witness
    return {
        "line": entry.line,
        "column": entry.column,
        "relation": entry.relation,
        "latex": entry.latex,
        "verdict": entry.verdict.value,
        "because": sentences(entry, language, show)[0],
        "witness": None if witness is None else values(witness),
        "left": None if witness is None else witness.left,
        "right": None if witness is None else witness.right,
        "suggestion": suggested(entry),
        "remarks": [say(remark, language, show) for remark in entry.remarks],
    }
