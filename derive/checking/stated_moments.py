"""Expected values under a law of which only the mean and the variance are known: of polynomials of degree two."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.core.facts import Facts
from derive.core.information import Expectation, Law, Variance
from derive.core.trees import substitute


def by_moments(body: Any, law: Law, changes: dict[Any, Any]) -> Any:
    """E[a + b X + c X²] = a + b m + c (v + m²).

    Args:
        changes: what is put into mean and variance, as the place for the index of ``\\mu_i``.

    Raises:
        GivesUp: it is no such polynomial.
    """
    mean, variance = (substitute(m, changes) if changes else m for m in law.moments)
    if not body.is_polynomial(law.variable) or (degree := sp.degree(body, law.variable)) > 2:
        raise GivesUp("law")
    values = (sp.Integer(1), mean, variance + mean**2)
    return sp.Add(*(body.coeff(law.variable, k) * values[k] for k in range(int(max(degree, 0)) + 1)))


def in_moments(e: Any, facts: Facts) -> Any:
    """An expected value or variance of one random letter in its mean and variance; as it is where they do not say."""
    expr, variable, name = e.args
    law = facts.law(str(name))
    if law is None or not law.moments or law.variable != variable or law.letters & set(facts.indices):
        return e
    try:
        first = by_moments(sp.expand(expr), law, {})
        if isinstance(e, Expectation):
            return first
        return by_moments(sp.expand(expr**2), law, {}) - first**2 if isinstance(e, Variance) else e
    except GivesUp:
        return e
