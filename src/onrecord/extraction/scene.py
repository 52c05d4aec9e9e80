"""What stands around a cue in its sentence: phrases that are no part of what is said or of who says it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading
from onrecord.languages import Roles as Words
from onrecord.parsers import Sentence, Token
from onrecord.records import Span, Spans

# No more words than this on each side of a cue are looked at, so that the time is linear in the text
# whatever passes for a sentence. Source: the longest sentence of gold/fr-dev has 80 words.
REACH = 120

NAMES = {"PER", "ORG", "LOC", "MISC"}
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "X"}
VERBAL = {"VERB", "AUX"}
# What no phrase ends with, where the parser is wrong: "at a meeting held | in Orsk".
LEFT_OVER = {"PUNCT", "ADP", "DET", "CCONJ", "SCONJ", "PRON", "AUX", "VERB"}
MARKS = set("«»“”„\"’'")

PARTS = {"compound", "nmod:poss", "flat:name", "flat:foreign", "nummod", "amod", "det", "nmod"}

FREE, SAID, CUE, SOURCE = range(4)
DIRECT, PARTICIPLE, SHARED = range(3)


class Phrase(NamedTuple):
    """A stretch of tokens ``start`` to ``end`` (half-open) of a scene; ``inner`` begins after what leads it.

    ``lead`` is the preposition in its full form, ``head`` the index of the noun.
    """

    start: int
    inner: int
    end: int
    head: int
    lead: str


class Lexicon(NamedTuple):
    """A language's role words to look up: full forms, and by its first word what leads a phrase.

    What leads a phrase is a pair of its words, in full form, and of the phrase as the language file has it.
    """

    full: dict[str, str]
    leads: dict[str, list[tuple[tuple[str, ...], str]]]

    def plain(self, word: str) -> str:
        """Return the full form of a word in lower case: "aux" is "à", "d’" is "de"."""
        lower = word.lower().replace("’", "'")
        return self.full.get(lower, lower)


@functools.lru_cache(maxsize=32)
def lexicon(words: Words) -> Lexicon:
    """Return the lexicon of a language's role words; of what begins alike the longest comes first."""
    found = Lexicon(dict(words.contractions), {})
    groups = (words.occasions, words.through, words.to, words.after, words.then, words.relays)
    for lead in sorted({lead for group in groups for lead in group}):
        # a word with an apostrophe is one of its own: "d'après" is two
        parts = tuple(found.plain(part) for part in lead.replace("'", "' ").split())
        found.leads.setdefault(parts[0], []).append((parts, lead))
    for leads in found.leads.values():
        leads.sort(key=lambda pair: -len(pair[0]))
    return found


class Scene:
    """The sentence of a cue, divided in what is said, the cue, the source, and what is free.

    ``head`` is the index of the cue's head word; ``low`` and ``high`` bound what is looked at.
    """

    def __init__(self, reading: Reading, attribution: Attribution) -> None:
        self.sentence: Sentence = reading.sentences[attribution.sentence]
        self.tokens: tuple[Token, ...] = self.sentence.tokens
        self.words = reading.language.roles
        self.lexicon = lexicon(self.words)
        self.head = min(max(attribution.token, 0), len(self.tokens) - 1)
        self.low = max(0, self.head - REACH)
        self.high = min(len(self.tokens), self.head + REACH)
        spans = ((attribution.source, SOURCE), (attribution.cue, CUE), (attribution.content, SAID))
        self.zones = [self.zone(token, spans) for token in self.tokens]
        self.zones[self.head] = CUE
        self.plain = [self.lexicon.plain(token.text) for token in self.tokens]

    def zone(self, token: Token, spans: Sequence[tuple[Spans, int]]) -> int:
        """Return what a token belongs to."""
        for pieces, kind in spans:
            if any(start < token.end and token.start < end for start, end in pieces):
                return kind
        return SAID if token.stand_in else FREE

    def free(self, index: int) -> bool:
        """Return whether there is a free token at an index."""
        return self.low <= index < self.high and self.zones[index] == FREE

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the article from a token to before another."""
        return self.tokens[start].start, self.tokens[end - 1].end

    def lead(self, index: int) -> tuple[int, str]:
        """Return how many words the longest known lead at a token has, and the lead, or 0 and ""."""
        for parts, lead in self.lexicon.leads.get(self.plain[index], ()):
            end = index + len(parts)
            if tuple(self.plain[index:end]) == parts and all(self.free(i) for i in range(index, end)):
                return len(parts), lead
        return 0, ""

    def led(self) -> Iterator[Phrase]:
        """Yield the free phrases that a known preposition leads, in order; none lies in another."""
        index = self.low
        while index < self.high:
            count, lead = self.lead(index)
            phrase = self.phrase(index, count, lead) if count else None
            if phrase:
                yield phrase
            index = phrase.end if phrase else index + 1

    def phrase(self, start: int, skip: int = 0, lead: str = "") -> Phrase | None:
        """Return the noun phrase at a token, of whose words the first ``skip`` lead it.

        None where no noun follows before a verb or the end of what is free.
        """
        inner = start + skip
        whole = bool(skip) and self.tokens[inner - 1].pos not in {"ADP", "SCONJ"}
        head = -1 if whole else self.noun(start, inner)
        if head < 0:
            return Phrase(start, inner, inner, inner - 1, lead) if whole or skip > 1 else None
        end = self.extent(inner, head)
        return Phrase(start, inner, end, head, lead)

    def noun(self, start: int, inner: int) -> int:
        """Return the index of the noun after ``inner``, the one the tree gives where it gives one, or -1."""
        governor = self.tokens[inner - 1].head if inner > start else -1
        first = -1
        for index in range(inner, self.high):
            token = self.tokens[index]
            if not self.free(index) or (token.pos in {"VERB", "SCONJ"} and first < 0 and token.dep != "amod"):
                break
            if index == governor and token.pos in NOMINAL:
                return self.top(index)
            if token.pos in NOMINAL and first < 0:
                first = index
            if token.pos in {"ADP", "PUNCT", "SCONJ", "VERB", "AUX"} and first >= 0:
                break
        return self.top(first) if first >= 0 else first

    def top(self, index: int) -> int:
        """Return the noun that a noun is a part of: "Herald" for "Orsk" in "the Orsk Herald"."""
        while self.tokens[index].dep in PARTS and index < self.tokens[index].head < self.high:
            if not all(self.free(i) for i in range(index, self.tokens[index].head + 1)):
                break
            index = self.tokens[index].head
        return index

    def extent(self, inner: int, head: int) -> int:
        """Return the end of the phrase that begins at ``inner`` and has this noun.

        It is the tree's, less relative clauses and what follows a comma, unless that is a place ("at a town
        hall in Orsk, Vesland"); and goes on through a name and through "of".
        """
        tokens = self.tokens
        relative = [c for c in self.sentence.children[head] if tokens[c].dep == "acl:relcl"]
        below = set(self.sentence.subtree(head, without=relative))
        index = inner
        while self.free(index):
            token = tokens[index]
            if token.pos == "PUNCT" and token.text not in "-'’«»\"“”()&/":
                place = index + 1
                while self.free(place) and tokens[place].pos in {"ADP", "DET"}:
                    place += 1
                if not (
                    index > head and self.free(place) and tokens[place].entity == "LOC" and place in below
                ):
                    break
                index = place
            elif index > head and index not in below and not self.goes_on(index):
                break
            index += 1
        while index > head + 1 and tokens[index - 1].pos in LEFT_OVER:
            index -= 1
        return max(index, head + 1)

    def goes_on(self, index: int) -> bool:
        """Return whether a token outside of the tree of a phrase goes on with the phrase before it."""
        token, before = self.tokens[index], self.tokens[index - 1]
        if token.pos == "PROPN" or token.dep.startswith("flat") or token.text in {"'s", "’s"}:
            return before.pos in {"PROPN", "PART", "ADP", "DET"} or token.entity == before.entity != ""
        if token.text[0].isupper() and before.text[0].isupper() and token.pos in NOMINAL | {"ADJ"}:
            return True
        if self.plain[index] in {"de", "of"}:
            return True
        return (
            before.pos in {"ADP", "DET"}
            and self.plain[index - 1] not in {"à", "to"}
            and token.pos in NOMINAL | {"DET"}
        )

    def level(self, phrase: Phrase, covered: set[int]) -> int | None:
        """Return how close a phrase is to the cue, None where it belongs elsewhere.

        DIRECT where only other phrases stand between, or where the tree hangs it on the cue; PARTICIPLE
        where it hangs on a participle of the cue's clause ("Speaking on ..., she said"); SHARED where it
        hangs on an earlier verb that the cue's verb goes on from ("met her on Monday and said").
        """
        clause = self.clause(phrase, covered)
        if clause in self.governors:
            return SHARED if phrase.start < self.head else None
        if clause == self.head or self.beside(phrase, covered):
            return DIRECT
        if clause < 0 or self.zones[clause] == SAID:
            return None
        if self.zones[clause] == CUE:
            return DIRECT
        governor = self.tokens[clause].head
        hangs = self.participle(clause) and clause != governor
        return (
            PARTICIPLE if hangs and (governor == self.head or self.zones[governor] in (SOURCE, CUE)) else None
        )

    def participle(self, index: int) -> bool:
        """Return whether a verb is a participle by itself, not one of a tense."""
        aux = any(self.tokens[c].dep.startswith("aux") for c in self.sentence.children[index])
        return self.tokens[index].has("VerbForm=Part") and not aux

    def beside(self, phrase: Phrase, covered: set[int]) -> bool:
        """Return whether nothing but other phrases and commas parts a phrase from cue or source.

        Before the cue, what follows a word without a comma is that word's (« qui la suit sur le lac, dit »),
        and what precedes the noun of a relative clause is none of the clause's. After what is said, it is the
        cue's where a quotation mark parts it: « a promis de "tout faire" lors d'une visite ».
        """
        left, right = phrase.start - 1, phrase.end
        while self.loose(left, covered):
            left -= 1
        while self.loose(right, covered):
            right += 1
        if left >= self.low and self.zones[left] == SAID and self.head < left:
            return self.tokens[left + 1].text in MARKS
        if left >= self.low and self.zones[left] in (CUE, SOURCE):
            return self.zones[left] == CUE or not self.elsewhere
        if self.free(left) and self.tokens[left + 1].pos != "PUNCT":
            return False
        if right >= self.high or self.zones[right] not in (CUE, SOURCE):
            return False
        relative = self.tokens[self.head].dep == "acl:relcl"
        return self.zones[right] == CUE or not (relative or self.elsewhere)

    def loose(self, index: int, covered: set[int]) -> bool:
        """Return whether a token may stand between two phrases of one clause: "said, once more, in"."""
        if not self.free(index):
            return False
        token = self.tokens[index]
        return index in covered or token.pos == "ADV" or (token.pos == "PUNCT" and token.text not in ":;")

    @functools.cached_property
    def elsewhere(self) -> bool:
        """Whether the source is the subject of another verb first: "She left on Monday after saying ..."."""
        index = max((i for i in range(self.low, self.high) if self.zones[i] == SOURCE), default=self.high)
        if index > self.head:
            return False
        for after in range(index + 1, self.high):
            if self.zones[after] == CUE or self.tokens[after].pos == "PRON":
                return False
            if self.free(after) and self.tokens[after].pos in VERBAL:
                return not self.participle(after)
        return False

    def clause(self, phrase: Phrase, covered: set[int]) -> int:
        """Return the verb that governs a phrase; -1 where a noun or what is said comes between."""
        for above in self.sentence.ancestors(phrase.head):
            if above == self.head or self.tokens[above].pos in VERBAL:
                return above
            if phrase.start <= above < phrase.end:
                continue
            if self.zones[above] == SAID or (self.free(above) and above not in covered):
                return -1
        return -1

    @functools.cached_property
    def governors(self) -> list[int]:
        """The verbs from which the cue's verb goes on, the nearest first: "met him and said", "left, saying".

        None where it has a subject of its own, or a conjunction or preposition: "after saying".
        """
        found: list[int] = []
        index = self.head
        while self.tokens[index].dep in {"conj", "advcl", "acl", "xcomp"} and self.goes_with(index):
            index = self.above(index)
            if self.zones[index] == SAID or self.tokens[index].pos not in VERBAL:
                break
            found.append(index)
        return found

    def above(self, index: int) -> int:
        """Return what a verb hangs on; for a participle that hangs on no verb, the verb before it."""
        head = self.tokens[index].head
        if self.tokens[head].pos in VERBAL | {"ADP", "SCONJ"} or not self.participle(index):
            return head
        before = range(index - 1, self.low - 1, -1)
        return next((i for i in before if self.zones[i] != SAID and self.tokens[i].pos == "VERB"), head)

    def goes_with(self, index: int) -> bool:
        """Return whether a verb shares its subject with the verb above it."""
        below = [self.tokens[c] for c in self.sentence.children[index]]
        if any(t.dep.startswith("nsubj") for t in below) or self.tokens[index].head == index:
            return False
        if self.tokens[index].dep in {"advcl", "acl"}:
            return self.participle(index) and not any(
                t.dep in {"mark", "case"} and t.lemma != "en" for t in below
            )
        return True
