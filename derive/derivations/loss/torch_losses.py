"""Which loss of ``torch.nn`` the derived one is: its definition, as PyTorch documents it, compared with ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import substitute
from derive.derivations.loss.result import Terms
from derive.models.regression import CLASSES, EACH, OTHER, SCORES, Regression
from derive.models.sample import INDEX

HALF = sp.Rational(1, 2)


@dataclass(frozen=True, slots=True)
class TorchLoss:
    """A class of ``torch.nn``: what it takes of one observation, with reduction="sum" over all.

    Args:
        name: of the class.
        options: its arguments besides the reduction.
        term: of one observation, in the score z_i and the response y_i.
        variance: the letter of the third argument of the call; None where there are two.
    """

    name: str
    options: str
    term: Any
    variance: Any = None


@dataclass(frozen=True, slots=True)
class Match:
    """J(w) is ``factor`` times the sum that the class computes; the chain that shows it."""

    torch: TorchLoss
    factor: Any
    chain: Chain

    @property
    def call(self) -> str:
        """The call on scores z and responses y, the sum over the batch."""
        options = (f"{self.torch.options}, " if self.torch.options else "") + 'reduction="sum"'
        arguments = "z, y" if self.torch.variance is None else "z, y, var"
        front = "" if self.factor == 1 else f"{float(self.factor):g} * "
        return f"{front}torch.nn.{self.torch.name}({options})({arguments})"


def torch_losses(model: Regression) -> tuple[TorchLoss, ...]:
    """The definitions, in this model's letters."""
    y = model.response
    if model.many:
        total = sp.log(sp.Sum(sp.exp(SCORES[INDEX, OTHER]), (OTHER, 1, CLASSES)))
        chosen = sp.Sum(y[INDEX, OTHER] * SCORES[INDEX, OTHER], (OTHER, 1, CLASSES))
        return (TorchLoss("CrossEntropyLoss", "", total - chosen),)
    z, seen = model.free_score, y[INDEX]
    made = [
        TorchLoss("MSELoss", "", (z - seen) ** 2),
        TorchLoss("L1Loss", "", sp.Abs(z - seen)),
        TorchLoss("BCEWithLogitsLoss", "", sp.log(1 + sp.exp(z)) - seen * z),
        TorchLoss("PoissonNLLLoss", "log_input=True, full=False", sp.exp(z) - seen * z),
    ]
    for p in model.constants:
        term = HALF * (sp.log(p.letter) + (z - seen) ** 2 / p.letter) + HALF * sp.log(2 * sp.pi)
        made.append(TorchLoss("GaussianNLLLoss", "full=True", term, p.letter))
    return tuple(made)


def factor_of(ours: Any, theirs: Any) -> Any | None:
    """The number c with ours = c · theirs, by multiplying out; None where there is none."""
    for factor in (sp.S.One, HALF, sp.Integer(2)):
        if sp.expand(sp.expand_log(sp.expand(ours - factor * theirs), force=True)) == 0:
            return factor
    return None


def matches(model: Regression, terms: Terms, loss: Any, written: Any, facts: Facts) -> tuple[Match, ...]:
    """The classes that compute the loss, or the negative log-likelihood with nothing dropped.

    Args:
        loss: J(w).
        written: log p(y_i | x_i; w), opened.
    """
    found = []
    z = model.free_score
    for torch in torch_losses(model):
        if torch.variance is None:
            ours, start, sense = terms.loss, model.named_loss, loss
        else:
            ours = -substitute(written, {model.score(): z})
            start = sense = -sp.log(model.named_likelihood, evaluate=False)
        factor = factor_of(ours, torch.term)
        if factor is None:
            continue
        scores = {SCORES[INDEX, OTHER]: model.score(OTHER)} if model.many else {z: model.score()}
        total = factor * sp.Sum(substitute(torch.term, scores), EACH)
        steps = [Step(start, EQUAL, total, "torch_loss", Phrase("torch_loss", {"name": torch.name}))]
        if sense == total:
            steps = []
        found.append(Match(torch, factor, Chain(Phrase("torch_topic", {"loss": start}), start, tuple(steps), facts)))
    return tuple(found)
