"""Which relations the judge is asked about, and which only join equations."""

from __future__ import annotations

from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS, TENDS
from derive.reading.chains import Link

JUDGED = ("equal", "approximately", "at_least", "at_most", "greater", "less", "proportional")
CONNECTIVES = ("implies", "equivalent")
WEAKER = {LESS: AT_MOST, GREATER: AT_LEAST}


def opens_with_arrow(links: list[Link]) -> bool:
    """Does a row that goes on begin with an arrow before an equation? It says what follows."""
    arrow = links[0].relation == TENDS and len(links) > 1 and links[1].relation == EQUAL
    return arrow or links[0].relation.id in CONNECTIVES
