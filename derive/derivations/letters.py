"""Letters that a derivation adds to those of the model."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.greek import GREEK


def hat(letter: Any) -> Any:
    r"""The estimate's letter: ``\hat{p}``, ``\hat{\sigma}^2``, ``\hat{\pi}_k``.

    >>> hat(sp.Symbol(r"\sigma^2", positive=True))
    \hat{\sigma}^2
    """
    if isinstance(letter, sp.Indexed):
        return hat(letter.base)[letter.indices]
    if isinstance(letter, sp.IndexedBase):
        return sp.IndexedBase(rf"\hat{{{letter.label}}}", positive=True)
    base, caret, exponent = latex_name(letter.name).partition("^")
    stem, underscore, index = base.partition("_")
    name = rf"\hat{{{stem}}}" + underscore + index + caret + exponent
    return sp.Symbol(name, **known(letter))


def latex_name(name: str) -> str:
    r"""A plain name as LaTeX writes it.

    >>> latex_name("mu_1")
    '\\mu_1'
    """
    stem, underscore, index = name.partition("_")
    return ("\\" + stem if stem.lower() in GREEK else stem) + underscore + index


def mean_of(data: Any) -> Any:
    r"""The letter ``\bar{x}``."""
    return sp.Symbol(rf"\bar{{{data.label}}}", **known(data))


def known(letter: Any) -> dict[str, bool]:
    """What SymPy assumes of the letter, integrality left out (a mean of integers is none)."""
    for sign in ("positive", "nonnegative", "negative"):
        if getattr(letter, f"is_{sign}", None):
            return {"real": True, sign: True}
    return {"real": True}
