"""The identity matrix I, whose size only its surroundings tell."""

from __future__ import annotations

from typing import Any

import sympy as sp

UNSIZED = sp.Symbol("?", integer=True, positive=True)
"""The size of an I until the sum or product that it stands in tells it."""


def sized(matrix: Any, size: Any) -> Any:
    """The matrix with the size of its I."""
    return matrix.xreplace({UNSIZED: size}) if UNSIZED in matrix.free_symbols else matrix


def all_sized(matrices: list[Any]) -> list[Any]:
    """Matrices of one shape: an I among them has the size of the others."""
    known = [m.shape[0] for m in matrices if UNSIZED not in m.free_symbols]
    return [sized(m, known[0]) for m in matrices] if known else matrices
