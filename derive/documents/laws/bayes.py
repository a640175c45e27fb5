r"""Parameters that have laws themselves: ``p(\mu \mid x)`` is the posterior, ``p(x)`` the evidence.

p(θ | y) = p(y | θ) p(θ) / p(y) with p(y) = ∫ p(y | θ) p(θ) dθ, for letters whose laws the context gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.nodes import named_function
from derive.core.trees import mentions, substitute
from derive.core.vectors import Vector
from derive.documents.laws.sample_laws import at, family_of, joint, law_at

EVIDENCE = r"\mathcal{Z}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter, or the family of a sample or vector, with its density."""

    letter: Any
    density: Any


def conditional(args: tuple[Any, ...], facts: Facts) -> Any:
    """The density of the first letter given the others, where their laws decide it; None where its own law does.

    p(θ) times the likelihoods of what rests on θ, over the evidence. A function of which nothing is known stands for
    what would take an integral over several letters, and for the evidence of samples and vectors.
    """
    first, behind = args[0], args[1:]
    own = law_at(first, facts)
    if own is None:
        return None
    if not behind:
        return evidence((first,), facts) if hidden(own.density, facts, {first}) else None
    known = set().union(*({a, *a.free_symbols} for a in behind))
    seen = [found for a in behind if (found := observed(a, facts)) is not None]
    followers = [one for one in seen if mentions(one.density, first)]
    if not followers:
        distant = any(reaches(one.density, first, {*known, *(o.letter for o in seen)}, facts) for one in seen)
        return unknown(args) if distant or (is_parameter(first, facts) and strange(behind, own, facts)) else None
    numerator = sp.Mul(at(own, first), *(one.density for one in followers))
    if hidden(numerator, facts, {first, *known}):
        return unknown(args)
    if isinstance(first, sp.Symbol) and all(isinstance(one.letter, sp.Symbol) for one in followers):
        return numerator / integrated(numerator, first, own)
    return numerator / named_function(EVIDENCE)(*(one.letter for one in followers))


def observed(arg: Any, facts: Facts) -> Seen | None:
    """What stands behind the bar, with its density; None for a letter without a known law."""
    law = law_at(arg, facts) if isinstance(arg, sp.Symbol) else None
    if law is not None:
        return Seen(arg, law.density)
    base = family_of(arg, facts)
    density = None if base is None else joint(base, facts)
    return None if density is None else Seen(base, density)


def reaches(density: Any, letter: Any, known: set[Any], facts: Facts) -> bool:
    """Does it rest on the letter, through others with laws that are not known?"""
    names = {str(getattr(s, "label", s)) for s in density.free_symbols}
    names -= {str(getattr(s, "label", s)) for s in known}
    laws = [law for name in sorted(names) if (law := facts.law(name)) is not None and law.density is not None]
    return any(
        mentions(law.density, letter)
        or reaches(law.density, letter, {*known, *density.free_symbols, law.variable}, facts)
        for law in laws
        if law.variable != letter
    )


def strange(behind: tuple[Any, ...], own: Law, facts: Facts) -> bool:
    """Does a letter of which nothing is known stand behind the bar? The data may be meant."""
    families = {name for base in facts.shapes for name in (str(base.label), str(base.label).upper())}
    known = {*families, *(str(getattr(letter, "label", letter)) for letter in facts.domains)}
    letters = {s for a in behind for s in ({a.args[0]} if isinstance(a, Vector) else a.free_symbols)}
    return any(str(getattr(s, "label", s)) not in known and not own.density.has(s) for s in letters)


def of_own_law(args: tuple[Any, ...], facts: Facts) -> Any:
    """p(θ), p(θ | x) or p(x | θ) for a letter with a law."""
    own = law_at(args[0], facts)
    return None if own is None else conditional(args, facts) or at(own, args[0])


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
    letters = density.free_symbols | density.atoms(Vector)
    return {s for s in letters if s not in known and law_at(s, facts) is not None}


def is_parameter(letter: Any, facts: Facts) -> bool:
    """Does another law rest on the letter?"""
    laws = (law for law in facts.laws.values() if law.variable != letter and law.density is not None)
    return any(mentions(law.density, letter) for law in laws)


def rests_on(letter: Any, others: set[Any], facts: Facts) -> bool:
    """Is it an observation whose law rests on another of the letters, of which a posterior is a function?"""
    law = law_at(letter, facts)
    return law is not None and any(law.density.has(other) for other in others if other != letter)


def unknown(args: tuple[Any, ...]) -> Any:
    """A density of which nothing is known."""
    return named_function(EVIDENCE)(*args)
