"""In which order the equations of a display are taken up."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.reading.chains import ReadChain


def meanings_first(chains: tuple[ReadChain, ...], facts: Facts) -> list[tuple[int, ReadChain]]:
    """The chains with their places; one that says what N_k is comes before those of its display that speak of N_k."""
    order = list(enumerate(chains))
    for place, chain in list(order):
        name = chain.sides[0].value if len(chain.sides) == 2 and not chain.continues else None
        if not isinstance(name, sp.Indexed) or name.base in facts.definitions or name.base in facts.domains:
            continue
        told = chain.sides[1].value
        followed = place + 1 < len(chains) and chains[place + 1].continues
        uses = [k for k, other in order[:place] if any(mentioned(side.value, name.base) for side in other.sides)]
        if told is not None and not mentioned(told, name.base) and uses and not followed:
            order.remove((place, chain))
            order.insert(order.index((uses[0], chains[uses[0]])), (place, chain))
    return order


def mentioned(value: Any, base: Any) -> bool:
    """Does the family occur in what was read?"""
    return isinstance(value, sp.Basic) and base in value.atoms(sp.IndexedBase)
