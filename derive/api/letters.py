"""The letters that somebody chose for a page must not already mean something else on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.derivation import Chain
from derive.core.errors import InputError
from derive.core.nodes import CONDITIONAL
from derive.core.notation import Notation
from derive.core.statement import Statement
from derive.writing.latex import latex

WHAT = {
    "data": "the observations",
    "index": "their index",
    "size": "their number",
    "likelihood": "the likelihood",
    "density": "the density",
}
OWN = {"data": "x", "index": "i", "size": "N", "likelihood": "L", "density": "f"}
"""The letter that each setting takes the place of."""
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_ACCENTS = (r"\hat", r"\bar", r"\tilde", r"\dot", r"\mathbf", r"\mathrm", r"\mathcal", r"\mathbb", r"\operatorname")


def refuse_clashes(chains: Iterable[Chain], notation: Notation) -> None:
    """Refuse settings with a letter that stands for something else in these chains.

    Raises:
        InputError: it says which letter, and what it means besides.
    """
    plain = Notation()
    changed = [
        f.name for f in fields(notation) if f.name in OWN and getattr(notation, f.name) != getattr(plain, f.name)
    ]
    if not changed:
        return
    used = stems(chains)
    for key in changed:
        letter = getattr(notation, key)
        if letter in used - {OWN[key]} - {OWN[other] for other in changed}:
            raise InputError(
                f"--notation {key}={letter}: {letter} means something else on this page",
                f"choose another letter for {WHAT[key]}",
            )


def stems(chains: Iterable[Chain]) -> set[str]:
    r"""The letters of all names in the chains, without accents and scripts: ``\mu`` of ``\hat{\mu}_1``."""
    names: set[str] = set()
    for chain in chains:
        sides = [chain.start, *(step.after for step in chain.steps)]
        sides += [finer.after for step in chain.steps for finer in step.inside]
        for side in sides:
            for expr in (side.left, side.right) if isinstance(side, Statement) else (side,):
                names.update(_names(expr))
    return {stem for name in names for stem in _stem(name)}


def _names(expr: Any) -> set[str]:
    made = {latex(letter) for letter in expr.atoms(sp.Symbol, sp.IndexedBase) if not isinstance(letter, sp.Dummy)}
    heads = {type(f).__name__ for f in expr.atoms(AppliedUndef)}
    return made | {"p" if head == CONDITIONAL else head for head in heads}


def _stem(name: str) -> list[str]:
    base = re.split(r"[_^]", name, maxsplit=1)[0]
    return [letter for letter in _LETTER.findall(base) if letter not in _ACCENTS][:1]
