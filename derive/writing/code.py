"""The derived loss and its gradient as code: NumPy functions, and an expression of PyTorch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.errors import NoDerivation
from derive.core.nodes import Sigmoid
from derive.derivations.loss.result import Loss
from derive.models.regression import CLASS, OTHER, SCORES

LOG_SUM_EXP = """
def logsumexp(z):
    m = z.max(axis=1, keepdims=True)
    return m + np.log(np.exp(z - m).sum(axis=1, keepdims=True))

"""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one library writes the functions; ``{}`` is the argument."""

    functions: dict[Any, str]
    softplus: str
    log_sum_exp: str
    across: str
    """A sum over the classes."""


NUMPY = Dialect(
    {
        sp.exp: "np.exp({})",
        sp.log: "np.log({})",
        sp.Abs: "np.abs({})",
        sp.sign: "np.sign({})",
        sp.cos: "np.cos({})",
        sp.sin: "np.sin({})",
        Sigmoid: "np.exp(-np.logaddexp(0, -({})))",
        sp.loggamma: "special.gammaln({})",
        sp.gamma: "special.gamma({})",
    },
    "np.logaddexp(0, {})",
    "logsumexp({})",
    "np.sum({}, axis=1, keepdims=True)",
)
TORCH = Dialect(
    {
        sp.exp: "torch.exp({})",
        sp.log: "torch.log({})",
        sp.Abs: "torch.abs({})",
        sp.sign: "torch.sign({})",
        sp.cos: "torch.cos({})",
        sp.sin: "torch.sin({})",
        Sigmoid: "torch.sigmoid({})",
        sp.loggamma: "torch.lgamma({})",
        sp.gamma: "torch.exp(torch.lgamma({}))",
    },
    "torch.nn.functional.softplus({})",
    "torch.logsumexp({}, dim=1, keepdim=True)",
    "({}).sum(dim=1, keepdim=True)",
)


class Coder:
    """Expressions in the score and the response of one observation, for all observations at once."""

    def __init__(self, loss: Loss, dialect: Dialect) -> None:
        self.model, self.dialect = loss.model, dialect

    def code(self, e: Any) -> str:
        """The expression, safe to stand beside a sign of addition."""
        if e.is_Integer:
            return str(e)
        if e.is_Rational or e.is_Float:
            return repr(float(e))
        if e is sp.pi:
            return repr(float(sp.pi))
        if isinstance(e, sp.Indexed):
            return self.entry(e)
        if isinstance(e, sp.Symbol):
            return plain(e)
        if e.is_Add:
            return self.sum(e)
        if e.is_Mul:
            return self.product(e)
        if e.is_Pow and e.base is not sp.E:
            return self.power(e)
        if isinstance(e, sp.log) and e.args[0].is_Add:
            rest = e.args[0] - 1
            if isinstance(rest, sp.exp):
                return self.dialect.softplus.format(self.code(rest.args[0]))
        if isinstance(e, sp.log) and isinstance(e.args[0], sp.Sum) and isinstance(e.args[0].function, sp.exp):
            return self.dialect.log_sum_exp.format(self.code(e.args[0].function.args[0]))
        if isinstance(e, sp.log) and isinstance(e.args[0], sp.gamma):
            return self.code(sp.loggamma(e.args[0].args[0], evaluate=False))
        if isinstance(e, sp.Sum):
            return self.dialect.across.format(self.code(e.function))
        if isinstance(e, sp.polygamma) and e.args[0].is_Integer:
            return self.polygamma(e)
        if e.func in self.dialect.functions:
            return self.dialect.functions[e.func].format(self.code(e.args[0]))
        raise NoDerivation(f"no code for {type(e).__name__}")

    def entry(self, e: Any) -> str:
        if e.base == SCORES:
            return "z"
        if e.base == self.model.response:
            return "y"
        raise NoDerivation(f"no code for {e}")

    def sum(self, e: Any) -> str:
        terms = sorted(e.args, key=lambda t: (t.could_extract_minus_sign(), sp.default_sort_key(t)))
        made = self.code(terms[0])
        for term in terms[1:]:
            negative = term.could_extract_minus_sign()
            made += f" - {self.factor(-term)}" if negative else f" + {self.code(term)}"
        return made

    def factor(self, e: Any) -> str:
        made = self.code(e)
        return f"({made})" if e.is_Add else made

    def product(self, e: Any) -> str:
        over: list[str] = []
        under: list[str] = []
        sense = ""
        factors = list(e.args)
        if factors[0].is_Number and factors[0].is_negative:
            sense, factors[0] = "-", -factors[0]
        for factor in factors:
            if factor == 1:
                continue
            base, exponent = factor.as_base_exp() if factor.is_Pow and factor.base is not sp.E else (factor, sp.S.One)
            if exponent.is_Number and exponent.is_negative:
                under.append(self.bracketed(base**-exponent))
            else:
                over.append(self.bracketed(factor))
        top = " * ".join(over) or "1"
        return sense + top + "".join(f" / {u}" for u in under)

    def bracketed(self, e: Any) -> str:
        made = self.code(e)
        return f"({made})" if e.is_Add or e.is_Mul or made.startswith("-") else made

    def power(self, e: Any) -> str:
        base = self.bracketed(e.base) if not e.base.is_Pow else f"({self.code(e.base)})"
        exponent = self.code(e.exp)
        return f"{base} ** {exponent if e.exp.is_Atom and not exponent.startswith('-') else f'({exponent})'}"

    def polygamma(self, e: Any) -> str:
        head = "special" if self.dialect is NUMPY else "torch.special"
        inner = self.code(e.args[1])
        return (
            f"{head}.digamma({inner})"
            if e.args[0] == 0 and head != "special"
            else f"{head}.polygamma({e.args[0]}, {inner})"
        )


def plain(letter: Any) -> str:
    r"""A letter as an identifier: ``\sigma^2`` is ``sigma2``."""
    return "".join(c for c in letter.name if c.isalnum() or c == "_")


def numpy_code(loss: Loss) -> str:
    """Functions ``loss(w, X, y)`` and ``gradient(w, X, y)``."""
    coder = Coder(loss, NUMPY)
    model = loss.model
    weights, scores = ("W", "X @ W.T") if model.many else ("w", "X @ w")
    slope = loss.terms.slope.xreplace({model.predicted: model.prediction_of_scores})
    letters = sorted({plain(s) for s in (loss.terms.loss.free_symbols | slope.free_symbols) if is_constant(s, loss)})
    arguments = ", ".join([weights, "X", "y", *letters])
    value = f"np.sum({coder.code(loss.terms.loss)})"
    rise = softmax_slope(coder) if model.many else coder.code(slope)
    applied = f"({rise}).T @ X" if model.many else f"X.T @ ({rise})"
    if loss.penalty is not None:
        letter = plain(loss.penalty.letter) + "_"
        arguments += f", {letter}"
        value += f" + {letter} / 2 * np.sum(w ** 2)" if loss.penalty.squared else f" + {letter} * np.sum(np.abs(w))"
        applied += f" + {letter} * w" if loss.penalty.squared else f" + {letter} * np.sign(w)"
    head = "import numpy as np\n"
    if "special." in value + rise:
        head += "from scipy import special\n"
    if "logsumexp" in value + rise:
        head += f"\n{LOG_SUM_EXP}"
    return (
        f"{head}\n\ndef loss({arguments}):\n    z = {scores}\n    return {value}\n"
        f"\n\ndef gradient({arguments}):\n    z = {scores}\n    return {applied}\n"
    )


def softmax_slope(coder: Coder) -> str:
    """ŷ − y, with ŷ from the stable logarithm of the sum."""
    total = sp.log(sp.Sum(sp.exp(SCORES[coder.model.free_score.indices[0], OTHER]), (OTHER, 1, sp.Symbol("K"))))
    logarithm = coder.model.free_score.base[coder.model.free_score.indices[0], CLASS] - total
    return f"{coder.code(sp.exp(logarithm, evaluate=False))} - y"


def is_constant(letter: Any, loss: Loss) -> bool:
    """Is it one of the distribution's other parameters?"""
    return letter in {p.letter for p in loss.model.constants}


def torch_code(loss: Loss) -> str:
    """The scores, the loss as an expression, and the calls of ``torch.nn`` that give the same."""
    coder = Coder(loss, TORCH)
    model = loss.model
    scores = "X @ W.T" if model.many else "X @ w"
    lines = [f"z = {scores}", f"loss = ({coder.code(loss.terms.loss)}).sum()"]
    if loss.penalty is not None:
        letter = plain(loss.penalty.letter) + "_"
        norm = f"{letter} / 2 * (w ** 2).sum()" if loss.penalty.squared else f"{letter} * torch.abs(w).sum()"
        lines.append(f"penalty = {norm}")
        lines.append("# minimise loss + penalty")
    for match in loss.torch:
        what = "loss" if match.torch.variance is None else "-log L"
        var = "" if match.torch.variance is None else f", with var = {plain(match.torch.variance)} in each place"
        lines.append(f"# {what} == {match.call}{var}")
    return "\n".join(lines) + "\n"
