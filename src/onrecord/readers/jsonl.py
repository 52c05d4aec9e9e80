"""JSON Lines of articles: one object a line.

``text`` is needed; ``id``, ``lang`` (or ``language``), ``title``, ``outlet``, ``url`` and ``published`` are
read where they are; everything else is ignored, so annotated articles can be read again. ``Article.text`` is
the ``text``, unchanged (NUL or half a surrogate pair becomes U+FFFD). UTF-8 only, as the format asks.

Source: https://jsonlines.org (UTF-8, one value a line).
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

from onrecord.readers.articles import compose
from onrecord.readers.encodings import clean
from onrecord.readers.files import LARGEST, STANDARD_INPUT, Skipped, opened
from onrecord.readers.notices import check
from onrecord.records import Article


def read(stream: BufferedReader, place: str, language: str) -> Iterator[Article | Skipped]:
    """Yield the articles, in order; a broken line comes as Skipped with its number, the others go on.

    An article without id is named by the file's name and the line's number.
    """
    empty = True
    for number, line in enumerate(_lines(stream), 1):
        if line is not None and not line.strip():
            continue
        empty = False
        yield from _article(line, place, number, language)
    if empty:
        yield Skipped(place, "empty")


def count(place: str) -> int:
    """Return how many lines a file has, 1 where it can't be read."""
    try:
        with opened(place) as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 1


def _lines(stream: BufferedReader) -> Iterator[bytes | None]:
    """Yield the lines; None for one that is too long, of which no more than the bound is ever kept."""
    first = True
    while line := stream.readline(LARGEST):
        if len(line) == LARGEST and not line.endswith(b"\n"):
            while (rest := stream.readline(LARGEST)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line.removeprefix(codecs.BOM_UTF8) if first else line
        first = False


def _article(line: bytes | None, place: str, number: int, language: str) -> Iterator[Article | Skipped]:
    origin = f"{place}:{number}"
    found = _object(line)
    if isinstance(found, str):
        yield Skipped(origin, found)
        return
    notice, wrong = check(found, strict=False)
    yield from (Skipped(origin, reason) for reason in wrong)
    stem = "stdin" if place == STANDARD_INPUT else Path(place).stem
    yield compose(clean(found["text"]), notice, name=f"{stem}-{number}", origin=origin, language=language)


def _object(line: bytes | None) -> dict[str, Any] | str:
    """Return the object of a line, which has a text, or the reason why there is none."""
    if line is None:
        return f"a line longer than {LARGEST:,} bytes"
    try:
        # Not msgspec: it refuses half a surrogate pair ("\\ud83d"), as cut texts have it.
        found = json.loads(line)
    except UnicodeDecodeError as error:
        return f"not UTF-8: byte {error.start + 1}"
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg.lower()}, column {error.colno}"
    except (RecursionError, ValueError):
        return "not JSON that can be read: nested too deep, or a number too long"
    if not isinstance(found, dict):
        return "expected an object with a text"
    text = found.get("text")
    if not isinstance(text, str):
        return "expected a text in 'text'" if "text" in found else "no 'text'"
    return found if text.strip() else "empty"
