r"""Laws that the text itself names: "let $x_1,\dots,x_n \sim \mathcal{N}(\mu,\sigma^2)$ be i.i.d."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.vectors import MatrixOf, Vector
from derive.reading.densities import NAMES
from derive.reading.given import given
from derive.reading.laws import split
from derive.reading.names import spelling

# Whose arguments mean the same to everybody; a scale or a rate, a σ or a σ² is not guessed.
AGREED = ("normal", "bernoulli", "binomial", "poisson", "uniform", "beta")
_WORDS = r"(?:text|mathrm|mathcal|mathsf|mathscr|mathbf|operatorname|textrm|mbox|rm)"
_LETTER = r"\\?[A-Za-z]+"
_INDEX = rf"{_LETTER}_\{{?(?P<index>[a-z])\}}?"
_LIST = rf"(?P<listed>{_LETTER})_\{{?1\}}?\s*,.{{0,160}}?(?P=listed)_\{{?(?P<size>[A-Za-z])\}}?"
_SIM = (
    r"\s*&?\s*(?:\\(?:overset|stackrel)\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\s*\{?\s*\\sim\s*\}?|\\sim(?:_\{[^{}]*\})?)\s*"
)
_LAW = (
    rf"(?:\\{_WORDS}\s*\{{\s*(?P<worded>[A-Za-z]+)\s*\}}|(?P<plain>[A-Z][A-Za-z]*))\s*(?:\\left)?\((?P<arguments>[^$]*)"
)
_SAID = re.compile(rf"(?<![A-Za-z\\])(?:{_LIST}|(?P<entry>{_INDEX})|(?P<letter>{_LETTER})){_SIM}{_LAW}")
_BASE = re.compile(r"\\?log\s*_\s*\{?\s*(?P<base>2|10)(?!\d)\s*\}?")
_PLAIN_LOG = re.compile(r"\\(?:log|ln|lg)(?![A-Za-z])|(?<![\\A-Za-z])(?:ln|log)(?=[\s(_\\{])")
_HESSIAN = re.compile(r"[Hh]ess|海森|黑塞|海塞")
_KIND = r"(?P<kind>[Hh]essian|[Jj]acobian|海森|黑塞|海塞|雅可比|雅克比)(?:\s*矩阵|\s+matrix)?"
_NAME = rf"\$\s*(?P<name>\\(?:{_WORDS})\s*\{{\s*[HJ]\s*\}}|[HJ])\s*\$"
_CALLED = re.compile(
    rf"{_NAME}\s*(?:(?:for|is|be|denotes?|means|stands for|are)\s+the\s+|(?:为|是|表示|记为?)\s*){_KIND}"
)
_CALLS = re.compile(rf"{_KIND}\s*(?:(?:by|as)\s+|为|记为|记作)?\s*{_NAME}")
_RANGE = re.compile(r"(?P<index>[a-z])\s*=\s*1\s*,\s*(?:2\s*,\s*)?\\[lc]?dots[a-z]?\s*,\s*(?P<size>[A-Za-z])\b")
_SUM = re.compile(r"\\(?:sum|prod)(?:\\limits)?_\{?\s*(?P<index>[a-z])\s*=\s*1\s*\}?\s*\^\s*\{?\s*(?P<size>[A-Za-z])\b")


def laws_said(formula: str, text: str) -> Iterator[str]:
    r"""The ``given:`` lines that a formula of the text amounts to.

    Args:
        formula: between its delimiters.
        text: the whole document, in which the range of an index is looked up.

    >>> list(laws_said(r"X \sim N(\mu, \sigma^2)", ""))
    ['X ~ normal(\\mu, \\sigma^2)']
    >>> list(laws_said(r"x_i \sim \text{Bernoulli}(p)", r"$\sum_{i=1}^n x_i$"))
    ['x_i ~ bernoulli(p), i = 1..n']
    """
    for found in _SAID.finditer(formula):
        name = found["worded"] or found["plain"]
        family = NAMES.get(name, NAMES.get(rf"\mathcal{{{name}}}", "uniform" if name in ("U", "Unif") else ""))
        arguments = closed(found["arguments"])
        if family not in AGREED or arguments is None or not agreed(family, arguments):
            continue
        law = f"{family}({arguments})"
        if found["listed"]:
            index = next((i for i, size in ranges(text) if size == found["size"]), "i")
            yield f"{found['listed']}_{index} ~ {law}, {index} = 1..{found['size']}"
        elif found["entry"]:
            size = next((size for i, size in ranges(text) if i == found["index"]), None)
            if size is not None:
                yield f"{found['entry']} ~ {law}, {found['index']} = 1..{size}"
        else:
            yield f"{found['letter']} ~ {law}"


def families_said(text: str, facts: Facts) -> Iterator[str]:
    r"""The ``given:`` lines for the members Σ_k and μ_k of a mixture, where only Σ and μ are declared.

    A symmetric matrix has no entry with one index; a μ_k beside it, with k of another range, is no entry either.
    """
    reach = dict(ranges(text))
    steady = {i for i, size in reach.items() if {n for j, n in ranges(text) if j == i} == {size}}
    for name, matrix in facts.matrices.items():
        if not isinstance(matrix, MatrixOf) or matrix.args[0] not in facts.definitions or name + "_" in facts.matrices:
            continue
        size = matrix.shape[0]
        indices = {i for i in members(name, text) if i in steady and reach[i] != str(size)}
        if len(indices) != 1:
            continue
        (index,) = indices
        over = f"{index} = 1..{reach[index]}"
        yield f"{name}_{index} symmetric positive definite {size} x {size}, {over}"
        for other, vector in facts.matrices.items():
            single = isinstance(vector, Vector) and vector.shape[0] == size and other + "_" not in facts.matrices
            if single and index in members(other, text):
                yield rf"{other}_{index} \in \mathbb{{R}}^{size}, {over}"


def members(name: str, text: str) -> set[str]:
    r"""The indices with which a letter is written; of a ``\sum`` for Σ only where no sum can stand."""
    end = r"\s*(?:\^\s*\{?\s*(?:-\s*1|T|\\top)|[)|,=&]|\\right|\Z)" if name == r"\sum" else r"(?![A-Za-z])"
    bold = r"(?:\\(?:boldsymbol|mathbf|bm)\s*)?\{?\s*"
    inner = re.escape(name.removeprefix(r"\mathbf{").removesuffix("}"))
    below = r"(?:\{\s*([a-z])\s*\}|([a-z]))"
    found = re.findall(rf"{bold}{inner}\s*\}}?\s*_\s*{below}{end}", text)
    return {braced or plain for braced, plain in found}


def operators_said(text: str) -> dict[str, str]:
    r"""What the text calls the Hessian or the Jacobian, where it is written with what is differentiated.

    >>> operators_said(r"Write $\text{H}$ for the Hessian. $\text{H}_{f(w)} = \nabla^2 f(w)$")
    {'H': 'hessian'}
    >>> operators_said(r"Let $H$ be the Hessian. $H_k d = -g_k$")
    {}
    """
    made: dict[str, str] = {}
    for found in (*_CALLED.finditer(text), *_CALLS.finditer(text)):
        kind = "hessian" if _HESSIAN.match(found["kind"]) else "jacobian"
        name = spelling(found["name"])
        written = re.escape(found["name"].strip())
        below, behind = rf"{written}\s*_\s*\{{[^$]{{0,200}}?[(|]", rf"{written}\s*(?:\\left)?\s*\("
        if re.search(f"{below}|{behind}" if kind == "jacobian" else below, text):
            made[name] = kind if made.get(name, kind) == kind else ""
    return {name: kind for name, kind in made.items() if kind}


def base_said(text: str) -> str | None:
    r"""The base of the logarithm in entropies, where every logarithm of the text has it written below.

    >>> base_said(r"$H(p) = -\sum_x p(x) \log_2 p(x)$"), base_said(r"$\log_2 3 = \ln 3 / \ln 2$")
    ('2', None)
    """
    bases = {found["base"] for found in _BASE.finditer(text)}
    plain = _PLAIN_LOG.search(_BASE.sub(" ", text))
    return bases.pop() if len(bases) == 1 and plain is None else None


def ranges(text: str) -> Iterator[tuple[str, str]]:
    """How far the indices of the document run."""
    for pattern in (_RANGE, _SUM):
        for found in pattern.finditer(text):
            yield found["index"], found["size"]


def closed(text: str) -> str | None:
    """Up to the bracket that closes; None where none does."""
    depth = 1
    for at, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0:
            return text[:at].removesuffix(r"\right").strip()
    return None


def agreed(family: str, arguments: str) -> bool:
    """Numbers and letters, and of a normal law the variance as a square or a number."""
    parts = split(arguments)
    if any(re.search(r"\\(?:mathbf|boldsymbol|bm|vec|Sigma|cdot|mid)|\||;", part) for part in parts):
        return False
    if family == "normal":
        return len(parts) == 2 and bool(
            re.search(r"\^\{?2\}?\s*\Z", parts[1]) or re.fullmatch(r"[\d.]+", parts[1].strip())
        )
    return all(parts)


def taken_up(line: str, facts: Facts) -> Facts | None:
    """The facts with the line, if it says something new about a letter that no context speaks of; else None."""
    letter = re.match(r"\\?[A-Za-z]+", line)
    assert letter is not None
    names = {str(getattr(k, "label", k)) for k in (*facts.domains, *facts.laws, *facts.definitions, *facts.matrices)}
    if letter.group() in names:
        return None
    made = understood(line, facts)
    kept = {k: v for k, v in facts.domains.items()}
    return None if made is None else made.placing(kept)


def understood(line: str, facts: Facts) -> Facts | None:
    """The facts with a line of context; None for one that says nothing that can be used."""
    try:
        return given(line, facts)
    except InputError:
        return None
