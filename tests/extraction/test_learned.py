"""The learned extractor: how labels become spans, and, where the model is installed, what it finds."""

import importlib.util

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord import languages
from onrecord.extraction import learned, marks
from onrecord.extraction.learned import CONTENT, OTHER, SOURCE
from onrecord.extraction.reading import Reading
from onrecord.languages import Language
from onrecord.records import Article
from onrecord.text import cut, paragraphs

WITH_MODEL = pytest.mark.skipif(
    not learned.PLACE.exists() or importlib.util.find_spec("onnxruntime") is None,
    reason="the model or ONNX Runtime is not installed",
)


def sure(labels: list[int], certainty: float = 0.95) -> NDArray[np.float32]:
    """Return log probabilities that give each word its label."""
    rows = np.full((len(labels), 3), np.log((1 - certainty) / 2), np.float32)
    rows[np.arange(len(labels)), labels] = np.log(certainty)
    return rows


def reading(text: str, code: str) -> Reading:
    """Return a text without sentences, as of a language without a parser."""
    language = languages.load(code) if code in languages.known() else Language(code=code, name=code)
    spans = tuple(paragraphs(text))
    quotations = tuple(marks.quotations(text, spans, language.marks))
    return Reading(Article(name="x", text=text, language=code), language, spans, quotations, (), ())


def test_a_single_doubtful_word_does_not_break_a_content() -> None:
    rows = sure([CONTENT] * 4 + [OTHER] + [CONTENT] * 4)
    rows[4] = np.log([0.55, 0.05, 0.40])
    assert learned.stretches(learned.smooth(rows), CONTENT) == [(0, 9)]


def test_a_content_goes_on_behind_its_cue() -> None:
    labels = [CONTENT] * 3 + [OTHER, SOURCE, OTHER, OTHER] + [CONTENT] * 3
    signs = [False, False, False, True, False, False, True, False, False, False]
    link = learned.linked(sure(labels), (5, 6), signs, 0.9)
    assert link is not None
    assert (link.source, link.content) == ((4, 5), ((0, 3), (7, 10)))


def test_nothing_is_reported_without_a_content() -> None:
    assert learned.linked(sure([SOURCE, OTHER, OTHER]), (1, 2), [False] * 3, 0.9) is None
    assert learned.linked(sure([SOURCE, OTHER, CONTENT]), (1, 2), [False, False, True], 0.9) is None


@WITH_MODEL
@pytest.mark.parametrize(
    ("code", "text", "source", "content"),
    [
        (
            "en",
            "The harbour stays closed until Monday, port master Ola Brandt said.",
            "port master Ola Brandt",
            "The harbour stays closed until Monday",
        ),
        (
            "fr",
            "La ministre Jeanne Morvan a déclaré que le pont serait rouvert lundi.",
            "La ministre Jeanne Morvan",
            "le pont serait rouvert lundi",
        ),
        (
            "de",
            "Ministerin Ute Wendt sagte: „Wir bauen die Brücke bis Ostern wieder auf.“",
            "Ministerin Ute Wendt",
            "Wir bauen die Brücke bis Ostern wieder auf",
        ),
    ],
)
def test_what_the_model_finds(code: str, text: str, source: str, content: str) -> None:
    [found] = learned.attribute(reading(text, code))
    assert cut(text, found.source) == source
    assert cut(text, found.content).removeprefix("that ") == content
    assert 0 < found.score <= 1


@WITH_MODEL
@pytest.mark.parametrize(
    "text", ["", "\n\n", "“", "a" * 100_000, '"' * 5_000, "ا" * 3_000 + " 他说 " * 2_000, "\ud800 said"]
)
def test_hostile_text_does_not_raise(text: str) -> None:
    learned.attribute(reading(text, "en"))
