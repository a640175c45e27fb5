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
from derive.core.domains import Integers, Interval
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.information import Cardinality
from derive.core.nodes import Partial, named_function
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Membership, Statement
from derive.core.vectors import Elementwise, MatrixOf, Vector, VectorAt, is_matrix, plus, times
from derive.gallery import PIECES
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
INDEX = sp.Symbol("i", integer=True, positive=True)


def plain(e: Any) -> Any:
    """The expression as SymPy evaluates it; bound letters, decimals and the arguments of named functions of one kind."""
    if isinstance(e, Statement):
        return Statement(plain(e.left), e.relation, plain(e.right))
    if isinstance(e, sp.Float):
        return sp.Rational(latex(e)) if "cdot" not in latex(e) else e
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
    return found.xreplace({s: new for s, new in changes.items() if s != new and type(s) is type(new)})


def letters(e: Any) -> set[Any]:
    return {s for s in e.atoms(sp.Symbol, sp.IndexedBase) if not isinstance(s, sp.Dummy)}


def same(found: Any, wanted: Any, facts: Facts, notation: Notation) -> str:
    """``same`` tree, ``proved`` equal by the judge, or what else came out."""
    if isinstance(found, Statement) != isinstance(wanted, Statement) or found is None:
        return f"another kind: {found}"
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
        if isinstance(side.domain, Interval | Integers):
            return "same" if parameter(text, facts)[1] == side.domain else f"another domain: {parameter(text)[1]}"
        return "same" if len(found.chains) in (1, 2) else f"{len(found.chains)} chains"
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


@pytest.mark.parametrize("piece", PIECES, ids=lambda p: p.stem)
def test_page(piece: Any) -> None:
    result = result_of(piece.command)
    counts: Counter[str] = Counter()
    wrong = []
    for notation in NOTATIONS:
        try:
            refuse_clashes(result.chains, notation)
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
