"""The book of rules, chapter by chapter in reading order."""

from __future__ import annotations

from derive.rules.derivatives import DERIVATIVES
from derive.rules.expectations import EXPECTATIONS
from derive.rules.integrals import INTEGRALS
from derive.rules.logarithms import LOGARITHMS
from derive.rules.rule import Rule
from derive.rules.sums import SUMS

RULES: tuple[Rule, ...] = (*LOGARITHMS, *SUMS, *DERIVATIVES, *EXPECTATIONS, *INTEGRALS)
