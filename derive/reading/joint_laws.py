r"""``p(x, z)``, ``p(z | x_i; \theta^{(t)})``, ``P(V = v)`` of a joint law: of which variable an argument is a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Integers
from derive.core.joints import Joint, Part
from derive.core.phrase import Phrase
from derive.core.vectors import Vector
from derive.reading.cursor import parted
from derive.reading.scope import Scope
from derive.reading.tree import ACCENTS, Bracket, Command, Leaf, Node, Nodes, Scripted, core, name_of, unwrapped

BARS = ("|", ";", r"\|")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value of the variable in this place; ``bare`` where it is the variable's own letter."""

    place: int
    value: Any
    bare: bool = False


def name_before(scope: Scope, node: Node) -> tuple[str, Nodes]:
    """The joint law that a name stands for, and what stands below it; an empty name for other laws."""
    if not scope.facts.joints or (isinstance(node, Scripted) and (node.sup is not None or node.primes)):
        return "", ()
    base = core(node)
    below = node.sub if isinstance(node, Scripted) else None
    stem = name_of((base,))
    full = name_of((node,))
    if full in scope.facts.joints:
        return full, ()
    if stem in scope.facts.joints and below:
        return stem, below
    other = stem.swapcase() if len(stem) == 1 else ""
    if other in scope.facts.joints and not scope.names.knows(stem) and scope.bound_letter(stem) is None:
        scope.remark(Phrase("remark_same_letter", {"written": stem, "meant": other}))
        return other, below or ()
    return "", ()


def read(scope: Scope, node: Node, bracket: Bracket) -> Any:
    """The part of the joint law at its arguments; None where the name is that of another law.

    Raises:
        Unreadable: an argument belongs to no variable, or to one that has a value already.
    """
    found = applied(scope, node, bracket)
    if found is None:
        return None
    part, slots, parameters = found
    values = {slot.place: slot.value for slot in slots}
    return part.at(*(values[k] for k in (*part.shown, *part.behind)), *parameters)


def applied(scope: Scope, node: Node, bracket: Bracket) -> tuple[Part, list[Slot], tuple[Any, ...]] | None:
    """The part of the law that is written, the values of its variables, those shown first, and its parameters."""
    name, below = name_before(scope, node)
    if not name:
        return None
    joint = scope.facts.joints[name]
    front, *behind = parted(bracket.items, BARS)
    places, parameters = _below(scope, node, joint, below)
    shown: list[Slot] = []
    after: list[Slot] = []
    for side, taken in ((front, shown), *((side, after) for side in behind)):
        for nodes in (unwrapped(piece) for piece in parted(side, (",",))):
            if not nodes:
                raise scope.refuse("an argument is missing", bracket)
            slot = slot_of(scope, joint, nodes, places.pop(0) if places else None)
            if slot is not None:
                taken.append(slot)
            elif (parameter := parameter_of(scope, joint, nodes)) is not None and taken is after:
                parameters[parameter[0]] = parameter[1]
            else:
                hint = f"`given: {name}({', '.join(v.name for v in joint.variables)}, …)` names the variables"
                raise scope.refuse(f"{name_of(nodes)} is no variable of {name}", nodes[0], hint)
    used = [slot.place for slot in (*shown, *after)]
    if not shown or len(set(used)) != len(used):
        raise scope.refuse(f"one variable of {name} has two values here", bracket)
    part = Part(name, joint, tuple(sorted(s.place for s in shown)), tuple(sorted(s.place for s in after)))
    return part, [*shown, *after], tuple(parameters.get(k, g) for k, g in enumerate(joint.given))


def _below(scope: Scope, node: Node, joint: Joint, below: Nodes) -> tuple[list[int], dict[int, Any]]:
    r"""The places that ``p_{X|Y}`` names in their order, or the parameter of ``p_\theta``.

    Raises:
        Unreadable: it is neither.
    """
    if not below:
        return [], {}
    if (parameter := parameter_of(scope, joint, unwrapped(below))) is not None:
        return [], {parameter[0]: parameter[1]}
    letters = [(n,) for n in unwrapped(below) if not (isinstance(n, Leaf) and n.kind == "mark")]
    places = [place_of(joint, letter) for letter in letters]
    if None in places:
        raise scope.refuse(f"{name_of(below)} below {name_of((core(node),))} is no variable of it", node)
    return [p for p in places if p is not None], {}


def stem_of(nodes: Nodes) -> str:
    """The letter without its scripts and accents."""
    node = core(nodes[0])
    while isinstance(node, Command) and node.name in ACCENTS and node.args:
        inner = unwrapped(node.args[0])
        if len(inner) != 1:
            break
        node = core(inner[0])
    return name_of((node,))


def place_of(joint: Joint, nodes: Nodes) -> int | None:
    """The variable that a written letter belongs to: by its name, its stem, or its stem in the other case."""
    if len(nodes) != 1:
        return None
    names = [v.name for v in joint.variables]
    full, stem = name_of(nodes), stem_of(nodes)
    if full in names:
        return names.index(full)
    below = nodes[0].sub if isinstance(nodes[0], Scripted) else None
    if below and any(isinstance(n, Leaf) and n.kind == "mark" for n in below):
        # x_{1:t} is no value of x.
        return None
    if stem in names:
        return names.index(stem)
    alike = [k for k, name in enumerate(names) if name.lower() == stem.lower()]
    return alike[0] if len(alike) == 1 else None


def parameter_of(scope: Scope, joint: Joint, nodes: Nodes) -> tuple[int, Any] | None:
    r"""The parameter that a letter such as ``\theta``, ``\theta'`` or ``\theta^{(t)}`` is a value of."""
    if len(nodes) != 1:
        return None
    names = [str(g.args[0].label) if isinstance(g, Vector) else g.name for g in joint.given]
    full, stem = name_of(nodes), stem_of(nodes)
    for wanted in (full, stem):
        if wanted not in names:
            continue
        place = names.index(wanted)
        own = joint.given[place]
        if wanted == full:
            return place, own
        if isinstance(own, Vector):
            return place, scope.invent_vector(full, own.shape)
        return place, scope.letter(full) or scope.invented.setdefault(full, sp.Symbol(full, **own.assumptions0))
    return None


def iterate_of(scope: Scope, node: Scripted) -> Any:
    r"""``\theta^{(t)}`` of a parameter \theta of a joint law: another value of it, and no entry; None for others."""
    above = unwrapped(node.sup or ())
    if node.sub is not None or len(above) != 1 or not isinstance(above[0], Bracket):
        return None
    for joint in scope.facts.joints.values():
        if (found := parameter_of(scope, joint, (node,))) is not None:
            return found[1]
    return None


def slot_of(scope: Scope, joint: Joint, nodes: Nodes, place: int | None) -> Slot | None:
    """The value and its variable; None where the argument is no variable's."""
    sides = [unwrapped(side) for side in parted(nodes, ("=",))]
    if len(sides) == 2:
        own = place_of(joint, sides[0])
        if own is None:
            return None
        nodes, place = sides[1], own
        if place_of(joint, nodes) not in (None, own):
            return Slot(place, scope.value(nodes))
    elif place is None:
        place = place_of(joint, nodes)
    if place is None:
        return None
    letter, support = joint.variables[place], joint.supports[place]
    name = name_of(nodes)
    bound = scope.bound_letter(name)
    if bound is not None:
        return Slot(place, bound, bound == letter and len(sides) == 1)
    if name == letter.name or (name.lower() == letter.name.lower() and not scope.names.knows(name)):
        return Slot(place, letter, len(sides) == 1)
    value = scope.value(nodes)
    if isinstance(value, sp.Indexed) and isinstance(support, Integers) and value.base not in scope.facts.domains:
        below = isinstance(nodes[0], Scripted) and nodes[0].sup is None
        if below and len(value.indices) == 1 and not _counts_data(scope, value.indices[0]):
            # z_1, …, z_k are the values that z has.
            return Slot(place, value.indices[0] + support.lower - 1)
    return Slot(place, value)


def _counts_data(scope: Scope, index: Any) -> bool:
    """Does the index run over the observations?"""
    size = scope.facts.indices.get(index, scope.runs.get(index))
    return size is not None and any(shape[:1] == (size,) for shape in scope.facts.shapes.values())
