"""Dialogue as news prints it: « R. Orsk : Nous verrons. », a name and a colon at the head of each turn."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.extraction.attribution import OUTER, Attribution
from onrecord.extraction.marks import DOUBLE
from onrecord.extraction.reading import Reading
from onrecord.records import Span
from onrecord.text import BLANK, trim

# A label is at most five words, each with a capital but for particles, or all in capitals.
_WORD = r"(?:[A-ZÀ-ÞА-Я][\w.’'\-]{0,30}|d[eu]|von|van|al)"
_LABEL = re.compile(
    rf"[{re.escape(DOUBLE)}]?[ \u00a0]?(?P<name>{_WORD}(?:[ \u00a0]{_WORD}){{0,4}})[ \u00a0\u202f]?:[ \u00a0]"
)
# A transcript has several turns, and a name comes back; one line with a colon is a headline.
# Source: chosen on gold/en-polnear-train, whose transcripts have three turns or more.
TURNS = 3


def attribute(reading: Reading) -> list[Attribution]:
    """Return the labelled turns of a dialogue, one a paragraph, none where the text is no dialogue."""
    labels = [label(reading, paragraph) for paragraph in reading.paragraphs]
    names = Counter(reading.text[slice(*span)] for span in labels if span)
    if sum(names.values()) < TURNS or max(names.values()) < 2:
        return []
    known = {name for name, times in names.items() if times > 1 or name.isupper()}
    result: list[Attribution] = []
    for paragraph, span in zip(reading.paragraphs, labels, strict=True):
        if span and reading.text[slice(*span)] in known:
            start = reading.text.index(":", span[1]) + 1
            content = trim(reading.text, (start, paragraph[1]), BLANK + DOUBLE + ".")
            if content[0] < content[1]:
                result.append(
                    Attribution((content,), source=(span,), verbatim=True, score=0.9, evidence="turn")
                )
    return result


def label(reading: Reading, paragraph: Span) -> Span | None:
    """Return the span of the name that labels a paragraph, None where none does."""
    match = _LABEL.match(reading.text, *paragraph)
    return trim(reading.text, match.span("name"), OUTER) if match else None
