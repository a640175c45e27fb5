"""Expected values of products of sums over a sample, by the joint cumulants of one observation.

E[F_1 ⋯ F_r] = Σ_π ∏_{B ∈ π} κ(F_b, b ∈ B) over the partitions π, and the cumulant of sums of independent parts is the
sum of the cumulants of those parts: κ(Σ_i f_1(X_i), …, Σ_i f_r(X_i)) = Σ_i κ(f_1(X_i), …, f_r(X_i)); the cumulant of
parts of different observations is 0. (Source: Kendall and Stuart, The Advanced Theory of Statistics, ch. 3 and 13.)
"""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.free_letters import bare_letters
from derive.checking.sample_laws import normal_moments
from derive.checking.sample_terms import MOST_FACTORS, All, One, Sample, Term, over
from derive.checking.stated_moments import by_moments
from derive.core.domains import Integers, Interval
from derive.core.information import Expectation
from derive.core.trees import substitute

Part = One | All


def mean_of_terms(sample: Sample, terms: list[Term]) -> Any:
    """E of a sum of products.

    Raises:
        GivesUp: two places may be one or two, factors of several samples meet, or there are too many factors.
    """
    return sp.Add(*(times([term.factor, mean_of_product(sample, term.parts)]) for term in terms))


def mean_of_product(sample: Sample, parts: tuple[Part, ...]) -> Any:
    """E of a product of parts of one sample."""
    if not parts:
        return sp.Integer(1)
    if len({p.key for p in parts}) > 1:
        # Nothing says how several samples belong together.
        raise GivesUp("independence")
    if any(isinstance(p, All) and p.product for p in parts):
        return mean_of_whole(sample, parts)
    if len(parts) > MOST_FACTORS:
        raise GivesUp("size")
    told_apart(sample, parts)
    return sp.Add(*(times([cumulant(sample, block) for block in partition]) for partition in partitions(parts)))


def times(factors: list[Any]) -> Any:
    """The product; SymPy asks of what stands beside a zero whether it is finite, and fails on some sums of means."""
    return sp.Integer(0) if any(f == 0 for f in factors) else sp.Mul(*factors)


def told_apart(sample: Sample, parts: tuple[Part, ...]) -> None:
    """Two letters for places may mean one place."""
    places = {p.place for p in parts if isinstance(p, One)}
    letters = [p for p in places if p is not None and not p.is_Integer]
    if letters and len(places) > 1:
        raise GivesUp("places")
    sizes = {p.size for p in parts if isinstance(p, All)}
    shape = sample.facts.shapes.get(parts[0].key, ())
    if sizes and sizes != set(shape):
        raise GivesUp("limits")


def mean_of_whole(sample: Sample, parts: tuple[Part, ...]) -> Any:
    """E ∏_i h(X_i) = ∏_i E h(X_i)."""
    told_apart(sample, parts)
    if not all(isinstance(p, All) and p.product for p in parts):
        raise GivesUp("statistic")
    index = index_for(sample, parts)
    mean = mean_at(sample, parts[0].key, sp.Mul(*(at(p, index) for p in parts)), index)
    size = parts[0].size  # type: ignore[union-attr]
    return mean**size if index not in mean.free_symbols else sp.Product(mean, (index, 1, size))


def cumulant(sample: Sample, block: tuple[Part, ...]) -> Any:
    """The joint cumulant of the parts."""
    places = {p.place for p in block if isinstance(p, One)}
    if len(places) > 1:
        return sp.Integer(0)
    index = next(iter(places)) if places else index_for(sample, block)
    made = cumulant_at(sample, block, index)
    return made if places else over(made, index, block[0].size)  # type: ignore[union-attr]


def index_for(sample: Sample, block: tuple[Part, ...]) -> Any:
    """The index under which a sum over the sample is written: the one that the law of its entries is written with."""
    law = sample.law(block[0].key)
    (size, *_) = sample.facts.shapes[block[0].key]
    own = [i for i, n in sample.facts.indices.items() if n == size and i in law.letters]
    taken = {s for p in block for s in p.body.free_symbols}
    return own[0] if own else next(p.index for p in block if isinstance(p, All)) if len(block) == 1 else free(taken)


def free(taken: set[Any]) -> Any:
    return next(s for k in range(99) if (s := sp.Symbol(f"_j{k}", integer=True, positive=True)) not in taken)


def at(part: Part, index: Any) -> Any:
    """The body with its observation at this place."""
    if isinstance(part, One) or part.index == index:
        return part.body
    if index in part.body.free_symbols:
        raise GivesUp("places")
    return substitute(part.body, {part.index: index})


def cumulant_at(sample: Sample, block: tuple[Part, ...], index: Any) -> Any:
    """Σ_π (−1)^{b−1} (b−1)! ∏_{B ∈ π} E ∏_{f ∈ B} f(X)."""
    bodies = tuple(at(p, index) for p in block)
    total = []
    for partition in partitions(bodies):
        means = [mean_at(sample, block[0].key, sp.Mul(*inner), index) for inner in partition]
        total.append((-1) ** (len(means) - 1) * factorial(len(means) - 1) * times(means))
    return sp.Add(*total)


def mean_at(sample: Sample, key: Any, body: Any, place: Any) -> Any:
    """E of what one observation is made into."""
    law = sample.law(key)
    single = place is None
    letter = law.variable
    if not single:
        if letter in bare_letters(body):
            raise GivesUp("statistic")
        body = body.xreplace({key[place]: letter})
    others = {k.label if isinstance(k, sp.IndexedBase) else k for k in sample.laws if k != key}
    if sample.drawn(body) - {(letter, None)} or others & law.letters:
        raise GivesUp("independence")
    own = {i for i in sample.facts.indices if i in law.letters}
    if law.density is None:
        return by_moments(body, law, {own.pop(): place} if len(own) == 1 and not single else {})
    if not own:
        return Expectation(body, letter, letter) if letter in body.free_symbols else body
    if len(own) > 1 or single:
        raise GivesUp("law")
    density = substitute(law.density, {own.pop(): place})
    return explicit(body, density, letter, law.support)


def explicit(body: Any, density: Any, letter: Any, support: Any) -> Any:
    """E g(X) for a law that is not the same for all observations: by known moments, else as an integral or a sum."""
    if (made := normal_moments(body, density, letter, support)) is not None:
        return made
    if isinstance(support, Integers):
        return sp.Sum(body * density, (letter, support.lower, support.upper))
    if isinstance(support, Interval):
        return sp.Integral(body * density, (letter, support.lower, support.upper))
    raise GivesUp("law")


def partitions(items: tuple[Any, ...]) -> Iterator[list[tuple[Any, ...]]]:
    """All ways to part the items into blocks.

    >>> len(list(partitions((1, 2, 3, 4))))
    15
    """
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for smaller in partitions(rest):
        yield [(first,), *smaller]
        for k, block in enumerate(smaller):
            yield [*smaller[:k], (first, *block), *smaller[k + 1 :]]
