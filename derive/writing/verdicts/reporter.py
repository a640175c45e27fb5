"""From what was found in documents to the view of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from derive.core.claim import Outcome
from derive.core.phrase import Phrase
from derive.documents.report import Block, Entry, FileReport, Row, Shown, Title, counted
from derive.writing.verdicts.pieces import LONGEST_LEFT, crowded, excerpt, formula, number, rows_of, signs, spoken
from derive.writing.verdicts.said import (
    DECIDED,
    MARKS,
    NOTES,
    WORDS,
    because,
    suggested,
    told,
)
from derive.writing.verdicts.settable import settable
from derive.writing.verdicts.text import comment
from derive.writing.verdicts.view import CountView, FileView, Formula, PartView, ReportView, RowView
from derive.writing.verdicts.voice import Pen, Voice, Written
from derive.writing.words import harmless, words_of

MOST_LINES = 12
CONNECTIVES = (r"\implies", r"\iff", r"\Rightarrow", r"\Leftrightarrow")


@dataclass(slots=True)
class Reporter:
    """Writes the view of a report."""

    language: str
    pen: Pen
    bare: Pen
    voice: Voice = field(init=False)
    comma: str = field(init=False)
    told: set[str] = field(default_factory=set)
    seen: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.voice = Voice(self.language, self.pen)
        self.comma = words_of(self.language)["list_separator"]

    def report(self, reports: Sequence[FileReport]) -> ReportView:
        """The whole report."""
        files = tuple(self.file(one, k if len(reports) > 1 else 0) for k, one in enumerate(reports, start=1))
        rows = [row for file in files for part in file.parts for row in part.rows]
        used = {row.verdict for row in rows}
        notes = tuple((o.value, MARKS[o], self.voice.say(NOTES[o])) for o in Outcome if o.value in used)
        plain = self.voice.say(Phrase("report_plain_note")) if used and "" in used else ""
        one = len(reports) == 1
        title = (
            Phrase("report_title", {"file": reports[0].name})
            if one
            else Phrase("report_titles", {"count": len(reports)})
        )
        bare = Voice(self.language, self.bare)
        return ReportView(self.voice.say(title), bare.say(title), self.counts(reports), files, notes, plain)

    def counts(self, reports: Sequence[FileReport]) -> tuple[CountView, ...]:
        """The verdicts that occur."""
        found = counted(reports)
        return tuple(
            CountView(o.value, MARKS[o], self.voice.say(WORDS[o]), found[o.value]) for o in Outcome if found[o.value]
        )

    def file(self, report: FileReport, number: int) -> FileView:
        """One document."""
        prefix = f"file-{number}-" if number else ""
        self.seen = {}
        self.voice.addresses = {row.line: f"{prefix}line-{row.line}" for row in rows_of(report)}
        parts = tuple(self.part(part, prefix) for part in report.outline)
        lacking = Phrase("check_missing", {"file": report.name})
        lines = tuple(comment(m.given, report.latex) for m in report.missing)
        return FileView(
            report.name,
            prefix.rstrip("-"),
            self.counts([report]),
            self.summary(report),
            parts,
            self.voice.say(lacking) if lines else "",
            lines,
            report.latex,
        )

    def summary(self, report: FileReport) -> tuple[str, ...]:
        """Where to look first."""
        if not report.entries:
            return (self.voice.say(Phrase("check_nothing")),)
        wrong = list(dict.fromkeys(e.line for e in report.entries if e.verdict is Outcome.REFUTED))
        open_ = [e.line for e in report.entries if e.verdict not in (*DECIDED, Outcome.REFUTED)]
        made = []
        if len(wrong) == 1:
            made.append(Phrase("report_one_wrong", {"line": wrong[0]}))
        elif wrong:
            first = Phrase("report_first_wrong", {"line": wrong[0]})
            made += [first, Phrase("report_wrong", {"lines": self.lines(wrong[1:])})]
        elif any(e.verdict in DECIDED for e in report.entries):
            made.append(Phrase("report_holds"))
        if open_:
            made.append(Phrase("report_open", {"lines": self.lines(open_)}))
        return tuple(map(self.voice.say, made))

    def lines(self, numbers: Sequence[int]) -> Written:
        """The numbers of lines, each leading to its place; not more than a reader wants."""
        different = list(dict.fromkeys(numbers))
        made = [self.pen.line(n, self.voice.addresses.get(n, "")) for n in different[:MOST_LINES]]
        return Written(self.comma.join(made) + (" …" if len(different) > MOST_LINES else ""))

    def part(self, part: Title | Block, prefix: str) -> PartView:
        """A heading or a display."""
        if isinstance(part, Title):
            return PartView(part.level, self.heading(part.text))
        self.told = set()
        return PartView(rows=tuple(row for chain in part.chains for row in self.chain(chain, prefix)))

    def heading(self, text: str) -> str:
        """A heading's words, with its formulas set."""
        pieces = re.split(r"\$([^$]+)\$", harmless(text))
        words = [re.sub(r"\\[A-Za-z]+\s*|[{}*`]", "", piece) for piece in pieces[::2]]
        made = [self.pen.words(words[0])]
        for written, after in zip(pieces[1::2], words[1:], strict=True):
            made += [self.pen.inline(written), self.pen.words(after)]
        return "".join(made)

    def chain(self, chain: Shown, prefix: str) -> list[RowView]:
        """The rows of a chain; an arrow and the relation behind it share one."""
        left, made = chain.start, []
        waiting: Row | None = None
        for place, row in enumerate(chain.rows):
            if row.relation in CONNECTIVES and row.entry is None and place + 1 < len(chain.rows):
                left, waiting = f"{row.relation} {row.latex}", row
                if place == 0 and chain.start:
                    made.append(self.alone(Row(row.line, 0, "", chain.start), prefix))
                continue
            before = chain.rows[place - 1].entry if place else None
            if not row.latex and row.entry and before and row.entry.trouble and row.entry.trouble == before.trouble:
                # A display that cannot be taken apart has the same to say at each of its signs.
                continue
            last = place + 1 == len(chain.rows)
            apart = crowded(chain) if left is chain.start else signs(left) > LONGEST_LEFT
            after = chain.conditions if last else ()
            made.append(self.row(row, left, apart and bool(left), after, prefix, (waiting or row).line))
            left, waiting = "", None
        if not chain.rows and left:
            made.append(self.alone(Row(chain.line, 0, "", ", ".join((left, *chain.conditions))), prefix))
        return made

    def alone(self, row: Row, prefix: str) -> RowView:
        """A side with no relation."""
        address = self.address(row.line, prefix)
        return RowView(row.line, self.place(row.line), address, Formula(), False, formula(row.latex), True)

    def place(self, line: int) -> str:
        """A line in words."""
        return self.voice.say(Phrase("report_line", {"number": line}))

    def address(self, line: int, prefix: str) -> str:
        """The place of a line in the page, once."""
        self.seen[line, prefix] = self.seen.get((line, prefix), 0) + 1
        return f"{prefix}line-{line}" if self.seen[line, prefix] == 1 else ""

    def row(self, row: Row, left: str, apart: bool, conditions: Sequence[str], prefix: str, line: int) -> RowView:
        """A relation and the side behind it, with what is said of it."""
        tail = rf",\quad {', '.join(conditions)}" if conditions else ""
        right = formula(f"{row.relation} {row.latex}{tail}") if row.latex else Formula()
        start = formula(left) if left else Formula()
        entry = row.entry
        address = self.address(line, prefix)
        if entry is None:
            return RowView(line, self.place(line), address, start, apart, right)
        return RowView(
            line,
            self.place(line),
            address,
            start,
            apart,
            right,
            False,
            entry.verdict.value,
            MARKS[entry.verdict],
            self.voice.say(WORDS[entry.verdict]),
            self.label(entry, line),
            tuple(filter(None, self.says(entry))),
            settable(f"{entry.relation} {suggested(entry)}") or "" if suggested(entry) is not None else "",
            excerpt(entry) if entry.verdict is Outcome.UNREAD else None,
        )

    def label(self, entry: Entry, line: int) -> str:
        """What sentences that stand apart from their relation begin with."""
        slots: dict[str, object] = {"mark": MARKS[entry.verdict], "number": line}
        if entry.verdict in DECIDED:
            return self.voice.say(Phrase("report_label_holds", slots))
        return self.voice.say(Phrase("report_label", slots | {"word": WORDS[entry.verdict]}))

    def says(self, entry: Entry) -> list[str]:
        """The sentences about a relation; of one that holds, the remarks only."""
        made = [self.voice.say(remark) for remark in entry.remarks]
        if entry.verdict in DECIDED:
            # How the lines of one display are read is said once.
            made = [sentence for sentence in made if sentence not in self.told]
            self.told |= set(made)
            return made
        if entry.trouble is not None:
            made.insert(0, self.pen.words(harmless(spoken(entry.trouble.reason))))
            if entry.trouble.hint:
                made.insert(1, self.voice.say(Phrase("report_hint", {"words": entry.trouble.hint})))
        else:
            made.insert(0, self.voice.say(because(entry)))
        if entry.witness is not None:
            point = self.comma.join(self.pen.inline(f"{letter} = {value}") for letter, value in told(entry.witness))
            left, right = number(entry.witness.left, self.pen), number(entry.witness.right, self.pen)
            made.append(
                self.voice.say(Phrase("check_witness", {"point": Written(point), "left": left, "right": right}))
            )
        return made
