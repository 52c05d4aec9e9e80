"""Descriptions: what the words around a name, or a noun phrase without one, call somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.extraction.mentions import Mention
from onrecord.extraction.words import Index, Vocabulary, straight
from onrecord.parsers import Sentence, Token
from onrecord.text import fold

NOUNS = {"NOUN", "PROPN"}
PHRASE = {"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "X", "SYM", "PART"}
# How many tokens of a noun phrase are read before or after a name.
REACH = 14


class Description(NamedTuple):
    """What somebody is called: the folded ``head`` noun, the other content words, and the gender it tells."""

    head: str
    words: frozenset[str]
    proper: frozenset[str]
    gender: str
    plural: bool
    noun: str
    text: str


def describe(vocabulary: Vocabulary, sentence: Sentence, members: Sequence[int]) -> Description | None:
    """Return what a noun phrase says, None where it has no noun."""
    tokens = sentence.tokens
    held = set(members)
    persons = {
        n for n in members
        if tokens[n].text.lower() in vocabulary.full or vocabulary.holds(vocabulary.persons, tokens[n].text)
    }  # fmt: skip
    nouns = [n for n in members if tokens[n].pos in NOUNS or n in persons]
    if not nouns:
        nouns = [n for n in members if tokens[n].pos in {"ADJ", "NUM"}]
    if not nouns:
        return None
    tops = [n for n in nouns if tokens[n].head not in held or tokens[n].head == n]
    head = next((n for n in tops if not tokens[n].text[0].isupper()), None)
    if head is None:
        head = min(persons, default=(tops or nouns)[0])
    head = compound_head(vocabulary, sentence, head, held)
    noun = tokens[head]
    words, proper = set(), set()
    for n in members:
        token = tokens[n]
        if n == head or (token.pos in {"DET", "ADP", "PUNCT", "PART", "PRON", "CCONJ"} and not token.entity):
            continue
        nation = vocabulary.nation(token.text) if token.pos != "PRON" else ""
        word = fold(nation or token.lemma or token.text)
        words.add(word)
        if nation or token.text[0].isupper():
            proper.add(word)
    article = tokens[members[0]]
    plural = noun.has("Number=Plur") or (article.pos == "DET" and article.has("Number=Plur"))
    gender = gender_of(vocabulary, article, noun)
    text = " ".join(tokens[n].text for n in members)
    called = fold(vocabulary.full.get(noun.text.lower()) or noun.lemma or noun.text).replace(" ", "-")
    for phrase, (office, *usual) in vocabulary.offices:
        if phrase in f" {fold(text)} ":
            called, words = office, (words - set(phrase.split())) | set(usual)
            proper -= set(phrase.split())
    return Description(called, frozenset(words), frozenset(proper), gender, plural, noun.text, text)


def gender_of(vocabulary: Vocabulary, article: Token, noun: Token) -> str:
    """Return the gender, "m", "f" or "", of who is called by a noun after a determiner."""
    if vocabulary.holds(vocabulary.women, noun.text):
        return "f"
    if vocabulary.holds(vocabulary.men, noun.text):
        return "m"
    if not vocabulary.names.elided:
        return ""
    # the determiner tells the gender best; a noun under an elided one may have either (« l'analyste »)
    if straight(article.text).endswith("'"):
        inflected = noun.has("Gender=Fem") and noun.lemma != noun.text.lower() and not noun.has("Number=Plur")
        return "f" if inflected else ""
    teller = noun if article.pos != "DET" else article
    return "f" if teller.has("Gender=Fem") else "m" if teller.has("Gender=Masc") else ""


def compound_head(vocabulary: Vocabulary, sentence: Sentence, head: int, held: set[int]) -> int:
    """Return the next noun where the parser took a modifier for the head ("the press | secretary")."""
    tokens = sentence.tokens
    after = head + 1
    if (
        not vocabulary.names.elided
        and after in held
        and tokens[after].pos == "NOUN"
        and tokens[head].pos in NOUNS
    ):
        return compound_head(vocabulary, sentence, after, held)
    return head


def descriptions(index: Index, vocabulary: Vocabulary, mention: Mention) -> Iterable[Description]:
    """Yield what the words around a name call its bearer: before it, after it in apposition, by a copula."""
    sentence = index.reading.sentences[mention.place.sentence]
    tokens = sentence.tokens
    inside = [
        n for n, t in enumerate(tokens) if mention.span[0] <= t.start < mention.span[1] and not t.stand_in
    ]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    before = stretch_before(vocabulary, tokens, first, mention.sign > 0)
    body = False
    if before and (found := describe(vocabulary, sentence, before)):
        body = vocabulary.holds(vocabulary.bodies | vocabulary.recalled, found.head)
        yield found
    comma = first > 1 and tokens[first - 1].text == ","
    follows = tokens[last + 1].text if last + 1 < len(tokens) else "."
    if comma and not before and follows in {",", ".", ";", ":", "(", ")", "»", "”", '"'}:
        earlier = stretch_before(vocabulary, tokens, first - 1, mention.sign > 0)
        found = describe(vocabulary, sentence, earlier) if earlier else None
        # "its director": a possessive may be read as a pronoun
        led = {straight(tokens[n].text) for k in earlier[:1] for n in (k, max(0, k - 1))}
        definite = led & vocabulary.determiners or any(tokens[n].text in {"'s", "’s"} for n in earlier)
        if (
            found
            and definite
            and not found.plural
            and vocabulary.holds(vocabulary.persons | vocabulary.bodies, found.head)
        ):
            yield found
    if follows in {",", "("} and not mention.placed:
        # « la chaîne Orsk, le ministre a dit », "in Vell, the minister said": the minister is somebody else
        for found in appositions(vocabulary, sentence, last + 2, mention):
            if not (body and vocabulary.holds(vocabulary.persons, found.head)):
                yield found
    yield from copulas(vocabulary, sentence, mention.place.token)


def led_by_subject(index: Index, vocabulary: Vocabulary, mention: Mention) -> bool:
    """Return whether a name begins its sentence, or ends a noun phrase that is a subject.

    The parser often hangs such a name elsewhere: « L'analyste du ministère | Ada Orsk a dit ».
    """
    tokens = index.reading.sentences[mention.place.sentence].tokens
    first = next((n for n, t in enumerate(tokens) if t.start >= mention.span[0]), 0)
    after = next((t for t in tokens[first:] if t.start >= mention.span[1]), None)
    if first and tokens[first - 1].text == "," and after is not None and after.pos in {"AUX", "VERB"}:
        # « Devant l'assemblée, Ada Orsk a dit », whatever the parser hangs the name on
        return mention.sign > 0
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
    if (
        n < 0
        or tokens[n].stand_in
        or tokens[n].pos not in {"NOUN", "PROPN", "ADJ", "X"}
        or tokens[n].text in {"'s", "’s"}
    ):
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
        if vocabulary.holds(wanted, tokens[m].text, tokens[m].lemma) and tokens[m].pos in NOUNS | {
            "ADJ",
            "VERB",
        }:
            start = m
            while start > members[0] and not (tokens[start - 1].pos == "ADP" or tokens[start].pos == "DET"):
                start -= 1
            return [k for k in members if k >= start]
    return members


def appositions(
    vocabulary: Vocabulary, sentence: Sentence, at: int, mention: Mention
) -> Iterable[Description]:
    """Yield the noun phrases after "Ada Orsk," up to the next comma that isn't an age or another name."""
    tokens = sentence.tokens
    for _ in range(2):
        members: list[int] = []
        n = at
        while (
            n < len(tokens)
            and n < at + REACH
            and tokens[n].pos in PHRASE | {"ADV"}
            and not tokens[n].stand_in
        ) or (members and n < len(tokens) and tokens[n].text in {"'s", "’s"}):
            members.append(n)
            n += 1
        content = [m for m in members if tokens[m].pos in NOUNS | {"ADJ"}]
        if content and not tokens[content[0]].stand_in:
            found = describe(vocabulary, sentence, members)
            first = tokens[members[0]]
            leads = (
                straight(first.text) in vocabulary.determiners
                or first.text[0].islower()
                or first.text[0].isdigit()
            )
            human = found is not None and vocabulary.holds(vocabulary.persons | vocabulary.bodies, found.head)
            linked = any(tokens[m].dep == "appos" and tokens[m].head == mention.place.token for m in members)
            # « le maire Ivo Orsk, le juge Ada Vell et »: the judge is named herself
            named = max((m for m in members if tokens[m].entity != "PER"), default=members[-1])
            own = named < members[-1] and tokens[named].pos != "ADP" and not mention.possessive
            if (
                found
                and not own
                and first.pos != "ADP"
                and ((leads and human) or linked)
                and not found.plural
            ):
                yield found
                return
        if n < len(tokens) and tokens[n].text in {",", ")"} and members and len(members) < 5:
            at = n + 1
            continue
        return


def copulas(vocabulary: Vocabulary, sentence: Sentence, head: int) -> Iterable[Description]:
    """Yield what a copula says of a subject ("Orsk is head of the agency")."""
    tokens = sentence.tokens
    if tokens[head].dep == "appos":
        head = tokens[head].head
    if tokens[head].dep != "nsubj":
        return
    verb = tokens[head].head
    nouns = [verb] if tokens[verb].pos == "NOUN" and sentence.find(verb, "cop") else []
    if tokens[verb].pos == "AUX":
        nouns += [c for c in sentence.find(verb, "xcomp") if tokens[c].pos == "NOUN"]
    for noun in nouns:
        members = [n for n in sentence.subtree(noun) if noun <= n + 6 and n < noun + 8 and n > head]
        known = vocabulary.persons | vocabulary.recalled
        told = members and vocabulary.holds(known, tokens[noun].text, tokens[noun].lemma)
        if told and (found := describe(vocabulary, sentence, members)):
            yield found._replace(head=fold(tokens[noun].lemma))
