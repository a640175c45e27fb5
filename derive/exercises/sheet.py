"""A sheet as it is asked for, and a variant of it as it is made."""

from __future__ import annotations

from dataclasses import dataclass

from derive.exercises.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a lecturer asks for.

    Args:
        title, course, date: as they are to be printed; empty for none.
        language: of the sentences, unless told otherwise.
        problems: in order.
        shuffle: is the order of the problems another one in each variant?
        single: one problem without a sheet around it.
    """

    title: str
    problems: tuple[Wanted, ...]
    language: str = "en"
    course: str = ""
    date: str = ""
    shuffle: bool = False
    single: bool = False
