"""One article to its statements: marks, cues, attribution, mentions, roles.

A pure function of one article. Whatever the text, it never raises: an odd text gives fewer statements.
"""

from __future__ import annotations

import re

from onrecord import languages, parsers
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading, read
from onrecord.extraction.resolution import Voice, resolve
from onrecord.extraction.roles import complete
from onrecord.extraction.rules import attribute
from onrecord.records import Article, Form, Spans, Statement
from onrecord.text import length, overlap

_WORD = re.compile(r"\w")


def extract(article: Article, by: str) -> tuple[Statement, ...]:
    """Return the statements of an article, in the order of their contents, read by the program ``by``.

    Raises UnknownLanguage where there is no language file or no parser for the article's language.
    """
    language = languages.load(article.language)
    reading = read(article, language, parsers.load(language.code))
    attributions = attribute(reading)
    voices = resolve(reading, attributions)
    contents = [a.content for a in attributions]
    return tuple(
        state(reading, a, voice, nested(a.content, contents), by)
        for a, voice in zip(attributions, voices, strict=True)
    )


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
    quotations = [q.inner for q in reading.quotations if q.depth == 0 and overlap((q.outer,), content)]
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


def nested(content: Spans, contents: list[Spans]) -> bool:
    """Return whether a content lies inside another, longer one."""
    size = length(content)
    return any(size < length(other) and overlap(content, other) == size for other in contents)
