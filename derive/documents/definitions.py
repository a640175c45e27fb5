"""Lines that introduce a name, and what the facts say of the name already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.claim import Claim
from derive.core.relation import EQUAL
from derive.core.trees import mentions
from derive.core.vectors import VECTOR_LETTERS
from derive.documents.densities import density_of
from derive.documents.letters import base_of, declared
from derive.documents.likelihoods import objectives
from derive.documents.names import Function
from derive.documents.settling import Settled, settled

if TYPE_CHECKING:
    from derive.documents.course import Course


def introduced(course: Course, left: Any, right: Any) -> str | None:
    """The name that ``left = right`` introduces; None where left has a meaning already."""
    inner = left.args[0] if isinstance(left, sp.log) else left
    if isinstance(inner, AppliedUndef):
        head = inner.func.__name__
        known = course.names.defines(head) or course.facts.law(head) is not None
        if known or density_of(head, inner.args, course.facts) is not None:
            return None
        return None if right.has(inner.func) else head
    if isinstance(left, (sp.Symbol, sp.Indexed, *VECTOR_LETTERS)):
        base = base_of(left)
        name = str(getattr(base, "label", getattr(base, "name", "")))
        if declared(name, course.facts) is not None or name in course.functions or mentions(right, base):
            return None
        from derive.documents.letters import estimates_as_parameters

        return None if estimates_as_parameters(left, course.facts) != left else name
    return None


def introduction(course: Course, left: Any, right: Any, line: int) -> Settled | None:
    """Note what the name stands for; a verdict where the facts settle what it must be."""
    right = course.meaning(right)
    logged = isinstance(left, sp.log)
    inner = left.args[0] if logged else left
    body = sp.exp(right) if logged else right
    if isinstance(inner, AppliedUndef):
        head = inner.func.__name__
        found = by_likelihood(course, left, right, inner.args)
        course.functions[head] = Function(tuple(inner.args), body, line)
        return found
    if isinstance(inner, sp.Indexed):
        formals = tuple(i for i in inner.indices)
        if all(f.is_Symbol for f in formals):
            slots = tuple(sp.Symbol(f"_{k}", integer=True, positive=True) for k in range(len(formals)))
            course.facts = course.facts.defining(
                inner.base, sp.Lambda(slots, right.xreplace(dict(zip(formals, slots, strict=True))))
            )
        return None
    if isinstance(inner, sp.Symbol):
        course.functions[inner.name] = Function((), body, line)
        if isinstance(right, sp.Expr) and not right.is_Matrix if hasattr(right, "is_Matrix") else True:
            course.facts = course.facts.defining(inner, body)
            del course.functions[inner.name]
    return None


def by_likelihood(course: Course, left: Any, right: Any, args: tuple[Any, ...]) -> Settled | None:
    """Where the sample's law is known, a likelihood's first line is a claim."""
    for wanted in objectives(course, args):
        found = settled([Claim(wanted, EQUAL, right, course.facts)])
        if found.holds:
            return found
    return None
