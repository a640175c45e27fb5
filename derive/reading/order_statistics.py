r"""``X_{(1)}`` and ``X_{(n)}``: the smallest and the largest of a sample."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.nodes import Largest, Smallest
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Node, Nodes, unwrapped


def order_statistic(scope: Scope, node: Node, family: Any, sub: Nodes) -> Any:
    """The order statistic that a number in round brackets below a sample's letter names; None for other scripts.

    Raises:
        Unreadable: it is neither the first nor the last.
    """
    inner = unwrapped(sub)
    only = inner[0] if len(inner) == 1 else None
    shape = scope.names.shapes.get(family, ()) if family is not None else ()
    if not isinstance(only, Bracket) or only.open != "(" or len(shape) != 1:
        return None
    (size,) = shape
    place = scope.value(only.items)
    if place != size and not place.is_Integer:
        return None
    index = next((i for i, n in scope.facts.indices.items() if n == size), None) or scope.index("i")
    if place == 1:
        return Smallest(family[index], (index, 1, size))
    if place == size:
        return Largest(family[index], (index, 1, size))
    raise scope.refuse(f"the order statistic in place {sp.latex(place)} cannot be read", node)
