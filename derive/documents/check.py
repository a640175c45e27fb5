"""Documents in, reports out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from derive.core.claim import Outcome, Verdict
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.documents.aims import FARTHEST as FARTHEST_WORDS
from derive.documents.aims import looks_for_the_best, names_another_aim
from derive.documents.averages_said import with_averages_said
from derive.documents.bars import conditionals_said
from derive.documents.choices import chosen, is_ambiguous
from derive.documents.clock import SECONDS_A_LINE, TimeUp, limit
from derive.documents.constants_said import constants_said
from derive.documents.constraints import taken_as_constraint
from derive.documents.context import forgets, with_context
from derive.documents.contrasts import Said, are_dependent, heard
from derive.documents.course import Course, Finding
from derive.documents.densities_said import with_densities_said
from derive.documents.display_order import meanings_first
from derive.documents.domains_said import with_domains_said
from derive.documents.faults import FAULTS
from derive.documents.finding import Passage, passages
from derive.documents.held_said import hold, is_held
from derive.documents.inline import FARTHEST, claims_in, conditional, names_said, supposed
from derive.documents.joint_laws import with_values
from derive.documents.joint_uses import with_joints_used
from derive.documents.likelihood_laws import with_likelihood_laws
from derive.documents.logarithms_taken import logarithms_in
from derive.documents.macros import expanded, macros_in
from derive.documents.missing import missing
from derive.documents.moments_said import with_moments
from derive.documents.named_densities import with_densities_named
from derive.documents.outline import block_of, title_of
from derive.documents.placed import read_chains
from derive.documents.posterior_laws import as_density
from derive.documents.report import Block, Entry, FileReport, Title, Trouble
from derive.documents.sets_said import with_sets
from derive.documents.settling import Settled
from derive.documents.source import Source
from derive.documents.spoken import base_said, families_said, laws_said, operators_said, taken_up, understood
from derive.documents.stacked import with_stacked
from derive.documents.supports_said import support_said
from derive.documents.weights_said import with_weights
from derive.reading.chains import ReadChain
from derive.reading.errors import Unreadable
from derive.reading.reader import Reader
from derive.reading.scope import Choice
from derive.reading.tokens import Source as TextSource

Progress = Callable[[str, int, int], None]
Seen = Callable[[Course, ReadChain], None]
"""Is told of each chain after it was followed."""
SLIPS = {
    "sign": "slip_sign",
    "factor": "slip_factor",
    "power": "slip_power",
    "size": "slip_size",
    "log": "slip_log",
    "swap": "slip_swap",
    "term": "slip_term",
    "bracket": "slip_bracket",
    "index": "slip_index",
    "transpose": "slip_transpose",
    "base": "slip_base",
}
FAULTS_ARE_RAISED = False
LONGEST_INLINE = 1_000
_CLAIMS = re.compile(r"[=<>＝＜＞≤≥≈≡]|\\(?:le|ge|leq|geq|leqslant|geqslant|approx|equiv)(?![A-Za-z])")


def check_all(
    sources: Sequence[Source], context: tuple[str, ...], jobs: int, seconds: float, progress: Progress | None = None
) -> tuple[FileReport, ...]:
    """A report for each source, in their order.

    Raises:
        InputError: a context line given beside the documents is not understood.
    """
    facts, errors = with_context(Facts(), context)
    for error in errors.values():
        raise error
    if jobs > 1 and len(sources) > 1:
        with ProcessPoolExecutor(min(jobs, len(sources))) as pool:
            return tuple(pool.map(checked, sources, [facts] * len(sources), [seconds] * len(sources)))
    return tuple(checked(source, facts, seconds, progress) for source in sources)


def checked(
    source: Source,
    facts: Facts,
    seconds: float,
    progress: Progress | None = None,
    seen: Seen | None = None,
    best: bool = False,
) -> FileReport:
    """The report on one source.

    Args:
        best: it answers a question for the best value, whether it says so or not.
    """
    check = _Check(source, facts, seconds, progress, seen)
    check.best = best
    return check.report()


def at_place(error: InputError, line: int, column: int) -> InputError:
    """The error of a context line, which was read by itself, as one of the document."""
    return error.at(line, column + error.column - 1) if isinstance(error, Unreadable) else error


def stem_of(said: str) -> str:
    """The letter of which a line of context gives the law."""
    return re.split(r"_| ~ ", said)[0]


def law_of(said: str) -> str:
    """The law that it gives, without blanks."""
    return re.sub(r"[\s{}]", "", said.partition(" ~ ")[2].rpartition(")")[0])


class _Check:
    """One pass over a document."""

    def __init__(
        self, source: Source, facts: Facts, seconds: float, progress: Progress | None, seen: Seen | None = None
    ) -> None:
        self.source, self.progress, self.seen = source, progress, seen
        self.entries: list[Entry] = []
        self.outline: list[Title | Block] = []
        self.heard: list[Phrase] = []
        self.looked = self.best = False
        self.scope = source.text
        self.laws: dict[str, str] = {}
        self.told: list[str] = []
        self.looks_for_the_best = looks_for_the_best(source.text)
        base = base_said(source.text)
        told = (
            understood(rf"\log base {base}", facts) if base is not None and "\\log" not in facts.definitions else None
        )
        if told is not None:
            self.heard.append(Phrase("remark_from_text", {"given": rf"\log base {base}", "line": 1}))
        said = {"operators": operators_said(source.text), "conditionals": conditionals_said(source.text)}
        self.start = replace(told or facts, **said)  # type: ignore[arg-type]
        self.course = Course(self.start, self.note, constants=constants_said(source.text))
        self.macros = macros_in(source.text)
        self.logarithms = logarithms_in(source.text)
        self.until = time.monotonic() + seconds

    def report(self) -> FileReport:
        found = list(passages(self.source))
        block: list[Passage] = []
        for done, passage in enumerate(found):
            if self.progress is not None:
                self.progress(self.source.name, done, len(found))
            if passage.kind == "given":
                block.append(passage)
                continue
            self.know(block)
            block = []
            said = len(self.entries)
            chains = self.take(passage)
            self.draw(passage, chains, self.entries[said:])
        if self.progress is not None:
            self.progress(self.source.name, len(found), len(found))
        self.entries.sort(key=lambda e: (e.line, e.column))
        source = self.source
        lacking = missing(self.course)
        return FileReport(source.name, source.latex, source.text, tuple(self.entries), lacking, tuple(self.outline))

    def draw(self, passage: Passage, chains: Sequence[ReadChain], entries: Sequence[Entry]) -> None:
        """The passage as a reader of the report sees it; what is said in passing only if something is said of it."""
        if passage.kind == "heading":
            self.outline.append(title_of(self.source, passage))
            return
        block = block_of(self.source.place(passage.offset)[0], chains, entries)
        if block.chains and (entries or passage.kind == "display"):
            self.outline.append(block)

    def know(self, block: list[Passage]) -> None:
        """Lines of context."""
        if not block:
            if not self.looked:
                self.look()
            return
        known = len(self.entries)
        ends = [place for place, passage in enumerate(block) if forgets(passage.text)]
        if ends:
            self.afresh()
            self.told.clear()
            self.know(block[ends[-1] + 1 :])
            return
        self.told += [p.text for p in block]
        before, laws = self.course.facts.definitions, self.course.facts.laws
        line, _ = self.source.place(block[-1].offset)
        self.course.facts, errors = with_context(self.course.facts, [p.text for p in block], self.source.text)
        for said in families_said(self.source.text, self.course.facts):
            facts = understood(said, self.course.facts)
            if facts is None:
                continue
            self.course.facts = facts
            self.heard.append(Phrase("remark_from_text", {"given": said, "line": line}))
        told = {k for k, v in self.course.facts.definitions.items() if before.get(k) != v}
        self.course.forget(told | {k.name for k, law in self.course.facts.laws.items() if laws.get(k) != law})
        self.look()
        for place, error in sorted(errors.items()):
            line, column = self.source.place(block[place].offset)
            self.problem(line, column, block[place].text, at_place(error, line, column))
            self.course.spoiled |= set(re.findall(r"\\?[A-Za-z]+", block[place].text))
        self.draw(block[-1], (), self.entries[known:])

    def look(self) -> None:
        """What the text says of its letters: domains, densities, weights, laws of several variables, sets."""
        self.looked = True
        self.hear(with_domains_said, with_densities_said, with_likelihood_laws, with_moments, with_averages_said)
        self.hear(with_densities_named)
        self.hear(with_weights, with_joints_used, with_sets)
        self.course.facts = with_values(with_stacked(self.course.facts, self.scope), self.scope)

    def hear(self, *ways: Said) -> None:
        """What the whole text says in these ways."""
        for way in ways:
            self.course.facts, taken = heard(way, self.course.facts, self.scope)
            for given, at in taken:
                self.heard.append(Phrase("remark_from_text", {"given": given, "line": self.source.place(at)[0]}))

    def afresh(self) -> None:
        """``given: nothing``: what was said and defined before holds no longer; that the text has a mistake stays."""
        course = self.course
        kept = {"section": course.section, "mistaken": course.mistaken, "constants": course.constants}
        self.course = Course(self.start, self.note, **kept)  # type: ignore[arg-type]
        self.course.missing = course.missing

    def take(self, passage: Passage) -> Sequence[ReadChain]:
        """One piece of mathematics; its chains."""
        line, column = self.source.place(passage.offset)
        if passage.kind == "broken":
            self.problem(line, column, passage.text.strip().split("\n")[0], None)
            return ()
        if passage.kind == "heading":
            self.course.section += 1
        if passage.kind in ("inline", "display"):
            self.listen(passage, line)
        if passage.kind == "inline":
            self.hold(passage)
            return self.aside(passage)
        if passage.kind == "heading":
            return ()
        above = self.source.text[max(0, passage.offset - FARTHEST_WORDS) : passage.offset]
        self.course.seeks = self.best or (self.looks_for_the_best and not names_another_aim(above))
        self.course.logged = frozenset(name for name, at in self.logarithms.items() if at > passage.offset)
        chains = read_chains(Reader(self.course.facts), self.source, passage, self.macros)
        for place, chain in meanings_first(chains, self.course.facts):
            if is_ambiguous(chain):
                chain = self.chosen(passage, place) or chain
            chain = self.as_density(chain) or chain
            self.follow(chain)
            if self.seen is not None:
                self.seen(self.course, chain)
        if not chains:
            self.matched(passage, line, column)
        return chains

    def listen(self, passage: Passage, line: int) -> None:
        """A law that the text names is context, unless a line of context speaks of the same letter."""
        if len(passage.text) > LONGEST_INLINE:
            return
        formula = expanded(passage.text, self.macros)
        said_here = list(laws_said(formula, self.source.text))
        if not said_here and (named := support_said(formula)) is not None and named[0] in self.laws:
            # Another law, of which nobody can say what its arguments mean.
            self.begin_again(passage)
        for said in said_here:
            if not self.is_meant(said, passage):
                continue
            facts = taken_up(said, self.course.facts)
            if facts is not None:
                self.laws[stem_of(said)] = law_of(said)
                self.course.facts = facts
                self.heard.append(Phrase("remark_from_text", {"given": said, "line": line}))
                self.hear(with_averages_said)

    def is_meant(self, said: str, passage: Passage) -> bool:
        """Can the law be taken? Where its letter had another one, what is said of it begins again."""
        text, end = self.source.text, passage.offset + len(passage.text)
        if "= 1.." in said and are_dependent(text, passage.offset, end):
            return False
        if self.laws.get(stem_of(said), law_of(said)) == law_of(said):
            return True
        # A sentence that supposes may speak of another case for a moment only.
        case = conditional(text[max(0, passage.offset - FARTHEST) : passage.offset])
        self.begin_again(passage)
        return not case

    def begin_again(self, passage: Passage) -> None:
        """What is said from this paragraph on is about other laws: only the lines of context and domains stay."""
        text = self.source.text
        above = max(text.rfind("\n\n", 0, passage.offset), 0)
        self.afresh()
        self.laws.clear()
        self.course.facts, _ = with_context(self.course.facts, self.told, text)
        self.hear(with_domains_said)
        self.scope = re.sub(r"[^\n]", " ", text[:above]) + text[above:]
        self.look()

    def hold(self, passage: Passage) -> None:
        """A family that the sentence says is held fixed is known by its sign and total alone."""
        text, end = self.source.text, passage.offset + len(passage.text)
        before = text[max(0, passage.offset - FARTHEST) : passage.offset].rstrip("$\\(")
        if is_held(before, text[end : end + FARTHEST].lstrip("$\\)")):
            for chain in read_chains(Reader(self.course.facts), self.source, passage, self.macros):
                if hold(self.course, chain.sides[0].value):
                    given = rf"{passage.text.strip()} \in \mathbb{{R}}"
                    self.heard.append(Phrase("remark_from_text", {"given": given, "line": self.source.place(end)[0]}))

    def aside(self, passage: Passage) -> Sequence[ReadChain]:
        """A formula inside a sentence, if it claims anything."""
        chains: Sequence[ReadChain] = ()
        if not _CLAIMS.search(passage.text) or len(passage.text) > LONGEST_INLINE:
            return chains
        left = self.until - time.monotonic()
        before = self.source.text[max(0, passage.offset - FARTHEST) : passage.offset]
        doubtful = supposed(before)
        try:
            if left <= 0:
                return chains
            with limit(min(left, SECONDS_A_LINE)):
                chains = read_chains(Reader(self.course.facts), self.source, passage, self.macros)
                claiming = tuple(chain for chain in chains if not taken_as_constraint(self.course, chain))
                for finding in list(claims_in(self.course, claiming, doubtful)):
                    self.note(finding)
                if not conditional(before):
                    names_said(self.course, chains, self.source.place(passage.offset)[0])
        except (TimeUp, *FAULTS):
            # What is said in passing and cannot be settled is no line of the derivation.
            pass
        return chains

    def matched(self, passage: Passage, line: int, column: int) -> None:
        """A display that claims nothing may still have a bracket that does not match."""
        try:
            Reader(self.course.facts).nodes(TextSource(passage.text, line, column))
        except Unreadable as error:
            self.problem(error.line, error.column, passage.text.strip(), error)

    def follow(self, chain: ReadChain) -> None:
        """One chain, within its time."""
        left = self.until - time.monotonic()
        try:
            if left <= 0:
                raise TimeUp
            with limit(min(left, SECONDS_A_LINE * max(1, len(chain.links)))):
                self.course.follow(chain)
        except TimeUp:
            self.rest(chain, "time")
        except FAULTS as fault:
            if FAULTS_ARE_RAISED:
                raise
            self.rest(chain, type(fault).__name__)

    def as_density(self, chain: ReadChain) -> ReadChain | None:
        """What a law of a letter, given data, claims; None for other chains."""
        try:
            with limit(max(0.1, min(self.until - time.monotonic(), SECONDS_A_LINE))):
                return as_density(self.course, chain)
        except (TimeUp, *FAULTS):
            return None

    def chosen(self, passage: Passage, place: int) -> ReadChain | None:
        """The chain of a display in the reading that its claims decide for; None if none does."""

        def read(choice: Choice) -> ReadChain:
            reader = Reader(self.course.facts)
            reader.choice = choice
            return read_chains(reader, self.source, passage, self.macros)[place]

        return chosen(self.course, read, self.until - time.monotonic())

    def rest(self, chain: ReadChain, reason: str) -> None:
        """What could not be settled of a chain."""
        for link, left, right in zip(chain.links, chain.sides, chain.sides[1:], strict=False):
            if not any((e.line, e.column) == (link.line, link.column) for e in self.entries):
                late = Settled(Verdict(Outcome.UNKNOWN, reason), Phrase("check_unknown", {"reason": reason}))
                self.note(Finding(link, left, right, late))

    def note(self, finding: Finding) -> None:
        """The entry of a finding."""
        link, verdict = finding.link, finding.settled.verdict
        remarks = (*finding.remarks, *self.heard)
        self.heard.clear()
        slip = finding.settled.slip
        if slip is not None:
            remarks = (Phrase(SLIPS[slip.kind]), *remarks)
        self.entries.append(
            Entry(
                link.line,
                link.column,
                0,
                0,
                link.relation.latex,
                f"{finding.left.latex} {link.relation.latex} {finding.right.latex}".strip(),
                verdict.outcome,
                finding.settled.because,
                verdict.witness,
                None if slip is None else slip.made,
                remarks,
                self.source.line(link.line),
                self.trouble(link.line, link.column, finding.left.error or finding.right.error),
            )
        )

    def trouble(self, line: int, column: int, error: InputError | None) -> Trouble | None:
        """Why it cannot be read, and where in the document."""
        if error is None:
            return None
        if isinstance(error, Unreadable) and error.line in range(1, len(self.source.starts) + 1):
            return Trouble(error.reason, error.hint, error.line, error.column, self.source.line(error.line))
        return Trouble(error.message, error.hint, line, column, self.source.line(line))

    def problem(self, line: int, column: int, text: str, error: InputError | None) -> None:
        """Something that cannot be read; a formula without an end has no error of its own."""
        because = Phrase("check_no_end") if error is None else Phrase("check_unread", {"message": str(error)})
        source, trouble = self.source.line(line), self.trouble(line, column, error)
        self.entries.append(
            Entry(line, column, 0, 0, "", text, Outcome.UNREAD, because, source=source, trouble=trouble)
        )
