r"""A name before a bracket: does it apply, as in ``p(x)``, or multiply, as in ``p(1-p)``?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.nodes import At, Partial, Sigmoid
from derive.core.trees import substitute
from derive.core.vectors import Elementwise, VectorAt, function_at, is_matrix
from derive.reading import densities, joint_laws, joints, numbers
from derive.reading.cursor import Cursor, parted
from derive.reading.exponents import guarded, to_the
from derive.reading.heads import function_name, is_number
from derive.reading.scope import Scope
from derive.reading.tree import (
    Bracket,
    Node,
    Nodes,
    Scripted,
    braced,
    core,
    is_command,
    is_mark,
    name_of,
    unwrapped,
)

PLACE = sp.Symbol("t_0", real=True)
"""Where a derivative is taken, before a value is put in."""


def read(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The application; None where the name multiplies what follows, or stands alone.

    Raises:
        Unreadable: it could be either.
    """
    following = cursor.peek()
    bracket = core(following) if following is not None else None
    base = core(node)
    sub, sup, primes = (node.sub, node.sup, node.primes) if isinstance(node, Scripted) else (None, None, 0)
    full = name_of((base,)) + ("" if sub is None else "_" + braced(name_of(sub)))
    if not isinstance(bracket, Bracket) or bracket.open not in ("(", "["):
        return _bare_density(scope, full, sup) if not primes else None
    if primes == 0 and scope.facts.joints and (made := joint_laws.read(scope, node, bracket)) is not None:
        return _taken(scope, cursor, following, made)
    if sub is None and full not in scope.names.functions and full not in scope.names.laws:
        density = densities.read(scope, node, full, bracket)
        if density is not None:
            return _taken(scope, cursor, following, density)
    if sup is not None and isinstance(node, Scripted) and (order := order_above(sup)):
        node = replace(node, sup=None, primes=primes + order)
        sup, primes = None, primes + order
    mass = _mass_at(scope, full, bracket)
    if mass is not None:
        return _taken(scope, cursor, following, mass)
    name = function_name(scope, node, base, sub, full, bracket)
    if name is None and primes and is_number(bracket.items) and not scope.names.knows(full):
        # Nobody multiplies a derivative by a number behind it.
        name = full, []
    if name is None:
        return None
    if sup is not None and not is_number(sup):
        return None
    cursor.take()
    args = arguments(scope, bracket.items, bracket)
    if primes and len(args) == 1 and isinstance(args[0], sp.IndexedBase):
        # A slope is taken at one number, whatever family has the same letter.
        args = [scope.value(bracket.items)]
    head, extra = name
    whole = joints.joint(scope, head, bracket, args) if not primes and not extra else None
    made = _applied(scope, head, args + extra) if whole is None else whole
    if primes:
        made = _derived(scope, node, made, args, primes)
    above = following.sup if isinstance(following, Scripted) else None
    for exponent in (sup, above):
        made = made if exponent is None else to_the(scope, node, made, exponent)
    return made


def _mass_at(scope: Scope, name: str, bracket: Bracket) -> Any:
    """``P(X = 1)`` for a random variable with a known law: its mass there; None for anything else."""
    if name not in ("P", "p", "Pr", r"\mathbb{P}", r"\Pr", "f") or name in scope.names.functions:
        return None
    sides = [unwrapped(p) for p in parted(bracket.items, ("=",))]
    if len(sides) != 2 or any(is_mark(n, "|", ";", ",") for n in bracket.items):
        return None
    law = scope.facts.laws.get(scope.names.variables.get(name_of(sides[0]))) or _law_of_member(scope, sides[0])
    if law is None or law.density is None or is_matrix(law.variable):
        return None
    return substitute(law.density, {law.variable: scope.value(sides[1])})


def _law_of_member(scope: Scope, nodes: Nodes) -> Any:
    """The law of one observation t_i; None where it is about another index."""
    if len(nodes) != 1 or not isinstance(nodes[0], Scripted) or name_of((nodes[0].base,)) not in scope.names.families:
        return None
    entry = scope.value(nodes)
    if not isinstance(entry, sp.Indexed) or len(entry.indices) != 1:
        return None
    law = scope.facts.laws.get(scope.names.variables.get(str(entry.base.label)))
    if law is None or law.density is None:
        return None
    told = {i for e in law.density.atoms(sp.Indexed, VectorAt) for i in e.free_symbols & scope.facts.indices.keys()}
    return law if told <= {entry.indices[0]} else None


def _taken(scope: Scope, cursor: Cursor, following: Node | None, value: Any) -> Any:
    """The value with the exponent of the bracket, which is passed."""
    cursor.take()
    above = following.sup if isinstance(following, Scripted) else None
    return value if above is None or following is None else to_the(scope, following, value, above)


def arguments(scope: Scope, items: Nodes, where: Node) -> list[Any]:
    """The values between commas, semicolons and bars; a sample written out is its family."""
    made: list[Any] = []
    parts = parted(items, (",", ";", "|", r"\|", ":"))
    dotted = any(_dots(unwrapped(p)) for p in parts)
    for part in parts:
        nodes = unwrapped(part)
        if dotted and len(nodes) == 1 and isinstance(nodes[0], Scripted) and _is_member(nodes[0]):
            stem = name_of((nodes[0].base,))
            sample = scope.family(stem) or scope.invent_family(stem)
            if sample not in made:
                made.append(sample)
            continue
        if not nodes:
            raise scope.refuse("an argument is missing", where)
        if _dots(nodes):
            continue
        if len(nodes) == 1 and isinstance(nodes[0], Bracket) and len(inner := parted(nodes[0].items, (",",))) > 1:
            made.extend(scope.value(p) for p in inner)
            continue
        made.append(_argument(scope, nodes))
    return made


def _dots(nodes: Nodes) -> bool:
    """Is it nothing but dots?"""
    return bool(nodes) and all(is_command(n, r"\dots", r"\ldots", r"\cdots") or is_mark(n, ".") for n in nodes)


def _is_member(node: Scripted) -> bool:
    """``x_1`` or ``x^{(1)}``."""
    above = unwrapped(node.sup or ())
    return node.sub is not None or (len(above) == 1 and isinstance(above[0], Bracket))


def _argument(scope: Scope, nodes: Nodes) -> Any:
    """``x``, or the 1 of ``y=1``."""
    sides = parted(nodes, ("=",))
    if len(sides) == 2:
        return scope.value(sides[1])
    name = name_of(nodes)
    family = scope.names.families.get(name)
    if (
        family is not None
        and len(nodes) == 1
        and not {name, name + "_"} & scope.names.matrices.keys()
        and scope.letter(name) is None
    ):
        scope.met[name] = family
        return family
    return scope.value(nodes)


def _applied(scope: Scope, name: str, args: list[Any]) -> Any:
    law = scope.facts.laws.get(scope.names.laws.get(name)) if name in scope.names.laws else None
    if name == "B" and len(args) == 2 and not scope.names.knows("B"):
        return sp.beta(*args, evaluate=False)
    if law is not None and law.density is not None:
        if law.parameters and args[1:] != list(law.parameters) and len(args) == 1 + len(law.parameters):
            moved = (_moved(p, a) for p, a in zip(law.parameters, args[1:], strict=True))
            return substitute(law.density, {law.variable: args[0], **dict(moved)})
        args = args[:1]
    given = scope.facts.definitions.get(name)
    if isinstance(given, sp.Lambda) and len(args) == len(given.signature) == 1 and _is_scalar(given.signature[0]):
        if is_matrix(args[0]):
            return Elementwise(given, args[0])
        if isinstance(given.expr, Sigmoid):
            return given(args[0])
    if (
        isinstance(given, sp.Lambda)
        and any(is_matrix(a) for a in given.signature)
        and len(args) == len(given.signature)
    ):
        return given.expr.xreplace(dict(zip(given.signature, args, strict=True)))
    return function_at(name, *args)


def _moved(parameter: Any, value: Any) -> tuple[Any, Any]:
    """The letter of a law's parameter and what takes its place; of a σ² or √v the letter inside."""
    if is_matrix(parameter) or not parameter.is_Pow:
        return parameter, value
    return parameter.base, value ** (1 / parameter.exp)


def _is_scalar(letter: Any) -> bool:
    return isinstance(letter, sp.Symbol) and not is_matrix(letter)


def _derived(scope: Scope, node: Node, made: Any, args: list[Any], primes: int) -> Any:
    if len(args) != 1 or is_matrix(args[0]) or isinstance(args[0], sp.IndexedBase):
        raise scope.refuse("a prime needs a function of one letter", node, r"write \frac{\partial f}{\partial x}")
    if isinstance(args[0], sp.Symbol | sp.Indexed):
        return Partial(made, args[0], primes)
    if not isinstance(made, AppliedUndef):
        raise scope.refuse("a prime needs a function of one letter", node, r"write \frac{\partial f}{\partial x}")
    # At a number, or at an expression, the derivative comes first.
    return At(Partial(made.func(PLACE), PLACE, primes), PLACE, args[0])


def order_above(sup: Nodes) -> int:
    """The 3 of ``f^{(3)}(x)``; 0 for any other exponent."""
    inner = unwrapped(sup)
    only = inner[0] if len(inner) == 1 else None
    if not isinstance(only, Bracket) or only.open != "(" or not is_number(only.items):
        return 0
    text = name_of(unwrapped(only.items))
    return int(text) if text.isdigit() and len(text) == 1 else 0


def primed(scope: Scope, node: Node, value: Any, following: Node | None) -> Any:
    """``Q'`` without an argument: a letter of its own, unless Q is a function or stands for something."""
    name = name_of((node,))
    alone = following is None or not isinstance(core(following), Bracket)
    # The f of f' is a function wherever it stands.
    alone = alone and name.rstrip("'") not in ("f", "g", "h")
    if alone and isinstance(value, sp.Symbol) and value.name == name.rstrip("'") and value.name in scope.invented:
        return scope.invent(name)
    letters = [s for s in value.free_symbols if isinstance(s, sp.Symbol)]
    raise scope.refuse("a prime needs a function with its argument", node, f"{letters[0]}'(x)" if letters else "")


def _bare_density(scope: Scope, name: str, sup: Nodes | None) -> Any:
    """``\\log q`` inside an expectation: the density at the law's variable."""
    if scope.law is None or sup is not None:
        return None
    if name in ("p", "q", "P", "Q") and not scope.names.knows(name) and scope.bound_letter(name) is None:
        scope.names.laws[name] = sp.Symbol(name)
    if name not in scope.names.laws:
        return None
    if name in scope.names.letters or scope.bound_letter(name) is not None or scope.matrix(name) is not None:
        return None
    law = scope.facts.laws.get(scope.names.laws[name])
    return function_at(name, scope.law, *(() if law is None else law.given))


def power_of(scope: Scope, node: Node, value: Any, exponent: Any) -> Any:
    """value^exponent with the refusal of monsters."""
    return guarded(scope, node, numbers.power, value, exponent)
