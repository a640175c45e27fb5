r"""Estimates of one parameter of different kinds: what ``\hat\lambda_{ML}`` was solved from says nothing of the MAP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from derive.core.trees import mentions
from derive.documents.letters import base_of

if TYPE_CHECKING:
    from derive.documents.course import Course

_KIND = re.compile(
    r"[_^]\{?\s*(?:\\[A-Za-z]+\s*\{\s*)?(?P<kind>MAP|MLE|ML|OLS|LS|ridge|lasso|MME?|MoM|Bayes|EB)\b", re.IGNORECASE
)
SAME = {"MLE": "ML", "MME": "MM", "MOM": "MM", "OLS": "LS"}


def kind_of(written: Any) -> str:
    r"""Which estimate a letter names; empty where it does not say.

    >>> import sympy as sp
    >>> kind_of(sp.Symbol(r"\hat{\lambda}_{MLE}")), kind_of(sp.Symbol(r"w_{\text{MAP}}")), kind_of(sp.Symbol("p"))
    ('ML', 'MAP', '')
    """
    found = _KIND.search(str(written))
    kind = found["kind"].upper() if found is not None else ""
    return SAME.get(kind, kind)


def begin_another(course: Course, letter: Any) -> None:
    """Forget what an estimate of another kind was solved from."""
    known, kind = course.kinds.get(letter), kind_of(course.head)
    if known is None or not kind or known[0] == kind:
        return
    _, equations, derivatives = known
    base = base_of(letter)
    course.pending[:equations] = [
        p
        for p in course.pending[:equations]
        if not any(mentions(s, base) for s in (p.statement.left, p.statement.right))
    ]
    course.derivatives[:derivatives] = [d for d in course.derivatives[:derivatives] if d[1] != letter]
    course.solved.pop(letter, None)
    del course.kinds[letter]


def note(course: Course, letter: Any) -> None:
    """The letter is solved as an estimate of this kind."""
    if kind := kind_of(course.head):
        course.kinds[letter] = (kind, len(course.pending), len(course.derivatives))
