"""The values of expectations, entropies and divergences: sums over the support, or integrals by quadrature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.joint_laws import drawn_part
from derive.checking.laws import drawn_density, drawn_masses, drawn_weights, is_finite, is_member, seed_of
from derive.checking.normal_means import over_normal_vectors
from derive.checking.opened import opened_log
from derive.checking.sweeps import Sweep
from derive.checking.vector_means import listed, on_segment
from derive.core.domains import Compositions, Integers, Interval, OneHot, Simplex
from derive.core.information import Law
from derive.core.joints import part_of
from derive.core.meanings import meaning
from derive.core.nodes import Partial
from derive.core.vectors import function_at, is_matrix

if TYPE_CHECKING:
    from derive.checking.walker import Walker
from derive.checking.weighted import Measure, weighted


def expectation(walker: Walker, e: Any) -> Any:
    """E_p[g]."""
    expr, variable, name = e.args
    return mean(walker, expr, variable, name)


def variance(walker: Walker, e: Any) -> Any:
    """E[g²] − (E[g])², about the mean so that nothing cancels."""
    expr, variable, name = e.args
    centre = sp.Dummy("m", real=True)
    with walker.with_letter(centre, mean(walker, expr, variable, name)):
        return mean(walker, (expr - centre) ** 2, variable, name)


def entropy(walker: Walker, e: Any) -> Any:
    """E_p[−log p]."""
    return cross(walker, e.args[0], e.args[0])


def cross_entropy(walker: Walker, e: Any) -> Any:
    """E_p[−log q]."""
    return cross(walker, *e.args)


def divergence(walker: Walker, e: Any) -> Any:
    """E_p[log p − log q]."""
    p, q = e.args
    variable = law_of(walker, p).variable
    return mean(walker, log_density(walker, p, variable) - log_density(walker, q, variable), variable, p)


def cross(walker: Walker, p: Any, q: Any) -> Any:
    variable = law_of(walker, p).variable
    return mean(walker, -log_density(walker, q, variable), variable, p)


def cardinality(walker: Walker, e: Any) -> Any:
    """|𝒳|: two to four elements, the same for every law on the set at this point."""
    return walker.ctx.mpf(2 + (walker.point.seed // 100 + sum(map(ord, str(e.args[0])))) % 3)


def law_of(walker: Walker, name: Any) -> Law:
    law = walker.facts.law(name)
    if law is None or law.moments:
        raise GivesUp("law")
    return law


def log_density(walker: Walker, name: Any, variable: Any) -> Any:
    law = law_of(walker, name)
    if law.density is None:
        return sp.log(function_at(str(name), variable, *law.given))
    density = law.density if law.variable == variable else law.density.xreplace({law.variable: variable})
    return opened_log(density)


def unknown_density(walker: Walker, name: str, law: Law, argument: Any) -> Any:
    """p(x) of an unknown law: weights on a finite set, else a density of the support, fixed at this point."""
    support, seed = law.support, seed_of(walker.point.seed, name)
    if isinstance(support, Integers) and is_finite(law):
        low, high, at = (walker.whole(v) for v in (support.lower, support.upper, argument))
        if not low <= at <= high:
            return walker.ctx.mpf(0)
        size = high - low + 1
        masses = drawn_masses(law, size, seed) if law.given else drawn_weights(size, seed)
        return walker.value(masses[at - low])
    density = drawn_density(law, seed)
    return walker.value(density.xreplace({law.variable: argument}))


def mean(walker: Walker, expr: Any, variable: Any, name: Any) -> Any:
    """E[expr], where ``variable`` follows the law of this name."""
    law = law_of(walker, name)
    support = law.support
    if is_matrix(law.variable):
        return over_normal_vectors(walker, law, expr, variable)
    if isinstance(variable, sp.IndexedBase):
        return over_vectors(walker, law, expr, variable)
    density = law.density
    if density is None:
        finite = is_finite(law)
        part = part_of(str(name), walker.facts)
        density = (
            function_at(str(name), law.variable, *law.given)
            if finite
            else drawn_part(walker, part, (law.variable, *law.given))
            if part is not None
            else drawn_density(law, seed_of(walker.point.seed, str(name)))
        )
    if law.variable != variable:
        density = density.xreplace({law.variable: variable})
    if not isinstance(support, Integers | Interval):
        raise GivesUp("support")
    total = walker.ctx.mpf(0)
    for rest, factor in tilted(walker, expr, density, variable):
        over = Measure(factor, variable, support.lower, support.upper, isinstance(support, Integers))
        total += weighted(walker, rest, over)
    return total


def tilted(walker: Walker, expr: Any, factor: Any, letter: Any) -> Iterator[tuple[Any, Any]]:
    """(g_k, w_k) with g·w = Σ g_k·w_k: exponentials of the letter weigh, since they may outgrow the density's tail."""
    plain = sp.Integer(0)
    for term in sp.Add.make_args(expr):
        powers = [f for f in sp.Mul.make_args(term) if grows(f, letter)]
        if powers:
            rest = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in powers))
            yield rest, one_exponential(walker, sp.Mul(factor, *powers), letter)
        else:
            plain += term
    if plain != 0:
        yield plain, factor


def grows(factor: Any, letter: Any) -> bool:
    """Is it a power with the letter in its exponent?"""
    exponent = factor.args[0] if isinstance(factor, sp.exp) else factor.exp if factor.is_Pow else sp.Integer(0)
    return letter in exponent.free_symbols


def integral(walker: Walker, e: Any) -> Any:
    """∫ f dx, term by term, each weighed with those of its factors that die out."""
    if len(e.limits) != 1 or len(e.limits[0]) != 3:
        raise GivesUp("integral")
    letter, low, high = e.limits[0]
    if any(open_density(walker, f) for f in e.atoms(AppliedUndef)):
        raise GivesUp("density")
    if not (low.is_infinite or high.is_infinite) and walker.value(low) > walker.value(high):
        # ∫_a^b = −∫_b^a
        return -integral(walker, e.func(e.function, (letter, high, low)))
    total = walker.ctx.mpf(0)
    for term in sp.Add.make_args(e.function):
        if (density := moved_density(walker, term, letter)) is not None:
            # A derivative of a density dies out as the density does.
            total += weighted(walker, term / density, Measure(density, letter, low, high, False))
            continue
        weighing = [f for f in sp.Mul.make_args(term) if weighs(f, letter)]
        rest = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in weighing))
        weight = one_exponential(walker, sp.Mul(*weighing), letter)
        total += weighted(walker, rest, Measure(weight, letter, low, high, False))
    return total


def moved_density(walker: Walker, term: Any, letter: Any) -> Any:
    """The first unknown density p(x | θ) that is differentiated in the term; None if there is none."""
    found = [f for d in term.atoms(Partial) if letter in d.free_symbols for f in d.atoms(AppliedUndef)]
    sweep = Sweep(walker, letter, [])
    known = [f for f in sorted(found, key=str) if f.args[0] == letter and sweep.density(f) is not None]
    return known[0] if known else None


def open_density(walker: Walker, f: Any) -> bool:
    """f(x; θ) of which nothing is known: no choice of it is a density for every θ."""
    law = walker.facts.law(f.func.__name__)
    if meaning(f, walker.facts) is not None or part_of(f.func.__name__, walker.facts) is not None:
        return False
    return law is None or (law.density is None and not is_member(law, f.args))


def one_exponential(walker: Walker, product: Any, letter: Any) -> Any:
    """exp(u)·r, so that what grows and what dies out meet in one exponent."""
    u, other = Sweep(walker, letter, []).without_exponentials(product)
    return other if u == 0 else sp.exp(u) * other


def weighs(factor: Any, letter: Any) -> bool:
    if letter not in factor.free_symbols:
        return False
    if isinstance(factor, AppliedUndef | sp.exp):
        return True
    return isinstance(factor, sp.Pow) and not factor.has(sp.log)


def over_vectors(walker: Walker, law: Law, expr: Any, variable: Any) -> Any:
    """E over one-hot vectors or counts (a sum), or over a simplex of two entries (an integral)."""
    if isinstance(law.support, OneHot | Compositions):
        return listed(walker, law, expr, variable)
    if not isinstance(law.support, Simplex):
        raise GivesUp("support")
    density, inside, u = on_segment(walker, law, expr, variable)
    bound, walker.bound = walker.bound, {}
    try:
        return weighted(walker, inside, Measure(density, u, sp.Integer(0), sp.Integer(1), False))
    finally:
        walker.bound = bound
