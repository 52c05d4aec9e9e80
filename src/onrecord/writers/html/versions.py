"""What other articles made of the same utterance, beside a statement: how many of its words, and which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from onrecord.records import Comparison, Spans
from onrecord.text import ELLIPSIS, cut, length
from onrecord.writers.html.entries import Entry
from onrecord.writers.html.passages import LONGEST
from onrecord.writers.html.table import Groups
from onrecord.writers.wording import Wording


class Stretch(NamedTuple):
    """Words that both have, that only the statement beside has ("cut"), or only the version ("inserted")."""

    kind: Literal["kept", "cut", "inserted"]
    text: str


class Version(NamedTuple):
    """Another statement of an utterance: the share of its words in words, and how they differ.

    ``share`` is "" where the two were not compared; ``stretches`` are empty there too, where the words are
    the same, and where there are too many to set them beside each other.
    """

    entry: Entry
    share: str
    stretches: tuple[Stretch, ...]


class Versions:
    """The versions of every statement, made as they are asked for."""

    def __init__(self, groups: Groups, comparisons: Iterable[Comparison], wording: Wording) -> None:
        self._groups = groups
        self._wording = wording
        self._known: dict[tuple[str, str], Comparison] = {}
        for comparison in comparisons:
            self._known[comparison.a, comparison.b] = comparison
            self._known[comparison.b, comparison.a] = comparison

    def of(self, entry: Entry) -> list[Version]:
        """Return the other statements of an entry's utterance, in its order."""
        return [
            self._version(entry, other)
            for other in self._groups[entry.statement.id]
            if other.statement.id != entry.statement.id
        ]

    def share(self, entry: Entry) -> str:
        """Return how many words an entry shares with the first one of its utterance that it is compared with.

        "" where it is the first itself, or is not compared.
        """
        for other in self._groups[entry.statement.id]:
            if other.statement.id == entry.statement.id:
                break
            if found := self._known.get((other.statement.id, entry.statement.id)):
                return self._share(found, other)
        return ""

    def _version(self, entry: Entry, other: Entry) -> Version:
        found = self._known.get((entry.statement.id, other.statement.id))
        if found is None:
            return Version(other, "", ())
        small = length(entry.statement.content) + length(other.statement.content) <= 2 * LONGEST
        spelt = tuple(_spell(found, entry, other)) if small and found.kept < 1 else ()
        return Version(other, self._share(found, entry), spelt)

    def _share(self, comparison: Comparison, other: Entry) -> str:
        text = self._wording.text
        if comparison.kept in (0, 1):
            return text["same_words" if comparison.kept else "no_words"].format(outlet=other.outlet)
        # Neither 0 nor 100: some words are the same, some are not.
        share = min(99, max(1, round(comparison.kept * 100)))
        return text["some_words"].format(share=share, outlet=other.outlet)


def _spell(comparison: Comparison, entry: Entry, other: Entry) -> Iterator[Stretch]:
    """Yield the words of the other one in order, each stretch that it lacks where it would stand."""
    turned = comparison.a != entry.statement.id
    text, content = other.article.text, other.statement.content
    at = content[0][0]
    for difference in comparison.differences:
        ours, theirs = (difference.b, difference.a) if turned else (difference.a, difference.b)
        if theirs:
            yield Stretch("kept", _between(text, content, at, theirs[0][0]))
            at = theirs[-1][1]
        if ours and difference.kind != "kept":
            yield Stretch("cut", cut(entry.article.text, ours))
        if theirs:
            yield Stretch("kept" if difference.kind == "kept" else "inserted", cut(text, theirs))
    yield Stretch("kept", _between(text, content, at, content[-1][1]))


def _between(text: str, content: Spans, start: int, end: int) -> str:
    """Return what of a content lies between two places, such as a comma or the end of a piece."""
    inside = tuple((max(s, start), min(e, end)) for s, e in content if s < end and e > start)
    found = cut(text, inside)
    parted = any(start <= e < end for _, e in content) and ELLIPSIS not in found
    return found + ELLIPSIS if parted else found
