"""Figures: the persons, bodies and countries of one article, each with its names and what it is called.

Mentions of one figure are brought together: "Orsk" with "Ada Orsk", « Mme Orsk » with the woman of that
name, "Zorin" with "Zoryn", "WPA" with "World Potato Agency (WPA)". What appositions and copulas say of a
figure ("the agency's director", « est étudiante ») are its roles, by which it is known again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.extraction.mentions import LETTERS, Mention
from onrecord.extraction.words import Index, Vocabulary, straight
from onrecord.parsers import Sentence, Token
from onrecord.records import SpeakerKind
from onrecord.text import fold

NOUNS = {"NOUN", "PROPN"}
PHRASE = {"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "X", "SYM", "PART"}
# How many tokens of a noun phrase are read before a name.
REACH = 14


class Role(NamedTuple):
    """What somebody is called: the folded ``head`` noun, the other content words, and the gender it tells."""

    head: str
    words: frozenset[str]
    proper: frozenset[str]
    gender: str
    plural: bool
    noun: str
    text: str


class Figure:
    """Somebody or something that an article names or describes.

    ``gender`` is above 0 for men and masculine words, below for women and feminine words; ``plural`` where
    it is several; ``named`` where it has a name.
    """

    __slots__ = ("count", "first", "forms", "full", "gender", "kind", "name", "named", "number", "place", "plural", "roles", "sign", "votes", "words")

    def __init__(self, number: int, name: str, words: tuple[str, ...], kind: SpeakerKind = "", named: bool = True) -> None:
        self.number = number
        self.name = name
        self.words = words
        self.kind: SpeakerKind = kind
        self.named = named
        self.gender = 0.0
        self.place = False
        self.plural = False
        self.count = 0
        self.first = 0
        self.full: list[int] = []
        self.forms: Counter[tuple[tuple[str, ...], str]] = Counter()
        self.sign = 0.0
        self.roles: list[Role] = []
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
            range(len(self.mentions)), key=lambda n: (self.mentions[n].shouted, -len(self.mentions[n].words), n)
        )
        for n in order:
            mention = self.mentions[n]
            figure = self.country(mention) or self.known(mention) or self.headlined(mention) or self.new(mention)
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
            found = [f for f in self.by_word.get(words[-1], []) if agrees(f, mention) and short(words, f.words)]
        if not found:
            found = [
                f for f in self.by_word.get(words[0], [])
                if agrees(f, mention) and f.words[: len(words)] == words and f.sign > 0
            ]  # fmt: skip
        if not found and len(words[-1]) > 5:
            found = [
                f for word, figures in self.by_word.items() if alike(word, words[-1])
                for f in figures if f.words[-1] == word and agrees(f, mention) and matching(words, f.words)
            ]  # fmt: skip
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
        figure.votes[mention.entity] += 1
        figure.gender += {"m": 5.0, "f": -5.0}.get(mention.gender, 0.0)
        written = self.index.reading.text[slice(*mention.span)]
        if figure.kind != "country" and figure.name.isupper() and not written.isupper() and len(mention.words) == len(figure.words):
            figure.name = written

    def judge(self) -> None:
        """Decide what each figure is, give acronyms their long names, and collect the roles of persons."""
        for n, mention in enumerate(self.mentions):
            roles = list(roles_of(self.index, self.vocabulary, mention))
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
                figure.sign += 2.0 * self.vocabulary.holds(self.vocabulary.persons, role.head)
        for figure in self.figures:
            if figure.kind:
                continue
            if figure.sign > 0 and not figure.votes["LOC"] > figure.count / 2 or figure.votes["PER"] > figure.count / 2 and figure.sign > -2:
                figure.kind = "person"
                figure.name = usual(figure)
                figure.gender += given(figure.words, self.vocabulary)
            else:
                figure.kind = "organisation"
                figure.place = figure.votes["LOC"] > figure.count / 2
        self.expand()

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
    if a == b or min(len(a), len(b)) < 6 or a[0] != b[0]:
        return a == b
    a, b = (re.sub(r"(.)\1+", r"\1", w.replace("w", "v").replace("j", "i").replace("y", "i")) for w in (a, b))
    if a == b:
        return True
    return len(a) == len(b) > 6 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def given(words: tuple[str, ...], vocabulary: Vocabulary) -> float:
    """Return the weak sign of gender in a given name's ending (below 0 for women's)."""
    if len(words) < 2:
        return 0.0
    return -0.6 if words[0].endswith(vocabulary.names.feminine) else 0.2


def usual(figure: Figure) -> str:
    """Return a person's fullest name, less words before it that the usual full name hasn't ("Rival Ada Orsk")."""
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


def role(vocabulary: Vocabulary, sentence: Sentence, members: Sequence[int]) -> Role | None:
    """Return what a noun phrase says, None where it has no noun."""
    tokens = sentence.tokens
    held = set(members)
    nouns = [n for n in members if tokens[n].pos in NOUNS or vocabulary.holds(vocabulary.persons, tokens[n].text)]
    if not nouns:
        nouns = [n for n in members if tokens[n].pos in {"ADJ", "NUM"}]
    if not nouns:
        return None
    tops = [n for n in nouns if tokens[n].head not in held or tokens[n].head == n]
    head = next((n for n in tops if not tokens[n].text[0].isupper()), None)
    if head is None:
        head = next((n for n in nouns if vocabulary.holds(vocabulary.persons, tokens[n].text)), (tops or nouns)[0])
    head = compound_head(vocabulary, sentence, head, held)
    noun = tokens[head]
    words, proper = set(), set()
    for n in members:
        token = tokens[n]
        if n == head or token.pos in {"DET", "ADP", "PUNCT", "PART", "PRON", "CCONJ"} and not token.entity:
            continue
        nation = vocabulary.nation(token.text) if token.pos != "PRON" else ""
        word = fold(nation or token.lemma or token.text)
        words.add(word)
        if nation or token.text[0].isupper():
            proper.add(word)
    first = straight(tokens[members[0]].text)
    article = tokens[members[0]]
    # the determiner tells the gender best; a noun under an elided one may have either (« l'analyste »)
    teller = noun if article.pos != "DET" else article
    gender = "f" if teller.has("Gender=Fem") else "m" if teller.has("Gender=Masc") else ""
    if straight(article.text).endswith("'"):
        inflected = noun.has("Gender=Fem") and noun.lemma != noun.text.lower() and not noun.has("Number=Plur")
        gender = "f" if inflected else ""
    if vocabulary.holds(vocabulary.women, noun.text):
        gender = "f"
    elif vocabulary.holds(vocabulary.men, noun.text):
        gender = "m"
    elif not vocabulary.names.elided:
        gender = ""
    plural = noun.has("Number=Plur") or first in {"les", "des", "ces", "these", "those"}
    text = " ".join(tokens[n].text for n in members)
    return Role(fold(noun.lemma or noun.text).replace(" ", "-"), frozenset(words), frozenset(proper), gender, plural, noun.text, text)


def compound_head(vocabulary: Vocabulary, sentence: Sentence, head: int, held: set[int]) -> int:
    """Return the next noun where the parser took a modifier for the head ("the press | secretary")."""
    tokens = sentence.tokens
    after = head + 1
    if not vocabulary.names.elided and after in held and tokens[after].pos == "NOUN" and tokens[head].pos in NOUNS:
        return compound_head(vocabulary, sentence, after, held)
    return head


def roles_of(index: Index, vocabulary: Vocabulary, mention: Mention) -> Iterable[Role]:
    """Yield what the words around a name call its bearer: before it, after it in apposition, by a copula."""
    sentence = index.reading.sentences[mention.place.sentence]
    tokens = sentence.tokens
    inside = [n for n, t in enumerate(tokens) if mention.span[0] <= t.start < mention.span[1] and not t.stand_in]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    before = stretch_before(vocabulary, tokens, first, mention.sign > 0)
    if before and (found := role(vocabulary, sentence, before)):
        yield found
    comma = first > 1 and tokens[first - 1].text == ","
    follows = tokens[last + 1].text if last + 1 < len(tokens) else "."
    if comma and not before and follows in {",", ".", ";", ":", "(", ")", "»", "”", '"'}:
        earlier = stretch_before(vocabulary, tokens, first - 1, mention.sign > 0)
        found = role(vocabulary, sentence, earlier) if earlier else None
        definite = earlier and straight(tokens[earlier[0]].text) in vocabulary.determiners or any(
            tokens[n].text in {"'s", "’s"} for n in earlier
        )
        if found and definite and not found.plural and vocabulary.holds(vocabulary.persons | vocabulary.bodies, found.head):
            yield found
    if follows in {",", "("}:
        yield from appositions(vocabulary, sentence, last + 2, mention)
    yield from copulas(vocabulary, sentence, mention.place.token)


def led_by_subject(index: Index, vocabulary: Vocabulary, mention: Mention) -> bool:
    """Return whether a name begins its sentence, or ends a noun phrase that is a subject.

    The parser often hangs such a name elsewhere: « L'analyste du ministère | Ada Orsk a dit ».
    """
    tokens = index.reading.sentences[mention.place.sentence].tokens
    first = next((n for n, t in enumerate(tokens) if t.start >= mention.span[0]), 0)
    if first == 0:
        return mention.sign > 0 and not mention.possessive and not mention.modifier
    return any(
        tokens[n].dep.startswith("nsubj") for n in stretch_before(vocabulary, tokens, first, mention.sign > 0)
    )


def stretch_before(vocabulary: Vocabulary, tokens: Sequence[Token], at: int, person: bool) -> list[int]:
    """Return the tokens of the noun phrase that ends right before a token, none where there is none.

    Of « la visite du ministre des Transports | Ada Orsk » the office is meant, not the visit: what begins
    with the nearest noun for a person, or for a body where the name is one's.
    """
    n = at - 1
    if n < 0 or tokens[n].stand_in or tokens[n].pos not in {"NOUN", "PROPN", "ADJ", "X"} or tokens[n].text in {"'s", "’s"}:
        return []
    while n >= 0 and n > at - REACH and not tokens[n].stand_in:
        named = vocabulary.holds(vocabulary.persons, tokens[n].text)
        if tokens[n].pos not in PHRASE and tokens[n].text not in {"'s", "’s"} and not named:
            break
        n -= 1
    members = list(range(n + 1, at))
    while members and tokens[members[0]].pos in {"ADP", "PART"}:
        members.pop(0)
    wanted = vocabulary.persons if person else vocabulary.bodies
    for m in reversed(members):
        if vocabulary.holds(wanted, tokens[m].text, tokens[m].lemma) and tokens[m].pos in NOUNS | {"ADJ", "VERB"}:
            start = m
            while start > members[0] and not (tokens[start - 1].pos == "ADP" or tokens[start].pos == "DET"):
                start -= 1
            return [k for k in members if k >= start]
    return members


def appositions(vocabulary: Vocabulary, sentence: Sentence, at: int, mention: Mention) -> Iterable[Role]:
    """Yield the noun phrases after "Ada Orsk," up to the next comma that isn't an age or another name."""
    tokens = sentence.tokens
    for _ in range(2):
        members = []
        n = at
        while n < len(tokens) and n < at + REACH and tokens[n].pos in PHRASE | {"ADV"} and not tokens[n].stand_in or (
            members and n < len(tokens) and tokens[n].text in {"'s", "’s"}
        ):
            members.append(n)
            n += 1
        content = [m for m in members if tokens[m].pos in NOUNS | {"ADJ"}]
        if content and not tokens[content[0]].stand_in:
            found = role(vocabulary, sentence, members)
            first = tokens[members[0]]
            leads = straight(first.text) in vocabulary.determiners or first.text[0].islower() or first.text[0].isdigit()
            human = found is not None and vocabulary.holds(vocabulary.persons | vocabulary.bodies, found.head)
            linked = any(tokens[m].dep == "appos" and tokens[m].head == mention.place.token for m in members)
            if found and first.pos != "ADP" and ((leads and human) or linked) and not found.plural:
                yield found
                return
        if n < len(tokens) and tokens[n].text in {",", ")"} and members and len(members) < 5:
            at = n + 1
            continue
        return


def copulas(vocabulary: Vocabulary, sentence: Sentence, head: int) -> Iterable[Role]:
    """Yield what a copula says of a subject ("Orsk is head of the agency")."""
    tokens = sentence.tokens
    if tokens[head].dep == "appos":
        head = tokens[head].head
    if tokens[head].dep != "nsubj":
        return
    verb = tokens[head].head
    nouns = [verb] if tokens[verb].pos == "NOUN" and sentence.find(verb, "cop") else []
    if tokens[verb].lemma == "be":
        nouns += [c for c in sentence.find(verb, "xcomp") if tokens[c].pos == "NOUN"]
    for noun in nouns:
        members = [n for n in sentence.subtree(noun) if noun <= n + 6 and n < noun + 8 and n > head]
        known = vocabulary.persons | vocabulary.recalled
        if members and vocabulary.holds(known, tokens[noun].text, tokens[noun].lemma):
            if found := role(vocabulary, sentence, members):
                yield found._replace(head=fold(tokens[noun].lemma))
