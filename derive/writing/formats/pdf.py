"""PDF: the LaTeX document, compiled by the engine that is installed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from derive.core.errors import DeriveError, InputError

SECONDS = 120

# Those that know all letters of Unicode come first where pdflatex would need fonts that few have.
ENGINES = {"plain": ("pdflatex", "xelatex", "tectonic"), "wide": ("xelatex", "tectonic")}

_FLAGS = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")


def compiled(document: str, language: str, files: Mapping[str, bytes] | None = None) -> bytes:
    """The document as PDF, made in a folder that is removed, without a shell, in limited time.

    Args:
        files: figures, by the names under which the document includes them.

    Raises:
        InputError: no TeX engine is installed.
        DeriveError: the engine failed or took too long.
    """
    engine = find_engine(document, language)
    with tempfile.TemporaryDirectory(prefix="derive-") as name:
        folder = Path(name)
        (folder / "page.tex").write_text(document, encoding="utf-8", newline="\n")
        for file, content in (files or {}).items():
            (folder / Path(file).name).write_bytes(content)
        _run(engine, folder)
        made = folder / "page.pdf"
        if not made.is_file():
            raise DeriveError(f"{Path(engine).name} made no PDF: {_complaint(folder)}")
        return made.read_bytes()


def find_engine(document: str, language: str) -> str:
    """The path of the engine for this document."""
    wide = language != "en" or r"\DeclareUnicodeCharacter" in document
    names = ENGINES["wide" if wide else "plain"]
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    raise InputError(
        f"no TeX engine was found (looked for {', '.join(names)})",
        "install TeX Live with xetex and its Chinese package, or tectonic; or write --format tex",
    )


def _run(engine: str, folder: Path) -> None:
    flags = ("--untrusted",) if Path(engine).stem == "tectonic" else _FLAGS
    # No clock in the file; nothing is read or written outside the folder by an absolute path.
    settings = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1", "openin_any": "p", "openout_any": "p"}
    process = subprocess.Popen(
        [engine, *flags, "page.tex"],
        cwd=folder,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = process.wait(SECONDS)
    except BaseException as error:
        # The engine's own children go with it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            raise DeriveError(f"{Path(engine).name} did not finish in {SECONDS} seconds") from None
        raise
    if status:
        raise DeriveError(f"{Path(engine).name} failed: {_complaint(folder)}")


def _complaint(folder: Path) -> str:
    """The first error of the log."""
    log = folder / "page.log"
    text = log.read_text("utf-8", errors="replace") if log.is_file() else ""
    found = re.search(r"^! (.+)$", text, re.MULTILINE)
    return found[1] if found else "it left no message"
