"""Answers in, marks out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from derive.core.errors import DeriveError, InputError
from derive.core.phrase import Phrase
from derive.documents.clock import TimeUp, limit
from derive.documents.finding import passages
from derive.documents.source import Source
from derive.exercises.argument import Argument, Deriver
from derive.marking.answers import Handed, Words, parts
from derive.marking.computed import computed
from derive.marking.derived import derived
from derive.marking.goals import key_of
from derive.marking.key import Asked, KeyFile
from derive.marking.labelled import family, named, ordered
from derive.marking.lines import Followed, followed, prose_of
from derive.marking.marks import Part, ProblemMarks, StudentMarks, none, unsure
from derive.marking.mended import belongs, corrected, filled
from derive.marking.milestones import Key
from derive.marking.setting import setting_of, shower
from derive.writing.templates import languages
from derive.writing.words import words_of

PLAIN_KINDS = ("name-law", "order")
LONGEST = 200_000
"""Letters of an answer to one problem; a longer one is for a person."""


@dataclass(slots=True)
class Marker:
    """Marks answers against one key; what a problem's derivation comes to is worked out once.

    Args:
        seconds: at most for each student.
    """

    key: KeyFile
    derive: Deriver
    seconds: float
    keys: dict[str, Key | None] = field(default_factory=dict)

    def student(self, handed: Handed, variant: int) -> StudentMarks:
        """One student's marks.

        Args:
            variant: for a file that names none.

        Raises:
            InputError: there is no such variant, or the key does not fit its own derivations.
        """
        number = variant if handed.variant is None else handed.variant
        problems = self.key.variants.get(number)
        if problems is None:
            known = ", ".join(map(str, sorted(self.key.variants)[:20]))
            raise InputError(f"{handed.source.name}: the key has no variant {number}", f"it has {known}")
        until = time.monotonic() + self.seconds
        answers = parts(handed.source, [p.number for p in problems], words())
        marks = tuple(self.problem(asked, answers.get(asked.number), handed, until) for asked in problems)
        return StudentMarks(handed.student, handed.source.name, number, marks)

    def problem(self, asked: Asked, source: Source | None, handed: Handed, until: float) -> ProblemMarks:
        """One problem; without an answer to it, no points, unless the file's headings say nothing."""
        key = self.key_for(asked)
        if source is None or not source.text.strip():
            lost = source is None and bool(handed.source.text.strip()) and not headed(handed.source, self.key)
            made, why = (unsure, "mark_no_headings") if lost else (none, "mark_nothing")
            return whole(asked, made, why)
        if len(source.text.strip()) > LONGEST:
            return whole(asked, unsure, "mark_too_long")
        if asked.kind in PLAIN_KINDS:
            answer = Followed((), (), prose_of(source.text, list(passages(source))), source.text)
            return ordered(asked, answer) if asked.kind == "order" else named(asked, answer)
        if key is None:
            return whole(asked, unsure, "mark_no_setting")
        left = until - time.monotonic()
        if left <= 0:
            return whole(asked, unsure, "mark_time")
        answer = followed(source, key.facts, left)
        left = until - time.monotonic()
        try:
            if left <= 0:
                raise TimeUp
            with limit(left):
                return judged(asked, answer, key)
        except TimeUp:
            return whole(asked, unsure, "mark_time")

    def key_for(self, asked: Asked) -> Key | None:
        """The derivation of a problem; None where answers to it cannot be read.

        Raises:
            InputError: the key's command derives nothing, or something else than the key says.
        """
        if asked.place not in self.keys:
            try:
                argument = self.derive(asked.task)
            except DeriveError as error:
                raise InputError(f"{asked.place}.command: {error}") from None
            fitting(asked, argument)
            show = shower(argument.notation)
            try:
                made = key_of(argument, setting_of(argument).facts, show)
            except InputError:
                self.keys[asked.place] = None
            else:
                if asked.kind in ("fill-in", "find-error"):
                    belongs(asked, made)
                self.keys[asked.place] = made
        return self.keys[asked.place]


def fitting(asked: Asked, argument: Argument) -> None:
    """Is the answer of the key what its command derives?

    Raises:
        InputError: it is not.
    """
    show = shower(argument.notation)
    hint = "write the key anew with derive exercises"
    if asked.kind in ("derive", "maximum") and asked.formulas != tuple(show(r) for r in argument.results):
        raise InputError(f"{asked.place}.answer.formulas: this is not what the command derives", hint)
    if asked.kind == "compute" and asked.exact != tuple(str(v.right) for v in argument.values):
        raise InputError(f"{asked.place}.answer.exact: this is not what the command calculates", hint)


def judged(asked: Asked, answer: Followed, key: Key) -> ProblemMarks:
    """The marks by the kind of the problem."""
    match asked.kind:
        case "compute":
            return computed(asked, answer, key)
        case "fill-in":
            return filled(asked, answer, key)
        case "find-error":
            return corrected(asked, answer, key)
        case "which-distribution":
            return family(asked, answer, key)
        case _:
            return derived(asked, answer, key, spoken("mark_argument_words"))


def whole(asked: Asked, made: Callable[[str | Phrase, int, Phrase], Part], why: str) -> ProblemMarks:
    """The same for every part."""
    return ProblemMarks(asked.number, asked.kind, tuple(made(s.what, s.points, Phrase(why)) for s in asked.scheme))


def headed(source: Source, key: KeyFile) -> bool:
    """Does any heading of the file name a problem of the key?"""
    numbers = {p.number for problems in key.variants.values() for p in problems}
    return bool(parts(source, [*numbers, -1], words()))


def words() -> Words:
    """What parts of an answer are called, in all languages."""
    return Words(spoken("mark_problem_names"), spoken("mark_answer_names"))


def spoken(key: str) -> tuple[str, ...]:
    """A list of words of every language, as they are compared."""
    found = [word.strip().casefold() for language in languages() for word in words_of(language)[key].split(",")]
    return tuple(dict.fromkeys(found))
