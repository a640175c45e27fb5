"""The forms in which a statistic is recognised: a derivative of a family, a square; shorter ways to write its value."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.trees import mentions

EXTRA = sp.Symbol("s", real=True)


def families(statistic: Any, x: Any) -> list[tuple[Any, int, Any, Any]]:
    """(u, m, r, g_s): the statistic is the m-th derivative in s of the family g_s, at s = r."""
    found = []
    for m in (1, 2):
        for u in sorted({f.args[0] for f in statistic.atoms(sp.log) if mentions(f, x)}, key=str):
            quotient = sp.cancel(statistic / sp.log(u) ** m) if statistic.has(sp.log(u)) else None
            if quotient is not None and not quotient.has(sp.log):
                r = 0 if quotient == 1 else exponent_in(quotient, u)
                if r is not None:
                    found.append((u, m, sp.sympify(r), u**EXTRA))
    for m in (1, 2):
        if statistic == x**m:
            found.append((x, m, sp.Integer(0), sp.exp(EXTRA * x)))
    return found


def exponent_in(quotient: Any, u: Any) -> Any | None:
    base, exponent = quotient.as_base_exp()
    return exponent if base == u and not exponent.has(u) else None


def square_of(statistic: Any, x: Any) -> tuple[Any, Any] | None:
    """(g, c) where the statistic is (g(x) − c)² with c free of x."""
    if not (isinstance(statistic, sp.Pow) and statistic.exp == 2 and isinstance(statistic.base, sp.Add)):
        return None
    bound = sp.Add(*(t for t in statistic.base.args if mentions(t, x)))
    free = sp.Add(*(t for t in statistic.base.args if not mentions(t, x)))
    if bound.could_extract_minus_sign() and not isinstance(bound, sp.Add):
        bound, free = -bound, -free
    return None if free == 0 else (bound, -free)


def shortened(expr: Any) -> Any:
    """Ratios of Γ at arguments a whole number apart, and powers of one base, made one."""
    made = sp.powsimp(sp.gammasimp(expr)) if expr.has(sp.gamma) else sp.powsimp(expr)
    made = sp.expand_power_base(made) if not made.has(sp.Add) else made
    return min((expr, made, sp.powsimp(sp.simplify(made) if made.is_number else made)), key=lambda e: len(str(e)))


def unique(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """Each once, in the order of first appearance."""
    made: list[Any] = []
    for item in items:
        if item not in made:
            made.append(item)
    return tuple(made)
