"""Expected values of statistics: from the normalising identity, by enumeration, or by an integral that has a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Expectation
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import Statement, equation
from derive.core.trees import mentions
from derive.derivations.closing import tidy
from derive.derivations.named_integrals import NamedIntegral, named_integral
from derive.derivations.statistic_forms import EXTRA, families, shortened, square_of, unique
from derive.derivations.statistics import Combination, combination, opened_log
from derive.derivations.vector_moments import entry_moment
from derive.models.comparison import Named, facts_of

MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """E[T] of a statistic.

    Args:
        value: in closed form.
        chains: how it is found.
        conditions: under which it is finite, as far as the facts leave that open.
    """

    statistic: Any
    value: Any
    chains: tuple[Chain, ...] = ()
    conditions: tuple[Statement, ...] = ()


class Moments:
    """The expected values of statistics under one law, each found once.

    Args:
        law: the distribution under its name.
        facts: of the page.
    """

    def __init__(self, law: Named, facts: Facts) -> None:
        self.law, self.facts, self.x = law, facts, law.variable
        self.known: dict[Any, Moment | None] = {}
        self.scores: list[tuple[Any, Combination]] | None = None

    def node(self, statistic: Any) -> Any:
        """E_p[T]."""
        return Expectation(statistic, self.x, self.law.name)

    def of(self, statistic: Any) -> Moment | None:
        """The moment, or None where no way to a closed form is known."""
        if statistic not in self.known:
            self.known[statistic] = None
            self.known[statistic] = self.found(statistic)
        return self.known[statistic]

    def found(self, statistic: Any) -> Moment | None:
        for way in (
            self.of_entry,
            self.by_scores,
            self.by_square,
            self.enumerated,
            self.by_integral,
            self.by_exponent,
        ):
            made = way(statistic)
            if made is not None:
                return made
        return self.multiplied_out(statistic)

    def of_entry(self, statistic: Any) -> Moment | None:
        """The expected value of a function of one entry of a vector."""
        if not isinstance(self.x, sp.IndexedBase):
            return None
        made = entry_moment(self, statistic)
        return None if made is None else Moment(statistic, *made)

    # ------------------------------------------------------------ the normalising identity

    def by_scores(self, statistic: Any) -> Moment | None:
        """From E[∂ log p/∂θ] = 0, one equation for each parameter, solved where a single moment is unknown."""
        if isinstance(self.x, sp.IndexedBase):
            return None
        if self.scores is None:
            self.scores = self.equations()
        for letter, score in list(self.scores):
            if not any(t == statistic for _, t in score.parts):
                continue
            others = [t for _, t in score.parts if t != statistic]
            if any(self.from_score(t, (letter,)) is None for t in others):
                continue
            return self.solved(statistic, letter, score)
        return None

    def from_score(self, statistic: Any, without: tuple[Any, ...]) -> Moment | None:
        """A moment that another parameter's equation gives alone."""
        ready = self.known.get(statistic)
        if ready is not None:
            return ready
        for letter, score in self.scores or []:
            if letter not in without and [t for _, t in score.parts] == [statistic]:
                made = self.known[statistic] = self.solved(statistic, letter, score)
                return made
        return None

    def equations(self) -> list[tuple[Any, Combination]]:
        """∂ log p/∂θ as a combination of statistics, for each θ on which the support does not depend."""
        d = self.law.distribution
        ends = (d.support.lower, d.support.upper) if isinstance(d.support, Interval | Integers) else ()
        log_density = opened_log(self.law.density, self.facts)
        found = []
        for p in d.parameters:
            if not isinstance(p.letter, sp.Symbol) or not isinstance(p.domain, Interval):
                continue
            if any(mentions(e, p.letter) for e in ends):
                continue
            slope = sp.diff(log_density, p.letter)
            if slope.has(sp.Derivative, sp.Subs) or not mentions(slope, self.x):
                continue
            found.append((p.letter, combination(slope, self.x)))
        return found

    def solved(self, statistic: Any, letter: Any, score: Combination) -> Moment | None:
        """E[T] from c·E[T] + … = 0."""
        (factor,) = (c for c, t in score.parts if t == statistic)
        if sign(factor, self.facts) not in ("+", "-"):
            return None
        others = [(c, t) for c, t in score.parts if t != statistic]
        rest = score.constant + sum(c * self.value(t) for c, t in others)
        value = tidy(-rest / factor)
        start = self.node(score.expr)
        zero = Step(start, EQUAL, sp.Integer(0), "score_mean", Phrase("score_mean", {"letter": letter}))
        first = Chain(
            Phrase("score_mean_topic", {"letter": letter, "density": self.law.at_variable}), start, (zero,), self.facts
        )
        linear = equation(score.constant + sum(c * self.node(t) for c, t in score.parts))
        solution = equation(self.node(statistic), value)
        key = "moment_solved_with" if others else "moment_solved"
        slots: dict[str, Any] = {"moment": self.node(statistic)}
        if others:
            slots["known"] = tuple(equation(self.node(t), self.value(t)) for _, t in others)
        solve = Step(linear, EQUIVALENT, solution, key, Phrase(key, slots))
        second = Chain(Phrase("moment_linear_topic"), linear, (solve,), self.facts)
        chains = (*(c for _, t in others for c in self.chains(t)), first, second)
        return Moment(statistic, value, chains)

    def value(self, statistic: Any) -> Any:
        made = self.known[statistic]
        assert made is not None
        return made.value

    def chains(self, statistic: Any) -> tuple[Chain, ...]:
        made = self.known[statistic]
        return () if made is None else made.chains

    # ------------------------------------------------------------ squares of deviations

    def by_square(self, statistic: Any) -> Moment | None:
        """E[(g − c)²] = E[(g − m)²] + (m − c)², where m = E[g]."""
        parts = square_of(statistic, self.x)
        if parts is None:
            return None
        inner, c = parts
        mean = self.of(inner)
        if mean is None:
            return None
        m = mean.value
        spread = self.spread(inner, m)
        if spread is None:
            return None
        if sp.expand(m - c) == 0:
            return spread
        start = self.node(statistic)
        centred, shift = self.node((inner - m) ** 2), m - c
        whole = sp.Pow(sp.Add(inner - m, shift, evaluate=False), 2, evaluate=False)
        cross = shift * self.node(inner - m) * 2
        inserted, opened = self.node(whole), centred + cross + shift**2
        without, end = centred + shift**2, spread.value + shift**2
        steps = [
            Step(start, EQUAL, inserted, "mean_inserted", Phrase("mean_inserted", {"mean": m})),
            Step(inserted, EQUAL, opened, "square_opened", Phrase("square_opened", {"shift": shift})),
            Step(
                opened,
                EQUAL,
                without,
                "cross_term",
                Phrase("cross_term", {"cross": self.node(inner - m), "mean": equation(self.node(inner), m)}),
            ),
            Step(
                without,
                EQUAL,
                end,
                "variance_put_in",
                Phrase("variance_put_in", {"variance": equation(centred, spread.value)}),
            ),
        ]
        short = tidy(end)
        if short != end:
            steps.append(Step(end, EQUAL, short, "tidied", Phrase("tidied")))
        chain = Chain(Phrase("moment_topic", {"moment": start}), start, tuple(steps), self.facts)
        chains = unique((*mean.chains, *spread.chains, chain))
        return Moment(statistic, short, chains, unique((*mean.conditions, *spread.conditions)))

    def spread(self, inner: Any, m: Any) -> Moment | None:
        """E[(g − m)²], known as it stands or as E[g²] − m²."""
        centred = (inner - m) ** 2
        made = self.known.get(centred) or self.by_scores(centred)
        if made is not None:
            return made
        second = self.of(inner**2)
        if second is None:
            return None
        start = self.node(centred)
        difference = self.node(inner**2) - self.node(inner) ** 2
        value = tidy(second.value - m**2)
        known = (equation(self.node(inner**2), second.value), equation(self.node(inner), m))
        steps = (
            Step(start, EQUAL, difference, "variance_as_moments", Phrase("variance_as_moments")),
            Step(difference, EQUAL, value, "moments_put_in", Phrase("moments_put_in", {"moments": known})),
        )
        chain = Chain(Phrase("variance_topic", {"variance": start}), start, steps, self.facts)
        return Moment(centred, value, unique((*second.chains, chain)), second.conditions)

    # ------------------------------------------------------------ sums and integrals

    def enumerated(self, statistic: Any) -> Moment | None:
        """Over a few values: Σ p(x) T(x) written out."""
        support = self.law.distribution.support
        if not isinstance(support, Integers) or isinstance(self.x, sp.IndexedBase):
            return None
        low, high = support.lower, support.upper
        if not (low.is_Integer and high.is_Integer) or high - low >= MOST_VALUES:
            return None
        total = []
        for value in range(int(low), int(high) + 1):
            mass = self.law.density.subs(self.x, value)
            total.append(mass * statistic.subs(self.x, value))
        made = sp.Add(*total)
        value = tidy(made)
        start = self.node(statistic)
        named = sp.Sum(self.law.at_variable * statistic, (self.x, low, high))
        steps = [
            Step(start, EQUAL, named, "mean_as_sum", Phrase("mean_as_sum")),
            Step(named, EQUAL, made, "written_out", Phrase("written_out")),
        ]
        if value != made:
            steps.append(Step(made, EQUAL, value, "tidied", Phrase("tidied")))
        return Moment(
            statistic, value, (Chain(Phrase("moment_topic", {"moment": start}), start, tuple(steps), self.facts),)
        )

    def by_integral(self, statistic: Any) -> Moment | None:
        """∫ T p dx is an integral that has a name."""
        support = self.law.distribution.support
        if not isinstance(support, Interval) or isinstance(self.x, sp.IndexedBase):
            return None
        made = named_integral(statistic * self.law.density, self.x, support, self.facts)
        if made is None:
            return None
        conditions = made.conditions(self.facts)
        if conditions is None:
            return None
        start = self.node(statistic)
        steps = self.integrated(statistic, made, conditions)
        closed = steps[-1].after
        value = tidy(shortened(closed))
        if value != closed:
            steps.append(Step(closed, EQUAL, value, "tidied", Phrase("tidied"), conditions))
        facts = self.facts
        chain = Chain(Phrase("moment_topic", {"moment": start}), start, tuple(steps), facts)
        return Moment(statistic, value, (chain,), conditions)

    def integrated(self, statistic: Any, made: NamedIntegral, needs: tuple[Statement, ...] = ()) -> list[Step]:
        """E[T] = ∫ T p dx = constants times a named integral = its value."""
        density = self.law.at_variable
        written = sp.Integral(density * statistic, made.bare.limits[0])
        outside, closed = made.front * made.bare, made.front * made.closed
        put_in = Phrase("density_in_integral", {"density": density})
        return [
            Step(self.node(statistic), EQUAL, written, "mean_as_integral", Phrase("mean_as_integral")),
            Step(written, EQUAL, outside, "density_in_integral", put_in),
            Step(outside, EQUAL, closed, made.rule, Phrase(made.rule, {"after": made.closed}), needs),
        ]

    def by_exponent(self, statistic: Any) -> Moment | None:
        """E[u^r (log u)^m] = ∂^m/∂s^m E[u^s] at s = r, and E[x^m] = ∂^m/∂s^m E[e^(sx)] at s = 0."""
        support = self.law.distribution.support
        if not isinstance(support, Interval) or isinstance(self.x, sp.IndexedBase):
            return None
        for base, order, at, family in families(statistic, self.x):
            made = named_integral(family * self.law.density, self.x, support, self.facts)
            if made is None or made.conditions(self.facts, {EXTRA: at}) != ():
                continue
            general = shortened(made.front * made.closed)
            derived = sp.diff(sp.log(general), EXTRA)
            first = derived.subs(EXTRA, at)
            start_value = tidy(shortened(general.subs(EXTRA, at)))
            if order == 1:
                value = start_value * first
            elif order == 2:
                value = start_value * (sp.diff(derived, EXTRA).subs(EXTRA, at) + first**2)
            else:
                continue
            value = tidy(sp.expand_func(value) if value.has(sp.polygamma) and value.is_number else value)
            if value.has(sp.nan, sp.zoo, sp.oo):
                continue
            return self.differentiated(statistic, base, order, at, family, made, general, value)
        return None

    def differentiated(
        self, statistic: Any, base: Any, order: int, at: Any, family: Any, made: NamedIntegral, general: Any, value: Any
    ) -> Moment:
        """The chain for E[u^s], then its derivative in s."""
        local = self.facts.placing({EXTRA: Interval(sp.Integer(0), sp.Rational(1, 5))}) if at == 0 else self.facts
        chains: list[Chain] = []
        if at == 0:
            start = self.node(family)
            steps = self.integrated(family, made)
            closed = steps[-1].after
            if general != closed:
                steps.append(Step(closed, EQUAL, general, "tidied", Phrase("tidied")))
            near = self.small_enough(made, local)
            chains.append(
                Chain(Phrase("exponent_topic", {"letter": EXTRA, "moment": start}), start, tuple(steps), near)
            )
        target = self.node(statistic)
        slots = {
            "letter": EXTRA,
            "general": self.node(family),
            "at": at,
            "times": Phrase("once" if order == 1 else "twice"),
        }
        step = Step(target, EQUAL, value, "differentiated_exponent", Phrase("differentiated_exponent", slots))
        chains.append(Chain(Phrase("moment_topic", {"moment": target}), target, (step,), self.facts))
        return Moment(statistic, value, tuple(chains))

    def small_enough(self, made: NamedIntegral, facts: Facts) -> Facts:
        """s so near 0 that the integral exists."""
        return facts.assuming(*(s for s in made.asked if s.left.has(EXTRA)))

    def multiplied_out(self, statistic: Any) -> Moment | None:
        """A polynomial in simpler statistics, term by term."""
        opened = sp.expand(statistic)
        if not isinstance(opened, sp.Add):
            return None
        made = combination(opened, self.x)
        if any(t == statistic for _, t in made.parts):
            return None
        found = [(c, self.of(t)) for c, t in made.parts]
        if any(m is None for _, m in found):
            return None
        ready = [(c, m) for c, m in found if m is not None]
        start = self.node(statistic)
        linear = made.constant + sum(c * self.node(m.statistic) for c, m in ready)
        value = tidy(made.constant + sum(c * m.value for c, m in ready))
        known = tuple(equation(self.node(m.statistic), m.value) for _, m in ready)
        steps = (
            Step(start, EQUAL, linear, "mean_linear", Phrase("mean_linear")),
            Step(linear, EQUAL, value, "moments_put_in", Phrase("moments_put_in", {"moments": known})),
        )
        chain = Chain(Phrase("moment_topic", {"moment": start}), start, steps, self.facts)
        chains = unique((*(c for _, m in ready for c in m.chains), chain))
        return Moment(statistic, value, chains, unique(tuple(s for _, m in ready for s in m.conditions)))


__all__ = ["Moment", "Moments", "facts_of"]
