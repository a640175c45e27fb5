"""What an exercise is made from: a judged derivation, and how to ask for it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from derive.core.derivation import Chain
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Statement
from derive.derivations.result import Section


@dataclass(frozen=True, slots=True)
class Own:
    """A density of one's own, in LaTeX."""

    density: str
    parameters: tuple[str, ...]
    support: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A derivation that is asked for, in the words of the command line.

    Args:
        verb: ``mle``, ``entropy``, ``cross-entropy``, ``kl`` or ``loss``.
        subjects: the distribution; two laws; the model. Empty for a density of one's own.
        settings: ``KEY=VALUE`` of the page's letters.
        data: observations; empty for none.
        at: values of the letters of an information quantity; empty for none.
        base: of its logarithm.
    """

    verb: str
    subjects: tuple[str, ...]
    own: Own | None = None
    known: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    data: str = ""
    at: str = ""
    base: str = "e"

    @property
    def command(self) -> tuple[str, ...]:
        """The arguments of ``derive`` that give this derivation.

        >>> Task("mle", ("poisson",), data="1 2").command
        ('mle', 'poisson', '--data', '1 2')
        """
        made = [self.verb, *self.subjects]
        if self.own is not None:
            made += ["--density", self.own.density]
            made += [part for p in self.own.parameters for part in ("--parameter", p)]
            made += ["--support", self.own.support] if self.own.support else []
        for option, values in (("--known", self.known), ("--notation", self.settings)):
            made += [part for value in values for part in (option, value)]
        for option, value, usual in (("--data", self.data, ""), ("--at", self.at, ""), ("--base", self.base, "e")):
            made += [option, value] if value != usual else []
        return tuple(made)


@dataclass(frozen=True, slots=True)
class Argument:
    """A judged derivation, whatever its verb.

    Args:
        sections: the argument in order; the first one states what is given.
        results: what it comes to, as equations.
        values: the same in numbers, where there are any.
        derivation: the whole of it.
    """

    task: Task
    title: Phrase
    sections: tuple[Section, ...]
    facts: Facts
    notation: Notation
    results: tuple[Statement, ...]
    values: tuple[Statement, ...]
    derivation: Any

    @property
    def setting(self) -> tuple[Phrase, ...]:
        """The sentences that say what is given."""
        return self.sections[0].intro

    @property
    def chains(self) -> tuple[Chain, ...]:
        """All chains in order."""
        return tuple(chain for section in self.sections for chain in section.chains)

    def section(self, heading: str) -> Section | None:
        """The section under a heading, by its key."""
        return next((s for s in self.sections if s.heading.key == heading), None)


Deriver = Callable[[Task], Argument]
"""Who derives: the rooms of the plans and of the judge, wired together elsewhere."""
