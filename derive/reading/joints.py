r"""The joint density of letters with laws: ``p(x, \mu)`` is ``p(x \mid \mu) p(\mu)``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.nodes import named_function
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, is_mark


def joint(scope: Scope, head: str, bracket: Bracket, args: list[Any]) -> Any:
    """∏ p(z | those of the letters on which its law rests) over letters between commas.

    Returns None where one of the letters has no known law, or something stands behind a bar.
    """
    if len(args) < 2 or head not in ("p", "P", "f", r"\Pr", "Pr", r"\mathbb{P}") or head in scope.names.functions:
        return None
    if any(is_mark(n, "|", ";", ":") for n in bracket.items):
        return None
    densities: dict[Any, Any] = {}
    for letter in args:
        name = str(letter.label if isinstance(letter, sp.IndexedBase) else letter)
        law = scope.facts.law(name)
        if law is None or law.density is None or (isinstance(letter, sp.Symbol) and law.variable != letter):
            return None
        densities[letter] = law.density
    made = []
    for letter, density in densities.items():
        parents = [other for other in args if other != letter and density.has(other)]
        made.append(named_function(head)(letter, *parents))
    return sp.Mul(*made) if len(made) == len(args) and rests_on_others(densities) else None


def rests_on_others(densities: dict[Any, Any]) -> bool:
    """Does one of the laws rest on another of the letters?"""
    return any(density.has(other) for letter, density in densities.items() for other in densities if other != letter)
