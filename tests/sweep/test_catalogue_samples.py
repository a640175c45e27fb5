"""The catalogue's estimates on more random samples: `pytest tests/sweep`."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parent.parent / "distributions" / "test_catalogue.py"
SPEC = spec_from_file_location("catalogue_battery", FILE)
assert SPEC is not None and SPEC.loader is not None
BATTERY: Any = module_from_spec(SPEC)
SPEC.loader.exec_module(BATTERY)


@pytest.mark.parametrize("seed", [2, 3, 4])
@pytest.mark.parametrize("d", BATTERY.SCALAR, ids=lambda d: d.id)
def test_estimate_is_the_numerical_maximum(d: Any, seed: int) -> None:
    BATTERY.test_estimate_is_the_numerical_maximum(d, seed)
