"""The book of rules, chapter by chapter in reading order."""

from __future__ import annotations

from derive.rules.derivatives import DERIVATIVES
from derive.rules.expectations import EXPECTATIONS
from derive.rules.integrals import INTEGRALS
from derive.rules.links import LINKS
from derive.rules.logarithms import LOGARITHMS, logarithms_joined
from derive.rules.rule import Rule
from derive.rules.sums import SUMS
from derive.rules.vectors import VECTORS

RULES: tuple[Rule, ...] = (
    *LOGARITHMS,
    logarithms_joined,
    *LINKS,
    *SUMS,
    *DERIVATIVES,
    *VECTORS,
    *EXPECTATIONS,
    *INTEGRALS,
)
