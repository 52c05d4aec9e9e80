"""Languages that have no rules: a direct and an indirect statement, by the learned model."""

from __future__ import annotations

import pytest

from onrecord import Article, extract

CASES = {
    "de": (
        "„Die Brücke wird vor dem Winter wieder geöffnet“, sagte Bürgermeisterin Marta Ilvane am Montag. "
        "Der Direktor, Anton Lisk, erklärte, dass zwei Stationen im Juni schließen würden.",
        "Die Brücke wird vor dem Winter wieder geöffnet",
        "zwei Stationen im Juni schließen würden",
        "Anton Lisk",
    ),
    "es": (
        "«El puente se reabrirá antes del invierno», dijo la alcaldesa Marta Ilvane el lunes. "
        "El director, Anton Lisk, afirmó que dos unidades cerrarían en junio.",
        "El puente se reabrirá antes del invierno",
        "dos unidades cerrarían en junio",
        "Anton Lisk",
    ),
    "it": (
        "«Il ponte riaprirà prima dell’inverno», ha detto la sindaca Marta Ilvane lunedì. "
        "Il direttore, Anton Lisk, ha annunciato che due reparti chiuderanno a giugno.",
        "Il ponte riaprirà prima dell’inverno",
        "due reparti chiuderanno a giugno",
        "Anton Lisk",
    ),
    "pt": (
        "“A ponte vai reabrir antes do inverno”, disse a prefeita Marta Ilvane na segunda-feira. "
        "O diretor, Anton Lisk, afirmou que duas unidades fechariam em junho.",
        "A ponte vai reabrir antes do inverno",
        "duas unidades fechariam em junho",
        "Anton Lisk",
    ),
    "ru": (
        "«Мост откроется до зимы», — заявила мэр Марта Ильване в понедельник. "
        "Директор Антон Лиск сообщил, что два отделения закроются в июне.",
        "Мост откроется до зимы",
        "два отделения закроются в июне",
        "Антон Лиск",
    ),
    "uk": (
        "«Міст відкриється до зими», — заявила мерка Марта Ільване в понеділок. "
        "Директор Антон Ліск повідомив, що два відділення закриються в червні.",
        "Міст відкриється до зими",
        "два відділення закриються в червні",
        "Антон Ліск",
    ),
}


@pytest.mark.parametrize("language", CASES)
def test_direct_and_indirect(language: str) -> None:
    text, quoted, reported, speaker = CASES[language]
    found = extract(Article(name="made up", text=text, language=language))
    assert [s.form for s in found] == ["direct", "indirect"]
    assert text[slice(*found[0].content[0])] == quoted
    assert text[slice(*found[1].content[0])].endswith(reported)
    assert found[1].speaker.endswith(speaker)
    assert all(s.cue and s.source for s in found)
