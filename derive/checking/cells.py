r"""Densities that are constant on finitely many cells of one width: what unknown densities on ℝ may be.

A claim about integrals of unknown densities is then one about finite sums. With masses m on cells of width Δ the
density is m/Δ on each cell (m/Δ² for two variables) and zero elsewhere, so ∫ f(p(x), q(x)) dx is Δ·Σ f(m/Δ, m'/Δ):
these are true densities, and what fails for them is wrong. It holds where a letter stands only as an argument of
densities.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.core.claim import Claim
from derive.core.domains import REALS, UNIT, Integers
from derive.core.facts import Facts
from derive.core.information import Cardinality, CrossEntropy, Divergence, Entropy, Expectation, Law
from derive.core.joints import Joint, part_of
from derive.core.meanings import meaning
from derive.core.nodes import Partial
from derive.core.statement import Statement
from derive.core.trees import rebuild
from derive.core.vectors import Gradient, function_at

DRAWN = sp.Symbol(r"\Delta_{\text{cell}}", positive=True)
# Cells much narrower than one and cells wider than it: an entropy of a density may have either sign.
WIDTH = 16 * DRAWN**6
CELLS = Integers(sp.Integer(1), Cardinality(r"\mathbb{R}"))


def on_cells(claim: Claim) -> Claim:
    """The claim about densities on cells, if it is about parts of a joint density; else the claim as it is."""
    sides = (claim.left, claim.right)
    if not claim.facts.joints or any(isinstance(side, Statement) for side in sides):
        return claim
    parts = [
        part for side in sides for f in side.atoms(AppliedUndef) if (part := part_of(f.func.__name__, claim.facts))
    ]
    if not any(REALS in part.joint.supports for part in parts):
        return claim
    try:
        cells = Cells(claim.facts)
        left, right = (cells.of(side) for side in sides)
        return replace(claim, left=left, right=right, facts=cells.facts())
    except GivesUp:
        return claim


class Cells:
    """Expressions with cells for the real numbers."""

    def __init__(self, facts: Facts) -> None:
        self.before = facts
        names = {law.variable.name for law in facts.laws.values() if lives_on_line(law)}
        names |= {
            v.name for j in facts.joints.values() for v, s in zip(j.variables, j.supports, strict=True) if s == REALS
        }
        self.names = names
        self.families: dict[Any, Any] = {}

    def facts(self) -> Facts:
        """The facts with the laws on cells."""
        facts = self.before
        laws = {
            name: replace(law, variable=cell(law.variable), support=CELLS) if lives_on_line(law) else law
            for name, law in facts.laws.items()
        }
        joints = {name: joint_on_cells(joint) for name, joint in facts.joints.items()}
        domains = {k: v for k, v in facts.domains.items() if not (isinstance(k, sp.Symbol) and k.name in self.names)}
        domains |= {cell(name): CELLS for name in sorted(self.names)} | {DRAWN: UNIT}
        domains |= {new: CELLS for new in self.families.values()}
        shapes = facts.shapes | {new: facts.shapes[old] for old, new in self.families.items() if old in facts.shapes}  # type: ignore[operator]
        return replace(facts, laws=laws, joints=joints, domains=domains, shapes=shapes)

    def of(self, e: Any) -> Any:
        """The expression.

        Raises:
            GivesUp: a letter of a density stands somewhere else, too.
        """
        if isinstance(e, sp.Symbol):
            if e.name in self.names:
                raise GivesUp("cells")
            return e
        if isinstance(e, sp.Indexed):
            if str(e.base.label) in self.names:
                raise GivesUp("cells")
            return e
        if isinstance(e, AppliedUndef):
            stands_for = meaning(e, self.before)
            return self.density(e) if stands_for is None else self.of(stands_for)
        if isinstance(e, sp.Integral):
            body = self.of(e.function)
            for letter, low, high in e.limits:
                if letter.name not in self.names or (low, high) != (-sp.oo, sp.oo):
                    raise GivesUp("cells")
                body = WIDTH * sp.Sum(body, (cell(letter), CELLS.lower, CELLS.upper))
            return body
        if isinstance(e, Expectation):
            expr, variable, name = e.args
            return self.mean(self.of(expr), variable, name)
        if isinstance(e, Entropy | CrossEntropy | Divergence):
            return self.of_laws(e)
        if isinstance(e, Partial | Gradient | sp.Derivative) and self.touches(e.args[1]):
            raise GivesUp("cells")
        if not e.args:
            return e
        return rebuild(e, tuple(self.of(a) if isinstance(a, sp.Basic) else a for a in e.args))

    def touches(self, by: Any) -> bool:
        """Is it a derivative by the letter of a density?"""
        return any(s.name in self.names for s in by.free_symbols if isinstance(s, sp.Symbol))

    def mean(self, expr: Any, variable: Any, name: Any) -> Any:
        law = self.before.law(name)
        if law is None or not lives_on_line(law) or getattr(variable, "name", "") not in self.names:
            raise GivesUp("cells")
        at = cell(variable)
        return sp.Sum(function_at(str(name), at, *law.given) * expr, (at, CELLS.lower, CELLS.upper))

    def of_laws(self, e: Any) -> Any:
        laws = [self.before.law(name) for name in e.args]
        if any(law is None or not lives_on_line(law) for law in laws) or laws[0] is None:
            raise GivesUp("cells")
        at = laws[0].variable
        p, q = (function_at(str(e.args[k]), at, *(laws[k].given)) for k in (0, -1))  # type: ignore[union-attr]
        inside = sp.log(p / q, evaluate=False) if isinstance(e, Divergence) else -sp.log(q, evaluate=False)
        return self.mean(self.of(inside), at, e.args[0])

    def density(self, e: Any) -> Any:
        """A density is the mass over the width of the cell."""
        name = e.func.__name__
        part, law = part_of(name, self.before), self.before.law(name)
        if part is not None and part.joint.density is None:
            places = (*part.shown, *part.behind)
            lines = [part.joint.supports[k] == REALS for k in places]
            count = sum(part.joint.supports[k] == REALS for k in part.shown)
        elif law is not None and lives_on_line(law):
            lines, count = [True], 1
        else:
            raise GivesUp("cells")
        args = [self.argument(a) if line else a for a, line in zip(e.args, lines, strict=False)]
        others = [self.of(a) for a in e.args[len(lines) :]]
        return function_at(name, *args, *others) / WIDTH**count

    def argument(self, e: Any) -> Any:
        """A letter of a density, or an observation, as the number of its cell."""
        if isinstance(e, sp.Symbol) and e.name in self.names:
            return cell(e)
        if isinstance(e, sp.Indexed) and str(e.base.label) in self.names:
            new = self.families.setdefault(e.base, sp.IndexedBase(str(e.base.label), integer=True, positive=True))
            return new[e.indices]
        raise GivesUp("cells")


def cell(letter: Any) -> Any:
    """The letter that counts cells."""
    return sp.Symbol(getattr(letter, "name", str(letter)), integer=True, positive=True)


def lives_on_line(law: Law) -> bool:
    """Is it an unknown density on ℝ?"""
    return law.density is None and law.support == REALS and isinstance(law.variable, sp.Symbol)


def joint_on_cells(joint: Joint) -> Joint:
    """The joint law with cells for its real variables."""
    pairs = [(cell(v), CELLS) if s == REALS else (v, s) for v, s in zip(joint.variables, joint.supports, strict=True)]
    return replace(joint, variables=tuple(v for v, _ in pairs), supports=tuple(s for _, s in pairs))
