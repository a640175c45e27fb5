r"""Derivatives: ``\frac{\partial \ell}{\partial \mu}``, ``\frac{d}{dp}``, ``\partial_\theta``, ``\nabla_w``."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.vectors import (
    VECTOR_LETTERS,
    Gradient,
    Hessian,
    Jacobian,
    MatrixAt,
    MatrixOf,
    Vector,
    VectorAt,
    is_matrix,
)
from derive.reading import letters, logarithms, scripts
from derive.reading.cursor import Cursor, ends_term
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted, core, is_command, name_of, unwrapped


def fraction(scope: Scope, node: Command, cursor: Cursor) -> Any:
    """A derivative written as a fraction; None where the fraction is one.

    Raises:
        Unreadable: the variable cannot be told.
    """
    over, under = unwrapped(node.args[0]), unwrapped(node.args[1])
    if not over or len(under) < 2 or not _is_d(over[0]) or not _is_d(under[0]):
        return None
    if _text(over[0]) != _text(under[0]) or _is_plain_d(scope, over, under):
        return None
    scope.here = node.at
    order = _order(scope, over[0])
    variables = _variables(scope, node, under, order)
    rest = over[1:]
    expr = scope.value(rest) if rest else _operand(scope, node, cursor)
    for variable, times in reversed(variables):
        expr = derived(scope, expr, variable, times)
    return expr


def _is_d(node: Node) -> bool:
    inner = core(node)
    return is_command(inner, r"\partial", r"\delta") or (
        isinstance(inner, Leaf) and inner.kind in ("letter", "word") and inner.text == "d"
    )


def _text(node: Node) -> str:
    inner = core(node)
    return inner.text if isinstance(inner, Leaf) else ""


def _is_plain_d(scope: Scope, over: Nodes, under: Nodes) -> bool:
    """Is it the number d over something: ``\\frac{d}{d+1}``?"""
    if _text(over[0]) != "d":
        return False
    following = core(under[1])
    return isinstance(following, Leaf) and following.kind in ("mark", "number")


def _order(scope: Scope, node: Node) -> int:
    if not isinstance(node, Scripted) or node.sup is None:
        return 1
    order = scope.value(node.sup)
    if not order.is_Integer or not 1 <= int(order) <= 9:
        raise scope.refuse("the order of a derivative must be a number from 1 to 9", node)
    return int(order)


def _variables(scope: Scope, node: Command, under: Nodes, order: int) -> list[tuple[Any, int]]:
    made: list[tuple[Any, int]] = []
    place = 0
    while place < len(under):
        if not _is_d(under[place]) or place + 1 >= len(under):
            raise scope.refuse("the variable of the derivative cannot be told", under[place])
        mistyped = _order(scope, under[place])
        made.append(_variable(scope, under[place + 1], mistyped if mistyped > 1 else order))
        if mistyped > 1:
            scope.remark(Phrase("remark_order_below", {"written": name_of(under)}))
        place += 2
    if len(made) > 1 and sum(n for _, n in made) != order:
        made = [(v, 1) if n == order else (v, n) for v, n in made]
    if sum(n for _, n in made) != order:
        raise scope.refuse(f"the order is {order} above and {sum(n for _, n in made)} below", node)
    return made


def _variable(scope: Scope, node: Node, order: int) -> tuple[Any, int]:
    """The letter, and how often it is differentiated by: ``\\mu^2`` is twice, ``\\sigma^2`` may be one letter."""
    if isinstance(node, Bracket) or isinstance(core(node), Bracket):
        bracket = core(node)
        assert isinstance(bracket, Bracket)
        times = _order(scope, node) if isinstance(node, Scripted) else 1
        return variable_of(scope, bracket.items, node), times
    if isinstance(node, Scripted) and node.sup is not None:
        sup = name_of(node.sup)
        below = Scripted(node.base, node.sub, None, 0, node.at) if node.sub else node.base
        if scope.letter(name_of((node,))) is not None and (order == 1 or scope.letter(name_of((below,))) is None):
            if order > 1:
                hint = rf"write \partial({name_of((node,))})^{order} for the derivative by {name_of((node,))}"
                raise scope.refuse(
                    f"is this the derivative by {name_of((node,))} or by {name_of((below,))}?", node, hint
                )
            return scope.letter(name_of((node,))), 1
        if order > 1 and sup == str(order):
            return variable_of(scope, (below,), node), order
        if scripts.is_transpose(node.sup) and is_matrix(made := variable_of(scope, (below,), node)):
            # ∂/∂w^T: the derivatives of a column side by side, the Jacobian.
            return made, order
        if not scripts.is_transpose(node.sup) and sup.isdigit():
            return variable_of(scope, (node,), node), 1
    return variable_of(scope, (node,), node), order if order == 1 else 1


def variable_of(scope: Scope, nodes: Nodes, where: Node) -> Any:
    """A letter, an entry, or the power of a letter that stands for one."""
    inner = unwrapped(nodes)
    if len(inner) == 1 and isinstance(inner[0], Scripted | Leaf | Command):
        name = name_of(inner)
        found = scope.matrix(name)
        if found is None:
            found = scope.letter(name)
        if found is not None:
            return found
        only = inner[0]
        if isinstance(only, Scripted) and only.sup is not None and name_of(only.sup) == "2":
            base, _ = letters.letter(scope, Scripted(only.base, only.sub, None, 0, only.at) if only.sub else only.base)
            if base.is_Symbol and base.name not in scope.invented:
                return base**2
            made = scope.invented[name] = scope.met[name] = sp.Symbol(name, positive=True)
            scope.invented.pop(name_of((only.base,)), None)
            scope.remark(Phrase("remark_one_letter", {"letter": name}))
            return made
    value = scope.value(nodes)
    if isinstance(value, sp.Symbol | sp.Indexed | sp.IndexedBase | Vector | VectorAt | MatrixOf | MatrixAt) or (
        value.is_Pow and value.exp == 2
    ):
        return value
    if isinstance(value, AppliedUndef | sp.Inverse):
        return value
    raise scope.refuse("a derivative is taken by a letter", where)


def derived(scope: Scope, expr: Any, variable: Any, times: int) -> Any:
    """∂ⁿ expr; by σ² where σ is the declared letter: (1/2σ) ∂/∂σ."""
    if isinstance(variable, sp.Pow):
        base = variable.base
        scope.remark(Phrase("remark_chain_rule", {"letter": str(variable.base)}))
        for _ in range(times):
            expr = Partial(expr, base, 1) / (2 * base)
        return expr
    if is_matrix(variable) or is_matrix(expr):
        return _by_vector(scope, expr, variable, times)
    return Partial(expr, variable, times)


def _by_vector(scope: Scope, expr: Any, variable: Any, times: int) -> Any:
    if isinstance(variable, MatrixOf | MatrixAt) and times == 1 and not is_matrix(expr):
        return Gradient(expr, variable)
    if is_matrix(variable) and not isinstance(variable, VECTOR_LETTERS) and times == 1:
        # A quantity with a formula of its own.
        if not is_matrix(expr):
            return Gradient(expr, variable)
        if variable.shape[1] == 1 == expr.shape[1]:
            return Jacobian(expr, variable)
    if not isinstance(variable, Vector | VectorAt):
        raise scope.refuse("a derivative of a vector by a matrix or a number cannot be read", scope.here)
    if is_matrix(expr) or times > 2:
        if times == 1:
            return Jacobian(expr, variable)
        raise scope.refuse("this derivative by a vector cannot be read", scope.here)
    return Gradient(expr, variable) if times == 1 else Hessian(expr, variable)


def _operand(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """What an operator acts on: the bracket behind it, else the whole product."""
    following = cursor.peek()
    if following is None:
        raise scope.refuse("the derivative has nothing to act on", node)
    if isinstance(following, Bracket) and following.open in "([{":
        return scope.factor(cursor)
    place, remarks = cursor.place, len(scope.remarks)
    value = scope.factor(cursor)
    if logarithms.is_call(cursor):
        # \log f(x) \, f(x): the space ends what the operator acts on.
        return value
    cursor.place = place
    del scope.remarks[remarks:]
    return scope.term(cursor)


def _acted_on(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The factor behind an operator."""
    if ends_term(cursor.peek()):
        raise scope.refuse("the derivative has nothing to act on", node)
    return scope.factor(cursor)


def nabla(scope: Scope, node: Node, cursor: Cursor) -> Any:
    r"""``\nabla_\theta f``: by a letter the derivative, by a vector the gradient."""
    sub = node.sub if isinstance(node, Scripted) else None
    scope.here = node.at
    variable = None if sub is None else variable_of(scope, sub, node)
    if is_gradient_row(cursor.peek()):
        # ∇∇^T f, the Hessian.
        cursor.take()
        value = _acted_on(scope, node, cursor)
        return derived(scope, value, _only_letter(scope, node, value) if variable is None else variable, 2)
    remarks, place = len(scope.remarks), cursor.place
    value = _acted_on(scope, node, cursor)
    if is_matrix(value) and value.shape[0] == 1:
        # A row alone has no gradient: it begins the product w^T x.
        cursor.place = place
        value = scope.term(cursor)
    variable = _only_letter(scope, node, value) if variable is None else variable
    last = cursor.nodes[cursor.place - 1]
    made = derived(scope, value, variable, _nabla_order(scope, node))
    if is_matrix(made) and not is_matrix(value) and isinstance(last, Scripted) and scripts.is_transpose(last.sup or ()):
        # It is the gradient that is transposed, not the number behind it.
        del scope.remarks[remarks:]
        return sp.Transpose(made)
    return made


def is_gradient_row(node: Node | None) -> bool:
    r"""``\nabla^\top_\beta`` behind a gradient."""
    if not isinstance(node, Scripted) or not is_command(core(node), r"\nabla"):
        return False
    return node.sup is not None and scripts.is_transpose(node.sup)


def named(scope: Scope, node: Node, cursor: Cursor) -> Any:
    r"""``H_{\log p}``, ``J(v)``, ``J_f`` where the text says what H and J are; None for any other name."""
    base = core(node)
    kind = scope.facts.operators.get(name_of((base,)))
    sub, sup = (node.sub, node.sup) if isinstance(node, Scripted) else (None, None)
    if kind is None or sup is not None or scope.names.knows(name_of((base,))) or scope.names.knows(name_of((node,))):
        return None
    following = cursor.peek()
    bracketed = following is not None and isinstance(core(following), Bracket)
    if sub is not None and not bracketed and not scope.is_index(name_of(sub)):
        value = scope.value(sub)
    elif kind == "jacobian" and sub is None and bracketed and not isinstance(following, Scripted):
        value = scope.factor(cursor)
    else:
        return None
    if is_matrix(value) != (kind == "jacobian") or (is_matrix(value) and value.shape[1] != 1):
        raise scope.refuse("this Hessian or Jacobian cannot be read", node)
    scope.here = node.at
    return derived(scope, value, _only_letter(scope, node, value), 1 if kind == "jacobian" else 2)


def _only_letter(scope: Scope, node: Node, value: Any) -> Any:
    """The letter of a gradient that names none: the argument of ∇f(x), else the one vector that is declared."""
    if isinstance(value, AppliedUndef) and len(value.args) == 1 and isinstance(value.args[0], sp.Symbol | Vector):
        (made,) = value.args
        scope.remark(
            Phrase("remark_gradient", {"letter": str(getattr(made, "base", made.args[0] if made.args else made))})
        )
        return made
    vectors = {name: v for name, v in scope.names.matrices.items() if isinstance(v, Vector)}
    if len(vectors) != 1:
        raise scope.refuse("the gradient names no letter", node, r"write \nabla_{\theta}")
    name, made = next(iter(vectors.items()))
    scope.remark(Phrase("remark_gradient", {"letter": name}))
    return made


def _nabla_order(scope: Scope, node: Node) -> int:
    return 1 if not isinstance(node, Scripted) or node.sup is None else _order(scope, node)


def short(scope: Scope, node: Node, cursor: Cursor) -> Any:
    r"""``\partial_\theta f``."""
    if not isinstance(node, Scripted) or node.sub is None:
        raise scope.refuse("a derivative names no letter", node, r"write \frac{\partial f}{\partial \theta}")
    return derived(scope, _acted_on(scope, node, cursor), variable_of(scope, node.sub, node), 1)
