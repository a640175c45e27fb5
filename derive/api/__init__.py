"""The verbs, and the only place where the rooms are wired together.

A verb is loaded when it is asked for: deriving a coin needs nothing of regression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.api.documents import check
    from derive.api.estimation import catalogue, mle
    from derive.api.information import cross_entropy, entropy, kl
    from derive.api.judging import judged
    from derive.api.losses import loss
    from derive.api.marking import mark
    from derive.api.named import listing, own, parsed
    from derive.api.problems import exercise
    from derive.api.reading import read
    from derive.api.sheets import exercises, sheet, stress

_WHERE = {
    "catalogue": "estimation",
    "check": "documents",
    "cross_entropy": "information",
    "entropy": "information",
    "exercise": "problems",
    "exercises": "sheets",
    "judged": "judging",
    "kl": "information",
    "listing": "named",
    "loss": "losses",
    "mark": "marking",
    "mle": "estimation",
    "own": "named",
    "parsed": "named",
    "read": "reading",
    "sheet": "sheets",
    "stress": "sheets",
}

__all__ = [
    "catalogue",
    "check",
    "cross_entropy",
    "entropy",
    "exercise",
    "exercises",
    "judged",
    "kl",
    "listing",
    "loss",
    "mark",
    "mle",
    "own",
    "parsed",
    "read",
    "sheet",
    "stress",
]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        value = getattr(import_module(f"derive.api.{_WHERE[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'derive.api' has no attribute {name!r}")
