"""Every formula on every page of the gallery reads back as the same expression, whatever letters the page has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sympy as sp
from sympy.core.function import AppliedUndef

from derive.api.letters import refuse_clashes
from derive.checking.judge import judge
from derive.cli import result_of
from derive.core.claim import Claim, Outcome
from derive.core.derivation import Step
from derive.core.domains import Integers, Interval, sum_of
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.information import Cardinality
from derive.core.nodes import Partial, named_function
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Membership, Statement
from derive.core.vectors import Elementwise, MatrixOf, Vector, VectorAt, is_matrix, plus, times
from derive.distributions.book import DISTRIBUTIONS, named
from derive.gallery import PIECES
from derive.models.sample import sample
from derive.pages.blocks import Formula, Heading, Prose, Table
from derive.reading import formula, parameter
from derive.writing.latex import latex

NOTATIONS = (
    Notation(),
    Notation(data="D"),
    Notation(data="c", index="l", size="M", log=r"\ln", likelihood=r"\mathcal{L}", density="g"),
)
UNTOUCHED = (sp.binomial, sp.factorial, sp.beta, sp.gamma)
PLACE = sp.Symbol("place", real=True)
CLASS = sp.Symbol("k", integer=True, positive=True)


def plain(e: Any) -> Any:
    """The expression as SymPy evaluates it; bound letters, decimals and arguments of named functions alike."""
    if isinstance(e, Statement):
        return Statement(plain(e.left), e.relation, plain(e.right))
    if isinstance(e, sp.Float):
        return sp.Rational(latex(e)) if "cdot" not in latex(e) else e
    if isinstance(e, sp.ZeroMatrix):
        return sp.Integer(0)
    if not e.args or isinstance(e, sp.IndexedBase | Cardinality):
        return e
    if isinstance(e, sp.Derivative):
        return Partial(plain(e.expr), e.variables[0], len(e.variables))
    if isinstance(e, sp.Sum | sp.Product):
        changes = {v[0]: sp.Symbol({"l": "i"}.get(v[0].name, v[0].name), integer=True, positive=True) for v in e.limits}
        limits = [(changes[v[0]], *map(plain, v[1:])) for v in e.limits]
        return e.func(plain(e.function.subs(changes)), *limits)
    if isinstance(e, Elementwise):
        return Elementwise(sp.Lambda(PLACE, plain(e.args[0](PLACE))), plain(e.args[1]))
    if isinstance(e, sp.MatAdd):
        return plus(*sorted(map(plain, e.args), key=str))
    if isinstance(e, sp.MatMul):
        return times(*map(plain, e.args))
    if isinstance(e, AppliedUndef) and type(e).__name__.endswith("'"):
        return Partial(named_function(type(e).__name__[:-1])(*map(plain, e.args)), plain(e.args[0]), 1)
    if isinstance(e, AppliedUndef):
        return named_function(type(e).__name__)(*(entry(plain(a)) for a in e.args))
    args = [plain(a) for a in e.args]
    return e.func(*args, evaluate=False) if isinstance(e, UNTOUCHED) else e.func(*args)


def entry(e: Any) -> Any:
    """The letter of a vector, as the engine puts it into L(w): a name of what the function depends on."""
    if isinstance(e, VectorAt):
        return e.args[0][e.args[1]]
    return e.args[0] if isinstance(e, Vector | MatrixOf) else e


def in_words_of(found: Any, wanted: Any, notation: Notation) -> Any:
    """Letters that no fact declares, as the page has them: their names are all that is printed."""
    if isinstance(wanted, Statement):
        left, right = (in_words_of(a, b, notation) for a, b in ((found.left, wanted.left), (found.right, wanted.right)))
        return Statement(left, found.relation, right)
    known = {latex(s, notation): s for s in sorted(letters(wanted), key=str)}
    changes = {s: known[latex(s, notation)] for s in letters(found) if latex(s, notation) in known}
    # An iterate is one letter to the engine, which never counts with its index.
    steps = {e: known.get(f"{latex(e.base, notation)}^{{({latex(e.indices[0])})}}", e) for e in found.atoms(sp.Indexed)}
    found = found.xreplace({e: new for e, new in steps.items() if new != e})
    return found.xreplace({s: new for s, new in changes.items() if s != new and type(s) is type(new)})


def means_written_out(e: Any, facts: Facts, notation: Notation) -> Any:
    r"""With (1/N) Σ x_i for an \\bar{x} that the facts do not define: what the bar means to a reader."""
    if isinstance(e, Statement):
        sides = (means_written_out(side, facts, notation) for side in (e.left, e.right))
        return Statement(next(sides), e.relation, next(sides))
    bars = [s for s in letters(e) if str(s).startswith(r"\bar") and s not in facts.definitions | facts.domains]
    return e.xreplace({s: formula(latex(s, notation), facts, notation).value for s in bars})


def letters(e: Any) -> set[Any]:
    return {s for s in e.atoms(sp.Symbol, sp.IndexedBase) if not isinstance(s, sp.Dummy)}


def same(found: Any, wanted: Any, facts: Facts, notation: Notation) -> str:
    """``same`` tree, ``proved`` equal by the judge, or what else came out."""
    if isinstance(found, Statement) != isinstance(wanted, Statement) or found is None:
        return f"another kind: {found}"
    wanted = means_written_out(wanted, facts, notation)
    found = in_words_of(found, wanted, notation)
    if plain(found) == plain(wanted):
        return "same"
    if isinstance(wanted, Statement):
        sides = ((found.left, wanted.left), (found.right, wanted.right))
        return "proved" if found.relation == wanted.relation and all(equal(*s, facts) for s in sides) else str(found)
    return "proved" if equal(found, wanted, facts) else str(found)


def equal(found: Any, wanted: Any, facts: Facts) -> bool:
    if plain(found) == plain(wanted) or entry(found) == wanted:
        return True
    return is_matrix(found) == is_matrix(wanted) and judge(Claim(found, EQUAL, wanted, facts)).outcome is Outcome.PROVED


def back(side: Any, facts: Facts, notation: Notation) -> str:
    """What becomes of a side that is printed and read."""
    text = latex(side, notation)
    try:
        found = formula(text, facts, notation)
        if not isinstance(side, Membership):
            return same(found.value, side, facts, notation)
        if isinstance(side.domain, Interval | Integers) and notation == Notation():
            return "same" if parameter(text, facts)[1] == side.domain else f"another domain: {parameter(text)[1]}"
        total = None if isinstance(side.domain, Interval | Integers) else sum_of(side.domain)
        if total is None:
            return "same" if len(found.chains) == 1 else f"{len(found.chains)} chains"
        _, chain = found.chains
        of_entries = Statement(sp.Sum(side.letter[CLASS], (CLASS, 1, side.domain.size)), EQUAL, total)
        read = Statement(chain.sides[0].value, chain.links[0].relation, chain.sides[1].value)
        return same(read, of_entries, facts, notation)
    except InputError as error:
        return str(error)


def slots(value: Any) -> Iterator[Any]:
    """The formulas in a sentence."""
    match value:
        case Phrase():
            for inner in value.slots.values():
                yield from slots(inner)
        case tuple() | list():
            for inner in value:
                yield from slots(inner)
        case sp.Basic() | Statement() | Membership():
            yield value


def of_step(step: Step) -> Iterator[Any]:
    yield from (step.before, step.after, *step.needs, *slots(step.because))
    for finer in step.inside:
        yield from of_step(finer)


def formulas(result: Any) -> Iterator[tuple[Any, tuple[Facts, ...]]]:
    """Every side that the page shows, and the facts that may stand behind it."""
    page = result.page()
    everywhere = tuple({id(c.facts): c.facts for c in result.chains}.values())
    for chain in result.chains:
        for side in (chain.start, *slots(chain.topic), *(s for step in chain.steps for s in of_step(step))):
            yield side, (chain.facts, page.facts)
    for block in page.blocks:
        if isinstance(block, Table):
            for row, facts in zip(block.rows, of_rows(result) or [page.facts] * len(block.rows), strict=True):
                yield from ((side, (facts,)) for cell in row for side in slots(cell))
        elif isinstance(block, Formula):
            yield block.side, (page.facts, *everywhere)
        elif isinstance(block, Heading | Prose):
            sentences = block.sentences if isinstance(block, Prose) else (block.title,)
            yield from ((side, (page.facts, *everywhere)) for s in sentences for side in slots(s))


def of_rows(result: Any) -> list[Facts]:
    """The facts of each row where a table has an argument of its own in every row."""
    if hasattr(result, "derivations"):
        return [d.sample.facts for d in result.derivations]
    return [r.derivation.facts for r in result.results] if hasattr(result, "results") else []


# A sheet of exercises has the formulas of many problems, and its page knows the facts of none.
ARGUMENTS = tuple(p for p in PIECES if p.command[0] != "exercises")


@pytest.mark.parametrize("piece", ARGUMENTS, ids=lambda p: p.stem)
def test_page(piece: Any) -> None:
    result = result_of(piece.command)
    counts: Counter[str] = Counter()
    wrong = []
    behind = result.chains or tuple(c for d in getattr(result, "derivations", ()) for c in d.chains)
    for notation in NOTATIONS:
        try:
            refuse_clashes(behind, notation)
        except InputError:
            counts["letters refused"] += 1
            continue
        done: set[Any] = set()
        for side, known in formulas(result):
            key = (side, id(known[0]))
            if key in done:
                continue
            done.add(key)
            made = ""
            for facts in known:
                made = back(side, facts, notation)
                if made in ("same", "proved"):
                    break
            counts[made if made in ("same", "proved") else "wrong"] += 1
            if made not in ("same", "proved"):
                wrong.append((latex(side, notation), made, str(side)))
    print(piece.stem, dict(counts))
    assert wrong == []
    assert counts["same"] > 3 and counts["letters refused"] <= 1


@pytest.mark.parametrize("d", DISTRIBUTIONS, ids=lambda d: d.id)
def test_densities(d: Any) -> None:
    model = sample(named(d.id))
    index = sp.Symbol("i", integer=True, positive=True)
    density = model.density_at(index)
    for side in (density, sp.log(density, evaluate=False), sp.Sum(sp.log(density), (index, 1, sp.Symbol("N")))):
        text = latex(side, None, str(model.data.label))
        given = formula(text, model.facts, None, str(model.data.label)).value
        assert plain(given.subs(sp.Symbol("N", integer=True, positive=True), sp.Symbol("N"))) == plain(side), text
