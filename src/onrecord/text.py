"""Spans and the text they cut from: context around a span, folding, paragraphs."""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

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


# An article says the same names and words again and again.
@functools.lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """Return a name without case, accents and punctuation, words parted by one blank.

    >>> fold("  François-Noël  O’Brien ")
    'francois noel o brien'
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", kept))


class Cover:
    """The stretches that some spans cover together; asking is logarithmic in their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touches(self, span: Span) -> bool:
        """Return whether any character of a span is covered.

        >>> Cover([(0, 4), (3, 6)]).touches((6, 8)), Cover([(0, 4)]).touches((3, 8))
        (False, True)
        """
        last = bisect_left(self.starts, span[1]) - 1
        return last >= 0 and self.ends[last] > span[0]

    def holds(self, span: Span) -> bool:
        """Return whether every character of a span is covered.

        >>> Cover([(0, 4), (4, 6)]).holds((1, 6))
        True
        """
        last = bisect_right(self.starts, span[0]) - 1
        return last >= 0 and self.ends[last] >= span[1]


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

    >>> context("A b c.\\nShe said so twice.", ((11, 15),), margin=4)
    (7, 18)
    """
    first, last = spans[0][0], spans[-1][1]
    head = text[max(0, first - margin - 1) : first]
    start = first - len(head) + head.rfind("\n") + 1
    if "\n" not in head and first > margin + 1:
        start = first - len(head) + head.find(" ") + 1 if " " in head else first
    tail = text[last : last + margin + 1]
    end = last + len(tail)
    if "\n" in tail:
        end = last + tail.index("\n")
    elif end < len(text):
        end = last + max(0, tail.rfind(" "))
    return start, end
