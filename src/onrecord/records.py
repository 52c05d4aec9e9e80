"""The records: facts that are kept for ever, views that are computed from them.

Spans are half-open ranges ``(start, end)`` of Unicode code points in ``Article.text``. A role that is
absent is an empty tuple (spans) or an empty string. All records are frozen, and hold plain values only,
so that they pickle, hash and encode to JSON by :mod:`msgspec` without help.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

Span = tuple[int, int]
Spans = tuple[Span, ...]

Form = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "state", "announce", "promise", "threaten", "demand", "accuse", "deny", "praise", "ask", "think",
]  # fmt: skip
SpeakerKind = Literal["person", "organisation", "country", "group", "anonymous", "document", ""]
DecisionKind = Literal["speaker", "story", "utterance"]

FORMS: tuple[Form, ...] = ("direct", "indirect", "mixed")
ACTS: tuple[Act, ...] = (
    "state", "announce", "promise", "threaten", "demand", "accuse", "deny", "praise", "ask", "think",
)  # fmt: skip


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One text by one outlet, as it was read.

    ``name`` is the given id, or the file's name without its ending; ``language`` a BCP 47 code;
    ``published`` an EDTF value ("" where unknown); ``furniture`` the stretches of the text that are furniture
    (date lines, the title said again, headlines of other stories), each with its reason;
    ``origin`` says where the bytes are.
    """

    name: str
    text: str
    language: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    origin: str = ""
    furniture: tuple[Furniture, ...] = ()

    @property
    def id(self) -> str:
        """The article's id: a digest of its place (url, or else outlet and name), day and text."""
        return digest("article", self.url or f"{self.outlet}\n{self.name}", self.published, self.text)


class Furniture(msgspec.Struct, frozen=True):
    """A stretch of an article's text that is not its running text.

    ``kind`` is ``dateline`` (a date line at the head), ``title`` (the title, again) or ``headline``
    (a headline of another story, inserted).
    """

    start: int
    end: int
    kind: Literal["dateline", "title", "headline"]


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act of saying in one article, with the spans that prove it.

    ``content`` leaves out the outer quotation marks and has several pieces where the cue interrupts it.
    ``speaker`` is the fullest name in the article of who the ``source`` mention is. ``said`` is an EDTF
    value for ``time``. ``score`` is between 0 and 1; ``evidence`` names the rule or model that found it.
    """

    article_id: str
    by: str
    content: Spans
    form: Form
    cue: Spans = ()
    source: Spans = ()
    speaker: str = ""
    speaker_kind: SpeakerKind = ""
    addressee: Spans = ()
    channel: Spans = ()
    time: Spans = ()
    said: str = ""
    relay: Spans = ()
    act: Act = "state"
    negated: bool = False
    nested: bool = False
    score: float = 1.0
    evidence: str = ""

    @property
    def id(self) -> str:
        """The statement's id: a digest of its place, so that a better reading of it keeps the id."""
        return digest("statement", self.article_id, *(f"{start}-{end}" for start, end in self.content))


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """These two are, or are not, the same speaker, story or utterance.

    ``a`` and ``b`` are mention keys (see :func:`mention`) for speakers, statement ids for utterances and
    article ids for stories, in sorted order. ``by`` is a program with its version ("onrecord 0.1.0") or
    a person ("person: NAME"); a person wins over a program. ``withdraws`` is the id of a decision that
    this one takes back; ``made`` is when it was made, as an RFC 3339 date-time in UTC.
    """

    kind: DecisionKind
    a: str
    b: str
    same: bool
    by: str
    score: float = 1.0
    evidence: str = ""
    withdraws: str = ""
    made: str = ""

    @property
    def id(self) -> str:
        """The decision's id: a digest of what it says and who says it."""
        return digest("decision", self.kind, self.a, self.b, str(self.same), self.by, self.withdraws)


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """All mentions that are one person, body or group (a view).

    ``names`` are the spellings, the most frequent first; ``roles`` what the articles call them ("vice-
    président du Conseil de sécurité russe"); ``mentions`` are mention keys; ``statements`` statement
    ids, in the order of ``said``, then of the articles.
    """

    id: str
    name: str
    kind: SpeakerKind
    names: tuple[str, ...]
    roles: tuple[str, ...]
    mentions: tuple[str, ...]
    statements: tuple[str, ...]


class Utterance(msgspec.Struct, frozen=True, kw_only=True):
    """The statements that report one act of saying, across outlets (a view)."""

    id: str
    statements: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch in which a version of an utterance departs from the other (see :class:`Comparison`)."""

    kind: Literal["kept", "cut", "inserted", "changed"]
    a: Spans
    b: Spans


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What two outlets made of one utterance (a view): ``a`` and ``b`` are statement ids.

    ``differences`` cover both contents in order; their spans lie in the article of ``a`` and of ``b``.
    ``kept`` is the share of the words of the longer one that both have.
    """

    a: str
    b: str
    kept: float
    differences: tuple[Difference, ...]


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for the parts.

    >>> digest("statement", "0a", "3-17") == digest("statement", "0a", "3-17")
    True
    """
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def mention(article_id: str, speaker: str) -> str:
    """Return the key of a speaker's mentions in one article.

    >>> mention("0a", "Dmitri Medvedev")
    '0a#Dmitri Medvedev'
    """
    return f"{article_id}#{speaker}"
