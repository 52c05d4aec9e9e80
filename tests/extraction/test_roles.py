"""Roles: cases as data, and properties that hold whatever the spans are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import languages, parsers
from onrecord.extraction import reading, roles
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading
from onrecord.records import ACTS, Article, Spans
from onrecord.text import cut

PUBLISHED = "2023-01-23"  # a Monday
MARKUP = re.compile(r"[{}<>\[\]]")
LINES = [
    line
    for line in Path(__file__).with_name("roles.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(language: str, text: str) -> Reading:
    article = Article(name="case", text=text, language=language, published=PUBLISHED)
    return reading.read(article, languages.load(language), parsers.load(language))


def attribute(language: str, marked: str) -> tuple[Reading, Attribution]:
    """Return the reading and the attribution of a text whose spans are marked."""
    found: dict[str, list[tuple[int, int]]] = {"{": [], "<": [], "[": []}
    opened: list[tuple[str, int]] = []
    text = ""
    for part in re.split(r"([{}<>\[\]])", marked):
        if not MARKUP.fullmatch(part):
            text += part
        elif part in found:
            opened.append((part, len(text)))
        else:
            mark, start = opened.pop()
            found[mark].append((start, len(text)))
    article = read(language, text)
    cue = tuple(found["<"])
    places = [
        (token.pos == "VERB", number, index)
        for number, sentence in enumerate(article.sentences)
        for index, token in enumerate(sentence.tokens)
        if not token.stand_in and any(start <= token.start and token.end <= end for start, end in cue)
    ]
    _, number, index = max(places)
    lemma = article.sentences[number].tokens[index].lemma
    act = cue_act(article, lemma)
    return article, Attribution(
        tuple(found["{"]), cue, tuple(found["["]), number, index, lemma=lemma, act=act
    )


def cue_act(article: Reading, lemma: str) -> str:
    """Return the one act that the lexicon gives a verb, "" where it gives none or several."""
    acts = {cue.act for cue in article.language.cues if lemma in cue.verbs}
    return acts.pop() if len(acts) == 1 else ""


@pytest.mark.parametrize("line", LINES)
def test_case(line: str) -> None:
    language, marked, expected = (part.strip() for part in line.split(" |"))
    article, attribution = attribute(language, marked)
    found = roles.complete(article, attribution)._asdict()
    wanted: dict[str, object] = {"act": "state", "negated": False}
    for pair in filter(None, expected.split(" ; ")):
        role, _, words = pair.partition(" = ")
        wanted[role] = words or True
    got = {
        role: cut(article.text, value) if isinstance(value, tuple) else value
        for role, value in found.items()
        if value or role in {"act", "negated"}
    }
    assert got == wanted


def test_every_case_is_of_a_known_language() -> None:
    assert {line.split(" | ")[0] for line in LINES} == {"fr", "en"}


def test_without_a_cue_there_is_an_act_only() -> None:
    article = read("fr", "« Les habitants doivent partir », dit-on lundi dans un communiqué.")
    assert roles.complete(article, Attribution(((2, 30),))) == roles.Roles(act="demand")


def test_a_day_that_the_text_last_spoke_of() -> None:
    text = "Le pont a fermé jeudi. La veille, la mairie a dit que le pont était vieux."
    article = read("fr", text)
    token = next(i for i, t in enumerate(article.sentences[1].tokens) if t.text == "dit")
    start = text.index("le pont était")
    found = roles.complete(
        article, Attribution(((start, len(text) - 1),), ((40, 45),), ((32, 41),), 1, token, lemma="dire")
    )
    assert (cut(text, found.time), found.said) == ("La veille", "2023-01-18")


def test_patterns_of_what_is_said_compile_and_name_acts() -> None:
    for code in languages.known():
        for act, pattern in languages.load(code).roles.voiced:
            assert act in ACTS
            re.compile(pattern)


TEXT = (
    "Lundi, la ministre a dit à Odile Ternac, dans un communiqué, que le pont est vieux, selon l'AFP. "
    "« Il faut partir ! », lui a demandé le maire au cours d'une réunion à Valmire jeudi."
)


@pytest.fixture(scope="module")
def article() -> Reading:
    return read("fr", TEXT)


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    bounds = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=6)))
    return tuple(zip(bounds[::2], bounds[1::2], strict=False))


@settings(max_examples=300, deadline=None)
@given(spans(), spans(), spans(), st.integers(-3, 9), st.integers(-3, 60), st.sampled_from(["", *ACTS]))
def test_any_spans_do(
    article: Reading, content: Spans, cue: Spans, source: Spans, sentence: int, token: int, act: str
) -> None:
    found = roles.complete(article, Attribution(content, cue, source, sentence, token, act=act))
    assert found == roles.complete(article, Attribution(content, cue, source, sentence, token, act=act))
    for pieces in (found.addressee, found.channel, found.time, found.relay):
        for start, end in pieces:
            assert 0 <= start < end <= len(TEXT)
            assert all(end <= s or e <= start for s, e in content)
    assert found.act in ACTS
    assert bool(found.said) <= bool(found.time)
