"""Joint laws at a point and in the normal form: one drawn law for all parts, and Σ_z p(x, z) = p(x)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.laws import density_on, mixed, seed_of
from derive.checking.polynomials import ONE, Poly
from derive.core.domains import Domain, Integers, Interval
from derive.core.information import Cardinality
from derive.core.joints import Part, joint_meaning, part_of
from derive.core.vectors import Vector, is_matrix

if TYPE_CHECKING:
    from derive.checking.functionals import Functionals
    from derive.checking.walker import Walker

# A mixture of so many products: its variables depend on each other in no simple way.
COMPONENTS = 3
R = sp.Rational


def value_of_part(walker: Walker, part: Part, e: Any) -> Any:
    """The value of a part at values of its variables, kept for the next time that it is asked for these."""
    values, parameters = part.split(e.args)
    still = not walker.moved and not any(s in walker.bound for p in parameters for s in p.free_symbols)
    key = ("part", part.head, tuple(walker.value(v) for v in values.values()), parameters) if still else None
    found = None if key is None else walker.memo.get(key)
    if found is None:
        stands_for = joint_meaning(e, walker.facts)
        if stands_for is None and part.joint.density is not None:
            raise GivesUp("parameters")
        found = walker.value(drawn_part(walker, part, e.args) if stands_for is None else stands_for)
        if key is not None:
            walker.memo[key] = found
    return found


def drawn_part(walker: Walker, part: Part, args: tuple[Any, ...]) -> Any:
    """p(x, z; θ), or a marginal of it, as Σ_c w_c(θ) Π_v f_{cv}: one valid law at this point, whatever is asked of it.

    A marginal of a mixture of products leaves factors out, so that all the parts belong together without any sum.
    """
    values, parameters = part.split(args)
    if any(is_matrix(p) and not isinstance(p, Vector) for p in parameters):
        raise GivesUp("density")
    weights, total = [], []
    for c in range(COMPONENTS):
        draw = random.Random(seed_of(walker.point.seed, f"{part.name} {c}"))
        weight: Any = sp.Integer(draw.randint(1, 6))
        if parameters:
            weight *= sp.exp(sp.sin(mixed(parameters, draw)))
        total.append(weight)
        factors = [factor(walker, part, c, k, values[k]) for k in part.shown]
        weights.append(sp.Mul(weight, *factors))
    return sp.Add(*weights) / sp.Add(*total)


def factor(walker: Walker, part: Part, component: int, place: int, value: Any) -> Any:
    """The component's density of one variable at a value."""
    letter, support = part.joint.variables[place], part.joint.supports[place]
    draw = random.Random(seed_of(walker.point.seed, f"{part.name} {component} {letter}"))
    if isinstance(support, Integers) and not support.upper.is_infinite:
        low, high, at = (walker.whole(v) for v in (support.lower, support.upper, value))
        if not low <= at <= high and isinstance(support.upper, Cardinality):
            # Nobody numbers the elements of a set, so that a number is the label of one.
            raise GivesUp("label")
        masses = [draw.choice((1, 1, 3, 12, 30)) for _ in range(high - low + 1)]
        return R(masses[at - low], sum(masses)) if low <= at <= high else sp.Integer(0)
    return on_line(support, letter, draw).xreplace({letter: value})


def on_line(support: Domain, letter: Any, draw: random.Random) -> Any:
    """A density with thin tails on the whole line; elsewhere one of the usual ones."""
    if isinstance(support, Interval) and support.lower.is_infinite and support.upper.is_infinite:
        centre, width = R(draw.randint(-4, 4), 2), R(draw.randint(2, 5), 3)
        return sp.exp(-(((letter - centre) / width) ** 2) / 2) / (width * sp.sqrt(2 * sp.pi))
    return density_on(support, letter, draw)


def summed_out(forms: Functionals, key: tuple[Any, ...], place: Any, kind: str, low: Any, high: Any) -> Poly | None:
    """Σ_z p(x, z) or ∫ p(x, z) dz over all of z: the atom of p(x), or 1 where nothing is left; None for others."""
    head = key[1]
    if not isinstance(head, tuple) or head[0] != "undefined":
        return None
    part = part_of(head[1], forms.facts)
    if part is None or part.behind or part.joint.density is not None:
        return None
    args, orders = key[2], head[2]
    at = [k for k, arg in enumerate(args) if place in forms.letters(dict(arg))]
    if len(at) != 1 or at[0] >= len(part.shown) or dict(args[at[0]]) != forms.letter(place) or orders[at[0]]:
        return None
    (slot,) = at
    support = part.joint.supports[part.shown[slot]]
    if not isinstance(support, Interval | Integers) or forms.ends(support, {}) != (kind, low, high):
        return None
    rest = [k for k in part.shown if k != part.shown[slot]]
    kept = orders[:slot] + orders[slot + 1 :]
    if not rest:
        return {} if any(kept) else {ONE: 1}
    left = (dict(arg) for k, arg in enumerate(args) if k != slot)
    return forms.function(("undefined", part.of(rest).head, kept), tuple(left))
