r"""The joint density of letters with laws: ``p(x, \mu)`` is ``p(x \mid \mu) p(\mu)``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.nodes import named_function
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, is_mark

HEADS = ("p", "P", "f", r"\Pr", "Pr", r"\mathbb{P}")


def joint(scope: Scope, head: str, bracket: Bracket, args: list[Any]) -> Any:
    """∏ p(z | those of the letters on which its law rests) over letters between commas.

    A letter without a law has the density that the text writes of it alone, p(λ). Where there is none, and the text
    writes some of the letters on two sides of a bar, the joint density is a function of its own. Returns None where
    it need be none, or something stands behind a bar.
    """
    if len(args) < 2 or head in scope.names.functions or any(is_mark(n, "|", ";", ":") for n in bracket.items):
        return None
    densities: dict[Any, Any] = {}
    for letter in args:
        density = density_of(scope, letter)
        if density is not None:
            densities[letter] = density
    open_ = [letter for letter in args if letter not in densities]
    said = scope.facts.conditionals
    resting = [s for s in open_ if isinstance(s, sp.Symbol) and any(d.has(s) for d in densities.values())]
    known = [s for s in resting if (head, s.name, "") in said]
    if head not in HEADS:
        return None
    if open_ and not (len(known) == len(open_) and barred(head, args, said)):
        # Where there is no bar, a comma next to a letter with a density of its own may be one.
        return apart(head, args) if known or barred(head, args, said) else None
    made = [named_function(head)(letter) for letter in open_]
    for letter, density in densities.items():
        parents = [other for other in args if other != letter and density.has(other)]
        made.append(named_function(head)(letter, *parents))
    rests = bool(open_) or rests_on_others(densities)
    return sp.Mul(*made) if len(made) == len(args) and rests else None


def density_of(scope: Scope, letter: Any) -> Any:
    """What is known of one letter's density."""
    law = scope.facts.law(str(letter.label if isinstance(letter, sp.IndexedBase) else letter))
    if law is None or law.density is None or (isinstance(letter, sp.Symbol) and law.variable != letter):
        return None
    return law.density


def barred(head: str, args: list[Any], said: frozenset[tuple[str, str, str]]) -> bool:
    """Does the text write one of the letters behind a bar, and another before it?"""
    names = {str(getattr(base, "label", base)) for base in (getattr(a, "base", a) for a in args)}
    return any(one == head and shown in names and behind in names for one, shown, behind in said)


def apart(head: str, args: list[Any]) -> Any:
    """A function that is told from the one with a bar by the space behind its name."""
    if len(set(map(str, args))) < len(args):
        return None
    return named_function(head + r"\,")(*sorted(args, key=str))


def rests_on_others(densities: dict[Any, Any]) -> bool:
    """Does one of the laws rest on another of the letters?"""
    return any(density.has(other) for letter, density in densities.items() for other in densities if other != letter)
