"""Plain text: one file, one article.

``Article.text`` is the file's text, unchanged: line ends stay as they are, only a byte order mark is dropped
(and NUL or half a surrogate pair becomes U+FFFD). A file may start with front matter, YAML between two lines
of ``---``; it stays in the text, and is furniture of kind ``dateline``. A sidecar is a file of the same name
that ends in .yaml, .yml or .json. Both may give outlet, url, published, title and language; what the sidecar
says goes before what the front matter says, and that before what the text itself shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

import msgspec

from onrecord.errors import UnreadableInput
from onrecord.readers.articles import compose
from onrecord.readers.encodings import decode
from onrecord.readers.files import STANDARD_INPUT, Skipped, explain, load
from onrecord.readers.notices import LARGEST, Notice, check, front, parse
from onrecord.records import Article

SIDECARS = (".yaml", ".yml", ".json")


def read(stream: BufferedReader, place: str, language: str) -> Iterator[Article | Skipped]:
    """Yield the article, after what of its notices could not be used; raises UnreadableInput, OSError."""
    text = decode(load(stream, place), place)
    start, matter = front(text)
    skipped: list[Skipped] = []
    notice = Notice()
    if start:
        notice = _notice(matter, f"{place} (front matter)", skipped)
    if not text[start:].strip():
        raise UnreadableInput(place, "nothing but front matter")
    beside = _sidecar(place, skipped)
    given = {key: value for key, value in msgspec.structs.asdict(beside).items() if value}
    yield from skipped
    yield compose(
        text,
        msgspec.structs.replace(notice, **given),
        name="stdin" if place == STANDARD_INPUT else Path(place).stem,
        origin=place,
        language=language,
        start=start,
    )


def _sidecar(place: str, skipped: list[Skipped]) -> Notice:
    """Return what the sidecars say, the first kind of SIDECARS first."""
    for ending in SIDECARS:
        path = Path(place).with_suffix(ending)
        if place == STANDARD_INPUT or not path.is_file():
            continue
        try:
            with path.open("rb") as stream:
                text = decode(load(stream, str(path), LARGEST), str(path))
        except UnreadableInput as error:
            skipped.append(Skipped(error.place, error.reason))
        except OSError as error:
            skipped.append(Skipped(str(path), explain(error)))
        else:
            return _notice(text, str(path), skipped)
    return Notice()


def _notice(text: str, place: str, skipped: list[Skipped]) -> Notice:
    """Return what a notice says; what can't be used is added to ``skipped``."""
    try:
        notice, wrong = check(parse(text, place, as_json=place.endswith(".json")))
    except UnreadableInput as error:
        skipped.append(Skipped(error.place, error.reason))
        return Notice()
    skipped += [Skipped(place, reason) for reason in wrong]
    return notice
