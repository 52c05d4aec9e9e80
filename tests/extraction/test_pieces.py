"""Words, pieces and windows, as the learned model reads them."""

import math

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extraction import pieces
from onrecord.extraction.pieces import CLOSES, INSIDE, OPENS, OUTSIDE, UNKNOWN, Vocabulary

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁rain", "▁ra", "in", "s", "▁", "r", "a", "i", "n"]
SCORES = [0.0, 0.0, 0.0, 0.0, -5.0, -4.0, -3.0, -2.0, -3.0, -6.0, -6.0, -6.0, -6.0]
VOCABULARY = Vocabulary(PIECES, SCORES)


def test_the_most_probable_pieces_are_chosen() -> None:
    assert [PIECES[k] for k in VOCABULARY.cut(" rains")] == ["▁rain", "s"]
    assert [PIECES[k] for k in VOCABULARY.cut("rain")] == ["r", "a", "in"]
    assert VOCABULARY.cut("ж") == (UNKNOWN,)


def test_a_word_of_any_length_has_few_pieces() -> None:
    assert len(VOCABULARY.cut(" " + "ж" * 100_000)) <= pieces.LONGEST + 1


def test_marks_are_told_by_their_blanks_and_by_turns() -> None:
    def states(text: str) -> dict[str, int]:
        return {text[w.start : w.end]: w.mark for w in pieces.words(text)}

    assert states("Er sagte: „Gut“, ja") == {
        "Er": OUTSIDE, "sagte": OUTSIDE, ":": OUTSIDE, "„": OPENS, "Gut": INSIDE, "“": CLOSES, ",": OUTSIDE,
        "ja": OUTSIDE,
    }  # fmt: skip
    assert states("« Oui » dit")["Oui"] == INSIDE
    assert states("« Oui » dit")["dit"] == OUTSIDE
    assert states("“Never closed\n\nnext")["next"] == OUTSIDE


@given(
    st.text(st.sampled_from("aab \n«»\"“”'.é\u2028"), max_size=900),
    st.integers(pieces.LONGEST + 40, 128),
    st.integers(0, 32),
)
def test_windows_hold_each_word_once_and_stay_in_their_size(text: str, size: int, context: int) -> None:
    found = pieces.words(text)
    cut = pieces.cut(VOCABULARY, text, found)
    fresh: list[int] = []
    for window in pieces.windows(found, cut, size, context):
        fresh += range(window.fresh, window.end)
        assert window.first <= window.fresh < window.end
        assert len(window.heads) == window.end - window.first
        assert len(window.pieces) == len(window.marks) <= size
    assert fresh == list(range(len(found)))


def test_buckets_grow_with_the_distance_on_either_side() -> None:
    before = [pieces.bucket(-d) for d in range(1, 200)]
    after = [pieces.bucket(d) for d in range(1, 200)]
    assert not set(before) & set(after)
    assert after == sorted(after)
    assert max(before) == 2 * len(pieces.STEPS)
    assert math.prod(b - a == len(pieces.STEPS) for a, b in zip(after, before, strict=True))
