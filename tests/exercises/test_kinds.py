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
from derive.exercises.laws import GROUPS, OVERLAPS, others
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
    ("compute", "mle", ("pareto",), "calculator"),
    ("maximum", "mle", ("gamma",), "no problem of the kind maximum"),
    ("compute", "loss", ("linear-regression",), "no problem of the kind compute"),
    ("derive", "mle", ("nothing",), "nothing"),
    ("derive", "kl", ("normal", "bernoulli"), "cannot be compared"),
)


@pytest.mark.parametrize(("kind", "verb", "subjects", "said"), IMPOSSIBLE)
def test_what_cannot_be_made_is_said(kind: Kind, verb: str, subjects: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        made(kind, verb, subjects, "medium")


def test_a_median_between_two_middle_observations_is_not_asked_for() -> None:
    for seed in range(12):
        wanted = Wanted("compute", "mle", (("laplace",),), size=(4, 4))
        values = sorted(problem(wanted, Dice(f"middle {seed}"), DERIVER).question[-1].slots["data"])
        assert values[1] == values[2]


def test_no_candidate_is_said_to_be_a_zero_of_a_derivative_that_is_none() -> None:
    for name, key in (
        ("poisson", "ask_maximum"),
        ("laplace", "ask_maximum_candidate"),
        ("pareto", "ask_maximum_candidate"),
    ):
        assert made("maximum", "mle", (name,), "medium").question[-1].key == key


def test_the_median_is_said_not_to_be_the_only_maximum() -> None:
    assert "median_not_unique" in [p.key for p in made("maximum", "mle", ("laplace",), "medium").answer.said]


def test_no_law_is_offered_that_may_be_given_as_well() -> None:
    for law in (law for laws in GROUPS.values() for law in laws):
        offered = {other for pool in others(law) for other in pool}
        assert not offered & {one for laws in OVERLAPS if law in laws for one in laws}
        assert len(offered) > 6


def test_the_index_of_the_data_is_no_index_of_categories() -> None:
    for seed in range(8):
        found = made("which-distribution", "mle", ("multinomial",), "hard", f"index {seed}")
        assert "index=j" not in found.argument.task.settings


def test_numbers_of_the_witness_belong_to_letters_of_the_lines() -> None:
    for seed in range(6):
        found = made("find-error", "kl", ("exponential", "exponential"), "hard", f"witness {seed}")
        letter = str(found.argument.facts.laws[next(iter(found.argument.facts.laws))].variable)
        points = [p.slots["point"] for p in found.answer.said if p.key == "answer_witness"]
        assert points and all(letter != str(one.left) for point in points for one in point)


def test_points_are_for_what_is_asked() -> None:
    for verb, subjects, unasked in (
        ("kl", ("p", "q"), "gibbs_heading"),
        ("entropy", ("p",), "largest_entropy_heading"),
        ("loss", ("linear-regression",), "torch_heading"),
    ):
        found = made("derive", verb, subjects, "easy")
        assert unasked in [section.heading.key for section in found.worked]
        stations = [station.key for station in found.question[-1].slots["stations"]]
        assert unasked not in stations and unasked not in [share.what.key for share in found.scheme]


def test_an_estimate_without_a_formula_is_answered_by_its_equation() -> None:
    found = made("derive", "mle", ("gamma",), "medium")
    equation, formula = sorted(found.answer.said[0].slots["results"], key=lambda s: s.right != 0)
    assert equation.right == 0 and formula in found.answer.formulas


def test_categories_are_said_to_be_numbers() -> None:
    keys = [p.key for p in made("compute", "mle", ("categorical",), "medium").question]
    assert "ask_compute_categories" in keys
