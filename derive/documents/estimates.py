r"""Estimates inside expected values: there ``\hat\beta`` is the function of the sample that the text says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.information import Expectation, Extremum, Variance
from derive.core.sample_functionals import OverTheSample, SampleExpectation, SampleVariance
from derive.core.trees import mentions, rebuild, substitute
from derive.core.vectors import Vector, VectorMean, is_matrix
from derive.documents.letters import declared, estimates_as_parameters, name_of, undecorated
from derive.documents.named_statistics import is_drawn, over_named

if TYPE_CHECKING:
    from derive.documents.course import Course


def is_estimate(letter: Any, facts: Facts) -> bool:
    """Has it the mark of an estimate, and no declaration of its own?"""
    name = name_of(letter)
    return undecorated(name) is not None and declared(name, facts) is None


def is_open(letter: Any, course: Course) -> bool:
    """Is it the letter of an estimate that no function of the document defines, or a name made of such letters?"""
    name = name_of(letter)
    return name in course.estimates or (is_estimate(letter, course.facts) and name not in course.functions)


def note_estimate(course: Course, left: Any, right: Any) -> None:
    r"""``\hat\theta = …``, or ``S^2 = …`` made of such letters: what it stands for inside expected values."""
    if isinstance(left, Vector):
        if is_matrix(right) and is_estimate(left, course.facts):
            course.estimates[name_of(left)] = course.meaning(right)
        return
    if isinstance(left, sp.Pow) and left.exp == 2:
        left, right = left.base, sp.sqrt(right) if isinstance(right, sp.Expr) else right
    if not isinstance(left, sp.Symbol) or declared(left.name, course.facts) is not None:
        return
    if not isinstance(right, sp.Expr) or is_matrix(right) or right.has(Extremum) or mentions(right, left):
        return
    made = as_statistics(right, course)
    made_of_estimates = any(is_open(s, course) for s in right.free_symbols)
    drawn = is_estimate(left, course.facts) and is_drawn(course.names.resolved(made), course.facts)
    course.estimates.pop(left.name, None)
    if made_of_estimates or drawn:
        course.estimates[left.name] = made


def in_means(value: Any, course: Course) -> Any:
    """The value where estimates inside expected values are what the text says they are.

    One that it says nothing of stays a letter of its own: its expected value is not that of the parameter.
    """
    over = (VectorMean, Expectation, Variance, OverTheSample)
    if not isinstance(value, sp.Basic) or not value.args or not value.has(*over):
        return value
    if isinstance(value, OverTheSample):
        return value.func(as_statistics(value.args[0], course))
    if isinstance(value, Expectation | Variance) and is_statistic(value.args[1], course):
        kind = SampleExpectation if isinstance(value, Expectation) else SampleVariance
        return kind(as_statistics(value.args[0], course))
    if (named := over_named(value, course)) is not None:
        return named.func(as_statistics(named.args[0], course))
    if isinstance(value, VectorMean | Expectation | Variance) and over_vectors(value.args[1]):
        letters = [v for v in value.args[0].atoms(Vector, sp.Symbol) if is_estimate(v, course.facts)]
        known = {v: course.estimates.get(name_of(v), apart(v)) for v in letters}
        expr = value.args[0].xreplace(known) if known else value.args[0]
        return value.func(in_means(expr, course), *value.args[1:])
    return rebuild(value, tuple(in_means(a, course) for a in value.args))


def as_statistics(expr: Any, course: Course) -> Any:
    """With the letters of estimators replaced by what the document solved them to be, or says that they are."""
    known = {**course.assumed, **course.solved}
    changes = {}
    for letter in expr.free_symbols:
        if not isinstance(letter, sp.Symbol) or not is_open(letter, course):
            continue
        plain = estimates_as_parameters(letter, course.facts)
        found = known.get(letter) if plain == letter else known.get(plain)
        if found is None:
            found = course.estimates.get(letter.name)
        if found is not None and not isinstance(found, sp.MatrixExpr):
            # Other letters that were solved for stand for their estimates too.
            others = {k: v for k, v in known.items() if k != plain and isinstance(k, sp.Symbol)}
            changes[letter] = substitute(found, others)
    return substitute(expr, changes) if changes else expr


def is_statistic(variable: Any, course: Course) -> bool:
    """Is it the name of a statistic that is made of estimates, and not a random letter with a law?"""
    if not isinstance(variable, sp.Symbol) or variable.name not in course.estimates:
        return False
    return all(course.facts.law(name) is None for name in (variable.name, variable.name.lower()))


def over_vectors(variable: Any) -> bool:
    """Is it a vector, or a family of vectors?"""
    return is_matrix(variable) or isinstance(variable, sp.IndexedBase)


def apart(letter: Any) -> Any:
    """The letter under a name that is no parameter's with a mark."""
    if isinstance(letter, Vector):
        return Vector(sp.IndexedBase(f"{letter.args[0].label} ", real=True), letter.args[1])
    return sp.Symbol(f"{letter.name} ", **letter.assumptions0)
