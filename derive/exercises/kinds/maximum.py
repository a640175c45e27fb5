"""Is this estimate a maximum, and when does it exist?"""

from __future__ import annotations

from derive.core.phrase import Phrase
from derive.derivations.result import Section
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.marks import of_parts
from derive.exercises.problem import Answer, Problem
from derive.exercises.wanted import Wanted

AFTER = ("second_order_heading", "existence_heading")
ROOM = 10


def maximum(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """The candidate is given; curvature and existence are the answer. An easy one gives the log-likelihood too."""
    if argument.task.verb != "mle" or not argument.results:
        return None
    found = argument.derivation
    if any(estimate.expr is None for estimate in found.estimates):
        # The root of an equation is no candidate that could be stated.
        return None
    worked = tuple(section for section in argument.sections if section.heading.key in AFTER)
    if len(worked) < len(AFTER):
        return None
    # An end of the support or a median is no zero of the derivative.
    stationary = all(estimate.form != "order-statistic" for estimate in found.estimates)
    key = "ask_maximum" if stationary else "ask_maximum_candidate"
    question = [*argument.setting, Phrase(key, {"candidates": argument.results})]
    if wanted.difficulty == "easy":
        question.append(Phrase("hint_log_likelihood", {"value": log_likelihood(argument)}))
    said = (found.optimum.because, *unique(argument), *existence(worked[-1]))
    answer = Answer(said, argument.results)
    scheme = of_parts(wanted.points, ("share_second_order", 1), ("share_existence", 1))
    return Problem(wanted.kind, argument, tuple(question), answer, worked, scheme, space=wanted.room(ROOM))


def unique(argument: Argument) -> tuple[Phrase, ...]:
    """What the derivation says of other points that are as good."""
    section = argument.section("estimate_heading")
    return section.outro if section else ()


def existence(section: Section) -> tuple[Phrase, ...]:
    """When the estimate exists, in the section's own sentences."""
    return (*section.intro, *section.outro)


def log_likelihood(argument: Argument) -> object:
    """The log-likelihood as it is differentiated."""
    section = argument.section("log_likelihood_heading")
    assert section is not None
    return section.chains[-1].end
