"""The variants of a sheet: seeded choices of laws, letters, numbers and order, no two of a set the same."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from derive.core.errors import DeriveError, InputError
from derive.core.phrase import Name
from derive.distributions import book
from derive.exercises.argument import Deriver, Task
from derive.exercises.chance import Dice
from derive.exercises.kinds import MAKERS
from derive.exercises.letters import page_letters, relettered
from derive.exercises.problem import Problem
from derive.exercises.sheet import Sheet
from derive.exercises.variant import Variant
from derive.exercises.wanted import Wanted

TRIES, ENOUGH = 24, 3


def variant(sheet: Sheet, seed: int, number: int, derive: Deriver, attempt: int = 0) -> Variant:
    """One variant; the same numbers give the same one, on every machine.

    Args:
        number: in the set, from 1.
        attempt: another one for the same place of the set.

    Raises:
        InputError: a problem cannot be made as it is asked for.
    """
    problems = [
        problem(wanted, Dice(f"{seed}/{number}/{place}/{attempt}"), derive)
        for place, wanted in enumerate(sheet.problems)
    ]
    return Variant(sheet, seed, number, tuple(problems[place] for place in places(sheet, seed, number)))


def places(sheet: Sheet, seed: int, number: int) -> list[int]:
    """Which problems of the sheet, from 0, stand one after the other in a variant."""
    asked = list(range(len(sheet.problems)))
    return Dice(f"{seed}/{number}/order").shuffled(asked) if sheet.shuffle else asked


def problem(wanted: Wanted, dice: Dice, derive: Deriver) -> Problem:
    """One problem by chance.

    Raises:
        InputError: none could be made, with the place in the sheet and the reason.
    """
    reason: DeriveError | None = None
    failed: Counter[tuple[str, ...]] = Counter()
    for _ in range(TRIES):
        task = chosen(wanted, dice)
        family = task.subjects if wanted.values else tuple(subject.partition("(")[0] for subject in task.subjects)
        if failed[family] >= ENOUGH:
            continue
        try:
            argument = derive(task)
            made = MAKERS[wanted.kind](wanted, argument, dice, derive)
        except DeriveError as error:
            reason = error
            continue
        if made is not None:
            return made
        # Where whole searches found nothing, other letters seldom help.
        failed[family] += 1
    where = f"{wanted.place}: " if wanted.place else ""
    if reason is not None and not failed:
        raise InputError(f"{where}{reason}")
    hint = "another derivation, or calculator = true" if wanted.kind == "compute" else "another derivation"
    raise InputError(f"{where}kind: no problem of the kind {wanted.kind} can be made of this derivation", hint)


def chosen(wanted: Wanted, dice: Dice) -> Task:
    """The derivation of one variant: which laws, with which letters and numbers."""
    subjects = dice.one(wanted.subjects) if wanted.subjects else ()
    if wanted.verb == "mle" and not wanted.values:
        subjects = tuple(relettered(subject, dice, wanted.known) for subject in subjects)
    numbers = {letter: dice.one(values) for letter, values in wanted.values.items()}
    subjects = tuple(with_numbers(subject, numbers) for subject in subjects)
    written = " ".join((*subjects, *(wanted.own.parameters if wanted.own else ())))
    return Task(
        wanted.verb,
        subjects,
        wanted.own,
        wanted.known,
        page_letters(wanted.verb, dice, f"{written} {letters_of(subjects)}"),
        base=wanted.base if wanted.kind != "compute" else "e",
    )


def letters_of(subjects: tuple[str, ...]) -> str:
    """The letters of families that are named without any."""
    families = [book.named(s) for s in subjects if s.strip().lower() in book.NAMES]
    return " ".join(str(p.letter) for family in families for p in family.parameters)


def with_numbers(subject: str, numbers: dict[str, str]) -> str:
    """The letters replaced by numbers, in what stands between the brackets.

    >>> with_numbers("binomial(n, p)", {"n": "5"})
    'binomial(5, p)'
    """
    name, bracket, rest = subject.partition("(")
    for letter, number in numbers.items():
        rest = re.sub(rf"(?<![\\\w^]){re.escape(letter)}(?![\w^])", number, rest)
    return name + bracket + rest


def seen(made: Variant) -> tuple[object, ...]:
    """What tells two variants apart: everything that stands on their sheets."""
    return tuple(seen_problem(p) for p in made.problems)


def seen_problem(made: Problem) -> tuple[object, ...]:
    """What tells two problems apart."""
    return (
        made.kind,
        made.argument.task.command,
        tuple(str(chain.steps) for section in made.shown for chain in section.chains),
        tuple(str(choice) for choice in made.choices),
    )


def single(wanted: Wanted, seed: int, derive: Deriver, language: str = "en") -> Variant:
    """One problem alone."""
    return variant(Sheet(Name({}, ""), (replace(wanted, place=""),), language, single=True), seed, 1, derive)
