r"""The matrix X of the vectors x_1, …, x_N, and the vector Y of the numbers y_1, …, y_N, where both are declared.

Of the same size and named by the capital of the same letter, they are the same data.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.vectors import MatrixOf, Vector, VectorAt


def with_stacked(facts: Facts, text: str) -> Facts:
    r"""The facts in which such an X has the x_i as its rows, or its columns, and such a Y has the y_i as its entries.

    Not of a matrix whose entries the text writes itself, or that has a law or a definition.
    """
    matrices = dict(facts.matrices)
    own: set[Any] = set()
    for name, value in facts.matrices.items():
        if not isinstance(value, MatrixOf | Vector) or str(value.args[0].label) != name or name == name.lower():
            continue
        if facts.law(name) is not None or value.args[0] in facts.definitions or value.args[0] in facts.observed:
            continue
        made = None if re.search(rf"(?<![A-Za-z\\]){re.escape(name)}\}}?\s*_", text) else gathered(name, value, facts)
        if made is not None:
            matrices[name] = made
            own.add(value.args[0])
    if not own:
        return facts
    domains = {k: v for k, v in facts.domains.items() if k not in own}
    shapes = {k: v for k, v in facts.shapes.items() if k not in own}
    return replace(facts, matrices=matrices, domains=domains, shapes=shapes)


def gathered(name: str, value: Any, facts: Facts) -> Any:
    """The matrix or vector of the family with the small letter; None where there is none of its size."""
    family = facts.matrices.get(name.lower() + "_")
    if isinstance(value, Vector):
        base = next((b for b in facts.shapes if str(b.label) == name.lower()), None)
        return Vector(base, value.shape[0]) if base is not None and facts.shapes[base] == (value.shape[0],) else None
    if not isinstance(family, VectorAt):
        return None
    base = family.args[0]
    rows, columns = facts.shapes.get(base, (None, None))
    if (rows, columns) == value.shape:
        return MatrixOf(base, rows, columns, name)
    if (columns, rows) == value.shape:
        return sp.Transpose(MatrixOf(base, rows, columns, f"{name}^T"))
    return None
