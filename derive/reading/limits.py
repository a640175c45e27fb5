r"""What a sum runs over: both limits, one, a set, a support, or nothing written at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Integers
from derive.core.information import Cardinality
from derive.core.phrase import Phrase
from derive.core.vectors import VectorAt
from derive.reading.cursor import parted
from derive.reading.occurrence import uses
from derive.reading.scope import Scope
from derive.reading.tree import (
    Bracket,
    Command,
    Leaf,
    Node,
    Nodes,
    Scripted,
    core,
    is_command,
    is_mark,
    name_of,
    unwrapped,
)


@dataclass(frozen=True, slots=True)
class Range:
    """A bound letter from ``low`` to ``high``, all but ``but``; only those for which the condition ``keeps`` holds."""

    name: str
    letter: Any
    low: Any
    high: Any
    but: Any = None
    stands: Any = None
    keeps: Nodes = ()


def guessed_names(scope: Scope, rest: Nodes) -> tuple[str, ...]:
    """The index of a sum that names none: the one index of the facts that its body uses."""
    declared = [name for name in scope.names.letters if scope.declared_index(name) is not None]
    indices = [name for name in declared if scope.bound_letter(name) is None and uses(rest, name)]
    if not indices:
        indices = [i for i in ("i", "j", "k", "n") if scope.bound_letter(i) is None and _below(rest, i)]
    if not indices:
        variables = {str(law.variable) for law in scope.facts.laws.values() if isinstance(law.variable, sp.Symbol)}
        indices = [v for v in sorted(variables | {"x"}) if uses(rest, v)]
    return tuple(indices[:1]) if len(indices) == 1 else ()


def _below(nodes: Nodes, name: str) -> bool:
    """Does the letter stand in a subscript?"""
    for node in nodes:
        if isinstance(node, Scripted) and (uses(node.sub or (), name) or _below((node.base,), name)):
            return True
        if isinstance(node, Bracket) and _below(node.items, name):
            return True
        if hasattr(node, "args") and any(_below(a, name) for a in node.args):
            return True
    return False


def ranges(scope: Scope, node: Node, sub: Nodes | None, sup: Nodes | None, body: Nodes) -> list[Range]:
    """What the sum runs over, outermost first.

    Raises:
        Unreadable: it cannot be told.
    """
    if sub is None:
        names = guessed_names(scope, body)
        if not names:
            raise scope.refuse("the sum names no index, and its body leaves open which", node, r"write \sum_{i=1}^{N}")
        made = over(scope, node, names[0], sup, body)
        scope.remark(Phrase("remark_sum_index", {"index": names[0], "high": str(made.high)}))
        return [made]
    parts = [unwrapped(p) for p in parted(unwrapped(sub), (",",))]
    if any(is_mark(n, "=") or is_command(n, r"\in") for p in parts for n in p):
        parts = [unwrapped(sub)]
    return [_range(scope, node, p, sup, body) for p in parts]


def _range(scope: Scope, node: Node, part: Nodes, sup: Nodes | None, body: Nodes) -> Range:
    if not part:
        raise scope.refuse("the index is missing", node)
    name = name_of((part[0],))
    if not isinstance(core(part[0]), Leaf | Command):
        raise scope.refuse("the index must be a letter", part[0])
    if len(part) == 1:
        return over(scope, node, name, sup, body)
    sign, rest = part[1], part[2:]
    if is_mark(sign, "="):
        letter = _bound(scope, name)
        low = _with_slip(scope, rest, sup)
        if low is not None:
            return Range(name, letter, low[0], low[1])
        first = scope.value(rest)
        if sup is None:
            high = size_of(scope, node, name)
            scope.remark(Phrase("remark_sum_limit", {"index": name, "high": str(high)}))
        else:
            high = scope.value(sup)
        return Range(name, letter, first, high)
    if is_command(sign, r"\in"):
        return _member(scope, node, name, rest, body)
    if is_command(sign, r"\neq", r"\ne"):
        whole = over(scope, node, name, sup, body)
        return Range(name, whole.letter, whole.low, whole.high, scope.value(rest))
    raise scope.refuse(f"a sum over {name_of(part)} cannot be read", sign, "write its limits")


def _with_slip(scope: Scope, rest: Nodes, sup: Nodes | None) -> tuple[Any, Any] | None:
    r"""``\sum_{i=1^N}`` for ``\sum_{i=1}^N``."""
    only = rest[0] if len(rest) == 1 else None
    if sup is None and isinstance(only, Scripted) and only.sup is not None and isinstance(only.base, Leaf):
        high = scope.value(only.sup)
        scope.remark(Phrase("remark_sum_brace", {"high": str(high)}))
        return scope.value((only.base,)), high
    return None


def _bound(scope: Scope, name: str) -> Any:
    """The letter of an index: as the facts have it, else a whole number."""
    index = scope.declared_index(name)
    if index is not None:
        return index
    found = scope.names.letters.get(name)
    if found is not None and found.is_integer:
        return found
    return sp.Symbol(name, integer=True, positive=True) if found is None else sp.Symbol(name, integer=True)


def over(scope: Scope, node: Node, name: str, sup: Nodes | None, body: Nodes) -> Range:
    """A bare index: over its declared range, or over the support of the letter."""
    if sup is not None:
        return Range(name, _bound(scope, name), sp.Integer(1), scope.value(sup))
    index = scope.declared_index(name)
    if index is not None:
        return Range(name, index, sp.Integer(1), scope.facts.indices[index])
    support = _support(scope, node, name, body)
    if support is not None:
        return Range(name, *support)
    sizes = set(_sizes_below(scope, body, name))
    high = sizes.pop() if len(sizes) == 1 else size_of(scope, node, name)
    scope.remark(Phrase("remark_sum_limit", {"index": name, "high": str(high)}))
    return Range(name, _bound(scope, name), sp.Integer(1), high)


def _sizes_below(scope: Scope, nodes: Nodes, name: str) -> Iterator[Any]:
    """How many members the declared families have below which the index stands alone."""
    for node in nodes:
        if isinstance(node, Scripted):
            stem = name_of((node.base,))
            if name_of(node.sub or ()) == name:
                vectors = scope.names.matrices.get(stem + "_")
                shape = scope.names.shapes.get(scope.family(stem) if vectors is None else vectors.args[0], ())
                yield from shape[:1] if vectors is not None or len(shape) == 1 else ()
            yield from _sizes_below(scope, (node.base,), name)
        for part in (getattr(node, "items", ()), *getattr(node, "args", ())):
            yield from _sizes_below(scope, part, name)


def _support(scope: Scope, node: Node, name: str, body: Nodes) -> tuple[Any, Any, Any] | None:
    """The letter and the ends of the support of the laws in this letter that the body speaks of.

    Raises:
        Unreadable: it speaks of two with different supports.
    """
    laws = {
        law_name: law
        for law_name, law in scope.facts.laws.items()
        if isinstance(law.variable, sp.Symbol)
        and str(law.variable).lower() == name.lower()
        and isinstance(law.support, Integers)
    }
    if not laws and scope.facts.joints:
        stem = re.sub(r"'|_(?:\{.*\}|.)|\^.*", "", name)
        found_in = [
            (v, s)
            for joint in scope.facts.joints.values()
            for v, s in zip(joint.variables, joint.supports, strict=True)
            if v.name.lower() == stem.lower() and isinstance(s, Integers)
        ]
        if stem != name and found_in:
            return sp.Symbol(name, **found_in[0][0].assumptions0), found_in[0][1].lower, found_in[0][1].upper
    spoken = {k: v for k, v in laws.items() if uses(body, str(k))} or laws
    supports = {law.support for law in spoken.values()}
    if len(supports) > 1:
        raise scope.refuse(f"{name} runs over the supports of two laws that differ", node, "write the limits")
    for law in spoken.values():
        letter = law.variable if str(law.variable) == name else _bound(scope, name)
        support: Any = law.support
        return letter, support.lower, support.upper
    found = scope.names.letters.get(name)
    domain: Any = None if found is None else scope.facts.domains.get(found)
    return (found, domain.lower, domain.upper) if isinstance(domain, Integers) else None


def size_of(scope: Scope, node: Node, name: str) -> Any:
    """The size that an index without a range runs to."""
    if name in ("x", "y", "z", "X", "Y", "Z"):
        return Cardinality(rf"\mathcal{{{name.upper()}}}")
    sizes = {s for s in scope.facts.indices.values() if isinstance(s, sp.Symbol)}
    if len(sizes) == 1:
        return next(iter(sizes))
    if len(sizes) > 1:
        listed = ", ".join(sorted(map(str, sizes)))
        raise scope.refuse(f"how far does {name} run: {listed}?", node, rf"write \sum_{{{name}=1}}^{{…}}")
    vectors = {s[0] for s in scope.names.shapes.values() if s}
    if len(vectors) == 1:
        return next(iter(vectors))
    return scope.index("N" if name != "N" else "n")


def _member(scope: Scope, node: Node, name: str, rest: Nodes, body: Nodes) -> Range:
    nodes = unwrapped(rest)
    only = nodes[0] if len(nodes) == 1 else None
    if (sample := _sample(scope, name)) is not None:
        scope.remark(Phrase("remark_sum_over_sample", {"letter": name, "size": str(sample.high)}))
        return sample
    if isinstance(only, Bracket) and only.open == r"\{":
        values = [
            scope.value(p) for p in parted(only.items, (",",)) if not is_command(unwrapped(p)[0], r"\dots", r"\ldots")
        ]
        dotted = len(values) < len(parted(only.items, (",",)))
        if values and (dotted or values == list(range(int(values[0]), int(values[0]) + len(values)))):
            ending = values[-1] if len(values) > 1 and not is_command(unwrapped(only.items)[-1], r"\dots") else sp.oo
            return Range(name, _bound(scope, name), values[0], ending)
        raise scope.refuse("a sum over these values cannot be read", node, "write it out")
    support = _support(scope, node, name, body)
    if (support is not None and isinstance(support[2], Cardinality | sp.Integer)) or (
        support is not None and only is not None
    ):
        return Range(name, *support)
    written = name_of(nodes)
    size = Cardinality(written)
    return Range(name, _bound(scope, name), sp.Integer(1), size)


def _sample(scope: Scope, name: str) -> Range | None:
    """A sum over the members y of a sample y_1, …, y_N."""
    vectors = scope.matrix(name + "_")
    family = vectors.args[0] if vectors is not None else scope.names.families.get(name)
    shape = scope.names.shapes.get(family) if family is not None else None
    if not shape or family is None or (vectors is None and name not in scope.names.variables):
        return None
    index = next((i for i, size in scope.facts.indices.items() if size == shape[0]), None)
    if index is None:
        return None
    stands = VectorAt(family, index, vectors.args[2]) if vectors is not None else family[index]
    return Range(name, index, sp.Integer(1), shape[0], None, stands)
