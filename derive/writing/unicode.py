"""The few LaTeX commands of the layout as Unicode characters."""

from __future__ import annotations

GREEK = dict(
    alpha="α", beta="β", gamma="γ", delta="δ", epsilon="ϵ", varepsilon="ε", zeta="ζ", eta="η", theta="θ", vartheta="ϑ",
    iota="ι", kappa="κ", mu="μ", nu="ν", xi="ξ", pi="π", rho="ρ", sigma="σ", tau="τ", upsilon="υ", phi="φ",
    varphi="ϕ", chi="χ", psi="ψ", omega="ω", Gamma="Γ", Delta="Δ", Theta="Θ", Lambda="Λ", Xi="Ξ", Pi="Π", Sigma="Σ",
    Upsilon="Υ", Phi="Φ", Psi="Ψ", Omega="Ω", ell="ℓ", varrho="ϱ", varsigma="ς", varpi="ϖ",
) | {"lambda": "λ"}  # fmt: skip
MARKS = dict(
    sum="Σ", prod="Π", int="∫", partial="∂", infty="∞", cdot="·", le="≤", ge="≥", ne="≠", approx="≈", iff="⟺",
    dots="…", ldots="…", cdots="⋯", propto="∝", lor="∨", land="∧", star="⋆", ast="∗", prime="′", dagger="†", top="⊤",
    equiv="≡", mid="|", to="→", nabla="∇", **{
        "in": "∈", "{": "{", "}": "}", "mathbb{R}": "ℝ", "mathbb{E}": "E", "|": "‖",
        r"arg\max": "arg max", r"arg\min": "arg min", "max": "max", "min": "min",
    },
)  # fmt: skip
CHARACTERS = {"\\" + name: text for name, text in (GREEK | MARKS).items()} | {"-": "−", "*": "∗"}
COMBINING = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
    "underline": "\u0332",
}  # fmt: skip
_SUPER = dict(zip(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδ/′",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᐟ′", strict=True,
))  # fmt: skip
_SUB = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))


def character(text: str) -> str:
    r"""An atom's or operator's LaTeX as it stands in a terminal: ``\log`` is log, ``\operatorname{erf}`` is erf."""
    if text in CHARACTERS:
        return CHARACTERS[text]
    bare = text.replace(r"\operatorname", "").replace("{", "").replace("}", "").replace("^-1", "⁻¹")
    head = next((c for c in sorted(CHARACTERS, key=len, reverse=True) if c[0] == "\\" and bare.startswith(c)), "")
    return CHARACTERS[head] + bare[len(head) :] if head else bare.lstrip("\\")


def accented(kind: str, text: str) -> str:
    """The text with an accent on its first letter (on every letter for a line over or under it)."""
    if kind == "boxed":
        return f"[{text}]"
    mark = COMBINING.get(kind, "")
    if kind in ("overline", "underline"):
        return "".join(c + mark for c in text)
    return text[:1] + mark + text[1:]


def raised(text: str) -> str:
    """The text in superscript characters; empty where one is missing."""
    return _translated(text, _SUPER)


def lowered(text: str) -> str:
    """The text in subscript characters; empty where one is missing."""
    return _translated(text, _SUB)


def _translated(text: str, table: dict[str, str]) -> str:
    return "".join(table[c] for c in text) if all(c in table for c in text) else ""
