"""Lines that introduce a name, and what the facts say of the name already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.diagnosis import diagnosis
from derive.checking.free_letters import bare_letters
from derive.checking.settling import Settled, settled
from derive.core.claim import Claim, Outcome
from derive.core.facts import Facts
from derive.core.information import Expectation, Extremum, Variance
from derive.core.joints import part_of
from derive.core.nodes import Partial
from derive.core.relation import EQUAL
from derive.core.trees import mentions
from derive.core.vectors import VECTOR_LETTERS, is_matrix
from derive.documents.clauses import Function, with_clause
from derive.documents.constants import likelihood_up_to_a_constant
from derive.documents.equations.together import note_derivative
from derive.documents.estimators import functional
from derive.documents.laws.densities import densities_named, density_of
from derive.documents.laws.joint_laws import UNKNOWN_LAW, about_a_joint, factorised
from derive.documents.laws.likelihoods import objectives
from derive.documents.laws.negative import as_negative, meant, without_logarithm
from derive.documents.letters import base_of, declared, estimates_as_parameters
from derive.documents.logarithms_taken import is_lost_logarithm
from derive.documents.mended_names import with_mended
from derive.documents.numbered_estimates import as_estimate
from derive.reading.densities import NAMES

if TYPE_CHECKING:
    from derive.documents.course import Course


def introduced(course: Course, left: Any, right: Any) -> str | None:
    """The name that ``left = right`` introduces; None where left has a meaning already."""
    left, right = unsquared(left, right, course)
    inner = left.args[0] if isinstance(left, sp.log) else left
    if isinstance(inner, AppliedUndef):
        head = str(inner.func.__name__)
        if functional(inner, course) is not None:
            return None
        if names_another_thing(course, head, inner.args, right) or redefines(course, head, inner.args, right):
            return head
        if (part := part_of(head, course.facts)) is not None:
            return about_a_joint(course, part, right)
        law = course.facts.law(head)
        if law is not None and law.density is None and inner.args == (law.variable,) and left == inner:
            # What an unknown density is said to be is no claim about it.
            return UNKNOWN_LAW
        known = (
            course.names.defines(head, inner.args)
            or course.names.binary(head, inner.args) is not None
            or course.facts.law(head) is not None
        )
        if known or density_of(head, inner.args, course.facts) is not None:
            return None
        return None if right.has(inner.func) and course.meaning(right).has(inner.func) else head
    if isinstance(inner, sp.Symbol) or isinstance(left, (sp.Indexed, *VECTOR_LETTERS)):
        base = base_of(inner)
        name = str(getattr(base, "label", getattr(base, "name", "")))
        if name in course.functions and redefines(course, name, (), right):
            return name
        known = known_by(base, course.facts) and base not in course.unheld
        if known or name in course.functions or mentions(right, base):
            return None
        return None if estimates_as_parameters(inner, course.facts) != inner else name
    return None


def known_by(base: Any, facts: Facts) -> bool:
    """Do the facts speak of it? The N of a count says nothing of the N_k, whose letters are another family."""
    found = declared(str(getattr(base, "label", getattr(base, "name", ""))), facts)
    if isinstance(base, sp.IndexedBase) and isinstance(found, sp.Symbol):
        return base in facts.domains or found not in counts(facts)
    return found is not None


def counts(facts: Facts) -> set[Any]:
    """The letters that say how many there are of something."""
    sizes = {size for shape in (*facts.shapes.values(), facts.indices.values()) for size in shape}
    return {s for size in sizes for s in size.free_symbols}


def unsquared(left: Any, right: Any, course: Course) -> tuple[Any, Any]:
    """``s^2 = …`` of a sample says what s is."""
    square = isinstance(left, sp.Pow) and left.exp == 2 and isinstance(left.base, sp.Symbol)
    sampled = isinstance(right, sp.Expr) and any(map(right.has, course.facts.shapes))
    if square and sampled and not mentions(right, left.base):
        return left.base, sp.sqrt(right)
    return left, right


def names_another_thing(course: Course, head: str, args: tuple[Any, ...], right: Any) -> bool:
    """H(D_2) = 0.97 after H(D_1) = 0.92: another number with a name."""
    old = course.names.clause(head, args)
    if old is None or not old.of_things or old.formals == args or any(a.is_Number for a in args):
        return False
    plain = all(isinstance(a, sp.Symbol) and a not in course.facts.domains for a in (*args, *old.formals))
    return plain and bool(getattr(course.meaning(right), "is_number", False))


def redefines(course: Course, head: str, args: tuple[Any, ...], right: Any) -> bool:
    """Does the document give the name another meaning: under another heading, or about other letters?"""
    old = course.names.clause(head, args)
    if old is None or density_of(head, args, course.facts) is not None:
        return False
    if args != old.formals and course.names.density(head, args) is not None:
        # The posterior after the document's own prior.
        return False
    if not all(isinstance(a, (sp.Symbol, sp.Indexed, *VECTOR_LETTERS)) or a.is_Number for a in args):
        return False
    new = course.meaning(right)
    meant_before = course.names.resolved(old.body)
    if is_lost_logarithm(course, head, meant_before, new):
        return False
    claim = Claim(meant_before, EQUAL, new, course.facts)
    other = (
        old.section != course.section
        or numbers_in(old.body, course.facts) != numbers_in(new, course.facts)
        or old.formals != args
    )
    return other and not settled([claim]).holds and not is_objective(course, claim.left, new)


def is_objective(course: Course, *sides: Any) -> bool:
    """Is each the likelihood of one sample, its logarithm or a multiple of that? One name does not stand for two."""
    return all(any(settled([Claim(o, EQUAL, side, course.facts)]).holds for o in objectives(course)) for side in sides)


def numbers_in(side: Any, facts: Facts) -> set[str]:
    """The letters it is about, and the functions; all the parts of one joint law are one."""
    heads = {f.func.__name__ for f in side.atoms(AppliedUndef)}
    heads = {head if (part := part_of(head, facts)) is None else part.name for head in heads}
    return heads | {str(s) for s in side.free_symbols if isinstance(s, sp.Symbol) and not s.is_integer}


def introduction(course: Course, left: Any, right: Any, line: int) -> Settled | None:
    """Note what the name stands for; a verdict where the facts settle what it must be."""
    left, right = unsquared(left, right, course)
    if isinstance(left, sp.Symbol) and estimates_as_parameters(left, course.facts) == right != left:
        # "The value of q that …": the words around it say which.
        return None
    written = right
    right = course.meaning(right)
    logged = isinstance(left, sp.log)
    inner = left.args[0] if logged else left
    note_derivative(course, written)
    body = sp.exp(right) if logged else right
    if isinstance(inner, AppliedUndef):
        head = str(inner.func.__name__)
        if (part := part_of(head, course.facts)) is not None:
            course.facts = factorised(course.facts, part, inner, sp.exp(written) if logged else written)
            return None
        if course.facts.law(head) is not None:
            return None
        found = by_name(course, inner, right) or by_likelihood(course, left, right, written)
        if found is None or found.holds or head not in NAMES:
            body = meant(found, body)
            function = Function(of_one(inner.args, body), body, line, course.section)
            define(course, head, with_mended(function, found, logged))
        return found
    if isinstance(inner, sp.Indexed):
        formals = tuple(i for i in inner.indices)
        if all(f.is_Symbol for f in formals):
            slots = tuple(sp.Symbol(f"_{k}", integer=True, positive=True) for k in range(len(formals)))
            course.facts = course.facts.defining(
                inner.base, sp.Lambda(slots, right.xreplace(dict(zip(formals, slots, strict=True))))
            )
        return None
    if isinstance(inner, sp.Symbol):
        define(course, inner.name, Function((), body, line, course.section))
        return as_estimate(course, inner, body)
    return None


def of_one(args: tuple[Any, ...], body: Any) -> tuple[Any, ...]:
    """The formal arguments: the letter of a sample is a single value where the body speaks of one."""
    single = {s.name: s for s in bare_letters(body)}
    return tuple(single.get(str(a.label), a) if isinstance(a, sp.IndexedBase) else a for a in args)


def define(course: Course, head: str, function: Function) -> None:
    """One more clause of a function; a later one about the same takes its place."""
    course.functions[head] = with_clause(head, course.functions.get(head, ()), function)
    matrices = {
        name: value for name, value in course.facts.matrices.items() if name != head or head not in course.whole
    }
    course.whole.discard(head)
    if not function.formals and is_matrix(function.body) and head not in matrices:
        # In the next formula the name is read as the matrix that it stands for.
        matrices[head] = function.body
        course.whole.add(head)
    if matrices != course.facts.matrices:
        course.facts = replace(course.facts, matrices=matrices)


def redefined(course: Course, old: Any, new: Any, line: int) -> None:
    """What nothing explains, or its logarithm, is said to be ``new``; names that stood for it stand for that."""
    if isinstance(old, sp.log):
        old, new = old.args[0], without_logarithm(new) or sp.exp(new)
    for head, clauses in course.functions.items():
        course.functions[head] = tuple(replace(c, body=new) if c.body == old else c for c in clauses)
    if isinstance(old, AppliedUndef) and course.names.clause(old.func.__name__, old.args) is None:
        letters = all(isinstance(a, (sp.Symbol, sp.IndexedBase, *VECTOR_LETTERS)) for a in old.args)
        if letters and not new.has(old.func):
            define(course, str(old.func.__name__), Function(of_one(old.args, new), new, line, course.section))


def by_name(course: Course, left: Any, right: Any) -> Settled | None:
    r"""``N(\mu, \sigma) = …``: is the right side that density in the one letter that is left over?"""
    known = {s for s in left.free_symbols} | {s for s in course.facts.domains if s not in laws_letters(course)}
    others = [s for s in right.free_symbols if isinstance(s, sp.Symbol) and s not in known]
    wanted = densities_named(left.func.__name__, left.args, others[0]) if len(others) == 1 else []
    claims = [Claim(density, EQUAL, right, course.facts) for density in wanted]
    if not claims:
        return None
    found = settled(claims)
    if found.verdict.outcome is Outcome.REFUTED:
        slips = [(claim, slip) for claim in claims if (slip := diagnosis(claim)) is not None]
        best = min(slips, key=lambda pair: sp.count_ops(pair[1].made), default=None)
        if best is not None:
            return replace(settled([best[0]]), slip=best[1])
    return found


def laws_letters(course: Course) -> set[Any]:
    """The letters of random variables."""
    return {law.variable for law in course.facts.laws.values()}


def by_likelihood(course: Course, left: Any, right: Any, written: Any) -> Settled | None:
    """Where the sample's law is known, a likelihood's first line is a claim; a probability is never negative."""
    wanted = list(objectives(course)) if about_the_sample(right, written, course) else []
    if (found := likelihood_up_to_a_constant(course, left, right, wanted)) is not None:
        return found
    for objective in wanted:
        claim = Claim(objective, EQUAL, right, course.facts)
        found = settled([claim])
        if found.holds:
            return found
    if (negative := as_negative(course, left, right)) is not None:
        return negative
    for objective in wanted[:2]:
        claim = Claim(objective, EQUAL, right, course.facts)
        slip = diagnosis(claim)
        if slip is not None and slip.kind != "term":
            return replace(settled([claim]), slip=slip)
    return None


def about_the_sample(side: Any, written: Any, course: Course) -> bool:
    """Does it speak of observations, and of nothing that was done to their likelihood?"""
    if side.has(Expectation, Variance, Partial, Extremum) or is_matrix(side):
        return False
    return any(
        side.has(base) or written.has(base)
        for base in course.facts.shapes
        if course.facts.law(str(base.label)) is not None
    )
