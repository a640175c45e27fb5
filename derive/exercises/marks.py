"""Points, shared out over the parts of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from derive.core.phrase import Phrase
from derive.derivations.result import Section
from derive.exercises.problem import Share

BEYOND = frozenset({"stable_heading", "torch_heading", "equivalence_heading"})
"""Sections that tell more than was asked for."""


def shared(points: int, weights: Sequence[int]) -> list[int]:
    """Whole points in proportion to the weights, adding up exactly; every part gets one while there are enough.

    >>> shared(10, [1, 3, 1])
    [3, 5, 2]
    >>> shared(2, [1, 5, 2])
    [0, 1, 1]
    """
    if points <= len(weights):
        first = sorted(range(len(weights)), key=lambda k: (-weights[k], k))[:points]
        return [int(k in first) for k in range(len(weights))]
    left, whole = points - len(weights), sum(weights)
    made = [1 + left * w // whole for w in weights]
    rests = sorted(range(len(weights)), key=lambda k: (-(left * weights[k] % whole), k))
    for k in rests[: points - sum(made)]:
        made[k] += 1
    return made


def of_sections(points: int, sections: Sequence[Section]) -> tuple[Share, ...]:
    """Points for each section that calculates something, by its lines; none for what goes beyond the question."""
    worked = [s for s in sections if s.heading.key not in BEYOND and any(chain.steps for chain in s.chains)]
    weights = [sum(len(chain.steps) for chain in s.chains) for s in worked]
    made = zip(worked, shared(points, weights), strict=True)
    return tuple(Share(section.heading, count) for section, count in made if count)


def of_parts(points: int, *parts: tuple[str, int]) -> tuple[Share, ...]:
    """Points for parts that have a name and a weight."""
    made = zip(parts, shared(points, [weight for _, weight in parts]), strict=True)
    return tuple(Share(Phrase(key), count) for (key, _), count in made if count)
