"""Fill in the missing line, or two of them."""

from __future__ import annotations

from dataclasses import replace

from derive.core.derivation import Chain
from derive.core.nodes import Hidden
from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.laws import law_of, named
from derive.exercises.marks import shared
from derive.exercises.passages import Passage, passages, size, with_sides
from derive.exercises.problem import Answer, Problem, Share
from derive.exercises.wanted import Wanted

SIMPLEST = 3
"""A line of fewer operations is too little to ask for."""
ROOM = 3


def fill_in(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """A passage with a hidden line: beside its law (easy), without (medium); two hidden lines (hard)."""
    count = 2 if wanted.difficulty == "hard" else 1
    for passage in dice.shuffled(passages(argument, fine=wanted.difficulty == "hard")):
        places = hideable(passage.chain)
        if len(places) >= count:
            return made(wanted, argument, passage, sorted(dice.some(places, count)))
    return None


def hideable(chain: Chain) -> list[int]:
    """The lines that can be asked for: not too simple, by a law that has a name, and with a line after them."""
    return [
        k
        for k, step in enumerate(chain.steps[:-1])
        if size(step.after) >= SIMPLEST and law_of(step) is not None and step.after not in (step.before, chain.start)
    ]


def made(wanted: Wanted, argument: Argument, passage: Passage, places: list[int]) -> Problem:
    chain = passage.chain
    hidden: dict[int, Side] = {place: Hidden(number) for number, place in enumerate(places, start=1)}
    shown = with_sides(chain, hidden)
    formulas = tuple(chain.steps[place].after for place in places)
    said = tuple(
        Phrase("answer_hidden", {"gap": Hidden(number), "formula": formula, "law": named(chain.steps[place])})
        for number, (place, formula) in enumerate(zip(places, formulas, strict=True), start=1)
    )
    scheme = tuple(
        Share(Phrase("share_line", {"line": place + 1}), points)
        for place, points in zip(places, shared(wanted.points, [1] * len(places)), strict=True)
        if points
    )
    key = "ask_fill_one" if len(places) == 1 else "ask_fill_several"
    question = (*argument.setting, Phrase(key))
    room = wanted.room(ROOM * len(places))
    shown_section = replace(passage.whole, chains=(shown,))
    answer = Answer(said, formulas)
    told = wanted.difficulty == "easy"
    return Problem(
        wanted.kind, argument, question, answer, (passage.whole,), scheme, (shown_section,), told=told, space=room
    )
