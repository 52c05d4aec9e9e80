"""Days in words: as exact as the value, in both languages."""

from __future__ import annotations

import pytest

from onrecord.errors import UnknownLanguage
from onrecord.writers.days import phrase
from onrecord.writers.wording import wording

from .samples import THURSDAYS

CASES = [
    ("2023-01-22", "Sunday 22 January 2023", "dimanche 22 janvier 2023"),
    ("2023-04-01", "Saturday 1 April 2023", "samedi 1er avril 2023"),
    ("2023-01-23T11:36:09Z", "Monday 23 January 2023", "lundi 23 janvier 2023"),
    ("2023-01", "January 2023", "janvier 2023"),
    ("2023", "2023", "2023"),
    (THURSDAYS, "a Thursday of January 2023", "un jeudi de janvier 2023"),
    (
        "[2023-04-07,2023-04-14,2023-04-21,2023-04-28]",
        "a Friday of April 2023",
        "un vendredi d’avril 2023",
    ),
    # Two Thursdays of five are not "a Thursday of the month".
    (
        "[2023-03-02,2023-03-09]",
        "Thursday 2 March 2023 or Thursday 9 March 2023",
        "jeudi 2 mars 2023 ou jeudi 9 mars 2023",
    ),
    (
        "[2022-12-29,2023-01-05,2023-01-12,2023-01-19]",
        "a Thursday between 29 December 2022 and 19 January 2023",
        "un jeudi entre le 29 décembre 2022 et le 19 janvier 2023",
    ),
    (
        "2023-01-06/2023-01-08",
        "between 6 January 2023 and 8 January 2023",
        "entre le 6 janvier 2023 et le 8 janvier 2023",
    ),
    ("2022-11/2023-01", "between November 2022 and January 2023", "entre novembre 2022 et janvier 2023"),
    ("2008/2012", "between 2008 and 2012", "entre 2008 et 2012"),
    ("0001-01-01", "Monday 1 January 1", "lundi 1er janvier 1"),
    ("last <week>", "last <week>", "last <week>"),
]


@pytest.mark.parametrize(("value", "english", "french"), CASES, ids=[case[0] for case in CASES])
def test_phrase(value: str, english: str, french: str) -> None:
    assert phrase(value, wording("en")) == english
    assert phrase(value, wording("fr-CH")) == french


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    english, french = wording("en"), wording("fr")
    for table in ("days", "counts", "acts", "not_acts", "forms", "kinds", "roles", "furniture", "text"):
        one, other = getattr(english, table), getattr(french, table)
        assert list(one) == list(other), table
        for key in one:
            assert one[key], key
            assert other[key], key
            if isinstance(one[key], str):
                assert _blanks(one[key]) == _blanks(other[key]), key
    for table, size in (("weekdays", 7), ("months", 12), ("of_months", 12), ("short_months", 12)):
        assert len(getattr(english, table)) == len(getattr(french, table)) == size


def _blanks(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}


def test_a_language_without_words_is_told() -> None:
    with pytest.raises(UnknownLanguage, match="known are en, fr"):
        wording("tlh")
