"""Put the lines in order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from derive.core.phrase import Phrase
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.laws import law_of, named
from derive.exercises.marks import of_parts
from derive.exercises.passages import distinct, passages
from derive.exercises.problem import Answer, Choice, Problem
from derive.exercises.wanted import Wanted

LABELS = "ABCDEFGHIJ"
FEWEST = 4
ROOM = 1


def order(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """The sides of a chain in disorder; the laws, in order, say which line follows from which (a hard one: no laws)."""
    for passage in dice.shuffled(passages(argument, fine=wanted.difficulty != "easy")):
        chain = passage.chain
        sides = [step.after for step in chain.steps]
        one_relation = len({step.relation for step in chain.steps}) == 1
        if len(sides) < FEWEST or not one_relation or not distinct(iter([chain.start, *sides])):
            continue
        # Two forms of one expression, one after the other, might as well stand the other way round.
        if any(law_of(a) is None and law_of(b) is None for a, b in pairwise(chain.steps)):
            continue
        shuffled = dice.shuffled(sides)
        if shuffled == sides:
            continue
        labels = tuple(LABELS[shuffled.index(side)] for side in sides)
        choices = tuple(Choice(label, side) for label, side in zip(LABELS, shuffled, strict=False))
        question = [*argument.setting, Phrase("ask_order", {"start": chain.start})]
        if wanted.difficulty != "hard":
            question.append(Phrase("ask_order_laws"))
            laws = enumerate(map(named, chain.steps), start=1)
            question += [Phrase("ask_order_law", {"number": number, "law": law}) for number, law in laws]
        answer = Answer((Phrase("answer_order", {"labels": labels}),), labels=labels)
        scheme = of_parts(wanted.points, ("share_order", 1))
        worked = (replace(passage.whole, chains=(chain,)),)
        return Problem(
            wanted.kind,
            argument,
            tuple(question),
            answer,
            worked,
            scheme,
            choices=choices,
            space=wanted.room(ROOM),
        )
    return None
