"""What the report tells, put in order: statements under their speakers, articles with their statements."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.errors import UnknownRecord
from onrecord.records import Article, Speaker, SpeakerKind, Statement, digest
from onrecord.text import cut, fold
from onrecord.writers.html.passages import Passage, Words, passage_of, words_of
from onrecord.writers.labels import day_said, link, outlet, plain, sureness
from onrecord.writers.marks import Mark, Token, tokens
from onrecord.writers.wording import Wording

_ROLES = ("source", "addressee", "channel", "time", "relay")


@dataclass(frozen=True, eq=False)
class Entry:
    """A statement with what is said of it; ``number`` is its place in its article, ``name`` its speaker's."""

    statement: Statement
    article: Article
    number: int
    name: str
    section: str
    wording: Wording

    @property
    def act(self) -> str:
        """The act in words, or its not having been done."""
        return self.wording.act(self.statement.act, negated=self.statement.negated)

    @functools.cached_property
    def day(self) -> str:
        """The day in words."""
        return day_said(self.article, self.statement, self.wording)

    @property
    def outlet(self) -> str:
        """The outlet's name."""
        return outlet(self.article)

    @property
    def link(self) -> str:
        """The article's url where it is safe to follow, else ""."""
        return link(self.article.url)

    @property
    def sureness(self) -> str:
        """How plainly the text shows it, in a word."""
        return sureness(self.statement.score, self.wording)

    @property
    def words(self) -> Words:
        """What was said."""
        return words_of(self.article, self.statement)

    @property
    def gist(self) -> Words:
        """What was said, in a line."""
        return words_of(self.article, self.statement, 160)

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return passage_of(self.article, self.statement)

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The roles as they are written, each with its label; a source that is the name is left out."""
        cuts = ((role, cut(self.article.text, getattr(self.statement, role))) for role in _ROLES)
        return [
            (self.wording.roles[role], words)
            for role, words in cuts
            if words and not (role == "source" and words == self.name)
        ]

    @property
    def label(self) -> str:
        """Who did what when, in one line for those who can't see the sign."""
        name = plain(self.name) or self.wording.text["no_speaker"]
        return f"{name} {self.act}: {self.day} ({plain(self.outlet)})"


@dataclass(frozen=True)
class Section:
    """A speaker with all that he or she said, by day; ``name`` is "" for those who are not known."""

    id: str
    name: str
    kind: SpeakerKind
    names: tuple[str, ...]
    roles: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Chapter:
    """An article with its statements in the order of the text."""

    article: Article
    entries: tuple[Entry, ...]

    @property
    def outlet(self) -> str:
        """The outlet's name."""
        return outlet(self.article)

    @property
    def link(self) -> str:
        """The url where it is safe to follow, else ""."""
        return link(self.article.url)

    @property
    def tokens(self) -> Iterable[Token]:
        """The whole text with the contents of its statements and its furniture marked."""
        marks = [
            Mark(start, end, "content", entry.number)
            for entry in self.entries
            for start, end in entry.statement.content
        ]
        marks += [Mark(f.start, f.end, f.kind) for f in self.article.furniture]
        return tokens(self.article.text, (0, len(self.article.text)), marks)


def arrange(
    articles: Iterable[Article],
    statements: Iterable[Statement],
    speakers: Iterable[Speaker],
    wording: Wording,
) -> tuple[list[Section], list[Chapter]]:
    """Return the sections, those with most statements first, and the chapters in the order given.

    A statement that no speaker claims stands under its own ``speaker``; one without stands, last, under "".
    Raises UnknownRecord for a statement whose article isn't given.
    """
    known = {article.id: article for article in articles}
    facts = {statement.id: statement for statement in statements}
    heads = _heads(speakers, facts)
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for statement in facts.values():
        if statement.article_id not in known:
            raise UnknownRecord("article", statement.article_id)
        by_article[statement.article_id].append(statement)
    entries: dict[str, Entry] = {}
    chapters = []
    for article_id, article in known.items():
        ordered = sorted(by_article[article_id], key=lambda s: s.content)
        for number, statement in enumerate(ordered, 1):
            head = heads[statement.id]
            entries[statement.id] = Entry(statement, article, number, head.name, head.id, wording)
        chapters.append(Chapter(article, tuple(entries[statement.id] for statement in ordered)))
    return _sections(heads, entries), chapters


def _heads(speakers: Iterable[Speaker], facts: Mapping[str, Statement]) -> dict[str, Section]:
    """Return the section, without its entries, of each statement's id, in the order of the entries."""
    heads: dict[str, Section] = {}
    for speaker in speakers:
        if speaker.name:
            key = digest("p", speaker.id)
            head = Section(key, speaker.name, speaker.kind, speaker.names, speaker.roles, ())
            heads |= {i: head for i in speaker.statements if i in facts and i not in heads}
    for statement in facts.values():
        if statement.id not in heads:
            kind = statement.speaker_kind if statement.speaker else ""
            heads[statement.id] = Section(digest(statement.speaker), statement.speaker, kind, (), (), ())
    return heads


def _sections(heads: Mapping[str, Section], entries: Mapping[str, Entry]) -> list[Section]:
    first: dict[str, Section] = {}
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for statement_id, head in heads.items():
        first.setdefault(head.id, head)
        grouped[head.id].append(entries[statement_id])
    sections = [
        Section(head.id, head.name, head.kind, head.names, head.roles, tuple(grouped[head.id]))
        for head in first.values()
    ]
    return sorted(sections, key=lambda s: (not s.name, -len(s.entries), fold(s.name), s.id))
