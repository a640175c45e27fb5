r"""A parameter and its estimate: ``\hat{\mu}``, ``\mu^*``, ``\mu_{MLE}`` next to the declared ``\mu``."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.sample_functionals import OverTheSample
from derive.core.trees import substitute
from derive.core.vectors import VECTOR_LETTERS, MatrixAt, MatrixOf, Vector, VectorAt

_HAT = re.compile(r"\\(?:hat|tilde|bar|widehat|widetilde)\{(?P<inner>(?:[^{}]|\{[^{}]*\})*)\}(?P<rest>.*)\Z", re.DOTALL)
_STAR = re.compile(
    r"(?P<inner>.*?)(?:\^\{?(?:\*|\\star|\\ast|MLE|ML|MAP|OLS|LS|opt)\}?|_\{?(?:\\text\{)?(?:MLE|ML|MAP|mle|ml|map|opt|LS|OLS|ridge)\}?\}?)\Z",
    re.DOTALL,
)
_ENTRY = re.compile(r"(?P<stem>\\?[A-Za-z]+)_\{?(?P<index>[a-z])\}?\Z")


def undecorated(name: str) -> str | None:
    r"""The name without the mark of an estimate; None where it has none.

    >>> undecorated(r"\hat{\mu}_1"), undecorated(r"w_{MAP}"), undecorated("x")
    ('\\mu_1', 'w', None)
    """
    found = _HAT.match(name)
    if found is not None:
        return found["inner"] + found["rest"]
    found = _STAR.match(name)
    return found["inner"] if found is not None and found["inner"] else None


def declared(name: str, facts: Facts) -> Any:
    """The letter of the facts with this name; None for an unknown one."""
    for letter in (*facts.domains, *facts.shapes, *facts.definitions):
        if str(getattr(letter, "label", getattr(letter, "name", ""))) == name:
            return letter
    return None


def estimates_as_parameters(expr: Any, facts: Facts) -> Any:
    """Each estimate's letter replaced by the parameter's, where only the parameter is declared.

    What an expected value is taken of stays: there an estimate is random, and its parameter is not.
    """
    whole = {e: sp.Dummy() for e in expr.atoms(OverTheSample)} if isinstance(expr, sp.Expr) else {}
    if whole:
        rest = estimates_as_parameters(expr.xreplace(whole), facts)
        return rest.xreplace({made: e for e, made in whole.items()})
    changes: dict[Any, Any] = {}
    for entry in sorted(expr.atoms(sp.Indexed), key=str):
        # The estimate of a parameter such as x_m.
        plain = undecorated(str(entry.base.label))
        meant = declared(f"{plain}_{entry.indices[0]}", facts) if plain and len(entry.indices) == 1 else None
        if isinstance(meant, sp.Symbol):
            changes[entry] = meant
    for letter in sorted(expr.atoms(sp.Symbol, sp.IndexedBase), key=str):
        name = str(getattr(letter, "label", getattr(letter, "name", "")))
        plain = undecorated(name)
        if plain is None or declared(name, facts) is not None:
            continue
        if declared(plain, facts) is None:
            plain = undecorated(plain) or plain
        meant = declared(plain, facts) or declared(_unsquared(plain), facts) or entry_named(plain, facts)
        if meant is not None and isinstance(meant, sp.IndexedBase) == isinstance(letter, sp.IndexedBase):
            changes[letter] = meant
        elif isinstance(meant, sp.IndexedBase) and isinstance(letter, sp.Symbol):
            whole = vector_of(meant, facts)
            if whole is not None:
                changes[letter] = whole
    return substitute(expr, changes) if changes else expr


def entry_named(name: str, facts: Facts) -> Any:
    r"""The entry μ_k that ``\mu_k`` is the name of; None where no such family of numbers, or index, is known."""
    found = _ENTRY.match(name)
    base = declared(found["stem"], facts) if found is not None else None
    if found is None or not isinstance(base, sp.IndexedBase) or len(facts.shapes.get(base, ())) != 1:
        return None
    index = next((i for i in facts.indices if i.name == found["index"]), None)
    return None if index is None else base[index]


def _unsquared(name: str) -> str:
    return name.removesuffix("^2")


def vector_of(base: Any, facts: Facts) -> Any:
    """The vector or matrix of a family's entries, where it is one."""
    shape = facts.shapes.get(base, ())
    return Vector(base, *shape) if len(shape) == 1 else MatrixOf(base, *shape) if len(shape) == 2 else None


def is_letter(expr: Any) -> bool:
    """A symbol, an entry, a vector or a matrix."""
    return isinstance(expr, (sp.Symbol, sp.Indexed, *VECTOR_LETTERS))


def base_of(letter: Any) -> Any:
    """What the facts know a letter by."""
    if isinstance(letter, Vector | VectorAt | MatrixOf | MatrixAt):
        return letter.args[0]
    return letter.base if isinstance(letter, sp.Indexed) else letter


def name_of(letter: Any) -> str:
    """The name that a letter, its entries and its vectors share; nothing for what is none."""
    base = base_of(letter)
    return str(getattr(base, "label", getattr(base, "name", ""))).strip()
