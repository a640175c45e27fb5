r"""Lines of context that a printed page needs: a law by its density, vectors with a fixed sum, data, assumptions."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from derive.core.domains import BINARY, Compositions, Domain, OneHot, Simplex, Vector, assumptions
from derive.core.facts import Facts
from derive.core.observed import Observed
from derive.core.statement import Statement
from derive.core.trees import substitute
from derive.core.vectors import MatrixOf, VectorAt
from derive.reading import declared
from derive.reading.building import build
from derive.reading.density import parameter
from derive.reading.pieces import pieces
from derive.reading.reader import Reader
from derive.reading.tokens import Source, tokens
from derive.reading.tree import unwrapped

_OWN = re.compile(r"\s*density\((?P<inside>.*)\)\s*\Z", re.DOTALL)
_TOTAL = re.compile(
    r",?\s*\\sum_\{(?P<index>[A-Za-z])\s*=\s*1\}\^\{?(?P<size>[^}\s]+)\}?\s*\S+\s*=\s*(?P<total>[^,]+?)\s*\Z"
)
_DATA = re.compile(r"(?P<name>\\?[A-Za-z]+)\s*=\s*\((?P<values>[-\d./,\s]+)\)\s*\Z")
_ROWS = re.compile(
    r"(?P<name>\\?[A-Za-z]+)\s*:=\s*\((?P<family>\\?[A-Za-z]+)_1,\s*\\dots,\s*(?P=family)_\{?\w+\}?\)\^\{?T\}?\s*\Z"
)
_ASSUME = re.compile(r"assume\s+(?P<what>.+)\Z", re.DOTALL)


def own_law(facts: Facts, text: str, variable: str) -> tuple[Facts, Domain, Any, Any] | None:
    r"""``density(\lambda e^{-\lambda x}, x > 0)``: support, density and letter; None for other texts.

    Raises:
        InputError: the density or the support cannot be read.
    """
    found = _OWN.match(text)
    if found is None:
        return None
    formula, _, where = _split(found["inside"])
    written, support = parameter(where, facts)
    reader = Reader(replace(facts.placing({written: support}), laws={}))
    density = reader.value(reader.nodes(Source(formula)))
    letter = sp.Symbol(variable, **assumptions(support))
    return facts, support, substitute(density, {written: letter}), letter


def _split(text: str) -> tuple[str, str, str]:
    """At the last comma outside of brackets before a letter and its domain."""
    depth, places = 0, []
    for at, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            places.append(at)
    at = places[0] if places else len(text)
    return text[:at], ",", text[at + 1 :]


def with_total(facts: Facts, text: str, index: str) -> Facts | None:
    r"""``\pi_k > 0, \sum_{k=1}^{K} \pi_k = 1``: a vector of the simplex; with ``\in`` counts; None for other lines."""
    found = _TOTAL.search(text)
    if found is None:
        return None
    reader = Reader(facts)
    size, total = (reader.value(reader.nodes(Source(found[name]))) for name in ("size", "total"))
    source = Source(text[: found.start()])
    (piece,) = pieces(source, Reader(facts).nodes(source))
    whole = "\\in" in text[: found.start()]
    domain: Vector = Simplex(size)
    if whole:
        domain = OneHot(size) if total == BINARY.upper else Compositions(total, size)
    nodes = unwrapped(piece.sides[0])
    return declared.place(facts, nodes, domain, index or found["index"])


def with_data(facts: Facts, text: str, index: str) -> Facts | None:
    """``x = (1, 0, 1), i = 1..N``: the observations themselves, and their number; None for other lines."""
    found = _DATA.match(text)
    base = next((b for b in facts.shapes if found is not None and str(b.label) == found["name"]), None)
    if found is None or base is None or len(facts.shapes[base]) != 1:
        return None
    values = [Fraction(v.strip()) for v in found["values"].split(",") if v.strip()]
    kinds = list(dict.fromkeys(values))
    exact = [sp.Rational(v.numerator, v.denominator) for v in kinds]
    observed = Observed(exact, [values.count(v) for v in kinds], len(values))
    (size,) = facts.shapes[base]
    return facts.observing(base, observed).defining(size, sp.Integer(len(values)))


def with_rows(facts: Facts, text: str) -> Facts | None:
    r"""``X := (x_1, \dots, x_N)^T``: the matrix whose rows are the vectors of a family; None for other lines."""
    found = _ROWS.match(text)
    family = facts.matrices.get(found["family"].strip() + "_") if found is not None else None
    if found is None or not isinstance(family, VectorAt) or family.args[0] not in facts.shapes:
        return None
    base, name = family.args[0], found["name"].strip()
    rows, columns = facts.shapes[base]
    return replace(facts, matrices={**facts.matrices, name: MatrixOf(base, rows, columns, name)})


def with_assumption(facts: Facts, text: str) -> Facts | None:
    r"""``assume \operatorname{rank}(X) = d``: a relation taken as true; None for other lines."""
    found = _ASSUME.match(text)
    if found is None:
        return None
    reader = Reader(facts)
    source = Source(found["what"])
    made = []
    for piece in pieces(source, build(source, tokens(source))):
        sides = [reader.value(side) for side in piece.sides]
        made += [Statement(a, s.relation, b) for a, s, b in zip(sides, piece.signs, sides[1:], strict=False)]
    return facts.assuming(*made)
