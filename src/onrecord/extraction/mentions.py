"""Mentions: where an article names somebody or something, and what stands around each name.

Names are found by their capitals; what the parser says of them is one sign among others, since it errs on
names from all over the world. A title or office before a name ("Foreign Minister Ada Orsk", « Mme Orsk »)
isn't part of it, but tells what it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.extraction.words import Index, Place, Vocabulary, straight
from onrecord.parsers import Sentence, Token
from onrecord.records import Span
from onrecord.text import fold

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-‐‑&.][^\W_]+)*(?:['’](?=[sS]\b))?")
_AGE = re.compile(r",\s*\(?\d{2}\b")
_SENTENCE_END = re.compile(r"(?:^|[.!?…:;»”\"\n•–—-])[\s«“\"'‘(]*$")
# The letters that stand for a name, in brackets after it: "World Potato Agency (WPA)".
LETTERS = re.compile(r"\s?\(\s?([A-ZÀ-Þ][A-Za-zÀ-þ.&-]{1,9})\s?\)")
_DOMAIN = re.compile(r"(\w+) (?:de la |de l['’]|du |des |de |d['’])$")
_LIST = re.compile(r"\s*(?:,|,? \w{1,3})\s+")
_INNER = re.compile(r"(?<=[a-zà-ÿ,] )([^\W\d_a-zà-ÿ]\w+)")
BLANKS = {" ", "\u00a0", "\u202f"}
FUNCTION = {"DET", "PRON", "ADP", "ADV", "CCONJ", "SCONJ", "AUX", "INTJ"}


class Word(NamedTuple):
    """A word of the text; ``capital`` where it can be part of a name."""

    start: int
    end: int
    text: str
    capital: bool


class Mention(NamedTuple):
    """A name as written.

    ``words`` are its words folded ("Orsk-Adler" is one, "orsk adler"), ``title`` what stands before it in
    capitals ("Foreign Minister"),
    ``gender`` what its title tells ("m", "f", ""). ``sign`` is how much speaks for a person here, above 0,
    or against, below. ``possessive`` where it is somebody's ("Orsk's"), ``modifier`` where a noun follows
    ("the Orsk plan"), ``determined`` where an article stands before it, ``shouted`` in a headline
    of which all words have capitals.
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


def persons_only(index: Index, run: list[Word]) -> list[Word]:
    """Return the words of a headline's run that the parser holds for a person's."""
    return [w for w in run if any(index.token(p).entity == "PER" for p in index.within((w.start, w.end)))]


def begins_person(index: Index, left: Word, word: Word) -> bool:
    """Return whether the parser has a place or body end at one word, and a person begin at the next."""
    before, after = index.within((left.start, left.end)), index.within((word.start, word.end))
    if not before or not after:
        return False
    one, other = index.token(before[-1]), index.token(after[0])
    return one.entity in {"LOC", "ORG"} and other.entity == "PER" and other.entity_starts


def domain(text: str, vocabulary: Vocabulary, word: Word) -> bool:
    """Return whether a word is what an office or body is for: « la ministre de la Mer | Ada Orsk »."""
    before = _DOMAIN.search(text, max(0, word.start - 40), word.start)
    return before is not None and vocabulary.holds(vocabulary.titles | vocabulary.bodies, before[1])


def parted(
    index: Index, vocabulary: Vocabulary, run: list[Word], surnames: frozenset[str]
) -> Iterator[list[Word]]:
    """Yield a run in parts: before a person after a joint (« la thèse d'Orsk »), between two countries."""
    begin = 0
    for n in range(1, len(run)):
        word, left = run[n], run[n - 1]
        apart = False
        if word.capital and left.capital:
            both = f"{left.text} {word.text}"
            seats = all(vocabulary.seat(w.text) for w in (left, word)) and not vocabulary.seat(both)
            titled = any(vocabulary.holds(vocabulary.titles, w.text) for w in run[begin:n])
            apart = seats or (not titled and begins_person(index, left, word))
            apart = apart or (n == 1 and len(run) > 2 and domain(index.reading.text, vocabulary, left))
        elif word.capital and n > 1:
            places = index.within((left.start, word.end))
            named = [index.token(p) for p in places]
            starts = (
                len(named) > 1
                and not named[0].entity
                and named[-1].entity == "PER"
                and named[-1].entity_starts
            )
            apart = starts or (n == len(run) - 1 and word.text in surnames and n - begin > 1)
        if apart:
            part = run[begin:n]
            while part and not part[-1].capital:
                part = part[:-1]
            yield part
            begin = n
    yield run[begin:]


def family_names(index: Index) -> frozenset[str]:
    """Return the first and last words of what the parser holds for persons' full names."""
    found: set[str] = set()
    for sentence in index.reading.sentences:
        first = last = None
        for token in (*sentence.tokens, None):
            if token is not None and token.entity == "PER" and not token.entity_starts and first is not None:
                last = token
                continue
            if first is not None and last is not None:
                # a name with hyphens is several tokens: what the text has from its last blank
                whole = index.reading.text[first.start : last.end].split()
                found |= {whole[0], whole[-1]} if len(whole) > 1 else set()
            first = token if token is not None and token.entity == "PER" else None
            last = None
    return frozenset(found)


def split(text: str, span: Span, vocabulary: Vocabulary) -> Iterator[Word]:
    """Yield the words of a stretch; an abbreviation keeps its full stop, a possessive loses its s."""
    skip = -1
    for match in _WORD.finditer(text, *span):
        start, end = match.span()
        if start < skip:
            continue
        after = text[end : end + 1]
        word = text[start:end]
        if word[-1] in "'’":
            end -= 1
        elif after in {"'", "’"} and word in {"O", "N", "M", "K"} and text[end + 1 : end + 2].isupper():
            follows = _WORD.match(text, end + 1, span[1])
            end = skip = follows.end() if follows else end
        elif after == "." and (word.lower() + "." in vocabulary.civil or (len(word) == 1 and word.isupper())):
            end += 1
        word = text[start:end]
        yield Word(start, end, word, word[0].isupper())


def runs(text: str, words: list[Word], vocabulary: Vocabulary) -> Iterator[list[Word]]:
    """Yield the longest rows of capitalised words, with the particles and joints between them."""
    n = 0
    while n < len(words):
        if not words[n].capital:
            n += 1
            continue
        run = [words[n]]
        n += 1
        while n < len(words):
            ahead = n
            while ahead < len(words) and ahead < n + 3 and joins(text, words, ahead, vocabulary):
                ahead += 1
            if ahead < len(words) and words[ahead].capital and adjacent(text, words[ahead - 1], words[ahead]):
                run += words[n : ahead + 1]
                n = ahead + 1
            else:
                break
        yield run


def joins(text: str, words: list[Word], n: int, vocabulary: Vocabulary) -> bool:
    """Return whether a word in lower case can stand inside a name, right after the word before it."""
    lower = straight(text[words[n].start : words[n].end + 1]).rstrip()
    known = vocabulary.particles | vocabulary.joints
    return (lower in known or words[n].text in known) and adjacent(text, words[n - 1], words[n])


def adjacent(text: str, left: Word, right: Word) -> bool:
    """Return whether only a blank, or an elision, parts two words."""
    gap = text[left.end : right.start]
    return gap in BLANKS or (gap in {"'", "’"} and not left.capital and len(left.text) <= 2)


def beheaded(
    index: Index, vocabulary: Vocabulary, run: list[Word], known: set[str], surnames: frozenset[str]
) -> list[Word]:
    """Return a run without the first word where that has its capital from its place in the sentence only.

    ``known`` are the words that have one elsewhere in the text, ``surnames`` those known as persons'.
    """
    first = run[0]
    if not _SENTENCE_END.search(index.reading.text[max(0, first.start - 6) : first.start]):
        return run
    if vocabulary.civil.get(first.text.lower()) is not None:
        return run
    places = index.within((first.start, first.end))
    tokens = [index.token(place) for place in places]
    lower = straight(first.text)
    if first.text in surnames and lower not in vocabulary.closed:
        return run
    common = lower in vocabulary.determiners or any(
        t.pos in FUNCTION or (t.pos == "VERB" and not t.entity and first.text not in known)
        for t in tokens[:1]
    )
    named = first.text in known or any(t.entity or t.pos == "PROPN" for t in tokens)
    plain = not named and any(t.pos in {"NOUN", "ADJ", "NUM"} for t in tokens)
    alone = len(run) == 1 and (plain or (first.text not in known and vocabulary.human(first.text)))
    if not common and not alone:
        return run
    rest = run[1:]
    while rest and not rest[0].capital:
        rest = rest[1:]
    return rest


def describe(index: Index, vocabulary: Vocabulary, run: list[Word], shouted: bool) -> Mention | None:
    """Return a run of words as a mention, None where it's a title without a name."""
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
    head = next(
        (n for n in inside if sentence.tokens[n].head not in inside or sentence.tokens[n].head == n),
        inside[0],
    )
    tokens = [sentence.tokens[n] for n in inside]
    if all(t.pos in {"NUM", "PUNCT", "SYM"} for t in tokens):
        return None
    before = index.number(run[0].start) - 1
    left = (
        index.token(index.places[before]) if before >= 0 and index.ends[before] > run[0].start - 3 else None
    )
    after = index.number(end)
    follows = (
        index.token(index.places[after])
        if after < len(index.places) and index.starts[after] <= end + 1
        else None
    )
    possessive = text[end : end + 2] in {"'s", "’s"} or (
        text[end - 1] == "s" and text[end : end + 2] in {"' ", "’ "}
    )
    determined = article or (left is not None and straight(left.text) in vocabulary.definite)
    words = tuple(filter(None, (fold(word) for word in text[start:end].split())))
    month = (
        " ".join(words) in vocabulary.months and not is_subject(sentence, head) and entity_of(tokens) != "PER"
    )
    if (
        not words
        or " ".join(words) in vocabulary.days
        or month
        or (len(words) == 1 and text[start:end].lower() in vocabulary.closed)
    ):
        return None
    if (
        determined
        and not article
        and not titled
        and entity_of(tokens) != "PER"
        and left is not None
        and left.has("Number=Sing")
    ):
        gender = "f" if left.has("Gender=Fem") else "m" if left.has("Gender=Masc") else ""
    entity = entity_of(tokens)
    if shouted and not titled and entity != "PER":
        return None
    sign = {"PER": 1.0, "ORG": -0.3, "LOC": -1.0, "NORP": -1.0}.get(entity, 0.0)
    sign += 3.0 * titled - 1.5 * (determined and not titled) + 2.0 * bool(_AGE.match(text, end))
    sign += (2.0 if entity == "PER" else 0.5) * (len([w for w in run[at:] if w.capital]) > 1)
    written = [w.text for w in run[at:]]
    sign -= 4.0 * (
        any(vocabulary.holds(vocabulary.bodies, w) for w in written[1:]) or words[0] in vocabulary.bodies
    )
    sign -= 1.5 * any(len(w) > 1 and w.isupper() and len(w) < 7 for w in written) * (not shouted)
    subject = is_subject(sentence, head)
    modifier = (
        follows is not None and follows.pos in {"NOUN", "PROPN"} and not possessive and follows.head != head
    )
    before_it = text[run[0].start : start].strip()
    return Mention(
        (start, end), words, before_it, gender, sign, Place(places[0].sentence, head),
        entity, subject, possessive, modifier, determined, shouted,
    )  # fmt: skip


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
