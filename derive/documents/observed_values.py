r"""``x_i`` beside the random ``X_i``: the values that were observed of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.trees import substitute
from derive.documents.letters import declared
from derive.reading.chains import ReadChain


def with_observed(chain: ReadChain, facts: Facts) -> ReadChain:
    """The chain with the entries of ``x``, which nothing declares, as those of the sample ``X``.

    Where both stand in one chain, as in P(X_i ≤ x_i), they are two things.
    """
    values = [side.value for side in chain.sides if isinstance(side.value, sp.Basic)]
    bases = {base for value in values for base in value.atoms(sp.IndexedBase)}
    changes: dict[Any, Any] = {}
    for base in bases:
        sample = sample_for(str(base.label), facts)
        if sample is not None and sample not in bases:
            changes[base] = sample
    if not changes:
        return chain
    return replace(chain, sides=tuple(replace(side, value=observed(side.value, changes)) for side in chain.sides))


def sample_for(name: str, facts: Facts) -> Any:
    """The sample with the capital letter, where only that is declared, with a law; else None."""
    if name == name.upper() or declared(name, facts) is not None or facts.law(name) is not None:
        return None
    if facts.law(name.upper()) is None:
        return None
    return next((b for b, shape in facts.shapes.items() if str(b.label) == name.upper() and len(shape) == 1), None)


def observed(value: Any, changes: dict[Any, Any]) -> Any:
    """The value with one family in the place of another."""
    if not isinstance(value, sp.Basic):
        return value
    entries = {e: changes[e.base][e.indices] for e in value.atoms(sp.Indexed) if e.base in changes}
    return substitute(value.xreplace(entries), changes)
