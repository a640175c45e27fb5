"""The ratio of two polynomials as a product, where division is exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from sympy import QQ, ring

from derive.checking.normal_form import NormalForms
from derive.checking.polynomials import ONE, Mono, Number, Poly, plain


@dataclass(frozen=True, slots=True)
class Quotient:
    """f/g = constant · mono · Π factors, a factor perhaps inverted, which changes no sign.

    Args:
        top, bottom: f and g without their monomial factors.
    """

    constant: Number
    mono: Mono
    factors: tuple[Poly, ...]
    top: Poly
    bottom: Poly


def quotient(forms: NormalForms, f: Poly, g: Poly) -> Quotient | None:
    """f/g, or ``None`` if neither divides the other."""
    (front_f, f), (front_g, g) = forms.primitive(f), forms.primitive(g)
    mono, c = ratio(forms, front_f, front_g)
    if f == g:
        return Quotient(c, mono, (), f, g)
    if len(f) == len(g) and all(g.get(m) == -d for m, d in f.items()):
        return Quotient(-c, mono, (), f, g)
    for top, bottom in ((f, g), (g, f)):
        found = exact(top, bottom)
        if found is not None:
            outer, rest = forms.primitive(found)
            factors = tuple(p for p in (outer, rest) if p != {ONE: 1})
            return Quotient(c, mono, factors, f, g)
    return None


def ratio(forms: NormalForms, top: Poly, bottom: Poly) -> tuple[Mono, Number]:
    """The ratio of two monomials: (monomial, coefficient)."""
    ((upper, c),), ((lower, d),) = top.items(), bottom.items()
    return forms.merge(upper, tuple((a, -e) for a, e in lower)), plain(Fraction(c) / Fraction(d))


def exact(top: Poly, bottom: Poly) -> Poly | None:
    """top / bottom without remainder, in the atoms as they are; ``None`` if there is a remainder."""
    atoms = sorted({a for p in (top, bottom) for m in p for a, _ in m})
    scales = {a: lcm(*(e.denominator for p in (top, bottom) for m in p for b, e in m if a == b)) for a in atoms}
    if not atoms or len(atoms) > 12 or any(e < 0 for p in (top, bottom) for m in p for _, e in m):
        return None
    polys, *_ = ring([f"a{n}" for n in range(len(atoms))], QQ)

    def made(poly: Poly) -> Any:
        terms = {}
        for mono, c in poly.items():
            powers = dict(mono)
            exponents = tuple(int(powers.get(a, 0) * scales[a]) for a in atoms)
            terms[exponents] = QQ(c.numerator, c.denominator)
        return polys.from_dict(terms)

    whole, rest = divmod(made(top), made(bottom))
    if rest != 0 or whole == 0:
        return None
    back: Poly = {}
    for exponents, c in whole.terms():
        powers = [(a, plain(Fraction(e, scales[a]))) for a, e in zip(atoms, exponents, strict=True) if e]
        back[tuple(powers)] = plain(Fraction(int(c.numerator), int(c.denominator)))
    return back
