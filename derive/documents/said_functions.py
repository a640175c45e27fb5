"""Functions that a sentence names in passing: ``take u(k) = 1/n``; what a sentence only supposes names nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.information import Cardinality
from derive.core.relation import EQUAL
from derive.documents.definitions import define, introduced
from derive.documents.names import Function
from derive.reading.chains import ReadChain

if TYPE_CHECKING:
    from derive.documents.course import Course

_ONLY_SUPPOSED = re.compile(
    r"\b(?:if|when|whenever|unless|provided|suppose|assume|example|instance|e\.g|case|iff|cannot|not|were)\b|[若当如例假]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?。！？；;]\s|\n\s*\n")


def only_supposed(before: str) -> bool:
    """Does the sentence suppose what comes next, or give an example? ``before`` is the text up to the formula."""
    return _ONLY_SUPPOSED.search(_SENTENCE.split(before)[-1]) is not None


def taken_in_passing(course: Course, chain: ReadChain) -> bool:
    """Note the meaning of ``u(k) = …``, if the chain is that and nothing has given the name a meaning yet."""
    if len(chain.links) != 1 or chain.continues or chain.links[0].relation != EQUAL:
        return False
    left, right = (side.value for side in chain.sides)
    if not isinstance(left, AppliedUndef) or not isinstance(right, sp.Expr):
        return False
    head = str(left.func.__name__)
    plain = all(isinstance(a, sp.Symbol) for a in left.args) and len(set(left.args)) == len(left.args)
    if not plain or course.names.defines(head, left.args) or introduced(course, left, right) != head:
        return False
    meant = course.meaning(right)
    sizes = set().union(*(size.free_symbols for size in meant.atoms(Cardinality)))
    if meant.atoms(AppliedUndef) or not meant.free_symbols - sizes <= {*left.args, *course.facts.domains}:
        # What is told in terms that nothing explains would explain nothing.
        return False
    define(course, head, Function(tuple(left.args), meant, chain.links[0].line, course.section))
    return True
