"""The reader of one page: text in, expressions out, under the facts."""

from __future__ import annotations

from typing import Any

from derive.reading import arithmetic
from derive.reading.building import build
from derive.reading.cursor import Cursor, is_relation
from derive.reading.dots import written_out
from derive.reading.evaluated import gathered
from derive.reading.factors import factor
from derive.reading.scope import Scope
from derive.reading.tokens import Source, tokens
from derive.reading.tree import Leaf, Nodes, is_mark


class Reader(Scope):
    """Reads formulas one after the other; letters that one of them brings in keep their meaning in the next."""

    def value(self, nodes: Nodes) -> Any:
        cursor = Cursor(gathered(written_out(self, nodes)))
        self.depth += 1
        if self.depth > 60:
            raise self.refuse("the formula is nested too deeply", cursor.at())
        made = self.terms(cursor)
        self.depth -= 1
        left = cursor.peek()
        if left is not None:
            raise self._left_over(left)
        return made

    def _left_over(self, left: Any) -> Any:
        if isinstance(left, Leaf) and is_relation(left):
            return self.refuse(f"the relation {left.text} stands inside a formula", left)
        if is_mark(left, ","):
            return self.refuse("a comma stands inside the formula", left)
        return self.refuse(f"{self.spelled(left)} has no meaning here", left)

    def terms(self, cursor: Cursor) -> Any:
        return arithmetic.terms(self, cursor)

    def term(self, cursor: Cursor) -> Any:
        return arithmetic.term(self, cursor)

    def factor(self, cursor: Cursor) -> Any:
        return factor(self, cursor)

    def nodes(self, source: Source) -> Nodes:
        """The nodes of a text, which becomes the one that places refer to."""
        self.source = source
        self.depth = 0
        return build(source, tokens(source))
