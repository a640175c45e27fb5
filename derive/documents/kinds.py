r"""Estimates of one parameter of different kinds: what ``\hat\lambda_{ML}`` was solved from says nothing of the MAP,
or of ``\tilde\lambda``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.trees import mentions
from derive.documents.equations.solved_for import is_root
from derive.documents.letters import base_of, is_letter, name_of, undecorated

if TYPE_CHECKING:
    from derive.documents.course import Course

Kind = tuple[str, str]
_WORD = re.compile(
    r"[_^]\{?\s*(?:\\[A-Za-z]+\s*\{\s*)?(?P<word>MAP|MLE|ML|OLS|LS|ridge|lasso|MME?|MoM|Bayes|EB)\b", re.IGNORECASE
)
_ACCENT = re.compile(r"\\(?:wide)?(?P<accent>hat|tilde|bar|check|breve)\{")
SAME = {"MLE": "ML", "MME": "MM", "MOM": "MM", "OLS": "LS"}


def kind_of(written: Any) -> Kind:
    r"""The accent of an estimate's letter and the word at it, each empty where there is none.

    >>> kind_of(sp.Symbol(r"\hat{\lambda}_{MLE}")), kind_of(sp.Symbol(r"w_{\text{MAP}}")), kind_of(sp.Symbol("p"))
    (('hat', 'ML'), ('', 'MAP'), ('', ''))
    """
    name = name_of(written) or ""
    word, accent = _WORD.search(name), _ACCENT.search(name)
    said = word["word"].upper() if word is not None else ""
    return accent["accent"] if accent is not None else "", SAME.get(said, said)


def differ(one: Kind, other: Kind) -> bool:
    """Do both say what they are, and not the same?"""
    return any(a and b and a != b for a, b in zip(one, other, strict=True))


def estimate_in(written: Any) -> Any:
    """The one letter with the mark of an estimate in a side as it is written; None for none or several."""
    letters = written.atoms(sp.Symbol) if isinstance(written, sp.Basic) else set()
    marked = [s for s in letters if undecorated(s.name) is not None and not s.name.startswith(r"\bar")]
    return marked[0] if len(marked) == 1 else None


def begin_another(course: Course, letter: Any) -> None:
    """Forget what an estimate of another kind was solved from."""
    known, kind = course.kinds.get(letter), kind_of(estimate_in(course.head) or course.head)
    if known is None or not differ(known[0], kind):
        return
    _, equations, derivatives = known
    base = base_of(letter)
    kept = [p for p in course.pending[:equations] if not mentions_base(p.statement, base)]
    course.pending[:equations] = kept
    course.derivatives[:derivatives] = [d for d in course.derivatives[:derivatives] if d[1] != letter]
    course.solved.pop(letter, None)
    del course.kinds[letter]


def mentions_base(statement: Any, base: Any) -> bool:
    """Is an equation about the letter?"""
    return any(mentions(side, base) for side in (statement.left, statement.right))


def note(course: Course, letter: Any) -> None:
    """The letter is solved as an estimate of this kind."""
    kind = kind_of(course.head)
    if any(kind) and is_letter(letter):
        course.kinds[letter] = (kind, len(course.pending), len(course.derivatives))


def sets_up(course: Course, written: Any) -> bool:
    """Is a side about an estimate without being its letter, so that the equation is one to be solved?"""
    inside = estimate_in(written)
    letter = None if inside is None else course.meaning(inside)
    if letter is None or inside in (written, letter) or is_root(written):
        return False
    if any(by == letter for _, by in course.derivatives):
        return False
    return not any(mentions_base(p.statement, base_of(letter)) for p in course.pending)
