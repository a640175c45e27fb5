"""The kinds of problems, each made from the steps of a derivation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derive.exercises.kinds.compute import compute
from derive.exercises.kinds.derive_whole import derive_whole
from derive.exercises.kinds.fill_in import fill_in
from derive.exercises.kinds.find_error import find_error
from derive.exercises.kinds.maximum import maximum
from derive.exercises.kinds.name_law import name_law
from derive.exercises.kinds.order import order
from derive.exercises.kinds.which_distribution import which_distribution
from derive.exercises.problem import Kind
from derive.exercises.wanted import Maker

MAKERS: Mapping[Kind, Maker] = MappingProxyType(
    {
        "derive": derive_whole,
        "fill-in": fill_in,
        "order": order,
        "find-error": find_error,
        "name-law": name_law,
        "compute": compute,
        "which-distribution": which_distribution,
        "maximum": maximum,
    }
)
