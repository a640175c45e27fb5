"""Name the law that justifies a line."""

from __future__ import annotations

from dataclasses import replace

from derive.core.derivation import Chain, Step
from derive.core.phrase import Phrase
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.laws import SEVERAL, law_of, others
from derive.exercises.marks import of_parts
from derive.exercises.passages import WIDEST, opened, size, without_conditions
from derive.exercises.problem import Answer, Choice, Problem
from derive.exercises.wanted import Wanted

LABELS = "ABCD"
ROOM = 1


def name_law(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """One line with four laws to choose from: strange ones (easy) or near ones; a hard one leaves the choice open."""
    lines = [
        (section, chain, step)
        for section, whole in without_conditions(argument)
        for chain in (opened(whole),)
        for step in chain.steps
        if law_of(step) not in (None, *SEVERAL) and size(step.before) + size(step.after) <= WIDEST
    ]
    if not lines:
        return None
    # Each law is as likely as the others, however often it is used.
    law = dice.one(sorted({str(law_of(step)) for _, _, step in lines}))
    section, chain, step = dice.one([line for line in lines if law_of(line[2]) == law])
    near, far = others(law)
    wrong = dice.some(far, 3) if wanted.difficulty == "easy" else (dice.some(near, 3) + dice.some(far, 3))[:3]
    laws = dice.shuffled([law, *wrong])
    label = LABELS[laws.index(law)]
    open_question = wanted.difficulty == "hard"
    choices = () if open_question else tuple(Choice(a, Phrase(b)) for a, b in zip(LABELS, laws, strict=True))
    said = Phrase("answer_law", {"law": Phrase(law)})
    answer = Answer((said,), labels=() if open_question else (label,))
    question = (*argument.setting, Phrase("ask_law_open" if open_question else "ask_law"))
    worked = replace(section, intro=(), chains=(alone(chain, step),), outro=())
    return Problem(
        wanted.kind,
        argument,
        question,
        answer,
        (worked,),
        of_parts(wanted.points, ("share_law", 1)),
        (worked,),
        choices,
        space=wanted.room(ROOM),
    )


def alone(chain: Chain, step: Step) -> Chain:
    """One line of a chain."""
    return replace(chain, start=step.before, steps=(replace(step, inside=()),))
