"""EDTF values: is it one, which days does it span, could two be the same day.

The part of EDTF that news needs: years ``2008``, months ``2023-01``, days ``2023-01-22``, date-times
``2023-01-23T11:36:09Z`` (the zone as ``Z``, ``+01`` or ``+01:00``, or left out where it isn't known;
the seconds may be left out, as in ISO 8601-1), intervals ``2008/2012``, and one of a set, of which
neighbours may be written as a range: ``[2023-01-05,2023-01-12]``, ``[2022-12-31..2023-01-30]``.
An interval says "all this time", a set "on one of these days, we don't know which".

Source: Library of Congress, Extended Date/Time Format Specification (2019); ISO 8601-2:2019, 4.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from onrecord.errors import InvalidDate

Stretch = tuple[dt.date, dt.date]

DAY = dt.timedelta(days=1)

# Longer than any value that is written here, and a bound for what a file may give.
_LONGEST = 400
# More pieces than a month has weekdays of one name (five) tell a reader nothing: see `compose`.
_MOST_PIECES = 6

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_TIME = re.compile(r"T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?", re.ASCII)


def valid(value: str) -> bool:
    """Say whether the value is EDTF, as far as this module knows it ("" isn't).

    >>> [valid(v) for v in ("2023-01", "2023-01-23T11:36Z", "[2023-01-05,2023-01-12]", "2023-02-29", "")]
    [True, True, True, False, False]
    """
    return _stretches(value) is not None


def span(value: str) -> Stretch:
    """Return the first and the last day that the value may mean.

    Raises InvalidDate where it isn't EDTF.

    >>> [day.isoformat() for day in span("2023-02")]
    ['2023-02-01', '2023-02-28']
    """
    stretches = stretch(value)
    return min(first for first, _ in stretches), max(last for _, last in stretches)


def exact(value: str) -> bool:
    """Say whether the value is one day, with or without its time of day.

    >>> exact("2023-01-23T11:36:09Z"), exact("2023-01"), exact("2023-01-23/2023-01-24"), exact("")
    (True, False, False, False)
    """
    stretches = _stretches(value)
    return stretches is not None and len(stretches) == 1 and stretches[0][0] == stretches[0][1]


def coincide(a: str, b: str) -> bool:
    """Say whether both values could be the same day; an unknown one ("" or not EDTF) could be any.

    >>> thursdays = "[2023-01-05,2023-01-12,2023-01-19,2023-01-26]"
    >>> coincide(thursdays, "2023-01-19"), coincide(thursdays, "2023-01-20"), coincide(thursdays, "")
    (True, False, True)
    """
    ones, others = _stretches(a), _stretches(b)
    if ones is None or others is None:
        return True
    return any(first <= end and start <= last for first, last in ones for start, end in others)


def refines(value: str, other: str) -> bool:
    """Say whether the value agrees with the other one and is more exact.

    Of two times of one day the one that adds the seconds or the zone is more exact.

    >>> refines("2023-01-23T11:36:09Z", "2023-01-23T11:36Z"), refines("2023-01-23", "2023-01")
    (True, True)
    >>> refines("2023-01-23T12:00Z", "2023-01-23T11:36Z"), refines("2023-01", "2023-01")
    (False, False)
    """
    ones, others = _stretches(value), _stretches(other)
    if ones is None or others is None or value == other:
        return False
    if "T" in value and "T" in other:
        return _clock(value)[0].startswith(_clock(other)[0]) and _clock(other)[1] in ("", _clock(value)[1])
    inside = all(any(start <= first and last <= end for start, end in others) for first, last in ones)
    return inside and (ones != others or "T" in value)


def stretch(value: str) -> tuple[Stretch, ...]:
    """Return the stretches of days, first and last included, one of which the value means.

    Raises InvalidDate where it isn't EDTF.
    """
    stretches = _stretches(value)
    if stretches is None:
        raise InvalidDate(value)
    return stretches


def compose(stretches: Iterable[Stretch], time: str = "") -> str:
    """Return the value that means one of these stretches; "" where there are none.

    A whole month or year is written as such, another stretch as an interval, several as one of a set, by
    days. More than six pieces, as the Thursdays of a year, are written as what spans them: the month or the
    year, or else a range. ``time`` ("T11:36Z") is kept where the value is one day.

    >>> compose([(dt.date(2023, 1, 1), dt.date(2023, 1, 31))])
    '2023-01'
    >>> compose([(dt.date(2022, 12, 31), dt.date(2022, 12, 31)), (dt.date(2023, 1, 1), dt.date(2023, 1, 1))])
    '[2022-12-31,2023-01-01]'
    """
    distinct = sorted(set(stretches))
    if not distinct:
        return ""
    if len(distinct) == 1:
        first, last = distinct[0]
        if first == last:
            return first.isoformat() + time
        return _unit(first, last) or _interval(first, last)
    merged = _merge(distinct)
    first, last = merged[0][0], merged[-1][1]
    if len(merged) > _MOST_PIECES:
        for length in (7, 4):
            if first.isoformat()[:length] == last.isoformat()[:length]:
                return first.isoformat()[:length]
        merged = [(first, last)]
    if len(merged) == 1 and (whole := _unit(first, last)):
        return whole
    return "[" + ",".join(_piece(*piece) for piece in merged) + "]"


def _merge(stretches: list[Stretch]) -> list[Stretch]:
    """Return sorted stretches with neighbours and overlaps made one."""
    merged = stretches[:1]
    for first, last in stretches[1:]:
        before = merged[-1]
        if first.toordinal() <= before[1].toordinal() + 1:
            merged[-1] = (before[0], max(before[1], last))
        else:
            merged.append((first, last))
    return merged


def _unit(first: dt.date, last: dt.date) -> str:
    """Return the month or year that the days fill, or ""."""
    if (first, last) == month(first.year, first.month):
        return first.isoformat()[:7]
    if (first, last) == (dt.date(first.year, 1, 1), dt.date(first.year, 12, 31)):
        return first.isoformat()[:4]
    return ""


def _interval(first: dt.date, last: dt.date) -> str:
    """Return an interval, in years or months where it holds whole ones."""
    ends = f"{first}"[5:], f"{last + DAY}"[5:] if last < dt.date.max else "01-01"
    length = 4 if ends == ("01-01", "01-01") else 7 if ends[0][3:] == ends[1][3:] == "01" else 10
    return f"{first}"[:length] + "/" + f"{last}"[:length]


def _piece(first: dt.date, last: dt.date) -> str:
    if first == last:
        return first.isoformat()
    return f"{first}{',' if last - first == DAY else '..'}{last}"


def month(year: int, number: int) -> Stretch:
    """Return the first and the last day of a month.

    Raises ValueError where there is no such month.
    """
    first = dt.date(year, number, 1)
    last = dt.date(year, 12, 31) if number == 12 else dt.date(year, number + 1, 1) - DAY
    return first, last


def _stretches(value: str) -> tuple[Stretch, ...] | None:
    """Return what the value means, or None where it isn't EDTF."""
    if not 0 < len(value) <= _LONGEST:
        return None
    if value.startswith("[") and value.endswith("]"):
        pieces = [_range(piece) for piece in value[1:-1].split(",")]
        found = tuple(piece for piece in pieces if piece)
        return found if len(found) == len(pieces) else None
    if "/" in value:
        found_one = _between(value, "/")
    else:
        date, mark, rest = value.partition("T")
        found_one = _date(date)
        if mark and not (len(date) == 10 and _TIME.fullmatch(mark + rest)):
            return None
    return (found_one,) if found_one else None


def _range(piece: str) -> Stretch | None:
    return _between(piece, "..") if ".." in piece else _date(piece)


def _between(value: str, mark: str) -> Stretch | None:
    start, _, end = value.partition(mark)
    one, other = _date(start), _date(end)
    if one is None or other is None or one[0] > other[0] or one[1] > other[1]:
        return None
    return one[0], other[1]


def _date(value: str) -> Stretch | None:
    match = _DATE.fullmatch(value)
    if not match:
        return None
    year, number, day = (int(group) if group else 0 for group in match.groups())
    try:
        if match[3] is not None:
            return dt.date(year, number, day), dt.date(year, number, day)
        if match[2] is not None:
            return month(year, number)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    except ValueError:
        return None


def _clock(value: str) -> tuple[str, str]:
    """Return a date-time's date and time, and its zone ("" where not known)."""
    match = re.search(r"(?:Z|[+-]\d\d(?::\d\d)?)$", value[11:])
    return (value, "") if match is None else (value[: 11 + match.start()], match.group())
