r"""Names of statistics: inside expected values ``M`` is the ``\max_i X_i`` that it is said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.sample_terms import Sample
from derive.core.facts import Facts
from derive.core.information import Expectation, Variance
from derive.core.sample_functionals import SampleExpectation, SampleVariance
from derive.core.trees import mentions

if TYPE_CHECKING:
    from derive.documents.course import Course


def over_named(value: Any, course: Course) -> Any:
    """E or Var by a letter that the text defines as a statistic, as one over the sample; None for other letters.

    A letter with a law of its own is averaged by that.
    """
    if not isinstance(value, Expectation | Variance) or value.args[1] != value.args[2]:
        return None
    letter = value.args[1]
    if not isinstance(letter, sp.Symbol) or has_law(letter, course.facts) or not mentions(value.args[0], letter):
        return None
    found = course.names.clause(letter.name, ())
    if found is None or not is_drawn(course.names.resolved(found.body), course.facts):
        return None
    return (SampleExpectation if isinstance(value, Expectation) else SampleVariance)(value.args[0])


def has_law(letter: Any, facts: Facts) -> bool:
    """Does it follow a declared law, by its own name or by the small letter's?"""
    return any(facts.law(name) is not None for name in (letter.name, letter.name.lower()))


def is_drawn(expr: Any, facts: Facts) -> bool:
    """Does an observation with a known law stand in it?"""
    sample = Sample(facts)
    return isinstance(expr, sp.Expr) and bool(sample.drawn(sample.written_out(expr)))
