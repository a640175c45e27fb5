r"""Names that are introduced under a function: ``\frac{1}{s_N^2} = …``, ``\log\frac{p}{1-p} = w^T x``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.trees import mentions
from derive.core.vectors import VECTOR_LETTERS, is_matrix
from derive.documents.equations.together import differentiated_by, names_in
from derive.documents.letters import base_of, declared, undecorated

if TYPE_CHECKING:
    from derive.documents.course import Course


def under_a_function(course: Course, left: Any, right: Any) -> tuple[Any, Any] | None:
    """The one letter of the left side that has no meaning yet, and what it is by the right side; None for other sides.

    A letter for a scale is positive, so that its square says what it is; the other side must be known.
    """
    if not isinstance(left, sp.Expr) or isinstance(left, sp.Symbol | sp.Indexed) or is_matrix(left) or is_matrix(right):
        return None
    if left.has(*VECTOR_LETTERS) or not isinstance(left, sp.Pow | sp.log | sp.exp | sp.Mul | sp.Add):
        return None
    indices = {i for entry in left.atoms(sp.Indexed) for i in entry.indices}
    inside = [name for name in names_in(left) if name not in indices]
    strange = [name for name in inside if not has_meaning(course, name)]
    if len(strange) != 1 or inside != strange:
        return None
    entries = {e for e in left.atoms(sp.Symbol, sp.Indexed) if base_of(e) == strange[0]}
    if len(entries) != 1 or mentions(right, strange[0]):
        return None
    (letter,) = entries
    if isinstance(letter, sp.Indexed) and not all(isinstance(i, sp.Symbol) for i in letter.indices):
        return None
    told = [n for n in names_in(right) if not (isinstance(n, sp.Symbol) and n.is_integer)]
    made = inverted(left, letter, right) if all(has_meaning(course, name) for name in told) else None
    if made is None:
        return None
    course.settled.add(strange[0])
    return letter, made


def has_meaning(course: Course, name: Any) -> bool:
    """Is it declared, defined on the way, or in an equation that was set up?"""
    text = str(getattr(name, "label", getattr(name, "name", "")))
    if isinstance(name, sp.IndexedBase):
        facts = course.facts
        if name in facts.domains or name in facts.shapes or name in facts.definitions:
            return True
    elif declared(text, course.facts) is not None or text in course.functions or undecorated(text) is not None:
        return True
    sizes = {s for shape in course.facts.shapes.values() for size in shape for s in size.free_symbols}
    known = {*sizes, *course.facts.indices, *(base_of(k) for k in (*course.solved, *course.assumed))}
    known |= {base_of(letter) for letter in differentiated_by(course)}
    for pending in course.pending:
        known |= names_in(pending.statement.left, pending.statement.right)
    for value, _ in course.derivatives:
        known |= names_in(value)
    return name in known


def inverted(side: Any, letter: Any, value: Any) -> Any:
    """The letter by ``side = value``, for a side that is strictly monotone in it; None for any other side."""
    while side != letter:
        if odds_of(side, letter):
            # p / (1 − p) = v
            value, side = value / (1 + value), letter
        elif isinstance(side, sp.log):
            value, side = sp.exp(value), side.args[0]
        elif isinstance(side, sp.exp):
            value, side = sp.log(value), side.args[0]
        elif isinstance(side, sp.Pow) and side.exp.is_Rational and side.exp != 0:
            if side.exp.q == 1 and side.exp.p % 2 == 0 and (side.base != letter or not is_scale(letter)):
                return None
            value, side = value ** (1 / side.exp), side.base
        elif isinstance(side, sp.Mul | sp.Add):
            own = [part for part in side.args if part.has(letter)]
            others = side.func(*(part for part in side.args if not part.has(letter)))
            if len(own) != 1 or not others.is_number or others == 0:
                return None
            value, side = (value / others if isinstance(side, sp.Mul) else value - others), own[0]
        else:
            return None
    return value


def is_scale(letter: Any) -> bool:
    """Is it a letter that people give to what is never negative?"""
    name = str(getattr(base_of(letter), "label", letter)).strip()
    return (
        letter.is_nonnegative
        or re.match(r"(?:\\(?:sigma|tau|varsigma|delta|chi|nu)|[sSrRv])(?![A-Za-z])", name) is not None
    )


def odds_of(side: Any, letter: Any) -> bool:
    """Is it p/(1 − p)?"""
    return bool(side == letter / (1 - letter))
