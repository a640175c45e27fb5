"""A sheet to draw on: the same bytes for the same figure, whatever the user's own settings are."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from derive.core.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, SOFT = "#1f2328", "#8a8f98"
BLUE, ORANGE, PALE = "#1f5f99", "#c2571a", "#c9d8e8"

# Fonts with Chinese characters, in order of liking.
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)

_NO_CLOCK: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


@contextmanager
def sheet(language: str, ending: str) -> Iterator[None]:
    """matplotlib's own settings with ours on top, for the time of one drawing.

    Raises:
        InputError: matplotlib is not installed, or no font has the letters of the language.
    """
    try:
        import matplotlib
    except ImportError:
        raise InputError("a figure needs matplotlib", "pip install 'derive[plot]'") from None
    ours = {
        "font.family": ["DejaVu Sans"],
        "font.size": 10,
        "mathtext.fontset": "cm",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "axes.titlesize": 10.5,
        "axes.titlelocation": "left",
        "xtick.color": INK,
        "ytick.color": INK,
        "legend.frameon": False,
        "legend.fontsize": 9,
        "savefig.dpi": 150,
        "svg.hashsalt": "derive",
        "svg.fonttype": "path",
        "pdf.compression": 6,
    }
    if language == "zh":
        font = chinese_font()
        if font:
            ours["font.family"] = ["DejaVu Sans", font]
        elif ending == "svg":
            # The reader's browser has such a font even where this machine has none.
            ours |= {"svg.fonttype": "none", "font.family": ["DejaVu Sans", "sans-serif"]}
        else:
            raise InputError("no font with Chinese letters was found", f"install {CHINESE[1]}, or draw an .svg")
    default = {
        k: v for k, v in matplotlib.rcParamsDefault.items() if not k.startswith(("backend", "webagg", "interactive"))
    }
    with warnings.catch_warnings(), matplotlib.rc_context(default | ours):
        # The reader's machine has the letters that are missing here.
        warnings.filterwarnings("ignore", message="Glyph")
        yield


def chinese_font() -> str | None:
    """The name of an installed font with Chinese letters."""
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE if name in known), None)


def panels(rows: int, width: float = 6.4, height: float = 2.6) -> tuple[Figure, list[Axes]]:
    """A figure with so many panels below each other."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height * rows), layout="constrained")
    return figure, list(figure.subplots(rows, 1, squeeze=False)[:, 0])


def saved(figure: Figure, ending: str) -> bytes:
    """The figure as svg, png or pdf, without a clock in it."""
    stream = io.BytesIO()
    figure.savefig(stream, format=ending, metadata=_NO_CLOCK[ending])
    return stream.getvalue()


def math(latex: str) -> str:
    """LaTeX for a label; what matplotlib cannot set is shown as it is written."""
    from matplotlib.mathtext import MathTextParser

    text = f"${latex}$"
    try:
        MathTextParser("path").parse(text)
    except ValueError:
        return latex.replace("$", "")
    return text
