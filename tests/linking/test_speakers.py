"""Who is one speaker across articles: invented people, a reason a row."""

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.speakers import decide, find, speakers
from onrecord.records import Article, Decision, Statement, mention

BY = "onrecord 0.1.0"


def cover(*texts):
    """Make articles and statements from rows (day, [(source, speaker, kind), ...]), one an article."""
    articles, statements = [], []
    for number, (day, said) in enumerate(texts):
        text, spans = "", []
        for source, _, _ in said:
            spans.append((len(text), len(text) + len(source)))
            text += f"{source} said so {number}.\n"
        article = Article(name=f"art{number}", text=text, language="en", published=day)
        articles.append(article)
        statements += [
            Statement(
                article_id=article.id, by="test", content=((end + 1, end + 8),), form="indirect",
                source=((start, end),), speaker=speaker, speaker_kind=kind,
            )
            for (start, end), (_, speaker, kind) in zip(spans, said, strict=True)
        ]  # fmt: skip
    return articles, statements


def person(name, source=None):
    return (source or name, name, "person")


def view(articles, statements, extra=()):
    return speakers(articles, statements, [*decide(articles, statements, BY), *extra])


def together(found):
    return {frozenset(key.split("#")[1] for key in speaker.mentions) for speaker in found}


def linked(texts):
    """Say whether the first speakers of the first and the last article are one."""
    articles, statements = cover(*texts)
    keys = {mention(s.article_id, s.speaker) for s in (statements[0], statements[-1])}
    return any(keys <= set(speaker.mentions) for speaker in view(articles, statements))


DAY, NEXT, LATER = "2023-01-22", "2023-01-23", "2024-06-01"
LINKED = [
    ([(DAY, [person("Jana Orlik")]), (LATER, [person("Яна Орлик")])], "one full name in two scripts"),
    ([(DAY, [person("Jana Orlik")]), (NEXT, [person("Orlik")])], "a last name in the same story"),
    ([(DAY, [person("Orlik")]), (NEXT, [person("Jana Orlik")])], "the last name came first"),
    ([(DAY, [person("J. Orlik")]), (NEXT, [person("Jana Orlik")])], "an initial"),
    ([(DAY, [person("Jana Orlik"), person("Orlik")])], "an unresolved last name in the same article"),
    (
        [
            (DAY, [person("Eva Orlik", "the striker Eva Orlik")]),
            (DAY, [person("Jana Orlik", "the minister Jana Orlik")]),
            (NEXT, [person("Eva Orlik", "striker Eva Orlik")]),
            (DAY, [person("Eva Orlik")]),
        ],
        "the same name, the other bearer is another's",
    ),
    (
        [
            (DAY, [person("Jana Orlik", "the French minister Jana Orlik")]),
            (LATER, [person("Orlik", "French minister Orlik")]),
        ],
        "a last name of another year, with the role",
    ),
    (
        [(DAY, [person("Orlik", "sea minister Orlik")]), (NEXT, [person("Orlik", "the minister Orlik")])],
        "two last names, one role, one story",
    ),
    (
        [(DAY, [("NATO", "NATO", "organisation")]), (LATER, [("l’OTAN", "OTAN", "organisation")])],
        "a body by data",
    ),
    (
        [(DAY, [("Moscow", "Russia", "country")]), (LATER, [("Russie", "Russie", "organisation")])],
        "kinds mistaken",
    ),
    (
        [(DAY, [("Les talibans", "talibans", "group")]), (NEXT, [("the Taliban", "Taliban", "group")])],
        "a named group",
    ),
]
APART = [
    ([(DAY, [person("Jana Orlik")]), (DAY, [person("Petr Orlik")])], "given names differ"),
    (
        [
            (DAY, [person("Jan Orlik", "striker Jan Orlik")]),
            (DAY, [person("Jan Orlik", "the senator Jan Orlik")]),
        ],
        "one full name, two fields",
    ),
    (
        [
            (DAY, [person("Jan Orlik", "French minister Jan Orlik")]),
            (LATER, [person("Jan Orlik", "Polish minister Jan Orlik")]),
        ],
        "one full name, two countries",
    ),
    (
        [
            (DAY, [person("Jan Orlik", "striker Jan Orlik")]),
            (DAY, [person("Jan Orlik", "the senator Jan Orlik")]),
            (DAY, [person("Jan Orlik")]),
        ],
        "a bearer of unknown role fits two",
    ),
    (
        [(DAY, [person("Jana Orlik")]), (DAY, [person("Petr Orlik")]), (NEXT, [person("Orlik")])],
        "a last name that fits two",
    ),
    (
        [(DAY, [person("Jana Orlik"), person("Petr Orlik"), person("Orlik")])],
        "a last name that fits two, in one article",
    ),
    ([(DAY, [person("Jana Orlik")]), (LATER, [person("Orlik")])], "a last name of another year"),
    ([("", [person("Jana Orlik")]), ("", [person("Orlik")])], "a last name without a day"),
    (
        [
            (DAY, [person("Jana Orlik", "the senator Jana Orlik")]),
            (NEXT, [person("Orlik", "the striker Orlik")]),
        ],
        "a last name with another role",
    ),
    ([(DAY, [person("Orlik")]), (NEXT, [person("Orlik")])], "two last names and nothing else"),
    ([(DAY, [person("Thomas Meyer"), person("Thomas Maier")])], "two spellings in one article"),
    ([(DAY, [person("Volodymyr Orlik")]), (NEXT, [person("Vladimir Orlik")])], "not presumed to be one"),
    ([(DAY, [person("Jana Orlik")]), (NEXT, [("Orlik", "Orlik", "organisation")])], "a person and a firm"),
    ([(DAY, [person("le juge")]), (NEXT, [person("le juge")])], "a description is no name"),
    ([(DAY, [person("President")]), (NEXT, [("", "", "")])], "no speaker"),
    (
        [
            (DAY, [("an official", "officials", "anonymous")]),
            (NEXT, [("officials", "officials", "anonymous")]),
        ],
        "anonymous",
    ),
    (
        [(DAY, [("a study", "Tide Study", "document")]), (NEXT, [("Tide Study", "Tide Study", "document")])],
        "documents",
    ),
    (
        [(DAY, [("Prosecutors", "Prosecutors", "group")]), (NEXT, [("Prosecutors", "Prosecutors", "group")])],
        "a group",
    ),
    (
        [
            (DAY, [("police", "the police", "organisation")]),
            (NEXT, [("police", "the police", "organisation")]),
        ],
        "a common noun",
    ),
    (
        [(DAY, [("Velmar", "Velmar", "organisation")]), (NEXT, [("Velmar UK", "Velmar UK", "organisation")])],
        "a branch",
    ),
    (
        [
            (DAY, [("North Korea", "North Korea", "country")]),
            (NEXT, [("Corée du Sud", "Corée du Sud", "country")]),
        ],
        "two",
    ),
]


@pytest.mark.parametrize(("texts", "reason"), LINKED)
def test_linked(texts, reason):
    assert linked(texts), reason


@pytest.mark.parametrize(("texts", "reason"), APART)
def test_apart(texts, reason):
    assert not linked(texts), reason


def test_a_short_form_does_not_chain_two_long_ones():
    found = view(
        *cover(*[(DAY, [person(name)]) for name in ("Jan Maria Orlik", "Jan Orlik", "Jan Emil Orlik")])
    )
    assert together(found) == {
        frozenset({name}) for name in ("Jan Maria Orlik", "Jan Orlik", "Jan Emil Orlik")
    }


def test_small_differences_do_not_add_up():
    names = ("Jana Brandtmanner", "Jana Brandtmonner", "Jana Brondtmonner")
    found = view(*cover(*[(DAY, [person(name)]) for name in names]))
    assert max(map(len, together(found))) == 2


def test_an_acronym_does_not_chain_two_bodies():
    names = ("Advanced Tidal Measurement Agency", "ATMA", "Association of Tidal Mapping Amateurs")
    found = view(*cover(*[(DAY, [(name, name, "organisation")]) for name in names]))
    assert len(found) == 3


def test_the_full_name_in_the_text_tells():
    articles, statements = cover(
        (DAY, [person("Jana Orlik")]), (DAY, [person("Petr Orlik")]), ("", [person("Orlik")])
    )
    text = articles[2].text + "It was Jana Orlik who had come."
    told = msgspec.structs.replace(articles[2], text=text)
    moved = msgspec.structs.replace(statements[2], article_id=told.id)
    assert {"Jana Orlik", "Orlik"} not in together(view(articles, statements))
    assert {"Jana Orlik", "Orlik"} in together(view([*articles[:2], told], [*statements[:2], moved]))


def test_company_tells_which_bearer_is_meant():
    texts = [
        (DAY, [person("Jana Orlik"), person("Eva Mol")]),
        (DAY, [person("Petr Orlik"), person("Ivan Drel")]),
        (NEXT, [person("Orlik"), person("Ivan Drel")]),
    ]
    assert {"Petr Orlik", "Orlik"} in together(view(*cover(*texts)))


def test_what_the_view_says():
    texts = [
        (NEXT, [person("Jana Orlik", "la ministre française Jana Orlik")]),
        (DAY, [person("Jana Orlik"), person("Orlik")]),
    ]
    articles, statements = cover(*texts)
    (speaker,) = view(articles, statements)
    assert speaker.name == "Jana Orlik"
    assert speaker.names == ("Jana Orlik", "Orlik")
    assert speaker.roles == ("ministre française",)
    assert speaker.kind == "person"
    assert len(speaker.mentions) == 3
    assert speaker.statements == tuple(s.id for s in (*statements[1:], statements[0])), (
        "in the order of the days"
    )


def test_decisions_explain_themselves():
    articles, statements = cover(*LINKED[0][0])
    (decision,) = decide(articles, statements, BY)
    assert decision.same
    assert decision.by == BY
    assert 0.9 < decision.score < 1
    assert decision.evidence == "the same name in another spelling"
    assert decision.a < decision.b


def test_what_speaks_against_is_decided_too():
    articles, statements = cover(*APART[1][0])
    (decision,) = decide(articles, statements, BY)
    assert not decision.same
    assert "one is in sport, one in state" in decision.evidence


def test_a_person_parts_and_takes_it_back():
    texts = [(DAY, [person("Jana Orlik")]), (NEXT, [person("Jana Orlik")]), (NEXT, [person("Orlik")])]
    articles, statements = cover(*texts)
    before = view(articles, statements)
    a, b = sorted(mention(s.article_id, s.speaker) for s in statements[:2])
    parting = Decision(kind="speaker", a=a, b=b, same=False, by="person: Ida")
    assert len(view(articles, statements, [parting])) == len(before) + 1
    assert (
        view(articles, statements, [parting, msgspec.structs.replace(parting, withdraws=parting.id)])
        == before
    )


def test_a_person_joins():
    articles, statements = cover(*APART[0][0])
    a, b = sorted(mention(s.article_id, s.speaker) for s in statements)
    (speaker,) = view(articles, statements, [Decision(kind="speaker", a=a, b=b, same=True, by="person: Ida")])
    assert speaker.names == ("Jana Orlik", "Petr Orlik")


def test_find():
    found = view(*cover((DAY, [person("Jana Orlik"), person("Petr Drel"), ("NATO", "NATO", "organisation")])))
    assert [speaker.name for speaker, _ in find("Орлик", found)] == ["Jana Orlik"]
    assert [speaker.name for speaker, _ in find("jana orlik", found)] == ["Jana Orlik"]
    assert [speaker.name for speaker, _ in find("l’OTAN", found)] == ["NATO"]
    assert find("Nobody", found) == ()


SAID = st.tuples(
    st.sampled_from(["", "French minister ", "striker ", "the senator "]),
    st.sampled_from(
        ["Jana Orlik", "Яна Орлик", "Petr Orlik", "Orlik", "J. Orlik", "Jan Orlik", "Jan Emil Orlik", "NATO"]
    ),
)
COVERAGE = st.lists(
    st.tuples(st.sampled_from(["", DAY, NEXT, LATER, "2023-01"]), st.lists(SAID, min_size=1, max_size=3)),
    max_size=7,
)


def made(coverage):
    rows = [
        (day, [(role + name, name, "organisation" if name == "NATO" else "person") for role, name in said])
        for day, said in coverage
    ]
    return cover(*rows)


@settings(max_examples=150)
@given(COVERAGE, st.randoms())
def test_the_order_of_articles_is_no_matter(coverage, random):
    articles, statements = made(coverage)
    expected = decide(articles, statements, BY)
    assert expected == tuple(sorted(expected, key=lambda d: (d.a, d.b)))
    shuffled, mixed = list(articles), list(statements)
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert decide(shuffled, mixed, BY) == expected
    assert decide(articles * 2, statements * 2, BY) == expected
    assert speakers(shuffled, mixed, expected) == speakers(articles, statements, expected)


@settings(max_examples=100)
@given(COVERAGE)
def test_every_mention_is_of_one_speaker_as_decided(coverage):
    articles, statements = made(coverage)
    found = view(articles, statements)
    keys = [key for speaker in found for key in speaker.mentions]
    assert sorted(keys) == sorted({mention(s.article_id, s.speaker) for s in statements})
    assert sorted(i for speaker in found for i in speaker.statements) == sorted({s.id for s in statements})
    of = {key: speaker.id for speaker in found for key in speaker.mentions}
    for decision in decide(articles, statements, BY):
        assert (of[decision.a] == of[decision.b]) == decision.same, decision


def test_given_names_that_differ_are_never_one():
    names = ("Jana Orlik", "Petr Orlik", "Jan Emil Orlik")
    found = view(*cover(*[(DAY, [person(name)]) for name in (*names, *names)]))
    for group, (a, b) in itertools.product(together(found), itertools.combinations(names, 2)):
        assert not {a, b} <= group


KINDS = st.sampled_from(["person", "organisation", "country", "group", "anonymous", "document", ""])


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=15), KINDS), max_size=4), st.text(max_size=12)
)
def test_nothing_that_an_article_says_raises(said, day):
    articles, statements = cover((day, said), (DAY, said))
    found = view(articles, statements)
    assert {key for s in found for key in s.mentions} == {
        mention(s.article_id, s.speaker) for s in statements if s.speaker.strip()
    }
