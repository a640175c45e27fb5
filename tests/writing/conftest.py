"""KaTeX, to be asked what it says of a formula."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sphinxcontrib.katex

SCRIPT = Path(sphinxcontrib.katex.__file__).parent / "katex.min.js"
TYPESET = """function (latex, display) {
    try { katex.renderToString(latex, {displayMode: display, strict: "error", trust: false}); return ""; }
    catch (error) { return error.message; }
}"""


@pytest.fixture(scope="session")
def typeset() -> Any:
    import quickjs

    context = quickjs.Context()
    context.eval(SCRIPT.read_text("utf-8"))
    function = context.eval(f"globalThis.typeset = {TYPESET}")
    seen: dict[tuple[str, bool], str] = {}

    def complaint(latex: str, display: bool) -> str:
        if (latex, display) not in seen:
            seen[latex, display] = function(latex, display)
        return seen[latex, display]

    return complaint
