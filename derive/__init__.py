"""derive: derivations of probability and statistics, step by step, each step judged.

>>> import derive
>>> derive.mle("poisson", data="2 0 1").values
{\\lambda: 1}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.api import check, mark, mle
    from derive.core.errors import DeriveError, InputError, NoDerivation, Unproved
    from derive.distributions.distribution import Distribution, distribution
    from derive.results.result import Result

_WHERE = {
    "loss": "derive.api",
    "exercise": "derive.api",
    "check": "derive.api",
    "mark": "derive.api",
    "mle": "derive.api",
    "cross_entropy": "derive.api",
    "entropy": "derive.api",
    "kl": "derive.api",
    "Result": "derive.results.result",
    "Distribution": "derive.distributions.distribution",
    "distribution": "derive.distributions.distribution",
    "DeriveError": "derive.core.errors",
    "InputError": "derive.core.errors",
    "NoDerivation": "derive.core.errors",
    "Unproved": "derive.core.errors",
}
__all__ = [
    "DeriveError",
    "Distribution",
    "InputError",
    "NoDerivation",
    "Result",
    "Unproved",
    "check",
    "cross_entropy",
    "distribution",
    "entropy",
    "exercise",
    "kl",
    "loss",
    "mark",
    "mle",
]


def __getattr__(name: str) -> Any:
    # SymPy costs a third of a second; asking for help should not.
    if name in _WHERE:
        from importlib import import_module

        value = getattr(import_module(_WHERE[name]), name)
        # A package of the same name would otherwise take the name's place.
        globals()[name] = value
        return value
    raise AttributeError(f"module 'derive' has no attribute {name!r}")
