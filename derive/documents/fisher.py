r"""Fisher's information ``I(\theta)`` of the sample, and the bound of Cramér and Rao on unbiased estimators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.opened import opened_log
from derive.checking.settling import Settled, explained, settled
from derive.core.claim import Claim
from derive.core.facts import Facts
from derive.core.information import Expectation
from derive.core.relation import AT_LEAST, EQUAL, Relation
from derive.core.sample_functionals import SampleVariance
from derive.documents.estimators import aim_of

if TYPE_CHECKING:
    from derive.documents.course import Course

HEADS = ("I", r"\mathcal{I}", "J", r"\mathcal{J}")


def information(letter: Any, facts: Facts) -> tuple[Any, Any] | None:
    """I of one observation and of all, −E[∂² log f/∂θ²] and n times that; None where no one law is written with θ.

    Args:
        letter: θ, or its square.
    """
    base = letter.base if letter.is_Pow and letter.exp == 2 else letter
    if not isinstance(base, sp.Symbol):
        return None
    found = [(n, w) for n, w in facts.laws.items() if w.density is not None and base in w.density.free_symbols]
    found = [(n, w) for n, w in found if w.variable == n]
    if len(found) != 1:
        return None
    ((name, law),) = found
    others = {n for n in facts.laws if n != name} | set(facts.indices)
    ends = (getattr(law.support, "lower", sp.Integer(0)), getattr(law.support, "upper", sp.Integer(0)))
    if others & law.density.free_symbols or any(base in end.free_symbols for end in ends):
        return None
    place = sp.Dummy("t", positive=True) if letter != base else base
    density = law.density.subs(base, sp.sqrt(place)) if letter != base else law.density
    bend = sp.diff(opened_log(density), place, 2)
    if bend.has(sp.Derivative, sp.Subs):
        return None
    bend = bend.subs(place, letter) if letter != base else bend
    one = -(Expectation(bend, name, name) if name in bend.free_symbols else bend)
    shape = next((s for b, s in facts.shapes.items() if str(b.label) == name.name), ())
    return (one, one) if not shape else (one, shape[0] * one) if len(shape) == 1 else None


def stated_information(course: Course, left: Any, right: Any) -> Settled | None:
    """The verdict on ``I(θ) = …``: of one observation or of all. None where I may be something else."""
    if not isinstance(left, AppliedUndef) or len(left.args) != 1:
        return None
    head = left.func.__name__.partition("_")[0]
    if head not in HEADS or course.names.defines(left.func.__name__, left.args):
        return None
    known = information(left.args[0], course.facts)
    if known is None:
        return None
    claims = [Claim(course.meaning(one), EQUAL, course.meaning(right), course.facts) for one in known]
    found = settled(claims)
    met = any(isinstance(k, AppliedUndef) and k.func == left.func for k in course.assumed)
    if found.holds:
        course.assumed[left] = course.meaning(right)
        return found
    return explained(claims[-1], found) if met else None


def by_least_variance(course: Course, variance: Any, relation: Relation, right: Any) -> Settled | None:
    r"""``Var(\hat\theta) \ge …`` for any unbiased estimator; None where that does not follow from the bound."""
    least = least_variance(course, variance) if relation == AT_LEAST else None
    found = None if least is None else settled([Claim(least, relation, right, course.facts)])
    return found if found is not None and found.holds else None


def least_variance(course: Course, variance: Any) -> Any:
    """g′(θ)²/I(θ), below which no unbiased estimator of g(θ) can vary; None where the estimator is known by formula."""
    if not isinstance(variance, SampleVariance):
        return None
    aim = aim_of(variance.args[0], course.facts)
    if aim is None:
        return None
    base = aim.base if aim.is_Pow else aim
    known = information(base, course.facts)
    return None if known is None else sp.diff(aim, base) ** 2 / course.meaning(known[1])
