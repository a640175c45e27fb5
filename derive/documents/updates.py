r"""``\theta^{new} = …`` and ``\theta^{(t+1)} = …``: the parameter at its best, where no earlier value of it goes in."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.trees import mentions
from derive.documents.letters import declared, vector_of

_NEW = re.compile(
    r"(?P<inner>.+?)\^\{?\(?(?:\\(?:text|mathrm|rm|textrm)\{\s*)?(?:new|[a-z]\s*\+\s*1)\s*\}?\)?\}?\Z", re.DOTALL
)
_MEMBER = re.compile(r"(?P<family>.+?)_\{?(?P<index>[a-z])\}?\Z", re.DOTALL)


def updated(left: Any, right: Any, facts: Facts) -> Any:
    """The declared letter that the left side is the new value of; the left side itself where it is none.

    A step from an earlier value, θ^{(t+1)} = θ^{(t)} + …, is none.
    """
    if not isinstance(left, sp.Symbol | sp.Indexed) and not hasattr(left, "shape"):
        return left
    base = left if isinstance(left, sp.Symbol) else getattr(left, "base", left.args[0])
    name = str(getattr(base, "label", getattr(base, "name", "")))
    found = _NEW.fullmatch(name)
    if found is None and isinstance(left, sp.Indexed) and is_next(left) and declared(name, facts) is not base:
        stem = name
    elif found is not None and declared(name, facts) is None:
        stem = found["inner"]
    else:
        return left
    meant = declared(stem, facts)
    if meant is None and isinstance(left, sp.Symbol):
        return member(left, stem, right, facts)
    if meant is None or any(same_stem(other, stem) for other in names_of(right)):
        return left
    if isinstance(meant, sp.Symbol):
        return meant if isinstance(left, sp.Symbol | sp.Indexed) else left
    if isinstance(left, sp.Indexed) and found is not None:
        return meant[left.indices]
    whole = vector_of(meant, facts)
    return whole if whole is not None and not mentions(right, whole) and not isinstance(left, sp.Symbol) else left


def member(left: Any, stem: str, right: Any, facts: Facts) -> Any:
    r"""The entry λ_k of a declared family that ``\lambda_k^{new}`` is the new value of; or the left side."""
    found = _MEMBER.fullmatch(stem)
    family = declared(found["family"], facts) if found is not None else None
    if found is None or not isinstance(family, sp.IndexedBase) or len(facts.shapes.get(family, ())) != 1:
        return left
    index = next((i for i in facts.indices if i.name == found["index"]), None)
    if index is None or any(same_stem(other, found["family"]) for other in names_of(right)):
        return left
    return family[index]


def is_next(entry: Any) -> bool:
    """Is its only index t + 1?"""
    index = entry.indices[0]
    return len(entry.indices) == 1 and isinstance(index, sp.Add) and index - 1 in index.free_symbols


def names_of(side: Any) -> set[str]:
    """The names of the letters on a side."""
    found = side.atoms(sp.Symbol, sp.IndexedBase) if isinstance(side, sp.Basic) else set()
    return {str(getattr(letter, "label", getattr(letter, "name", ""))) for letter in found}


def same_stem(name: str, stem: str) -> bool:
    """Is it the letter, or the letter with a mark?"""
    return name == stem or name.startswith(stem + "^")
