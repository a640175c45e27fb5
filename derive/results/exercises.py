"""Sheets, keys and single exercises as results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.errors import DeriveError
from derive.core.nodes import Hidden
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.exercises.argument import Argument
from derive.exercises.problem import Problem
from derive.exercises.variant import Variant
from derive.marking.setting import setting_of
from derive.pages.blocks import Blank, Page
from derive.pages.exercise import problem_blocks, sheet_page
from derive.results.chains import chain_of, number
from derive.results.result import Result, slug
from derive.writing.formats import write
from derive.writing.formats.look import PLAIN, Look
from derive.writing.platforms.files import FILES, platform_file
from derive.writing.platforms.item import items_of
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class Exercise(Result):
    """One variant of a sheet, or a single exercise, with its answers or without."""

    variant: Variant
    solved: bool = True
    notation: Notation = field(default_factory=Notation)
    source: str = ""

    @property
    def name(self) -> str:
        """The sheet's title, or the kind of the exercise."""
        return slug(self.variant.sheet.title.default or f"exercise-{self.variant.problems[0].kind}")

    def page(self) -> Page:
        """The questions, and the answers where they are wanted."""
        return sheet_page(self.variant, self.solved)

    def content(self, format: str = "md", language: str = "en", detail: str = "brief", look: Look = PLAIN) -> bytes:
        """The bytes of a file; ``moodle`` and ``qti`` besides, which always hold the answers.

        Raises:
            InputError: as for other results.
        """
        if format not in FILES:
            return super(Exercise, self).content(format, language, detail, look)
        items = items_of(self.variant, language, look.templates)
        return platform_file(format, self.variant.sheet, items, language, look.templates)

    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """One object: the sheet with its problems, answers and points."""
        return {
            "command": "exercises",
            "title": self.variant.sheet.title.in_language(voice.language),
            "sheets": [sheet_of(self.variant, voice, detail)],
        }


def sheet_of(variant: Variant, voice: Voice, detail: str) -> dict[str, Any]:
    """One variant."""
    return {
        "seed": variant.seed,
        "variant": variant.number,
        "points": variant.points,
        "problems": [problem_of(p, place, voice, detail) for place, p in enumerate(variant.problems, start=1)],
    }


def problem_of(problem: Problem, place: int, voice: Voice, detail: str) -> dict[str, Any]:
    """One problem; ``command`` derives it again."""
    own = Voice(problem.argument.notation, voice.language, voice.words)
    values = [number(value) for value in problem.answer.values]
    return {
        "number": place,
        "kind": problem.kind,
        "statement": written(problem, place, voice, solved=False),
        "answer": {
            "latex": ", ".join(own.show(formula) for formula in problem.answer.formulas),
            "formulas": [own.show(formula) for formula in problem.answer.formulas],
            "value": values[0] if len(values) == 1 else values or None,
            "exact": [str(value) for value in problem.answer.values],
            "labels": list(problem.answer.labels),
            "line": problem.answer.line,
            "text": " ".join(own.said(sentence) for sentence in problem.answer.said),
        },
        "choices": {
            choice.label: own.said(choice.what) if isinstance(choice.what, Phrase) else own.show(choice.what)
            for choice in problem.choices
        },
        "points": [
            {"for": own.said(share.what), "points": share.points, "part": share.what.key} for share in problem.scheme
        ],
        "shown": [shown(chain, own) for section in problem.shown for chain in section.chains],
        "chains": [
            chain_of(chain, own, detail) for section in problem.worked for chain in section.chains if chain.steps
        ],
        "command": list(problem.argument.task.command),
        "given": given(problem.argument),
    }


def given(argument: Argument) -> list[str]:
    """The context under which answers are read; none where they cannot be."""
    try:
        setting = setting_of(argument)
    except DeriveError:
        return []
    return [*setting.lines, *(law.line for law in setting.laws)]


def shown(chain: Chain, voice: Voice) -> list[str | None]:
    """The lines of a chain on the sheet; null for one that is hidden."""
    sides = (chain.start, *(step.after for step in chain.steps))
    return [None if isinstance(side, Hidden) else voice.show(side) for side in sides]


def written(problem: Problem, place: int, voice: Voice, solved: bool) -> str:
    """The problem, with or without its answer, as Markdown."""
    blocks = tuple(problem_blocks(problem, place, solved))
    kept = tuple(block for block in blocks if not isinstance(block, Blank))
    page = Page(Phrase("exercise_single_title"), kept, problem.argument.notation, problem.argument.facts)
    return write(page, "md", voice.language, "brief", Look(fragment=True)).strip("\n")
