"""Slips: from true lines make wrong ones, and harmless ones; how many are refuted, and how many slips are named."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from derive.api import mle
from derive.checking.budget import Budget, GivesUp
from derive.checking.diagnosis import diagnosis, sizes_of
from derive.checking.judge import judge
from derive.checking.numbers import expressions_at
from derive.checking.point import Point, Undefined
from derive.checking.points import Draw
from derive.checking.slips import slips
from derive.checking.walker import Walker
from derive.core.claim import Claim
from derive.core.facts import Facts
from derive.core.information import Extremum
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import substitute
from derive.documents.check import checked
from derive.documents.opening import opened

FAMILIES = ("bernoulli", "poisson", "normal", "exponential", "geometric", "categorical")
PAGES = Path(__file__).parent.parent / "documents" / "pages"
ONE_IN = 4
DIAGNOSED_ONE_IN = 16


def true_lines() -> Iterator[Claim]:
    """The equations of the engine's derivations, each once."""
    seen: set[Any] = set()
    for family in FAMILIES:
        for chain in mle(family).chains:
            for claim in chain.claims():
                key = claim.left, claim.right
                if claim.relation == EQUAL and not isinstance(claim.left, Statement) and key not in seen:
                    seen.add(key)
                    yield claim


def document_lines() -> Iterator[Claim]:
    """The equations of the documents that hold, each once, under the facts of their place."""
    made: list[Claim] = []

    def keep(course: Any, chain: Any) -> None:
        for left, link, right in zip(chain.sides, chain.links, chain.sides[1:], strict=False):
            if link.relation == EQUAL and left.value is not None and right.value is not None:
                sides = [course.meaning(side.value) for side in (left, right)]
                if all(isinstance(side, sp.Expr) and not isinstance(side, Extremum) for side in sides):
                    made.append(Claim(sides[0], EQUAL, sides[1], course.facts))

    for page in sorted(PAGES.glob("*.md")):
        checked(opened(page), Facts(), 300.0, None, keep)
    seen: set[Any] = set()
    for claim in made:
        if (claim.left, claim.right) not in seen and judge(claim).holds:
            seen.add((claim.left, claim.right))
            yield claim


def chosen(expr: Any, one_in: int) -> bool:
    """A sample that is the same on every machine."""
    return zlib.crc32(str(expr).encode()) % one_in == 0


def means_the_same(claim: Claim) -> bool:
    """Do both sides agree at points that the judge has not seen?"""
    for seed in range(90_000, 90_006):
        walker = Walker(claim.facts, Point(seed), Budget(200_000))
        try:
            Draw(claim.facts, walker, 3, False).fill()
            if expressions_at(claim, walker) is not None:
                return False
        except (Undefined, GivesUp):
            continue
    return True


def harmless(claim: Claim) -> Iterator[Claim]:
    """Other letters for bound indices, terms and factors in another order, a factor moved in or out of a sum."""
    other = sp.Symbol("r", integer=True, positive=True)
    for total in claim.right.atoms(sp.Sum):
        if len(total.limits) != 1:
            continue
        letter, low, high = total.limits[0]
        renamed = total.func(substitute(total.function, {letter: other}), (other, low, high))
        yield replace(claim, right=claim.right.xreplace({total: renamed}))
        yield replace(claim, right=claim.right.xreplace({total: 3 * total.func(total.function / 3, *total.limits)}))
    yield replace(claim, right=sp.expand(claim.right))
    yield replace(claim, right=sp.factor_terms(claim.right))


@pytest.mark.parametrize("lines", [true_lines, document_lines], ids=["derivations", "documents"])
def test_slips(lines: Callable[[], Iterator[Claim]], capsys: Any) -> None:
    verdicts, kinds, named, unharmed = Counter(), Counter(), Counter(), Counter()
    for claim in lines():
        for variant in harmless(claim):
            unharmed[judge(variant).outcome.value] += 1
        for slip in slips(claim.right, sizes_of(claim.facts)):
            wrong = replace(claim, right=slip.made)
            if not chosen(slip.made, ONE_IN) or means_the_same(wrong):
                continue
            outcome = judge(wrong).outcome.value
            verdicts[outcome] += 1
            kinds[slip.kind, outcome] += 1
            if outcome == "refuted" and chosen(slip.made, DIAGNOSED_ONE_IN):
                found = diagnosis(wrong)
                named[
                    "named" if found is not None and found.kind == slip.kind else "explained" if found else "not"
                ] += 1
    with capsys.disabled():
        print(f"\nslips: {dict(verdicts)}\nby kind: {dict(sorted(kinds.items()))}")
        print(f"diagnoses: {dict(named)}\nharmless variants: {dict(unharmed)}")
    total = sum(verdicts.values())
    assert verdicts["refuted"] >= 0.99 * total and not verdicts["proved"] and not verdicts["tested"]
    assert not unharmed["refuted"]
    assert named["named"] >= 0.8 * sum(named.values())
