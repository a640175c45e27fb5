"""Derive the whole: the key is the derivation itself."""

from __future__ import annotations

from derive.core.phrase import Phrase
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.marks import of_sections
from derive.exercises.problem import Answer, Problem
from derive.exercises.wanted import Wanted

LINES_A_STEP = 2


def derive_whole(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """The model is given; everything after it is the answer. An easy one names the stations on the way."""
    worked = argument.sections[1:]
    scheme = of_sections(wanted.points, worked)
    if not scheme or not argument.results:
        return None
    question = [*argument.setting, asked(argument)]
    if wanted.difficulty == "easy":
        stations = tuple(section.heading for section in worked if section.chains)
        question.append(Phrase("ask_stations", {"stations": stations}))
    elif wanted.difficulty == "medium":
        question.append(Phrase("ask_reasons"))
    steps = sum(len(chain.steps) for section in worked for chain in section.chains)
    answer = Answer((Phrase("answer_results", {"results": argument.results}),), argument.results)
    room = wanted.room(LINES_A_STEP * steps)
    return Problem(wanted.kind, argument, tuple(question), answer, worked, scheme, space=room)


def asked(argument: Argument) -> Phrase:
    """What is to be derived."""
    found = argument.derivation
    match argument.task.verb:
        case "mle":
            return Phrase("ask_mle", {"letters": found.sample.letters})
        case "loss":
            return Phrase("ask_loss", {"loss": found.model.named_loss})
        case _:
            return Phrase("ask_quantity", {"quantity": found.quantity})
