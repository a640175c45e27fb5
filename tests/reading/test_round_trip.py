"""What the engine prints reads back as the same expression, in every notation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sympy as sp

from derive.core.derivation import Chain
from derive.core.nodes import Partial
from derive.core.notation import Notation
from derive.core.statement import Statement
from derive.derivations.maximum_likelihood import maximum_likelihood
from derive.distributions.book import DISTRIBUTIONS, named
from derive.gallery import PIECES
from derive.models.sample import sample
from derive.reading import formula
from derive.reading.sources import distribution_of
from derive.writing.latex import latex

NOTATIONS = (
    Notation(),
    Notation(data="D"),
    Notation(data="y", index="t", size="M", log=r"\ln", likelihood=r"\mathcal{L}", density="g"),
)
UNTOUCHED = (sp.binomial, sp.factorial, sp.beta, sp.gamma)
FAST = (
    "bernoulli",
    "normal",
    "poisson",
    "geometric",
    "categorical",
    "laplace",
    "uniform",
    "pareto",
    "gamma",
    "weibull",
)


def plain(e: Any) -> Any:
    """The expression evaluated as SymPy evaluates it, its bound letters whole numbers, derivatives of one kind."""
    if isinstance(e, Statement):
        return Statement(plain(e.left), e.relation, plain(e.right))
    if not e.args or isinstance(e, sp.IndexedBase):
        return e
    if isinstance(e, sp.Derivative):
        return Partial(plain(e.expr), e.variables[0], len(e.variables))
    if isinstance(e, sp.Sum | sp.Product):
        named_t = {v[0]: sp.Symbol({"t": "i"}.get(v[0].name, v[0].name), integer=True, positive=True) for v in e.limits}
        limits = [(named_t[v[0]], *map(plain, v[1:])) for v in e.limits]
        return e.func(plain(e.function.subs(named_t)), *limits)
    args = [plain(a) for a in e.args]
    return e.func(*args, evaluate=False) if isinstance(e, UNTOUCHED) else e.func(*args)


def lines_of(chains: tuple[Chain, ...]) -> Iterator[tuple[Any, Chain]]:
    for chain in chains:
        yield chain.start, chain
        for step in chain.steps:
            yield step.after, chain
            for finer in step.inside:
                yield finer.before, chain
                yield finer.after, chain


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda n: n.data or "own")
@pytest.mark.parametrize("name", sorted({p.distribution for p in PIECES} | set(FAST)))
def test_derivations(name: str, notation: Notation) -> None:
    model = sample(distribution_of(name))
    data = str(model.data.label)
    wrong, count = [], 0
    for side, chain in lines_of(tuple(c for s in maximum_likelihood(model).sections for c in s.chains)):
        text = latex(side, notation, data)
        count += 1
        if plain(formula(text, chain.facts, notation, data).value) != plain(side):
            wrong.append(text)
    assert wrong == []
    assert count > 3


@pytest.mark.parametrize("d", DISTRIBUTIONS, ids=lambda d: d.id)
def test_densities(d: Any) -> None:
    model = sample(named(d.id))
    index = sp.Symbol("i", integer=True, positive=True)
    density = model.density_at(index)
    for side in (density, sp.log(density, evaluate=False), sp.Sum(sp.log(density), (index, 1, sp.Symbol("N")))):
        text = latex(side, None, str(model.data.label))
        given = formula(text, model.facts, None, str(model.data.label)).value
        assert plain(given.subs(sp.Symbol("N", integer=True, positive=True), sp.Symbol("N"))) == plain(side), text
