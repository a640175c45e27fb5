"""The ratio of two polynomials as a product of polynomials, where division is exact."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from sympy import QQ, ring

from derive.checking.normal_form import NormalForms
from derive.checking.polynomials import Poly, plain


def quotient(forms: NormalForms, f: Poly, g: Poly) -> list[Poly] | None:
    """Factors whose product (each perhaps inverted, which changes no sign) is f/g; ``None`` if neither divides."""
    (front_f, f), (front_g, g) = forms.primitive(f), forms.primitive(g)
    front = forms.mul(front_f, forms.rational_power(front_g, -1))
    if f == g:
        return [front]
    if add_up_to_zero(f, g):
        return [front, {(): -1}]
    for top, bottom in ((f, g), (g, f)):
        found = exact(top, bottom)
        if found is not None:
            outer, rest = forms.primitive(found)
            return [front, outer, rest]
    return None


def add_up_to_zero(f: Poly, g: Poly) -> bool:
    """f = −g."""
    return len(f) == len(g) and all(g.get(m) == -c for m, c in f.items())


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
