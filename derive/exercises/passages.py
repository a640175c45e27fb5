"""Parts of a derivation that fit on a sheet: chains of a few lines, with coarse or fine steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.statement import Side, Statement
from derive.derivations.result import Section
from derive.exercises.argument import Argument

SHORTEST, LONGEST = 3, 9
WIDEST = 70
"""A line of more operations than this is no line for a sheet."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chain and the section that it comes from."""

    section: Section
    chain: Chain

    @property
    def whole(self) -> Section:
        """The section with nothing but this chain in it."""
        return replace(self.section, intro=(), chains=(self.chain,), outro=())


def passages(argument: Argument, fine: bool) -> list[Passage]:
    """The chains of three to nine lines, none too wide, in their order.

    Args:
        fine: steps opened to their finer ones; where no chain is long enough, the other way is taken too.
    """
    ways = (opened, lambda chain: chain) if fine else (lambda chain: chain, opened)
    for way in ways:
        found = [Passage(section, made) for section, chain in without_conditions(argument) if fits(made := way(chain))]
        if found:
            return found
    return []


def without_conditions(argument: Argument) -> list[tuple[Section, Chain]]:
    """The chains that hold under what the first section says alone: of no special case, and without side conditions."""
    # Functions bind letters of their own, which are never the same twice.
    general = {k: v for k, v in argument.facts.definitions.items() if not isinstance(v, sp.Lambda)}
    return [
        (section, chain)
        for section in argument.sections
        for chain in section.chains
        if all(chain.facts.definitions.get(name) == meaning for name, meaning in general.items())
        and chain.facts.observed == argument.facts.observed
        and chain.facts.assumed == argument.facts.assumed
        and not any(step.needs for step in chain.steps)
    ]


def fits(chain: Chain) -> bool:
    """Is it of a length and a width for a sheet?"""
    return SHORTEST <= len(chain.steps) <= LONGEST and all(size(step.after) <= WIDEST for step in chain.steps)


def opened(chain: Chain) -> Chain:
    """The chain with finer steps in place of those that sum them up."""
    return replace(chain, steps=tuple(finer for step in chain.steps for finer in step.inside or (step,)))


def size(side: Side) -> int:
    """How many operations a side holds."""
    if isinstance(side, Statement):
        return size(side.left) + size(side.right)
    counted: Any = side.count_ops()
    return int(counted)


def with_sides(chain: Chain, sides: dict[int, Side]) -> Chain:
    """The chain with other sides after the steps of these numbers; nothing is said of the steps that change."""
    steps: list[Step] = []
    at: Side = chain.start
    for number, step in enumerate(chain.steps):
        after = sides.get(number, step.after)
        steps.append(replace(step, before=at, after=after, inside=(), verdict=None))
        at = after
    return replace(chain, steps=tuple(steps))


def distinct(sides: Iterator[Side]) -> bool:
    """Are no two the same?"""
    seen: list[Side] = []
    for side in sides:
        if side in seen:
            return False
        seen.append(side)
    return True
