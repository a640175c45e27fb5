"""What the names of an expression stand for under the facts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.joints import joint_meaning, part_of
from derive.core.trees import rebuild, substitute
from derive.core.vectors import BINDERS, VectorAt


def meaning(expr: Any, facts: Facts) -> Any:
    """What a defined name stands for, one step; ``None`` if the node is not a defined name.

    >>> a, b = sp.symbols("a b")
    >>> meaning(a, Facts(definitions={a: b + 1}))
    b + 1
    """
    if not facts.definitions and not facts.laws and not facts.joints:
        return None
    if isinstance(expr, sp.Symbol | sp.Sum):
        return facts.definitions.get(expr)
    if isinstance(expr, sp.core.function.AppliedUndef):
        given, args = facts.definitions.get(expr.func.__name__), expr.args
        if given is None and facts.joints and part_of(expr.func.__name__, facts) is not None:
            return joint_meaning(expr, facts)
        if given is None and facts.laws:
            return _density(expr, facts)
    elif isinstance(expr, sp.Indexed):
        given, args = facts.definitions.get(expr, facts.definitions.get(expr.base)), expr.indices
    else:
        return None
    if given is None:
        return None
    return _put_in(given, args) if isinstance(expr, sp.Indexed) else _applied(given, args, _parameters(facts))


def _density(expr: Any, facts: Facts) -> Any:
    """p(x) of a law with a known density: the density at x."""
    law = facts.law(expr.func.__name__)
    if law is None or law.density is None or len(expr.args) != 1:
        return None
    (at,) = expr.args
    if isinstance(at, sp.IndexedBase):
        entries = {e: at[e.indices] for e in law.density.atoms(sp.Indexed) if e.base == law.variable}
        return law.density.xreplace(entries)
    return law.density if at == law.variable else substitute(law.density, {law.variable: at})


def _put_in(given: Any, args: tuple[Any, ...]) -> Any:
    if not isinstance(given, sp.Lambda):
        return given
    if len(given.signature) != len(args):
        return None
    changes = dict(zip(given.signature, args, strict=True))
    bound = _bound(given.expr)
    if not bound:
        return given.expr.xreplace(changes)
    return _put_apart(given.expr, tuple(changes.items()), bound)


@lru_cache(maxsize=4096)
def _put_apart(expr: Any, changes: tuple[tuple[Any, Any], ...], bound: frozenset[Any]) -> Any:
    """With the changes made, bound letters renamed that they would be caught by."""
    coming = bound & frozenset().union(*(new.free_symbols for _, new in changes))
    return substitute(_apart(expr, coming) if coming else expr, dict(changes))


@lru_cache(maxsize=1024)
def _bound(expr: Any) -> frozenset[Any]:
    """The letters that sums and their like bind in it."""
    return frozenset(limit[0] for binder in expr.atoms(*BINDERS) for limit in binder.limits)


@lru_cache(maxsize=1024)
def _apart(expr: Any, letters: frozenset[Any]) -> Any:
    """With other bound letters in the place of these, so that what is put in is not caught."""
    if not expr.args or letters.isdisjoint(_bound(expr)):
        return expr
    args = tuple(_apart(arg, letters) for arg in expr.args)
    made = rebuild(expr, args)
    if not isinstance(made, BINDERS):
        return made
    others = {m[0]: sp.Dummy(m[0].name, **m[0].assumptions0) for m in made.limits if m[0] in letters}
    limits = [(others.get(m[0], m[0]), *m[1:]) for m in made.limits]
    return made.func(substitute(made.function, others), *limits)


def _parameters(facts: Facts) -> frozenset[Any]:
    """The letters that have a domain and are no sizes."""
    return frozenset(facts.domains).difference(*facts.shapes.values())


@lru_cache(maxsize=1024)
def _applied(given: Any, args: tuple[Any, ...], known: frozenset[Any]) -> Any:
    """The meaning of f(args…): a Lambda applied, or an expression as it is if it is about these very letters."""
    if isinstance(given, sp.Lambda):
        return _put_in(given, args)
    letters = given.atoms(sp.Symbol, sp.IndexedBase) | known
    moved: dict[Any, Any] = {}
    for arg in args:
        if isinstance(arg, sp.Indexed):
            own = {e.indices[: len(arg.indices)] for e in given.atoms(sp.Indexed) if e.base == arg.base}
            own |= {(e.args[1],) for e in given.atoms(VectorAt) if e.args[0] == arg.base}
            if not own and arg.base in letters and arg.indices in {a.indices for a in args[: args.index(arg)]}:
                # x_i that f depends on through a defined name alone moves along with y_i before it.
                continue
            if len(own) != 1:
                return None
            moved |= zip(*own, arg.indices, strict=True)
        elif arg not in letters:
            return None
    return given.xreplace({old: new for old, new in moved.items() if old != new})
