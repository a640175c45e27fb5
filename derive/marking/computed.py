"""A number to be calculated: the formula, and the exact number or its decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.claim import Claim, Outcome
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.marking.derived import first_wrong
from derive.marking.goals import results, solved_for
from derive.marking.key import Asked
from derive.marking.lines import Followed, Said, Term, explicit
from derive.marking.marks import Part, ProblemMarks, full, none, unsure
from derive.marking.milestones import Key
from derive.marking.reached import reached, verdict

FEWEST_DIGITS = 2
"""A decimal number of fewer digits after the point says too little."""
_NUMBER = re.compile(r"(?<![\w.,/])[-−+]?\d{1,15}(?:\.\d{1,30}|/\d{1,15})?(?![\w/]|[.,]\d)")


def computed(asked: Asked, answer: Followed, key: Key) -> ProblemMarks:
    """Points for the formula and the number."""
    wanted = list(key.argument.values)
    judged = [number_of(statement, answer, key, alone=len(wanted) == 1) for statement in wanted]
    right = bool(judged) and all(outcome == "right" for outcome, _ in judged)
    parts: list[Part] = []
    for share in asked.scheme:
        if share.part == "share_formula":
            parts.append(formula(share.what, share.points, answer, key, right))
            continue
        good = sum(outcome == "right" for outcome, _ in judged)
        worst = next(((o, w) for o, w in judged if o != "right"), ("right", judged[0][1] if judged else ""))
        slots = {"found": worst[1] or "–"}
        match worst[0]:
            case "right":
                parts.append(full(share.what, share.points, Phrase("mark_number_right", slots)))
            case "wrong" if good == 0:
                parts.append(none(share.what, share.points, Phrase("mark_number_wrong", slots)))
            case "missing" if good == 0:
                parts.append(none(share.what, share.points, Phrase("mark_number_missing")))
            case "coarse":
                parts.append(unsure(share.what, share.points, Phrase("mark_number_coarse", slots)))
            case _:
                parts.append(unsure(share.what, share.points, Phrase("mark_number_open")))
    return ProblemMarks(asked.number, asked.kind, tuple(parts), None, answer.undecided)


def formula(what: str | Phrase, points: int, answer: Followed, key: Key, right: bool) -> Part:
    """Is the formula stated, or are the numbers put into it?"""
    groups = list(results(key)) if key.argument.task.verb == "mle" else []
    free = tuple(s for s in answer.said if not is_number(s.right))
    stated = Followed((), tuple(unjudged(s) for s in free), answer.prose, answer.text)
    if groups and all(reached(g, stated, key).yes for g in groups):
        return full(what, points, Phrase("mark_formula_stated"))
    value = key.read(key.argument.results[0].right) if not groups else None
    if value is not None and any(equal(s.right.meaning, value, key.facts) for s in free if explicit(s.right.raw)):
        return full(what, points, Phrase("mark_formula_stated"))
    if right and any(worked(said) for said in answer.said):
        return full(what, points, Phrase("mark_formula_used"))
    if right:
        return unsure(what, points, Phrase("mark_only_number"))
    if answer.unread:
        return unsure(what, points, Phrase("mark_unread", {"line": answer.unread[0].line}))
    if first_wrong(answer) is None and answer.prose.strip():
        return unsure(what, points, Phrase("mark_for_a_person"))
    return none(what, points, Phrase("mark_not_stated"))


def unjudged(said: Said) -> Said:
    """Without a verdict: numbers put in are no identities of letters."""
    return replace(said, outcome=None)


def worked(said: Said) -> bool:
    """Are there numbers that are put together on the way?"""
    terms = [t for t in (said.left, said.right) if t is not None]
    return any(is_number(t) and len(re.findall(r"\d+(?:\.\d+)?", t.latex)) >= 3 for t in terms)


def number_of(statement: Statement, answer: Followed, key: Key, alone: bool) -> tuple[str, str]:
    """``right``, ``wrong``, ``coarse``, ``missing`` or ``open``, and the number that is meant.

    Args:
        alone: is it the only number that is asked for?
    """
    exact = statement.right
    letter = key.read(statement.left)
    about = [s for s in answer.said if s.relation in ("equal", "approximately", "defined") and is_about(s, letter)]
    last = [s.right for s in about if is_number(s.right)]
    if last:
        return compared(last[-1], exact), last[-1].latex
    if not alone:
        return "missing" if answer.empty else "open", ""
    ends = [t for t in ends_of(answer)]
    different = {sp.nsimplify(t.raw) if t.raw.is_Rational else t.raw for t in ends}
    if len(different) == 1:
        return compared(ends[0], exact), ends[0].latex
    return ("missing" if not different and not answer.unread else "open"), ""


def is_about(said: Said, letter: Any) -> bool:
    """Is this relation about the letter of the estimate, or the quantity that is asked for?"""
    for term in (said.subject, said.left):
        if term is None or term.meaning is None or letter is None:
            continue
        if term.meaning == letter:
            return True
        left, right = (solved_for(m, sp.Integer(0)) for m in (term.meaning, letter))
        if left is not None and right is not None and left.letter == right.letter and term.meaning == letter:
            return True
    return False


def ends_of(answer: Followed) -> Iterator[Term]:
    """The numbers that chains come to; without any, those in the text."""
    found = [s.right for s in answer.said if is_number(s.right)]
    if found:
        yield from found[-1:] if all(s.relation for s in answer.said) else found
        return
    if not answer.said:
        for match in _NUMBER.finditer(answer.prose):
            text = match.group().replace("−", "-")
            value = sp.Rational(text)
            digits = len(text.partition(".")[2]) if "." in text else None
            yield Term(value, value, text, digits)


def is_number(term: Term) -> bool:
    """A number, or a formula in numbers alone."""
    return isinstance(term.raw, sp.Expr) and bool(term.raw.is_number) and explicit(term.raw)


def compared(found: Term, exact: Any) -> str:
    """Is it the number: exactly, or rounded as it is printed?"""
    raw = sp.nsimplify(found.raw, rational=True) if found.raw.has(sp.Float) else found.raw
    if verdict(Claim(raw, EQUAL, exact, Facts())) in (Outcome.PROVED, Outcome.TESTED):
        return "right"
    if found.digits is None:
        return "wrong"
    off = abs(sp.N(raw - exact, 40))
    if off > sp.Rational(1, 2) / 10**found.digits:
        return "wrong"
    return "right" if found.digits >= FEWEST_DIGITS else "coarse"


def equal(made: Any, wanted: Any, facts: Facts) -> bool:
    """Are they judged equal?"""
    return made is not None and verdict(Claim(made, EQUAL, wanted, facts)) in (Outcome.PROVED, Outcome.TESTED)
