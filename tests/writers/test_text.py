"""Text for the terminal: complete without colour, and nothing in it moves the cursor."""

from __future__ import annotations

import io

import pytest

from onrecord.errors import UnknownLanguage
from onrecord.records import Article, Statement
from onrecord.writers import text

from .samples import COURRIER, FERRY, HERALD, make_record

RECORD = make_record()


def statements_of(article: Article) -> list[Statement]:
    return {a.id: s for a, s in RECORD.coverage}[article.id]


def test_an_article_is_shown_with_its_statements_marked() -> None:
    shown = text.mark_article(COURRIER, statements_of(COURRIER), "fr").plain
    assert (
        "« ⟦5 Madame Castaing nous a dit : “⟦6 Vous aurez votre mot à dire.⟧” Nous attendons toujours⟧ »"
        in shown
    )
    assert "  4 Pavel Zorin n’a PAS nié ni exclu [n’a pas exclu] · paraphrase" in shown
    assert "dans une autre déclaration" in shown
    unmarked = shown
    for number in range(1, 8):
        unmarked = unmarked.replace(f"⟦{number} ", "")
    assert COURRIER.text in unmarked.replace("⟧", "")


def test_a_statement_in_pieces_has_its_number_at_each() -> None:
    shown = text.mark_article(HERALD, statements_of(HERALD)).plain
    assert "“⟦3 The wall⟧”, she added, “⟦3 will not stand another winter.⟧”" in shown


def test_statements_are_listed_with_quotation_marks_only_for_quotations() -> None:
    listed = text.list_statements(FERRY, statements_of(FERRY)).plain
    assert "“We got the roster we asked for" in listed
    assert "“it had threatened" not in listed
    assert "between 6 January 2023 and 8 January 2023" in listed
    assert "day not given; reported Monday 9 January 2023" in listed
    assert "Speaker not known denied or ruled out" in listed


def test_a_speaker_is_listed_over_articles_in_the_order_of_the_view() -> None:
    speaker = RECORD.speakers[0]
    listed = text.list_speaker(speaker, RECORD.coverage).plain
    assert listed.startswith("Irène Castaing · person\nAlso written: Irene Castaing, إيرين كاستان")
    assert listed.count("\n\n") == len(speaker.statements)
    assert "Zorin" not in listed
    assert "a Thursday of January 2023" in listed
    assert "passed on by: l’Agence des Crêtes" in listed


def test_an_article_is_shown_with_the_roles_and_no_name_twice() -> None:
    shown = text.mark_article(COURRIER, statements_of(COURRIER)).plain
    assert "    named here as: la ministre · through: dans un message sur Murmure" in shown
    bare = Article(name="notes", text="“No”, she said.", language="en")
    assert text.mark_article(bare, []).plain.count("notes") == 1


def test_everybody_is_a_line_each() -> None:
    listed = text.list_speakers(RECORD.speakers, 2).plain.splitlines()
    assert listed[0] == (
        "Irène Castaing · person · 13 statements · Also written: Irene Castaing, إيرين كاستان"
    )
    assert len(listed) == len(RECORD.speakers) + 1
    assert listed[-1] == "2 statements have no known speaker"
    assert text.list_speakers([], 0).plain == "No statement was found."


@pytest.mark.parametrize("width", [40, 80])
def test_lines_fit_and_hang_below_their_entry(width: int) -> None:
    listed = text.list_speaker(RECORD.speakers[0], RECORD.coverage)
    wrapped = text.wrap(listed, width).plain
    assert max(map(len, wrapped.splitlines())) <= width
    assert wrapped.split() == listed.plain.split()
    entries = wrapped.split("\n\n")[1:]
    for entry in entries:
        first, *rest = entry.splitlines()
        assert first[:4].strip().isdigit()
        assert all(line.startswith("    ") and not line.startswith("     ") for line in rest)


def test_controls_are_shown_not_sent() -> None:
    article = Article(
        name="x\x1b]0;owned\x07", text="He said “a\x1b[2J\x9b31mb\r”.", language="en", outlet="[red]o[/red]"
    )
    statement = Statement(
        article_id=article.id, by="t", content=((9, 19),), form="direct", speaker="[bold]\x1b[31mHe"
    )
    out = io.StringIO()
    text.write(out, [(article, [statement])])
    shown = out.getvalue() + text.mark_article(article, [statement]).plain
    assert not {c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160} - {"\n", "\r"}
    assert "\r" not in out.getvalue()
    assert "␛[2J" in shown
    assert "[bold]" in shown  # no markup is read in it
    assert "[red]o[/red]" in shown


def test_write_tells_every_article() -> None:
    out = io.BytesIO()
    assert text.write(out, RECORD.coverage, "fr") == len(RECORD.statements)
    written = out.getvalue().decode("utf-8")
    assert all(article.title in written for article in RECORD.articles)
    assert "\x1b" not in written


def test_an_article_without_statements_says_so() -> None:
    assert "No statement was found." in text.list_statements(FERRY, []).plain
    with pytest.raises(UnknownLanguage):
        text.list_statements(FERRY, [], "tlh")
