"""Laws of the logarithm, each under the condition that what stands inside is positive."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.ranges import sign
from derive.core.trees import factors, power
from derive.rules.rule import rule


def positive(expr: Any, facts: Facts) -> bool:
    """Is it positive under the facts?"""
    return bool(expr.is_positive) or sign(expr, facts) == "+"


@rule("logarithms")
def log_of_series(node: Any, facts: Facts) -> Any | None:
    """log ∏_i a_i = Σ_i log a_i, where a_i > 0."""
    if isinstance(node, sp.log) and isinstance(node.args[0], sp.Product):
        inner = node.args[0]
        return sp.Sum(sp.log(inner.function, evaluate=False), *inner.limits)
    return None


def all_positive(parts: tuple[tuple[Any, Any], ...], facts: Facts) -> tuple[tuple[Any, Any], ...]:
    """The factors of a positive product, the negative ones with odd exponents taken in pairs with the other sign."""
    odd = [b != sp.E and e.is_Integer and e % 2 == 1 and sign(b, facts) == "-" for b, e in parts]
    if sum(odd) < 2 or sum(odd) % 2:
        return parts
    made = ((-b if turned else b, e) for (b, e), turned in zip(parts, odd, strict=True))
    return tuple((b, e) for b, e in made if b != 1)


@rule("logarithms")
def log_of_product(node: Any, facts: Facts) -> Any | None:
    """log(a b) = log a + log b, where a, b > 0; a plain product of letters such as 2πσ² stays together."""
    if not isinstance(node, sp.log):
        return None
    parts = all_positive(factors(node.args[0]), facts)
    observed = node.free_symbols & {law.variable for law in facts.laws.values()}
    if all(exponent == 1 for _, exponent in parts) and not node.atoms(sp.Indexed) and not observed:
        return None
    if len(parts) < 2 or not all(base == sp.E or positive(base, facts) for base, _ in parts):
        return None
    return sp.Add(*(sp.log(power(b, e), evaluate=False) for b, e in parts))


@rule("logarithms")
def log_of_power(node: Any, facts: Facts) -> Any | None:
    """log a^c = c log a, where a > 0."""
    if not isinstance(node, sp.log):
        return None
    parts = factors(node.args[0])
    if len(parts) != 1:
        return None
    base, exponent = parts[0]
    if base == sp.E or exponent == 1 or not positive(base, facts):
        return None
    return exponent * sp.log(base)


@rule("logarithms")
def log_of_exponential(node: Any, facts: Facts) -> Any | None:
    """log e^u = u."""
    if isinstance(node, sp.log):
        parts = factors(node.args[0])
        if len(parts) == 1 and parts[0][0] == sp.E:
            return parts[0][1]
    return None


@rule("logarithms")
def logarithms_joined(node: Any, facts: Facts) -> Any | None:
    """c log a + c log b = c log(a b), for logarithms of letters and numbers."""
    if not isinstance(node, sp.Add):
        return None
    groups: dict[Any, list[Any]] = {}
    rest: list[Any] = []
    for term in node.args:
        number, product = term.as_coeff_Mul()
        if isinstance(product, sp.log) and not product.args[0].atoms(sp.Indexed, sp.Function):
            groups.setdefault(number, []).append(product.args[0])
        else:
            rest.append(term)
    if all(len(inside) == 1 for inside in groups.values()):
        return None
    return sp.Add(*(c * sp.log(sp.Mul(*inside), evaluate=False) for c, inside in groups.items()), *rest)


LOGARITHMS = (log_of_series, log_of_product, log_of_power, log_of_exponential)
