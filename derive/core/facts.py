"""What is assumed on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp

from derive.core.domains import Domain
from derive.core.information import Law
from derive.core.joints import Joint
from derive.core.observed import Observed
from derive.core.statement import Statement


@dataclass(frozen=True, slots=True)
class Facts:
    """Domains, supports, index ranges, definitions and assumptions.

    Args:
        domains: of parameters and single variables (``Symbol``), and of the entries of data and vectors
            (``IndexedBase``: for data the support of one observation; for a simplex or one-hot vector the vector's).
        shapes: the sizes of each ``IndexedBase``, outermost first: ``(N,)``, ``(N, K)``, ``(K,)``.
        indices: the index letters and the size each runs up to, from 1.
        definitions: what a name stands for: a ``Symbol`` for an expression, a function's name
            (``str``) for a ``Lambda`` or for an expression that it stands for as it is.
        assumed: further statements, taken as true.
        laws: what the random variables, and the densities that have a name, follow: by their symbol.
        matrices: the letters of vectors and matrices as they are written (``w``; ``x_`` for the family x_i), and the
            vector or matrix of entries that each stands for.
        operators: names that the text gives to ``hessian`` or ``jacobian``, as in "write H for the Hessian".
        joints: the laws of several variables, by their name.
        conditionals: (p, x, λ) where the text writes p(x | λ), and (p, λ, "") where it writes p(λ).
        observed: the observations that stand behind an ``IndexedBase``; the sample's size is defined apart.
    """

    domains: Mapping[Any, Domain] = field(default_factory=dict)
    shapes: Mapping[Any, tuple[sp.Expr, ...]] = field(default_factory=dict)
    indices: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)
    definitions: Mapping[Any, Any] = field(default_factory=dict)
    assumed: tuple[Statement, ...] = ()
    laws: Mapping[sp.Symbol, Law] = field(default_factory=dict)
    matrices: Mapping[str, Any] = field(default_factory=dict)
    observed: Mapping[Any, Observed] = field(default_factory=dict)
    operators: Mapping[str, str] = field(default_factory=dict)
    joints: Mapping[str, Joint] = field(default_factory=dict)
    conditionals: frozenset[tuple[str, str, str]] = frozenset()

    def law(self, name: Any) -> Law | None:
        """The law that a symbol, or the name of one, stands for."""
        return next((law for symbol, law in self.laws.items() if symbol.name == str(name)), None)

    def assuming(self, *statements: Statement) -> Facts:
        """These facts with further statements taken as true."""
        return replace(self, assumed=self.assumed + statements) if statements else self

    def placing(self, domains: Mapping[Any, Domain]) -> Facts:
        """These facts with further domains."""
        return replace(self, domains={**self.domains, **domains})

    def defining(self, name: Any, meaning: Any) -> Facts:
        """These facts with one more definition."""
        return replace(self, definitions={**self.definitions, name: meaning})

    def following(self, name: sp.Symbol, law: Law) -> Facts:
        """These facts with one more law."""
        return replace(self, laws={**self.laws, name: law})

    def observing(self, data: Any, observed: Observed) -> Facts:
        """These facts with the observations that the letter of the data stands for."""
        return replace(self, observed={**self.observed, data: observed})
