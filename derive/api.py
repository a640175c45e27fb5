"""The verbs, and the only place where the rooms are wired together."""

from __future__ import annotations

import difflib
import re
from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.checking.judge import judge
from derive.core.derivation import Chain, Step, claim_of
from derive.core.domains import Integers, OneHot, Simplex, Vector, contains
from derive.core.errors import InputError, Unproved
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.relation import APPROXIMATELY
from derive.data import Observations, read_data, read_vectors
from derive.data.assignments import assignments
from derive.derivations.closest import with_closest
from derive.derivations.empirical import likelihood_and_cross_entropy
from derive.derivations.evaluated import at_values, in_base
from derive.derivations.exponential_family import by_exponential_family
from derive.derivations.information import Information, Kind, information
from derive.derivations.letters import latex_name
from derive.derivations.maximum_likelihood import maximum_likelihood
from derive.derivations.maximum_likelihood_of_numbers import maximum_likelihood_of_numbers
from derive.derivations.numbers import put_in
from derive.derivations.result import MaximumLikelihood, Section
from derive.derivations.searched import with_numbers
from derive.derivations.unknown_laws import of_unknown
from derive.distributions.book import DISTRIBUTIONS
from derive.distributions.distribution import Distribution, bound
from derive.models.comparison import Named, alone, compared, name_of
from derive.models.observations import checked
from derive.models.sample import Sample, sample
from derive.numerics.proper import refuse_improper
from derive.reading.density import density as declared_density
from derive.reading.given import context
from derive.reading.laws import signature
from derive.reading.sources import distribution_of, with_letters
from derive.results.catalogue import Catalogue
from derive.results.information import InformationResult
from derive.results.likelihood import DataLikelihood
from derive.results.mle import MaximumLikelihoodResult
from derive.results.readings import Understood, understood
from derive.results.result import Result, source_of


def mle(
    distribution: str | Distribution,
    *,
    known: Sequence[str] = (),
    data: str | Sequence[Any] | None = None,
    column: str | None = None,
    notation: Sequence[str] = (),
    numbers_first: bool = False,
) -> MaximumLikelihoodResult:
    r"""The maximum-likelihood derivation of a distribution, every step judged.

    Args:
        distribution: a name, a name with arguments (``binomial(10, p)``), or a declared distribution.
        known: letters of parameters that are not estimated.
        data: observations: a text or file as on the command line, or a sequence of numbers.
        column: the column of a CSV file.
        notation: settings ``KEY=VALUE`` of the page's letters.
        numbers_first: put the data in from the first line.

    Raises:
        InputError: the input cannot be understood or used.
        NoDerivation: no plan covers the model.
        Unproved: a step was neither proved nor tested.

    >>> mle("bernoulli", data="1 1 0 1").values
    {p: 3/4}
    """
    chosen = declared(distribution)
    letters = Notation().changed(tuple(notation))
    observations = None if data is None else observed(data, column, chosen)
    if observations is not None:
        chosen = sized(chosen, observations)
    model = sample(chosen, tuple(known))
    check_letters(model, letters)
    asked = {"known": tuple(known), "data": data, "column": column, "notation": tuple(notation)}
    source = source_of("mle", (distribution,), {**asked, "numbers_first": numbers_first})
    if observations is None:
        return MaximumLikelihoodResult(judged(maximum_likelihood(model)), letters, source)
    values = checked(observations, model)
    for p in chosen.parameters:
        if p.letter not in model.letters:
            raise InputError(
                f"{p.letter} is known but has no number", f"give it one in its place in {signature(chosen)}"
            )
    if numbers_first:
        if isinstance(values, array):
            raise InputError("there are too many observations for --numbers-first", "leave it out")
        found = maximum_likelihood_of_numbers(model, values, observations.counts)
    else:
        found = maximum_likelihood(model)
        found = (with_numbers if found.search else put_in)(found, values, observations.counts)
    likelihood = DataLikelihood(model, values, observations.counts)
    return MaximumLikelihoodResult(judged(found), letters, source, likelihood)


def declared(distribution: str | Distribution) -> Distribution:
    """The distribution that a text names, or somebody's own, which must be one.

    Raises:
        InputError: no such name, or a density that is none.
    """
    own = not isinstance(distribution, str) or distribution.strip().endswith(".toml")
    made = parsed(distribution) if isinstance(distribution, str) else distribution
    if own and made not in DISTRIBUTIONS:
        refuse_improper(made)
    return made


def observed(data: str | Sequence[Any], column: str | None, distribution: Distribution) -> Observations:
    """The observations, exact."""
    support = distribution.support
    if isinstance(support, Vector) and not isinstance(support, OneHot):
        if column is not None:
            raise InputError(f"--column {column}: an observation is a whole row here", "leave --column out")
        return read_vectors(data, int(support.size) if support.size.is_number else None)
    categories = isinstance(support, OneHot)
    return read_data(data, column, categories=categories)


def sized(distribution: Distribution, observations: Observations) -> Distribution:
    """A number of categories that is still a letter becomes the number of categories seen."""
    support = distribution.support
    if isinstance(support, Vector) and not isinstance(support, OneHot) and not support.size.is_number:
        return bound(distribution, {support.size: sp.Integer(len(observations.values[0]))})  # type: ignore[arg-type]
    if isinstance(support, OneHot) and not support.size.is_number:
        size = len(set(observations.values))
        if size < 2:
            raise InputError("all observations are in one category", "say how many there are, as in categorical(3, pi)")
        return bound(distribution, {support.size: sp.Integer(size)})
    return distribution


def catalogue(*, notation: Sequence[str] = ()) -> Catalogue:
    """Density, estimates and ending of every declared family, each from its own judged derivation."""
    made = tuple(judged(maximum_likelihood(sample(d))) for d in DISTRIBUTIONS)
    return Catalogue(made, Notation().changed(tuple(notation)))


def check_letters(model: Sample, notation: Notation) -> None:
    """The page's letters and the parameters' must not fall together."""
    used = {latex_name(str(getattr(p.letter, "label", p.letter))): p for p in model.distribution.parameters}
    own = str(model.distribution.variable)
    for key, letter in (
        ("data", notation.data or own),
        ("index", notation.index),
        ("size", notation.size),
        ("density", notation.density),
    ):
        if letter in used:
            raise InputError(
                f"--notation {key}={letter}: {letter} is a parameter of the {model.distribution.id} distribution"
            )


def judged(derivation: MaximumLikelihood) -> MaximumLikelihood:
    """The same derivation, each step with its verdict.

    Raises:
        Unproved: a step is neither proved nor tested.
    """
    sections = tuple(judged_section(section) for section in derivation.sections)
    optimum = derivation.optimum
    steps = [s for section in sections for c in section.chains for s in c.steps]
    # That a decimal is rounded well says nothing about the maximum.
    weakest = [s.verdict for s in steps if s.verdict and s.relation != APPROXIMATELY]
    if any(v.outcome.value == "tested" for v in weakest):
        optimum = replace(optimum, verdict="tested")
    return replace(derivation, sections=sections, optimum=optimum)


def judged_section(section: Section) -> Section:
    """A section with judged chains."""
    return replace(section, chains=tuple(judged_chain(chain) for chain in section.chains))


def judged_chain(chain: Chain) -> Chain:
    """A chain with judged steps."""
    return replace(chain, steps=tuple(judged_step(step, chain) for step in chain.steps))


def judged_step(step: Step, chain: Chain) -> Step:
    """A step with its verdict, and its finer steps with theirs."""
    verdict = judge(claim_of(step, chain))
    if not verdict.holds:
        place = f"{step.before} {step.relation.latex} {step.after}"
        raise Unproved(f"the step {step.rule} is {verdict.outcome} by {verdict.how}: {place}")
    return replace(step, verdict=verdict, inside=tuple(judged_step(finer, chain) for finer in step.inside))


def listing(kind: str) -> list[tuple[str, str]]:
    """What there is of ``distributions``, ``models`` or ``derivations``: names with their meanings."""
    if kind == "distributions":
        return [(signature(d), d.names["en"]) for d in DISTRIBUTIONS]
    if kind == "derivations":
        return [
            ("mle", "maximum-likelihood estimates"),
            ("entropy", "entropy, differential entropy"),
            ("cross-entropy", "cross-entropy of two laws"),
            ("kl", "KL divergence of two laws"),
        ]
    return []


def own(density: str, parameters: Sequence[str], support: str = "", name: str = "") -> Distribution:
    r"""A distribution declared by its density in LaTeX.

    Raises:
        InputError: a part cannot be read, or a letter is not declared.

    >>> own(r"\lambda e^{-\lambda x}", [r"\lambda > 0"], "x > 0").parameters[0].letter
    \lambda
    """
    return declared_density(density, parameters, support, name=name)


def read(sources: Sequence[str], given: Sequence[str] = ()) -> list[Understood]:
    r"""How each formula is understood under lines of context.

    Raises:
        InputError: a line of context cannot be read.

    >>> read([r"\log p"])[0].reading.value
    log(p)
    """
    return understood(sources, context(given, Facts()))


def parsed(text: str) -> Distribution:
    r"""The distribution that a name, a name with arguments, or a TOML file describes.

    Raises:
        InputError: an unknown name, a wrong number of arguments, or an argument that cannot be read.

    >>> parsed("binomial(10, q)").parameters[0].letter
    q
    """
    return distribution_of(text)


def entropy(
    distribution: str | Distribution,
    *,
    at: str = "",
    base: int | str = "e",
    method: str = "",
    notation: Sequence[str] = (),
) -> InformationResult:
    r"""The entropy H(p) = E_p[−log p], differential for a density, every step judged.

    Args:
        distribution: a name, a name with arguments, or a declared distribution.
        at: values of the letters, as in ``p=0.1``.
        base: of the logarithm: 2 (bits), e (nats) or 10.
        method: ``exponential-family`` for the route by the log-normaliser.
        notation: settings ``KEY=VALUE`` of the page's letters.

    Raises:
        InputError: the input cannot be understood or used.
        Unproved: a step was neither proved nor tested.

    >>> entropy("bernoulli", at="p=0.5", base=2).number
    1.0
    """
    source = source_of("derive.entropy", (distribution,), {"at": at, "base": str(base), "method": method})
    if is_unknown(distribution):
        return informed(of_unknown("entropy", str(distribution)), at, base, notation, source)
    chosen = declared(distribution)
    found = routed("entropy", method, alone(chosen), None)
    if not found.closed and (general := in_letters("entropy", method, distribution)) is not None:
        return informed(general[0], at, base, notation, source, general[1])
    return informed(found, at, base, notation, source)


def cross_entropy(
    p: str | Distribution,
    q: str | Distribution,
    *,
    at: str = "",
    base: int | str = "e",
    method: str = "",
    notation: Sequence[str] = (),
) -> InformationResult:
    r"""The cross-entropy H(p, q) = E_p[−log q], every step judged; arguments as in :func:`entropy`.

    >>> round(cross_entropy("bernoulli(p)", "bernoulli(q)", at="p=0.5, q=0.25").number, 4)
    0.837
    """
    source = source_of("derive.cross_entropy", (p, q), {"at": at, "base": str(base), "method": method})
    if both_unknown(p, q):
        return informed(of_unknown("cross-entropy", str(p), str(q)), at, base, notation, source)
    if p == "data" and q == "model":
        predicted = (
            [v for value in assignments(at).values() for v in (value if isinstance(value, tuple) else (value,))]
            if at
            else []
        )
        if not all(0 < v <= 1 for v in predicted):
            raise InputError("--at: a predicted probability lies outside (0, 1]")
        found = likelihood_and_cross_entropy([sp.Rational(v.numerator, v.denominator) for v in predicted])
        return informed(found, "", base, notation, source)
    return compared_by("cross-entropy", method, p, q, at, base, notation, source)


def kl(
    p: str | Distribution,
    q: str | Distribution,
    *,
    at: str = "",
    base: int | str = "e",
    method: str = "",
    notation: Sequence[str] = (),
) -> InformationResult:
    r"""The KL divergence D(p‖q) = E_p[log p − log q] ≥ 0, every step judged; arguments as in :func:`entropy`.

    Letters that both laws use get the subscripts 1 and 2, unless they were given as arguments.

    >>> kl("normal", "exponential").finite
    False
    """
    source = source_of("derive.kl", (p, q), {"at": at, "base": str(base), "method": method})
    if both_unknown(p, q):
        return informed(of_unknown("kl", str(p), str(q)), at, base, notation, source)
    return compared_by("kl", method, p, q, at, base, notation, source)


def compared_by(
    kind: Kind,
    method: str,
    p: str | Distribution,
    q: str | Distribution,
    at: str,
    base: int | str,
    notation: Sequence[str],
    source: str,
) -> InformationResult:
    """The quantity of two laws; with numbers for arguments, by the formula in letters where that alone is closed."""
    found = routed(kind, method, *pair(p, q))
    if not found.closed and (general := in_letters(kind, method, p, q)) is not None:
        return informed(general[0], at, base, notation, source, general[1])
    return informed(found, at, base, notation, source)


def in_letters(kind: Kind, method: str, *given: str | Distribution) -> tuple[Information, dict[Any, Any]] | None:
    """The derivation in the laws' own letters with the numbers given for them; None where it helps nothing."""
    made = [with_letters(d) if isinstance(d, str) else None for d in given]
    parts = [m for m in made if m is not None]
    if len(parts) < len(given):
        return None
    laws = compared(parts[0][0], parts[1][0]) if len(parts) == 2 else (alone(parts[0][0]),)
    values = {
        new.letter: numbers[old.letter]
        for law, (plain, numbers) in zip(laws, parts, strict=True)
        for new, old in zip(law.distribution.parameters, plain.parameters, strict=True)
    }
    found = routed(kind, method, laws[0], laws[1] if len(laws) == 2 else None)
    return (found, values) if found.closed and found.finite and not found.conditions else None


def routed(kind: Kind, method: str, p: Named, q: Named | None) -> Information:
    """The derivation by the route asked for."""
    if method not in ("", "exponential-family"):
        raise InputError(f"--method {method}: there is no such method", "exponential-family")
    if method:
        return by_exponential_family(kind, p, q)
    found = information(kind, p, q)
    return with_closest(found, p, q) if kind == "kl" and q is not None else found


def is_unknown(law: str | Distribution) -> bool:
    """Is it a bare letter, the name of a law without a formula?"""
    known = {name for d in DISTRIBUTIONS for name in (d.id, *d.aliases)}
    return isinstance(law, str) and re.fullmatch(r"[a-zA-Z](_[0-9a-z])?", law) is not None and law not in known


def both_unknown(p: str | Distribution, q: str | Distribution) -> bool:
    """Are both laws bare letters?

    Raises:
        InputError: they are one letter.
    """
    if not (is_unknown(p) and is_unknown(q)):
        return False
    if p == q:
        raise InputError(f"{p} and {q} are one law", "give the second another letter")
    return True


def pair(p: str | Distribution, q: str | Distribution) -> tuple[Named, Named]:
    """Both laws under names, with one variable."""
    made = [declared(d) for d in (p, q)]
    bare = [not isinstance(d, str) or "(" not in d for d in (p, q)]
    return compared(made[0], made[1], (bare[0], bare[1]))


BASES = {"2": 2, "10": 10, "e": None}


def informed(
    found: Information,
    at: str,
    base: int | str,
    notation: Sequence[str],
    source: str,
    values: dict[Any, Any] | None = None,
) -> InformationResult:
    """The derivation in its unit, with its number, judged; ``values``: of the letters, if not named in ``at``."""
    letters = Notation().changed(tuple(notation))
    if str(base) not in BASES:
        raise InputError(f"--base {base}: not a base", "2, e or 10")
    number = BASES[str(base)]
    if number is not None and found.finite:
        found = in_base(found, number)
    value = None
    if values is None and (at or (not letters_in(found) and known(found))):
        values = values_of(at, found)
    if values is not None and found.finite:
        found, value = at_values(found, values)
    sections = tuple(judged_section(section) for section in found.sections)
    return InformationResult(replace(found, sections=sections), letters, value, source)


def known(found: Information) -> bool:
    """Is every law's density written out?"""
    return all(law.density is not None for law in found.facts.laws.values())


def letters_in(found: Information) -> list[Any]:
    """The letters whose values the quantity depends on: parameters of the laws, vectors and their sizes included."""
    bound_letters = {law.variable for law in found.facts.laws.values()}
    return [s for s in found.facts.domains if s not in bound_letters]


def values_of(at: str, found: Information) -> dict[Any, Any]:
    """Each letter's value, inside its domain.

    Raises:
        InputError: an unknown letter, one without a value, or a value outside its domain.
    """
    known = {_bare(latex_name(name_of(s))): s for s in letters_in(found)}
    values: dict[Any, Any] = {}
    for name, value in (assignments(at) if at else {}).items():
        letter = known.get(_bare(latex_name(name)))
        if letter is None:
            near = difflib.get_close_matches(_bare(name), known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"the letters are {', '.join(known)}"
            raise InputError(f"--at: there is no letter {name}", hint if known else "there are no letters")
        if isinstance(letter, sp.IndexedBase) != isinstance(value, tuple):
            wanted = "several numbers in brackets" if isinstance(letter, sp.IndexedBase) else "one number"
            raise InputError(f"--at: {name} needs {wanted}")
        exact = [sp.Rational(v.numerator, v.denominator) for v in (value if isinstance(value, tuple) else (value,))]
        values[letter] = tuple(exact) if isinstance(value, tuple) else exact[0]
    for letter, value in list(values.items()):
        if isinstance(value, tuple):
            domain = found.facts.domains[letter]
            size = domain.size if isinstance(domain, Vector) else None
            if size is not None and not size.is_number and size not in values:
                values[size] = sp.Integer(len(value))
    missing = [name for name, letter in known.items() if letter not in values]
    if missing:
        raise InputError(f"--at: {', '.join(missing)} has no value", f"give it one, as in --at '{missing[0]}=1'")
    for letter, value in values.items():
        check_inside(letter, value, found, values)
    return values


def check_inside(letter: Any, value: Any, found: Information, values: dict[Any, Any]) -> None:
    """Refuse a value outside the letter's domain, ends that are letters put in."""
    domain = found.facts.domains[letter]
    scalars = {k: v for k, v in values.items() if not isinstance(v, tuple)}
    if isinstance(domain, Vector):
        domain = replace(domain, size=domain.size.subs(scalars))
        inside = contains(domain, value) and (not isinstance(domain, Simplex) or sum(value) == 1)
    else:
        domain = replace(domain, lower=domain.lower.subs(scalars), upper=domain.upper.subs(scalars))
        inside = contains(domain, value)
    if not inside:
        raise InputError(f"--at: {name_of(letter)} = {value} lies outside its domain", str(domain_text(domain)))


def domain_text(domain: Any) -> str:
    """A domain for messages."""
    if isinstance(domain, Simplex):
        return f"{domain.size} positive numbers with the sum one"
    if isinstance(domain, Vector):
        return f"{domain.size} positive numbers"
    if isinstance(domain, Integers):
        return f"an integer from {domain.lower} to {domain.upper}"
    return f"a number between {domain.lower} and {domain.upper}"


def _bare(name: str) -> str:
    return re.sub(r"[\\{}]", "", name)


__all__ = ["Result", "cross_entropy", "entropy", "kl", "listing", "mle", "own", "parsed", "read"]
