"""A stretch of text cut at the edges of the spans that are marked in it, for any output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from onrecord.records import Span, Spans, Statement


class Mark(NamedTuple):
    """A span with what it is: ``role`` ("content", "cue" ...) and ``key``, the number it is shown by."""

    start: int
    end: int
    role: str
    key: int = 0


class Token(NamedTuple):
    """A piece of marked text: a mark opens or closes, or characters follow.

    ``again`` is true where the mark opens a second time: two marks that cross can't nest, so the one that
    ends later is closed and opened again.
    """

    kind: Literal["open", "close", "text"]
    text: str = ""
    mark: Mark = Mark(0, 0, "")
    again: bool = False


def tokens(text: str, stretch: Span, marks: Iterable[Mark]) -> Iterator[Token]:
    """Yield the stretch of the text as tokens, properly nested; a mark is cut to the stretch.

    The texts of the tokens, joined, are the stretch. Of marks that start together the longer is outside.

    >>> [t.text or t.kind for t in tokens("a b c", (0, 5), [Mark(2, 3, "cue"), Mark(0, 3, "content")])]
    ['open', 'a ', 'open', 'b', 'close', 'close', ' c']
    """
    first, last = stretch
    waiting = sorted(
        (m._replace(start=max(m.start, first), end=min(m.end, last)) for m in marks),
        key=lambda m: (m.start, -m.end),
    )
    waiting = [m for m in waiting if m.start < m.end]
    edges = sorted({first, last, *(m.start for m in waiting), *(m.end for m in waiting)})
    open_marks: list[Mark] = []
    coming = iter([*waiting, Mark(last + 1, last + 1, "")])
    upcoming = next(coming)
    for edge, following in zip(edges, [*edges[1:], last], strict=True):
        crossed: list[Mark] = []
        while any(m.end == edge for m in open_marks):
            mark = open_marks.pop()
            yield Token("close", mark=mark)
            if mark.end > edge:
                crossed.append(mark)
        for mark in reversed(crossed):
            open_marks.append(mark)
            yield Token("open", mark=mark, again=True)
        while upcoming.start == edge:
            open_marks.append(upcoming)
            yield Token("open", mark=upcoming)
            upcoming = next(coming)
        if following > edge:
            yield Token("text", text[edge:following])


def role_marks(statement: Statement, key: int = 0) -> list[Mark]:
    """Return the marks of a statement's content, cue and source."""
    roles: dict[str, Spans] = {
        "content": statement.content,
        "cue": statement.cue,
        "source": statement.source,
    }
    return [Mark(start, end, role, key) for role, spans in roles.items() for start, end in spans]
