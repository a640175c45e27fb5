"""Points and weights for integrals: the trapezoidal rule after a change of variable.

Takahasi and Mori (1974): where the integrand dies out doubly exponentially in the new variable, halving the step
doubles the number of correct digits. Densities with an exponential in them need a gentler change than those with
tails like a power.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mpmath.ctx_mp import MPContext

LAST_LEVEL = 9
Node = tuple[int, Any, Any]
REACH = {
    "line": 3.6,
    "ray": 3.9,
    "piece": 2.8,
    "smooth piece": 2.8,
    "line of exponentials": 40.0,
    "ray of exponentials": 40.0,
}


@lru_cache(maxsize=64)
def standard(kind: str, level: int, digits: int) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """(j, u, w) with Σ w·g(u) ≈ ∫ g, outwards from the middle to the right and to the left.

    u runs over ℝ (``line``), (0, ∞) (``ray``) or (0, 1) (``piece``); points with even j are those of the level before,
    with half their weight.
    """
    ctx: Any = MPContext()
    # Near 1 a point must be told from 1 itself, however near.
    ctx.dps = digits * (4 if kind == "piece" else 1) + 10
    step = ctx.mpf(2) ** -level
    # Far enough out for tails that fall like a root of u.
    reach = REACH[kind] if REACH[kind] > 10 else REACH[kind] + float(ctx.asinh(digits)) / 2
    sides = []
    for numbers in (range(0, int(reach / step) + 1), range(-1, -int(reach / step) - 1, -1)):
        side: list[Node] = []
        for j in numbers:
            u, w = changed(ctx, kind, j * step)
            if w == 0 or (kind.endswith("piece") and u in (0, 1)):
                break
            side.append((j, u, w * step))
        sides.append(tuple(side))
    return sides[0], sides[1]


def changed(ctx: Any, kind: str, t: Any) -> tuple[Any, Any]:
    """u(t) and u'(t)."""
    if kind == "line of exponentials":
        return ctx.sinh(t), ctx.cosh(t)
    if kind == "ray of exponentials":
        if t < -8:
            return ctx.mpf(0), ctx.mpf(0)
        inner = ctx.exp(-t)
        u = ctx.exp(t - inner)
        return u, (1 + inner) * u
    s, slope = ctx.pi / 2 * ctx.sinh(t), ctx.pi / 2 * ctx.cosh(t)
    if kind == "line":
        return ctx.sinh(s), slope * ctx.cosh(s)
    if kind == "ray":
        return ctx.exp(s), slope * ctx.exp(s)
    low = 1 / (1 + ctx.exp(-2 * s))
    return low, 2 * slope * low / (1 + ctx.exp(2 * s))


def kind_of(ctx: Any, low: Any, high: Any, exponential: bool) -> str:
    """Which change of variable suits the ends."""
    infinite = ctx.isinf(low) + ctx.isinf(high)
    return ("piece", "ray", "line")[infinite] + (" of exponentials" if exponential and infinite else "")


def placed(nodes: tuple[Node, ...], ctx: Any, low: Any, high: Any, centre: Any = 0, scale: Any = 1) -> list[Node]:
    """Points between these ends; at infinite ones in units of ``scale``, on the whole line from ``centre``."""
    if ctx.isinf(low) and ctx.isinf(high):
        return [(j, centre + scale * u, scale * w) for j, u, w in nodes]
    if ctx.isinf(high):
        return [(j, low + scale * u, scale * w) for j, u, w in nodes]
    if ctx.isinf(low):
        return [(j, high - scale * u, scale * w) for j, u, w in nodes]
    wide = high - low
    made = [(j, low + wide * u, wide * w) for j, u, w in nodes]
    return [(j, x, w) for j, x, w in made if low < x < high]
