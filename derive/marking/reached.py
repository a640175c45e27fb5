"""Does an answer state a goal? The judge decides, and says so where it cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim, Outcome
from derive.core.facts import Facts
from derive.core.relation import EQUAL, EQUIVALENT, PROPORTIONAL, UP_TO_CONSTANT
from derive.core.statement import Statement
from derive.core.vectors import is_matrix
from derive.documents.faults import FAULTS
from derive.documents.known import known_letters, letters
from derive.documents.letters import is_letter
from derive.marking.goals import has_averages, solved_for
from derive.marking.lines import AVERAGED, Followed, Said, Term, explicit
from derive.marking.milestones import Equation, Goal, Group, Key, Moment, Positive, Solution, Unclosed, Value

FACTORS = (sp.Integer(1), sp.Integer(2), sp.Rational(1, 2))
MOST_JUDGED = 120


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a goal is stated.

    Args:
        yes: it is.
        line: where.
        doubt: a line that the judge could not settle.
    """

    yes: bool
    line: int = 0
    doubt: int = 0


def reached(group: Group, answer: Followed, key: Key) -> Found:
    """Is any goal of the group stated by a line that is not refuted?"""
    for said in answer.said:
        if said.outcome is not Outcome.REFUTED and plain(said.right.latex) in {plain(s) for s in group.spelled}:
            return Found(True, said.line)
    doubt = 0
    for goal in group.goals:
        found = stated(goal, answer, key)
        if found.yes:
            return found
        doubt = doubt or found.doubt
    return Found(False, doubt=doubt)


def oriented(group: Group, answer: Followed, key: Key, turned: bool | None) -> Found:
    """The same, where a sign says whether the log-likelihood or its negative is meant.

    Args:
        turned: is it the negative? None where the answer does not say: then a turned sign is a doubt.
    """
    straight = replace(group, goals=tuple(map(unturned, group.goals)))
    found = reached(straight, answer, key)
    if found.yes or turned is False or straight == group:
        return found
    other = reached(group, answer, key)
    if other.yes and turned is None:
        return Found(False, doubt=other.line)
    return other


def unturned(goal: Goal) -> Goal:
    """The goal with its own sign only."""
    return replace(goal, forgiven=goal.forgiven - {"sign"}) if isinstance(goal, Value) else goal


def plain(latex: str) -> str:
    """A formula without what only moves its signs."""
    for macro, meaning in SPELLINGS:
        latex = re.sub(macro, meaning, latex)
    return re.sub(r"[\s{}.,;]", "", latex)


SPELLINGS = (
    (r"\\(left|right|[bB]igg?[lr]?|thinspace|,|;|!|quad|displaystyle)(?![A-Za-z])", ""),
    (r"\\lt(?![A-Za-z])", "<"),
    (r"\\gt(?![A-Za-z])", ">"),
    (r"\\Vert(?![A-Za-z])", r"\\|"),
    (r"\\[lr]?vert(?![A-Za-z])", "|"),
    (r"\\([lr])brace(?![A-Za-z])", ""),
)


def stated(goal: Goal, answer: Followed, key: Key) -> Found:
    """Is this goal stated?"""
    doubt, judged = 0, 0
    for line, claims in tries(goal, answer, key):
        for claim in claims:
            judged += 1
            if judged > MOST_JUDGED:
                return Found(False, doubt=line)
            outcome = verdict(claim)
            if outcome in (Outcome.PROVED, Outcome.TESTED):
                return Found(True, line)
            if outcome is Outcome.UNKNOWN or strangers(claim.left, key.facts):
                doubt = doubt or line
    return Found(False, doubt=doubt)


def strangers(side: Any, facts: Facts) -> set[str]:
    """The letters of which the problem says nothing: what is said with them may be right if one knows what they are."""
    sides = (side.left, side.right) if isinstance(side, Statement) else (side,)
    indices = {str(i) for s in sides for entry in s.atoms(sp.Indexed) for i in entry.indices}
    return {str(getattr(s, "label", s)) for side in sides for s in letters(side)} - known_letters(facts) - indices


def without_constants(made: Any, facts: Facts) -> Any:
    """The terms that hold no stranger, where the others are strangers alone: ``ℓ + c``."""
    if not isinstance(made, sp.Add):
        return made
    strange = [term for term in made.args if strangers(term, facts)]
    if strange and all({str(s) for s in term.free_symbols} <= strangers(term, facts) for term in strange):
        return sp.Add(*(term for term in made.args if term not in strange))
    return made


def verdict(claim: Claim) -> Outcome:
    """What the judge says; unknown where a formula makes no sense."""
    try:
        return judge(claim).outcome
    except FAULTS:
        return Outcome.UNKNOWN


def tries(goal: Goal, answer: Followed, key: Key) -> Iterator[tuple[int, Iterator[Claim]]]:
    """For each line that may state it, the claims any one of which would show that it does."""
    match goal:
        case Value():
            for line, made in named(answer, key) if goal.named or goal.expr.is_number else formulas(answer):
                if fits(goal, made):
                    yield line, same(goal, made.meaning, key)
        case Solution():
            for line, letter, value in solved(answer):
                if letter == goal.letter:
                    yield line, (Claim(a, EQUAL, b, key.facts) for a, b in solutions(goal, value, key))
        case Equation():
            for line, left, right in equations(answer):
                wanted = Statement(goal.left, EQUAL, goal.right)
                if left.has(goal.letter) or right.has(goal.letter):
                    yield (
                        line,
                        iter([Claim(Statement(left, EQUAL, right), EQUIVALENT, wanted, key.facts, (goal.letter,))]),
                    )
        case Unclosed():
            for line, made in terms(answer):
                if made.raw is not None and has_averages(made.raw) and made.raw.has(sp.log, *AVERAGED[:1]):
                    yield line, iter([Claim(made.meaning, EQUAL, goal.expr, key.facts)])
        case Moment():
            yield from averages(goal, answer, key)
        case Positive():
            yield from signs(goal, answer, key)


def live(answer: Followed) -> Iterator[Said]:
    """What is not refuted."""
    return (said for said in answer.said if said.outcome is not Outcome.REFUTED)


def terms(answer: Followed) -> Iterator[tuple[int, Term]]:
    """All sides that are read, each once."""
    seen: set[Any] = set()
    for said in live(answer):
        for term in (said.left, said.right):
            if term is not None and term.meaning is not None and term.raw not in seen:
                seen.add(term.raw)
                yield said.line, term


def formulas(answer: Followed) -> Iterator[tuple[int, Term]]:
    """The sides that name nothing."""
    return ((line, term) for line, term in terms(answer) if explicit(term.raw) and not is_letter(term.raw))


def named(answer: Followed, key: Key) -> Iterator[tuple[int, Term]]:
    """The formulas that something with a name is said to be, and those that are compared with zero."""
    seen: set[Any] = set()
    for said in live(answer):
        zero = said.right.meaning == 0
        term = said.left if zero else said.right
        if term is None or term.meaning is None or not explicit(term.raw) or is_letter(term.raw) or term.raw in seen:
            continue
        if zero or (said.subject is not None and is_name(said.subject, key)):
            seen.add(term.raw)
            yield said.line, term


def is_name(term: Term, key: Key) -> bool:
    """A function, a derivative, a letter of the student's own, or what cannot be read."""
    if isinstance(term.raw, sp.Symbol):
        return term.raw not in key.facts.domains
    return not explicit(term.raw)


def fits(goal: Value, made: Term) -> bool:
    """Can the side state the value at all?"""
    if is_matrix(made.meaning) != is_matrix(goal.expr):
        return False
    if goal.opened and made.meaning.has(sp.Product):
        return False
    if goal.expr != 0 and made.meaning == 0:
        return False
    return not (goal.closed and (has_averages(made.raw) or has_averages(made.meaning)))


def same(goal: Value, made: Any, key: Key) -> Iterator[Claim]:
    """The formula is the value: as it stands; with the estimates put in; up to what is forgiven."""
    made = without_constants(made, key.facts)
    yield Claim(made, EQUAL, goal.expr, key.facts)
    if is_matrix(made):
        return
    put = [sp.sympify(e).xreplace(key.solved) for e in (made, goal.expr)]
    if goal.at_estimate and put != [made, goal.expr]:
        yield Claim(put[0], EQUAL, put[1], key.facts)
    if not goal.forgiven or not made.free_symbols & set(key.parameters):
        return
    for sign in (1, -1) if "sign" in goal.forgiven else (1,):
        if "constant" in goal.forgiven:
            sizes = {s for shape in key.facts.shapes.values() for n in shape for s in n.free_symbols}
            for factor in (*FACTORS, *(1 / s for s in sorted(sizes, key=str))):
                yield Claim(made, UP_TO_CONSTANT, sign * factor * goal.expr, key.facts, key.parameters)
        else:
            yield Claim(made, PROPORTIONAL, sign * goal.expr, key.facts, key.parameters)


def solved(answer: Followed) -> Iterator[tuple[int, Any, Any]]:
    """Every ``letter = formula``, the letter the first side of its chain or next to the sign."""
    for said in live(answer):
        if said.relation not in ("equal", "defined"):
            continue
        pairs = [(said.subject, said.right), (said.left, said.right), (said.right, said.left)]
        for left, right in pairs:
            if left is None or right is None or left.meaning is None or right.meaning is None:
                continue
            made = solved_for(left.meaning, right.meaning) if explicit(right.raw) else None
            if made is not None and not right.meaning.has(made.letter):
                yield said.line, made.letter, made.exprs[0]


def solutions(goal: Solution, value: Any, key: Key) -> Iterator[tuple[Any, Any]]:
    """The pairs of which one must be equal: as they stand, and in the data alone."""
    others = {s: e for s, e in key.solved.items() if s != goal.letter}
    put = sp.sympify(value).xreplace(others)
    for expr in goal.exprs:
        yield value, expr
        if put != value:
            yield put, expr.xreplace(others)


def equations(answer: Followed) -> Iterator[tuple[int, Any, Any]]:
    """Equations that are not solved."""
    for said in live(answer):
        left, right = said.left, said.right
        if said.relation != "equal" or left is None or left.meaning is None or right.meaning is None:
            continue
        if explicit(left.raw) and explicit(right.raw) and not is_solved(left) and not is_solved(right):
            yield said.line, left.meaning, right.meaning


def is_solved(term: Term) -> bool:
    """A letter, or its square."""
    return is_letter(term.raw) or (term.raw.is_Pow and is_letter(term.raw.base))


def averages(goal: Moment, answer: Followed, key: Key) -> Iterator[tuple[int, Iterator[Claim]]]:
    """``E[…] = value``; or an expected value of the key that is used on the way to a formula without any."""
    for said in live(answer):
        if said.left is None or said.left.meaning is None or said.right.meaning is None:
            continue
        left, right = said.left, said.right
        if not has_averages(left.raw) or has_averages(right.raw):
            continue
        if not has_averages(right.meaning):
            yield said.line, iter([Claim(right.meaning, EQUAL, goal.right, key.facts)])
        for used in sorted(left.raw.atoms(*AVERAGED[:2]), key=str):
            yield said.line, iter([Claim(used, EQUAL, goal.right, key.facts)])


def signs(goal: Positive, answer: Followed, key: Key) -> Iterator[tuple[int, Iterator[Claim]]]:
    """``a > b`` that says the same."""
    for said in live(answer):
        left, right = said.left, said.right
        if said.relation not in ("greater", "less") or left is None or left.meaning is None or right.meaning is None:
            continue
        made = left.meaning - right.meaning if said.relation == "greater" else right.meaning - left.meaning
        bare = any(t.raw is None or t.raw.has(*key.parameters) for t in (left, said.right)) if key.parameters else True
        made = made.xreplace(key.solved)
        # That a parameter lies in its domain says nothing of the estimate.
        if made.free_symbols and not bare:
            letters = tuple(s for s in made.free_symbols if s in key.facts.domains)
            yield said.line, iter([Claim(made, PROPORTIONAL, goal.expr, key.facts, data_of(key) or letters)])


def data_of(key: Key) -> tuple[Any, ...]:
    """The observations and the parameters."""
    return (*key.facts.shapes, *key.parameters)
