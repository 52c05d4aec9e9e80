"""The order of the stages, nothing else: paths to articles to statements to decisions to views."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from itertools import combinations, groupby
from pathlib import Path
from typing import IO, Literal

import msgspec

from onrecord import comparison, extraction, verification
from onrecord.errors import OnrecordError, UnknownLanguage, UnknownRecord
from onrecord.linking import speakers as speaking
from onrecord.linking import utterances as uttering
from onrecord.linking.decisions import personal
from onrecord.readers import Skipped, count, read
from onrecord.records import Article, Comparison, Decision, Speaker, Statement, Utterance
from onrecord.store import Record
from onrecord.text import fold
from onrecord.verification import Verification

PROGRAM = f"onrecord {metadata.version('onrecord')}"

VERSIONS = 12
"""Up to so many versions of one utterance in one language are compared two by two."""

Progress = Callable[[int, int], None]


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What came of adding: articles read, new and known, statements found, and what was skipped and why.

    ``unread`` are articles that are kept, but in which no statements could be looked for, and why not.
    """

    read: int
    new: int
    known: int
    statements: int
    skipped: tuple[Skipped, ...] = ()
    unread: tuple[Skipped, ...] = ()


def extract(article: Article) -> tuple[Statement, ...]:
    """Return the statements of an article, in the order of their contents.

    Raises UnknownLanguage where onrecord doesn't know the article's language.
    """
    return extraction.extract(article, PROGRAM)


def add(
    record: Record,
    paths: Sequence[str | Path],
    *,
    language: str | None = None,
    progress: Progress | None = None,
) -> Tally:
    """Read articles, find their statements, add both to the record, and link its speakers.

    An article that this version has read before is not read again. One in a language that isn't known is
    added without statements, and listed as ``unread``. ``progress`` is called after each article with how
    many are done, and of how many (0 where that isn't known).
    """
    total = count(paths) if progress else 0
    tally = {"read": 0, "new": 0, "known": 0, "statements": 0}
    skipped: list[Skipped] = []
    unread: list[Skipped] = []
    for item in read(paths, language):
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            tally["read"] += 1
            if record.knows(item.id, PROGRAM):
                tally["known"] += 1
            else:
                try:
                    statements = extract(item)
                except UnknownLanguage as error:
                    statements = ()
                    unread.append(Skipped(item.origin or item.name, str(error)))
                record.add(item, statements, by=PROGRAM)
                tally["new"] += 1
                tally["statements"] += len(statements)
        if progress:
            progress(tally["read"] + len(skipped), total)
    # also where nothing was new: a run that was killed may have left its articles without links
    link(record)
    return Tally(**tally, skipped=tuple(skipped), unread=tuple(unread))


def link(record: Record) -> None:
    """Decide anew which mentions are one speaker and which statements one utterance.

    What was decided before and no longer holds is taken back; what still holds is left alone. Decisions of
    persons are never touched.
    """
    articles, statements = list(record.articles()), list(record.statements())
    before = list(record.decisions())
    ours = {d.id: d for d in before if not personal(d)}
    same_speaker = speaking.decide(articles, statements, PROGRAM)
    people = [d for d in before if personal(d)]
    everybody = speaking.speakers(articles, statements, [*people, *same_speaker])
    found = {d.id: d for d in (*same_speaker, *uttering.decide(articles, statements, everybody, PROGRAM))}
    made = now()
    for gone in ours.keys() - found.keys():
        record.withdraw(gone, PROGRAM, made)
    record.decide(msgspec.structs.replace(d, made=made) for key, d in found.items() if key not in ours)


def speakers(record: Record) -> tuple[Speaker, ...]:
    """Return all speakers of the record, those with most statements first."""
    return speaking.speakers(record.articles(), record.statements(), record.decisions("speaker"))


def who(record: Record, name: str = "") -> tuple[Speaker, ...]:
    """Return the speakers whom a name may mean, in any spelling, the likeliest first; all for no name.

    Where it is nobody's name, those in whose names or roles all its words stand: "Douma", "minister".
    """
    everybody = speakers(record)
    if not name:
        return everybody
    found = tuple(speaker for speaker, _ in speaking.find(name, everybody))
    words = set(fold(name).split())
    described = (s for s in everybody if words <= set(fold(" ".join((*s.names, *s.roles))).split()))
    return found or (tuple(described) if words else ())


def utterances(record: Record) -> tuple[Utterance, ...]:
    """Return the utterances that several articles of the record report."""
    return uttering.utterances(record.statements(), record.decisions("utterance"))


def comparisons(record: Record, found: Sequence[Utterance]) -> Iterator[Comparison]:
    """Yield what outlets made of each utterance: each two statements in one language, in their order.

    An utterance that more than :data:`VERSIONS` statements of a language report is compared with the first
    only.
    """
    texts: dict[str, Article] = {}
    said = {statement.id: statement for statement in record.statements()}
    for utterance in found:
        versions: dict[str, list[Statement]] = {}
        for statement in (said[key] for key in utterance.statements):
            if statement.article_id not in texts:
                texts[statement.article_id] = record.article(statement.article_id)
            article = texts[statement.article_id]
            versions.setdefault(article.language.split("-")[0], []).append(statement)
        for alike in versions.values():
            few = len(alike) <= VERSIONS
            for a, b in combinations(alike, 2) if few else ((alike[0], other) for other in alike[1:]):
                yield comparison.compare(a, texts[a.article_id], b, texts[b.article_id])


def coverage(record: Record) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield every article with its statements."""
    for article in record.articles():
        yield article, list(record.statements(article.id))


def report(
    record: Record,
    target: str | Path | IO[bytes] | IO[str],
    *,
    language: Literal["en", "fr"] = "en",
    title: str | None = None,
) -> None:
    """Write the record as one self-contained page, whose own words are in ``language``."""
    from onrecord.writers import html

    found = utterances(record)
    html.write_report(
        target, record.articles(), record.statements(), speakers(record), found, comparisons(record, found),
        language=language, title=title or "",
    )  # fmt: skip


def verify(record: Record) -> Verification:
    """Read every span of the record again in its article."""
    total = Verification()
    for article_id, statements in groupby(record.statements(), key=lambda s: s.article_id):
        total += verification.verify(record.article(article_id), statements)
    return total


def export(record: Record, form: Literal["jsonl", "csv", "parquet"], target: str | Path | IO[bytes]) -> int:
    """Write the record in a format that other programs read; return how many rows were written.

    Each statement has the id and the name of its linked speaker beside the article's own spelling.
    """
    from importlib import import_module

    writer = import_module(f"onrecord.writers.{form}")
    linked = {key: speaker for speaker in speakers(record) for key in speaker.mentions}
    return int(writer.write(target, coverage(record), linked))


def decide(record: Record, *, same: bool, a: str, b: str, by: str, why: str = "") -> Decision:
    """Say that two speakers, by name or id, are or are not one; return the decision.

    Raises UnknownRecord where a name means no speaker, or several; OnrecordError where both mean one mention.
    """
    everybody = speakers(record)
    first, second = sorted(_mention(one(everybody, wanted), wanted) for wanted in (a, b))
    if first == second:
        raise OnrecordError(f"{a!r} and {b!r} name the same: there is nothing to decide")
    decision = Decision(
        kind="speaker", a=first, b=second, same=same, by=f"person: {by}", evidence=why, made=now()
    )
    record.decide([decision])
    return decision


def _mention(speaker: Speaker, wanted: str) -> str:
    """Return the speaker's mention of that spelling, so that two who were taken for one can be told apart."""
    spelt = (key for key in speaker.mentions if key.partition("#")[2] == wanted)
    return next(spelt, speaker.mentions[0])


def one(everybody: Sequence[Speaker], wanted: str) -> Speaker:
    """Return the one speaker whom an id or a name means; an exact name goes before a likeness."""
    found = [s for s in everybody if wanted in (s.id, s.name)]
    found = found or [s for s in everybody if wanted in s.names]
    found = found or [s for s, _ in speaking.find(wanted, everybody)]
    if len(found) == 1:
        return found[0]
    several = ", ".join(f"{s.name} {s.id}" for s in found[:5])
    raise UnknownRecord(f"single speaker ({several} all fit)" if found else "speaker", wanted)


def withdraw(record: Record, decision: str, *, by: str) -> bool:
    """Take a decision back, and return whether it was in force until now.

    Raises UnknownRecord where there is no decision with that id.
    """
    return record.withdraw(decision, f"person: {by}", now())


def now() -> str:
    """Return the present as an RFC 3339 date-time in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
