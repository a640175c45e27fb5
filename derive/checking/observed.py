"""Sums over given observations: a column of numbers instead of a term at a time."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import mpmath
import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.point import Undefined
from derive.checking.special import FUNCTIONS
from derive.core.facts import Facts
from derive.core.meanings import meaning
from derive.core.observed import Observed, Once
from derive.core.trees import mentions

Column = Sequence[float]

CHUNK = 65_536
KNOWN: WeakKeyDictionary[Observed, dict[Any, Any]] = WeakKeyDictionary()


def behind(facts: Facts, body: Any, letter: Any) -> Observed | None:
    """The observations over which ``letter`` runs in a body that depends on it through ``x[letter]`` alone.

    Raises:
        GivesUp: it depends on the letter in another way too, so that equal observations cannot be counted together.
    """
    found = {e.base for e in body.atoms(sp.Indexed) if mentions(e, letter)}
    given = [b for b in found if b in facts.observed]
    if not given:
        return None
    hidden = {e: sp.Dummy() for e in body.atoms(sp.Indexed) if e.indices[0] == letter}
    if len(found) != 1 or mentions(body.xreplace(hidden), letter):
        raise GivesUp("observed")
    return facts.observed[given[0]]


def closed(e: Any, facts: Facts) -> bool:
    """Does the expression depend on the observations and their number alone?"""
    for letter in e.free_symbols:
        if isinstance(letter, sp.Indexed):
            continue
        if letter in {b.label for b in facts.observed} or letter in facts.observed:
            continue
        stands_for = meaning(letter, facts)
        if stands_for is None or not closed(stands_for, facts):
            return False
    return True


def remembered(observed: Observed, key: Any, make: Callable[[], Any]) -> Any:
    """What depends on the observations alone is worked out once for all points."""
    known = KNOWN.setdefault(observed, {})
    if key not in known:
        known[key] = make()
    return known[key]


def total(observed: Observed, body: Any, letter: Any, number: Callable[[Any], Any]) -> float:
    """Σ counts · body in floats, in pieces of bounded size; ``number`` gives what does not depend on the letter."""
    parts = []
    for low in range(0, len(observed.values), CHUNK):
        values = observed.values[low : low + CHUNK]
        counts = observed.counts[low : low + CHUNK]
        try:
            if isinstance(counts, Once) and isinstance(body, sp.Pow) and body.exp == 2:
                # Σ v² is the square of a length, which the machine takes at once.
                parts.append(math.hypot(*column_of(body.base, letter, values, number)) ** 2)
                continue
            column = column_of(body, letter, values, number)
        except (ValueError, ZeroDivisionError, OverflowError):
            raise Undefined(False) from None
        weighted = column if isinstance(counts, Once) else [v * c for v, c in zip(column, counts, strict=True)]
        parts.append(math.fsum(weighted))
    return math.fsum(parts)


def column_of(e: Any, letter: Any, values: Sequence[Any], number: Callable[[Any], Any]) -> Column:
    """The values of an expression in x[letter], row by row.

    Raises:
        GivesUp: a node for which there is no column.
    """
    if isinstance(e, sp.Indexed):
        place = int(e.indices[1]) - 1 if len(e.indices) > 1 else None
        if isinstance(values, array):
            return values
        return list(map(float, values)) if place is None else [float(v[place]) for v in values]
    if isinstance(e, sp.Add | sp.Mul):
        return folded(e, letter, values, number)
    if isinstance(e, sp.Pow) and e.base is not sp.S.Exp1 and not mentions(e.exp, letter):
        base = column_of(e.base, letter, values, number)
        exponent = int(e.exp) if e.exp.is_Integer else float(number(e.exp))
        if exponent == 2:
            return [v * v for v in base]
        if isinstance(exponent, float) and min(base) < 0:
            raise Undefined(True)
        return [v**exponent for v in base]
    if len(e.args) == 1 and isinstance(e, sp.Function):
        inner = column_of(e.args[0], letter, values, number)
        if isinstance(e, sp.log):
            return list(map(math.log, inner))
        if isinstance(e, sp.exp):
            return list(map(math.exp, inner))
        function = FUNCTIONS.get(e.func)
        if function is not None:
            return [function(mpmath.fp, v) for v in inner]
    raise GivesUp(f"column of {e.func.__name__}")


def folded(e: Any, letter: Any, values: Sequence[Any], number: Callable[[Any], Any]) -> Column:
    """A sum or product: what is free of the letter once, the others row by row."""
    adds = isinstance(e, sp.Add)
    free = [a for a in e.args if not mentions(a, letter)]
    first, *others = [column_of(a, letter, values, number) for a in e.args if mentions(a, letter)]
    made = first
    for other in others:
        pairs = zip(made, other, strict=True)
        made = [a + b for a, b in pairs] if adds else [a * b for a, b in pairs]
    if free:
        alone = float(number(e.func(*free)))
        made = [alone + v for v in made] if adds else [alone * v for v in made]
    return made
