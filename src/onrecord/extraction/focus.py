"""Who is spoken of: the mentions passed so far, and which figure a pronoun means.

Where several could be meant, what counts is how near each was mentioned last, whether as a subject, whether
it spoke last, and whether gender and number fit.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from onrecord.extraction.descriptions import Description
from onrecord.extraction.figures import Cast, Figure
from onrecord.extraction.words import Place
from onrecord.records import Span, SpeakerKind
from onrecord.text import fold

# What a mention weighs when a pronoun is resolved. Source: chosen on gold/fr-dev and gold/en-dev, where the
# figures change by less than one in a hundred when any one of them is halved or doubled.
NEAR, SUBJECT, SPOKE, QUOTED, POSSESSIVE, OFTEN, SPOKE_BEFORE, AGREES, OTHER_KIND, NAMELESS = (
    0.6, 1.0, 1.4, -2.0, -0.7, 0.25, 0.3, 0.8, -1.5, -1.0
)  # fmt: skip
# By how much a person must lead for a pronoun to tell the gender, and what it then tells.
SURE, LEARNT = 1.5, 1.0
# How many sentences outside quotations, and how many mentions, are looked back for who is meant.
WINDOW, STEPS = 10, 120


class Reference(NamedTuple):
    """A place where a figure is mentioned; ``weight`` is what its form adds (subject, possessive)."""

    offset: int
    sentence: int
    figure: Figure
    weight: float
    quotation: Span | None


class Focus:
    """The mentions passed so far in an article, the last speaker, and the last who was quoted."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.index = cast.index
        self.vocabulary = cast.vocabulary
        self.trail: list[Reference] = []
        self.last: Reference | None = None
        self.quoted: Reference | None = None
        self.content: list[Span] = []

    def choose(
        self, offset: int, gender: float, plural: bool, thing: bool, apart: Figure | None
    ) -> Figure | None:
        """Return the figure that a pronoun at an offset means, None where none fits."""
        here = self.index.outer[self.index.sentence(offset)]
        quotation = self.index.quotation(offset)
        best: dict[Figure, float] = {}
        floor = self.floor(offset, gender, plural)
        for reference in self.trail[: -STEPS - 1 : -1]:
            distance = here - self.index.outer[reference.sentence]
            if reference.offset >= offset:
                continue
            if distance > WINDOW:
                break
            figure = reference.figure
            if figure is apart:
                continue
            fit = suits(figure, gender, plural, thing, bool(self.vocabulary.names.it))
            if fit is None:
                continue
            score = fit - NEAR * distance + reference.weight + OFTEN * math.log1p(figure.count)
            if (reference.quotation and reference.quotation != quotation) or self.said(reference):
                score += QUOTED
            if figure is floor:
                score += SPOKE
            elif self.last is not None and figure is self.last.figure:
                score += SPOKE_BEFORE
            best[figure] = max(score, best.get(figure, -99.0))
        if not best:
            return None
        chosen = max(best, key=lambda f: (best[f], -f.number))
        rivals = [f for f in best if f.kind == "person" and f is not chosen and best[f] > best[chosen] - SURE]
        if chosen.kind == "person" and not rivals and abs(gender) == 1.0 and abs(chosen.gender) < 2.0:
            chosen.gender += LEARNT * gender
        return chosen

    def floor(self, offset: int, gender: float, plural: bool) -> Figure | None:
        """Return who spoke last, or another person who is the subject of a whole sentence since."""
        if self.last is None:
            return None
        for reference in reversed(self.trail):
            if reference.offset <= self.last.offset:
                break
            figure = reference.figure
            other = figure.kind == "person" and not plural
            subject = (
                reference.weight >= SUBJECT and reference.quotation is None and reference.offset < offset
            )
            later = reference.sentence > self.last.sentence
            later = later and (figure.named or self.holds_office(figure)) and not self.said(reference)
            if other and subject and later and gender * figure.gender > -1.5:
                return figure
        return self.last.figure

    def holds_office(self, figure: Figure) -> bool:
        """Return whether a figure is called by an office of something ("the president of the assembly")."""
        titles = self.vocabulary.titles
        return any(r.words and self.vocabulary.holds(titles, r.head) for r in figure.roles)

    def said(self, reference: Reference) -> bool:
        """Return whether a reference stands in the words whose speaker is looked for."""
        return any(start <= reference.offset < end for start, end in self.content)

    def shown(self, at: Place) -> Figure | None:
        """Return whom « cette jeune femme » means: the last name of the sentence before it."""
        here = self.index.outer[at.sentence]
        for reference in reversed(self.trail):
            figure = reference.figure
            if here - self.index.outer[reference.sentence] > 1:
                return None
            if (
                figure.named
                and figure.kind != "country"
                and figure.sign > -1.5
                and here > self.index.outer[reference.sentence]
            ):
                figure.kind = "person"
                return figure
        return None

    def figure(
        self, name: str, kind: SpeakerKind, found: Description | None = None, settled: bool = True
    ) -> Figure:
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
