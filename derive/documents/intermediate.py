r"""Derivatives by quantities that have a formula of their own: ``\partial C/\partial z`` for z = W h + b, by Σ^{-1}."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.nodes import At, Partial
from derive.core.trees import mentions, rebuild
from derive.core.vectors import VECTOR_LETTERS, EvaluatedAt, Gradient, Jacobian, MatrixOf, Vector, is_matrix

NAME = r"\partial"
MOST = 3


def is_by_formula(e: Any) -> bool:
    """Is it a derivative by a vector or matrix that is no letter?"""
    return isinstance(e, Gradient | Jacobian) and not isinstance(e.args[1], VECTOR_LETTERS)


def by_formula(e: Any) -> Any:
    """The derivative by a letter that is put in the place of the formula, at the formula's value.

    What the formula's letters do elsewhere is held fixed, as a partial derivative does; where all of them are left
    over elsewhere the formula is no variable of the function, and the derivative stays as it is.
    """
    inner, formula = e.args
    letter = letter_like(formula)
    made = put_for(inner, formula, letter)
    if not is_variable(made, inner, formula, letter.args[0]):
        return e
    return EvaluatedAt(e.func(made, letter), letter, formula)


def by_name(inner: Any, letter: Any, order: Any, formula: Any) -> Any:
    """The same for a number with a name; None where the function is not one of it."""
    if is_matrix(inner) or is_matrix(formula) or not formula.args or mentions(inner, letter):
        return None
    made = put_for(inner, formula, letter)
    if not is_variable(made, inner, formula, letter):
        return through_letter(inner, formula, int(order)) if order.is_Integer else None
    return At(Partial(made, letter, order), letter, formula)


def through_letter(inner: Any, formula: Any, order: int) -> Any:
    """∂f/∂η = (∂f/∂φ) / (∂η/∂φ) where η is a formula in the one letter φ that f is about; None for other formulas."""
    own = {s for s in letters(formula) if isinstance(s, sp.Symbol)}
    if len(own) != 1 or letters(formula) != own or not mentions(inner, *own) or order > MOST:
        return None
    (by,) = own
    made = inner
    for _ in range(order):
        made = Partial(made, by, 1) / Partial(formula, by, 1)
    return made


def is_variable(made: Any, inner: Any, formula: Any, letter: Any) -> bool:
    """Has the letter come in, and does a letter of the formula stand nowhere else?"""
    if not made.has(letter):
        return False
    own = letters(formula)
    return bool(own - letters(made)) or not own


def letters(e: Any) -> set[Any]:
    return {s for s in e.atoms(sp.Symbol, sp.IndexedBase) if not (isinstance(s, sp.Symbol) and s.is_integer)} - {
        base.label for base in e.atoms(sp.IndexedBase)
    }


def letter_like(formula: Any) -> Any:
    """A vector or matrix letter of the formula's shape."""
    base = sp.IndexedBase(NAME, real=True)
    rows, columns = formula.shape
    return Vector(base, rows) if columns == 1 else MatrixOf(base, rows, columns)


def put_for(e: Any, formula: Any, letter: Any) -> Any:
    """The expression with the letter wherever the formula stands, as a part of a sum or product too."""
    if e == formula:
        return letter
    if isinstance(formula, sp.Inverse) and e == formula.arg:
        return sp.Inverse(letter)
    if not getattr(e, "args", ()) or isinstance(e, (sp.Indexed, sp.IndexedBase, *VECTOR_LETTERS)):
        return e
    args = [put_for(a, formula, letter) if isinstance(a, sp.Basic) else a for a in e.args]
    if isinstance(e, sp.MatAdd | sp.Add) and e.func == formula.func:
        args = part_of_sum(args, formula, letter)
    if isinstance(e, sp.MatMul) and isinstance(formula, sp.MatMul):
        args = part_of_product(args, formula, letter)
    if isinstance(e, sp.Inverse) and isinstance(args[0], sp.Inverse):
        return args[0].arg
    return args[0] if len(args) == 1 < len(e.args) else rebuild(e, tuple(args))


def part_of_sum(args: list[Any], formula: Any, letter: Any) -> list[Any]:
    """``a + b + c`` with the letter for a + b."""
    flat = [part for a in args for part in (a.args if isinstance(a, formula.func) else (a,))]
    if not set(formula.args) <= set(flat):
        return args
    return [*(a for a in flat if a not in formula.args), letter]


def part_of_product(args: list[Any], formula: Any, letter: Any) -> list[Any]:
    """``A X w`` with the letter for X w."""
    wanted = list(formula.args)
    for start in range(len(args) - len(wanted) + 1):
        if args[start : start + len(wanted)] == wanted:
            return [*args[:start], letter, *args[start + len(wanted) :]]
    return args
