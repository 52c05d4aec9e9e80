from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.records import Article, Spans, Statement
from onrecord.verification import ROLES, Fault, Verification, verify

TEXT = "« Il pleut, a dit Ilda Varo dimanche, et il neige. »\n\u200b\u00a0\nFin."
ARTICLE = Article(name="pluie", text=TEXT, language="fr")


def find(*words: str) -> Spans:
    return tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


RAIN = Statement(
    article_id=ARTICLE.id,
    by="onrecord 1.0",
    form="direct",
    content=find("Il pleut", "et il neige"),
    cue=find("a dit"),
    source=find("Ilda Varo"),
    speaker="Ilda Varo",
    time=find("dimanche"),
    said="2023-01-22",
)


def faults(**changed: object) -> list[tuple[str, str]]:
    return [(fault.role, fault.reason) for fault in verify(ARTICLE, [replace(RAIN, **changed)]).faults]


def test_a_true_statement_holds() -> None:
    assert verify(ARTICLE, [RAIN]) == Verification(statements=1, spans=5, held=5, faults=())


def test_nothing_to_verify() -> None:
    assert verify(ARTICLE, []) == Verification()


BLANK = find("\n\u200b\u00a0\n")

CASES: list[tuple[str, Spans, str]] = [
    ("content", (), "is missing"),
    ("content", ((-1, 4),), "-1-4 is not inside the text of 60 characters"),
    ("content", ((55, 61),), "55-61 is not inside the text of 60 characters"),
    ("content", ((4, 4),), "4-4 holds no character"),
    ("content", ((9, 4),), "9-4 holds no character"),
    ("content", ((40, 44), (2, 5)), "2-5 starts before 44, where an earlier piece ends"),
    ("content", ((2, 8), (5, 10)), "5-10 starts before 8, where an earlier piece ends"),
    ("content", BLANK, f"{BLANK[0][0]}-{BLANK[0][1]} is blank"),
    ("source", ((1, 2),), "1-2 is blank"),
    ("cue", ((60, 70),), "60-70 is not inside the text of 60 characters"),
    ("cue", ((8, 17),), "shares 2 characters with the content"),
    *((role, ((99, 100),), "99-100 is not inside the text of 60 characters") for role in ROLES),
]


@pytest.mark.parametrize(("role", "spans", "reason"), CASES)
def test_a_false_span_is_found(role: str, spans: Spans, reason: str) -> None:
    assert len(TEXT) == 60
    assert faults(**{role: spans}) == [(role, reason)]


def test_pieces_that_touch_hold() -> None:
    assert faults(relay=((2, 8), (8, 10))) == []


def test_a_piece_is_held_against_all_before_it() -> None:
    assert [reason for _, reason in faults(relay=((2, 9), (3, 4), (6, 7)))] == [
        "3-4 starts before 9, where an earlier piece ends",
        "6-7 starts before 9, where an earlier piece ends",
    ]


def test_each_false_span_is_one_that_does_not_hold() -> None:
    wrong = replace(RAIN, content=((2, 8), (5, 10), (70, 71)), cue=(), relay=((3, 3),))
    found = verify(ARTICLE, [RAIN, wrong])
    assert (found.statements, found.spans, found.held) == (2, 11, 8)
    assert [(fault.statement_id, fault.role) for fault in found.faults] == [
        (wrong.id, "content"),
        (wrong.id, "content"),
        (wrong.id, "relay"),
    ]


def test_no_span_of_another_article_holds() -> None:
    edited = replace(ARTICLE, text="Il neige.")
    fault = Fault(RAIN.id, "article_id", f"cites article {ARTICLE.id}, not {edited.id}")
    assert verify(edited, [RAIN]) == Verification(statements=1, spans=5, held=0, faults=(fault,))


@pytest.mark.parametrize("said", ["", "2023-01-22", "2023-01", "[2023-01-05,2023-01-12]"])
def test_a_day_or_none_holds(said: str) -> None:
    assert faults(said=said) == []


@pytest.mark.parametrize("said", [" ", "dimanche", "2023-02-30"])
def test_what_is_no_day_does_not(said: str) -> None:
    assert faults(said=said) == [("said", f"{said!r} is not an EDTF date")]


def test_verifications_add_up() -> None:
    wrong = replace(RAIN, said="dimanche", relay=((3, 3),))
    each = [verify(ARTICLE, [statement]) for statement in (RAIN, wrong, RAIN)]
    assert sum(each, Verification()) == verify(ARTICLE, [RAIN, wrong, RAIN])


# --- properties -----------------------------------------------------------------------------------

texts = st.text("ab «»\n\u200b\U0001f327", max_size=20)
offsets = st.integers(-3, 24)
ordered = st.lists(st.integers(0, 20), max_size=6).map(sorted).map(lambda at: tuple(zip(at[::2], at[1::2])))  # noqa: B905
any_spans = st.one_of(ordered, st.lists(st.tuples(offsets, offsets), max_size=4).map(tuple))
any_roles = st.fixed_dictionaries(dict.fromkeys(ROLES, any_spans))


def holds(text: str, spans: Spans) -> bool:
    """Say it another way: the pieces and what is between them are the text, and no piece is blank."""
    flat = [0, *(offset for span in spans for offset in span), len(text)]
    return flat == sorted(flat) and all(text[start:end].strip(" \n\u200b") for start, end in spans)


@given(text=texts, roles=any_roles)
def test_spans_hold_exactly_where_they_should(text: str, roles: dict[str, Spans]) -> None:
    article = Article(name="a", text=text, language="fr")
    found = verify(article, [replace(RAIN, article_id=article.id, **roles)])
    assert found.spans == sum(len(spans) for spans in roles.values())
    assert 0 <= found.held <= found.spans
    assert (found.held == found.spans) == all(holds(text, spans) for spans in roles.values())
    about = {fault.role for fault in found.faults if fault.role != "cue"}
    assert about == {role for role in ROLES if role != "cue" and not holds(text, roles[role])} | (
        {"content"} if not roles["content"] else set()
    )


@given(text=texts, roles=any_roles)
def test_a_shorter_text_never_makes_more_hold(text: str, roles: dict[str, Spans]) -> None:
    def held(shown: str) -> int:
        article = Article(name="a", text=shown, language="fr")
        return verify(article, [replace(RAIN, article_id=article.id, **roles)]).held

    assert held(text) >= held(text[:-1])
