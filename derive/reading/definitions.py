r"""Abbreviations: ``L(p) := …``, ``\hat{t} := …``, ``z^{(k)} := …``, ``\gamma_{ti} := …``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.vectors import Vector, VectorAt, is_matrix
from derive.reading import declared
from derive.reading.cursor import parted
from derive.reading.defined_values import with_entry, within
from derive.reading.pieces import pieces
from derive.reading.reader import Reader
from derive.reading.tokens import Source
from derive.reading.tree import Bracket, Nodes, Scripted, name_of, unwrapped


def defined(text: str, facts: Facts) -> Facts:
    """The facts with an abbreviation.

    Raises:
        Unreadable: either side cannot be read.
    """
    reader = Reader(facts)
    found = pieces(Source(text), reader.nodes(Source(text)))
    piece = next((p for p in found if p.signs), None)
    if piece is None or len(piece.sides) != 2:
        raise reader.refuse("an abbreviation is a name, := and what it stands for", 0)
    return define(reader, unwrapped(piece.sides[0]), reader.value, piece.sides[1], facts)


def define(reader: Reader, left: Nodes, read: Any, right: Nodes, facts: Facts) -> Facts:
    """The facts with the name on the left standing for the right."""
    if not left:
        raise reader.refuse("the name is missing", 0)
    if isinstance(left[-1], Bracket) and len(left) > 1:
        name = name_of(left[:-1])
        letters = [_argument(reader, p) for p in parted(left[-1].items, (",", ";", "|"))]
        value = read(right)
        return facts.defining(name, sp.Lambda(tuple(letters), value))
    stem, indices = declared.stem_of(left, facts, "")
    if not indices:
        value = read(right)
        if isinstance(entry := _entry(reader, left), sp.Indexed):
            return with_entry(facts, entry, value)
        if is_matrix(value):
            return _matrix(facts, stem, value)
        known = next((s for s in facts.domains if isinstance(s, sp.Symbol) and s.name == stem), None)
        if known is not None and value.is_number:
            # A letter of the page at a value: it is the same letter.
            return facts.defining(known, value)
        domain = facts.domains.get(known)
        facts = declared.forgotten(facts, stem, family=False)
        name = sp.Symbol(stem, real=True)
        if known is not None and known != name:
            # The parameter of a law declared before.
            facts = declared.substituted(facts, {known: name})
        return within(facts.defining(name, value), value, domain)
    letters = [reader.index(i) for i in indices]
    for name, letter in zip(indices, letters, strict=True):
        reader.bound.append((name, letter))
    value = read(right)
    del reader.bound[-len(letters) :]
    facts = declared.forgotten(facts, stem, family=True)
    family = sp.IndexedBase(stem, real=True)
    sizes = [facts.indices.get(letter) for letter in letters]
    if all(s is not None for s in sizes):
        facts = replace(facts, shapes={**facts.shapes, family: tuple(sizes)})
    return facts.defining(family, sp.Lambda(tuple(letters), value))


def _entry(reader: Reader, left: Nodes) -> Any:
    r"""``\hat{y}_1`` of a declared family; None for other names."""
    only = left[0] if len(left) == 1 else None
    if not isinstance(only, Scripted) or only.sub is None or reader.family(name_of((only.base,))) is None:
        return None
    return reader.value(left)


def _matrix(facts: Facts, name: str, value: Any) -> Facts:
    """An abbreviation for a vector or matrix stands for it wherever it is read, laws declared before included."""
    old = facts.matrices.get(name)
    if old is not None:
        facts = declared.substituted(facts, {old: value})
    return replace(facts, matrices={**facts.matrices, name: value})


def _argument(reader: Reader, nodes: Nodes) -> Any:
    """The place of an argument: a vector's where the letter is declared as one, else a number's."""
    inner = unwrapped(nodes)
    name = name_of(inner)
    vector = reader.matrix(name)
    if vector is None and (family := reader.matrix(name + "_")) is not None:
        vector = reader.invent_vector(name, family.shape)
    if isinstance(vector, Vector | VectorAt):
        place = sp.MatrixSymbol(sp.Dummy(name), *vector.shape)
        reader.names.matrices[name] = place
        return place
    if len(inner) != 1:
        raise reader.refuse("an argument in a definition must be a letter", inner[0] if inner else 0)
    letter = reader.names.letters.get(name)
    if letter is None:
        letter = sp.Symbol(name, real=True)
        reader.bound.append((name, letter))
    return letter
