"""The rest of a statement: to whom, through what, when, through whom, and what the saying does."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from onrecord import dates
from onrecord.extraction import acts
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading
from onrecord.extraction.scene import CUE, DIRECT, FREE, NOMINAL, PARTICIPLE, SAID, SHARED, SOURCE, Phrase, Scene
from onrecord.languages import Language
from onrecord.records import Act, Span, Spans

# How much a phrase looks like a channel: what carries words or leads an occasion, or only a place.
CARRIES, PLACE = 2, 1

# Acts that are done to somebody, so that « à Orsk » is to whom and not where.
DONE_TO = {"demand", "ask", "threaten"}


class Roles(NamedTuple):
    """What :func:`complete` adds to an attribution; () and "" where a role is absent."""

    addressee: Spans = ()
    channel: Spans = ()
    time: Spans = ()
    said: str = ""
    relay: Spans = ()
    act: Act = "state"
    negated: bool = False


class Found(NamedTuple):
    """A phrase in a role: how close it is to the cue (see :meth:`Scene.level`), and how sure its kind is."""

    phrase: Phrase
    level: int
    sure: int = CARRIES


def complete(reading: Reading, attribution: Attribution) -> Roles:
    """Return the roles of an attribution beside content, cue and source.

    Only the cue's sentence is read for them, at most 120 words on each side of the cue. Never raises.
    """
    act = acts.judge(reading, attribution)
    if not 0 <= attribution.sentence < len(reading.sentences) or attribution.token < 0:
        return Roles(act=act)
    scene = Scene(reading, attribution)
    finder = Finder(reading, attribution, scene)
    channel, addressee = finder.channel(), finder.addressee()
    time = finder.time(channel)
    return Roles(
        addressee=finder.spans(addressee),
        channel=finder.spans(channel),
        time=finder.spans(time),
        said=said(reading, finder.spans(time), acts.tense(scene)),
        relay=finder.spans(finder.relay()),
        act=act,
        negated=acts.negated(scene),
    )


@functools.lru_cache(maxsize=4)
def expressions(text: str, language: Language) -> tuple[dates.Expression, ...]:
    """Return the expressions of date and time of a text, in order."""
    return tuple(dates.find(text, language))


def said(reading: Reading, time: Spans, tense: dates.Tense) -> str:
    """Return the EDTF value of the first date in the time, "" where there is none or it isn't known."""
    if not time:
        return ""
    found = expressions(reading.text, reading.language)
    first = bisect_left(found, time[0][0], key=lambda e: e.start)
    if first == len(found) or found[first].end > time[-1][1]:
        return ""
    published, reference = reading.article.published, ""
    start = first
    while start and found[start].anchor == "text" and first - start < 4:
        start -= 1
    for expression in found[start:first]:
        reference = dates.resolve(expression, published, "past", reference)
    return dates.resolve(found[first], published, tense, reference)


class Finder:
    """The phrases around a cue, each in its role."""

    def __init__(self, reading: Reading, attribution: Attribution, scene: Scene) -> None:
        self.attribution, self.scene = attribution, scene
        self.tokens, self.words, self.plain = scene.tokens, scene.words, scene.plain
        self.dates = self.dated_tokens(reading)
        self.phrases = [self.undated(phrase) for phrase in scene.led()]
        bare = self.bare()
        if bare:
            self.phrases = [bare] + [p for p in self.phrases if p.start >= bare.end or p.end <= bare.start]
        self.covered = {i for p in self.phrases for i in range(p.start, p.end)}
        self.covered |= {i for start, end in self.dates for i in range(start, end)}
        levels = [(phrase, scene.level(phrase, self.covered)) for phrase in self.phrases]
        self.near = [Found(phrase, level) for phrase, level in levels if level is not None]

    def dated_tokens(self, reading: Reading) -> list[tuple[int, int]]:
        """Return the dates of the scene as half-open ranges of tokens."""
        scene = self.scene
        start, end = scene.span(scene.low, scene.high)
        found = expressions(reading.text, reading.language)
        ends = [token.end for token in self.tokens]
        ranges = []
        for expression in found[bisect_left(found, start, key=lambda e: e.start) :]:
            if expression.start >= end:
                break
            first = bisect_left(ends, expression.start + 1)
            last = first
            while last < scene.high and self.tokens[last].start < expression.end:
                last += 1
            if first < last:
                ranges.append((first, last))
        return ranges

    def undated(self, phrase: Phrase) -> Phrase:
        """Return a phrase without the date at its end: "in an interview on Monday"; not "published Monday"."""
        for start, end in self.dates:
            if phrase.head < start and end == phrase.end:
                before = start - 1
                if self.tokens[before].pos not in {"ADP", "VERB"} and self.plain[before] != "de":
                    return phrase._replace(end=start)
        return phrase

    def spans(self, phrase: Phrase | None) -> Spans:
        """Return a phrase as spans of the article."""
        return (self.scene.span(phrase.start, phrase.end),) if phrase else ()

    def best(self, found: Iterable[Found]) -> Phrase | None:
        """Return the surest phrase of the nearest level, and of these the nearest to the cue."""
        head = self.scene.head
        ranked = sorted(found, key=lambda f: (f.level, -f.sure, abs(f.phrase.head - head), f.phrase.start))
        return ranked[0].phrase if ranked else None

    # --- channel

    def channel(self) -> Phrase | None:
        """Return the medium, place or occasion of the saying, with what leads it."""
        found = [f._replace(sure=sure) for f in self.near if (sure := self.carries(f.phrase))]
        best = self.best(found)
        if best is None:
            return None
        # "told the Herald in an interview in Orsk" is one
        start, end = best.start, best.end
        for phrase in sorted((f.phrase for f in found), key=lambda p: p.start):
            if phrase.start == end:
                end = phrase.end
        for phrase in sorted((f.phrase for f in found), key=lambda p: -p.start):
            if phrase.end == start:
                start = phrase.start
        addressed = self.addressed(start, end)
        return best._replace(start=start, end=addressed or end)

    def addressed(self, start: int, end: int) -> int:
        """Return where a participle like "addressed" stands in a phrase, 0 where none does."""
        for index in range(start + 1, end):
            if self.tokens[index].lemma.lower() in self.words.addressed and self.scene.participle(index):
                return index
        return 0

    def carries(self, phrase: Phrase) -> int:
        """Return how much a phrase looks like a channel, 0 where it doesn't."""
        words = self.words
        if phrase.lead in words.occasions:
            return 0 if self.dated(phrase) else CARRIES
        if (phrase.lead and phrase.lead not in words.through) or self.dated(phrase) or phrase.end == phrase.inner:
            return 0
        named = self.names(phrase, words.outlets)
        if phrase.lead in ("", "to"):
            return CARRIES if named else 0
        stop = self.stop(phrase)
        lemmas = {self.tokens[i].lemma.lower() for i in range(phrase.inner, stop)} | set(self.plain[phrase.inner : stop])
        if named or lemmas & set(words.carriers):
            return CARRIES
        if self.names(phrase, words.bodies) and phrase.lead != "à":
            return CARRIES
        return PLACE if self.place(phrase) and not self.spoken_to(phrase) else 0

    def place(self, phrase: Phrase) -> bool:
        """Return whether a phrase names a place where something can be said."""
        if phrase.lead not in self.words.places:
            return False
        if phrase.start < self.scene.head and not self.scene.free(phrase.start - 1):
            return any(self.tokens[i].entity == "LOC" for i in range(phrase.inner, phrase.end))
        head = self.tokens[phrase.head]
        return head.entity == "LOC" and head.pos == "PROPN"

    def stop(self, phrase: Phrase) -> int:
        """Return the end of a phrase's noun, before what another preposition or a participle adds to it."""
        for index in range(phrase.head + 1, phrase.end):
            if self.tokens[index].pos in {"ADP", "VERB", "PUNCT", "SCONJ"} and self.tokens[index].text not in "-":
                return index
        return phrase.end

    def names(self, phrase: Phrase, names: Iterable[str]) -> bool:
        """Return whether a phrase holds one of the names, as written."""
        written = " " + " ".join(t.text for t in self.tokens[phrase.inner : phrase.end]) + " "
        return any(f" {name} " in written for name in names)

    def dated(self, phrase: Phrase) -> bool:
        """Return whether a phrase is a date."""
        return any(start <= phrase.head < end for start, end in self.dates)

    # --- addressee

    def addressee(self) -> Phrase | None:
        """Return whom the saying is said to, without what leads it."""
        clitic = self.clitic()
        if clitic or self.attribution.act == "think":
            return clitic
        found = [f for f in self.near if f.level != SHARED and self.spoken_to(f.phrase)]
        phrase = self.best(f for f in found if f.level == DIRECT or self.speaks(f.phrase))
        if phrase:
            return phrase._replace(start=phrase.inner)
        for near in self.near:
            index = self.addressed(near.phrase.start, near.phrase.end) if self.carries(near.phrase) else 0
            if index and index + 2 < near.phrase.end:
                return near.phrase._replace(start=index + 2)
        return None

    def speaks(self, phrase: Phrase) -> bool:
        """Return whether the participle that a phrase hangs on is one of speaking to somebody."""
        return self.tokens[self.scene.clause(phrase, self.covered)].lemma.lower() in self.words.addressed

    def spoken_to(self, phrase: Phrase) -> bool:
        """Return whether a phrase is somebody that is spoken to."""
        words, head = self.words, self.tokens[phrase.head]
        if phrase.lead not in ("", *words.to) or self.dated(phrase) or phrase.end == phrase.inner:
            return False
        if head.pos not in {"NOUN", "PROPN", "PRON", "X"} or head.lemma.lower() in words.abstract:
            return False
        if head.has("PronType=Rel") or head.has("PronType=Int") or self.names(phrase, words.outlets):
            return False
        if not phrase.lead:
            return True
        if phrase.start < self.scene.head and self.tokens[self.scene.head].dep != "acl:relcl":
            fronted = self.scene.beside(phrase, self.covered) and self.scene.clause(phrase, self.covered) != self.scene.head
            if fronted or self.scene.zones[phrase.start - 1] != CUE and phrase.start == self.scene.low:
                return False
        article = self.tokens[phrase.inner].pos == "DET"
        if head.entity == "LOC" and not article and self.attribution.act not in DONE_TO:
            return self.names(phrase, words.bodies)
        return head.lemma.lower() not in words.carriers

    def clitic(self) -> Phrase | None:
        """Return the pronoun before a verb that says to whom: "lui" in « il lui a dit »."""
        objects = self.words.clitics + (self.words.object_clitics if self.tells() else ())
        index = self.scene.head - 1
        while index >= self.scene.low and self.tokens[index].pos in {"AUX", "PRON", "ADV", "DET"}:
            token = self.tokens[index]
            reflexive = token.has("Reflex=Yes") or self.scene.zones[index] == SOURCE
            subject = token.dep.startswith("nsubj") and index and self.tokens[index - 1].pos != "PRON" and not reflexive
            if self.plain[index] in objects and not reflexive and not self.repeats(index):
                if not (subject and self.plain[index] in {"nous", "vous"}):
                    return Phrase(index, index, index + 1, index, "")
            index -= 1
        return None

    def repeats(self, index: int) -> bool:
        """Return whether a pronoun is the subject's own: « nous nous sommes dit »."""
        return index > 0 and self.plain[index] == self.plain[index - 1]

    def bare(self) -> Phrase | None:
        """Return whom a verb like "tell" has as its object."""
        scene = self.scene
        if not self.tells():
            return None
        for index in scene.sentence.find(scene.head, "obj", "iobj"):
            if scene.free(index) and self.tokens[index].pos in NOMINAL | {"ADJ"}:
                start = min((i for i in scene.sentence.subtree(index) if scene.free(i)), default=index)
                return scene.phrase(start)
        index = scene.head + 1
        while index < scene.high and (scene.zones[index] == CUE or self.tokens[index].pos in {"ADV", "PUNCT"}):
            index += 1
        fits = scene.free(index) and self.tokens[index].pos in NOMINAL | {"DET", "ADJ"}
        return scene.phrase(index) if fits else None

    def tells(self) -> bool:
        """Return whether the cue's verb has whom it is said to as its object."""
        head = self.scene.head
        lemmas = [t.lemma.lower() for t in self.tokens[head : head + 2]]
        return bool({lemmas[0], self.attribution.lemma, " ".join(lemmas)} & set(self.words.told))

    # --- time

    def time(self, channel: Phrase | None) -> Phrase | None:
        """Return when it was said; a date in the channel counts ("in a letter of May 5"), one in the content not."""
        found = []
        for start, end in self.dates:
            phrase = Phrase(start, start, end, end - 1, "")
            zones = set(self.scene.zones[start:end])
            if zones & {SAID, CUE}:
                continue
            if SOURCE in zones:
                level = PARTICIPLE if self.published(start) else None
            elif (channel and channel.start <= start and end <= channel.end) or self.introduces(end):
                level = DIRECT
            else:
                level = self.scene.level(phrase, self.covered)
            if level is not None:
                found.append(Found(phrase, level))
        for near in self.near:
            lead = near.phrase.lead
            if lead in self.words.then or (lead in self.words.after and self.tokens[near.phrase.start].dep != "mark"):
                found.append(near._replace(sure=PLACE))
        return self.best(found)

    def published(self, start: int) -> bool:
        """Return whether a date in the source says when a document came out: "a poll published Monday"."""
        index = start - 1
        while index >= 0 and self.tokens[index].pos in {"ADP", "DET", "ADV"}:
            index -= 1
        nouns = [t.lemma.lower() for t, zone in zip(self.tokens, self.scene.zones, strict=True) if zone == SOURCE]
        return index >= 0 and self.scene.participle(index) and bool(set(nouns) & set(self.words.carriers))

    def introduces(self, end: int) -> bool:
        """Return whether a date leads the clause of the cue: "last year, when she said"."""
        while self.scene.free(end) and self.tokens[end].pos == "PUNCT":
            end += 1
        if not self.scene.free(end) or self.plain[end] not in self.words.when:
            return False
        return self.scene.zones[min(end + 1, self.scene.high - 1)] in (CUE, SOURCE)

    # --- relay

    def relay(self) -> Phrase | None:
        """Return another party through whom the saying was reported."""
        found = [f for f in self.near if f.phrase.lead in self.words.relays and f.phrase.end > f.phrase.inner]
        phrase = self.best(found)
        if phrase:
            return phrase._replace(start=phrase.inner)
        scene = self.scene
        for index in range(scene.low, scene.high):
            if scene.free(index) and index != scene.head and self.tokens[index].lemma.lower() in self.words.relaying:
                subject = self.subject(index)
                if subject:
                    return subject
        return None

    def subject(self, verb: int) -> Phrase | None:
        """Return the free subject of a verb, before or, inverted, right after it."""
        scene = self.scene
        for index in scene.sentence.find(verb, "nsubj"):
            if scene.free(index) and self.tokens[index].pos in {"NOUN", "PROPN", "X"}:
                start = min((i for i in scene.sentence.subtree(index) if scene.free(i)), default=index)
                return scene.phrase(start)
        after = verb + 1
        fits = scene.free(after) and self.tokens[after].pos in {"DET", "PROPN", "NOUN", "X"}
        return scene.phrase(after) if fits else None
