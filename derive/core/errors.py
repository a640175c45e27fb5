"""The tree of errors: what a caller may catch."""

from __future__ import annotations


class DeriveError(Exception):
    """The root: every error that this package raises on purpose."""


class InputError(DeriveError):
    """The input cannot be understood or used; the message says what, where and what would do.

    Args:
        message: what is wrong, in one sentence.
        hint: what would do instead, or the empty string.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class Unproved(DeriveError):
    """A step of a derivation was neither proved nor tested, so the derivation is withheld."""


class NoDerivation(DeriveError):
    """The mathematics of the model is beyond the plans: nothing is claimed rather than something wrong."""
