"""Results in the form that a person would write."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.trees import split_factor, terms

TRANSCENDENTAL = (sp.log, sp.loggamma, sp.polygamma, sp.gamma, sp.exp, sp.erf)


def tidy(expr: Any) -> Any:
    """The shortest of a few equal forms: as it is, multiplied out and collected, its rational part over one bar."""
    if not isinstance(expr, sp.Expr) or expr.is_Atom:
        return expr
    forms = [expr]
    opened = sp.expand_mul(expr)
    forms += [opened, collected(opened), grouped(opened), grouped(expr)]
    forms += [merged(form) for form in forms]
    if expr.has(sp.Sum):
        forms.append(sums_joined(expr))
    if not expr.has(sp.Sum, sp.Integral):
        forms += [sp.factor_terms(opened), merged(collected(opened))]
        if not any(expr.has(kind) for kind in TRANSCENDENTAL):
            forms += [sp.cancel(expr), sp.factor(expr)]
    return constants_apart(min(forms, key=size))


def constants_apart(expr: Any) -> Any:
    """(a + b − 1)/2 as (a + b)/2 − 1/2, and −(1 − p) rather than p − 1."""
    made = []
    for term in terms(expr):
        number, rest = term.as_coeff_Mul()
        if isinstance(rest, sp.Add) and any(t.is_Number for t in rest.args):
            inner = [t for t in rest.args if not t.is_Number]
            made += [
                number * sp.Add(*(t for t in rest.args if t.is_Number)),
                sp.Mul(number, sp.Add(*inner), evaluate=False)
                if len(inner) > 1 and number != 1
                else number * sp.Add(*inner),
            ]
            continue
        made.append(sp.Mul(*(signed(f) for f in sp.Mul.make_args(term))) if term.is_Mul else term)
    return sp.Add(*made)


def size(expr: Any) -> int:
    """How long it is to read."""
    repeated = 3 * sum(1 for e in sp.preorder_traversal(expr) if isinstance(e, TRANSCENDENTAL))
    nested = repeated + 6 * sum(
        1 for m in expr.atoms(sp.Mul) for a in m.args if isinstance(a, sp.Add) and fractions_in(a)
    )
    return sum(1 for _ in sp.preorder_traversal(expr)) + nested


def fractions_in(total: Any) -> bool:
    """Has a sum a term with something below a bar?"""
    return any(isinstance(f, sp.Pow) and f.exp.is_negative for t in total.args for f in sp.Mul.make_args(t))


def collected(opened: Any) -> Any:
    """Terms with the same logarithm (or ψ, Γ, …) together, its coefficient made short."""
    found: dict[Any, Any] = {}
    for term in terms(opened):
        inside = [f for f in sp.Mul.make_args(term) if f.has(*TRANSCENDENTAL)]
        key = sp.Mul(*inside)
        found[key] = found.get(key, 0) + term / key
    return sp.Add(*(signed(short(factor)) * key for key, factor in found.items()))


def signed(factor: Any) -> Any:
    """−(1 − p) rather than p − 1."""
    if not factor.is_Add or not any(t.is_Number and t.is_negative for t in factor.args):
        return factor
    rest = [t for t in factor.args if not t.is_Number]
    return factor if any(t.could_extract_minus_sign() for t in rest) else sp.Mul(-1, -factor, evaluate=False)


def merged(expr: Any) -> Any:
    """c·log a − c·log b as c·log(a/b)."""
    found: dict[Any, Any] = {}
    others: list[Any] = []
    for term in terms(expr):
        logs = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.log)]
        if len(logs) != 1 or not plain(logs[0].args[0]):
            others.append(term)
            continue
        factor = term / logs[0]
        key, sense = (-factor, -1) if -factor in found else (factor, 1)
        found[key] = found.get(key, sp.Integer(1)) * logs[0].args[0] ** sense
    return sp.Add(*others, *(key * sp.log(inside, evaluate=False) for key, inside in found.items() if inside != 1))


def plain(inside: Any) -> bool:
    """A letter, a product of letters, or a power of one: short enough to stand under another's bar."""
    if isinstance(inside, sp.Add):
        return len(inside.args) == 2 and all(a.is_Atom or (-a).is_Atom for a in inside.args)
    return not inside.has(sp.Add, *TRANSCENDENTAL)


def sums_joined(expr: Any) -> Any:
    """Σ a_j + Σ b_j as Σ (a_j + b_j), with the logarithms inside made one."""
    found: dict[Any, Any] = {}
    others: list[Any] = []
    for term in terms(expr):
        sums = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Sum)]
        if len(sums) == 1:
            found[sums[0].limits] = found.get(sums[0].limits, 0) + term / sums[0] * sums[0].function
        else:
            others.append(term)
    return sp.Add(*others, *(factor_out(sp.Sum(merged(body), *limits)) for limits, body in found.items()))


def factor_out(total: Any) -> Any:
    """n Σ a_j rather than Σ n a_j, and −Σ a_j rather than Σ (−a_j)."""
    (letter, *_), *others = total.limits
    if others:
        return total
    free, bound = split_factor(total.function, letter)
    if bound == 1:
        return total
    if bound.is_Add and all(t.could_extract_minus_sign() for t in bound.args):
        free, bound = -free, -bound
    return free * sp.Sum(bound, *total.limits)


def short(expr: Any) -> Any:
    """A rational expression, over one bar or factored where that is shorter."""
    if expr.is_Atom or expr.has(sp.Sum, sp.Integral):
        return expr
    return min((expr, sp.cancel(expr), sp.factor(expr)), key=size)


def grouped(expr: Any) -> Any:
    """The rational terms made short, the others as they are."""
    rational = [t for t in terms(expr) if not t.has(*TRANSCENDENTAL) and t.free_symbols]
    others = [t for t in terms(expr) if t not in rational]
    return sp.Add(*others, short(sp.Add(*rational))) if rational else expr
