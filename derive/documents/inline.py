"""Formulas inside sentences: what they claim is judged; what they name, set up or suppose is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from derive.checking.settling import explained, settled
from derive.core.claim import Claim, Outcome
from derive.core.information import Extremum
from derive.core.phrase import Phrase
from derive.core.relation import DEFINED, EQUAL
from derive.documents.claims import readings
from derive.documents.definitions import introduced, introduction
from derive.documents.doubts import doubted
from derive.documents.letters import is_letter
from derive.documents.links import JUDGED
from derive.reading.chains import ReadChain, Side

if TYPE_CHECKING:
    from derive.documents.course import Course, Finding

# What stands before a formula that only supposes or sets something.
_SUPPOSED = re.compile(
    r"\b(?:if|when|whenever|where|unless|provided|suppose|assume|assuming|let|set|setting|with|solve|solving|for|iff|case)\b"
    r"|[若当设令如假只解]",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:if|when|whenever|unless|provided|suppose|assume|assuming|solve|solving|iff|case|setting|set"
    r"|example|instance|not|cannot|were)\b|[若当如假解例]|令.*[零0]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?。！？；;:：]\s|\n\s*\n")
FARTHEST = 200


def supposed(before: str) -> bool:
    """Does the sentence suppose what comes next? ``before`` is the text up to the formula."""
    sentence = _SENTENCE.split(before[-FARTHEST:])[-1]
    return _SUPPOSED.search(sentence) is not None


def claims_in(course: Course, chains: tuple[ReadChain, ...], doubtful: bool) -> Iterator[Finding]:
    """The findings on the relations of an inline formula: what holds, and what one slip shows to be a mistake.

    Args:
        doubtful: the sentence supposes; then nothing is refuted.
    """
    from derive.documents.course import Finding

    for chain in chains:
        if chain.continues or any(side.value is None for side in chain.sides) or not chain.links:
            continue
        if any(link.relation.id not in JUDGED for link in chain.links) or not says_something(course, chain):
            continue
        course.singles = frozenset()
        for link, left, right in zip(chain.links, chain.sides, chain.sides[1:], strict=False):
            a, b = course.meaning(left.value), course.meaning(right.value)
            found = settled(readings(course, a, link.relation, b, chain), right.digits)
            found = doubted(course, a, b, found)
            if found.verdict.outcome is Outcome.REFUTED and not doubtful and link.relation == EQUAL:
                found = explained(Claim(a, link.relation, b, course.facts), found)
            if found.holds or found.slip is not None:
                yield Finding(link, left, right, found, remarks_of(left, right))


def names_said(course: Course, chains: tuple[ReadChain, ...], line: int) -> None:
    r"""A sentence may say what a name stands for: "where $\eta = \log\frac{p}{1-p}$", "let $L(p) = p^3(1-p)$"."""
    for chain in chains:
        if chain.continues or len(chain.sides) < 2 or any(side.value is None for side in chain.sides[:2]):
            continue
        first, second, relation = chain.sides[0].value, chain.sides[1].value, chain.links[0].relation
        plain = isinstance(first, sp.Basic) and isinstance(second, sp.Basic) and not second.is_Number
        if relation not in (EQUAL, DEFINED) or not plain or isinstance(second, Extremum | sp.Tuple):
            continue
        if introduced(course, first, second):
            introduction(course, first, second, line)


def conditional(before: str) -> bool:
    """Does the sentence speak of a case, and name nothing?"""
    return _CASE.search(_SENTENCE.split(before[-FARTHEST:])[-1]) is not None


def says_something(course: Course, chain: ReadChain) -> bool:
    """No letter that is given a value, no name that is introduced, no equation that is set to zero."""
    first, second = chain.sides[0].value, chain.sides[1].value
    plain = all(isinstance(s.value, sp.Basic) and not isinstance(s.value, Extremum | sp.Tuple) for s in chain.sides)
    if not plain or is_letter(first) or first.is_number or (second == 0 and len(chain.sides) == 2):
        return False
    return introduced(course, first, second) is None


def remarks_of(left: Side, right: Side) -> tuple[Phrase, ...]:
    """How the sides were read."""
    return (*left.remarks, *(r for r in right.remarks if r not in left.remarks))
