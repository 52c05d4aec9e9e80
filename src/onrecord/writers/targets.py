"""Where a writer writes: a path, or an open binary or text stream."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from onrecord.records import Article, Speaker, Statement

Target = str | Path | IO[bytes] | IO[str]
Coverage = Iterable[tuple[Article, Sequence[Statement]]]
"""Articles, each with its statements: what the streaming writers take."""
Speakers = Mapping[str, Speaker]
"""Who each mention is (see :func:`onrecord.records.mention`): what is known once a record is linked."""

# Controls but tab, line feed and carriage return: they move a terminal's cursor and are not allowed in HTML.
# Source: Unicode's "Control Pictures" block (U+2400) for C0; U+FFFD for C1 and for lone surrogates.
_VISIBLE = (
    {c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)}
    | {0x7F: 0x2421}
    | dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)
)


def clean(text: str) -> str:
    """Return the text, of the same length, with controls made visible and lone surrogates replaced.

    >>> clean("a\\x1b[2Jb\\x00")
    'a␛[2Jb␀'
    """
    return text.translate(_VISIBLE)


@contextmanager
def open_binary(target: str | Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield a binary stream to write to.

    A file appears whole, in the place of an older one, when the block ends well; where it fails, the older
    one stays. A stream is left open. Raises OSError where the path can't be written, naming the folder
    where that is missing.
    """
    if not isinstance(target, (str, Path)):
        yield target
        return
    path = Path(target).resolve()
    if path.exists() and not path.is_file():  # a pipe or a device, such as /dev/stdout
        with path.open("wb") as stream:
            yield stream
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path.parent))
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def open_text(target: Target) -> Iterator[IO[str]]:
    """Yield a text stream to write to: UTF-8 in a file or a binary stream, a text stream as it is.

    Line ends are written as they are given. A lone surrogate, which UTF-8 can't hold, becomes "?".
    """
    if not isinstance(target, (str, Path)) and hasattr(target, "encoding"):
        yield cast("IO[str]", target)
        return
    with open_binary(cast("str | Path | IO[bytes]", target)) as stream:
        wrapped = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        try:
            yield wrapped
        finally:
            wrapped.detach()
