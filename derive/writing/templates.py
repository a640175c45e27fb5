"""Where templates and words are: the project's own, and a folder of the user's that goes before them."""

from __future__ import annotations

from pathlib import Path

from derive.core.errors import DeriveError, InputError


def templates_folder() -> Path:
    """Where the templates are: inside an installed package, else beside it in a checkout.

    Raises:
        DeriveError: they are in neither place.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise DeriveError("the templates are missing from this installation")


def folders(own: Path | None = None) -> tuple[Path, ...]:
    """The folders to search, the user's first.

    Raises:
        InputError: the user's is not a folder.
    """
    if own is None:
        return (templates_folder(),)
    if not own.is_dir():
        raise InputError(f"--templates {own}: there is no such folder")
    return (own, templates_folder())


def languages(own: Path | None = None) -> tuple[str, ...]:
    """The languages that have a file of words."""
    return tuple(sorted({path.stem for folder in folders(own) for path in (folder / "words").glob("*.toml")}))
