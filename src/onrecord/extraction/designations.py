"""Designations: who a noun phrase without a name of its own is ("the farm minister", « son cabinet »)."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from onrecord.extraction.descriptions import Description
from onrecord.extraction.figures import Figure
from onrecord.extraction.focus import Focus
from onrecord.extraction.marks import MARKS
from onrecord.extraction.naming import Naming, Source
from onrecord.extraction.recognition import document, introduced, recognised, salient, unnamed, varied
from onrecord.extraction.words import straight
from onrecord.records import SpeakerKind
from onrecord.text import fold

VOWELS = frozenset("aeiouy")
# What is quoted at the end of a document's name is its title.
_QUOTED = re.compile(r"\s+[«“\"].*$")


class Voice(NamedTuple):
    """Who a source is: ``name`` ("" where it can't be known), what kind, how sure, and by which rule."""

    name: str
    kind: SpeakerKind
    score: float
    evidence: str


NOBODY = Voice("", "", 0.0, "unknown")


def called(figure: Figure, score: float, evidence: str) -> Voice:
    """Return the voice of a figure."""
    return Voice(figure.name, figure.kind, score, evidence)


def answer(figure: Figure | None, score: float, evidence: str) -> tuple[Figure | None, Voice]:
    """Return a figure with its voice."""
    return (figure, called(figure, score, evidence)) if figure is not None else (None, NOBODY)


class Designations:
    """What the sources of one article without a name say, at the place where its ``focus`` is.

    ``sources`` are the offsets at which sources begin.
    """

    def __init__(self, focus: Focus, naming: Naming, sources: Container[int]) -> None:
        self.focus = focus
        self.naming = naming
        self.sources = sources
        self.index = focus.index
        self.vocabulary = focus.vocabulary
        self.names = focus.vocabulary.names

    def read(self, source: Source) -> tuple[Figure | None, Voice]:
        """Return who a noun phrase without a name of its own is."""
        words = self.vocabulary
        found = self.naming.describe(source)
        name = self.naming.called(source.core)
        if found is None:
            return answer(self.focus.figure(name, "anonymous"), 0.4, "as written")
        offset, first = source.span[0], self.index.token(source.core[0])
        if found.plural and any(
            straight(self.index.token(p).text) in self.names.single for p in source.core[:2]
        ):
            return self.person(found._replace(plural=False), name, offset, loose=True)
        if named := self.proper(source, found, self.naming.phrase(source.core, determiner=True)):
            return named
        word = straight(first.text)
        single = word in self.names.single
        definite = first.pos == "DET" and first.has("Definite=Def")
        loose = (word in words.indefinite or single) and not definite
        if words.holds(words.documents, found.head):
            return answer(document(self.focus, found, _QUOTED.sub("", name)), 0.7, "document")
        if words.holds(words.lands, found.head) and not loose and not found.plural:
            country = salient(self.focus, offset, "country") or self.whose(source)
            return answer(country or self.focus.figure(name, "country"), 0.6, "country described")
        nouns = any(self.index.token(p).pos in {"NOUN", "PROPN"} for p in source.core)
        if single and not nouns:
            return answer(self.focus.figure(name, "anonymous"), 0.6, "one of several")
        several = found.plural and words.holds(words.recalled, found.head)
        if words.holds(words.bodies, found.head) and not several:
            whole = name if loose else self.owned(source) or self.naming.phrase(source.core)
            return self.bodily(found, whole, offset, loose)
        if words.inert(found.noun, found.head):
            return answer(self.focus.figure(name, "document"), 0.4, "thing")
        if found.plural or words.holds(words.crowds, found.head) or (first.pos == "NUM" and not single):
            return self.crowd(source, found, name)
        if not words.human(found.head, found.noun, self.index.token(source.core[-1]).text):
            body = len(found.proper) > 0 and first.text[0].isupper() and word not in words.closed
            return answer(self.focus.figure(name, "organisation" if body else "document"), 0.4, "thing")
        # « selon source judiciaire »
        bare = words.names.elided and first.pos == "NOUN" and first.text[0].islower()
        loose = loose or (bare and words.holds(words.unnamed, found.head))
        return self.person(found, name, offset, loose)

    def proper(self, source: Source, found: Description, name: str) -> tuple[Figure | None, Voice] | None:
        """Return who a source is that is a name after all, though none was found in it."""
        words = self.vocabulary
        first, last = self.index.token(source.core[0]), self.index.token(source.core[-1])
        whole = fold(self.naming.phrase(source.core))
        if land := words.seat(whole):
            return answer(self.focus.cast.nation(land), 0.7, "country")
        if first.text[0].isupper() and (
            same := [f for f in self.focus.cast.by_words.get(whole, []) if f.named]
        ):
            return answer(same[0], 0.7, "name")
        marked = last.text[0].isupper() and self.index.reading.text[source.span[0]] in MARKS
        bare = first.pos == "PROPN" and first.text[0].isupper() and last.text[0].isupper()
        bare = bare and straight(first.text) not in words.closed and len(source.core) > 1
        if (marked or bare) and not words.holds(words.persons | words.documents, found.head):
            return answer(self.focus.figure(name, "organisation"), 0.6, "title")
        return None

    def crowd(self, source: Source, found: Description, name: str) -> tuple[Figure | None, Voice]:
        """Return several persons by the words of the source, with the clause that says which."""
        rest = source.places[len(source.core) :]
        if rest and self.index.token(rest[0]).pos in {"PRON", "SCONJ"}:
            name = self.naming.called(source.places)
        unnamed = self.vocabulary.holds(self.vocabulary.unnamed, found.head)
        figure = self.focus.figure(name, "anonymous" if unnamed else "group")
        figure.plural = True
        return answer(figure, 0.8, "several persons")

    def person(self, found: Description, name: str, offset: int, loose: bool) -> tuple[Figure | None, Voice]:
        """Return the person who is called so, or the one in focus, or somebody without a name."""
        words = self.vocabulary
        if loose:
            early = self.index.reading.paragraph(offset) < 3
            figure = recognised(self.focus, found, offset, later=True) if early else None
            if figure is not None:
                return answer(figure, 0.6, f"named later: {found.text}")
            return answer(self.focus.figure(name, "anonymous", found), 0.7, "without a name")
        figure = recognised(self.focus, found, offset)
        if figure is not None:
            return answer(figure, 0.85, f"called {found.text}")
        figure = introduced(self.focus, offset, found, self.sources)
        if figure is not None:
            figure.roles.append(found)
            return answer(figure, 0.5, f"named next: {found.text}")
        figure = unnamed(self.focus, found, offset)
        if figure is not None:
            return answer(figure, 0.6, f"without a name: {found.text}")
        fixed = words.holds(words.titles | words.kin, found.head) and not words.holds(
            words.generic, found.head
        )
        if not fixed or varied(self.focus, found, offset):
            gender = {"m": 1.0, "f": -1.0}.get(found.gender, 0.0)
            figure = self.focus.choose(offset, gender or 0.1, False, False, None)
            if figure is not None and figure.kind == "person":
                return answer(figure, 0.5, f"in focus: {found.text}")
        return answer(self.focus.figure(name, "person", found), 0.5, "without a name")

    def whose(self, source: Source) -> Figure | None:
        """Return whose a source is, by the possessive that begins it ("her country")."""
        word = straight(self.index.token(source.core[0]).text)
        if word not in self.vocabulary.possessive or word in self.names.they:
            return None
        gender = 1.0 if word in self.names.he else -1.0 if word in self.names.she else 0.1
        thing = word in self.names.it
        self.focus.content = []  # « Ada Orsk se taira, dit son cabinet » is Orsk's
        return self.focus.choose(source.span[0], 0.0 if thing else gender, False, thing, None)

    def owned(self, source: Source) -> str:
        """Return a body by the name of whose it is (« le cabinet d'Ada Orsk »), "" where that isn't known."""
        owner, rest = self.whose(source), self.naming.phrase(source.core[1:])
        if owner is None or not owner.named or not rest:
            return ""
        if not self.names.elided:
            return f"{owner.name}'s {rest}"
        return f"{rest} d’{owner.name}" if fold(owner.name)[:1] in VOWELS else f"{rest} de {owner.name}"

    def bodily(self, found: Description, name: str, offset: int, loose: bool) -> tuple[Figure | None, Voice]:
        """Return the body that a description means ("the company"), or the description itself."""
        words = self.vocabulary
        if not loose:
            figure = salient(
                self.focus, offset, "organisation", found, not words.holds(words.recalled, found.head)
            )
            if figure is not None:
                return answer(figure, 0.6, f"body called {found.text}")
        return answer(self.focus.figure(name, "organisation"), 0.7, "body described")
