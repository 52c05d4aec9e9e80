"""An article as the rules read it: paragraphs, quotations, sentences.

Paragraphs and quotation marks lead, the parser follows: a quotation that is a sentence of its own is one
stand-in word in the sentence that reports it, and is parsed by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from onrecord import parsers
from onrecord.extraction import cues, marks
from onrecord.extraction.marks import Quotation
from onrecord.extraction.mending import mend
from onrecord.languages import Language
from onrecord.parsers import Passage, Piece, Sentence
from onrecord.records import Article, Span
from onrecord.text import BLANK, paragraphs, trim

# A quotation of more words than this is read as one word of the sentence around it. Source: chosen on
# gold/fr-dev and gold/en-dev; spaCy's parser holds shorter ones together with their sentence.
LONG = 9
# Paragraphs of more characters are read in parts: spaCy's parser needs about 1 GB for 100,000 in one text.
# Source: spaCy's documentation of Language.max_length.
LONGEST = 20_000

_SENTENCE_END = re.compile(r"[.!?…]\W*$")
_BETWEEN = re.compile(r"[.!?…]\W{0,3}\s")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Reading:
    """An article's text with its paragraphs, quotations and sentences, all in order of their starts.

    ``inside[k]`` is the quotation that sentence ``k`` is in, where it was parsed by itself.
    """

    article: Article
    language: Language
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...]
    inside: tuple[Quotation | None, ...]
    blocks: frozenset[Span] = field(default=frozenset())

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph at, or last before, an offset."""
        return max(0, bisect_right(self.paragraphs, (offset, len(self.text) + 1)) - 1)

    @cached_property
    def outermost(self) -> tuple[Quotation, ...]:
        """The quotations that stand in no other, in order."""
        return tuple(q for q in self.quotations if q.depth == 0)

    @cached_property
    def opened(self) -> dict[int, Quotation]:
        """The quotations by the offset of their opening marks."""
        return {q.outer[0]: q for q in reversed(self.quotations)}

    @cached_property
    def closed(self) -> dict[int, Quotation]:
        """The quotations by the offset behind their closing marks."""
        return {q.outer[1]: q for q in reversed(self.quotations)}

    def quoted(self, span: Span) -> list[Quotation]:
        """Return the outermost quotations that overlap a span."""
        first = bisect_right(self.outermost, span[0], key=lambda q: q.outer[1])
        last = bisect_left(self.outermost, span[1], lo=first, key=lambda q: q.outer[0])
        return list(self.outermost[first:last])

    def next_quotation(self, offset: int) -> Quotation | None:
        """Return the first outermost quotation that begins at an offset or behind it."""
        at = bisect_left(self.outermost, offset, key=lambda q: q.outer[0])
        return self.outermost[at] if at < len(self.outermost) else None


def read(article: Article, language: Language, parser: parsers.Parser | None) -> Reading:
    """Return the reading of an article; date lines and the title said again are left out of it.

    Without a parser it has paragraphs and quotations, and no sentences.
    """
    text = doubled(article.text)
    left_out = [(f.start, f.end) for f in article.furniture if f.kind in {"dateline", "title"}]
    running = (part for span in paragraphs(text) for part in without(text, span, left_out))
    kept = [part for span in running for part in parts(text, span)]
    quotations = marks.quotations(text, kept, language.marks)
    passages: list[tuple[Passage, Quotation | None]] = []
    outermost = iter([q for q in quotations if q.depth == 0])
    quotation = next(outermost, None)
    for paragraph in kept:
        blocks = []
        while quotation and quotation.outer[0] < paragraph[1]:
            if stands_alone(text, quotation, paragraph):
                blocks.append(quotation)
            quotation = next(outermost, None)
        passages.append((frame(paragraph, blocks, language), None))
        passages.extend(((Piece(*block.inner),), block) for block in blocks)
    parsed = parser.parse(text, [passage for passage, _ in passages]) if parser else [[] for _ in passages]
    lexicon = cues.lexicon(language)
    rows = [
        (mend(s, lexicon), q) for sentences, (_, q) in zip(parsed, passages, strict=True) for s in sentences
    ]
    rows.sort(key=lambda row: (row[0].span[0], -row[0].span[1]))
    return Reading(
        article,
        language,
        paragraphs=tuple(kept),
        quotations=tuple(quotations),
        sentences=tuple(s for s, _ in rows),
        inside=tuple(q for _, q in rows),
        blocks=frozenset(q.inner for _, q in passages if q),
    )


def doubled(text: str) -> str:
    """Return a text of the same length in which two single marks that stand for a double one are one.

    >>> doubled("She said: ''Yes.''")
    'She said:  "Yes." '
    """
    if "''" not in text:
        return text
    text = re.sub(r"(?<![\w.,!?%)'])''(?=[\w$(\[])", ' "', text)
    return re.sub(r"(?<=\S)''(?!\w)", '" ', text)


def parts(text: str, span: Span) -> Iterator[Span]:
    """Yield a paragraph in parts that a parser can read, cut behind a sentence where one ends."""
    start, end = span
    while end - start > LONGEST:
        ends = [m.end() for m in _BETWEEN.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = ends[-1] if ends else start + LONGEST
        yield trim(text, (start, cut))
        start = cut
    yield trim(text, (start, end))


def without(text: str, span: Span, holes: list[Span]) -> list[Span]:
    """Return what is left of a span when the holes are cut out of it, trimmed."""
    parts, at = [], span[0]
    for start, end in sorted(holes):
        if start < span[1] and end > span[0]:
            parts.append((at, max(at, start)))
            at = max(at, end)
    parts.append((at, span[1]))
    return [p for p in (trim(text, part) for part in parts) if p[0] < p[1]]


def stands_alone(text: str, quotation: Quotation, paragraph: Span) -> bool:
    """Return whether a quotation is a sentence of its own, or too long to be read with its sentence.

    It is one where it ends as a sentence does, or begins where a sentence can begin (at the head of the
    paragraph, after a colon or a full stop) and isn't a word or two inside a clause.
    """
    inner = text[quotation.inner[0] : quotation.inner[1]]
    words = len(_WORDS.findall(inner))
    if not quotation.opened or not quotation.closed:
        return True
    before = text[max(paragraph[0], quotation.outer[0] - 8) : quotation.outer[0]].rstrip(BLANK)
    after = text[quotation.outer[1] : quotation.outer[1] + 3].lstrip(BLANK)
    begins = not before or before[-1] in ":.!?…" or (before[-1] == "," and inner[:1].isupper())
    ends = bool(_SENTENCE_END.search(inner)) or inner.endswith(",") or after[:1] in {",", "", "\n", "."}
    if begins and words >= 2 and (ends or before[-1:] == ":"):
        return True
    return words > LONG


def frame(paragraph: Span, within: list[Quotation], language: Language) -> Passage:
    """Return a paragraph as a passage in which stand-in words replace quotations."""
    pieces, at = [], paragraph[0]
    for quotation in within:
        if quotation.inner[0] > at:
            pieces.append(Piece(at, quotation.inner[0]))
        pieces.append(Piece(*quotation.inner, stand_in=language.marks.stand_in))
        at = quotation.inner[1]
    if at < paragraph[1]:
        pieces.append(Piece(at, paragraph[1]))
    return tuple(pieces)
