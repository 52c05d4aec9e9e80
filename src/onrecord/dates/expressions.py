"""Expressions of date and time in running text: where they stand and what they say, not yet which day.

The forms are data (``[dates]`` of a language file); what is here is how a form becomes a pattern, and the
notations that no language owns: 2023-01-22, 23/01/2023, 2008-2012, 11h36.

A form is written as it stands in a text, with ``[left out or not]``, ``(one|or the other)`` and slots:
``{weekday} {day} {month} {year} {part} {number} {unit} {clock}``; ``{day2}`` and its like close a range.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from onrecord.languages import Dates, Language, Phrase, Unit

_BLANK = r"[^\S\r\n]"
_YEAR = r"1\d{3}|20\d\d"
_TOKENS = re.compile(r"(\{\w+\}|[\[\]()| '-])")
_SYMBOLS = {
    "[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|", " ": _BLANK + "{1,3}", "'": "['’]", "-": "[-‑]",
}  # fmt: skip

# Source: RFC 5322, 4.3 (obs-zone), and the IANA time zone database for Central European time.
_ZONES = {
    "Z": "Z", "GMT": "Z", "UTC": "Z", "UT": "Z", "CET": "+01:00", "CEST": "+02:00",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
}  # fmt: skip
_ZONE = rf"(?-i:{'|'.join(sorted(_ZONES, key=len, reverse=True))})(?!\w)|[+-]\d\d:?\d\d(?!\d)"

# 11h36, 11 h 36, 11:36:09 GMT, 3 p.m.: never a bare number. "est" is no zone, so those keep their capitals.
_CLOCK = (
    rf"(?<!\d)(?P<hour>\d\d?)(?=:\d|{_BLANK}?h(?:{_BLANK}?\d\d|(?!\w))|{_BLANK}?[ap]\.?m(?!\w))"
    rf"(?:(?::|{_BLANK}?h{_BLANK}?)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?|{_BLANK}?h)?"
    rf"(?:{_BLANK}?(?P<half>[ap]m\b|[ap]\.m\.?))?(?:{_BLANK}?(?P<zone>{_ZONE}))?(?!\d)"
)
_EDGE = r"(?<![\w/-])", r"(?!\w|[-/‑]\w)"
_NUMERIC_EDGE = r"(?<![\w/.:-])", r"(?![\w/-]|[.:]\d)"

# What no language owns. A bare year and month is read as such only where it can't be two years (2008-12).
_ANYWHERE = (
    rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]{_CLOCK})?",
    rf"(?P<year>{_YEAR})-(?P<month>\d\d)",
    rf"(?P<first>\d\d?)(?P<mark>[/.-])(?P<second_part>\d\d?)(?P=mark)(?P<year>{_YEAR})"
    rf"(?:,?{_BLANK}(?:[-–à]{_BLANK})?{_CLOCK})?",
    rf"(?P<year>{_YEAR})[-–](?P<year2>{_YEAR})",
    rf"(?=\d\d?{_BLANK}?h{_BLANK}?\d\d|\d\d?:\d\d(?::\d\d)?{_BLANK}?(?:[ap]\.?m|{_ZONE})){_CLOCK}",
)

_SENTENCE_START = re.compile(r"[\n.!?…:;«“\"(\[•*>–—-][^\S\n]*$")


class Point(msgspec.Struct, frozen=True):
    """What an expression says of a day; None where it says nothing. Monday is weekday 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


class Expression(msgspec.Struct, frozen=True, kw_only=True):
    """An expression of date or time: its place in the text and what it says.

    ``until`` closes a range. ``time`` is the time of day as in an EDTF date-time ("T11:36Z"), or "".
    ``unit`` and ``steps`` say how far off ("hier" is a day, -1; a weekday with -1 is the one before). The
    ``anchor`` they count from is the article's day, or ("la veille") the day the text last spoke of.
    """

    start: int
    end: int
    point: Point = Point()
    until: Point | None = None
    time: str = ""
    unit: Unit = ""
    steps: int = 0
    anchor: Literal["article", "text"] = "article"


class _Form(NamedTuple):
    """A compiled form; ``phrase`` is None for what only looks like a date."""

    pattern: re.Pattern[str]
    phrase: Phrase | None


def find(text: str, language: Language) -> Iterator[Expression]:
    """Yield the expressions of date and time in the text, in order; none overlaps another.

    Where several forms fit, the longest counts. Impossible days (30 February) and numbers that may be read
    two ways (03/04/2023 in English) are left out; so is what only looks like a day ("Sunday Times").

    >>> from onrecord.languages import load
    >>> text = "On Thursday she spoke to the Sunday Times of May 5, 2022."
    >>> [text[e.start : e.end] for e in find(text, load("en"))]
    ['Thursday', 'May 5, 2022']
    """
    dates = language.dates
    found: list[tuple[int, int, Expression | None]] = []
    for pattern, phrase in _forms(dates):
        for match in pattern.finditer(text):
            # What is impossible still takes its place, or "31 février 2023" would leave "février 2023".
            expression = _read(match, phrase, dates) if phrase else None
            if expression is None or _cased(match, dates):
                found.append((match.start(), match.end(), expression))
    reached = 0
    for start, end, expression in sorted(found, key=lambda each: (each[0], -each[1], each[2] is not None)):
        if start >= reached:
            reached = end
            if expression:
                yield expression


@functools.cache
def _forms(dates: Dates) -> tuple[_Form, ...]:
    """Return the compiled forms of a language, with those that no language owns."""
    forms = [_Form(_compile(phrase.form, dates), phrase) for phrase in dates.phrases]
    forms += [_Form(_compile(form, dates), None) for form in dates.never]
    before, after = _NUMERIC_EDGE
    for each in _ANYWHERE:
        forms.append(_Form(re.compile(before + each + after, re.IGNORECASE), Phrase(form="")))
    return tuple(forms)


def _compile(form: str, dates: Dates) -> re.Pattern[str]:
    """Return the pattern of a form."""
    # "Sun" and "Mar" are days and months beside a number only.
    short = "{day}" in form or "{year}" in form
    endings = f"(?:{_words(dates.day_endings)})?" if dates.day_endings else ""
    slots = {
        "weekday": _words((*dates.weekdays, *(dates.weekdays_short if short else ()))),
        "month": _words((*dates.months, *(dates.months_short if short else ()))),
        "day": "[0-3]?[0-9]",
        "year": _YEAR,
        "number": rf"\d{{1,3}}|{_words(dates.numbers)}",
        "unit": _words(tuple(words for _, words in dates.units)),
    }
    parts = []
    for token in _TOKENS.split(form):
        slot = token.strip("{}")
        kind = slot.removesuffix("2")
        if not token.startswith("{"):
            parts.append(_SYMBOLS.get(token) or re.escape(token))
        elif kind == "clock":
            parts.append(_CLOCK)
        elif kind == "part":
            parts.append(f"(?:{_words(dates.parts)})")
        else:
            tail = {"day": endings + r"(?!\d|[.,]\d)", "year": r"(?!\d|[.,]\d)"}.get(kind, "")
            parts.append(f"(?P<{slot}>{slots[kind]}){tail}")
    before, after = _EDGE
    return re.compile(before + "".join(parts) + after, re.IGNORECASE)


def _words(entries: tuple[str, ...]) -> str:
    """Return a pattern of any of the entries, each of which may list several words ("mars|mar.")."""
    words = sorted((word for entry in entries for word in entry.split("|")), key=len, reverse=True)
    return "|".join("".join(_SYMBOLS.get(c) or re.escape(c) for c in word) for word in words) or r"(?!)"


def _read(match: re.Match[str], phrase: Phrase, dates: Dates) -> Expression | None:
    """Return what the match says, or None where it says something impossible."""
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    if "first" in said and not _order(said, dates.order):
        return None
    point, until = _point(said, "", dates), _point(said, "2", dates)
    time = _time(said)
    if point is None or until is None or time is None:
        return None
    if (
        set(said) == {"year", "month"}
        and said["month"].isdigit()
        and int(said["month"]) > int(said["year"]) % 100
    ):
        return None
    if until.day and not until.month:
        until = msgspec.structs.replace(until, month=point.month)  # "March 12–14"
    if (until.year or 9999) < (point.year or 0):
        return None
    steps = phrase.steps
    if number := said.get("number"):
        steps *= int(number) if number.isdigit() else _index(number, dates.numbers) + 1
    unit = phrase.unit
    if "unit" in said:
        unit = dates.units[_index(said["unit"], tuple(words for _, words in dates.units))][0]
    return Expression(
        start=match.start(),
        end=match.end(),
        point=point,
        until=until if until != Point() else None,
        time=time,
        unit=unit,
        steps=steps,
        anchor=phrase.anchor,
    )


def _order(said: dict[str, str], order: str) -> bool:
    """Tell day from month in a numeric date (in place); say whether that can be told."""
    first, second = int(said["first"]), int(said["second_part"])
    if order == "dmy" or (not order and first > 12):
        said["day"], said["month"] = said["first"], said["second_part"]
    elif order == "mdy" or second > 12 or first == second:
        said["month"], said["day"] = said["first"], said["second_part"]
    return "month" in said


def _point(said: dict[str, str], end: str, dates: Dates) -> Point | None:
    """Return the point of a range's start ("") or end ("2"), or None where there is no such day."""
    year, month, day, weekday = (said.get(slot + end) for slot in ("year", "month", "day", "weekday"))
    number = None
    if month:
        number = int(month) if month.isdigit() else _index(month, dates.months, dates.months_short) + 1
    try:
        # 29 February is a day of some years; a day without its month is checked with the range's end.
        dt.date(int(year or 2000), number or 1, int(day or 1))
    except ValueError:
        return None
    return Point(
        year=int(year) if year else None,
        month=number,
        day=int(day) if day else None,
        weekday=_index(weekday, dates.weekdays, dates.weekdays_short) if weekday else None,
    )


def _time(said: dict[str, str]) -> str | None:
    """Return the time of day as EDTF writes it, "" where there is none, None for an impossible one."""
    if "hour" not in said:
        return ""
    hour = int(said["hour"])
    if half := said.get("half", "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23:
        return None
    zone = said.get("zone", "").upper()
    if zone and zone not in _ZONES:
        zone = f"{zone[:3]}:{zone[-2:]}"
        if int(zone[1:3]) > 14 or int(zone[-2:]) > 59:
            return None
    second = f":{said['second']}" if "second" in said else ""
    return f"T{hour:02}:{said.get('minute', '00')}{second}{_ZONES.get(zone, zone)}"


def _index(word: str, *lists: tuple[str, ...]) -> int:
    """Return the place of a word in the first of the lists that has it."""
    wanted = _plain(word)
    for entries in lists:
        for index, entry in enumerate(entries):
            if wanted in _plain(entry).split("|"):
                return index
    raise KeyError(word)  # every word that matched is in one of the lists


def _plain(word: str) -> str:
    return re.sub(rf"{_BLANK}+", " ", word.lower().replace("’", "'").replace("‑", "-"))


def _cased(match: re.Match[str], dates: Dates) -> bool:
    """Say whether the names of day and month are written as the language writes them.

    "may" is no month in English, "Mars" in the middle of a French sentence a planet. A number of the day
    beside the name settles it.
    """
    said = match.groupdict()
    if said.get("day") or said.get("hour"):
        return True
    for slot in ("weekday", "month"):
        word = said.get(slot)
        if not word or word.isdigit() or (word.isupper() and len(word) > 2):
            continue
        if dates.capitals:
            if not word[0].isupper():
                return False
        elif word[0].isupper():
            start = match.start(slot)
            if start and not _SENTENCE_START.search(match.string, max(0, start - 4), start):
                return False
    return True
