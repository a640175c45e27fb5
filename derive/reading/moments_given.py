r"""A law of which only mean and variance are known: ``X_i ~ (\mu, \sigma^2), i = 1..n``."""

from __future__ import annotations

import re
from typing import Any

from derive.core.facts import Facts
from derive.core.information import Law
from derive.reading.laws import called, law_of_call, split

_TWO = re.compile(r"\s*\((?P<inside>.*)\)\s*\Z", re.DOTALL)


def law_of_moments(facts: Facts, text: str, variable: str) -> tuple[Facts, Law] | None:
    """The facts with the new letters of mean and variance, and the law; None where anything else is written.

    Raises:
        InputError: an argument that no mean or variance can be.
    """
    found = _TWO.match(text)
    if found is None or len(split(found["inside"])) != 2:
        return None
    # A mean and a variance are what the two arguments of a normal law are.
    normal = f"normal({found['inside']})"
    family, arguments = called(normal, facts)
    facts, support, _, letter = law_of_call(facts, normal, variable)
    moments: tuple[Any, ...] = tuple(arguments[p.letter] for p in family.parameters)
    return facts, Law(letter, support, None, moments=moments)
