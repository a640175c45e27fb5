"""How long a formula takes to read, next to latex2sympy2 and SymPy's parser, over the formulas of published pages."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.reading import Reader, context, lines

PAGES = json.loads((Path(__file__).parents[1] / "reading" / "documents.json").read_text("utf-8"))
GIVEN, DISPLAYS = PAGES["given"], PAGES["displays"]


def median(read: Callable[[str], Any], texts: list[str]) -> tuple[float, int, int]:
    """Seconds a formula, how many were read without an error, and of how many."""
    times, fine = [], 0
    for text in texts:
        best = float("inf")
        for _ in range(2):
            start = time.perf_counter()
            try:
                read(text)
                ok = True
            except Exception:
                ok = False
            best = min(best, time.perf_counter() - start)
        times.append(best)
        fine += ok
    return statistics.median(times), fine, len(texts)


def test_reading(benchmark: Any, capsys: Any) -> None:
    """Aim: half a millisecond a formula."""
    facts = {page: context(given, Facts()) for page, given in GIVEN.items()}
    texts = {text: page for page, text, _ in DISPLAYS}

    def ours(text: str) -> None:
        for chain in lines(Reader(facts[texts[text]]), text):
            for side in chain.sides:
                if side.error is not None:
                    raise InputError(side.error.reason)

    rows = [("derive", *median(ours, list(texts)))]
    try:
        from latex2sympy2 import latex2sympy

        rows.append(("latex2sympy2", *median(latex2sympy, list(texts)[::6])))
    except ImportError:
        pass
    try:
        from sympy.parsing.latex import parse_latex

        parse_latex("x", backend="lark")
        rows.append(("sympy (lark)", *median(lambda t: parse_latex(t, backend="lark"), list(texts)[::6])))
    except Exception:
        pass
    with capsys.disabled():
        for name, seconds, fine, count in rows:
            print(f"\n{name:<14} {1000 * seconds:8.3f} ms a formula, {fine} of {count} read", end="")
    benchmark(lambda: [lines(Reader(facts[page]), text) for text, page in list(texts.items())[:10]])
