"""What a change gained and what it lost, statement by statement, against a former run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.evaluation.counts import HALF, verdicts
from onrecord.evaluation.gold import Marked, Sample
from onrecord.evaluation.matching import content, match, pairs
from onrecord.records import Spans
from onrecord.text import cut

# So much of a statement tells which it is.
SHOWN = 160


class Change(msgspec.Struct, frozen=True):
    """One thing that is right now and wasn't (``gained``), or was and isn't any more.

    ``what`` is ``statement`` (one of the gold is found), ``extra`` (one that the gold hasn't is no longer
    found), or the role that is right of a statement that both runs found. ``text`` is the content.
    """

    gained: bool
    article: str
    what: str
    text: str


def changes(
    gold: Sequence[Sample], now: Sequence[Sequence[Marked]], before: Sequence[Sequence[Marked]]
) -> list[Change]:
    """Return what two runs over the same gold differ in, in the order of the articles and statements."""
    return [
        change
        for article, found, former in zip(gold, now, before, strict=True)
        for change in compare(article, found, former)
    ]


def compare(article: Sample, now: Sequence[Marked], before: Sequence[Marked]) -> Iterator[Change]:
    """Yield what two runs differ in on one article."""
    text = article.text or ""
    right, extra = outcome(article, now)
    was_right, was_extra = outcome(article, before)
    for i, statement in enumerate(article.statements):
        shown = show(text, statement.content)
        if (i in right) != (i in was_right):
            yield Change(i in right, article.id, "statement", shown)
        elif i in right:
            for role in right[i].keys() & was_right[i].keys():
                if right[i][role] != was_right[i][role]:
                    yield Change(right[i][role], article.id, role, shown)
    for found in sorted(extra ^ was_extra):
        yield Change(found in was_extra, article.id, "extra", show(text, found))


def outcome(article: Sample, found: Sequence[Marked]) -> tuple[dict[int, dict[str, bool]], set[Spans]]:
    """Return the verdicts on the gold statements that were found, by number, and the contents beyond them."""
    text, gold = article.text or "", article.statements
    contents = [content(text, s.content) for s in found]
    matched = match(pairs([content(text, s.content) for s in gold], contents), HALF)
    verdict = {i: verdicts(text, gold[i], found[j]) for i, j in matched}
    taken = {j for _, j in matched}
    return verdict, {s.content for j, s in enumerate(found) if j not in taken}


def show(text: str, spans: Spans) -> str:
    """Return the words of spans on one line."""
    return " ".join(cut(text, spans).split())[:SHOWN]
