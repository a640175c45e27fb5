r"""What is said of an estimator: its expected value and variance, ``\operatorname{Bias}(\hat\theta)``, MSE and se."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.posteriors import given_data
from derive.checking.sample_means import over_sample
from derive.checking.sample_terms import Sample
from derive.checking.sample_terms import bare as bare_letters
from derive.core.claim import Outcome
from derive.core.conditionals import GivenData
from derive.core.facts import Facts
from derive.core.sample_functionals import OverTheSample, SampleExpectation, SampleVariance
from derive.core.trees import substitute
from derive.documents.letters import declared, estimates_as_parameters, undecorated

if TYPE_CHECKING:
    from derive.documents.course import Course
    from derive.documents.settling import Settled

BIAS = ("Bias", "bias")
ERROR = ("MSE", "mse", r"\mathrm{MSE}")
DEVIATION = ("se", "SE", "sd", "SD", r"\mathrm{se}")
_BELOW = re.compile(r"(?P<stem>.+?)_(?:\w|\{[^{}]*\})\Z", re.DOTALL)


def with_estimators(value: Any, course: Course) -> Any:
    """The side with bias, error and deviation written out, and with the statistics that its estimators stand for."""
    if not isinstance(value, sp.Expr):
        return value
    named = {f: course.assumed[f] for f in value.atoms(AppliedUndef) if f in course.assumed}
    named |= {f: made for f in value.atoms(AppliedUndef) if (made := functional(f, course)) is not None}
    value = value.xreplace(named) if named else value
    changes = {e: e.func(as_statistics(e.args[0], course)) for e in value.atoms(OverTheSample)}
    changes = {e: made for e, made in changes.items() if e != made}
    return value.xreplace(changes) if changes else value


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


def as_statistics(expr: Any, course: Course) -> Any:
    """With the letters of estimators replaced by what the document solved them to be."""
    known = {**course.assumed, **course.solved}
    changes = {}
    for letter in expr.free_symbols:
        if not is_open(letter, course):
            continue
        plain = estimates_as_parameters(letter, course.facts)
        found = known.get(letter) if plain == letter else known.get(plain)
        if found is not None and not isinstance(found, sp.MatrixExpr):
            # Other letters that were solved for stand for their estimates too.
            others = {k: v for k, v in known.items() if k != plain and isinstance(k, sp.Symbol)}
            changes[letter] = substitute(found, others)
    return substitute(expr, changes) if changes else expr


def is_drawn(expr: Any, facts: Facts) -> bool:
    """Does an observation with a known law stand in it?"""
    sample = Sample(facts)
    return isinstance(expr, sp.Expr) and bool(sample.drawn(sample.written_out(expr)))


def is_open(letter: Any, course: Course) -> bool:
    """Is it the letter of an estimate that nothing has defined?"""
    if not isinstance(letter, sp.Symbol) or undecorated(letter.name) is None:
        return False
    return declared(letter.name, course.facts) is None and letter.name not in course.functions


def linear(e: Any, unknown: set[Any], facts: Facts) -> Any:
    """E of a polynomial in estimators that are only names, term by term; other functionals as they are."""
    if not isinstance(e, SampleExpectation) or not e.args[0].is_polynomial(*unknown) or is_drawn(e.args[0], facts):
        return e
    made = []
    for term in sp.Add.make_args(sp.expand(e.args[0])):
        random = [f for f in sp.Mul.make_args(term) if f.free_symbols & unknown]
        number = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in random))
        made.append(number * SampleExpectation(sp.Mul(*random)) if random else number)
    return sp.Add(*made)


def take_at_its_word(course: Course, found: Settled, value: Any) -> None:
    """Note what the text says is the expected value or variance of an estimator of which it gives no formula."""
    if isinstance(course.end, OverTheSample) and found.verdict.outcome is Outcome.UNKNOWN:
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
