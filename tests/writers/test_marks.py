"""Marked text: properly nested, and the text itself stays whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.writers.marks import Mark, tokens

SPANS = st.tuples(st.integers(-3, 23), st.integers(-3, 23)).map(sorted)
MARKS = st.lists(SPANS, max_size=8).map(
    lambda spans: [Mark(start, end, "content", key) for key, (start, end) in enumerate(spans)]
)


@given(st.text(min_size=20, max_size=20), MARKS, SPANS.filter(lambda s: s[0] >= 0 and s[1] <= 20))
def test_tokens_nest_and_hold_the_text(text: str, marks: list[Mark], stretch: list[int]) -> None:
    start, end = stretch
    found = list(tokens(text, (start, end), marks))
    assert "".join(t.text for t in found) == text[start:end]
    covered: dict[int, set[int]] = {mark.key: set() for mark in marks}
    stack: list[int] = []
    at = start
    first_seen: set[int] = set()
    for token in found:
        if token.kind == "open":
            assert token.again == (token.mark.key in first_seen)
            first_seen.add(token.mark.key)
            stack.append(token.mark.key)
        elif token.kind == "close":
            assert stack.pop() == token.mark.key
        else:
            for key in stack:
                covered[key] |= set(range(at, at + len(token.text)))
            at += len(token.text)
    assert stack == []
    for mark in marks:
        assert covered[mark.key] == set(range(max(mark.start, start), min(mark.end, end)))
