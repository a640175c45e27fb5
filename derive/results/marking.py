"""What `derive mark` returns: the marks of a class."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from derive.core.claim import Outcome, Witness
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.documents.report import Entry
from derive.exercises.kinds.find_error import entries
from derive.marking.marks import Part, ProblemMarks, StudentMarks
from derive.pages.blocks import Block, Heading, Listing, Page, Prose, Table
from derive.pages.exercise import TITLES
from derive.writing.formats import write
from derive.writing.formats.look import Look
from derive.writing.latex import latex
from derive.writing.templates import languages
from derive.writing.verdicts.said import point_phrase, sentences, suggested
from derive.writing.words import say

MARK_FORMATS = ("text", "md", "html", "json", "csv")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet takes a cell that begins with one of these for a formula."""


@dataclass(frozen=True, slots=True)
class MarkResult:
    """The marks of some students on one sheet."""

    title: str
    students: tuple[StudentMarks, ...]

    def text(self, format: str = "md", language: str = "en", look: Look | None = None) -> str:
        """All feedback as ``text``, ``md``, ``html`` or ``json``; the table of the class as ``csv``.

        Raises:
            InputError: an unknown format or language.
        """
        if language not in languages():
            raise InputError(f"there are no words for the language {language!r}", ", ".join(languages()))
        if format not in MARK_FORMATS:
            raise InputError(f"no format is called {format!r}", ", ".join(MARK_FORMATS))
        if format == "csv":
            return self.table()
        if format == "json":
            return json.dumps(self.structure(language), ensure_ascii=False, indent=2) + "\n"
        if len(self.students) == 1:
            return self.feedback(self.students[0], format, language, look)
        blocks = tuple(block for s in self.students for block in (Heading(name_of(s), 1), *student_blocks(s)))
        return paged(Page(Phrase("mark_class_title"), blocks, Notation(), Facts()), format, language, look)

    def feedback(self, student: StudentMarks, format: str, language: str, look: Look | None = None) -> str:
        """One student's page."""
        page = Page(name_of(student), tuple(student_blocks(student)), Notation(), Facts())
        return paged(page, format, language, look)

    def files(self, format: str, language: str = "en", look: Look | None = None) -> dict[str, bytes]:
        """A file for each student, and ``class.csv``; ``json`` and ``csv`` have one file for all.

        Raises:
            InputError: an unknown format or language.
        """
        made: dict[str, bytes] = {"class.csv": self.table().encode()}
        if format == "json":
            made["marks.json"] = self.text("json", language).encode()
        elif format != "csv":
            ending = {"text": "txt"}.get(format, format)
            for student, name in zip(self.students, file_names(self.students), strict=True):
                made[f"{name}.{ending}"] = self.feedback(student, format, language, look).encode()
        return made

    def table(self) -> str:
        """The class as CSV: a row for each student, least and most points for each problem."""
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\n")
        numbers = sorted({p.number for s in self.students for p in s.problems})
        head = [f"problem {n} {end}" for n in numbers for end in ("least", "most", "of")]
        rows.writerow(["student", "variant", *head, "least", "most", "of", "to be read"])
        for student in self.students:
            marks = {p.number: p for p in student.problems}
            cells: list[str] = []
            for n in numbers:
                one = marks.get(n)
                cells += ["", "", ""] if one is None else [decimal(one.least), decimal(one.most), str(one.points)]
            waiting = " ".join(str(p.number) for p in student.problems if any(part.open for part in p.parts))
            total = [decimal(student.least), decimal(student.most), str(student.points)]
            rows.writerow([harmless_cell(student.student), student.variant, *cells, *total, waiting])
        return out.getvalue()

    def structure(self, language: str) -> dict[str, Any]:
        """The object that ``--format json`` prints."""
        return {
            "command": "mark",
            "title": self.title,
            "students": [student_object(student, language) for student in self.students],
        }

    def _repr_markdown_(self) -> str:
        return self.text("md")


def file_names(students: Sequence[StudentMarks]) -> list[str]:
    """A name for each student's file that every system takes, no two the same."""
    made: list[str] = []
    for student in students:
        name = re.sub(r"[^\w.-]+", "-", student.student).strip("-.") or "student"
        name = name if name not in made else f"{name}-{len(made) + 1}"
        made.append(name)
    return made


def paged(page: Page, format: str, language: str, look: Look | None) -> str:
    """A page in a format."""
    return write(page, format, language, "brief", look or Look())


def name_of(student: StudentMarks) -> Phrase:
    """The title of a student's page."""
    return Phrase("mark_title", {"student": student.student})


def student_blocks(student: StudentMarks) -> Iterator[Block]:
    """The sum, then problem by problem."""
    yield Prose((Phrase("mark_variant", {"variant": student.variant, "got": points_of(student)}),))
    for problem in student.problems:
        title = Phrase("mark_problem", {"number": problem.number, "kind": Phrase(TITLES[problem.kind])})  # type: ignore[index]
        yield Heading(title)
        yield Prose((points_of(problem), *problem.notes))
        rows = tuple((part.what, got(part), part.why) for part in problem.parts)
        yield Table((Phrase("mark_part"), Phrase("mark_got"), Phrase("mark_why")), rows)
        if problem.wrong is not None:
            yield from wrong_line(problem.wrong)
        if problem.undecided:
            lines = ", ".join(dict.fromkeys(str(e.line) for e in problem.undecided))
            yield Prose((Phrase("mark_undecided", {"lines": lines}),))


def points_of(marks: StudentMarks | ProblemMarks) -> Phrase:
    """So many of so many; from … to, where a person must decide."""
    slots = {"least": decimal(marks.least), "points": marks.points}
    if marks.least == marks.most:
        return Phrase("mark_points", slots)
    return Phrase("mark_points_open", slots | {"most": decimal(marks.most)})


def got(part: Part) -> Phrase:
    """The points of one part."""
    slots = {"least": decimal(part.least), "points": part.points}
    return Phrase("mark_of_open", slots | {"most": decimal(part.most)}) if part.open else Phrase("mark_of", slots)


def decimal(points: Fraction) -> str:
    """Points are whole or half."""
    return f"{float(points):g}"


def wrong_line(entry: Entry) -> Iterator[Block]:
    """The first wrong line, the point at which its sides differ, and what would be right."""
    said = [Phrase("mark_first_wrong", {"line": entry.line}), entry.because]
    said += [r for r in entry.remarks if r.key != "remark_first_mistake"]
    yield Prose(tuple(said[:1]))
    yield Listing(entry.latex)
    if entry.witness is not None:
        said.append(Phrase("check_witness", point_slots(entry.witness)))
    yield Prose(tuple(said[1:]))
    if entry.suggestion is not None:
        yield Prose((Phrase("check_suggestion", {"suggestion": entry.suggestion}),))


def point_slots(witness: Witness) -> dict[str, Any]:
    """The point as equations, where its values are numbers."""
    try:
        point = tuple(one for letter, value in witness.point for one in entries(letter, value))
        return {"point": point, "left": sp.Float(witness.left), "right": sp.Float(witness.right)}
    except (TypeError, ValueError):
        return {"point": point_phrase(witness, False), "left": witness.left, "right": witness.right}


def student_object(student: StudentMarks, language: str) -> dict[str, Any]:
    """One student for scripts."""
    return {
        "student": student.student,
        "file": student.file,
        "variant": student.variant,
        "least": float(student.least),
        "most": float(student.most),
        "points": student.points,
        "problems": [problem_object(problem, language) for problem in student.problems],
    }


def problem_object(problem: ProblemMarks, language: str) -> dict[str, Any]:
    """One problem for scripts."""
    return {
        "number": problem.number,
        "kind": problem.kind,
        "least": float(problem.least),
        "most": float(problem.most),
        "points": problem.points,
        "parts": [
            {
                "for": part.what if isinstance(part.what, str) else said(part.what, language),
                "least": float(part.least),
                "most": float(part.most),
                "points": part.points,
                "because": said(part.why, language),
                "open": part.open,
            }
            for part in problem.parts
        ],
        "wrong": None if problem.wrong is None else entry_object(problem.wrong, language),
        "undecided": [entry_object(entry, language) for entry in problem.undecided],
        "notes": [said(note, language) for note in problem.notes],
    }


def entry_object(entry: Entry, language: str) -> dict[str, Any]:
    """A line of the answer with its verdict."""
    witness = entry.witness
    return {
        "line": entry.line,
        "column": entry.column,
        "latex": entry.latex,
        "verdict": entry.verdict.value,
        "because": " ".join(sentences(entry, language, lambda side: f"${latex(side)}$")),
        "witness": None if witness is None else dict(witness.point),
        "left": None if witness is None else witness.left,
        "right": None if witness is None else witness.right,
        "suggestion": suggested(entry) if entry.verdict is Outcome.REFUTED else None,
    }


def said(phrase: Phrase, language: str) -> str:
    """A sentence."""
    return say(phrase, language, lambda side: f"${latex(side)}$")


def harmless_cell(name: str) -> str:
    """A name that no spreadsheet takes for a formula.

    >>> harmless_cell("=1+1"), harmless_cell("Ada")
    ("'=1+1", 'Ada')
    """
    return f"'{name}" if name.lstrip(" ").startswith(FORMULA_SIGNS) else name
