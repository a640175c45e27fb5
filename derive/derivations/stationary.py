"""From ∂ℓ/∂θ = 0 to θ = …: clear denominators, gather, solve, keep the admissible root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Domain
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUIVALENT
from derive.core.statement import Statement, equation
from derive.core.trees import mentions, substitute, terms
from derive.derivations.solve_for import opaque, solve_for
from derive.rules.sums import SUMS
from derive.strategies import exhaust


@dataclass(frozen=True, slots=True)
class Stationary:
    """One equation solved.

    Args:
        chain: from ∂ℓ/∂θ = 0 to θ = …
        solution: what θ is.
        special: does the solution need a function that is no elementary one?
    """

    chain: Chain
    solution: Any
    special: bool


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
    nested = any(f.is_Add and sp.denom(sp.together(f)) != 1 for f in sp.Mul.make_args(top))
    return term if bottom == 1 and not nested else sp.cancel(top / bottom)


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
    never_zero = [f for f in sp.Mul.make_args(common) if f.as_base_exp()[0] == letter and letter.is_positive]
    live = (letter, *(name for name, node in meanings.items() if mentions(node, letter)))
    kept = [f for f in sp.Mul.make_args(common) if f not in never_zero and (f.has(*live) or f.is_Add)]
    made = sp.expand(sp.Mul(*kept)) if kept and sp.Mul(*kept).has(*live) else rest
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


def set_to_zero(start: Statement, written: Statement, letter: Any) -> Step:
    """∂ℓ/∂θ = 0 ⟺ the derivative as it was found = 0."""
    return Step(start, EQUIVALENT, written, "set_to_zero", Phrase("set_to_zero", {"letter": letter}))


def stationary_chain(
    name: Any,
    score: Any,
    letter: Any,
    domain: Domain,
    facts: Facts,
    needs: tuple[Statement, ...] = (),
    at: Statement | None = None,
) -> Stationary | None:
    """∂ℓ/∂θ = 0 ⟺ … ⟺ θ = …; None where no closed form was found.

    Args:
        needs: under which the equation may be divided by the coefficient of the letter.
        at: the equation from which to go on, where the derivative has been put in already.
    """
    start = at or equation(name, 0)
    steps: list[Step] = []
    if at is None:
        at = equation(score, 0)
        steps.append(set_to_zero(start, at, letter))
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
    found = solve_for(flat, letter, domain, facts)
    if found is None:
        return None
    simpler = residual_sum(flat, letter) or flat
    if flat not in (top, -top) and not top.has(*[s for s in top.atoms(sp.Sum) if mentions(s, letter)] or [sp.nan]):
        key = "gathered" if simpler is not flat else "multiplied_out"
        if (top / flat).is_number:
            key = "divided"
        steps.append(Step(at, EQUIVALENT, equation(simpler), key, Phrase(key, {"letter": letter})))
        at = equation(simpler)
    for statement, key in found.between:
        if statement != at:
            said = {"left": statement.left} if key == "isolated" else {}
            steps.append(Step(at, EQUIVALENT, statement, key, Phrase(key, said)))
            at = statement
    slots: dict[str, Any] = {"letter": letter}
    if found.others:
        slots["other"] = found.others
    key = "solved_admissible" if found.others else "solved"
    if at != equation(letter, found.value):
        steps.append(Step(at, EQUIVALENT, equation(letter, found.value), key, Phrase(key, slots), needs))
    topic = Phrase("stationary_topic", {"letter": letter})
    return Stationary(Chain(topic, start, tuple(steps), facts, (letter,)), found.value, found.special)


def primitive_sign(expr: Any) -> Any:
    """The expression or its negative, whichever a person would write: with a positive first sum."""
    sums = [t for t in terms(expr) if t.atoms(sp.Sum)]
    if sums and len(terms(expr)) <= 2 and all(t.could_extract_minus_sign() for t in sums):
        return -expr
    return expr
