"""What the language data says of one word, and where the words of an article stand.

A :class:`Vocabulary` answers what sort of word this is (an office, a body, a document), whatever its number
and gender; an :class:`Index` finds the tokens of a stretch of the text.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from onrecord.extraction.reading import Reading
from onrecord.languages import Language
from onrecord.parsers import Token
from onrecord.records import Span
from onrecord.text import fold

# Endings of number and gender in English and French ("élues", "joueuse", "ukrainienne"), with what stands in
# the place of each in the word's first form. Source: Grevisse and Goosse, Le bon usage, 496-502 and 529-538.
ENDINGS = (
    ("", ""), ("s", ""), ("es", ""), ("e", ""), ("x", ""), ("ne", ""), ("nes", ""), ("te", ""), ("ies", "y"),
    ("euse", "eur"), ("euses", "eur"), ("rice", "eur"), ("rices", "eur"), ("ere", "er"), ("eres", "er"),
    ("aux", "al"), ("ale", "al"), ("ives", "if"), ("ive", "if"), ("men", "man"), ("ve", "f"),
)  # fmt: skip


class Place(NamedTuple):
    """A token by the number of its sentence in the reading, and its own number in the sentence."""

    sentence: int
    token: int


class Index:
    """The tokens of a reading by their offsets; what stands in for a quotation is left out."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        rows = sorted(
            (t.start, t.end, s, n)
            for s, sentence in enumerate(reading.sentences)
            for n, t in enumerate(sentence.tokens)
            if not t.stand_in and t.start < t.end
        )
        self.starts = [row[0] for row in rows]
        self.ends = [row[1] for row in rows]
        self.places = [Place(row[2], row[3]) for row in rows]
        # How many sentences outside quotations stand before each: the distance that counts in a news text.
        self.outer: list[int] = []
        count = 0
        for quotation in reading.inside:
            self.outer.append(count)
            count += quotation is None
        quotations = [q.outer for q in reading.quotations if q.depth == 0]
        self.quote_starts = [q[0] for q in quotations]
        self.quote_ends = [q[1] for q in quotations]

    def within(self, span: Span) -> list[Place]:
        """Return the places of the tokens that a span touches, in order."""
        return self.places[bisect_right(self.ends, span[0]) : bisect_left(self.starts, span[1])]

    def number(self, offset: int) -> int:
        """Return the number, in the order of the text, of the first token that ends after an offset."""
        return bisect_right(self.ends, offset)

    def token(self, place: Place) -> Token:
        """Return the token at a place."""
        return self.reading.sentences[place.sentence].tokens[place.token]

    def quotation(self, offset: int) -> Span | None:
        """Return the quotation, with its marks, that an offset is in."""
        n = bisect_right(self.quote_starts, offset) - 1
        return (self.quote_starts[n], self.quote_ends[n]) if n >= 0 and offset < self.quote_ends[n] else None

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence at, or next after, an offset (0 where there is none)."""
        n = min(self.number(offset), len(self.places) - 1)
        return self.places[n].sentence if n >= 0 else 0


class Vocabulary:
    """The words of a language's ``names`` section as sets, asked by any form of a word."""

    def __init__(self, language: Language) -> None:
        self.names = names = language.names
        self.days = frozenset(map(fold, language.dates.weekdays))
        self.short_dates = frozenset(
            fold(w) for entry in (*language.dates.weekdays_short, *language.dates.months_short)
            for w in entry.split("|")
        )  # fmt: skip
        self.months = frozenset(map(fold, language.dates.months))
        self.full = dict(names.abbreviations)
        self.persons = stems((*names.titles, *names.generic, *names.kin))
        self.titles = stems(names.titles)
        self.generic = stems(names.generic)
        self.kin = stems(names.kin)
        self.agents = tuple(names.agents)
        self.women = stems(names.women)
        self.men = stems(names.men)
        self.unnamed = stems(names.unnamed)
        self.bodies = stems(names.bodies)
        self.recalled = stems(names.recalled)
        self.crowds = stems(names.crowds)
        self.documents = stems(names.documents)
        self.lands = stems(names.lands)
        self.heading = stems(names.heading)
        self.realm = stems(names.realm)
        self.firms = frozenset(names.firms)
        self.things = stems(names.things)
        self.offices = tuple(
            (f" {fold(phrase)} ", tuple(fold(office).split())) for phrase, office in names.offices
        )
        self.matters = tuple(names.matters)
        self.particles = frozenset(names.particles)
        self.joints = frozenset(names.joints)
        self.civil = (
            dict.fromkeys(names.doctor, "") | dict.fromkeys(names.mr, "m") | dict.fromkeys(names.mrs, "f")
        )
        self.definite = frozenset(map(straight, names.definite))
        self.indefinite = frozenset(map(straight, names.indefinite))
        self.demonstrative = frozenset(names.demonstrative)
        self.possessive = frozenset(names.possessive)
        self.own = frozenset(names.own)
        self.of = frozenset(map(straight, names.of))
        self.determiners = self.definite | self.indefinite | self.demonstrative | self.possessive | self.own
        pronouns = (
            *names.he,
            *names.she,
            *names.it,
            *names.they,
            *names.first,
            *names.relative,
            *names.unknown,
        )
        self.closed = self.determiners | frozenset(pronouns)
        self.countries: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.adjectives: dict[str, str] = {}
        for country in names.countries:
            self.countries |= {fold(name): country.name for name in (country.name, *country.names)}
            self.adjectives |= {fold(adjective): country.name for adjective in country.adjectives}
            if country.capital:
                self.capitals[fold(country.capital)] = country.name

    def holds(self, words: frozenset[str], *forms: str) -> bool:
        """Return whether one of the forms of a word (as written, its lemma) is among the words.

        >>> from onrecord.languages import load
        >>> words = Vocabulary(load("fr"))
        >>> words.holds(words.titles, "sénatrices"), words.holds(words.titles, "table")
        (True, False)
        """
        return any(stem in words for form in forms for stem in variants(fold(form).replace(" ", "-")))

    def human(self, *forms: str) -> bool:
        """Return whether a word is one for persons, by the lists or by its ending ("announcer").

        >>> from onrecord.languages import load
        >>> words = Vocabulary(load("en"))
        >>> words.human("announcer"), words.human("reception"), words.human("report")
        (True, False, False)
        """
        if self.holds(self.persons | self.unnamed, *forms):
            return True
        things = self.documents | self.bodies | self.lands
        return any(fold(form).endswith(self.agents) for form in forms) and not self.holds(things, *forms)

    def inert(self, *forms: str) -> bool:
        """Return whether a word is one for what never speaks, by the lists or by its ending ("a decision").

        >>> from onrecord.languages import load
        >>> words = Vocabulary(load("en"))
        >>> words.inert("plans"), words.inert("decision"), words.inert("commission"), words.inert("miner")
        (True, True, False, False)
        """
        if self.holds(self.things, *forms):
            return True
        if self.human(*forms) or self.holds(self.bodies | self.crowds | self.lands, *forms):
            return False
        return any(fold(form).removesuffix("s").endswith(self.matters) for form in forms)

    def seat(self, name: str) -> str:
        """Return the country that a name or capital names, "" where it is neither."""
        folded = fold(name)
        return self.countries.get(folded) or self.capitals.get(folded, "")

    def nation(self, *forms: str) -> str:
        """Return the country of a name or adjective in any of its forms, "" where it is neither.

        >>> from onrecord.languages import load
        >>> Vocabulary(load("fr")).nation("ukrainiennes")
        'Ukraine'
        """
        for form in forms:
            folded = fold(form)
            if country := self.countries.get(folded):
                return country
            for stem in variants(folded):
                if country := self.adjectives.get(stem):
                    return country
        return ""


@functools.cache
def variants(word: str) -> tuple[str, ...]:
    """Return a folded word and the forms it could be a plural or feminine of."""
    return tuple(
        dict.fromkeys(
            word.removesuffix(ending) + base
            for ending, base in ENDINGS
            if word.endswith(ending) and len(word) - len(ending) > 1
        )
    )


def stems(words: tuple[str, ...]) -> frozenset[str]:
    """Return words as they are looked up: folded, parts of a compound joined by a hyphen."""
    return frozenset(fold(word).replace(" ", "-") or word for word in words)


def straight(word: str) -> str:
    """Return a word in lower case with a straight apostrophe."""
    return word.lower().replace("’", "'")


@functools.cache
def vocabulary(language: Language) -> Vocabulary:
    """Return the vocabulary of a language, made once."""
    return Vocabulary(language)
