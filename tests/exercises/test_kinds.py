"""Every kind of problem, for every verb that it suits: judged keys, one wrong line at most, right labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.api.problems import Deriver
from derive.checking.judge import judge
from derive.core.claim import Outcome
from derive.core.derivation import claim_of
from derive.core.errors import InputError
from derive.core.nodes import Hidden
from derive.exercises.chance import Dice
from derive.exercises.checks import faults, refuted_lines
from derive.exercises.problem import KINDS, Kind, Problem
from derive.exercises.variants import problem
from derive.exercises.wanted import DIFFICULTIES, Wanted
from derive.writing.latex import latex

DERIVER = Deriver()

MLE = (("poisson",), ("normal",), ("geometric",), ("rayleigh",), ("bernoulli",), ("pareto",), ("categorical",))
MAKEABLE: dict[Kind, tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]] = {
    "derive": (
        ("mle", (*MLE, ("gamma",))),
        ("kl", (("exponential", "exponential"), ("p", "q"))),
        ("loss", (("logistic-regression",),)),
    ),
    "fill-in": (
        ("mle", MLE),
        ("entropy", (("exponential",),)),
        ("kl", (("poisson", "poisson"),)),
        ("loss", (("poisson-regression",),)),
    ),
    "order": (("mle", MLE), ("kl", (("p", "q"), ("exponential", "exponential")))),
    "find-error": (
        ("mle", MLE),
        ("kl", (("exponential", "exponential"),)),
        ("entropy", (("normal",),)),
        ("loss", (("logistic-regression",),)),
    ),
    "name-law": (
        ("mle", MLE),
        ("kl", (("p", "q"),)),
        ("entropy", (("bernoulli",),)),
        ("loss", (("linear-regression",),)),
    ),
    "compute": (
        (
            "mle",
            (
                ("poisson",),
                ("normal",),
                ("geometric",),
                ("bernoulli",),
                ("exponential",),
                ("categorical",),
                ("uniform",),
            ),
        ),
        ("kl", (("exponential", "exponential"), ("normal", "normal"))),
        ("entropy", (("exponential",),)),
        ("cross-entropy", (("bernoulli(p)", "bernoulli(1/2)"),)),
    ),
    "which-distribution": (
        ("mle", MLE),
        ("loss", (("linear-regression",), ("laplace-regression",), ("poisson-regression",))),
    ),
    "maximum": (("mle", (("poisson",), ("normal",), ("geometric",), ("rayleigh",), ("bernoulli",))),),
}
CASES = [
    (kind, verb, subjects, difficulty)
    for kind in KINDS
    for verb, many in MAKEABLE[kind]
    for subjects in many
    for difficulty in DIFFICULTIES
]


def made(kind: Kind, verb: str, subjects: tuple[str, ...], difficulty: str, seed: str = "1") -> Problem:
    wanted = Wanted(kind, verb, (subjects,), difficulty=difficulty, points=5)  # type: ignore[arg-type]
    return problem(wanted, Dice(seed), DERIVER)


@pytest.mark.parametrize(
    ("kind", "verb", "subjects", "difficulty"), CASES, ids=lambda v: "-".join(v) if isinstance(v, tuple) else v
)
def test_a_problem_is_what_it_says(kind: Kind, verb: str, subjects: tuple[str, ...], difficulty: str) -> None:
    found = made(kind, verb, subjects, difficulty)
    assert found.kind == kind
    assert faults(found, 5) == []


SLIPPED = (("mle", ("poisson",)), ("entropy", ("normal",)), ("kl", ("p", "q")), ("loss", ("logistic-regression",)))


@pytest.mark.parametrize("seed", range(20))
def test_the_slip_is_refuted_at_its_line_and_the_right_line_holds(seed: int) -> None:
    for verb, subjects in SLIPPED:
        found = made("find-error", verb, subjects, DIFFICULTIES[seed % 3], f"slip {seed}")
        (chain,) = (chain for section in found.shown for chain in section.chains)
        assert refuted_lines(chain) == [found.answer.line]
        step = chain.steps[found.answer.line - 1]
        assert judge(claim_of(step, chain)).outcome is Outcome.REFUTED
        assert latex(step.after) != latex(found.answer.formulas[0])
        right = replace(step, after=found.answer.formulas[0])
        assert judge(claim_of(right, chain)).holds


def test_hidden_lines_are_not_on_the_sheet() -> None:
    found = made("fill-in", "mle", ("normal",), "hard")
    (chain,) = (chain for section in found.shown for chain in section.chains)
    hidden = [k for k, step in enumerate(chain.steps) if isinstance(step.after, Hidden)]
    (whole,) = found.worked[0].chains
    assert [whole.steps[k].after for k in hidden] == list(found.answer.formulas)
    assert not {step.after for step in chain.steps} & set(found.answer.formulas)


def test_a_check_can_fail() -> None:
    found = made("find-error", "mle", ("poisson",), "easy")
    assert "wrong-lines" in faults(replace(found, answer=replace(found.answer, line=None)), 5)
    assert "points" in faults(found, 6)
    choice = made("name-law", "mle", ("poisson",), "easy")
    assert "labels" in faults(replace(choice, answer=replace(choice.answer, labels=("E",))), 5)
    unjudged = replace(found.worked[0].chains[0], steps=(replace(found.worked[0].chains[0].steps[0], verdict=None),))
    assert "unjudged-line" in faults(replace(found, worked=(replace(found.worked[0], chains=(unjudged,)),)), 5)


IMPOSSIBLE = (
    ("maximum", "kl", ("p", "q"), "no problem of the kind maximum"),
    ("compute", "mle", ("gamma",), "calculator"),
    ("compute", "loss", ("linear-regression",), "no problem of the kind compute"),
    ("derive", "mle", ("nothing",), "nothing"),
    ("derive", "kl", ("normal", "bernoulli"), "cannot be compared"),
)


@pytest.mark.parametrize(("kind", "verb", "subjects", "said"), IMPOSSIBLE)
def test_what_cannot_be_made_is_said(kind: Kind, verb: str, subjects: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        made(kind, verb, subjects, "medium")
