"""Runs of capitalised words: where names may stand in a text, before it is known what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.extraction.words import Index, Vocabulary, straight
from onrecord.records import Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-‐‑&.][^\W_]+)*(?:['’](?=[sS]\b))?")
_SENTENCE_END = re.compile(r"(?:^|[.!?…:;»”\"\n•–—-])[\s«“\"'‘(]*$")
_DOMAIN = re.compile(r"(\w+) (?:de la |de l['’]|du |des )$")
BLANKS = {" ", "\u00a0", "\u202f"}
FUNCTION = {"DET", "PRON", "ADP", "ADV", "CCONJ", "SCONJ", "AUX", "INTJ"}


class Word(NamedTuple):
    """A word of the text; ``capital`` where it can be part of a name."""

    start: int
    end: int
    text: str
    capital: bool


def split(text: str, span: Span, vocabulary: Vocabulary) -> Iterator[Word]:
    """Yield the words of a stretch; an abbreviation keeps its full stop, a possessive loses its s."""
    skip = -1
    for match in _WORD.finditer(text, *span):
        start, end = match.span()
        if start < skip:
            continue
        after = text[end : end + 1]
        word = text[start:end]
        if word[-1] in "'’":
            end -= 1
        elif after in {"'", "’"} and word in {"O", "N", "M", "K"} and text[end + 1 : end + 2].isupper():
            follows = _WORD.match(text, end + 1, span[1])
            end = skip = follows.end() if follows else end
        elif after == "." and (word.lower() + "." in vocabulary.civil or (len(word) == 1 and word.isupper())):
            end += 1
        word = text[start:end]
        yield Word(start, end, word, word[0].isupper())


def family_names(index: Index) -> frozenset[str]:
    """Return the first and last words of what the parser holds for persons' full names."""
    found: set[str] = set()
    for sentence in index.reading.sentences:
        first = last = None
        for token in (*sentence.tokens, None):
            if token is not None and token.entity == "PER" and not token.entity_starts and first is not None:
                last = token
                continue
            if first is not None and last is not None:
                # a name with hyphens is several tokens: what the text has from its last blank
                whole = index.reading.text[first.start : last.end].split()
                found |= {whole[0], whole[-1]} if len(whole) > 1 else set()
            first = token if token is not None and token.entity == "PER" else None
            last = None
    return frozenset(found)


def runs(text: str, words: list[Word], vocabulary: Vocabulary) -> Iterator[list[Word]]:
    """Yield the longest rows of capitalised words, with the particles and joints between them."""
    n = 0
    while n < len(words):
        if not words[n].capital:
            n += 1
            continue
        run = [words[n]]
        n += 1
        while n < len(words):
            ahead = n
            while ahead < len(words) and ahead < n + 3 and joins(text, words, ahead, vocabulary):
                ahead += 1
            if ahead < len(words) and words[ahead].capital and adjacent(text, words[ahead - 1], words[ahead]):
                run += words[n : ahead + 1]
                n = ahead + 1
            else:
                break
        yield run


def joins(text: str, words: list[Word], n: int, vocabulary: Vocabulary) -> bool:
    """Return whether a word in lower case can stand inside a name, right after the word before it."""
    lower = straight(text[words[n].start : words[n].end + 1]).rstrip()
    known = vocabulary.particles | vocabulary.joints
    return (lower in known or words[n].text in known) and adjacent(text, words[n - 1], words[n])


def adjacent(text: str, left: Word, right: Word) -> bool:
    """Return whether only a blank, or an elision, parts two words."""
    gap = text[left.end : right.start]
    return gap in BLANKS or (gap in {"'", "’"} and not left.capital and len(left.text) <= 2)


def parted(
    index: Index, vocabulary: Vocabulary, run: list[Word], surnames: frozenset[str]
) -> Iterator[list[Word]]:
    """Yield a run in parts: before a person after a joint (« la thèse d'Orsk »), between two countries."""
    begin = 0
    for n in range(1, len(run)):
        word, left = run[n], run[n - 1]
        apart = False
        if word.capital and left.capital:
            both = f"{left.text} {word.text}"
            seats = all(vocabulary.seat(w.text) for w in (left, word)) and not vocabulary.seat(both)
            titled = any(vocabulary.holds(vocabulary.titles, w.text) for w in run[begin:n])
            apart = seats or (not titled and begins_person(index, left, word))
            apart = apart or (n == 1 and len(run) > 2 and domain(index.reading.text, vocabulary, left))
        elif word.capital and n > 1:
            places = index.within((left.start, word.end))
            named = [index.token(p) for p in places]
            starts = (
                len(named) > 1
                and not named[0].entity
                and named[-1].entity == "PER"
                and named[-1].entity_starts
            )
            apart = starts or (n == len(run) - 1 and word.text in surnames and n - begin > 1)
        if apart:
            part = run[begin:n]
            while part and not part[-1].capital:
                part = part[:-1]
            yield part
            begin = n
    yield run[begin:]


def persons_only(index: Index, run: list[Word]) -> list[Word]:
    """Return the words of a headline's run that the parser holds for a person's."""
    return [w for w in run if any(index.token(p).entity == "PER" for p in index.within((w.start, w.end)))]


def begins_person(index: Index, left: Word, word: Word) -> bool:
    """Return whether the parser has a place or body end at one word, and a person begin at the next."""
    before, after = index.within((left.start, left.end)), index.within((word.start, word.end))
    if not before or not after:
        return False
    one, other = index.token(before[-1]), index.token(after[0])
    return one.entity in {"LOC", "ORG"} and other.entity == "PER" and other.entity_starts


def domain(text: str, vocabulary: Vocabulary, word: Word) -> bool:
    """Return whether a word is what an office or body is for: « la ministre de la Mer | Ada Orsk »."""
    before = _DOMAIN.search(text, max(0, word.start - 40), word.start)
    return before is not None and vocabulary.holds(vocabulary.titles | vocabulary.bodies, before[1])


def beheaded(
    index: Index, vocabulary: Vocabulary, run: list[Word], known: set[str], surnames: frozenset[str]
) -> list[Word]:
    """Return a run without the first word where that has its capital from its place in the sentence only.

    ``known`` are the words that have one elsewhere in the text, ``surnames`` those known as persons'.
    """
    first = run[0]
    if not _SENTENCE_END.search(index.reading.text[max(0, first.start - 6) : first.start]):
        return run
    if vocabulary.civil.get(first.text.lower()) is not None:
        return run
    places = index.within((first.start, first.end))
    tokens = [index.token(place) for place in places]
    lower = straight(first.text)
    if first.text in surnames and lower not in vocabulary.closed:
        return run
    common = lower in vocabulary.determiners or any(
        t.pos in FUNCTION or (t.pos == "VERB" and not t.entity and first.text not in known)
        for t in tokens[:1]
    )
    named = first.text in known or any(t.entity or t.pos == "PROPN" for t in tokens)
    plain = not named and any(t.pos in {"NOUN", "ADJ", "NUM"} for t in tokens)
    alone = len(run) == 1 and (plain or (first.text not in known and vocabulary.human(first.text)))
    if not common and not alone:
        return run
    rest = run[1:]
    while rest and not rest[0].capital:
        rest = rest[1:]
    return rest
