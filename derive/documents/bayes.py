r"""Parameters that have laws themselves: ``p(\mu \mid x)`` is the posterior, ``p(x)`` the evidence.

p(θ | y) = p(y | θ) p(θ) / p(y) with p(y) = ∫ p(y | θ) p(θ) dθ, for letters whose laws the context gives.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.nodes import named_function
from derive.core.trees import substitute

EVIDENCE = r"\mathcal{Z}"


def law_at(letter: Any, facts: Facts) -> Law | None:
    """The law of one random letter, or of a parameter with a prior, if its density is known."""
    if not isinstance(letter, sp.Symbol) or any(str(base.label) == letter.name for base in facts.shapes):
        return None
    law = facts.law(letter.name)
    return law if law is not None and law.density is not None and law.variable == letter else None


def conditional(args: tuple[Any, ...], facts: Facts) -> Any:
    """The density of the first letter given the others, where their laws decide it; None where its own law does.

    A function of which nothing is known stands for what would take an integral over several letters.
    """
    first, behind = args[0], args[1:]
    own = law_at(first, facts)
    if own is None:
        return None
    known = set().union(*({a, *a.free_symbols} for a in behind)) if behind else set()
    followers = [letter for letter in behind if (law := law_at(letter, facts)) and law.density.has(first)]
    if not followers:
        if not behind:
            return evidence((first,), facts) if hidden(own.density, facts, {first}) else None
        samples = {name for base in facts.shapes for name in (str(base.label), str(base.label).upper())}
        letters = (s for s in known if isinstance(s, sp.Symbol) and s.name not in samples)
        strange = any(s not in facts.domains and not own.density.has(s) for s in letters)
        return unknown(args) if strange and is_parameter(first, facts) else None
    numerator = sp.Mul(own.density, *(law_at(letter, facts).density for letter in followers))  # type: ignore[union-attr]
    if hidden(numerator, facts, {first, *known}):
        return unknown(args)
    return numerator / integrated(numerator, first, own)


def of_own_law(args: tuple[Any, ...], facts: Facts) -> Any:
    """p(θ), p(θ | x) or p(x | θ) for a letter with a law."""
    own = law_at(args[0], facts)
    return None if own is None else conditional(args, facts) or own.density


def evidence(letters: tuple[Any, ...], facts: Facts) -> Any:
    """∫ p(y | θ) p(θ) dθ for the only letter θ with a law on which the laws of the letters rest."""
    product = sp.Mul(*(law_at(letter, facts).density for letter in letters))  # type: ignore[union-attr]
    others = sorted(hidden(product, facts, set(letters)), key=str)
    law = law_at(others[0], facts) if len(others) == 1 else None
    if law is None or hidden(law.density, facts, {others[0]}):
        return unknown(letters)
    return integrated(product * law.density, others[0], law)


def integrated(product: Any, letter: Any, law: Law) -> Any:
    """∫ or Σ of a product over a letter's support."""
    other = sp.Symbol(f"{letter.name}'", **letter.assumptions0)
    support = law.support
    if not isinstance(support, Interval | Integers):
        return unknown((letter,))
    kind = sp.Integral if isinstance(support, Interval) else sp.Sum
    return kind(substitute(product, {letter: other}), (other, support.lower, support.upper))


def hidden(density: Any, facts: Facts, known: set[Any]) -> set[Any]:
    """The letters with laws of their own in a density, but for those that are known."""
    return {s for s in density.free_symbols if s not in known and law_at(s, facts) is not None}


def is_parameter(letter: Any, facts: Facts) -> bool:
    """Does another law rest on the letter?"""
    laws = (law for law in facts.laws.values() if law.variable != letter and law.density is not None)
    return any(letter in law.density.free_symbols for law in laws)


def rests_on(letter: Any, others: set[Any], facts: Facts) -> bool:
    """Is it an observation whose law rests on another of the letters, of which a posterior is a function?"""
    law = law_at(letter, facts)
    return law is not None and any(law.density.has(other) for other in others if other != letter)


def unknown(args: tuple[Any, ...]) -> Any:
    """A density of which nothing is known."""
    return named_function(EVIDENCE)(*args)
