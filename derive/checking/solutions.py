"""The admissible solutions of two statements at one point of the data: are they the same?"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.free_letters import letters_of
from derive.checking.normal_form import normal_forms
from derive.checking.numbers import equal_at
from derive.checking.point import Undefined
from derive.checking.points import related, true_at
from derive.checking.roots import ends, grid, inside, zeros
from derive.checking.walker import Walker
from derive.checking.witnesses import witness_at
from derive.core.claim import Claim, Witness
from derive.core.domains import Domain, Integers
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import mentions


def same_truth(claim: Claim, walker: Walker, a: Statement, b: Statement, **more: str) -> Witness | None:
    """Are both true, or both false, at the walker's point?"""
    values = [(walker.value(s.left), walker.value(s.right)) for s in (a, b)]
    true = [true_of(s, *v, walker) for v, s in zip(values, (a, b), strict=True)]
    if true[0] == true[1]:
        return None
    return witness_at(claim, walker, values[0][0] - values[0][1], values[1][0] - values[1][1], **more)


def true_of(statement: Statement, left: Any, right: Any, walker: Walker) -> bool:
    """Is it true where its sides have these values?"""
    if statement.relation == EQUAL:
        return equal_at(statement.left, statement.right, left, right, walker)
    return related(left, statement.relation, right, walker)


def _ends(values: tuple[Any, Any], statement: Statement) -> tuple[Any, Any, Any]:
    return values[0], statement.relation, values[1]


class Solutions:
    """The solutions of both statements in one letter, all others fixed."""

    def __init__(self, claim: Claim, unknown: Any, a: Statement, b: Statement, proved: bool) -> None:
        self.claim, self.unknown, self.a, self.b, self.proved = claim, unknown, a, b, proved
        self.seen = False
        name = getattr(unknown, "base", unknown)
        self.domain: Domain | None = claim.facts.domains.get(name)
        self.assumed = [s for s in claim.facts.assumed if name in letters_of((s,), claim.facts)]

    def check(self, walker: Walker) -> Witness | None:
        """``None`` if they agree at this point."""
        low, high = ends(self.domain, self.unknown, walker)
        if not low < high:
            raise Undefined(False)
        if self.a.relation != EQUAL or self.b.relation != EQUAL:
            return self.same_order(walker, low, high)
        known = self.solved(walker, self.b), self.solved(walker, self.a)
        if self.proved:
            candidates = [root for found in known for root in found or []]
        else:
            candidates = []
            for statement, found in ((self.a, known[1]), (self.b, known[0])):
                candidates += self.scanned(walker, statement, low, high) if found is None else found
        drawn = [] if self.far_from_zero(walker) else [walker.value(self.unknown)]
        for root in [*candidates, *drawn]:
            if not self.admissible(walker, root, low, high):
                continue
            is_root = [self.vanishes(walker, s, root) for s in (self.a, self.b)]
            self.seen |= any(is_root)
            if is_root[0] != is_root[1]:
                with walker.with_letter(self.unknown, root):
                    left, right = (walker.value(s.left - s.right) for s in (self.a, self.b))
                return self.witness(walker, root, left, right)
        return None

    def far_from_zero(self, walker: Walker) -> bool:
        """Is the point as drawn clearly a solution of neither?"""
        return all(abs(walker.value(s.left) - walker.value(s.right)) > 1e-9 for s in (self.a, self.b))

    def solved(self, walker: Walker, statement: Statement) -> list[Any] | None:
        """The solution that ``letter = expression`` states; ``None`` if the statement is not solved."""
        if statement.left != self.unknown or mentions(statement.right, self.unknown):
            return None
        if getattr(self.unknown, "base", self.unknown) in letters_of((statement.right,), self.claim.facts):
            return None
        try:
            return [walker.value(statement.right)]
        except Undefined:
            return []

    def scanned(self, walker: Walker, statement: Statement, low: Any, high: Any) -> list[Any]:
        forms = normal_forms(self.claim.facts)
        try:
            quick = forms.expression(forms.difference(statement.left, statement.right))
        except GivesUp:
            quick = None
        f = self.function(walker, statement if quick is None else Statement(quick, EQUAL, sp.Integer(0)))
        return zeros(f, grid(self.domain, low, high, walker.ctx), isinstance(self.domain, Integers))

    def function(self, walker: Walker, statement: Statement) -> Any:
        def f(value: Any) -> Any:
            with walker.with_letter(self.unknown, value):
                return walker.value(statement.left) - walker.value(statement.right)

        return f

    def admissible(self, walker: Walker, root: Any, low: Any, high: Any) -> bool:
        if not inside(root, self.domain, low, high):
            return False
        with walker.with_letter(self.unknown, root):
            return all(true_at(s, walker) for s in self.assumed)

    def vanishes(self, walker: Walker, statement: Statement, root: Any) -> bool:
        """Is the equation's residual there much smaller than a little way off?"""
        f = self.function(walker, statement)
        try:
            at = abs(f(root))
        except Undefined:
            return False
        if at == 0:
            return True
        step = max(abs(root), walker.ctx.mpf(10) ** -3) * walker.ctx.mpf(10) ** -5
        near: list[Any] = []
        for place in (root + step, root - step):
            try:
                near.append(abs(f(place)))
            except Undefined:
                continue
        return bool(near) and bool(at <= max(near) * walker.ctx.mpf(10) ** -8)

    def same_order(self, walker: Walker, low: Any, high: Any) -> Witness | None:
        self.seen = True
        for value in grid(self.domain, low, high, walker.ctx)[:: 4 if self.proved else 1]:
            if self.admissible(walker, value, low, high):
                with walker.with_letter(self.unknown, value):
                    try:
                        values = [(walker.value(s.left), walker.value(s.right)) for s in (self.a, self.b)]
                    except Undefined:
                        continue
                pairs = zip(values, (self.a, self.b), strict=True)
                if len({related(v[0], s.relation, v[1], walker) for v, s in pairs}) == 2:
                    return self.witness(walker, value, values[0][0] - values[0][1], values[1][0] - values[1][1])
        return None

    def witness(self, walker: Walker, root: Any, left: Any, right: Any) -> Witness:
        found = witness_at(self.claim, walker, left, right)
        shown = dict(found.point)
        name = self.unknown
        text = str(Fraction(float(root)).limit_denominator(1000))
        close = abs(float(root) - float(Fraction(text))) < 1e-12
        shown[str(name)] = text if close else str(walker.ctx.nstr(root, 6))
        return Witness(tuple(shown.items()), found.left, found.right)
