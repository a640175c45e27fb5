"""The table of how mathematics is written: SymPy on the left, LaTeX on the right."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from sympy import (
    Abs,
    Add,
    Derivative,
    E,
    EulerGamma,
    Float,
    Function,
    IndexedBase,
    Integer,
    Integral,
    KroneckerDelta,
    LambertW,
    Max,
    Mul,
    Piecewise,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    besseli,
    beta,
    binomial,
    digamma,
    exp,
    factorial,
    floor,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sin,
    sqrt,
    symbols,
    zeta,
)  # fmt: skip

from derive.core.errors import DeriveError
from derive.core.nodes import Partial, density_head
from derive.core.notation import Notation
from derive.core.relation import AT_MOST, EQUIVALENT
from derive.core.statement import Statement, equation
from derive.writing.latex import latex

i, N, K, n = symbols("i N K n", integer=True, positive=True)
j = Symbol("j", integer=True)
p, lam, al, be, X = symbols("p lambda alpha beta x", positive=True)
mu = Symbol("mu", real=True)
v = Symbol(r"\sigma^2", positive=True)
x = IndexedBase("x", real=True, positive=True)
xi = x[i]
f, L = density_head(), Function("L")


def S(e: Any) -> Any:
    """The sum over the observations."""
    return Sum(e, (i, 1, N))


TABLE: list[tuple[Any, str]] = [
    (xi - mu, r"x_i-\mu"),
    (1 - p, "1-p"),
    (N - S(xi), r"N-\sum_{i=1}^{N} x_i"),
    (N / lam - S(xi), r"\frac{N}{\lambda}-\sum_{i=1}^{N} x_i"),
    (
        -N * log(2 * pi * v) / 2 - S((xi - mu) ** 2) / (2 * v),
        r"-\frac{N}{2} \log(2\pi\sigma^2) - \frac{1}{2\sigma^2} \sum_{i=1}^{N} (x_i-\mu)^2",
    ),
    (
        S(xi) * log(p) + (N - S(xi)) * log(1 - p),
        r"\left(\sum_{i=1}^{N} x_i\right) \log p + \left(N-\sum_{i=1}^{N} x_i\right) \log(1-p)",
    ),
    (lam * S(xi), r"\lambda \sum_{i=1}^{N} x_i"),
    (S(xi * log(p) + (1 - xi) * log(1 - p)), r"\sum_{i=1}^{N} \left(x_i \log p + (1-x_i) \log(1-p)\right)"),
    (xi / p, r"\frac{x_i}{p}"),
    ((1 - xi) / (1 - p), r"\frac{1-x_i}{1-p}"),
    (S(xi) / N, r"\frac{1}{N} \sum_{i=1}^{N} x_i"),
    (N / S(xi), r"\frac{N}{\sum_{i=1}^{N} x_i}"),
    ((N - S(xi)) / (1 - p), r"\frac{N-\sum_{i=1}^{N} x_i}{1-p}"),
    (S(xi) / p - (N - S(xi)) / (1 - p), r"\frac{1}{p} \sum_{i=1}^{N} x_i - \frac{N-\sum_{i=1}^{N} x_i}{1-p}"),
    (
        sqrt(2) * exp(-((X - mu) ** 2) / (2 * v)) / (2 * sqrt(pi) * sqrt(v)),
        r"\frac{1}{\sqrt{2\pi\sigma^2}} \exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)",
    ),
    (v**2, r"\sigma^4"),
    (sqrt(v), r"\sigma"),
    (v ** Rational(-3, 2), r"\frac{1}{\sigma^3}"),
    (v**N, r"(\sigma^2)^N"),
    (v ** (N / 2), r"\sigma^N"),
    (Symbol(r"\hat{\sigma}^2", positive=True) ** 2, r"\hat{\sigma}^4"),
    (exp(-lam * X) * lam, r"\lambda e^{-\lambda x}"),
    (lam**xi * exp(-lam) / factorial(xi), r"\frac{\lambda^{x_i} e^{-\lambda}}{x_i!}"),
    (
        be**al * X ** (al - 1) * exp(-be * X) / gamma(al),
        r"\frac{\beta^\alpha x^{\alpha-1} e^{-\beta x}}{\Gamma(\alpha)}",
    ),
    (binomial(n, xi) * p**xi * (1 - p) ** (n - xi), r"\binom{n}{x_i} p^{x_i} (1-p)^{n-x_i}"),
    (p**8, "p^8"),
    (p**xi, "p^{x_i}"),
    (log(factorial(xi)), r"\log(x_i!)"),
    (log(Product(f(xi, p), (i, 1, N))), r"\log \prod_{i=1}^{N} f(x_i; p)"),
    (log(f(xi, mu, v)), r"\log f(x_i; \mu, \sigma^2)"),
    (log(L(p)), r"\log L(p)"),
    (S(log(f(xi, p))), r"\sum_{i=1}^{N} \log f(x_i; p)"),
    (Product(p**xi * (1 - p) ** (1 - xi), (i, 1, N)), r"\prod_{i=1}^{N} p^{x_i} (1-p)^{1-x_i}"),
    (Product(f(xi, p), (i, 1, N)) * log(p), r"\left(\prod_{i=1}^{N} f(x_i; p)\right) \log p"),
    (
        -N * lam + S(xi) * log(lam) - S(log(factorial(xi))),
        r"\left(\sum_{i=1}^{N} x_i\right) \log \lambda - N\lambda - \sum_{i=1}^{N} \log(x_i!)",
    ),
    (
        N * al * log(be) - N * loggamma(al) + (al - 1) * S(log(xi)) - be * S(xi),
        r"N\alpha \log \beta - N \log \Gamma(\alpha) + (\alpha-1) \sum_{i=1}^{N} \log x_i - \beta \sum_{i=1}^{N} x_i",
    ),
    (
        (al - 1) * log(X) + (be - 1) * log(1 - X) - log(beta(al, be)),
        r"(\alpha-1) \log x + (\beta-1) \log(1-x) - \log B(\alpha, \beta)",
    ),
    (
        -N / (2 * v) + S((xi - mu) ** 2) / (2 * v**2),
        r"\frac{1}{2\sigma^4} \sum_{i=1}^{N} (x_i-\mu)^2 - \frac{N}{2\sigma^2}",
    ),
    (digamma(al), r"\psi(\alpha)"),
    (polygamma(0, al) - log(be), r"\psi(\alpha) - \log \beta"),
    (polygamma(1, al), r"\psi'(\alpha)"),
    (polygamma(3, al), r"\psi^{(3)}(\alpha)"),
    (Abs(X - mu), r"|x-\mu|"),
    (S(Abs(xi - mu)), r"\sum_{i=1}^{N} |x_i-\mu|"),
    (beta(al, be), r"B(\alpha, \beta)"),
    (besseli(n, al), r"I_n(\alpha)"),
    (Partial(log(L(p)), p, 1), r"\frac{\partial \log L(p)}{\partial p}"),
    (Partial(log(L(p)), p, 2), r"\frac{\partial^2 \log L(p)}{\partial p^2}"),
    (Partial(log(L(mu, v)), v, 2), r"\frac{\partial^2 \log L(\mu, \sigma^2)}{\partial (\sigma^2)^2}"),
    (Partial(S(xi) * log(p), p, 1), r"\frac{\partial}{\partial p}\left(\left(\sum_{i=1}^{N} x_i\right) \log p\right)"),
    (Partial(L(mu, v), v, 1), r"\frac{\partial L(\mu, \sigma^2)}{\partial \sigma^2}"),
    (Partial(f(xi, p), p, 1) * 2, r"2 \frac{\partial f(x_i; p)}{\partial p}"),
    (Mul(2, 3, evaluate=False), r"2 \cdot 3"),
    (Mul(2, -3, evaluate=False), r"2 \cdot (-3)"),
    (Mul(-1, al + be, evaluate=False), r"-(\alpha+\beta)"),
    (Mul(1, X, evaluate=False), r"1 \cdot x"),
    (Mul(-1, Mul(-1, X), evaluate=False), "-(-x)"),
    (Mul(2, al + be, evaluate=False), r"2(\alpha+\beta)"),
    (Mul(Rational(1, 2), 3, X, evaluate=False), r"\frac{1}{2} \cdot 3x"),
    (Add(al, Add(be, mu), evaluate=False), r"\alpha+(\beta+\mu)"),
    (Add(al, -Add(be, mu), evaluate=False), r"\alpha+(-\beta-\mu)"),
    (Add(1, 2, evaluate=False), "1+2"),
    (Add(2, -3, evaluate=False), "2-3"),
    (Pow(2, 3, evaluate=False), "2^3"),
    (Pow(Integer(-2), 2, evaluate=False), "(-2)^2"),
    (exp(log(p), evaluate=False), r"\exp(\log p)"),
    (log(exp(-lam), evaluate=False), r"\log(e^{-\lambda})"),
    (log(exp(-lam * X) * lam, evaluate=False), r"\log(\lambda e^{-\lambda x})"),
    (log(1, evaluate=False), r"\log 1"),
    (Pow(S(xi) / N, 2), r"\frac{1}{N^2} \left(\sum_{i=1}^{N} x_i\right)^2"),
    (al - 1, r"\alpha-1"),
    (sqrt(p * (1 - p)), r"\sqrt{p(1-p)}"),
    (sqrt(S((xi - mu) ** 2) / N), r"\sqrt{\frac{1}{N} \sum_{i=1}^{N} (x_i-\mu)^2}"),
    (sqrt(v) / sqrt(N), r"\frac{\sigma}{\sqrt{N}}"),
    ((2 * pi * v) ** (-N / 2), r"\frac{1}{(2\pi\sigma^2)^{N/2}}"),
    (
        (2 * pi * v) ** (-N / 2) * exp(-S((xi - mu) ** 2) / (2 * v)),
        r"\frac{1}{(2\pi\sigma^2)^{N/2}} \exp\left(-\frac{1}{2\sigma^2} \sum_{i=1}^{N} (x_i-\mu)^2\right)",
    ),
    (p**2 - 2 * p + 1, "p^2-2p+1"),
    (X**2 - 2 * mu * X + mu**2, r"x^2-2\mu x+\mu^2"),
    (log(2 * pi * v) / 2 + Rational(1, 2), r"\frac{1}{2} \log(2\pi\sigma^2) + \frac{1}{2}"),
    (log(log(p)), r"\log(\log p)"),
    (log(p) * log(1 - p), r"\log(p) \log(1-p)"),
    (log(p) ** 2, r"(\log p)^2"),
    (log(p) / log(2), r"\frac{\log p}{\log 2}"),
    (-p * log(p) - (1 - p) * log(1 - p), r"-p \log p - (1-p) \log(1-p)"),
    (Rational(4, 5), r"\frac{4}{5}"),
    (-Rational(1, 2), r"-\frac{1}{2}"),
    (Float(0.25), "0.25"),
    (Float(-3), "-3"),
    (Float("1.5e-7") * X, r"1.5 \cdot 10^{-7} x"),
    (oo, r"\infty"),
    (-oo, r"-\infty"),
    (E, "e"),
    (x[1], "x_1"),
    (x[i, j], "x_{i,j}"),
    (IndexedBase("pi")[j], r"\pi_j"),
    (L(IndexedBase("pi")), r"L(\pi)"),
    (Symbol("mu_1"), r"\mu_1"),
    (Symbol("sigma2"), r"\sigma_2"),
    (Symbol("mu_ML"), r"\mu_{ML}"),
    (Symbol("mu_12") ** 2, r"\mu_{12}^2"),
    (Symbol(r"\bar{x}"), r"\bar{x}"),
    (Symbol(r"\hat{\mu}_{\mathrm{ML}}"), r"\hat{\mu}_{\mathrm{ML}}"),
    (Symbol(r"\theta^{(t)}") ** 2, r"(\theta^{(t)})^2"),
    (
        Piecewise((1 / p, (X >= 0) & (p >= X)), (0, True)),
        r"\begin{cases} \frac{1}{p}, & x \le p \\ 0, & x > p \end{cases}",
    ),
    (Integral(X * f(X, p), (X, -oo, oo)), r"\int_{-\infty}^{\infty} x f(x; p) \, dx"),
    (KroneckerDelta(i, j), r"\delta_{i,j}"),
    (S(-xi), r"\sum_{i=1}^{N} (-x_i)"),
    (Sum(Sum(x[i, j], (j, 1, K)), (i, 1, N)), r"\sum_{i=1}^{N} \sum_{j=1}^{K} x_{i,j}"),
    (Sum(x[i, j], (j, 1, K), (i, 1, N)), r"\sum_{i=1}^{N} \sum_{j=1}^{K} x_{i,j}"),
    (xi**2, "x_i^2"),
    (exp(S(xi)), r"\exp\left(\sum_{i=1}^{N} x_i\right)"),
    (p ** S(xi) * (1 - p) ** (N - S(xi)), r"p^{\sum_{i=1}^{N} x_i} (1-p)^{N-\sum_{i=1}^{N} x_i}"),
    (al / (al + be), r"\frac{\alpha}{\alpha+\beta}"),
    (n * p * (1 - p), "np(1-p)"),
    (1 / p, r"\frac{1}{p}"),
    (-1 / p**2, r"-\frac{1}{p^2}"),
    (1 / (1 + exp(-X)), r"\frac{1}{1+e^{-x}}"),
    (1 - exp(-lam * X), r"1-e^{-\lambda x}"),
    (LambertW(X), "W_0(x)"),
    (Max(al, be), r"\max(\alpha, \beta)"),
    (sin(X) * al, r"\alpha \sin x"),
    (floor(X), r"\lfloor x\rfloor"),
    (gamma(al) * gamma(be) / gamma(al + be), r"\frac{\Gamma(\alpha) \Gamma(\beta)}{\Gamma(\alpha+\beta)}"),
    (sqrt(2) / 2, r"\frac{1}{\sqrt{2}}"),
    (sqrt(2 * pi), r"\sqrt{2\pi}"),
    (sqrt(2) * X**2 * exp(-(X**2) / 2) / sqrt(pi), r"\sqrt{\frac{2}{\pi}} x^2 \exp\left(-\frac{x^2}{2}\right)"),
    (log(p / (1 - p)), r"\log\left(\frac{p}{1-p}\right)"),
    (p * (al + be) / 2, r"\frac{p(\alpha+\beta)}{2}"),
    (S(log(xi)) / N - log(be), r"\frac{1}{N} \sum_{i=1}^{N} \log x_i - \log \beta"),
    (al * Product(xi, (i, 1, N)), r"\alpha \prod_{i=1}^{N} x_i"),
    (log(v), r"\log \sigma^2"),
    (log(xi**2), r"\log(x_i^2)"),
    (exp(-Abs(X - mu) / be) / (2 * be), r"\frac{1}{2\beta} \exp\left(-\frac{|x-\mu|}{\beta}\right)"),
    (Function("p")(X) * log(Function("p")(X) / Function("q")(X)), r"p(x) \log\left(\frac{p(x)}{q(x)}\right)"),
    (X ** (-al - 1) * al, r"\frac{\alpha}{x^{\alpha+1}}"),
    (2**X * 3, r"3 \cdot 2^x"),
    ((v + (mu - al) ** 2) / (2 * v) - Rational(1, 2), r"\frac{\sigma^2+(\mu-\alpha)^2}{2\sigma^2}-\frac{1}{2}"),
    (factorial(n) / (factorial(X) * factorial(n - X)), r"\frac{n!}{x!(n-x)!}"),
    (Partial(Symbol(r"\ell"), p, 1) * 2, r"2 \frac{\partial \ell}{\partial p}"),
    ((-2) ** X, "(-2)^x"),
    ((-1) ** n, "(-1)^n"),
    (Rational(1, 2) ** X, r"\left(\frac{1}{2}\right)^x"),
    (Symbol(r"\bar{x}") - mu, r"\bar{x}-\mu"),
    (N * (Symbol(r"\bar{x}") - mu) / v, r"\frac{N(\bar{x}-\mu)}{\sigma^2}"),
    (N * log(lam) - lam * S(xi), r"N \log \lambda - \lambda \sum_{i=1}^{N} x_i"),
    (-((X - mu) ** 2) / (2 * v), r"-\frac{(x-\mu)^2}{2\sigma^2}"),
    ((al + be) * S(xi), r"(\alpha+\beta) \sum_{i=1}^{N} x_i"),
    (S(xi) * S(xi**2), r"\left(\sum_{i=1}^{N} x_i\right) \sum_{i=1}^{N} x_i^2"),
    (S(xi) ** 2, r"\left(\sum_{i=1}^{N} x_i\right)^2"),
    (al * exp(-(X**2) / 2), r"\alpha \exp\left(-\frac{x^2}{2}\right)"),
    (X**2 / 2 + X + 1, r"\frac{x^2}{2}+x+1"),
    (zeta(al), r"\zeta(\alpha)"),
    (exp(-exp(-X)), r"\exp(-e^{-x})"),
    (Sum(X * f(X, p), (X, 0, oo)), r"\sum_{x=0}^{\infty} x f(x; p)"),
    (al**-be, r"\frac{1}{\alpha^\beta}"),
    (log(binomial(n, xi)), r"\log \binom{n}{x_i}"),
    (log(Sum(x[i, j], (j, 1, K))), r"\log\left(\sum_{j=1}^{K} x_{i,j}\right)"),
    (log(-X), r"\log(-x)"),
    (-log(p), r"-\log p"),
    (log(Abs(X)), r"\log x"),
    (al * Abs(X), r"\alpha x"),
    (f(xi, p) ** 2, "f(x_i; p)^2"),
    (gamma(al) ** 2, r"\Gamma(\alpha)^2"),
    (xi * Abs(X - mu) / be**2, r"\frac{x_i|x-\mu|}{\beta^2}"),
    (1 + log(al), r"\log \alpha + 1"),
    (pi**2 / 6, r"\frac{\pi^2}{6}"),
    (pi * EulerGamma, r"\gamma_E\pi"),
    (sqrt(6) * be / pi, r"\frac{\beta\sqrt{6}}{\pi}"),
    (X ** Rational(1, 3), "x^{1/3}"),
    (Derivative(L(p), p), r"\frac{\partial L(p)}{\partial p}"),
    (al * (be + 1) / ((al + be) ** 2 * (al + be + 1)), r"\frac{\alpha(\beta+1)}{(\alpha+\beta)^2(\alpha+\beta+1)}"),
]


@pytest.mark.parametrize(("expression", "expected"), TABLE, ids=[row[1] for row in TABLE])
def test_written_as_a_person_writes(expression: Any, expected: str) -> None:
    assert latex(expression) == expected


READERS = Notation(data="D", size="n", index="j", log=r"\ln", likelihood=r"\mathcal{L}", density="g")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (S(xi), r"\sum_{j=1}^{n} D_j"),
        (S(log(f(xi, p))), r"\sum_{j=1}^{n} \ln g(D_j; p)"),
        (Symbol(r"\bar{x}"), r"\bar{D}"),
        (L(p), r"\mathcal{L}(p)"),
        (exp(-lam * X), r"e^{-\lambda D}"),
    ],
)
def test_in_the_letters_of_the_page(expression: Any, expected: str) -> None:
    assert latex(expression, READERS) == expected


def test_data_may_have_another_letter() -> None:
    y = IndexedBase("y")
    assert latex(y[i] - mu, Notation(data="D"), data_letter="y") == r"D_i-\mu"
    assert latex(X, Notation(data="D"), data_letter="y") == "x"


def test_statements() -> None:
    assert latex(equation(Partial(log(L(p)), p))) == r"\frac{\partial \log L(p)}{\partial p} = 0"
    assert latex(Statement(p, AT_MOST, Integer(1))) == r"p \le 1"
    assert EQUIVALENT.latex == r"\iff"


@pytest.mark.parametrize("node", [sympy.MatrixSymbol("A", 2, 2), sympy.conjugate(Symbol("z")), sympy.I, sympy.nan])
def test_unknown_nodes_are_refused(node: Any) -> None:
    with pytest.raises(DeriveError, match="no layout for"):
        latex(node)


@pytest.mark.parametrize("name", [r"\bar{x", "a$b", r"\foo", "_1", r"\hat"])
def test_unprintable_names_are_refused(name: str) -> None:
    with pytest.raises(DeriveError, match="cannot be printed"):
        latex(Symbol(name))
