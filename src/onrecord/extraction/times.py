"""The time of a saying: when it was said, not what is said of times."""

from __future__ import annotations

from bisect import bisect_left

from onrecord import dates
from onrecord.extraction.phrases import Found, Phrases, expressions
from onrecord.extraction.reading import Reading
from onrecord.extraction.scene import CUE, DIRECT, PARTICIPLE, SAID, SOURCE, Phrase
from onrecord.records import Spans

# No more expressions than this are looked through for what « la veille » counts from.
BACK = 4


def time(phrases: Phrases, channel: Phrase | None) -> Phrase | None:
    """Return when it was said, or when its channel is from: "in a letter of May 5".

    An event counts where no date does, and as a whole where the date is in it: "after the vote on Monday".
    """
    events = [f for f in phrases.near if event(phrases, f.phrase)]
    found = list(events)
    for start, end in phrases.dates:
        level = dated_level(phrases, start, end, channel)
        if level is not None:
            found.append(Found(Phrase(start, start, end, end - 1, ""), level, sure=1))
    best = phrases.best(found)
    if best is None:
        return None
    return next((e.phrase for e in events if e.phrase.start <= best.start and best.end <= e.phrase.end), best)


def event(phrases: Phrases, phrase: Phrase) -> bool:
    """Return whether a phrase says when by what was before: "after the vote", "afterwards"."""
    if phrase.lead in phrases.words.after and phrase.end > phrase.inner:
        return phrases.tokens[phrase.start].dep != "mark"
    return phrase.lead in phrases.words.then


def dated_level(phrases: Phrases, start: int, end: int, channel: Phrase | None) -> int | None:
    """Return how close a date is to the cue (see :meth:`Scene.level`), None where it is no time of saying."""
    zones = set(phrases.scene.zones[start:end])
    if zones & {SAID, CUE}:
        return None
    if SOURCE in zones:
        return PARTICIPLE if published(phrases, start) else None
    if channel and channel.start <= start and end <= channel.end:
        # "the Sunday Herald" is a name, "Sunday's Herald" a date
        possessive = end < channel.end and phrases.plain[end] == "'s"
        return DIRECT if possessive or phrases.tokens[start - 1].pos in {"ADP", "VERB", "NOUN"} else None
    if introduces(phrases, end):
        return DIRECT
    return phrases.scene.level(Phrase(start, start, end, end - 1, ""), phrases.covered)


def published(phrases: Phrases, start: int) -> bool:
    """Return whether a date in the source says when a document came out: "a poll published Monday"."""
    index = start - 1
    while index >= 0 and phrases.tokens[index].pos in {"ADP", "DET", "ADV"}:
        index -= 1
    rows = zip(phrases.tokens, phrases.scene.zones, strict=True)
    nouns = {token.lemma.lower() for token, zone in rows if zone == SOURCE}
    return index >= 0 and phrases.scene.participle(index) and bool(nouns & set(phrases.words.carriers))


def introduces(phrases: Phrases, end: int) -> bool:
    """Return whether a date leads the clause of the cue: "last year, when she said"."""
    scene = phrases.scene
    while scene.free(end) and phrases.tokens[end].pos == "PUNCT":
        end += 1
    if not scene.free(end) or phrases.plain[end] not in phrases.words.when:
        return False
    return end + 1 < scene.high and scene.zones[end + 1] in (CUE, SOURCE)


def said(reading: Reading, time: Spans, tense: dates.Tense) -> str:
    """Return the EDTF value of the first date in the time, "" where there is none or it isn't known."""
    if not time:
        return ""
    found = expressions(reading.text, reading.language)
    first = bisect_left(found, time[0][0], key=lambda e: e.start)
    if first == len(found) or found[first].end > time[-1][1]:
        return ""
    published, reference = reading.article.published, ""
    start = first
    while start and found[start].anchor == "text" and first - start < BACK:
        start -= 1
    for expression in found[start:first]:
        reference = dates.resolve(expression, published, "past", reference)
    return dates.resolve(found[first], published, tense, reference)
