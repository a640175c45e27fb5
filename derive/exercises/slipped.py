"""A chain with one slip in it: what a person could write by mistake, and what then follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.diagnosis import diagnosis, sizes_of
from derive.checking.judge import judge
from derive.checking.numbers import FAULTS
from derive.checking.slips import slips
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.derivation import Chain, claim_of
from derive.core.relation import EQUAL
from derive.core.statement import Side, Statement
from derive.core.trees import substitute
from derive.exercises.chance import Dice
from derive.exercises.passages import WIDEST, size

TRIED_A_LINE = 8
# A slip may make what cannot be built: a letter that a sum binds turned into a product, a vector into a number.
BROKEN = (*FAULTS, TypeError, AttributeError)


def candidates(chain: Chain, place: int, kinds: tuple[str, ...], dice: Dice) -> Iterator[tuple[str, Side]]:
    """Slips in the side after one step, in chance order, of the kinds that are wanted."""
    after = chain.steps[place].after
    known = {chain.start, *(step.after for step in chain.steps)}
    made: list[tuple[str, Side]] = []
    if isinstance(after, Statement):
        if after.left != after.right:
            made = [(s.kind, replace(after, right=s.made)) for s in variants(after.right, chain)]
            made += [(s.kind, replace(after, left=s.made)) for s in variants(after.left, chain)]
    elif chain.steps[place].relation == EQUAL:
        made = [(s.kind, s.made) for s in variants(after, chain)]
    of_kind = dice.shuffled([(kind, side) for kind, side in made if kind in kinds and side not in known])
    fitting = ((kind, side) for kind, side in of_kind if natural(side, chain, after))
    yield from islice(fitting, 2 if isinstance(after, Statement) else TRIED_A_LINE)


def natural(made: Side, chain: Chain, after: Side) -> bool:
    """Does a person write that: no letter more often than before, no function of which there was none, no wider?"""
    if size(made) > min(WIDEST, size(after) + 3):
        return False
    new, old = whole(made), whole(after)
    if old in new.args or not new.atoms(AppliedUndef) <= old.atoms(AppliedUndef):
        return False
    sizes, laws = set(sizes_of(chain.facts)), set(chain.facts.laws)
    once, before = written(new), written(old)
    return all(once[node] <= before[node] or node in sizes for node in once) and not any(
        # The name of a law is no number.
        isinstance(node, sp.Add | sp.Mul | sp.Pow) and laws & set(node.args)
        for node in sp.preorder_traversal(new)
    )


def written(side: Any) -> Counter[Any]:
    """How often each letter, function and big sign is written."""
    nodes: Counter[Any] = Counter()
    for node in sp.preorder_traversal(side):
        if isinstance(node, sp.Symbol):
            nodes[node] += 1
        elif isinstance(node, sp.log | sp.exp | sp.Sum | sp.Product):
            nodes[type(node)] += 1
    return nodes


def whole(side: Side) -> Any:
    """A statement's two sides as one tree."""
    return sp.Tuple(side.left, side.right) if isinstance(side, Statement) else side


def variants(side: Any, chain: Chain) -> Iterator[Any]:
    """The likely slips of one side."""
    return islice(slips(side, sizes_of(chain.facts)), 200) if side.args else iter(())


def judged(chain: Chain, place: int, made: Side) -> Verdict:
    """What the judge says of the wrong line; unknown where a slip makes something that has no meaning."""
    try:
        return judge(claim_of(replace(chain.steps[place], after=made, inside=()), chain))
    except BROKEN:
        return Verdict(Outcome.UNKNOWN, "fault")


def followed(chain: Chain, place: int, made: Side) -> list[Side]:
    """The lines after the wrong one, each true of the one before, as far as they can be had."""
    sides: list[Side] = []
    at = made
    for step in chain.steps[place + 1 :]:
        try:
            after = next_side(chain, at, step.before, step.after)
            if after is None or after == at or size(after) > WIDEST:
                break
            holds = judge(claim_of(replace(step, before=at, after=after, inside=()), chain)).holds
        except BROKEN:
            break
        if not holds:
            break
        sides.append(after)
        at = after
    return sides


def next_side(chain: Chain, at: Side, before: Side, after: Side) -> Side | None:
    """What the step from ``before`` to ``after`` makes of another side; None where that is not to be seen."""
    if isinstance(at, Statement) or isinstance(before, Statement) or isinstance(after, Statement):
        return None
    old, new = difference(before, after)
    if at.has(old):
        return substitute(at, {old: new})
    slip = diagnosis(Claim(at, EQUAL, after, chain.facts, chain.unknowns))
    return None if slip is None else slip.made


def difference(before: Any, after: Any) -> tuple[Any, Any]:
    """The smallest pair of parts that, put for each other, lead from one tree to the other."""
    if type(before) is type(after) and len(before.args) == len(after.args):
        apart = [(a, b) for a, b in zip(before.args, after.args, strict=True) if a != b]
        if len(apart) == 1 and isinstance(apart[0][0], sp.Expr):
            old, new = difference(*apart[0])
            if substitute(before, {old: new}) == after:
                return old, new
    return before, after
