"""Resolution: the EDTF value that an expression means in an article of a given day.

The method is HeidelTime's: an expression that leaves something open is settled by the day of publication
and the tense of the sentence. What differs is that a published value may itself be a month or a set: each
day it may mean is tried, and the answer says all that came out.

Source: Strötgen & Gertz (2013), Multilingual and cross-domain temporal tagging, Language Resources and
Evaluation 47, 2, section 4 (underspecified expressions of news).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from onrecord.dates import edtf
from onrecord.dates.edtf import DAY, Stretch
from onrecord.dates.expressions import Expression, Point

Tense = Literal["past", "future"]

# A published value vaguer than a year supports nothing relative to it.
_MOST_DAYS = 366


def resolve(expression: Expression, published: str, tense: Tense, reference: str = "") -> str:
    """Return the EDTF value of the expression; "" where the text doesn't say.

    ``published`` is the article's EDTF value, "" where unknown: then only full dates have a value. ``tense``
    is "past" for what was said and "future" for what is announced: the weekday or the date without its year
    nearest to the published day on that side, that day included. ``reference`` is the value of the
    expression before it in the text, from which "la veille" counts.

    The value is never more exact than text and published value support. A week is its interval from Monday
    to Sunday (ISO 8601), "two weeks ago" the week and "two years ago" the year. In an article dated to a
    month only, "jeudi" is one of the Thursdays of that month, "cette semaine" and "le 23 janvier" lie in
    it if they can, and "hier" is any day from the eve of its first to the eve of its last. "Sunday 23
    January" of a year in which it is no Sunday is looked for in the years beside it; where it is none
    there either, only the month is believed.

    >>> jeudi = Expression(start=0, end=5, point=Point(weekday=3))
    >>> resolve(jeudi, "2023-01-23", "past"), resolve(jeudi, "2023-01-23", "future")
    ('2023-01-19', '2023-01-26')
    >>> resolve(jeudi, "2023-01", "past"), resolve(jeudi, "", "past")
    ('[2023-01-05,2023-01-12,2023-01-19,2023-01-26]', '')
    """
    anchor = published if expression.anchor == "article" else reference
    try:
        if _absolute(expression):
            return edtf.compose([_place(expression, dt.date.min, tense)], expression.time)
        if (
            not edtf.valid(anchor)
            or sum((end - start).days for start, end in edtf.stretch(anchor)) > _MOST_DAYS
        ):
            return ""
        if expression.unit == "hour":
            return edtf.compose(_hours(anchor, expression.steps))
        return edtf.compose(_candidates(expression, anchor, tense), expression.time)
    except (OverflowError, ValueError):  # before the year 1 or after 9999, or a day no year has
        return ""


def _absolute(expression: Expression) -> bool:
    last = expression.until or expression.point
    return last.year is not None and not expression.unit


def _candidates(expression: Expression, anchor: str, tense: Tense) -> list[Stretch]:
    """Return what the expression may mean, over the days that the anchor may mean."""
    if expression.point == Point() and not expression.unit:
        return []
    first, last = edtf.span(anchor)
    days = (start + n * DAY for start, end in edtf.stretch(anchor) for n in range((end - start).days + 1))
    found = {_place(expression, day, tense) for day in days}
    if expression.steps == 0 or expression.point.weekday is not None:
        # Seen from a month, what can lie in it does.
        within = {
            (max(start, first), min(end, last)) for start, end in found if start <= last and end >= first
        }
        if within and len(found) > 1:
            return sorted(within)
    return sorted(found)


def _hours(anchor: str, steps: int) -> list[Stretch]:
    """Return the days on which it may have been that many hours from the anchor."""
    shift = dt.timedelta(hours=steps)
    start, end = (dt.datetime.combine(day, dt.time()) for day in edtf.span(anchor))
    if "T" in anchor:
        hour, minute = int(anchor[11:13]), int(anchor[14:16])
        start = end = start + dt.timedelta(hours=hour, minutes=minute)
    else:
        end += DAY - dt.timedelta(seconds=1)
    days = range((start + shift).toordinal(), (end + shift).toordinal() + 1)
    return [(dt.date.fromordinal(n), dt.date.fromordinal(n)) for n in days]


def _place(expression: Expression, day: dt.date, tense: Tense) -> Stretch:
    """Return the stretch that the expression means, seen from one day."""
    if expression.unit:
        return _shift(expression, day, tense)
    if expression.until is None:
        return _point(expression.point, day, tense, expression.steps)
    end = _point(expression.until, day, tense, 0)
    opening = expression.point
    if opening.weekday is None or opening.day is not None:
        year = opening.year or (expression.until.year if opening.month is None else None)
        opening = msgspec.structs.replace(opening, month=opening.month or expression.until.month, year=year)
        if opening.day is None and expression.until.month is not None and expression.point.month is None:
            opening = msgspec.structs.replace(opening, month=None)  # "de 2008 à mars 2012"
    start = _point(opening, end[1], "past", 0)
    if start[0] > end[1]:
        raise ValueError(start, end)
    return start[0], end[1]


def _point(point: Point, day: dt.date, tense: Tense, steps: int) -> Stretch:
    """Return the stretch of a point, what it leaves open taken nearest to the day."""
    if point.year is not None:
        if point.month is None:
            return dt.date(point.year, 1, 1), dt.date(point.year, 12, 31)
        if point.day is None:
            return edtf.month(point.year, point.month)
        exact = dt.date(point.year, point.month, point.day)
        return exact, exact
    if point.month is not None:
        return _yearless(point, day, tense, steps)
    if point.weekday is None:
        raise ValueError(point)
    return _weekday(point, day, tense, steps)


def _weekday(point: Point, day: dt.date, tense: Tense, steps: int) -> Stretch:
    """Return the nearest weekday: before (-1), after (1), or on the tense's side, the day itself included."""
    backward = steps < 0 or (steps == 0 and tense == "past")
    for n in range(1 if steps else 0, 60):
        tried = day - n * DAY if backward else day + n * DAY
        if tried.weekday() == point.weekday and point.day in (None, tried.day):
            return tried, tried
    raise ValueError(point)


def _yearless(point: Point, day: dt.date, tense: Tense, steps: int) -> Stretch:
    """Return the nearest month, or day of a month, of that name on the tense's side."""
    number = point.month or 1
    found = []
    # Eight years either way hold a 29 February.
    for year in range(day.year - 8, day.year + 9):
        try:
            exact = dt.date(year, number, point.day or 1)
        except ValueError:
            continue
        found.append((exact, exact) if point.day else edtf.month(year, number))
    if steps < 0:
        found = [(start, end) for start, end in found if end < day]
    elif steps > 0:
        found = [(start, end) for start, end in found if start > day]
    if point.day and point.weekday is not None:
        beside = [each for each in found if abs(each[0].year - day.year) <= 1]
        found = [each for each in beside if each[0].weekday() == point.weekday]
        if not found:
            return _yearless(Point(month=number), day, tense, steps)
    before = [each for each in found if each[0] <= day]
    after = [each for each in found if each[1] >= day]
    backward = steps < 0 or (steps == 0 and tense == "past")
    if backward:
        return before[-1] if before else after[0]
    return after[0] if after else before[-1]


def _shift(expression: Expression, day: dt.date, tense: Tense) -> Stretch:
    """Return the day, week, week-end, month or year that many steps from the day."""
    steps = expression.steps
    if expression.unit == "month":
        months = day.year * 12 + day.month - 1 + steps
        return edtf.month(months // 12, months % 12 + 1)
    if expression.unit == "year":
        return dt.date(day.year + steps, 1, 1), dt.date(day.year + steps, 12, 31)
    if expression.unit == "week":
        monday = day - day.weekday() * DAY + 7 * steps * DAY
        return monday, monday + 6 * DAY
    if expression.unit == "weekend":
        saturday = day - day.weekday() * DAY + 5 * DAY
        running = day >= saturday
        if steps == 0 and tense == "past" and not running:
            steps = -1
        elif steps > 0 and not running:
            steps -= 1
        return saturday + 7 * steps * DAY, saturday + (7 * steps + 1) * DAY
    shifted = day + steps * DAY
    return shifted, shifted
