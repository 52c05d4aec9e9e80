"""Dates: the table of dates.txt, and what holds for every expression and value."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import dates
from onrecord.dates import edtf
from onrecord.errors import InvalidDate
from onrecord.languages import load

LANGUAGES = ("en", "fr")


def cases() -> list[tuple[str, ...]]:
    lines = (Path(__file__).parent / "dates.txt").read_text("utf-8").splitlines()
    return [tuple(part.strip() for part in line.split("|")) for line in lines if line and line[0] != "#"]


def read(language: str, published: str, tense: dates.Tense, text: str) -> list[str]:
    """Return what is found, each with its value; the last value is what "la veille" counts from."""
    found, reference = [], ""
    for expression in dates.find(text, load(language)):
        value = dates.resolve(expression, published, tense, reference)
        found.append(f"{text[expression.start : expression.end]} = {value}".strip())
        reference = value or reference
    return found


@pytest.mark.parametrize(("language", "published", "tense", "text", "expected"), cases())
def test_case(language: str, published: str, tense: dates.Tense, text: str, expected: str) -> None:
    assert read(language, published, tense, text) == [each.strip() for each in expected.split(" ; ") if each]


def test_there_are_cases_of_both_languages() -> None:
    assert len(cases()) >= 120
    assert {case[0] for case in cases()} == set(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_are_those_of_cldr(code: str) -> None:
    data = load(code).dates
    months, days = get_month_names("wide", locale=code), get_day_names("wide", locale=code)
    assert [entry.split("|")[0] for entry in data.months] == [months[n] for n in range(1, 13)]
    assert [entry.split("|")[0] for entry in data.weekdays] == [days[n] for n in range(7)]


def test_an_empty_language_still_reads_iso_dates() -> None:
    from onrecord.languages import Language

    text = "Valmire, 2023-01-23"
    found = list(dates.find(text, Language(code="xx", name="none")))
    assert [dates.resolve(each, "", "past") for each in found] == ["2023-01-23"]


days = st.dates()
tenses = st.sampled_from(["past", "future"])
values = st.one_of(
    days.map(dt.date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    days.map(lambda day: f"{day}T23:59:59Z"),
    st.tuples(days, days).map(lambda pair: f"{min(pair)}/{max(pair)}"),
    st.tuples(days, days).map(lambda pair: f"[{pair[0]},{pair[1]}]"),
)
words = [
    "jeudi", "hier", "demain", "la veille", "le 29 février", "le 23 janvier", "mardi 20 janvier", "en mars",
    "du 12 au 14 mars", "de mars à mai 2022", "il y a 999 ans", "il y a 3 heures", "dans deux mois", "11h36",
    "ce week-end", "cette semaine", "lundi dernier", "le mois prochain", "de jeudi à samedi", "0001-01-01",
    "le 1er janvier 2023 à 24h", "de 2012 à 2008", "31/12/2023", "99/99/2023", "le jeudi 31", "2023-13-01",
]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(words), min_size=1, max_size=8).map(" ; ".join),
    values,
    st.sampled_from(["past", "future"]),
)
def test_resolve_gives_a_valid_value_or_none(text: str, published: str, tense: dates.Tense) -> None:
    for expression in dates.find(text, load("fr")):
        value = dates.resolve(expression, published, tense, published)
        assert value == "" or dates.valid(value)


@settings(deadline=None)
@given(st.text(), st.text(), st.sampled_from(LANGUAGES))
def test_nothing_raises_on_any_text(text: str, published: str, language: str) -> None:
    reached = 0
    for expression in dates.find(text + " jeudi", load(language)):
        assert reached <= expression.start < expression.end <= len(text) + 6
        reached = expression.end
        value = dates.resolve(expression, published, "past", published)
        assert value == "" or dates.valid(value)


@settings(deadline=None)
@given(st.sampled_from(words), days, tenses)
def test_a_vaguer_article_never_gives_a_more_exact_day(text: str, day: dt.date, tense: dates.Tense) -> None:
    # What the article's month supports agrees with what its day supports, or says less, but for weekdays and
    # days of the month, which are looked for in the month itself.
    for expression in dates.find(text, load("fr")):
        sharp = dates.resolve(expression, day.isoformat(), tense)
        vague = dates.resolve(expression, day.isoformat()[:7], tense)
        if sharp and vague and (expression.unit and expression.steps):
            assert dates.coincide(sharp, vague)
            first, last = dates.span(sharp)
            assert dates.span(vague)[0] <= first
            assert last <= dates.span(vague)[1]


@settings(deadline=None)
@given(days, st.sampled_from(["lundi", "jeudi", "dimanche"]))
def test_the_past_lies_before_and_the_future_after(day: dt.date, text: str) -> None:
    [expression] = dates.find(text, load("fr"))
    past, future = (dates.resolve(expression, day.isoformat(), tense) for tense in ("past", "future"))
    if past:
        assert dt.timedelta(0) <= day - dates.span(past)[0] < dt.timedelta(7)
    if future:
        assert dt.timedelta(0) <= dates.span(future)[0] - day < dt.timedelta(7)


@settings(deadline=None)
@given(st.lists(st.tuples(days, days).map(lambda pair: (min(pair), max(pair))), min_size=1, max_size=9))
def test_compose_spans_what_it_is_given(stretches: list[edtf.Stretch]) -> None:
    value = edtf.compose(stretches)
    assert dates.valid(value)
    first, last = dates.span(value)
    # Many pieces are written as the month or year around them, so the span may be wider, never narrower.
    assert first <= min(start for start, _ in stretches)
    assert last >= max(end for _, end in stretches)


@pytest.mark.parametrize(
    "value",
    [
        "", "hier", "2023-13", "2023-02-30", "2023-1-1", "2023-01-01T25:00Z", "2023-01T11:36Z", "2012/2008",
        "[]", "[2023-01-05,]", "2023/2024/2025", "0000", "2023-01-01T11:36:09Z ", "２０２３",
        "[" + "2023," * 200 + "2023]",
    ],
)  # fmt: skip
def test_not_edtf(value: str) -> None:
    assert not dates.valid(value)
    assert not dates.exact(value)
    with pytest.raises(InvalidDate):
        dates.span(value)


@pytest.mark.parametrize(
    ("value", "first", "last", "is_exact"),
    [
        ("2023", "2023-01-01", "2023-12-31", False),
        ("9999-12", "9999-12-01", "9999-12-31", False),
        ("2024-02", "2024-02-01", "2024-02-29", False),
        ("2023-01-22", "2023-01-22", "2023-01-22", True),
        ("2023-01-23T11:36+05:30", "2023-01-23", "2023-01-23", True),
        ("2008/2012", "2008-01-01", "2012-12-31", False),
        ("[2023-01-26,2023-01-05]", "2023-01-05", "2023-01-26", False),
        ("[2022-12-31..2023-01-30]", "2022-12-31", "2023-01-30", False),
    ],
)
def test_span(value: str, first: str, last: str, is_exact: bool) -> None:
    assert dates.valid(value)
    assert [day.isoformat() for day in dates.span(value)] == [first, last]
    assert dates.exact(value) is is_exact
