"""One equation solved for one letter: by roots of polynomials, by undoing functions, by Lambert's W."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sympy as sp

from derive.core.domains import Domain, Interval
from derive.core.facts import Facts
from derive.core.nodes import InverseDigamma
from derive.core.ranges import sign
from derive.core.statement import Statement, equation
from derive.core.trees import mentions

Key = Literal["isolated", "inverse_digamma", "divided_by_exponential", "lambert_form"]


@dataclass(frozen=True, slots=True)
class Solution:
    """What a letter comes to.

    Args:
        value: free of the letter.
        others: the roots that lie outside the letter's domain.
        between: lines on the way, each with the sentence that says how it comes about.
    """

    value: Any
    others: tuple[Any, ...] = ()
    between: tuple[tuple[Statement, Key], ...] = ()

    @property
    def special(self) -> bool:
        """Does it need a function that is no elementary one?"""
        return bool(self.value.has(sp.LambertW, InverseDigamma))


def solve_for(expr: Any, letter: Any, domain: Domain, facts: Facts) -> Solution | None:
    """The admissible solution of ``expr = 0``; None where no way leads to it, or more than one is left."""
    found = roots(expr, letter)
    if found is not None:
        return only_admissible(found, letter, domain, facts)
    return undone(expr, letter, domain, facts) or by_lambert(expr, letter, domain, facts)


def opaque(expr: Any, letter: Any) -> tuple[Any, dict[Any, Any]]:
    """The expression with everything that is not rational in letters replaced by names; the names' meanings."""
    meanings: dict[Any, Any] = {}
    names: dict[Any, Any] = {}

    def hide(node: Any) -> Any:
        if node not in names:
            names[node] = sp.Dummy(f"S{len(names)}", real=True)
            meanings[names[node]] = node
        return names[node]

    def walk(node: Any) -> Any:
        if node == letter or node.is_Number or node.is_Symbol:
            return node
        if isinstance(node, sp.Add | sp.Mul):
            return node.func(*(walk(a) for a in node.args))
        if isinstance(node, sp.Pow) and node.exp.is_Integer:
            return walk(node.base) ** node.exp
        return hide(node)

    return walk(expr), meanings


def roots(expr: Any, letter: Any) -> tuple[Any, ...] | None:
    """All real roots of a polynomial of degree one or two, or of a θ^n + b; None if it is none of these."""
    hidden, meanings = opaque(expr, letter)
    if any(mentions(m, letter) for m in meanings.values()) or not hidden.is_polynomial(letter):
        return None
    coefficients = sp.Poly(hidden, letter).all_coeffs()
    degree, a = len(coefficients) - 1, coefficients[0]
    if degree == 0:
        return None
    if degree == 1:
        found: tuple[Any, ...] = (-coefficients[1] / a,)
    elif not any(coefficients[1:-1]):
        root = sp.Pow(-coefficients[-1] / a, sp.Rational(1, degree))
        found = (-root, root) if degree % 2 == 0 else (root,)
    elif degree == 2:
        b, c = coefficients[1:]
        root = sp.sqrt(b**2 - 4 * a * c)
        found = ((-b - root) / (2 * a), (-b + root) / (2 * a))
    else:
        return None
    return tuple(tidy(r).xreplace(meanings) for r in found)


def tidy(expr: Any) -> Any:
    """One fraction, numerator in powers of the statistics."""
    top, bottom = sp.fraction(sp.cancel(expr))
    if sp.Mul.make_args(top)[0].is_negative and bottom.is_Add:
        top, bottom = -top, -bottom
    return top / bottom


def only_admissible(found: tuple[Any, ...], letter: Any, domain: Domain, facts: Facts) -> Solution | None:
    """The one root that can lie in the domain."""
    kept = [r for r in found if admissible(r, domain, facts) is not False]
    if len(kept) == 2:
        kept = opposite_signs(kept, domain, facts)
    if len(kept) != 1:
        return None
    return Solution(kept[0], tuple(r for r in found if r not in kept))


def admissible(root: Any, domain: Domain, facts: Facts) -> bool | None:
    """Can the root lie in the open domain: True, False, or None where the facts do not say."""
    assert isinstance(domain, Interval)
    answers = []
    if domain.lower != -sp.oo:
        answers.append(sign(root - domain.lower, facts))
    if domain.upper != sp.oo:
        answers.append(sign(domain.upper - root, facts))
    if any(a in ("-", "0", "<=0") for a in answers):
        return False
    return True if all(a in ("+", ">=0") for a in answers) else None


def opposite_signs(pair: list[Any], domain: Domain, facts: Facts) -> list[Any]:
    """Of two roots −b ∓ √(b² − 4ac) over 2a whose product is negative (Vieta), the one on the domain's side of zero."""
    assert isinstance(domain, Interval)
    product = sp.cancel(sp.expand(sp.numer(sp.together(pair[0])) * sp.numer(sp.together(pair[1])), deep=False))
    whole = product / (sp.denom(sp.together(pair[0])) * sp.denom(sp.together(pair[1])))
    distance = sp.expand(pair[1] - pair[0])
    if sign(sp.cancel(whole), facts) != "-" or sign(distance, facts) not in ("+", "-"):
        return pair
    low, high = pair if sign(distance, facts) == "+" else pair[::-1]
    if domain.lower == 0:
        return [high]
    return [low] if domain.upper == 0 else pair


def undone(expr: Any, letter: Any, domain: Domain, facts: Facts) -> Solution | None:
    """From a g(θ) + b = 0: g(θ) = −b/a, then g undone."""
    hidden, meanings = opaque(expr, letter)
    live = [name for name, node in meanings.items() if mentions(node, letter)]
    if len(live) != 1 or mentions(hidden, letter) or not hidden.is_polynomial(live[0]):
        return None
    kernel = meanings[live[0]]
    poly = sp.Poly(hidden, live[0])
    if poly.degree() != 1:
        return None
    a, b = poly.all_coeffs()
    value = tidy(-b / a).xreplace(meanings)
    between: list[tuple[Statement, Key]] = [(equation(kernel, value), "isolated")]
    if isinstance(kernel, sp.Pow) and kernel.exp.could_extract_minus_sign() and not mentions(kernel.exp, letter):
        kernel, value = 1 / kernel, 1 / value
        between[0] = (equation(kernel, value), "isolated")
    step = inverse(kernel, value, letter, facts)
    if step is None:
        return None
    inner, value = step
    if isinstance(kernel, sp.polygamma) and inner != letter:
        between.append((equation(inner, value), "inverse_digamma"))
    found = solve_for(sp.expand(inner - value) if inner != letter else letter - value, letter, domain, facts)
    if found is None:
        return None
    return Solution(found.value, found.others, (*between, *found.between))


def inverse(kernel: Any, value: Any, letter: Any, facts: Facts) -> tuple[Any, Any] | None:
    """(u, v) with u = v equivalent to kernel = value, for a kernel g(u) with g strictly monotone."""
    if isinstance(kernel, sp.exp):
        return kernel.args[0], sp.log(value)
    if isinstance(kernel, sp.log):
        return kernel.args[0], sp.exp(value)
    if isinstance(kernel, sp.polygamma) and kernel.args[0] == 0:
        return kernel.args[1], InverseDigamma(value)
    if isinstance(kernel, sp.Pow):
        base, exponent = kernel.args
        if not mentions(exponent, letter) and sign(base, facts) == "+":
            return base, sp.Pow(value, 1 / exponent)
        if not mentions(base, letter) and sign(base, facts) == "+" and sign(sp.log(base), facts) in ("+", "-"):
            return exponent, sp.log(value) / sp.log(base)
    return None


def by_lambert(expr: Any, letter: Any, domain: Domain, facts: Facts) -> Solution | None:
    r"""From a u + b e^{m u} + c = 0: u = −c/a − W(z)/m with z = (m b/a) e^{−m c/a}.

    Source: Corless, Gonnet, Hare, Jeffrey and Knuth, *On the Lambert W function*, 1996.
    """
    hidden, meanings = opaque(expr, letter)
    live = [node for node in meanings.values() if mentions(node, letter)]
    if len(live) != 1:
        return None
    (kernel,) = live
    power = sp.Dummy("E", positive=True)
    unknown = sp.Dummy("u", real=True)
    name = next(n for n, node in meanings.items() if node == kernel)
    if isinstance(kernel, sp.exp):
        rate = kernel.args[0] / letter
        back = None
        shown, inside = hidden.xreplace({name: power, letter: unknown}), letter
    elif isinstance(kernel, sp.log):
        line = kernel.args[0]
        rate, back = sp.Integer(1), line
        if sp.diff(line, letter, 2) != 0:
            return None
        slope = sp.diff(line, letter)
        shown = hidden.xreplace({name: unknown, letter: (power - (line - slope * letter)) / slope})
        inside = kernel
    else:
        return None
    if mentions(rate, letter):
        return None
    reduced = linear_and_exponential(shown, unknown, power)
    if reduced is None:
        return None
    degree, a, b, c, m = reduced
    m = m * rate
    a, b, c = (t.xreplace(meanings) for t in (a, b, c))
    divided = equation(a * inside + b * sp.exp(m * inside) + c, 0)
    branch = branch_of(a, b, c, m, facts)
    if branch is None:
        return None
    z = sp.cancel(m * b / a) * sp.exp(sp.cancel(-m * c / a))
    w = sp.LambertW(z, branch) if branch else sp.LambertW(z)
    u = sp.cancel(-c / a) - w / m
    between: list[tuple[Statement, Key]] = [(divided, "divided_by_exponential")] if degree else []
    argument = sp.expand(-m * (inside + sp.cancel(c / a)))
    between.append((equation(argument * sp.exp(argument), z), "lambert_form"))
    if back is None:
        return Solution(u, (sp.Integer(0),), tuple(between))
    found = roots(sp.expand(back - sp.exp(u)), letter)
    return None if found is None else Solution(found[0], (), tuple(between))


def linear_and_exponential(expr: Any, unknown: Any, power: Any) -> tuple[Any, Any, Any, Any, Any] | None:
    """(j, a, b, c, m) with expr = E^j (a u + b E^m + c), for a polynomial in u and E."""
    top = sp.numer(sp.together(expr))
    if not top.is_polynomial(unknown, power):
        return None
    parts = dict(sp.Poly(top, unknown, power).terms())
    for j in sorted({e for _, e in parts}):
        moved = {(u, e - j): t for (u, e), t in parts.items()}
        exponents = [e for u, e in moved if u == 0 and e != 0]
        if (1, 0) in moved and len(exponents) == 1 and set(moved) <= {(1, 0), (0, 0), (0, exponents[0])}:
            zero = sp.Integer(0)
            m = sp.Integer(exponents[0])
            return j, moved[1, 0], moved[0, exponents[0]], moved.get((0, 0), zero), m
    return None


def branch_of(a: Any, b: Any, c: Any, m: Any, facts: Facts) -> int | None:
    """0 or −1: the branch of W that does not give the root u = 0, which lies on the boundary of the domain."""
    if sp.expand(b + c) != 0:
        return 0 if sign(m * b / a, facts) == "+" else None
    # u = 0 is a root, so one branch gives W = −m c/a, which tells it apart from the other one.
    top, bottom = sp.fraction(sp.together(1 - m * c / a))
    trivial = sign(sp.expand(top), facts)
    if sign(bottom, facts) == "-":
        trivial = {"-": "+", "<=0": ">=0", "+": "-", ">=0": "<=0"}.get(trivial or "")  # type: ignore[assignment]
    elif sign(bottom, facts) != "+":
        return None
    return {"-": 0, "<=0": 0, "+": -1, ">=0": -1}.get(trivial or "")
