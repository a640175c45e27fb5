"""Other letters for the same derivation: those of the page, and those of the parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.core.domains import POSITIVE, REALS, UNIT
from derive.distributions import book
from derive.exercises.chance import Dice

DATA = ("x", "y", "z", "t")
SIZES = ("N", "n", "m")
INDICES = ("i", "j", "n")
PARAMETERS = (
    (UNIT, ("p", "q", r"\theta")),
    (POSITIVE, (r"\lambda", r"\theta", r"\beta", r"\alpha", "a", "b", "c")),
    (REALS, (r"\mu", r"\theta", "m", "a")),
)


def page_letters(verb: str, dice: Dice, taken: str) -> tuple[str, ...]:
    """Settings of the page's letters that do not fall on the letters of the laws.

    Args:
        taken: the laws as they are written, whose letters are not for the page.
    """
    used = set(re.findall(r"\\[A-Za-z]+|[A-Za-z]+", taken))
    if verb == "loss":
        # The letters of models are fixed; only the size is free.
        return (f"size={dice.one(('N', 'n'))}",)
    data = [letter for letter in DATA if letter not in used]
    settings = [f"data={dice.one(data)}"] if data else []
    if verb == "mle":
        size = dice.one([letter for letter in SIZES if letter not in used])
        index = dice.one([letter for letter in INDICES if letter not in used and letter != size])
        settings += [f"size={size}", f"index={index}"]
    return tuple(settings)


def relettered(name: str, dice: Dice, known: Sequence[str] = ()) -> str:
    """A family with other letters for its parameters; what is more than a name stays as it is.

    >>> relettered("binomial(10, p)", Dice("1"))
    'binomial(10, p)'
    """
    key = name.strip().lower()
    if key not in book.NAMES or known:
        return name
    family = book.named(key)
    letters = [str(p.letter) for p in family.parameters]
    made: list[str] = []
    for parameter, letter in zip(family.parameters, letters, strict=True):
        pool = next((pool for domain, pool in PARAMETERS if parameter.domain == domain), ())
        free = [other for other in pool if other not in made and (other == letter or other not in letters)]
        plain = letter in pool and not parameter.known
        made.append(dice.one(free) if plain and free else letter)
    return name if made == letters else f"{key}({', '.join(made)})"
