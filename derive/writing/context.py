r"""What a chain assumes, as ``given:`` lines: with them a page that is printed can be checked like any other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.domains import REALS, Domain, Integers, Interval, OneHot, Simplex, Vector, entry_domain, sum_of
from derive.core.errors import DeriveError
from derive.core.facts import Facts
from derive.core.information import Cardinality, Law
from derive.core.meanings import meaning
from derive.core.nodes import Sigmoid, named_function
from derive.core.notation import Notation
from derive.core.observed import Observed
from derive.core.statement import Membership, Statement
from derive.core.vectors import VECTOR_LETTERS, MatrixOf, VectorAt
from derive.core.vectors import Vector as WholeVector
from derive.writing.latex import latex

MOST_DATA = 200


def given_lines(
    facts: Facts, notation: Notation, sides: Iterable[Any] = (), wholes: Collection[Any] = ()
) -> dict[str, str]:
    r"""The lines of context, each under the letter that it is about; what cannot be written in one is left out.

    Args:
        sides: where the functions stand whose arguments their definitions do not name.
        wholes: the vectors and matrices of the page.

    >>> from derive.core.domains import REALS
    >>> given_lines(Facts({sp.Symbol("\\mu"): REALS}), Notation())
    {'\\mu': '\\mu \\in \\mathbb{R}'}
    """
    here = expressions(sides)
    used = {f.func.__name__: f.args for side in here for f in side.atoms(AppliedUndef)}
    seen = {v for side in here for v in side.atoms(WholeVector)}
    # The vector of all observations only where it is met.
    counted = set(facts.indices.values())
    named = [*wholes, *facts.matrices.values()]
    vectors = [v for v in named if v in seen or not isinstance(v, WholeVector) or v.shape[0] not in counted]
    euler = any(side.has(sp.EulerGamma) for side in here)
    return dict(_Context(facts, notation, used, vectors, euler).lines())


def expressions(sides: Iterable[Any]) -> list[Any]:
    """The expressions in sides of lines."""
    plain = (part for s in sides for part in ((s.left, s.right) if isinstance(s, Statement) else (s,)))
    return [p for p in plain if isinstance(p, sp.Basic)]


def wholes_in(facts: Facts, sides: Iterable[Any]) -> set[Any]:
    """The vectors and matrices in sides, and in what their names stand for."""
    meanings = (m for m in facts.definitions.values() if isinstance(m, sp.Basic))
    return {v for e in (*expressions(sides), *meanings) for v in e.atoms(*VECTOR_LETTERS)}


def of_any(letter: Any, facts: Facts) -> Any:
    """An observation of a family as the letter of any one: y for y_i, the vector x for x_i."""
    if isinstance(letter, VectorAt):
        return WholeVector(letter.args[0], letter.shape[0])
    if isinstance(letter, sp.Indexed):
        shape = facts.shapes.get(letter.base, ())
        if len(letter.indices) == 1 and len(shape) == 2:
            return WholeVector(letter.base, shape[1]) if facts.domains.get(letter.base) == REALS else letter
        if len(letter.indices) == 1:
            return sp.Symbol(str(letter.base.label), real=True)
    return letter


class _Context:
    """The lines of one set of facts, in the letters of one page."""

    def __init__(self, facts: Facts, notation: Notation, used: dict[str, Any], wholes: list[Any], euler: bool) -> None:
        self.facts, self.notation, self.used, self.euler = facts, notation, used, euler
        here = [m for m in dict.fromkeys(wholes) if m.args[0] in facts.shapes]
        # The rows of a matrix come before it.
        kinds = (VectorAt, WholeVector, MatrixOf)
        self.wholes = sorted(here, key=lambda m: (kinds.index(type(m)), str(m)))

    def lines(self) -> Iterator[tuple[str, str]]:
        sizes = {s for shape in self.facts.shapes.values() for size in shape for s in size.free_symbols}
        sizes |= {s for size in self.facts.indices.values() for s in size.free_symbols}
        bases = {m.args[0] for m in self.wholes}
        for letter, domain in self.facts.domains.items():
            if letter in sizes or letter in bases or letter in self.facts.definitions:
                continue
            yield from self.living(letter, domain)
        for matrix in self.wholes:
            yield from self.matrix(matrix)
        for name, law in self.facts.laws.items():
            yield from self.law(name, law)
        for name, stands_for in self.facts.definitions.items():
            yield from self.definition(name, stands_for)
        if any(m.has(Sigmoid) for m in self.facts.definitions.values() if isinstance(m, sp.Basic)):
            z = sp.Symbol("z", real=True)
            yield "sigma", f"{self.written(Sigmoid(z))} := {self.written(1 / (1 + sp.exp(-z)))}"
        if self.euler:
            yield r"\gamma", r"\gamma := -\psi(1)"
        for statement in self.facts.assumed:
            yield from self.assumption(statement)
        for base, observed in self.facts.observed.items():
            yield from self.data(base, observed)

    def written(self, side: Any) -> str:
        return latex(side, self.notation)

    def ranged(self, base: Any, count: int) -> tuple[tuple[Any, ...], str]:
        """Index letters for the first places of a family, and how far they run."""
        shape = self.facts.shapes.get(base, ())[:count]
        letters: list[Any] = []
        runs = ""
        for size in shape:
            known = (i for i, n in self.facts.indices.items() if n == size and i not in letters)
            letter = next(known, None)
            letter = letter or sp.Symbol("ik"[len(letters) % 2], integer=True, positive=True)
            letters.append(letter)
            runs += f", {self.written(letter)} = 1..{self.written(size)}"
        return tuple(letters), runs

    def living(self, letter: Any, domain: Domain) -> Iterator[tuple[str, str]]:
        """Where a number or the entries of a family live."""
        if not isinstance(letter, sp.IndexedBase):
            if isinstance(domain, Interval | Integers):
                # x_m may look like an entry of a family.
                one = "letter " if re.search(r"_\{?[a-z]\}?\Z", str(letter)) else ""
                yield self.written(letter), one + self.written(Membership(letter, domain))
            return
        shape = self.facts.shapes.get(letter, ())
        if not shape:
            return
        if isinstance(domain, OneHot):
            letters, runs = self.ranged(letter, len(shape))
            outer = runs.rsplit(",", 1)[0] if len(shape) > 1 else ""
            inner = f"{self.written(letters[-1])} = 1..{self.written(domain.size)}"
            yield self.written(letter), f"{self.written(letter[letters])} one-hot over {inner}{outer}"
        elif isinstance(domain, Interval | Integers):
            letters, runs = self.ranged(letter, len(shape))
            law = self.law_of(letter)
            if law is None:
                yield self.written(letter), self.written(Membership(letter[letters], domain)) + runs
            else:
                one, density = law
                where = self.written(Membership(one, domain))
                line = f"{self.written(letter[letters])} ~ density({self.written(density)}, {where}){runs}"
                yield self.written(letter), line
        elif isinstance(domain, Vector):
            letters, runs = self.ranged(letter, len(shape))
            line = self.written(Membership(letter[letters], entry_domain(domain)))
            if isinstance(domain, Simplex):
                line = f"{self.written(letter[letters])} > 0"
            if (total := sum_of(domain)) is not None:
                whole = sp.Sum(letter[letters], (letters[-1], 1, domain.size))
                line += f", {self.written(whole)} = {self.written(total)}"
            yield self.written(letter), line + runs

    def law_of(self, base: Any) -> tuple[Any, Any] | None:
        """The letter and density of one observation, where a density of the page is about these."""
        for stands_for in self.facts.definitions.values():
            if not isinstance(stands_for, sp.Lambda) or len(self.facts.shapes[base]) != 1:
                continue
            first = stands_for.signature[0]
            if isinstance(first, sp.Dummy) and first.name == str(base.label):
                one = sp.Symbol(first.name, **first.assumptions0)
                return one, stands_for.expr.xreplace({first: one})
        return None

    def matrix(self, matrix: Any) -> Iterator[tuple[str, str]]:
        """Vectors and matrices of real numbers."""
        match matrix:
            case WholeVector() | VectorAt():
                (letter, *_), runs = self.ranged(matrix.args[0], 1)
                if isinstance(matrix, VectorAt):
                    matrix = VectorAt(matrix.args[0], letter, matrix.shape[0])
                name, size = self.written(matrix), self.written(matrix.shape[0])
                line = rf"{name} \in \mathbb{{R}}^{{{size}}}"
                yield name, line + (runs if isinstance(matrix, VectorAt) else "")
            case MatrixOf():
                name, base = self.written(matrix), matrix.args[0]
                if any(isinstance(m, VectorAt) and m.args[0] == base for m in self.wholes):
                    row = self.written(base)
                    yield name, rf"{name} := ({row}_1, \dots, {row}_{{{self.written(matrix.shape[0])}}})^T"
                    return
                rows, columns = (self.written(n) for n in matrix.shape)
                yield name, rf"{name} \in \mathbb{{R}}^{{{rows} \times {columns}}}"

    def law(self, name: Any, law: Law) -> Iterator[tuple[str, str]]:
        """A random variable, or a density with a name."""
        if not isinstance(law.variable, sp.Symbol):
            return
        head = self.written(law.variable) if name == law.variable else self.written(named_function(name)(law.variable))
        if law.density is not None and isinstance(law.support, Interval | Integers):
            where = self.written(Membership(law.variable, law.support))
            yield head, f"{head} ~ density({self.written(law.density)}, {where})"
        elif isinstance(law.support, Integers) and isinstance(law.support.upper, Cardinality):
            yield head, f"{head} pmf on {law.support.upper.args[0]}"
        else:
            yield head, f"{head} pdf"

    def definition(self, name: Any, stands_for: Any) -> Iterator[tuple[str, str]]:
        r"""An abbreviation; that of an estimate is the page's own business."""
        if isinstance(stands_for, sp.Lambda):
            plain = {d: sp.Symbol(d.name, **d.assumptions0) for d in stands_for.signature if isinstance(d, sp.Dummy)}
            stands_for = sp.Lambda(
                tuple(plain.get(a, a) for a in stands_for.signature), stands_for.expr.xreplace(plain)
            )
        try:
            if isinstance(name, str):
                args = stands_for.signature if isinstance(stands_for, sp.Lambda) else self.used.get(name, ())
                if not args:
                    return
                if any(of_any(a, self.facts) != a for a in args):
                    args, stands_for = tuple(of_any(a, self.facts) for a in args), self.of_one(stands_for)
                head = self.written(named_function(name)(*args))
            elif isinstance(name, sp.IndexedBase) and isinstance(stands_for, sp.Lambda):
                # In the index letters of the page.
                letters, _ = self.ranged(name, len(stands_for.signature))
                letters = letters or tuple(stands_for.signature)
                head = self.written(name[letters])
                body = stands_for.expr.xreplace(dict(zip(stands_for.signature, letters, strict=True)))
                stands_for = sp.Lambda(letters, body)
            elif isinstance(name, sp.Indexed) or (isinstance(name, sp.Symbol) and not str(name).startswith(r"\hat")):
                head = self.written(name)
            else:
                return
            body = self.written(stands_for.expr if isinstance(stands_for, sp.Lambda) else stands_for)
            if body != head:
                yield head, f"{head} := {body}"
        except DeriveError:
            return

    def of_one(self, body: Any) -> Any:
        """What is said of observation i, of any one: names of its own entries written out first."""
        named = {e: m for e in body.atoms(sp.Indexed) if (m := meaning(e, self.facts)) is not None}
        body = body.xreplace(named)
        return body.xreplace({e: of_any(e, self.facts) for e in body.atoms(sp.Indexed, VectorAt)})

    def data(self, base: Any, observed: Observed) -> Iterator[tuple[str, str]]:
        """The observations, if they are few."""
        if observed.size > MOST_DATA or any(isinstance(v, tuple) for v in observed.values):
            return
        pairs = zip(observed.values, observed.counts, strict=True)
        values = ", ".join(str(v) for v, often in pairs for _ in range(int(often)))
        yield f"{self.written(base)} =", f"{self.written(base)} = ({values}){self.ranged(base, 1)[1]}"

    def assumption(self, statement: Statement) -> Iterator[tuple[str, str]]:
        """What else is taken as true."""
        line = self.written(statement)
        yield line, f"assume {line}"
