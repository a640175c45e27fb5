"""Where an HTML page finds KaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

VERSION = "0.16.22"
NETWORK = f"https://cdn.jsdelivr.net/npm/katex@{VERSION}/dist"

# SHA-384 of the two files in the npm package of this version.
STYLE_HASH = "sha384-5TcZemv2l/9On385z///+d7MSYlvIEw9FuZTIdZ14vJLqWphw7e7ZPuOiCHJcFCP"
SCRIPT_HASH = "sha384-cMkvdD8LoxVzGF/RPUKAcvmm49FQ0oxwDF3BGKtDXcEc+T1b2N+teh/OJfpU0jr6"

ADDRESS = re.compile(r"(https?:)?//[^\s\"'<>]+")


@dataclass(frozen=True, slots=True)
class KatexFiles:
    """The two files, and the hashes that a browser holds them to; empty for a copy of the user's."""

    style: str
    script: str
    style_hash: str = ""
    script_hash: str = ""


def katex_files(folder: str) -> KatexFiles:
    """The network's copy, or the one in a folder.

    A browser checks no hash of a local file, and the user's copy may be of another version.
    """
    if not folder:
        return KatexFiles(f"{NETWORK}/katex.min.css", f"{NETWORK}/katex.min.js", STYLE_HASH, SCRIPT_HASH)
    base = folder.rstrip("/")
    return KatexFiles(f"{base}/katex.min.css", f"{base}/katex.min.js")
