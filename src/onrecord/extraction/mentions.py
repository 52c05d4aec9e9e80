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
from onrecord.records import Span
from onrecord.text import fold

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-‐‑&.][^\W_]+)*(?:['’](?=[sS]\b))?")
_AGE = re.compile(r",\s*(?:\(?\d{2}\b|âgée?\b|aged\b)")
_SENTENCE_END = re.compile(r"(?:^|[.!?…:;»”\"\n•–—-])[\s«“\"'‘(]*$")
# The letters that stand for a name, in brackets after it: "World Potato Agency (WPA)".
LETTERS = re.compile(r"\s?\(\s?([A-ZÀ-Þ][A-Za-zÀ-þ.&-]{1,9})\s?\)")
BLANKS = {" ", "\u00a0", "\u202f"}
WRITTEN = {"NOUN", "PROPN", "ADJ", "X", "SYM", "NUM"}


class Word(NamedTuple):
    """A word of the text; ``capital`` where it can be part of a name."""

    start: int
    end: int
    text: str
    capital: bool


class Mention(NamedTuple):
    """A name as written.

    ``words`` are its words folded, ``title`` what stands before it in capitals ("Foreign Minister"),
    ``gender`` what its title tells ("m", "f", ""). ``sign`` is how much speaks for a person here, above 0,
    or against, below. ``possessive`` where it is somebody's ("Orsk's"), ``modifier`` where a noun follows
    ("the Orsk plan"), ``determined`` where an article stands before it.
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


def find(index: Index, vocabulary: Vocabulary) -> list[Mention]:
    """Return the names in an article, in order."""
    found: list[Mention] = []
    text = index.reading.text
    for paragraph in index.reading.paragraphs:
        words = [w for w in split(text, paragraph, vocabulary) if w.start < w.end]
        capitals = sum(w.capital for w in words)
        shouted = len(words) > 3 and capitals > 0.7 * len(words)
        for run in runs(text, words, vocabulary):
            if run := beheaded(index, vocabulary, run):
                mention = describe(index, vocabulary, run, shouted)
                if mention is not None:
                    found.append(mention)
    return found


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


def beheaded(index: Index, vocabulary: Vocabulary, run: list[Word]) -> list[Word]:
    """Return a run without the first word where that has its capital from its place in the sentence only."""
    first = run[0]
    if not _SENTENCE_END.search(index.reading.text[max(0, first.start - 6) : first.start]):
        return run
    if vocabulary.civil.get(first.text.lower()) is not None:
        return run
    places = index.within((first.start, first.end))
    tokens = [index.token(place) for place in places]
    lower = straight(first.text)
    common = lower in vocabulary.determiners or any(
        t.pos in {"DET", "PRON", "ADP", "ADV", "CCONJ", "SCONJ", "AUX", "INTJ"} or (t.pos == "VERB" and not t.entity)
        for t in tokens[:1]
    )
    named = any(t.entity or t.pos == "PROPN" for t in tokens)
    alone = len(run) == 1 and not named and any(t.pos in {"NOUN", "ADJ", "NUM"} for t in tokens)
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
    if at >= len(run):
        return None
    start, end = run[at].start, grown(index, run[-1])
    places = index.within((start, end))
    if not places:
        return None
    sentence = index.reading.sentences[places[0].sentence]
    inside = [p.token for p in places if p.sentence == places[0].sentence]
    head = next((n for n in inside if sentence.tokens[n].head not in inside or sentence.tokens[n].head == n), inside[0])
    tokens = [sentence.tokens[n] for n in inside]
    before = index.number(run[0].start) - 1
    left = index.token(index.places[before]) if before >= 0 and index.ends[before] > run[0].start - 3 else None
    after = index.number(end)
    follows = index.token(index.places[after]) if after < len(index.places) and index.starts[after] <= end + 1 else None
    possessive = text[end : end + 2] in {"'s", "’s"} or (text[end - 1] == "s" and text[end : end + 2] in {"' ", "’ "})
    determined = left is not None and straight(left.text) in vocabulary.definite
    words = tuple(fold(text[start:end]).split())
    if not words:
        return None
    if determined and not titled and left is not None and left.has("Number=Sing"):
        gender = "f" if left.has("Gender=Fem") else "m" if left.has("Gender=Masc") else ""
    entities = [t.entity for t in tokens if t.entity]
    entity = max(sorted(set(entities)), key=entities.count) if entities else ""
    if shouted and not titled and entity != "PER":
        return None
    sign = {"PER": 1.0, "ORG": -0.5, "LOC": -1.0, "NORP": -1.0, "MISC": -0.2}.get(entity, 0.0)
    sign += 3.0 * titled - 1.5 * (determined and not titled) + 2.0 * bool(_AGE.match(text, end))
    sign += 0.5 * (len([w for w in run[at:] if w.capital]) > 1)
    written = [w.text for w in run[at:]]
    sign -= 4.0 * (any(vocabulary.holds(vocabulary.bodies, w) for w in written[1:]) or words[0] in vocabulary.bodies)
    sign -= 1.5 * any(len(w) > 1 and w.isupper() and len(w) < 7 for w in written) * (not shouted)
    subject = any(sentence.tokens[n].dep in {"nsubj", "nsubj:pass"} for n in inside)
    modifier = follows is not None and follows.pos in {"NOUN", "PROPN"} and not possessive and follows.head != head
    return Mention(
        (start, end), words, text[run[0].start : start].strip(), gender, sign, Place(places[0].sentence, head),
        entity, subject, possessive, modifier, determined,
    )  # fmt: skip


def grown(index: Index, last: Word) -> int:
    """Return where a name ends that goes on in lower case, as the parser says (« les Nations unies »)."""
    after = index.number(last.start)
    if after >= len(index.places) or index.token(index.places[after]).entity not in {"ORG", "LOC"}:
        return last.end
    end, sentence = last.end, index.places[after].sentence
    for n in range(after + 1, min(after + 9, len(index.places))):
        token = index.token(index.places[n])
        if index.places[n].sentence != sentence or not token.entity or token.entity_starts or token.start > end + 1:
            break
        end = max(end, token.end)
    return end


def untitled(index: Index, vocabulary: Vocabulary, run: list[Word]) -> tuple[int, str, bool]:
    """Return where the name begins in a run, the gender its title tells, and whether there is a title.

    Before an office stand adjectives and places ("North Korean Foreign Minister Ri"), after it a domain
    ("Secretary of State Ada Orsk"): of the latter the parser may know where the person begins.
    """
    at, gender, titled = 0, "", False
    while at < len(run) and (told := vocabulary.civil.get(run[at].text.lower())) is not None:
        at, gender, titled = at + 1, told or gender, True
    offices = [n for n, w in enumerate(run) if n >= at and w.capital and vocabulary.holds(vocabulary.titles, w.text)]
    bodies = [n for n, w in enumerate(run) if vocabulary.holds(vocabulary.bodies, w.text)]
    if offices and (offices[-1] < len(run) - 1 or offices[0] <= 3) and not (bodies and bodies[-1] > offices[-1]):
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
