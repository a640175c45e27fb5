"""The ending where no closed form is left to find: the equations, why they have none, and how they are solved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Interval
from derive.core.nodes import InverseDigamma, Partial, named_function
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUAL, LESS
from derive.core.statement import Statement, equation
from derive.core.trees import mentions, substitute
from derive.derivations.bound import Bound
from derive.derivations.calculus import LAWS
from derive.derivations.estimates import estimate_chain, in_data
from derive.derivations.existence import common_value, monotone, not_all_equal, with_constant_data
from derive.derivations.letters import latex_name
from derive.derivations.profile import Left, Reduced
from derive.derivations.result import Estimate, MaximumLikelihood, Optimum, Search, Section
from derive.derivations.solved import Solved, statistics
from derive.models.sample import Sample
from derive.strategies import as_one, exhaust


def unfinished(
    sample: Sample,
    title: Phrase,
    opening: tuple[Section, ...],
    log_likelihood: Any,
    scores: Mapping[Any, Chain],
    reduced: Reduced,
    bounds: Mapping[Any, tuple[Bound, ...]],
) -> MaximumLikelihood:
    """Score equations, what was eliminated, why the rest has no closed form, Newton's step, existence."""
    left, solved = reduced.left, reduced.solved
    one = len(left) == 1
    newton = [newton_chains(sample, part) for part in left] if one else []
    reasons = tuple(reason(part) for part in left)
    formulas = {s.letter: in_data(s, solved) for s in solved}
    search = Search(substitute(log_likelihood, formulas), {part.letter: part.score for part in left}, formulas, bounds)
    sections = [
        *opening,
        Section(Phrase("score_heading"), (), tuple(scores.values())),
        Section(
            Phrase("stationary_heading"),
            (),
            (*(c for s in solved for c in s.chains), *(c for part in left for c in part.chains)),
            reasons,
        ),
    ]
    if one:
        sections.append(
            Section(Phrase("newton_heading"), (), tuple(c for chains in newton for c in chains), (step_of(left[0]),))
        )
    else:
        letters = tuple(part.letter for part in left)
        sections.append(Section(Phrase("newton_heading"), (Phrase("newton_jointly", {"letters": letters}),)))
    if solved:
        facts = sample.facts
        chains = tuple(estimate_chain(sample, s, solved, facts) for s in solved)
        sections.append(Section(Phrase("estimate_heading"), (), chains))
    because = conclusion(left, newton)
    sections.append(Section(Phrase("second_order_heading"), (because,)))
    absent = existence(sample, left) if one else None
    conditions = (absent[0],) if absent else ()
    if absent:
        sections.append(absent[1])
    estimates = tuple(estimate_of(v, left, solved, conditions, "implicit" if one else "none") for v in sample.letters)
    return MaximumLikelihood(sample, title, tuple(sections), estimates, Optimum("maximum", because), search=search)


def estimate_of(
    letter: Any, left: tuple[Left, ...], solved: tuple[Solved, ...], conditions: tuple[Statement, ...], form: Any
) -> Estimate:
    """The root of an equation, or a formula in such roots."""
    for part in left:
        if part.letter == letter:
            hats = {p.letter: p.hat for p in left} | {s.letter: s.hat for s in solved}
            return Estimate(letter, part.hat, None, equation(substitute(part.shown, hats), 0), form, conditions)
    (s,) = (s for s in solved if s.letter == letter)
    known = in_data(s, solved)
    free = not any(mentions(known, part.letter) for part in left)
    return Estimate(letter, s.hat, known, s.shown, "closed" if free else form, conditions)


def reason(left: Left) -> Phrase:
    """Why no closed form is to be expected: where the letter stands."""
    letter, h = left.letter, left.score
    nodes = h.atoms(sp.polygamma, sp.zeta, sp.besseli, InverseDigamma)
    for node in sorted(nodes, key=lambda n: (len(str(n)), str(n))):
        if mentions(node, letter) and not any(mentions(s, letter) for s in statistics(h)):
            return Phrase("why_special", {"letter": letter, "node": node})
    for total in statistics(h):
        if mentions(total, letter):
            return Phrase("why_inside_sum", {"letter": letter, "total": total})
    return Phrase("why_mixed", {"letter": letter})


def equation_name(letter: Any) -> Any:
    """The name h of the left side of a letter's equation; g where the letter is h itself."""
    return named_function("g" if str(letter) == "h" else "h")


def name_of(left: Left) -> Any:
    """h(θ)."""
    return equation_name(left.letter)(left.letter)


def newton_chains(sample: Sample, left: Left) -> tuple[Chain, ...]:
    """h(θ) and its derivative; whether it is negative everywhere."""
    name = name_of(left)
    head = name.func.__name__
    facts = left.facts.defining(head, sp.Lambda(left.letter, left.shown))
    definition = Step(name, EQUAL, left.shown, "equation_named", Phrase("equation_named", {"name": name}))
    topic = Phrase("newton_topic", {"letter": left.letter, "name": name})
    first = Chain(topic, name, (definition,), facts)
    start = Partial(name, left.letter)
    put_in = Step(
        start, EQUAL, Partial(left.shown, left.letter), "expression_put_in", Phrase("expression_put_in", {"of": name})
    )
    finer = (put_in, *exhaust(LAWS, put_in.after, facts))
    steps = as_one(finer, "differentiated", Phrase("differentiated", {"letter": left.letter, "of": name}))
    if sign(steps[-1].after, facts) == "-":
        below = Step(steps[-1].after, LESS, sp.Integer(0), "negative", Phrase("decreasing", {"letter": left.letter}))
        steps = (*steps, below)
    return first, Chain(Phrase("slope_topic", {"name": name}), start, steps, facts)


def step_of(left: Left) -> Phrase:
    """θ_{t+1} = θ_t − h(θ_t)/h'(θ_t)."""
    name = name_of(left)
    head, text = name.func.__name__, latex_name(left.letter.name)
    now, then = (sp.Symbol(f"{{{text}}}^{{({t})}}", positive=left.letter.is_positive, real=True) for t in ("t", "t+1"))
    move = named_function(head)(now) / named_function(head + "'")(now)
    return Phrase("newton_step", {"step": equation(then, now - move), "letter": left.letter, "name": name})


def conclusion(left: tuple[Left, ...], newton: list[tuple[Chain, ...]]) -> Phrase:
    """Why the root is the maximum."""
    letters = tuple(part.letter for part in left)
    if len(left) > 1:
        return Phrase("maximum_among_roots_jointly", {"letters": letters})
    name = name_of(left[0])
    if newton[0][-1].steps[-1].relation == LESS:
        return Phrase("maximum_unique_root", {"letter": letters[0], "name": name})
    return Phrase("maximum_among_roots", {"letter": letters[0], "name": name})


def existence(sample: Sample, left: tuple[Left, ...]) -> tuple[Statement, Section] | None:
    """With all observations equal the equation may have no root at all: then they must not be."""
    (part,) = left
    letter, domain = part.letter, part.facts.domains[part.letter]
    support = sample.distribution.support
    if not isinstance(domain, Interval) or not isinstance(support, Interval):
        return None
    here = sp.expand(with_constant_data(part.score, sample, None, sample.facts))
    known = sample.facts.placing({common_value(sample): support})
    seen = monotone(here, letter, domain, known)
    if seen is None or here.has(sp.Sum):
        return None
    last, end = seen
    condition = not_all_equal(sample)
    name = name_of(part)
    facts = known.defining(name.func.__name__, sp.Lambda(letter, here))
    steps = (
        Step(name, EQUAL, here, "equal_observations", Phrase("equal_observations", {"name": name})),
        last,
    )
    chain = Chain(Phrase("boundary_topic", {"case": Phrase("all_equal")}), name, steps, facts)
    section = Section(
        Phrase("existence_heading"),
        (Phrase("exists_only_if", {"conditions": (condition,)}),),
        (chain,),
        (Phrase("boundary_unbounded", {"case": Phrase("all_equal"), "letter": letter, "end": end}),),
    )
    return condition, section
