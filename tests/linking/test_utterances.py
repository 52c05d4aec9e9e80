"""Which statements report one act of saying: invented sayings, a reason a row."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.speakers import decide as decide_speakers
from onrecord.linking.speakers import speakers
from onrecord.linking.utterances import decide, utterances
from onrecord.records import Article, Decision, Statement

BY = "onrecord 0.1.0"


def cover(*rows):
    """Make one article with one statement from each row (language, day, said, speaker, kind, content)."""
    articles, statements = [], []
    for number, (language, day, said, speaker, kind, content) in enumerate(rows):
        article = Article(name=f"art{number}", text=f"— {content} —", language=language, published=day)
        articles.append(article)
        statements.append(
            Statement(
                article_id=article.id,
                by="test",
                content=((2, 2 + len(content)),),
                form="indirect",
                said=said,
                speaker=speaker,
                speaker_kind=kind,
            )
        )
    return articles, statements


def quote(article, start, end):
    return Statement(
        article_id=article.id,
        by="test",
        content=((start, end),),
        form="direct",
        speaker="Jana Orlik",
        speaker_kind="person",
    )


def view(articles, statements, extra=()):
    found = speakers(articles, statements, decide_speakers(articles, statements, BY))
    return utterances(statements, [*decide(articles, statements, found, BY), *extra])


def orlik(content, language="en", day="2023-01-23", said=""):
    return (language, day, said, "Jana Orlik", "person", content)


def official(content, name="an official"):
    return ("en", "2023-01-23", "", name, "anonymous", content)


SAYING = "The port of Velmar will stay closed until every ferry has been searched"
ONE = [
    (orlik(SAYING), orlik(SAYING), "the same words"),
    (orlik(SAYING), orlik("the port of Velmar will stay closed"), "cut"),
    (orlik(SAYING), orlik("the port would be closed until all ferries are searched"), "paraphrased"),
    (orlik(SAYING, day="2023-01-23"), orlik(SAYING, day="2023-01"), "a day in the month"),
    (orlik(SAYING, said="2023-01-22"), orlik(SAYING, day="2023-01-24"), "reported two days later"),
    (orlik(SAYING, said="2023-01-22"), orlik(SAYING, said="2023-01-23"), "a day off, by the time zone"),
    (orlik(SAYING, day=""), orlik(SAYING), "a day that isn't known"),
    (
        orlik("Velmar spent 1,200 million dollars on 47 ferries from Norway"),
        orlik("Velmar a dépensé 1 200 millions de dollars pour 47 ferries de Norvège", "fr"),
        "numbers and names in two languages",
    ),
    (official(SAYING), official(SAYING, "a person in the port"), "unnamed speakers, the same words"),
    (official(SAYING), orlik(SAYING), "one outlet doesn't name the speaker"),
]
TWO = [
    (orlik(SAYING), orlik("The island of Drel has no doctor left, and the winter is long"), "other words"),
    (orlik(SAYING), orlik("The port will need two ferries from Drel"), "a few words in common"),
    (orlik(SAYING, day="2023-01-23"), orlik(SAYING, day="2023-02-23"), "said again a month later"),
    (orlik(SAYING, said="2023-01-22"), orlik(SAYING, said="2023-01-25"), "said again three days later"),
    (orlik(SAYING), ("en", "2023-01-23", "", "Petr Drel", "person", SAYING), "another speaker"),
    (
        orlik("Velmar spent 1,200 million dollars on 47 ferries from Norway"),
        orlik("Velmar a dépensé 900 millions de dollars pour 31 ferries de Norvège", "fr"),
        "other numbers in two languages",
    ),
    (orlik("The harbour is shut"), orlik("Le port est fermé", "fr"), "nothing to hold on to"),
    (official(SAYING), official("the port of Velmar would be closed"), "unnamed speakers, some of the words"),
]


@pytest.mark.parametrize(("a", "b", "reason"), ONE)
def test_one_utterance(a, b, reason):
    articles, statements = cover(a, b)
    (found,) = view(articles, statements)
    assert found.statements == tuple(sorted(s.id for s in statements)), reason


@pytest.mark.parametrize(("a", "b", "reason"), TWO)
def test_two_utterances(a, b, reason):
    assert view(*cover(a, b)) == (), reason


def test_statements_of_one_article_are_no_utterance():
    article = Article(name="art", text=f"{SAYING}. {SAYING}.", language="en")
    spans = [(0, len(SAYING)), (len(SAYING) + 2, 2 * len(SAYING) + 2)]
    statements = [quote(article, *span) for span in spans]
    assert view([article], statements) == ()
    a, b = sorted(s.id for s in statements)
    by_hand = Decision(kind="utterance", a=a, b=b, same=True, by="person: Ida")
    assert view([article], statements, [by_hand]) == ()


def test_across_languages_only_the_best_counts():
    rows = [
        orlik("Velmar spent 1,200 million dollars on 47 ferries from Norway"),
        orlik("Velmar a dépensé 1 200 millions de dollars pour 47 ferries de Norvège", "fr"),
    ]
    articles, statements = cover(*rows)
    text = articles[1].text + " Velmar veut 47 ferries de Norvège"
    french = Article(name="fr", text=text, language="fr", published="2023-01-23")
    near, far = (
        quote(french, 2, len(articles[1].text) - 2),
        quote(french, len(articles[1].text) + 1, len(text)),
    )
    (found,) = view([articles[0], french], [statements[0], near, far])
    assert set(found.statements) == {statements[0].id, near.id}


def test_a_decision_explains_itself_and_a_person_parts():
    articles, statements = cover(ONE[0][0], ONE[0][1])
    found = speakers(articles, statements, decide_speakers(articles, statements, BY))
    (decision,) = decide(articles, statements, found, BY)
    assert decision.same
    assert decision.score == 1
    assert "words in a row" in decision.evidence
    parting = Decision(kind="utterance", a=decision.a, b=decision.b, same=False, by="person: Ida")
    assert utterances(statements, [decision, parting]) == ()
    back = msgspec.structs.replace(parting, withdraws=parting.id)
    assert utterances(statements, [decision, parting, back]) == utterances(statements, [decision])


ROWS = st.lists(st.sampled_from([row for a, b, _ in ONE + TWO for row in (a, b)]), max_size=8)


@settings(max_examples=60)
@given(ROWS, st.randoms())
def test_the_order_is_no_matter_and_utterances_are_disjoint(rows, random):
    articles, statements = cover(*rows)
    expected = view(articles, statements)
    shuffled, mixed = list(articles), list(statements)
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert view(shuffled, mixed) == expected
    of = {s.id: s.article_id for s in statements}
    members = [one for utterance in expected for one in utterance.statements]
    assert len(members) == len(set(members))
    assert all(len({of[one] for one in utterance.statements}) > 1 for utterance in expected)
