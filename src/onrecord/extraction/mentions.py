"""Mentions: where an article names somebody or something, and what stands around each name.

Names are found by their capitals; what the parser says of them is one sign among others, since it errs on
names from all over the world. A title or office before a name ("Foreign Minister Ada Orsk", « Mme Orsk »)
isn't part of it, but tells what it names.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.extraction.runs import Word, beheaded, family_names, parted, persons_only, runs, split
from onrecord.extraction.words import Index, Place, Vocabulary, straight
from onrecord.parsers import Sentence, Token
from onrecord.records import Span
from onrecord.text import fold

_AGE = re.compile(r",\s*\(?\d{2}\b")
# The letters that stand for a name, in brackets after it: "World Potato Agency (WPA)".
LETTERS = re.compile(r"\s?\(\s?([A-ZÀ-Þ][A-Za-zÀ-þ.&-]{1,9})\s?\)")
_LIST = re.compile(r"\s*(?:,|,? \w{1,3})\s+")
_INNER = re.compile(r"(?<=[a-zà-ÿ,] )([^\W\d_a-zà-ÿ]\w+)")


class Mention(NamedTuple):
    """A name as written.

    ``words`` are its words folded ("Orsk-Adler" is one, "orsk adler"), ``title`` what stands before it in
    capitals ("Foreign Minister"),
    ``gender`` what its title tells ("m", "f", ""). ``sign`` is how much speaks for a person here, above 0,
    or against, below. ``possessive`` where it is somebody's ("Orsk's"), ``modifier`` where a noun follows
    ("the Orsk plan"), ``determined`` where an article stands before it, ``shouted`` in a headline
    of which all words have capitals, ``placed`` where what stands before it is followed by a place or a body
    ("in Vell", "the mayor of Vell").
    """

    span: Span
    words: tuple[str, ...]
    title: str
    gender: str
    sign: float
    place: Place
    entity: str
    subject: bool
    possessive: bool
    modifier: bool
    determined: bool
    shouted: bool
    placed: bool


def find(index: Index, vocabulary: Vocabulary) -> list[Mention]:
    """Return the names in an article, in order."""
    found: list[Mention] = []
    text = index.reading.text
    surnames = family_names(index)
    paragraphs = [
        [w for w in split(text, p, vocabulary) if w.start < w.end] for p in index.reading.paragraphs
    ]
    headlines = [len(words) > 3 and sum(w.capital for w in words) > 0.7 * len(words) for words in paragraphs]
    known = {
        w for p, shouted in zip(index.reading.paragraphs, headlines, strict=True) if not shouted
        for w in _INNER.findall(text, *p)
    }  # fmt: skip
    for words, shouted in zip(paragraphs, headlines, strict=True):
        for whole in runs(text, words, vocabulary):
            for run in (
                [persons_only(index, whole)] if shouted else parted(index, vocabulary, whole, surnames)
            ):
                kept = beheaded(index, vocabulary, run, known, surnames) if run else []
                mention = describe(index, vocabulary, kept, shouted) if kept else None
                if mention is not None:
                    found.append(mention)
    return unlisted(text, found)


def unlisted(text: str, found: list[Mention]) -> list[Mention]:
    """Return mentions with those that are members of a list no longer subjects by themselves."""
    listed: set[int] = set()
    for n in range(1, len(found)):
        if _LIST.fullmatch(text, found[n - 1].span[1], found[n].span[0]):
            listed |= {n - 1, n}
    return [m._replace(subject=False) if n in listed else m for n, m in enumerate(found)]


def describe(index: Index, vocabulary: Vocabulary, run: list[Word], shouted: bool) -> Mention | None:
    """Return a run of words as a mention, None where it's a title without a name, a day or a number."""
    text = index.reading.text
    at, gender, titled = untitled(index, vocabulary, run)
    # "The Orsk Times": the article is no part of the name
    article = at < len(run) - 1 and run[at].text.lower() in vocabulary.joints - vocabulary.particles
    at += article
    if at >= len(run) or not run[at].capital:
        return None
    start, end = run[at].start, grown(index, run[-1])
    places = index.within((start, end))
    if not places:
        return None
    sentence = index.reading.sentences[places[0].sentence]
    inside = [p.token for p in places if p.sentence == places[0].sentence]
    heads = [n for n in inside if sentence.tokens[n].head not in inside or sentence.tokens[n].head == n]
    head = heads[0] if heads else inside[0]
    tokens = [sentence.tokens[n] for n in inside]
    entity, subject = entity_of(tokens), is_subject(sentence, head)
    words = tuple(filter(None, (fold(word) for word in text[start:end].split())))
    known = " ".join(words)
    month = known in vocabulary.months and not subject and entity != "PER"
    month = month or (known in vocabulary.short_dates and text[end : end + 1] in {",", "."})
    number = all(t.pos in {"NUM", "PUNCT", "SYM"} for t in tokens)
    headline = shouted and not titled and entity != "PER"
    if not words or known in vocabulary.days | vocabulary.closed or month or number or headline:
        return None
    left, follows = neighbours(index, run[0].start, end)
    possessive = text[end : end + 2] in {"'s", "’s"} or text[end - 1 : end + 2] in {"s' ", "s’ "}
    led = left is not None and straight(left.text) in vocabulary.definite
    if left is not None and led and not (article or titled) and entity != "PER" and left.has("Number=Sing"):
        gender = "f" if left.has("Gender=Fem") else "m" if left.has("Gender=Masc") else ""
    noun = follows is not None and follows.pos in {"NOUN", "PROPN"} and follows.head != head
    sign = 3.0 * titled - 1.5 * ((article or led) and not titled) + 2.0 * bool(_AGE.match(text, end))
    placed = not titled and stands_for_place(index, vocabulary, run[0].start, len(words))
    return Mention(
        (start, end), words, text[run[0].start : start].strip(), gender,
        sign + look(vocabulary, run[at:], words, entity, shouted), Place(places[0].sentence, head),
        entity, subject, possessive, noun and not possessive, article or led, shouted, placed,
    )  # fmt: skip


def stands_for_place(index: Index, vocabulary: Vocabulary, start: int, size: int) -> bool:
    """Return whether the words before a name are followed by a place, or a body, and not by a person.

    "In Vell", « À Vell, », "the mayor of Vell Motors"; not "in Ada Orsk's view".
    """
    n = index.number(start) - 1
    if n < 0 or index.ends[n] < start - 2:
        return False
    left = index.token(index.places[n])
    word = straight(left.text)
    if word in vocabulary.names.within:
        return size == 1
    before = index.token(index.places[n - 1]) if n and index.ends[n - 1] >= left.start - 2 else None
    if before is None or word not in vocabulary.of or before.stand_in:
        return False
    return vocabulary.holds(vocabulary.heading, before.text)


def neighbours(index: Index, start: int, end: int) -> tuple[Token | None, Token | None]:
    """Return the tokens right before and right after a stretch, None where there is none."""
    before, after = index.number(start) - 1, index.number(end)
    left = index.token(index.places[before]) if before >= 0 and index.ends[before] > start - 3 else None
    close = after < len(index.places) and index.starts[after] <= end + 1
    return left, index.token(index.places[after]) if close else None


def look(words: Vocabulary, run: list[Word], name: tuple[str, ...], entity: str, shouted: bool) -> float:
    """Return how much a name looks like a person's, by its words and by what the parser holds it for."""
    sign = {"PER": 1.0, "ORG": -0.3, "LOC": -1.0, "NORP": -1.0}.get(entity, 0.0)
    sign += (2.0 if entity == "PER" else 0.5) * (sum(w.capital for w in run) > 1)
    inner = any(words.holds(words.bodies, w.text) or w.text.lower() in words.firms for w in run[1:])
    sign -= 4.0 * (inner or name[0] in words.bodies)
    letters = any(1 < len(w.text) < 7 and w.text.isupper() for w in run)
    return sign - 1.5 * (letters and not shouted)


def entity_of(tokens: list[Token]) -> str:
    """Return what the parser holds most of some tokens for."""
    entities = [t.entity for t in tokens if t.entity]
    return max(sorted(set(entities)), key=entities.count) if entities else ""


def is_subject(sentence: Sentence, n: int) -> bool:
    """Return whether a token is a subject, or stands in apposition to one."""
    for _ in range(4):
        token = sentence.tokens[n]
        if token.dep in {"nsubj", "nsubj:pass"}:
            return True
        if token.dep.split(":")[0] not in {"appos", "flat", "compound"} or token.head == n:
            return False
        n = token.head
    return False


def grown(index: Index, last: Word) -> int:
    """Return where a name ends that goes on in lower case, as the parser says (« les Nations unies »)."""
    after = index.number(last.start)
    if after >= len(index.places) or index.token(index.places[after]).entity not in {"ORG", "LOC"}:
        return last.end
    end, sentence = last.end, index.places[after].sentence
    for n in range(after + 1, min(after + 9, len(index.places))):
        token = index.token(index.places[n])
        if (
            index.places[n].sentence != sentence
            or not token.entity
            or token.entity_starts
            or token.start > last.end + 1
        ):
            break
        if not token.text[0].islower() or token.pos == "CCONJ":
            break
        if token.pos in {"ADJ", "NOUN", "VERB", "PROPN"}:
            end = token.end
        elif token.pos not in {"ADP", "DET"}:
            break
        last = last._replace(end=token.end)
    return end


def untitled(index: Index, vocabulary: Vocabulary, run: list[Word]) -> tuple[int, str, bool]:
    """Return where the name begins in a run, the gender its title tells, and whether there is a title.

    Before an office stand adjectives and places ("North Korean Foreign Minister Ri"), after it a domain
    ("Secretary of State Ada Orsk"): of the latter the parser may know where the person begins.
    """
    at, gender, titled = 0, "", False
    while at < len(run) and (told := vocabulary.civil.get(run[at].text.lower())) is not None:
        at, gender, titled = at + 1, told or gender, True
    offices = [
        n for n, w in enumerate(run) if n >= at and w.capital and vocabulary.holds(vocabulary.titles, w.text)
    ]
    bodies = [n for n, w in enumerate(run) if vocabulary.holds(vocabulary.bodies, w.text)]
    if (
        offices
        and (offices[-1] < len(run) - 1 or offices[0] <= 3)
        and not (bodies and bodies[-1] > offices[-1])
    ):
        at, titled = offices[-1] + 1, True
        if at < len(run) and not run[at].capital:
            people = [
                n for n in range(at, len(run))
                if any(index.token(p).entity == "PER" for p in index.within((run[n].start, run[n].end)))
            ]  # fmt: skip
            at = people[0] if people else max(at + 1, len(run) - 2)
        women = any(vocabulary.holds(vocabulary.women, w.text) for w in run[:at])
        men = any(vocabulary.holds(vocabulary.men, w.text) for w in run[:at])
        gender = gender or ("f" if women else "m" if men else "")
        told = vocabulary.civil.get(run[at].text.lower()) if at < len(run) else None
        if told is not None:
            at, gender = at + 1, told or gender
    while 0 < at < len(run) and not run[at].capital:
        at += 1
    if not titled and len(run) - at > 2 and not bodies:
        # « le président de Russie Ada Orsk », "Russian Ada Orsk"
        told_by = index.within((run[at].start, run[at].end))
        apart = not any(index.token(p).entity == "ORG" for p in told_by)
        if apart and vocabulary.nation(run[at].text) and run[at + 1].capital:
            at += 1
    return at, gender, titled
