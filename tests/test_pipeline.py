"""The stages in their order, where no other test goes through them: what is compared with what."""

from __future__ import annotations

from itertools import combinations

import pytest

from onrecord import pipeline
from onrecord.records import Article, Statement, Utterance
from onrecord.store import Record


def told(record: Record, number: int, language: str) -> str:
    """Add an article in which somebody says "We stay", and return the statement's id."""
    article = Article(name=f"{language}{number}", language=language, text="“We stay”, he said.")
    statement = Statement(article_id=article.id, by="t", content=((1, 8),), form="direct")
    record.add(article, [statement])
    return statement.id


@pytest.mark.parametrize("many", [3, pipeline.VERSIONS, pipeline.VERSIONS + 1])
def test_versions_are_compared_within_a_language(many):
    with Record(":memory:") as record:
        english = [told(record, n, "en-GB" if n else "en") for n in range(many)]
        french = [told(record, n, "fr") for n in range(2)]
        utterance = Utterance(id="u", statements=(french[0], *english, french[1]))
        found = [(c.a, c.b) for c in pipeline.comparisons(record, [utterance])]
    pairs = (
        list(combinations(english, 2))
        if many <= pipeline.VERSIONS
        else [(english[0], e) for e in english[1:]]
    )
    assert sorted(found) == sorted([*pairs, (french[0], french[1])])


def test_who_by_a_word_of_a_role_where_it_is_nobodys_name():
    article = Article(name="a", language="en", text="“We stay”, the harbour warden said.")
    statement = Statement(
        article_id=article.id, by="t", content=((1, 8),), form="direct", source=((11, 29),),
        speaker="the harbour warden", speaker_kind="anonymous",
    )  # fmt: skip
    with Record(":memory:") as record:
        record.add(article, [statement])
        assert [s.name for s in pipeline.who(record, "Warden")] == ["the harbour warden"]
        assert pipeline.who(record, "lighthouse warden") == ()
