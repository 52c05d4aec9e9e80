"""Files: walking what a user names, and reading bytes within bounds."""

from __future__ import annotations

import contextlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, cast

import msgspec

from onrecord.errors import UnreadableInput

STANDARD_INPUT = "-"

# A bound, so that a wrong file can't fill the memory. A long novel is about 3 million bytes.
LARGEST = 20_000_000


class Skipped(msgspec.Struct, frozen=True):
    """What wasn't read: where it stands (a path, or path:line) and why not, for people to read."""

    place: str
    reason: str


class Found(NamedTuple):
    """A file to read: its path as the user named it or its folder; ``named``: by the user."""

    place: str
    named: bool


def walk(paths: Iterable[str | Path]) -> Iterator[Found | Skipped]:
    """Yield the files that the paths name or hold; a folder with none, and what isn't there, as Skipped."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        place = os.fspath(path)
        if place == STANDARD_INPUT:
            yield Found(place, named=True)
            continue
        try:
            is_folder = stat.S_ISDIR(Path(place).stat().st_mode)
        except (OSError, ValueError) as error:
            yield Skipped(place, explain(error))
            continue
        if not is_folder:
            yield Found(place, named=True)
            continue
        empty = True
        for found in _folder(Path(place), seen):
            empty = False
            yield found
        if empty:
            yield Skipped(place, "no files in this folder that were not read already")


def _folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found | Skipped]:
    """Yield the files of a folder and of those in it, sorted by name; each real folder once.

    Without recursion, so that depth is no danger.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in seen:
                    seen.add((status.st_dev, status.st_ino))
                    inside = sorted(each for each in path.iterdir() if not each.name.startswith("."))
                    waiting.extend(reversed(inside))
            elif stat.S_ISREG(status.st_mode):
                yield Found(str(path), named=False)
            else:  # a pipe would wait for ever for its other end
                yield Skipped(str(path), "neither a file nor a folder")
        except OSError as error:
            yield Skipped(str(path), explain(error))


def database(place: str) -> bool:
    """Say whether a file is a SQLite database, or one of those that SQLite keeps beside it.

    Source: SQLite, Database File Format, 1.3 (the header) and 2 to 4 (``-journal``, ``-wal``, ``-shm``).
    """
    path = Path(re.sub(r"(?<=.)-(journal|wal|shm)$", "", place))
    try:
        if not path.is_file():  # reading from a pipe would take what it holds
            return False
        with path.open("rb") as stream:
            return stream.read(16) == b"SQLite format 3\0"
    except (OSError, ValueError):
        return False


@contextlib.contextmanager
def opened(place: str) -> Iterator[io.BufferedReader]:
    """Give the open file, or standard input, which is left open; raises OSError."""
    if place != STANDARD_INPUT:
        with Path(place).open("rb") as stream:
            yield stream
        return
    stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
    try:
        yield stream
    finally:
        stream.detach()


def load(stream: io.BufferedReader, place: str, largest: int = LARGEST) -> bytes:
    """Return all bytes of the stream; raises UnreadableInput where there are more than ``largest``."""
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise UnreadableInput(place, f"larger than {largest:,} bytes")
    return data


def explain(error: Exception) -> str:
    """Return a reason in words: "no such file or directory"."""
    said = error.strerror if isinstance(error, OSError) else None
    return (said or str(error) or type(error).__name__).lower()
