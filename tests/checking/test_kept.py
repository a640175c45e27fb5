"""A walk's table: values are kept while letters are bound or moved only where those do not enter them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

from derive.checking.budget import Budget
from derive.checking.point import Point
from derive.checking.walker import Walker
from derive.core.facts import Facts

a, b, z = sp.symbols("a b z", real=True)
k, K = sp.symbols("k K", integer=True, positive=True)
m = sp.IndexedBase("m", real=True)
CASES = [
    ("a defined name is moved, not what it stands for", Facts(definitions={z: a * b}), z),
    ("what a name stands for is moved", Facts(definitions={z: a * b}), a),
    ("a letter by itself", Facts(), z),
    ("an entry of a family", Facts(), m[1]),
    (
        "the family that another is defined by",
        Facts(definitions={sp.IndexedBase("c"): sp.Lambda((k,), m[k] ** 2)}),
        m[1],
    ),
]


def walker_at(facts: Facts) -> Walker:
    values: dict[Any, Fraction] = {a: Fraction(2), b: Fraction(3), z: Fraction(5), K: Fraction(3)}
    entries = {(m, (place,)): Fraction(place) for place in (1, 2, 3)}
    point = Point(0)
    point.values.update(values)
    point.entries.update(entries)
    return Walker(facts, point, Budget(10_000))


@pytest.mark.parametrize(("said", "facts", "moved"), CASES, ids=[case[0] for case in CASES])
def test_a_moved_letter_enters(said: str, facts: Facts, moved: Any) -> None:
    """The value at the point, then with the letter moved twice: each is as if nothing had been kept."""
    family = sp.IndexedBase("c") if facts.definitions and z not in facts.definitions else m
    expression = sp.Sum(sp.exp(-family[k] * z), (k, 1, K)) + sp.exp(z)
    kept = walker_at(facts)
    for value in (Fraction(7, 2), Fraction(1, 3), Fraction(7, 2)):
        with kept.with_letter(moved, kept.number(value)):
            found = kept.value(expression)
        fresh = walker_at(facts)
        with fresh.with_letter(moved, fresh.number(value)):
            assert abs(found - fresh.value(expression)) < fresh.ctx.mpf(10) ** -25


def test_what_does_not_move_is_walked_once() -> None:
    """Of Σ_k e^{−m_k} z only z moves: the sum costs its steps once."""
    walker = walker_at(Facts())
    expression = sp.Sum(sp.exp(-m[k]), (k, 1, K)) * z
    spent = []
    for value in (1, 2, 3):
        before = walker.budget.left
        with walker.with_letter(z, walker.ctx.mpf(value)):
            walker.value(expression)
        spent.append(before - walker.budget.left)
    assert spent[1] == spent[2] < spent[0]
