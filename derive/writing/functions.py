"""How named functions are written: a table, and nothing that is not in it."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.nodes import InverseDigamma, Largest, Median, Sigmoid, Smallest

APPLIED: dict[Any, str] = {
    sp.gamma: r"\Gamma",
    sp.lowergamma: r"\gamma",
    sp.uppergamma: r"\Gamma",
    sp.digamma: r"\psi",
    sp.beta: "B",
    Sigmoid: r"\sigma",
    sp.zeta: r"\zeta",
    InverseDigamma: r"\psi^{-1}",
    sp.Max: r"\max",
    sp.Min: r"\min",
    sp.erf: r"\operatorname{erf}",
    sp.atan2: r"\operatorname{atan2}",
    sp.erfc: r"\operatorname{erfc}",
    sp.erfinv: r"\operatorname{erf}^{-1}",
    sp.sign: r"\operatorname{sign}",
    sp.expint: r"\operatorname{E}",
    sp.Ei: r"\operatorname{Ei}",
}
"""Functions written ``name(arguments)``."""

WITH_ORDER: dict[Any, str] = {sp.besseli: "I", sp.besselj: "J", sp.besselk: "K", sp.bessely: "Y"}
"""Functions whose first argument is a subscript."""

PICKED: dict[Any, str] = {Smallest: r"\min", Largest: r"\max", Median: r"\operatorname{med}"}
"""What is picked from the data, with the index below the name."""

OPERATORS: dict[Any, str] = {
    sp.sin: r"\sin",
    sp.cos: r"\cos",
    sp.tan: r"\tan",
    sp.cot: r"\cot",
    sp.sinh: r"\sinh",
    sp.cosh: r"\cosh",
    sp.tanh: r"\tanh",
    sp.asin: r"\arcsin",
    sp.acos: r"\arccos",
    sp.atan: r"\arctan",
}
"""Functions written before a single letter without brackets."""

CONSTANTS: dict[Any, str] = {
    sp.pi: r"\pi",
    sp.E: "e",
    sp.oo: r"\infty",
    sp.EulerGamma: r"\gamma_E",
}

RELATIONS: dict[Any, str] = {
    sp.Eq: "=",
    sp.Ne: r"\ne",
    sp.Lt: "<",
    sp.Le: r"\le",
    sp.Gt: ">",
    sp.Ge: r"\ge",
}
