"""What a report says of a link, of a line of context that cannot be understood, and of a formula without an end."""

from __future__ import annotations

from derive.core.claim import Outcome
from derive.core.errors import InputError
from derive.core.phrase import Phrase
from derive.documents.course import Finding
from derive.documents.report import Entry, Trouble
from derive.documents.source import Source
from derive.reading.errors import Unreadable

SLIPS = {
    "sign": "slip_sign",
    "factor": "slip_factor",
    "power": "slip_power",
    "size": "slip_size",
    "log": "slip_log",
    "swap": "slip_swap",
    "term": "slip_term",
    "bracket": "slip_bracket",
    "index": "slip_index",
    "transpose": "slip_transpose",
    "base": "slip_base",
}


def entry_of(finding: Finding, heard: tuple[Phrase, ...], source: Source) -> Entry:
    """The entry of a finding; ``heard`` is what the text said before it that is taken as context."""
    link, verdict = finding.link, finding.settled.verdict
    remarks = (*finding.remarks, *heard)
    slip = finding.settled.slip
    if slip is not None:
        remarks = (Phrase(SLIPS[slip.kind]), *remarks)
    return Entry(
        link.line,
        link.column,
        0,
        0,
        link.relation.latex,
        f"{finding.left.latex} {link.relation.latex} {finding.right.latex}".strip(),
        verdict.outcome,
        finding.settled.because,
        verdict.witness,
        None if slip is None else slip.made,
        remarks,
        source.line(link.line),
        trouble_of(link.line, link.column, finding.left.error or finding.right.error, source),
    )


def trouble_of(line: int, column: int, error: InputError | None, source: Source) -> Trouble | None:
    """Why it cannot be read, and where in the document."""
    if error is None:
        return None
    if isinstance(error, Unreadable) and error.line in range(1, len(source.starts) + 1):
        return Trouble(error.reason, error.hint, error.line, error.column, source.line(error.line))
    return Trouble(error.message, error.hint, line, column, source.line(line))


def unreadable(line: int, column: int, text: str, error: InputError | None, source: Source) -> Entry:
    """The entry of something that cannot be read; a formula without an end has no error of its own."""
    because = Phrase("check_no_end") if error is None else Phrase("check_unread", {"message": str(error)})
    written, trouble = source.line(line), trouble_of(line, column, error, source)
    return Entry(line, column, 0, 0, "", text, Outcome.UNREAD, because, source=written, trouble=trouble)


def at_place(error: InputError, line: int, column: int) -> InputError:
    """The error of a context line, which was read by itself, as one of the document."""
    return error.at(line, column + error.column - 1) if isinstance(error, Unreadable) else error
