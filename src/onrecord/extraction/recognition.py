"""Descriptions known again: which figure "the farm minister", "the company" or "the report" is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Container

from onrecord.extraction.descriptions import Description
from onrecord.extraction.figures import Figure
from onrecord.extraction.focus import NEAR, STEPS, SUBJECT, WINDOW, Focus
from onrecord.extraction.words import Vocabulary, straight, variants
from onrecord.records import SpeakerKind
from onrecord.text import fold

# How many characters after a source a word that says that others spoke before is looked for.
REACH = 80


def recognised(focus: Focus, found: Description, offset: int, later: bool = False) -> Figure | None:
    """Return the person whose roles fit a description best, of those named ``later`` only if that's asked."""
    best, top = None, 0.0
    recent = {r.figure: r.offset for r in focus.trail[-60:] if r.offset < offset}
    for figure in focus.cast.figures:
        if figure.kind != "person" or not figure.named or (later and figure.first < offset):
            continue
        if found.gender and figure.gender * {"m": 1, "f": -1}[found.gender] < -1.5:
            continue
        fit = max((likeness(focus.vocabulary, found, r) for r in figure.roles), default=0.0)
        if fit <= 0:
            continue
        fit += 0.2 * math.log1p(figure.count) + (0.5 if figure in recent else 0.0)
        if focus.last is not None and focus.last.figure is figure:
            fit += 0.6
        if fit > top:
            best, top = figure, fit
    return best


def unnamed(focus: Focus, found: Description, offset: int) -> Figure | None:
    """Return the person without a name whom a description means again ("a witness" ... "the witness")."""
    here = focus.index.outer[focus.index.sentence(offset)]
    for reference in reversed(focus.trail[-STEPS:]):
        figure = reference.figure
        if here - focus.index.outer[reference.sentence] > WINDOW:
            return None
        if figure.named or figure.plural or figure.kind not in {"person", "anonymous"}:
            continue
        if reference.offset < offset and any(likeness(focus.vocabulary, found, r) > 1 for r in figure.roles):
            return figure
    return None


def varied(focus: Focus, found: Description, offset: int) -> bool:
    """Return whether an office is another word for who spoke right before: "The Orsk governor added"."""
    if focus.last is None or focus.last.figure.kind != "person" or not found.words:
        return False
    words = focus.vocabulary
    near = focus.index.outer[focus.index.sentence(offset)] - focus.index.outer[focus.last.sentence] <= 2
    held = any(words.holds(words.titles, r.head) for r in focus.last.figure.roles)
    # "The governor also reacted": somebody else did before
    tokens = focus.index.reading.sentences[focus.index.sentence(offset)].tokens
    if any(straight(t.text) in words.names.also and offset < t.start < offset + REACH for t in tokens):
        return False
    return near and not held and focus.last.figure.named


def introduced(focus: Focus, offset: int, found: Description, sources: Container[int]) -> Figure | None:
    """Return the person whom the next sentences name as a subject without saying who it is.

    A lead tells the office, the next sentence the name: "The farm minister said no. Ada Orsk told ..."
    """
    if focus.index.reading.paragraph(offset) > 2 or not focus.vocabulary.holds(
        focus.vocabulary.titles, found.head
    ):
        return None
    here = focus.index.outer[focus.index.sentence(offset)]
    at = [m.span[0] for m in focus.cast.mentions]
    for n in range(bisect_left(at, offset), len(focus.cast.mentions)):
        mention, figure = focus.cast.mentions[n], focus.cast.of[n]
        if focus.index.outer[mention.place.sentence] > here + 2:
            break
        fresh = figure.kind == "person" and not figure.roles and focus.cast.of.index(figure) == n
        if (
            fresh
            and (mention.subject or mention.span[0] in sources)
            and len(mention.words) > 1
            and focus.index.outer[mention.place.sentence] > here
        ):
            return figure
    return None


def salient(
    focus: Focus, offset: int, kind: SpeakerKind, found: Description | None = None, sure: bool = False
) -> Figure | None:
    """Return the figure of a kind that is nearest and most often mentioned, and called so if it can be."""
    here = focus.index.outer[focus.index.sentence(offset)]
    best: dict[Figure, float] = {}
    heads = set(variants(found.head)) if found is not None else set()
    for reference in reversed(focus.trail):
        figure = reference.figure
        distance = here - focus.index.outer[reference.sentence]
        if figure.kind != kind or reference.offset >= offset or not figure.named:
            continue
        score = reference.weight - NEAR * min(distance, WINDOW) + math.log1p(figure.count)
        if found is not None:
            called = any(heads & set(variants(r.head)) for r in figure.roles)
            alike = any(focus.vocabulary.holds(focus.vocabulary.recalled, r.head) for r in figure.roles)
            parts = fold(figure.name).split()
            named = len(parts) > 1 and bool(heads & {v for w in parts for v in variants(w)})
            alike = alike or bool(focus.vocabulary.firms & set(parts))
            if sure and (not named or found.proper):
                continue
            if called or named or alike:
                score += 5.0 * called + 4.0 * named + 3.0 * alike + NEAR * max(0, min(distance, WINDOW) - 3)
            elif distance > 3 or (distance and reference.weight < SUBJECT) or figure.place:
                continue
        elif distance > WINDOW:
            break
        if focus.last is not None and focus.last.figure is figure:
            score += 1.0
        best[figure] = max(score, best.get(figure, -99.0))
    if not best:
        return None
    top = max(best, key=lambda f: (best[f], -f.number))
    return top if best[top] > (-4.0 if kind == "country" else 0.0) else None


def document(focus: Focus, found: Description, name: str) -> Figure:
    """Return the document that a description means: one of the same noun, the fuller name wins."""
    for figure in focus.cast.figures:
        if figure.kind == "document" and figure.roles:
            other = figure.roles[0]
            mine, its = found.proper - focus.vocabulary.days, other.proper - focus.vocabulary.days
            if other.head == found.head and (not mine or not its or mine & its):
                if len(mine) > len(its):
                    figure.name, figure.roles[0] = name, found
                return figure
    return focus.figure(name, "document", found)


def sort(words: Vocabulary, found: Description, first: str) -> SpeakerKind:
    """Return what kind of thing a noun phrase without a name is."""
    if words.holds(words.documents, found.head):
        return "document"
    if words.holds(words.bodies, found.head):
        return "organisation"
    if found.plural:
        return "anonymous" if words.holds(words.unnamed, found.head) else "group"
    return "person" if first in words.definite else "anonymous"


def likeness(vocabulary: Vocabulary, described: Description, known: Description) -> float:
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
        general = vocabulary.holds(vocabulary.generic, described.head)
        if general and described.words and known.words and not shared:
            # "the head of the army" isn't the head of the choir
            return 0.0
        plain, other = described.words - described.proper, known.words - known.proper
        if plain and other and not plain & other and not described.proper & known.proper:
            return 0.0
        return (1.0 if extra else 2.0) + 0.3 * len(shared)
    loose = vocabulary.holds(vocabulary.generic, described.head) or vocabulary.holds(
        vocabulary.generic, known.head
    )
    if loose and described.proper and described.proper <= known.proper:
        return 1.0 + 0.2 * len(shared)
    return 0.0
