"""The letters of a page."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from derive.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Notation:
    r"""The reader's letters; the mathematics does not depend on them.

    Args:
        data: the letter of an observation; empty: the distribution's own.
        index: the index of an observation.
        size: the sample size.
        log: ``\log`` or ``\ln``.
        likelihood: the letter of the likelihood.
        density: the letter of the density or mass function.
    """

    data: str = ""
    index: str = "i"
    size: str = "N"
    log: str = r"\log"
    likelihood: str = "L"
    density: str = "f"

    def changed(self, settings: tuple[str, ...]) -> Notation:
        """This notation with ``KEY=VALUE`` settings put in.

        Raises:
            InputError: an unknown key, an empty value, or two things with one letter.

        >>> Notation().changed(("data=D", r"log=\\ln")).data
        'D'
        """
        known = [f.name for f in fields(self)]
        changes: dict[str, str] = {}
        for setting in settings:
            key, equals, value = setting.partition("=")
            if not equals or key not in known:
                raise InputError(
                    f"--notation {setting}: not a setting", f"KEY=VALUE with KEY one of {', '.join(known)}"
                )
            if not value or any(c in value for c in "{}$%#&~^<> \n"):
                raise InputError(f"--notation {setting}: the value must be one letter or LaTeX command")
            changes[key] = value
        if changes.get("log", r"\log") not in (r"\log", r"\ln"):
            raise InputError(f"--notation log={changes['log']}: not a natural logarithm", r"\log or \ln")
        made = replace(self, **changes)
        letters = [made.data, made.index, made.size, made.likelihood, made.density]
        if len({x for x in letters if x}) != len([x for x in letters if x]):
            raise InputError("--notation: two things share one letter")
        return made
