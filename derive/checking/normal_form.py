"""One normal form of our own: definitions unfolded, derivatives taken, logs opened, sums split."""

from __future__ import annotations

from collections import OrderedDict
from fractions import Fraction
from itertools import count
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import Budget, GivesUp
from derive.checking.entries import scalar
from derive.checking.functionals import FUNCTIONALS, Functionals
from derive.checking.named import RULES
from derive.checking.observed import behind
from derive.checking.polynomials import ONE, Poly, add, number, plain
from derive.core.domains import Integers, OneHot
from derive.core.facts import Facts
from derive.core.meanings import meaning
from derive.core.nodes import OverData, Partial
from derive.core.sample_functionals import OverTheSample
from derive.core.vectors import SCALARS_OF_VECTORS, Vector

OPERATIONS = 60_000
KEPT = 64
DEEPEST = 12
LONGEST = 60
MOST_OBSERVED = 300


class Place(sp.Expr):  # type: ignore[misc,unused-ignore]
    """Where an index stands among the different observations, counted from 0; not a number one may reckon with."""


class NormalForms(Functionals):
    """Expressions under one set of facts, as polynomials."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(Budget(OPERATIONS))
        self.facts = facts
        self.memo: dict[Any, Poly] = {}
        self.unfolding = 0

    def forget(self) -> None:
        self.memo.clear()

    def read(self, expr: Any) -> Poly:
        return self.form(expr, {})

    def form(self, e: Any, env: dict[Any, Any]) -> Poly:
        """The polynomial of an expression whose bound letters are renamed as ``env`` says."""
        if self.facts.observed and env:
            env = {letter: v for letter, v in env.items() if letter in e.free_symbols}
        memo = (e, self.freed, self.closed, tuple(env.items()))
        found = self.memo.get(memo)
        if found is None:
            self.budget.spend()
            found = self.memo[memo] = self.fresh_form(e, env)
        return found

    def fresh_form(self, e: Any, env: dict[Any, Any]) -> Poly:
        if e.is_Rational:
            return number(plain(Fraction(int(e.p), int(e.q))))
        if e.is_Float and e.is_finite:
            # A printed decimal stands for the number that its digits say.
            return number(plain(Fraction(str(e))))
        if isinstance(e, sp.Symbol) and e in env:
            return self.form(env[e], {}) if env[e].is_Number else self.letter(env[e])
        if self.stays(e, env):
            return self.law_at(e, env)
        stands_for = meaning(e, self.facts)
        if stands_for is not None:
            self.unfolding += 1
            if self.unfolding > DEEPEST:
                raise GivesUp("definitions")
            made = self.form(stands_for, env)
            self.unfolding -= 1
            return made
        if isinstance(e, sp.Symbol) or e.is_NumberSymbol:
            return self.exp({ONE: 1}) if e is sp.S.Exp1 else self.letter(e)
        if isinstance(e, sp.Indexed):
            if e.base in self.facts.observed:
                return self.observation(e, env)
            exact = e.xreplace(env)
            if exact != e and all(i.is_Integer for i in exact.indices) and meaning(exact, self.facts) is not None:
                return self.form(exact, {})
            return self.entry_form(e, env)
        if e.is_Add:
            total: Poly = {}
            for term in e.args:
                total = add(total, self.form(term, env))
            return total
        if e.is_Mul:
            product: Poly = {ONE: 1}
            for factor in e.args:
                product = self.mul(product, self.form(factor, env))
            return product
        if e.is_Pow:
            exponent = self.form(e.exp, env)
            return self.exp(exponent) if e.base is sp.S.Exp1 else self.power(self.form(e.base, env), exponent)
        if isinstance(e, sp.log) and len(e.args) == 1:
            return self.log_form(e.args[0], env)
        if isinstance(e, FUNCTIONALS):
            return self.functional(e, env)
        if isinstance(e, sp.Sum | sp.Product):
            return self.repeated(e, env)
        if isinstance(e, Partial | sp.Derivative):
            return self.partial(e, env)
        if isinstance(e, OverData | OverTheSample):
            # Of an estimator that is only a name the expected value is a number without one.
            return self.letter(e)
        if isinstance(e, AppliedUndef):
            head = ("undefined", e.func.__name__, (0,) * len(e.args))
            return self.function(head, tuple(self.argument(a, env) for a in e.args))
        if isinstance(e, SCALARS_OF_VECTORS):
            return self.form(scalar(e), env)
        if isinstance(e, sp.KroneckerDelta):
            return self.kronecker(*(i.xreplace(env) for i in e.args[:2]))
        rule = RULES.get(e.func)
        if rule is None:
            raise GivesUp(f"node {e.func.__name__}")
        return rule(self, *(self.form(a, env) for a in e.args))

    def log_form(self, e: Any, env: dict[Any, Any]) -> Poly:
        """log e, definitions and densities written out."""
        for _ in range(DEEPEST):
            stands_for = meaning(e, self.facts)
            if stands_for is None:
                break
            e = stands_for
        opened = self.log_of_factors(e, env)
        return self.log(self.form(e, env)) if opened is None else opened

    def log_of_factors(self, e: Any, env: dict[Any, Any]) -> Poly | None:
        """log ∏ b^e = Σ e log b before a power of a sum is multiplied out; None unless every b is positive."""
        if not (e.is_Mul or (e.is_Pow and e.exp.is_Integer)):
            return None
        total: Poly = {}
        for factor in sp.Mul.make_args(e):
            base, times = factor.as_base_exp() if factor.is_Pow and factor.exp.is_Integer else (factor, sp.S.One)
            form = self.form(base, env)
            if not self.known_positive(form):
                return None
            total = add(total, self.mul(self.form(times, env), self.form(sp.log(base, evaluate=False), env)))
        return total

    def argument(self, e: Any, env: dict[Any, Any]) -> Poly:
        if isinstance(e, Vector) and e.args[0] not in self.facts.definitions:
            return self.vector(e.args[0])
        return self.vector(e) if isinstance(e, sp.IndexedBase) else self.form(e, env)

    def entry_form(self, e: Any, env: dict[Any, Any]) -> Poly:
        domain = self.facts.domains.get(e.base)
        binary = isinstance(domain, OneHot) or (isinstance(domain, Integers) and (domain.lower, domain.upper) == (0, 1))
        return self.entry(e.base, tuple(i.xreplace(env) for i in e.indices), binary)

    def observation(self, e: Any, env: dict[Any, Any]) -> Poly:
        """An entry of an observation at whose place ``counted`` stands; any other stays a letter."""
        place, *others = (i.xreplace(env) for i in e.indices)
        if not isinstance(place, Place) or not all(i.is_Integer for i in others):
            return self.entry_form(e, env)
        value = self.facts.observed[e.base].values[int(place.args[0])]
        if others:
            value = value[int(others[0]) - 1]
        exact = value if isinstance(value, int | Fraction) else sp.Rational(value)
        return number(plain(Fraction(int(exact.numerator), int(exact.denominator))))

    def counted(self, e: Any, env: dict[Any, Any]) -> Poly | None:
        """A sum or product over a few given observations, equal ones counted together; None for any other."""
        *inner, (letter, low, high) = e.limits
        body = e.func(e.function, *inner) if inner else e.function
        observed = behind(self.facts, body, letter)
        if observed is None or low != 1 or len(observed.values) > MOST_OBSERVED:
            return None
        if self.form(high, env) != number(observed.size):
            return None
        made: Poly = {} if isinstance(e, sp.Sum) else {ONE: 1}
        for place, often in enumerate(observed.counts):
            part = self.form(body, {**env, letter: Place(sp.Integer(place))})
            times = number(int(often))
            made = (
                add(made, self.mul(times, part)) if isinstance(e, sp.Sum) else self.mul(made, self.power(part, times))
            )
        return made

    def repeated(self, e: Any, env: dict[Any, Any]) -> Poly:
        if self.facts.observed and (made := self.counted(e, env)) is not None:
            return made
        if isinstance(e, sp.Sum) and len(e.limits) == 1:
            self.closed += 1
            try:
                return self.summation(e, env)
            finally:
                self.closed -= 1
        over = self.sum_over if isinstance(e, sp.Sum) else self.product_over
        if len(e.limits) == 1 and all(end.is_Integer for end in e.limits[0][1:]):
            return self.written_out(e, env)
        limits: list[tuple[Any, Poly]] = []
        inner = dict(env)
        # SymPy lists the innermost sum first, and an outer letter may stand in the limits of an inner one.
        for bound, low, high in reversed([tuple(limit) for limit in e.limits]):
            if low != 1 or high.is_infinite:
                raise GivesUp("limits")
            size = self.form(high, inner)
            inner[bound] = sp.Symbol(f"_d{len(inner)}", integer=True, positive=True)
            limits.append((inner[bound], size))
        body = self.form(e.function, inner)
        for bound, size in reversed(limits):
            body = over(body, bound, size)
        return body

    def summation(self, e: Any, env: dict[Any, Any]) -> Poly:
        """A single sum, the names of laws in it left closed."""
        bound, low, high = e.limits[0]
        if low.is_Integer and high.is_Integer:
            return self.written_out(e, env)
        if low != 1 or high.is_infinite:
            return self.over(e.function, bound, Integers(low, high), env)
        inner = dict(env)
        inner[bound] = sp.Symbol(f"_d{len(inner)}", integer=True, positive=True)
        return self.sum_over(self.form(e.function, inner), inner[bound], self.form(high, env))

    def written_out(self, e: Any, env: dict[Any, Any]) -> Poly:
        """A sum or product between two numbers, term by term."""
        bound, low, high = e.limits[0]
        if high - low > LONGEST:
            raise GivesUp("size")
        made: Poly = {} if isinstance(e, sp.Sum) else {ONE: 1}
        for value in range(int(low), int(high) + 1):
            part = self.form(e.function, {**env, bound: sp.Integer(value)})
            made = add(made, part) if isinstance(e, sp.Sum) else self.mul(made, part)
        return made

    def partial(self, e: Any, env: dict[Any, Any]) -> Poly:
        by_times = [(e.args[1], e.args[2])] if isinstance(e, Partial) else list(e.variable_count)
        freed = self.freed
        self.freed = freed | {by.base for by, _ in by_times if isinstance(by, sp.Indexed)}
        try:
            body = self.differentiated(self.form(e.args[0], env), by_times, env)
        finally:
            now, self.freed = self.freed, freed
        # What was left open because a vector moved freely is closed again.
        again = {base: base for base in now - freed}
        return self.renamed(body, again) if again else body

    def differentiated(self, body: Poly, by_times: list[Any], env: dict[Any, Any]) -> Poly:
        if any(isinstance(letter, OverTheSample) for letter in self.letters(body)):
            raise GivesUp("derivative")
        for by, times in by_times:
            if isinstance(by, sp.Indexed):
                by = by.base[tuple(i.xreplace(env) for i in by.indices)]
            if not times.is_Integer or times > 6:
                raise GivesUp("order")
            for _ in range(int(times)):
                body = self.derivative(body, by)
        return body

    def difference(self, left: Any, right: Any) -> Poly:
        """left − right, without renewing what is already known of either."""
        self.budget.left = OPERATIONS
        self.unfolding = 0
        return add(self.read(left), self.read(right), -1)

    def is_zero(self, poly: Poly) -> bool:
        """Is it zero as a rational function of its atoms, or a sum whose summand is?"""
        if not poly:
            return True
        top, _ = self.cleared(poly)
        if not top:
            return True
        groups = self.by_ranges(poly)
        if len(groups) > 1:
            return all(self.is_zero(group) for group in groups)
        gathered = self.gathered(poly)
        return gathered is not None and self.is_zero(gathered)

    def by_ranges(self, poly: Poly) -> list[Poly]:
        """Its parts by what their sums run over; one part where a term has no sum."""
        groups: dict[Any, Poly] = {}
        for mono, c in poly.items():
            ranges = frozenset(self.sizes(a) for a, _ in mono if self.table[a].kind == "sum")
            if not ranges:
                return [poly]
            groups.setdefault(ranges, {})[mono] = c
        return list(groups.values())

    def free_letter(self, poly: Poly) -> Any:
        """A bound letter that does not occur; the same one each time, so that what is known of it is found again."""
        taken = self.letters(poly)
        return next(s for n in count() if (s := sp.Symbol(f"_g{n}", integer=True, positive=True)) not in taken)

    def sizes(self, atom: int) -> tuple[Any, ...]:
        """How far the indices of a sum run."""
        return tuple(size for _, size in self.table[atom].key[1])

    def gathered(self, poly: Poly) -> Poly | None:
        """The summand of Σ a·s_i + N·c = Σ (a·s_i + c), if every sum in it runs over one range."""
        ranges: set[Any] = {self.sizes(a) for m in poly for a, _ in m if self.table[a].kind == "sum"}
        if len(ranges) != 1:
            return None
        ((size, *more),) = ranges
        if more:
            return None
        common = self.free_letter(poly)
        share = self.rational_power(dict(size), -1)
        total: Poly = {}
        for mono, c in poly.items():
            inside = [(a, e) for a, e in mono if self.table[a].kind == "sum"]
            if not inside:
                total = add(total, self.mul({mono: c}, share))
                continue
            if len(inside) != 1 or inside[0][1] != 1:
                return None
            rest = tuple(f for f in mono if f != inside[0])
            _, ((bound, _),), body = self.table[inside[0][0]].key
            total = add(total, self.mul({rest: c}, self.renamed({body: 1}, {bound: common})))
        return total


_CACHE: OrderedDict[Any, NormalForms] = OrderedDict()


def facts_key(facts: Facts) -> Any:
    """What two equal sets of facts share."""
    maps = (facts.domains, facts.shapes, facts.indices, facts.definitions, facts.observed)
    return (*(tuple(m.items()) for m in maps), facts.assumed, tuple(facts.laws.items()), tuple(facts.joints.items()))


def normal_forms(facts: Facts) -> NormalForms:
    """The algebra of these facts, kept for the next line of the same page."""
    key = facts_key(facts)
    found = _CACHE.get(key)
    if found is None:
        found = _CACHE[key] = NormalForms(facts)
        if len(_CACHE) > KEPT:
            _CACHE.popitem(last=False)
    else:
        _CACHE.move_to_end(key)
    return found
