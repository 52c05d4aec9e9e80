"""The tables and views of a record, as ``migrations/`` makes them.

A column is named after the field that it keeps; lists are JSON. Any database has these.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa

from onrecord.records import Article, Decision, Furniture, Spans, Statement
from onrecord.store.versions import split
from onrecord.text import cut

T = TypeVar("T")


class Json(sa.types.TypeDecorator[T], Generic[T]):
    """A column of JSON text that gives back values of one type."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: type[T]) -> None:
        super().__init__()
        self.kind = kind
        self._decoder = msgspec.json.Decoder(kind)

    def process_bind_param(self, value: T | None, _dialect: sa.Dialect) -> str:
        """Return the value as JSON."""
        return msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> T:
        """Return the value that the JSON holds."""
        return self._decoder.decode(value or "null")


metadata = sa.MetaData()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _spans(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, Json(Spans), nullable=False) for name in names]


def _flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _statements(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("seq", sa.Integer, primary_key=True),
        *_texts("id", "by", "article_id", "form", "act", "speaker", "speaker_kind", "said"),
        *_flags("negated", "nested"),
        sa.Column("score", sa.Float, nullable=False),
        *_texts("evidence"),
        *_spans("content", "cue", "source", "addressee", "channel", "time", "relay"),
        *_texts("words"),
    )


def _decisions(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("seq", sa.Integer, primary_key=True),
        *_texts("id", "kind", "a", "b"),
        *_flags("same"),
        *_texts("by"),
        sa.Column("score", sa.Float, nullable=False),
        *_texts("evidence", "withdraws", "made"),
    )


articles = sa.Table(
    "article",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    *_texts("id", "name", "language", "title", "outlet", "url", "published", "origin"),
    sa.Column("furniture", Json(tuple[Furniture, ...]), nullable=False),
    *_texts("text"),
)
readings = sa.Table(
    "reading",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    *_texts("article_id", "by", "program", "version"),
)
statements, current_statements = _statements("statement"), _statements("current_statement")
decisions, current_decisions = _decisions("decision"), _decisions("current_decision")

# The columns that a record is made of again.
OF_ARTICLE = [articles.c[field] for field in Article.__struct_fields__]
OF_STATEMENT = [current_statements.c[field] for field in Statement.__struct_fields__]
OF_DECISION = [current_decisions.c[field] for field in Decision.__struct_fields__]

Row = dict[str, Any]


def article_row(article: Article) -> Row:
    """Return the row of an article."""
    return {"id": article.id} | msgspec.structs.asdict(article)


def reading_row(article_id: str, by: str) -> Row:
    """Return the row that says that this program has read this article."""
    program, version = split(by)
    return {"article_id": article_id, "by": by, "program": program, "version": version}


def statement_row(statement: Statement, text: str) -> Row:
    """Return the row of a statement in an article with this text."""
    words = cut(text, statement.content)
    return {"id": statement.id, "words": words} | msgspec.structs.asdict(statement)


def decision_row(decision: Decision) -> Row:
    """Return the row of a decision."""
    return {"id": decision.id} | msgspec.structs.asdict(decision)
