"""Between which bounds an expression lies, by interval arithmetic from the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Any, Literal

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, Vector, entry_domain
from derive.core.facts import Facts
from derive.core.information import Divergence, Variance
from derive.core.joints import joint_meaning, part_of
from derive.core.nodes import InverseDigamma, OverData, Sigmoid
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS
from derive.core.statement import Statement
from derive.core.trees import rebuild, substitute
from derive.core.vectors import BINDERS, VectorAt

Sign = Literal["+", "-", "0", ">=0", "<=0"]
End = Fraction | float  # a rational, or ±inf

DEPTH = 24
TRIES = 160


@dataclass(frozen=True, slots=True)
class Range:
    """The interval from ``lower`` to ``upper``; an open end is not taken."""

    lower: End = -inf
    upper: End = inf
    lower_open: bool = True
    upper_open: bool = True

    @property
    def positive(self) -> bool:
        """Every value is > 0."""
        return self.lower > 0 or (self.lower == 0 and self.lower_open)

    @property
    def negative(self) -> bool:
        """Every value is < 0."""
        return self.upper < 0 or (self.upper == 0 and self.upper_open)

    @property
    def sign(self) -> Sign | None:
        """The sign that all values share, if they do."""
        if self.positive:
            return "+"
        if self.negative:
            return "-"
        if self.lower == self.upper == 0:
            return "0"
        if self.lower >= 0:
            return ">=0"
        return "<=0" if self.upper <= 0 else None

    def __neg__(self) -> Range:
        return Range(-self.upper, -self.lower, self.upper_open, self.lower_open)

    def __add__(self, other: Range) -> Range:
        return Range(
            _plus(self.lower, other.lower),
            _plus(self.upper, other.upper),
            self.lower_open or other.lower_open,
            self.upper_open or other.upper_open,
        )

    def __mul__(self, other: Range) -> Range:
        ends = [
            (_times(a, b), (a_open or b_open) and not (a == 0 and not a_open) and not (b == 0 and not b_open))
            for a, a_open in ((self.lower, self.lower_open), (self.upper, self.upper_open))
            for b, b_open in ((other.lower, other.lower_open), (other.upper, other.upper_open))
        ]
        return _hull(ends)

    def meet(self, other: Range) -> Range:
        """Both are known."""
        low = max((self.lower, self.lower_open), (other.lower, other.lower_open))
        high = min((self.upper, not self.upper_open), (other.upper, not other.upper_open))
        return Range(low[0], high[0], low[1], not high[1])

    def join(self, other: Range) -> Range:
        """One or the other."""
        low = min((self.lower, self.lower_open), (other.lower, other.lower_open))
        high = max((self.upper, not self.upper_open), (other.upper, not other.upper_open))
        return Range(low[0], high[0], low[1], not high[1])

    def inverse(self) -> Range:
        """Of 1/x."""
        if not (self.positive or self.negative):
            return Range()
        ends = ((self.upper, self.upper_open), (self.lower, self.lower_open))
        flipped = [(_over(end, self.positive), is_open or end in (inf, -inf)) for end, is_open in ends]
        return Range(flipped[0][0], flipped[1][0], flipped[0][1], flipped[1][1])


POSITIVE_RANGE = Range(Fraction(0), inf)
NOT_NEGATIVE = Range(Fraction(0), inf, False)


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


def meaning(expr: Any, facts: Facts) -> Any:
    """What a defined name stands for, one step; ``None`` if the node is not a defined name.

    >>> a, b = sp.symbols("a b")
    >>> meaning(a, Facts(definitions={a: b + 1}))
    b + 1
    """
    if not facts.definitions and not facts.laws and not facts.joints:
        return None
    if isinstance(expr, sp.Symbol | sp.Sum):
        return facts.definitions.get(expr)
    if isinstance(expr, sp.core.function.AppliedUndef):
        given, args = facts.definitions.get(expr.func.__name__), expr.args
        if given is None and facts.joints and part_of(expr.func.__name__, facts) is not None:
            return joint_meaning(expr, facts)
        if given is None and facts.laws:
            return _density(expr, facts)
    elif isinstance(expr, sp.Indexed):
        given, args = facts.definitions.get(expr, facts.definitions.get(expr.base)), expr.indices
    else:
        return None
    if given is None:
        return None
    return _put_in(given, args) if isinstance(expr, sp.Indexed) else _applied(given, args, _parameters(facts))


def _density(expr: Any, facts: Facts) -> Any:
    """p(x) of a law with a known density: the density at x."""
    law = facts.law(expr.func.__name__)
    if law is None or law.density is None or len(expr.args) != 1:
        return None
    (at,) = expr.args
    if isinstance(at, sp.IndexedBase):
        entries = {e: at[e.indices] for e in law.density.atoms(sp.Indexed) if e.base == law.variable}
        return law.density.xreplace(entries)
    return law.density if at == law.variable else substitute(law.density, {law.variable: at})


def _put_in(given: Any, args: tuple[Any, ...]) -> Any:
    if not isinstance(given, sp.Lambda):
        return given
    if len(given.signature) != len(args):
        return None
    changes = dict(zip(given.signature, args, strict=True))
    bound = _bound(given.expr)
    if not bound:
        return given.expr.xreplace(changes)
    return _put_apart(given.expr, tuple(changes.items()), bound)


@lru_cache(maxsize=4096)
def _put_apart(expr: Any, changes: tuple[tuple[Any, Any], ...], bound: frozenset[Any]) -> Any:
    """With the changes made, bound letters renamed that they would be caught by."""
    coming = bound & frozenset().union(*(new.free_symbols for _, new in changes))
    return substitute(_apart(expr, coming) if coming else expr, dict(changes))


@lru_cache(maxsize=1024)
def _bound(expr: Any) -> frozenset[Any]:
    """The letters that sums and their like bind in it."""
    return frozenset(limit[0] for binder in expr.atoms(*BINDERS) for limit in binder.limits)


@lru_cache(maxsize=1024)
def _apart(expr: Any, letters: frozenset[Any]) -> Any:
    """With other bound letters in the place of these, so that what is put in is not caught."""
    if not expr.args or letters.isdisjoint(_bound(expr)):
        return expr
    args = tuple(_apart(arg, letters) for arg in expr.args)
    made = rebuild(expr, args)
    if not isinstance(made, BINDERS):
        return made
    others = {m[0]: sp.Dummy(m[0].name, **m[0].assumptions0) for m in made.limits if m[0] in letters}
    limits = [(others.get(m[0], m[0]), *m[1:]) for m in made.limits]
    return made.func(substitute(made.function, others), *limits)


def _parameters(facts: Facts) -> frozenset[Any]:
    """The letters that have a domain and are no sizes."""
    return frozenset(facts.domains).difference(*facts.shapes.values())


@lru_cache(maxsize=1024)
def _applied(given: Any, args: tuple[Any, ...], known: frozenset[Any]) -> Any:
    """The meaning of f(args…): a Lambda applied, or an expression as it is if it is about these very letters."""
    if isinstance(given, sp.Lambda):
        return _put_in(given, args)
    letters = given.atoms(sp.Symbol, sp.IndexedBase) | known
    moved: dict[Any, Any] = {}
    for arg in args:
        if isinstance(arg, sp.Indexed):
            own = {e.indices[: len(arg.indices)] for e in given.atoms(sp.Indexed) if e.base == arg.base}
            own |= {(e.args[1],) for e in given.atoms(VectorAt) if e.args[0] == arg.base}
            if not own and arg.base in letters and arg.indices in {a.indices for a in args[: args.index(arg)]}:
                # x_i that f depends on through a defined name alone moves along with y_i before it.
                continue
            if len(own) != 1:
                return None
            moved |= zip(*own, arg.indices, strict=True)
        elif arg not in letters:
            return None
    return given.xreplace({old: new for old, new in moved.items() if old != new})


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
            return _point(Fraction(int(e.p), int(e.q)))
        if e.is_Number or e.is_NumberSymbol:
            return _about(e)
        if isinstance(e, sp.Symbol):
            return self.letter(e, e, depth)
        if isinstance(e, sp.Indexed):
            return self.letter(e, e.base, depth)
        if e.is_Add:
            total = _point(Fraction(0))
            for term in e.args:
                total = total + self.of(term, depth + 1)
            return total
        if e.is_Mul:
            product = _point(Fraction(1))
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
            return _joined(self.of(branch, depth + 1) for branch, _ in e.args)
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
        return _by_symbol(e)

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
            return _exp([self.of(exponent, depth + 1)])
        below = self.of(base, depth + 1)
        if exponent.is_Integer:
            return _integer_power(below, int(exponent))
        if below.positive:
            above = self.of(exponent, depth + 1)
            if exponent.is_Rational or above.positive or above.negative:
                return _beyond_one(below, above.positive)
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
                body = _many(body, count)
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
        return _many(self.of(summand, depth + 1), Range(Fraction(1), inf, False))

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
        return _joined(ends)

    def by_assumption(self, expr: Any, depth: int) -> Range:
        """From an assumed a > 0: of any q = c·a + rest with a number c ≠ 0."""
        if self.assumed is None:
            self.assumed = [
                (self.linear(s.left - s.right), _of_relation(s.relation))
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
            scaled = known * _point(Fraction(int(factor.p), int(factor.q)))
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


def _times(a: End, b: End) -> End:
    if a == 0 or b == 0:
        return Fraction(0)
    if isinstance(a, float) or isinstance(b, float):
        # One of them is infinite, and the other may be too large for a float.
        return inf if (a > 0) == (b > 0) else -inf
    return a * b


def _over(end: End, positive: bool) -> End:
    if end in (inf, -inf):
        return Fraction(0)
    if end == 0:
        return inf if positive else -inf
    return 1 / Fraction(end)


def _plus(a: End, b: End) -> End:
    for end in (a, b):
        if isinstance(end, float):
            return end
    return a + b


def _hull(ends: list[tuple[End, bool]]) -> Range:
    low, high = min(v for v, _ in ends), max(v for v, _ in ends)
    low_open = all(o for v, o in ends if v == low) or low == -inf
    high_open = all(o for v, o in ends if v == high) or high == inf
    return Range(low, high, low_open, high_open)


def _point(value: Fraction) -> Range:
    return Range(value, value, False, False)


def _about(number: Any) -> Range:
    if number.is_infinite:
        return Range(inf, inf) if number.is_extended_positive else Range(-inf, -inf)
    if not number.is_real:
        return Range()
    value, slack = Fraction(float(number)), Fraction(1, 10**9)
    return Range(value - slack, value + slack)


def _joined(ranges: Iterable[Range]) -> Range:
    first, *others = ranges
    for other in others:
        first = first.join(other)
    return first


def _by_symbol(e: Any) -> Range:
    if e.is_positive:
        return POSITIVE_RANGE
    if e.is_negative:
        return -POSITIVE_RANGE
    if e.is_nonnegative:
        return NOT_NEGATIVE
    return -NOT_NEGATIVE if e.is_nonpositive else Range()


def _many(body: Range, count: Range) -> Range:
    low = _times(body.lower, count.lower) if body.lower >= 0 else _times(body.lower, count.upper)
    high = _times(body.upper, count.lower) if body.upper <= 0 else _times(body.upper, count.upper)
    return Range(low, high, body.lower_open, body.upper_open)


def _integer_power(base: Range, exponent: int) -> Range:
    if exponent == 0:
        return _point(Fraction(1))
    if exponent < 0:
        return _integer_power(base, -exponent).inverse()
    if exponent > 64:
        return POSITIVE_RANGE if base.positive else NOT_NEGATIVE if exponent % 2 == 0 else Range()
    if exponent % 2 == 0:
        if base.upper <= 0:
            base = -base
        if base.lower < 0:
            far, far_open = _farther(base)
            return Range(Fraction(0), far**exponent, False, far_open)
    return Range(base.lower**exponent, base.upper**exponent, base.lower_open, base.upper_open)


def _beyond_one(base: Range, rising: bool) -> Range:
    """Of x^r for x > 0: on the same side of 1 as x if r > 0, on the other if r < 0."""
    if base.lower >= 1:
        return Range(Fraction(1), inf, base.lower_open) if rising else Range(Fraction(0), Fraction(1), True, False)
    if base.upper <= 1:
        return Range(Fraction(0), Fraction(1), True, base.upper_open) if rising else Range(Fraction(1), inf, False)
    return POSITIVE_RANGE


def _exp(args: list[Range]) -> Range:
    (x,) = args
    low = (Fraction(1), x.lower_open and x.lower == 0) if x.lower >= 0 else (Fraction(0), True)
    high = (Fraction(1), x.upper_open and x.upper == 0) if x.upper <= 0 else (inf, True)
    return Range(low[0], high[0], low[1], high[1])


def _log(args: list[Range]) -> Range:
    (x, *_) = args
    low = (Fraction(0), x.lower_open and x.lower == 1) if x.lower >= 1 else (-inf, True)
    high = (Fraction(0), x.upper_open and x.upper == 1) if x.upper <= 1 else (inf, True)
    if x.lower > 1:
        low = (Fraction(0), True)
    if x.upper < 1:
        high = (Fraction(0), True)
    return Range(low[0], high[0], low[1], high[1])


def _absolute(args: list[Range]) -> Range:
    (x,) = args
    if x.lower >= 0:
        return x
    if x.upper <= 0:
        return -x
    far, far_open = _farther(x)
    return Range(Fraction(0), far, False, far_open)


def _farther(x: Range) -> tuple[End, bool]:
    """The largest distance from zero within a range that holds zero, and whether it is not taken."""
    distance, closed = max((-x.lower, not x.lower_open), (x.upper, not x.upper_open))
    return distance, not closed


def _gamma(args: list[Range]) -> Range:
    return POSITIVE_RANGE if all(a.positive for a in args) else Range()


def _factorial(args: list[Range]) -> Range:
    return Range(Fraction(0), inf) if args[0].lower > -1 else Range()


def _polygamma(args: list[Range]) -> Range:
    order, z = args
    if order.lower != order.upper or order.lower < 1 or not z.positive:
        return Range()
    return POSITIVE_RANGE if int(order.lower) % 2 else -POSITIVE_RANGE


def _least(args: list[Range]) -> Range:
    low = min((a.lower, a.lower_open) for a in args)
    high = min((a.upper, not a.upper_open) for a in args)
    return Range(low[0], high[0], low[1], not high[1])


def _greatest(args: list[Range]) -> Range:
    return -_least([-a for a in args])


FUNCTIONS: dict[Any, Callable[[list[Range]], Range]] = {
    sp.exp: _exp,
    sp.log: _log,
    Sigmoid: lambda args: Range(Fraction(0), Fraction(1)),
    sp.Abs: _absolute,
    sp.gamma: _gamma,
    sp.beta: _gamma,
    sp.factorial: _factorial,
    sp.polygamma: _polygamma,
    sp.Min: _least,
    sp.Max: _greatest,
    sp.KroneckerDelta: lambda args: Range(Fraction(0), Fraction(1), False, False),
    InverseDigamma: lambda args: POSITIVE_RANGE,
    sp.zeta: lambda args: Range(Fraction(1), inf) if args[0].lower >= 1 else Range(),
    sp.besseli: lambda args: POSITIVE_RANGE if args[1].positive and args[0].lower >= 0 else Range(),
    sp.sin: lambda args: Range(Fraction(-1), Fraction(1), False, False),
    sp.cos: lambda args: Range(Fraction(-1), Fraction(1), False, False),
    sp.sign: lambda args: Range(Fraction(-1), Fraction(1), False, False),
}


def _of_relation(relation: Any) -> Range:
    return {
        EQUAL: _point(Fraction(0)),
        GREATER: POSITIVE_RANGE,
        LESS: -POSITIVE_RANGE,
        AT_LEAST: NOT_NEGATIVE,
        AT_MOST: -NOT_NEGATIVE,
    }[relation]
