"""The exponential-family route: natural parameters, the log-normaliser, its gradient, and its Bregman divergence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Interval
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.information import Expectation
from derive.core.nodes import named_function
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import equation
from derive.derivations.closing import tidy
from derive.derivations.information import Information, information, laws_section
from derive.derivations.result import Section
from derive.derivations.statistics import Combination, combination, opened_log
from derive.derivations.supports import inclusion
from derive.models.comparison import Named, facts_of


@dataclass(frozen=True, slots=True)
class Family:
    """log p(x) = log h(x) + Σ η_k(θ) T_k(x) − A(θ).

    Args:
        statistics: T_k, free of the parameters.
        natural: η_k as functions of the parameters.
        normaliser: A as a function of the parameters.
        base: log h.
    """

    statistics: tuple[Any, ...]
    natural: tuple[Any, ...]
    normaliser: Any
    base: Any


def family_of(law: Named, facts: Facts) -> Family:
    """The density read as an exponential family.

    Raises:
        NoDerivation: its logarithm is no sum of parameters times statistics, or its support moves.
    """
    d, x = law.distribution, law.variable
    letters = [p.letter for p in d.parameters]
    if isinstance(x, sp.IndexedBase):
        raise NoDerivation(f"{d.id}: the exponential-family route is laid out for single observations")
    ends = (d.support.lower, d.support.upper)  # type: ignore[union-attr]
    if any(e.has(*letters) for e in ends if letters):
        raise NoDerivation(f"{d.id} is no exponential family: its support depends on its parameters")
    opened = split_up(opened_log(law.density, facts), x)
    parts, base = [], sp.Integer(0)
    for c, t in opened.parts:
        if t.has(*letters):
            raise NoDerivation(f"{d.id} is no exponential family: {t} mixes the observation with parameters")
        free = c.as_independent(*letters, as_Add=True)
        base += free[0] * t
        if free[1] != 0:
            parts.append((free[1], t))
    if not parts or len(parts) > len(letters):
        raise NoDerivation(f"{d.id} is no exponential family of full rank in these parameters")
    return Family(tuple(t for _, t in parts), tuple(c for c, _ in parts), -opened.constant, base)


def numbered(letter: str, count: int) -> tuple[Any, ...]:
    """η_1, …, η_n; a single one bare."""
    if count == 1:
        return (sp.Symbol(letter, real=True),)
    return tuple(sp.Symbol(f"{letter}_{k}", real=True) for k in range(1, count + 1))


def split_up(expr: Any, x: Any) -> Combination:
    """The combination with squares of differences multiplied out, so that no statistic has a parameter in it."""
    return combination(combination(sp.expand(expr, log=False, power_exp=False, power_base=False), x).expr, x)


def expressed(law: Named, family: Family) -> tuple[tuple[Any, ...], Any, dict[Any, Any]]:
    """η as letters, A in these letters, and each parameter in terms of η.

    Raises:
        NoDerivation: the natural parameters do not determine the parameters in closed form.
    """
    letters = [p.letter for p in law.distribution.parameters if isinstance(p.domain, Interval) and not p.known]
    eta = numbered(r"\eta", len(family.natural))
    moved = {s: sp.Dummy(s.name, real=True) for s in letters}
    equations = [n.xreplace(moved) - e for n, e in zip(family.natural, eta, strict=True)]
    try:
        found = sp.solve(equations, list(moved.values()), dict=True)
    except NotImplementedError:
        found = []
    if len(found) != 1 or len(found[0]) != len(letters):
        raise NoDerivation("the natural parameters cannot be solved for the parameters in closed form")
    back = {s: found[0][moved[s]] for s in letters}
    return eta, tidy(family.normaliser.subs(back)), back


def by_exponential_family(kind: str, p: Named, q: Named | None) -> Information:
    """Entropy or divergence by the log-normaliser; the result must be that of the direct route.

    Raises:
        NoDerivation: p is no exponential family, or q is not of the same one.
    """
    laws = (p,) if q is None else (p, q)
    facts = facts_of(laws)
    family = family_of(p, facts)
    direct = information(kind, p, q)  # type: ignore[arg-type]
    sections = [laws_section(laws), form_section(p, family, facts), moments_section(p, family, facts)]
    if q is not None:
        other = family_of(q, facts)
        if other.statistics != family.statistics or sp.expand(other.base - family.base) != 0:
            raise NoDerivation("both laws must belong to one exponential family for this route")
        if not inclusion(p, q, facts).holds or kind != "kl":
            raise NoDerivation("this route gives entropies, and divergences inside one family")
        sections.append(bregman_section(p, q, family, other, direct))
    else:
        sections.append(entropy_section(p, family, direct))
    return replace(direct, sections=tuple(sections))


def form_section(p: Named, family: Family, facts: Facts) -> Section:
    """log p(x) = log h + Σ η T − A."""
    start = sp.log(p.at_variable, evaluate=False)
    total = sp.Add(
        family.base, *(n * t for n, t in zip(family.natural, family.statistics, strict=True)), -family.normaliser
    )
    step = Step(start, EQUAL, total, "family_form", Phrase("family_form"))
    chain = Chain(Phrase("family_topic", {"p": p.at_variable}), start, (step,), facts)
    count = len(family.natural)
    pairs = tuple(equation(e, n) for e, n in zip(numbered(r"\eta", count), family.natural, strict=True))
    statistics = tuple(equation(e, t) for e, t in zip(numbered("T", count), family.statistics, strict=True))
    outro = Phrase(
        "family_parts",
        {"statistics": statistics, "natural": pairs, "normaliser": equation(sp.Symbol("A"), family.normaliser)},
    )
    return Section(Phrase("family_heading"), (), (chain,), (outro,))


def moments_section(p: Named, family: Family, facts: Facts) -> Section:
    """E[T_k] = ∂A/∂η_k."""
    eta, normaliser, _ = expressed(p, family)
    chains = []
    named = named_function("A")(*eta)
    for e, t in zip(eta, family.statistics, strict=True):
        start = Expectation(t, p.variable, p.name)
        slope = sp.diff(normaliser, e)
        value = tidy(slope.subs(dict(zip(eta, family.natural, strict=True))))
        step = Step(
            start,
            EQUAL,
            value,
            "mean_is_gradient",
            Phrase("mean_is_gradient", {"slope": equation(sp.Derivative(named, e), slope)}),
        )
        chains.append(Chain(Phrase("moment_topic", {"moment": start}), start, (step,), facts))
    intro = Phrase("normaliser_in_natural", {"normaliser": equation(named, normaliser)})
    return Section(
        Phrase("gradient_heading"), (Phrase("gradient_intro"), intro), tuple(chains), (Phrase("moment_matching"),)
    )


def slopes_of(p: Named, family: Family) -> list[Any]:
    """∇A at p's natural parameters: the expected values of the sufficient statistics."""
    eta, normaliser, _ = expressed(p, family)
    return [tidy(sp.diff(normaliser, e).subs(dict(zip(eta, family.natural, strict=True)))) for e in eta]


def with_slopes(direct: Information, first: Step, put_in: Any, means: list[Any], slopes: list[Any]) -> Chain:
    """The quantity = its form in the family = the slopes of A put in for the means = the value of the direct route."""
    known = tuple(equation(m, s) for m, s in zip(means, slopes, strict=True))
    steps = [first, Step(first.after, EQUAL, put_in, "moments_put_in", Phrase("moments_put_in", {"moments": known}))]
    if put_in != direct.value:
        steps.append(Step(put_in, EQUAL, direct.value, "tidied", Phrase("tidied")))
    topic = Phrase("quantity_topic", {"quantity": direct.quantity})
    return Chain(topic, direct.quantity, tuple(steps), direct.facts)


def bregman_section(p: Named, q: Named, family: Family, other: Family, direct: Information) -> Section:
    """D_KL(p‖q) = A(η_q) − A(η_p) − Σ (η_q − η_p) ∇A(η_p)."""
    means = [Expectation(t, p.variable, p.name) for t in family.statistics]
    gaps = [b - a for a, b in zip(family.natural, other.natural, strict=True)]
    written = sp.Add(other.normaliser, -family.normaliser, *(-g * m for g, m in zip(gaps, means, strict=True)))
    slopes = slopes_of(p, family)
    put_in = sp.Add(other.normaliser, -family.normaliser, *(-g * s for g, s in zip(gaps, slopes, strict=True)))
    first = Step(direct.quantity, EQUAL, written, "bregman", Phrase("bregman"))
    chain = with_slopes(direct, first, put_in, means, slopes)
    return Section(Phrase("kl_heading"), (Phrase("bregman_intro"),), (chain,))


def entropy_section(p: Named, family: Family, direct: Information) -> Section:
    """H(p) = A(η) − Σ η ∂A/∂η − E[log h]."""
    slopes = slopes_of(p, family)
    means = [Expectation(t, p.variable, p.name) for t in family.statistics]
    made = combination(family.base, p.variable)
    base = made.constant + sum(c * Expectation(t, p.variable, p.name) for c, t in made.parts)
    known = dict(zip(means, slopes, strict=True))
    written = sp.Add(family.normaliser, -base, *(-n * m for n, m in zip(family.natural, means, strict=True)))
    put_in = sp.Add(
        family.normaliser, -base.xreplace(known), *(-n * s for n, s in zip(family.natural, slopes, strict=True))
    )
    first = Step(direct.quantity, EQUAL, written, "entropy_of_family", Phrase("entropy_of_family"))
    chain = with_slopes(direct, first, put_in, means, slopes)
    return Section(Phrase("entropy_heading"), (), (chain,))
