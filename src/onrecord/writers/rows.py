"""A statement as one flat row: what the tables (CSV, Parquet) share."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.records import Article, Spans, Statement
from onrecord.text import cut
from onrecord.writers.targets import Coverage

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

Row = dict[str, str | bool | float | Spans]


def rows(coverage: Coverage) -> Iterator[Row]:
    """Yield a row a statement, in the order given, with the keys of :data:`COLUMNS` in their order."""
    for article, statements in coverage:
        place = _place(article)
        for statement in statements:
            yield _row(article, place, statement)


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


def _row(article: Article, place: Row, statement: Statement) -> Row:
    spans: dict[str, Spans] = {role: getattr(statement, role) for role in ROLES}
    values: Row = {
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
    return {column: values[column] for column in COLUMNS}
