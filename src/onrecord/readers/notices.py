"""Notices: what a sidecar, a front matter or a JSON object says about an article; the only door to YAML."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from onrecord import dates, languages
from onrecord.errors import UnreadableInput
from onrecord.readers.encodings import clean

# A bound on what YAML is read from: a notice has a few lines.
LARGEST = 64_000
_LONGEST_VALUE = 2_000
_DEEPEST = 8

_ALIASES = {"lang": "language", "id": "name"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_FENCE = re.compile(r"---[^\S\n]*\r?\n(.*?\r?\n)---[^\S\n]*(?:\r?\n|$)", re.DOTALL)


class Notice(msgspec.Struct, frozen=True):
    """What is said about an article beside its text; "" where nothing is."""

    name: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    title: str = ""
    language: str = ""


def parse(text: str, place: str, *, as_json: bool = False) -> dict[str, Any]:
    """Return the keys and values of a notice in YAML or JSON; raises UnreadableInput where it has none."""
    if len(text) > LARGEST:
        raise UnreadableInput(place, f"larger than {LARGEST:,} characters")
    try:
        data = json.loads(text) if as_json else yaml.safe_load(_flat(text, place))
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, LookupError, TypeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UnreadableInput(place, f"not {'JSON' if as_json else 'YAML'}: {reason[:200]}") from None
    if not isinstance(data, dict):
        raise UnreadableInput(place, "expected lines of the form 'outlet: The Valmire Courier'")
    return {str(key): value for key, value in data.items()}


def _flat(text: str, place: str) -> str:
    """Return the YAML as it is; raises UnreadableInput before what makes reading it long.

    References have no use in a notice, and a few lines of them can stand for millions; the time that YAML
    takes grows with the square of its depth.
    """
    depth = 0
    for event in yaml.parse(text):
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableInput(place, "references (&, *) are not read")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise UnreadableInput(place, f"nested deeper than {_DEEPEST}")
    return text


def front(text: str) -> tuple[int, str]:
    """Return where a text's front matter ends, and what stands between its lines of ``---``; (0, "") if none.

    >>> front("---\\noutlet: X\\n---\\nText")
    (18, 'outlet: X\\n')
    """
    match = _FENCE.match(text, 0, LARGEST)
    return (match.end(), match[1]) if match else (0, "")


def check(said: Mapping[str, Any], *, strict: bool = True) -> tuple[Notice, list[str]]:
    """Return what of the keys and values can be used, and why the others can't.

    ``strict``: an unknown key is a mistake too, and so is a name, which is the file's.
    """
    kept: dict[str, str] = {}
    wrong = []
    for given, value in said.items():
        key = _ALIASES.get(given, given)
        if key not in Notice.__struct_fields__ or (strict and key == "name"):
            if strict:
                wrong.append(
                    f"{clean(given)[:40]!r} is not known; known are outlet, url, published, title, language"
                )
            continue
        text = _plain(value)
        if text is None or len(text) > _LONGEST_VALUE:
            wrong.append(f"{given}: expected a text of at most {_LONGEST_VALUE:,} characters")
            continue
        usable = {"published": day, "language": _language}.get(key, str)(text)
        if text and not usable:
            expected = "a day, such as 2023-01-22 or 2023-01" if key == "published" else "a code, such as fr"
            wrong.append(f"{given}: {text[:60]!r} is not {expected}")
        kept[key] = usable
    return Notice(**kept), wrong


def day(text: str, language: str = "") -> str:
    """Return a published value as EDTF, however it is written out; "" where it isn't a day or a month.

    >>> day("Mon, 23 Jan 2023 11:36:09 GMT"), day("2023-01"), day("03/04/2023")
    ('2023-01-23T11:36:09Z', '2023-01', '')
    """
    if dates.valid(text):
        return text
    for tongue in tongues(language):
        for expression in dates.find(text, tongue):
            if text[: expression.start].strip() == text[expression.end :].strip() == "":
                return dates.resolve(expression, "", "past")
    return ""


def tongues(language: str = "") -> tuple[languages.Language, ...]:
    """Return the known languages, the given one first; it alone says which day 03/04/2023 is."""
    base = language.replace("_", "-").split("-")[0].lower()
    others = (languages.load(code) for code in languages.known() if code != base)
    unordered = tuple(
        msgspec.structs.replace(each, dates=msgspec.structs.replace(each.dates, order="")) for each in others
    )
    return (languages.load(base), *unordered) if base in languages.known() else unordered


def _language(text: str) -> str:
    code = text.replace("_", "-")
    return code if _LANGUAGE.fullmatch(code) else ""


def _plain(value: object) -> str | None:
    """Return a single value as text, trimmed; None for lists and the like."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return clean(str(value)).strip()
    return None
