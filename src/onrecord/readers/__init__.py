"""Readers: files in, articles out; what can't be read comes out as a reason.

:func:`read` is the one verb. What it takes: plain text (``.txt``, ``.text``, ``.md``, or no ending; see
:mod:`onrecord.readers.text`), JSON Lines of articles (``.jsonl``, ``.ndjson``; see
:mod:`onrecord.readers.jsonl`), folders of both, and standard input.

A new reader is a module here with ``read(stream, place, language)``, and its endings in ``READERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path

from onrecord.errors import UnreadableInput
from onrecord.readers import jsonl, text
from onrecord.readers.files import STANDARD_INPUT, Found, Skipped, database, explain, opened, walk
from onrecord.records import Article

__all__ = ["READERS", "Skipped", "count", "read"]

Reader = Callable[[BufferedReader, str, str], Iterator[Article | Skipped]]

READERS: dict[str, Reader] = {
    "": text.read,
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}
"""The reader of each ending (lower case)."""


def read(paths: Iterable[str | Path], language: str | None = None) -> Iterator[Article | Skipped]:
    """Yield the articles at the paths, in the order of the paths, folders in the order of their names.

    A path is a file, a folder (with the folders in it; hidden files and folders are left out, and a folder
    that is reached twice is read once), or "-" for standard input, which holds JSON Lines if it starts with
    "{" and one plain text if not. ``language`` is that of articles that don't say theirs; where it isn't
    given either, it is detected.

    What can't be read comes as :class:`Skipped`, in its place, and the others go on: no file makes this
    raise. Where only a part of what was said about an article can't be used (a day that is none, an unknown
    key), that part comes as Skipped, and the article follows.
    """
    for found in walk(paths):
        if isinstance(found, Skipped):
            yield found
        else:
            yield from _read(found, language or "")


def count(paths: Iterable[str | Path]) -> int:
    """Return how many articles the paths may hold, for a progress bar: a file is one, of JSON Lines a line.

    0 where that can't be told before reading (standard input).
    """
    total = 0
    for found in walk(paths):
        if isinstance(found, Skipped):
            total += 1
        elif found.place == STANDARD_INPUT:
            return 0
        elif READERS.get(Path(found.place).suffix.lower()) is jsonl.read:
            total += jsonl.count(found.place)
        else:
            total += 1
    return total


def _read(found: Found, language: str) -> Iterator[Article | Skipped]:
    """Yield what one file holds."""
    place, ending = found.place, Path(found.place).suffix.lower()
    if ending in text.SIDECARS and not found.named:
        if not any(Path(place).with_suffix(other).exists() for other in READERS):
            yield Skipped(place, "no text of this name stands beside it")
        return
    if database(place):
        yield Skipped(place, "a database, such as a record of onrecord")
        return
    if ending not in READERS and place != STANDARD_INPUT:
        yield Skipped(place, f"no reader for files that end in {ending}")
        return
    try:
        with opened(place) as stream:
            reader = READERS[ending]
            if place == STANDARD_INPUT and stream.peek(64).lstrip()[:1] == b"{":
                reader = jsonl.read
            yield from reader(stream, place, language)
    except UnreadableInput as error:
        yield Skipped(error.place, error.reason)
    except (OSError, ValueError) as error:
        yield Skipped(place, explain(error))
