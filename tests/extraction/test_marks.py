"""Quotation marks: cases as data, and what holds for any text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.extraction.marks import DOUBLE, Quotation, quotations
from onrecord.languages import Marks
from onrecord.text import paragraphs

CASES = tomllib.loads(Path(__file__).with_name("marks.toml").read_text("utf-8"))["case"]
GERMAN = Marks(pairs=(("„", "“"), ("»", "«")))


def found(text: str, language: str) -> list[Quotation]:
    marks = GERMAN if language == "de" else languages.load(language).marks
    return quotations(text, list(paragraphs(text)), marks)


def parameters() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["reason"],
            marks=[pytest.mark.xfail(strict=True, reason=case["open"])] if "open" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", parameters())
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    by_depth: tuple[list[str], list[str]] = ([], [])
    for quotation in found(text, case["language"]):
        by_depth[quotation.depth].append(text[slice(*quotation.inner)])
    assert by_depth == (case["outer"], case.get("inner", []))


@pytest.mark.parametrize(
    ("text", "opened", "closed"),
    [
        ("“One.”", [True], [True]),
        ("“One.\n“Two.”", [True, True], [False, True]),
        ("“One.\nTwo.\nThree.”", [True, False, False], [False, False, True]),
    ],
)
def test_missing_marks_are_told(text: str, opened: list[bool], closed: list[bool]) -> None:
    quoted = found(text, "en")
    assert ([q.opened for q in quoted], [q.closed for q in quoted]) == (opened, closed)


PIECES = st.sampled_from(
    [*DOUBLE, "‘", "’", "'", " ", "\u00a0", "\n", "a", "Oui", "l’", ".", ",", ":", "(", "—"]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["fr", "en", "de"]))
def test_any_marks(text: str, language: str) -> None:
    quoted = found(text, language)
    assert quoted == found(text, language)
    assert quoted == sorted(quoted, key=lambda q: (q.outer[0], -q.outer[1]))
    lines = list(paragraphs(text))
    for quotation in quoted:
        (start, end), inner = quotation.outer, quotation.inner
        assert start <= inner[0] < inner[1] <= end
        assert any(first <= start and end <= last for first, last in lines)
        assert not quotation.opened or text[start] in DOUBLE + "‘‚‹'’"
        assert not quotation.closed or text[end - 1] in DOUBLE + "’›'‘"
    outer = [q.outer for q in quoted if q.depth == 0]
    assert all(before[1] <= after[0] for before, after in pairwise(outer))
    for quotation in quoted:
        if quotation.depth:
            assert any(s <= quotation.outer[0] and quotation.outer[1] <= e for s, e in outer)
