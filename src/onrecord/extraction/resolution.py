"""Who the source of each statement is: the fullest name in the article, or what it is called.

A source is read as a pronoun, as a name or as a description, and resolved in the order of the text against
the figures of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.extraction import mentions
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.designations import NOBODY, Designations, answer, called
from onrecord.extraction.designations import Voice as Voice
from onrecord.extraction.figures import Cast, Figure
from onrecord.extraction.focus import STEPS, SUBJECT, Focus, Reference
from onrecord.extraction.naming import Naming, Source
from onrecord.extraction.reading import Reading
from onrecord.extraction.walk import Walk, events
from onrecord.extraction.words import Index, straight, vocabulary
from onrecord.parsers import Token
from onrecord.records import Span
from onrecord.text import fold, trim

# A pronoun with the letter that joins it to its verb, as some tokenisers leave it: « a-t-elle ».
_CLITIC = re.compile(r"^[-‐‑]?t?[-‐‑](?=\w)")


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
        self.designations = Designations(self.focus, self.naming, self.sources)
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
        self.focus.content = spans(attribution.content, self.text) if outer is None else []
        self.walk.advance(source.span[0])
        figure, voice = self.read(source, outer)
        self.who[n] = figure
        if figure is not None and voice.evidence != "thing":
            offset = source.span[0]
            sentence = self.index.sentence(offset)
            aside = self.aside(attribution, source, figure)
            weight = 0.0 if aside else SUBJECT
            reference = Reference(offset, sentence, figure, weight, self.index.quotation(offset))
            self.focus.trail.append(reference)
            if outer is None and not aside:
                self.focus.last = reference
                content = spans(attribution.content, self.text)
                if figure.kind == "person" and content and self.index.quotation(content[0][0]):
                    self.focus.quoted = reference
        return voice

    def aside(self, attribution: Attribution, source: Source, figure: Figure) -> bool:
        """Return whether a saying is told in a relative clause about somebody the sentence isn't of.

        « On l'interroge sur Ivo Orsk, qui a parlé d'un accident. Il rit »: Orsk isn't the one who laughs.
        """
        if not source.core or (self.focus.last is not None and self.focus.last.figure is figure):
            return False
        start = source.core[0]
        here = [r for r in self.focus.trail[-STEPS:] if r.sentence == start.sentence and r.figure is figure]
        if any(r.weight >= SUBJECT for r in here):
            return False
        sentence = self.reading.sentences[start.sentence]
        if straight(sentence.tokens[start.token].text) in self.names.relative:
            return True
        content = spans(attribution.content, self.text)
        if not content or sentence.tokens[source.core[-1].token].dep.startswith("nsubj"):
            return False
        relatives = [
            n for n, t in enumerate(sentence.tokens)
            if source.span[1] <= t.start < content[0][0]
            and t.dep.startswith("nsubj")
            and straight(t.text) in self.names.relative
        ]  # fmt: skip
        told = (sentence.tokens[k] for n in relatives[:1] for k in sentence.subtree(sentence.tokens[n].head))
        return any(content[0][0] <= t.start < content[0][1] for t in told)

    def silent(self, n: int, offset: int) -> Voice:
        """Return who speaks where no source stands: who spoke last."""
        self.walk.advance(offset)
        figure = self.focus.floor(offset, 0.0, False)
        if figure is None:
            return NOBODY
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
            return None, Voice(name, "anonymous", 0.2, "as written") if any(
                map(str.isalnum, name)
            ) else NOBODY
        written = straight(self.text[slice(*source.span)])
        if _CLITIC.match(written):
            source = source._replace(places=source.core[-1:], core=source.core[-1:])
        first = self.index.token(source.core[0])
        word = straight(first.text)
        if len(source.core) == 1:
            word = _CLITIC.sub("", written)
        phrase = " ".join(straight(self.index.token(p).text) for p in source.core[:2])
        if len(source.core) == 1 or phrase in self.names.he + self.names.she + self.names.they:
            word = phrase if len(source.core) > 1 else word
            if first.pos != "NOUN" or word in self.names.he + self.names.she:
                meant = self.pronoun(word, first, source, outer)
                if meant is not None:
                    return meant
        return self.owner(source, outer) or self.named(source) or self.designations.read(source)

    # --- pronouns -----------------------------------------------------------------------------------

    def pronoun(
        self, word: str, token: Token, source: Source, outer: int | None
    ) -> tuple[Figure | None, Voice] | None:
        """Return who a pronoun stands for, None where the word is none."""
        names = self.names
        if word in names.first or word in names.own:
            if outer is None or self.who[outer] is None:
                return None, NOBODY._replace(kind="person")
            return answer(self.who[outer], 0.8, "first person")
        if word in names.relative:
            return self.antecedent(source, outer)
        gender = 1.0 if word in names.he else -1.0 if word in names.she else 0.0
        plural = word in names.they
        thing = word in names.it and not gender
        if not gender and len(source.places) == 1 and word in names.definite and names.elided:
            # « à l'en croire », « on le dit »: an object before its verb
            gender = {"le": 1.0, "la": -1.0}.get(word, 0.1)
        owner = word in names.possessive and not gender and not thing and not plural
        if gender or plural or thing or owner:
            if gender == 0 and plural and names.elided:
                gender = -0.5 if token.has("Gender=Fem") else 0.0
            found = self.focus.choose(source.span[0], gender, plural, thing, self.apart(source, outer))
            if found is None and abs(gender) == 1.0:
                found = self.following(source)
            if found is None:
                return None, NOBODY
            return answer(found, 0.7, f"pronoun {word}")
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
            return answer(figure, 0.7, "name of a body")
        persons = [n for n in heads if self.cast.of[n].kind == "person"]
        joined = [n for n in heads[1:] if self.naming.coordinated(heads[0], n, source)]
        if joined and all(self.cast.of[n].kind == self.cast.of[heads[0]].kind for n in joined):
            return self.several(source, heads[0])
        if (
            persons
            and not self.naming.capital(source, persons[0])
            and (self.naming.human(source) or persons[0] == heads[0])
        ):
            return answer(self.cast.of[persons[0]], 0.95, "name")
        return self.body(source, heads[0])

    def several(self, source: Source, first: int) -> tuple[Figure | None, Voice]:
        """Return several who speak as one, by the words of the source."""
        kind = self.cast.of[first].kind
        figure = self.focus.figure(
            self.naming.phrase(source.places), "country" if kind == "country" else "group"
        )
        figure.plural = True
        return answer(figure, 0.8, "several names")

    def body(self, source: Source, n: int) -> tuple[Figure | None, Voice]:
        """Return the country or body that a source names, by all the words of its noun phrase."""
        mention, figure = self.mentions[n], self.cast.of[n]
        if figure.kind == "country":
            return answer(figure, 0.95, "country")
        known = " ".join(mention.words)
        if self.vocabulary.nation(known) and not self.vocabulary.seat(known):
            people = self.focus.figure(self.naming.phrase(source.core, determiner=True), "group")
            people.plural = True
            return answer(people, 0.7, "people of a country")
        if country := self.naming.capital(source, n):
            return answer(self.cast.nation(country), 0.8, "capital")
        bare = len(source.core) == len(self.index.within(mention.span)) and not mention.determined
        # the parser holds many a bare "Ada Orsk" for a body; a place it holds it for is one
        likely = -1.0 if len(mention.words) == 2 and not figure.votes["LOC"] else -0.2
        if figure.kind == "person" or (
            bare and not figure.placed and figure.sign > likely and not figure.name.isupper()
        ):
            figure.kind = "person"
            return answer(figure, 0.8, "name")
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
        return answer(figure, 0.85, "name of a body")

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


def place(attribution: Attribution) -> Span:
    """Return where an attribution stands in order: the start of its content, longer ones first."""
    content = attribution.content or attribution.source or attribution.cue
    return (content[0][0], -content[-1][1]) if content else (0, 0)


def spans(stretches: Sequence[Span], text: str) -> list[Span]:
    """Return the spans that lie in the text and hold something."""
    return [(start, end) for start, end in stretches if 0 <= start < end <= len(text)]
