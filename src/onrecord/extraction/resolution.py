"""Who the source of each statement is: the fullest name in the article, or what it is called.

A source is read as a pronoun, as a name or as a description, and resolved in the order of the text against
the figures of the article. Where several could be meant, what counts is how near each was mentioned last,
whether as a subject, whether it spoke last, and whether gender and number fit.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.extraction import mentions
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.figures import Cast, Figure, Role, role
from onrecord.extraction.mentions import Mention
from onrecord.extraction.reading import Reading
from onrecord.extraction.words import Index, Place, Vocabulary, straight, variants, vocabulary
from onrecord.parsers import Token
from onrecord.records import Span, SpeakerKind
from onrecord.text import fold, trim

# What a mention weighs when a pronoun is resolved. Source: chosen on gold/fr-dev and gold/en-dev.
NEAR, SUBJECT, SPOKE, QUOTED, POSSESSIVE, OFTEN, SPOKE_BEFORE, AGREES, OTHER_KIND, NAMELESS = (
    0.6, 1.0, 1.4, -2.0, -0.7, 0.25, 0.3, 0.8, -1.5, -1.0
)  # fmt: skip
# By how much a person must lead for a pronoun to tell the gender, and what it then tells.
SURE, LEARNT = 1.5, 0.7
# How many sentences outside quotations are looked back for who is meant.
WINDOW = 10


# What is quoted at the end of a document's name is its title.
_QUOTED = re.compile(r"\s+[«“\"].*$")


class Voice(NamedTuple):
    """Who a source is: ``name`` ("" where it can't be known), what kind, how sure, and by which rule."""

    name: str
    kind: SpeakerKind
    score: float
    evidence: str


class Reference(NamedTuple):
    """A place where a figure is mentioned; ``weight`` is what its form adds (subject, possessive)."""

    offset: int
    sentence: int
    figure: Figure
    weight: float
    quotation: Span | None


class Source(NamedTuple):
    """The mention of a speaker: its span, the places of its tokens, and those of its core noun phrase."""

    span: Span
    places: list[Place]
    core: list[Place]


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
        self.ahead = self.references()
        self.order = sorted(range(len(attributions)), key=lambda n: place(attributions[n]))
        self.outer = {n: self.enclosing(n) for n in self.order}

    def begin(self) -> None:
        """Stand at the beginning of the article."""
        self.trail: list[Reference] = []
        self.passed = 0
        self.last: Reference | None = None
        self.quoted: Reference | None = None
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
        source = self.source(stretches[0])
        self.advance(source.span[0])
        figure, voice = self.read(source, outer)
        self.who[n] = figure
        if figure is not None:
            offset = source.span[0]
            sentence = self.index.sentence(offset)
            reference = Reference(offset, sentence, figure, SUBJECT, self.index.quotation(offset))
            self.trail.append(reference)
            if outer is None:
                self.last = reference
                content = spans(attribution.content, self.text)
                if figure.kind == "person" and content and self.index.quotation(content[0][0]):
                    self.quoted = reference
        return voice

    def silent(self, n: int, offset: int) -> Voice:
        """Return who speaks where no source stands: who spoke last."""
        if self.last is None or self.last.figure is None:
            return NOBODY
        figure = self.last.figure
        if figure.kind in {"country", "document", "group"} and self.quoted is not None:
            here = self.reading.paragraph(offset)
            if here - self.reading.paragraph(self.quoted.offset) < 6:
                figure = self.quoted.figure
        self.who[n] = figure
        if figure.kind == "person":
            self.quoted = Reference(offset, self.index.sentence(offset), figure, SUBJECT, None)
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
                if span[0] <= start < span[1] and tuple(own) != tuple(self.attributions[m].content) and (best is None or size < best[0]):
                    best = (size, m)
        return best[1] if best else None

    def source(self, span: Span) -> Source:
        """Return a source with its tokens; the core ends at a comma, a relative or a bracket."""
        places = self.index.within(span)
        places = [p for p in places if p.sentence == places[0].sentence]
        core: list[Place] = []
        for n, p in enumerate(places):
            token = self.index.token(p)
            relative = token.pos in {"PRON", "SCONJ"} and straight(token.text) in self.names.relative and core
            if core and (token.text in {",", "(", ":", ";", "–", "—"} or relative) or (n and token.pos in {"AUX"}):
                break
            if token.text not in {"«", "“", '"', "‘"}:
                core.append(p)
        return Source(span, places, core)

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

    def pronoun(self, word: str, token: Token, source: Source, outer: int | None) -> tuple[Figure | None, Voice] | None:
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
            found = self.choose(source.span[0], gender, plural, thing, self.apart(source, outer))
            if found is None:
                return None, NOBODY
            return self.answer(found, 0.7, f"pronoun {word}")
        if word in names.unknown:
            return None, Voice("", "anonymous", 0.5, "unknown")
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
        span = sentence.tokens[members[0]].start, sentence.tokens[members[-1]].end
        if span[0] >= source.span[0]:
            return None, NOBODY
        return self.read(self.source(trim(self.text, span, " ,")), outer)

    def choose(self, offset: int, gender: float, plural: bool, thing: bool, apart: Figure | None) -> Figure | None:
        """Return the figure that a pronoun at an offset means, None where none fits."""
        here = self.index.outer[self.index.sentence(offset)]
        quotation = self.index.quotation(offset)
        best: dict[Figure, float] = {}
        spoke = SPOKE if self.holds_floor(offset, gender, plural) else SPOKE_BEFORE
        steps = 0
        for reference in reversed(self.trail):
            distance = here - self.index.outer[reference.sentence]
            steps += 1
            if reference.offset >= offset:
                continue
            if distance > WINDOW or steps > 120:
                break
            figure = reference.figure
            if figure is apart:
                continue
            fit = suits(figure, gender, plural, thing, bool(self.names.it))
            if fit is None:
                continue
            score = fit - NEAR * distance + reference.weight + OFTEN * math.log1p(figure.count)
            if reference.quotation and reference.quotation != quotation:
                score += QUOTED
            if self.last is not None and figure is self.last.figure:
                score += spoke
            best[figure] = max(score, best.get(figure, -99.0))
        if not best:
            return None
        chosen = max(best, key=lambda f: (best[f], -f.number))
        rivals = [f for f in best if f.kind == "person" and f is not chosen and best[f] > best[chosen] - SURE]
        if chosen.kind == "person" and not rivals and abs(gender) == 1.0 and abs(chosen.gender) < 2.0:
            chosen.gender += LEARNT * gender
        return chosen

    def holds_floor(self, offset: int, gender: float, plural: bool) -> bool:
        """Return whether no other person is the subject of a sentence since the last one spoke."""
        if self.last is None:
            return False
        for reference in reversed(self.trail):
            if reference.offset <= self.last.offset:
                return True
            figure = reference.figure
            other = figure is not self.last.figure and figure.kind == "person" and figure.named and not plural
            subject = reference.weight >= SUBJECT and reference.quotation is None and reference.offset < offset
            if other and subject and reference.sentence > self.last.sentence and gender * figure.gender > -1.5:
                return False
        return True

    # --- names --------------------------------------------------------------------------------------

    def named(self, source: Source) -> tuple[Figure | None, Voice] | None:
        """Return the figure that a source names, None where it names none as its head."""
        low = bisect_left(self.at, source.span[0])
        high = bisect_left(self.at, source.span[1])
        heads = [n for n in range(low, high) if self.leads(source, self.mentions[n])]
        if not heads:
            return None
        persons = [n for n in heads if self.cast.of[n].kind == "person"]
        joined = [n for n in heads[1:] if self.coordinated(heads[0], n, source)]
        if joined and all(self.cast.of[n].kind == self.cast.of[heads[0]].kind for n in joined):
            return self.several(source, heads[0])
        if persons and not self.capital(source, persons[0]) and (self.human(source) or persons[0] == heads[0]):
            return self.answer(self.cast.of[persons[0]], 0.95, "name")
        return self.body(source, heads[0])

    def leads(self, source: Source, mention: Mention) -> bool:
        """Return whether a name is the head of a source, or in apposition to it, and no part of a modifier."""
        words = self.vocabulary
        if mention.possessive and mention.span[1] < source.span[1]:
            return False
        begin = mention.span[0] - (len(mention.title) + 1 if mention.title else 0)
        places = [p for p in source.places if self.index.token(p).start < begin]
        left = [self.index.token(p) for p in places]
        within = mention.span[0] < self.index.token(source.core[-1]).end
        if within and self.below(source, mention):
            return False
        found = self.role(source)
        if not within and found is not None and found.plural:
            return False
        while left and (left[-1].text in {"«", '"', "“", "»", "”"} or (left[-1].pos == "DET" and straight(left[-1].text) not in words.of)):
            left.pop()
        if not left or left[-1].text in {",", "(", ":", "–", "—", "-", "'s", "’s"} or left[-1].pos == "CCONJ":
            return True
        if left[-1].pos in {"ADP", "SCONJ", "VERB", "AUX", "PRON", "ADV"} or straight(left[-1].text) in words.of:
            return False
        for n in range(len(left) - 1, -1, -1):
            if words.holds(words.persons, left[n].text, left[n].lemma):
                # « l'allié du président Orsk » is the ally
                while n > 0 and left[n - 1].pos in {"ADJ", "NOUN", "PROPN"}:
                    n -= 1
                return n == 0 or not (left[n - 1].pos == "ADP" or straight(left[n - 1].text) in words.of)
        if found is None or not words.holds(words.bodies | words.documents, found.head):
            return True
        return mention.entity == "ORG" and len(mention.words) == 1 and not self.names.elided

    def below(self, source: Source, mention: Mention) -> bool:
        """Return whether a common noun after a name is the head of the phrase ("the Orsk plan")."""
        after = [self.index.token(p) for p in source.core if self.index.token(p).start >= mention.span[1]]
        common = [t for t in after if t.pos == "NOUN" and not t.entity and t.text[0].islower()]
        cut = [t for t in after if t.pos == "ADP" or t.text in {",", "("}]
        return bool(common) and not self.names.elided and (not cut or common[0].start < cut[0].start)

    def coordinated(self, first: int, second: int, source: Source) -> bool:
        """Return whether two names in a source are joined by "and", by the words between them."""
        between = self.index.within((self.mentions[first].span[1], self.mentions[second].span[0]))
        tokens = [self.index.token(p) for p in between]
        plain = all(t.pos in {"DET", "CCONJ", "PUNCT", "PROPN", "NOUN", "ADJ"} for t in tokens)
        later = [self.index.token(p) for p in source.places if self.index.token(p).start >= self.mentions[first].span[1]]
        joins = any(t.pos == "CCONJ" for t in later)
        return plain and joins and not any(t.pos in {"NOUN"} for t in tokens)

    def several(self, source: Source, first: int) -> tuple[Figure | None, Voice]:
        """Return several who speak as one, by the words of the source."""
        kind = self.cast.of[first].kind
        figure = self.figure(self.phrase(source.places), "country" if kind == "country" else "group")
        figure.plural = True
        return self.answer(figure, 0.8, "several names")

    def capital(self, source: Source, n: int) -> str:
        """Return the country of the capital that is all of a source (a government's seat stands for it)."""
        mention, figure = self.mentions[n], self.cast.of[n]
        alone = mention.span[1] >= self.index.token(source.core[-1]).end and not mention.title
        known = " ".join(mention.words)
        return self.vocabulary.capitals.get(known, "") if alone and figure.words == mention.words else ""

    def human(self, source: Source) -> bool:
        """Return whether the core of a source isn't a body or document."""
        found = self.role(source)
        words = self.vocabulary
        return found is None or not words.holds(words.bodies | words.documents, found.head)

    def body(self, source: Source, n: int) -> tuple[Figure | None, Voice]:
        """Return the country or body that a source names, by all the words of its noun phrase."""
        mention, figure = self.mentions[n], self.cast.of[n]
        if figure.kind == "country":
            return self.answer(figure, 0.95, "country")
        if self.vocabulary.nation(mention.words[-1]) and not self.vocabulary.seat(" ".join(mention.words)):
            people = self.figure(self.phrase(source.core, determiner=True), "group")
            people.plural = True
            return self.answer(people, 0.7, "people of a country")
        if country := self.capital(source, n):
            return self.answer(self.cast.nation(country), 0.8, "capital")
        bare = len(source.core) == len(self.index.within(mention.span)) and not mention.determined
        if figure.kind == "person" or (bare and figure.sign > -0.2 and not figure.name.isupper()):
            figure.kind = "person"
            return self.answer(figure, 0.8, "name")
        begin = mention.span[0] - (len(mention.title) + 1 if mention.title else 0)
        if mention.span[0] < self.index.token(source.core[-1]).end:
            core = [p for p in source.core if self.index.token(p).start >= begin]
        else:
            core = [p for p in source.places if self.index.token(p).start >= begin]
            stop = next((k for k, p in enumerate(core) if self.index.token(p).text in {",", "("}), len(core))
            core = core[:stop]
        name = self.closed(self.phrase(core), source.span[1])
        if len(name) > len(figure.name) and figure.votes and fold(name).startswith(fold(figure.name)):
            figure.name = name
        return self.answer(figure, 0.85, "name of a body")

    def closed(self, name: str, end: int) -> str:
        """Return a body's name with the letters that follow it in brackets."""
        at = self.text.rfind(name, 0, end)
        match = mentions.LETTERS.match(self.text, at + len(name)) if at >= 0 and name else None
        return f"{name} ({match[1]})" if match else name

    # --- descriptions -------------------------------------------------------------------------------

    def role(self, source: Source) -> Role | None:
        """Return what the core of a source says."""
        if not source.core:
            return None
        sentence = self.reading.sentences[source.core[0].sentence]
        return role(self.vocabulary, sentence, [p.token for p in source.core])

    def owner(self, source: Source, outer: int | None) -> tuple[Figure | None, Voice] | None:
        """Return whose statement, letter or eyes a source is (« sa lettre », "the story she tells")."""
        found = self.role(source)
        if found is None or not self.vocabulary.holds(self.vocabulary.documents, found.head):
            return None
        first = self.index.token(source.core[0])
        word = straight(first.text)
        if word in self.vocabulary.possessive:
            return self.pronoun(word, first, source._replace(core=source.core[:1]), None)
        subjects = [p for p in source.places[len(source.core) :] if self.index.token(p).dep.startswith("nsubj")]
        for p in subjects[:1]:
            token = self.index.token(p)
            if token.pos == "PRON" and straight(token.text) in self.names.he + self.names.she:
                span = token.start, token.end
                return self.pronoun(straight(token.text), token, Source(span, [p], [p]), outer)
        return None

    def description(self, source: Source) -> tuple[Figure | None, Voice]:
        """Return who a noun phrase without a name of its own is."""
        words = self.vocabulary
        found = self.role(source)
        name = self.phrase(source.core, determiner=True)
        rest = source.places[len(source.core) :]
        crowd = found is not None and (found.plural or words.holds(words.crowds, found.head))
        if rest and crowd and self.index.token(rest[0]).pos in {"PRON", "SCONJ"}:
            name = self.phrase(source.places, determiner=True)
        if found is None:
            return self.answer(self.figure(name, "anonymous"), 0.4, "as written")
        first = self.index.token(source.core[0])
        word = straight(first.text)
        forms = (found.head,)
        if found.plural and any(straight(self.index.token(p).text) in self.names.single for p in source.core[:2]):
            found = found._replace(plural=False)
            return self.person(found, name, source.span[0], loose=True)
        whole = fold(self.phrase(source.core))
        if country := words.seat(whole):
            return self.answer(self.cast.nation(country), 0.7, "country")
        if first.text[0].isupper() and (same := [f for f in self.cast.by_words.get(whole, []) if f.named]):
            return self.answer(same[0], 0.7, "name")
        loose = (word in words.indefinite or word in self.names.single) and not (first.pos == "DET" and first.has("Definite=Def"))
        offset = source.span[0]
        proper = self.index.token(source.core[-1]).text[0].isupper() and self.text[source.span[0]] in "«“\""
        last = self.index.token(source.core[-1])
        bare = first.text[0].isupper() and last.text[0].isupper() and word not in words.closed and len(source.core) > 1 and first.pos == "PROPN"
        if (proper or bare) and not words.holds(words.persons | words.documents, found.head):
            return self.answer(self.figure(name, "organisation"), 0.6, "title")
        if words.holds(words.documents, *forms):
            return self.answer(self.document(found, _QUOTED.sub("", name)), 0.7, "document")
        if words.holds(words.lands, *forms) and not loose and not found.plural:
            country = self.salient(offset, "country")
            found_country = country or self.figure(name, "country")
            return self.answer(found_country, 0.6, "country described")
        if words.holds(words.bodies, *forms) and not (found.plural and words.holds(words.recalled, *forms)):
            return self.bodily(found, name, offset, loose)
        if found.plural or words.holds(words.crowds, *forms) or (first.pos == "NUM" and word not in self.names.single):
            unnamed = words.holds(words.unnamed, *forms)
            figure = self.figure(name, "anonymous" if unnamed else "group")
            figure.plural = True
            return self.answer(figure, 0.8, "several persons")
        if not words.human(found.head, found.noun):
            named = len(found.proper) > 0 and first.text[0].isupper() and word not in words.closed
            return self.answer(self.figure(name, "organisation" if named else "document"), 0.4, "thing")
        return self.person(found, name, offset, loose)

    def person(self, found: Role, name: str, offset: int, loose: bool) -> tuple[Figure | None, Voice]:
        """Return the person who is called so, or the one in focus, or somebody without a name."""
        words = self.vocabulary
        if loose:
            early = self.reading.paragraph(offset) < 3
            figure = self.recognised(found, offset, later=True) if early else None
            if figure is not None:
                return self.answer(figure, 0.6, f"named later: {found.text}")
            return self.answer(self.figure(name, "anonymous", found), 0.7, "without a name")
        figure = self.recognised(found, offset)
        if figure is not None:
            return self.answer(figure, 0.85, f"called {found.text}")
        figure = self.introduced(offset, found)
        if figure is not None:
            figure.roles.append(found)
            return self.answer(figure, 0.5, f"named next: {found.text}")
        fixed = words.holds(words.titles | words.kin, found.head) and not words.holds(words.generic, found.head)
        if not fixed or self.varied(found, offset):
            gender = {"m": 1.0, "f": -1.0}.get(found.gender, 0.0)
            figure = self.choose(offset, gender or 0.1, False, False, None)
            if figure is not None and figure.kind == "person":
                return self.answer(figure, 0.5, f"in focus: {found.text}")
        return self.answer(self.figure(name, "person", found), 0.5, "without a name")

    def varied(self, found: Role, offset: int) -> bool:
        """Return whether an office is another word for who spoke right before: "The Orsk governor added"."""
        if self.last is None or self.last.figure.kind != "person" or not found.words:
            return False
        words = self.vocabulary
        near = self.index.outer[self.index.sentence(offset)] - self.index.outer[self.last.sentence] <= 2
        held = any(words.holds(words.titles, r.head) for r in self.last.figure.roles)
        return near and not held and self.last.figure.named

    def recognised(self, found: Role, offset: int, later: bool = False) -> Figure | None:
        """Return the person whose roles fit a description best."""
        best, top = None, 0.0
        recent = {r.figure: r.offset for r in self.trail[-60:] if r.offset < offset}
        for figure in self.cast.figures:
            if figure.kind != "person" or not figure.named:
                continue
            if found.gender and figure.gender * {"m": 1, "f": -1}[found.gender] < -1.5:
                continue
            fit = max((likeness(self.vocabulary, found, r) for r in figure.roles), default=0.0)
            if fit <= 0:
                continue
            fit += 0.2 * math.log1p(figure.count) + (0.5 if figure in recent else 0.0)
            if self.last is not None and self.last.figure is figure:
                fit += 0.6
            if fit > top:
                best, top = figure, fit
        return best

    def introduced(self, offset: int, found: Role) -> Figure | None:
        """Return the person whom the next sentences name as a subject without saying who it is.

        A lead tells the office, the next sentence the name: "The farm minister said no. Ada Orsk told ..."
        """
        if self.reading.paragraph(offset) > 2 or not self.vocabulary.holds(self.vocabulary.titles, found.head):
            return None
        here = self.index.outer[self.index.sentence(offset)]
        for n in range(bisect_left(self.at, offset), len(self.mentions)):
            mention, figure = self.mentions[n], self.cast.of[n]
            if self.index.outer[mention.place.sentence] > here + 2:
                break
            fresh = figure.kind == "person" and not figure.roles and self.cast.of.index(figure) == n
            if fresh and (mention.subject or mention.span[0] in self.sources) and len(mention.words) > 1 and self.index.outer[mention.place.sentence] > here:
                return figure
        return None

    def bodily(self, found: Role, name: str, offset: int, loose: bool) -> tuple[Figure | None, Voice]:
        """Return the body that a description means ("the company"), or the description itself."""
        words = self.vocabulary
        if not loose:
            figure = self.salient(offset, "organisation", found, not words.holds(words.recalled, found.head))
            if figure is not None:
                return self.answer(figure, 0.6, f"body called {found.text}")
        return self.answer(self.figure(name, "organisation"), 0.7, "body described")

    def salient(self, offset: int, kind: SpeakerKind, found: Role | None = None, sure: bool = False) -> Figure | None:
        """Return the figure of a kind that is nearest and most often mentioned, and called so if it can be."""
        here = self.index.outer[self.index.sentence(offset)]
        best: dict[Figure, float] = {}
        heads = set(variants(found.head)) if found is not None else set()
        for reference in reversed(self.trail):
            figure = reference.figure
            distance = here - self.index.outer[reference.sentence]
            if figure.kind != kind or reference.offset >= offset or not figure.named:
                continue
            score = reference.weight - NEAR * min(distance, WINDOW) + math.log1p(figure.count)
            if found is not None:
                called = any(heads & set(variants(r.head)) for r in figure.roles)
                alike = any(self.vocabulary.holds(self.vocabulary.recalled, r.head) for r in figure.roles)
                named = bool(heads & {v for w in fold(figure.name).split() for v in variants(w)})
                if sure and not called and not named or (sure and found.proper):
                    continue
                if called or named or alike:
                    score += 5.0 * called + 4.0 * named + 3.0 * alike + NEAR * max(0, min(distance, WINDOW) - 3)
                elif distance > 3 or (distance and reference.weight < SUBJECT) or figure.place:
                    continue
            elif distance > WINDOW:
                break
            if self.last is not None and self.last.figure is figure:
                score += 1.0
            best[figure] = max(score, best.get(figure, -99.0))
        if not best:
            return None
        top = max(best, key=lambda f: (best[f], -f.number))
        return top if best[top] > (-4.0 if kind == "country" else 0.0) else None

    def document(self, found: Role, name: str) -> Figure:
        """Return the document that a description means: one of the same noun, the fuller name wins."""
        for figure in self.cast.figures:
            if figure.kind == "document" and figure.roles:
                other = figure.roles[0]
                mine, its = found.proper - self.vocabulary.days, other.proper - self.vocabulary.days
                if other.head == found.head and (not mine or not its or mine & its):
                    if len(mine) > len(its):
                        figure.name, figure.roles[0] = name, found
                    return figure
        return self.figure(name, "document", found)

    # --- what is passed on the way -------------------------------------------------------------------

    def references(self) -> list[tuple[int, Mention | None, Figure | None, Place]]:
        """Return what is passed in the order of the text: names, and pronouns and persons as subjects."""
        events: list[tuple[int, Mention | None, Figure | None, Place]] = [
            (m.span[0], m, self.cast.of[n], m.place) for n, m in enumerate(self.mentions)
        ]
        words = self.vocabulary
        named = {p for m in self.mentions for p in self.index.within(m.span)}
        for s, sentence in enumerate(self.reading.sentences):
            for t, token in enumerate(sentence.tokens):
                subject = token.dep in {"nsubj", "nsubj:pass"}
                if token.stand_in or Place(s, t) in named:
                    continue
                if token.pos == "PRON" and subject:
                    events.append((token.start, None, None, Place(s, t)))
                elif token.pos == "NOUN" and (subject or words.holds(words.persons, token.text)):
                    events.append((token.start, None, None, Place(s, t)))
        events.sort(key=lambda event: event[0])
        return events

    def advance(self, offset: int) -> None:
        """Pass everything that stands before an offset."""
        while self.passed < len(self.ahead) and self.ahead[self.passed][0] < offset:
            start, mention, figure, at = self.ahead[self.passed]
            self.passed += 1
            token = self.index.token(at)
            weight = SUBJECT if token.dep in {"nsubj", "nsubj:pass"} else 0.0
            if mention is not None:
                weight = SUBJECT * mention.subject + POSSESSIVE * (mention.possessive or mention.modifier)
            elif token.pos == "PRON":
                figure = self.passing(token)
            else:
                figure = self.passing_noun(at, token)
                weight += NAMELESS if figure is not None and not figure.named else 0.0
            if figure is not None:
                self.trail.append(Reference(start, at.sentence, figure, weight, self.index.quotation(start)))

    def passing(self, token: Token) -> Figure | None:
        """Return who a personal pronoun in the text between means."""
        word = straight(token.text).strip("-")
        gender = 1.0 if word in self.names.he else -1.0 if word in self.names.she else 0.0
        if not gender or token.dep.startswith("expl") or self.index.quotation(token.start):
            return None
        return self.choose(token.start, gender, False, False, None)

    def passing_noun(self, at: Place, token: Token) -> Figure | None:
        """Return the figure of a noun that may be spoken of again as "she" or "they"."""
        words = self.vocabulary
        sentence = self.reading.sentences[at.sentence]
        apart = sentence.find(at.token, "acl", "appos", "conj", "case", "punct", "cop", "parataxis", "cc", "nsubj", "advcl")
        members = [m for m in sentence.subtree(at.token, apart) if m <= at.token + 8]
        low = high = members.index(at.token)
        while low > 0 and members[low - 1] == members[low] - 1:
            low -= 1
        while high + 1 < len(members) and members[high + 1] == members[high] + 1:
            high += 1
        members = members[low : high + 1]
        found = role(words, sentence, members)
        if found is None:
            return None
        first = straight(sentence.tokens[members[0]].text)
        while len(members) > 1 and straight(sentence.tokens[members[0]].text) in words.definite:
            members = members[1:]
        name = self.text[sentence.tokens[members[0]].start : sentence.tokens[members[-1]].end]
        plural = token.has("Number=Plur")
        actor = token.dep.split(":")[0] in {"nsubj", "obj", "iobj"} or token.dep == "obl:agent"
        if plural and not (words.human(token.text, token.lemma) or words.holds(words.bodies | words.crowds, token.text)):
            return None
        if not plural and not (actor and words.holds(words.persons, token.text) and first in words.determiners):
            return None
        if not plural and first not in words.indefinite:
            if first in words.demonstrative and self.trail and (shown := self.shown(at)):
                shown.gender += {"m": 2.0, "f": -2.0}.get(found.gender, 0.0)
                return shown
            known = self.recognised(found, token.start)
            if known is not None or words.holds(words.generic, found.head):
                return known
        figure = self.figure(name, self.sort(found, first), found, settled=False)
        figure.plural = plural
        return figure

    def shown(self, at: Place) -> Figure | None:
        """Return whom « cette jeune femme » means: the last name of the sentence before, person it must be."""
        here = self.index.outer[at.sentence]
        for reference in reversed(self.trail):
            figure = reference.figure
            if here - self.index.outer[reference.sentence] > 1:
                return None
            if figure.named and figure.kind != "country" and figure.sign > -1.5 and here > self.index.outer[reference.sentence]:
                figure.kind = "person"
                return figure
        return None

    def sort(self, found: Role, first: str) -> SpeakerKind:
        """Return what kind of thing a noun phrase without a name is."""
        words = self.vocabulary
        if words.holds(words.documents, found.head):
            return "document"
        if words.holds(words.bodies, found.head):
            return "organisation"
        if found.plural:
            return "anonymous" if words.holds(words.unnamed, found.head) else "group"
        return "person" if first in words.definite else "anonymous"

    def figure(self, name: str, kind: SpeakerKind, found: Role | None = None, settled: bool = True) -> Figure:
        """Return the figure that goes by a noun phrase, one for the same words."""
        words = fold(name).split()
        while len(words) > 1 and words[0] in self.vocabulary.definite:
            words.pop(0)
        key = " ".join(words)
        for figure in self.cast.by_words.get(key, []):
            if not figure.named:
                if settled and kind != "person":
                    figure.kind = kind
                return figure
        figure = self.cast.add(name, tuple(words), kind, named=False)
        self.cast.by_words.setdefault(key, []).append(figure)
        if found is not None:
            figure.roles.append(found)
            figure.gender = {"m": 2.0, "f": -2.0}.get(found.gender, 0.0)
        return figure

    def answer(self, figure: Figure | None, score: float, evidence: str) -> tuple[Figure | None, Voice]:
        """Return a figure with its voice."""
        return (figure, called(figure, score, evidence)) if figure is not None else (None, NOBODY)

    def phrase(self, places: Sequence[Place], determiner: bool = False) -> str:
        """Return the words of a noun phrase, without its article unless wanted, without marks around it."""
        kept = list(places)
        while kept and not determiner and straight(self.index.token(kept[0]).text) in self.vocabulary.definite:
            kept.pop(0)
        if not kept:
            return ""
        start, end = self.index.token(kept[0]).start, self.index.token(kept[-1]).end
        start, end = trim(self.text, (start, end), " \u00a0\u202f«»“”\"‘,;:")
        return self.text[start:end]


def called(figure: Figure, score: float, evidence: str) -> Voice:
    """Return the voice of a figure."""
    return Voice(figure.name, figure.kind, score, evidence)


def suits(figure: Figure, gender: float, plural: bool, thing: bool, strict: bool) -> float | None:
    """Return how well a figure suits a pronoun, None where it can't be meant."""
    if plural:
        if figure.plural:
            return 0.5
        return 2 * OTHER_KIND if figure.kind in {"organisation", "country"} else None
    if figure.plural or figure.kind == "group":
        return None
    if thing:
        return 0.0 if figure.kind in {"organisation", "country", "document"} else None
    if gender * figure.gender < -1.5:
        return None
    agreement = AGREES * max(-1.0, min(1.0, gender * figure.gender / 2))
    if strict and figure.kind not in {"person", "anonymous"}:
        return None
    return agreement + OTHER_KIND * (figure.kind not in {"person", "anonymous"}) * (1 + figure.place)


def likeness(vocabulary: Vocabulary, described: Role, known: Role) -> float:
    """Return how well a description fits what somebody is called, 0 where it doesn't.

    The nouns must be one, or one of them say little ("the leader of the agency"); what the description adds
    must not be another domain or country.
    """
    same = bool(set(variants(described.head)) & set(variants(known.head)))
    shared = described.words & known.words
    extra = described.proper - known.words
    if same:
        if extra and known.proper:
            return 0.0
        plain, other = described.words - described.proper, known.words - known.proper
        if plain and other and not plain & other and not described.proper & known.proper:
            return 0.0
        return (1.0 if extra else 2.0) + 0.3 * len(shared)
    loose = vocabulary.holds(vocabulary.generic, described.head) or vocabulary.holds(vocabulary.generic, known.head)
    if loose and described.proper and described.proper <= known.proper:
        return 1.0 + 0.2 * len(shared)
    return 0.0


def place(attribution: Attribution) -> Span:
    """Return where an attribution stands in order: the start of its content, longer ones first."""
    content = attribution.content or attribution.source or attribution.cue
    return (content[0][0], -content[-1][1]) if content else (0, 0)


def spans(stretches: Sequence[Span], text: str) -> list[Span]:
    """Return the spans that lie in the text and hold something."""
    return [(start, end) for start, end in stretches if 0 <= start < end <= len(text)]
