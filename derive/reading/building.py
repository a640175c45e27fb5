"""Tokens → nodes: brackets matched, commands given their arguments, scripts set to their bases."""

from __future__ import annotations

from derive.reading.commands import ARGUMENTS, CLOSERS, INITIALS, PLAIN, SAME, is_table, text_leaf, upright
from derive.reading.errors import Unreadable
from derive.reading.tokens import Source, Token
from derive.reading.tree import (
    ACCENTS,
    Bracket,
    Command,
    Leaf,
    Node,
    Nodes,
    Scripted,
    Table,
    is_command,
    is_mark,
    name_of,
    unwrapped,
)
from derive.reading.words import BARE, BEFORE_BRACKETS, CONNECTIVES, FUNCTIONS, SPACED

DEEPEST = 40


BIG_LETTERS = {r"\Pi": r"\prod", r"\Sigma": r"\sum"}


class Builder:
    """One pass over the tokens of a row."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        self.source, self.tokens, self.place, self.depth = source, tokens, 0, 0

    def peek(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def refuse(self, reason: str, at: int, hint: str = "") -> Unreadable:
        return self.source.refuse(reason, at, hint)

    def all(self) -> Nodes:
        """Every token.

        Raises:
            Unreadable: brackets, braces or environments do not match, or a command lacks an argument.
        """
        items = self.items(None)
        left = self.peek()
        if left is not None:
            raise self.refuse(f"{left.text} closes nothing", left.at, "an opening bracket is missing before it")
        return items

    def items(self, opening: Token | None) -> Nodes:
        """Up to the closing token (not taken), or the end."""
        self.depth += 1
        if self.depth > DEEPEST:
            at = opening.at if opening else 0
            raise self.refuse(f"brackets are nested deeper than {DEEPEST} levels", at)
        made: list[Node] = []
        while (token := self.peek()) is not None and token.text != r"\end":
            if token.kind == "close" and not (token.text == "|" and (opening is None or opening.text != "|")):
                break
            if token.text == r"\right." and opening is not None and opening.text == r"\{" and is_table(made):
                break
            if (token.kind == "mark" and token.text == "&") or token.kind == "row":
                if opening is None or opening.text == r"\begin":
                    break
                self.place += 1
                continue
            if token.kind == "command" and token.text in (r"\over", r"\choose"):
                self.place += 1
                name = "frac" if token.text == r"\over" else "binom"
                made = [
                    Command(
                        name,
                        (tuple(made), self.items(opening)),
                        opening.at if opening else made[0].at if made else token.at,
                    )
                ]
                continue
            node = self.node(made)
            if node is not None:
                made.append(node)
        self.depth -= 1
        return tuple(made)

    def node(self, before: list[Node]) -> Node | None:
        """The next node with its scripts; None for an empty group."""
        token = self.tokens[self.place]
        if token.kind == "mark" and token.text in ("_", "^", "'"):
            if not before:
                raise self.refuse(f"{token.text} has nothing to stand on", token.at)
            return self.scripts(before.pop())
        return self.scripts(self.bare())

    def scripts(self, base: Node) -> Node | None:
        """The scripts that follow."""
        sub: Nodes | None = None
        sup: Nodes | None = None
        primes = 0
        # Gaps are dropped only where a script follows them.
        while (token := self.peek()) is not None and token.kind == "mark" and token.text in ("_", "^", "'"):
            self.place += 1
            if token.text == "'":
                primes += 1
                continue
            if token.text == "^" and (strokes := self.strokes()):
                primes += strokes
                continue
            script = self.argument(token)
            inner = unwrapped(script)
            if token.text == "^" and inner and all(is_command(n, r"\prime") for n in inner):
                primes += len(inner)
            elif token.text == "_":
                if sub:
                    raise self.refuse("a second subscript", token.at, "set braces: x_{i,j}")
                sub = script
            else:
                if sup:
                    raise self.refuse("a second exponent", token.at, "set braces: {x^a}^b")
                sup = script
        sub, sup = (s if s is not None and unwrapped(s) else None for s in (sub, sup))
        if isinstance(base, Bracket) and base.open == "{":
            inside = unwrapped(base.items)
            if not inside:
                return None
            if len(inside) == 1 and not (isinstance(inside[0], Scripted) and (sub or sup or primes)):
                base = inside[0]
        if sub is None and sup is None and not primes:
            return base
        if isinstance(base, Scripted) and not (sub and base.sub) and not (sup and base.sup):
            return Scripted(base.base, sub or base.sub, sup or base.sup, primes + base.primes, base.at)
        return Scripted(big_sign(base, sub), sub, sup, primes, base.at)

    def strokes(self) -> int:
        """How many there are in the ``{''}`` that comes next; they are passed."""
        count = 0
        tokens = self.tokens
        if self.place < len(tokens) and tokens[self.place].text == "{" and tokens[self.place].kind == "open":
            while self.place + 1 + count < len(tokens) and tokens[self.place + 1 + count].text == "'":
                count += 1
            behind = self.place + 1 + count
            if not count or behind >= len(tokens) or tokens[behind].text != "}":
                return 0
            self.place = behind + 1
        return count

    def argument(self, owner: Token, one_digit: bool = False) -> Nodes:
        """What a script or command takes: a group or the next node."""
        while (token := self.peek()) is not None and token.kind == "gap":
            self.place += 1
        if token is None or token.kind in ("close", "row") or token.text in (r"\end", "&"):
            raise self.refuse(f"{owner.text} lacks what should follow it", owner.at)
        if token.kind == "number" and len(token.text) > 1:
            if not one_digit:
                hint = f"{owner.text}{{{token.text}}} or {owner.text}{{{token.text[0]}}} {token.text[1:]}"
                raise self.refuse(f"{owner.text}{token.text} is {owner.text}{token.text[0]} to LaTeX", token.at, hint)
            self.tokens[self.place] = Token("number", token.text[1:], token.at + 1)
            return (Leaf("number", token.text[0], token.at),)
        if token.kind == "mark" and token.text in "_^&":
            raise self.refuse(f"{owner.text} is followed by {token.text}", token.at)
        node = self.bare(words=False)
        return node.items if isinstance(node, Bracket) and node.open == "{" else (node,)

    def bare(self, words: bool = True) -> Node:
        """The next node without scripts."""
        token = self.tokens[self.place]
        self.place += 1
        match token.kind:
            case "open":
                return self.bracket(token)
            case "command":
                self.depth += 1
                if self.depth > 2 * DEEPEST:
                    raise self.refuse("commands are nested too deeply", token.at)
                made = self.command(token)
                self.depth -= 1
                return made
            case "letter" if words:
                return self.word(token)
            case "text":
                return text_leaf(token)
            case "close":
                # The bar behind what is evaluated, which nothing opens.
                return Leaf("mark", token.text, token.at)
            case _:
                return Leaf(token.kind, token.text, token.at)

    def word(self, first: Token) -> Node:
        """A letter, or a known word typed without a backslash."""
        if first.text not in INITIALS:
            return Leaf("letter", first.text, first.at)
        run, spaced = first.text, first.text
        for offset, token in enumerate(self.tokens[self.place : self.place + 8], start=1):
            if token.kind != "letter":
                break
            if token.at == first.at + offset and len(run) == offset:
                run += token.text
            if token.at == first.at + 2 * offset:
                spaced += token.text
        for known in BARE:
            if run.startswith(known) or (known in SPACED and spaced.startswith(known)):
                self.place += len(known) - 1
                return Leaf("text" if known in CONNECTIVES else "word", known, first.at)
        for known in BEFORE_BRACKETS:
            if run == known and self.opens(len(known) - 1):
                self.place += len(known) - 1
                return Leaf("word", known, first.at)
        return Leaf("letter", first.text, first.at)

    def opens(self, ahead: int) -> bool:
        """Does a bracket open so many tokens ahead?"""
        token = self.tokens[self.place + ahead] if self.place + ahead < len(self.tokens) else None
        return token is not None and token.kind == "open" and token.text in ("(", "[", r"\{")

    def bracket(self, token: Token) -> Node:
        items = self.items(token)
        closing = self.peek()
        if closing is not None and closing.text == r"\right." and isinstance(items[0], Table):
            # A brace before a table and nothing behind it: cases.
            self.place += 1
            return Table("cases", items[0].rows, token.at)
        if closing is None or closing.kind != "close":
            raise self.refuse(f"{token.text} is never closed", token.at, f"add the missing {CLOSERS[token.text]}")
        mixed = token.text in "([" and closing.text in ")]"
        if closing.text != CLOSERS[token.text] and not mixed:
            hint = f"{CLOSERS[token.text]} is missing before it"
            raise self.refuse(f"{token.text} is closed by {closing.text}", closing.at, hint)
        self.place += 1
        inner = unwrapped(items) if token.text == "(" and len(items) == 1 else items
        return Bracket(token.text, closing.text, inner, token.at, closing.at)

    def command(self, token: Token) -> Node:
        name = token.text[1:]
        if name == "begin":
            return self.table(token)
        name = SAME.get(name, name)
        if token.text[1:] not in ARGUMENTS:
            return Leaf("command", token.text, token.at)
        root: tuple[Nodes, ...] = ()
        if name == "sqrt" and (after := self.peek()) is not None and after.text == "[":
            self.place += 1
            index = self.bracket(after)
            root = (index.items,) if isinstance(index, Bracket) else ()
        args = tuple(self.argument(token, one_digit=True) for _ in range(ARGUMENTS[token.text[1:]]))
        if name == "mathop" and (word := name_of(args[0]).replace("\\", "")) in FUNCTIONS:
            return Leaf("word", word, token.at)
        if name in PLAIN:
            return Bracket("{", "}", args[0], token.at, token.at)
        if name in ("textcolor", "colorbox"):
            return Bracket("{", "}", args[1], token.at, token.at)
        if name in ("underbrace", "overbrace"):
            self.label_dropped()
            return Bracket("{", "}", args[0], token.at, token.at)
        if name in ("operatorname", "mathrm"):
            return upright(name, args[0], token.at)
        if name in ACCENTS and len(inside := unwrapped(args[0])) == 1 and isinstance(inside[0], Scripted):
            # The hat of x_i is the hat of x.
            x = inside[0]
            return Scripted(Command(name, ((x.base,),), token.at), x.sub, x.sup, x.primes, token.at)
        return Command(name, (*args, *root), token.at)

    def label_dropped(self) -> None:
        """The words under a brace are a remark."""
        token = self.peek()
        if token is not None and token.kind == "mark" and token.text in "_^":
            self.place += 1
            self.argument(token)

    def table(self, token: Token) -> Node:
        name = self.environment(token)
        if name in ("array", "tabular", "alignedat", "alignat"):
            self.argument(token)
        elif (after := self.peek()) is not None and after.text == "[" and name in ("aligned", "split", "cases"):
            self.place += 1
            self.bracket(after)
        rows: list[tuple[Nodes, ...]] = []
        cells: list[Nodes] = []
        while True:
            cells.append(self.items(token))
            mark = self.peek()
            if mark is None or mark.kind == "close":
                raise self.refuse(rf"\begin{{{name}}} has no \end{{{name}}}", token.at)
            self.place += 1
            if mark.kind == "row" or mark.text == r"\end":
                rows.append(tuple(cells))
                cells = []
            if mark.text == r"\end":
                ended = self.environment(mark)
                if ended != name:
                    raise self.refuse(rf"\begin{{{name}}} is ended by \end{{{ended}}}", mark.at)
                return Table(name, tuple(r for r in rows if any(unwrapped(c) for c in r)), token.at)

    def environment(self, token: Token) -> str:
        nodes = self.argument(token)
        return "".join(n.text for n in nodes if isinstance(n, Leaf)).rstrip("*")


def big_sign(base: Node, sub: Nodes | None) -> Node:
    r"""``\Pi_{i=1}^n`` is a product, ``\Sigma_{i=1}^n`` a sum: no letter has ``i = 1`` for an index."""
    if isinstance(base, Leaf) and base.text in BIG_LETTERS and any(is_mark(n, "=") for n in sub or ()):
        return Leaf(base.kind, BIG_LETTERS[base.text], base.at)
    return base


def build(source: Source, tokens: list[Token]) -> Nodes:
    """The nodes of a list of tokens.

    Raises:
        Unreadable: the tokens do not fit together.
    """
    return Builder(source, list(tokens)).all()
