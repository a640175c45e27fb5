r"""Matrices that every text means alike: the identity ``I``, ``I_n``; the ones ``\mathbf{1}``, ``\mathbf{1}_n``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.reading.identity import UNSIZED
from derive.reading.scope import Scope
from derive.reading.tree import Leaf, Nodes, name_of, unwrapped

IDENTITIES = (r"\mathbf{I}", r"\mathbb{I}", "I")
ZEROS = ("0", r"\mathbf{0}", r"\mathbb{0}")
ONES = (r"\mathbf{1}", r"\mathbb{1}")


def unsized(scope: Scope, name: str) -> Any:
    """I or the vector of ones, whose size its surroundings tell; None for another name."""
    if not scope.names.matrices:
        return None
    if name in IDENTITIES:
        return sp.Identity(UNSIZED)
    return sp.OneMatrix(UNSIZED, 1) if name in ONES else None


def of_size(scope: Scope, stem: str, sub: Nodes) -> Any:
    """I_n or 1_n where n is the size of something; None for another letter with a subscript."""
    if stem not in (*IDENTITIES, *ONES) or scope.matrix(stem) is not None or scope.family(stem) is not None:
        return None
    inner = unwrapped(sub)
    if len(inner) != 1 or not isinstance(inner[0], Leaf) or scope.matrix(stem + "_") is not None:
        return None
    if inner[0].kind == "number":
        size: Any = sp.Integer(inner[0].text)
    else:
        name = name_of(inner)
        size = next((s for s in sizes(scope) if str(s) == name), None)
    if size is None:
        return None
    return sp.Identity(size) if stem in IDENTITIES else sp.OneMatrix(size, 1)


def sizes(scope: Scope) -> set[Any]:
    """The letters that count rows, columns or observations."""
    shapes = (*scope.names.shapes.values(), *(m.shape for m in scope.names.matrices.values()))
    ends = scope.facts.indices.values()
    return {s for shape in (*shapes, tuple(ends)) for size in shape for s in getattr(size, "free_symbols", ())}
