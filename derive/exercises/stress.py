"""Many variants of a sheet, each checked again: what fails, how large answers are, what comes twice."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from derive.core.errors import DeriveError
from derive.exercises.argument import Deriver
from derive.exercises.chance import Dice
from derive.exercises.checks import answer_size, faults
from derive.exercises.sheet import Sheet
from derive.exercises.variants import problem, seen_problem


@dataclass(frozen=True, slots=True)
class Trial:
    """One problem of one variant.

    Args:
        place: of the problem on the sheet, from 0.
        seen: what tells it from others.
        size: of its answer.
        faults: what is wrong with it.
    """

    place: int
    seen: int
    size: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """All trials of one problem.

    Args:
        failures: each fault with the number of times it was met.
        sizes: the least, the middle and the greatest size of an answer.
        repeated: how many were there before.
    """

    place: int
    kind: str
    made: int
    failures: tuple[tuple[str, int], ...]
    sizes: tuple[int, int, int]
    repeated: int


def trials(sheet: Sheet, seed: int, number: int, derive: Deriver) -> list[Trial]:
    """Every problem of one variant, made and checked."""
    found = []
    for place, wanted in enumerate(sheet.problems):
        try:
            made = problem(wanted, Dice(f"{seed}/{number}/{place}/0"), derive)
        except DeriveError as error:
            found.append(Trial(place, number, 0, (str(error),)))
            continue
        wrong = tuple(faults(made, wanted.points))
        found.append(Trial(place, hash_of(str(seen_problem(made))), answer_size(made), wrong))
    return found


def hash_of(text: str) -> int:
    """A number that stands for a text, the same in every process."""
    return zlib.crc32(text.encode())


def table(sheet: Sheet, found: Sequence[Trial]) -> list[Row]:
    """A row for each problem of the sheet."""
    rows = []
    for place, wanted in enumerate(sheet.problems):
        mine = [trial for trial in found if trial.place == place]
        counted = Counter(fault for trial in mine for fault in trial.faults)
        sizes = sorted(trial.size for trial in mine) or [0]
        repeated = len(mine) - len({trial.seen for trial in mine})
        ends = (sizes[0], sizes[len(sizes) // 2], sizes[-1])
        rows.append(Row(place, wanted.kind, len(mine), tuple(sorted(counted.items())), ends, repeated))
    return rows
