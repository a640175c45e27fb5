"""Where a distribution comes from: a name, a name with arguments, or a file that declares one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.distributions.distribution import Distribution
from derive.reading.density import density
from derive.reading.laws import bound_to, called

KEYS = {"name", "variable", "density", "support", "parameters", "known"}


def distribution_of(text: str) -> Distribution:
    r"""The distribution that a text describes.

    Raises:
        InputError: an unknown name, arguments that do not fit, or a file that declares none.

    >>> distribution_of(r"normal(\mu_1, 4)").parameters[0].letter
    \mu_1
    """
    if text.strip().endswith(".toml"):
        return declared_in(Path(text.strip()))
    made, changes = called(text, Facts())
    return bound_to(made, changes)


def with_letters(text: str) -> tuple[Distribution, dict[Any, Any]] | None:
    """The distribution with the letters of its unknown parameters, and the numbers given for them; else None.

    >>> with_letters("poisson(3)")[1]
    {\\lambda: 3}
    >>> with_letters("normal(0, s)") is None
    True
    """
    if text.strip().endswith(".toml"):
        return None
    made, changes = called(text, Facts())
    unknown = {p.letter: changes[p.letter] for p in made.parameters if not p.known and p.letter in changes}
    if len(unknown) < sum(not p.known for p in made.parameters) or not unknown:
        return None
    if any(not getattr(value, "is_number", False) for value in changes.values()):
        return None
    return bound_to(made, {k: v for k, v in changes.items() if k not in unknown}), unknown


def declared_in(path: Path) -> Distribution:
    """The distribution that a TOML file declares.

    Raises:
        InputError: the file cannot be read, or a key is missing or unknown.
    """
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    for key in given.keys() - KEYS:
        raise InputError(f"{path}: the key {key!r} is not known", ", ".join(sorted(KEYS)))
    for key in ("density", "parameters"):
        if key not in given:
            raise InputError(f"{path}: the key {key!r} is missing", "see `derive mle --help`")
    parameters = given["parameters"]
    if not isinstance(parameters, list) or not all(isinstance(p, str) for p in parameters):
        raise InputError(f"{path}: parameters is a list of texts", r"parameters = ['\sigma > 0']")
    texts = {key: given.get(key, "") for key in ("name", "variable", "density", "support")}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise InputError(f"{path}: {key} is a text")
    return density(
        texts["density"],
        parameters,
        texts["support"],
        name=texts["name"] or path.stem,
        variable=texts["variable"],
    )
