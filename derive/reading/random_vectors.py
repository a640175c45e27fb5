r"""What is random in the argument of ``E[y^T y]`` or ``Var(b)`` where a vector has a law; covariance matrices."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.information import Expectation
from derive.core.vectors import Vector, VectorAt, VectorMean, VectorSum, is_matrix, plus, times
from derive.reading.names import spelling
from derive.reading.scope import Scope

HATS = (r"\hat", r"\tilde")


def random_vector(scope: Scope, value: Any) -> tuple[Any, Any] | None:
    """The one vector with a law that the value is about, and its law; None where there is none, or several."""
    known = of_vectors(scope)
    if not known or not isinstance(value, sp.Basic):
        return None
    whole = {v for v in value.atoms(Vector) if label(v.args[0]) in known}
    members = {v for v in value.atoms(VectorAt) if label(v.args[0]) in known}
    if not whole and not members and any(is_estimate(v) for v in letters(value)):
        # An estimate is a function of the sample.
        return the_sample(scope, known)
    if len(whole) == 1 and not members:
        (only,) = whole
        return only, known[label(only.args[0])]
    bases = {v.args[0] for v in members}
    if whole or len(bases) != 1:
        return None
    (base,) = bases
    bound = {s.limits[0][0] for s in value.atoms(VectorSum, sp.Sum)}
    if len(members) == 1 and not any(v.args[1].free_symbols & bound for v in members):
        return next(iter(members)), known[label(base)]
    return base, known[label(base)]


def of_vectors(scope: Scope) -> dict[str, Any]:
    """The laws of vectors by the vectors' letters; none whose parameters are random themselves."""
    laws = {
        spelling(name.name): (name, law)
        for name, law in scope.facts.laws.items()
        if is_matrix(law.variable) and label(law.variable.args[0]) == spelling(name.name)
    }
    made: dict[str, Any] = {}
    for key, (name, law) in laws.items():
        inside = {label(b) for b in law.density.atoms(sp.IndexedBase)} if law.density is not None else set()
        if not inside & (laws.keys() - {key}):
            made[key] = name
    return made


def the_sample(scope: Scope, known: dict[str, Any]) -> tuple[Any, Any] | None:
    """The only vector, or family of vectors, with a law."""
    if len(known) != 1:
        return None
    ((name, law),) = known.items()
    found = scope.names.matrices.get(name, scope.names.matrices.get(name + "_"))
    if isinstance(found, VectorAt):
        return found.args[0], law
    return (found, law) if isinstance(found, Vector) else None


def covariance(a: Any, b: Any, variable: Any, law: Any) -> Any:
    """E[(a − E a)(b − E b)^T] of vectors, E[ab] − E[a] E[b] of numbers."""
    if not is_matrix(a) and not is_matrix(b):
        apart = Expectation(a, variable, law) * Expectation(b, variable, law)
        return Expectation(a * b, variable, law) - apart
    left, right = (plus(v, times(-1, VectorMean(v, variable, law))) for v in (a, b))
    return VectorMean(times(left, sp.Transpose(right)), variable, law)


def letters(value: Any) -> set[Any]:
    return value.atoms(Vector, sp.Symbol)  # type: ignore[no-any-return]


def is_estimate(letter: Any) -> bool:
    """Has it a hat?"""
    return str(letter.args[0].label if isinstance(letter, Vector) else letter.name).startswith(HATS)


def label(base: Any) -> str:
    """The name of a family as it is spelled."""
    return spelling(str(base.label).strip())
