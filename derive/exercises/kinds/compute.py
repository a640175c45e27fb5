"""Compute with these numbers: small data, or small values of the letters, with a clean answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.checking.judge import judge
from derive.core.derivation import Step, claim_of
from derive.core.domains import Integers, Interval, OneHot
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.derivations.result import Section
from derive.exercises.argument import Argument, Deriver
from derive.exercises.chance import Dice
from derive.exercises.clean import is_clean
from derive.exercises.clean import opened as opened_logs
from derive.exercises.marks import of_parts
from derive.exercises.problem import Answer, Problem
from derive.exercises.samples import sample_for
from derive.exercises.wanted import Wanted

ROOM = 10
TRIES = 200
FRACTIONS = tuple(sp.Rational(p, q) for q in (2, 3, 4, 5, 6, 8) for p in range(1, q) if sp.gcd(p, q) == 1)


def compute(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """An estimate from data, or the value of an information quantity."""
    if argument.task.verb == "mle":
        return estimate(wanted, argument, dice, derive)
    if argument.task.verb in ("entropy", "cross-entropy", "kl"):
        return quantity(wanted, argument, dice, derive)
    return None


def estimate(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """The estimates from a few observations; an easy one gives the formula."""
    low, high = wanted.size
    found = argument.derivation
    size = getattr(found.sample.distribution.support, "size", None)
    if any(p.letter not in (*found.sample.letters, size) for p in found.sample.distribution.parameters):
        # A known parameter without a number leaves a letter in the answer.
        return None
    values = sample_for(found, low + dice.below(high - low + 1), dice, wanted.calculator)
    if values is None:
        return None
    made = derive(replace(argument.task, data=" ".join(map(written, values))))
    if not made.values or not (wanted.calculator or all(is_clean(s.right) for s in made.values)):
        return None
    slots: dict[str, Any] = {"data": values, "letters": found.sample.letters}
    question = [*made.setting]
    if isinstance(found.sample.distribution.support, OneHot):
        # The data are written shorter than the vectors that they are.
        question.append(Phrase("ask_compute_categories"))
    several = Phrase("ask_compute_estimate", slots | {"size": len(values)})
    question.append(several if len(values) > 1 else Phrase("ask_compute_one", slots))
    if wanted.difficulty == "easy":
        question.append(Phrase("hint_formula", {"results": argument.results}))
    kept = () if wanted.difficulty == "easy" else ("stationary_heading", "estimate_heading")
    worked = tuple(s for s in made.sections[:-1] if s.heading.key in kept) + made.sections[-1:]
    return finished(wanted, made, tuple(question), worked)


def quantity(wanted: Wanted, argument: Argument, dice: Dice, derive: Deriver) -> Problem | None:
    """The value of an entropy or a divergence at small values of its letters."""
    found = argument.derivation
    if not found.finite or not found.closed:
        return None
    letters = {s: d for s, d in found.facts.domains.items() if s in found.value.free_symbols}
    for _ in range(TRIES):
        point = {letter: small(domain, dice) for letter, domain in letters.items()}
        if any(v is None for v in point.values()):
            return None
        if not allowed(found, point) or len(set(point.values())) < len(point):
            continue
        value = opened_logs(found.value.subs(point))
        if value == 0 or not (wanted.calculator or is_clean(value)):
            continue
        at = ", ".join(f"{letter}={value}" for letter, value in point.items())
        made = derive(replace(argument.task, at=at, base=wanted.base))
        if not made.values:
            return None
        given = tuple(Statement(letter, EQUAL, value) for letter, value in point.items())
        asked = {"quantity": found.quantity}
        ask = Phrase("ask_compute_quantity", asked | {"values": given}) if given else Phrase("ask_compute_plain", asked)
        question = [*argument.setting, ask]
        if wanted.base == "2":
            question.append(Phrase("ask_in_bits"))
        if wanted.difficulty == "easy":
            question.append(Phrase("hint_formula", {"results": argument.results}))
        numbers = with_exact(made.sections[-1], made.values[0])
        if numbers is None:
            return None
        before = () if wanted.difficulty == "easy" else made.sections[-3:-1]
        return finished(wanted, made, tuple(question), (*before, numbers))
    return None


def with_exact(section: Section, value: Statement) -> Section | None:
    """The section of numbers with the exact value between the formula and its decimals, judged."""
    chain = section.chains[0]
    formula, decimals = chain.steps
    exact = Step(formula.after, EQUAL, value.right, "values_put_in", Phrase("values_put_in"))
    rounded = replace(decimals, before=value.right)
    steps = []
    for step in (exact, rounded):
        verdict = judge(claim_of(step, chain))
        if not verdict.holds:
            return None
        steps.append(replace(step, verdict=verdict))
    return replace(section, chains=(replace(chain, steps=(formula, *steps)), *section.chains[1:]))


def finished(wanted: Wanted, made: Argument, question: tuple[Phrase, ...], worked: tuple[Any, ...]) -> Problem:
    """The problem with formula and number as its two parts."""
    answer = Answer(
        (Phrase("answer_results", {"results": made.values}),),
        made.values,
        tuple(statement.right for statement in made.values),
    )
    parts = (("share_number", 1),) if wanted.difficulty == "easy" else (("share_formula", 2), ("share_number", 1))
    return Problem(
        wanted.kind, made, question, answer, worked, of_parts(wanted.points, *parts), space=wanted.room(ROOM)
    )


def small(domain: Any, dice: Dice) -> Any:
    """A small value of a domain; None where there is no simple choice."""
    if isinstance(domain, Integers) and domain.lower.is_number:
        return domain.lower + dice.below(6)
    if not isinstance(domain, Interval) or not (domain.lower.is_number and domain.upper.is_number):
        return None
    if domain.lower.is_finite and domain.upper.is_finite:
        return domain.lower + (domain.upper - domain.lower) * dice.one(FRACTIONS)
    start = domain.lower if domain.lower.is_finite else sp.Integer(-4)
    return start + 1 + dice.below(6)


def allowed(found: Any, point: dict[Any, Any]) -> bool:
    """Do the conditions of finiteness hold there?"""
    tests = {"<": sp.Lt, ">": sp.Gt, r"\le": sp.Le, r"\ge": sp.Ge}
    for condition in found.conditions:
        test = tests.get(condition.relation.latex)
        if test is None or test(condition.left.subs(point), condition.right.subs(point)) != sp.true:
            return False
    return True


def written(value: Any) -> str:
    """An observation as it is typed."""
    return str(value) if value.is_Integer else str(float(value))
