r"""Names of which the text goes on to take the logarithm: a second meaning of one that is its logarithm is a slip.

After ``L(s) = \prod_i f(r_i)`` a new section may well say ``L(s) = \sum_i \log f(r_i)`` and mean the log-likelihood
from there on; where it then writes ``\log L(s)``, it did not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import settled
from derive.core.claim import Claim
from derive.core.relation import EQUAL
from derive.reading.names import spelling

if TYPE_CHECKING:
    from derive.documents.course import Course

_LOG = re.compile(
    r"\\?(?<![A-Za-z])(?:log|ln)\s*(?:\\left|\\[bB]igg?l?)?\s*[({\[]?\s*"
    r"(?P<name>\\math(?:cal|rm|bf|scr)\s*\{\s*[A-Za-z]+\s*\}|\\?[A-Za-z]+)\s*(?:\\left)?\s*\("
)


def logarithms_in(text: str) -> dict[str, int]:
    r"""The names that stand behind a logarithm with their arguments, with the last place.

    >>> logarithms_in(r"$\log \mathcal{L}(s)$, $\ln(L(p))$ and $\log x$")
    {'\\mathcal{L}': 1, 'L': 24}
    """
    return {spelling(found["name"]): found.start() for found in _LOG.finditer(text)}


def is_lost_logarithm(course: Course, head: str, old: Any, new: Any) -> bool:
    """Is the new meaning the logarithm of the old one, and does the text take the name's logarithm further on?"""
    if head not in course.logged or not isinstance(old, sp.Expr) or not isinstance(new, sp.Expr):
        return False
    return settled([Claim(sp.log(old), EQUAL, new, course.facts)]).holds
