"""What of an article is shown with a statement: the words said, and the passage they stand in."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.records import Article, Span, Spans, Statement
from onrecord.text import context
from onrecord.writers.labels import quotation_marks
from onrecord.writers.marks import Token, role_marks, tokens

LONGEST = 1_200
"""Characters of a passage; more is shortened, since the whole text stands in the appendix anyway."""

# A cue or a source farther from the words than this, as in the paragraph before, is named but not shown.
_REACH = 300


class Passage(NamedTuple):
    """Stretches of an article as tokens; ``opened`` and ``closed`` where they begin and end a paragraph."""

    stretches: tuple[tuple[Token, ...], ...]
    opened: bool
    closed: bool


class Words(NamedTuple):
    """What was said, piece by piece, with the marks to set around each ("" unless it is a quotation)."""

    pieces: tuple[str, ...]
    opening: str
    closing: str
    shortened: bool


def words_of(article: Article, statement: Statement, longest: int = LONGEST) -> Words:
    """Return the words of a statement, at most ``longest`` characters of them and at least one piece."""
    opening, closing = quotation_marks(article.language) if statement.form == "direct" else ("", "")
    pieces: list[str] = []
    left = longest
    for start, end in statement.content:
        if left <= 0:
            break
        pieces.append(article.text[start : min(end, start + left)])
        left -= end - start
    return Words(tuple(pieces), opening, closing, left < 0 or len(pieces) < len(statement.content))


def passage_of(article: Article, statement: Statement) -> Passage:
    """Return the passage around a statement, its content, cue and source marked."""
    text = article.text
    stretches = _stretches(text, statement)
    marks = role_marks(statement)
    before = text[max(0, stretches[0][0] - 1) : stretches[0][0]]
    after = text[stretches[-1][1] : stretches[-1][1] + 1]
    return Passage(
        tuple(tuple(tokens(text, stretch, marks)) for stretch in stretches),
        opened=before in ("", "\n"),
        closed=after in ("", "\n"),
    )


def _stretches(text: str, statement: Statement) -> list[Span]:
    first, last = statement.content[0][0], statement.content[-1][1]
    near = [
        (start, end)
        for start, end in (*statement.cue, *statement.source)
        if start > first - _REACH and end < last + _REACH
    ]
    whole = context(text, _hull((*statement.content, *near)))
    if whole[1] - whole[0] <= LONGEST:
        return [whole]
    return _pieces(text, statement.content)


def _hull(spans: Spans) -> Spans:
    return ((min(start for start, _ in spans), max(end for _, end in spans)),)


def _pieces(text: str, content: Spans) -> list[Span]:
    """Return the head and the tail of each piece in its context, joined where they meet, up to LONGEST."""
    share = LONGEST // 4
    found: list[Span] = []
    for start, end in content:
        head, tail = (start, min(end, start + share)), (max(start, end - share), end)
        for part in (head, tail):
            reach = context(text, (part,), margin=share // 2)
            # Inside the piece the cut is where the part ends; outside, where the context does.
            reach = (reach[0] if part[0] == start else part[0], reach[1] if part[1] == end else part[1])
            if found and reach[0] <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], reach[1]))
            else:
                found.append(reach)
        if sum(e - s for s, e in found) > LONGEST:
            break
    return found
