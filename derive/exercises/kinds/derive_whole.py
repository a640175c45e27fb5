"""Derive the whole: the key is the derivation itself."""

from __future__ import annotations

from derive.core.phrase import Phrase
from derive.core.statement import Statement
from derive.derivations.result import Section
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.marks import of_sections
from derive.exercises.problem import Answer, Problem
from derive.exercises.wanted import Wanted

LINES_A_STEP = 2
OF_A_LOSS = (
    "likelihood_heading",
    "log_likelihood_heading",
    "loss_heading",
    "slope_heading",
    "curvature_heading",
    "convexity_heading",
)


def derive_whole(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """The model is given; everything after it is the answer. An easy one names the stations on the way."""
    worked = argument.sections[1:]
    asked_for = called_for(argument)
    scheme = of_sections(wanted.points, asked_for)
    if not scheme or not argument.results:
        return None
    question = [*argument.setting, asked(argument)]
    if wanted.difficulty == "easy":
        stations = tuple(section.heading for section in asked_for if section.chains)
        question.append(Phrase("ask_stations", {"stations": stations}))
    elif wanted.difficulty == "medium":
        question.append(Phrase("ask_reasons"))
    steps = sum(len(chain.steps) for section in asked_for for chain in section.chains)
    said = Phrase("answer_results", {"results": (*argument.results, *equations(argument))})
    answer = Answer((said,), argument.results)
    room = wanted.room(LINES_A_STEP * steps)
    return Problem(wanted.kind, argument, tuple(question), answer, worked, scheme, space=room)


def called_for(argument: Argument) -> tuple[Section, ...]:
    """The sections that answer the question; what a derivation adds to them earns no points."""
    worked = argument.sections[1:]
    if argument.task.verb == "mle":
        return worked
    if argument.task.verb == "loss":
        return tuple(section for section in worked if section.heading.key in OF_A_LOSS)
    quantity = argument.derivation.quantity
    ends = [k for k, section in enumerate(worked) if any(chain.start == quantity for chain in section.chains)]
    return worked[: ends[0] + 1] if ends else worked


def equations(argument: Argument) -> tuple[Statement, ...]:
    """The equations whose roots are estimates, where there is no formula for them."""
    if argument.task.verb != "mle":
        return ()
    found = argument.derivation.estimates
    return tuple(e.shown for e in found if e.expr is None and isinstance(e.shown, Statement))


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
