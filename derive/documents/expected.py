"""Expectations over a sample: linear in what belongs to one observation each."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.stated_moments import in_moments
from derive.core.domains import Interval
from derive.core.facts import Facts
from derive.core.information import Expectation, Variance
from derive.core.nodes import Partial
from derive.core.trees import mentions, substitute
from derive.core.vectors import VectorIntegral, VectorMean, function_at, is_matrix, times


def over_one(e: Any, facts: Facts) -> Any:
    """An expectation or variance with the entries of its own sample as the variable; sums taken apart.

    E Σ_i g(X_i) = Σ_i E g(X), Var Σ_i g(X_i) = Σ_i Var g(X) for independent X_i. What is not of this kind is left.
    """
    expr, variable, law = e.args
    if of_vectors(variable, facts):
        return e
    expr, variable = lower_case(expr, variable, law, facts)
    if facts.laws.get(law) is None and facts.laws.get(variable) is not None:
        law = variable
    squared = isinstance(e, Variance)
    made = apart(expr, variable, law, squared)
    made = e.func(expr, variable, law) if made is None else made
    return made.xreplace({f: in_moments(f, facts) for f in made.atoms(Expectation, Variance)})


def of_vectors(variable: Any, facts: Facts) -> bool:
    """A random vector, or a family of them."""
    return is_matrix(variable) or (isinstance(variable, sp.IndexedBase) and len(facts.shapes.get(variable, ())) == 2)


def over_density(e: Any, facts: Facts) -> Any:
    """E[g(X)] under an unknown density f(x; θ), as ∫ g(x) f(x; θ) dx; None for other laws."""
    expr, variable, name = e.args
    if of_vectors(variable, facts):
        return None
    law = facts.law(str(name))
    if law is None and isinstance(variable, sp.Symbol):
        small = [n for n, w in facts.laws.items() if getattr(w.variable, "name", "") == variable.name.lower()]
        name = small[0] if len(small) == 1 else name
        law = facts.law(str(name))
    if law is None or law.density is not None or not isinstance(law.support, Interval):
        return None
    expr = substitute(expr, {variable: law.variable})
    used = [f for f in expr.atoms(AppliedUndef) if f.func.__name__ == str(name) and len(f.args) > 1]
    if law.given and not used:
        used = [function_at(str(name), law.variable, *law.given)]
    if len(set(used)) != 1 or used[0].args[0] != law.variable:
        return None
    limits = (law.variable, law.support.lower, law.support.upper)
    if isinstance(e, VectorMean):
        return VectorIntegral(times(used[0], expr), limits)
    return sp.Integral(expr * used[0], limits)


def lower_case(expr: Any, variable: Any, law: Any, facts: Facts) -> tuple[Any, Any]:
    """``E_{Z \\sim P}[\\log P(z)]``: the small letter is the variable."""
    known = facts.laws.get(law)
    if known is None and law == variable and isinstance(variable, sp.Symbol):
        # E[X] where the observations are x_i.
        known = facts.law(variable.name.lower())
        if known is not None and known.variable.is_Symbol:
            return substitute(expr, {variable: known.variable}), known.variable
        return expr, variable
    own = known.variable if known is not None else None
    if own is None or own == variable or str(own).lower() != str(variable).lower():
        return expr, variable
    return substitute(expr, {variable: own}), own


def apart(expr: Any, variable: Any, law: Any, squared: bool) -> Any:
    """The functional of an expression, taken apart by linearity; None where it is not linear."""
    if not random(expr, variable):
        return sp.Integer(0) if squared else expr
    if expr.is_Add and (not squared or len(random_terms(expr, variable)) == 1):
        parts = [apart(term, variable, law, squared) for term in expr.args]
        return None if any(p is None for p in parts) else sp.Add(*parts)
    if expr.is_Mul:
        free = [f for f in expr.args if not random(f, variable)]
        rest = [f for f in expr.args if random(f, variable)]
        inner = (
            apart(rest[0], variable, law, squared) if len(rest) == 1 else alone(sp.Mul(*rest), variable, law, squared)
        )
        return None if inner is None else sp.Mul(*free) ** (2 if squared else 1) * inner
    if isinstance(expr, sp.Sum):
        inner = apart(expr.function, variable, law, squared)
        return None if inner is None else expr.func(inner, *expr.limits)
    if isinstance(expr, Partial) and (moved := inside(expr)) is not None:
        return apart(moved, variable, law, squared)
    return alone(expr, variable, law, squared)


def inside(e: Any) -> Any:
    """A derivative taken term by term; None where it acts on one term already."""
    inner, letter, order = e.args
    if isinstance(inner, Partial):
        deeper = inside(inner)
        return None if deeper is None else Partial(deeper, letter, order)
    if inner.is_Add:
        return sp.Add(*(Partial(term, letter, order) for term in inner.args))
    if inner.is_Mul and (free := [f for f in inner.args if not mentions(f, letter)]):
        return sp.Mul(*free) * Partial(sp.Mul(*(f for f in inner.args if f not in free)), letter, order)
    if isinstance(inner, sp.Sum) and not any(mentions(end, letter) for limit in inner.limits for end in limit[1:]):
        return inner.func(Partial(inner.function, letter, order), *inner.limits)
    return None


def alone(expr: Any, variable: Any, law: Any, squared: bool) -> Any:
    """The functional of what one observation enters; None if there are several."""
    entries = entries_of(expr, variable)
    if len(entries) > 1 or (entries and mentions(expr, variable) and expr.has(sp.Sum)):
        return None
    for entry in entries:
        if any(isinstance(s, sp.Sum) and entry.indices[0] in [m[0] for m in s.limits] for s in expr.atoms(sp.Sum)):
            return None
        expr = expr.xreplace({entry: variable})
    return (Variance if squared else Expectation)(expr, variable, law)


def entries_of(expr: Any, variable: Any) -> set[Any]:
    return {e for e in expr.atoms(sp.Indexed) if str(e.base.label) == variable.name}


def random(expr: Any, variable: Any) -> bool:
    """Does it depend on the random variable, or on an observation of it?"""
    return bool(entries_of(expr, variable)) or variable in expr.free_symbols


def random_terms(expr: Any, variable: Any) -> list[Any]:
    return [term for term in expr.args if random(term, variable)]
