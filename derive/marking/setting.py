"""What is given in a problem, as the lines of context that the checker of documents reads, and as facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import POSITIVE, Integers, OneHot, Simplex, Vector
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.nodes import Sigmoid
from derive.core.notation import Notation
from derive.core.statement import Membership, Side
from derive.exercises.argument import Argument
from derive.models.sample import INDEX, SIZE
from derive.reading.density import support as support_in
from derive.reading.reader import Reader
from derive.reading.tokens import Source
from derive.said.context import with_context
from derive.writing.latex import latex

Show = Callable[[Any], str]
PLACE = sp.Symbol("k", integer=True, positive=True)


@dataclass(frozen=True, slots=True)
class WrittenLaw:
    """A law in LaTeX.

    Args:
        name: of the observations, or of the density.
        variable: the letter of one observation.
        support: where it lives, as ``y \\ge 0``.
    """

    name: str
    variable: str
    support: str
    density: str

    @property
    def line(self) -> str:
        """As a person reads it."""
        return f"{self.name}: {self.density}, {self.support}"


@dataclass(frozen=True, slots=True)
class Setting:
    """The context of a problem, in its own letters.

    Args:
        lines: of context, as in ``<!-- given: … -->``.
        laws: of the observations, or of the named densities.
    """

    lines: tuple[str, ...]
    laws: tuple[WrittenLaw, ...] = ()

    @property
    def facts(self) -> Facts:
        """What they come to for a reader of answers.

        Raises:
            InputError: a line is not understood.
        """
        facts, errors = with_context(Facts(), self.lines)
        for error in errors.values():
            raise error
        for law in self.laws:
            facts = following(law, facts)
        return facts


def following(law: WrittenLaw, facts: Facts) -> Facts:
    """The facts with a law read from its LaTeX."""
    letter, where = support_in(law.support, facts)
    own = facts if letter in facts.domains else facts.placing({letter: where})
    reader = Reader(own)
    density = reader.value(reader.nodes(Source(law.density)))
    name = letter if law.name == law.variable else sp.Symbol(law.name)
    return facts.following(name, Law(letter, where, density))


def shower(notation: Notation) -> Callable[[Side], str]:
    """Formulas in the letters of a page."""
    return lambda side: latex(side, notation)


def setting_of(argument: Argument) -> Setting:
    r"""The context of an argument: ``\beta > 0``, ``y_n \in \{0, 1, 2, \dots\}, n = 1..m`` and the law of the y_n."""
    show = shower(argument.notation)
    match argument.task.verb:
        case "mle":
            return of_sample(argument, show)
        case "loss":
            return Setting(tuple(of_model(argument, show)))
        case _:
            return of_laws(argument, show)


def of_sample(argument: Argument, show: Show) -> Setting:
    """Independent observations of one law.

    Raises:
        InputError: the observations are vectors that no line of context declares.
    """
    sample = argument.derivation.sample
    made, index, size = sample.distribution, show(INDEX), show(SIZE)
    lines = tuple(domain_line(p.letter, p.domain, show) for p in made.parameters)
    if isinstance(made.support, OneHot):
        entry = show(sample.data[INDEX, PLACE])
        hot = f"{entry} one-hot over k = 1..{show(made.support.size)}"
        return Setting((*lines, f"{entry} \\in \\{{0, 1\\}}, {index} = 1..{size}", hot))
    if isinstance(made.support, Vector):
        raise InputError("answers on vectors of this kind are not read")
    observation = f"{show(Membership(sample.observation, made.support))}, {index} = 1..{size}"
    whole = sp.Symbol(str(sample.data.label), **sample.data.assumptions0)
    density = made.density.xreplace({made.variable: whole})
    letter = show(whole)
    law = WrittenLaw(letter, letter, show(Membership(whole, made.support)), show(density))
    return Setting((*lines, observation), (law,))


def of_laws(argument: Argument, show: Show) -> Setting:
    """Densities under names."""
    facts = argument.facts
    variables = {law.variable for law in facts.laws.values()}
    lines = tuple(domain_line(s, d, show) for s, d in facts.domains.items() if s not in variables)
    laws = tuple(
        WrittenLaw(show(name), show(law.variable), show(Membership(law.variable, law.support)), show(law.density))
        for name, law in facts.laws.items()
        if law.density is not None
    )
    lines += tuple(unknown_law(name, law, show) for name, law in facts.laws.items() if law.density is None)
    base = (f"\\log base {argument.task.base}",) if argument.task.base != "e" else ()
    return Setting((*lines, *base), laws)


def unknown_law(name: Any, law: Law, show: Show) -> str:
    """A law of which nothing is known but where it lives."""
    if isinstance(law.support, Integers):
        return f"{show(name)}({show(law.variable)}) pmf on {show(law.support.upper).strip('|')}"
    return f"{show(name)}({show(law.variable)}) pdf"


def of_model(argument: Argument, show: Show) -> Iterator[str]:
    """Responses, inputs and weights of a regression, and what the predictions are."""
    model = argument.derivation.model
    index, size = show(INDEX), show(SIZE)
    support = model.distribution.support
    if isinstance(support, OneHot):
        yield f"{show(model.response[INDEX, PLACE])} \\in \\{{0, 1\\}}, {index} = 1..{size}"
        yield f"{show(model.response[INDEX, PLACE])} one-hot over k = 1..{show(support.size)}"
    else:
        yield f"{show(Membership(model.response[INDEX], support))}, {index} = 1..{size}"
    yield f"x_{index} \\in \\mathbb{{R}}^d, {index} = 1..{size}"
    yield "w_k \\in \\mathbb{R}^d, k = 1..K" if model.many else "w \\in \\mathbb{R}^d"
    yield from (domain_line(p.letter, p.domain, show) for p in model.constants)
    if not model.linear:
        if model.prediction.has(Sigmoid):
            yield "\\sigma(z) := \\frac{1}{1+e^{-z}}"
        yield f"{show(model.predicted)} := {show(model.prediction)}"


def domain_line(letter: Any, domain: Any, show: Show) -> str:
    """Where a letter lives; of shares that add up to one, each by itself; of a square that is one letter, its root."""
    if isinstance(domain, Simplex):
        return f"0 < {show(letter[PLACE])} < 1, k = 1..{show(domain.size)}"
    if domain == POSITIVE and show(letter).endswith("^2"):
        # A student may differentiate by σ as well as by σ².
        return f"{show(letter).removesuffix('^2')} > 0"
    return show(Membership(letter, domain))
