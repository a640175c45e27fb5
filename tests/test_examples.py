"""The README's Python examples run as they stand."""

from __future__ import annotations

import doctest
from pathlib import Path


def test_readme_examples() -> None:
    failed, tried = doctest.testfile(str(Path(__file__).parent.parent / "README.md"), module_relative=False)
    assert tried >= 5
    assert failed == 0
