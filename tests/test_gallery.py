"""The gallery leads everywhere it says, and notices what is not as built."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from derive import gallery
from derive.cli import result_of

ROOT = Path(__file__).parent.parent
FEW = gallery.PIECES[:1]


def test_the_gallery_is_as_built() -> None:
    assert gallery.differences(ROOT / "outputs", result_of) == []


def test_stems_are_different_and_documents_are_named() -> None:
    stems = [piece.stem for piece in gallery.PIECES]
    assert len(set(stems)) == len(stems)
    assert any(piece.document for piece in gallery.PIECES) and not all(piece.document for piece in gallery.PIECES)


@pytest.mark.parametrize("name", gallery.INDEXES.values())
def test_the_index_leads_to_every_page(name: str) -> None:
    text = (ROOT / "outputs" / name).read_text("utf-8")
    pattern = r'href="((?!https?:)[^"]+)"' if name.endswith("html") else r"\]\(([^)]+)\)"
    linked = {unquote(address) for address in re.findall(pattern, text)}
    assert linked == gallery.present(ROOT / "outputs")


def test_what_is_wrong_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "PIECES", FEW)
    advanced: list[int] = []
    count = gallery.build(tmp_path, result_of, lambda: advanced.append(1))
    assert count == len(gallery.present(tmp_path)) == 6 + 4 and len(advanced) == len(FEW)
    assert gallery.differences(tmp_path, result_of) == []
    changed, gone = (tmp_path / "en" / f"{FEW[0].stem}.{form}" for form in ("md", "tex"))
    more = tmp_path / "zh" / "stray.md"
    changed.write_text(changed.read_text("utf-8") + "x", "utf-8")
    gone.unlink()
    more.write_text("")
    wrong = [path.relative_to(tmp_path).as_posix() for path in (changed, gone, more)]
    assert gallery.differences(tmp_path, result_of) == sorted(wrong)
    gallery.build(tmp_path, result_of)
    assert gallery.differences(tmp_path, result_of) == []
