"""Cues: the words of a sentence that report speech, found by the language's lexicon."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.extraction.marks import CLOSING
from onrecord.languages import Cue, Language
from onrecord.parsers import Sentence, Token
from onrecord.records import Span

VERBAL = {"VERB", "AUX"}
Rows = dict[str, list[tuple[tuple[str, ...], bool, Cue]]]


class Found(NamedTuple):
    """A cue in a sentence: the index of its head word, of its further words, and its lexicon entries."""

    token: int
    words: tuple[int, ...]
    entries: tuple[Cue, ...]
    lemma: str
    reflexive: bool = False

    def takes(self, what: str) -> bool:
        """Return whether a content of this sort can follow."""
        return any(what in entry.takes for entry in self.entries)

    def act(self, what: str = "") -> str:
        """Return the act that the cue carries with a content of this sort, "" where it is neutral."""
        fitting = [e for e in self.entries if not what or what in e.takes] or list(self.entries)
        return fitting[0].act if fitting else ""

    def prepositions(self, what: str) -> frozenset[str]:
        """Return the prepositions that lead a content of this sort."""
        return frozenset(p for e in self.entries if what in e.takes for p in e.prepositions)


class Lexicon:
    """The cues of a language by head lemma."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.verbs = index(language, "verbs")
        self.nouns = index(language, "nouns")
        self.adjectives = index(language, "adjectives")

    def find(self, sentence: Sentence) -> Iterator[Found]:
        """Yield the cues of a sentence, in order."""
        for i, token in enumerate(sentence.tokens):
            if token.stand_in:
                continue
            table = self.table(token)
            if table and (found := self.match(sentence, i, table)):
                yield found

    def table(self, token: Token) -> Rows | None:
        """Return the part of the lexicon for a token's part of speech."""
        if token.pos in VERBAL:
            return self.verbs
        if token.pos == "NOUN":
            return self.nouns
        return self.adjectives if token.pos == "ADJ" else None

    def match(self, sentence: Sentence, i: int, table: Rows) -> Found | None:
        """Return the cue at a token: the entries with the most words that stand there."""
        lemma = self.lemma(sentence.tokens[i], table)
        rows = table.get(lemma)
        if not rows:
            return None
        reflexive = self.reflexive(sentence, i)
        best: list[Cue] = []
        words: tuple[int, ...] = ()
        rank = (-1, False)
        for rest, wants_reflexive, cue in rows:
            if reflexive not in {wants_reflexive, "maybe"}:
                continue
            at = self.further(sentence, i, rest)
            if at is None:
                continue
            this = (len(rest), wants_reflexive)
            if this > rank:
                rank, best, words = this, [cue], at
            elif this == rank:
                best.append(cue)
        return Found(i, words, tuple(best), lemma, rank[1]) if best else None

    def is_verb(self, token: Token) -> bool:
        """Return whether a token's form can be that of a verbal cue, whatever the parser took it for."""
        form = folded(token)
        return any(
            form.endswith(e) and form.removesuffix(e) + i in self.verbs
            for e, i in self.language.frames.endings
        )

    def lemma(self, token: Token, table: Rows) -> str:
        """Return a token's lemma: the parser's, or where the lexicon lacks that, one by the verb's ending."""
        lemma = token.lemma.casefold()
        if lemma in table or token.pos not in VERBAL:
            return lemma
        form = folded(token)
        ends = (form.removesuffix(e) + i for e, i in self.language.frames.endings if form.endswith(e))
        return next((guess for guess in ends if guess in table), lemma)

    def further(self, sentence: Sentence, i: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
        """Return where the further words of an entry stand: within four tokens after the head word."""
        at: list[int] = []
        start = i + 1
        for word in rest:
            for j in range(start, min(start + 4, len(sentence.tokens))):
                token = sentence.tokens[j]
                if word in (token.lemma.casefold(), token.text.casefold()):
                    at.append(j)
                    start = j + 1
                    break
            else:
                return None
        return tuple(at)

    def reflexive(self, sentence: Sentence, i: int) -> bool | str:
        """Return whether a reflexive pronoun stands with the verb: « s'est engagé ».

        "maybe" for one that can be a plain object as well: « nous a promis ».
        """
        words = self.language.frames.reflexives
        for j in range(max(0, i - 4), i):
            token = sentence.tokens[j]
            form = folded(token)
            if form in words and token.pos == "PRON" and token.head in (i, j + 1, j + 2):
                return True if form.startswith("s") else "maybe"
        return False

    def verb_span(self, sentence: Sentence, found: Found) -> tuple[int, int]:
        """Return the first and last token of a verbal cue: auxiliaries, negation, clitics, further words.

        The clitic form stays whole: « a-t-il ajouté ».
        """
        tokens, i, frames = sentence.tokens, found.token, self.language.frames
        auxiliaries = [
            c for c in sentence.find(i, "aux", "cop") if i - 6 <= c < i and tokens[c].pos in VERBAL
        ]
        first = min([i, *auxiliaries])
        if any(t.stand_in or t.text in CLOSING for t in tokens[first:i]):
            first = i  # "were “…,” the Lanthorn reported"
        before = frames.negations | {r for r in frames.reflexives if found.reflexive or r.startswith("s")}
        if tokens[i].has("VerbForm=Part"):
            before |= frames.gerunds
        while first and folded(tokens[first - 1]) in before:
            first -= 1
        last = max([i, *found.words])
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].text.startswith("-")
            and len(tokens[last + 1].text) > 1
        ):
            last += 1
        if last + 1 < len(tokens) and folded(tokens[first]) in frames.restrictions:
            last += folded(tokens[last + 1]) in frames.negations
        particles = [c for c in sentence.find(i, "compound:prt") if c == last + 1]
        return first, max([last, *particles])


def folded(token: Token) -> str:
    """Return a token's text in lower case with a straight apostrophe."""
    return token.text.casefold().replace("’", "'")


def index(language: Language, part: str) -> Rows:
    """Return the entries of one part of speech by head lemma: further words, reflexive, cue."""
    table: defaultdict[str, list[tuple[tuple[str, ...], bool, Cue]]] = defaultdict(list)
    for cue in language.cues:
        for entry in getattr(cue, part):
            head, *rest = entry.split()
            reflexive = head == "se"
            if reflexive:
                head, *rest = rest
            table[head].append((tuple(rest), reflexive, cue))
    return dict(table)


@functools.cache
def lexicon(language: Language) -> Lexicon:
    """Return the lexicon of a language, built once."""
    return Lexicon(language)


def span(sentence: Sentence, first: int, last: int) -> Span:
    """Return the stretch of the article from one token to another, both included."""
    return sentence.tokens[first].start, sentence.tokens[last].end
