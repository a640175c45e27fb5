"""Several parameters when not all have a closed form: some eliminated, the equations that are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUIVALENT
from derive.core.statement import equation
from derive.core.trees import mentions, substitute, terms
from derive.derivations.direction import by_direction
from derive.derivations.estimates import OTHER, renamed
from derive.derivations.letters import hat, mean_of
from derive.derivations.median import by_median
from derive.derivations.solved import Form, Solved, in_turn, statistics
from derive.derivations.stationary import Stationary, flattened, set_to_zero, stationary_chain
from derive.models.sample import INDEX, SIZE, Sample
from derive.rules.sums import SUMS
from derive.strategies import exhaust


@dataclass(frozen=True, slots=True)
class Left:
    """A parameter without a closed form.

    Args:
        letter, hat: the parameter and its estimate's letter.
        score: h(θ) with h(θ̂) = 0: a positive multiple of the derivative of the log-likelihood in which the eliminated
            parameters are put in as functions of the others; in terms of the data, without named statistics.
        shown: the same with the mean of the data named.
        chains: how it came about.
        facts: under which ``shown`` is read: the eliminated parameters and the mean defined.
    """

    letter: Any
    hat: Any
    score: Any
    shown: Any
    chains: tuple[Chain, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Reduced:
    """The stationary equations after elimination.

    Args:
        solved: the parameters in closed form, in an order in which each needs only those of ``left`` and those before.
        left: the others.
    """

    solved: tuple[Solved, ...]
    left: tuple[Left, ...]


def reduce(sample: Sample, scores: Mapping[Any, tuple[Any, Any]], facts: Facts) -> Reduced:
    """Eliminate every parameter that its own equation gives in elementary form, and put it into the others."""
    decided = {v: d for v, (_, score) in scores.items() if (d := without_equation(score, v, facts)) is not None}
    if decided:
        rest = reduce(sample, {v: s for v, s in scores.items() if v not in decided}, facts)
        return with_fixed(rest, tuple(decided.values()), facts)
    own = {v: stationary_chain(name, score, v, facts.domains[v], facts) for v, (name, score) in scores.items()}
    closed = {v: made for v, made in own.items() if made is not None}
    if len(closed) == len(own):
        order = in_turn({v: made.solution for v, made in closed.items()})
        if order is not None:
            return Reduced(tuple(solved(v, closed[v], scores) for v in order), ())
    elementary = {v: made.solution for v, made in closed.items() if not made.special}
    out = eliminated(elementary, len(scores))
    left = [v for v in scores if v not in out]
    changes = put_together({v: elementary[v] for v in out})
    first = tuple(solved(v, closed[v], scores) for v in out)
    equations = {v: left_over(sample, v, scores[v], changes, facts) for v in left}
    if len(left) == 1 and out:
        last = equations[left[0]]
        made = finished(sample, last)
        if made is not None:
            return Reduced((made, *first), ())
    return Reduced(first, tuple(equations.values()))


def without_equation(score: Any, letter: Any, facts: Facts) -> Solved | None:
    """A parameter whose maximum is seen from the shape of its score."""
    return by_median(score, letter, facts) or by_direction(score, letter, facts.domains[letter], facts)


def with_fixed(reduced: Reduced, fixed: tuple[Solved, ...], facts: Facts) -> Reduced:
    """The same after parameters that were settled before; they are put in, their estimates named in formulas."""
    hats = {s.letter: s.hat for s in fixed}
    rest = tuple(replace(s, shown=substitute(s.shown, hats)) for s in reduced.solved)
    return Reduced((*fixed, *rest), tuple(at_fixed(part, fixed) for part in reduced.left))


def at_fixed(left: Left, fixed: tuple[Solved, ...]) -> Left:
    """An equation with the settled parameters at their estimates."""
    used = [s for s in fixed if mentions(left.shown, s.letter)]
    if not used:
        return left
    known = left.facts
    for s in used:
        known = known.placing({s.hat: known.domains[s.letter]}).defining(s.hat, s.shown)
    score = left.score
    for s in used:
        score = put_inside(score, s.letter, s.solution)
    return replace(left, score=score, shown=substitute(left.shown, {s.letter: s.hat for s in used}), facts=known)


def put_inside(expr: Any, letter: Any, formula: Any) -> Any:
    """The letter replaced by a formula in the data, whose index is renamed under sums."""
    return substitute(expr, {letter: renamed(substitute(formula, {INDEX: OTHER}))})


def solved(letter: Any, made: Stationary, letters: Mapping[Any, Any]) -> Solved:
    """The parameter with its estimate's letter and those of the others put in."""
    hats = {v: hat(v) for v in letters}
    return Solved(letter, hats[letter], made.solution, substitute(made.solution, hats), (made.chain,), form_of(made))


def form_of(made: Stationary) -> Form:
    """Closed, or closed with a special function."""
    return "special" if made.special else "closed"


def eliminated(elementary: Mapping[Any, Any], number: int) -> tuple[Any, ...]:
    """As many letters as can be eliminated one after the other, in that order; at least one is left over."""
    for size in range(min(len(elementary), number - 1), 0, -1):
        for chosen in combinations(elementary, size):
            order = in_turn({v: elementary[v] for v in chosen})
            if order is not None:
                return tuple(order)
    return ()


def put_together(solutions: Mapping[Any, Any]) -> dict[Any, Any]:
    """Each solution in terms of the letters that are left."""
    known: dict[Any, Any] = {}
    for v, expr in solutions.items():
        known[v] = substitute(expr, known)
    return known


def left_over(sample: Sample, letter: Any, named: tuple[Any, Any], changes: Mapping[Any, Any], facts: Facts) -> Left:
    """The equation of a letter, the eliminated ones put in, its terms gathered."""
    name, score = named
    start, at = equation(name, 0), equation(score, 0)
    first = set_to_zero(start, at, letter)
    topic = Phrase("stationary_topic", {"letter": letter})
    chains = [Chain(topic, start, (first,), facts, (letter,))]
    flat = score
    for v in changes:
        flat = flattened(flat, v, facts)
    used = {v: expr for v, expr in changes.items() if mentions(score, v)}
    known = facts
    for v, expr in used.items():
        known = known.defining(v, expr)
    # What nothing was put into keeps the shape that differentiation gave it.
    whole = sp.expand(replaced(flat, used, facts)) if used else sp.expand_mul(score, deep=False)
    apart = exhaust(SUMS, whole, facts)
    made = gathered(apart[-1].after if apart else whole, letter)
    shown = with_means(sample, made)
    if shown != made:
        known = known.defining(mean_of(sample.data), sp.Sum(sample.observation, (INDEX, 1, SIZE)) / SIZE)
    if equation(shown) != at:
        key = "profiled" if used else "equation_divided"
        slots: dict[str, Any] = {"letter": letter}
        if used:
            slots["values"] = tuple(equation(v, e) for v, e in used.items())
        step = Step(at, EQUIVALENT, equation(shown), key, Phrase(key, slots))
        chains.append(Chain(Phrase("profile_topic", {"letter": letter}), at, (step,), known, (letter,)))
    return Left(letter, hat(letter), made, shown, tuple(chains), known)


def replaced(expr: Any, changes: Mapping[Any, Any], facts: Facts) -> Any:
    """The changes made, logarithms and powers opened where the statistics are known to be positive."""
    names: dict[Any, Any] = {}
    for node in statistics(expr) + tuple(s for e in changes.values() for s in statistics(e)):
        if node not in names and not any(mentions(node, v) for v in changes):
            names[node] = sp.Dummy("S", positive=True) if sign(node, facts) == "+" else sp.Dummy("S", real=True)
    hidden = substitute(expr, names)
    hidden_changes = {v: substitute(e, names) for v, e in changes.items()}
    made = sp.expand(substitute(hidden, hidden_changes))
    return substitute(made, {name: node for node, name in names.items()})


def gathered(expr: Any, letter: Any) -> Any:
    """The terms over N, logarithms of statistics joined again."""
    over = [t / SIZE for t in terms(expr)]
    logs: dict[Any, Any] = {}
    rest: list[Any] = []
    for term in over:
        coefficient, inside = sp.Integer(1), None
        for factor in sp.Mul.make_args(term):
            if isinstance(factor, sp.log) and inside is None and not mentions(factor, letter):
                inside = factor.args[0]
            else:
                coefficient *= factor
        if inside is None or (inside.has(sp.Indexed) and not statistics(inside)):
            rest.append(term)
        elif -coefficient in logs:
            logs[-coefficient] = logs[-coefficient] / inside
        else:
            logs[coefficient] = logs.get(coefficient, sp.Integer(1)) * inside
    return sp.Add(*rest, *(-c * sp.log(1 / u) if sp.numer(u) == 1 else c * sp.log(u) for c, u in logs.items()))


def with_means(sample: Sample, expr: Any) -> Any:
    """Σ x_i / N as x̄ where nothing of Σ x_i is left."""
    if isinstance(sample.data, sp.IndexedBase) and len(sample.facts.shapes.get(sample.data, ())) > 1:
        return expr
    total = sp.Sum(sample.observation, (INDEX, 1, SIZE))
    if not expr.has(total):
        return expr
    made = substitute(expr, {total: SIZE * mean_of(sample.data)})
    return sp.expand_mul(made.replace(_log_of_terms, _common_factor_out))


def _log_of_terms(e: Any) -> bool:
    return isinstance(e, sp.log) and (e.args[0].is_Add or sp.numer(e.args[0]) == 1)


def _common_factor_out(e: Any) -> Any:
    """log(N a + N b) = log N + log(a + b)."""
    return sp.expand_log(sp.log(sp.factor_terms(e.args[0])))


def finished(sample: Sample, left: Left) -> Solved | None:
    """The last parameter, where its reduced equation has a closed form after all."""
    name = equation(left.score, 0)
    made = stationary_chain(None, left.score, left.letter, left.facts.domains[left.letter], left.facts, at=name)
    if made is None:
        return None
    return Solved(left.letter, left.hat, made.solution, made.solution, (*left.chains, made.chain), form_of(made))
