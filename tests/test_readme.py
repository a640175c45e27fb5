"""What the README says to run is what is run."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_test_command_is_the_one_of_the_readme() -> None:
    command = next(line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if "pytest" in line)
    assert command in [line.strip() for line in (ROOT / "README.md").read_text("utf-8").splitlines()]
