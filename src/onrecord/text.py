"""Spans and the text they cut from: context around a span, folding, paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from onrecord.records import Span, Spans

ELLIPSIS = " … "
BLANK = " \t\r\n\u00a0\u202f"

_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")


def cut(text: str, spans: Spans) -> str:
    """Return the text of the spans, pieces joined by an ellipsis.

    >>> cut("abc def", ((0, 1), (4, 7)))
    'a … def'
    """
    return ELLIPSIS.join(text[start:end] for start, end in spans)


def trim(text: str, span: Span, characters: str = BLANK) -> Span:
    """Return the span without the given characters at its ends (empty where nothing else is in it).

    >>> trim("  ab ", (0, 5))
    (2, 4)
    """
    start, end = span
    while start < end and text[start] in characters:
        start += 1
    while end > start and text[end - 1] in characters:
        end -= 1
    return start, end


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the span of each line that holds more than white space, trimmed, in order.

    >>> list(paragraphs("One.\\n\\n Two. "))
    [(0, 4), (7, 11)]
    """
    for match in _PARAGRAPH.finditer(text):
        start, end = trim(text, match.span())
        if start < end:
            yield start, end


def fold(name: str) -> str:
    """Return a name without case, accents and punctuation, words parted by one blank.

    >>> fold("  François-Noël  O’Brien ")
    'francois noel o brien'
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", kept))


def overlap(a: Spans, b: Spans) -> int:
    """Return how many characters two sets of spans share.

    >>> overlap(((0, 5),), ((3, 9),))
    2
    """
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)


def length(spans: Spans) -> int:
    """Return how many characters the spans hold."""
    return sum(end - start for start, end in spans)


def context(text: str, spans: Spans, margin: int = 160) -> Span:
    """Return the stretch around the spans: at most ``margin`` characters more on each side, whole words.

    The stretch stays inside the paragraphs that the spans touch.
    """
    first, last = spans[0][0], spans[-1][1]
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    if first - start > margin:
        start = text.find(" ", first - margin, first) + 1 or first
    if end - last > margin:
        cut_at = text.rfind(" ", last, last + margin)
        end = last if cut_at < 0 else cut_at
    return start, end
