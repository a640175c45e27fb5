"""Problems as a learning platform shows them: what is asked, the key, and the scheme, each by itself."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core.phrase import Phrase
from derive.exercises.problem import Problem
from derive.pages.blocks import Block, Page, Prose, Table
from derive.pages.exercise import plain_lines
from derive.pages.sections import blocks_of


def asked_page(problem: Problem, extra: tuple[Phrase, ...] = ()) -> Page:
    """The question; what is chosen from or put in order is the platform's to show.

    Args:
        extra: how the answer is to be entered.
    """
    return part(problem, (*question(problem), *((Prose(extra),) if extra else ())))


def question(problem: Problem) -> Iterator[Block]:
    """What is given and asked, with the lines that are shown."""
    yield Prose(tuple(ALONE.get(p.key, p) if problem.choices else p for p in problem.question))
    for section in problem.shown:
        yield from (plain_lines(chain, problem.told, solved=False) for chain in section.chains)


ALONE = {"ask_which": Phrase("ask_which_alone")}
"""Where the platform marks a choice, the reason that the sheet asks for besides has no place."""


def key_page(problem: Problem) -> Page:
    """The answer in words and the part of the derivation that leads there."""
    # A platform shuffles what is to be ordered, so that letters say nothing; the lines below do.
    said = () if problem.kind == "order" else (Prose(problem.answer.said),)
    return part(problem, (*said, *blocks_of(problem.worked, level=3)))


def scheme_page(problem: Problem) -> Page:
    """Points for the parts of an answer."""
    rows = tuple((share.what, str(share.points)) for share in problem.scheme)
    return part(problem, (Table((Phrase("scheme_for"), Phrase("scheme_points")), rows),))


def phrase_page(problem: Problem, phrase: Phrase) -> Page:
    """One sentence in the letters of the problem."""
    return part(problem, (Prose((phrase,)),))


def part(problem: Problem, blocks: tuple[Block, ...]) -> Page:
    """Blocks in the letters of the problem."""
    return Page(Phrase("exercise_single_title"), blocks, problem.argument.notation, problem.argument.facts)
