"""Is a problem what it says? Checked again, from the outside, before anybody gets it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derive.checking.judge import judge
from derive.core.claim import Outcome
from derive.core.derivation import Chain, claim_of
from derive.core.nodes import Hidden
from derive.exercises.passages import size
from derive.exercises.problem import Problem


def faults(problem: Problem, points: int) -> list[str]:
    """What is wrong with a problem, in short words; empty where all is well.

    Args:
        points: what the sheet asked for.
    """
    return [*of_key(problem), *of_answer(problem), *of_shown(problem), *of_points(problem, points)]


def of_key(problem: Problem) -> Iterator[str]:
    """Every line of the key is proved or tested."""
    for section in problem.worked:
        for chain in section.chains:
            if any(step.verdict is None or not step.verdict.holds for step in chain.steps):
                yield "unjudged-line"


def of_answer(problem: Problem) -> Iterator[str]:
    """There is an answer, in finite numbers, by labels that are on the sheet."""
    answer = problem.answer
    if not answer.said:
        yield "no-answer"
    if any(not value.is_number or value.is_finite is not True for value in answer.values):
        yield "no-number"
    labels = [choice.label for choice in problem.choices]
    if len(set(labels)) < len(labels) or not set(answer.labels) <= set(labels):
        yield "labels"
    if len({str(choice.what) for choice in problem.choices}) < len(labels):
        yield "equal-choices"


def of_shown(problem: Problem) -> Iterator[str]:
    """Of the lines on the sheet exactly one is refuted where an error is sought, and none elsewhere."""
    for section in problem.shown:
        for chain in section.chains:
            wrong = refuted_lines(chain)
            if wrong != ([] if problem.answer.line is None else [problem.answer.line]):
                yield "wrong-lines"


def refuted_lines(chain: Chain) -> list[int]:
    """The numbers of the lines that do not follow from what stands before them."""
    found = []
    for number, step in enumerate(chain.steps, start=1):
        if isinstance(step.before, Hidden) or isinstance(step.after, Hidden):
            continue
        if judge(claim_of(step, chain)).outcome not in (Outcome.PROVED, Outcome.TESTED):
            found.append(number)
    return found


def of_points(problem: Problem, points: int) -> Iterator[str]:
    """The points add up."""
    if problem.points != points or any(share.points < 1 for share in problem.scheme):
        yield "points"


def answer_size(problem: Problem) -> int:
    """How large the answer is: operations of its largest formula, or the digits of its longest number."""
    numbers: list[Any] = list(problem.answer.values)
    if numbers:
        return max(len(str(value)) for value in numbers)
    return max((size(formula) for formula in problem.answer.formulas), default=len(problem.answer.labels))
