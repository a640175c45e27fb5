"""The commands that derive: estimates, information, losses, and what there is of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from derive.cli.group import command
from derive.core.errors import InputError
from derive.delivery import (
    Output,
    output_options,
    print_out,
)

if TYPE_CHECKING:
    pass


@command.command("list")
@click.argument("kind", type=click.Choice(["distributions", "models", "derivations"]), required=False)
def list_(kind: str | None) -> None:
    """What there is, a line each."""
    from derive import api

    lines = []
    kinds = (kind,) if kind else ("distributions", "models", "derivations")
    for one in kinds:
        entries = api.listing(one)
        if not kind and entries:
            lines.append(f"{one}:")
        name_width = max((len(name) for name, _ in entries), default=0)
        for name, meaning in entries:
            lines.append(f"{'' if kind else '  '}{name:<{name_width}}  {meaning}".rstrip())
    print_out("".join(f"{line}\n" for line in lines).encode())


@command.command()
@click.argument("distribution", required=False)
@click.option("--density", metavar="LATEX", help=r"A density of your own: '\\lambda e^{-\\lambda x}'.")
@click.option(
    "--parameter", "parameters", multiple=True, metavar="LATEX", help=r"Its parameters: '\\lambda > 0' (repeats)."
)
@click.option("--support", default="", metavar="LATEX", help="Where an observation lives: 'x > 0'.")
@click.option("--known", multiple=True, metavar="LETTER", help="A known parameter, not to be estimated (repeats).")
@click.option("--data", metavar="VALUES|FILE", help="Observations: '1 1 0 1', '0:7 1:12', a text or a CSV file.")
@click.option("--column", metavar="NAME", help="The column of a CSV file.")
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as data=D (repeats).")
@click.option("--numbers-first", is_flag=True, help="Put the data in from the start.")
@output_options
def mle(
    distribution: str | None,
    density: str | None,
    parameters: tuple[str, ...],
    support: str,
    known: tuple[str, ...],
    data: str | None,
    column: str | None,
    notation: tuple[str, ...],
    numbers_first: bool,
    output: Output,
) -> None:
    """The maximum-likelihood derivation of DISTRIBUTION."""
    if column is not None and data is None:
        raise InputError(f"--column {column}: there are no data", "name the file with --data")
    if numbers_first and data is None:
        raise InputError("--numbers-first: there are no data", "give them with --data")
    if (distribution is None) == (density is None):
        raise InputError("name a distribution, or declare one with --density", "derive mle normal")
    if density is None and (parameters or support):
        raise InputError("--parameter and --support belong to --density")
    from derive import api

    chosen = distribution if density is None else api.own(density, parameters, support)
    assert chosen is not None
    result = api.mle(chosen, known=known, data=data, column=column, notation=notation, numbers_first=numbers_first)
    output.deliver(result)


def quantity_options(made: Callable[..., None]) -> Callable[..., None]:
    """What entropies and divergences share."""
    at = click.option("--at", default="", metavar="'p=0.1, q=0.2'", help="Values of the letters: also give the number.")
    base = click.option(
        "--base", type=click.Choice(["2", "e", "10"]), default="e", show_default=True, help="Of the logarithm."
    )
    letters = click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page (repeats).")
    method = click.option(
        "--method", type=click.Choice(["", "exponential-family"]), default="", help="Another route to the same result."
    )
    return at(base(method(letters(output_options(made)))))


@command.command()
@click.argument("distribution")
@quantity_options
def entropy(distribution: str, at: str, base: str, method: str, notation: tuple[str, ...], output: Output) -> None:
    """The entropy of DISTRIBUTION."""
    from derive import api

    output.deliver(api.entropy(distribution, at=at, base=base, method=method, notation=notation))


@command.command("cross-entropy")
@click.argument("p")
@click.argument("q")
@quantity_options
def cross_entropy(p: str, q: str, at: str, base: str, method: str, notation: tuple[str, ...], output: Output) -> None:
    """The cross-entropy of Q relative to P."""
    from derive import api

    output.deliver(api.cross_entropy(p, q, at=at, base=base, method=method, notation=notation))


@command.command()
@click.argument("p")
@click.argument("q")
@quantity_options
def kl(p: str, q: str, at: str, base: str, method: str, notation: tuple[str, ...], output: Output) -> None:
    """The KL divergence from P to Q."""
    from derive import api

    output.deliver(api.kl(p, q, at=at, base=base, method=method, notation=notation))


@command.command()
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as data=D (repeats).")
@output_options
def catalogue(notation: tuple[str, ...], output: Output) -> None:
    """The table of all declared families: density, estimates, and which ending each derivation has."""
    from derive import api

    output.deliver(api.catalogue(notation=notation))


@command.command()
@click.argument("model")
@click.option("--prior", metavar="DISTRIBUTION", help="Of each weight, as 'normal(0, \\tau^2)': maximum a posteriori.")
@click.option("--labels", metavar="VALUES", help="Responses 0 or 1, put into the likelihood: '1 1 0', '1:10'.")
@click.option("--predicted", metavar="VALUES", help="The predicted probability of 1 for each of them: '0.7 0.9 0.5'.")
@click.option("--data", metavar="FILE", help="A CSV file with a line of names: the model is fitted to it.")
@click.option("--response", metavar="NAME", help="Its column of responses (several with commas for one-hot labels).")
@click.option("--intercept", is_flag=True, help="Add a column of ones to the inputs.")
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as size=n (repeats).")
@output_options
def loss(
    model: str,
    prior: str | None,
    labels: str | None,
    predicted: str | None,
    data: str | None,
    response: str | None,
    intercept: bool,
    notation: tuple[str, ...],
    output: Output,
) -> None:
    """The training loss that MODEL's negative log-likelihood is: gradient, Hessian, minimum, code.

    MODEL is a named model (see `derive list models`), a distribution with a link, as 'poisson(\\exp(w^T x))', or `all`
    for a table of the named ones. With --prior it may be a distribution without inputs, as bernoulli.
    """
    if data is None and (response is not None or intercept):
        raise InputError(f"--{'response' if response else 'intercept'}: there are no data", "name the file with --data")
    from derive import api

    result = api.loss(
        model,
        prior=prior,
        labels=labels,
        predicted=predicted,
        data=data,
        response=response,
        intercept=intercept,
        notation=notation,
    )
    output.deliver(result)
