"""A statement as one flat row: what the tables (CSV, Parquet) share."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.records import Article, Spans, Statement, mention
from onrecord.text import cut
from onrecord.writers.targets import Coverage, Speakers

ROLES = ("content", "cue", "source", "addressee", "channel", "time", "relay")
"""The roles that are spans: each has a text column of its name and an offsets column, ``NAME_spans``."""

COLUMNS: dict[str, type] = {
    "statement": str,
    "article": str,
    "name": str,
    "outlet": str,
    "url": str,
    "language": str,
    "title": str,
    "published": str,
    "speaker": str,
    "speaker_kind": str,
    "act": str,
    "negated": bool,
    "form": str,
    "nested": bool,
    "content": str,
    "cue": str,
    "source": str,
    "addressee": str,
    "channel": str,
    "time": str,
    "said": str,
    "relay": str,
    "score": float,
    "by": str,
    "evidence": str,
    **{f"{role}_spans": tuple for role in ROLES},
}
"""The columns in order, each with the type of its values; offsets are tuples of ``(start, end)``."""

LINKED: dict[str, type] = {"speaker_id": str, "speaker_name": str}
"""The columns behind ``speaker_kind`` where speakers are linked: one id and name for all spellings."""

Row = dict[str, str | bool | float | Spans]


def columns(speakers: Speakers | None) -> dict[str, type]:
    """Return the columns in order: those of :data:`LINKED` too where speakers are given.

    >>> set(columns({})) - set(columns(None)) == set(LINKED)
    True
    """
    if speakers is None:
        return COLUMNS
    behind = list(COLUMNS).index("speaker_kind") + 1
    columns = list(COLUMNS.items())
    return dict([*columns[:behind], *LINKED.items(), *columns[behind:]])


def rows(coverage: Coverage, speakers: Speakers | None = None) -> Iterator[Row]:
    """Yield a row a statement, in the order given, with the keys of :func:`columns` in their order.

    A statement without a known speaker has empty ``speaker_id`` and ``speaker_name``.
    """
    names = columns(speakers)
    for article, statements in coverage:
        place = _place(article)
        for statement in statements:
            values = _values(article, place, statement) | _linked(statement, speakers or {})
            yield {name: values[name] for name in names}


def _linked(statement: Statement, speakers: Speakers) -> Row:
    speaker = speakers.get(mention(statement.article_id, statement.speaker)) if statement.speaker else None
    return {"speaker_id": speaker.id, "speaker_name": speaker.name} if speaker else dict.fromkeys(LINKED, "")


def _place(article: Article) -> Row:
    return {
        "article": article.id,
        "name": article.name,
        "outlet": article.outlet,
        "url": article.url,
        "language": article.language,
        "title": article.title,
        "published": article.published,
    }


def _values(article: Article, place: Row, statement: Statement) -> Row:
    spans: dict[str, Spans] = {role: getattr(statement, role) for role in ROLES}
    return {
        "statement": statement.id,
        **place,
        "speaker": statement.speaker,
        "speaker_kind": statement.speaker_kind,
        "act": statement.act,
        "negated": statement.negated,
        "form": statement.form,
        "nested": statement.nested,
        **{role: cut(article.text, spans[role]) for role in ROLES},
        "said": statement.said,
        "score": statement.score,
        "by": statement.by,
        "evidence": statement.evidence,
        **{f"{role}_spans": spans[role] for role in ROLES},
    }
