"""Characters and entities that stand for LaTeX."""

from __future__ import annotations

COMMANDS = {
    **dict(zip("αβγδεζηθικλμνξπρστυφχψω", (
        r"\alpha \beta \gamma \delta \epsilon \zeta \eta \theta \iota \kappa \lambda \mu \nu \xi \pi \rho \sigma \tau "
        r"\upsilon \phi \chi \psi \omega").split(), strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΦΨΩ", (
        r"\Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Phi \Psi \Omega").split(), strict=True)),
    "µ": r"\mu", "ϵ": r"\epsilon", "ϕ": r"\phi", "ℓ": r"\ell", "∂": r"\partial", "∇": r"\nabla", "∑": r"\sum",
    "∏": r"\prod", "∫": r"\int", "√": r"\sqrt", "∞": r"\infty", "∝": r"\propto", "∼": r"\sim", "≈": r"\approx",
    "≡": r"\equiv", "≤": r"\le", "≥": r"\ge", "⩾": r"\ge", "⩽": r"\le", "≠": r"\neq", "∈": r"\in", "⇒": r"\Rightarrow",
    "⇔": r"\iff", "→": r"\to", "←": r"\leftarrow", "∥": r"\parallel", "‖": r"\parallel", "∣": r"\mid", "ℝ": r"\R",
    "×": r"\times", "·": r"\cdot", "⋅": r"\cdot", "…": r"\dots", "⋯": r"\cdots", "∴": r"\therefore", "∵": r"\because",
    "⊤": r"\top", "∀": r"\forall",
}  # fmt: skip
MARKS = {"−": "-", "–": "-", "＝": "=", "＋": "+", "′": "'", "’": "'", "∗": "*"}
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&space;": "", "&nbsp;": "", "&plus;": "+"}
