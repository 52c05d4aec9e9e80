"""Articles with their statements, as the interchange has them: gold, or what a program found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from onrecord.errors import UnreadableInput
from onrecord.records import Act, Form, Spans

ROLES = ("content", "cue", "source", "addressee", "channel", "time", "relay")


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as a line of the interchange has it; a role that is absent is None or empty.

    ``np``: its content is a bare noun phrase, which may be found but need not be.
    """

    content: Spans
    form: Form | None = None
    cue: Spans | None = None
    source: Spans | None = None
    speaker: str | None = None
    addressee: Spans | None = None
    channel: Spans | None = None
    time: Spans | None = None
    relay: Spans | None = None
    act: Act | None = None
    negated: bool | None = None
    np: bool = False


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """An article with its statements. ``roles`` names what is scored of them; None is all.

    A prediction may leave out ``text``: its offsets are then those of the gold's.
    """

    id: str
    text: str | None = None
    lang: str = ""
    roles: tuple[str, ...] | None = None
    statements: tuple[Marked, ...] = ()


def load(path: Path) -> list[Sample]:
    """Return the samples of a JSON Lines file, in order.

    Raises UnreadableInput, with file and line, for a line that is no sample or a span outside its text, and
    OSError for a file that can't be opened.
    """
    return [sample(line, f"{path}:{number}") for number, line in lines(path)]


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, with their numbers."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def sample(line: bytes, place: str) -> Sample:
    """Return the sample on a line; ``place`` names it in errors."""
    try:
        # Not msgspec.json: it refuses half a surrogate pair, as cut texts have it.
        found = msgspec.convert(json.loads(line), Sample)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(place, str(error)) from None
    if found.text is not None:
        check(found.statements, found.text, place)
    return found


def check(statements: Sequence[Marked], text: str, place: str) -> None:
    """Raise UnreadableInput for a span that is not inside the text."""
    for statement in statements:
        for role in ROLES:
            for start, end in getattr(statement, role) or ():
                if not 0 <= start < end <= len(text):
                    reason = f"{role} {start}-{end} is not inside the text of {len(text)} characters"
                    raise UnreadableInput(place, reason)


def align(gold: Sequence[Sample], found: Sequence[Sample], place: str) -> list[tuple[Marked, ...]]:
    """Return what was found in each gold article, in their order; nothing where an article is missing.

    Raises UnreadableInput where the article of an id has another text, or offsets outside the gold's.
    """
    by_id: dict[str, list[Sample]] = {}
    for each in found:
        by_id.setdefault(each.id, []).append(each)
    result: list[tuple[Marked, ...]] = []
    for article in gold:
        named = by_id.get(article.id, [])
        fits = next((s for s in named if s.text in {None, article.text}), None)
        if named and fits is None:
            raise UnreadableInput(place, f"{article.id} has another text than in the gold, so offsets differ")
        statements = fits.statements if fits else ()
        check(statements, article.text or "", f"{place}: {article.id}")
        result.append(statements)
    return result
