r"""``argmin_θ`` of what is said of an unknown family of laws Q_θ: each candidate is another law of that name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import Budget, GivesUp
from derive.checking.normal_form import normal_forms
from derive.checking.numbers import FAULTS
from derive.checking.ordering import Ordering
from derive.checking.point import Undefined
from derive.checking.points import same_number
from derive.checking.walker import Walker
from derive.core.claim import Claim, Verdict
from derive.core.nodes import named_function
from derive.core.vectors import VECTOR_LETTERS

CANDIDATES = 5


def moving(claim: Claim) -> tuple[sp.Symbol, ...]:
    """The unknown laws of the claim that carry one of its unknowns as their index, where no side holds that letter."""
    letters = {str(base_of(letter)) for letter in claim.unknowns}
    if any(str(s) in letters for side in (claim.left, claim.right) for s in side.free_symbols):
        return ()
    names = {f.func.__name__ for side in (claim.left, claim.right) for f in side.atoms(AppliedUndef)}
    names |= {s.name for side in (claim.left, claim.right) for s in side.atoms(sp.Symbol)}
    return tuple(
        name
        for name, law in sorted(claim.facts.laws.items(), key=str)
        if law.density is None and not law.given and name.name in names and index_of(name.name) in letters
    )


def base_of(letter: Any) -> Any:
    """The name that a vector or an entry goes by."""
    return letter.args[0].label if isinstance(letter, VECTOR_LETTERS) else getattr(letter, "base", letter)


def index_of(name: str) -> str:
    """What stands below."""
    return name.partition("_")[2].strip("{}")


def judge_moving(claim: Claim, laws: tuple[sp.Symbol, ...], budget: Budget) -> Verdict:
    """PROVED if the objectives differ by what is free of the laws; TESTED if they order all drawn laws alike."""
    return OrderedLaws(claim, laws, budget).judged(differ_by_constant(claim, laws), budget)


def differ_by_constant(claim: Claim, laws: tuple[sp.Symbol, ...]) -> bool:
    """Is the difference of the objectives, in one normal form, free of the laws?"""
    forms = normal_forms(claim.facts)
    try:
        left = forms.expression(forms.difference(claim.left, claim.right))
    except (GivesUp, RecursionError):
        forms.unfolding = 0
        return False
    return left is not None and not any(speaks_of(left, law) for law in laws)


def speaks_of(side: Any, law: sp.Symbol) -> bool:
    """Does the law's name stand anywhere in it?"""
    heads = {f.func.__name__ for f in side.atoms(AppliedUndef)}
    return law.name in heads | {s.name for s in side.atoms(sp.Symbol)}


class OrderedLaws(Ordering):
    """Laws drawn in the place of the family's members, ordered by both objectives."""

    def __init__(self, claim: Claim, laws: tuple[sp.Symbol, ...], budget: Budget) -> None:
        super().__init__(claim)
        self.laws, self.budget = laws, budget
        facts = claim.facts
        copies = {copy_of(law, k): facts.laws[law] for law in laws for k in range(CANDIDATES)}
        self.facts = replace(facts, laws={**facts.laws, **copies})

    def candidates(self, walker: Walker) -> Iterator[tuple[Any, Any]]:
        """Each drawn law at the same point."""
        other = Walker(self.facts, walker.point, self.budget)
        for k in range(CANDIDATES):
            sides = (renamed(side, self.laws, k) for side in (self.claim.left, self.claim.right))
            try:
                f, g = (other.value(side) for side in sides)
            except (Undefined, *FAULTS):
                continue
            yield f, g

    def order(self, a: Any, b: Any, walker: Walker) -> int:
        """Equal up to the digits of the walker."""
        return 0 if same_number(a, b, walker) or abs(a - b) < walker.ctx.mpf(10) ** -12 else 1 if a > b else -1


def copy_of(law: sp.Symbol, number: int) -> sp.Symbol:
    """The name of one candidate."""
    return sp.Symbol(f"{law.name}^{{[{number}]}}", **law.assumptions0)


def renamed(side: Any, laws: tuple[sp.Symbol, ...], number: int) -> Any:
    """The objective of one candidate."""
    heads = {law.name: copy_of(law, number) for law in laws}
    side = side.replace(
        lambda e: isinstance(e, AppliedUndef) and e.func.__name__ in heads,
        lambda e: named_function(heads[e.func.__name__].name)(*e.args),
    )
    return side.xreplace({s: heads[s.name] for s in side.atoms(sp.Symbol) if s.name in heads})
