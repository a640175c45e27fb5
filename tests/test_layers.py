"""The map of the house: imports go down only, and rooms on one line do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import derive

LAYERS = (
    {"core"},
    {"rules", "distributions", "data"},
    {"strategies", "models", "checking", "numerics"},
    {"derivations", "reading"},
    {"said"},
    {"documents"},
    {"exercises"},
    {"pages"},
    {"writing"},
    {"marking"},
    {"figures"},
    {"results"},
    {"api"},
    {"gallery", "filling", "__init__"},
    {"delivery"},
    {"cli", "__main__"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
HOUSE = Path(derive.__file__).parent
FILES = sorted(HOUSE.rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    """The rooms that a module imports from, wherever in it the imports stand."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            parts = [str(node.module), *(f"{node.module}.{a.name}" for a in node.names if node.module == "derive")]
            names.update(parts)
    rooms = {name.split(".")[1] for name in names if name.startswith("derive.")}
    return {room for room in rooms if room in LEVEL or (HOUSE / room).exists() or (HOUSE / f"{room}.py").exists()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(HOUSE).as_posix())
def test_imports_go_down(file: Path) -> None:
    room = file.relative_to(HOUSE).parts[0].removesuffix(".py")
    below = {other for other, level in LEVEL.items() if level < LEVEL[room]} | {room}
    # The main module is the command under another name.
    below |= {"cli"} if room == "__main__" else set()
    assert imported(ast.parse(file.read_text(encoding="utf-8"))) <= below
