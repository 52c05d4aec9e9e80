"""Verification: every span read again against the article that it cites.

The product's promise is that each line of the record can be checked. :func:`verify` checks what a program can
check: that the spans lie in the text, hold something, and stand in order. Whether a direct quotation stands
between quotation marks is left out: dialogue with dashes, interviews and block quotations are direct speech
without any, so the absence of a mark proves nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.dates import valid
from onrecord.records import Article, Span, Spans, Statement
from onrecord.text import overlap

ROLES = ("content", "cue", "source", "addressee", "channel", "time", "relay")


class Fault(msgspec.Struct, frozen=True):
    """What doesn't hold: ``role`` is a field of the statement, ``reason`` a sentence for a reader."""

    statement_id: str
    role: str
    reason: str


class Verification(msgspec.Struct, frozen=True):
    """How many spans (pieces, of all roles) were read again, how many hold, and every fault found.

    Sums of verifications are verifications, so a whole record's is ``sum(each, Verification())``.
    ``held`` is less than ``spans`` only where ``faults`` says why; a fault that is not about a span
    (an impossible day, a content that is missing) leaves both as they are.
    """

    statements: int = 0
    spans: int = 0
    held: int = 0
    faults: tuple[Fault, ...] = ()

    def __add__(self, other: Verification) -> Verification:
        return Verification(
            self.statements + other.statements,
            self.spans + other.spans,
            self.held + other.held,
            self.faults + other.faults,
        )


def verify(article: Article, statements: Iterable[Statement]) -> Verification:
    """Return what holds of the statements in the article, faults in the order of statements and roles.

    A span holds if it lies inside the text, starts before it ends, begins no sooner than the piece before it
    ends, and is not blank. Beyond its spans a statement needs a content, a cue apart from the content, and a
    ``said`` that is empty or an EDTF value. A statement of another article has no span that holds.

    >>> article = Article(name="a", language="en", text="Rain, she said.")
    >>> found = Statement(article_id=article.id, by="me", form="indirect", content=((0, 4),), cue=((10, 99),))
    >>> [f"{fault.role}: {fault.reason}" for fault in verify(article, [found]).faults]
    ['cue: 10-99 is not inside the text of 15 characters']
    """
    total, spans, held = 0, 0, 0
    faults: list[Fault] = []
    for statement in statements:
        total += 1
        identifier, pieces = statement.id, {role: getattr(statement, role) for role in ROLES}
        spans += sum(map(len, pieces.values()))
        if statement.article_id != article.id:
            reason = f"cites article {statement.article_id}, not {article.id}"
            faults.append(Fault(identifier, "article_id", reason))
            continue
        for role in ROLES:
            reasons = list(_read(article.text, pieces[role]))
            held += len(pieces[role]) - len(reasons)
            faults.extend(Fault(identifier, role, reason) for reason in reasons)
        faults.extend(Fault(identifier, role, reason) for role, reason in _judge(statement))
    return Verification(total, spans, held, tuple(faults))


def _read(text: str, spans: Spans) -> Iterator[str]:
    """Yield one reason for each span that doesn't hold."""
    before = 0
    for span in spans:
        reason = _fault(text, span, before)
        if reason:
            yield reason
        before = max(before, span[1])


def _fault(text: str, span: Span, before: int) -> str:
    start, end = span
    if start >= end:
        return f"{start}-{end} holds no character"
    if start < 0 or end > len(text):
        return f"{start}-{end} is not inside the text of {len(text)} characters"
    if start < before:
        return f"{start}-{end} starts before {before}, where an earlier piece ends"
    if _blank(text[start:end]):
        return f"{start}-{end} is blank"
    return ""


def _blank(piece: str) -> bool:
    # Z is white space, C are control and format characters: a zero-width space proves nothing either.
    return all(unicodedata.category(character)[0] in "ZC" for character in piece)


def _judge(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield role and reason of what doesn't hold of the statement as a whole."""
    if not statement.content:
        yield "content", "is missing"
    shared = overlap(statement.cue, statement.content)
    if shared:
        yield "cue", f"shares {shared} characters with the content"
    if statement.said and not valid(statement.said):
        yield "said", f"{statement.said!r} is not an EDTF date"
