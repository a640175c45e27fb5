"""The kinds of slips, each as the variants of one node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.information import CrossEntropy, Divergence
from derive.core.trees import mentions, substitute

Local = Callable[[Any, "Letters"], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Letters:
    """What the slips may put in: sizes, and pairs of letters that are taken for each other."""

    sizes: tuple[Any, ...]
    pairs: tuple[tuple[Any, Any], ...]
    letters: tuple[Any, ...]


def signs(node: Any, _: Letters) -> Iterator[Any]:
    """One term's sign, the sign of the whole, of an exponent."""
    if node.is_Add:
        for place, term in enumerate(node.args):
            yield sp.Add(*node.args[:place], -term, *node.args[place + 1 :])
    elif not isinstance(node, sp.Symbol) and not node.is_Number:
        yield -node


def numbers(node: Any, letters: Letters) -> Iterator[Any]:
    """A lost or extra 2, 1/2, N or 1/N."""
    if node.is_Number or isinstance(node, sp.Symbol):
        return
    for factor in (sp.Integer(2), sp.Rational(1, 2), *(f for n in letters.sizes for f in (n, 1 / n))):
        yield sp.expand_mul(factor * node, deep=False) if node.is_Add else factor * node
    if node.is_Mul:
        for place, factor in enumerate(node.args):
            if factor.is_number and abs(factor) != 1 and not factor.has(sp.log):
                yield sp.Mul(*node.args[:place], *node.args[place + 1 :], -1 if factor.is_negative else 1)


def factors_lost(node: Any, _: Letters) -> Iterator[Any]:
    """One factor of a product is lost."""
    if node.is_Mul and len(node.args) > 1:
        for place in range(len(node.args)):
            yield sp.Mul(*node.args[:place], *node.args[place + 1 :])


def factors_gained(node: Any, letters: Letters) -> Iterator[Any]:
    """A letter or an entry should be a factor of one term, or its divisor."""
    if not node.is_Add and not isinstance(node, sp.Sum | sp.Product):
        return
    whole = node.function if isinstance(node, sp.Sum | sp.Product) else node
    for term in whole.args if whole.is_Add else (whole,):
        for letter in letters.letters:
            for factor in (letter, 1 / letter, sp.log(letter)):
                made = whole - term + term * factor
                yield made if whole is node else node.func(made, *node.limits)


def powers(node: Any, _: Letters) -> Iterator[Any]:
    """A square lost or added; a root lost; an inverse."""
    if node.is_Pow and node.exp.is_Rational:
        for exponent in (node.exp / 2, node.exp * 2, node.exp + 1, node.exp - 1, -node.exp):
            if exponent.q <= 2 and exponent != 0:
                yield node.base**exponent
    elif isinstance(node, sp.Symbol | sp.Indexed) or node.is_Add:
        yield node**2
        yield 1 / node


def sizes(node: Any, letters: Letters) -> Iterator[Any]:
    """n − 1 for n."""
    if node in letters.sizes:
        yield node - 1
    elif node.is_Add:
        for size in letters.sizes:
            if node - size == -1:
                yield size


def logarithms(node: Any, _: Letters) -> Iterator[Any]:
    """A logarithm lost, or one too many."""
    if isinstance(node, sp.log):
        yield node.args[0]
    elif isinstance(node, sp.Symbol | sp.Indexed | sp.Sum) or (node.is_Add and len(node.args) < 4):
        yield sp.log(node)


def swaps(node: Any, letters: Letters) -> Iterator[Any]:
    """p and q, or μ_1 and μ_2, taken for each other."""
    if isinstance(node, CrossEntropy | Divergence):
        yield node.func(*reversed(node.args))
    for a, b in letters.pairs:
        if node == a:
            yield b
        elif node == b:
            yield a
        elif node.has(a) and node.has(b) and not isinstance(node, sp.Symbol):
            yield substitute(node, {a: b, b: a})
    if isinstance(node, sp.core.function.AppliedUndef):
        return
    heads = sorted({f.func for f in node.atoms(sp.core.function.AppliedUndef) if len(f.args) == 1}, key=str)
    if len(heads) == 2:
        f, g = heads
        changes = {u: (g if u.func == f else f)(*u.args) for u in node.atoms(sp.core.function.AppliedUndef)}
        yield substitute(node, changes)


def terms_lost(node: Any, _: Letters) -> Iterator[Any]:
    """One term of a sum is lost."""
    if node.is_Add:
        for place in range(len(node.args)):
            yield sp.Add(*node.args[:place], *node.args[place + 1 :])


def brackets(node: Any, _: Letters) -> Iterator[Any]:
    """A bracket closed too early or too late."""
    if node.is_Mul:
        for place, factor in enumerate(node.args):
            if factor.is_Add:
                rest = sp.Mul(*node.args[:place], *node.args[place + 1 :])
                for term in factor.args:
                    yield rest * (factor - term) + term
    elif isinstance(node, sp.log | sp.exp) and node.args[0].is_Add:
        for term in node.args[0].args:
            yield node.func(node.args[0] - term) + term
    elif isinstance(node, sp.log) and node.args[0].is_Mul:
        for factor in node.args[0].args:
            if not factor.is_number:
                yield node.func(node.args[0] / factor) * factor
    elif node.is_Pow and node.base.is_Add and node.exp.is_Rational:
        for term in node.base.args:
            yield node.base - term + term**node.exp
    elif node.is_Pow and node.base.is_Mul and node.exp.is_Rational:
        for factor in node.base.args:
            yield (node.base / factor) ** node.exp * factor
    elif isinstance(node, sp.Sum) and node.function.is_Add:
        bound = {limit[0] for limit in node.limits}
        for term in node.function.args:
            if not any(mentions(term, letter) for letter in bound):
                yield node.func(node.function - term, *node.limits) + term


def indices(node: Any, _: Letters) -> Iterator[Any]:
    """A limit off by one; one index for another."""
    if isinstance(node, sp.Sum | sp.Product) and len(node.limits) == 1:
        letter, low, high = node.limits[0]
        if high.is_finite is not False:
            yield node.func(node.function, (letter, low, high - 1))
        yield node.func(node.function, (letter, low - 1 if low.is_Integer and low > 1 else low + 1, high))
        if high.is_Add:
            yield node.func(node.function, (letter, low, high + 1))
    elif isinstance(node, sp.Indexed) and len(node.indices) == 2:
        yield node.base[node.indices[1], node.indices[0]]


def transposes(node: Any, _: Letters) -> Iterator[Any]:
    """Only matrices can be transposed: see :func:`turned`."""
    yield from ()


def bases(node: Any, _: Letters) -> Iterator[Any]:
    """A logarithm to base 2 or 10 for the natural one."""
    if isinstance(node, sp.log) and not node.args[0].is_Integer:
        for base in (2, 10):
            yield node / sp.log(base)
            yield node * sp.log(base)


KINDS: tuple[tuple[str, Local], ...] = (
    ("sign", signs),
    ("factor", numbers),
    ("power", powers),
    ("size", sizes),
    ("swap", swaps),
    ("transpose", transposes),
    ("log", logarithms),
    ("bracket", brackets),
    ("term", terms_lost),
    ("factor", factors_lost),
    ("index", indices),
    ("base", bases),
    ("factor", factors_gained),
)


def pairs_in(expr: Any) -> tuple[tuple[Any, Any], ...]:
    """Letters that differ in their subscripts only, as μ_1 and μ_2."""
    letters = sorted((s for s in expr.free_symbols if isinstance(s, sp.Symbol)), key=str)
    pairs = []
    for at, a in enumerate(letters):
        for b in letters[at + 1 :]:
            stem = str(a).split("_")[0]
            if "_" in str(a) and "_" in str(b) and stem == str(b).split("_")[0]:
                pairs.append((a, b))
    return tuple(pairs)


NEVER_WRITTEN = (sp.zoo, sp.nan, sp.I, sp.oo)
