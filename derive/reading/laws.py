r"""Names of distributions with arguments: ``normal(\mu, \sigma^2)``, ``normal(w^T z_n, \sigma^2)``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import REALS, Domain, Integers, Interval, Simplex, assumptions, contains
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.ranges import sign
from derive.core.trees import substitute
from derive.core.vectors import SCALARS_OF_VECTORS, is_matrix
from derive.distributions.apart import apart_from
from derive.distributions.book import named
from derive.distributions.distribution import Distribution, Parameter, bound, signature
from derive.reading import declared
from derive.reading.fixed_matrices import IDENTITIES, ZEROS
from derive.reading.identity import UNSIZED, sized
from derive.reading.names import spelling
from derive.reading.reader import Reader
from derive.reading.tokens import Source
from derive.reading.tree import Scripted, name_of, unwrapped

CALL = re.compile(
    r"\s*(?:\\(?:mathrm|text|operatorname|mathcal)\s*\{)?\s*([A-Za-z][\w -]*?)\s*\}?\s*(?:\((.*)\))?\s*", re.DOTALL
)


def called(text: str, facts: Facts, at: str = "") -> tuple[Distribution, dict[Any, Any]]:
    """The distribution that a name with arguments stands for, and the arguments by its own letters.

    Raises:
        InputError: an unknown name, a wrong number of arguments, or an argument outside its domain.
    """
    match = CALL.fullmatch(text)
    if match is None:
        raise InputError(f"{text!r} is not a distribution", "write a name such as normal, or normal(0, sigma^2)")
    made = named(match.group(1))
    if match.group(2) is None:
        return made, {}
    given = split(match.group(2))
    if len(given) != len(made.parameters):
        raise InputError(f"{made.id} has {len(made.parameters)} parameters, {len(given)} are given", signature(made))
    changes = {p.letter: argument(a, p, facts) for a, p in zip(given, made.parameters, strict=True)}
    letters = [v for v in changes.values() if isinstance(v, sp.Symbol | sp.IndexedBase)]
    if len({str(v) for v in letters}) != len(letters):
        raise InputError(f"{text.strip()}: two parameters share one letter")
    return made, changes


def split(text: str) -> list[str]:
    """The arguments between the commas of the outermost level."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [p.strip() for p in parts]


def argument(text: str, parameter: Parameter, facts: Facts) -> Any:
    """A number in the parameter's domain, a letter that carries it, or an expression.

    Raises:
        InputError: a number outside the domain, or a formula that cannot be read.
    """
    reader = Reader(facts)
    nodes = unwrapped(reader.nodes(Source(_plain(text))))
    name = name_of(nodes)
    only = nodes[0] if len(nodes) == 1 else None
    declared = reader.names.letters.get(name)
    if declared is not None:
        return declared
    if isinstance(parameter.letter, sp.IndexedBase):
        if not name.lstrip("\\")[:1].isalpha():
            raise InputError(f"{text}: {parameter.letter} takes a letter here", "give its numbers with --at")
        return reader.names.families.get(name) or sp.IndexedBase(name, **assumptions(parameter.domain))
    if isinstance(only, Scripted) and only.sup is not None and name.endswith("^2"):
        below = name[: -len("^2")]
        if below not in reader.names.letters and below.lstrip("\\")[:1].isalpha():
            return sp.Symbol(name, **assumptions(parameter.domain))
    if isinstance(only, Scripted) and is_letter(only, reader, facts):
        return sp.Symbol(name, **assumptions(parameter.domain))
    value = reader.value(nodes)
    if isinstance(value, sp.Symbol) and name in reader.invented:
        return sp.Symbol(name, **assumptions(parameter.domain))
    if value == sp.pi and not isinstance(parameter.domain, Simplex) and not _inside(parameter.domain, value):
        # The π of a coin is no number, it is its letter.
        return sp.Symbol(r"\pi", **assumptions(parameter.domain))
    if value.is_number and (isinstance(parameter.domain, Simplex) or not _inside(parameter.domain, value)):
        raise InputError(f"{text} lies outside the domain of {parameter.letter}")
    return value


def is_letter(node: Scripted, reader: Reader, facts: Facts) -> bool:
    """Is it a letter with a name of its own, as x_m, and no member of a family?"""
    if node.sup is not None or node.sub is None or node.primes:
        return False
    base, below = name_of((node.base,)), name_of(node.sub)
    return bool(base) and base not in reader.names.families and below not in {str(i) for i in facts.indices}


def _inside(domain: Any, value: Any) -> bool:
    ends = (domain.lower, domain.upper)
    return not all(getattr(e, "is_number", False) for e in ends) or contains(domain, value)


def _plain(text: str) -> str:
    """``mu_1`` and ``sigma2`` as LaTeX."""
    return spelling(text) if re.fullmatch(r"[A-Za-z]+(_\w+|_\{\w+\})?(\^(2|\{2\}))?", text) and len(text) > 1 else text


def bound_to(made: Distribution, changes: Mapping[Any, Any], facts: Facts | None = None) -> Distribution:
    """The distribution with its arguments put in; ``facts`` say what names in them stand for."""
    if not changes:
        return made
    made = apart_from(made, {str(s) for value in changes.values() for s in value.free_symbols})
    parameters: list[Parameter] = []
    for p in made.parameters:
        value = changes.get(p.letter, p.letter)
        if isinstance(value, sp.Symbol | sp.IndexedBase):
            parameters.append(replace(p, letter=value))
        elif not value.is_number:
            _check_inside(value, p, facts)
            parameters += [Parameter(s, REALS) for s in sorted(value.free_symbols, key=str)]
    put_in = bound(made, changes)
    unique = {str(p.letter): p for p in parameters}
    kept = {str(p.letter): p for p in put_in.parameters}
    return replace(put_in, parameters=tuple(kept.get(name, p) for name, p in unique.items()))


def _ranges_inside(value: Any, domain: Any, facts: Facts) -> bool:
    """Do the ranges of the letters in it keep it strictly between the ends?"""
    if not isinstance(domain, Interval | Integers) or not (domain.lower.is_number and domain.upper.is_number):
        return False
    above = domain.lower.is_infinite or sign(value - domain.lower, facts) == "+"
    return bool(above and (domain.upper.is_infinite or sign(domain.upper - value, facts) == "+"))


def _check_inside(value: Any, parameter: Parameter, facts: Facts | None) -> None:
    """Does the expression lie in the parameter's domain whatever its letters are?"""
    if _ranges_inside(value, parameter.domain, facts or Facts()):
        return
    value = value.xreplace({s: sp.Dummy(real=True) for s in value.atoms(*SCALARS_OF_VECTORS)})
    ends = {"lower": getattr(parameter.domain, "lower", None), "upper": getattr(parameter.domain, "upper", None)}
    above = ends["lower"] in (None, -sp.oo) or (value - ends["lower"]).is_positive
    below = ends["upper"] in (None, sp.oo) or (ends["upper"] - value).is_positive
    if not (above and below and (value.is_real or value.is_extended_real)):
        raise InputError(
            f"{value} does not always lie in the domain of {parameter.letter}",
            "use a letter, or an expression such as"
            r" \exp(a)",
        )


def multivariate(facts: Facts, text: str, variable: str) -> Any:
    r"""The density of ``multivariate-normal(\mu, \Sigma)`` at a vector letter; None for other laws.

    Raises:
        InputError: the arguments are no vector and matrix of one size.
    """
    match = CALL.fullmatch(text)
    if match is None or match.group(1).strip().lower().replace("_", "-") not in MULTIVARIATE or not match.group(2):
        return None
    texts = split(match.group(2))
    if len(texts) != 2:
        raise InputError(f"{text.strip()}: a mean vector and a covariance matrix are expected")
    size = next((m.shape[0] for m in facts.matrices.values()), sp.Symbol("d", integer=True, positive=True))
    for one, kind in zip(texts, ("vector", "matrix"), strict=True):
        facts = _with_default(facts, one, kind, size)
    args = [read_whole(one, facts) for one in texts]
    if args[0] == 0:
        args[0] = sp.ZeroMatrix(size_of(facts, variable, args[1]) or size, 1)
    if not all(map(is_matrix, args)):
        raise InputError(f"{text.strip()}: a mean vector and a covariance matrix are expected", "declare them before")
    return facts, args[0], sized(args[1], args[0].shape[0])


def size_of(facts: Facts, variable: str, covariance: Any) -> Any:
    """The length of the vector, by its own declaration (of p(x) that of x) or the covariance; None where none tells."""
    inner = variable.partition("(")[2].partition(")")[0] or variable
    name = spelling(re.split(r"[|;,]", inner)[0].strip())
    declared = facts.matrices.get(name, facts.matrices.get(name.partition("_")[0] + "_"))
    if declared is not None:
        return declared.shape[0]
    return covariance.shape[0] if is_matrix(covariance) and covariance.shape[0] != UNSIZED else None


def read_whole(text: str, facts: Facts) -> Any:
    """An argument, I among them where no other matrix is declared."""
    reader = Reader(facts)
    nodes = reader.nodes(Source(text))
    name = name_of(unwrapped(nodes))
    if name in ZEROS:
        return sp.Integer(0)
    return sp.Identity(UNSIZED) if name in IDENTITIES else reader.value(nodes)


def _with_default(facts: Facts, text: str, kind: str, size: Any) -> Facts:
    """A letter that nothing declares is what its place asks for."""
    reader = Reader(facts)
    nodes = unwrapped(reader.nodes(Source(text)))
    name = name_of(nodes)
    if len(nodes) != 1 or name in reader.names.matrices or name in reader.names.letters:
        return facts
    if name in (IDENTITIES if kind == "matrix" else ZEROS):
        return facts
    if kind == "vector":
        return declared.with_matrix(declared.sizes(facts, size), nodes, (size,), "", REALS, whole=True)
    return declared.square(facts, text, "definite", str(size), str(size))


MULTIVARIATE = ("multivariate-normal", "multivariate-gaussian", "mvn")


def law_of_call(facts: Facts, text: str, variable: str) -> tuple[Facts, Domain, Any, Any]:
    """The facts with the law's new letters, its support, its density, and the letter it is written in."""
    made, changes = called(text, facts)
    made = bound_to(made, changes, facts)
    domains: dict[Any, Any] = {}
    shapes: dict[Any, Any] = {}
    known = {str(k) for k in (*facts.domains, *facts.indices)}
    for p in made.parameters:
        if isinstance(p.letter, sp.Symbol) and str(p.letter) not in known:
            domains[p.letter] = p.domain
        elif isinstance(p.letter, sp.IndexedBase) and str(p.letter) not in known:
            domains[p.letter] = p.domain
            shapes[p.letter] = (getattr(p.domain, "size", None),)
    facts = facts.placing(domains)
    if shapes:
        facts = replace(facts, shapes={**facts.shapes, **shapes})
    if isinstance(made.variable, sp.IndexedBase):
        letter: Any = sp.Symbol(variable)
        return facts, made.support, None, letter
    letter = sp.Symbol(variable, **assumptions(made.support))
    return facts, made.support, substitute(made.density, {made.variable: letter}), letter
