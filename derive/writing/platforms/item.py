"""A problem as a learning platform takes it: texts, numbers and labels, free of any platform's markup."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from pathlib import Path
from typing import Any, Literal

import sympy as sp

from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.exercises.marks import shared
from derive.exercises.problem import Problem
from derive.exercises.variant import Variant
from derive.exercises.variants import places
from derive.pages.exercise import TITLES
from derive.pages.platform import asked_page, key_page, phrase_page, scheme_page
from derive.writing.plain import plain_inline
from derive.writing.platforms.fragment import fragment, inline
from derive.writing.words import say, words_of

Form = Literal["essay", "choice", "number", "order"]
PLACES, DIGITS, FINEST = 3, 3, 12
"""Places after the point that are asked for, digits that a small number is to show, places that are written."""
WIDE = Context(prec=80)


@dataclass(frozen=True, slots=True)
class Blank:
    """A number to be entered.

    Args:
        label: what stands before it, as XHTML; empty for none.
        value: the right number in decimals.
        tolerance: how far from it an answer may be.
    """

    label: str
    value: str
    tolerance: str
    points: int


@dataclass(frozen=True, slots=True)
class Item:
    """One problem of one variant.

    Args:
        place: of the problem on the sheet as it was asked for, from 1, whatever the order in the variant.
        variant: its number.
        title, group: what it is called, and what all problems of its place are called; plain characters.
        form: how it is answered.
        question, key, scheme: as XHTML.
        options: labels with what is to be chosen from, or put in order, as XHTML.
        right: the labels that are right, in order.
        blanks: the numbers asked for; of an essay: those that can be marked without a reader.
        lines: room for an essay.
    """

    place: int
    variant: int
    title: str
    group: str
    points: int
    form: Form
    question: str
    key: str
    scheme: str
    options: tuple[tuple[str, str], ...] = ()
    right: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()
    lines: int = 0


def items_of(variant: Variant, language: str, templates: Path | None = None) -> tuple[Item, ...]:
    """The problems of a variant, in its order."""
    asked = places(variant.sheet, variant.seed, variant.number)
    return tuple(
        item_of(problem, place + 1, variant, language, templates)
        for problem, place in zip(variant.problems, asked, strict=True)
    )


def item_of(problem: Problem, place: int, variant: Variant, language: str, templates: Path | None = None) -> Item:
    """One problem in one language."""
    form = form_of(problem)
    title = group = Phrase(TITLES[problem.kind])
    if not variant.sheet.single:
        title, group = (
            Phrase("exercise_sheet_title", {"title": group, "number": variant.number}),
            Phrase("exercise_number", {"number": place, "title": group}),
        )
    blanks = numbers(problem) if form == "number" else wrong_line(problem, language, templates)
    digits = max((-Decimal(b.tolerance).adjusted() for b in blanks), default=PLACES)
    extra = (Phrase("platform_decimals", {"places": digits}),) if form == "number" else ()
    return Item(
        place,
        variant.number,
        plain(title, language, templates),
        plain(group, language, templates),
        problem.points,
        form,
        fragment(asked_page(problem, extra), language, templates),
        fragment(key_page(problem), language, templates),
        fragment(scheme_page(problem), language, templates),
        tuple((choice.label, option(problem, choice.what, language, templates)) for choice in problem.choices),
        problem.answer.labels,
        blanks,
        problem.space,
    )


def form_of(problem: Problem) -> Form:
    """How a platform takes the answer: whatever it cannot mark by itself is an essay."""
    if problem.kind == "order":
        return "order"
    if problem.choices:
        return "choice"
    # Every number is worth a whole point at least.
    return "number" if 0 < len(problem.answer.values) <= problem.points else "essay"


def numbers(problem: Problem) -> tuple[Blank, ...]:
    """The numbers of the answer, each with its letter and its points."""
    values = problem.answer.values
    points = shared(problem.points, [1] * len(values))
    return tuple(
        Blank(
            rf"{inline(statement.left, problem.argument.notation)} =",
            decimal(value),
            tolerance(value),
            count,
        )
        for statement, value, count in zip(problem.statements, values, points, strict=True)
    )


def wrong_line(problem: Problem, language: str, templates: Path | None) -> tuple[Blank, ...]:
    """The number of the wrong line, where one is sought."""
    if problem.answer.line is None:
        return ()
    points = sum(share.points for share in problem.scheme if share.what.key == "share_wrong_line")
    label = sentence(problem, Phrase("platform_line"), language, templates)
    return (Blank(label, str(problem.answer.line), "0", points),)


def sentence(problem: Problem, phrase: Phrase, language: str, templates: Path | None) -> str:
    """One sentence in the letters of the problem, as XHTML without a paragraph around it."""
    return fragment(phrase_page(problem, phrase), language, templates).removeprefix("<p>").removesuffix("</p>")


def option(problem: Problem, what: Phrase | Side, language: str, templates: Path | None) -> str:
    """What is to be chosen, as XHTML."""
    if isinstance(what, Phrase):
        return sentence(problem, what, language, templates)
    return inline(what, problem.argument.notation)


def plain(phrase: Phrase, language: str, templates: Path | None) -> str:
    """A title in plain characters, for places that hold no markup."""
    return say(phrase, language, plain_inline, words_of(language, templates))


def decimal(value: Any) -> str:
    """The number in decimals, as many as say it exactly, or twelve.

    >>> decimal(sp.Rational(54, 5)), decimal(sp.Rational(-1, 3)), decimal(sp.log(2)), decimal(sp.Integer(40))
    ('10.8', '-0.333333333333', '0.693147180560', '40')
    """
    exact = Decimal(str(sp.N(value, 40)))
    rounded = exact.quantize(Decimal(1).scaleb(-max(FINEST, DIGITS - exact.adjusted())), context=WIDE)
    shortest = format(rounded, "f").rstrip("0").rstrip(".")
    return shortest if Decimal(shortest) == exact else format(rounded, "f")


def tolerance(value: Any) -> str:
    """How far an answer may be from the number: one unit of the last place that is asked for.

    >>> tolerance(sp.Rational(5, 3)), tolerance(sp.Rational(1, 400))
    ('0.001', '0.00001')
    """
    first = Decimal(str(sp.N(value, 20))).adjusted() if value != 0 else 0
    return format(Decimal(1).scaleb(-max(PLACES, DIGITS - 1 - first)), "f")
