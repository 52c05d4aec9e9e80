"""Quotations over sentences: what goes on after its cue, and what has no cue at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.extraction import sources
from onrecord.extraction.attribution import OUTER, Attribution
from onrecord.extraction.cues import VERBAL
from onrecord.extraction.marks import Quotation
from onrecord.extraction.reading import Reading
from onrecord.extraction.sayings import Sayings
from onrecord.text import BLANK, Cover, trim

_WORD = re.compile(r"\w+")
# A quotation of fewer words that has no cue is a name or a slogan. Source: gold/fr-dev and gold/en-dev.
FEWEST = 3


def joined(reading: Reading, attributions: list[Attribution]) -> list[Attribution]:
    """Return the attributions with the quotation that goes on after its cue's full stop put to it.

    « Nous partons », a-t-elle dit. « Il le faut. »: one statement in two pieces, where the second quotation
    is a sentence without a cue in the same paragraph. Source: the annotation guide, decision 1.
    """
    taken = {span for a in attributions for span in a.content}
    inside = Cover(q.inner for q in reading.quotations)
    result = []
    for a in attributions:
        quoted = all(inside.holds(span) for span in a.content)
        if a.evidence in {"interposed", "quotation"} and quoted and a.cue[0][0] >= a.content[0][1]:
            more = next_alone(reading, a.sentence)
            if more and trim(reading.text, more.inner, OUTER) not in taken:
                a = a._replace(content=(*a.content, trim(reading.text, more.inner, OUTER)))
        result.append(a)
    return result


def next_alone(reading: Reading, number: int) -> Quotation | None:
    """Return the quotation that is the whole next sentence of the paragraph, None where there is none."""
    end = reading.sentences[number].span[1]
    here = reading.paragraphs[reading.paragraph(end - 1)]
    quotation = reading.next_quotation(end)
    if quotation is None or quotation.inner not in reading.blocks or quotation.outer[0] >= here[1]:
        return None
    between = reading.text[end : quotation.outer[0]].strip(BLANK + ".")
    after = reading.text[quotation.outer[1] : here[1]].lstrip(BLANK)
    return None if between or after.startswith(",") else quotation


def floating(
    reading: Reading, sayings: Sequence[Sayings], attributions: list[Attribution]
) -> Iterator[Attribution]:
    """Yield the quotations that are sentences of their own and have no cue in their sentence.

    They are the last speaker's, or whose the sentence before leads them in: "The mayor wrote:".
    """
    # a cue inside a quotation says nothing of whose the quotation is, unless it is interposed there
    taken = Cover(
        span
        for a in attributions
        if a.evidence == "interposed" or a.sentence < 0 or not reading.inside[a.sentence]
        for span in a.content
    )
    for quotation in reading.outermost:
        words = _WORD.findall(reading.text[slice(*quotation.inner)])
        if len(words) < FEWEST or taken.touches(quotation.inner):
            continue
        adverb_only = quotation.inner not in reading.blocks
        if adverb_only and not sentence_alone(reading, quotation):
            continue
        span = trim(reading.text, quotation.inner, OUTER)
        led = led_in(sayings, quotation)
        if led:
            yield led._replace(content=(span,))
        elif adverb_only or alone(reading, quotation) or begins(reading.text, quotation):
            yield Attribution((span,), floating=True, score=0.6, evidence="floating")


def sentence_alone(reading: Reading, quotation: Quotation) -> bool:
    """Return whether a quotation is its sentence but for an adverb: « Premièrement, « ce serait long ». »."""
    here = reading.paragraphs[reading.paragraph(quotation.outer[0])]
    before = reading.text[max(here[0], quotation.outer[0] - 40) : quotation.outer[0]]
    words = _WORD.findall(re.split(r"[.!?…]", before)[-1])
    after = reading.text[quotation.outer[1] : here[1]].lstrip(BLANK)
    return len(words) <= 1 and before.rstrip(BLANK)[-1:] in {",", ""} and after[:1] in {".", ""}


def alone(reading: Reading, quotation: Quotation) -> bool:
    """Return whether a quotation is its whole paragraph."""
    here = reading.paragraphs[reading.paragraph(quotation.outer[0])]
    before = _WORD.search(reading.text, here[0], quotation.outer[0])
    return not before and not _WORD.search(reading.text, quotation.outer[1], here[1])


def begins(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation stands where a sentence begins."""
    start = max(0, quotation.outer[0] - 8)
    before = text[start : quotation.outer[0]]
    kept = before.rstrip(BLANK)
    return not kept or kept[-1] in '.:!?…»”"' or "\n" in before[len(kept) :]


def led_in(sayings: Sequence[Sayings], quotation: Quotation) -> Attribution | None:
    """Return cue and source of the sentence before a quotation, where that ends in a colon."""
    at = bisect_right(sayings, quotation.outer[0], key=lambda s: s.sentence.span[0]) - 1
    while at >= 0 and sayings[at].sentence.span[1] > quotation.outer[0]:
        at -= 1
    if at < 0 or sayings[at].tokens[-1].text != ":":
        return None
    saying = sayings[at]
    for cue in reversed(saying.cues):
        if saying.tokens[cue.token].pos in VERBAL:
            subject = sources.governor(saying.sentence, cue.token, saying.language)
            place = saying.lexicon.verb_span(saying.sentence, cue)
            return saying.attribution((quotation.inner,), place, cue, subject, "", 0.75, "led in")
    return None
