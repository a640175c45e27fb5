"""The weights at given data: the closed form, or Newton on the derived gradient and Hessian."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import exp, fsum, isfinite, log, sqrt
from typing import Any, Literal

import sympy as sp

from derive.core.domains import BINARY, Domain, Integers, Interval
from derive.core.errors import InputError, NoDerivation
from derive.data.table import Table, classes, numbers
from derive.derivations.loss.absolute import least_absolute
from derive.derivations.loss.functions import function
from derive.derivations.loss.result import Loss
from derive.models.linear_algebra import Dependent, dot, least_squares, orthogonalised, solved
from derive.models.regression import Regression
from derive.models.sample import INDEX

MOST_STEPS = 100
MOST_HALVINGS = 60
CLOSE = 1e-12
FLAT = 1e-8
WIDE = 0.5
"""A Newton step that gains less than FLAT and still moves a score by more than WIDE: the loss falls without end."""

Outcome = Literal["closed", "newton", "vertices", "separated", "unbounded"]


@dataclass(frozen=True, slots=True)
class Fit:
    """What the data give.

    Args:
        outcome: the closed form; Newton; a walk over vertices; or why there is no minimum.
        names: of the columns, those of the inputs.
        classes: of a categorical response; empty otherwise.
        weights: for each class (one for a single score) the weights by column; empty where there is no minimum.
        iterations: Newton steps taken.
        loss: J at the weights.
        slope: the largest entry of the gradient there.
        constants: the other parameters, by letter.
    """

    outcome: Outcome
    names: tuple[str, ...]
    size: int
    weights: tuple[tuple[float, ...], ...] = ()
    classes: tuple[str, ...] = ()
    iterations: int = 0
    loss: float = 0.0
    slope: float = 0.0
    constants: dict[Any, float] = field(default_factory=dict)


def fitted(loss: Loss, table: Table) -> Fit:
    """The fit of the model to the table.

    Raises:
        InputError: a response outside the support, linearly dependent columns, or a letter without a number.
        NoDerivation: Newton does not arrive.
    """
    weight = penalty(loss)
    if not weight:
        check_columns(table)
    if loss.model.many:
        return fitted_classes(loss, table)
    responses = supported(loss.model, table)
    if loss.solution is not None:
        return closed(loss, table, responses, weight)
    if loss.terms.bend is None:
        return corners(loss, table, responses)
    return newton(loss, table, responses, weight)


def penalty(loss: Loss) -> float:
    """λ of a Gaussian prior; 0 without a prior.

    Raises:
        InputError: it still has a letter.
        NoDerivation: the prior is not Gaussian.
    """
    added = loss.penalty
    if added is None:
        return 0.0
    if not added.weight.is_number:
        letter = min(map(str, added.weight.free_symbols))
        raise InputError(
            f"the penalty has the letter {letter}, which has no number", "as in normal(w^T x, 1), normal(0, 2)"
        )
    if not added.squared or loss.terms.bend is None:
        raise NoDerivation("no plan minimises a loss with corners under a prior for given data")
    return float(added.weight)


def check_columns(table: Table) -> None:
    """Linearly dependent columns leave the weights undetermined.

    Raises:
        InputError: it names them.
    """
    if len(table.inputs) < len(table.names):
        raise InputError(
            f"{len(table.inputs)} observations do not determine {len(table.names)} weights", "give more rows"
        )
    found = orthogonalised(table.inputs)
    if isinstance(found, Dependent):
        name = table.names[found.place]
        others = ", ".join(table.names[k] for k in found.others)
        what = f"is a linear combination of {others}" if others else "is zero in every row"
        raise InputError(f"the column {name} {what}, so the weights are not determined", f"leave {name} out")


def supported(model: Regression, table: Table) -> tuple[float, ...]:
    """The responses, each inside the support.

    Raises:
        InputError: it names the row.
    """
    values = numbers(table)
    support = model.distribution.support
    for value, row in zip(values, table.rows, strict=True):
        if not inside(support, value):
            where = "0 or 1" if support == BINARY else f"a value of the {model.distribution.id} distribution"
            raise InputError(f"row {row}, column {table.columns[0]}: {value:g} is not {where}")
    return values


def inside(support: Domain, value: float) -> bool:
    """Does the support contain the number?"""
    if not isinstance(support, Integers | Interval):
        return False
    if support.lower.free_symbols | support.upper.free_symbols:
        raise InputError("the support depends on a letter that has no number", "give it one in the model")
    if isinstance(support, Integers):
        return value == int(value) and float(support.lower) <= value <= float(support.upper)
    low, high = float(support.lower), float(support.upper)
    return (low < value if support.lower_open else low <= value) and (
        value < high if support.upper_open else value <= high
    )


def scores(table: Table, weights: Sequence[float]) -> list[float]:
    """w^T x_i for each observation."""
    return [dot(row, weights) for row in table.inputs]


def at(loss: Loss, expr: Any) -> Any:
    """An expression of the derivation as a function of score and response."""
    model = loss.model
    written = sp.sympify(expr).xreplace({model.predicted: model.prediction_of_scores})
    try:
        return function(written, model.free_score, model.response[INDEX])
    except NoDerivation:
        letters = [p.letter for p in model.constants if p.letter in written.free_symbols]
        if not letters:
            raise
        raise InputError(f"{letters[0]} has no number", "give it one in the model, in its place") from None


def closed(loss: Loss, table: Table, responses: Sequence[float], weight: float) -> Fit:
    """ŵ = (X^T X + λI)^{-1} X^T t by orthogonal columns; λ as rows √λ e_j with the target 0."""
    target = at(loss, loss.model.free_score - loss.terms.slope)
    width = len(table.names)
    more = [[sqrt(weight) * (j == k) for k in range(width)] for j in range(width)] if weight else []
    parts = orthogonalised([*table.inputs, *more])
    assert not isinstance(parts, Dependent)
    weights = least_squares(parts, [*(target(0.0, y) for y in responses), *(0.0 for _ in more)])
    return finished(loss, table, responses, weights, "closed", 0, weight)


def corners(loss: Loss, table: Table, responses: Sequence[float]) -> Fit:
    """Least absolute deviations: a minimum lies where as many residuals vanish as there are weights."""
    term = loss.terms.loss
    z, y = loss.model.free_score, loss.model.response[INDEX]
    if sp.expand(term - sp.Abs(y - z)) != 0:
        raise NoDerivation("no plan minimises this loss with corners for given data")
    weights, steps = least_absolute(table.inputs, responses)
    return finished(loss, table, responses, weights, "vertices", steps)


def finished(
    loss: Loss,
    table: Table,
    responses: Sequence[float],
    weights: Sequence[float],
    outcome: Outcome,
    steps: int,
    weight: float = 0.0,
) -> Fit:
    """The fit with its loss, its gradient, and the constants that have a closed form."""
    values = scores(table, weights)
    term, slope = at(loss, loss.terms.loss), at(loss, loss.terms.slope)
    total = fsum(term(z, y) for z, y in zip(values, responses, strict=True)) + weight / 2 * dot(weights, weights)
    rise = gradient(table, [slope(z, y) for z, y in zip(values, responses, strict=True)])
    rise = [g + weight * w for g, w in zip(rise, weights, strict=True)]
    return Fit(
        outcome,
        table.names,
        len(responses),
        (tuple(weights),),
        (),
        steps,
        total,
        max(map(abs, rise)),
        constants(loss, values, responses),
    )


def constants(loss: Loss, values: Sequence[float], responses: Sequence[float]) -> dict[Any, float]:
    """The estimates such as σ̂² = (1/N) Σ (y_i − ŵ^T x_i)²: a mean over the observations of a function of each."""
    found = {}
    for letter, summand in loss.constants.items():
        mean = at(loss, summand)
        found[letter] = fsum(mean(z, y) for z, y in zip(values, responses, strict=True)) / len(responses)
    return found


def gradient(table: Table, slopes: Sequence[float]) -> list[float]:
    """Σ_i s_i x_i."""
    return [fsum(s * row[j] for s, row in zip(slopes, table.inputs, strict=True)) for j in range(len(table.names))]


def newton(loss: Loss, table: Table, responses: Sequence[float], weight: float) -> Fit:
    """w − (X^T S X)^{-1} X^T g, the step halved until the loss falls."""
    term, slope, bend = (at(loss, e) for e in (loss.terms.loss, loss.terms.slope, loss.terms.bend))
    width = len(table.names)
    weights = [0.0] * width

    def total(point: Sequence[float]) -> float:
        try:
            data = fsum(term(z, y) for z, y in zip(scores(table, point), responses, strict=True))
            return data + weight / 2 * dot(point, point)
        except (OverflowError, ValueError):
            return float("inf")

    now = total(weights)
    for step in range(MOST_STEPS):
        pairs = list(zip(scores(table, weights), responses, strict=True))
        rise = [g + weight * w for g, w in zip(gradient(table, [slope(z, y) for z, y in pairs]), weights, strict=True)]
        if not weight and loss.model.distribution.support == BINARY and separated(table, responses, weights):
            return Fit("separated", table.names, len(responses), iterations=step)
        scale = [bend(z, y) for z, y in pairs]
        matrix = [
            [
                fsum(s * row[j] * row[k] for s, row in zip(scale, table.inputs, strict=True)) + weight * (j == k)
                for k in range(width)
            ]
            for j in range(width)
        ]
        move = solved(matrix, rise) or steepest(matrix, rise)
        decrement = dot(move, rise)
        if decrement <= FLAT * (1 + abs(now)) and max(map(abs, scores(table, move))) > WIDE:
            return Fit("unbounded", table.names, len(responses), iterations=step)
        if decrement <= CLOSE * CLOSE * (1 + abs(now)):
            arrived = [w - m for w, m in zip(weights, move, strict=True)]
            return finished(loss, table, responses, arrived, "newton", step + 1, weight)
        share = 1.0
        for _ in range(MOST_HALVINGS):
            tried = [w - share * m for w, m in zip(weights, move, strict=True)]
            value = total(tried)
            if isfinite(value) and value <= now - 1e-4 * share * decrement + 1e-14 * abs(now):
                break
            share /= 2
        else:
            return finished(loss, table, responses, weights, "newton", step, weight)
        weights, now = tried, value
    raise NoDerivation(f"Newton's steps have not arrived at a minimum after {MOST_STEPS} of them")


def steepest(matrix: Sequence[Sequence[float]], rise: Sequence[float]) -> list[float]:
    """Where the Hessian is not positive definite: the gradient, scaled by the diagonal."""
    return [g / max(abs(matrix[j][j]), 1e-8) for j, g in enumerate(rise)]


def separated(table: Table, responses: Sequence[float], weights: Sequence[float]) -> bool:
    """Do these weights put every observation strictly on its own side? Decided in exact arithmetic."""
    exact = [Fraction(w) for w in weights]
    for row, y in zip(table.inputs, responses, strict=True):
        score = sum((w * Fraction(x) for w, x in zip(exact, row, strict=True)), Fraction(0))
        if (score if y == 1 else -score) <= 0:
            return False
    return True


def fitted_classes(loss: Loss, table: Table) -> Fit:
    """Softmax by Newton, the weights of the last class held at zero: one vector may be added to all of them."""
    names, labels = classes(table)
    width, free = len(table.names), len(names) - 1
    weights = [[0.0] * width for _ in range(free)]
    hot = [[1.0 if k == label else 0.0 for k in range(len(names))] for label in labels]
    now = class_loss(table, weights, labels)
    for step in range(MOST_STEPS):
        shares = [softmax([dot(row, w) for w in weights] + [0.0]) for row in table.inputs]
        if apart(table, weights, labels):
            return Fit("separated", table.names, len(labels), classes=names, iterations=step)
        rise = [
            fsum((p[k] - h[k]) * row[j] for p, h, row in zip(shares, hot, table.inputs, strict=True))
            for k in range(free)
            for j in range(width)
        ]
        matrix = [
            [
                fsum(p[k] * ((k == m) - p[m]) * row[j] * row[n] for p, row in zip(shares, table.inputs, strict=True))
                for m in range(free)
                for n in range(width)
            ]
            for k in range(free)
            for j in range(width)
        ]
        move = solved(matrix, rise) or steepest(matrix, rise)
        decrement = dot(move, rise)
        share = 1.0
        tried = shifted(weights, move, share)
        reach = max(abs(dot(row, ws)) for row in table.inputs for ws in shifted([[0.0] * width] * free, move, 1.0))
        if decrement <= FLAT * (1 + abs(now)) and reach > WIDE:
            return Fit("unbounded", table.names, len(labels), classes=names, iterations=step)
        if decrement <= CLOSE * CLOSE * (1 + abs(now)):
            full = (*map(tuple, tried), (0.0,) * width)
            total = class_loss(table, tried, labels)
            return Fit("newton", table.names, len(labels), full, names, step + 1, total, max(map(abs, rise)))
        for _ in range(MOST_HALVINGS):
            tried = shifted(weights, move, share)
            value = class_loss(table, tried, labels)
            if value <= now - 1e-4 * share * decrement + 1e-14 * abs(now):
                break
            share /= 2
        weights, now = tried, value
    raise NoDerivation(f"Newton's steps have not arrived at a minimum after {MOST_STEPS} of them")


def shifted(weights: Sequence[Sequence[float]], move: Sequence[float], share: float) -> list[list[float]]:
    """The weights of all classes after a step."""
    width = len(weights[0])
    return [[w - share * move[k * width + j] for j, w in enumerate(row)] for k, row in enumerate(weights)]


def softmax(values: Sequence[float]) -> list[float]:
    """e^{z_k − m} / Σ e^{z_j − m}."""
    largest = max(values)
    powers = [exp(v - largest) for v in values]
    total = fsum(powers)
    return [p / total for p in powers]


def class_loss(table: Table, weights: Sequence[Sequence[float]], labels: Sequence[int]) -> float:
    """Σ_i log Σ_j e^{z_ij} − z_{i, label}."""
    terms = []
    for row, label in zip(table.inputs, labels, strict=True):
        values = [dot(row, w) for w in weights] + [0.0]
        largest = max(values)
        terms.append(largest + log(fsum(exp(v - largest) for v in values)) - values[label])
    return fsum(terms)


def apart(table: Table, weights: Sequence[Sequence[float]], labels: Sequence[int]) -> bool:
    """Does every observation have its greatest score, strictly, in its own class? In exact arithmetic."""
    exact = [[Fraction(w) for w in row] for row in weights]
    for row, label in zip(table.inputs, labels, strict=True):
        values = [sum((w * Fraction(x) for w, x in zip(ws, row, strict=True)), Fraction(0)) for ws in exact]
        values.append(Fraction(0))
        if any(v >= values[label] for k, v in enumerate(values) if k != label):
            return False
    return True
