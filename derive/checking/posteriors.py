"""The posterior of a parameter that has a prior, and its moments, where it is normal, gamma or beta.

The class is read off the slope of log prior + log likelihood: s − p·θ, (k − 1)/θ − r, or (a − 1)/θ − (b − 1)/(1 − θ).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.free_letters import bare_letters
from derive.checking.opened import opened_log
from derive.checking.sample_terms import Sample, over
from derive.core.conditionals import ConditionalVariance
from derive.core.domains import Interval
from derive.core.facts import Facts
from derive.core.information import Expectation, Variance
from derive.core.trees import substitute

MOST_POWERS = 4


@dataclass(frozen=True, slots=True)
class Posterior:
    """``kind`` with its two parameters: mean and variance, shape and rate, or the two shapes of a beta law."""

    kind: str
    first: Any
    second: Any

    def moment(self, k: int) -> Any:
        """E[θ^k]."""
        a, b = self.first, self.second
        if k == 0:
            return sp.Integer(1)
        if self.kind == "normal":
            return a * self.moment(k - 1) + ((k - 1) * b * self.moment(k - 2) if k > 1 else 0)
        if self.kind == "gamma":
            return sp.Mul(*((a + j) / b for j in range(k)))
        return sp.Mul(*((a + j) / (a + b + j) for j in range(k)))


def given_data(e: Any, facts: Facts) -> Any:
    """The conditional expected value or variance written out.

    Raises:
        GivesUp: nothing says how what is averaged and what is given belong together.
    """
    expr, behind = e.args
    sample = Sample(facts)
    drawn = sample.drawn(expr)
    if len(drawn) != 1 or len(behind) != 1:
        raise GivesUp("posterior")
    ((key, place),) = drawn
    (data,) = behind
    law = sample.law(key)
    own = any(i in law.density.free_symbols for i in facts.indices)
    if data in bare_letters(law.density) and data in sample.laws and not own:
        # The parameter behind the bar is what the law of the observation is written with.
        made = expr if place is None else expr.xreplace({key[place]: law.variable})
        return (Variance if isinstance(e, ConditionalVariance) else Expectation)(made, law.variable, law.variable)
    if place is not None:
        raise GivesUp("posterior")
    found = posterior(sample, key, data)
    first = polynomial_mean(expr, key, found)
    if isinstance(e, ConditionalVariance):
        return polynomial_mean(expr**2, key, found) - first**2
    return first


def polynomial_mean(expr: Any, letter: Any, law: Posterior) -> Any:
    if not expr.is_polynomial(letter):
        raise GivesUp("posterior")
    powers = sp.Poly(expr, letter).all_coeffs()[::-1]
    if len(powers) > MOST_POWERS + 1:
        raise GivesUp("posterior")
    return sp.Add(*(c * law.moment(k) for k, c in enumerate(powers)))


def posterior(sample: Sample, letter: Any, data: Any) -> Posterior:
    """The law of the letter given a sample or one observation."""
    prior = sample.law(letter)
    key = next((k for k in sample.laws if data in (k, getattr(k, "label", None))), None)
    if key is None or not isinstance(prior.support, Interval):
        raise GivesUp("posterior")
    likelihood = sample.law(key)
    names = {k.label if isinstance(k, sp.IndexedBase) else k for k in sample.laws}
    if letter not in likelihood.density.free_symbols or names & (prior.density.free_symbols - {letter}):
        raise GivesUp("posterior")
    if names & (likelihood.density.free_symbols - {letter, likelihood.variable}):
        raise GivesUp("posterior")
    ends = [getattr(likelihood.support, name, sp.Integer(0)) for name in ("lower", "upper")]
    if any(letter in end.free_symbols for end in ends):
        raise GivesUp("posterior")
    slope = sp.expand(sp.diff(opened_log(likelihood.density), letter))
    if isinstance(key, sp.IndexedBase):
        (size,) = sample.facts.shapes[key]
        own = [i for i, n in sample.facts.indices.items() if n == size]
        index = own[0] if own else sp.Symbol("_i", integer=True, positive=True)
        slope = summed(substitute(slope, {likelihood.variable: key[index]}), letter, index, size)
    total = sp.expand(slope) + sp.expand(sp.diff(opened_log(prior.density), letter))
    return classified(total, letter, prior.support)


def summed(slope: Any, letter: Any, index: Any, size: Any) -> Any:
    """Σ_i of each term, what belongs to the letter outside."""
    made = []
    for term in sp.Add.make_args(slope):
        outer = sp.Mul(*(f for f in sp.Mul.make_args(term) if letter in f.free_symbols))
        inner = sp.Mul(*(f for f in sp.Mul.make_args(term) if letter not in f.free_symbols))
        if index in outer.free_symbols:
            raise GivesUp("posterior")
        made.append(outer * over(inner, index, size))
    return sp.Add(*made)


def classified(slope: Any, x: Any, support: Interval) -> Posterior:
    """The law on this support whose log-density has the slope."""
    parts: dict[Any, Any] = {}
    for term in sp.Add.make_args(slope):
        outer = sp.Mul(*(f for f in sp.Mul.make_args(term) if x in f.free_symbols))
        parts[outer] = parts.get(outer, 0) + term / outer
    shapes = set(parts)
    zero = sp.Integer(0)
    if support.lower.is_infinite and support.upper.is_infinite and shapes <= {sp.Integer(1), x}:
        bend = -parts.get(x, zero)
        return Posterior("normal", parts.get(sp.Integer(1), zero) / bend, 1 / bend)
    if support.lower == 0 and support.upper.is_infinite and shapes <= {sp.Integer(1), 1 / x}:
        return Posterior("gamma", parts.get(1 / x, zero) + 1, -parts.get(sp.Integer(1), zero))
    if support.lower == 0 and support.upper == 1 and shapes <= {1 / x, 1 / (1 - x)}:
        return Posterior("beta", parts.get(1 / x, zero) + 1, -parts.get(1 / (1 - x), zero) + 1)
    raise GivesUp("posterior")
