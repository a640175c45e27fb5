"""Is a difference more than what rounding, cancellation and quadrature leave? The same walk, a little off everywhere.

A twin of the walker moves every sum by a few units in its last digits, measured by the size of what was added, and
every integral by half of the digits of the size of what was summed up. A difference that is there changes little by
that; one that cancellation or the quadrature has left changes as much as it is (Vignes, "A stochastic arithmetic for
reliable scientific computation", 1993).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from derive.checking.budget import GivesUp

if TYPE_CHECKING:
    from derive.checking.walker import Walker

# So many times larger than what shaking changes is a difference that is there.
CLEAR = 100
LADDER = (45, 90, 180)
MOST_OF_INTEGRALS = 45
LAST = 5
NO_DIGITS = ("digits", "quadrature", "series")
KEPT = ("table", "parted", "masses")


class Shaking:
    """How far each sum and each integral is moved: always the same way for the same expression."""

    def __init__(self) -> None:
        self.weights: dict[Any, float] = {}
        self.random = random.Random(0)
        self.integrals = False

    def weight(self, key: Any) -> float:
        """Between a half and one, of either sign."""
        found = self.weights.get(key)
        if found is None:
            found = self.weights[key] = self.random.choice((-1, 1)) * (1 + self.random.random()) / 2
        return found

    def moved(self, ctx: Any, total: Any, terms: Iterable[Any], key: Any) -> Any:
        """The total of terms that were added up."""
        return total + ctx.fsum(abs(t) for t in terms) * ctx.mpf(10) ** (LAST - ctx.dps) * self.weight(key)

    def estimated(self, ctx: Any, total: Any, size: Any, digits: int, key: Any) -> Any:
        """The sum of a quadrature, which is right to half of the digits or better."""
        self.integrals = True
        return total + size * ctx.mpf(10) ** (-digits // 2) * self.weight(key)


def there(difference: Callable[..., Any], *walkers: Walker) -> bool:
    """Is the difference not zero, as far as numbers can tell? Looked at with more digits where few leave it open.

    Args:
        difference: of values at the walkers it is given.
        walkers: at one or several points.

    Raises:
        GivesUp: it is within the rounding, and more digits cannot be had.
    """
    ctx = walkers[0].ctx
    for digits in (ctx.dps, *(d for d in LADDER if d > ctx.dps)):
        try:
            closer = walkers if digits == ctx.dps else tuple(w.nearer(digits) for w in walkers)
            shaken = tuple(twin(w) for w in closer)
            value, other = difference(*closer), difference(*shaken)
        except GivesUp as stop:
            raise GivesUp("rounding" if stop.reason in NO_DIGITS else stop.reason) from None
        if not (ctx.isfinite(value) and ctx.isfinite(other)):
            raise GivesUp("size")
        if abs(value) > CLEAR * abs(value - other):
            return True
        if digits >= MOST_OF_INTEGRALS and any(w.shaking is not None and w.shaking.integrals for w in shaken):
            break
    return False


def twin(walker: Walker) -> Walker:
    """The walker that is a little off, kept for the next expression; the points of integrals are the same."""
    if walker.shaken is None:
        walker.shaken = type(walker)(walker.facts, walker.point, walker.budget, walker.ctx.dps)
        walker.shaken.ctx, walker.shaken.shaking = walker.ctx, Shaking()
    made = walker.shaken
    made.budget, made.moved, made.bound = walker.budget, walker.moved, walker.bound
    made.memo |= {key: value for key, value in walker.memo.items() if isinstance(key, tuple) and key[0] in KEPT}
    return made
