"""The head and the furniture of texts: the cases of layouts.toml, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import dates
from onrecord.readers.layout import recognise

CASES = tomllib.loads((Path(__file__).parent / "layouts.toml").read_text("utf-8"))["case"]

LINES = [
    "La jetée emportée", "•  La jetée emportée", "Publié le 23 janvier 2023 à 11h36", "Par Odile Ternac",
    "date 2023-01 La ville dort.", "VALMIRE, 23 janvier (Méridane) — La ville dort.", "La ville dort.",
    "Lire aussi : le phare", "Lire aussi", "LE PORT DE VALMIRE FERME SES QUAIS APRÈS UN MOIS", "", " ", "---",
    "•", "(", "2023-01-23",
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["reason"])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    layout = recognise(text, case["language"])
    assert [[each.kind, text[each.start : each.end]] for each in layout.furniture] == case["furniture"]
    assert (layout.title, layout.published) == (case["title"], case["published"])


def test_a_known_title_is_furniture_from_its_second_mention() -> None:
    text = "La jetée emportée\n\nLA JETÉE EMPORTÉE\n\nLa jetée est tombée dimanche."
    layout = recognise(text, "fr", title="La jetée emportée")
    assert [text[each.start : each.end] for each in layout.furniture] == ["LA JETÉE EMPORTÉE"]


def test_a_title_that_is_given_is_not_looked_for() -> None:
    assert recognise("Une ligne courte\n\nLe texte suit.", "fr", title="Autre chose").title == "Autre chose"


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(LINES) | st.text(max_size=20)).map("\n".join),
    st.sampled_from(["fr", "en", "de", ""]),
)
def test_furniture_lies_in_the_text_in_order(text: str, language: str) -> None:
    layout = recognise(text, language)
    reached = 0
    for each in layout.furniture:
        assert reached <= each.start < each.end <= len(text)
        reached = each.end
    assert layout.published == "" or dates.valid(layout.published)
