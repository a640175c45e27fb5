"""The verb ``exercise``, and who derives what problems are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.api.estimation import check_letters, mle, observed, sized, with_observations
from derive.api.information import cross_entropy, entropy, kl
from derive.api.letters import refuse_clashes
from derive.api.losses import loss
from derive.api.named import own
from derive.api.values import values_of
from derive.core.derivation import Chain
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.derivations.numbers import entries
from derive.derivations.result import Estimate
from derive.exercises.argument import Argument, Task
from derive.exercises.clean import opened
from derive.exercises.problem import KINDS
from derive.exercises.sheet_file import VERBS
from derive.exercises.variants import single
from derive.exercises.wanted import DIFFICULTIES, Wanted
from derive.models.sample import Sample
from derive.results.exercises import Exercise
from derive.results.mle import MaximumLikelihoodResult


class Deriver:
    """Derives what a task asks for; what does not depend on data and letters of the page is derived once."""

    def __init__(self) -> None:
        self._known: dict[Task, Any] = {}

    def __call__(self, task: Task) -> Argument:
        """The judged derivation.

        Raises:
            InputError: the task cannot be understood.
            NoDerivation: no plan covers it.
        """
        verb = self.estimate if task.verb == "mle" else self.quantity if task.verb in QUANTITIES else self.loss
        made = verb(task)
        # The key's command derives it again, under the same rule.
        refuse_clashes(made.chains, made.notation)
        return made

    def estimate(self, task: Task) -> Argument:
        """A maximum-likelihood derivation."""
        result: MaximumLikelihoodResult = self._once(task, lambda: mle(distribution(task), known=task.known))
        letters = self._letters(task, result.derivation.chains)
        check_letters(result.derivation.sample, letters)
        if task.data:
            chosen = result.derivation.sample.distribution
            observations = observed(task.data, None, chosen)
            if sized(chosen, observations) is not chosen:
                # The number of categories is seen in the data only, and stands in every line.
                result = mle(distribution(task), known=task.known, data=task.data)
            else:
                result = with_observations(result, observations)
        found = result.derivation
        results = tuple(s for s in result.formulas if isinstance(s, Statement))
        values = tuple(one for e in found.estimates for one in entries_of(e, found.sample))
        return Argument(task, found.title, found.sections, found.sample.facts, letters, results, values, found)

    def quantity(self, task: Task) -> Argument:
        """An entropy, a cross-entropy or a divergence."""
        verb = QUANTITIES[task.verb]
        result = self._once(task, lambda: verb(*task.subjects, at=task.at, base=task.base))
        found = result.derivation
        letters = self._letters(task, found.chains)
        results = (Statement(found.quantity, EQUAL, found.value),)
        values: tuple[Statement, ...] = ()
        if task.at:
            exact = found.value.subs(values_of(task.at, found))
            values = (Statement(found.quantity, EQUAL, opened(exact)),)
        return Argument(task, found.title, found.sections, found.facts, letters, results, values, found)

    def loss(self, task: Task) -> Argument:
        """The loss of a model."""
        result: Any = self._once(task, lambda: loss(*task.subjects))
        found = result.derivation
        letters = self._letters(task, found.chains)
        results = (Statement(found.model.named_loss, EQUAL, found.loss),)
        return Argument(task, found.title, found.sections, found.facts, letters, results, (), found)

    def _letters(self, task: Task, chains: tuple[Chain, ...]) -> Notation:
        """The letters of the page, if none of them means something else in the derivation.

        Raises:
            InputError: one does.
        """
        letters = Notation().changed(task.settings)
        refuse_clashes(chains, letters)
        return letters

    def _once(self, task: Task, make: Callable[[], Any]) -> Any:
        """What was made for the same task with other letters of the page or other data, or made now."""
        plain = replace(task, settings=(), data="")
        if plain not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[plain] = make()
        return self._known[plain]


def entries_of(estimate: Estimate, sample: Sample) -> tuple[Statement, ...]:
    """The estimate's number, or one for each entry of a vector; none where it has none."""
    if estimate.value is None:
        return ()
    values = estimate.value if isinstance(estimate.value, tuple) else (estimate.value,)
    hats = [hat for hat, _ in entries(estimate, sample)] if isinstance(estimate.letter, sp.Indexed) else [estimate.hat]
    return tuple(Statement(hat, EQUAL, value) for hat, value in zip(hats, values, strict=True))


MOST = 400
"""Derivations that are kept at hand."""
QUANTITIES: dict[str, Any] = {"entropy": entropy, "cross-entropy": cross_entropy, "kl": kl}


def distribution(task: Task) -> Any:
    """What is to be estimated."""
    if task.own is None:
        return task.subjects[0]
    return own(task.own.density, task.own.parameters, task.own.support)


def exercise(
    verb: str,
    *subjects: str,
    kind: str = "derive",
    seed: int = 1,
    difficulty: str = "medium",
    points: int = 6,
    known: Sequence[str] = (),
    solved: bool = True,
) -> Exercise:
    """One exercise made from a derivation, with its answer.

    Args:
        verb, subjects: the derivation, as on the command line: ``mle`` and a distribution, ``kl`` and two laws, …
        kind: ``derive``, ``fill-in``, ``order``, ``find-error``, ``name-law``, ``compute``, ``which-distribution`` or
            ``maximum``.
        seed: the same seed gives the same exercise.
        difficulty: ``easy``, ``medium`` or ``hard``.
        solved: is the answer on the page too?

    Raises:
        InputError: no such derivation, or no problem of this kind can be made of it.

    >>> exercise("mle", "poisson", kind="compute", seed=3).variant.problems[0].answer.values[0].q < 25
    True
    """
    asked: tuple[tuple[str, Sequence[str], str], ...] = (
        (verb, VERBS, "derivation"),
        (kind, KINDS, "kind"),
        (difficulty, DIFFICULTIES, "difficulty"),
    )
    for value, names, what in asked:
        if value not in names:
            raise InputError(f"no {what} is called {value!r}", ", ".join(names))
    count = 2 if verb in ("kl", "cross-entropy") else 1
    if len(subjects) != count:
        raise InputError(f"{verb} wants {count} laws, {len(subjects)} are given", "derive exercise kl normal normal")
    wanted = Wanted(kind, verb, (subjects,), known=tuple(known), difficulty=difficulty, points=points)  # type: ignore[arg-type]
    return Exercise(single(wanted, seed, Deriver()), solved)
