"""What an answer must state for its points: goals, made from the sections of the key's derivation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.statement import Side, Statement
from derive.core.vectors import Gradient, Hessian
from derive.derivations.result import Section
from derive.documents.letters import is_letter
from derive.exercises.argument import Argument
from derive.marking.lines import AVERAGED, explicit
from derive.marking.milestones import (
    FACTOR,
    NOTHING,
    SCALE,
    SIGNED,
    Equation,
    Forgiven,
    Goal,
    Group,
    Key,
    Milestone,
    Moment,
    Positive,
    Solution,
    Unclosed,
    Value,
)
from derive.marking.setting import Show
from derive.reading.chains import lines
from derive.reading.reader import Reader


def key_of(argument: Argument, facts: Facts, show: Show) -> Key:
    """The derivation, its estimates read."""
    key = Key(argument, facts, show)
    if argument.task.verb == "mle":
        found = argument.derivation
        key.parameters = tuple(made for s in found.sample.letters if (made := key.read(s)) is not None)
        key.parameters = tuple(s.base if s.is_Pow else s for s in key.parameters)
        key.solved = solutions_in(key)
    elif argument.task.verb == "loss":
        key.parameters = tuple(s for s in (key.read(argument.derivation.model.whole),) if s is not None)
    return key


def solutions_in(key: Key) -> dict[Any, Any]:
    """The estimates, each in the data alone where that can be had."""
    table: dict[Any, Any] = {}
    for statement in key.argument.results:
        made = solution(key, statement)
        if made is not None:
            table[made.letter] = made.exprs[0]
    for _ in table:
        table = {s: sp.sympify(e).xreplace({k: v for k, v in table.items() if k != s}) for s, e in table.items()}
    return {s: e for s, e in table.items() if not e.has(*table)}


def solution(key: Key, statement: Statement) -> Solution | None:
    """A result as a letter with its formula."""
    left, right = key.read(statement.left), key.read(statement.right)
    return None if left is None or right is None else solved_for(left, right)


def solved_for(left: Any, right: Any) -> Solution | None:
    """``σ² = e`` is ``σ = √e``."""
    if isinstance(left, sp.Pow) and left.exp.is_Rational and left.exp > 0 and left.base.is_positive:
        left, right = left.base, right ** (1 / left.exp)
    return Solution(left, (right,)) if is_letter(left) else None


def milestones(key: Key) -> list[Milestone]:
    """One for each section of the derivation that calculates something."""
    sections = [
        s for s in key.argument.sections[1:] if any(c.steps for c in s.chains) or s.heading.key == "existence_heading"
    ]
    made = [milestone(key, section) for section in sections]
    if not any(m.role == "result" for m in made) and key.argument.task.verb == "mle":
        ends = [k for k, m in enumerate(made) if m.role == "way" and any(has_solution(g) for g in m.groups)]
        if ends:
            last = made[ends[-1]]
            made[ends[-1]] = Milestone(last.key, "result", last.groups, last.implied)
    return made


def has_solution(group: Group) -> bool:
    """Is it about a letter that is solved for?"""
    return any(isinstance(goal, Solution) for goal in group.goals)


def milestone(key: Key, section: Section) -> Milestone:
    """What a section comes to."""
    name = section.heading.key
    chains = [c for c in section.chains if c.steps]
    match name:
        case "likelihood_heading":
            return Milestone(name, "way", tuple(valued(key, c, FACTOR) for c in chains), "log_likelihood_heading")
        case "log_likelihood_heading":
            return Milestone(name, "way", (logarithm(key, chains[-1]),))
        case "score_heading":
            return Milestone(name, "way", tuple(score(key, c) for c in chains))
        case "stationary_heading" | "lagrange_heading":
            return Milestone(name, "way", tuple(results(key)) or tuple(valued(key, c, NOTHING) for c in chains))
        case "estimate_heading":
            return Milestone(name, "result", tuple(results(key)))
        case "second_order_heading":
            return Milestone(name, "after", tuple(curvatures(key, chains)))
        case "existence_heading":
            group = existence(key, chains)
            return Milestone(name, "after", (group,) if group.goals or group.spelled else ())
        case "moments_heading":
            return Milestone(name, "way", tuple(moment(key, c) for c in chains if isinstance(c.end, Statement)))
        case "entropy_heading" | "cross_entropy_heading" | "kl_heading":
            return Milestone(name, "result", tuple(quantity(key, chains)))
        case "slope_heading" | "curvature_heading":
            return Milestone(name, "result", tuple(slopes(key, chains)))
        case _:
            role = "result" if name == "loss_heading" else "way"
            return Milestone(name, role, tuple(valued(key, c, NOTHING) for c in chains))


def slopes(key: Key, chains: list[Chain]) -> Iterator[Group]:
    """The gradient, or the Hessian and its sign; how one term is differentiated need not be told."""
    whole = [c for c in chains if not isinstance(c.start, Statement) and c.start.has(Gradient, Hessian)]
    signs = [c for c in chains if c.steps[-1].relation.id in ("at_least", "greater")]
    for chain in whole or chains:
        yield replace(valued(key, chain, NOTHING), weight=2)
    yield from (valued(key, c, NOTHING) for c in signs if c not in whole)


def sides(chain: Chain) -> list[Side]:
    """What stands after each step."""
    return [step.after for step in chain.steps]


def spelled(key: Key, chain: Chain) -> tuple[str, ...]:
    """The last line of a chain as the key prints it (before a sign at its end)."""
    kept = [s.after for s in chain.steps if s.relation.id in ("equal", "equivalent", "proportional", "up_to_constant")]
    return (key.show(kept[-1]),) if kept else ()


def expressions(key: Key, chain: Chain) -> list[Any]:
    """The formulas of a chain that name nothing, as they are read."""
    kept = [s.after for s in chain.steps if not isinstance(s.after, Statement) and s.after != 0]
    read = [raw_value(key, e) for e in kept]
    return [made for made in read if made is not None]


def raw_value(key: Key, side: Any) -> Any:
    """A formula of the key that names nothing; None for others."""
    chains = lines(Reader(key.facts), key.show(side))
    value = chains[0].sides[0].value if len(chains) == 1 and len(chains[0].sides) == 1 else None
    return key.read(side) if explicit(value) else None


def valued(key: Key, chain: Chain, forgiven: Forgiven) -> Group:
    """A formula of the chain, or its solved equation."""
    if isinstance(chain.end, Statement):
        made = solution(key, chain.end)
        return Group(() if made is None else (made,), spelled(key, chain))
    goals = tuple(Value(e, forgiven, named=not forgiven) for e in expressions(key, chain))
    return Group(goals, spelled(key, chain))


def logarithm(key: Key, chain: Chain) -> Group:
    """The log-likelihood, up to a constant and a factor."""
    found = [e for e in expressions(key, chain) if not e.has(sp.Product)]
    return Group(tuple(Value(e, SCALE, opened=True) for e in found[-1:]), spelled(key, chain))


def score(key: Key, chain: Chain) -> Group:
    """A derivative, or an equation with its zero; for a square, by its root too."""
    found = expressions(key, chain)[:1]
    letter, slope = by_root(key, chain.start)
    exprs = [*found, *(slope * e for e in found if slope != 1)]
    goals: list[Goal] = [Value(e, SIGNED, named=True) for e in exprs]
    goals += [Equation(e, sp.Integer(0), letter) for e in found if letter is not None]
    return Group(tuple(goals), spelled(key, chain))


def by_root(key: Key, start: Any) -> tuple[Any, Any]:
    """The letter of a derivative: σ for σ², with dσ²/dσ = 2σ; None where there is none."""
    letter = key.read(start.args[1]) if isinstance(start, Partial) else None
    if isinstance(letter, sp.Pow) and letter.exp == 2 and letter.base.is_Symbol:
        return letter.base, 2 * letter.base
    return letter, sp.Integer(1)


def results(key: Key) -> Iterator[Group]:
    """Each estimate, as it is shown and in the data alone."""
    for statement in key.argument.results:
        made = solution(key, statement)
        if made is None:
            yield Group((), (key.show(statement.right),))
            continue
        alone = key.solved.get(made.letter)
        exprs = made.exprs if alone is None or alone in made.exprs else (*made.exprs, alone)
        yield Group((Solution(made.letter, exprs),))


def curvatures(key: Key, chains: list[Chain]) -> Iterator[Group]:
    """For each parameter: the second derivative, or what it is at the estimate."""
    together: list[list[Chain]] = []
    for chain in chains:
        if isinstance(chain.start, Partial) or not together:
            together.append([chain])
        else:
            together[-1].append(chain)
    for some in together:
        found = [e for c in some for e in expressions(key, c)]
        found += bends_by_root(key, some[0].start)
        goals = tuple(Value(e, SIGNED, at_estimate=True, named=True) for e in found)
        yield Group(goals, tuple(text for c in some for text in spelled(key, c)))


def bends_by_root(key: Key, start: Any) -> list[Any]:
    """The second derivative by σ, where the key has the one by σ²."""
    letter, slope = by_root(key, start)
    section = key.argument.section("score_heading")
    if slope == 1 or section is None:
        return []
    firsts = [c for c in section.chains if isinstance(c.start, Partial) and c.start.args[1] == start.args[1]]
    return [sp.diff(slope * e, letter) for c in firsts for e in expressions(key, c)[:1]]


def existence(key: Key, chains: list[Chain]) -> Group:
    """Where the estimate is inside its domain, or what happens where it is not."""
    goals: list[Goal] = [Value(e, named=True) for c in chains for e in expressions(key, c)]
    estimates = getattr(key.argument.derivation, "estimates", ())
    for condition in (c for e in estimates for c in e.conditions):
        left, right = key.read(condition.left), key.read(condition.right)
        if left is not None and right is not None and condition.relation.latex in ("<", ">"):
            difference = left - right if condition.relation.latex == ">" else right - left
            goals.append(Positive(difference.xreplace(key.solved)))
    return Group(tuple(goals), tuple(text for c in chains for text in spelled(key, c)))


def moment(key: Key, chain: Chain) -> Group:
    """An expected value with what it is."""
    end = chain.end
    assert isinstance(end, Statement)
    left, right = key.read(end.left), key.read(end.right)
    goals = (Moment(left, right),) if left is not None and right is not None else ()
    return Group(goals, (key.show(end),))


def quantity(key: Key, chains: list[Chain]) -> Iterator[Group]:
    """The definition, and the closed form."""
    chain = chains[-1]
    value = key.read(chain.end)
    definition = next((s for s in sides(chain)), None)
    if value is None or definition is None:
        yield Group((), spelled(key, chain))
        return
    closed = not has_averages(value) and explicit(value)
    if len(chain.steps) > 1:
        yield Group((Unclosed(value),), (key.show(definition),))
    yield Group((Value(value, closed=closed),), spelled(key, chain), weight=2)


def has_averages(expr: Any) -> bool:
    """Is there a sum, an integral or an expected value in it?"""
    return bool(expr.has(sp.Sum, sp.Integral, *AVERAGED))
