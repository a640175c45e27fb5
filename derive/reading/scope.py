"""What is known while a formula is read: the facts, the bound letters, the letters met, and the remarks."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal

import sympy as sp

from derive.core.domains import Domain
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.vectors import MatrixOf, Vector
from derive.reading.cursor import Cursor
from derive.reading.errors import Unreadable
from derive.reading.names import Names, in_notation, names_of, without_bold
from derive.reading.tokens import Source
from derive.reading.tree import Node, Nodes, name_of

_LABEL = re.compile(r"\\(tag|label)\s*\{[^{}]*\}|\\(nonumber|notag)")
SIZES = ("N", "n", "m", "M", "K", "d", "T")
INDICES = ("i", "j", "k", "l", "n", "t", "m")


@lru_cache(maxsize=4096)
def real_family(name: str) -> Any:
    """A family of real numbers; SymPy makes one anew each time."""
    return sp.IndexedBase(name, real=True)


Choice = Literal["", "ends", "goes on"]
"""Where an argument without brackets could end at two places: nothing is chosen, it ends early, it ends late."""


class Scope(ABC):
    """The ground on which the readers of single constructs stand.

    Args:
        facts: of the page.
        notation: the letters of a page of ours, where they are not those of the facts.
        data: the facts' letter of an observation.
    """

    def __init__(self, facts: Facts, notation: Notation | None = None, data: str = "x") -> None:
        self.facts = facts
        self.names: Names = names_of(facts)
        if notation is not None:
            self.names = in_notation(self.names, notation, data)
        self.source = Source("")
        self.bound: list[tuple[str, Any]] = []
        # How far the bound indices run that begin at 1.
        self.runs: dict[Any, Any] = {}
        # The integrals with two ends that were read so far, which a primitive between brackets belongs to.
        self.integrated: list[tuple[str, Any, Any]] = []
        self.invented: dict[str, Any] = {}
        self.found: dict[Any, Domain] = {}
        self.met: dict[str, Any] = {}
        self.remarks: list[Phrase] = []
        self.outer: frozenset[str] = frozenset()
        self.law: Any = None
        self.depth = 0
        self.here = 0
        self.subject: Any = None
        self.side: Nodes = ()
        self.choice: Choice = ""

    @abstractmethod
    def value(self, nodes: Nodes) -> Any:
        """The meaning of all the nodes as one expression."""

    @abstractmethod
    def terms(self, cursor: Cursor) -> Any:
        """A sum of products."""

    @abstractmethod
    def term(self, cursor: Cursor) -> Any:
        """A product."""

    @abstractmethod
    def factor(self, cursor: Cursor) -> Any:
        """One factor, with its exponent and what it is applied to."""

    def goes_on(self, reason: str, node: Node, hint: str, ends: str) -> bool:
        """Does the argument go on behind this place? As it was chosen for the reader, with a remark.

        Args:
            ends: the text as it is read where the argument ends.

        Raises:
            Ambiguous: nothing was chosen.
        """
        if not self.choice:
            raise self.source.ambiguous(reason, node.at, hint)
        if self.choice == "ends":
            self.remark(Phrase("remark_argument_ends", {"written": ends}))
        return self.choice == "goes on"

    def refuse(self, reason: str, node: Node | int, hint: str = "") -> Unreadable:
        """The error that says what and where."""
        return self.source.refuse(reason, node if isinstance(node, int) else node.at, hint)

    def text(self, start: int, end: int) -> str:
        """A piece of the source."""
        return " ".join(_LABEL.sub("", self.source.text[start:end]).split()).rstrip(" .,;")

    def remark(self, phrase: Phrase) -> None:
        """Say once how something was taken."""
        if phrase not in self.remarks:
            self.remarks.append(phrase)

    @contextmanager
    def binding(self, name: str, letter: Any) -> Iterator[None]:
        """With a bound letter."""
        self.bound.append((name, letter))
        try:
            yield
        finally:
            self.bound.pop()

    def bound_letter(self, name: str) -> Any:
        """The bound letter of this name, innermost first; None if it is free."""
        for known, letter in reversed(self.bound):
            if known == name:
                return letter
        return None

    def letter(self, name: str) -> Any:
        """A declared or bound letter; None for an unknown name."""
        found = self.bound_letter(name)
        if found is None:
            found = self.names.letters.get(name, self.invented.get(name))
        if found is None and (plain := without_bold(name)) != name:
            found = self.letter(plain)
            if found is not None:
                self.remark(Phrase("remark_same_letter", {"written": name, "meant": plain}))
        if found is not None:
            self.met[name] = found
        return found

    def matrix(self, name: str) -> Any:
        """A declared vector or matrix (``name_`` for a family of them); None for an unknown name."""
        if not self.names.matrices or self.bound_letter(name) is not None:
            return None
        found = self.names.matrices.get(name)
        if found is None and not self.names.knows(name) and (plain := without_bold(name)) != name:
            found = self.names.matrices.get(plain)
        if found is None and not self.names.knows(name.rstrip("_")) and name[:1].isalpha():
            stem, bar, rest = name.partition("_")
            bold = rf"\mathbf{{{stem}}}{bar}{rest}"
            found = self.names.matrices.get(bold)
            if found is not None:
                self.remark(Phrase("remark_same_letter", {"written": stem, "meant": rf"\mathbf{{{stem}}}"}))
        if found is not None:
            self.met[name.rstrip("_")] = found
        return found

    def family(self, name: str) -> Any:
        """A declared family of letters; None for an unknown name."""
        found = self.names.families.get(name, self.invented.get(name + "_"))
        if found is None and (plain := without_bold(name)) != name:
            found = self.family(plain)
            if found is not None:
                self.remark(Phrase("remark_same_letter", {"written": name, "meant": plain}))
        if found is not None:
            self.met[name] = found
        return found

    def index(self, name: str) -> Any:
        """The letter of an index or a size, made up if need be."""
        found = self.letter(name)
        if found is None:
            found = self.invented[name] = sp.Symbol(name, integer=True, positive=True)
            self.met[name] = found
        return found

    def invent(self, name: str) -> Any:
        """A letter that nothing declares: a real number, or a whole one where everybody writes one so."""
        if name in SIZES or name in INDICES:
            return self.index(name)
        made = self.invented[name] = self.met[name] = sp.Symbol(name, real=True)
        return made

    def invent_family(self, name: str) -> Any:
        """A family of real numbers that nothing declares."""
        made = self.invented[name + "_"] = self.met[name] = real_family(name)
        return made

    def invent_vector(self, name: str, shape: tuple[Any, Any]) -> Any:
        """A vector or matrix of this shape that nothing declares."""
        found = self.invented.get(name)
        if found is None:
            # Not the family of the same name.
            base = sp.IndexedBase(name, real=True, finite=True)
            found = Vector(base, shape[0]) if shape[1] == 1 else MatrixOf(base, *shape)
            self.invented[name] = found
        self.met[name] = found
        return found

    def declared_index(self, name: str) -> Any:
        """The index of the facts that this page writes so; None for other letters."""
        found = self.names.letters.get(name)
        return found if found in self.facts.indices else None

    def is_index(self, name: str) -> bool:
        """Is it bound, an index of the facts, or a letter that everybody uses as one?"""
        if self.bound_letter(name) is not None or self.declared_index(name) is not None:
            return True
        return name in INDICES

    def spelled(self, *nodes: Node) -> str:
        """The normal spelling."""
        return name_of(nodes)
