"""Expectations, entropies, divergences and integrals as linear functionals in the normal form."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.algebra import Algebra
from derive.checking.budget import Budget, GivesUp
from derive.checking.joint_laws import summed_out
from derive.checking.opened import opened_log
from derive.checking.polynomials import ONE, Mono, Poly, add, frozen, scale
from derive.core.domains import Domain, Integers, Interval, assumptions
from derive.core.information import Cardinality, CrossEntropy, Divergence, Entropy, Expectation, Extremum, Law, Variance
from derive.core.vectors import function_at

KNOWN = ("integer", "real", "positive", "nonnegative", "negative")
FUNCTIONALS = (Expectation, Variance, Entropy, CrossEntropy, Divergence, Cardinality, Extremum, sp.Integral)


class Functionals(Algebra):
    """E[a·S + b·T] = a·E[S] + b·E[T] and E[1] = 1, every expectation with a value; ∫ and Σ over a support alike.

    Inside, p(x) stands closed as one positive atom, so that E_p[g] and ∫ p(x) g dx are one form; a logarithm opens it.
    """

    closed = 0

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.solved: dict[int, Poly] = {}
        self.normalised: set[str] = set()

    def form(self, e: Any, env: dict[Any, Any]) -> Poly:
        """The polynomial of an expression whose bound letters are renamed as ``env`` says."""
        raise NotImplementedError

    def forget(self) -> None:
        """Forms made before a moment was known are made anew."""
        raise NotImplementedError

    def stays(self, e: Any, env: dict[Any, Any]) -> bool:
        """Is it a density at a letter, inside a functional?"""
        if not self.closed or not isinstance(e, AppliedUndef) or len(e.args) != 1:
            return False
        if env.get(e.args[0], e.args[0]).is_number:
            return False
        law = self.facts.law(e.func.__name__)
        return law is not None and law.density is not None

    def law_at(self, e: Any, env: dict[Any, Any]) -> Poly:
        return self.function(("undefined", e.func.__name__, (0,)), (self.form(e.args[0], env),))

    def hidden_letters(self, head: Any) -> frozenset[Any]:
        law = self.facts.law(head[1]) if isinstance(head, tuple) and head[0] == "undefined" else None
        if law is None or law.density is None:
            return frozenset()
        ends = (law.support.lower, law.support.upper) if isinstance(law.support, Interval | Integers) else ()
        free = law.density.free_symbols.union(*(e.free_symbols for e in ends)) - {law.variable}
        return frozenset(free)

    def functional(self, e: Any, env: dict[Any, Any]) -> Poly:
        if isinstance(e, Extremum):
            what, letters, kind = e.args
            return self.extremum(what, letters, kind, env)
        if isinstance(e, Cardinality):
            return {((self.atom(("sym", e), frozenset({e})), 1),): 1}
        if isinstance(e, sp.Integral):
            if any(len(limit) != 3 for limit in e.limits):
                raise GivesUp("integral")
            return self.over_limits(e.function, e.limits, env)
        if isinstance(e, Expectation):
            expr, variable, name = e.args
            return self.mean(expr, variable, name, env)
        if isinstance(e, Variance):
            expr, variable, name = e.args
            first = self.mean(expr, variable, name, env)
            return add(self.mean(expr**2, variable, name, env), self.mul(first, first), -1)
        names = e.args
        variable = self.law_called(names[0]).variable
        if isinstance(variable, sp.IndexedBase):
            raise GivesUp("vector law")
        p, q = (function_at(str(n), variable, *self.law_called(n).given) for n in (names[0], names[-1]))
        logs = sp.log(q, evaluate=False)
        found = scale(self.mean(logs, variable, names[0], env), -1)
        if isinstance(e, Divergence):
            found = add(found, self.mean(sp.log(p, evaluate=False), variable, names[0], env))
        return found

    def extremum(self, expr: Any, letters: Any, kind: Any, env: dict[Any, Any]) -> Poly:
        """argmax f = argmax log f = argmin −f = argmax (c·f + d) for c > 0; max f = −min −f."""
        names = frozenset(letters)
        body = self.form(expr, env)
        if str(kind) in ("min", "argmin"):
            body = scale(body, -1)
        free = [m for m in body if all(self.table[a].letters.isdisjoint(names) for a, _ in m)]
        if not str(kind).startswith("arg"):
            key = ("extremum", frozen(body), tuple(sorted(map(str, names))), "max")
            made: Poly = {((self.atom(key, self.letters(body) - names), 1),): 1 if str(kind) == "max" else -1}
            return made
        if len(body) == 1 and self.known_positive(body):
            # The logarithm is increasing, so it moves no maximum.
            body = self.log(body)
            free = [m for m in body if all(self.table[a].letters.isdisjoint(names) for a, _ in m)]
        body = {m: c for m, c in body.items() if m not in free}
        front, rest = self.primitive(body)
        ((mono, c),) = front.items()
        outer = tuple(f for f in mono if self.table[f[0]].letters.isdisjoint(names))
        if not all(self.positive(a) for a, _ in outer):
            raise GivesUp("extremum")
        inner = tuple(f for f in mono if f not in outer)
        whole = self.mul({inner: 1 if c > 0 else -1}, rest)
        key = ("extremum", frozen(whole), tuple(sorted(map(str, names))), "argmax")
        return {((self.atom(key, self.letters(whole) - names), 1),): 1}

    def law_called(self, name: Any) -> Law:
        law = self.facts.law(name)
        if law is None:
            raise GivesUp("law")
        return law

    def mean(self, expr: Any, variable: Any, name: Any, env: dict[Any, Any]) -> Poly:
        """E[expr] as an integral or a sum over the support."""
        law = self.law_called(name)
        if isinstance(variable, sp.IndexedBase) or not isinstance(law.support, Interval | Integers):
            raise GivesUp("vector law")
        density = function_at(str(name), variable, *law.given)
        ends = (law.support.lower, law.support.upper)
        if isinstance(law.support, Integers) and not ends[1].is_infinite and (ends[0] == 1 or ends[1].is_Integer):
            return self.form(sp.Sum(density * expr, (variable, *ends)), env)
        return self.over(density * expr, variable, law.support, env)

    def over_limits(self, body: Any, limits: Any, env: dict[Any, Any]) -> Poly:
        """Several integrals, the innermost limits first."""
        letter, low, high = limits[-1]
        support = Interval(low, high)
        if len(limits) == 1:
            return self.over(body, letter, support, env)
        place = sp.Symbol(f"_o{len(env)}", **assumptions(support))
        self.closed += 1
        try:
            inside = self.over_limits(body, limits[:-1], {**env, letter: place})
        finally:
            self.closed -= 1
        return self.over_poly(inside, place, *self.ends(support, env))

    def without(self, key: tuple[Any, ...], bound: Any, size: Poly) -> Poly | None:
        return summed_out(self, key, bound, "sum", frozen({ONE: 1}), frozen(size)) if self.facts.joints else None

    def over(self, body: Any, letter: Any, support: Domain, env: dict[Any, Any]) -> Poly:
        """∫ or Σ of the body over a support, term by term."""
        known = assumptions(support)
        place = sp.Symbol(f"_o{len(env)}", **known)
        self.closed += 1
        try:
            inside = self.form(body, {**env, letter: place})
        finally:
            self.closed -= 1
        return self.over_poly(inside, place, *self.ends(support, env))

    def ends(self, support: Any, env: dict[Any, Any]) -> tuple[Any, ...]:
        """Kind and ends as a key; an end at infinity is its sign."""
        kind = "sum" if isinstance(support, Integers) else "integral"
        return (
            kind,
            *(
                ("infinite", str(v)) if v.is_infinite else frozen(self.form(v, env))
                for v in (support.lower, support.upper)
            ),
        )

    def over_poly(self, body: Poly, place: Any, kind: str, low: Any, high: Any) -> Poly:
        total: Poly = {}
        for mono, c in body.items():
            free, inside = self.split(mono, place)
            total = add(total, self.mul({free: c}, self.over_mono(inside, place, kind, low, high)))
        return total

    def over_mono(self, inside: Mono, place: Any, kind: str, low: Any, high: Any) -> Poly:
        if not inside:
            if "infinite" in (low[:1] or (0,))[0:1] or "infinite" in (high[:1] or (0,))[0:1]:
                raise GivesUp("measure")
            width = add(dict(high), dict(low), -1)
            return add(width, {ONE: 1}) if kind == "sum" else width
        if len(inside) == 1 and inside[0][1] == 1 and self.is_whole(inside[0][0], place, kind, low, high):
            return {ONE: 1}
        if len(inside) == 1 and inside[0][1] == 1 and self.facts.joints:
            left = summed_out(self, self.table[inside[0][0]].key, place, kind, low, high)
            if left is not None:
                return left
        if len(inside) == 1 and inside[0][1] == 1 and self.is_slope(inside[0][0], place, kind, low, high):
            return {}
        for factor in inside:
            if self.table[factor[0]].kind == "sum" and factor[1] == 1:
                return self.over_sum(factor[0], tuple(f for f in inside if f != factor), place, (kind, low, high))
        if (other := self.in_the_other_order(inside, place, (kind, low, high))) is not None:
            return other
        height = self.height({inside: 1}) + 1
        known = {k: v for k, v in place.assumptions0.items() if k in KNOWN and v}
        name = sp.Symbol(f"_{height}_o", **known)
        made = self.renamed({inside: 1}, {place: name})
        if len(made) != 1:
            raise GivesUp("integral")
        ((mono, c),) = made.items()
        letters = self.letters({mono: 1}) - {name}
        for end in (low, high):
            if end[:1] != ("infinite",):
                letters |= self.letters(dict(end))
        atom = self.atom(("over", kind, name, low, high, mono), letters, height)
        self.normalise(mono)
        value = self.solved.get(atom)
        return scale(value, c) if value is not None else {((atom, 1),): c}

    def in_the_other_order(self, inside: Mono, place: Any, over: tuple[Any, ...]) -> Poly | None:
        """∫∫ g dx dz as ∫∫ g dz dx, where the inner one of these is known; None elsewhere."""
        if not self.facts.joints or len(inside) != 1 or inside[0][1] != 1 or self.table[inside[0][0]].kind != "over":
            return None
        _, kind, name, low, high, mono = self.table[inside[0][0]].key
        if any(place in self.letters(dict(end)) for end in (low, high) if end[:1] != ("infinite",)):
            return None
        free, moved = self.split(mono, place)
        if len(moved) != 1 or moved[0][1] != 1:
            return None
        left = summed_out(self, self.table[moved[0][0]].key, place, *over)
        if left is None:
            return None
        inner = sp.Dummy(**{k: v for k, v in name.assumptions0.items() if v and k in KNOWN})
        return self.over_poly(self.renamed(self.mul({free: 1}, left), {name: inner}), inner, kind, low, high)

    def over_sum(self, atom: int, rest: Mono, place: Any, over: tuple[Any, ...]) -> Poly:
        """∫ g Σ_i s_i dx = Σ_i ∫ g s_i dx for a sum of finitely many terms, however many."""
        _, bounds, body = self.table[atom].key
        if any(place in self.letters(dict(size)) for _, size in bounds):
            raise GivesUp("size")
        names = {b: sp.Dummy(f"b{next(self.fresh)}", integer=True, positive=True) for b, _ in bounds}
        ranges = tuple((names[b], dict(size)) for b, size in bounds)
        inside = self.mul({rest: 1}, self.renamed({body: 1}, names))
        return self.sums(self.over_poly(inside, place, *over), ranges)

    def normalise(self, mono: Mono) -> None:
        """∂/∂θ of ∫ p dx = 1: E_p[∂ log p/∂θ] = 0, solved for the one moment in it that is not known yet."""
        heads = [self.table[a].key[1] for a, _ in mono if self.table[a].kind == "fun"]
        for name in sorted({str(h[1]) for h in heads if self.is_density(h)} - self.normalised):
            self.normalised.add(name)
            law = self.law_called(name)
            if law.density is None or isinstance(law.variable, sp.IndexedBase):
                continue
            ends = (law.support.lower, law.support.upper) if isinstance(law.support, Interval | Integers) else ()
            fixed = {s for e in ends for s in e.free_symbols} | {law.variable}
            letters = sorted(law.density.free_symbols - fixed, key=str)
            scores = [self.score(law, name, letter) for letter in letters if not letter.is_integer]
            for _ in scores:
                for score in scores:
                    self.solve(score)

    def score(self, law: Law, name: str, letter: Any) -> Any:
        slope = sp.diff(opened_log(law.density), letter)
        return None if slope.has(sp.Derivative, sp.Subs) else Expectation(slope, law.variable, sp.Symbol(name))

    def solve(self, score: Any) -> None:
        """From Σ c·E[T] + … = 0 with one E[T] unknown: its value."""
        if score is None:
            return
        try:
            self.forget()
            form = self.form(score, {})
            atoms = {a for mono in form for a, _ in mono if self.table[a].kind == "over"}
            if len(atoms) != 1:
                return
            (atom,) = atoms
            factor: Poly = {}
            rest: Poly = {}
            for mono, c in form.items():
                powers = dict(mono)
                if atom in powers:
                    if powers[atom] != 1:
                        return
                    factor = add(factor, {tuple(f for f in mono if f[0] != atom): c})
                else:
                    rest = add(rest, {mono: c})
            self.solved[atom] = self.mul(rest, self.rational_power(scale(factor, -1), -1))
            self.forget()
        except GivesUp:
            return

    def is_whole(self, atom: int, place: Any, kind: str, low: Any, high: Any) -> bool:
        """Is it a law's own density over all of its support?"""
        key = self.table[atom].key
        if key[0] != "fun" or not self.is_density(key[1]) or not self.only_first(key[2], place) or any(key[1][2]):
            return False
        support = self.law_called(key[1][1]).support
        return isinstance(support, Interval | Integers) and self.ends(support, {}) == (kind, low, high)

    def only_first(self, args: tuple[Any, ...], place: Any) -> bool:
        """Is the first argument this letter, and do the others not depend on it?"""
        first, *others = (dict(arg) for arg in args)
        return first == self.letter(place) and all(place not in self.letters(other) for other in others)

    def is_slope(self, atom: int, place: Any, kind: str, low: Any, high: Any) -> bool:
        """Is it ∂f(x; θ)/∂θ of an unknown density over all of its support? Of ∫ f dx = 1 the derivative is 0."""
        key = self.table[atom].key
        if key[0] != "fun" or not self.is_density(key[1]) or not self.only_first(key[2], place):
            return False
        orders, law = key[1][2], self.law_called(key[1][1])
        whole = isinstance(law.support, Interval | Integers) and self.ends(law.support, {}) == (kind, low, high)
        return whole and law.density is None and not orders[0] and any(orders[1:])

    def over_derivative(self, key: tuple[Any, ...], by: Any) -> Poly:
        """∂/∂θ ∫ g dx = ∫ ∂g/∂θ dx over a range that does not move."""
        _, kind, name, low, high, mono = key
        if any(end[:1] != ("infinite",) and self.derivative(dict(end), by) for end in (low, high)):
            raise GivesUp("derivative")
        return self.over_poly(self.derivative({mono: 1}, by), name, kind, low, high)

    def over_renamed(self, key: tuple[Any, ...], to: dict[Any, Any]) -> Poly:
        _, kind, name, low, high, mono = key
        place = sp.Dummy(**{k: True for k in KNOWN if getattr(name, f"is_{k}")})
        body = self.renamed({mono: 1}, {**to, name: place})
        ends = [e if e[:1] == ("infinite",) else frozen(self.renamed(dict(e), to)) for e in (low, high)]
        return self.over_poly(body, place, kind, *ends)
