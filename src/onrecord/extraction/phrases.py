"""The phrases around a cue that can have a role, and how close each is to it."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from onrecord import dates
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading
from onrecord.extraction.scene import CUE, NOMINAL, Phrase, Scene
from onrecord.languages import Language
from onrecord.records import Spans


class Found(NamedTuple):
    """A phrase in a role: how close it is to the cue (see :meth:`Scene.level`), and how sure the role is."""

    phrase: Phrase
    level: int
    sure: int = 0


@functools.lru_cache(maxsize=4)
def expressions(text: str, language: Language) -> tuple[dates.Expression, ...]:
    """Return the expressions of date and time of a text, in order."""
    return tuple(dates.find(text, language))


class Phrases:
    """The phrases of a scene.

    ``dates`` are half-open ranges of tokens, ``covered`` the tokens of all phrases and dates, ``near`` the
    phrases of the cue's clause in the order of the text (first the object of a verb like "tell").
    """

    def __init__(self, reading: Reading, attribution: Attribution) -> None:
        self.scene = scene = Scene(reading, attribution)
        self.act, self.lemma = attribution.act, attribution.lemma
        self.tokens, self.words, self.plain = scene.tokens, scene.words, scene.plain
        self.dates = self.dated_tokens(reading)
        phrases = [self.undated(phrase) for phrase in scene.led()]
        told = self.told()
        if told:
            phrases = [told, *(p for p in phrases if p.start >= told.end or p.end <= told.start)]
        self.covered = {i for p in phrases for i in range(p.start, p.end)}
        self.covered |= {i for start, end in self.dates for i in range(start, end)}
        levels = [(phrase, scene.level(phrase, self.covered)) for phrase in phrases]
        self.near = [Found(phrase, level) for phrase, level in levels if level is not None]

    def dated_tokens(self, reading: Reading) -> list[tuple[int, int]]:
        """Return the dates of the scene as half-open ranges of tokens."""
        scene = self.scene
        found = expressions(reading.text, reading.language)
        start, end = scene.span(scene.low, scene.high)
        ends = [token.end for token in self.tokens]
        ranges = []
        for number in range(bisect_left(found, start, key=lambda e: e.start), len(found)):
            if found[number].start >= end:
                break
            first = last = bisect_left(ends, found[number].start + 1)
            while last < scene.high and self.tokens[last].start < found[number].end:
                last += 1
            if first < last:
                ranges.append((first, last))
        return ranges

    def undated(self, phrase: Phrase) -> Phrase:
        """Return a phrase without the date at its end: "in a talk Monday", not "published on Monday"."""
        phrase = phrase._replace(
            end=max([phrase.end, *(end for s, end in self.dates if s < phrase.end < end)])
        )
        for start, end in self.dates:
            if phrase.head < start and end == phrase.end:
                before = self.tokens[start - 1]
                if before.pos not in {"ADP", "VERB"} and self.plain[start - 1] != "de":
                    return phrase._replace(end=start)
        return phrase

    def told(self) -> Phrase | None:
        """Return whom a verb like "tell" has as its object."""
        scene, tokens = self.scene, self.tokens
        if not self.tells():
            return None
        for index in scene.sentence.find(scene.head, "obj", "iobj"):
            if scene.free(index) and tokens[index].pos in NOMINAL | {"ADJ"} and not self.asks(index):
                return self.whole(index)
        index = scene.head + 1
        while index < scene.high and (scene.zones[index] == CUE or tokens[index].pos in {"ADV", "PUNCT"}):
            index += 1
        fits = scene.free(index) and tokens[index].pos in NOMINAL | {"DET", "ADJ"}
        return scene.phrase(index) if fits else None

    def tells(self) -> bool:
        """Return whether the cue's verb has whom it is said to as its object."""
        lemmas = [token.lemma.lower() for token in self.tokens[self.scene.head : self.scene.head + 2]]
        return bool({lemmas[0], self.lemma, " ".join(lemmas)} & set(self.words.told))

    def whole(self, noun: int) -> Phrase:
        """Return the phrase of a noun, from its first word before it."""
        below = set(self.scene.sentence.subtree(noun))
        start = noun
        while self.scene.free(start - 1) and start - 1 in below and self.tokens[start - 1].pos != "PUNCT":
            start -= 1
        return Phrase(start, start, self.scene.extent(start, noun), noun, "")

    def asks(self, index: int) -> bool:
        """Return whether a token is a relative or asking pronoun."""
        token = self.tokens[index]
        relative = token.has("PronType=Rel") or token.has("PronType=Int")
        return relative or self.plain[index] in self.words.questions

    def dated(self, phrase: Phrase) -> bool:
        """Return whether a phrase is a date."""
        return any(start <= phrase.head < end for start, end in self.dates)

    def names(self, phrase: Phrase, names: Iterable[str]) -> bool:
        """Return whether a phrase holds one of the names, as written."""
        written = " " + " ".join(token.text for token in self.tokens[phrase.inner : phrase.end]) + " "
        return any(f" {name} " in written for name in names)

    def lemmas(self, phrase: Phrase) -> set[str]:
        """Return the lemmas and the words of a phrase."""
        rows = range(phrase.inner, phrase.end)
        return {self.tokens[i].lemma.lower() for i in rows} | {self.plain[i] for i in rows}

    def best(self, found: Iterable[Found]) -> Phrase | None:
        """Return the surest phrase of the nearest level, and of these the nearest to the cue."""
        head = self.scene.head
        ranked = sorted(found, key=lambda f: (f.level, -f.sure, abs(f.phrase.head - head), f.phrase.start))
        return ranked[0].phrase if ranked else None

    def spans(self, phrase: Phrase | None) -> Spans:
        """Return a phrase as spans of the article."""
        return (self.scene.span(phrase.start, phrase.end),) if phrase else ()
