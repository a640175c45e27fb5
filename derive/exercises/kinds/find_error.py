"""Find the first wrong line: one slip is put in, and the lines after it follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import sympy as sp

from derive.core.claim import Outcome, Verdict, Witness
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Side, Statement
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.laws import named
from derive.exercises.marks import of_parts
from derive.exercises.passages import Passage, passages, with_sides
from derive.exercises.problem import Answer, Problem
from derive.exercises.slipped import candidates, followed, judged
from derive.exercises.wanted import Wanted

KINDS = {
    "easy": ("sign", "factor", "term"),
    "medium": ("sign", "factor", "term", "power", "bracket"),
    "hard": ("factor", "power", "bracket", "index", "size", "swap"),
}
"""The slips of each difficulty, by what a reader overlooks."""
TRIED = 40
FEWEST_SHOWN = 3
ROOM = 4


def find_error(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """A passage in which exactly one line does not follow from the line above it."""
    found = passages(argument, fine=wanted.difficulty == "hard")
    places = [(p, k) for p in found for k in range(len(p.chain.steps)) if k + 1 >= FEWEST_SHOWN or k + 1 < p_end(p)]
    last: tuple[Passage, int, str, list[Side], Verdict] | None = None
    tried = 0
    for passage, place in in_turn(dice.shuffled(places), dice):
        for kind, made in candidates(passage.chain, place, KINDS[wanted.difficulty], dice):
            tried += 1
            verdict = judged(passage.chain, place, made)
            if verdict.outcome is Outcome.REFUTED and verdict.witness is not None:
                sides = followed(passage.chain, place, made)
                if sides and place + len(sides) + 1 >= FEWEST_SHOWN:
                    return problem(wanted, argument, passage, place, kind, [made, *sides], verdict)
                if last is None and place + 1 >= FEWEST_SHOWN:
                    last = passage, place, kind, [made], verdict
            if tried >= TRIED:
                break
    # A wrong line at the end is better than none.
    return None if last is None else problem(wanted, argument, *last)


def in_turn(places: list[tuple[Passage, int]], dice: Dice) -> list[tuple[Passage, int]]:
    """Expressions before equations, three times out of four: a wrong equation takes the judge ten times as long."""
    if dice.below(4) == 0:
        return places
    return sorted(places, key=lambda at: isinstance(at[0].chain.steps[at[1]].after, Statement))


def p_end(passage: Passage) -> int:
    """How many lines the passage has."""
    return len(passage.chain.steps)


def problem(
    wanted: Wanted,
    argument: Argument,
    passage: Passage,
    place: int,
    kind: str,
    sides: list[Side],
    verdict: Verdict,
) -> Problem:
    """The passage with the wrong lines in it, up to the last one that follows."""
    chain = passage.chain
    count = place + len(sides)
    cut = replace(chain, steps=chain.steps[:count])
    wrong = with_sides(cut, {place + k: side for k, side in enumerate(sides)})
    right = chain.steps[place]
    said = [Phrase("answer_wrong_line", {"line": place + 1}), Phrase(f"slip_{kind}")]
    said.append(Phrase("answer_right_line", {"before": right.before, "after": right.after, "law": named(right)}))
    said += seen_at(verdict.witness, chain.facts)
    if len(sides) > 1:
        said.append(Phrase("answer_lines_after"))
    formulas = (right.after,)
    scheme = of_parts(wanted.points, ("share_wrong_line", 1), ("share_mended", 1))
    question = (*argument.setting, Phrase("ask_find_error"))
    answer = Answer(tuple(said), formulas, line=place + 1)
    shown_section = replace(passage.whole, chains=(wrong,))
    room = wanted.room(ROOM)
    told = wanted.difficulty == "easy"
    return Problem(
        wanted.kind, argument, question, answer, (passage.whole,), scheme, (shown_section,), told=told, space=room
    )


def seen_at(witness: Witness | None, facts: Facts) -> list[Phrase]:
    """The point at which the two sides differ; what is summed or integrated over has no value there."""
    if witness is None:
        return []
    bound = {str(law.variable) for law in facts.laws.values()}
    try:
        point = tuple(
            entry
            for letter, value in witness.point
            if letter not in bound
            for entry in entries(letter, value, across(letter, dict(witness.point), facts))
        )
        slots = {"point": point, "left": sp.Float(witness.left), "right": sp.Float(witness.right)}
    except (TypeError, ValueError):
        # One side has no value there, or the unknown's values are what differs.
        return []
    return [Phrase("answer_witness", slots)] if point else []


def across(letter: str, point: Mapping[str, str], facts: Facts) -> int:
    """How many entries each member of a family of vectors has at the point; one where the members are numbers."""
    shape = next((shape for base, shape in facts.shapes.items() if str(getattr(base, "label", base)) == letter), ())
    return int(point.get(str(shape[1]), str(shape[1]))) if len(shape) == 2 else 1


def entries(letter: str, value: str, width: int = 1) -> Iterator[Statement]:
    """``μ = 1``, or one equation for each of several data.

    >>> [str(one.left) for one in entries("x", "(1, 2, 3, 4)", 2)]
    ['x[1, 1]', 'x[1, 2]', 'x[2, 1]', 'x[2, 2]']
    """
    if not value.startswith("("):
        yield Statement(sp.Symbol(letter), EQUAL, sp.Rational(value))
        return
    for number, one in enumerate(value[1:-1].split(",")):
        at = (number + 1,) if width == 1 else (number // width + 1, number % width + 1)
        yield Statement(sp.IndexedBase(letter)[at], EQUAL, sp.Rational(one.strip()))
