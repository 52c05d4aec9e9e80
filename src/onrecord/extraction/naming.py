"""Sources as they are written: their words, and which name in them is the speaker's.

In « le porte-parole de la ministre Ada Orsk » the name isn't the speaker's, in « la ministre Ada Orsk » it
is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.extraction.descriptions import Description, describe
from onrecord.extraction.figures import Cast
from onrecord.extraction.mentions import LETTERS, Mention
from onrecord.extraction.words import Index, Place, Vocabulary, straight
from onrecord.records import Span
from onrecord.text import trim


class Source(NamedTuple):
    """The mention of a speaker: its span, the places of its tokens, and those of its core noun phrase."""

    span: Span
    places: list[Place]
    core: list[Place]


class Naming:
    """The sources of one article and the names in them."""

    def __init__(self, index: Index, vocabulary: Vocabulary, cast: Cast) -> None:
        self.index = index
        self.vocabulary = vocabulary
        self.cast = cast
        self.text = index.reading.text

    def source(self, span: Span) -> Source:
        """Return a source with its tokens; the core ends at a comma, a relative or a bracket."""
        places = self.index.within(span)
        places = [p for p in places if p.sentence == places[0].sentence]
        core: list[Place] = []
        for n, p in enumerate(places):
            token = self.index.token(p)
            relative = (
                token.pos in {"PRON", "SCONJ"}
                and straight(token.text) in self.vocabulary.names.relative
                and core
            )
            if (core and (token.text in {",", "(", ":", ";", "–", "—"} or relative)) or (
                n and token.pos == "AUX"
            ):
                break
            if token.text not in {"«", "“", '"', "‘", "»", "”"}:
                core.append(p)
        return Source(span, places, core)

    def leads(self, source: Source, mention: Mention, another: bool) -> bool:
        """Return whether a name is the head of a source, or in apposition to it.

        ``another`` is true where a name before it is.
        """
        words = self.vocabulary
        if mention.possessive and mention.span[1] < source.span[1] - 2:
            return False
        begin = mention.span[0] - (len(mention.title) + 1 if mention.title else 0)
        places = [p for p in source.places if self.index.token(p).start < begin]
        left = [self.index.token(p) for p in places]
        within = mention.span[0] < self.index.token(source.core[-1]).end
        if within and self.below(source, mention):
            return False
        found = self.describe(source)
        if not within and found is not None and found.plural:
            return False
        while left and (
            left[-1].text in {"«", '"', "“", "»", "”"}
            or (left[-1].pos == "DET" and straight(left[-1].text) not in words.of)
        ):
            left.pop()
        if not left or left[-1].text in {",", "(", ":", "–", "—", "-", "'s", "’s"}:
            return True
        if left[-1].pos == "CCONJ":
            return another
        if mention.entity != "PER" and words.holds(words.bodies, left[-1].text) and len(mention.words) == 1:
            return False
        verbal = left[-1].pos == "VERB" and not (within and not self.vocabulary.names.elided)
        if (
            verbal
            or left[-1].pos in {"ADP", "SCONJ", "AUX", "PRON", "ADV"}
            or straight(left[-1].text) in words.of
        ):
            return False
        for n in range(len(left) - 1, -1, -1):
            if words.holds(words.persons, left[n].text, left[n].lemma):
                # « l'allié du président Orsk » is the ally
                while n > 0 and left[n - 1].pos in {"ADJ", "NOUN", "PROPN"}:
                    n -= 1
                return n == 0 or not (left[n - 1].pos == "ADP" or straight(left[n - 1].text) in words.of)
        if found is None or not words.holds(words.bodies | words.documents, found.head):
            return True
        return mention.entity == "ORG" and len(mention.words) == 1 and not self.vocabulary.names.elided

    def below(self, source: Source, mention: Mention) -> bool:
        """Return whether a common noun after a name is the head of the phrase ("the Orsk plan")."""
        after = [self.index.token(p) for p in source.core if self.index.token(p).start >= mention.span[1]]
        common = [t for t in after if t.pos == "NOUN" and not t.entity and t.text[0].islower()]
        cut = [t for t in after if t.pos == "ADP" or t.text in {",", "("}]
        return (
            bool(common) and not self.vocabulary.names.elided and (not cut or common[0].start < cut[0].start)
        )

    def coordinated(self, first: int, second: int, source: Source) -> bool:
        """Return whether two names in a source are joined by "and", by the words between them."""
        between = self.index.within((self.cast.mentions[first].span[1], self.cast.mentions[second].span[0]))
        tokens = [self.index.token(p) for p in between]
        plain = all(t.pos in {"DET", "CCONJ", "PUNCT", "PROPN", "NOUN", "ADJ"} for t in tokens)
        later = [
            self.index.token(p)
            for p in source.places
            if self.index.token(p).start >= self.cast.mentions[first].span[1]
        ]
        joins = any(t.pos == "CCONJ" for t in later)
        return plain and joins and not any(t.pos == "NOUN" for t in tokens)

    def capital(self, source: Source, n: int) -> str:
        """Return the country of the capital that is all of a source (a government's seat stands for it)."""
        mention, figure = self.cast.mentions[n], self.cast.of[n]
        alone = mention.span[1] >= self.index.token(source.core[-1]).end and not mention.title
        known = " ".join(mention.words)
        return self.vocabulary.capitals.get(known, "") if alone and figure.words == mention.words else ""

    def describe(self, source: Source) -> Description | None:
        """Return what the core of a source says."""
        if not source.core:
            return None
        sentence = self.index.reading.sentences[source.core[0].sentence]
        return describe(self.vocabulary, sentence, [p.token for p in source.core])

    def human(self, source: Source) -> bool:
        """Return whether the core of a source isn't a body or document."""
        found = self.describe(source)
        words = self.vocabulary
        return found is None or not words.holds(words.bodies | words.documents, found.head)

    def phrase(self, places: Sequence[Place], determiner: bool = False) -> str:
        """Return the words of a noun phrase, without its article unless wanted, without marks around it."""
        kept = list(places)
        while (
            kept and not determiner and straight(self.index.token(kept[0]).text) in self.vocabulary.definite
        ):
            kept.pop(0)
        if not kept:
            return ""
        start, end = self.index.token(kept[0]).start, self.index.token(kept[-1]).end
        start, end = trim(self.text, (start, end), ' \u00a0\u202f«»“”"‘,;:')
        return self.text[start:end]

    def called(self, places: Sequence[Place]) -> str:
        """Return a noun phrase that is no name, with its article, which begins with no capital."""
        name = self.phrase(places, determiner=True)
        if not name or not places:
            return name
        first = self.index.token(places[0])
        common = first.pos in {"DET", "NUM"} or straight(first.text) in self.vocabulary.determiners
        common = common or straight(first.text) in self.vocabulary.names.single
        lower = len(first.text) == 1 or not first.text.isupper()
        return name[0].lower() + name[1:] if common and lower and name.startswith(first.text) else name

    def closed(self, name: str, end: int) -> str:
        """Return a body's name with the letters that follow it in brackets."""
        at = self.text.rfind(name, 0, end)
        match = LETTERS.match(self.text, at + len(name)) if at >= 0 and name else None
        return f"{name} ({match[1]})" if match else name
