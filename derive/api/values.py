"""Values of letters, as ``--at`` gives them."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import Integers, Simplex, Vector, contains
from derive.core.errors import InputError
from derive.data.assignments import assignments
from derive.derivations.information import Information
from derive.derivations.letters import latex_name
from derive.models.comparison import name_of


def letters_in(found: Information) -> list[Any]:
    """The letters whose values the quantity depends on: parameters of the laws, vectors and their sizes included."""
    bound_letters = {law.variable for law in found.facts.laws.values()}
    return [s for s in found.facts.domains if s not in bound_letters]


def values_of(at: str, found: Information) -> dict[Any, Any]:
    """Each letter's value, inside its domain.

    Raises:
        InputError: an unknown letter, one without a value, or a value outside its domain.
    """
    known = {_bare(latex_name(name_of(s))): s for s in letters_in(found)}
    values: dict[Any, Any] = {}
    for name, value in (assignments(at) if at else {}).items():
        letter = known.get(_bare(latex_name(name)))
        if letter is None:
            near = difflib.get_close_matches(_bare(name), known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"the letters are {', '.join(known)}"
            raise InputError(f"--at: there is no letter {name}", hint if known else "there are no letters")
        if isinstance(letter, sp.IndexedBase) != isinstance(value, tuple):
            wanted = "several numbers in brackets" if isinstance(letter, sp.IndexedBase) else "one number"
            raise InputError(f"--at: {name} needs {wanted}")
        exact = [sp.Rational(v.numerator, v.denominator) for v in (value if isinstance(value, tuple) else (value,))]
        values[letter] = tuple(exact) if isinstance(value, tuple) else exact[0]
    for letter, value in list(values.items()):
        if isinstance(value, tuple):
            domain = found.facts.domains[letter]
            size = domain.size if isinstance(domain, Vector) else None
            if size is not None and not size.is_number and size not in values:
                values[size] = sp.Integer(len(value))
    missing = [name for name, letter in known.items() if letter not in values]
    if missing:
        raise InputError(f"--at: {', '.join(missing)} has no value", f"give it one, as in --at '{missing[0]}=1'")
    for letter, value in values.items():
        check_inside(letter, value, found, values)
    return values


def check_inside(letter: Any, value: Any, found: Information, values: dict[Any, Any]) -> None:
    """Refuse a value outside the letter's domain, ends that are letters put in."""
    domain = found.facts.domains[letter]
    scalars = {k: v for k, v in values.items() if not isinstance(v, tuple)}
    if isinstance(domain, Vector):
        domain = replace(domain, size=domain.size.subs(scalars))
        inside = contains(domain, value) and (not isinstance(domain, Simplex) or sum(value) == 1)
    else:
        domain = replace(domain, lower=domain.lower.subs(scalars), upper=domain.upper.subs(scalars))
        inside = contains(domain, value)
    if not inside:
        raise InputError(f"--at: {name_of(letter)} = {value} lies outside its domain", str(domain_text(domain)))


def domain_text(domain: Any) -> str:
    """A domain for messages."""
    if isinstance(domain, Simplex):
        return f"{domain.size} positive numbers with the sum one"
    if isinstance(domain, Vector):
        return f"{domain.size} positive numbers"
    if isinstance(domain, Integers):
        return f"an integer from {domain.lower} to {domain.upper}"
    return f"a number between {domain.lower} and {domain.upper}"


def _bare(name: str) -> str:
    return re.sub(r"[\\{}]", "", name)
