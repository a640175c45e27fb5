"""Documents in, reports out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

from derive.checking.settling import Settled
from derive.core.claim import Outcome, Verdict
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.documents.choices import chosen, is_ambiguous
from derive.documents.clock import SECONDS_A_LINE, TimeUp, limit
from derive.documents.course import Course, Finding
from derive.documents.display_order import meanings_first
from derive.documents.entries import at_place, entry_of, unreadable
from derive.documents.equations.constraints import taken_as_constraint
from derive.documents.faults import FAULTS
from derive.documents.finding import Passage, passages
from derive.documents.inline import FARTHEST, claims_in, conditional, names_said, supposed
from derive.documents.laws.posterior_laws import as_density
from derive.documents.listening import LONGEST_INLINE, Listener
from derive.documents.logarithms_taken import logarithms_in
from derive.documents.macros import macros_in
from derive.documents.missing import missing
from derive.documents.outline import block_of, title_of
from derive.documents.placed import read_chains
from derive.documents.report import Block, Entry, FileReport, Title
from derive.documents.source import Source
from derive.reading.chains import ReadChain
from derive.reading.errors import Unreadable
from derive.reading.reader import Reader
from derive.reading.scope import Choice
from derive.reading.tokens import Source as TextSource
from derive.said.aims import FARTHEST as FARTHEST_WORDS
from derive.said.aims import looks_for_the_best, names_another_aim
from derive.said.constants import constants_said
from derive.said.context import forgets, with_context

Progress = Callable[[str, int, int], None]
Seen = Callable[[Course, ReadChain], None]
"""Is told of each chain after it was followed."""
FAULTS_ARE_RAISED = False
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


class _Check:
    """One pass over a document."""

    def __init__(
        self, source: Source, facts: Facts, seconds: float, progress: Progress | None, seen: Seen | None = None
    ) -> None:
        self.source, self.progress, self.seen = source, progress, seen
        self.entries: list[Entry] = []
        self.outline: list[Title | Block] = []
        self.best = False
        self.looks_for_the_best = looks_for_the_best(source.text)
        self.macros = macros_in(source.text)
        self.listener = Listener(source, facts, self.macros)
        self.course = self.afresh(None)
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

    def know(self, block: Sequence[Passage]) -> None:
        """Lines of context; after ``given: nothing`` only those behind it."""
        if not block:
            if not self.listener.looked:
                self.listener.look(self.course)
            return
        ends = [place for place, passage in enumerate(block) if forgets(passage.text)]
        if ends:
            self.course = self.afresh(self.course)
            self.listener.forget()
            self.know(block[ends[-1] + 1 :])
            return
        known = len(self.entries)
        for place, error in sorted(self.listener.know(self.course, block).items()):
            line, column = self.source.place(block[place].offset)
            self.problem(line, column, block[place].text, at_place(error, line, column))
        self.draw(block[-1], (), self.entries[known:])

    def afresh(self, course: Course | None) -> Course:
        """A course without what was said and defined before; that the text has a mistake stays."""
        made = Course(self.listener.start, self.note, constants=constants_said(self.source.text))
        if course is not None:
            made.section, made.mistaken, made.missing = course.section, course.mistaken, course.missing
        return made

    def take(self, passage: Passage) -> Sequence[ReadChain]:
        """One piece of mathematics; its chains."""
        line, column = self.source.place(passage.offset)
        if passage.kind == "broken":
            self.problem(line, column, passage.text.strip().split("\n")[0], None)
            return ()
        if passage.kind == "heading":
            self.course.section += 1
        if passage.kind in ("inline", "display"):
            self.course = self.listener.listen(self.course, passage, self.afresh)
        if passage.kind == "inline":
            self.listener.hold(self.course, passage)
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
        self.entries.append(entry_of(finding, self.listener.heard_so_far(), self.source))

    def problem(self, line: int, column: int, text: str, error: InputError | None) -> None:
        """Something that cannot be read."""
        self.entries.append(unreadable(line, column, text, error, self.source))
