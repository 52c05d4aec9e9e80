"""The rules on cases: what is joined, floats, is led in or passed on, and turns of a dialogue."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord import languages, parsers
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading, read
from onrecord.extraction.rules import attribute, best, clusters
from onrecord.records import Article
from onrecord.text import cut

CASES = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))["case"]


def reading(text: str, language: str) -> Reading:
    article = Article(name="case", text=text, language=language)
    return read(article, languages.load(language), parsers.load(language))


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
    found = attribute(reading(text, case["language"]))
    told = [[*(cut(text, spans) for spans in (a.content, a.cue, a.source)), a.evidence] for a in found]
    assert told == case["found"]


def test_what_floats_and_what_is_verbatim_says_so() -> None:
    [floating] = attribute(reading("Ana Melo points at the wall. “It was white once.”", "en"))
    turns = attribute(reading("MELO: It will hold.\nORSK: It leaks.\nMELO: No.", "en"))
    assert (floating.floating, floating.verbatim, floating.score < 0.75) == (True, False, True)
    assert {(a.floating, a.verbatim) for a in turns} == {(False, True)}


def saying(start: int, end: int, score: float = 1.0) -> Attribution:
    return Attribution(content=((start, end),), score=score)


def test_of_two_contents_that_are_nearly_one_the_surer_is_kept() -> None:
    sure, doubtful = saying(0, 100, 0.9), saying(5, 100, 0.5)
    assert best([doubtful, sure]) == [sure]


def test_one_inside_another_is_kept_beside_it() -> None:
    outer, inner = saying(0, 100, 0.9), saying(50, 100, 0.5)
    assert best([outer, inner]) == [outer, inner]


def test_only_what_overlaps_is_compared() -> None:
    apart = [saying(200, 300), saying(0, 50), saying(40, 90), saying(90, 120)]
    groups = [[a.content[0] for a in group] for group in clusters(apart)]
    assert groups == [[(0, 50), (40, 90)], [(90, 120)], [(200, 300)]]
