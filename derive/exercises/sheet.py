"""A sheet as it is asked for, and a variant of it as it is made."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core.phrase import Name
from derive.exercises.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a lecturer asks for.

    Args:
        title, course: in one language or several.
        date: as it is to be printed; empty for none.
        language: of the sentences, unless told otherwise.
        problems: in order.
        shuffle: is the order of the problems another one in each variant?
        single: one problem without a sheet around it.
    """

    title: Name
    problems: tuple[Wanted, ...]
    language: str = "en"
    course: Name | None = None
    date: str = ""
    shuffle: bool = False
    single: bool = False
