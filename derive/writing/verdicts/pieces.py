"""Sides, values and lines of a document as they are shown."""

from __future__ import annotations

import re

from derive.core.phrase import Phrase
from derive.documents.report import Block, Entry, FileReport, Row, Shown
from derive.writing.verdicts.said import (
    value_of,
)
from derive.writing.verdicts.settable import settable
from derive.writing.verdicts.view import Excerpt, Formula
from derive.writing.verdicts.voice import Pen, Written
from derive.writing.words import harmless

LONGEST_LEFT = 26
SHORT_LEFT = 12
ROOM = 70
WIDEST = 100


def number(text: str, pen: Pen) -> Phrase | Written:
    """A value as it stands in a sentence."""
    found = value_of(text)
    if isinstance(found, Phrase):
        return found
    return Written(pen.inline(re.sub(r"e([-+]?)0*(\d+)", lambda e: rf" \cdot 10^{{{e[1].strip('+')}{e[2]}}}", text)))


def rows_of(report: FileReport) -> list[Row]:
    """All relations that are shown."""
    return [row for part in report.outline if isinstance(part, Block) for chain in part.chains for row in chain.rows]


def formula(text: str) -> Formula:
    """LaTeX where it can be set, else the source."""
    made = settable(text)
    return Formula(made) if made else Formula(source=" ".join(text.split()))


def signs(text: str) -> int:
    """About how many signs stand beside each other; scripts and fractions are narrower than that."""
    bare = re.sub(r"\\(?:left|right|[bB]igg?[lr]?|math[a-z]+|text[a-z]*|operatorname)(?![A-Za-z])|[{}^_&\s]", "", text)
    return len(re.sub(r"\\[A-Za-z]+", "x", bare))


def crowded(chain: Shown) -> bool:
    """Is the first side too long to stand on the left of the others?"""
    left = signs(chain.start)
    return left > LONGEST_LEFT or (
        left > SHORT_LEFT and left + max((signs(r.latex) for r in chain.rows), default=0) > ROOM
    )


def excerpt(entry: Entry) -> Excerpt:
    """The line of the document that cannot be read, cut at the place."""
    trouble = entry.trouble
    source, column = (trouble.source, trouble.column) if trouble else (entry.source, entry.column)
    at = max(0, min(column - 1, len(source)))
    before, here, after = (
        harmless(part.replace("\t", " ")) for part in (source[:at], source[at : at + 1], source[at + 1 :])
    )
    return Excerpt(
        f"…{before[-WIDEST // 2 :]}" if len(before) > WIDEST else before.lstrip(), here, after[:WIDEST].rstrip()
    )


def spoken(reason: str) -> str:
    """A reason as a sentence."""
    return reason if reason.endswith((".", "?", "!")) else f"{reason}."
