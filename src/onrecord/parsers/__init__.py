"""Text to sentences of tokens in Universal Dependencies labels: the only door to spaCy.

A *passage* is what a parser reads as one text: stretches of an article, some of which a stand-in word
replaces (a long quotation becomes one word, so that the sentence around it is read as a sentence). Every
token knows the stretch of the article it stands for, so nothing needs to be mapped back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from onrecord.records import Span


class Piece(NamedTuple):
    """A stretch of the article's text; ``stand_in`` is read instead of it where it isn't empty."""

    start: int
    end: int
    stand_in: str = ""


Passage = tuple[Piece, ...]


class Token(NamedTuple):
    """A token of a sentence.

    ``start`` and ``end`` are offsets in the article; ``pos`` is a UPOS tag, ``dep`` a Universal
    Dependencies relation (with subtype), ``head`` the index of the governor in the sentence (its own
    index for the root), ``morph`` UD features ("Number=Sing|Person=3"), ``entity`` PER, ORG, LOC, MISC
    or "". ``stand_in`` is true where the token stands for a stretch that was replaced.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: str
    entity: str
    entity_starts: bool
    stand_in: bool

    def has(self, feature: str) -> bool:
        """Return whether the token has a UD feature, written "Name=Value"."""
        return feature in self.morph


class Sentence:
    """The tokens of one sentence, in order, and the tree over them."""

    __slots__ = ("children", "tokens")

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        children: list[list[int]] = [[] for _ in tokens]
        for index, token in enumerate(tokens):
            if token.head != index:
                children[token.head].append(index)
        self.children = children

    @property
    def span(self) -> Span:
        """The stretch of the article from the first token to the last."""
        return self.tokens[0].start, self.tokens[-1].end

    def subtree(self, index: int, without: Iterable[int] = ()) -> list[int]:
        """Return the indices of a token and all below it, in order, less the branches ``without``."""
        left = set(without)
        found, stack = [], [index]
        while stack:
            current = stack.pop()
            found.append(current)
            stack.extend(child for child in self.children[current] if child not in left)
        return sorted(found)

    def find(self, index: int, *relations: str) -> list[int]:
        """Return the children of a token by relation; "nsubj" finds "nsubj:pass" as well."""
        tokens = self.tokens
        return [
            c
            for c in self.children[index]
            if tokens[c].dep in relations or tokens[c].dep.split(":")[0] in relations
        ]

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the governors of a token, the nearest first."""
        while (head := self.tokens[index].head) != index:
            yield head
            index = head


class Parser(Protocol):
    """Whatever reads passages of a text into sentences."""

    def parse(self, text: str, passages: Iterable[Passage]) -> list[list[Sentence]]:
        """Return the sentences of each passage, in order."""
        ...  # pragma: no cover


def load(language: str) -> Parser | None:
    """Return the parser for a language code, loaded once a process, None where none is installed for it."""
    from onrecord.parsers import spacy

    return spacy.load(language)
