"""Names of persons, countries and bodies: one, perhaps, or two. The people are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking import bodies, names
from onrecord.linking.names import PARTIAL, SAME, compare, parse

ONE = [
    ("Jana Orliková", "Jana Orlikova", "accents"),
    ("Ольга Веснина", "Olga Vesnina", "scripts"),
    ("Pavel Dreschew", "Pavel Drechev", "German and French for one Slavic name"),
    ("Jean-Marc Aubrel", "Jean Marc Aubrel", "a hyphen or none"),
    ("Kim Jong-un", "Kim Jong Un", "a hyphen in an East Asian given name"),
    ("习近平", "Xi Jinping", "ideographs"),
    ("ORLIK Jana", "Jana Orlik", "the family first, in capitals"),
    ("Dr. Jana Orlik", "Jana Orlik", "a title"),
    ("M. Dmitri Varenko", "Dmitri Varenko", "a title that could be an initial"),
    ("Dmitri Sergueïevitch Varenko", "Dmitri Varenko", "a patronymic more"),
    ("Anna von der Tann", "Anna Von Der Tann", "particles in capitals"),
    ("Hassan al-Rimi", "Hassan el-Rimi", "two ways to write the article"),
    ("Pierre d’Orbelle", "Pierre d'Orbelle", "two apostrophes"),
]
PERHAPS = [
    ("Orlik", "Jana Orlik", "a last name alone"),
    ("J. Orlik", "Jana Orlik", "an initial"),
    ("W. Orlik", "Volodymyr Orlik", "an initial in another language's spelling"),
    ("von der Tann", "Anna von der Tann", "a last name with its particles"),
    ("Tessier-Lopez", "Marc Tessier-Lopez", "a last name with a hyphen"),
    ("Kim", "Kim Jong-un", "an East Asian family name comes first"),
    ("President Orlik", "Jana Orlik", "a title before a last name"),
]
TWO = [
    ("Jana Orlik", "Petr Orlik", "given names differ"),
    ("K. Orlik", "Petr Orlik", "initials differ"),
    ("Volodymyr Orlik", "Vladimir Orlik", "not presumed to be one given name"),
    ("Jean Aubrel", "Jean-Marc Aubrel", "a double given name is another one"),
    ("Jan Maria Orlik", "Jan Emil Orlik", "middle names differ"),
    ("M. Orlik", "Mme Orlik", "titles of a man and a woman"),
    ("Jan Orlik Jr.", "Jan Orlik Sr.", "father and son"),
    ("Kim Jong-un", "Kim Yo-jong", "given names differ after a family name"),
    ("Jana", "Jana Orlik", "a given name alone is no last name"),
    ("Jana Orlik", "Jana Varenko", "last names differ"),
]


@pytest.mark.parametrize(("a", "b", "reason"), ONE)
def test_one_person(a, b, reason):
    assert compare(a, b, "person").value >= SAME, reason
    assert set(names.keys(a)) & set(names.keys(b)), "they never meet"


@pytest.mark.parametrize(("a", "b", "reason"), PERHAPS)
def test_perhaps_one_person(a, b, reason):
    assert PARTIAL <= compare(a, b, "person").value < SAME, reason
    assert set(names.keys(a)) & set(names.keys(b)), "they never meet"
    assert names.partial(a)


@pytest.mark.parametrize(("a", "b", "reason"), TWO)
def test_two_persons(a, b, reason):
    assert compare(a, b, "person").value < PARTIAL, reason


BODIES = [
    ("OTAN", "NATO", "by data"),
    ("l’Organisation du traité de l’Atlantique nord (OTAN)", "НАТО", "by data, with its acronym"),
    ("La Maison-Blanche", "the White House", "by data, with articles"),
    ("États-Unis", "USA", "a country by another name"),
    ("Corée du Nord", "КНДР", "a country in another script"),
    ("La Chine et la Russie", "China and Russia", "a list of countries"),
    ("Croix Rouge", "the Red Cross", "without its hyphen"),
    ("Bureau national des marées (BNM)", "National Tide Office (BNM)", "the acronym that both give"),
    ("Advanced Tidal Measurement Agency", "ATMA", "initials"),
    ("The Port Courier", "Port Courier", "an article"),
]
OTHER_BODIES = [
    ("Corée du Nord", "South Korea", "two countries"),
    ("Velmar UK", "Velmar", "a branch is not the whole"),
    ("Port Courier", "Port Tribune", "names differ"),
    ("GDF", "ZDF", "short acronyms are not spellings of one"),
    ("Tide Survey Office", "TSO", "three initials fit too many"),
    ("Congo-Kinshasa", "Congo-Brazzaville", "two countries"),
]


@pytest.mark.parametrize(("a", "b", "reason"), BODIES)
def test_one_body(a, b, reason):
    assert compare(a, b, "organisation").value >= SAME, reason
    assert set(bodies.keys(a)) & set(bodies.keys(b)), "they never meet"


@pytest.mark.parametrize(("a", "b", "reason"), OTHER_BODIES)
def test_two_bodies(a, b, reason):
    assert compare(a, b, "organisation").value < SAME, reason


def test_a_name_of_the_data_is_a_body_without_being_told():
    assert compare("OTAN", "NATO").value == 1
    assert compare("Jana Orlik", "OTAN").value < PARTIAL


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("le ministre russe de l’énergie", {"RU"}),
        ("North Korean Foreign Minister", {"KP"}),
        ("nord-coréenne", {"KP"}),
        ("l’ambassadrice des États-Unis en Chine", {"US", "CN"}),
        ("der deutschen Ministerin", {"DE"}),
        ("российский министр", {"RU"}),
        ("український посол", {"UA"}),
        ("he told us so", set()),
        ("Russell’s lawyer", set()),
    ],
)
def test_countries(phrase, codes):
    assert bodies.countries(phrase) == codes


def test_every_name_of_the_data_is_found():
    tables = {**bodies._data().bodies, **bodies._data().countries}
    lost = {name for code, row in tables.items() for name in row if bodies.identify(name) != (code,)}
    assert not lost


NAMES = st.one_of(
    st.sampled_from([name for a, b, _ in ONE + PERHAPS + TWO + BODIES for name in (a, b)]),
    st.text(max_size=25),
)


@given(NAMES, NAMES, st.sampled_from(["person", "organisation", "country", "group", ""]))
def test_compare_is_symmetric_bounded_and_explained(a, b, kind):
    score = compare(a, b, kind)
    assert score == compare(b, a, kind)
    assert 0 <= score.value <= 1
    assert score.reasons


@given(st.text(max_size=30))
def test_any_text_parses(text):
    for reading in parse(text):
        assert reading.family
