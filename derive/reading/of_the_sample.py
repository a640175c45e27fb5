r"""Names with the size of the sample below: ``\bar{X}_n`` is the mean of X_1, …, X_n, and ``S_n`` is no entry."""

from __future__ import annotations

import sympy as sp

from derive.reading.scope import Scope
from derive.reading.tree import Command, Leaf, Node, Nodes, name_of, unwrapped

MARKS = ("bar", "hat", "tilde", "overline", "widehat", "widetilde")


def is_of_the_sample(scope: Scope, base: Node, sub: Nodes) -> bool:
    """Is what stands below the size of a family that has a law, and no index; and is no family called so?"""
    inner = unwrapped(sub)
    only = inner[0] if len(inner) == 1 else None
    if not isinstance(only, Leaf) or only.kind != "letter":
        return False
    stem, size = name_of((base,)), only.text
    if scope.family(stem) is not None or scope.matrix(stem) is not None or scope.matrix(stem + "_") is not None:
        return False
    if scope.bound_letter(size) is not None or any(i.name == size for i in scope.facts.indices):
        return False
    drawn = [shape for family, shape in scope.facts.shapes.items() if str(family.label) in scope.names.variables]
    return any(isinstance(n, sp.Symbol) and n.name == size for shape in drawn for n in shape[:1])


def is_marked(base: Node) -> bool:
    """Has it the mark of a mean or an estimate?"""
    return isinstance(base, Command) and base.name in MARKS
