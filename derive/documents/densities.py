"""A probability or density written as ``p(x_i | θ)``, ``P(D)``, ``f(x)``: the law of what it is applied to."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.nodes import named_function
from derive.core.trees import mentions, substitute
from derive.core.vectors import Vector, VectorAt, is_matrix
from derive.distributions.book import named
from derive.documents.bayes import EVIDENCE, conditional, hidden, unknown
from derive.reading.densities import NAMES

HEADS = ("p", "P", "f", r"\Pr", "Pr", r"\mathrm{P}", r"\mathbb{P}", r"\mathbf{P}", r"\mathcal{P}", "pr")
_STEM = re.compile(r"(?P<stem>\\[A-Za-z]+(?:\{[A-Za-z]+\})?|[A-Za-z]+)(?:_(?P<sub>.*))?\Z", re.DOTALL)


def is_density_name(head: str) -> bool:
    """Is it a name that people give to probabilities and densities?"""
    found = _STEM.match(head)
    return found is not None and found["stem"] in HEADS


def density_of(head: str, args: tuple[Any, ...], facts: Facts) -> Any:
    """The density at the arguments; None where the head is no density's name, or nothing says which."""
    found = _STEM.match(head)
    if found is None or found["stem"] not in HEADS or facts.law(head) is not None or head in facts.definitions:
        return None
    if not args:
        return None
    first = args[0]
    if not found["sub"] and (made := conditional(args, facts)) is not None:
        return made
    if found["sub"] and (given := conditioned_on(found["sub"], facts)):
        prior = density_of(found["stem"], args[:1], facts)
        likelihoods = [joint(base, facts) for base in given]
        if prior is not None and all(one is not None for one in likelihoods):
            return sp.Mul(prior, *likelihoods) / named_function(EVIDENCE)(*given)
        return None
    samples = [b for a in args[1:] if (b := family_of(a, facts)) is not None]
    if samples and isinstance(first, sp.Symbol) and first in facts.domains and facts.law(first.name) is not None:
        prior = density_of(found["stem"], args[:1], facts)
        likelihoods = [joint(base, facts) for base in samples]
        if prior is None or any(one is None for one in likelihoods):
            return None
        known = set().union({first}, *(a.free_symbols for a in args))
        if hidden(sp.Mul(prior, *likelihoods), facts, known):
            return unknown(args)
        return sp.Mul(prior, *likelihoods) / named_function(EVIDENCE)(*samples)
    if isinstance(first, sp.Indexed):
        law = facts.law(str(first.base.label))
        return None if law is None else at(law, first)
    if isinstance(first, sp.IndexedBase):
        product = joint(first, facts)
        if product is not None and len(args) == 1 and not found["sub"] and hidden(product, facts, set()):
            return unknown((first,))
        return product
    if isinstance(first, Vector) and (after := posterior(head, args, facts)) is not None:
        return after
    if isinstance(first, Vector | VectorAt):
        law = facts.law(str(first.args[0].label))
        if law is None:
            return None
        return at(law, first) if is_matrix(law.variable) else joint(first.args[0], facts)
    if isinstance(first, sp.Symbol):
        family = next((b for b in facts.shapes if str(b.label) == first.name), None)
        if family is not None and first not in facts.domains:
            return joint(family, facts)
        law = facts.law(first.name)
        if law is not None and law.variable == first:
            return at(law, first)
        return sample(first, args, facts) or (small(first, facts) if "r" not in found["stem"] else None)
    return None


def posterior(head: str, args: tuple[Any, ...], facts: Facts) -> Any:
    """p(w | t) of a vector w with a law where the law of t is about w: prior times likelihood over the evidence."""
    first, behind = args[0], args[1:]
    seen = [a for a in behind if isinstance(a, Vector | sp.IndexedBase) and mentions_law(a, first, facts)]
    if not seen:
        return None
    prior = density_of(head, args[:1], facts)
    likelihoods = [joint(a.args[0] if isinstance(a, Vector) else a, facts) for a in seen]
    if prior is None or any(one is None for one in likelihoods):
        return None
    return sp.Mul(prior, *likelihoods) / named_function(EVIDENCE)(*(a.args[0] for a in seen if isinstance(a, Vector)))


def mentions_law(sample: Any, letter: Any, facts: Facts) -> bool:
    """Is the sample's law about this vector?"""
    base = sample.args[0] if isinstance(sample, Vector) else sample
    law = facts.law(str(base.label))
    return law is not None and law.density is not None and mentions(law.density, letter)


def small(letter: Any, facts: Facts) -> Any:
    """f(y) where Y_i are the observations: their density at y."""
    laws = [law for name, law in facts.laws.items() if name.name.lower() == letter.name and name.name != letter.name]
    return at(laws[0], letter) if len(laws) == 1 and facts.law(letter.name) is None else None


def family_of(arg: Any, facts: Facts) -> Any:
    """The sample that an argument stands for; None for other letters."""
    name = str(getattr(arg, "label", getattr(arg, "name", "")))
    if not isinstance(arg, sp.IndexedBase | sp.Symbol) or (arg in facts.domains and isinstance(arg, sp.Symbol)):
        return None
    families = [b for b in facts.shapes if facts.law(str(b.label)) is not None]
    return next((b for b in families if str(b.label) in (name, name.lower())), None)


def conditioned_on(sub: str, facts: Facts) -> list[Any]:
    r"""The samples behind the bar of ``p_{\rho | T_1, \dots, T_N}``."""
    _, bar, behind = sub.partition("|")
    if not bar:
        return []
    names = {re.split(r"[_,]", part.strip("{} "))[0].strip() for part in behind.split(",")}
    return [
        base
        for base in facts.shapes
        if facts.law(str(base.label)) is not None and {str(base.label), str(base.label).upper()} & names
    ]


def densities_named(name: str, args: tuple[Any, ...], letter: Any) -> list[Any]:
    """The densities that a distribution's name with its arguments may stand for; a spread may be σ or σ²."""
    if name not in NAMES:
        return []
    family = named(NAMES[name])
    if len(family.parameters) != len(args):
        return []
    made = []
    for last in (args[-1], args[-1] ** 2):
        arguments = (*args[:-1], last)
        changes = {p.letter: a for p, a in zip(family.parameters, arguments, strict=True)}
        made.append(substitute(family.density, changes | {family.variable: letter}))
        if NAMES[name] != "normal":
            break
    return made


def at(law: Law, value: Any) -> Any:
    """The law's density at a value; None for an unknown one."""
    if law.density is None:
        return None
    return law.density if law.variable == value else substitute(law.density, {law.variable: value})


def joint(base: Any, facts: Facts) -> Any:
    """∏_i f(x_i) over all observations."""
    law, shape = facts.law(str(base.label)), facts.shapes.get(base)
    if law is None or law.density is None or not shape:
        return None
    if is_matrix(law.variable) and len(shape) == 1:
        return law.density
    index = next((i for i, size in facts.indices.items() if size == shape[0]), None)
    index = index or sp.Symbol("i", integer=True, positive=True)
    one = VectorAt(base, index, shape[1]) if is_matrix(law.variable) and len(shape) == 2 else base[index]
    return sp.Product(at(law, one), (index, 1, shape[0]))


def sample(letter: Any, args: tuple[Any, ...], facts: Facts) -> Any:
    """P(D | θ) where D is declared nowhere: the sample, if there is only one."""
    known = {*facts.domains, *facts.definitions, *facts.indices}
    if letter in known or any(getattr(k, "name", None) == letter.name for k in known):
        return None
    families = [base for base in facts.shapes if facts.law(str(base.label)) is not None]
    alike = [base for base in families if str(base.label).lower() == letter.name.lower()]
    chosen = alike if len(alike) == 1 else families
    return joint(chosen[0], facts) if len(chosen) == 1 and letter.name[:1].isupper() else None
