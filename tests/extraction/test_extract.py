"""What holds of everything that is extracted, whatever the text."""

from __future__ import annotations

import pickle
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord import readers, verification
from onrecord.errors import UnknownLanguage
from onrecord.extraction import extract
from onrecord.records import ACTS, FORMS, Article, Statement

COVERAGE = Path(__file__).parents[2] / "examples/coverage"
ROLES = ("content", "cue", "source", "addressee", "channel", "time", "relay")

NAMES = ("Ana Melo", "Mme Orsk", "le ministre", "The mayor", "elle", "they", "l’agence Tavel", "Moscow")
CUES = ("a déclaré", "said", "selon", "according to", "promet de", "told reporters", "n’a pas exclu que",
        "dit-il", "menace de", "denied", "a-t-elle ajouté,", "warned that", "refuse to", "annonce",
        "accuse", "thinks", "lundi", "on Friday", "sur Volubil", "rapporte le Fanal", "MELO:")  # fmt: skip
WORDS = ("Le barrage tiendra", "We will go", "nous partons", "the dam leaks", "que le pont est vieux", "that",
         "“rain”", "et", "1 200 tonnes", "May 3")  # fmt: skip
MARKS = ("« ", " »", "“", "”", '"', "„", "'", "’", "—", "- ", "• ", "(", ")", "[", "…", "?!", ":", ", ", ". ")
ODD = ("\n", "\n\n", "\r\n", "\u2028", "\t", " ", "\u00a0", "\u202f", "\u200b", "\ufeff", "\x00", "\x1b[2J",
       "👩\u200d🚒", "🇫🇷", "مرحبا بالعالم", "\u202eabc\u202c", "e\u0301\u0327", "İ", "ß", "ﬁ", "a" * 300,
       "https://example.org/" + "x" * 60, "1" * 40, "WE SHALL NOT GO THERE")  # fmt: skip

TEXTS = st.one_of(
    st.lists(st.sampled_from((*NAMES, *CUES, *WORDS, *MARKS, " ", " ", " ")), max_size=40).map(" ".join),
    st.lists(st.sampled_from((*NAMES, *CUES, *WORDS, *MARKS, *ODD)), max_size=40).map("".join),
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80),
)


def article(text: str, language: str) -> Article:
    return Article(name="made up", text=text, language=language, published="2031-05-14")


def check(article: Article, statements: tuple[Statement, ...]) -> None:
    """Assert what is promised of the statements of an article."""
    assert verification.verify(article, statements).faults == ()
    assert len({s.id for s in statements}) == len(statements)
    for statement in statements:
        assert statement.content
        assert (statement.form in FORMS, statement.act in ACTS) == (True, True)
        assert 0 <= statement.score <= 1
        assert statement.speaker_kind or not statement.speaker
        for role in ROLES:
            pieces = getattr(statement, role)
            assert all(0 <= start < end <= len(article.text) for start, end in pieces), role
            assert all(before[1] <= after[0] for before, after in pairwise(pieces)), role
    starts = [s.content[0][0] for s in statements]
    assert starts == sorted(starts)


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.sampled_from(["fr", "en"]))
@example("", "fr")
@example("\n\n", "en")
@example("«", "fr")
@example("“”" * 200, "en")
@example("(" * 2_000, "en")
@example("dit-il " * 100, "fr")
@example("He said he said he said he said that that that.", "en")
@example("a" * 5_000, "en")
@example("“" + "we go " * 500 + "”, she said.", "en")
def test_any_text(text: str, language: str) -> None:
    made = article(text, language)
    statements = extract(made, "test")
    check(made, statements)
    assert extract(made, "test") == statements
    assert pickle.loads(pickle.dumps(statements)) == statements


def test_made_up_coverage() -> None:
    found = [item for item in readers.read([COVERAGE]) if isinstance(item, Article)]
    assert len(found) > 10
    for each in found:
        statements = extract(each, "test")
        assert len(statements) > 3
        check(each, statements)


@pytest.mark.parametrize("language", ["fr", "en"])
@settings(max_examples=20, deadline=None)
@given(text=st.lists(st.sampled_from((*NAMES, *CUES, *WORDS, *MARKS)), max_size=20).map(" ".join))
def test_blanks_around_a_text_move_the_statements_and_nothing_else(language: str, text: str) -> None:
    near = extract(article(text, language), "test")
    far = extract(article("\n\n" + text + "\n\n", language), "test")
    assert [tuple((start + 2, end + 2) for start, end in s.content) for s in near] == [s.content for s in far]
    assert [(s.form, s.act, s.speaker, s.negated) for s in near] == [
        (s.form, s.act, s.speaker, s.negated) for s in far
    ]


def test_who_reads_is_told_in_every_statement() -> None:
    statements = extract(article("“We will go,” said Ana Melo. “It is late,” said Rui Orsk.", "en"), "me 1.0")
    assert {s.by for s in statements} == {"me 1.0"}
    assert len(statements) == 2


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(UnknownLanguage):
        extract(article("“Ja,” sagte sie.", "xx"), "test")


def test_half_a_surrogate_pair() -> None:
    made = article("\ud83d “We will go,” said Ana Melo.", "en")
    check(made, extract(made, "test"))


def test_the_end_of_a_very_long_paragraph_is_read() -> None:
    text = "The rain fell on the dam all night. " * 800 + "Ana Melo said that the dam would hold."
    assert [text[slice(*s.content[0])] for s in extract(article(text, "en"), "test")] == [
        "the dam would hold"
    ]


def test_a_cue_does_not_go_over_the_quotation_before_it() -> None:
    long = "the old gate of the dam and the long pipe that the town laid beside it"
    made = article(f"The two causes were “{long},” the Lanthorn reported.", "en")
    check(made, extract(made, "test"))
