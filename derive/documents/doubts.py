"""When a refutation is none: something in it has no meaning here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.settling import Settled
from derive.checking.witnesses import UNDEFINED
from derive.core.claim import Outcome, Verdict
from derive.core.information import CrossEntropy, Divergence, Entropy, Expectation, Variance
from derive.core.joints import part_of
from derive.core.nodes import Indicator
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, Relation
from derive.core.sample_functionals import OverTheSample
from derive.core.vectors import VectorIntegral, VectorMean
from derive.documents.known import families, known_letters, letters, unexplained
from derive.documents.laws.joint_laws import is_open, iterates, numbered
from derive.reading.chains import Side

if TYPE_CHECKING:
    from derive.documents.course import Course


def doubt(reason: str) -> Settled:
    """An unknown verdict."""
    return Settled(Verdict(Outcome.UNKNOWN, reason), Phrase("check_unknown", {"reason": reason}))


def unread(side: Side) -> Settled:
    """The verdict on a relation one side of which cannot be read."""
    assert side.error is not None
    return Settled(Verdict(Outcome.UNREAD, "unread"), Phrase("check_unread", {"message": str(side.error)}))


def doubted(course: Course, left: Any, right: Any, found: Settled, relation: Relation = EQUAL) -> Settled:
    """A refutation is none where something in it has no meaning here."""
    if any(name in course.spoiled for side in (left, right) for name in map(str, letters(side))):
        return doubt("context")
    if found.verdict.outcome is not Outcome.REFUTED:
        return found
    if unexplained(course, left) or unexplained(course, right):
        return doubt("function")
    if len(laws := [laws_in(course, side) for side in (left, right)]) == 2 and all(laws) and not laws[0] & laws[1]:
        return doubt("law")
    undeclared = [{str(s) for s in letters(side)} - known_letters(course.facts) for side in (left, right)]
    undeclared = [names - iterates(course.facts, names) for names in undeclared]
    if is_open(course.facts, left, right):
        return doubt("law")
    if numbered(course.facts, left, relation, right):
        return doubt("size")
    if stray(course, left, right):
        return doubt("letter")
    if jointly(course, left, right):
        return doubt("function")
    if undeclared[0] != undeclared[1]:
        return doubt("letter")
    if any(undeclared_in(mark, course) for side in (left, right) for mark in marks(side)):
        # P(X ≤ c) = c for a c that the words may keep inside the support.
        return doubt("letter")
    witness = found.verdict.witness
    if (
        witness is not None
        and UNDEFINED in (witness.left, witness.right)
        and (undeclared[0] or families(course, left, right))
    ):
        return doubt("letter")
    return found


def marks(side: Any) -> set[Any]:
    """The conditions in chances."""
    return {mark for e in side.atoms(OverTheSample, Expectation) for mark in e.atoms(Indicator)}


def undeclared_in(mark: Any, course: Course) -> set[str]:
    """The letters of a condition that nothing declares."""
    return {str(s) for s in letters(mark)} - known_letters(course.facts)


def laws_in(course: Course, side: Any) -> set[str]:
    """The laws that it speaks of."""
    heads = {f.func.__name__ for f in side.atoms(AppliedUndef)}
    heads |= {part.name for head in heads if (part := part_of(head, course.facts)) is not None}
    named = {
        a.name
        for e in side.atoms(Entropy, CrossEntropy, Divergence, Expectation, Variance, VectorMean)
        for a in e.args[-2:]
        if a.is_Symbol
    }
    known = {*course.facts.joints, *(law.name for law in course.facts.laws)}
    return known & (heads | named)


def stray(course: Course, *sides: Any) -> set[str]:
    """Letters without a meaning in the densities of the laws that the sides speak of."""
    named = set().union(*(laws_in(course, side) for side in sides))
    laws = [law for name, law in course.facts.laws.items() if str(name) in named and law.density is not None]
    known = known_letters(course.facts)
    return {
        str(s)
        for law in laws
        for s in law.density.free_symbols - {law.variable}
        if isinstance(s, sp.Symbol) and str(s) not in known and not s.is_integer
    }


def behind(course: Course, name: str) -> tuple[Any, ...]:
    """The parameters that the density of this name is declared with."""
    law = course.facts.law(name)
    return () if law is None else law.given


def jointly(course: Course, *sides: Any) -> bool:
    """Does it need to know how p(x, y), p(x) and p(y | x) of one name belong together?"""
    used: dict[str, set[tuple[Any, ...]]] = {}
    for side in sides:
        for f in side.atoms(AppliedUndef):
            law = course.facts.law(f.func.__name__)
            if law is not None and law.density is None and part_of(f.func.__name__, course.facts) is None:
                used.setdefault(f.func.__name__, set()).add(f.args)
    several = {
        name
        for name, args in used.items()
        if any(len(a) > 1 and a[1:] != given for given in [behind(course, name)] for a in args)
        or len({len(a) for a in args}) > 1
    }
    binding = (sp.Sum, sp.Integral, Expectation, Variance, Entropy, VectorMean, VectorIntegral)
    summed = any(side.has(*binding) for side in sides)
    return any(summed or len({len(a) for a in used[name]}) > 1 for name in several)
