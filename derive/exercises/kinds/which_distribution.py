"""Which distribution does this loss come from?"""

from __future__ import annotations

from typing import Any

from derive.core.phrase import Name, Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.distributions import book
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.kinds.maximum import log_likelihood
from derive.exercises.likeness import covers
from derive.exercises.marks import of_parts
from derive.exercises.problem import Answer, Choice, Problem
from derive.exercises.wanted import Wanted

LABELS = "ABCD"
ROOM = 6
FAMILIES = ("normal", "laplace", "bernoulli", "poisson", "categorical", "exponential", "gamma", "geometric")
UP_TO = ("likelihood_heading", "log_likelihood_heading", "loss_heading")


def which_distribution(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """A loss, or minus a log-likelihood, with four families to choose from; a hard one leaves the choice open."""
    shown = loss_of(argument)
    if shown is None or argument.task.own is not None:
        # A density of one's own has no name to be chosen.
        return None
    right = family(argument)
    # A family that holds the right one, or is it with other parameters, would be right too.
    wrong = [d for d in map(book.named, FAMILIES) if d.id != right.id and not covers(d, right)]
    families = dice.shuffled([right, *dice.some(wrong, len(LABELS) - 1)])
    label = LABELS[families.index(right)]
    open_question = wanted.difficulty == "hard"
    choices = tuple(Choice(a, called(d)) for a, d in zip(LABELS, families, strict=True))
    key = "ask_which_loss" if argument.task.verb == "loss" else "ask_which_likelihood"
    question = (Phrase(key, {"loss": shown}), Phrase("ask_which_open" if open_question else "ask_which"))
    answer = Answer((Phrase("answer_family", {"name": called(right)}),), labels=() if open_question else (label,))
    worked = tuple(section for section in argument.sections if section.heading.key in UP_TO)
    scheme = of_parts(wanted.points, ("share_family", 1), ("share_why", 1))
    return Problem(
        wanted.kind,
        argument,
        question,
        answer,
        (argument.sections[0], *worked),
        scheme,
        choices=() if open_question else choices,
        space=wanted.room(ROOM),
    )


def loss_of(argument: Argument) -> Statement | None:
    """The loss under its name; minus the log-likelihood of a sample."""
    found = argument.derivation
    if argument.task.verb == "loss":
        return Statement(found.model.named_loss, EQUAL, found.loss)
    if argument.task.verb == "mle":
        whole: Any = log_likelihood(argument)
        section = argument.section("log_likelihood_heading")
        assert section is not None
        return Statement(section.chains[-1].start, EQUAL, whole)
    return None


def family(argument: Argument) -> Any:
    """The distribution behind it."""
    found = argument.derivation
    return found.model.distribution if argument.task.verb == "loss" else found.sample.distribution


def called(distribution: Any) -> Phrase:
    """A family by its name."""
    return Phrase("family_named", {"name": Name(distribution.names, distribution.id)})
