"""The file of each platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from derive.core.phrase import Phrase
from derive.exercises.sheet import Sheet
from derive.writing.platforms.item import Item, plain
from derive.writing.platforms.moodle import moodle
from derive.writing.platforms.package import package

FILES: Mapping[str, str] = MappingProxyType({"moodle": "exercises.xml", "qti": "exercises.zip"})
"""The formats, with the names of their files."""


def platform_file(
    form: str, sheet: Sheet, items: Sequence[Item], language: str, templates: Path | None = None
) -> bytes:
    """All variants in one file.

    Args:
        form: ``moodle`` or ``qti``.
        items: variant after variant, each in its order.
    """
    if form == "moodle":
        return moodle(sheet.title.in_language(language), items)
    numbers = dict.fromkeys(item.variant for item in items)
    titles = {number: plain(title_of(sheet, number), language, templates) for number in numbers}
    return package(titles, items, language)


def title_of(sheet: Sheet, number: int) -> Phrase:
    """What a variant is called; an exercise that stands alone has no title of its own."""
    if sheet.single:
        return Phrase("exercise_single_title")
    return Phrase("exercise_sheet_title", {"title": sheet.title, "number": number})
