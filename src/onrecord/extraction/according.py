"""Phrases that name a source: « selon X », "according to X"."""

from __future__ import annotations

import functools
from typing import NamedTuple

from onrecord.extraction import cues, sources
from onrecord.extraction.clauses import folded
from onrecord.languages import Frames, Language
from onrecord.parsers import Sentence


class According(NamedTuple):
    """A phrase from its first token to its end (with the source), and the tokens of the source."""

    first: int
    words: int
    end: int
    source: tuple[int, ...]
    lemma: str


def find(sentence: Sentence, language: Language) -> list[According]:
    """Return the phrases of a sentence that name a source, in order."""
    result = []
    last = -1
    for i in range(len(sentence.tokens)):
        if i <= last:
            continue
        phrase = at(sentence, i, language)
        if phrase:
            result.append(phrase)
            last = phrase.end
    return result


def at(sentence: Sentence, i: int, language: Language) -> According | None:
    """Return the phrase that begins at a token, None where none does."""
    first = folded(sentence, i)
    for words, phrase in leads(language.frames.according).get(first, ()):
        stands = [folded(sentence, j) for j in range(i, min(i + len(words), len(sentence.tokens)))]
        if stands == words and (len(words) < 3 or opens_clause(sentence, i)):
            return with_source(sentence, i, len(words), phrase)
    if first in language.frames.opinion and opens_clause(sentence, i):
        found = with_source(sentence, i, 1, first)
        if found and voices(sentence, found, language.frames.stressed):
            return found
    return None


@functools.cache
def leads(phrases: tuple[str, ...]) -> dict[str, list[tuple[list[str], str]]]:
    """Return the words of the phrases that name a source, and the phrases, by their first word."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for phrase in phrases:
        words = phrase.replace("'", "' ").split()
        found.setdefault(words[0], []).append((words, phrase))
    return found


def opens_clause(sentence: Sentence, i: int) -> bool:
    """Return whether a token stands at the head of a sentence or right after a comma."""
    before = sentence.tokens[i - 1] if i else None
    return (
        before is None
        or before.text in {",", "«", "“", '"', "»", "”", "–", "—", "-"}
        or (before.pos == "CCONJ" and i < 3)
    )


def voices(sentence: Sentence, phrase: According, stressed: frozenset[str]) -> bool:
    """Return whether the source is a person, a body or a stressed pronoun, and a comma or the end follows.

    « pour l'instant », « pour Noël » name nobody. Source: Le Bon Usage § 1087.
    """
    tokens = sentence.tokens
    after = tokens[phrase.end + 1].text if phrase.end + 1 < len(tokens) else "."
    if (
        after not in {",", ".", "«", "“", '"', "»", ";"}
        and not tokens[min(phrase.end + 1, len(tokens) - 1)].stand_in
    ):
        return False
    words = [tokens[j] for j in phrase.source]
    if len(words) == 1 and folded(sentence, phrase.source[0]) in stressed:
        return True
    named = any(t.entity in {"PER", "ORG"} for t in words)
    return named and not any(t.has("VerbForm=Inf") for t in words)


def with_source(sentence: Sentence, i: int, words: int, phrase: str) -> According | None:
    """Return the phrase with the noun phrase behind it."""
    tokens = sentence.tokens
    start = i + words
    if start >= len(tokens) or tokens[start].has("PronType=Rel"):
        return None
    j = start
    while j < len(tokens) and tokens[j].pos in {"DET", "ADJ", "NUM", "ADV", "PUNCT"} and j < start + 5:
        if tokens[j].text in {",", ".", ":"}:
            return None
        j += 1
    if j >= len(tokens) or tokens[j].pos in {"SCONJ", "VERB", "AUX", "ADP", "CCONJ"}:
        j = start
    head = j
    while (
        (above := tokens[head].head) != head
        and above > head
        and tokens[above].pos in sources.NOMINAL
        and above < j + 8
        and tokens[head].dep != "nsubj"
    ):
        head = above
    members = [m for m in sources.phrase(sentence, head) if m >= start]
    members = list(range(start, members[-1] + 1)) if members else [start]
    if tokens[start].pos == "PRON":
        members = [start]
    cut = next(
        (
            k
            for k, m in enumerate(members)
            if tokens[m].stand_in
            or tokens[m].text in {":", ";"}
            or (tokens[m].text == "," and not apposition(sentence, members, k))
        ),
        len(members),
    )
    members = members[:cut] or [start]
    members += appended(sentence, members[-1], i)
    end = members[-1]
    # a relative clause of the source goes with it: « selon le maire, qui revenait d'Orsk, »
    for child in sentence.find(head, "acl"):
        below = sentence.subtree(child)
        if start < below[0] <= end + 2:
            end = max(end, below[-1])
    return According(i, words, end, tuple(members), phrase)


def appended(sentence: Sentence, end: int, first: int) -> list[int]:
    """Return the tokens of an apposition between two commas behind a name at the head of a sentence.

    « Selon Ana Melo, la ministre des Ports, le chantier reprend »: no verb in it, and a clause behind it.
    """
    tokens = sentence.tokens
    if first > 2 or end + 2 >= len(tokens) or tokens[end + 1].text != ",":
        return []
    close = next((j for j in range(end + 2, len(tokens)) if tokens[j].text == ","), None)
    if (
        close is None
        or close - end > 14
        or any(tokens[j].has("VerbForm=Fin") or tokens[j].stand_in for j in range(end + 2, close))
    ):
        return []
    role = any(tokens[j].pos == "NOUN" and not tokens[j].entity for j in range(first, end + 1))
    named = role and all(tokens[j].pos == "PROPN" for j in range(end + 2, close))
    if (
        (not named and not (is_person(sentence, end) and tokens[end + 2].pos in {"DET", "NOUN", "ADJ"}))
        or close + 1 >= len(tokens)
        or tokens[close + 1].pos in {"CCONJ", "VERB", "AUX"}
    ):
        return []
    if any(
        tokens[j].pos in {"VERB", "AUX"} and tokens[j].has("VerbForm=Fin")
        for j in range(close, min(close + 25, len(tokens)))
    ):
        return list(range(end + 1, close))
    return []


def is_person(sentence: Sentence, i: int) -> bool:
    """Return whether a token ends a person's name."""
    return sentence.tokens[i].entity == "PER" or sentence.tokens[i].pos == "PROPN"


def apposition(sentence: Sentence, members: list[int], k: int) -> bool:
    """Return whether a comma inside a source leads an apposition that another comma ends."""
    tokens = sentence.tokens
    rest = members[k + 1 :]
    if not rest or tokens[rest[-1]].pos in {"VERB", "AUX"}:
        return False
    end = rest[-1] + 1
    return (
        end < len(tokens)
        and tokens[end].text in {",", "."}
        and any(tokens[m].dep in {"appos", "nmod", "conj"} for m in rest)
    )


def relative(sentence: Sentence, phrase: According, relatives: frozenset[str]) -> bool:
    """Return whether a relative pronoun stands right before the phrase: « qui, selon Orsk, sert à »."""
    before = [t for t in sentence.tokens[max(0, phrase.first - 2) : phrase.first] if t.pos != "PUNCT"]
    return bool(before) and cues.folded(before[-1]) in relatives


def scope(sentence: Sentence, phrase: According, breaks: list[int], frames: Frames) -> tuple[int, int]:
    """Return the first and last token of what the phrase reports, the phrase itself included.

    It is the sentence, up to a coordinated clause with a cue of its own (``breaks``).
    """
    tokens = sentence.tokens
    last = len(tokens) - 1
    while last > 0 and tokens[last].pos == "PUNCT" and tokens[last].text not in {")", "»", "”", '"'}:
        last -= 1
    first = 0
    after = phrase.end + 1
    if phrase.first <= 2 and all(t.pos in {"CCONJ", "ADV", "PUNCT"} for t in tokens[: phrase.first]):
        first = min(after, last)
    elif relative(sentence, phrase, frames.relatives):
        first = after
    elif any(t.has("VerbForm=Fin") for t in tokens[: phrase.first]):
        last = phrase.end
    last = min([last, *(b - 1 for b in breaks if b > max(first, phrase.end) + 2)])
    first = max([first, *(b for b in breaks if first < b <= phrase.first)])
    return first, last
