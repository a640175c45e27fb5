"""One law of several variables: its marginals and conditionals, each a function with a name of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval
from derive.core.vectors import BINDERS, function_at

if TYPE_CHECKING:
    from derive.core.facts import Facts

MOST_VARIABLES = 4


@dataclass(frozen=True, slots=True)
class Joint:
    """The law p(x, z; θ) of several random variables.

    Args:
        variables: their letters, in the order of the declaration.
        supports: where each lives.
        given: the parameters behind the semicolon.
        density: the density or mass function in the variables and the parameters; None for an unknown one.
        factor: it is a factor of another law, and no text speaks of it.
        told: the text says something of it that is not known here, such as p(z) alone.
    """

    variables: tuple[Any, ...]
    supports: tuple[Domain, ...]
    given: tuple[Any, ...] = ()
    density: Any = None
    factor: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """p(shown | behind) of a joint law, the variables by their places."""

    name: str
    joint: Joint
    shown: tuple[int, ...]
    behind: tuple[int, ...] = ()

    @property
    def head(self) -> str:
        """The name of the function whose arguments are those shown, those behind the bar, and the parameters."""
        if len(self.shown) == len(self.joint.variables):
            return self.name
        letters = [",".join(self.joint.variables[k].name for k in places) for places in (self.shown, self.behind)]
        return f"{self.name}_{{{'|'.join(filter(None, letters))}}}"

    def at(self, *args: Any) -> Any:
        """The function at the values of the variables, and of parameters."""
        return function_at(self.head, *args)

    def of(self, shown: Iterable[int], behind: Iterable[int] = ()) -> Part:
        """Another part of the same law."""
        return Part(self.name, self.joint, tuple(sorted(shown)), tuple(sorted(behind)))

    def split(self, args: tuple[Any, ...]) -> tuple[dict[int, Any], tuple[Any, ...]]:
        """The values by the places of their variables, and the parameters."""
        places = (*self.shown, *self.behind)
        return dict(zip(places, args, strict=False)), args[len(places) :]


@lru_cache(maxsize=256)
def _parts(joints: tuple[tuple[str, Joint], ...]) -> dict[str, Part]:
    made: dict[str, Part] = {}
    for name, joint in joints:
        places = range(len(joint.variables))
        for count in range(1, len(joint.variables) + 1):
            for shown in combinations(places, count):
                others = [k for k in places if k not in shown]
                for more in range(len(others) + 1):
                    for behind in combinations(others, more):
                        part = Part(name, joint, shown, behind)
                        made[part.head] = part
    return made


def part_of(head: str, facts: Facts) -> Part | None:
    """The part of a joint law that a function's name stands for."""
    return _parts(tuple(facts.joints.items())).get(head) if facts.joints else None


def whole(name: str, joint: Joint) -> Part:
    """The law of all the variables."""
    return Part(name, joint, tuple(range(len(joint.variables))))


def joint_meaning(expr: Any, facts: Facts) -> Any:
    """p(z | x) as p(x, z)/p(x), and parts of a law with a known density by sums and integrals; None for others."""
    part = part_of(expr.func.__name__, facts)
    if part is None or len(expr.args) < len(part.shown) + len(part.behind):
        return None
    values, parameters = part.split(expr.args)
    if part.behind:
        over, under = part.of((*part.shown, *part.behind)), part.of(part.behind)
        top, bottom = (p.at(*(values[k] for k in p.shown), *parameters) for p in (over, under))
        return top / bottom
    joint = part.joint
    if joint.density is None:
        return None
    if any(p != g and g not in joint.density.free_symbols for g, p in zip(joint.given, parameters, strict=False)):
        # The formula is in letters of its own, and nothing says what they are at another value of the parameter.
        return None
    changes = dict(zip(joint.given, parameters, strict=False))
    taken = {s for v in expr.args for s in v.free_symbols}
    if any(limit[0] in taken for binder in joint.density.atoms(*BINDERS) for limit in binder.limits):
        return None
    hidden: list[tuple[Any, Domain]] = []
    for k, (letter, support) in enumerate(zip(joint.variables, joint.supports, strict=True)):
        if k in values:
            changes[letter] = values[k]
            continue
        bound = sp.Dummy(letter.name, **letter.assumptions0) if letter in taken else letter
        changes[letter] = bound
        hidden.append((bound, support))
    return over_all(joint.density.xreplace({k: v for k, v in changes.items() if k != v}), hidden)


def over_all(body: Any, hidden: Iterable[tuple[Any, Domain]]) -> Any:
    """The sum or integral over the whole supports of letters, the first one outermost."""
    for letter, support in reversed(list(hidden)):
        if not isinstance(support, Integers | Interval):
            raise TypeError(f"no sum over {support}")
        limits = (letter, support.lower, support.upper)
        body = sp.Sum(body, limits) if isinstance(support, Integers) else sp.Integral(body, limits)
    return body
