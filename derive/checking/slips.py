"""One-slip variants of an expression: what a person writes instead of what is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.information import CrossEntropy, Divergence, Expectation, Variance
from derive.core.nodes import Indicator, Partial
from derive.core.trees import mentions, rebuild, substitute
from derive.core.vectors import VECTOR_LETTERS, Gradient, Hessian, is_matrix

MOST = 800
OF_THE_FIRST = (Partial, Gradient, Hessian, Expectation, Variance)
NEVER_WRITTEN = (sp.zoo, sp.nan, sp.I, sp.oo)


@dataclass(frozen=True, slots=True)
class Slip:
    """A variant of an expression.

    Args:
        kind: ``sign``, ``factor``, ``power``, ``size``, ``log``, ``swap``, ``term``, ``bracket``, ``index``,
            ``transpose`` or ``base``.
        made: the whole expression with the slip in it.
    """

    kind: str
    made: Any


Local = Callable[[Any, "Letters"], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Letters:
    """What the slips may put in: sizes, and pairs of letters that are taken for each other."""

    sizes: tuple[Any, ...]
    pairs: tuple[tuple[Any, Any], ...]
    letters: tuple[Any, ...]


def slips(expr: Any, sizes: tuple[Any, ...] = (), pairs: tuple[tuple[Any, Any], ...] = ()) -> Iterator[Slip]:
    """All variants, each once, the likely kinds first; at most 800.

    >>> x, y = sp.symbols("x y")
    >>> next(slips(x - y))
    Slip(kind='sign', made=-x - y)
    """
    letters = Letters(sizes, pairs or pairs_in(expr), letters_of(expr))
    seen = {expr}
    for kind, local in KINDS:

        def change(node: Any, local: Local = local) -> Iterator[Any]:
            return of_matrix(node, local) if is_matrix(node) else local(node, letters)

        for made in everywhere(expr, change):
            if made not in seen:
                seen.add(made)
                if made.has(*NEVER_WRITTEN):
                    continue
                yield Slip(kind, made)
                if len(seen) > MOST:
                    return


def everywhere(expr: Any, change: Callable[[Any], Iterator[Any]]) -> Iterator[Any]:
    """The expression with ``change`` made at one node, for every node, outermost first."""
    yield from change(expr)
    if isinstance(expr, (Indicator, *VECTOR_LETTERS)):
        return
    if isinstance(expr, sp.Sum | sp.Product | sp.Integral):
        for made in everywhere(expr.function, change):
            yield expr.func(made, *expr.limits)
        return
    if not expr.args or isinstance(expr, sp.Indexed | sp.IndexedBase):
        return
    # What a derivative is taken by, or an expected value runs over, has no slips of its own.
    changing = expr.args[:1] if isinstance(expr, OF_THE_FIRST) else expr.args
    if isinstance(expr, Expectation | Variance):
        yield from (rebuild(expr, (*expr.args[:2], law)) for law in change(expr.args[2]) if law.is_Symbol)
    for place, arg in enumerate(changing):
        if isinstance(arg, sp.Expr) and not (expr.is_Pow and place == 1 and arg.is_Rational):
            for made in everywhere(arg, change):
                try:
                    yield rebuild(expr, (*expr.args[:place], made, *expr.args[place + 1 :]))
                except (TypeError, ValueError):
                    # Shapes that do not fit: nobody writes that.
                    continue


def of_matrix(node: Any, local: Local) -> Iterator[Any]:
    """The slips that a vector or a matrix can have."""
    if local is signs:
        yield sp.MatMul(-1, node).doit(deep=False)
        if isinstance(node, sp.MatAdd):
            for place, term in enumerate(node.args):
                yield sp.MatAdd(*node.args[:place], sp.MatMul(-1, term), *node.args[place + 1 :])
    elif local is numbers:
        yield sp.MatMul(2, node)
        yield sp.MatMul(sp.Rational(1, 2), node)
    elif local is terms_lost and isinstance(node, sp.MatAdd):
        for place in range(len(node.args)):
            rest = (*node.args[:place], *node.args[place + 1 :])
            yield sp.MatAdd(*rest) if len(rest) > 1 else rest[0]
    elif local is powers and isinstance(node, sp.Inverse):
        yield node.args[0]
    elif local is transposes:
        yield from turned(node)


def turned(node: Any) -> Iterator[Any]:
    """A^T for A, A A^T for A^T A, B A for A B, where the shapes allow it."""
    if node.shape[0] == node.shape[1] and not isinstance(node, sp.MatAdd):
        yield node.args[0] if isinstance(node, sp.Transpose) else sp.Transpose(node)
    if isinstance(node, sp.MatMul):
        factors = list(node.args)
        for place in range(len(factors) - 1):
            a, b = factors[place : place + 2]
            if is_matrix(a) and is_matrix(b) and b.shape[1] == a.shape[0]:
                try:
                    yield sp.MatMul(*factors[:place], b, a, *factors[place + 2 :])
                except (TypeError, ValueError):
                    continue


def letters_of(expr: Any) -> tuple[Any, ...]:
    """Letters and entries that may be factors; indices are none."""
    entries = expr.atoms(sp.Indexed)
    whole = {i for entry in entries for i in entry.indices} | {entry.base.label for entry in entries}
    symbols = {s for s in expr.free_symbols if isinstance(s, sp.Symbol) and s not in whole}
    return tuple(sorted(symbols | entries, key=sp.default_sort_key))[:8]


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
