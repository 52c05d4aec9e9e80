"""What the rules or a model find first of a statement: content, cue and source."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.extraction.marks import MARKS
from onrecord.extraction.reading import Reading
from onrecord.records import Act, Span, Spans
from onrecord.text import BLANK, trim

OUTER = BLANK + ".,;:–—-"


class Attribution(NamedTuple):
    """A statement in the making: the spans of content, cue and source, and where its cue stands.

    ``sentence`` is the number of the cue's sentence in the reading and ``token`` the cue's head word in
    it (-1 where there is no cue). ``act`` is what the cue says of itself, "" where it is neutral.
    ``floating`` is true for a quotation without a source of its own, which belongs to the last speaker;
    ``verbatim`` for direct speech that stands in no marks (a turn of a dialogue).
    """

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    sentence: int = -1
    token: int = -1
    lemma: str = ""
    act: Act | str = ""
    floating: bool = False
    verbatim: bool = False
    score: float = 1.0
    evidence: str = ""


def tidy(reading: Reading, span: Span) -> Span:
    """Return a content's span without outer punctuation and without marks that hold it as a whole.

    A mark stays where its partner stands inside the content: « le plan « Eau » », not « le plan « Eau ».
    """
    text = reading.text
    start, end = trim(text, span, OUTER)
    while start < end and (
        text[start] in MARKS or (text[start] in "([" and not set(")]") & set(text[start:end]))
    ):
        held = reading.opened.get(start)
        if held and held.outer[1] < end:
            break
        start += 1
    while start < end and text[end - 1] in MARKS:
        held = reading.closed.get(end)
        if held and held.outer[0] >= start:
            break
        end -= 1
    return trim(text, (start, end), OUTER)
