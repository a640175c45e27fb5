r"""A letter with its scripts: ``\mu_1``, ``x_i``, ``x^{(i)}``, ``\sigma^2``, ``\bar{x}``, ``\hat{y}_i``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.domains import OneHot, Simplex, assumptions
from derive.core.domains import Vector as VectorDomain
from derive.core.vectors import MatrixAt, MatrixOf, Vector, VectorAt, VectorSum, component
from derive.reading.cursor import parted
from derive.reading.fixed_matrices import of_size, unsized
from derive.reading.joint_laws import iterate_of
from derive.reading.of_the_sample import is_marked, is_of_the_sample
from derive.reading.order_statistics import order_statistic
from derive.reading.scope import Scope
from derive.reading.scripts import all_indices, index_above, index_of, indices_of, is_decoration, is_word
from derive.reading.tree import Command, Node, Nodes, Scripted, braced, core, name_of, unwrapped


def letter(scope: Scope, node: Node) -> tuple[Any, Nodes | None]:
    """The letter that a node names, and the exponent that is left over.

    Raises:
        Unreadable: an index that is none, or too many.
    """
    base = core(node)
    if not isinstance(node, Scripted):
        return _plain(scope, base), None
    found = scope.matrix(name_of((node,)))
    if found is None:
        found = scope.letter(name_of((node,)))
    if found is not None and not node.primes:
        return found, None
    sub, sup = node.sub, node.sup
    if scope.facts.joints and (iterate := iterate_of(scope, node)) is not None:
        return iterate, None
    if sup is not None and (place := index_above(scope, base, sup)) is not None:
        indices = (place, *(indices_of(scope, base, sub) if sub is not None else ()))
        return _entry(scope, node, name_of((base,)), indices, above=True), None
    if sup is not None and is_decoration(sup):
        name = name_of((Scripted(base, sub, sup, 0, node.at),))
        if (plain := scope.matrix(name_of((base,)))) is not None:
            return scope.invent_vector(name, plain.shape), None
        return scope.letter(name) or scope.invent(name), None
    if sub is not None and not node.primes and is_of_the_sample(scope, base, sub):
        if is_marked(base):
            return _plain(scope, base), sup
        return scope.letter(name_of((base,)) + "_" + braced(name_of(sub))) or scope.invent(
            name_of((base,)) + "_" + braced(name_of(sub))
        ), sup
    below = name_of((base,)) if sub is None else name_of((base,)) + "_" + braced(name_of(sub))
    squared = _squared(scope, base, sub, below)
    if squared is not None and scope.letter(below) is None:
        return sp.sqrt(squared), sup
    if sub is None:
        return _plain(scope, base), sup
    return _below(scope, node, base, sub, below), sup


def _squared(scope: Scope, base: Node, sub: Nodes | None, name: str) -> Any:
    r"""The letter ``\sigma^2`` or ``\hat{\sigma}^2`` of the name before its exponent; None if there is none."""
    found = scope.names.letters.get(name + "^2", scope.invented.get(name + "^2"))
    if found is None and isinstance(base, Command) and base.name == "hat":
        plain = name_of(base.args[0]) + ("" if sub is None else "_" + braced(name_of(sub))) + "^2"
        if plain in scope.names.letters:
            found = scope.invented[name + "^2"] = scope.met[name + "^2"] = sp.Symbol(name + "^2", positive=True)
    return found


def _plain(scope: Scope, base: Node) -> Any:
    name = name_of((base,))
    found = scope.matrix(name)
    if found is None:
        found = scope.letter(name)
    if found is not None:
        return found
    if (family := scope.matrix(name + "_")) is not None:
        return scope.invent_vector(name, family.shape)
    squared = scope.names.letters.get(name + "^2", scope.invented.get(name + "^2"))
    if squared is not None:
        return sp.sqrt(squared)
    if isinstance(base, Command) and base.name == "hat" and (plain := scope.matrix(name_of(base.args[0]))) is not None:
        return scope.invent_vector(name, plain.shape)
    if isinstance(base, Command) and base.name == "bar":
        vectors = scope.matrix(name_of(base.args[0]) + "_")
        if vectors is not None and (size := scope.facts.indices.get(vectors.args[1])) is not None:
            return sp.MatMul(1 / size, VectorSum(vectors, (vectors.args[1], 1, size)))
        family = scope.family(name_of(base.args[0]))
        if family is not None and len(scope.names.shapes.get(family, ())) == 1:
            return _mean(scope, family)
    if name == r"\pi" and scope.family(name) is None:
        return sp.pi
    if name == "e" and scope.family(name) is None:
        return sp.E
    if scope.family(name) is None and (made := unsized(scope, name)) is not None:
        return made
    family = scope.family(name)
    return scope.invent(name) if family is None else whole(scope, name, family)


def whole(scope: Scope, name: str, family: Any) -> Any:
    """A family without its index: the observation that stands for any, or the vector of all."""
    law = scope.names.variables.get(name)
    shape = scope.names.shapes.get(family)
    if law is not None:
        return law
    domain = scope.facts.domains.get(family)
    if isinstance(domain, Simplex) and shape:
        return Vector(family, shape[0])
    if shape and len(shape) == 2 and not isinstance(domain, OneHot):
        return MatrixOf(family, *shape)
    if domain is None or isinstance(domain, OneHot | Simplex):
        return scope.invent(name)
    made = scope.invented[name] = scope.met[name] = sp.Symbol(name, **assumptions(domain))
    scope.found[made] = domain
    return made


def _mean(scope: Scope, family: Any) -> Any:
    """x̄ = (1/N) Σ_i x_i."""
    size = scope.names.shapes[family][0]
    index = next((i for i, n in scope.facts.indices.items() if n == size), None) or scope.index("i")
    return sp.Sum(family[index], (index, 1, size)) / size


def _below(scope: Scope, node: Node, base: Node, sub: Nodes, name: str) -> Any:
    """A letter with a subscript: a name of its own, or a member of a family."""
    found = scope.matrix(name)
    if found is None:
        found = scope.letter(name)
    if found is not None:
        return found
    stem = name_of((base,))
    if isinstance(base, Command) and base.name == "hat":
        plain = name_of(base.args[0]) + "_" + braced(name_of(sub))
        if plain in scope.names.letters:
            return scope.invent(name)
    if (made := of_size(scope, stem, sub)) is not None:
        return made
    if stem == r"\gamma" and name_of(sub) == "E":
        return sp.EulerGamma
    if stem == r"\delta" and scope.family(stem) is None and len(parts := parted(unwrapped(sub), (",",))) == 2:
        return sp.KroneckerDelta(*(index_of(scope, unwrapped(p)) for p in parts))
    if (picked := order_statistic(scope, node, scope.family(stem), sub)) is not None:
        return picked
    if (single := scope.matrix(stem)) is not None and is_word(sub):
        return scope.invent_vector(name, single.shape)
    if scope.matrix(stem) is not None or scope.matrix(stem + "_") is not None:
        return _entry(scope, node, stem, indices_of(scope, base, sub))
    if scope.family(stem) is not None or all_indices(scope, sub):
        return _entry(scope, node, stem, indices_of(scope, base, sub))
    return scope.invent(name)


def _entry(scope: Scope, node: Node, stem: str, indices: tuple[Any, ...], above: bool = False) -> Any:
    vectors, single = scope.matrix(stem + "_"), scope.matrix(stem)
    entry = (
        single is not None
        and vectors is not None
        and single.shape[1] == 1
        and len(indices) == 1
        and not above
        and _is_entry(scope, vectors, indices[0])
    )
    if vectors is not None and not entry:
        return _of_vectors(scope, node, stem, vectors, indices)
    if single is not None:
        if len(indices) != (1 if single.shape[1] == 1 else 2):
            raise scope.refuse(f"{stem} does not have {len(indices)} indices", node)
        if not isinstance(single, Vector | MatrixOf):
            raise scope.refuse(f"the entries of the abbreviation {stem} cannot be read", node)
        return component(single, indices[0]) if len(indices) == 1 else single.args[0][indices]
    family = scope.family(stem)
    if family is None and stem == r"\delta" and len(indices) == 2:
        return sp.KroneckerDelta(*indices)
    if family is None:
        family = scope.invent_family(stem)
    shape = scope.names.shapes.get(family)
    choices = isinstance(scope.facts.domains.get(family), VectorDomain)
    if shape and len(shape) == 2 and len(indices) == 1 and not choices:
        return VectorAt(family, indices[0], shape[1])
    if shape and len(indices) > len(shape):
        raise scope.refuse(f"{stem} has {len(shape)} index, {len(indices)} are written", node)
    return family[indices]


def _is_entry(scope: Scope, vectors: Any, index: Any) -> bool:
    """Is x_j the entry of the vector x, and not the j-th vector, where both are declared?"""
    runs = scope.facts.indices.get(index, scope.runs.get(index))
    return vectors is None or bool(runs != scope.names.shapes.get(vectors.args[0], (None,))[0])


def _of_vectors(scope: Scope, node: Node, stem: str, vectors: Any, indices: tuple[Any, ...]) -> Any:
    """x_i, or its entry x_{i,j}."""
    if isinstance(vectors, MatrixAt):
        base, _, *shape = vectors.args
        if len(indices) == 1:
            return MatrixAt(base, indices[0], *shape)
        if len(indices) != 3:
            raise scope.refuse(f"{stem} does not have {len(indices)} indices", node)
        return base[indices]
    if len(indices) == 1:
        return VectorAt(vectors.args[0], indices[0], vectors.args[2])
    if len(indices) != 2:
        raise scope.refuse(f"{stem} does not have {len(indices)} indices", node)
    return vectors.args[0][indices]
