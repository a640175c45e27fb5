r"""What is said of an estimator: its expected value and variance, ``\operatorname{Bias}(\hat\theta)``, MSE and se."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.free_letters import bare_letters
from derive.checking.posteriors import given_data
from derive.checking.sample_means import over_sample
from derive.core.claim import Outcome
from derive.core.conditionals import GivenData
from derive.core.facts import Facts
from derive.core.sample_functionals import OverTheSample, SampleExpectation, SampleVariance
from derive.documents.estimates import as_statistics, in_means
from derive.documents.letters import declared, undecorated
from derive.documents.named_statistics import is_drawn
from derive.documents.unknown_estimators import linear

if TYPE_CHECKING:
    from derive.checking.settling import Settled
    from derive.documents.course import Course

BIAS = ("Bias", "bias")
ERROR = ("MSE", "mse", r"\mathrm{MSE}")
DEVIATION = ("se", "SE", "sd", "SD", r"\mathrm{se}")
_BELOW = re.compile(r"(?P<stem>.+?)_(?:\w|\{[^{}]*\})\Z", re.DOTALL)


def with_estimators(value: Any, course: Course) -> Any:
    """The side with bias, error and deviation written out, and with the statistics that its estimators stand for."""
    if not isinstance(value, sp.Expr):
        return in_means(value, course)
    named = {f: course.assumed[f] for f in value.atoms(AppliedUndef) if f in course.assumed}
    named |= {f: made for f in value.atoms(AppliedUndef) if (made := functional(f, course)) is not None}
    value = value.xreplace(named) if named else value
    return in_means(value, course)


def functional(f: Any, course: Course) -> Any:
    """Bias, mean squared error or standard deviation of an estimator; None for other functions."""
    head = f.func.__name__
    if head not in (*BIAS, *ERROR, *DEVIATION) or len(f.args) != 1 or course.names.defines(head, f.args):
        return None
    (estimator,) = f.args
    drawn = is_drawn(course.names.resolved(as_statistics(estimator, course)), course.facts)
    if not drawn and SampleExpectation(estimator) not in course.assumed:
        return None
    if head in DEVIATION:
        return sp.sqrt(SampleVariance(estimator))
    aim = aim_of(estimator, course.facts)
    if aim is None:
        return None
    return SampleExpectation(estimator) - aim if head in BIAS else SampleExpectation((estimator - aim) ** 2)


def aim_of(estimator: Any, facts: Facts) -> Any:
    r"""The parameter that an estimator is named after: σ² of ``\hat\sigma^2``, λ of ``\hat\lambda_1``; or None."""
    if estimator.is_Pow and estimator.exp.is_Integer:
        base = aim_of(estimator.base, facts)
        return None if base is None else base**estimator.exp
    if not isinstance(estimator, sp.Symbol) or (name := undecorated(estimator.name)) is None:
        return None
    square = name.endswith("^2")
    for stem in (name, name.removesuffix("^2")):
        found = declared(stem, facts)
        if found is None and (below := _BELOW.match(stem)) is not None:
            found = declared(below["stem"], facts)
        if isinstance(found, sp.Symbol):
            return found**2 if square and stem != name else found
    return None


def take_at_its_word(course: Course, found: Settled, value: Any) -> None:
    """Note what the text says is the expected value or variance of an estimator of which it gives no formula."""
    unknown = found.verdict.outcome is Outcome.UNKNOWN
    if unknown and isinstance(course.end, OverTheSample) and not course.end.has(sp.Indexed):
        course.assumed.setdefault(course.end, value)


def weighed(e: Any, facts: Facts) -> Any:
    """A functional of a statistic taken apart; as it is where a name in it says nothing, or no rule helps."""
    unknown = [s for s in bare_letters(e.args[0]) if declared(s.name, facts) is None and facts.law(s.name) is None]
    families = {x.base for x in e.args[0].atoms(sp.Indexed)} - {*facts.shapes, *facts.definitions}
    if any(undecorated(str(base.label)) is not None for base in families):
        # A fitted value is random too.
        return e
    if any(undecorated(s.name) is not None for s in unknown) or (unknown and not is_drawn(e.args[0], facts)):
        return linear(e, set(unknown), facts)
    try:
        return given_data(e, facts) if isinstance(e, GivenData) else over_sample(e, facts)
    except (GivesUp, sp.polys.polyerrors.BasePolynomialError, NotImplementedError):
        # The second and third are SymPy's, of expressions too large for its own algebra.
        return e
