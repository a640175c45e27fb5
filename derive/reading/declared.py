"""Letters put into the facts: numbers, families of numbers, vectors and matrices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import NATURALS, REALS, Domain, OneHot, Simplex, assumptions
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.trees import substitute
from derive.core.vectors import MatrixAt, MatrixOf, Vector, VectorAt
from derive.reading.building import build
from derive.reading.names import spelling
from derive.reading.reader import Reader
from derive.reading.scope import INDICES
from derive.reading.tokens import Source, tokens
from derive.reading.tree import Bracket, Leaf, Nodes, Scripted, braced, name_of, unwrapped


def stem_of(nodes: Nodes, facts: Facts, index: str) -> tuple[str, tuple[str, ...]]:
    """The name without its indices, and the indices: ``x_i``, ``x^{(i)}``, ``y_{i,k}``; a ``\\mu_1`` has none."""
    only = nodes[0] if len(nodes) == 1 else None
    if not isinstance(only, Scripted):
        return name_of(nodes), ()
    known = {index, *INDICES, *(i.name for i in facts.indices)} - {""}
    above = _letters(only.sup) if only.sup is not None and _bracketed(only.sup) else []
    below = _letters(only.sub) if only.sub is not None else []
    found = [*above, *below]
    if not found or not all(f in known for f in found) or (only.sup is not None and not above):
        return name_of(nodes), ()
    if only.sub is not None and not below:
        return name_of(nodes), ()
    return name_of((only.base,)), tuple(found)


def _bracketed(sup: Nodes) -> bool:
    inner = unwrapped(sup)
    return len(inner) == 1 and isinstance(inner[0], Bracket) and inner[0].open == "("


def _letters(nodes: Nodes) -> list[str]:
    """The letters of a script; empty if it holds anything else."""
    inner = unwrapped(nodes)
    if _bracketed(nodes):
        only = inner[0]
        assert isinstance(only, Bracket)
        inner = unwrapped(only.items)
    kept = [n for n in inner if not (isinstance(n, Leaf) and n.text == ",")]
    if not all(isinstance(n, Leaf) and n.kind == "letter" for n in kept):
        return []
    return [n.text for n in kept if isinstance(n, Leaf)]


def place(facts: Facts, nodes: Nodes, domain: Domain, index: str = "") -> Facts:
    """The facts with the letter in this domain."""
    stem, indices = stem_of(nodes, facts, index)
    if not stem:
        raise Source("").refuse("a letter is missing", 0)
    facts = forgotten(facts, stem, family=bool(indices))
    if isinstance(domain, Simplex) and not indices:
        family = sp.IndexedBase(stem, positive=True)
        return replace(
            facts, domains={**facts.domains, family: domain}, shapes={**facts.shapes, family: (domain.size,)}
        )
    if not indices:
        letter = sp.Symbol(stem, **assumptions(domain))
        return _one_letter(_as_one(facts, letter).placing({letter: domain}), letter)
    family = sp.IndexedBase(stem, **assumptions(domain))
    sizes = [next((n for i, n in facts.indices.items() if i.name == name), None) for name in indices]
    shape = tuple(s for s in sizes if s is not None)
    if isinstance(domain, OneHot) and len(shape) == len(indices) and domain.size not in shape:
        shape = (*shape, domain.size)
    facts = facts.placing({family: domain})
    return replace(facts, shapes={**facts.shapes, family: shape}) if len(shape) == len(sizes) else facts


def _as_one(facts: Facts, letter: Any) -> Facts:
    r"""``\lambda > 0`` beside ``\lambda ~ exponential(3)``: laws and definitions speak of the letter as it is now."""
    laws = facts.laws.values()
    met = {s for law in laws if law.density is not None for s in law.density.free_symbols}
    met |= {law.variable for law in laws}
    met |= {s for m in facts.definitions.values() if isinstance(m, sp.Basic) for s in m.free_symbols}
    old = {s: letter for s in met if isinstance(s, sp.Symbol) and s.name == letter.name and s != letter}
    if not old:
        return facts
    facts = substituted(facts, old)
    renamed = {
        old.get(name, name): replace(law, variable=old.get(law.variable, law.variable))
        for name, law in facts.laws.items()
    }
    return replace(facts, laws=renamed)


def _one_letter(facts: Facts, letter: Any) -> Facts:
    r"""A σ declared after ``\sigma^2``: the variance is then its square."""
    square = next(
        (s for s in facts.domains if isinstance(s, sp.Symbol) and spelling(s.name) == letter.name + "^2"), None
    )
    if square is None:
        return facts
    return substituted(facts, {square: letter**2})


def substituted(facts: Facts, changes: dict[Any, Any]) -> Facts:
    """The facts with letters put in for others."""

    def put(e: Any) -> Any:
        return substitute(e, changes) if isinstance(e, sp.Basic) else e

    def law(old: Law) -> Law:
        if old.density is None:
            return replace(old, moments=tuple(map(put, old.moments)))
        kept = old.parameters if not any(p.has(*changes) for p in old.parameters) else ()
        return replace(old, density=put(old.density), parameters=kept)

    laws = {k: law(v) for k, v in facts.laws.items()}
    definitions = {k: put(v) for k, v in facts.definitions.items()}
    domains = {k: v for k, v in facts.domains.items() if k not in changes}
    return replace(facts, laws=laws, definitions=definitions, domains=domains)


def forgotten(facts: Facts, name: str, family: bool) -> Facts:
    """The facts without what an earlier line said of the letter."""

    def same(key: Any) -> bool:
        if isinstance(key, sp.IndexedBase):
            return family and spelling(str(key.label)) == name
        return not family and isinstance(key, sp.Symbol) and spelling(key.name) == name

    domains = {k: v for k, v in facts.domains.items() if not same(k)}
    shapes = {k: v for k, v in facts.shapes.items() if not same(k)}
    definitions = {k: v for k, v in facts.definitions.items() if not same(k)}
    return replace(facts, domains=domains, shapes=shapes, definitions=definitions)


def without_law(facts: Facts, name: str) -> dict[Any, Any]:
    """The laws of the other names."""
    return {k: v for k, v in facts.laws.items() if spelling(k.name) != name}


_VECTOR = re.compile(r"^(.*?)\s*\\in\s*(?:\\mathbb\s*\{?R\}?|\\R)\s*\^\s*(?:\{(.+)\}|(\w))\s*$", re.DOTALL)


def vector(facts: Facts, text: str, index: str) -> Facts | None:
    r"""``w \in \mathbb{R}^d``, ``z_n \in \mathbb{R}^d``, ``X \in \mathbb{R}^{n \times d}``; None for other lines.

    Raises:
        InputError: the size or the letter cannot be read.
    """
    match = _VECTOR.match(text)
    if match is None or (match.group(2) or match.group(3)) in ("+", "*", "++"):
        return None
    source = Source(match.group(1))
    nodes = unwrapped(build(source, tokens(source)))
    shape = [_size(facts, s) for s in re.split(r"\\times|×", match.group(2) or match.group(3))]
    for size in shape:
        facts = sizes(facts, size)
    if len(shape) == 2 and shape[1] == 1:
        shape = shape[:1]
    return with_matrix(facts, nodes, tuple(shape), index, REALS)


def with_matrix(
    facts: Facts, nodes: Nodes, shape: tuple[Any, ...], index: str, domain: Domain, whole: bool = False
) -> Facts:
    """The facts with a vector, a family of vectors, or a matrix."""
    stem, indices = stem_of(nodes, facts, index)
    if whole or len(indices) > 1:
        stem, indices = name_of(nodes), ()
    known = next((b for b in facts.shapes if spelling(str(b.label)) == stem), None)
    key = stem + "_" if indices else stem
    other = facts.matrices.get(stem if indices else stem + "_")
    if other is None:
        facts = forgotten(facts, stem, family=True)
    facts = forgotten(facts, stem, family=False)
    # A vector x beside a family x_i: two letters of one name.
    family = sp.IndexedBase(stem + " " if other is not None and known is not None else stem, real=True)
    if indices:
        letter, size = index_of(facts, indices[0])
        made: Any = VectorAt(family, letter, shape[0]) if len(shape) == 1 else MatrixAt(family, letter, *shape)
        full = (size, *shape)
    else:
        made = Vector(family, shape[0]) if len(shape) == 1 else MatrixOf(family, *shape)
        full = shape
    shapes = {**facts.shapes, family: full} if full[0] is not None else dict(facts.shapes)
    return replace(
        facts,
        shapes=shapes,
        domains={**facts.domains, family: domain},
        matrices={**facts.matrices, key: made},
    )


def index_of(facts: Facts, name: str) -> tuple[Any, Any]:
    """The letter of an index and how far it runs; None for the size of one without a range."""
    for letter, size in facts.indices.items():
        if letter.name == name:
            return letter, size
    return sp.Symbol(name, integer=True, positive=True), None


def _size(facts: Facts, text: str) -> Any:
    reader = Reader(facts)
    return reader.value(reader.nodes(Source(text.strip())))


def square(facts: Facts, left: str, kind: str, rows: str, columns: str, index: str = "") -> Facts:
    r"""``\Sigma symmetric positive definite d x d``, and the same of each ``\Sigma_k``.

    Raises:
        InputError: it is not square.
    """
    size = _size(facts, rows)
    if _size(facts, columns) != size:
        raise Source(rows).refuse("a symmetric matrix is square", 0)
    source = Source(left)
    nodes = unwrapped(build(source, tokens(source)))
    stem, indices = stem_of(nodes, facts, index)
    if len(indices) != 1:
        stem, indices = name_of(nodes), ()
    facts = with_matrix(sizes(facts, size), nodes, (size, size), index, REALS, whole=not indices)
    made = facts.matrices[stem + "_" * bool(indices)]
    base = made.args[0]
    # Every positive definite matrix is A A^T, every symmetric one (A + A^T)/2: the entries of A are free.
    free = sp.IndexedBase(rf"A_{{{base.label}}}", real=True)
    i, j, k, *front = (sp.Dummy(name, integer=True, positive=True) for name in "ijkn"[: 4 if indices else 3])
    definite = sp.Sum(free[(*front, i, k)] * free[(*front, j, k)], (k, 1, size))
    entry = definite if "definite" in kind else (free[(*front, i, j)] + free[(*front, j, i)]) / 2
    if base in facts.shapes:
        # The entries of a family whose length nothing says are drawn one by one.
        facts = replace(facts, shapes={**facts.shapes, free: facts.shapes[base]})
    facts = facts.placing({free: REALS})
    return facts.defining(base, sp.Lambda((*front, i, j), entry))


def sizes(facts: Facts, expr: Any) -> Facts:
    """The letters of a size are natural numbers."""
    return facts.placing({s: NATURALS for s in expr.free_symbols if s not in facts.domains})


__all__ = ["braced", "forgotten", "place", "sizes", "square", "stem_of", "substituted", "vector", "without_law"]
