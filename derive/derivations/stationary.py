"""From ∂ℓ/∂θ = 0 to θ = …: clear denominators, gather, solve, keep the admissible root."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Domain, Interval
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUIVALENT
from derive.core.statement import Statement, equation
from derive.core.trees import mentions, substitute, terms
from derive.rules.sums import SUMS
from derive.strategies import exhaust


def opaque(expr: Any, letter: Any) -> tuple[Any, dict[Any, Any]]:
    """The expression with everything that is not rational in letters replaced by names; the names' meanings."""
    meanings: dict[Any, Any] = {}
    names: dict[Any, Any] = {}

    def hide(node: Any) -> Any:
        if node not in names:
            names[node] = sp.Dummy(f"S{len(names)}", real=True)
            meanings[names[node]] = node
        return names[node]

    def walk(node: Any) -> Any:
        if node == letter or node.is_Number or node.is_Symbol:
            return node
        if isinstance(node, sp.Add | sp.Mul):
            return node.func(*(walk(a) for a in node.args))
        if isinstance(node, sp.Pow) and node.exp.is_Integer:
            return walk(node.base) ** node.exp
        return hide(node)

    return walk(expr), meanings


def common_denominator(expr: Any) -> Any:
    """The least common denominator of the terms, as a product."""
    _, bottom = sp.fraction(sp.together(expr))
    return bottom


def cleared(expr: Any, letter: Any) -> tuple[Any, Any]:
    """Each term times the common denominator; and that denominator."""
    hidden, meanings = opaque(expr, letter)
    bottom = common_denominator(hidden)
    made = sp.Add(*(sp.cancel(t * bottom) if t.is_Add else _cancelled(t * bottom) for t in terms(hidden)))
    return made.xreplace(meanings), bottom.xreplace(meanings)


def _cancelled(term: Any) -> Any:
    top, bottom = sp.fraction(term)
    return term if bottom == 1 else sp.cancel(top / bottom)


def flattened(expr: Any, letter: Any, facts: Facts) -> Any:
    """Multiplied out, with no sum over the data left that holds the letter where it can be taken out."""
    for _ in range(8):
        hidden, meanings = opaque(expr, letter)
        expr = sp.expand(hidden).xreplace(meanings)
        changes = {}
        for node in (n for n in expr.atoms(sp.Sum) if mentions(n, letter)):
            wide = sp.Sum(sp.expand(node.function), *node.limits)
            steps = exhaust(SUMS, wide, facts)
            changes[node] = steps[-1].after if steps else wide
        new = substitute(expr, changes)
        if new == expr:
            return expr
        expr = new
    return expr


def primitive(expr: Any, letter: Any) -> Any:
    """The expression without a constant factor, its leading power of the letter last (S − Nθ, not Nθ − S)."""
    hidden, meanings = opaque(expr, letter)
    _, rest = sp.expand(hidden).primitive()
    common = sp.gcd_terms(rest)
    kept = [f for f in sp.Mul.make_args(common) if mentions(f, letter) or f.is_Add]
    made = sp.expand(sp.Mul(*kept)) if kept and sp.Mul(*kept).has(letter) else rest
    return made.xreplace(meanings)


def residual_sum(expr: Any, letter: Any) -> Any | None:
    """Σ_i (t_i − θ) for Σ_i t_i − Nθ, else None."""
    parts = terms(expr)
    sums = [t for t in parts if isinstance(t, sp.Sum)]
    if len(parts) == 2 and len(sums) == 1 and len(sums[0].limits) == 1:
        total = sums[0]
        rest = next(t for t in parts if t is not total)
        _, lower, upper = total.limits[0]
        if rest == -(upper - lower + 1) * letter:
            return sp.Sum(total.function - letter, *total.limits)
    return None


def roots(expr: Any, letter: Any) -> tuple[Any, ...] | None:
    """All real roots of a polynomial of degree one, two, or a θ^n + b, in closed form; None if it is none of these."""
    hidden, meanings = opaque(expr, letter)
    if any(mentions(m, letter) for m in meanings.values()) or not hidden.is_polynomial(letter):
        return None
    poly = sp.Poly(hidden, letter)
    coefficients = poly.all_coeffs()
    if poly.degree() == 1:
        a, b = coefficients
        found: tuple[Any, ...] = (-b / a,)
    elif poly.degree() == 2:
        a, b, c = coefficients
        if b == 0:
            root = sp.sqrt(-c / a)
            found = (-root, root)
        else:
            root = sp.sqrt(b**2 - 4 * a * c)
            found = ((-b - root) / (2 * a), (-b + root) / (2 * a))
    else:
        return None
    return tuple(tidy(r).xreplace(meanings) for r in found)


def tidy(expr: Any) -> Any:
    """One fraction, numerator in powers of the statistics."""
    top, bottom = sp.fraction(sp.cancel(expr))
    if sp.Mul.make_args(top)[0].is_negative and bottom.is_Add:
        top, bottom = -top, -bottom
    return top / bottom


def admissible(root: Any, domain: Domain, facts: Facts) -> bool | None:
    """Can the root lie in the open domain: True, False, or None where the facts do not say."""
    assert isinstance(domain, Interval)
    answers = []
    if domain.lower != -sp.oo:
        answers.append(sign(root - domain.lower, facts))
    if domain.upper != sp.oo:
        answers.append(sign(domain.upper - root, facts))
    if any(a in ("-", "0", "<=0") for a in answers):
        return False
    return True if all(a in ("+", ">=0") for a in answers) else None


def stationary_chain(
    name: Any, score: Any, letter: Any, domain: Domain, facts: Facts, needs: tuple[Statement, ...] = ()
) -> tuple[Chain, Any] | None:
    """∂ℓ/∂θ = 0 ⟺ … ⟺ θ = …, and the solution; None where no closed form was found.

    Args:
        needs: under which the equation may be divided by the coefficient of the letter.
    """
    start = equation(name, 0)
    at = equation(score, 0)
    steps = [Step(start, EQUIVALENT, at, "set_to_zero", Phrase("set_to_zero", {"letter": letter}))]
    top, bottom = cleared(score, letter)
    top = primitive_sign(top)
    if bottom != 1 and equation(top) != at:
        steps.append(
            Step(
                at,
                EQUIVALENT,
                equation(top),
                "denominators_cleared",
                Phrase("denominators_cleared", {"factor": bottom}),
            )
        )
        at = equation(top)
    flat = primitive(flattened(top, letter, facts), letter)
    solutions = roots(flat, letter)
    if solutions is None:
        return None
    kept = [r for r in solutions if admissible(r, domain, facts) is not False]
    if len(kept) != 1:
        return None
    simpler = residual_sum(flat, letter) or flat
    if flat not in (top, -top) and not top.has(*[s for s in top.atoms(sp.Sum) if mentions(s, letter)] or [sp.nan]):
        key = "gathered" if simpler is not flat else "multiplied_out"
        if (top / flat).is_number:
            key = "divided"
        steps.append(Step(at, EQUIVALENT, equation(simpler), key, Phrase(key, {"letter": letter})))
        at = equation(simpler)
    key = "solved" if len(solutions) == 1 else "solved_admissible"
    slots: dict[str, Any] = {"letter": letter}
    if len(solutions) > 1:
        slots["other"] = tuple(r for r in solutions if r not in kept)
    steps.append(Step(at, EQUIVALENT, equation(letter, kept[0]), key, Phrase(key, slots), needs))
    topic = Phrase("stationary_topic", {"letter": letter})
    return Chain(topic, start, tuple(steps), facts, (letter,)), kept[0]


def primitive_sign(expr: Any) -> Any:
    """The expression or its negative, whichever a person would write: with a positive first sum."""
    sums = [t for t in terms(expr) if t.atoms(sp.Sum)]
    if sums and len(terms(expr)) <= 2 and all(t.could_extract_minus_sign() for t in sums):
        return -expr
    return expr
