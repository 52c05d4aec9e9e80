"""Who the source of each statement is: the fullest name in the article, or what it is called.

A source is read as a pronoun, as a name or as a description, and resolved in the order of the text against
the figures of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.extraction import mentions
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.descriptions import Description
from onrecord.extraction.figures import Cast, Figure
from onrecord.extraction.focus import SUBJECT, Focus, Reference
from onrecord.extraction.marks import MARKS
from onrecord.extraction.naming import Naming, Source
from onrecord.extraction.reading import Reading
from onrecord.extraction.recognition import document, introduced, recognised, salient, varied
from onrecord.extraction.walk import Walk, events
from onrecord.extraction.words import Index, straight, vocabulary
from onrecord.parsers import Token
from onrecord.records import Span, SpeakerKind
from onrecord.text import fold, trim

# What is quoted at the end of a document's name is its title.
_QUOTED = re.compile(r"\s+[«“\"].*$")


class Voice(NamedTuple):
    """Who a source is: ``name`` ("" where it can't be known), what kind, how sure, and by which rule."""

    name: str
    kind: SpeakerKind
    score: float
    evidence: str


NOBODY = Voice("", "", 0.0, "unknown")


def resolve(reading: Reading, attributions: Sequence[Attribution]) -> list[Voice]:
    """Return who speaks in each attribution, in their order."""
    if not attributions:
        return []
    return Resolver(reading, attributions).voices()


class Resolver:
    """One article on the way from its sources to its speakers."""

    def __init__(self, reading: Reading, attributions: Sequence[Attribution]) -> None:
        self.reading = reading
        self.text = reading.text
        self.attributions = attributions
        self.index = Index(reading)
        self.vocabulary = vocabulary(reading.language)
        self.names = reading.language.names
        self.cast = Cast(self.index, self.vocabulary, mentions.find(self.index, self.vocabulary))
        self.mentions = self.cast.mentions
        self.at = [m.span[0] for m in self.mentions]
        self.sources = {a.source[0][0] for a in attributions if a.source}
        self.naming = Naming(self.index, self.vocabulary, self.cast)
        self.events = events(self.cast)
        self.order = sorted(range(len(attributions)), key=lambda n: place(attributions[n]))
        self.outer = {n: self.enclosing(n) for n in self.order}

    def begin(self) -> None:
        """Stand at the beginning of the article."""
        self.focus = Focus(self.cast)
        self.walk = Walk(self.focus, self.events)
        self.found: list[Voice | None] = [None] * len(self.attributions)
        self.who: list[Figure | None] = [None] * len(self.attributions)

    def voices(self) -> list[Voice]:
        """Return the voices of all attributions in order.

        The article is gone through twice: what sure pronouns tell of somebody's gender the first time
        serves the doubtful ones before them.
        """
        for _ in range(2):
            self.begin()
            for n in self.order:
                self.found[n] = self.voice(n)
        following: Voice | None = None
        for n in reversed(self.order):
            voice = self.found[n] or NOBODY
            if not voice.name and not spans(self.attributions[n].source, self.text) and following:
                self.found[n] = following._replace(score=0.3, evidence="next speaker")
            elif voice.name and self.outer[n] is None:
                following = voice
        return [self.final(n, voice or NOBODY) for n, voice in enumerate(self.found)]

    def final(self, n: int, voice: Voice) -> Voice:
        """Return a voice by the fullest name that its figure has at the end of the article."""
        figure = self.who[n]
        return voice._replace(name=figure.name, kind=figure.kind) if figure is not None else voice

    # --- one attribution ----------------------------------------------------------------------------

    def voice(self, n: int) -> Voice:
        """Return who speaks in one attribution, and remember it as the last who spoke."""
        attribution = self.attributions[n]
        stretches = spans(attribution.source, self.text)
        outer = self.outer[n]
        if not stretches:
            return self.silent(n, place(attribution)[0])
        source = self.naming.source(stretches[0])
        self.walk.advance(source.span[0])
        figure, voice = self.read(source, outer)
        self.who[n] = figure
        if figure is not None:
            offset = source.span[0]
            sentence = self.index.sentence(offset)
            reference = Reference(offset, sentence, figure, SUBJECT, self.index.quotation(offset))
            self.focus.trail.append(reference)
            if outer is None:
                self.focus.last = reference
                content = spans(attribution.content, self.text)
                if figure.kind == "person" and content and self.index.quotation(content[0][0]):
                    self.focus.quoted = reference
        return voice

    def silent(self, n: int, offset: int) -> Voice:
        """Return who speaks where no source stands: who spoke last."""
        if self.focus.last is None or self.focus.last.figure is None:
            return NOBODY
        figure = self.focus.last.figure
        if figure.kind in {"country", "document", "group"} and self.focus.quoted is not None:
            here = self.reading.paragraph(offset)
            if here - self.reading.paragraph(self.focus.quoted.offset) < 6:
                figure = self.focus.quoted.figure
        self.who[n] = figure
        if figure.kind == "person":
            self.focus.quoted = Reference(offset, self.index.sentence(offset), figure, SUBJECT, None)
        return called(figure, 0.7, "last speaker")

    def enclosing(self, n: int) -> int | None:
        """Return the attribution in whose content the source, or else the content, of another one stands."""
        attribution = self.attributions[n]
        source = spans(attribution.source, self.text) or spans(attribution.content, self.text)
        if not source:
            return None
        start = source[0][0]
        best: tuple[int, int] | None = None
        for m in range(n - 1, max(-1, n - 12), -1):
            for span in spans(self.attributions[m].content, self.text):
                size = span[1] - span[0]
                own = self.attributions[n].content
                if (
                    span[0] <= start < span[1]
                    and tuple(own) != tuple(self.attributions[m].content)
                    and (best is None or size < best[0])
                ):
                    best = (size, m)
        return best[1] if best else None

    def read(self, source: Source, outer: int | None) -> tuple[Figure | None, Voice]:
        """Return the figure that a source is, and its voice."""
        if not source.core:
            name = self.text[slice(*source.span)].strip()
            return None, Voice(name, "", 0.2, "as written")
        first = self.index.token(source.core[0])
        word = straight(first.text)
        if len(source.core) == 1:
            word = straight(self.text[slice(*source.span)]).strip("-")
        phrase = " ".join(straight(self.index.token(p).text) for p in source.core[:2])
        if len(source.core) == 1 or phrase in self.names.he + self.names.she + self.names.they:
            word = phrase if len(source.core) > 1 else word
            if first.pos != "NOUN" or word in self.names.he + self.names.she:
                answer = self.pronoun(word, first, source, outer)
                if answer is not None:
                    return answer
        if answer := self.owner(source, outer):
            return answer
        if answer := self.named(source):
            return answer
        return self.description(source)

    # --- pronouns -----------------------------------------------------------------------------------

    def pronoun(
        self, word: str, token: Token, source: Source, outer: int | None
    ) -> tuple[Figure | None, Voice] | None:
        """Return who a pronoun stands for, None where the word is none."""
        names = self.names
        if word in names.first or word in names.own:
            if outer is None or self.who[outer] is None:
                return None, NOBODY._replace(kind="person")
            return self.answer(self.who[outer], 0.8, "first person")
        if word in names.relative:
            return self.antecedent(source, outer)
        gender = 1.0 if word in names.he else -1.0 if word in names.she else 0.0
        plural = word in names.they
        thing = word in names.it and not gender
        owner = word in names.possessive and not gender and not thing and not plural
        if gender or plural or thing or owner:
            if gender == 0 and plural and names.elided:
                gender = -0.5 if token.has("Gender=Fem") else 0.0
            found = self.focus.choose(source.span[0], gender, plural, thing, self.apart(source, outer))
            if found is None and abs(gender) == 1.0:
                found = self.following(source)
            if found is None:
                return None, NOBODY
            return self.answer(found, 0.7, f"pronoun {word}")
        if word in names.unknown:
            return None, Voice("", "anonymous", 0.5, "unknown")
        return None

    def following(self, source: Source) -> Figure | None:
        """Return the person named later in the sentence ("When she came, Ada Orsk said ...")."""
        for n in range(bisect_left(self.at, source.span[1]), len(self.mentions)):
            if self.mentions[n].place.sentence != source.places[0].sentence:
                return None
            if self.cast.of[n].kind == "person":
                return self.cast.of[n]
        return None

    def apart(self, source: Source, outer: int | None) -> Figure | None:
        """Return who a pronoun inside quoted words can't be: the one who says them."""
        if outer is None or self.index.quotation(source.span[0]) is None:
            return None
        return self.who[outer]

    def antecedent(self, source: Source, outer: int | None) -> tuple[Figure | None, Voice]:
        """Return who a relative pronoun stands for: the noun that its clause hangs on."""
        at = source.core[0]
        sentence = self.reading.sentences[at.sentence]
        below = at.token
        for head in sentence.ancestors(at.token):
            if sentence.tokens[below].dep == "acl:relcl" and head < at.token:
                below = head
                break
            below = head
        else:
            below = at.token - 1
        members = [m for m in sentence.subtree(max(0, below)) if m < at.token] or [max(0, at.token - 1)]
        while len(members) > 1 and sentence.tokens[members[0]].pos in {"ADP", "PUNCT", "CCONJ"}:
            members.pop(0)
        span = sentence.tokens[members[0]].start, sentence.tokens[members[-1]].end
        if span[0] >= source.span[0]:
            return None, NOBODY
        return self.read(self.naming.source(trim(self.text, span, " ,")), outer)

    # --- names --------------------------------------------------------------------------------------

    def named(self, source: Source) -> tuple[Figure | None, Voice] | None:
        """Return the figure that a source names, None where it names none as its head."""
        words = self.vocabulary
        low = bisect_left(self.at, source.span[0])
        high = bisect_left(self.at, source.span[1])
        heads: list[int] = []
        for n in range(low, high):
            if self.naming.leads(source, self.mentions[n], bool(heads)):
                heads.append(n)
        if not heads:
            return None
        last, first = self.index.token(source.core[-1]), self.mentions[heads[0]]
        body = last.pos == "PROPN" and last.text[0].isupper() and words.holds(words.bodies, last.text)
        if body and self.cast.of[heads[0]].kind == "person" and first.span[1] <= last.start:
            # "Orsk and Vell Police"
            figure = self.focus.figure(self.naming.phrase(source.core), "organisation")
            return self.answer(figure, 0.7, "name of a body")
        persons = [n for n in heads if self.cast.of[n].kind == "person"]
        joined = [n for n in heads[1:] if self.naming.coordinated(heads[0], n, source)]
        if joined and all(self.cast.of[n].kind == self.cast.of[heads[0]].kind for n in joined):
            return self.several(source, heads[0])
        if (
            persons
            and not self.naming.capital(source, persons[0])
            and (self.naming.human(source) or persons[0] == heads[0])
        ):
            return self.answer(self.cast.of[persons[0]], 0.95, "name")
        return self.body(source, heads[0])

    def several(self, source: Source, first: int) -> tuple[Figure | None, Voice]:
        """Return several who speak as one, by the words of the source."""
        kind = self.cast.of[first].kind
        figure = self.focus.figure(
            self.naming.phrase(source.places), "country" if kind == "country" else "group"
        )
        figure.plural = True
        return self.answer(figure, 0.8, "several names")

    def body(self, source: Source, n: int) -> tuple[Figure | None, Voice]:
        """Return the country or body that a source names, by all the words of its noun phrase."""
        mention, figure = self.mentions[n], self.cast.of[n]
        if figure.kind == "country":
            return self.answer(figure, 0.95, "country")
        known = " ".join(mention.words)
        if self.vocabulary.nation(known) and not self.vocabulary.seat(known):
            people = self.focus.figure(self.naming.phrase(source.core, determiner=True), "group")
            people.plural = True
            return self.answer(people, 0.7, "people of a country")
        if country := self.naming.capital(source, n):
            return self.answer(self.cast.nation(country), 0.8, "capital")
        bare = len(source.core) == len(self.index.within(mention.span)) and not mention.determined
        # the parser holds many a bare "Ada Orsk" for a body; a place it holds it for is one
        likely = -1.0 if len(mention.words) == 2 and not figure.votes["LOC"] else -0.2
        if figure.kind == "person" or (
            bare and not figure.placed and figure.sign > likely and not figure.name.isupper()
        ):
            figure.kind = "person"
            return self.answer(figure, 0.8, "name")
        begin = mention.span[0] - (len(mention.title) + 1 if mention.title else 0)
        if mention.span[0] < self.index.token(source.core[-1]).end:
            core = [p for p in source.core if self.index.token(p).start >= begin]
        else:
            core = [p for p in source.places if self.index.token(p).start >= begin]
            stop = next((k for k, p in enumerate(core) if self.index.token(p).text in {",", "("}), len(core))
            core = core[:stop]
        name = self.naming.closed(self.naming.phrase(core), source.span[1])
        if len(name) > len(figure.name) and figure.votes and fold(name).startswith(fold(figure.name)):
            figure.name = name
        return self.answer(figure, 0.85, "name of a body")

    # --- descriptions -------------------------------------------------------------------------------

    def owner(self, source: Source, outer: int | None) -> tuple[Figure | None, Voice] | None:
        """Return whose statement, letter or eyes a source is (« sa lettre », "the story she tells")."""
        found = self.naming.describe(source)
        if found is None or not self.vocabulary.holds(self.vocabulary.documents, found.head):
            return None
        first = self.index.token(source.core[0])
        word = straight(first.text)
        if word in self.vocabulary.possessive:
            return self.pronoun(word, first, source._replace(core=source.core[:1]), None)
        subjects = [
            p for p in source.places[len(source.core) :] if self.index.token(p).dep.startswith("nsubj")
        ]
        for p in subjects[:1]:
            token = self.index.token(p)
            if token.pos == "PRON" and straight(token.text) in self.names.he + self.names.she:
                span = token.start, token.end
                return self.pronoun(straight(token.text), token, Source(span, [p], [p]), outer)
        return None

    def description(self, source: Source) -> tuple[Figure | None, Voice]:
        """Return who a noun phrase without a name of its own is."""
        words = self.vocabulary
        found = self.naming.describe(source)
        name = self.naming.phrase(source.core, determiner=True)
        if found is None:
            return self.answer(self.focus.figure(name, "anonymous"), 0.4, "as written")
        offset, first = source.span[0], self.index.token(source.core[0])
        if found.plural and any(
            straight(self.index.token(p).text) in self.names.single for p in source.core[:2]
        ):
            return self.person(found._replace(plural=False), name, offset, loose=True)
        if answer := self.proper(source, found, name):
            return answer
        word = straight(first.text)
        single = word in self.names.single
        definite = first.pos == "DET" and first.has("Definite=Def")
        loose = (word in words.indefinite or single) and not definite
        if words.holds(words.documents, found.head):
            return self.answer(document(self.focus, found, _QUOTED.sub("", name)), 0.7, "document")
        if words.holds(words.lands, found.head) and not loose and not found.plural:
            country = salient(self.focus, offset, "country") or self.focus.figure(name, "country")
            return self.answer(country, 0.6, "country described")
        several = found.plural and words.holds(words.recalled, found.head)
        if words.holds(words.bodies, found.head) and not several:
            return self.bodily(found, name, offset, loose)
        if found.plural or words.holds(words.crowds, found.head) or (first.pos == "NUM" and not single):
            return self.crowd(source, found, name)
        if not words.human(found.head, found.noun, self.index.token(source.core[-1]).text):
            named = len(found.proper) > 0 and first.text[0].isupper() and word not in words.closed
            return self.answer(self.focus.figure(name, "organisation" if named else "document"), 0.4, "thing")
        return self.person(found, name, offset, loose)

    def proper(self, source: Source, found: Description, name: str) -> tuple[Figure | None, Voice] | None:
        """Return who a source is that is a name after all, though none was found in it."""
        words = self.vocabulary
        first, last = self.index.token(source.core[0]), self.index.token(source.core[-1])
        whole = fold(self.naming.phrase(source.core))
        if land := words.seat(whole):
            return self.answer(self.cast.nation(land), 0.7, "country")
        if first.text[0].isupper() and (same := [f for f in self.cast.by_words.get(whole, []) if f.named]):
            return self.answer(same[0], 0.7, "name")
        marked = last.text[0].isupper() and self.text[source.span[0]] in MARKS
        bare = first.pos == "PROPN" and first.text[0].isupper() and last.text[0].isupper()
        bare = bare and straight(first.text) not in words.closed and len(source.core) > 1
        if (marked or bare) and not words.holds(words.persons | words.documents, found.head):
            return self.answer(self.focus.figure(name, "organisation"), 0.6, "title")
        return None

    def crowd(self, source: Source, found: Description, name: str) -> tuple[Figure | None, Voice]:
        """Return several persons by the words of the source, with the clause that says which."""
        rest = source.places[len(source.core) :]
        if rest and self.index.token(rest[0]).pos in {"PRON", "SCONJ"}:
            name = self.naming.phrase(source.places, determiner=True)
        unnamed = self.vocabulary.holds(self.vocabulary.unnamed, found.head)
        figure = self.focus.figure(name, "anonymous" if unnamed else "group")
        figure.plural = True
        return self.answer(figure, 0.8, "several persons")

    def person(self, found: Description, name: str, offset: int, loose: bool) -> tuple[Figure | None, Voice]:
        """Return the person who is called so, or the one in focus, or somebody without a name."""
        words = self.vocabulary
        if loose:
            early = self.reading.paragraph(offset) < 3
            figure = recognised(self.focus, found, offset, later=True) if early else None
            if figure is not None:
                return self.answer(figure, 0.6, f"named later: {found.text}")
            return self.answer(self.focus.figure(name, "anonymous", found), 0.7, "without a name")
        figure = recognised(self.focus, found, offset)
        if figure is not None:
            return self.answer(figure, 0.85, f"called {found.text}")
        figure = introduced(self.focus, offset, found, self.sources)
        if figure is not None:
            figure.roles.append(found)
            return self.answer(figure, 0.5, f"named next: {found.text}")
        fixed = words.holds(words.titles | words.kin, found.head) and not words.holds(
            words.generic, found.head
        )
        if not fixed or varied(self.focus, found, offset):
            gender = {"m": 1.0, "f": -1.0}.get(found.gender, 0.0)
            figure = self.focus.choose(offset, gender or 0.1, False, False, None)
            if figure is not None and figure.kind == "person":
                return self.answer(figure, 0.5, f"in focus: {found.text}")
        return self.answer(self.focus.figure(name, "person", found), 0.5, "without a name")

    def bodily(self, found: Description, name: str, offset: int, loose: bool) -> tuple[Figure | None, Voice]:
        """Return the body that a description means ("the company"), or the description itself."""
        words = self.vocabulary
        if not loose:
            figure = salient(
                self.focus, offset, "organisation", found, not words.holds(words.recalled, found.head)
            )
            if figure is not None:
                return self.answer(figure, 0.6, f"body called {found.text}")
        return self.answer(self.focus.figure(name, "organisation"), 0.7, "body described")

    def answer(self, figure: Figure | None, score: float, evidence: str) -> tuple[Figure | None, Voice]:
        """Return a figure with its voice."""
        return (figure, called(figure, score, evidence)) if figure is not None else (None, NOBODY)


def called(figure: Figure, score: float, evidence: str) -> Voice:
    """Return the voice of a figure."""
    return Voice(figure.name, figure.kind, score, evidence)


def place(attribution: Attribution) -> Span:
    """Return where an attribution stands in order: the start of its content, longer ones first."""
    content = attribution.content or attribution.source or attribution.cue
    return (content[0][0], -content[-1][1]) if content else (0, 0)


def spans(stretches: Sequence[Span], text: str) -> list[Span]:
    """Return the spans that lie in the text and hold something."""
    return [(start, end) for start, end in stretches if 0 <= start < end <= len(text)]
