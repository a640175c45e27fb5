"""Text for a terminal: formulas in two dimensions, aligned at the relation; sentences wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.columns import COLUMNS, TIED, pad, width, wrap
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.view import BlockView, Detail, PageView, Scribe, StepView
from derive.writing.plain import plain_box, plain_inline

MARGIN = 8
LONGEST_LEFT = 30


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as lines of at most 88 columns, where its formulas allow."""
    return laid(view(page, language, detail, look), language, look)


def view(page: Page, language: str, detail: Detail, look: Look) -> PageView:
    """The page's words and formulas."""
    return Scribe(TextPen(page.notation), page.notation, language, detail, look.templates).page(page)


def laid(view: PageView, language: str, look: Look) -> str:
    """What has been viewed, laid out."""
    return lay_out("text", wrapped(view), language, look)


class TextPen:
    """Writes formulas as blocks of lines."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def lettered(self, notation: Notation) -> TextPen:
        return TextPen(notation)

    def inline(self, side: Side) -> str:
        return plain_inline(side, self._notation).replace(" ", TIED)

    def apart(self, side: Side, after: str) -> str | None:
        return None

    def link(self, text: str, address: str) -> str:
        return text

    def words(self, text: str) -> str:
        return text

    def formula(self, side: Side) -> str:
        return self._joined("", "", side, 0)

    def displays(self, lines: Sequence[Line]) -> list[str]:
        lefts = [self._width(line.left) for line in lines if line.left is not None]
        column = max((w for w in lefts if w <= LONGEST_LEFT), default=4)
        shown = []
        for line in lines:
            if line.left is not None and self._width(line.left) > LONGEST_LEFT:
                above = self._joined("", "", line.left, 0)
                shown.append(above + "\n\n" + self._joined("", _sign(line.relation), line.right, column))
            else:
                shown.append(self._joined(line.left, _sign(line.relation), line.right, column))
        return shown

    def _width(self, side: Side) -> int:
        return max(map(width, plain_box(side, self._notation).lines))

    def _joined(self, left: Side | str | None, sign: str, right: Side, column: int) -> str:
        """``left sign right`` on one baseline, the sign beginning at the column."""
        left_lines, left_base = ([""], 0)
        if left is not None and not isinstance(left, str):
            box = plain_box(left, self._notation)
            left_lines, left_base = list(box.lines), box.baseline
        box = plain_box(right, self._notation)
        right_lines, right_base = list(box.lines), box.baseline
        begin = column + (len(sign) + 2 if sign else 0)
        if MARGIN + begin + max(map(width, right_lines)) > COLUMNS:
            # A block that is wider than the screen would be cut up by it; one long line can be wrapped.
            flat = _airy(plain_inline(right, self._notation))
            right_lines = wrap(flat, columns=max(COLUMNS - MARGIN - begin, 30)).split("\n")
            right_base = 0
        base = max(left_base, right_base)
        below = max(len(left_lines) - left_base, len(right_lines) - right_base)
        rows = []
        for row in range(base + below):
            a = _row(left_lines, row - base + left_base)
            b = _row(right_lines, row - base + right_base)
            middle = f" {sign} " if sign and row == base else " " * (begin - column)
            pushed = " " * (column - max(map(width, left_lines))) + pad(a, max(map(width, left_lines)))
            rows.append((" " * MARGIN + pushed + middle + b).rstrip())
        return "\n".join(rows)


def _airy(formula: str) -> str:
    """Blanks around each plus and minus that stands outside all brackets: where a line may be parted.

    >>> _airy("-a+b(c-d)−e")
    '-a + b(c-d) − e'
    """
    depth = 0
    made = ""
    for character in formula:
        depth += (character in "([{") - (character in ")]}")
        between = depth == 0 and character in "+-−" and made and made[-1] not in " =<>≤≥≈·×/(^_"
        made += f" {character} " if between else character
    return made


_SIGNS = {
    "=": "=",
    "<": "<",
    ">": ">",
    r"\le": "≤",
    r"\ge": "≥",
    r"\approx": "≈",
    r"\iff": "⟺",
    r"\implies": "⟹",
    r"\propto": "∝",
    r"\ne": "≠",
}


def _sign(relation: str) -> str:
    return _SIGNS.get(relation, relation)


def _row(lines: list[str], at: int) -> str:
    return lines[at] if 0 <= at < len(lines) else ""


def wrapped(page: PageView) -> PageView:
    """The page with its sentences in lines and its tables in columns."""
    blocks = tuple(_wrapped_block(block) for block in page.blocks)
    notes = tuple((mark, wrap(note, "  ", f"{mark} ")) for mark, note in page.notes)
    return replace(page, title=wrap(page.title), blocks=blocks, notes=notes)


def _wrapped_block(block: BlockView) -> BlockView:
    if block.kind in ("heading", "prose", "solution"):
        return replace(block, text=wrap(block.text))
    if block.kind == "question":
        return replace(block, text=wrap(f"{block.text} ({block.caption})"))
    if block.kind == "choices":
        return replace(block, text="\n".join(wrap(what, "     ", f" {label})  ") for label, what in block.rows))
    if block.kind == "lines":
        return replace(block, steps=tuple(_wrapped_step(step, "") for step in block.steps))
    if block.kind == "table":
        return replace(block, text=_table(block))
    if block.kind == "picture":
        return replace(block, caption=wrap(block.caption))
    return block


def _wrapped_step(step: StepView, indent: str) -> StepView:
    number = f"{indent}({step.number}) "
    sentence = step.because + (TIED + step.mark if step.mark else "")
    inner = tuple(_wrapped_step(finer, "    ") for finer in step.inside)
    shown = "\n".join(indent + line if line else "" for line in step.display.split("\n"))
    provided = wrap(step.provided, indent + " " * MARGIN) if step.provided else ""
    return replace(
        step, because=wrap(sentence, " " * len(number), number), provided=provided, display=shown, inside=inner
    )


def _table(block: BlockView) -> str:
    rows = [block.head, *block.rows]
    widths = [max(width(row[i]) for row in rows) for i in range(len(block.head))]
    lines = ["  ".join(pad(cell, w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("─" * w for w in widths))
    return "\n".join("  " + line.rstrip() for line in lines).replace(TIED, " ")
