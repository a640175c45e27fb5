"""Problems as pages: the sheet, the key, and both from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from derive.core.derivation import Chain
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.exercises.laws import named
from derive.exercises.problem import Kind, Problem
from derive.exercises.sheet import Sheet
from derive.exercises.variant import Variant
from derive.pages.blocks import (
    Blank,
    Block,
    Choices,
    Line,
    Lines,
    Page,
    Prose,
    Question,
    Solution,
    Table,
)
from derive.pages.sections import blocks_of

TITLES: Mapping[Kind, str] = MappingProxyType(
    {
        "derive": "exercise_derive",
        "fill-in": "exercise_fill_in",
        "order": "exercise_order",
        "find-error": "exercise_find_error",
        "name-law": "exercise_name_law",
        "compute": "exercise_compute",
        "which-distribution": "exercise_which_distribution",
        "maximum": "exercise_maximum",
    }
)


def sheet_page(variant: Variant, solved: bool) -> Page:
    """One variant's questions, with their answers where the page is the key."""
    return Page(title_of(variant, solved), (*head(variant), *problems(variant, solved)), Notation(), Facts())


def keys_title(sheet: Sheet) -> Page:
    """The head of the file with all keys."""
    return Page(Phrase("exercise_keys_title", {"title": sheet.title}), (), Notation(), Facts())


def title_of(variant: Variant, solved: bool) -> Phrase:
    """The sheet's own title, and which variant it is."""
    if variant.sheet.single:
        return Phrase("exercise_single_key_title" if solved else "exercise_single_title")
    key = "exercise_key_title" if solved else "exercise_sheet_title"
    return Phrase(key, {"title": variant.sheet.title, "number": variant.number})


def head(variant: Variant) -> Iterator[Block]:
    """Course, date and points, as far as the sheet has them."""
    sheet = variant.sheet
    said = [Phrase("exercise_course", {"course": sheet.course})] if sheet.course else []
    said += [Phrase("exercise_date", {"date": sheet.date})] if sheet.date else []
    said += [Phrase("exercise_points", {"points": variant.points})] if len(variant.problems) > 1 else []
    if said:
        yield Prose(tuple(said))


def problems(variant: Variant, solved: bool) -> Iterator[Block]:
    """The problems in order."""
    for number, problem in enumerate(variant.problems, start=1):
        yield from problem_blocks(problem, 0 if variant.sheet.single else number, solved)


def problem_blocks(problem: Problem, number: int, solved: bool) -> Iterator[Block]:
    """One problem: what is given and asked; then room for the answer, or the answer. A number of 0 is not printed."""
    title = Phrase(TITLES[problem.kind])
    yield Question(number, title, problem.points, problem.argument.notation)
    yield Prose(problem.question)
    for section in problem.shown:
        for chain in section.chains:
            if problem.kind != "name-law":
                # Where the law is asked for, the sentence that leads to the line says too much.
                yield Prose((chain.topic,))
            yield plain_lines(chain, problem.told, solved)
    if problem.choices:
        yield Choices(tuple((choice.label, choice.what) for choice in problem.choices))
    if not solved:
        if problem.space:
            yield Blank(problem.space)
        return
    yield Solution()
    chosen = (Phrase("answer_labels", {"labels": problem.answer.labels}),) if len(problem.answer.labels) == 1 else ()
    yield Prose((*chosen, *problem.answer.said))
    yield Table(
        (Phrase("scheme_for"), Phrase("scheme_points")),
        tuple((share.what, str(share.points)) for share in problem.scheme),
    )
    yield from blocks_of(problem.worked, level=3)


def plain_lines(chain: Chain, told: bool, solved: bool) -> Lines:
    """A chain's lines as they stand on a sheet: no verdicts, and the names of the laws only where they are told.

    What they assume may give the answer away; it stands in a key only.
    """
    return Lines(
        tuple(
            Line(
                chain.start if at == 0 else None,
                step.relation.latex,
                step.after,
                Phrase("law_told", {"law": named(step)}) if told else None,
                verdict="",
            )
            for at, step in enumerate(chain.steps)
        ),
        chain.facts if solved else None,
    )
