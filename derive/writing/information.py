"""Expectations, entropies, divergences and extrema, as a person writes them."""

from __future__ import annotations

from typing import Any

from derive.core.information import Cardinality, CrossEntropy, Divergence, Entropy, Expectation, Extremum, Variance
from derive.writing.mathtree import Accent, Applied, Atom, BigOperator, Brackets, Gap, Node, Operator, Scripts, row

INFORMATION = (Expectation, Variance, Entropy, CrossEntropy, Divergence, Cardinality, Extremum)
COMMA = row(Atom(","), Gap())
KL = Scripts(Atom("D"), Accent("mathrm", Atom("KL")))


class InformationLayout:
    r"""``\mathbb{E}_{p}[\log p(x)]``, ``H(p, q)``, ``D_{\mathrm{KL}}(p \| q)``, ``\arg\max_{\theta}``."""

    __slots__ = ()

    def expression(self, e: Any) -> Node:
        """Supplied by the layout that this is part of."""
        raise NotImplementedError

    def factor(self, e: Any) -> Node:
        """Supplied by the layout that this is part of."""
        raise NotImplementedError

    def name(self, name: str) -> Node:
        """Supplied by the layout that this is part of."""
        raise NotImplementedError

    def information(self, e: Any) -> Node:
        """Any node of information theory."""
        if isinstance(e, Expectation | Variance):
            sign = r"\mathbb{E}" if isinstance(e, Expectation) else r"\operatorname{Var}"
            expr, variable, law = e.args
            # E[X²] says by itself what it runs over, E_p[x²] does not.
            head = Operator(sign) if variable == law else Scripts(Operator(sign), self.expression(law))
            return Applied(head, Brackets(self.expression(expr), "square"))
        if isinstance(e, Cardinality):
            return Brackets(self.expression(e.args[0]), "bars")
        if isinstance(e, Extremum):
            return self.extremum(*e.args)
        p, *others = (self.expression(law) for law in e.args)
        if isinstance(e, Divergence):
            return Applied(KL, Brackets(row(p, Gap(), Atom(r"\|"), Gap(), others[0])))
        return Applied(Atom("H"), Brackets(row(p, COMMA, others[0]) if others else p))

    def extremum(self, expr: Any, letters: Any, kind: Any) -> Node:
        """The sign with its letters below, then what is made large or small."""
        sign = {"argmax": r"\arg\max", "argmin": r"\arg\min", "max": r"\max", "min": r"\min"}[str(kind)]
        below = [node for letter in letters for node in (COMMA, self.expression(letter))][1:]
        return row(BigOperator(sign, row(*below)), Gap(), self.factor(expr))
