r"""The nodes of a formula as it is written: brackets, scripts, fractions and tables, without meaning yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A letter, number, mark, command, word (``\\operatorname{Var}``), text (a remark) or gap."""

    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Bracket:
    """Items between two delimiters; a brace group has ``{`` and ``}``."""

    open: str
    close: str
    items: tuple[Node, ...]
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Command:
    """A command with arguments: ``frac``, ``sqrt``, ``binom``, ``hat``, ``underset``, …"""

    name: str
    args: tuple[tuple[Node, ...], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Table:
    """An environment: rows of cells."""

    name: str
    rows: tuple[tuple[tuple[Node, ...], ...], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Scripted:
    """A base with what stands below and above; ``primes`` counts the strokes."""

    base: Node
    sub: tuple[Node, ...] | None
    sup: tuple[Node, ...] | None
    primes: int
    at: int


Node = Leaf | Bracket | Command | Table | Scripted
Nodes = tuple[Node, ...]
ACCENTS = ("hat", "bar", "tilde", "dot", "mathbf", "mathcal", "mathbb", "mathscr")


def is_mark(node: Node | None, *texts: str) -> bool:
    """Is it one of these marks?"""
    return isinstance(node, Leaf) and node.kind == "mark" and node.text in texts


def is_gap(node: Node | None) -> bool:
    r"""``\quad`` and its kin."""
    return isinstance(node, Leaf) and node.kind == "gap"


def is_command(node: Node | None, *names: str) -> bool:
    r"""Is it one of these commands without arguments, such as ``\\sum``?"""
    return isinstance(node, Leaf) and node.kind == "command" and node.text in names


def is_group(node: Node | None) -> bool:
    """Is it a group in braces?"""
    return isinstance(node, Bracket) and node.open == "{"


def core(node: Node) -> Node:
    """A base without its scripts."""
    return node.base if isinstance(node, Scripted) else node


def unwrapped(nodes: Nodes) -> Nodes:
    """Without gaps, and without braces around the whole."""
    # Most rows are one sign.
    if len(nodes) == 1 and isinstance(only := nodes[0], Leaf):
        return () if only.kind == "gap" else nodes
    kept = tuple(n for n in nodes if not (isinstance(n, Leaf) and n.kind == "gap"))
    while len(kept) == 1 and isinstance(kept[0], Bracket) and kept[0].open == "{":
        kept = tuple(n for n in kept[0].items if not (isinstance(n, Leaf) and n.kind == "gap"))
    return kept


def name_of(nodes: Nodes) -> str:
    r"""The written name as one normal spelling: ``\hat{\mu}_{1}`` and ``\hat \mu_1`` are ``\hat{\mu}_1``."""
    if len(nodes) == 1 and isinstance(only := nodes[0], Leaf) and only.kind in ("letter", "command"):
        return only.text
    return "".join([_spelling(n) for n in unwrapped(nodes)])


def _spelling(node: Node) -> str:
    match node:
        case Leaf("text" | "word", text):
            return text.strip()
        case Leaf(_, text):
            return text
        case Bracket("{", _, items):
            return name_of(items)
        case Bracket(opening, closing, items):
            return opening + name_of(items) + closing
        case Command(name, args):
            return f"\\{name}" + "".join("{" + name_of(a) + "}" for a in args)
        case Scripted(base, sub, sup, primes):
            below = "" if sub is None else "_" + braced(name_of(sub))
            return _spelling(base) + below + ("" if sup is None else "^" + braced(name_of(sup))) + "'" * primes
        case Table(name):
            return f"\\{name}"


def braced(script: str) -> str:
    """Braces where the script is more than one sign."""
    plain = len(script) == 1 or (script.startswith("\\") and script[1:].isalpha())
    return script if plain else "{" + script + "}"
