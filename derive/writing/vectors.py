"""Vectors and matrices: transposes, products in their own order, gradients."""

from __future__ import annotations

from abc import ABC
from typing import Any

import sympy as sp

from derive.core.errors import DeriveError
from derive.core.vectors import (
    AbsoluteNorm,
    Diagonal,
    Dot,
    Elementwise,
    Gradient,
    Hessian,
    Jacobian,
    MatrixAt,
    MatrixOf,
    Rank,
    Softmax,
    SquaredNorm,
    Vector,
    VectorAt,
    VectorIntegral,
    VectorMean,
    VectorSum,
    is_matrix,
)
from derive.writing import order
from derive.writing.calculus import CalculusLayout
from derive.writing.mathtree import Applied, Atom, Brackets, Fraction, Gap, Node, Operator, Scripts, Sign, row
from derive.writing.shapes import MINUS, is_name_like, is_terms

TRANSPOSED = Atom("T")
INVERSE = row(MINUS, Atom("1"))
NAMED: dict[Any, str] = {sp.exp: r"\exp", sp.log: r"\log"}
NABLA = Operator(r"\nabla")


class VectorLayout(CalculusLayout, ABC):
    """Expressions that are vectors or matrices, and numbers made of them."""

    __slots__ = ()

    def vectorial(self, e: Any) -> Node | None:
        """The layout of such an expression; None if it is none."""
        match e:
            case MatrixAt():
                return self.scripted(self.expression(e.args[0]), sub=self.expression(e.args[1]))
            case Vector() | VectorAt():
                laid = self.expression(e.args[0])
                return self.scripted(laid, sub=self.expression(e.args[1])) if isinstance(e, VectorAt) else laid
            case MatrixOf():
                return self.expression(e.args[3])
            case sp.ZeroMatrix():
                return Atom("0")
            case sp.Identity():
                return Atom("I")
            case sp.Transpose():
                return self.raised(e.arg, TRANSPOSED)
            case sp.Inverse():
                return self.raised(e.arg, INVERSE)
            case sp.MatAdd():
                return self.matrix_terms(e.args)
            case sp.MatMul():
                return self.matrix_product(e)
            case VectorSum():
                return row(self.limits(r"\sum", e.limits[0]), Gap(), self.factor(e.function))
            case VectorIntegral():
                return self.integral(e)
            case VectorMean():
                head = Scripts(Operator(r"\mathbb{E}"), self.expression(e.args[2]))
                return Applied(head, Brackets(self.expression(e.args[0]), "square"))
            case Elementwise():
                return self.elementwise(e)
            case Softmax():
                return Applied(Operator(r"\operatorname{softmax}"), Brackets(self.expression(e.args[0])))
            case Diagonal():
                return Applied(Operator(r"\operatorname{diag}"), Brackets(self.expression(e.args[0])))
            case Gradient() | Hessian():
                return self.nabla(e)
            case Jacobian():
                under = row(Operator(r"\partial"), Gap(), self.raised(e.args[1], TRANSPOSED))
                return row(Fraction(Operator(r"\partial"), under), Gap(), self.factor(e.args[0]))
            case Dot():
                return self.dot(*e.args)
            case SquaredNorm():
                return self.scripted(Brackets(self.expression(e.args[0]), "norm"), sup=Atom("2"))
            case AbsoluteNorm():
                return self.scripted(Brackets(self.expression(e.args[0]), "norm"), sub=Atom("1"))
            case Rank():
                return row(Operator(r"\operatorname{rank}"), Gap(), self.factor(e.args[0]))
            case sp.Trace():
                return Applied(Operator(r"\operatorname{tr}"), Brackets(self.expression(e.args[0])))
            case sp.Determinant():
                return row(Operator(r"\det"), Gap(), self.factor(e.args[0]))
        return None

    def raised(self, e: Any, sup: Node) -> Node:
        """``X^T``, ``(Xw)^T``."""
        laid = self.expression(e)
        closed = isinstance(laid, Atom | Scripts | Applied | Brackets) and not (
            isinstance(laid, Scripts) and laid.sup is not None
        )
        return self.scripted(laid if closed else Brackets(laid), sup=sup)

    def matrix_terms(self, terms: Any) -> Node:
        """Terms in the order in which they are, positive ones first, those with a letter in front last."""
        signed = [(sp.Mul(*coefficient(t)), t) for t in terms]
        signed.sort(key=lambda pair: (order.is_negative(pair[0]), bool(pair[0].free_symbols)))
        items: list[Node] = []
        for number, term in signed:
            negative = order.is_negative(number)
            laid = self.factor(term if not negative else opposite(term))
            if items or negative:
                items.append(Sign("-" if negative else "+"))
            items.append(laid)
        return row(*items)

    def matrix_product(self, e: Any) -> Node:
        """The numbers in front, then the matrices as they stand."""
        numbers = coefficient(e)
        matrices = [a for a in e.args if is_matrix(a)]
        items: list[Node] = []
        number = sp.Mul(*numbers)
        if order.is_negative(number):
            items.append(MINUS)
            number = -number
        if number != 1:
            items += [self.factor(number), *([Gap()] if not number.is_Integer else [])]
        for place, matrix in enumerate(matrices):
            laid = self.expression(matrix)
            open_sum = isinstance(matrix, VectorSum | VectorIntegral | Gradient | Hessian) and place < len(matrices) - 1
            items.append(Brackets(laid) if is_terms(laid) or open_sum else laid)
        return row(*items)

    def dot(self, a: Any, b: Any) -> Node:
        """``a^T b``; a product on the right goes on without brackets, as in ``v^T A v``."""
        right = self.expression(b)
        return row(self.raised(a, TRANSPOSED), Brackets(right) if is_terms(right) else right)

    def nabla(self, e: Any) -> Node:
        r"""``\nabla_w f``, ``\nabla_w^2 f``."""
        expr, vector = e.args
        head = Scripts(NABLA, self.expression(vector), Atom("2") if isinstance(e, Hessian) else None)
        laid = self.expression(expr)
        return row(head, Gap(), laid if is_name_like(expr) else Brackets(laid))

    def elementwise(self, e: Any) -> Node:
        """A named function of a whole vector, entry by entry."""
        (place,) = e.args[0].signature
        body = e.args[0].expr
        if body.args != (place,):
            raise DeriveError(f"no layout for {body} of each entry")
        head = Atom(NAMED[body.func]) if body.func in NAMED else self.named_head(body)
        return Applied(head, Brackets(self.expression(e.args[1])))

    def named_head(self, body: Any) -> Node:
        """The letter of a function that is written ``name(argument)``."""
        laid = self.expression(body)
        if not isinstance(laid, Applied):
            raise DeriveError(f"no layout for {body} of each entry")
        return laid.head


def coefficient(e: Any) -> list[Any]:
    """The numbers among the factors of a product."""
    return [a for a in e.args if not is_matrix(a)] if isinstance(e, sp.MatMul) else []


def opposite(e: Any) -> Any:
    """The product without its sign."""
    number = -sp.Mul(*coefficient(e))
    matrices = [a for a in e.args if is_matrix(a)]
    kept = ([number] if number != 1 else []) + matrices
    return kept[0] if len(kept) == 1 else sp.MatMul(*kept)
