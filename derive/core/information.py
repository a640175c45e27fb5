"""Nodes of information theory: expectations, entropies and divergences, left as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Domain


@dataclass(frozen=True, slots=True)
class Law:
    """What a random variable, or a density's name, follows.

    Args:
        variable: the letter of one observation.
        support: where it lives; for a finite set 𝒳 the integers 1, …, ``Cardinality(𝒳)``.
        density: the density or mass function in ``variable``; None for an unknown one, which stands in formulas as
            an undefined function of the law's name.
        given: for an unknown density p(x | θ) the parameters behind the bar, in their order.
        parameters: the letters behind the bar of ``p(x | μ, Σ)``, in whose places others may be written.
        moments: mean and variance of a law of which nothing else is known.
    """

    variable: Any
    support: Domain
    density: Any = None
    given: tuple[Any, ...] = ()
    parameters: tuple[Any, ...] = ()
    moments: tuple[Any, ...] = ()

    @property
    def letters(self) -> set[Any]:
        """What the density, or what is known in its place, is about."""
        known = self.moments if self.density is None else (self.density,)
        return {s for part in known for s in part.free_symbols}


class Cardinality(sp.Expr):
    r"""|𝒳|, the size of a finite set; a sum over x = 1, …, |𝒳| is printed as :math:`\sum_{x \in \mathcal{X}}`."""

    is_commutative = True
    is_integer = True
    is_positive = True

    def __new__(cls, name: Any) -> Cardinality:
        made: Cardinality = sp.Expr.__new__(cls, sp.Symbol(name) if isinstance(name, str) else name)
        return made


class OverALaw(sp.Expr):
    """A functional of ``expr`` in which ``variable`` is bound; args ``(expr, variable, law)``."""

    is_commutative = True
    is_extended_real = True

    def __new__(cls, expr: Any, variable: Any, law: Any) -> Any:
        return sp.Expr.__new__(cls, sp.sympify(expr), variable, law)

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.args[1]]

    @property
    def free_symbols(self) -> set[Any]:
        free: set[Any] = (self.args[0].free_symbols - {self.args[1]}) | self.args[2].free_symbols
        return free


class Expectation(OverALaw):
    """E_law[expr]: ``law`` is the symbol that names a ``Law`` of the facts; for E[X²] it is X itself."""


class Variance(OverALaw):
    """Var_law(expr), as in :class:`Expectation`."""


class OfLaws(sp.Expr):
    """A functional of one or two laws, given by the symbols that name them."""

    is_commutative = True
    is_extended_real = True

    def __new__(cls, *laws: Any) -> Any:
        return sp.Expr.__new__(cls, *laws)


class Entropy(OfLaws):
    """H(p) = E_p[−log p]."""


class CrossEntropy(OfLaws):
    """H(p, q) = E_p[−log q]."""


class Divergence(OfLaws):
    """D_KL(p‖q) = E_p[log(p/q)]."""


class Extremum(sp.Expr):
    """``argmax``, ``argmin``, ``max`` or ``min`` of ``expr`` over letters; args ``(expr, letters, kind)``."""

    is_commutative = True

    def __new__(cls, expr: Any, letters: Any, kind: Any) -> Extremum:
        kind = sp.Symbol(kind) if isinstance(kind, str) else kind
        letters = sp.Tuple(*letters) if not isinstance(letters, sp.Tuple) else letters
        made: Extremum = sp.Expr.__new__(cls, sp.sympify(expr), letters, kind)
        return made

    @property
    def free_symbols(self) -> set[Any]:
        """The letters of the objective and the unknowns; which kind of optimum it is, is no letter."""
        return set().union(*(a.free_symbols for a in self.args[:2]))
