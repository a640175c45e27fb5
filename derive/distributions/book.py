"""The book of distributions, in reading order."""

from __future__ import annotations

import difflib

from derive.core.errors import InputError
from derive.distributions.bounded import BOUNDED, MOVING
from derive.distributions.discrete import DISCRETE
from derive.distributions.distribution import Distribution
from derive.distributions.half_line import HALF_LINE
from derive.distributions.real_line import REAL_LINE

DISTRIBUTIONS: tuple[Distribution, ...] = (*DISCRETE, *REAL_LINE, *HALF_LINE, *BOUNDED, *MOVING)


def named(name: str) -> Distribution:
    """The distribution of this name.

    Raises:
        InputError: there is none; the message proposes near names.

    >>> named("gaussian").id
    'normal'
    """
    book = {n: d for d in DISTRIBUTIONS for n in (d.id, *d.aliases)}
    key = name.strip().lower().replace("_", "-").replace(" ", "-")
    if key in book:
        return book[key]
    near = difflib.get_close_matches(key, book, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "`derive list distributions` shows what there is"
    raise InputError(f"no distribution is called {name!r}", hint)
