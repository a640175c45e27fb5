r"""Named functions: ``\exp\{…\}``, ``\Gamma(\alpha)``, ``\psi^{-1}(y)``, ``I_0(\kappa)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.core.nodes import InverseDigamma, ZetaDerivative
from derive.core.vectors import SCALARS_OF_VECTORS, Diagonal, Rank, Softmax, is_matrix
from derive.reading import logarithms, matrices, numbers
from derive.reading.brackets import determinant
from derive.reading.cursor import Cursor, parted
from derive.reading.exponents import guarded, to_the
from derive.reading.identity import UNSIZED, sized
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, name_of, unwrapped

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": sp.exp,
    "Gamma": lambda a, *x: numbers.special(sp.uppergamma if x else sp.gamma, a, *x),
    "gamma": lambda a, x: numbers.special(sp.lowergamma, a, x),
    "psi": lambda a: numbers.special(sp.polygamma, sp.Integer(0), a),
    "zeta": lambda a: numbers.special(sp.zeta, a),
    "lgamma": lambda a: sp.log(numbers.special(sp.gamma, a)),
    "sigmoid": lambda a: 1 / (1 + sp.exp(-a)),
    "logit": lambda a: sp.log(a / (1 - a)),
    "sech": lambda a: 2 / (sp.exp(a) + sp.exp(-a)),
    "csch": lambda a: 2 / (sp.exp(a) - sp.exp(-a)),
    "coth": lambda a: (sp.exp(a) + sp.exp(-a)) / (sp.exp(a) - sp.exp(-a)),
    "sec": lambda a: 1 / sp.cos(a), "csc": lambda a: 1 / sp.sin(a), "softplus": lambda a: sp.log(1 + sp.exp(a)),
    "arsinh": lambda a: sp.log(a + sp.sqrt(a**2 + 1)), "artanh": lambda a: sp.log((1 + a) / (1 - a)) / 2,
    "tanh": sp.tanh, "sinh": sp.sinh, "cosh": sp.cosh, "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "cot": sp.cot,
    "arctan": sp.atan, "atan2": sp.atan2, "arcsin": sp.asin, "arccos": sp.acos,
    "erf": sp.erf, "erfc": sp.erfc, "Ei": sp.Ei, "sign": sp.sign, "sgn": sp.sign,
    "det": lambda a: a, "tr": lambda a: a, "diag": lambda a: a, "rank": lambda a: a, "softmax": lambda a: a,
    "B": lambda a, b: sp.beta(a, b, evaluate=False), "Beta": lambda a, b: sp.beta(a, b, evaluate=False),
}  # fmt: skip
INVERSES: dict[str, Callable[..., Any]] = {
    "psi": InverseDigamma, "erf": sp.erfinv, "sin": sp.asin, "cos": sp.acos, "tan": sp.atan, "tanh": sp.atanh,
}  # fmt: skip
OF_MATRICES = ("det", "tr", "diag", "rank")
WITH_ORDER: dict[str, Callable[..., Any]] = {
    "I": sp.besseli, "J": sp.besselj, "K": sp.besselk, "Y": sp.bessely,
    "W": lambda branch, x: sp.LambertW(x) if branch == 0 else sp.LambertW(x, branch),
}  # fmt: skip
NEEDS_BRACKETS = (
    "atan2",
    "gamma",
    "zeta",
    "erfc",
    "Ei",
    "diag",
    "softmax",
    "Gamma",
    "psi",
    "B",
    "Beta",
    "sigmoid",
    "logit",
    "erf",
)


def read(scope: Scope, node: Node, name: str, cursor: Cursor) -> Any:
    """A named function with its argument; None where the name is no function here.

    Raises:
        Unreadable: the argument is missing, or could end at two places.
    """
    if name in logarithms.NAMES:
        return logarithms.logarithm(scope, node, name, cursor)
    made = FUNCTIONS.get(name)
    if made is None:
        return None
    following = cursor.peek()
    bracketed = isinstance(core(following), Bracket) if following is not None else False
    if name in NEEDS_BRACKETS and not bracketed:
        return None
    if following is None:
        raise scope.refuse(f"{scope.spelled(node)} has no argument", node)
    sub, sup, primes = (node.sub, node.sup, node.primes) if isinstance(node, Scripted) else (None, None, 0)
    if sub is not None:
        return None
    if name == "gamma" and (
        not isinstance(bracket := core(following), Bracket) or len(parted(bracket.items, (",",))) != 2
    ):
        return None
    if name in INVERSES and _is_inverse(sup):
        made, sup = INVERSES[name], None
    args, above = _arguments(scope, cursor, core(node), bracketed)
    if name == "tr" and len(args) == 1 and not is_matrix(args[0]) and args[0].has(*SCALARS_OF_VECTORS):
        # w^T A w is a matrix of one number, its own trace.
        return args[0]
    if name in OF_MATRICES and not any(map(is_matrix, args)):
        hint = rf"`given: {scope.spelled(following)} symmetric positive definite d x d` declares one"
        raise scope.refuse(f"{scope.spelled(node)} is taken of a matrix, and nothing says that this is one", node, hint)
    if name in ("Gamma", "psi", "zeta") and (primes or _order(sup)):
        value = _differentiated(name, args[0], primes + _order(sup))
        sup = None if _order(sup) else sup
    else:
        if primes:
            raise scope.refuse("a prime has no meaning here", node)
        try:
            value = guarded(scope, node, _of_matrices if any(map(is_matrix, args)) else made, *args, *_kind(name, args))
        except TypeError:
            raise scope.refuse(f"{scope.spelled(node)} does not take {len(args)} arguments", node) from None
    for exponent in (sup, above):
        value = value if exponent is None else to_the(scope, node, value, exponent)
    return value


def _is_inverse(sup: Nodes | None) -> bool:
    r"""Is the exponent the −1 of an inverse function, as in ``\\psi^{-1}``?"""
    return sup is not None and "".join(n.text for n in unwrapped(sup) if isinstance(n, Leaf)) == "-1"


def with_order(scope: Scope, node: Node, cursor: Cursor) -> Any:
    r"""``I_0(\\kappa)``, ``W_{-1}(y)``; None where the letter is no such function."""
    base, following = core(node), cursor.peek()
    name = base.text if isinstance(base, Leaf) else ""
    if name not in WITH_ORDER or not isinstance(node, Scripted) or node.sub is None or scope.names.knows(name):
        return None
    order = unwrapped(node.sub)
    numbered = len(order) == 1 and isinstance(order[0], Leaf) and order[0].kind == "number"
    numbered = numbered or (name == "W" and name_of(node.sub) == "-1")
    if not numbered or following is None or not isinstance(core(following), Bracket):
        return None
    args, above = _arguments(scope, cursor, base, bracketed=True)
    if len(args) != 1:
        raise scope.refuse(f"{name} takes one argument", node)
    value = numbers.special(WITH_ORDER[name], scope.value(order), args[0])
    for exponent in (node.sup, above):
        value = value if exponent is None else to_the(scope, node, value, exponent)
    return value


def _kind(name: str, args: list[Any]) -> tuple[str, ...]:
    return (name,) if any(map(is_matrix, args)) else ()


def _of_matrices(*given: Any) -> Any:
    """tr, det, diag, rank, softmax; other functions entry by entry."""
    *args, name = given
    value = args[0]
    if len(args) != 1:
        raise TypeError(name)
    if name in ("det", "tr") and UNSIZED in value.shape:
        # What has a trace or a determinant is square.
        value = sized(value, next((n for n in value.shape if n != UNSIZED), UNSIZED))
    if name == "det":
        return determinant(value)
    named: dict[str, Callable[[Any], Any]] = {
        "tr": sp.Trace, "diag": Diagonal, "rank": Rank, "softmax": Softmax,
    }  # fmt: skip
    if name in named:
        return named[name](value)
    return matrices.applied(FUNCTIONS[name], value)


def _order(sup: Nodes | None) -> int:
    r"""The n of ``\psi^{(n)}``."""
    inner = unwrapped(sup or ())
    if len(inner) == 1 and isinstance(inner[0], Bracket) and inner[0].open == "(":
        inside = unwrapped(inner[0].items)
        if len(inside) == 1 and isinstance(inside[0], Leaf) and inside[0].kind == "number":
            return min(int(inside[0].text), 9)
    return 0


def _differentiated(name: str, argument: Any, order: int) -> Any:
    if name == "psi":
        return numbers.special(sp.polygamma, sp.Integer(order), argument)
    if name == "zeta":
        return ZetaDerivative(order, argument)
    gamma, psi = numbers.special(sp.gamma, argument), numbers.special(sp.polygamma, sp.Integer(0), argument)
    return gamma * psi if order == 1 else gamma * (psi**2 + numbers.special(sp.polygamma, sp.Integer(1), argument))


def _arguments(scope: Scope, cursor: Cursor, head: Node, bracketed: bool) -> tuple[list[Any], Nodes | None]:
    """The arguments, and the exponent behind the bracket."""
    if not bracketed:
        return [logarithms.bare(scope, cursor, head)], None
    following = cursor.take()
    bracket = core(following)
    assert isinstance(bracket, Bracket)
    parts = parted(bracket.items, (",",)) if bracket.open in "([" else [bracket.items]
    args = [scope.value(p) for p in parts]
    return args, following.sup if isinstance(following, Scripted) else None
