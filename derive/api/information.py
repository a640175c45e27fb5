"""The verbs ``entropy``, ``cross_entropy`` and ``kl``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.api.judging import judged_section
from derive.api.letters import refuse_clashes
from derive.api.named import declared
from derive.api.values import letters_in, values_of
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.data.assignments import assignments
from derive.derivations.closest import with_closest
from derive.derivations.empirical import likelihood_and_cross_entropy
from derive.derivations.evaluated import at_values, in_base
from derive.derivations.exponential_family import by_exponential_family
from derive.derivations.information import Information, information
from derive.derivations.rewritten import Kind
from derive.derivations.unknown_laws import of_unknown
from derive.distributions.book import NAMES
from derive.distributions.distribution import Distribution
from derive.models.comparison import Named, alone, compared
from derive.reading.sources import with_letters
from derive.results.information import InformationResult
from derive.results.result import source_of

BASES = {"2": 2, "10": 10, "e": None}


def entropy(
    distribution: str | Distribution,
    *,
    at: str = "",
    base: int | str = "e",
    method: str = "",
    notation: Sequence[str] = (),
) -> InformationResult:
    r"""The entropy H(p) = E_p[−log p], differential for a density, every step judged.

    Args:
        distribution: a name, a name with arguments, or a declared distribution.
        at: values of the letters, as in ``p=0.1``.
        base: of the logarithm: 2 (bits), e (nats) or 10.
        method: ``exponential-family`` for the route by the log-normaliser.
        notation: settings ``KEY=VALUE`` of the page's letters.

    Raises:
        InputError: the input cannot be understood or used.
        Unproved: a step was neither proved nor tested.

    >>> entropy("bernoulli", at="p=0.5", base=2).number
    1.0
    """
    source = source_of("entropy", (distribution,), {"at": at, "base": str(base), "method": method})
    if is_unknown(distribution):
        return informed(of_unknown("entropy", str(distribution)), at, base, notation, source)
    chosen = declared(distribution)
    found = routed("entropy", method, alone(chosen), None)
    if not found.closed and (general := in_letters("entropy", method, distribution)) is not None:
        return informed(general[0], at, base, notation, source, general[1])
    return informed(found, at, base, notation, source)


def cross_entropy(
    p: str | Distribution,
    q: str | Distribution,
    *,
    at: str = "",
    base: int | str = "e",
    method: str = "",
    notation: Sequence[str] = (),
) -> InformationResult:
    r"""The cross-entropy H(p, q) = E_p[−log q], every step judged; arguments as in :func:`entropy`.

    >>> round(cross_entropy("bernoulli(p)", "bernoulli(q)", at="p=0.5, q=0.25").number, 4)
    0.837
    """
    source = source_of("cross_entropy", (p, q), {"at": at, "base": str(base), "method": method})
    if both_unknown(p, q):
        return informed(of_unknown("cross-entropy", str(p), str(q)), at, base, notation, source)
    if p == "data" and q == "model":
        predicted = (
            [v for value in assignments(at).values() for v in (value if isinstance(value, tuple) else (value,))]
            if at
            else []
        )
        if not all(0 < v <= 1 for v in predicted):
            raise InputError("--at: a predicted probability lies outside (0, 1]")
        found = likelihood_and_cross_entropy([sp.Rational(v.numerator, v.denominator) for v in predicted])
        return informed(found, "", base, notation, source)
    return compared_by("cross-entropy", method, p, q, at, base, notation, source)


def kl(
    p: str | Distribution,
    q: str | Distribution,
    *,
    at: str = "",
    base: int | str = "e",
    method: str = "",
    notation: Sequence[str] = (),
) -> InformationResult:
    r"""The KL divergence D(p‖q) = E_p[log p − log q] ≥ 0, every step judged; arguments as in :func:`entropy`.

    Letters that both laws use get the subscripts 1 and 2, unless they were given as arguments.

    >>> kl("normal", "exponential").finite
    False
    """
    source = source_of("kl", (p, q), {"at": at, "base": str(base), "method": method})
    if both_unknown(p, q):
        return informed(of_unknown("kl", str(p), str(q)), at, base, notation, source)
    return compared_by("kl", method, p, q, at, base, notation, source)


def compared_by(
    kind: Kind,
    method: str,
    p: str | Distribution,
    q: str | Distribution,
    at: str,
    base: int | str,
    notation: Sequence[str],
    source: str,
) -> InformationResult:
    """The quantity of two laws; with numbers for arguments, by the formula in letters where that alone is closed."""
    found = routed(kind, method, *pair(p, q))
    if not found.closed and (general := in_letters(kind, method, p, q)) is not None:
        return informed(general[0], at, base, notation, source, general[1])
    return informed(found, at, base, notation, source)


def in_letters(kind: Kind, method: str, *given: str | Distribution) -> tuple[Information, dict[Any, Any]] | None:
    """The derivation in the laws' own letters with the numbers given for them; None where it helps nothing."""
    made = [with_letters(d) if isinstance(d, str) else None for d in given]
    parts = [m for m in made if m is not None]
    if len(parts) < len(given):
        return None
    laws = compared(parts[0][0], parts[1][0]) if len(parts) == 2 else (alone(parts[0][0]),)
    values = {
        new.letter: numbers[old.letter]
        for law, (plain, numbers) in zip(laws, parts, strict=True)
        for new, old in zip(law.distribution.parameters, plain.parameters, strict=True)
    }
    found = routed(kind, method, laws[0], laws[1] if len(laws) == 2 else None)
    return (found, values) if found.closed and found.finite and not found.conditions else None


def routed(kind: Kind, method: str, p: Named, q: Named | None) -> Information:
    """The derivation by the route asked for."""
    if method not in ("", "exponential-family"):
        raise InputError(f"--method {method}: there is no such method", "exponential-family")
    if method:
        return by_exponential_family(kind, p, q)
    found = information(kind, p, q)
    return with_closest(found, p, q) if kind == "kl" and q is not None else found


def is_unknown(law: str | Distribution) -> bool:
    """Is it a bare letter, the name of a law without a formula?"""
    return isinstance(law, str) and re.fullmatch(r"[a-zA-Z](_[0-9a-z])?", law) is not None and law not in NAMES


def both_unknown(p: str | Distribution, q: str | Distribution) -> bool:
    """Are both laws bare letters?

    Raises:
        InputError: they are one letter.
    """
    if not (is_unknown(p) and is_unknown(q)):
        return False
    if p == q:
        raise InputError(f"{p} and {q} are one law", "give the second another letter")
    return True


def pair(p: str | Distribution, q: str | Distribution) -> tuple[Named, Named]:
    """Both laws under names, with one variable."""
    made = [declared(d) for d in (p, q)]
    bare = [not isinstance(d, str) or "(" not in d for d in (p, q)]
    return compared(made[0], made[1], (bare[0], bare[1]))


def informed(
    found: Information,
    at: str,
    base: int | str,
    notation: Sequence[str],
    source: str,
    values: dict[Any, Any] | None = None,
) -> InformationResult:
    """The derivation in its unit, with its number, judged; ``values``: of the letters, if not named in ``at``."""
    letters = Notation().changed(tuple(notation))
    if str(base) not in BASES:
        raise InputError(f"--base {base}: not a base", "2, e or 10")
    number = BASES[str(base)]
    if number is not None and found.finite:
        found = in_base(found, number)
    value = None
    if values is None and (at or (not letters_in(found) and known(found))):
        values = values_of(at, found)
    if values is not None and found.finite:
        found, value = at_values(found, values)
    refuse_clashes(found.chains, letters)
    sections = tuple(judged_section(section) for section in found.sections)
    return InformationResult(replace(found, sections=sections), letters, value, source)


def known(found: Information) -> bool:
    """Is every law's density written out?"""
    return all(law.density is not None for law in found.facts.laws.values())
