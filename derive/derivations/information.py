"""Entropy, cross-entropy and KL divergence: the logarithm as statistics, linearity, expected values put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import CrossEntropy, Divergence, Entropy, Expectation
from derive.core.nodes import named_function
from derive.core.phrase import Name, Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Membership, Statement, equation
from derive.core.trees import split_factor, substitute
from derive.derivations.closing import tidy
from derive.derivations.moments import Moments
from derive.derivations.one_hot import for_categories
from derive.derivations.result import Section
from derive.derivations.rewritten import (
    MOST_TERMS,
    Kind,
    constants_out,
    expectations,
    in_place,
    replay,
    vector_logarithm,
)
from derive.derivations.statistic_forms import unique
from derive.derivations.statistics import Combination, combination, log_ratio, opened_log
from derive.derivations.supports import inclusion, narrowed, worded
from derive.derivations.vector_moments import by_marginal
from derive.models.comparison import Named, facts_of
from derive.rules.expectations import EXPECTATIONS
from derive.rules.sums import SUMS
from derive.strategies import as_one, exhaust


@dataclass(frozen=True, slots=True)
class Information:
    """An entropy, a cross-entropy or a divergence, derived.

    Args:
        quantity: the name, H(p), H(p, q) or D_KL(p‖q).
        value: the closed form; with expected values left in it where there is none; ``oo``.
        closed: is nothing left that has no closed form.
        conditions: under which the value is what it says; otherwise the quantity is infinite.
        because: why it is infinite; None where it is finite.
        names: of the laws, for files.
        unit: what quantity and value have been divided by, log 2 for bits.
    """

    kind: Kind
    title: Phrase
    sections: tuple[Section, ...]
    quantity: Any
    value: Any
    closed: bool
    facts: Facts
    conditions: tuple[Statement, ...] = ()
    because: Phrase | None = None
    names: tuple[str, ...] = ()
    unit: Any = sp.S.One

    @property
    def chains(self) -> tuple[Chain, ...]:
        """All chains in order."""
        return tuple(chain for section in self.sections for chain in section.chains)

    @property
    def finite(self) -> bool:
        """Is the value a number?"""
        return self.because is None


def information(kind: Kind, p: Named, q: Named | None = None) -> Information:
    """The derivation of H(p), H(p, q) or D_KL(p‖q).

    Raises:
        InputError: the two laws do not live in one kind of space.
    """
    laws = (p,) if q is None else (p, q)
    facts = facts_of(laws)
    quantity = named_quantity(kind, p, q)
    title = title_of(kind, p, q)
    first = laws_section(laws)
    names = tuple(law.distribution.id for law in laws)
    if q is None:
        return finished(Information(kind, title, (first,), quantity, None, True, facts, names=names), p, None)
    inside = inclusion(p, q, facts)
    slots = {"p": p.at_variable, "q": q.at_variable, "quantity": quantity}
    if not inside.holds:
        supports = {
            "inner": Membership(p.variable, p.distribution.support),
            "outer": Membership(p.variable, q.distribution.support),
        }
        because = Phrase("support_outside", slots | supports)
        section = Section(
            Phrase("supports_heading"), (because, Phrase("infinite_result", {"quantity": equation(quantity, sp.oo)}))
        )
        return Information(kind, title, (first, section), quantity, sp.oo, True, facts, (), because, names)
    if inside.conditions:
        said = Phrase("support_if", slots | {"conditions": worded(inside.conditions, facts)})
    else:
        said = Phrase("support_inside", slots)
    local = narrowed(facts, inside.conditions)
    sections = (first, Section(Phrase("supports_heading"), (said,)))
    return finished(
        Information(kind, title, sections, quantity, None, True, local, inside.conditions, None, names), p, q
    )


def named_quantity(kind: Kind, p: Named, q: Named | None) -> Any:
    if q is None:
        return Entropy(p.name)
    return CrossEntropy(p.name, q.name) if kind == "cross-entropy" else Divergence(p.name, q.name)


def title_of(kind: Kind, p: Named, q: Named | None) -> Phrase:
    names = {"name": title_name(p)} | ({} if q is None else {"other": title_name(q)})
    if kind == "entropy":
        return Phrase("entropy_title" if p.distribution.discrete else "differential_entropy_title", names)
    if kind == "kl" and q is not None and p.distribution.names == q.distribution.names:
        return Phrase("kl_title_same_family", {"name": title_name(p)})
    return Phrase("cross_entropy_title" if kind == "cross-entropy" else "kl_title", names)


def title_name(law: Named) -> Name:
    return Name(law.distribution.names, law.distribution.id)


def laws_section(laws: tuple[Named, ...]) -> Section:
    """What p and q are."""
    said = []
    for law in laws:
        key = "law_mass" if law.distribution.discrete else "law_density"
        d = law.distribution
        parameters = tuple(Membership(p.letter, p.domain) for p in d.parameters)
        slots: dict[str, Any] = {
            "name": title_name(law),
            "law": equation(law.at_variable, law.density),
            "support": Membership(law.variable, d.support),
        }
        said.append(Phrase(key, slots))
        if parameters:
            said.append(Phrase("law_parameters", {"domains": parameters}))
    return Section(Phrase("laws_heading"), tuple(said))


def logarithm(kind: Kind, p: Named, q: Named | None, facts: Facts) -> Combination:
    """−log p, −log q or log p − log q in terms of the observation, its constant part made short."""
    if q is None or kind == "cross-entropy":
        made = combination(opened_log((q or p).density, facts), p.variable)
        return Combination(-made.constant, tuple((-c, t) for c, t in made.parts))
    (front, rest), (other, others) = (split_factor(law.density, p.variable) for law in (p, q))
    made = combination(opened_log(rest, facts) - opened_log(others, facts), p.variable)
    constant = log_ratio(front, other, facts)
    return Combination(constant + made.constant, made.parts)


def finished(found: Information, p: Named, q: Named | None) -> Information:
    """The sections of expected values and of the quantity itself."""
    facts = found.facts
    series = isinstance(p.variable, sp.IndexedBase)
    if few_values(p):
        return enumerated(found, p, q)
    steps = beginning(found.kind, found.quantity, p, q, series)
    made = None if series else logarithm(found.kind, p, q, facts)
    inner = vector_logarithm(found.kind, p, q, facts) if made is None else made.expr
    inside = Expectation(inner, p.variable, p.name)
    written = inside if series else with_density(inner, p)
    named = (p,) if q is None else (q,) if found.kind == "cross-entropy" else (p, q)
    slots = {"laws": tuple(law.at_variable for law in named), "variable": p.variable}
    steps.append(Step(steps[-1].after, EQUAL, written, "densities_put_in", Phrase("densities_put_in", slots)))
    if written != inside:
        steps.append(Step(written, EQUAL, inside, "as_expectation", Phrase("as_expectation", {"law": p.name})))
    split = exhaust((*EXPECTATIONS, *SUMS), inside, facts)
    steps += as_one(split, "expectation_linear", Phrase("expectation_linear"))
    expr = steps[-1].after
    moments = Moments(p, facts)
    before: list[Chain] = []
    conditions: list[Statement] = list(found.conditions)
    missing: list[Any] = []
    # Squares of deviations are worked out in their place, after what is known has been put in.
    nodes = sorted(expectations(expr), key=lambda node: in_place(moments.of(node.args[0]), node))
    for node in nodes:
        moment = moments.of(node.args[0])
        if moment is None:
            missing.append(node)
            continue
        if moment.conditions:
            conditions += moment.conditions
            facts = narrowed(facts, moment.conditions)
            moments = Moments(p, facts)
            moment = moments.of(node.args[0])
            assert moment is not None
        shown, replayed = replay(moment, node, expr)
        before += shown
        steps += replayed
        expr = steps[-1].after
    for node in missing:
        written = as_sum_or_integral(node, p)
        if written is not None and written != node:
            changed = substitute(expr, {node: written})
            key = "other_entries_summed" if series else "no_closed_form"
            steps.append(Step(expr, EQUAL, changed, key, Phrase(key, {"moment": node})))
            expr = changed
    short = expr if missing else tidy(expr)
    if series:
        short = constants_out(short, facts)
    if short != expr:
        steps.append(Step(expr, EQUAL, short, "tidied", Phrase("tidied")))
    chains = tuple(replace(c, facts=facts) if c.facts == found.facts else c for c in unique(tuple(before)))
    sections = list(found.sections)
    if chains:
        sections.append(
            Section(
                Phrase("moments_heading"), (Phrase("moments_intro", {"law": p.name, "variable": p.variable}),), chains
            )
        )
    main = Chain(Phrase("quantity_topic", {"quantity": found.quantity}), found.quantity, tuple(steps), facts)
    outro: list[Phrase] = []
    left = worded(unique(tuple(conditions)), facts_of((p,) if q is None else (p, q)))
    if left and found.kind != "entropy":
        outro.append(Phrase("finite_if", {"quantity": found.quantity, "conditions": left}))
    if missing:
        outro.append(Phrase("no_closed_form_result", {"quantity": found.quantity}))
    if short.has(sp.EulerGamma):
        outro.append(Phrase("euler_constant", {"constant": sp.EulerGamma}))
    sections.append(Section(Phrase(f"{found.kind.replace('-', '_')}_heading"), (), (main,), tuple(outro)))
    done = replace(found, sections=tuple(sections), value=short, closed=not missing, facts=facts, conditions=left)
    special = for_categories(done, p, q) if found.kind == "cross-entropy" and q is not None else None
    return done if special is None else replace(done, sections=(*done.sections, special))


def few_values(p: Named) -> bool:
    """Does p live on so few whole numbers that the sum may be written out?"""
    support = p.distribution.support
    if not isinstance(support, Integers) or isinstance(p.variable, sp.IndexedBase):
        return False
    return bool(support.lower.is_Integer and support.upper.is_Integer and support.upper - support.lower < MOST_TERMS)


def enumerated(found: Information, p: Named, q: Named | None) -> Information:
    """The sum written out term by term."""
    facts, x = found.facts, p.variable
    steps = beginning(found.kind, found.quantity, p, q, False)
    if found.kind == "kl":
        steps = steps[:1]
    support = p.distribution.support
    assert isinstance(support, Integers)
    values = [sp.Integer(v) for v in range(int(support.lower), int(support.upper) + 1)][::-1]
    sense = 1 if found.kind == "kl" else -1
    named, written = [], []
    for value in values:
        top, bottom = (sp.Function(law.name.name)(value) for law in (p, q or p))
        mass, other = (put_in(law.density, x, value) for law in (p, q or p))
        inside = top / bottom if found.kind == "kl" else bottom
        named.append(top * sp.log(inside, evaluate=False))
        within = mass / other if found.kind == "kl" else other
        written.append(mass * (sp.log(within, evaluate=False) if within != 1 else sp.Integer(0)))
    terms_named = sp.Mul(sense, sp.Add(*named), evaluate=False) if sense < 0 else sp.Add(*named)
    terms_put_in = sp.Mul(sense, sp.Add(*written), evaluate=False) if sense < 0 else sp.Add(*written)
    laws = (p.at_variable,) if q is None else (p.at_variable, q.at_variable)
    steps.append(Step(steps[-1].after, EQUAL, terms_named, "written_out", Phrase("written_out")))
    steps.append(Step(terms_named, EQUAL, terms_put_in, "masses_put_in", Phrase("masses_put_in", {"laws": laws})))
    value = terms_put_in
    if any(mass.has(sp.exp, sp.factorial) for mass in (put_in((q or p).density, x, v) for v in values)):
        value = tidy(sp.expand_mul(sp.expand_log(terms_put_in.doit())))
        if value != terms_put_in:
            steps.append(Step(terms_put_in, EQUAL, value, "logarithms_simplified", Phrase("logarithms_simplified")))
    main = Chain(Phrase("quantity_topic", {"quantity": found.quantity}), found.quantity, tuple(steps), facts)
    content = () if q is not None else (contents(found, p, values),)
    heading = Phrase(f"{found.kind.replace('-', '_')}_heading")
    sections = (*found.sections, *content, Section(heading, (), (main,)))
    return replace(found, sections=sections, value=value)


def contents(found: Information, p: Named, values: list[Any]) -> Section:
    """I(x) = −log p(x) of each outcome."""
    name = named_function("I")
    facts = found.facts.defining("I", sp.Lambda(p.variable, -sp.log(p.at_variable, evaluate=False)))
    chains = []
    for value in values:
        start = name(value)
        mass = put_in(p.density, p.variable, value)
        step = Step(start, EQUAL, -sp.log(mass, evaluate=False), "content_of", Phrase("content_of", {"mass": mass}))
        chains.append(Chain(Phrase("content_of_topic", {"value": value}), start, (step,), facts))
    return Section(Phrase("content_heading"), (Phrase("content_intro", {"p": p.name}),), tuple(chains))


def put_in(density: Any, x: Any, value: Any) -> Any:
    return density.subs(x, value)


def beginning(kind: Kind, quantity: Any, p: Named, q: Named | None, series: bool) -> list[Step]:
    """The definition, and the logarithm of the quotient opened."""
    log_p = sp.log(p.at_variable, evaluate=False)
    if kind == "kl":
        assert q is not None
        quotient = sp.log(p.at_variable / q.at_variable, evaluate=False)
        log_q = sp.log(q.at_variable, evaluate=False)
        start = over(quotient, p, series)
        apart = over(log_p - log_q, p, series)
        return [
            Step(quantity, EQUAL, start, "kl_definition", Phrase("kl_definition", {"p": p.name})),
            Step(start, EQUAL, apart, "log_of_quotient", Phrase("log_of_quotient")),
        ]
    inner = log_p if q is None else sp.log(q.at_variable, evaluate=False)
    start = over(inner, p, series, -1)
    key = "entropy_definition" if q is None else "cross_entropy_definition"
    return [Step(quantity, EQUAL, start, key, Phrase(key, {"p": p.name}))]


def over(expr: Any, p: Named, series: bool, sign: int = 1) -> Any:
    """∫ p(x)·expr dx, Σ p(x)·expr, or E_p[expr] for vectors."""
    if series:
        return Expectation(sign * expr, p.variable, p.name)
    made = with_density(expr, p)
    return sign * made


def with_density(expr: Any, p: Named) -> Any:
    support = p.distribution.support
    product = sp.Mul(p.at_variable, expr, evaluate=False) if isinstance(expr, sp.Add) else p.at_variable * expr
    if isinstance(support, Integers):
        return sp.Sum(product, (p.variable, support.lower, support.upper))
    assert isinstance(support, Interval)
    return sp.Integral(product, (p.variable, support.lower, support.upper))


def as_sum_or_integral(node: Any, p: Named) -> Any:
    """E_p[T] with the density written out."""
    if isinstance(p.variable, sp.IndexedBase):
        return by_marginal(p, node.args[0])
    return with_density(node.args[0], p)
