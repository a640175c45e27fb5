"""Characters and entities that stand for LaTeX."""

from __future__ import annotations

COMMANDS = {
    **dict(zip("αβγδεζηθικλμνξπρστυφχψω", [r"\alpha", r"\beta", r"\gamma", r"\delta", r"\epsilon", r"\zeta", r"\eta", r"\theta", r"\iota", r"\kappa", r"\lambda", r"\mu", r"\nu", r"\xi", r"\pi", r"\rho", r"\sigma", r"\tau", r"\upsilon", r"\phi", r"\chi", r"\psi", r"\omega"], strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΦΨΩ", [r"\Gamma", r"\Delta", r"\Theta", r"\Lambda", r"\Xi", r"\Pi", r"\Sigma", r"\Phi", r"\Psi", r"\Omega"], strict=True)),
    "µ": r"\mu", "ϵ": r"\epsilon", "ϕ": r"\phi", "ℓ": r"\ell", "∂": r"\partial", "∇": r"\nabla", "∑": r"\sum",
    "∏": r"\prod", "∫": r"\int", "√": r"\sqrt", "∞": r"\infty", "∝": r"\propto", "∼": r"\sim", "≈": r"\approx",
    "≡": r"\equiv", "≤": r"\le", "≥": r"\ge", "⩾": r"\ge", "⩽": r"\le", "≠": r"\neq", "∈": r"\in", "⇒": r"\Rightarrow",
    "⇔": r"\iff", "→": r"\to", "←": r"\leftarrow", "∥": r"\parallel", "‖": r"\parallel", "∣": r"\mid", "ℝ": r"\R",
    "×": r"\times", "·": r"\cdot", "⋅": r"\cdot", "…": r"\dots", "⋯": r"\cdots", "∴": r"\therefore", "∵": r"\because",
    "⊤": r"\top", "∀": r"\forall",
}  # fmt: skip
MARKS = {"−": "-", "–": "-", "＝": "=", "＋": "+", "′": "'", "’": "'", "∗": "*"}
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&space;": "", "&nbsp;": "", "&plus;": "+"}
