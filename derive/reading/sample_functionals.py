r"""What an expected value is taken of: one observation, or a statistic of the sample, as in ``E[\bar{Y}^2]``."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from derive.core.information import Law
from derive.core.meanings import meaning
from derive.core.nodes import OverData
from derive.core.sample_functionals import SampleExpectation
from derive.reading.cursor import Cursor, parted
from derive.reading.exponents import raised
from derive.reading.indicators import indicator, is_condition
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Node, Scripted, core, is_mark, name_of

COVARIANCE = ("Cov", "cov", r"\mathrm{Cov}", r"\mathbb{C}ov")
PROBABILITY = ("P", "Pr", r"\mathbb{P}", r"\Pr", r"\mathrm{P}")
_ESTIMATE = re.compile(
    r"\\(?:hat|tilde|bar|widehat|widetilde)\{|.*_\{?(?:\\text\{)?(?:MLE|ML|MAP|mle|ml|map|LS|OLS|MoM|MM)\}?\}?\Z",
    re.DOTALL,
)
DEEPEST = 8


def is_statistic(scope: Scope, value: Any) -> bool:
    """Does it take the joint law to average this: several observations, all of them, or an estimate's name?"""
    if any(_is_estimate(s, scope) for s in value.free_symbols if isinstance(s, sp.Symbol)):
        return True
    laws = _laws(scope)
    whole = _written_out(scope, value)
    entries = {e for e in whole.atoms(sp.Indexed) if e.base in laws and len(e.indices) == 1}
    singles = {s for s in _bare(whole) if s in laws}
    if not entries and not singles:
        return False
    if any(_drawn(_written_out(scope, s), laws) for s in _abbreviations(scope, value, laws)):
        return True
    if not entries:
        return False
    if len(entries) + len(singles) > 1:
        return True
    if any(s in laws[e.base].letters for e in entries for s in scope.facts.indices):
        return True
    return any(
        entry in node.atoms(sp.Indexed) for node in value.atoms(sp.Sum, sp.Product, OverData) for entry in entries
    )


def is_made_of_names(scope: Scope, value: Any) -> bool:
    """Is it about letters that nothing declares, in a text about a sample? The text may say what they are made of."""
    letters = _bare(value)
    return bool(letters) and bool(_laws(scope)) and all(s in scope.invented.values() for s in letters)


def is_random(scope: Scope, value: Any) -> bool:
    """Does anything that follows a law stand in it, or an estimate?"""
    return _drawn(_written_out(scope, value), _laws(scope)) or any(
        _is_estimate(s, scope) for s in value.free_symbols if isinstance(s, sp.Symbol)
    )


def covariance(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """Cov(S, T) = E[ST] − E[S]E[T]; None for anything else."""
    following = cursor.peek()
    bracket = core(following) if following is not None else None
    if name_of((core(node),)) not in COVARIANCE or not isinstance(bracket, Bracket) or bracket.open not in ("(", "["):
        return None
    parts = parted(bracket.items, (",",))
    if len(parts) != 2 or scope.names.knows(name_of((core(node),))):
        return None
    first, second = (scope.value(p) for p in parts)
    if not all(isinstance(v, sp.Expr) and is_random(scope, v) for v in (first, second)):
        return None
    cursor.take()
    made = SampleExpectation(first * second) - SampleExpectation(first) * SampleExpectation(second)
    assert following is not None
    return raised(scope, following, made) if isinstance(following, Scripted) else made


def chance(scope: Scope, node: Node, cursor: Cursor) -> Any:
    r"""``P(X_1 \le y)`` as the expected value of what is 1 where the condition holds; None for anything else."""
    following = cursor.peek()
    bracket = core(following) if following is not None else None
    if name_of((core(node),)) not in PROBABILITY or not isinstance(bracket, Bracket) or bracket.open not in ("(", "["):
        return None
    if not is_condition(bracket) or any(is_mark(n, "=", ",", "|", ";") for n in bracket.items):
        return None
    value = indicator(scope, bracket.items)
    if not is_random(scope, value):
        return None
    cursor.take()
    made = SampleExpectation(value)
    return raised(scope, following, made) if isinstance(following, Scripted) else made


def _laws(scope: Scope) -> dict[Any, Law]:
    """The laws of numbers, by the family or the letter that follows them."""
    made = {}
    families = {str(b.label): b for b, shape in scope.facts.shapes.items() if len(shape) == 1}
    for name, law in scope.facts.laws.items():
        if (law.density is not None or law.moments) and law.variable == name:
            made[families.get(name.name, name)] = law
    return made


def _written_out(scope: Scope, value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        return value
    known = {s: _written_out(scope, m, depth + 1) for s, m in _abbreviations(scope, value, _laws(scope)).items()}
    return value.xreplace(known) if known else value


def _abbreviations(scope: Scope, value: Any, laws: dict[Any, Law]) -> dict[Any, Any]:
    """The names in it that stand for something, and what that is."""
    names = [s for s in _bare(value) if s not in laws] + [e for e in value.atoms(sp.Indexed) if e.base not in laws]
    return {s: m for s in names if isinstance(m := meaning(s, scope.facts), sp.Expr)}


def _drawn(value: Any, laws: dict[Any, Law]) -> bool:
    """Does anything that follows a law stand in it?"""
    return any(e.base in laws for e in value.atoms(sp.Indexed)) or any(s in laws for s in _bare(value))


def _bare(e: Any) -> set[Any]:
    if isinstance(e, sp.Symbol):
        return {e}
    if isinstance(e, sp.IndexedBase):
        return set()
    parts = e.indices if isinstance(e, sp.Indexed) else e.args
    return set().union(*(_bare(a) for a in parts))


def _is_estimate(letter: Any, scope: Scope) -> bool:
    """Does its name say that it is made from the sample?"""
    return _ESTIMATE.match(letter.name) is not None and letter not in scope.facts.domains
