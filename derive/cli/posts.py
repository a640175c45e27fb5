"""The commands that put results of others together: the gallery, and posts filled in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from derive.cli.group import REFUSED, command, progress
from derive.core.errors import InputError
from derive.delivery import (
    SITES,
    kept,
    print_out,
    write_file,
)

if TYPE_CHECKING:
    from derive.results.result import Result


@command.command()
@click.option("--check", is_flag=True, help="Only compare; exit 1 on any difference.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True)
@click.pass_context
def gallery(context: click.Context, check: bool, folder: Path) -> None:
    """(Re)build the gallery of derivations."""
    from derive import gallery as pieces

    with progress(len(pieces.PIECES)) as advance:
        if check:
            wrong = pieces.differences(folder, result_of, advance)
        else:
            count = pieces.build(folder, result_of, advance)
    if not check:
        click.echo(f"{count} files in {folder}")
        return
    for name in wrong:
        click.echo(f"{folder / name} differs", err=True)
    if wrong:
        context.exit(REFUSED)


def result_of(arguments: Sequence[str]) -> Result:
    """What a command comes to, instead of its page.

    >>> result_of(["mle", "bernoulli", "--data", "1 1 0 1"]).name
    'mle-bernoulli'
    """
    return asked(arguments)[0]


def asked(arguments: Sequence[str]) -> tuple[Result, str, str]:
    """The same with the language and the detail that were asked for."""
    with kept() as results:
        try:
            command.main(args=list(arguments), prog_name="derive", standalone_mode=False)
        except click.UsageError as error:
            raise InputError(error.format_message()) from None
    result, output = results[-1]
    return cast("Result", result), output.language, output.detail


@command.command()
@click.argument("posts", nargs=-1, required=True, metavar="POST.md…")
@click.option("--lang", "language", metavar="en|zh", help="The sentences' language where a block names none.")
@click.option("--site", type=click.Choice(SITES), help="Write mathematics as this site generator reads it.")
@click.option("--check", is_flag=True, help="Only compare; exit 1 if a post is not up to date.")
@click.pass_context
def fill(context: click.Context, posts: tuple[str, ...], language: str | None, site: str | None, check: bool) -> None:
    """Fill in, or refresh, the blocks of commands in Markdown posts (- reads standard input)."""
    from derive.filling import filled

    def derive(arguments: Sequence[str]) -> tuple[Result, str, str]:
        named = any(a == "--lang" or a.startswith("--lang=") for a in arguments)
        return asked([*arguments, *(("--lang", language) if language and not named else ())])

    made: list[tuple[Path | None, str, str]] = []
    for post in posts:
        path = None if post == "-" else Path(post)
        text = read_post(path)
        folder = path.parent if path else Path()
        with chdir(folder):
            made.append((path, text, filled(text, derive, name=post, folder=Path(), site=site or "")))
    stale = [path or "standard input" for path, before, after in made if before != after]
    if check:
        for name in stale:
            click.echo(f"{name} is not up to date", err=True)
        context.exit(REFUSED if stale else 0)
    for path, before, after in made:
        if path is None:
            print_out(after.encode())
        elif before != after:
            write_file(path, after.encode())


def read_post(path: Path | None) -> str:
    """The text of a post, line ends as they are.

    Raises:
        InputError: it is not text.
    """
    raw = sys.stdin.buffer.read() if path is None else path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path or 'standard input'}: not UTF-8 at byte {error.start}") from None
