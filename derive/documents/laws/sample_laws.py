"""The densities of letters, vectors and samples at what they are applied to, by the laws of the context."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.trees import substitute
from derive.core.vectors import Vector, VectorAt, is_matrix


def law_at(letter: Any, facts: Facts) -> Law | None:
    """The law of one random letter or vector, or of a parameter with a prior, if its density is known."""
    if isinstance(letter, Vector):
        law = facts.law(str(letter.args[0].label))
        return law if law is not None and law.density is not None and is_matrix(law.variable) else None
    if not isinstance(letter, sp.Symbol) or any(str(base.label) == letter.name for base in facts.shapes):
        return None
    law = facts.law(letter.name)
    return law if law is not None and law.density is not None and law.variable == letter else None


def at(law: Law, value: Any) -> Any:
    """The law's density at a value; None for an unknown one."""
    if law.density is None:
        return None
    return law.density if law.variable == value else substitute(law.density, {law.variable: value})


def joint(base: Any, facts: Facts) -> Any:
    """∏_i f(x_i) over all observations."""
    law, shape = facts.law(str(base.label)), facts.shapes.get(base)
    if law is None or law.density is None or not shape:
        return None
    if is_matrix(law.variable) and len(shape) == 1:
        return law.density
    index = next((i for i, size in facts.indices.items() if size == shape[0]), None)
    index = index or sp.Symbol("i", integer=True, positive=True)
    one = VectorAt(base, index, shape[1]) if is_matrix(law.variable) and len(shape) == 2 else base[index]
    return sp.Product(at(law, one), (index, 1, shape[0]))


def family_of(arg: Any, facts: Facts) -> Any:
    """The sample that an argument stands for; None for other letters."""
    if isinstance(arg, Vector):
        return arg.args[0]
    name = str(getattr(arg, "label", getattr(arg, "name", "")))
    if not isinstance(arg, sp.IndexedBase | sp.Symbol) or (arg in facts.domains and isinstance(arg, sp.Symbol)):
        return None
    families = [b for b in facts.shapes if facts.law(str(b.label)) is not None]
    return next((b for b in families if str(b.label) in (name, name.lower())), None)
