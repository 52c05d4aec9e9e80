"""Reading: what stands in for quotations, where sentences end, and the way back to the article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import languages, parsers
from onrecord.extraction.reading import Reading, read
from onrecord.records import Article, Furniture


def reading(text: str, language: str = "en", furniture: tuple[Furniture, ...] = ()) -> Reading:
    article = Article(name="made up", text=text, language=language, furniture=furniture)
    return read(article, languages.load(language), parsers.load(language))


def sentences(found: Reading) -> list[str]:
    """Return the sentences with a hash where a quotation is read as one word, > before those inside one."""
    return [
        "> " * (quotation is not None) + " ".join("#" if t.stand_in else t.text for t in sentence.tokens)
        for sentence, quotation in zip(found.sentences, found.inside, strict=True)
    ]


SENTENCES = [
    (
        "a quotation that is a sentence is one word of the sentence around it",
        "en",
        "“We will rebuild it,” said Ana Melo.",
        ["“ # ” said Ana Melo .", "> We will rebuild it ,"],
    ),
    (
        "a word or two inside a clause are read with it",
        "en",
        "He called it “a whim” and left.",
        ["He called it “ a whim ” and left ."],
    ),
    (
        "so are longer ones up to nine words",
        "en",
        "He hopes “the gates of the dam will hold” until May.",
        ["He hopes “ the gates of the dam will hold ” until May ."],
    ),
    (
        "a longer one is one word wherever it stands",
        "en",
        "He hopes “the old gates of the dam will hold for once” until May.",
        ["He hopes “ # ” until May .", "> the old gates of the dam will hold for once"],
    ),
    (
        "sentences inside a quotation end no sentence around it",
        "fr",
        "« Oui. Non. Jamais », dit-elle. Puis elle part.",
        ["« # » , dit -elle .", "> Oui .", "> Non .", "> Jamais", "Puis elle part ."],
    ),
    (
        "a hyphen and a title end no sentence",
        "fr",
        "Le Royaume-Uni enverra des chars. M. Orsk est parti.",
        ["Le Royaume - Uni enverra des chars .", "M. Orsk est parti ."],
    ),
    (
        "paragraphs end sentences, with or without a full stop",
        "en",
        "No deal yet\nThe strike goes on.",
        ["No deal yet", "The strike goes on ."],
    ),
    (
        "a headline in capitals is read in small letters",
        "en",
        "PORT STRIKE ENDS AFTER TALKS\nThe strike is over.",
        ["port strike ends after talks", "The strike is over ."],
    ),
    (
        "a name in capitals is not",
        "fr",
        "L’OTAN\nElle attend.",
        ["L’ OTAN", "Elle attend ."],
    ),
    (
        "a quotation left open is a sentence of its own",
        "en",
        "She said: “One more.\n“And two,” and left.",
        ["She said : “ #", "> One more .", "“ # ” and left .", "> And two ,"],
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES]
)
def test_sentences(language: str, text: str, expected: list[str]) -> None:
    assert sentences(reading(text, language)) == expected


def test_date_lines_are_not_read() -> None:
    text = "23 January 2031\nRain fell. Updated at noon It stopped."
    found = reading(text, "en", (Furniture(0, 15, "dateline"), Furniture(27, 42, "dateline")))
    assert [text[slice(*p)] for p in found.paragraphs] == ["Rain fell.", "It stopped."]
    assert sentences(found) == ["Rain fell .", "It stopped ."]


def test_headlines_are_read_and_the_title_said_again_is_not() -> None:
    text = "Dam to close, says Orsk\nRain fell."
    assert len(reading(text, "en", (Furniture(0, 23, "headline"),)).sentences) == 2
    assert len(reading(text, "en", (Furniture(0, 23, "title"),)).sentences) == 1


def test_a_stand_in_covers_what_it_stands_for() -> None:
    text = "“We will rebuild it,” said Ana Melo."
    [token] = [t for t in reading(text).sentences[0].tokens if t.stand_in]
    assert text[token.start : token.end] == "We will rebuild it,"


def test_questions_that_a_reading_answers() -> None:
    text = "“One day,” he said.\n“Two ‘small days’ more,” she said. “Three days.”"
    found = reading(text)
    assert [text[slice(*q.inner)] for q in found.outermost] == [
        "One day,",
        "Two ‘small days’ more,",
        "Three days.",
    ]
    assert [found.paragraph(i) for i in (0, text.index("\n"), text.index("Two"), len(text))] == [0, 0, 1, 1]
    both = found.quoted((text.index("said"), text.index("small")))
    assert [text[slice(*q.inner)] for q in both] == ["Two ‘small days’ more,"]
    assert found.next_quotation(text.index("she")) == found.outermost[2]
    assert found.next_quotation(len(text)) is None


WORDS = st.sampled_from(
    ["Ana Melo", "said", "a déclaré", "«", "»", "“", "”", '"', " ", ", ", ". ", ": ", "\n", "\n\n", "l’",
     "Orsk", "Le Royaume-Uni", "É", "E\u0301", "ﬁn", "İ", "ẞ", "👩\u200d🚒", "مرحبا", "\u200f", "\u200b",
     "\x00", "LA GRÈVE EST FINIE", "STRAẞE", "x" * 90, "…", "?!", "\u2028", "\t"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25).map("".join), st.sampled_from(["fr", "en"]))
def test_every_token_is_the_text_that_it_says(text: str, language: str) -> None:
    found = reading(text, language)
    last = 0
    for sentence, quotation in zip(found.sentences, found.inside, strict=True):
        assert sentence.span[0] >= last
        last = sentence.span[0]
        for index, token in enumerate(sentence.tokens):
            piece = text[token.start : token.end]
            # A word that touches a quotation's mark may be one token with what stands in for the quotation.
            replaced = token.stand_in or any(token.start < b[0] < token.end for b in found.blocks)
            assert replaced or token.text in {piece, piece.lower()}
            assert 0 <= token.head < len(sentence.tokens)
            assert index == 0 or sentence.tokens[index - 1].end <= token.start
            if quotation:
                assert quotation.inner[0] <= token.start < token.end <= quotation.inner[1]
    read_twice = [t.start for s in found.sentences for t in s.tokens if not t.stand_in]
    assert len(set(read_twice)) == len(read_twice)
