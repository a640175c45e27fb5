r"""Derivatives as a document writes them: ``\partial\ell/\partial\sigma^2`` is read as a multiple of ∂ℓ/∂σ."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.nodes import Partial
from derive.core.vectors import Gradient


def written_derivative(side: Any) -> Any:
    """The first derivative that stands alone on a side, or with a factor that is positive; None for other sides."""
    if isinstance(side, Partial | Gradient):
        return side
    if not isinstance(side, sp.Mul):
        return None
    own = [part for part in side.args if isinstance(part, Partial)]
    others = [part for part in side.args if not isinstance(part, Partial)]
    return own[0] if len(own) == 1 and all(part.is_positive for part in others) else None
