"""The other parties to a saying: to whom it is said, and who passed it on."""

from __future__ import annotations

from onrecord.extraction.phrases import Phrases
from onrecord.extraction.scene import DIRECT, SHARED, SOURCE, Phrase

# Acts that are done to somebody, so that « à Orsk » is to whom and not where.
DONE_TO = {"demand", "ask", "threaten"}


def addressee(phrases: Phrases) -> Phrase | None:
    """Return whom the saying is said to, without the preposition; a thought is said to nobody."""
    found = clitic(phrases)
    if found or phrases.act == "think":
        return found
    near = [f for f in phrases.near if f.level != SHARED and spoken_to(phrases, f.phrase)]
    best = phrases.best(f for f in near if f.level == DIRECT or speaks(phrases, f.phrase))
    return best and best._replace(start=best.inner)


def speaks(phrases: Phrases, phrase: Phrase) -> bool:
    """Return whether a phrase hangs on a verb of speaking to somebody: "addressing her voters, she said"."""
    verb = phrases.scene.clause(phrase, phrases.covered)
    return verb >= 0 and phrases.tokens[verb].lemma.lower() in phrases.words.addressed


def spoken_to(phrases: Phrases, phrase: Phrase) -> bool:
    """Return whether a phrase is somebody that is spoken to."""
    words, scene, head = phrases.words, phrases.scene, phrases.tokens[phrase.head]
    if phrase.lead not in ("", *words.to) or phrase.end == phrase.inner or phrases.dated(phrase):
        return False
    if head.pos not in {"NOUN", "PROPN", "PRON", "X"} or head.lemma.lower() in words.abstract:
        return False
    if phrases.asks(phrase.head) or phrases.names(phrase, words.outlets):
        return False
    if not phrase.lead:
        # "told the council" but not "told a news conference"
        return head.lemma.lower() not in words.carriers or phrases.names(phrase, words.bodies)
    if phrase.start < scene.head and scene.beside(phrase, phrases.covered):
        # « Au port d'Orsk, elle a dit »: nobody is told before who tells
        return False
    article = phrases.tokens[phrase.inner].pos == "DET"
    if head.entity == "LOC" and not article and phrases.act not in DONE_TO:
        return phrases.names(phrase, words.bodies)
    return head.lemma.lower() not in words.carriers


def clitic(phrases: Phrases) -> Phrase | None:
    """Return the pronoun before a verb that says to whom: "lui" in « il lui a dit »."""
    scene, tokens, plain = phrases.scene, phrases.tokens, phrases.plain
    objects = phrases.words.clitics + (phrases.words.object_clitics if phrases.tells() else ())
    index = scene.head - 1
    while index >= scene.low and tokens[index].pos in {"AUX", "PRON", "ADV", "DET"}:
        token = tokens[index]
        leads = tokens[index - 1].pos != "PRON" and scene.zones[index - 1] != SOURCE
        subject = leads and token.dep.startswith("nsubj") and token.has("Number=Plur")
        # « nous nous sommes dit »: the subject's own
        own = token.has("Reflex=Yes") or scene.zones[index] == SOURCE or plain[index] == plain[index - 1]
        if plain[index] in objects and not own and not subject:
            return Phrase(index, index, index + 1, index, "")
        index -= 1
    return None


def relay(phrases: Phrases) -> Phrase | None:
    """Return another party through whom the saying was reported: "she said, the Orsk Herald reported"."""
    found = [f for f in phrases.near if f.phrase.lead in phrases.words.relays and reports(phrases, f.phrase)]
    best = phrases.best(found)
    if best:
        return best._replace(start=best.inner)
    scene = phrases.scene
    for index in range(scene.low, scene.high):
        if scene.free(index) and phrases.tokens[index].lemma.lower() in phrases.words.relaying:
            who = subject(phrases, index)
            if who:
                return who
    return None


def reports(phrases: Phrases, phrase: Phrase) -> bool:
    """Return whether a phrase can be who passed it on; before the cue only the press can."""
    if phrase.end == phrase.inner or phrases.tokens[phrase.head].pos == "PRON":
        return False
    return phrase.start > phrases.scene.head or phrases.names(phrase, phrases.words.outlets)


def subject(phrases: Phrases, verb: int) -> Phrase | None:
    """Return the free subject right before a verb or, inverted, right after it."""
    scene, tokens = phrases.scene, phrases.tokens
    for index in scene.sentence.find(verb, "nsubj"):
        active = tokens[index].dep == "nsubj" and scene.free(index)
        if active and tokens[index].pos in {"NOUN", "PROPN", "X"}:
            found = phrases.whole(index)
            if all(tokens[i].pos in {"AUX", "ADV"} for i in range(found.end, verb)):
                return found
    after = verb + 1
    fits = scene.free(after) and tokens[after].pos in {"DET", "PROPN", "NOUN", "X"}
    return scene.phrase(after) if fits else None
