"""EDTF values in words, never more exact than the value is."""

from __future__ import annotations

import datetime as dt
import itertools

from onrecord.dates.edtf import Stretch, month, stretch
from onrecord.errors import InvalidDate
from onrecord.writers.wording import Wording

WEEK = dt.timedelta(days=7)
# Up to here the days of a set are told one by one, a line holds no more.
_FEW = 3


def phrase(value: str, words: Wording) -> str:
    """Return a value in words; one that is not EDTF comes back as it is.

    >>> from onrecord.writers.wording import wording
    >>> phrase("2023-01-22", wording("en")), phrase("2023-01-01T08:00Z", wording("fr"))
    ('Sunday 22 January 2023', 'dimanche 1er janvier 2023')
    >>> phrase("[2023-01-05,2023-01-12,2023-01-19,2023-01-26]", wording("fr"))
    'un jeudi de janvier 2023'
    """
    try:
        stretches = stretch(value)
    except InvalidDate:
        return value
    if len(stretches) == 1:
        return phrase_stretch(stretches[0], words)
    weeks = all(b[0] - a[0] == WEEK for a, b in itertools.pairwise(stretches))
    if weeks and all(first == last for first, last in stretches):
        if _every(stretches):
            return words.days["weekday_of"].format(
                weekday=words.weekdays[stretches[0][0].weekday()],
                month=words.of_months[stretches[0][0].month - 1],
                year=stretches[0][0].year,
            )
        if len(stretches) > _FEW:
            return words.days["weekday_between"].format(
                weekday=words.weekdays[stretches[0][0].weekday()],
                first=phrase_date(stretches[0][0], words, "range_day"),
                last=phrase_date(stretches[-1][0], words, "range_day"),
            )
    return words.days["or"].join(phrase_stretch(piece, words) for piece in stretches)


def phrase_date(day: dt.date, words: Wording, form: str = "date") -> str:
    """Return a day in one of the forms of the wording: "day" (with its weekday), "date", "short_day".

    >>> from onrecord.writers.wording import wording
    >>> phrase_date(dt.date(2023, 1, 1), wording("en"), "short_day")
    '1 Jan'
    """
    return words.days[form].format(
        weekday=words.weekdays[day.weekday()],
        day=words.first_day if day.day == 1 else day.day,
        month=(words.short_months if form.startswith("short") else words.months)[day.month - 1],
        year=day.year,
    )


def _every(stretches: tuple[Stretch, ...]) -> bool:
    """Say whether the days, a week apart, are all days of their weekday in one month."""
    first, last = stretches[0][0], stretches[-1][0]
    start, end = month(first.year, first.month)
    return start <= first < start + WEEK and end - WEEK < last <= end


def phrase_stretch(piece: Stretch, words: Wording) -> str:
    """Return the days from one to the other in words: a day, a month, a year, or a range."""
    first, last = piece
    if first == last:
        return phrase_date(first, words, "day")
    if piece == month(first.year, first.month):
        return phrase_date(first, words, "month")
    if piece == (dt.date(first.year, 1, 1), dt.date(first.year, 12, 31)):
        return str(first.year)
    return _between(first, last, words)


def _between(first: dt.date, last: dt.date, words: Wording) -> str:
    """Return a range in words, by years or months where it begins and ends with them."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        ends = str(first.year), str(last.year)
    else:
        whole = first.day == 1 and last == month(last.year, last.month)[1]
        form = "month" if whole else "range_day"
        ends = phrase_date(first, words, form), phrase_date(last, words, form)
    return words.days["between"].format(first=ends[0], last=ends[1])
