"""The timeline: who said what when, as places on a drawing. Knows nothing of HTML.

One lane a speaker. Positions across are percentages of the lane's width, so that the drawing fits a phone
as it fits a screen; positions down are pixels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.dates.edtf import DAY, Stretch, span, stretch, valid
from onrecord.writers.days import phrase_date
from onrecord.writers.html.entries import Entry, Section
from onrecord.writers.wording import Wording

LANES = 14
"""Speakers with a lane of their own; the others share the last one."""

ROWS = 10
"""Signs that stand above each other in a lane; more are counted at its end."""

ROW = 20
"""Pixels from row to row."""

APART = 2.8
"""Percent of the width that a sign takes: a day of a month, 9 pixels on a phone's lane of 320."""

MARGIN = 5.0
"""Percent kept free at both sides, where what was said long before or after is put."""

EDGE = 18.0
"""Percent at a side where "earlier" or "later" leaves no room for the label of a day."""

SLACK = dt.timedelta(days=14)
"""How far before the first and after the last report the axis goes, at least. Older sayings, as a promise
of ten years ago, stand at the edge, called so, or they would press all the others together."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A statement's place: ``x`` (its middle) in percent, ``y`` in pixels; ``marks`` at the day, or at each
    day it may be; ``bar`` (from, width) where the day isn't exact; ``hollow`` where only the day of the
    report is known. A stretch of days has a bar and no mark: in its middle a mark would tell a day."""

    entry: Entry
    x: float
    y: int
    hollow: bool
    bar: tuple[float, float] | None
    marks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A speaker's line (``section`` is None for all the others together) and how many signs it left out."""

    section: Section | None
    speakers: int
    signs: tuple[Sign, ...]
    height: int
    more: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes, the axis (percent, label) and what stands at its edges; ``undated`` counts what isn't drawn."""

    lanes: tuple[Lane, ...]
    axis: tuple[tuple[float, str], ...]
    earlier: bool
    later: bool
    undated: int


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date

    def x(self, day: dt.date, share: float) -> float:
        """Return where a share (0 to 1) of the day has passed; days outside are at the edges."""
        if day < self.first:
            return MARGIN / 2
        if day > self.last:
            return 100 - MARGIN / 2
        passed = ((day - self.first).days + share) / ((self.last - self.first).days + 1)
        return round(MARGIN + passed * (100 - 2 * MARGIN), 2)


def draw(sections: Sequence[Section], words: Wording) -> Timeline | None:
    """Return the timeline of the sections, the first ones first; None where no statement has a day."""
    entries = [entry for section in sections for entry in section.entries]
    dated = [span(value) for entry in entries if (value := _value(entry))]
    if not dated:
        return None
    scale = _scale(entries, dated)
    lanes = [_lane(section, 1, section.entries, scale) for section in sections[:LANES]]
    if rest := sections[LANES:]:
        lanes.append(_lane(None, len(rest), [entry for section in rest for entry in section.entries], scale))
    earlier = any(first < scale.first for first, _ in dated)
    later = any(last > scale.last for _, last in dated)
    free = EDGE if earlier else 0, 100 - (EDGE if later else 0)
    return Timeline(
        lanes=tuple(lane for lane in lanes if lane.signs),
        axis=tuple(label for label in _axis(scale, words) if free[0] < label[0] < free[1]),
        earlier=earlier,
        later=later,
        undated=len(entries) - len(dated),
    )


def _value(entry: Entry) -> str:
    """Return the EDTF value that a statement is drawn at, "" where there is none."""
    values = (entry.statement.said, entry.article.published)
    return next((value for value in values if valid(value)), "")


def _scale(entries: Sequence[Entry], dated: Sequence[Stretch]) -> _Scale:
    reports = [span(e.article.published) for e in entries if valid(e.article.published)] or dated
    first, last = min(a for a, _ in reports), max(b for _, b in reports)
    slack = max(SLACK, last - first).days
    start, end = first.toordinal() - slack, last.toordinal() + slack
    return _Scale(
        min((a for a, _ in dated if a.toordinal() >= start), default=first),
        max((b for _, b in dated if b.toordinal() <= end), default=last),
    )


def _lane(section: Section | None, speakers: int, entries: Sequence[Entry], scale: _Scale) -> Lane:
    """Put each sign into the first row with room for it: exact days first, then bars, from the left."""
    places = sorted(
        (place for entry in entries if (place := _place(entry, scale))),
        key=lambda p: (p.bar is not None, p.x),
    )
    ends: list[float] = []
    signs: list[Sign] = []
    more = 0
    for place in places:
        left, right = _extent(place)
        row = next((i for i, end in enumerate(ends) if end <= left), len(ends))
        if row == ROWS:
            more += 1
            continue
        ends[row : row + 1] = [right]
        signs.append(_down(place, row))
    return Lane(section, speakers, tuple(signs), max(1, len(ends)) * ROW + 8, more)


def _extent(place: Sign) -> tuple[float, float]:
    """Return where a sign begins and ends."""
    left, width = place.bar or (place.x, 0)
    places = (left, left + width, *(x + half for x in place.marks for half in (-APART / 2, APART / 2)))
    return min(places), max(places)


def _down(place: Sign, row: int) -> Sign:
    return replace(place, y=row * ROW + ROW // 2 + 4)


def _place(entry: Entry, scale: _Scale) -> Sign | None:
    value = _value(entry)
    if not value:
        return None
    stretches = stretch(value)
    first, last = stretches[0][0], stretches[-1][1]
    hollow = value != entry.statement.said
    if first == last:
        return Sign(entry, scale.x(first, 0.5), 0, hollow, None, (scale.x(first, 0.5),))
    left, right = scale.x(first, 0), scale.x(last, 1)
    days = [a for a, b in stretches if a == b and scale.first <= a <= scale.last]
    marks = tuple(scale.x(day, 0.5) for day in days) if len(days) == len(stretches) else ()
    bar = (left, round(max(right - left, APART), 2))
    return Sign(entry, round(left + bar[1] / 2, 2), 0, hollow, bar, marks)


def _axis(scale: _Scale, words: Wording) -> tuple[tuple[float, str], ...]:
    """Return at most eight labelled days: days, Mondays, firsts of months or of years."""
    days = (scale.last - scale.first).days + 1
    if days > 365 * 4:
        step = -(-days // (365 * 8))
        years = range(scale.first.year + 1, scale.last.year + 1, step)
        return tuple((scale.x(dt.date(year, 1, 1), 0), str(year)) for year in years)
    if days > 75:
        firsts = [d for d in _days(scale) if d.day == 1]
        firsts = firsts[:: -(-len(firsts) // 8)]
        return tuple((scale.x(d, 0), phrase_date(d, words, "short_month")) for d in firsts)
    weeks = -(-days // (7 * 8))
    if days > 16:
        starts = [d for d in _days(scale) if d.weekday() == 0][::weeks]
    else:
        starts = list(_days(scale))[:: -(-days // 8)]
    return tuple((scale.x(d, 0.5), phrase_date(d, words, "short_day")) for d in starts)


def _days(scale: _Scale) -> list[dt.date]:
    return [scale.first + DAY * i for i in range((scale.last - scale.first).days + 1)]
