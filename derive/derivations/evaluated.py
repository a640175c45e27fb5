"""A quantity in another unit, and its number at given values of the letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.point import Point, Undefined
from derive.checking.walker import Walker
from derive.core.derivation import Chain, Step
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, EQUAL
from derive.core.statement import equation
from derive.derivations.information import Information
from derive.derivations.result import Section

OPERATIONS = 20_000_000
SHOWN = 6
PRECISIONS = (45, 120, 960)


def in_base(found: Information, base: int) -> Information:
    """The same quantity with logarithms to this base: divided by log base."""
    factor = sp.log(base)
    start = found.quantity / factor
    value = found.value / factor
    step = Step(start, EQUAL, value, "base_changed", Phrase("base_changed", {"factor": factor}))
    intro = Phrase("base_bits" if base == 2 else "base_dits", {"factor": factor})
    chain = Chain(Phrase("quantity_topic", {"quantity": start}), start, (step,), found.facts)
    section = Section(Phrase("base_heading"), (intro,), (chain,))
    return replace(found, sections=(*found.sections, section), quantity=start, value=value, unit=factor)


def at_values(found: Information, values: Mapping[Any, Any]) -> tuple[Information, Any]:
    """The derivation with its number, and the number to full accuracy.

    Raises:
        NoDerivation: the quantity has no value there, or none that numerical integration finds.
    """
    facts = holding(found.facts, values)
    walker = Walker(facts, Point(0), Budget(OPERATIONS))
    try:
        number = settled_number(found.value, facts)
    except Undefined as error:
        raise NoDerivation(f"the formula has no value at these letters ({error})") from error
    except GivesUp as error:
        raise NoDerivation(f"the number was not found ({error.reason})") from error
    shown = sp.Float(str(walker.ctx.nstr(number, SHOWN)), SHOWN)
    steps = [Step(found.quantity, EQUAL, found.value, "value_found", Phrase("value_found"))]
    relation = APPROXIMATELY
    steps.append(Step(found.value, relation, shown, "decimals", Phrase("decimals")))
    contents = []
    for chain in found.chains:
        if not isinstance(chain.start, sp.core.function.AppliedUndef) or chain.start.func.__name__ != "I":
            continue
        local = holding(chain.facts, values)
        closed = chain.end / found.unit
        content = sp.Float(str(walker.ctx.nstr(settled_number(closed, local), SHOWN)), SHOWN)
        start = chain.start / found.unit
        lines = (
            Step(start, EQUAL, closed, "value_found", Phrase("value_found")),
            Step(closed, relation, content, "decimals", Phrase("decimals")),
        )
        contents.append(Chain(chain.topic, start, lines, local))
    pairs = [pair for letter, value in values.items() for pair in entries(letter, value)]
    given = tuple(equation(letter, shown_value(value)) for letter, value in pairs)
    named = Phrase("quantity_topic", {"quantity": found.quantity})
    topic = Phrase("numbers_at", {"values": given}) if given else named
    if any(isinstance(law.variable, sp.IndexedBase) for law in facts.laws.values()):
        # The definition runs over many entries: the formula is judged for letters, where they are few.
        general = Chain(named, found.quantity, (steps[0],), found.facts)
        main: tuple[Chain, ...] = (general, Chain(topic, found.value, (steps[1],), facts))
    else:
        main = (Chain(topic, found.quantity, tuple(steps), facts),)
    chains = (*main, *contents)
    section = Section(Phrase("numbers_at_heading"), (), chains)
    full = float(number)
    return replace(found, sections=(*found.sections, section)), full


def settled_number(expr: Any, facts: Facts) -> Any:
    """The value with so many digits that those shown no longer change: −log(1 − p) at p = 10⁻⁴⁰ is not 0.

    Raises:
        Undefined: there is none.
        GivesUp: it cannot be evaluated.
    """
    before = Walker(facts, Point(0), Budget(OPERATIONS)).value(expr)
    for digits in PRECISIONS:
        try:
            now = Walker(facts, Point(0), Budget(OPERATIONS), digits).value(expr)
        except GivesUp:
            # Integrals settle their own digits and take no more than a few.
            return before
        if now != 0 and abs(now - before) <= abs(now) * 10.0**-12:
            return now
        before = now
    # What is still smaller than half of so many digits is what rounding leaves of zero.
    return now if abs(now) > Walker(facts, Point(0), Budget(0)).ctx.mpf(10) ** (-PRECISIONS[-1] // 2) else now * 0


def holding(facts: Facts, values: Mapping[Any, Any]) -> Facts:
    """The facts with each letter standing for its value, a vector's entries for theirs."""
    for letter, value in values.items():
        if isinstance(value, tuple):
            k = sp.Symbol("k", integer=True, positive=True)
            value = sp.Lambda(k, sp.Piecewise(*((v, sp.Eq(k, place)) for place, v in enumerate(value, start=1))))
        facts = facts.defining(letter, value)
    return facts


def entries(letter: Any, value: Any) -> list[tuple[Any, Any]]:
    """The letter with its value; for a vector each entry with its own."""
    return [(letter[k], v) for k, v in enumerate(value, start=1)] if isinstance(value, tuple) else [(letter, value)]


def shown_value(value: Any) -> Any:
    """A decimal where the fraction is one."""
    if isinstance(value, sp.Rational) and not value.is_Integer and 10**12 % int(value.q) == 0:
        return sp.Float(str(float(value)), 12)
    return value
