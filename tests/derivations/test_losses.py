"""Losses: what the documents say, what every model must satisfy, and code against values computed by hand."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
import sympy as sp

import derive
from derive.checking.judge import judge
from derive.core.claim import Claim
from derive.core.relation import EQUAL
from derive.core.vectors import Gradient, Hessian
from derive.models.regression import EACH
from derive.models.sample import INDEX as i
from derive.writing.latex import latex

NAMED = ("linear-regression", "logistic-regression", "softmax-regression", "poisson-regression", "laplace-regression")
OWN = (
    r"exponential(\exp(w^T x))",
    r"negative-binomial(r, \sigma(w^T x))",
    r"normal(w^T x, 1)",
    r"gamma(\alpha, \exp(w^T x))",
    r"geometric(\sigma(w^T x))",
    r"lognormal(w^T x, \sigma^2)",
    r"weibull(k, \exp(w^T x))",
    r"cauchy(w^T x, \gamma)",
)
_KNOWN: dict[str, Any] = {}


def loss(model: str) -> Any:
    """The derivation, made once."""
    if model not in _KNOWN:
        _KNOWN[model] = derive.loss(model)
    return _KNOWN[model]


def printed(result: Any) -> list[str]:
    return [latex(side) for c in result.chains for side in (c.start, *(s.after for s in c.steps))]


@pytest.mark.parametrize("model", NAMED)
def test_named_models_are_proved_line_by_line(model: str) -> None:
    assert {step.verdict.outcome.value for step in loss(model).steps} == {"proved"}


@pytest.mark.parametrize("model", OWN)
def test_own_combinations_get_the_same_derivation(model: str) -> None:
    found = loss(model)
    assert all(step.verdict.holds for step in found.steps)
    headings = [section.heading.key for section in found.derivation.sections]
    assert headings[:4] == ["model_heading", "likelihood_heading", "log_likelihood_heading", "loss_heading"]


DOCUMENTS = [
    ("linear-regression", r"\prod_{i=1}^{N} p(y_i \mid x_i; w, \sigma^2)"),
    ("linear-regression", r"-\frac{N}{2} \log(2\pi\sigma^2) - \frac{1}{2\sigma^2} \sum_{i=1}^{N} (y_i-w^Tx_i)^2"),
    ("linear-regression", r"\frac{1}{2} \sum_{i=1}^{N} (y_i-w^Tx_i)^2"),
    ("linear-regression", r"w = (X^TX)^{-1}X^Ty"),
    ("linear-regression", r"\sigma^2 = \frac{1}{N} \sum_{i=1}^{N} (y_i-w^Tx_i)^2"),
    ("logistic-regression", r"\prod_{i=1}^{N} \hat{y}_i^{y_i} (1-\hat{y}_i)^{1-y_i}"),
    ("logistic-regression", r"\sum_{i=1}^{N} \left(y_i \log \hat{y}_i + (1-y_i) \log(1-\hat{y}_i)\right)"),
    ("logistic-regression", r"-\sum_{i=1}^{N} \left(y_i \log \hat{y}_i + (1-y_i) \log(1-\hat{y}_i)\right)"),
    ("logistic-regression", r"\sum_{i=1}^{N} (\hat{y}_i-y_i) x_i"),
    ("logistic-regression", r"X^T\left(\sigma(Xw)-y\right)"),
    ("logistic-regression", r"\max(0, z) + \log(1+e^{-|z|})"),
    ("softmax-regression", r"\prod_{i=1}^{N} \prod_{k=1}^{K} \hat{y}_{i,k}^{y_{i,k}}"),
    ("softmax-regression", r"-\sum_{i=1}^{N} \sum_{k=1}^{K} y_{i,k} \log \hat{y}_{i,k}"),
    ("softmax-regression", r"\hat{y}_{i,k}-y_{i,k}"),
    ("softmax-regression", r"\hat{y}_{i,k}(\delta_{j,k}-\hat{y}_{i,j})"),
    ("softmax-regression", r"m + \log\left(\sum_{j=1}^{K} e^{z_j-m}\right)"),
    ("poisson-regression", r"\sum_{i=1}^{N} (\hat{y}_i - y_i \log \hat{y}_i)"),
    ("laplace-regression", r"\sum_{i=1}^{N} |y_i-w^Tx_i|"),
]


@pytest.mark.parametrize(("model", "line"), DOCUMENTS)
def test_lines_of_the_documents(model: str, line: str) -> None:
    assert line in printed(loss(model))


CONVEX = {model: True for model in (*NAMED, *OWN)} | {r"cauchy(w^T x, \gamma)": False}


@pytest.mark.parametrize("model", CONVEX)
def test_convexity(model: str) -> None:
    assert loss(model).derivation.convex is CONVEX[model]


@pytest.mark.parametrize("model", [m for m in (*NAMED, *OWN) if m not in ("softmax-regression", "laplace-regression")])
def test_gradient_and_hessian_agree_with_differences(model: str) -> None:
    """The judge's numbers are differences of the loss itself; a wrong sign or factor is refuted."""
    found = loss(model).derivation
    w = found.model.weights
    facts = found.facts
    for chain in found.chains:
        if chain.start in (Gradient(found.model.named_loss, w), Hessian(found.model.named_loss, w)):
            facts = chain.facts
    assert judge(Claim(Gradient(found.loss, w), EQUAL, found.gradient, facts)).holds
    assert judge(Claim(Hessian(found.loss, w), EQUAL, found.hessian, facts)).holds
    assert judge(Claim(Gradient(found.loss, w), EQUAL, -found.gradient, facts)).outcome.value == "refuted"
    assert judge(Claim(Hessian(found.loss, w), EQUAL, 2 * found.hessian, facts)).outcome.value == "refuted"


def namespace(code: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    exec(code, made)  # the engine's own code, from no one else's text
    return made


X = np.array([[1.0, 0.5], [1.0, -1.0], [1.0, 2.0]])
W = np.array([0.3, -0.7])
Z = X @ W


def by_hand(term: Any) -> float:
    return math.fsum(term(z, y) for z, y in zip(Z, (1.0, 0.0, 3.0), strict=True))


CODE = [
    ("linear-regression", lambda z, y: (y - z) ** 2 / 2),
    (
        "logistic-regression",
        lambda z, y: -(y * math.log(1 / (1 + math.exp(-z))) + (1 - y) * -math.log(1 + math.exp(z))),
    ),
    ("poisson-regression", lambda z, y: math.exp(z) - y * z),
    ("laplace-regression", lambda z, y: abs(y - z)),
    (r"exponential(\exp(w^T x))", lambda z, y: y * math.exp(z) - z),
    (r"normal(w^T x, 1)", lambda z, y: (y - z) ** 2 / 2),
    (r"geometric(\sigma(w^T x))", lambda z, y: y * math.log(1 + math.exp(z)) - z),
]


@pytest.mark.parametrize(("model", "term"), CODE, ids=[model for model, _ in CODE])
def test_numpy_code(model: str, term: Any) -> None:
    made, y = namespace(loss(model).numpy), np.array([1.0, 0.0, 3.0])
    assert made["loss"](W, X, y) == pytest.approx(by_hand(term), rel=1e-14)
    for j in range(2):
        step = np.eye(2)[j] * 1e-6
        slope = (made["loss"](W + step, X, y) - made["loss"](W - step, X, y)) / 2e-6
        assert made["gradient"](W, X, y)[j] == pytest.approx(slope, rel=1e-7, abs=1e-7)


def test_numpy_code_of_softmax() -> None:
    made = namespace(loss("softmax-regression").numpy)
    weights, labels = np.array([[0.1, 0.2], [-0.3, 0.5], [0.0, 0.0]]), np.eye(3)[[2, 0, 1]]
    scores = X @ weights.T
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert made["loss"](weights, X, labels) == pytest.approx(-np.log(shares[[0, 1, 2], [2, 0, 1]]).sum(), rel=1e-14)
    assert made["gradient"](weights, X, labels) == pytest.approx((shares - labels).T @ X, rel=1e-12)


def test_code_does_not_overflow() -> None:
    made = namespace(loss("logistic-regression").numpy)
    far, y = np.array([[1000.0], [-1000.0]]), np.array([0.0, 1.0])
    with np.errstate(all="raise", under="ignore"):
        assert made["loss"](np.array([1.0]), far, y) == pytest.approx(2000)
        assert made["gradient"](np.array([1.0]), far, y) == pytest.approx([2000])


CLASSES = [
    ("linear-regression", '0.5 * torch.nn.MSELoss(reduction="sum")(z, y)'),
    ("linear-regression", 'torch.nn.GaussianNLLLoss(full=True, reduction="sum")(z, y, var)'),
    ("logistic-regression", 'torch.nn.BCEWithLogitsLoss(reduction="sum")(z, y)'),
    ("softmax-regression", 'torch.nn.CrossEntropyLoss(reduction="sum")(z, y)'),
    ("poisson-regression", 'torch.nn.PoissonNLLLoss(log_input=True, full=False, reduction="sum")(z, y)'),
    ("laplace-regression", 'torch.nn.L1Loss(reduction="sum")(z, y)'),
]


@pytest.mark.parametrize(("model", "call"), CLASSES)
def test_the_torch_loss_it_equals(model: str, call: str) -> None:
    assert call in loss(model).torch
    assert call in [match.call for match in loss(model).derivation.torch]


def test_no_torch_loss_where_there_is_none() -> None:
    assert loss(r"exponential(\exp(w^T x))").derivation.torch == ()


@pytest.mark.parametrize(("model", "call"), CLASSES)
def test_against_torch_itself(model: str, call: str) -> None:
    torch = pytest.importorskip("torch")
    many = model == "softmax-regression"
    data = torch.tensor(X)
    weights = torch.tensor([[0.1, 0.2], [-0.3, 0.5]] if many else W, dtype=torch.float64, requires_grad=True)
    y = torch.eye(2, dtype=torch.float64)[[1, 0, 1]] if many else torch.tensor([1.0, 0.0, 1.0], dtype=torch.float64)
    space: dict[str, Any] = {"torch": torch, "X": data, "y": y, "w": weights, "W": weights}
    if "var" in call:
        return
    exec(loss(model).torch, space)
    assert float(space["loss"].detach()) == pytest.approx(float(eval(call, space).detach()), rel=1e-12)
    space["loss"].backward()
    made = namespace(loss(model).numpy)
    mine = made["gradient"](weights.detach().numpy(), X, y.numpy())
    assert weights.grad.numpy() == pytest.approx(mine, rel=1e-10)


PRIORS = [
    (r"normal(0, \tau^2)", r"\frac{\sigma^2}{\tau^2}", r"(X^TX+\lambda I)^{-1}X^Ty", r"X^T(Xw-y)+\lambda w"),
    ("laplace(0, b)", r"\frac{\sigma^2}{b}", None, r"X^T(Xw-y)+\lambda \operatorname{sign}(w)"),
]


@pytest.mark.parametrize(("prior", "weight", "solution", "gradient"), PRIORS)
def test_priors_on_the_weights(prior: str, weight: str, solution: str | None, gradient: str) -> None:
    found = derive.loss("linear-regression", prior=prior)
    assert {step.verdict.outcome.value for step in found.steps} == {"proved"}
    made = json.loads(found.text("json"))["result"]
    assert latex(found.derivation.penalty.weight) == weight
    assert (made["solution"], made["gradient"]) == (solution, gradient)


def test_beta_prior_on_a_coin() -> None:
    found = derive.loss("bernoulli", prior="beta(a, b)").derivation
    total, n = sp.Sum(sp.IndexedBase("x")[i], EACH), EACH[2]
    a, b = (p.letter for p in found.prior.parameters)
    heads = next(s for s in found.mode.atoms(sp.Sum))
    assert sp.simplify(found.mode - (a + heads - 1) / (a + b + n - 2)) == 0
    assert found.updated == {a: a + heads, b: b + n - heads}
    assert str(total.function) == str(heads.function)


def test_three_cats() -> None:
    found = derive.loss("logistic-regression", labels="1 1 1", predicted="0.7 0.9 0.5")
    lines = printed(found)
    assert r"\log 0.5 + \log 0.7 + \log 0.9" in lines
    assert "-1.155" in lines and "1.155" in lines


def test_ten_cats() -> None:
    found = derive.loss("logistic-regression", labels="1:10")
    assert r"\sum_{i=1}^{10} \log \hat{y}_i" in printed(found)


@pytest.mark.parametrize("model", ["logistic-regression", "softmax-regression"])
def test_cross_entropy_likelihood_and_divergence_are_one_problem(model: str) -> None:
    lines = printed(loss(model))
    assert r"-\sum_{k=1}^{K} \hat{p}_k \log q_k" in lines
    assert r"\sum_{k=1}^{K} \hat{p}_k \log\left(\frac{\hat{p}_k}{q_k}\right)" in lines


def test_table_of_losses() -> None:
    text = derive.loss("all").text("md", "zh")
    for cell in ("线性回归", "正态分布", "MSELoss", "泊松分布", "PoissonNLLLoss", "拉普拉斯分布", "L1Loss"):
        assert cell in text


REFUSED = [
    ("linear", "did you mean linear-regression"),
    ("bernoulli(w^T x)", "real values"),
    (r"normal(w^T x, \exp(w^T x))", "2 parameters are functions"),
    ("normal(0, 1)", "no parameter is a function"),
    ("categorical(W x)", "categorical(softmax(W x))"),
    (r"uniform(0, \exp(w^T x))", "depends on other parameters"),
    (r"poisson(\tan(w^T x))", "not a link"),
    (r"poisson(\exp(w^T x)", "never closed"),
    (r"negative-binomial(w, \sigma(w^T x))", "letter w|score"),
    (r"nothing(\exp(w^T x))", "no distribution"),
    ("", "no model"),
]


@pytest.mark.parametrize(("model", "says"), REFUSED)
def test_refused(model: str, says: str) -> None:
    with pytest.raises(derive.InputError) as error:
        derive.loss(model)
    assert any(part in str(error.value) for part in says.split("|")), error.value


BAD_PRIORS = [
    ("linear-regression", "normal", "shares a letter"),
    ("linear-regression", r"normal(1, \tau^2)", "about zero"),
    ("linear-regression", r"cauchy(0, \gamma)", "about zero"),
    ("softmax-regression", r"normal(0, \tau^2)", "one vector"),
    ("poisson", "beta(a, b)", "does not live where"),
    ("normal", "normal(m, 1)", "one parameter"),
]


@pytest.mark.parametrize(("model", "prior", "says"), BAD_PRIORS)
def test_refused_priors(model: str, prior: str, says: str) -> None:
    with pytest.raises(derive.InputError) as error:
        derive.loss(model, prior=prior)
    assert says in str(error.value)


BAD_PREDICTIONS = [
    ({"labels": "1 2"}, "label 2"),
    ({"labels": "1 1", "predicted": "0.5"}, "1 predictions are given for 2"),
    ({"labels": "1", "predicted": "1.5"}, "prediction 1"),
    ({"predicted": "0.5"}, "no labels"),
]


@pytest.mark.parametrize(("options", "says"), BAD_PREDICTIONS)
def test_refused_predictions(options: dict[str, str], says: str) -> None:
    with pytest.raises(derive.InputError) as error:
        derive.loss("logistic-regression", **options)
    assert says in str(error.value)


@pytest.mark.parametrize("model", NAMED)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", ["md", "tex", "text", "json"])
def test_pages_in_every_format(model: str, language: str, form: str) -> None:
    assert len(loss(model).text(form, language, "full")) > 1000


def test_the_json_of_the_interface() -> None:
    made = json.loads(loss("linear-regression").text("json"))
    assert made["command"] == "loss"
    assert set(made["result"]) == {"loss", "gradient", "hessian", "convex", "solution"}
    assert made["result"]["gradient"] == "X^T(Xw-y)" and made["result"]["convex"] is True
    assert set(made["code"]) == {"numpy", "torch"}
