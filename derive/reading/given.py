r"""Lines of context: ``x_i ~ normal(\mu, \sigma^2), i = 1..N``, ``p(x), q(x) pmf on \mathcal{X}``, …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import NATURALS, REALS, Domain, Integers, OneHot, assumptions
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.information import Cardinality, Law
from derive.core.vectors import VECTOR_LETTERS, Vector
from derive.reading import declared
from derive.reading.building import build
from derive.reading.constraints import with_sum_to_one
from derive.reading.cursor import parted
from derive.reading.definitions import defined
from derive.reading.densities import multivariate_normal
from derive.reading.density import parameter
from derive.reading.domains import domain
from derive.reading.joint_given import joint_law
from derive.reading.laws import law_of_call, multivariate
from derive.reading.moments_given import law_of_moments
from derive.reading.names import names_of, spelling
from derive.reading.pieces import pieces
from derive.reading.reader import Reader
from derive.reading.samples import own_law, with_assumption, with_data, with_rows, with_total
from derive.reading.tokens import Source, tokens
from derive.reading.tree import Bracket, Nodes, Scripted, name_of, unwrapped
from derive.reading.two_values import two_values

_RANGE = re.compile(r",\s*([A-Za-z])\s*=\s*(\d+)\s*(?:\.\.+|,?\s*\\l?dots\s*,?)\s*([^,]+?)\s*$")
_LOG = re.compile(r"\s*\\?(log|ln)\s+base\s+(.+?)\s*$")
_UNKNOWN = re.compile(r"^(.*?)\s+(pmf|pdf)(?:\s+on\s+(.+?))?\s*$", re.DOTALL)
_ONE_HOT = re.compile(r"^(.*?)\s+one-?hot\s+over\s+([A-Za-z])\s*=\s*1\s*\.\.+\s*(.+?)\s*$")
_MATRIX = re.compile(
    r"^(.*?)\s+(symmetric(?:\s+positive\s+definite)?|positive\s+definite)\s+(.+?)\s*(?:x|\\times)\s*(.+?)\s*$"
)
_TUPLE = re.compile(r"^\s*(\\?[A-Za-z]+)\s*:=\s*\(([^(),]+(?:,[^(),]+)+)\)\s*$")
_LETTER = re.compile(r"^letter\s+(.+)$", re.DOTALL)
_FOLLOWS = re.compile(r"~|\\sim(?![A-Za-z])")


def given(line: str, facts: Facts) -> Facts:
    r"""The facts with one line of context added; a letter declared before is declared anew.

    Raises:
        InputError: the line is none of the forms; the message says where.

    >>> facts = given(r"x_i ~ poisson(\lambda), i = 1..n", Facts())
    >>> sorted(map(str, facts.domains)), [str(i) for i in facts.indices]
    (['\\lambda', 'n', 'x'], ['i'])
    """
    text = line.strip().removeprefix("given:").strip().rstrip(".")
    source = Source(text)
    if not text:
        raise source.refuse("the line is empty", 0)
    if match := _LOG.match(text):
        reader = Reader(facts)
        base = reader.value(reader.nodes(Source(match.group(2))))
        kept = {k: v for k, v in facts.definitions.items() if k != "\\" + match.group(1)}
        facts = replace(facts, definitions=kept)
        return facts.defining("\\" + match.group(1), base) if base != sp.E else facts
    if (matrix := with_rows(facts, text)) is not None:
        return matrix
    if (whole := with_sum_to_one(facts, text)) is not None:
        return whole
    if ":=" in text:
        return _tuple(facts, text) or defined(text, facts)
    if (assumed := with_assumption(facts, text)) is not None:
        return assumed
    if match := _UNKNOWN.match(text):
        return _unknown(facts, source, match)
    if match := _ONE_HOT.match(text):
        return _one_hot(facts, *match.groups())
    facts, index, text = _ranged(facts, text)
    for form in (with_total, with_data, two_values):
        if (known := form(facts, text, index)) is not None:
            return known
    if match := _MATRIX.match(text):
        written, kind, rows, columns = match.groups()
        return declared.square(facts, written, kind, rows, columns, index)
    if match := _FOLLOWS.search(text):
        return _following(facts, text[: match.start()], text[match.end() :], index)
    return _living(facts, text, index)


def ranges_of(line: str, facts: Facts) -> Facts:
    """The facts with the index that a line of context ranges over, if it does; nothing is raised."""
    try:
        return _ranged(facts, line.strip().removeprefix("given:").strip().rstrip("."))[0]
    except InputError:
        return facts


def context(lines: Sequence[str], facts: Facts) -> Facts:
    """The facts with several lines of context; a line may use what a later one declares.

    Raises:
        InputError: a line is none of the forms.
    """
    waiting: list[str] = []
    for line in lines:
        try:
            facts = given(line, facts)
        except InputError:
            waiting.append(line)
    for line in waiting:
        facts = given(line, facts)
    return facts


def _ranged(facts: Facts, text: str) -> tuple[Facts, str, str]:
    """``, i = 1..N`` at the end: the index with its size."""
    match = _RANGE.search(text)
    if match is None:
        return facts, "", text
    if _RANGE.search(text[: match.start()]):
        # x_{ij}, i = 1..m, j = 1..d
        facts, _, front = _ranged(facts, text[: match.start()])
        text = front + text[match.start() :]
        match = _RANGE.search(text)
        assert match is not None
    name, low, high = match.groups()
    reader = Reader(facts)
    if low != "1":
        raise Source(text).refuse("an index runs from 1", match.start(2))
    size = reader.value(reader.nodes(Source(high.strip().strip("{}"))))
    letter = next((i for i in facts.indices if i.name == name), sp.Symbol(name, integer=True, positive=True))
    sizes: dict[Any, Domain] = {s: NATURALS for s in size.free_symbols if s not in facts.domains}
    indices = {**facts.indices, letter: size}
    return replace(facts.placing(sizes), indices=indices), name, text[: match.start()]


def _following(facts: Facts, left: str, right: str, index: str) -> Facts:
    """``X ~ law``, ``x_i ~ law``, ``p(x) ~ law``."""
    source = Source(left.strip())
    nodes = unwrapped(build(source, tokens(source)))
    if not nodes:
        raise source.refuse("nothing stands before ~", 0)
    last = nodes[-1]
    if (normal := multivariate(facts, right, left)) is not None:
        return _normal_vectors(facts, nodes, normal, index)
    if isinstance(last, Bracket) and len(nodes) > 1:
        name = name_of(nodes[:-1])
        variable = name_of(_first(last.items))
        facts, support, density, letter = own_law(facts, right, variable) or law_of_call(facts, right, variable)
        law = Law(letter, support, density, parameters=_behind_bar(facts, last.items, density))
        return replace(facts, laws={**declared.without_law(facts, name), sp.Symbol(name): law})
    stem, indices = declared.stem_of(nodes, facts, index)
    if (moments := law_of_moments(facts, right, stem)) is not None:
        facts, law = moments
        facts = declared.place(facts, nodes, law.support, index)
        return replace(facts, laws={**declared.without_law(facts, stem), law.variable: law})
    facts, support, density, letter = own_law(facts, right, stem) or law_of_call(facts, right, stem)
    facts = declared.place(facts, nodes, support, index)
    variable_law = Law(letter, support, density)
    del indices
    return replace(facts, laws={**declared.without_law(facts, stem), letter: variable_law})


def _normal_vectors(facts: Facts, nodes: Nodes, normal: Any, index: str) -> Facts:
    """A vector, a family of vectors or a named density with the multivariate normal law."""
    facts, mean, covariance = normal
    last = nodes[-1]
    named = isinstance(last, Bracket) and len(nodes) > 1
    name = name_of(nodes[:-1]) if named else declared.stem_of(nodes, facts, index)[0]
    if not named:
        facts = declared.with_matrix(facts, nodes, (mean.shape[0],), index, REALS)
    reader = Reader(facts)
    variable = name_of(_first(last.items)) if isinstance(last, Bracket) and named else name
    found = reader.matrix(variable)
    if isinstance(last, Bracket) and named and not isinstance(found, Vector):
        facts = declared.with_matrix(facts, _first(last.items), (mean.shape[0],), "", REALS, whole=True)
        reader = Reader(facts)
        found = reader.matrix(variable)
    at = found if isinstance(found, Vector) else reader.invent_vector(variable, mean.shape)
    density = multivariate_normal(reader, at, mean, covariance)
    parameters = _behind_bar(facts, last.items, density) if isinstance(last, Bracket) and named else ()
    law = Law(at, REALS, density, parameters=parameters)
    return replace(facts, laws={**declared.without_law(facts, name), sp.Symbol(name): law})


def _behind_bar(facts: Facts, items: Nodes, density: Any) -> tuple[Any, ...]:
    """The letters behind the bar or semicolon, if the density is about each of them."""
    _, *behind = parted(items, ("|", ";", r"\|"))
    if len(behind) != 1 or density is None:
        return ()
    reader = Reader(facts)
    values = tuple(reader.value(p) for p in parted(behind[0], (",",)) if unwrapped(p))
    stems = [v.base if isinstance(v, sp.Pow) and v.base.is_positive else v for v in values]
    letters = all(isinstance(v, (sp.Symbol, *VECTOR_LETTERS)) and density.has(v) for v in stems)
    return values if letters else ()


def _tuple(facts: Facts, text: str) -> Facts | None:
    r"""``\theta := (\rho, a, b)``: a name for several declared letters; None for other lines."""
    match = _TUPLE.match(text)
    letters = names_of(facts).letters
    if match is None or any(spelling(one) not in letters for one in match.group(2).split(",")):
        return None
    return facts.placing({sp.Symbol(spelling(match.group(1)), real=True): REALS})


def _first(items: Nodes) -> Nodes:
    """The variable before a bar or comma."""
    return unwrapped(parted(items, ("|", ";", ",", r"\|"))[0])


def _unknown(facts: Facts, source: Source, match: re.Match[str]) -> Facts:
    """``p(x), q(x) pmf on \\mathcal{X}``, ``f(x) pdf``."""
    left, kind, where = match.groups()
    inner = Source(left)
    nodes = build(inner, tokens(inner))
    before, laws = facts, dict(facts.laws)
    head: list[Any] = []
    for node in nodes:
        if isinstance(node, Bracket) and head:
            name = name_of(tuple(head))
            facts = replace(facts, laws=laws, joints={k: v for k, v in facts.joints.items() if k != name})
            if (several := joint_law(facts, name, node.items, kind, where)) is not None:
                facts, laws, head = several, dict(several.laws), []
                continue
            variable = name_of(_first(node.items)) or "x"
            if kind == "pmf":
                size = Cardinality(name_of(build(Source(where), tokens(Source(where))))) if where else None
                support: Domain = Integers(sp.Integer(1), size or Cardinality(rf"\mathcal{{{variable.upper()}}}"))
            else:
                support = REALS
            letter = sp.Symbol(variable, **assumptions(support))
            law = Law(letter, support, None, _behind(facts, node.items))
            laws = {k: v for k, v in laws.items() if k.name != name} | {sp.Symbol(name): law}
            head = []
        elif getattr(node, "text", "") not in (",", ";") and getattr(node, "kind", "") != "gap":
            head.append(node)
    if head or (laws == before.laws and facts.joints == before.joints):
        raise source.refuse(f"a {kind} is declared with its variable", 0, f"p(x) {kind}")
    return replace(facts, laws=laws)


def _behind(facts: Facts, items: Nodes) -> tuple[Any, ...]:
    """The parameters of ``p(x | \\theta)``, if they are letters or vectors that are declared."""
    _, *sides = parted(items, ("|", ";"))
    names = names_of(facts)
    made = [
        names.matrices.get(name, names.letters.get(name))
        for side in sides
        for part in parted(side, (",",))
        if (name := name_of(unwrapped(part)))
    ]
    return tuple(made) if all(isinstance(m, sp.Symbol | Vector) for m in made) else ()


def _one_hot(facts: Facts, left: str, name: str, high: str) -> Facts:
    """``y_{i,k} one-hot over k = 1..K``."""
    facts, index, left = _ranged(facts, left)
    facts, _, _ = _ranged(facts, f"_, {name} = 1..{high}")
    size = next(n for i, n in facts.indices.items() if i.name == name)
    source = Source(left)
    nodes = unwrapped(build(source, tokens(source)))
    if not isinstance(nodes[0], Scripted):
        raise source.refuse("a one-hot vector is declared with its index", 0, "y_{i,k} one-hot over k = 1..K")
    return declared.place(facts, nodes, OneHot(size), index or name)


def _living(facts: Facts, text: str, index: str) -> Facts:
    """A domain."""
    if match := _LETTER.match(text):
        letter, where = parameter(match.group(1), facts)
        return declared.forgotten(facts, letter.name, family=False).placing({letter: where})
    reader = Reader(facts)
    source = Source(text)
    if (vector := declared.vector(facts, text, index)) is not None:
        return vector
    found = pieces(source, reader.nodes(source))
    if len(found) > 1 and all(not p.signs for p in found[:-1]):
        # a, b > 0
        letters = [p.sides[0] for p in found[:-1]]
        nodes, where = domain(reader, found[-1])
        for written in (*letters, nodes):
            facts = declared.place(facts, unwrapped(written), where, index)
        return facts
    for piece in found:
        nodes, where = domain(reader, piece)
        facts = declared.place(facts, unwrapped(nodes), where, index)
    if not found:
        raise source.refuse("nothing is declared", 0)
    return facts
