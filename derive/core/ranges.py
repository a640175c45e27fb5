"""Between which bounds an expression lies, by interval arithmetic from the facts."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, Vector, entry_domain
from derive.core.facts import Facts
from derive.core.information import Divergence, Variance
from derive.core.interval_functions import (
    FUNCTIONS,
    about,
    beyond_one,
    by_symbol,
    exponential,
    integer_power,
    many,
    of_relation,
)
from derive.core.intervals import NOT_NEGATIVE, POSITIVE_RANGE, Range, Sign, joined, point
from derive.core.meanings import meaning
from derive.core.nodes import OverData
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS
from derive.core.statement import Statement

DEPTH = 24


TRIES = 160


def range_of(expr: sp.Expr, facts: Facts) -> Range:
    """An interval that contains every value of the expression under the facts."""
    return _Ranger(facts).of(expr, 0)


def sign(expr: sp.Expr, facts: Facts) -> Sign | None:
    """The sign that the expression has wherever the facts hold; ``None`` if that is not settled."""
    return range_of(expr, facts).sign


def settled(statement: Statement, facts: Facts) -> bool | None:
    """True or false wherever the facts hold; ``None`` if they do not say."""
    found = sign(statement.left - statement.right, facts)
    if found is None:
        return None
    true, false = {
        EQUAL: (("0",), ("+", "-")),
        GREATER: (("+",), ("0", "-", "<=0")),
        LESS: (("-",), ("0", "+", ">=0")),
        AT_LEAST: (("+", "0", ">=0"), ("-",)),
        AT_MOST: (("-", "0", "<=0"), ("+",)),
    }.get(statement.relation, ((), ()))
    return True if found in true else False if found in false else None


class _Ranger:
    """One question's worth of interval arithmetic."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.tries = 0
        self.memo: dict[Any, Range] = {}
        self.assumed: list[tuple[dict[Any, Any], Range]] | None = None

    def of(self, expr: Any, depth: int) -> Range:
        known = self.memo.get(expr)
        if known is not None:
            return known
        self.tries += 1
        if depth > DEPTH or self.tries > TRIES:
            return Range()
        found = self.structural(expr, depth)
        if self.facts.assumed and found.sign not in ("+", "-", "0") and not expr.is_Number:
            found = found.meet(self.by_assumption(expr, depth))
        if found.sign not in ("+", "-", "0") and (expr.is_Add or expr.is_Mul) and depth < 6:
            opened = sp.expand_mul(expr)
            if opened.is_Add:
                for attempt in (self.gathered, self.at_the_ends, self.by_polygamma):
                    found = found.meet(attempt(opened, depth))
                    if found.sign in ("+", "-", "0"):
                        break
                if found.sign not in ("+", "-", "0") and (apart := sp.factor_terms(opened)).is_Mul and apart != expr:
                    found = found.meet(self.structural(apart, depth + 1))
            elif opened != expr:
                found = found.meet(self.of(opened, depth + 1))
        self.memo[expr] = found
        return found

    def structural(self, e: Any, depth: int) -> Range:
        stands_for = meaning(e, self.facts)
        if stands_for is not None:
            return self.of(stands_for, depth + 1)
        if isinstance(e, sp.core.function.AppliedUndef) and self.facts.laws and self.facts.law(e.func.__name__):
            return POSITIVE_RANGE
        if e.is_Rational:
            return point(Fraction(int(e.p), int(e.q)))
        if e.is_Number or e.is_NumberSymbol:
            return about(e)
        if isinstance(e, sp.Symbol):
            return self.letter(e, e, depth)
        if isinstance(e, sp.Indexed):
            return self.letter(e, e.base, depth)
        if e.is_Add:
            total = point(Fraction(0))
            for term in e.args:
                total = total + self.of(term, depth + 1)
            return total
        if e.is_Mul:
            product = point(Fraction(1))
            for factor in e.args:
                product = product * self.of(factor, depth + 1)
            return product
        if e.is_Pow:
            return self.power(e.base, e.exp, depth)
        if isinstance(e, sp.Sum | sp.Product):
            return self.repeated(e, depth)
        if isinstance(e, OverData):
            return self.of(e.function, depth + 1)
        if isinstance(e, sp.Piecewise):
            return joined(self.of(branch, depth + 1) for branch, _ in e.args)
        if isinstance(e, sp.binomial):
            n, k = e.args
            chosen = self.of(k, depth + 1).lower >= 0 and self.of(n - k, depth + 1).lower >= 0
            return Range(Fraction(1), inf, False) if chosen else Range()
        if isinstance(e, Divergence | Variance):
            # Gibbs: a divergence is never negative.
            return NOT_NEGATIVE
        rule = FUNCTIONS.get(e.func)
        return rule([self.of(arg, depth + 1) for arg in e.args]) if rule else Range()

    def letter(self, e: Any, name: Any, depth: int) -> Range:
        domain = self.facts.domains.get(name)
        if domain is not None:
            return self.domain_range(domain, depth)
        sizes = [size for shape in self.facts.shapes.values() for size in shape]
        if name in sizes or name in self.facts.indices or name in self.facts.indices.values():
            return Range(Fraction(1), inf, False)
        return by_symbol(e)

    def domain_range(self, domain: Domain, depth: int) -> Range:
        if isinstance(domain, Vector):
            domain = entry_domain(domain)
        low, high = self.end(domain.lower, depth), self.end(domain.upper, depth)
        opened = isinstance(domain, Interval)
        low_open = low.lower_open or (opened and domain.lower_open)  # type: ignore[union-attr]
        high_open = high.upper_open or (opened and domain.upper_open)  # type: ignore[union-attr]
        return Range(low.lower, high.upper, low_open, high_open)

    def end(self, e: Any, depth: int) -> Range:
        if e.is_infinite:
            return Range(inf, inf) if e.is_extended_positive else Range(-inf, -inf)
        return self.of(e, depth + 1)

    def power(self, base: Any, exponent: Any, depth: int) -> Range:
        if base is sp.S.Exp1:
            return exponential([self.of(exponent, depth + 1)])
        below = self.of(base, depth + 1)
        if exponent.is_Integer:
            return integer_power(below, int(exponent))
        if below.positive:
            above = self.of(exponent, depth + 1)
            if exponent.is_Rational or above.positive or above.negative:
                return beyond_one(below, above.positive)
            return POSITIVE_RANGE
        if exponent.is_Rational and exponent.is_positive:
            return NOT_NEGATIVE
        return NOT_NEGATIVE if below.lower >= 0 and self.of(exponent, depth + 1).lower >= 0 else Range()

    def repeated(self, e: Any, depth: int) -> Range:
        """Of a sum or a product over 1 ≤ i ≤ N with N ≥ 1."""
        body = self.of(e.function, depth + 1)
        for limit in e.limits:
            count = self.of(limit[2] - limit[1] + 1, depth + 1) if len(limit) == 3 else Range()
            if count.lower < 1 or limit[2].is_infinite:
                return Range()
            if isinstance(e, sp.Product):
                body = POSITIVE_RANGE if body.positive else NOT_NEGATIVE if body.lower >= 0 else Range()
            else:
                body = many(body, count)
        return body

    def by_polygamma(self, e: Any, depth: int) -> Range:
        """log u − 1/u < ψ(u) < log u − 1/(2u) and 1/u + 1/(2u²) < ψ'(u) < 1/u + 1/u², put in for u > 0.

        Source: Alzer, *On some inequalities for the gamma and psi functions*, 1997, theorem 9.
        """
        all_of_them = e.atoms(sp.polygamma)
        # The bounds of one function say something; those of several together rarely do, and cost much.
        found = next((n for n in all_of_them if n.args[0] in (0, 1)), None) if len(all_of_them) == 1 else None
        if found is None or not self.of(found.args[1], depth + 1).positive:
            return Range()
        name, u = sp.Dummy(), found.args[1]
        hidden = e.xreplace({found: name})
        factor = hidden.coeff(name)
        rest = sp.expand(hidden - factor * name)
        side = self.of(factor, depth + 1)
        if rest.has(name) or not (side.positive or side.negative):
            return Range()
        bounds = ((sp.log(u) - 1 / u, sp.log(u) - 1 / (2 * u)), (1 / u + 1 / (2 * u**2), 1 / u + 1 / u**2))
        low, high = (self.of(sp.expand(rest + factor * b), depth + 1) for b in bounds[int(found.args[0])])
        if side.negative:
            low, high = high, low
        return Range(low.lower, high.upper, True, True)

    def gathered(self, e: Any, depth: int) -> Range:
        """N·c + k·Σ T = Σ (c + k·T): the range of the summand bounds the sum."""
        limits: Any = next((s.limits for t in e.args for s in sp.Mul.make_args(t) if isinstance(s, sp.Sum)), None)
        if limits is None or len(limits) != 1 or len(limits[0]) != 3:
            return Range()
        _, low, high = limits[0]
        body: list[Any] = []
        for term in e.args:
            sums = [s for s in sp.Mul.make_args(term) if isinstance(s, sp.Sum)]
            fits = len(sums) == 1 and sums[0].limits == limits
            body.append(term.xreplace({sums[0]: sums[0].function}) if fits else term / (high - low + 1))
        summand = sp.Add(*body)
        if summand.has(sp.Sum) or low != 1:
            return Range()
        return many(self.of(summand, depth + 1), Range(Fraction(1), inf, False))

    def at_the_ends(self, e: Any, depth: int) -> Range:
        """An expression linear in a letter lies between its values at the ends of the letter's domain."""
        found = Range()
        for letter in sorted(e.atoms(sp.Symbol, sp.Indexed), key=sp.default_sort_key):
            domain = self.facts.domains.get(letter.base if isinstance(letter, sp.Indexed) else letter)
            if not isinstance(domain, Interval | Integers) or meaning(letter, self.facts) is not None:
                continue
            if isinstance(letter, sp.Symbol) and e.has(sp.Sum):
                continue
            place = sp.Dummy(real=True)
            replaced = e.xreplace({letter: place})
            slope = _slope(replaced, place)
            if slope is None or slope == 0:
                continue
            found = found.meet(self.between(replaced, place, slope, domain, depth))
            if found.sign in ("+", "-", "0"):
                break
        return found

    def between(self, e: Any, place: Any, slope: Any, domain: Interval | Integers, depth: int) -> Range:
        rise = self.of(slope, depth + 1)
        ends: list[Range] = []
        for end, is_low in ((domain.lower, True), (domain.upper, False)):
            if end.is_infinite:
                if rise.sign is None:
                    return Range()
                up = (rise.lower >= 0) != is_low
                ends.append(Range(inf, inf) if up else Range(-inf, -inf))
                continue
            value = self.of(e.xreplace({place: end}), depth + 1)
            opened = isinstance(domain, Interval) and (domain.lower_open if is_low else domain.upper_open)
            if opened and rise.sign in ("+", "-"):
                inner_is_above = rise.positive == is_low
                low_open = value.lower_open or inner_is_above
                high_open = value.upper_open or not inner_is_above
                value = Range(value.lower, value.upper, low_open, high_open)
            ends.append(value)
        return joined(ends)

    def by_assumption(self, expr: Any, depth: int) -> Range:
        """From an assumed a > 0: of any q = c·a + rest with a number c ≠ 0."""
        if self.assumed is None:
            self.assumed = [
                (self.linear(s.left - s.right), of_relation(s.relation))
                for s in self.facts.assumed
                if s.relation in (EQUAL, LESS, GREATER, AT_MOST, AT_LEAST)
            ]
        found = Range()
        if not self.assumed or depth > 8:
            return found
        asked = self.linear(expr)
        for terms, known in self.assumed:
            leading = next((t for t in terms if t != 1), None)
            if leading is None or leading not in asked:
                continue
            factor = asked[leading] / terms[leading]
            rest = {t: asked.get(t, 0) - factor * terms.get(t, 0) for t in {*asked, *terms}}
            rest = {t: c for t, c in rest.items() if c != 0}
            if len(rest) >= len(asked) or not factor.is_Rational:
                continue
            scaled = known * point(Fraction(int(factor.p), int(factor.q)))
            found = found.meet(scaled + self.of(sp.Add(*(c * t for t, c in rest.items())), depth + 1))
        return found

    def linear(self, expr: Any) -> dict[Any, Any]:
        """Terms with their rational coefficients, positive letters in common divided out: signs stay, sizes do not."""
        for _ in range(8):
            names = [a for a in expr.atoms(sp.Symbol, sp.Indexed, sp.core.function.AppliedUndef)]
            known = {a: m for a in names if (m := meaning(a, self.facts)) is not None}
            if not known:
                break
            expr = expr.xreplace(known)
        opened = sp.expand_mul(expr)
        terms = sp.Add.make_args(opened)
        powers = [{b: p for b, p in t.as_powers_dict().items() if b.is_Symbol} for t in terms]
        shared: list[Any] = []
        for letter in sorted({b for p in powers for b in p}, key=str):
            found = [p.get(letter, sp.S.Zero) for p in powers]
            least = min(found) if all(v.is_Rational for v in found) else sp.S.Zero
            if least != 0 and self.letter(letter, letter, DEPTH - 2).positive:
                shared.append(letter**least)
        divided = sp.Add(*(t / sp.Mul(*shared) for t in terms)) if shared else opened
        return dict(divided.as_coefficients_dict())


def _slope(expr: Any, letter: Any) -> Any | None:
    """The coefficient of a letter in which the expression, a sum of products, is linear; else None."""
    slope = sp.S.Zero
    for term in sp.Add.make_args(expr):
        if term.has(letter):
            rest = [f for f in sp.Mul.make_args(term) if f != letter]
            if len(rest) != len(sp.Mul.make_args(term)) - 1 or any(f.has(letter) for f in rest):
                return None
            slope += sp.Mul(*rest)
    return slope
