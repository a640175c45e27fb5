"""The book of distributions, in reading order: shelves by the names on them, each opened when a name is asked for."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import TYPE_CHECKING, Any

from derive.core.errors import InputError
from derive.distributions.distribution import Distribution

if TYPE_CHECKING:
    DISTRIBUTIONS: tuple[Distribution, ...]

# Declaring all families takes SymPy as long as a third of its own import.
SHELVES: tuple[tuple[str, str, str], ...] = (
    (
        "discrete",
        "DISCRETE",
        "bernoulli binomial categorical multinomial geometric geometric-failures geometric-0 poisson poisson-exposure "
        "negative-binomial zero-truncated-poisson log-series logarithmic logseries zipf zeta",
    ),
    (
        "real_line",
        "REAL_LINE",
        "normal gaussian normal-sd lognormal log-normal logit-normal laplace double-exponential gumbel logistic cauchy "
        "lorentz student-t t student von-mises",
    ),
    (
        "half_line",
        "HALF_LINE",
        "exponential exponential-scale exponential-mean half-normal rayleigh maxwell maxwell-boltzmann chi chi-squared "
        "chi2 chisquare chi-square gamma gamma-scale erlang inverse-gamma inverse-gaussian wald lindley weibull levy "
        "burr burr-xii burr12 lomax pareto-ii nakagami gompertz birnbaum-saunders fatigue-life",
    ),
    ("bounded", "BOUNDED", "beta dirichlet kumaraswamy"),
    ("bounded", "MOVING", "uniform discrete-uniform power-function pareto shifted-exponential"),
)
NAMES = tuple(name for _, _, names in SHELVES for name in names.split())
"""Every id and every other name, in reading order."""


def opened(module: str, constant: str) -> tuple[Distribution, ...]:
    """The families on a shelf."""
    found: tuple[Distribution, ...] = getattr(import_module(f"derive.distributions.{module}"), constant)
    return found


def named(name: str) -> Distribution:
    """The distribution of this name.

    Raises:
        InputError: there is none; the message proposes near names.

    >>> named("gaussian").id
    'normal'
    """
    key = name.strip().lower().replace("_", "-").replace(" ", "-")
    for module, constant, names in SHELVES:
        if key in names.split():
            return next(d for d in opened(module, constant) if key in (d.id, *d.aliases))
    near = difflib.get_close_matches(key, NAMES, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "`derive list distributions` shows what there is"
    raise InputError(f"no distribution is called {name!r}", hint)


def __getattr__(name: str) -> Any:
    if name == "DISTRIBUTIONS":
        whole = tuple(d for module, constant, _ in SHELVES for d in opened(module, constant))
        globals()[name] = whole
        return whole
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
