"""Integrals of densities that have a name: what stands before them, and what must hold for their value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Interval
from derive.core.facts import Facts
from derive.core.ranges import settled
from derive.core.relation import GREATER
from derive.core.statement import Statement
from derive.core.trees import mentions, split_factor
from derive.derivations.statistics import combination
from derive.rules.integrals import INTEGRALS, exponent_of, monomial


@dataclass(frozen=True, slots=True)
class NamedIntegral:
    """``front · ∫ bare dx`` with the integral's value; ``asked``: what must hold for it."""

    front: Any
    bare: Any
    closed: Any
    rule: str
    asked: tuple[Statement, ...]

    def conditions(self, facts: Facts, at: dict[Any, Any] | None = None) -> tuple[Statement, ...] | None:
        """What the facts leave open; None where it is false."""
        left = []
        for statement in self.asked:
            put_in = Statement(sp.cancel(statement.left.subs(at or {})), statement.relation, statement.right)
            holds = settled(put_in, facts)
            if holds is False:
                return None
            if holds is None:
                left.append(put_in)
        return tuple(left)


def named_integral(integrand: Any, x: Any, support: Interval, facts: Facts) -> NamedIntegral | None:
    """The integrand over the support, as a factor times an integral of the book."""
    u: Any = sp.Integer(0)
    rest: Any = sp.Integer(1)
    for factor in sp.Mul.make_args(sp.expand_power_base(integrand)):
        if isinstance(factor, sp.exp):
            u += factor.args[0]
        else:
            rest *= factor
    exponent = sp.Add(*(t for t in sp.Add.make_args(sp.expand_mul(opened_exponent(u, x))) if mentions(t, x)))
    constant = sp.Add(*(t for t in sp.Add.make_args(sp.expand_mul(opened_exponent(u, x))) if not mentions(t, x)))
    front, bound = split_factor(sp.powsimp(rest, combine="exp"), x)
    bare = sp.Integral(
        sp.powsimp(bound, combine="exp") * sp.exp(collected_exponent(exponent, x)), (x, support.lower, support.upper)
    )
    front = front * sp.exp(constant)
    for rule in INTEGRALS:
        closed = rule.apply(bare, facts)
        if closed is not None:
            return NamedIntegral(front, bare, closed, rule.id, asked_of(rule.id, closed, bare, facts))
    return None


def opened_exponent(u: Any, x: Any) -> Any:
    """The exponent with its sums multiplied out, absolute values and inner exponentials left alone."""
    return sp.expand_mul(sp.expand_power_base(sp.expand(u, power_exp=False, power_base=False, log=False)))


def collected_exponent(exponent: Any, x: Any) -> Any:
    """Equal powers of x together."""
    made = combination(exponent, x)
    return sp.Add(*(sp.factor_terms(c) * t for c, t in made.parts))


def asked_of(rule: str, closed: Any, bare: Any, facts: Facts) -> tuple[Statement, ...]:
    """The conditions of a named integral, read off its value."""
    zero = sp.Integer(0)

    def positive(e: Any) -> Statement:
        return Statement(e, GREATER, zero)

    if rule in ("gamma_integral", "double_exponential_integral"):
        found = [positive(g.args[0]) for g in closed.atoms(sp.gamma)]
        inner = monomial(exponent_of(bare.function, bare.limits[0][0])[0], bare.limits[0][0])
        return (*found, positive(-inner[0])) if inner is not None else tuple(found)
    if rule in ("beta_integral", "beta_prime_integral", "squared_distance_integral"):
        return tuple(positive(g.args[0]) for g in closed.atoms(sp.gamma))
    x, low, high = bare.limits[0]
    if rule == "power_integral":
        a = sp.Integer(0)
        for f in sp.Mul.make_args(bare.function):
            b, e = f.as_base_exp()
            a += e if b == x else 0
        if high.is_infinite:
            return (positive(-a - 1),)
        return (positive(a + 1),) if low.is_zero else () if a.is_nonnegative and a.is_integer else (positive(low),)
    if rule == "exponential_integral" and high.is_infinite:
        (f,) = sp.Mul.make_args(bare.function)
        return (positive(-split_factor(f.args[0], x)[0]),)
    if rule == "laplace_integral":
        u = bare.function.args[0]
        a = -sum(split_factor(t, x)[0] for t in sp.Add.make_args(u) if t.has(sp.Abs))
        b = sum(split_factor(t, x)[0] for t in sp.Add.make_args(u) if not t.has(sp.Abs))
        return (positive(a - b), positive(a + b))
    return ()
