"""What a format may be told besides language and detail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is dressed.

    Args:
        templates: a folder whose templates and words go before the project's own.
    """

    templates: Path | None = None


PLAIN = Look()
