"""Which decisions stand, what they join, and how they are taken back."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.decisions import join, standing
from onrecord.records import Decision

PROGRAM, PERSON = "onrecord 0.1.0", "person: Ida"


def decision(a, b, same=True, by=PROGRAM, score=0.9, made=""):
    return Decision(kind="speaker", a=a, b=b, same=same, by=by, score=score, made=made)


def withdrawal(of, by):
    return msgspec.structs.replace(of, by=by, withdraws=of.id)


def groups(*given):
    return join("abcd", standing(given))


def test_joined_by_a_chain():
    assert groups(decision("a", "b"), decision("b", "c")) == (("a", "b", "c"), ("d",))


def test_a_person_wins_over_a_program():
    assert groups(decision("a", "b"), decision("a", "b", same=False, by=PERSON)) == (
        ("a",),
        ("b",),
        ("c",),
        ("d",),
    )
    assert ("a", "b") in groups(decision("a", "b", same=False), decision("a", "b", by=PERSON))


def test_the_newer_wins_among_equals():
    old, new = (
        decision("a", "b", by=PERSON, made="2023-01-01"),
        decision("a", "b", False, PERSON, made="2023-01-02"),
    )
    assert ("a", "b") not in groups(new, old)
    assert ("a", "b") not in groups(
        decision("a", "b", False, "onrecord 0.10.0"), decision("a", "b", True, "onrecord 0.9.0")
    )


def test_different_parts_a_chain_at_its_weakest_link():
    chain = decision("a", "b", score=0.9), decision("b", "c", score=0.7), decision("c", "d", score=0.8)
    apart = decision("a", "d", same=False, by=PERSON)
    assert groups(*chain, apart) == (("a", "b"), ("c", "d"))


def test_what_a_program_parts_a_person_can_join():
    chain = decision("a", "b", by=PERSON), decision("b", "c", by=PERSON)
    assert ("a", "b", "c") in groups(*chain, decision("a", "c", same=False))


def test_withdrawn_as_if_never_made():
    parting = decision("a", "b", same=False, by=PERSON)
    assert groups(decision("a", "b"), parting) != groups(decision("a", "b"))
    assert groups(decision("a", "b"), parting, withdrawal(parting, PERSON)) == groups(decision("a", "b"))


def test_a_program_does_not_take_back_what_a_person_decided():
    parting = decision("a", "b", same=False, by=PERSON)
    assert groups(decision("a", "b"), parting, withdrawal(parting, PROGRAM)) == groups(
        decision("a", "b"), parting
    )


def test_decisions_on_others_are_ignored():
    assert groups(decision("a", "z"), decision("z", "b")) == (("a",), ("b",), ("c",), ("d",))


PAIRS = st.sampled_from([(a, b) for a in "abcdef" for b in "abcdef" if a < b])
DECISIONS = st.lists(
    st.builds(
        lambda pair, same, by, score: decision(*pair, same=same, by=by, score=score),
        PAIRS,
        st.booleans(),
        st.sampled_from([PROGRAM, "onrecord 0.2.0", PERSON, "person: Bo"]),
        st.sampled_from([0.5, 0.7, 0.9]),
    ),
    unique_by=lambda d: d.id,
    max_size=12,
)


@given(DECISIONS, st.randoms())
def test_the_order_is_no_matter(given_ones, random):
    shuffled = list(given_ones)
    random.shuffle(shuffled)
    assert join("abcdef", standing(shuffled)) == join("fedcba", standing(given_ones + given_ones))


@given(DECISIONS)
def test_nothing_that_a_person_parts_is_together(given_ones):
    force = standing(given_ones)
    together = {pair for group in join("abcdef", force) for pair in ((x, y) for x in group for y in group)}
    by_hand = [d for d in force if d.by.startswith("person:")]
    assert not [d for d in by_hand if not d.same and (d.a, d.b) in together]


@given(DECISIONS, PAIRS, st.booleans())
def test_what_is_withdrawn_leaves_no_trace(given_ones, pair, same):
    extra = decision(*pair, same=same, by="person: Eve", made="2024-01-01")
    assert join("abcdef", standing([*given_ones, extra, withdrawal(extra, PERSON)])) == join(
        "abcdef", standing(given_ones)
    )
