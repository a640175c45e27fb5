"""The lines of the documents on entropy, divergence and cross-entropy, as they are printed, and their numbers."""

from __future__ import annotations

import math
from typing import Any

import pytest

import derive
from derive.writing.latex import latex


def printed(result: derive.Result) -> list[str]:
    """Every line of every chain."""
    return [latex(side) for c in result.chains for side in (c.start, *(s.after for s in c.steps))]


def in_order(lines: list[str], shown: list[str]) -> None:
    """The lines occur, each after the one before."""
    at = 0
    for line in lines:
        assert line in shown[at:], f"{line}\nnot in\n" + "\n".join(shown[at:])
        at += shown[at:].index(line)


SUM = r"\sum_{x \in \mathcal{X}}"
KL = r"D_{\mathrm{KL}}"
GAUSS = r"\frac{(x-\mu_2)^2}{2\sigma_2^2} - \frac{(x-\mu_1)^2}{2\sigma_1^2}"
RATIO = r"\log\left(\frac{\sigma_2}{\sigma_1}\right)"
E1 = r"\mathbb{E}_{p_1}"


def test_divergence_of_unknown_laws() -> None:
    shown = printed(derive.kl("p", "q"))
    in_order(
        [
            rf"{KL}(p \| q)",
            r"\mathbb{E}_p\left[\log\left(\frac{p(x)}{q(x)}\right)\right]",
            rf"{SUM} p(x) \log\left(\frac{{p(x)}}{{q(x)}}\right)",
            rf"{SUM} \left(p(x) \log p(x) - p(x) \log q(x)\right)",
            rf"{SUM} p(x) \log p(x) - {SUM} p(x) \log q(x)",
            rf"-H(p) - {SUM} p(x) \log q(x)",
            r"\mathbb{E}_p[-\log q(x)] - H(p)",
            "H(p, q)-H(p)",
            rf"-{SUM} p(x) \log\left(\frac{{q(x)}}{{p(x)}}\right)",
            rf"-\log\left({SUM} \frac{{q(x)}}{{p(x)}} p(x)\right)",
            rf"-\log\left({SUM} q(x)\right)",
            r"-\log 1",
            "0",
            rf"{KL}(p \| p)",
            "0",
        ],
        shown,
    )
    assert all(step.verdict and step.verdict.outcome == "proved" for step in derive.kl("p", "q").steps)


def test_divergence_of_two_normals() -> None:
    result = derive.kl("normal", "normal")
    quadratic = rf"\frac{{1}}{{2\sigma_2^2}} {E1}[(x-\mu_2)^2]"
    in_order(
        [
            r"\int_{-\infty}^{\infty} p_1(x) \log\left(\frac{p_1(x)}{p_2(x)}\right) \, dx",
            r"\int_{-\infty}^{\infty} p_1(x)\left(\log p_1(x) - \log p_2(x)\right) \, dx",
            rf"\int_{{-\infty}}^{{\infty}} p_1(x)\left({RATIO} + {GAUSS}\right) \, dx",
            rf"{RATIO} + {quadratic} - \frac{{1}}{{2\sigma_1^2}} {E1}[(x-\mu_1)^2]",
            rf"{RATIO} - \frac{{1}}{{2}} + {quadratic}",
            rf"{RATIO} - \frac{{1}}{{2}} + \frac{{1}}{{2\sigma_2^2}} {E1}[\left((x-\mu_1)+(\mu_1-\mu_2)\right)^2]",
            rf"{RATIO} - \frac{{1}}{{2}} + \frac{{(\mu_1-\mu_2)^2 + {E1}[(x-\mu_1)^2] + "
            rf"2(\mu_1-\mu_2) {E1}[x-\mu_1]}}{{2\sigma_2^2}}",
            rf"{RATIO} - \frac{{1}}{{2}} + \frac{{(\mu_1-\mu_2)^2 + {E1}[(x-\mu_1)^2]}}{{2\sigma_2^2}}",
            rf"{RATIO} + \frac{{\sigma_1^2+(\mu_1-\mu_2)^2}}{{2\sigma_2^2}} - \frac{{1}}{{2}}",
        ],
        printed(result),
    )
    assert rf"{E1}[(x-\mu_1)^2] = \sigma_1^2" in printed(result)
    assert all(step.verdict and step.verdict.outcome == "proved" for step in result.steps)


def test_standard_normal_and_its_minimum() -> None:
    result = derive.kl(r"normal(\mu_1, \sigma_1^2)", "normal(0, 1)")
    shown = printed(result)
    assert latex(result.value) == r"\frac{\mu_1^2+\sigma_1^2}{2} - \log \sigma_1 - \frac{1}{2}"
    in_order([r"\mu_1 = 0", r"\sigma_1^2 = 1", "D(0, 1)", "0"], shown)


def test_cross_entropy() -> None:
    shown = printed(derive.cross_entropy("p", "q"))
    in_order([r"\mathbb{E}_p[-\log q(x)]", rf"-{SUM} p(x) \log q(x)", rf"H(p)+{KL}(p \| q)"], shown)
    shown = printed(derive.cross_entropy("bernoulli(p)", "bernoulli(q)"))
    in_order(
        [
            r"-\sum_{x=0}^{1} P(x) \log Q(x)",
            r"-\left(P(0) \log Q(0) + P(1) \log Q(1)\right)",
            r"-\left(p \log q + (1-p) \log(1-q)\right)",
        ],
        shown,
    )


def test_entropy_as_expected_information() -> None:
    shown = printed(derive.entropy("p"))
    in_order(
        [
            r"-\log p(x)",
            "H(p)",
            r"\mathbb{E}_p\left[\log\left(\frac{1}{p(x)}\right)\right]",
            rf"-{SUM} p(x) \log p(x)",
            r"\pi_k = e^{-\lambda-1}",
            r"e^{-\lambda-1} = \frac{1}{K}",
        ],
        shown,
    )


@pytest.mark.parametrize(
    ("p", "content", "entropy"), [("0.1", 3.3219, 0.4690), ("0.999", 0.0014, 0.0114), ("0.5", 1.0, 1.0)]
)
def test_numbers_in_bits(p: str, content: float, entropy: float) -> None:
    result = derive.entropy("bernoulli", at=f"p={p}", base=2)
    assert round(result.number, 4) == pytest.approx(entropy, abs=1e-9)
    found = [float(s.after) for c in result.chains for s in c.steps if s.rule == "decimals"]
    assert round(found[1], 4) == pytest.approx(content, abs=1e-9)


def test_likelihood_and_cross_entropy_both_ways() -> None:
    result = derive.cross_entropy("data", "model", at="q=(0.7, 0.9, 0.5)")
    observed = r"\sum_{i=1}^{N} \log q_\theta(x_i)"
    counted = rf"{SUM} \hat{{p}}(x) \log q_\theta(x)"
    in_order(
        [
            r"\log L(\theta)",
            r"\log \prod_{i=1}^{N} q_\theta(x_i)",
            observed,
            f"N {counted}",
            r"-N H(\hat{p}, q_\theta)",
            r"\arg\max_{\theta} L(\theta)",
            r"\arg\min_{\theta} H(\hat{p}, q_\theta)",
            f"-{counted}",
            rf"-\frac{{1}}{{N}} {observed}",
            r"-\frac{1}{N} \log L(\theta)",
            r"\arg\max_{\theta} L(\theta)",
            r"\log 0.5 + \log 0.7 + \log 0.9",
            "-1.155",
            "1.155",
        ],
        printed(result),
    )


ROUTES: list[tuple[str, tuple[Any, ...]]] = [
    ("kl", ("normal", "normal")),
    ("kl", ("gamma", "gamma")),
    ("kl", ("poisson", "poisson")),
    ("kl", ("geometric", "geometric")),
    ("entropy", ("exponential",)),
    ("entropy", ("gamma",)),
]


@pytest.mark.parametrize(("verb", "laws"), ROUTES)
def test_both_routes_agree(verb: str, laws: tuple[Any, ...]) -> None:
    derived = getattr(derive, verb)
    first, second = derived(*laws), derived(*laws, method="exponential-family")
    assert first.value == second.value
    assert all(step.verdict and step.verdict.holds for step in second.steps)


def test_numbers_of_a_divergence() -> None:
    result = derive.kl("exponential", "exponential", at="lambda_1=2, lambda_2=1")
    assert math.isclose(result.number, math.log(2) - 0.5)


BAD: list[tuple[str, tuple[Any, ...], dict[str, Any], str]] = [
    ("kl", ("norml", "normal"), {}, "did you mean normal"),
    ("kl", ("poisson", "normal"), {}, "cannot be compared"),
    ("kl", ("categorical(3, pi)", "categorical(4, rho)"), {}, "entries"),
    ("kl", ("normal(0, -1)", "normal"), {}, "outside the domain"),
    ("entropy", ("bernoulli",), {"at": "p=2"}, "outside its domain"),
    ("entropy", ("bernoulli",), {"at": "r=0.5"}, "no letter r"),
    ("entropy", ("normal",), {"at": "mu=0"}, "has no value"),
    ("entropy", ("bernoulli",), {"at": "p"}, "not a value"),
    ("entropy", ("bernoulli",), {"at": "p=1/0"}, "divides by zero"),
    ("entropy", ("bernoulli",), {"base": 3}, "not a base"),
    ("cross_entropy", ("p", "p"), {}, "one law"),
    ("kl", ("q", "q"), {}, "one law"),
    ("entropy", ("categorical(3, (0.1, 0.2, 0.7))",), {}, "takes a letter"),
    ("kl", ("normal", "exponential"), {"at": "mu=1, sigma^2=1"}, "lambda has no value"),
    ("cross_entropy", ("data", "model"), {"at": "p=(0.7, 1.2)"}, "outside"),
    ("entropy", ("bernoulli",), {"method": "magic"}, "no such method"),
]


@pytest.mark.parametrize(("verb", "laws", "options", "message"), BAD)
def test_bad_input_is_refused(verb: str, laws: tuple[Any, ...], options: dict[str, Any], message: str) -> None:
    with pytest.raises(derive.InputError, match=message):
        getattr(derive, verb)(*laws, **options)


def test_a_density_of_ones_own() -> None:
    import sympy

    x, s = sympy.symbols("x s")
    half = sympy.Interval.open(0, sympy.oo)
    own = derive.distribution(
        4 * s**3 * x**2 * sympy.exp(-((s * x) ** 2)) / sympy.sqrt(sympy.pi),
        variable=x,
        support=half,
        parameters={s: half},
        id="own",
    )
    result = derive.kl(own, own, at="s_1=2, s_2=1")
    assert math.isclose(result.number, 3 * math.log(2) + 1.5 * (0.25 - 1))


def test_json_has_the_promised_keys() -> None:
    import json

    made = json.loads(derive.kl("pareto", "exponential").text("json"))
    assert made["command"] == "kl" and {"title", "chains", "result"} <= made.keys()
    assert (
        made["result"]["finite"] and made["result"]["conditions"] == [r"\alpha > 1"] and made["result"]["value"] is None
    )
    infinite = json.loads(derive.kl("normal", "exponential").text("json"))["result"]
    assert (infinite["finite"], infinite["latex"]) == (False, r"\infty") and infinite["because"]


def test_a_density_in_a_file_must_integrate_to_one(tmp_path: Any) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        "density = '\\theta x^{\\theta}'\nsupport = '0 < x < 1'\nparameters = ['\\theta > 0']\n", encoding="utf-8"
    )
    for verb, laws in (("entropy", (str(path),)), ("kl", (str(path), "beta")), ("mle", (str(path),))):
        with pytest.raises(derive.InputError, match="integrate"):
            getattr(derive, verb)(*laws)
