"""One article to its statements: marks, cues, attribution, mentions, roles.

A pure function of one article. Whatever the text, it never raises: an odd text gives fewer statements.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from onrecord import languages, parsers
from onrecord.extraction import asis, learned, rules
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading, read
from onrecord.extraction.resolution import Voice, resolve
from onrecord.extraction.roles import complete
from onrecord.languages import Language
from onrecord.records import Article, Form, Spans, Statement
from onrecord.text import length, overlap

_WORD = re.compile(r"\w")
# How many contents back one is looked for that holds another. Source: gold/fr-dev has five at most.
NEAR = 50


def extract(article: Article, by: str) -> tuple[Statement, ...]:
    """Return the statements of an article, in the order of their contents, read by the program ``by``.

    A language with cues and a parser is read by the rules, another one by the learned model. Raises
    UnknownLanguage where there is no language file.
    """
    language = languages.load(article.language)
    parser = parsers.load(language.code) if language.cues else None
    reading = read(article, language, parser)
    if parser:
        attributions = rules.attribute(reading)
        voices = resolve(reading, attributions)
    else:
        attributions = learned.attribute(reading)
        voices = asis.voices(reading, attributions)
    voiced = zip(attributions, voices, strict=True)
    said = [(a, voice) for a, voice in voiced if can_speak(a, voice, language)]
    around = Nest(a.content for a, _ in said)
    return tuple(state(reading, a, voice, around.holds(a.content), by) for a, voice in said)


def can_speak(attribution: Attribution, voice: Voice, language: Language) -> bool:
    """Return whether what was found as the source is one that can speak.

    A thing says nothing: « le toit menace de s'effondrer », "prices vary according to the season"; and only
    documents and bodies show: "a poll shows that", but « le ciel montre que ».
    """
    if attribution.lemma in language.frames.evidential and attribution.source:
        return voice.kind in {"document", "organisation"}
    return voice.evidence != "thing" or attribution.evidence in {"clause", "quotation", "interposed", "turn"}


def state(reading: Reading, attribution: Attribution, voice: Voice, inside: bool, by: str) -> Statement:
    """Return an attribution with its speaker and its other roles as a statement."""
    roles = complete(reading, attribution)
    return Statement(
        article_id=reading.article.id,
        by=by,
        content=attribution.content,
        form="direct" if attribution.verbatim else form(reading, attribution.content),
        cue=attribution.cue,
        source=attribution.source,
        speaker=voice.name,
        speaker_kind=voice.kind,
        addressee=roles.addressee,
        channel=roles.channel,
        time=roles.time,
        said=roles.said,
        relay=roles.relay,
        act=roles.act,
        negated=roles.negated,
        nested=inside,
        score=round(attribution.score * voice.score, 3),
        evidence=f"{attribution.evidence}: {attribution.lemma}; {voice.evidence}",
    )


def form(reading: Reading, content: Spans) -> Form:
    """Return whether a content stands in quotation marks as a whole, in part or not at all.

    Words outside the marks make it mixed; marks, blanks and punctuation there do not.
    """
    quotations = [q.inner for q in reading.quoted((content[0][0], content[-1][1]))]
    if not quotations:
        return "indirect"
    outside = (
        _WORD.search(reading.text, i, i + 1)
        for start, end in content
        for i in range(start, end)
        if not any(s <= i < e for s, e in quotations)
    )
    if any(outside):
        return "mixed" if overlap(tuple(quotations), content) else "indirect"
    return "direct"


class Nest:
    """The contents of an article, to ask which lie inside a longer one."""

    def __init__(self, contents: Iterable[Spans]) -> None:
        self.contents = sorted(contents, key=lambda c: (c[0][0], -c[-1][1]))

    def holds(self, content: Spans) -> bool:
        """Return whether a content lies inside another, longer one.

        Only those that begin before its end are looked at, from the nearest on; a content of an article
        is seldom inside one that begins more than ``NEAR`` contents before.
        """
        at = bisect_right(self.contents, content[0][0], key=lambda c: c[0][0])
        size = length(content)
        near = self.contents[max(0, at - NEAR) : at]
        return any(size < length(other) and overlap(content, other) == size for other in near)
