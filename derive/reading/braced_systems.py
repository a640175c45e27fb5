r"""A display that is one brace before equations: ``\left\{ \begin{array}{l} a = b \\ c = d \end{array} \right.``."""

from __future__ import annotations

from derive.reading.tokens import Token

ROWS = ("array", "aligned", "gathered", "split", "alignedat")


def without_brace(found: list[Token]) -> list[Token]:
    """The tokens without the brace, where every row behind it is an equation; else as they are.

    Rows with words, or in columns that are no alignment at a sign, may be cases.
    """
    kept = [k for k, token in enumerate(found) if token.kind != "gap"]
    if len(kept) < 2 or found[kept[0]].text != r"\{" or found[kept[1]].text != r"\begin":
        return found
    begin = kept[1]
    close = next((k for k in range(begin, len(found)) if found[k].text == "}"), begin)
    name = "".join(t.text for t in found[begin + 2 : close])
    ends = [k for k in kept if found[k].text == r"\end"]
    if name not in ROWS or len(ends) != 1 or any(found[k].text in (r"\begin", r"\}") for k in kept[2:]):
        return found
    behind = next((k for k in range(ends[0], len(found)) if found[k].text == "}"), ends[0])
    if any(found[k].kind != "mark" or found[k].text not in ".,;" for k in kept if k > behind):
        return found
    rows: list[list[Token]] = [[]]
    for token in found[close + 1 : ends[0]]:
        if token.kind == "row":
            rows.append([])
        elif token.kind != "gap":
            rows[-1].append(token)
    if not all(is_equation(row) for row in rows if row):
        return found
    return [token for k, token in enumerate(found) if k != kept[0]]


def is_equation(row: list[Token]) -> bool:
    """Has it a sign, no words, and a column only where an alignment has it?"""
    if any(token.kind == "text" for token in row) or not any(token.text == "=" for token in row):
        return False
    columns = [k for k, token in enumerate(row) if token.text == "&"]
    return not columns or all(k + 1 < len(row) and row[k + 1].text == "=" for k in columns)
