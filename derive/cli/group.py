"""The group that all commands belong to, and what they share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

REFUSED, UNUSABLE = 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="derive", message="%(prog)s %(version)s")
def command() -> None:
    """Derivations of probability and statistics, step by step, each step judged."""


@contextmanager
def progress(length: int) -> Iterator[Callable[[], object]]:
    """A bar on standard error, where that is a terminal; what is yielded moves it by one."""
    with click.progressbar(length=length, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield lambda: bar.update(1)
