"""Quotation marks: which stretches of a text stand between them.

Marks in the news are odd: unpaired, the wrong way round, straight, left open at the end of a paragraph
because the next one goes on. A mark is therefore judged by its sort and by its neighbours together, and one
bad mark costs at most its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.languages import Marks
from onrecord.records import Span
from onrecord.text import Cover, trim

# Source: Unicode general categories Pi and Pf, and the straight marks; primes as typed for marks.
DOUBLE = '«»“”„‟"″＂'
MARKS = frozenset(DOUBLE + "‘’‚‛'‹›")
OPENING = frozenset("«“„\"‘'‹")
CLOSING = frozenset("»”\"’'›")
# A quotation left open is looked for in so many paragraphs; more would be a slip, not a speech.
FAR = 12
# How far back a mark's neighbours are looked for.
NEAR = 8
BLANKS = " \t\u00a0\u202f\u2009"


class Quotation(NamedTuple):
    """What stands between two marks: ``outer`` with the marks, ``inner`` without, trimmed.

    ``depth`` is 0, or 1 inside another quotation; ``single`` where the marks are single ones; ``opened``
    and ``closed`` are false where a mark is missing because the quotation goes over paragraphs.
    """

    outer: Span
    inner: Span
    depth: int = 0
    single: bool = False
    opened: bool = True
    closed: bool = True


class Mark(NamedTuple):
    """A quotation mark at an offset; what it can be; ``sure`` where sort and place agree."""

    at: int
    opens: bool
    closes: bool
    sure: bool


def quotations(text: str, paragraphs: Sequence[Span], marks: Marks) -> list[Quotation]:
    """Return the quotations of a text in the order of their starts, outer before inner."""
    found: list[Quotation] = []
    open_until = -1
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1 : number + 1 + FAR]
        reach = closes_in(text, following, marks)
        doubles = paired(text, paragraph, marks, number <= open_until, reach > 0)
        if not doubles and number < open_until:
            doubles = [Quotation(paragraph, paragraph, opened=False, closed=False)]
        if any(not q.closed for q in doubles) and reach > 0 and number >= open_until:
            open_until = number + reach
        found += doubles
        found += singles(text, paragraph, [q for q in doubles if q.depth == 0])
    return sorted(set(found), key=lambda q: (q.outer[0], -q.outer[1]))


def closes_in(text: str, following: Sequence[Span], marks: Marks) -> int:
    """Return how many paragraphs on a quotation that is left open ends or is taken up, 0 where none shows.

    The next paragraph takes it up with a mark at its head, or a later one closes before any opens.
    """
    for number, paragraph in enumerate(following, 1):
        signs = [judge(text, at, paragraph, marks) for at in range(*paragraph) if text[at] in DOUBLE]
        if signs:
            taken_up = number == 1 and signs[0].at == paragraph[0]
            return number if taken_up or (signs[0].closes and not signs[0].opens) else 0
    return 0


def judge(text: str, at: int, paragraph: Span, marks: Marks) -> Mark:
    """Return what the double mark at an offset can be, from its sort and its neighbours."""
    mark = text[at]
    before = text[at - 1] if at > paragraph[0] else " "
    after = text[at + 1] if at + 1 < paragraph[1] else " "
    open_sort = any(mark == o != c for o, c in marks.pairs)
    close_sort = any(mark == c != o for o, c in marks.pairs)
    room_before = before in BLANKS or before in "([{—–-/:’'"
    room_after = after in BLANKS or after in ")]}—–-/,.;:!?…’'"
    start = max(paragraph[0], at - NEAR)
    at_start = start == paragraph[0] and not text[start:at].strip(BLANKS + "•-–—*")
    if at_start:
        return Mark(at, True, False, True)
    if open_sort or close_sort:
        # « dit:” Je viendrai », the closing sort right after a colon and before a blank: the wrong way round
        wrong_way = close_sort and text[start:at].rstrip(BLANKS).endswith(":") and after not in ",.;"
        if wrong_way:
            return Mark(at, True, False, False)
        strange = (open_sort and room_after and not room_before) or (
            close_sort and room_before and not room_after
        )
        spaced = "«" in marks.pairs[0] and mark in "«»"
        if strange and not spaced:
            return Mark(at, not open_sort, open_sort, False)
        return Mark(at, open_sort, close_sort, True)
    if room_before and not room_after:
        return Mark(at, True, False, True)
    if room_after and not room_before:
        return Mark(at, False, True, True)
    return Mark(at, True, True, False)


def paired(text: str, paragraph: Span, marks: Marks, left_open: bool, follows: bool) -> list[Quotation]:
    """Return the quotations of one paragraph that stand in double marks.

    ``left_open``: the paragraph before ended inside a quotation. ``follows``: the next one begins with a
    mark, so that this one may end inside a quotation.
    """
    signs = [judge(text, at, paragraph, marks) for at in range(*paragraph) if text[at] in DOUBLE]
    found: list[Quotation] = []
    stack: list[Mark] = []
    for number, sign in enumerate(signs):
        closes = sign.closes and (bool(stack) or not sign.opens)
        if closes and not stack:
            if left_open and not found and number == 0:
                found.append(quotation(text, (paragraph[0], sign.at + 1), 0, opened=False))
            continue
        if closes:
            opening = stack.pop()
            later = any(s.closes for s in signs[number + 1 :])
            if stack and not opening.sure and not later:
                opening = stack.pop()
            found.append(quotation(text, (opening.at, sign.at + 1), len(stack)))
        elif sign.opens and len(stack) < 2:
            if stack and text[sign.at] == text[stack[-1].at] == '"':
                continue
            stack.append(sign)
    if stack and keep_open(text, paragraph, stack[0], follows):
        found.append(quotation(text, (stack[0].at, paragraph[1]), 0, closed=False))
    held = Cover(q.outer for q in found if q.depth == 0)
    # what stood inside a quotation that came to nothing stands by itself
    found = [q if held.holds(q.outer) else q._replace(depth=0) for q in found]
    return [q for q in found if q.inner[0] < q.inner[1]]


def keep_open(text: str, paragraph: Span, opening: Mark, follows: bool) -> bool:
    """Return whether a mark that nothing closes opens a quotation to the end of its paragraph.

    It does where the next paragraph takes it up, where it begins the paragraph, or after a colon; else it
    is a slip, and counts for nothing.
    """
    before = text[paragraph[0] : opening.at].rstrip(BLANKS)
    return follows or not before or before[-1] in ":,.!?"


def quotation(text: str, outer: Span, depth: int, opened: bool = True, closed: bool = True) -> Quotation:
    """Return a quotation with its inner span."""
    inner = trim(text, (outer[0] + opened, outer[1] - closed))
    return Quotation(outer, inner, depth, False, opened, closed)


_SINGLE = re.compile(r"(?<![\w'’])[‘'‚‹](?=[^\s'’])(?P<inner>[^\n]{2,600}?)(?<=[^\s])['’›](?!\w)")


def singles(text: str, paragraph: Span, doubles: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations of one paragraph that stand in single marks, of two words or more.

    An apostrophe is no mark: the opening one follows a blank, the closing one precedes no letter. One word
    alone ("the 'deal'") is never a statement, and "the players' union and its members'" would read as one.
    """
    found = []
    for match in _SINGLE.finditer(text, *paragraph):
        inner = match.span("inner")
        depth = int(any(q.inner[0] <= match.start() and match.end() <= q.inner[1] for q in doubles))
        crosses = any(q.outer[0] < match.end() and match.start() < q.outer[1] for q in doubles) and not depth
        if not crosses and " " in text[inner[0] : inner[1]]:
            found.append(Quotation(match.span(), inner, depth, single=True))
    return found
