"""Text to words, words to the pieces of a multilingual vocabulary, words to windows that an encoder reads.

The vocabulary is a unigram model as SentencePiece makes them; each word is cut by itself, so that no piece
goes over two words and a word is cut once however often it comes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

# Source: vocabulary of XLM-R (Conneau et al. 2020), which multilingual-e5-small shares.
BEGIN, END, UNKNOWN = 0, 2, 3
SPACE = "▁"
# A word of more characters than this is cut there: it is no word of a language.
LONGEST = 48
# The marks' states of a word. Source: ours.
OUTSIDE, OPENS, INSIDE, CLOSES = range(4)
DOUBLE = '«»“”„‟"″＂'

_WORD = re.compile(r"[\r\n\u2028\u2029]+|\w+|[^\w\s]")


class Word(NamedTuple):
    """A word or a sign of a text; ``spaced`` where a blank is before it, ``mark`` its state by the marks.

    ``start == end`` for the break between two paragraphs.
    """

    start: int
    end: int
    spaced: bool
    mark: int = OUTSIDE


def words(text: str) -> list[Word]:
    """Return the words of a text with the breaks between paragraphs.

    >>> [text[w.start : w.end] for text in ["« L'an »"] for w in words(text)]
    ['«', 'L', "'", 'an', '»']
    """
    found: list[Word] = []
    quoted = False
    for match in _WORD.finditer(text):
        start, end = match.span()
        if text[start] in "\r\n\u2028\u2029":
            quoted = False
            if found and found[-1].start != found[-1].end:
                found.append(Word(start, start, True))
            continue
        spaced = start == 0 or text[start - 1].isspace()
        state = INSIDE if quoted else OUTSIDE
        if text[start] in DOUBLE:
            quoted = opens(text, start, quoted)
            state = OPENS if quoted else CLOSES
        found.append(Word(start, end, spaced, state))
    if found and found[-1].start == found[-1].end:
        found.pop()
    return found


def opens(text: str, at: int, quoted: bool) -> bool:
    """Return whether a double mark opens, by the blanks around it, else by what came before."""
    before = at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–"
    after = at + 1 == len(text) or text[at + 1].isspace() or text[at + 1] in ".,;:!?)]—–"
    return not quoted if before == after else before


class Vocabulary:
    """Pieces with their log probabilities; a piece's place in the list is its number."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self.numbers: Mapping[str, int] = {p: i for i, p in enumerate(pieces) if i > UNKNOWN}
        self.scores = [float(s) for s in scores]
        self.longest = max(map(len, pieces))
        self.unknown = min(self.scores) - 10.0
        self.known: dict[str, tuple[int, ...]] = {}

    def cut(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the most probable pieces of a word (with its leading space sign)."""
        pieces = self.known.get(word)
        if pieces is None:
            pieces = self.known[word] = self.best(
                unicodedata.normalize("NFKC", word)[:LONGEST].replace(" ", SPACE)
            )
        return pieces

    def best(self, word: str) -> tuple[int, ...]:
        """Return the most probable pieces by dynamic programming over the places to cut."""
        size = len(word)
        total = [0.0] + [-1e30] * size
        last: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self.longest) + 1):
                number = self.numbers.get(word[start:end], UNKNOWN if end == start + 1 else -1)
                if number < 0:
                    continue
                score = total[start] + (self.unknown if number == UNKNOWN else self.scores[number])
                if score > total[end]:
                    total[end], last[end] = score, (start, number)
        found, at = [], size
        while at:
            at, number = last[at]
            found.append(number)
        return tuple(reversed(found)) or (UNKNOWN,)


class Window(NamedTuple):
    """What the encoder reads at once: words ``first`` to ``end`` of the text, their pieces and marks.

    ``heads[k]`` is where the first piece of word ``first + k`` stands; words before ``fresh`` are there for
    their context only.
    """

    first: int
    fresh: int
    end: int
    pieces: list[int]
    marks: list[int]
    heads: list[int]


def windows(
    found: Sequence[Word], pieces: Sequence[tuple[int, ...]], size: int, context: int, first: int = 0
) -> Iterator[Window]:
    """Yield windows of at most ``size`` pieces over words from ``first`` on, whole paragraphs if they fit.

    Each but the first begins with up to about ``context`` pieces of what the one before ended with.
    """
    room = size - 2
    start = fresh = first
    while fresh < len(found):
        used, at, cut_at = 0, start, 0
        while at < len(found) and used + len(pieces[at]) <= room:
            used += len(pieces[at])
            at += 1
            if at == len(found) or found[at].start == found[at].end:
                cut_at = at
        end = cut_at if cut_at > fresh else max(at, fresh + 1)
        yield window(found, pieces, start, fresh, end)
        fresh = end
        start = back(found, pieces, end, context, start)


def back(found: Sequence[Word], pieces: Sequence[tuple[int, ...]], end: int, context: int, limit: int) -> int:
    """Return where a window begins whose fresh words begin at ``end``: at a paragraph if one is near."""
    used, at, best = 0, end, end
    while at > limit + 1 and used + len(pieces[at - 1]) <= context:
        at -= 1
        used += len(pieces[at])
        if found[at].start == found[at].end:
            best = at
    inside = end < len(found) and found[end].start != found[end].end
    return at if inside else best


def window(
    found: Sequence[Word], pieces: Sequence[tuple[int, ...]], start: int, fresh: int, end: int
) -> Window:
    """Return the window over words ``start`` to ``end``."""
    numbers, marks, heads = [BEGIN], [OUTSIDE], []
    for k in range(start, end):
        heads.append(len(numbers))
        numbers.extend(pieces[k])
        marks.extend([found[k].mark] * len(pieces[k]))
    return Window(start, fresh, end, [*numbers, END], [*marks, OUTSIDE], heads)


def cut(vocabulary: Vocabulary, text: str, found: Sequence[Word]) -> list[tuple[int, ...]]:
    """Return the pieces of each word; a break between paragraphs is the sign that ends a text."""
    return [
        vocabulary.cut((" " if w.spaced else "") + text[w.start : w.end]) if w.start != w.end else (END,)
        for w in found
    ]


# Distances from the cue, in words, at which a new bucket begins, on either side.
STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)


def bucket(distance: int) -> int:
    """Return the number of the bucket of a distance in words, negative before the cue, 0 inside it.

    >>> [bucket(d) for d in (-1000, -1, 0, 1, 5)]
    [26, 14, 0, 1, 4]
    """
    number = sum(step <= abs(distance) for step in STEPS)
    return number + len(STEPS) if distance < 0 else number
