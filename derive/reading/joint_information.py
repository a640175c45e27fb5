r"""Entropies, information and expected values of the variables of a joint law: ``H(X|Y)``, ``I(X;Y)``, ``E_{q(z|x)}``.

All of them are read as the sums or integrals that they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.domains import Domain
from derive.core.joints import Joint, Part, over_all
from derive.core.vectors import function_at, is_matrix
from derive.reading.cursor import parted
from derive.reading.joint_laws import Slot, applied, name_before, place_of, slot_of
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Node, Nodes, core, is_command, is_mark, name_of, unwrapped

Letters = list[tuple[Any, Domain]]
BARS = ("|", r"\|")


def entropy(scope: Scope, bracket: Bracket) -> Any:
    """H(X), H(X, Y), H(X | Y), H(X | Y = y), in nats; None where these are no variables of a joint law."""
    front, *behind = parted(bracket.items, BARS)
    if len(behind) > 1:
        return None
    sides = [[unwrapped(p) for p in parted(side, (",",))] for side in (front, *behind)]
    joint = law_with(scope, sides)
    if joint is None:
        return None
    name, own = joint
    found = [[slot_of(scope, own, nodes, None) for nodes in side] for side in sides]
    shown, after = _sound(found[0]), _sound(found[1]) if behind else []
    if shown is None or after is None or not all(s.bare for s in shown) or _twice([*shown, *after]):
        return None
    weight = Part(name, own, _places(shown + [s for s in after if s.bare]), _places(s for s in after if not s.bare))
    inside = Part(name, own, _places(shown), _places(after))
    at = {s.place: s.value for s in (*shown, *after)}
    body = -_at(weight, at) * sp.log(_at(inside, at), evaluate=False)
    return over_all(body, _letters(own, weight.shown))


def information(scope: Scope, bracket: Bracket) -> Any:
    """I(X; Y) and I(X; Y | Z), in nats; None where I is something else."""
    if not scope.facts.joints:
        return None
    front, *behind = parted(bracket.items, BARS)
    # Some write I(X, Y).
    between = ";" if any(is_mark(n, ";") for n in front) else ","
    sides = [[unwrapped(p) for p in parted(side, (",",))] for side in (*parted(front, (between,)), *behind)]
    joint = law_with(scope, sides)
    if joint is None or len(behind) > 1 or len(sides) != 2 + len(behind):
        return None
    name, own = joint
    groups = [_sound([slot_of(scope, own, nodes, None) for nodes in side]) for side in sides]
    slots = [s for group in groups for s in group or ()]
    if None in groups or _twice(slots) or not all(s.bare for s in slots):
        return None
    left, right, *condition = (_places(group or ()) for group in groups)
    after = condition[0] if condition else ()
    at = {s.place: s.value for s in slots}
    both = _at(Part(name, own, tuple(sorted(left + right)), after), at)
    apart = _at(Part(name, own, left, after), at) * _at(Part(name, own, right, after), at)
    whole = Part(name, own, tuple(sorted(at)))
    return over_all(_at(whole, at) * sp.log(both / apart, evaluate=False), _letters(own, whole.shown))


def divergence(scope: Scope, parts: list[Nodes]) -> Any:
    """D(q(z) ‖ p(z | x)) of densities written with their variables, in nats; None where no joint law is in it."""
    if len(parts) != 2 or not any(_speaks(scope, part) for part in parts):
        return None
    weight = distribution(scope, parts[0])
    if weight is None:
        return None
    first, letters = weight
    with_names = [(v.name, v) for v, _ in letters]
    scope.bound.extend(with_names)
    try:
        second = scope.value(parts[1])
    finally:
        for _ in with_names:
            scope.bound.pop()
    return over_all(first * sp.log(first / second, evaluate=False), letters)


def distribution(scope: Scope, nodes: Nodes) -> tuple[Any, Letters] | None:
    """A density, or a product of densities, and the letters that it is a density of; None for anything else."""
    nodes = unwrapped(nodes)
    total: Any = sp.Integer(1)
    letters: Letters = []
    place = 0
    while place < len(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if not isinstance(following, Bracket):
            return None
        one = _one(scope, nodes[place], following)
        if one is None:
            return None
        total, letters, place = total * one[0], [*letters, *one[1]], place + 2
    return (total, letters) if letters and len({v for v, _ in letters}) == len(letters) else None


def _one(scope: Scope, node: Node, bracket: Bracket) -> tuple[Any, Letters] | None:
    """One density with its variables."""
    found = applied(scope, node, bracket)
    if found is not None:
        part, slots, parameters = found
        at = {s.place: s.value for s in slots}
        own = [s.place for s in slots[: len(part.shown)] if s.bare]
        letters: Letters = [(part.joint.variables[k], part.joint.supports[k]) for k in own]
        return part.at(*(at[k] for k in (*part.shown, *part.behind)), *parameters), letters
    law = scope.facts.laws.get(scope.names.laws.get(name_of((node,)), sp.Symbol("")))
    if law is None or is_matrix(law.variable) or not isinstance(law.variable, sp.Symbol):
        return None
    inside = unwrapped(parted(bracket.items, (",", ";", *BARS))[0])
    if name_of(inside).lower() != law.variable.name.lower():
        return None
    return function_at(name_of((node,)), law.variable, *law.given), [(law.variable, law.support)]


def expectation(scope: Scope, sub: Nodes | None, bracket: Bracket) -> Any:
    """E_{p(x, z)}[…], E_{x ~ p(x)}[…], E_X[…], E[X | Y]; None where no joint law is meant."""
    if not scope.facts.joints:
        return None
    found = None if sub is None else _below(scope, unwrapped(sub))
    if sub is not None and found is None:
        return None
    pieces = parted(bracket.items, ("|",))
    if len(pieces) == 2 and (condition := _condition(scope, pieces[1])) is not None:
        name, behind = condition
        joint = scope.facts.joints[name]
        value = _inside(scope, pieces[0], joint.variables if found is None else [v for v, _ in found[1]])
        taken = {s.place for s in behind}
        if found is not None:
            return None
        own = [k for k, v in enumerate(joint.variables) if v in value.free_symbols and k not in taken]
        if not own:
            return None
        weight = Part(name, joint, tuple(own), _places(behind))
        at = {**dict(enumerate(joint.variables)), **{s.place: s.value for s in behind}}
        return over_all(_at(weight, at) * value, _letters(joint, own))
    if found is None:
        return _of_all(scope, bracket.items)
    density, letters = found
    return over_all(density * _inside(scope, bracket.items, [v for v, _ in letters]), letters)


def _of_all(scope: Scope, items: Nodes) -> Any:
    """E[g(X, Y)] with nothing below: over the variables of the one joint law that stand in it; None for others."""
    own = [(name, joint) for name, joint in scope.facts.joints.items() if not joint.factor]
    if len(own) != 1:
        return None
    ((name, joint),) = own
    value = _inside(scope, items, joint.variables)
    places = [k for k, v in enumerate(joint.variables) if v in value.free_symbols]
    if not places or is_matrix(value):
        return None
    part = Part(name, joint, tuple(places))
    return over_all(_at(part, dict(enumerate(joint.variables))) * value, _letters(joint, places))


def _below(scope: Scope, nodes: Nodes) -> tuple[Any, Letters] | None:
    r"""What ``p(x, z)``, ``x \sim p(x), z \sim q(z|x)`` or ``X, Y`` below an E says, if a joint law is in it."""
    if not _speaks(scope, nodes):
        return _variables(scope, nodes)
    sims = [k for k, n in enumerate(nodes) if is_command(n, r"\sim")]
    if not sims:
        return distribution(scope, nodes)
    total: Any = sp.Integer(1)
    letters: Letters = []
    for piece in _sampled(nodes):
        place = next((k for k, n in enumerate(piece) if is_command(n, r"\sim")), None)
        made = None if place is None else distribution(scope, piece[place + 1 :])
        if made is None:
            return None
        total, letters = total * made[0], [*letters, *made[1]]
    return (total, letters) if len({v for v, _ in letters}) == len(letters) else None


def _sampled(nodes: Nodes) -> Iterator[Nodes]:
    r"""``x, z \sim p(x, z)`` is one piece, ``x \sim p, z \sim q`` are two."""
    waiting: list[Node] = []
    for piece in parted(nodes, (",",)):
        waiting += piece
        if any(is_command(n, r"\sim") for n in piece):
            yield tuple(waiting)
            waiting = []


def _variables(scope: Scope, nodes: Nodes) -> tuple[Any, Letters] | None:
    """``X, Y`` below an E: the law of these variables."""
    names = [unwrapped(p) for p in parted(nodes, (",",))]
    found = law_with(scope, [names])
    if found is None or any(scope.names.laws.get(name_of(n)) is not None for n in names):
        return None
    name, joint = found
    slots = _sound([slot_of(scope, joint, n, None) for n in names])
    if slots is None or _twice(slots) or not all(s.bare for s in slots):
        return None
    part = Part(name, joint, _places(slots))
    return _at(part, dict(enumerate(joint.variables))), _letters(joint, part.shown)


def _condition(scope: Scope, nodes: Nodes) -> tuple[str, list[Slot]] | None:
    """The variables behind the bar of E[X | Y]."""
    names = [unwrapped(p) for p in parted(nodes, (",",))]
    found = law_with(scope, [names])
    if found is None:
        return None
    slots = _sound([slot_of(scope, found[1], n, None) for n in names])
    return None if slots is None or _twice(slots) else (found[0], slots)


def _inside(scope: Scope, items: Nodes, letters: Iterable[Any]) -> Any:
    """The argument, in which X and x are the variable."""
    named = [(name, v) for v in letters for name in dict.fromkeys((v.name, v.name.upper(), v.name.lower()))]
    named = [(name, v) for name, v in named if name == v.name or not scope.names.knows(name)]
    scope.bound.extend(named)
    try:
        return scope.value(items)
    finally:
        for _ in named:
            scope.bound.pop()


def law_with(scope: Scope, sides: list[list[Nodes]]) -> tuple[str, Joint] | None:
    """The one joint law that has all of these variables, by name."""
    made = []
    for name, joint in scope.facts.joints.items():
        if joint.factor:
            continue
        letters = [unwrapped(parted(nodes, ("=",))[0]) for side in sides for nodes in side]
        if letters and all(letter and place_of(joint, letter) is not None for letter in letters):
            made.append((name, joint))
    return made[0] if len(made) == 1 else None


def _speaks(scope: Scope, nodes: Nodes) -> bool:
    """Is a joint law applied to something in it?"""
    inner = unwrapped(nodes)
    return any(isinstance(core(b), Bracket) and name_before(scope, a)[0] for a, b in pairwise(inner))


def _at(part: Part, values: dict[int, Any]) -> Any:
    return part.at(*(values[k] for k in (*part.shown, *part.behind)), *part.joint.given)


def _letters(joint: Joint, places: Iterable[int]) -> Letters:
    return [(joint.variables[k], joint.supports[k]) for k in places]


def _places(slots: Iterable[Slot]) -> tuple[int, ...]:
    return tuple(sorted(s.place for s in slots))


def _sound(slots: list[Slot | None]) -> list[Slot] | None:
    return None if any(s is None for s in slots) else [s for s in slots if s is not None]


def _twice(slots: list[Slot]) -> bool:
    return len({s.place for s in slots}) < len(slots)
