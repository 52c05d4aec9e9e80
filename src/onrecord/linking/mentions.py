"""Mentions: what one article tells of one speaker."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from onrecord import dates
from onrecord.linking import bodies, names, roles
from onrecord.linking.sounds import flatten
from onrecord.records import Article, SpeakerKind, Statement, mention
from onrecord.text import cut

Sort = Literal["person", "body", ""]

# Bodies and countries are told apart badly ("Moscow", "the Kremlin"), so they are compared with one another.
_SORTS: dict[SpeakerKind, Sort] = {
    "person": "person",
    "organisation": "body",
    "country": "body",
    "group": "body",
}


# Longer ones are no names, and comparing them takes time.
_LONGEST = 200


class Mention(msgspec.Struct, frozen=True):
    """One speaker in one article.

    ``sort`` is "" for who is never linked: anonymous speakers, documents, and descriptions without a name
    ("le juge", "les autorités"). ``company`` are the other persons who speak in the article, by their full
    names; ``fuller`` what the article's text writes before a partial name, with it ("Jana Orlik" for "Orlik",
    also "Minister Orlik"); ``days`` the first and last day on which it can have been published, or None.
    """

    key: str
    article_id: str
    name: str
    sort: Sort
    kind: SpeakerKind
    partial: bool
    roles: roles.Roles
    company: frozenset[str]
    fuller: frozenset[str]
    days: tuple[dt.date, dt.date] | None


def gather(articles: Iterable[Article], statements: Iterable[Statement]) -> tuple[Mention, ...]:
    """Return the mentions of the statements' speakers, sorted by key.

    Statements without a speaker, or of an article that isn't given, have none.
    """
    by_id = {article.id: article for article in articles}
    said: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
    for statement in statements:
        if statement.speaker.strip() and statement.article_id in by_id:
            said[statement.article_id, statement.speaker][statement.id] = statement
    persons: dict[str, set[str]] = defaultdict(set)
    for (article_id, name), theirs in said.items():
        if _sort(name, _kind(theirs)) == "person" and not names.partial(name):
            persons[article_id].add(name)
    found = (
        _mention(by_id[article_id], name, theirs, persons[article_id])
        for (article_id, name), theirs in said.items()
    )
    return tuple(sorted(found, key=lambda one: one.key))


def _mention(article: Article, name: str, theirs: dict[str, Statement], persons: set[str]) -> Mention:
    kind = _kind(theirs)
    sort = _sort(name, kind)
    phrases: list[str] = []
    if sort == "person":
        in_order = sorted(theirs.values(), key=lambda s: (s.source, s.id))
        phrases = [roles.of_mention(cut(article.text, s.source), name) for s in in_order if s.source]
        phrases += roles.around(article.text, name)
    partial = sort == "person" and names.partial(name)
    return Mention(
        key=mention(article.id, name),
        article_id=article.id,
        name=name,
        sort=sort,
        kind=kind,
        partial=partial,
        roles=roles.gather(phrase for phrase in phrases if phrase),
        company=frozenset(flatten(other) for other in persons if other != name),
        fuller=frozenset(_fuller(article.text, name)) if partial else frozenset(),
        days=dates.span(article.published) if dates.valid(article.published) else None,
    )


def _fuller(text: str, name: str) -> Iterator[str]:
    """Yield the last word of a name with the capitalised word before it, wherever it stands in the text."""
    last = name.split()[-1]
    for piece in text.split(last)[:-1]:
        before = piece[-_LONGEST:].split()
        if before and piece[-1].isspace() and before[-1][0].isupper():
            yield f"{before[-1]} {last}"


def _kind(theirs: dict[str, Statement]) -> SpeakerKind:
    """Return the kind that most statements give; of equals the first of the alphabet."""
    kinds = [statement.speaker_kind for statement in theirs.values()]
    return min(set(kinds), key=lambda kind: (-kinds.count(kind), kind))


def _sort(name: str, kind: SpeakerKind) -> Sort:
    sort = _SORTS.get(kind, "") if len(name) <= _LONGEST else ""
    if sort == "person" and not _personal(name):
        return ""
    if sort == "body" and not (bodies.identify(name) if kind == "group" else bodies.named(name)):
        return ""
    return sort


def _personal(name: str) -> bool:
    """Say whether a person's name is one: "le juge" and "président de la Douma" are not, "Le Pen" is."""
    words = name.split()
    if not names.parse(name) or (words[-1] == words[-1].lower() != words[-1].upper()):
        return False
    if len(words) == 1 or not bodies.article(words[0]):
        return True
    return names.particle(words[0]) and not {words[0], words[1]} & {words[0].lower(), words[1].lower()}
