r"""The letters that the facts declare, by the normal spelling of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sympy as sp

from derive.core.domains import OneHot, Simplex
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.nodes import CONDITIONAL
from derive.core.notation import Notation
from derive.reading.building import build
from derive.reading.tokens import Source, tokens
from derive.reading.tree import name_of

_PLAIN_GREEK = re.compile(
    r"(?<![\\A-Za-z])(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon"
    r"|phi|chi|psi|omega|pi)(?![A-Za-z])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_BOLD = re.compile(r"\\mathbf\{([^{}]*)\}")


def with_greek(text: str) -> str:
    r"""Greek letters typed without their backslash with it.

    >>> with_greek("sigma(w^T x)")
    '\\sigma(w^T x)'
    """
    return _PLAIN_GREEK.sub(lambda m: "\\" + m.group(1), text)


@lru_cache(maxsize=4096)
def spelling(name: str) -> str:
    r"""The normal spelling of a name, plain or LaTeX.

    >>> spelling("mu_1"), spelling(r"\hat \sigma^{2}")
    ('\\mu_1', '\\hat{\\sigma}^2')
    """
    source = Source(with_greek(name))
    try:
        return name_of(build(source, tokens(source)))
    except InputError:
        return name


@dataclass(slots=True)
class Names:
    """Declared letters: symbols, families (``IndexedBase``), functions and laws."""

    letters: dict[str, Any] = field(default_factory=dict)
    families: dict[str, Any] = field(default_factory=dict)
    functions: dict[str, Any] = field(default_factory=dict)
    laws: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    shapes: dict[Any, tuple[Any, ...]] = field(default_factory=dict)
    matrices: dict[str, Any] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        """Is it declared as anything?"""
        return (
            name in self.letters
            or name in self.families
            or name in self.functions
            or name in self.laws
            or name in self.matrices
        )


def names_of(facts: Facts) -> Names:
    """The table of the facts."""
    made = Names(matrices=dict(facts.matrices))
    for matrix in facts.matrices.values():
        for size in matrix.shape:
            for letter in size.free_symbols:
                _enter(made, letter, override=False)
    for letter in (*facts.domains, *facts.shapes, *facts.indices, *facts.indices.values()):
        _enter(made, letter)
        if isinstance(letter, sp.IndexedBase) and (size := facts.domains.get(letter)) is not None:
            made.shapes[letter] = (size.size,) if isinstance(size, Simplex | OneHot) else ()
    for shape in facts.shapes.values():
        for size in shape:
            for letter in size.free_symbols:
                _enter(made, letter)
    made.shapes.update(facts.shapes)
    for name, meaning in facts.definitions.items():
        if isinstance(name, str):
            if name == CONDITIONAL:
                made.functions["p"] = name
            elif not name.startswith(r"\log"):
                made.functions[spelling(name)] = name
        elif isinstance(name, sp.Symbol | sp.IndexedBase | sp.Indexed):
            _enter(made, name.base if isinstance(name, sp.Indexed) else name)
        for letter in getattr(meaning, "free_symbols", ()):
            if isinstance(letter, sp.Symbol) and spelling(letter.name) not in made.families:
                _enter(made, letter, override=False)
    for name in facts.joints:
        made.laws.setdefault(spelling(name), sp.Symbol(name))
    for name, law in facts.laws.items():
        if law.variable == name:
            made.variables[spelling(name.name)] = name
            made.letters[spelling(name.name)] = name
        else:
            made.laws[spelling(name.name)] = name
            if isinstance(law.variable, sp.Symbol):
                _enter(made, law.variable, override=False)
    return made


def in_notation(names: Names, notation: Notation, data: str) -> Names:
    """The table in the letters of a page: what its notation calls D is the facts' x."""
    letters = {"i": notation.index, "N": notation.size, data: notation.data or data}
    heads = {"L": notation.likelihood, "f": notation.density}
    changes = {a: b for a, b in letters.items() if a != b}

    def renamed(table: dict[str, Any], by: dict[str, str]) -> dict[str, Any]:
        return {_in_letters(name, by): value for name, value in table.items()}

    return Names(
        renamed(names.letters, changes),
        renamed(names.families, changes),
        renamed(names.functions, {**changes, **heads}),
        renamed(names.laws, changes),
        renamed(names.variables, changes),
        names.shapes,
        renamed(names.matrices, changes),
    )


def _in_letters(name: str, changes: dict[str, str]) -> str:
    return _LETTER.sub(lambda m: changes.get(m.group(), m.group()), name) if changes else name


def _enter(made: Names, letter: Any, override: bool = True) -> None:
    if isinstance(letter, sp.IndexedBase):
        made.families[spelling(str(letter.label))] = letter
    elif isinstance(letter, sp.Symbol) and not isinstance(letter, sp.Dummy):
        name = spelling(letter.name)
        if override or name not in made.letters:
            made.letters[name] = letter


def without_bold(name: str) -> str:
    r"""The name in ordinary letters.

    >>> without_bold(r"\mathbf{w}_1")
    'w_1'
    """
    return _BOLD.sub(r"\1", name)
