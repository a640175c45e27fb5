"""Lines to be supplied: those that are hidden, and the one that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.claim import Claim, Outcome
from derive.core.errors import InputError
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import Statement
from derive.documents.course import Course
from derive.marking.key import Asked
from derive.marking.lines import Followed, Said
from derive.marking.marks import Part, ProblemMarks, full, none, unsure
from derive.marking.milestones import Key
from derive.marking.reached import plain, verdict
from derive.reading.chains import lines
from derive.reading.reader import Reader

MOST_TRIED = 40
_NUMBER = re.compile(r"(?<![\d.,/])(\d{1,3})(?![\d/]|[.,]\d)")
MOST_WITHOUT_A_LINE = 40
"""Words of more bytes than this may mend a line without a formula."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """A line that a student supplies, or that stands in the key.

    Args:
        raw: what tells two of them apart.
        meaning: an expression, or an equation.
    """

    raw: Any
    meaning: Any
    latex: str
    line: int = 0


def filled(asked: Asked, answer: Followed, key: Key) -> ProblemMarks:
    """Points for each hidden line that is supplied."""
    if answer.empty:
        return nothing(asked)
    wanted = [of_key(text, key) for text in asked.formulas]
    found = proposed(asked, answer, key, wanted)
    parts: list[Part] = []
    used: list[Supplied] = []
    judged = {one.latex: [outcome(one, w, key) for w in wanted] for one in found}
    wrong = [one for one in found if judged[one.latex] and all(o is Outcome.REFUTED for o in judged[one.latex])]
    for place, share in enumerate(asked.scheme):
        good = next((f for f in found if f not in used and place < len(wanted) and holds(judged[f.latex][place])), None)
        if good is not None:
            used.append(good)
            slots = {"line": good.line}
            if len(found) > len(asked.scheme) and wrong:
                parts.append(unsure(share.what, share.points, Phrase("mark_several", slots)))
            else:
                parts.append(full(share.what, share.points, Phrase("mark_line_equal", slots)))
        elif (
            place >= len(wanted) or wanted[place] is None or answer.unread or any(undecided(j) for j in judged.values())
        ):
            parts.append(unsure(share.what, share.points, Phrase("mark_for_a_person")))
        elif not found:
            key_word = "mark_copied" if answer.said else "mark_for_a_person" if answer.prose else "mark_nothing"
            made = unsure if key_word == "mark_for_a_person" else none
            parts.append(made(share.what, share.points, Phrase(key_word)))
        else:
            parts.append(none(share.what, share.points, Phrase("mark_line_wrong", {"line": found[0].line})))
    return ProblemMarks(asked.number, asked.kind, tuple(parts), None, answer.undecided)


def corrected(asked: Asked, answer: Followed, key: Key) -> ProblemMarks:
    """Points for the number of the wrong line, and for the line as it should be."""
    if answer.empty:
        return nothing(asked)
    number, others = line_named(answer), lines_named(answer)
    parts: list[Part] = []
    for share in asked.scheme:
        if number != asked.line and asked.line in others:
            # "Line 2 is right, line 3 is wrong", or the reverse.
            parts.append(unsure(share.what, share.points, Phrase("mark_for_a_person")))
        elif share.part == "share_wrong_line":
            parts.append(of_number(share.what, share.points, number, asked.line))
        elif number is not None and number != asked.line:
            parts.append(none(share.what, share.points, Phrase("mark_mended_elsewhere")))
        else:
            parts.append(of_line(share.what, share.points, asked, answer, key))
    return ProblemMarks(asked.number, asked.kind, tuple(parts), None, ())


def nothing(asked: Asked) -> ProblemMarks:
    """An answer that is empty."""
    parts = tuple(none(s.what, s.points, Phrase("mark_nothing")) for s in asked.scheme)
    return ProblemMarks(asked.number, asked.kind, parts)


def of_number(what: str | Phrase, points: int, number: int | None, right: int | None) -> Part:
    """The number of the line."""
    if number is None:
        return unsure(what, points, Phrase("mark_no_line_number"))
    key = "mark_line_found" if number == right else "mark_line_missed"
    return (full if number == right else none)(what, points, Phrase(key, {"line": number}))


def of_line(what: str | Phrase, points: int, asked: Asked, answer: Followed, key: Key) -> Part:
    """The mended line."""
    wanted = of_key(asked.formulas[0], key) if asked.formulas else None
    found = proposed(asked, answer, key, [wanted])
    outcomes = [outcome(one, wanted, key) for one in found]
    good = next((f for f, o in zip(found, outcomes, strict=True) if holds(o)), None)
    if good is not None:
        return full(what, points, Phrase("mark_line_equal", {"line": good.line}))
    if wanted is None or undecided(outcomes) or answer.unread:
        return unsure(what, points, Phrase("mark_for_a_person"))
    if found:
        return none(what, points, Phrase("mark_line_wrong", {"line": found[0].line}))
    if answer.said:
        return none(what, points, Phrase("mark_copied"))
    told = len(answer.prose.encode()) > MOST_WITHOUT_A_LINE
    return (unsure if told else none)(what, points, Phrase("mark_for_a_person" if told else "mark_not_stated"))


def holds(found: Outcome) -> bool:
    """Proved or tested."""
    return found in (Outcome.PROVED, Outcome.TESTED)


def undecided(outcomes: list[Outcome]) -> bool:
    """Could any not be decided, and none be shown?"""
    return Outcome.UNKNOWN in outcomes and not any(map(holds, outcomes))


def line_named(answer: Followed) -> int | None:
    """The number of a line that the words name: the first number in them; None for none.

    A number behind a point, or in a formula, is none.
    """
    found = _NUMBER.search(answer.prose)
    if found is not None:
        return int(found.group(1))
    alone = [s.right.raw for s in answer.said if not s.relation and getattr(s.right.raw, "is_Integer", False)]
    return int(alone[0]) if len(alone) == 1 else None


def lines_named(answer: Followed) -> set[int]:
    """All numbers in the words that may be numbers of lines."""
    return {int(found) for found in _NUMBER.findall(answer.prose)}


def of_key(text: str, key: Key) -> Supplied | None:
    """A line of the key; None where it cannot be read."""
    chains = lines(Reader(key.facts), text)
    if len(chains) != 1 or any(side.value is None for side in chains[0].sides):
        return None
    course = Course(key.facts, lambda finding: None)
    values = [side.value for side in chains[0].sides]
    meanings = [course.meaning(value) for value in values]
    if len(values) == 1:
        return Supplied(values[0], meanings[0], text)
    if len(values) == 2 and chains[0].links[0].relation == EQUAL:
        return Supplied(tuple(values), Statement(meanings[0], EQUAL, meanings[1]), text)
    return None


def supplied(asked: Asked, answer: Followed, key: Key) -> Iterator[Supplied]:
    """What the student writes that does not stand on the sheet."""
    sheet = [of_key(text, key) for chain in asked.shown for text in chain if text is not None]
    raws = {one.raw for one in sheet if one is not None}
    spelled = {plain(one) for chain in asked.shown for one in chain if one is not None}
    equations = any(
        one is not None and isinstance(one.meaning, Statement) for one in map(lambda t: of_key(t, key), asked.formulas)
    )
    seen: set[Any] = set()
    for said in answer.said:
        for one in equation_in(said) if equations else terms_in(said):
            if one.raw in raws or one.raw in seen or plain(one.latex) in spelled:
                continue
            seen.add(one.raw)
            if len(seen) > MOST_TRIED:
                return
            yield one


def proposed(asked: Asked, answer: Followed, key: Key, wanted: list[Supplied | None]) -> list[Supplied]:
    """The lines that are meant as the answer: those in displays, where one of them will do; else all."""
    displayed = replace(answer, said=tuple(s for s in answer.said if s.shown))
    found = list(supplied(asked, displayed, key))
    if any(holds(outcome(one, w, key)) for one in found for w in wanted):
        return found
    return list(supplied(asked, answer, key))


def terms_in(said: Said) -> Iterator[Supplied]:
    """The two sides of a relation that are more than a letter or a number."""
    for term in (said.left, said.right):
        if term is not None and term.meaning is not None and isinstance(term.raw, sp.Basic) and term.raw.args:
            yield Supplied(term.raw, term.meaning, term.latex, said.line)


def equation_in(said: Said) -> Iterator[Supplied]:
    """An equation."""
    if said.relation == "equal" and said.left is not None and None not in (said.left.meaning, said.right.meaning):
        raw = (said.left.raw, said.right.raw)
        meaning = Statement(said.left.meaning, EQUAL, said.right.meaning)
        yield Supplied(raw, meaning, f"{said.left.latex} = {said.right.latex}", said.line)


def outcome(made: Supplied, wanted: Supplied | None, key: Key) -> Outcome:
    """Is it judged the same as the key's line?"""
    if wanted is None:
        return Outcome.UNKNOWN
    a, b = made.meaning, wanted.meaning
    if isinstance(a, Statement) and isinstance(b, Statement):
        letters = tuple(s for s in key.parameters if any(e.has(s) for e in (b.left, b.right)))
        found = [verdict(Claim(a, EQUIVALENT, b, key.facts, (s,))) for s in letters]
        if Outcome.REFUTED in found:
            return Outcome.REFUTED
        return next((o for o in found if holds(o)), Outcome.UNKNOWN)
    return verdict(Claim(a, EQUAL, b, key.facts))


def belongs(asked: Asked, key: Key) -> None:
    """Are the formulas of the key's answer lines of the derivation?

    Raises:
        InputError: one is not.
    """
    steps = [one for chain in key.argument.chains for step in chain.steps for one in (step, *step.inside)]
    known = {plain(key.show(one.after)) for one in steps}
    for text in asked.formulas:
        if plain(text) not in known:
            raise InputError(
                f"{asked.place}.answer.formulas: this is no line of the derivation that the command gives",
                "write the key anew with derive exercises",
            )
