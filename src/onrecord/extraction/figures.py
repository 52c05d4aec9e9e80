"""Figures: the persons, bodies and countries of one article, each with its names and what it is called.

Mentions of one figure are brought together: "Orsk" with "Ada Orsk", « Mme Orsk » with the woman of that
name, "Zorin" with "Zoryn", "WPA" with "World Potato Agency (WPA)". What appositions and copulas say of a
figure ("the agency's director", « est étudiante ») are its roles, by which it is known again.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

from onrecord.extraction.descriptions import Description, descriptions, led_by_subject
from onrecord.extraction.mentions import LETTERS, Mention
from onrecord.extraction.words import Index, Vocabulary
from onrecord.records import SpeakerKind
from onrecord.text import fold


class Figure:
    """Somebody or something that an article names or describes.

    ``gender`` is above 0 for men and masculine words, below for women and feminine words; ``plural`` where
    it is several; ``named`` where it has a name.
    """

    __slots__ = (
        "count",
        "first",
        "forms",
        "full",
        "gender",
        "humans",
        "kind",
        "name",
        "named",
        "number",
        "place",
        "placed",
        "plural",
        "roles",
        "sign",
        "votes",
        "words",
    )

    def __init__(
        self, number: int, name: str, words: tuple[str, ...], kind: SpeakerKind = "", named: bool = True
    ) -> None:
        self.number = number
        self.name = name
        self.words = words
        self.kind: SpeakerKind = kind
        self.named = named
        self.gender = 0.0
        self.place = False
        self.placed = 0
        self.humans = 0
        self.plural = False
        self.count = 0
        self.first = 0
        self.full: list[int] = []
        self.forms: Counter[tuple[tuple[str, ...], str]] = Counter()
        self.sign = 0.0
        self.roles: list[Description] = []
        self.votes: Counter[str] = Counter()


class Cast:
    """The figures of an article, and which of them each mention is."""

    def __init__(self, index: Index, vocabulary: Vocabulary, mentions: list[Mention]) -> None:
        self.index = index
        self.vocabulary = vocabulary
        self.mentions = mentions
        self.figures: list[Figure] = []
        self.of: list[Figure] = [self.add("", ())] * len(mentions)
        self.figures.clear()
        self.countries: dict[str, Figure] = {}
        self.by_words: dict[str, list[Figure]] = {}
        self.by_word: dict[str, list[Figure]] = {}
        self.by_spelling: dict[str, list[str]] = {}
        self.gather()
        self.judge()

    def add(self, name: str, words: tuple[str, ...], kind: SpeakerKind = "", named: bool = True) -> Figure:
        """Return a new figure."""
        figure = Figure(len(self.figures), name, words, kind, named)
        self.figures.append(figure)
        return figure

    def gather(self) -> None:
        """Give every mention its figure: the fullest names first, then short ones in order."""
        order = sorted(
            range(len(self.mentions)),
            key=lambda n: (self.mentions[n].shouted, fullness(self.mentions[n].words), n),
        )
        for n in order:
            mention = self.mentions[n]
            figure = (
                self.country(mention) or self.known(mention) or self.headlined(mention) or self.new(mention)
            )
            self.of[n] = figure
            same = self.by_words.setdefault(" ".join(mention.words), [])
            if figure not in same:
                same.append(figure)
            self.learn(figure, mention)

    def country(self, mention: Mention) -> Figure | None:
        """Return the country that a mention names by its name or by its adjective ("the Americans")."""
        name = self.vocabulary.countries.get(" ".join(mention.words))
        if not name:
            return None
        return self.nation(name)

    def nation(self, name: str) -> Figure:
        """Return the figure of a country."""
        if name not in self.countries:
            figure = self.add(name, tuple(fold(name).split()), "country")
            self.countries[name] = figure
        return self.countries[name]

    def known(self, mention: Mention) -> Figure | None:
        """Return the figure that a mention is another mention of, the most named where several could be."""
        words = mention.words
        found = [f for f in self.by_words.get(" ".join(words), []) if agrees(f, mention)]
        if not found:
            found = [
                f for f in self.by_word.get(words[-1], []) if agrees(f, mention) and short(words, f.words)
            ]
        if not found:
            found = [
                f for f in self.by_word.get(words[0], [])
                if agrees(f, mention) and f.words[: len(words)] == words and f.sign > 0
            ]  # fmt: skip
        if not found and len(words) > 1 and initial(words[0]):
            # "R. Orsk" in a text that has Rita Orsk
            found = [
                f for f in self.by_word.get(words[-1], [])
                if agrees(f, mention) and f.words[-1] == words[-1] and f.words[0][0] == words[0][0]
            ]  # fmt: skip
        if not found and len(words[-1]) > 5:
            near = dict.fromkeys(w for key in spellings(words[-1]) for w in self.by_spelling.get(key, ()))
            spelt = [w for w in near if alike(w, words[-1])]
            others = [f for word in spelt for f in self.by_word[word] if f.words[-1] == word]
            found = [f for f in others if agrees(f, mention) and matching(words, f.words)]
        if len(found) > 1 and len(words) == 1:
            # of two of one last name, the one whose full name stands nearest before
            before = {f: max((at for at in f.full if at < mention.span[0]), default=-1) for f in found}
            return max(found, key=lambda f: (before[f], f.count, -f.first))
        return max(found, key=lambda f: (f.count, -f.first), default=None)

    def headlined(self, mention: Mention) -> Figure | None:
        """Return the figure that part of a headline's words name: "Orsk Seeks" is Orsk."""
        if not mention.shouted:
            return None
        for size in range(len(mention.words) - 1, 0, -1):
            if figure := self.known(mention._replace(words=mention.words[:size])):
                return figure
        return None

    def new(self, mention: Mention) -> Figure:
        """Return a new figure for a mention."""
        figure = self.add(self.index.reading.text[slice(*mention.span)], mention.words)
        figure.first = mention.span[0]
        for word in sorted(set(mention.words) - self.by_word.keys()):
            for key in spellings(word):
                self.by_spelling.setdefault(key, []).append(word)
        for word in set(mention.words):
            self.by_word.setdefault(word, []).append(figure)
        return figure

    def learn(self, figure: Figure, mention: Mention) -> None:
        """Add to a figure what one mention tells of its kind and gender, and its fuller or better name."""
        figure.count += 1
        if len(mention.words) > 1 and not mention.shouted:
            figure.full.append(mention.span[0])
            figure.forms[mention.words, self.index.reading.text[slice(*mention.span)]] += 1
        figure.sign += mention.sign
        figure.placed += mention.placed
        figure.humans += bool(mention.title)
        figure.votes[mention.entity] += 1
        figure.gender += {"m": 5.0, "f": -5.0}.get(mention.gender, 0.0)
        written = self.index.reading.text[slice(*mention.span)]
        if (
            figure.kind != "country"
            and figure.name.isupper()
            and not written.isupper()
            and len(mention.words) == len(figure.words)
        ):
            figure.name = written

    def judge(self) -> None:
        """Decide what each figure is, give acronyms their long names, and collect the roles of persons."""
        for n, mention in enumerate(self.mentions):
            roles = list(descriptions(self.index, self.vocabulary, mention))
            if not mention.subject and led_by_subject(self.index, self.vocabulary, mention):
                self.mentions[n] = mention._replace(subject=True)
            figure = self.of[n]
            for role in roles:
                figure.roles.append(role)
                if self.vocabulary.holds(self.vocabulary.bodies, role.head):
                    figure.sign -= 3.0
                    continue
                # a masculine office is often a woman's: « le Premier ministre Ada Orsk »
                figure.gender += {"m": 0.7, "f": -2.0}.get(role.gender, 0.0)
                human = self.vocabulary.holds(self.vocabulary.persons, role.head)
                figure.sign += 2.0 * human
                figure.humans += human
        for figure in self.figures:
            if figure.kind:
                continue
            if figure.placed and 3 * figure.placed >= figure.count and not figure.humans:
                figure.kind = "organisation"
                figure.place = len(figure.words) == 1
            elif (figure.sign > 0 and not figure.votes["LOC"] > figure.count / 2) or (
                figure.votes["PER"] > figure.count / 2 and figure.sign > -2
            ):
                figure.kind = "person"
                figure.name = usual(figure)
                figure.gender += given(figure.words, self.vocabulary)
            else:
                figure.kind = "organisation"
                figure.place = figure.votes["LOC"] > figure.count / 2
        self.settle()
        self.expand()

    def settle(self) -> None:
        """Make countries of the places whose adjective or possessive has a government or the like.

        « la Karvélie » where the text has « le président karvélien », "Karvelia" where it has
        "Karvelia's president": a list of countries is never whole.
        """
        words = self.vocabulary
        owners: set[str] = set()
        for sentence in self.index.reading.sentences:
            for n, token in enumerate(sentence.tokens):
                if words.holds(words.realm, token.text) and token.pos in {"NOUN", "PROPN"}:
                    near = sentence.tokens[max(0, n - 3) : n + 3]
                    owners |= {fold(t.text) for t in near if t.pos in {"ADJ", "PROPN"} and t is not token}
        for figure in self.figures:
            stem = figure.words[0][:-2] if figure.words else ""
            lone = figure.kind == "organisation" and len(figure.words) == 1 and not figure.name.isupper()
            if lone and len(stem) > 3 and (figure.place or figure.gender < 0 or not words.names.elided):
                kin = {o for o in owners if o.startswith(stem) and o != figure.words[0]}
                if any(o.endswith(words.names.peoples) for o in kin):
                    figure.kind = "country"

    def expand(self) -> None:
        """Give bodies that are mentioned by their letters the long name that stands somewhere."""
        text = self.index.reading.text
        long: dict[str, str] = {}
        for n, mention in enumerate(self.mentions):
            figure = self.of[n]
            if figure.kind == "person":
                continue
            if match := LETTERS.match(text, mention.span[1]):
                long.setdefault(fold(match[1]), f"{text[slice(*mention.span)]} ({match[1]})")
            letters = initials(text[slice(*mention.span)])
            if len(letters) > 1:
                long.setdefault(letters, figure.name)
        for figure in self.figures:
            if figure.kind == "organisation" and len(figure.words) == 1 and figure.name.isupper():
                figure.name = long.get(figure.words[0], figure.name)


def agrees(figure: Figure, mention: Mention) -> bool:
    """Return whether the gender of a mention's title lets it be this figure."""
    told = {"m": 1.0, "f": -1.0}.get(mention.gender, 0.0)
    return figure.kind != "country" and told * figure.gender >= 0


def short(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Return whether a name is a short form of a fuller one: the same last word, the others in it.

    >>> short(("orsk",), ("ada", "orsk")), short(("ivo", "orsk"), ("ada", "orsk"))
    (True, False)
    """
    return full[-1] == words[-1] and set(words) <= set(full)


def matching(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Return whether two names with last words alike can be one: one is a last name, or first names agree."""
    return len(words) == 1 or len(full) == 1 or words[0] == full[0]


def alike(a: str, b: str) -> bool:
    """Return whether two last names are spellings of one: one letter apart once doubled letters are one.

    >>> alike("zelensky", "zelenskyy"), alike("medvedev", "medvedeva"), alike("johnson", "jonsson")
    (True, False, False)
    """
    return a == b or (a[0] == b[0] and bool(set(spellings(a)) & set(spellings(b))))


@functools.lru_cache(10_000)
def spellings(word: str) -> tuple[str, ...]:
    """Return keys of which two last names share one where they are alike, so that none is compared with all.

    They are the word with doubled letters made one, and that with any one letter left open.

    >>> spellings("orskk"), spellings("orskka")
    ((), ('orska',))
    """
    if len(word) < 6:
        return ()
    plain = re.sub(r"(.)\1+", r"\1", word.replace("w", "v").replace("j", "i").replace("y", "i"))
    if len(plain) < 7:
        return (plain,)
    return plain, *(f"{plain[:n]}*{plain[n + 1 :]}" for n in range(len(plain)))


def initial(word: str) -> bool:
    """Return whether the folded word of a name is a first name's initial."""
    return len(word.strip(".")) == 1


def fullness(words: tuple[str, ...]) -> float:
    """Return how a name sorts, the fullest first; an initial makes it less full than a first name does."""
    return any(map(initial, words)) / 2 - len(words)


def given(words: tuple[str, ...], vocabulary: Vocabulary) -> float:
    """Return the weak sign of gender in a given name's ending (below 0 for women's)."""
    if len(words) < 2:
        return 0.0
    return -0.6 if words[0].endswith(vocabulary.names.feminine) else 0.2


def usual(figure: Figure) -> str:
    """Return a person's fullest name, less what the usual full name hasn't before it ("Rival Ada Orsk")."""
    best, times = figure.words, sum(n for (words, _), n in figure.forms.items() if words == figure.words)
    name = figure.name
    for (words, written), n in sorted(figure.forms.items()):
        if 1 < len(words) < len(best) and best[-len(words) :] == words and n > times:
            best, times, name = words, n, written
    return name


def initials(name: str) -> str:
    """Return the folded initials of a name's capitalised words.

    >>> initials("Office of Fair Weather")
    'ofw'
    """
    return fold("".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())).replace(" ", "")
