"""Utterances: statements of different articles that report one act of saying, and the view of that.

Thin and careful: the same linked speaker, days that can be the same, words that agree. Within a language
these are rare words and runs of words; between two languages numbers, names, countries and words that both
write alike, and only where each is the other's best. Who is not named (an official, a study) is linked on
nearly the same words alone.

Pairs are found by the words that they share, never by trying all.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord import dates
from onrecord.linking import decisions
from onrecord.linking.parts import Parts
from onrecord.linking.scores import Score
from onrecord.linking.wording import Wording, across, read, within
from onrecord.records import Article, Decision, Speaker, Statement, Utterance, digest, mention

# From here on two statements are one: of one speaker within a language, between languages, of unnamed ones.
# Source: swept for precision on the links of ../shared/stories with the gold statements given: within English
# the best hard negative has .42; between English and French no pair is false from .25 on, .35 finds 68 of
# 213. Unnamed: chosen by hand.
_WITHIN, _ACROSS, _UNNAMED = 0.5, 0.35, 0.85
# What is said is reported on the day or in the three days after; a day may be off by the time zone.
_REPORTED, _ZONE = 3, 1
# A clue that more statements of one speaker share than this tells nothing, and bounds the work. Of unnamed
# speakers the statements meet by so many of their rarest clues: nearly the same words share those.
_COMMON, _RAREST = 100, 3

_NAMED = ("person", "organisation", "country")


class _Entry:
    """A statement with what it is compared by."""

    def __init__(self, statement: Statement, article: Article, speaker: str) -> None:
        self.id = statement.id
        self.article_id = article.id
        self.language = article.language.split("-")[0].lower()
        self.speaker = speaker
        self.days = _days(statement, article)
        self.wording: Wording = read(article.text, statement.content)

    def compatible(self, other: _Entry) -> bool:
        if self.article_id == other.article_id:
            return False
        if self.speaker and other.speaker and self.speaker != other.speaker:
            return False
        if self.days is None or other.days is None:
            return True
        return self.days[0] <= other.days[1] and other.days[0] <= self.days[1]


def decide(
    articles: Iterable[Article], statements: Iterable[Statement], speakers: Iterable[Speaker], by: str
) -> tuple[Decision, ...]:
    """Return which statements report one act of saying, by pair; ``by`` is the program and its version.

    Of all pairs that agree only so many are told as join the statements: the surest. Statements of one
    article are never paired.
    """
    entries = _entries(articles, statements, speakers)
    weights = _weights(entries)
    scores = dict(_agreeing(entries, weights))
    parts = Parts(sorted(entry.id for entry in entries))
    made = []
    for (a, b), score in sorted(scores.items(), key=lambda row: (-row[1].value, row[0])):
        if parts.group[a] != parts.group[b]:
            parts.unite(a, b)
            evidence = "; ".join(score.reasons)
            made.append(
                Decision(kind="utterance", a=a, b=b, same=True, by=by, score=score.value, evidence=evidence)
            )
    return tuple(sorted(made, key=lambda decision: (decision.a, decision.b)))


def utterances(statements: Iterable[Statement], given: Iterable[Decision]) -> tuple[Utterance, ...]:
    """Return the utterances that follow from the decisions, sorted by their first statement.

    An utterance has statements of at least two articles; a statement that stands alone is in none.
    """
    known = {statement.id: statement for statement in statements}
    force = [decision for decision in decisions.standing(given) if decision.kind == "utterance"]
    groups = decisions.join(known, force)
    return tuple(
        Utterance(id=digest("utterance", group[0]), statements=group)
        for group in groups
        if len({known[one].article_id for one in group}) > 1
    )


def _entries(
    articles: Iterable[Article], statements: Iterable[Statement], speakers: Iterable[Speaker]
) -> list[_Entry]:
    by_id = {article.id: article for article in articles}
    named = {key: one.id for one in speakers if one.kind in _NAMED for key in one.mentions}
    distinct = {statement.id: statement for statement in statements if statement.article_id in by_id}
    return [
        _Entry(one, by_id[one.article_id], named.get(mention(one.article_id, one.speaker), ""))
        for _, one in sorted(distinct.items())
    ]


def _days(statement: Statement, article: Article) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day on which it can have been said, or None where nothing is known."""
    zone = dt.timedelta(days=_ZONE)
    for value, before in ((statement.said, zone), (article.published, dt.timedelta(days=_REPORTED))):
        if dates.valid(value):
            first, last = dates.span(value)
            if dt.date.min + before <= first and last <= dt.date.max - zone:
                return first - before, last + zone
    return None


def _weights(entries: Sequence[_Entry]) -> dict[str, float]:
    """Return how much each word tells: the fewer statements of the record have it, the more."""
    counts = Counter(word for entry in entries for word in entry.wording.stems)
    return {word: 1 + math.log((len(entries) + 10) / (count + 1)) for word, count in counts.items()}


def _agreeing(
    entries: Sequence[_Entry], weights: Mapping[str, float]
) -> Iterator[tuple[tuple[str, str], Score]]:
    """Yield the pairs of ids that agree, each sorted, with the score."""
    foreign: dict[tuple[str, str], Score] = {}
    for a, b in _candidates(entries):
        pair = min(a.id, b.id), max(a.id, b.id)
        if a.language == b.language:
            score = within(a.wording, b.wording, weights)
            if score.value >= (_WITHIN if a.speaker and b.speaker else _UNNAMED):
                yield pair, score
        elif a.speaker and b.speaker:
            score = across(a.wording, b.wording)
            if score.value >= _ACROSS:
                foreign[pair] = score
    yield from _mutual(foreign, {entry.id: entry.article_id for entry in entries}).items()


def _candidates(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Yield the pairs that could be one: of one speaker with any clue in common, else with a rare one."""
    counts = Counter(clue for entry in entries for clue in entry.wording.clues)
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    rare: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        clues = sorted(entry.wording.clues, key=lambda clue: (counts[clue], clue))
        for clue in clues[:_RAREST]:
            rare[clue].append(number)
        if entry.speaker:
            for clue in clues:
                named[entry.speaker, clue].append(number)
    seen: set[tuple[int, int]] = set()
    for block in named.values():
        if len(block) <= _COMMON:
            seen.update(itertools.combinations(block, 2))
    for block in rare.values():
        if len(block) <= _COMMON:
            unnamed = (number for number in block if not entries[number].speaker)
            seen.update((min(pair), max(pair)) for pair in itertools.product(unnamed, block))
    for i, j in sorted(seen):
        if entries[i].compatible(entries[j]):
            yield entries[i], entries[j]


def _mutual(
    scores: Mapping[tuple[str, str], Score], article: Mapping[str, str]
) -> dict[tuple[str, str], Score]:
    """Return the pairs in which each is the other's best in that article, without a rival as good."""
    ranked: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (a, b), score in scores.items():
        ranked[a, article[b]].append(score.value)
        ranked[b, article[a]].append(score.value)

    def best(one: str, other: str, value: float) -> bool:
        values = ranked[one, article[other]]
        return value == max(values) and values.count(value) == 1

    return {(a, b): s for (a, b), s in scores.items() if best(a, b, s.value) and best(b, a, s.value)}
