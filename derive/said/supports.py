r"""Where a letter lives whose law is named, whatever its parameters: ``y_i \sim \text{Poisson}(\lambda_i)``."""

from __future__ import annotations

import re

from derive.reading.densities import NAMES

# Of these laws the support has no parameter.
SUPPORTS = {
    "bernoulli": r"\in \{0, 1\}",
    "poisson": r"\in \{0, 1, 2, \dots\}",
    "exponential": "> 0",
    "gamma": "> 0",
    "inverse-gamma": "> 0",
    "beta": r"\in (0, 1)",
    "log-normal": "> 0",
    "chi-squared": "> 0",
}
_SAID = re.compile(
    r"\s*(?P<name>\\[A-Za-z]+|[A-Za-z])(?:\s*_\s*\{?\s*(?P<index>[a-z])\s*\}?)?\s*"
    r"(?:(?:\\mid(?![A-Za-z])|\|)[^\\$=<>]*(?:\\(?!sim)[A-Za-z]+[^\\$=<>]*)*)?\s*\\sim\s*"
    r"(?:\\(?:text|mathrm|mathcal|operatorname|textrm|mbox)\s*\{\s*(?P<worded>[A-Za-z]+)\s*\}|(?P<plain>[A-Z][A-Za-z]+))\s*(?:\\left)?\("
)


def support_said(formula: str) -> tuple[str, str, str, str] | None:
    r"""The letter, its index, no size, and its set; None for a formula that names no such law.

    >>> support_said(r"y_i \mid \mathbf{x}_i \sim \mathrm{Poisson}(\lambda_i)")
    ('y', 'i', '', '\\in \\{0, 1, 2, \\dots\\}')
    >>> support_said(r"T \sim \text{Exponential}(\beta)")
    ('T', '', '', '> 0')
    """
    found = _SAID.match(formula)
    if found is None:
        return None
    where = SUPPORTS.get(NAMES.get(found["worded"] or found["plain"], ""))
    return None if where is None else (found["name"], found["index"] or "", "", where)
