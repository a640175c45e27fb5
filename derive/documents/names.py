"""What the names of a document stand for: functions defined on the way, densities by what they are applied to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.free_letters import bare_letters
from derive.core.conditionals import GivenData
from derive.core.domains import BINARY, Integers
from derive.core.facts import Facts
from derive.core.information import CrossEntropy, Divergence, Entropy, Expectation, Variance
from derive.core.nodes import At, Partial, named_function
from derive.core.sample_functionals import OverTheSample
from derive.core.trees import mentions, rebuild, substitute
from derive.core.vectors import (
    VECTOR_LETTERS,
    EvaluatedAt,
    Gradient,
    Hessian,
    VectorAt,
    VectorIntegral,
    VectorMean,
    is_matrix,
)
from derive.documents.clauses import Function, clause_for
from derive.documents.estimators import weighed
from derive.documents.expected import over_density, over_one
from derive.documents.intermediate import by_formula, by_name, is_by_formula
from derive.documents.laws.bayes import of_own_law, unknown
from derive.documents.laws.densities import density_of, is_density_name
from derive.documents.laws.priors import clause_of_context, is_of_another, with_own_prior
from derive.documents.laws.sample_laws import at
from derive.documents.laws.supports import certain, over_support
from derive.documents.laws.turned_round import turned_round
from derive.documents.letters import name_of

DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Names:
    """All that is known of names at one place of the document."""

    facts: Facts
    functions: dict[str, tuple[Function, ...]]
    bound: frozenset[Any] = frozenset()
    singles: frozenset[str] = frozenset()

    def clause(self, head: str, args: tuple[Any, ...]) -> Function | None:
        """What the document says f(args…) is; ``P(Y=1)`` and ``P(Y=0)`` are told apart."""
        return clause_for(head, self.functions.get(head, ()), args)

    def given(self, head: str) -> Function | None:
        """The function of this name that a line of context gives."""
        meant = self.facts.definitions.get(head)
        return Function(tuple(meant.signature), meant.expr) if isinstance(meant, sp.Lambda) else None

    def defines(self, head: str, args: tuple[Any, ...] = ()) -> bool:
        """Has the document, or its context, said what this function is?"""
        return self.clause(head, args) is not None or head in self.facts.definitions

    def resolved(self, expr: Any, depth: int = 0) -> Any:
        """The expression with the names of functions replaced by what they stand for."""
        if depth > DEEPEST or not getattr(expr, "args", ()):
            return self.bare(expr, depth)
        if isinstance(expr, (sp.Indexed, sp.IndexedBase, *VECTOR_LETTERS)):
            return expr
        if isinstance(expr, Partial):
            return self.partial(expr, depth)
        if isinstance(expr, At | EvaluatedAt):
            return self.evaluated(expr, depth)
        if isinstance(expr, AppliedUndef):
            return self.applied(expr, depth)
        if isinstance(expr, Expectation | VectorMean) and (whole := over_density(expr, self.facts)) is not None:
            return self.resolved(whole, depth + 1)
        if isinstance(expr, Expectation | Variance):
            return over_one(
                expr.func(self.held(expr.args[1]).resolved(expr.args[0], depth), *expr.args[1:]), self.facts
            )
        if isinstance(expr, OverTheSample | GivenData):
            inner = expr.func(self.resolved(expr.args[0], depth), *expr.args[1:])
            made = weighed(inner, self.facts)
            return made if made.has(type(expr)) else self.resolved(made, depth + 1)
        if isinstance(expr, sp.Sum) and (other := over_support(expr, self.facts)) is not None:
            return self.resolved(other, depth + 1)
        if isinstance(expr, sp.Sum | sp.Product | sp.Integral | VectorIntegral):
            held = replace(self, bound=self.bound | {limit[0] for limit in expr.limits})
            limits = [(m[0], *(self.resolved(end, depth) for end in m[1:])) for m in expr.limits]
            return expr.func(held.resolved(expr.function, depth), *limits)
        if isinstance(expr, Entropy | CrossEntropy | Divergence):
            return self.written_out(expr, depth)
        if isinstance(expr, sp.Piecewise):
            return certain(expr.func(*((self.resolved(b, depth), c) for b, c in expr.args)), self.facts)
        args = tuple(self.resolved(a, depth) if isinstance(a, sp.Basic) else a for a in expr.args)
        made = rebuild(expr, args) if args != expr.args else expr
        return by_formula(made) if is_by_formula(made) else made

    def bare(self, expr: Any, depth: int) -> Any:
        """A name without arguments that stands for a function."""
        free = isinstance(expr, sp.Symbol) and expr not in self.bound
        found = (self.clause(expr.name, ()) or self.given(expr.name)) if free else None
        if found is None or depth > DEEPEST or mentions(found.body, expr):
            return expr
        return self.resolved(found.body, depth + 1)

    def applied(self, expr: Any, depth: int) -> Any:
        """f(args…)."""
        head = expr.func.__name__
        args = tuple(self.resolved(a, depth) if not isinstance(a, sp.IndexedBase) else a for a in expr.args)
        args = self.of_one(head, args)
        single = bool(args) and getattr(args[0], "name", None) in self.singles
        if (
            args
            and not single
            and args[0] not in self.bound
            and is_sample(args[0], self.facts)
            and (whole := self.sample(head, args, depth)) is not None
        ):
            return whole
        turned = turned_round(head, args, self.functions.get(head, ()), self.facts) if is_density_name(head) else None
        if turned is not None:
            return self.resolved(turned, depth + 1)
        found = self.clause(head, args)
        if found is not None and is_density_name(head) and is_of_another((found.formals, found.body), args, self.facts):
            return self.density(head, args) or unknown(args)
        if found is None and (mass := self.binary(head, args)) is not None:
            return self.resolved(mass, depth + 1)
        if found is not None and not found.body.has(expr.func):
            return self.resolved(put_in(found, args), depth + 1)
        if single and (law := self.facts.law(args[0].name)) is not None:
            return at(law, args[0]) or expr
        if args and args[0] in self.bound:
            # Of a letter that is integrated out, only its own law says what p of it is.
            density = of_own_law(args, self.facts) if is_density_name(head) else None
        else:
            density = self.density(head, args)
        if density is not None:
            return density
        context = clause_of_context(head, self.facts) if is_density_name(head) else None
        if context is not None and is_of_another(context, args, self.facts):
            return unknown(args)
        return expr if args == expr.args else expr.func(*args)

    def of_one(self, head: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments of a function that the context gives: x where it is of x, and x_1, …, x_n are data too."""
        given = self.given(head)
        single = {s.name for s in bare_letters(given.body)} if given is not None else set()
        return tuple(a.label if isinstance(a, sp.IndexedBase) and str(a.label) in single else a for a in args)

    def density(self, head: str, args: tuple[Any, ...]) -> Any:
        """The density at the arguments by the laws of the context, and by the priors that the document writes."""
        clauses = tuple((c.formals, c.body) for c in self.functions.get(head, ()))
        facts = with_own_prior(head, clauses, self.facts) if is_density_name(head) else self.facts
        return density_of(head, args, facts)

    def written_out(self, expr: Any, depth: int) -> Any:
        """An entropy or divergence of a law that the document itself defines, as a sum over the other's support."""
        names = [str(a) for a in expr.args]
        own = [name for name in names if self.clause(name, ()) is not None and self.facts.law(name) is None]
        laws = [law for name in names if (law := self.facts.law(name)) is not None]
        if not own or not laws or not isinstance(laws[0].support, Integers):
            return expr
        letter, support = laws[0].variable, laws[0].support
        p, q = (named_function(names[0])(letter), named_function(names[-1])(letter))
        inside = sp.log(p / q) if isinstance(expr, Divergence) else -sp.log(q)
        return self.resolved(sp.Sum(p * inside, (letter, support.lower, support.upper)), depth + 1)

    def sample(self, head: str, args: tuple[Any, ...], depth: int) -> Any:
        """P(D) for a sample D: by its law, else the product of what the document says P of one observation is."""
        density = self.density(head, args)
        if density is not None:
            return density
        base = next((b for b in self.facts.shapes if str(b.label) == str(getattr(args[0], "label", args[0]))), args[0])
        clause = next((c for c in self.functions.get(head, ()) if len(c.formals) == 1), None)
        if (
            clause is not None
            and clause.formals[0] in self.facts.domains
            and name_of(clause.formals[0]) != str(base.label)
        ):
            # The density of a parameter.
            return None
        shape = self.facts.shapes.get(base, ())
        if clause is None or clause.formals[0] == base or len(shape) != 1:
            return None
        index = next(
            (i for i, n in self.facts.indices.items() if n == shape[0]), sp.Symbol("i", integer=True, positive=True)
        )
        return sp.Product(self.resolved(put_in(clause, (base[index],)), depth + 1), (index, 1, shape[0]))

    def binary(self, head: str, args: tuple[Any, ...]) -> Any:
        """P(y | x) for y in {0, 1}, where P(1 | x) or P(0 | x) is known: p^y (1 − p)^{1−y}."""
        if not args:
            return None
        first, rest = args[0], args[1:]
        if first in (0, 1):
            other = self.clause(head, (1 - first, *rest))
            return None if other is None else 1 - put_in(other, (1 - first, *rest))
        base = first.base if isinstance(first, sp.Indexed) else first
        if self.facts.domains.get(base) != BINARY:
            return None
        found = self.clause(head, (sp.Integer(1), *rest))
        if found is None:
            zero = self.clause(head, (sp.Integer(0), *rest))
            if zero is None:
                return None
            mass = 1 - put_in(zero, (sp.Integer(0), *rest))
        else:
            mass = put_in(found, (sp.Integer(1), *rest))
        return mass**first * (1 - mass) ** (1 - first)

    def evaluated(self, expr: Any, depth: int) -> Any:
        """What stands at a value of its letter, where the letter itself is not replaced."""
        inner, letter, value = expr.args
        name = name_of(letter)
        held = replace(self, functions={k: v for k, v in self.functions.items() if k != name})
        return expr.func(held.resolved(inner, depth), letter, self.resolved(value, depth))

    def held(self, letter: Any) -> Names:
        """The names without this letter's, which is the variable of what stands inside."""
        name = getattr(letter, "name", "")
        return replace(self, functions={k: v for k, v in self.functions.items() if k != name})

    def partial(self, expr: Any, depth: int) -> Any:
        """A derivative: by a vector the gradient; the letter itself is not replaced."""
        inner, letter, order = expr.args
        inner = self.held(letter).resolved(inner, depth)
        if isinstance(letter, VECTOR_LETTERS) and not isinstance(letter, VectorAt | Gradient):
            return Gradient(inner, letter) if order == 1 else Hessian(inner, letter)
        own = self.clause(getattr(letter, "name", ""), ()) if isinstance(letter, sp.Symbol) else None
        if own is not None and not own.formals:
            # A quantity that the document defines.
            through = by_name(inner, letter, order, self.resolved(own.body, depth + 1))
            if through is not None:
                return through
        return Partial(inner, letter, order)


def is_sample(arg: Any, facts: Facts) -> bool:
    """A family of observations, or its letter without an index."""
    if isinstance(arg, sp.IndexedBase):
        return True
    if not isinstance(arg, sp.Symbol) or arg in facts.domains:
        return False
    return any(str(base.label) == arg.name for base in facts.shapes)


def put_in(function: Function, args: tuple[Any, ...]) -> Any:
    """The body with the arguments in the places of the formal ones.

    Arguments that the definition did not name, and a different number of them, leave the body as it is: ``L(p)`` and
    ``L`` are the same function of ``p``.
    """
    pairs = list(zip(function.formals, args, strict=False))
    if len(args) != len(function.formals):
        pairs = [(f, a) for f in function.formals for a in args if name_of(f) and name_of(f) == name_of(a)]
    changes: dict[Any, Any] = {}
    for formal, actual in pairs:
        if formal == actual:
            continue
        if isinstance(formal, sp.Indexed) and isinstance(actual, sp.Indexed) and formal.base == actual.base:
            changes |= {f: a for f, a in zip(formal.indices, actual.indices, strict=True) if f != a and f.is_Symbol}
        elif is_place(formal) and is_matrix(formal) == is_matrix(actual) and mentions(function.body, formal):
            changes[formal] = actual
    return substitute(fresh(function.body, changes), changes) if changes else function.body


def is_place(formal: Any) -> bool:
    """A letter, an entry, or a vector."""
    return isinstance(formal, (sp.Symbol, sp.Indexed, sp.MatrixSymbol, *VECTOR_LETTERS))


def fresh(body: Any, changes: dict[Any, Any]) -> Any:
    """The body with bound indices renamed that the changes would capture."""
    coming = {s for value in changes.values() for s in value.free_symbols}
    for repeated in body.atoms(sp.Sum, sp.Product):
        for limit in repeated.limits:
            if limit[0] in coming:
                other = sp.Symbol(f"{limit[0].name}'", **limit[0].assumptions0)
                renamed = repeated.func(
                    substitute(repeated.function, {limit[0]: other}),
                    *((other, *m[1:]) if m[0] == limit[0] else m for m in repeated.limits),
                )
                body = body.xreplace({repeated: renamed})
    return body
