r"""What stands behind the bar of an expected value: ``E(\theta \mid x)``, ``\operatorname{Var}(X \mid \mu)``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.conditionals import ConditionalExpectation, ConditionalVariance
from derive.reading.applied import arguments
from derive.reading.cursor import parted
from derive.reading.sample_functionals import is_random
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Nodes


def conditioned(scope: Scope, bracket: Bracket) -> tuple[Nodes, list[Any]]:
    """What stands before the only bar of a bracket, and what stands behind it; no bar leaves all before it."""
    parts = parted(bracket.items, ("|",))
    if len(parts) != 2 or not all(parts):
        return bracket.items, []
    return parts[0], arguments(scope, parts[1], bracket)


def given_data(scope: Scope, varies: bool, value: Any, behind: list[Any]) -> Any:
    """The functional given what stands behind the bar; None where only parameters and other numbers do."""
    if all(is_number(scope, b) for b in behind) or not is_random(scope, value):
        return None
    return (ConditionalVariance if varies else ConditionalExpectation)(value, behind)


def is_number(scope: Scope, letter: Any) -> bool:
    """Is it declared, and nothing that follows a law?"""
    if isinstance(letter, sp.IndexedBase):
        name, known = str(letter.label), letter in scope.facts.shapes
    else:
        base = letter.base if isinstance(letter, sp.Indexed) else letter
        name, known = str(getattr(base, "label", base)), base in scope.facts.domains
    return known and all(law.name != name for law in scope.facts.laws)
