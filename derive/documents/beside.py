"""Laws that people write beside a row to say what they have used: ``tr(AB) = tr(BA)``."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import sympy as sp

from derive.reading.chains import ReadChain


def is_general(chain: ReadChain, known: Set[str]) -> bool:
    """Is it about letters that the document does not speak of? Then it claims nothing of those it does.

    Args:
        known: the names of all letters that have a meaning here.
    """
    return any(side.error is not None or strange(side.value, known) for side in chain.sides)


def strange(value: Any, known: Set[str]) -> bool:
    """Does it hold a letter that nothing declares?"""
    if not isinstance(value, sp.Basic):
        return False
    letters = {s for s in value.free_symbols if isinstance(s, sp.Symbol | sp.IndexedBase)}
    return any(str(getattr(s, "label", s)) not in known for s in letters)
