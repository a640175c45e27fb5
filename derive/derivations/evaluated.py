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
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, EQUAL
from derive.core.statement import equation
from derive.derivations.information import Information
from derive.derivations.result import Section

OPERATIONS = 20_000_000
SHOWN = 6


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
    facts = found.facts
    for letter, value in values.items():
        facts = facts.defining(letter, value)
    walker = Walker(facts, Point(0), Budget(OPERATIONS))
    try:
        number = walker.value(found.value)
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
        local = chain.facts
        for letter, value in values.items():
            local = local.defining(letter, value)
        closed = chain.end / found.unit
        content = sp.Float(
            str(walker.ctx.nstr(Walker(local, Point(0), Budget(OPERATIONS)).value(closed), SHOWN)), SHOWN
        )
        start = chain.start / found.unit
        lines = (
            Step(start, EQUAL, closed, "value_found", Phrase("value_found")),
            Step(closed, relation, content, "decimals", Phrase("decimals")),
        )
        contents.append(Chain(chain.topic, start, lines, local))
    given = tuple(equation(letter, shown_value(value)) for letter, value in values.items())
    topic = Phrase("numbers_at", {"values": given})
    chains = (Chain(topic, found.quantity, tuple(steps), facts), *contents)
    section = Section(Phrase("numbers_at_heading"), (), chains)
    full = float(number)
    return replace(found, sections=(*found.sections, section)), full


def shown_value(value: Any) -> Any:
    """A decimal where the fraction is one."""
    if isinstance(value, sp.Rational) and not value.is_Integer and 10**12 % int(value.q) == 0:
        return sp.Float(str(float(value)), 12)
    return value
