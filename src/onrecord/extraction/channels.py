"""The channel of a saying: medium, place or occasion."""

from __future__ import annotations

from onrecord.extraction.parties import spoken_to
from onrecord.extraction.phrases import Phrases
from onrecord.extraction.scene import Phrase

# How much a phrase looks like a channel: what carries words or is an occasion to say them, or only a place.
CARRIES, PLACE = 2, 1


def channel(phrases: Phrases) -> Phrase | None:
    """Return the medium, place or occasion of the saying, with what leads it.

    Neighbours are one: "told the Herald in an interview in Orsk".
    """
    found = [f._replace(sure=sure) for f in phrases.near if (sure := carries(phrases, f.phrase))]
    best = phrases.best(found)
    if best is None:
        return None
    start, end = best.start, best.end
    for phrase in sorted(f.phrase for f in found):
        end = phrase.end if phrase.start == end else end
    for phrase in sorted((f.phrase for f in found), reverse=True):
        start = phrase.start if phrase.end == start else start
    cut, _ = addressed(phrases, best._replace(start=start, end=end))
    return best._replace(start=start, end=cut or end)


def reader(phrases: Phrases) -> Phrase | None:
    """Return to whom a channel is addressed: "her voters" in "in a letter to her voters"."""
    for found in phrases.near:
        _, start = addressed(phrases, found.phrase) if carries(phrases, found.phrase) else (0, 0)
        if 0 < start < found.phrase.end:
            return found.phrase._replace(start=start)
    return None


def addressed(phrases: Phrases, phrase: Phrase) -> tuple[int, int]:
    """Return where in a channel "addressed to" or, after a letter, "to" stands; and what it leads.

    Both are 0 where there is none, or where it leads the press: "in a statement to the Herald".
    """
    words, tokens = phrases.words, phrases.tokens
    for index in range(phrase.inner + 1, phrase.end):
        if tokens[index].lemma.lower() in words.addressed and phrases.scene.participle(index):
            return index, index + 2
        letter = tokens[index - 1].lemma.lower() in words.letters and phrases.plain[index] in words.to
        if letter and not phrases.names(phrase._replace(inner=index + 1), words.outlets):
            return index, index + 1
    return 0, 0


def carries(phrases: Phrases, phrase: Phrase) -> int:
    """Return how much a phrase looks like a channel, 0 where it doesn't."""
    words = phrases.words
    if phrases.dated(phrase):
        return 0
    if phrase.lead in words.occasions:
        return CARRIES
    if phrase.end == phrase.inner or phrase.lead not in ("", *words.through):
        return 0
    core = phrase._replace(end=stop(phrases, phrase))
    named = phrases.names(core, words.outlets)
    if phrase.lead == "to":
        return CARRIES if named else 0
    if named or (phrases.lemmas(core) & set(words.carriers) and not spoken_to(phrases, phrase)):
        return CARRIES
    if not phrase.lead:
        return 0
    if phrase.lead not in words.to and phrases.names(phrase, words.bodies):
        return CARRIES
    return PLACE if place(phrases, phrase) and not spoken_to(phrases, phrase) else 0


def place(phrases: Phrases, phrase: Phrase) -> bool:
    """Return whether a phrase names a place where something can be said, at the head by its last word too."""
    if phrase.lead not in phrases.words.places:
        return False
    if phrase.start < phrases.scene.head and not phrases.scene.free(phrase.start - 1):
        return any(token.entity == "LOC" for token in phrases.tokens[phrase.inner : phrase.end])
    head = phrases.tokens[phrase.head]
    return head.entity == "LOC" and head.pos == "PROPN"


def stop(phrases: Phrases, phrase: Phrase) -> int:
    """Return the end of a phrase's noun, before what another preposition or a participle adds to it."""
    for index in range(phrase.head + 1, phrase.end):
        token = phrases.tokens[index]
        if token.pos in {"ADP", "VERB", "PUNCT", "SCONJ"} and token.text != "-":
            return index
    return phrase.end
