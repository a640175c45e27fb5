r"""Equations that the document solves together: all derivatives zero, and the constraints of their multipliers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.joint import follows
from derive.checking.settling import Settled, because
from derive.core.claim import Claim
from derive.core.domains import POSITIVE
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import Statement
from derive.core.vectors import VECTOR_LETTERS, Gradient, is_matrix
from derive.documents.derivatives import written_derivative
from derive.documents.letters import base_of, is_letter

if TYPE_CHECKING:
    from derive.documents.course import Course

MOST = 10


def at_all_zeros(course: Course, statement: Statement) -> Settled | None:
    """Is it true where all that was set up is fulfilled at once? None: that is not more than one equation says."""
    by = {base_of(letter) for letter in differentiated_by(course)}
    own = base_of(statement.left) if is_letter(statement.left) else None
    right = names_in(statement.right) if own is not None else set()
    equations = [*stationary(course, right), *course.constraints]
    wanted = {own} if own is not None else by & names_in(statement.left, statement.right)
    multipliers = {m for m in multipliers_of(course, by) if m not in right}
    unknowns: set[Any] = set(wanted)
    chosen: list[Statement] = []
    changed = True
    while changed:
        changed = False
        for equation in equations:
            inside = names_in(equation.left, equation.right)
            if equation in chosen or not inside & unknowns:
                continue
            chosen.append(equation)
            more = (inside & (by | multipliers)) - right - unknowns
            unknowns |= more
            changed = True
    if len(chosen) < 2 or len(chosen) > MOST or not unknowns - {own}:
        return None
    verdict = follows(tuple(chosen), statement, tuple(sorted(unknowns, key=str)), course.facts)
    return Settled(verdict, because(verdict, Claim(statement, EQUIVALENT, statement, course.facts)))


def own_zero(course: Course, statement: Statement) -> Statement | None:
    """∂f/∂b = 0 for the b of a solution, where f was differentiated by another letter, and the same holds for b.

    None where the value says nothing of the data: b may be chosen.
    """
    letter, inside = statement.left, names_in(statement.right)
    if not inside & set(course.facts.shapes):
        return None
    for body, by in reversed(course.differentiated):
        if base_of(by) == base_of(letter):
            return None
        if base_of(letter) in names_in(body) and not inside.isdisjoint(names_in(body)):
            whole = Gradient(body, letter) if isinstance(letter, VECTOR_LETTERS) else Partial(body, letter)
            return Statement(whole, EQUAL, zero_like(whole))
    return None


def zero_like(side: Any) -> Any:
    """0, or the matrix of zeros of its shape."""
    return sp.ZeroMatrix(*side.shape) if is_matrix(side) else sp.Integer(0)


def differentiated(course: Course, written: Any) -> None:
    """Note what a derivative that the document writes down is taken of."""
    written = written_derivative(written)
    if written is None:
        return
    whole = course.meaning(written)
    course.facts = with_reach(course.facts, whole)
    if isinstance(whole, Partial | Gradient) and whole.args[0].free_symbols:
        pair = (whole.args[0], whole.args[1])
        if pair not in course.differentiated:
            course.differentiated.append(pair)


def note_derivative(course: Course, written: Any) -> None:
    r"""Note the derivative that a name stands for: of ``U(\theta) = \frac{d\ell}{d\theta}`` the zero may be sought."""
    if not isinstance(written, Partial | Gradient) or (isinstance(written, Partial) and written.args[2] != 1):
        return
    differentiated(course, written)
    if (value := course.meaning(written)).free_symbols:
        course.derivatives.append((value, written.args[1]))


def with_reach(facts: Facts, derivative: Any) -> Facts:
    r"""The facts with how far the p_i run of which Σ_{i=1}^n p_i \log p_i is differentiated by one, if nothing says."""
    letter = derivative.args[1]
    if not isinstance(letter, sp.Indexed) or len(letter.indices) != 1 or not isinstance(letter.indices[0], sp.Symbol):
        return facts
    base, (index,) = letter.base, letter.indices
    if base in facts.shapes or base in facts.domains or base in facts.definitions:
        return facts
    sums = [e for e in derivative.args[0].atoms(sp.Sum) if len(e.limits) == 1 and e.has(sp.log(base[e.limits[0][0]]))]
    sizes = {e.limits[0][2] for e in sums if e.limits[0][1] == 1}
    if len(sizes) != 1:
        return facts
    (size,) = sizes
    made = replace(facts.placing({base: POSITIVE}), shapes={**facts.shapes, base: (size,)})
    return made if index in made.indices else replace(made, indices={**made.indices, index: size})


def stationary(course: Course, known: set[Any]) -> list[Statement]:
    """The derivatives as they were written, set to zero, and the constraints that multipliers stand before.

    A multiplier that is known stands for its constraint.
    """
    made: dict[Any, Statement] = {}
    for value, letter in course.derivatives:
        made[letter] = Statement(value, EQUAL, sp.Integer(0))
    for pending in course.pending:
        if pending.letter is not None:
            made[pending.letter] = pending.statement
    by = {base_of(letter) for letter in differentiated_by(course)}
    bodies = list(dict.fromkeys(body for body, _ in course.differentiated))
    for body in bodies[-2:]:
        for multiplier in sorted(names_in(body) - by - known, key=str):
            if (condition := condition_of(body, multiplier, by, course)) is not None:
                made[multiplier] = Statement(condition, EQUAL, sp.Integer(0))
    return list(made.values())


def differentiated_by(course: Course) -> set[Any]:
    """The letters that derivatives were taken by."""
    letters = {letter for _, letter in course.derivatives}
    letters |= {letter for _, letter in course.differentiated}
    return letters | {p.letter for p in course.pending if p.letter is not None}


def multipliers_of(course: Course, by: set[Any]) -> set[Any]:
    """The letters that what was differentiated is linear in, with the letters it was differentiated by beside them."""
    made: set[Any] = set()
    for body in dict.fromkeys(body for body, _ in course.differentiated):
        made |= {s for s in names_in(body) - by if condition_of(body, s, by, course) is not None}
    return made


def is_multiplier(course: Course, letter: Any) -> bool:
    """Does what was differentiated hold it as a multiplier, so that it has a value that follows?"""
    if not course.differentiated or not isinstance(letter, sp.Symbol | sp.Indexed):
        return False
    return base_of(letter) in multipliers_of(course, {base_of(by) for by in differentiated_by(course)})


def condition_of(body: Any, letter: Any, by: set[Any], course: Course) -> Any:
    r"""What stands behind the multiplier λ in f + λ g; None where λ is none: it is declared as positive, or data."""
    if letter in course.facts.definitions or letter.is_positive or letter.is_integer:
        return None
    if isinstance(letter, sp.IndexedBase):
        made = one_by_one(body, letter)
    elif isinstance(letter, sp.Symbol) and letter not in names_of_families(body):
        made = coefficient_of(body, letter)
    else:
        return None
    if made is None or letter in names_in(made) or not names_in(made) & by:
        return None
    return made


def coefficient_of(body: Any, letter: Any) -> Any:
    """The g of f + λ g, as it is written; None where λ stands elsewhere too."""
    made = []
    for term in sp.Add.make_args(body):
        if letter not in names_in(term):
            continue
        factors = [f for f in sp.Mul.make_args(term) if f != letter]
        if letter not in sp.Mul.make_args(term) or any(letter in names_in(f) for f in factors):
            return None
        made.append(sp.Mul(*factors))
    return sp.Add(*made) if made else None


def one_by_one(body: Any, family: Any) -> Any:
    """The g_i of Σ_i λ_i g_i."""
    for repeated in body.atoms(sp.Sum):
        entries = [e for e in repeated.function.atoms(sp.Indexed) if e.base == family]
        bound = {limit[0] for limit in repeated.limits}
        if len(entries) == 1 and set(entries[0].indices) == bound:
            return repeated.function.diff(entries[0])
    return None


def names_of_families(body: Any) -> set[Any]:
    """The symbols that are only the names of families."""
    return {e.base.label for e in body.atoms(sp.Indexed)}


def names_in(*sides: Any) -> set[Any]:
    """The letters, families by their base."""
    found: set[Any] = set()
    for side in sides:
        if not isinstance(side, sp.Basic):
            continue
        bases = {e.base for e in side.atoms(sp.Indexed)}
        vectors = {base_of(v) for v in side.atoms(*VECTOR_LETTERS)}
        labels = {b.label for b in bases | vectors if isinstance(b, sp.IndexedBase)}
        found |= bases | vectors | (side.free_symbols - labels - {e for e in side.atoms(sp.Indexed)})
    return found
