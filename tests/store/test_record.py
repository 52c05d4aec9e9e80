"""The contract of a record, whatever the database."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.errors import UnknownRecord, UnreadableInput
from onrecord.records import ACTS, FORMS, Article, Decision, Furniture, Spans, Statement
from onrecord.store import Counts, Record

from .adding import BY, coverage, statement
from .conftest import Opener

few = settings(max_examples=40, deadline=None)

ARTICLE = Article(name="pluie", text="« Il pleut », dit Ilda Varo. « Enfin ! »", language="fr", title="Pluie")
RAIN, LAST = statement(ARTICLE, "Il pleut"), statement(ARTICLE, "Enfin !")
OTHER = Article(name="neige", text="« Il neige », dit Ilda Varo.", language="fr")
NEVER = "0" * 16

SAME = Decision(
    kind="speaker", a="1#Ilda Varo", b="2#I. Varo", same=True, by=BY, score=0.8, made="2023-01-23"
)
STORY = Decision(kind="story", a="1", b="2", same=False, by="person: Ana")


# --- adding and reading back ----------------------------------------------------------------------

spans: st.SearchStrategy[Spans] = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3).map(
    tuple
)
furniture = st.builds(
    Furniture, st.integers(0, 99), st.integers(0, 99), st.sampled_from(["dateline", "title", "headline"])
)
articles = st.builds(
    Article,
    **dict.fromkeys(["name", "text", "language", "title", "outlet", "url", "published", "origin"], st.text()),
    furniture=st.lists(furniture, max_size=2).map(tuple),
)
readings = st.builds(
    Statement,
    article_id=st.just(""),
    by=st.sampled_from([BY, "person: Ana"]),
    form=st.sampled_from(FORMS),
    act=st.sampled_from(ACTS),
    speaker_kind=st.sampled_from(["person", "document", ""]),
    **dict.fromkeys(["content", "cue", "source", "addressee", "channel", "time", "relay"], spans),
    **dict.fromkeys(["speaker", "said", "evidence"], st.text()),
    **dict.fromkeys(["negated", "nested"], st.booleans()),
    score=st.floats(0, 1),
)


@few
@given(article=articles, found=st.lists(readings, max_size=3, unique_by=lambda s: s.content))
def test_everything_comes_back_as_it_was(fresh: Opener, article: Article, found: list[Statement]) -> None:
    found = [replace(each, article_id=article.id) for each in found]
    with fresh() as record:
        assert record.add(article, found)
        assert not record.add(article, found)
        assert list(record.articles()) == [article]
        assert record.article(article.id) == article
        assert list(record.statements()) == sorted(found, key=lambda s: s.content)
        assert record.counts() == Counts(1, len(found), 0)


def test_order_is_that_of_adding_over_many_pages(record: Record) -> None:
    made = list(coverage(230))[::-1]
    for article, found in made:
        record.add(article, found)
    assert list(record.articles()) == [article for article, _ in made]
    assert list(record.statements()) == [each for _, found in made for each in found]


def test_statements_come_in_the_order_of_the_text(record: Record) -> None:
    record.add(ARTICLE, [LAST, RAIN])
    assert list(record.statements(ARTICLE.id)) == [RAIN, LAST]


def test_adding_while_reading(record: Record) -> None:
    for article, found in coverage(120):
        record.add(article, found)
    for article in islice(record.articles(), 120):
        record.add(replace(article, name=article.name + " bis"))
    assert record.counts().articles == 240


def test_an_article_read_before_keeps_its_first_row(record: Record) -> None:
    record.add(ARTICLE)
    record.add(replace(ARTICLE, origin="elsewhere"), [RAIN])
    assert record.article(ARTICLE.id).origin == ""
    assert list(record.statements()) == [RAIN]


def test_a_changed_text_is_another_article(record: Record) -> None:
    edited = replace(ARTICLE, text=ARTICLE.text + " Ou non.")
    record.add(ARTICLE, [RAIN])
    assert record.add(edited)
    assert list(record.articles()) == [ARTICLE, edited]


# --- nothing by halves ----------------------------------------------------------------------------


def test_a_statement_of_another_article_is_refused(record: Record) -> None:
    with pytest.raises(UnreadableInput, match=f"article {OTHER.id}: .* cites article {ARTICLE.id}"):
        record.add(OTHER, [RAIN])
    assert record.counts() == Counts(0, 0, 0)


@pytest.mark.parametrize("field", ["name", "text", "title", "url"])
def test_a_lone_surrogate_in_an_article_is_refused(record: Record, field: str) -> None:
    torn = replace(ARTICLE, **{field: "Il pleut \ud83c et neige"})
    with pytest.raises(UnreadableInput, match=f"article {torn.id}: a lone surrogate at character 9"):
        record.add(torn)
    assert record.counts().articles == 0


def test_a_lone_surrogate_in_a_statement_leaves_its_article_out(record: Record) -> None:
    with pytest.raises(UnreadableInput, match="lone surrogate"):
        record.add(ARTICLE, [RAIN, replace(LAST, speaker="\udc80")])
    assert record.counts() == Counts(0, 0, 0)
    assert not record.knows(ARTICLE.id, BY)
    assert record.add(ARTICLE, [RAIN, LAST])


def test_a_lone_surrogate_in_a_decision_is_refused(record: Record) -> None:
    with pytest.raises(UnreadableInput, match="decision: a lone surrogate"):
        record.decide([STORY, replace(SAME, a="\udc80")])
    assert record.counts().decisions == 0


def test_a_score_that_is_no_number_is_refused(record: Record) -> None:
    with pytest.raises(UnreadableInput, match=r"statement\.score"):
        record.add(ARTICLE, [replace(RAIN, score=math.nan)])
    assert record.counts().articles == 0


# --- finding an article ---------------------------------------------------------------------------


def test_an_article_is_found_by_id_name_and_prefix(record: Record) -> None:
    record.add(ARTICLE)
    record.add(OTHER)
    for wanted in (ARTICLE.id, ARTICLE.name, ARTICLE.id[:8]):
        assert record.article(wanted) == ARTICLE


@pytest.mark.parametrize(
    "wanted", ["", NEVER, "%", "_", "plui", "PLUIE", "' OR 1=1 --", "\ud800", "pluie\0", "g", "é" * 99]
)
def test_an_unknown_article(record: Record, wanted: str) -> None:
    record.add(ARTICLE)
    with pytest.raises(UnknownRecord) as caught:
        record.article(wanted)
    assert (caught.value.kind, caught.value.wanted) == ("article", wanted)


def test_an_ambiguous_reference_names_what_it_could_be(record: Record) -> None:
    made = [article for article, _ in coverage(40)]
    for article in made:
        record.add(article)
    digit = made[0].id[0]
    alike = [article for article in made if article.id.startswith(digit)]
    assert len(alike) > 1
    with pytest.raises(UnknownRecord, match=f"no single article .*{alike[0].id}, {alike[1].id}.* '{digit}'"):
        record.article(digit)


def test_a_name_that_two_articles_have_is_ambiguous(record: Record) -> None:
    edited = replace(ARTICLE, text="Il neige.")
    record.add(ARTICLE)
    record.add(edited)
    with pytest.raises(UnknownRecord, match=f"{ARTICLE.id}, {edited.id}"):
        record.article("pluie")


def test_an_id_goes_before_a_name_and_a_name_before_a_prefix(record: Record) -> None:
    short = replace(OTHER, name=ARTICLE.id[:4])
    long = replace(OTHER, name=ARTICLE.id)
    for article in (ARTICLE, short, long):
        record.add(article)
    assert record.article(ARTICLE.id[:4]) == short
    assert record.article(ARTICLE.id) == ARTICLE


# --- who has read what ----------------------------------------------------------------------------


def test_a_program_knows_what_it_has_read(record: Record) -> None:
    record.add(ARTICLE, [RAIN])
    assert record.add(OTHER, [], by=BY)
    assert not record.add(OTHER, [], by=BY)
    assert record.knows(ARTICLE.id, BY)
    assert record.knows(OTHER.id, BY)
    assert not record.knows(OTHER.id, "onrecord 1.1")
    assert not record.knows(NEVER, BY)


def test_a_person_has_not_read_all_of_it(record: Record) -> None:
    record.add(ARTICLE, [replace(RAIN, by="person: Ana")])
    assert not record.knows(ARTICLE.id, "person: Ana")


def test_a_newer_version_replaces_an_older_one_and_finding_nothing_counts(record: Record) -> None:
    record.add(ARTICLE, [replace(RAIN, by="onrecord 0.9"), replace(LAST, by="onrecord 0.9")])
    assert record.add(ARTICLE, [replace(RAIN, by="onrecord 0.10")])
    assert [(s.by, s.id) for s in record.statements()] == [("onrecord 0.10", RAIN.id)]
    assert record.add(ARTICLE, [], by="onrecord 1.0")
    assert list(record.statements()) == []


def test_an_older_version_that_comes_later_stays_behind(record: Record) -> None:
    record.add(ARTICLE, [replace(RAIN, by="onrecord 0.10")])
    assert record.add(ARTICLE, [replace(LAST, by="onrecord 0.9")])
    assert [s.by for s in record.statements()] == ["onrecord 0.10"]


def test_a_reading_is_whole(record: Record) -> None:
    record.add(ARTICLE, [RAIN])
    assert not record.add(ARTICLE, [RAIN, LAST])
    assert list(record.statements()) == [RAIN]


def test_a_person_corrects_a_place_and_adds_another(record: Record) -> None:
    corrected = replace(RAIN, by="person: Ana", speaker="Ilda Varo-Lenk")
    added = replace(LAST, by="person: Ana")
    record.add(ARTICLE, [RAIN])
    assert record.add(ARTICLE, [corrected, added])
    assert list(record.statements()) == [corrected, added]
    record.add(ARTICLE, [replace(RAIN, by="onrecord 2.0")])
    assert list(record.statements()) == [corrected, added]


def test_statements_of_an_unknown_article(record: Record) -> None:
    record.add(ARTICLE, [RAIN])
    with pytest.raises(UnknownRecord):
        record.statements(ARTICLE.id[:8])


PROGRAMS = ["onrecord 0.9", "onrecord 0.10", "onrecord 0.10rc1", "citing 3"]
acts_of_adding = st.lists(
    st.tuples(
        st.sampled_from([ARTICLE, OTHER]),
        st.sampled_from([*PROGRAMS, "person: Ana", "person: Bo"]),
        st.sets(st.integers(0, 3)),
    ),
    max_size=12,
)


@few
@given(acts=acts_of_adding)
def test_what_is_in_force_after_any_order_of_adding(
    fresh: Opener, acts: list[tuple[Article, str, set[int]]]
) -> None:
    newest_last = ["onrecord 0.9", "onrecord 0.10rc1", "onrecord 0.10"]
    with fresh() as record:
        for article in (ARTICLE, OTHER):
            record.add(article)
        read: dict[tuple[Article, str], set[int]] = {}
        for article, by, places in acts:
            found = [
                Statement(article_id=article.id, by=by, content=((place, place + 1),), form="direct")
                for place in places
            ]
            known = read.get((article, by))
            if known is None:
                read[article, by] = set(places)
            elif by.startswith("person:"):
                known |= places
            record.add(article, found, by)
        for article in (ARTICLE, OTHER):
            by_of = {}
            programs = [by for a, by in read if a == article and by in PROGRAMS]
            if programs:
                last = programs[-1]
                if last in newest_last:
                    last = max((by for by in programs if by in newest_last), key=newest_last.index)
                by_of = dict.fromkeys(read[article, last], last)
            told: list[tuple[int, str]] = []
            for a, by, places in acts:
                if a == article and by.startswith("person:"):
                    told += [(place, by) for place in sorted(places) if (place, by) not in told]
            by_of |= dict(told)
            assert [(s.content[0][0], s.by) for s in record.statements(article.id)] == sorted(by_of.items())


# --- decisions ------------------------------------------------------------------------------------


def test_decisions_come_back_once_in_order_and_by_kind(record: Record) -> None:
    assert record.decide([SAME, STORY, SAME]) == 2
    assert record.decide([replace(SAME, made="2024-01-01", score=0.1)]) == 0
    assert list(record.decisions()) == [SAME, STORY]
    assert list(record.decisions("story")) == [STORY]
    assert list(record.decisions("utterance")) == []
    assert record.counts().decisions == 2


def test_many_decisions(record: Record) -> None:
    made = [replace(SAME, a=f"{number}#Ilda Varo") for number in range(2500)]
    assert record.decide(iter(made)) == 2500
    assert list(record.decisions()) == made


def test_a_withdrawn_decision_is_out_until_a_person_makes_it_again(record: Record) -> None:
    record.decide([SAME, STORY])
    assert record.withdraw(STORY.id, "person: Ana", "2023-02-01T00:00:00Z")
    assert not record.withdraw(STORY.id, "person: Ana", "2023-02-02T00:00:00Z")
    assert list(record.decisions()) == [SAME]
    assert record.decide([STORY]) == 1
    assert list(record.decisions()) == [SAME, STORY]
    assert record.withdraw(STORY.id, "person: Ana", "2023-02-03T00:00:00Z")
    assert list(record.decisions()) == [SAME]


def test_running_a_program_again_does_not_undo_a_withdrawal(record: Record) -> None:
    record.decide([SAME])
    record.withdraw(SAME.id, "person: Ana", "")
    assert record.decide([SAME]) == 0
    assert list(record.decisions()) == []


def test_withdrawing_what_is_not_there(record: Record) -> None:
    with pytest.raises(UnknownRecord, match="no decision '0000"):
        record.withdraw(NEVER, "person: Ana", "")
    with pytest.raises(UnknownRecord):
        record.decide([STORY, replace(SAME, withdraws=NEVER)])
    assert record.counts().decisions == 0


@few
@given(
    acts=st.lists(st.tuples(st.sampled_from([SAME, STORY]), st.booleans()), max_size=12),
    at_once=st.booleans(),
)
def test_decisions_after_any_order_of_acts(
    fresh: Opener, acts: list[tuple[Decision, bool]], at_once: bool
) -> None:
    with fresh() as record:
        record.decide([SAME, STORY])
        in_force = {SAME.id, STORY.id}
        rows = []
        for decision, keep in acts:
            if not keep:
                in_force.discard(decision.id)
            elif decision == STORY:
                in_force.add(decision.id)
            rows.append(decision if keep else replace(decision, withdraws=decision.id, by="person: Bo"))
        for batch in [rows] if at_once else [[row] for row in rows]:
            record.decide(batch)
        assert {decision.id for decision in record.decisions()} == in_force


# --- search ---------------------------------------------------------------------------------------


def test_search_finds_all_words_without_case_or_accents(record: Record) -> None:
    bridge = Article(name="pont", text="La députée Ilda Varo : « L’État paiera le pont. »", language="fr")
    paid = statement(bridge, "L’État paiera le pont")
    record.add(ARTICLE, [RAIN, LAST])
    record.add(bridge, [paid])
    assert record.search("DEPUTEE pont", "article") == (bridge,)
    assert record.search("pluie", "article") == (ARTICLE,)
    assert record.search("l'etat") == (paid,)
    assert record.search("pont pleut") == ()
    assert record.search("pont", kind="article") == (bridge,)
    assert set(record.search("varo")) == {RAIN, LAST, paid}
    assert len(record.search("varo", limit=2)) == 2


def test_search_ranks_the_closest_first(record: Record) -> None:
    for number, text in enumerate(["pont et route et gare et port et quai", "pont", "route et gare"]):
        record.add(Article(name=str(number), text=text, language="fr"))
    assert record.search("pont", "article")[0].text == "pont"


def test_search_sees_only_what_is_in_force(record: Record) -> None:
    record.add(ARTICLE, [replace(RAIN, by="onrecord 0.9")])
    record.add(ARTICLE, [LAST])
    assert record.search("pleut") == ()
    assert record.search("enfin") == (LAST,)


@pytest.mark.parametrize(
    "query",
    [
        "", " ", '"', '""', "'", "(", "il)", "*", "^", "-", "il AND", "NOT", "OR OR", "NEAR(il pleut)",
        "words:", "{words speaker}: il", "il + ", "'; DROP TABLE article; --", "\0", "il\0pleut", "\ud800",
        "%", ":", "\\",
    ],
)  # fmt: skip
def test_no_query_has_a_syntax(record: Record, query: str) -> None:
    record.add(ARTICLE, [RAIN])
    for kind in ("article", "statement"):
        assert isinstance(record.search(query, kind), tuple)
    assert record.counts() == Counts(1, 1, 0)


def test_operators_are_words(record: Record) -> None:
    record.add(ARTICLE, [RAIN])
    assert record.search("il OR neige") == ()
    assert record.search("il NOT pleut") == ()
    assert record.search("ple*") == ()
    assert record.search("speaker:varo") == ()
    assert record.search('"pleut" (il)') == (RAIN,)


@pytest.fixture(scope="module")
def searched(fresh: Opener) -> Iterator[Record]:
    with fresh() as record:
        record.add(ARTICLE, [RAIN])
        yield record


@given(query=st.text(st.characters(), max_size=30))
def test_any_text_can_be_searched_for(searched: Record, query: str) -> None:
    searched.search(query)
    searched.search(query, "article")


@few
@given(text=st.text(min_size=1), word=st.from_regex(r"[a-z0-9éàø]{1,9}", fullmatch=True))
def test_a_word_between_blanks_is_found(fresh: Opener, text: str, word: str) -> None:
    article = Article(name="a", text=f"{text} {word} {text}", language="fr")
    with fresh() as record:
        record.add(article)
        assert record.search(word.upper(), "article") == (article,)
