"""One factor: a number, a letter, a bracket, a fraction, an operator with what it acts on; then its exponent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.phrase import Phrase
from derive.core.vectors import is_matrix
from derive.reading import (
    applied,
    brackets,
    circle,
    combinations,
    densities,
    derivatives,
    evaluated,
    extrema,
    functions,
    indicators,
    integrals,
    letters,
    matrices,
    numbers,
    probability,
    series,
    tables,
)
from derive.reading.arithmetic import GREEK
from derive.reading.cursor import Cursor
from derive.reading.exponents import guarded, raised, to_the
from derive.reading.scope import Scope
from derive.reading.tree import ACCENTS, Bracket, Command, Leaf, Node, Scripted, Table, core, is_mark
from derive.reading.words import function

CONSTANTS = {r"\infty": sp.oo}
LETTERLIKE = (
    r"\ell",
    r"\Gamma",
    r"\Delta",
    r"\Theta",
    r"\Lambda",
    r"\Xi",
    r"\Pi",
    r"\Sigma",
    r"\Phi",
    r"\Psi",
    r"\Omega",
    r"\Upsilon",
    r"\R",
    r"\sum",
    r"\hbar",
    r"\varSigma",
    r"\imath",
    r"\wp",
    r"\Beta",
)


def factor(scope: Scope, cursor: Cursor) -> Any:
    """The next factor with its exponent and factorial signs.

    Raises:
        Unreadable: what stands here has no meaning.
    """
    node = cursor.take()
    scope.depth += 1
    if scope.depth > 60:
        raise scope.refuse("the formula is nested too deeply", node)
    try:
        made = _factor(scope, node, cursor)
        while is_mark(mark := cursor.peek(), "!"):
            cursor.take()
            assert mark is not None
            made = guarded(scope, mark, numbers.factorial, made)
    except numbers.TooLarge as error:
        raise scope.refuse(error.message, node) from None
    scope.depth -= 1
    return made


def _factor(scope: Scope, node: Node, cursor: Cursor) -> Any:
    base = core(node)
    match base:
        case Leaf("number", "1") if indicators.is_indicator(scope, node, cursor):
            return indicators.indicated(scope, node, cursor)
        case Leaf("number", text):
            return raised(scope, node, numbers.number(text))
        case Leaf("letter"):
            return _letter(scope, node, cursor)
        case Leaf("command", text):
            return _command(scope, node, base, cursor)
        case Leaf("word", text):
            return _word(scope, node, base, cursor)
        case Leaf("text"):
            raise scope.refuse(f"the words {base.text.strip()!r} stand inside the formula", base)
        case Leaf("mark", "|" | r"\|"):
            return brackets.bars(scope, base, cursor)
        case Leaf("mark", text):
            raise scope.refuse(f"{text} has no meaning here", base)
        case Bracket("[", "]", items) if indicators.is_condition(base, "["):
            return raised(scope, node, indicators.indicator(scope, items))
        case Bracket(r"\|", _, items):
            return brackets.norm(scope, items, node)
        case Bracket():
            return raised(scope, node, brackets.content(scope, base))
        case Table():
            return raised(scope, node, tables.value(scope, base))
        case Command(name):
            if name in ACCENTS:
                return _letter(scope, node, cursor)
            return _with_arguments(scope, node, base, cursor)
    raise scope.refuse("this has no meaning here", base)


def _letter(scope: Scope, node: Node, cursor: Cursor) -> Any:
    if indicators.is_indicator(scope, node, cursor):
        return indicators.indicated(scope, node, cursor)
    if (ways := combinations.read(scope, node)) is not None:
        return ways
    for reader in (derivatives.named, functions.with_order, probability.read, applied.read):
        made = reader(scope, node, cursor)
        if made is not None:
            return made
    value, exponent = letters.letter(scope, node)
    if isinstance(node, Scripted) and node.primes == 1 and is_matrix(value):
        value = matrices.transposed(value)
    elif isinstance(node, Scripted) and node.primes:
        return applied.primed(scope, node, value, cursor.peek())
    _mind_the_next(scope, node, cursor)
    return value if exponent is None else to_the(scope, node, value, exponent)


def _mind_the_next(scope: Scope, node: Node, cursor: Cursor) -> None:
    """``x_ij`` typed for ``x_{ij}``."""
    following = cursor.peek()
    if not (isinstance(node, Scripted) and node.sub and len(node.sub) == 1 and isinstance(following, Leaf)):
        return
    below = node.sub[0]
    if following.kind != "letter" or not isinstance(below, Leaf) or following.at != below.at + 1 or node.sup:
        return
    if scope.is_index(following.text) and scope.is_index(below.text) and following.text not in scope.names.letters:
        stem = scope.spelled(node.base)
        both = below.text + following.text
        raise scope.refuse(
            f"{stem}_{both} is {stem}_{below.text} times {following.text}", following, f"{stem}_{{{both}}}"
        )


def _command(scope: Scope, node: Node, base: Leaf, cursor: Cursor) -> Any:
    name = base.text[1:]
    if base.text in CONSTANTS:
        return raised(scope, node, CONSTANTS[base.text])
    if base.text == r"\sum" and (meant_by := series.matrix_letter(scope, node, cursor)) is not None:
        if meant_by == base.text:
            return _letter(scope, node, cursor)
        sigma = Leaf("command", meant_by, base.at)
        meant = replace(node, base=sigma) if isinstance(node, Scripted) else sigma
        written = Scripted(base, node.sub, None, 0, base.at) if isinstance(node, Scripted) and node.sub else base
        read_as = Scripted(sigma, node.sub, None, 0, base.at) if isinstance(node, Scripted) and node.sub else sigma
        scope.remark(Phrase("remark_same_letter", {"written": scope.spelled(written), "meant": scope.spelled(read_as)}))
        return _letter(scope, meant, cursor)
    if base.text in (r"\sum", r"\prod") and not series.is_letter(scope, node):
        return series.read(scope, node, base, cursor)
    if base.text == r"\pi" and circle.is_the_number(scope, node, cursor):
        return raised(scope, node, sp.pi)
    if base.text == r"\int":
        return integrals.read(scope, node, cursor)
    if base.text == r"\nabla":
        return derivatives.nabla(scope, node, cursor)
    if base.text == r"\partial":
        return derivatives.short(scope, node, cursor)
    if name in extrema.KINDS or name == "arg":
        return extrema.read(scope, node, cursor)
    if base.text == r"\Pr":
        letter = Leaf("letter", "P", base.at)
        return _letter(scope, replace(node, base=letter) if isinstance(node, Scripted) else letter, cursor)
    made = probability.read(scope, node, cursor)
    if made is None and not scope.names.knows(scope.spelled(base)):
        made = functions.read(scope, node, name, cursor)
    if made is not None:
        return made
    if name.lower() in GREEK or base.text in LETTERLIKE or scope.names.knows(base.text):
        return _letter(scope, node, cursor)
    raise scope.refuse(f"{base.text} is not known", base)


def _word(scope: Scope, node: Node, base: Leaf, cursor: Cursor) -> Any:
    if (derivative := derivatives.named(scope, node, cursor)) is not None:
        return derivative
    following = cursor.peek()
    bracket = core(following) if following is not None else None
    if isinstance(bracket, Bracket) and node is base and not scope.names.knows(base.text):
        density = densities.read(scope, node, base.text, bracket)
        if density is not None:
            cursor.take()
            return density
    name = function(base.text)
    if name in extrema.KINDS or name == "arg":
        return extrema.read(scope, node, cursor)
    made = probability.read(scope, node, cursor)
    if made is None and name is not None and not scope.names.knows(base.text):
        made = functions.read(scope, node, name, cursor)
    return _letter(scope, node, cursor) if made is None else made


def _with_arguments(scope: Scope, node: Node, base: Command, cursor: Cursor) -> Any:
    match base.name:
        case "frac":
            made = derivatives.fraction(scope, base, cursor)
            if made is None:
                over, under = (scope.value(a) for a in base.args)
                made = matrices.quotient(scope, over, under, base.at)
            elif isinstance(node, Scripted):
                return raised(scope, node, made)
            return raised(scope, node, made)
        case "evaluated":
            return evaluated.value(scope, base)
        case "sqrt":
            index = scope.value(base.args[1]) if len(base.args) == 2 else sp.Integer(2)
            return raised(scope, node, numbers.power(scope.value(base.args[0]), 1 / index))
        case "binom":
            top, bottom = (scope.value(a) for a in base.args)
            return raised(scope, node, guarded(scope, base, numbers.binomial, top, bottom))
        case "underset" | "overset" | "stackrel":
            return extrema.underset(scope, base, cursor)
    raise scope.refuse(f"\\{base.name} is not known here", base)
