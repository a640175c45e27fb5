"""The verb ``read``."""

from __future__ import annotations

from collections.abc import Sequence

from derive.core.facts import Facts
from derive.reading.given import context
from derive.results.readings import Understood, understood


def read(sources: Sequence[str], given: Sequence[str] = ()) -> list[Understood]:
    r"""How each formula is understood under lines of context.

    Raises:
        InputError: a line of context cannot be read.

    >>> read([r"\log p"])[0].reading.value
    log(p)
    """
    return understood(sources, context(given, Facts()))
