"""Points and weights for integrals: the trapezoidal rule after a double exponential change of variable.

Takahasi and Mori (1974): ends at infinity and singularities at the ends become tails that die out doubly
exponentially, and halving the step then doubles the number of correct digits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mpmath.ctx_mp import MPContext

FIRST_LEVEL, LAST_LEVEL = 3, 9
Node = tuple[int, Any, Any]


@lru_cache(maxsize=64)
def standard(kind: str, level: int, digits: int) -> tuple[Node, ...]:
    """(j, u, w) with Σ w·g(u) ≈ ∫ g, where u runs over ℝ (``line``), (0, ∞) (``ray``) or (0, 1) (``piece``).

    The points with even j are those of the level before, with half their weight.
    """
    ctx: Any = MPContext()
    # Near 1 a point must be told from 1 itself, however near.
    ctx.dps = digits * (4 if kind == "piece" else 1) + 10
    step = ctx.mpf(2) ** -level
    half_pi = ctx.pi / 2
    # Far enough out for tails that fall like a power of u.
    reach = {"line": 5.2, "ray": 5.4, "piece": 4.6}[kind]
    found: list[Node] = []
    for j in range(-int(reach / step), int(reach / step) + 1):
        t = j * step
        s, slope = half_pi * ctx.sinh(t), half_pi * ctx.cosh(t)
        if kind == "line":
            u, w = ctx.sinh(s), slope * ctx.cosh(s)
        elif kind == "ray":
            u = ctx.exp(s)
            w = slope * u
        else:
            low = 1 / (1 + ctx.exp(-2 * s))
            u, w = low, 2 * slope * low / (1 + ctx.exp(2 * s))
            if u in (0, 1):
                continue
        found.append((j, u, w * step))
    return tuple(found)


def points(ctx: Any, low: Any, high: Any, level: int) -> list[Node]:
    """(j, x, w) with Σ w·g(x) ≈ ∫_low^high g; the ends are numbers of the context or infinite."""
    digits = ctx.dps
    if ctx.isinf(low) and ctx.isinf(high):
        return [(j, +u, +w) for j, u, w in standard("line", level, digits)]
    if ctx.isinf(high):
        return [(j, low + u, +w) for j, u, w in standard("ray", level, digits)]
    if ctx.isinf(low):
        return [(j, high - u, +w) for j, u, w in standard("ray", level, digits)]
    wide = high - low
    made = [(j, low + wide * u, wide * w) for j, u, w in standard("piece", level, digits)]
    return [(j, x, w) for j, x, w in made if low < x < high]
