"""What two outlets made of one utterance, word by word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.comparison import compare
from onrecord.records import Article, Statement
from onrecord.text import cut, fold


def make(*pieces, language="en", before="— "):
    """Make an article and a statement whose content is the pieces, with a cue between them."""
    text, spans = before, []
    for piece in pieces:
        spans.append((len(text), len(text) + len(piece)))
        text += piece + ", she said, "
    article = Article(name=before + language, text=text, language=language)
    return Statement(article_id=article.id, by="test", content=tuple(spans), form="direct"), article


def read(a, b):
    comparison = compare(*a, *b)
    return [(d.kind, cut(a[1].text, d.a), cut(b[1].text, d.b)) for d in comparison.differences]


CASES = [
    (
        "Never again",
        "never again!",
        [("kept", "Never again", "never again")],
        "case and marks are no difference",
    ),
    ("à l’école", "A l'ecole", [("kept", "à l’école", "A l'ecole")], "nor are accents and apostrophes"),
    (
        "We will not pay",
        "We will pay",
        [("kept", "We will", "We will"), ("cut", "not", ""), ("kept", "pay", "pay")],
        "cut",
    ),
    (
        "They have lost wars",
        "They have [never] lost wars",
        [("kept", "They have", "They have"), ("inserted", "", "never"), ("kept", "lost wars", "lost wars")],
        "inserted",
    ),
    (
        "We need 300 tanks now",
        "We need 30 tanks now",
        [("kept", "We need", "We need"), ("changed", "300", "30"), ("kept", "tanks now", "tanks now")],
        "changed",
    ),
    ("3.5 million", "3,5 million", [("kept", "3.5 million", "3,5 million")], "nor is a point or comma"),
    ("All of it", "Nothing", [("changed", "All of it", "Nothing")], "nothing in common"),
]


@pytest.mark.parametrize(("a", "b", "expected", "reason"), CASES)
def test_differences(a, b, expected, reason):
    assert read(make(a), make(b)) == expected, reason


def test_pieces_are_kept_apart():
    assert read(make("We will", "never pay"), make("We will never pay")) == [
        ("kept", "We will … never pay", "We will never pay")
    ]


def test_kept_is_a_share_of_the_longer_one():
    assert compare(*make("one two three four"), *make("two three")).kept == 0.5


def test_two_languages_are_not_compared_by_words():
    a, b = make("The ferry left"), make("Le ferry est parti", language="fr")
    assert compare(*a, *b).kept == 0
    assert read(a, b) == [("changed", "The ferry left", "Le ferry est parti")]


def test_regions_of_one_language_are_one():
    assert compare(*make("The ferry", language="en-GB"), *make("the ferry", language="en_US")).kept == 1


@pytest.mark.parametrize("content", ["", "…"])
def test_nothing_said(content):
    assert compare(*make(content), *make(content)).differences == ()
    assert read(make(content), make("a ferry")) == [("inserted", "", "a ferry")]


WORDS = st.lists(
    st.sampled_from(["we", "will", "never", "pay", "Drel", "300", "l’île", "…", "—"]), max_size=14
).map(" ".join)
PIECES = st.lists(WORDS, min_size=1, max_size=3)
TURNED = {"cut": "inserted", "inserted": "cut"}


@given(PIECES, PIECES)
def test_turned_around_it_says_the_same(ones, others):
    a, b = make(*ones), make(*others, before="« ")
    there, back = compare(*a, *b), compare(*b, *a)
    assert there.kept == back.kept
    assert [(TURNED.get(d.kind, d.kind), d.b, d.a) for d in there.differences] == [
        (d.kind, d.a, d.b) for d in back.differences
    ]


@given(PIECES, PIECES)
def test_all_words_are_covered_in_order(ones, others):
    a, b = make(*ones), make(*others, before="« ")
    comparison = compare(*a, *b)
    for side, (statement, article) in (("a", a), ("b", b)):
        spans = [span for d in comparison.differences for span in getattr(d, side)]
        assert spans == sorted(spans)
        covered = " ".join(article.text[s:e] for s, e in spans)
        said = " ".join(article.text[s:e] for s, e in statement.content)
        assert re.findall(r"\w+", covered) == re.findall(r"\w+", said)
    for d in comparison.differences:
        same = fold(cut(a[1].text, d.a).replace("…", "")) == fold(cut(b[1].text, d.b).replace("…", ""))
        assert same if d.kind == "kept" else not same


def test_a_huge_content_takes_no_minutes():
    a, b = make("ha " * 6000), make("ha " * 5000 + "no " * 1000)
    assert compare(*a, *b).differences
