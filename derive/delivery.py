"""What all commands that show a result share: their options, and the file or the terminal it goes to."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import click

from derive.core.errors import InputError

FORMATS = ("text", "md", "tex", "html", "ipynb", "pdf", "json")
PLATFORMS = ("moodle", "qti")
"""What learning platforms take: exercises only."""
ENDINGS = {
    ".txt": "text",
    ".md": "md",
    ".markdown": "md",
    ".tex": "tex",
    ".html": "html",
    ".htm": "html",
    ".ipynb": "ipynb",
    ".pdf": "pdf",
    ".json": "json",
    ".xml": "moodle",
    ".zip": "qti",
}
FIGURES = ("svg", "png", "pdf")
SITES = ("jekyll", "hugo")

Command = TypeVar("Command", bound=Callable[..., Any])


class Shown(Protocol):
    """What a verb returns, as far as it is shown."""

    @property
    def name(self) -> str:
        """A short name for files."""

    def content(self, format: str, language: str, detail: str, look: Any) -> bytes:
        """The bytes of a file."""

    def figure(self, ending: str, language: str, look: Any) -> tuple[Any, bytes]:
        """What is to be seen, and the picture."""


_KEEP: ContextVar[list[tuple[Shown, Output]] | None] = ContextVar("_KEEP", default=None)


@contextmanager
def kept() -> Iterator[list[tuple[Shown, Output]]]:
    """Results are kept in this list, each with what was asked of its page; none is shown."""
    results: list[tuple[Shown, Output]] = []
    token = _KEEP.set(results)
    try:
        yield results
    finally:
        _KEEP.reset(token)


@dataclass(frozen=True, slots=True)
class Output:
    """What was asked of a page, and where it goes.

    Args:
        out: a file, a folder, or None for standard output.
        plot: the file of a figure.
        document_class: of a TeX page.
    """

    language: str = "en"
    form: str = "md"
    out: Path | None = None
    detail: str = "brief"
    front_matter: str = ""
    katex: str = ""
    plot: Path | None = None
    templates: Path | None = None
    document_class: str = "article"

    def deliver(self, result: Shown) -> None:
        """The page where it was asked for, and its figure; nothing is written before all is made."""
        from derive.writing.formats.look import Look

        keep = _KEEP.get()
        if keep is not None:
            keep.append((result, self))
            return
        out = self.out
        if out is not None and out.is_dir():
            out = out / f"{result.name}{ending_of(self.form)}"
            check_target(out)
        look = Look(
            self.front_matter,
            address(self.katex, out),
            templates=self.templates,
            document_class=self.document_class,
        )
        drawn = b""
        if self.plot is not None:
            look, drawn = self._with_figure(result, look, self.plot, out)
        content = result.content(self.form, self.language, self.detail, look)
        if self.plot is not None:
            write_file(self.plot, drawn)
        if out is None:
            print_out(content)
        else:
            write_file(out, content)

    def _with_figure(self, result: Shown, look: Any, plot: Path, out: Path | None) -> tuple[Any, bytes]:
        """The look with the figure in it, and the figure as it was asked for."""
        from dataclasses import replace

        from derive.pages.blocks import Picture

        ending = plot.suffix.lower().removeprefix(".")
        caption, drawn = result.figure(ending, self.language, look)
        file = os.path.relpath(plot, out.parent if out else Path())
        inner = drawn
        if self.form == "pdf" and ending == "svg":
            file, inner = "figure.pdf", result.figure("pdf", self.language, look)[1]
        elif self.form == "pdf":
            file = f"figure.{ending}"
        elif self.form in ("html", "ipynb") and ending == "pdf":
            file, inner = "figure.svg", result.figure("svg", self.language, look)[1]
        elif self.form == "ipynb":
            file = f"figure.{ending}"
        return replace(look, picture=Picture(caption, Path(file).as_posix(), inner)), drawn


def output_options(command: Command) -> Command:
    """``--lang``, ``--format``, ``--out`` … on a command, which gets them as one ``output``."""
    return output_options_in(FORMATS)(command)


def output_options_in(formats: Sequence[str]) -> Callable[[Command], Command]:
    """The same with these formats to choose from."""
    return partial(with_options, formats=formats)


def with_options(command: Command, formats: Sequence[str]) -> Command:
    """The command with the options of its output."""

    @wraps(command)
    def wrapped(
        *args: Any,
        language: str,
        form: str | None,
        out: Path | None,
        detail: str,
        front_matter: str | None,
        katex: str | None,
        plot: Path | None,
        templates: Path | None,
        **rest: Any,
    ) -> Any:
        from derive.writing.templates import languages

        if language not in languages(templates):
            known = ", ".join(languages(templates))
            raise InputError(f"--lang {language}: there are no words for this language", known)
        form = form or form_of(out, formats)
        made = Output(language, form, out, detail, front_matter or "", katex or "", plot, templates)
        check(made)
        return command(*args, output=made, **rest)

    made: Any = wrapped
    for option in reversed(options(formats)):
        made = option(made)
    return cast(Command, made)


def options(formats: Sequence[str]) -> tuple[Callable[[Any], Any], ...]:
    """The options of a page's output."""
    return (
        click.option(
            "--lang", "language", default="en", show_default=True, metavar="en|zh", help="The sentences' language."
        ),
        click.option("--format", "form", type=click.Choice(formats), help="Default: text to a terminal, md otherwise."),
        click.option(
            "--out",
            type=click.Path(path_type=Path),
            metavar="FILE|DIR",
            help="Write there; a file's ending gives the format.",
        ),
        click.option("--detail", type=click.Choice(["brief", "full"]), default="brief", show_default=True),
        click.option("--front-matter", type=click.Choice(SITES), help="Markdown for this site generator."),
        click.option("--katex", metavar="PATH|URL", help="The folder of KaTeX for HTML, instead of the network's."),
        click.option(
            "--plot", type=click.Path(path_type=Path), metavar="FILE", help="A figure besides: svg, png or pdf."
        ),
        click.option(
            "--templates",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Templates and words that go before the built-in ones.",
        ),
    )


def check(output: Output) -> None:
    """Refuse what cannot be done before anything is computed."""
    if output.out is not None:
        check_target(output.out)
    if output.front_matter and output.form != "md":
        raise InputError(f"--front-matter {output.front_matter}: the format is {output.form}", "--format md")
    if output.katex and output.form != "html":
        raise InputError(f"--katex {output.katex}: the format is {output.form}", "--format html")
    address(output.katex, output.out)
    if output.plot is None:
        return
    ending = output.plot.suffix.lower().removeprefix(".")
    if ending not in FIGURES:
        raise InputError(f"--plot {output.plot}: no figure has this ending", ", ".join(f".{e}" for e in FIGURES))
    if output.plot.is_dir():
        raise InputError(f"--plot {output.plot} is a directory", "name a file")
    check_target(output.plot)
    if output.out is not None and output.plot.resolve() == output.out.resolve():
        raise InputError(f"--plot {output.plot} is the same file as --out")
    if output.form == "tex" and (ending == "svg" or not re.fullmatch(r"[\w./-]+", output.plot.as_posix(), re.ASCII)):
        raise InputError(
            f"--plot {output.plot}: TeX cannot include it", "a name of plain letters that ends in .pdf or .png"
        )
    if output.form == "md" and ending == "pdf":
        raise InputError(f"--plot {output.plot}: Markdown shows no PDF", "a name that ends in .svg or .png")


def address(katex: str, out: Path | None) -> str:
    """Where the page finds KaTeX: an address as it is, a folder relative to the page.

    Raises:
        InputError: the folder does not hold KaTeX.
    """
    if not katex or re.fullmatch(r"(https?:)?//[^\s\"'<>\\]+", katex):
        return katex
    folder = Path(katex)
    for file in ("katex.min.css", "katex.min.js"):
        if not (folder / file).is_file():
            raise InputError(f"--katex {katex}: there is no {file} in this folder", "or give an address, https://…")
    if folder.is_absolute():
        return folder.as_uri()
    page = Path() if out is None else out if out.is_dir() else out.parent
    from urllib.parse import quote

    return quote(Path(os.path.relpath(folder, page)).as_posix())


def ending_of(form: str) -> str:
    """The ending of a file in this format."""
    return next(ending for ending, one in ENDINGS.items() if one == form)


def form_of(out: Path | None, formats: Sequence[str] = FORMATS) -> str:
    """The format where none is named: by the ending of the file, or by who reads."""
    if out is not None and not out.is_dir():
        found = ENDINGS.get(out.suffix.lower())
        if found not in formats and out.suffix:
            raise InputError(f"--out {out}: no format has the ending {out.suffix}", "choose one with --format")
        return found or "md"
    return "text" if out is None and sys.stdout.isatty() else "md"


def check_target(out: Path) -> None:
    """Refuse a file whose folder is not there."""
    if not out.is_dir() and not out.parent.is_dir():
        raise InputError(f"--out {out}: there is no directory {out.parent}")


def write_file(out: Path, content: bytes) -> None:
    """Into the file all at once; a link stays a link, and a file keeps its mode."""
    if out.exists() and not out.is_file():
        # A device or a pipe is written to, not replaced.
        out.write_bytes(content)
        return
    target = out.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(mode)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def print_out(content: bytes) -> None:
    """To standard output, for as long as someone reads it."""
    try:
        if content[:5] == b"%PDF-" or content[:4] == b"PK\x03\x04":
            if sys.stdout.isatty():
                raise InputError("a PDF or a zip is not shown on a terminal", "name a file with --out")
            click.echo(content, nl=False)
        else:
            click.echo(content.decode(), nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Without this Python complains again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
