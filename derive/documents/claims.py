"""The ways in which a relation of a document may be meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.claim import Claim
from derive.core.joints import part_of
from derive.core.relation import Relation
from derive.core.sample_functionals import OverTheSample
from derive.core.trees import substitute
from derive.core.vectors import Vector as WholeVector
from derive.core.vectors import is_matrix
from derive.documents.equations.held_said import with_meanings
from derive.documents.laws.bayes import is_parameter, rests_on
from derive.documents.laws.densities import is_density_name
from derive.documents.mended_names import mended
from derive.reading.chains import ReadChain
from derive.reading.identity import all_sized

if TYPE_CHECKING:
    from derive.documents.course import Course


def readings(course: Course, left: Any, relation: Relation, right: Any, chain: ReadChain) -> Iterator[Claim]:
    """The claim as it stands; then with what was solved or assumed put in."""
    left, right = matched(left, right)
    left, right = (course.names.resolved(side) for side in conditioned(left, right, chain))
    plain = Claim(left, relation, right, course.facts, unknowns(course, relation, left, right, chain))
    yield plain
    if (defined := with_meanings(plain, course.unheld)) is not None:
        yield defined
    bare = tuple(without_index(side, course) for side in (left, right))
    if bare != (left, right):
        yield replace(plain, left=bare[0], right=bare[1])
    if (other := mended(course, left, right)) is not None:
        yield replace(plain, left=other[0], right=other[1])
    averaged = speaks_of_estimators(chain)
    for table in (course.solved, course.assumed):
        changes = {k: v for k, v in table.items() if left.has(k) or right.has(k)}
        if averaged:
            # Next to an estimator's expected value its parameter is the true one.
            changes = {k: v for k, v in changes.items() if isinstance(k, OverTheSample)}
        if changes:
            put = replace(plain, left=substitute(left, changes), right=substitute(right, changes))
            if (put.left, put.right) != (left, right):
                yield put


def speaks_of_estimators(chain: ReadChain) -> bool:
    """Is it about the expected value, variance or bias of a statistic?"""
    return any(isinstance(s.value, sp.Basic) and s.value.has(OverTheSample) for s in chain.sides)


def without_index(side: Any, course: Course) -> Any:
    """One example at a time: ``t_i`` with a free index is the ``t`` of the same name, where there is one."""
    if not isinstance(side, sp.Basic):
        return side
    changes: dict[Any, Any] = {}
    for entry in side.atoms(sp.Indexed):
        whole = declared_symbol(str(entry.base.label), course)
        if whole is not None and all(i in side.free_symbols for i in entry.indices):
            changes[entry] = whole
    return substitute(side, changes) if changes else side


def declared_symbol(name: str, course: Course) -> Any:
    """The number of this name."""
    known = (*course.facts.domains, *course.facts.definitions)
    return next((s for s in known if isinstance(s, sp.Symbol) and s.name == name), None)


def matched(left: Any, right: Any) -> tuple[Any, Any]:
    """A zero next to a matrix is the matrix of zeros; an I next to a matrix has its size."""
    if is_matrix(left) and right == 0:
        return left, sp.ZeroMatrix(*left.shape)
    if is_matrix(right) and left == 0:
        return sp.ZeroMatrix(*right.shape), right
    if is_matrix(left) and is_matrix(right):
        left, right = all_sized([left, right])
    return left, right


def conditioned(left: Any, right: Any, chain: ReadChain) -> tuple[Any, Any]:
    """``i = j`` and ``i \\neq j`` behind a line, put in."""
    for condition in chain.conditions:
        if len(condition.links) != 1:
            continue
        a, b = (side.value for side in condition.sides)
        if not all(isinstance(s, sp.Symbol) and s.is_integer for s in (a, b)):
            continue
        if condition.links[0].relation.id == "equal":
            changes = {a: b}
        elif condition.links[0].relation.id == "unequal":
            changes = {a: sp.Integer(1), b: sp.Integer(2)}
        else:
            continue
        left, right = substitute(left, changes), substitute(right, changes)
    return left, right


def unknowns(course: Course, relation: Relation, left: Any, right: Any, chain: ReadChain) -> tuple[Any, ...]:
    """For relations that forgive a factor: what the chain begins as a function of, the letters of the left side's own
    law, else the parameters.
    """
    if relation.forgives == "nothing":
        return ()
    if shown := shown_in(chain.sides[0].value, course):
        return shown
    own = [law.variable for law in course.facts.laws.values() if left.has(law.variable)]
    parameters = parameters_in(course, left, right)
    both = [s for s in own if s in parameters]
    named = arguments(chain.sides[0].value) & set(parameters)
    both = [s for s in both if s in named and not rests_on(s, named, course.facts)] or both
    if named and not both:
        return tuple(s for s in parameters if s in named and right.has(s)) or tuple(named)
    # What is left is about the letters that are left.
    return tuple(both or own or [s for s in parameters if right.has(s)] or parameters)


def parameters_in(course: Course, left: Any, right: Any) -> list[Any]:
    """The declared numbers and vectors in the sides that are neither data nor sizes."""
    sizes = {s for shape in course.facts.shapes.values() for size in shape for s in size.free_symbols}
    letters = [s for s in course.facts.domains if isinstance(s, sp.Symbol) and s not in sizes]
    counts = set(course.facts.indices.values())
    letters += [v for v in course.facts.matrices.values() if isinstance(v, WholeVector) and v.shape[0] not in counts]
    return [s for s in letters if left.has(s) or right.has(s)]


def shown_in(side: Any, course: Course) -> tuple[Any, ...]:
    """The letters that p(z | x), or its logarithm, is a density of: those before the bar of a joint law's part, and
    a parameter before what was seen.
    """
    found = side.args[0] if isinstance(side, sp.log) else side
    posterior = isinstance(found, AppliedUndef) and is_density_name(found.func.__name__) and len(found.args) > 1
    if posterior and isinstance(found.args[0], sp.Symbol) and is_parameter(found.args[0], course.facts):
        return (found.args[0],)
    part = part_of(found.func.__name__, course.facts) if isinstance(found, AppliedUndef) else None
    return () if part is None else tuple(a for a in found.args[: len(part.shown)] if isinstance(a, sp.Symbol))


def arguments(side: Any) -> set[Any]:
    """The letters that the functions in it are functions of: of a density the first, of others all."""
    made: set[Any] = set()
    for f in side.atoms(AppliedUndef) if isinstance(side, sp.Basic) else ():
        made |= set(f.args[:1] if is_density_name(f.func.__name__) else f.args)
    return made
