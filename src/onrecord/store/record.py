"""The record: one class whatever the database."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from types import TracebackType
from typing import Any, Literal, overload

import msgspec
import sqlalchemy as sa

from onrecord.errors import UnknownRecord, UnreadableInput
from onrecord.records import Article, Decision, DecisionKind, Statement
from onrecord.store import sqlite, tables
from onrecord.store.versions import person

# How many articles are in memory at once while reading: their texts may be long.
_PAGE = 100
# How many decisions are one transaction: others may write in between.
_BATCH = 1000
# How many of the articles that a reference could mean an error names.
_SHOWN = 5


# A decision is in force, taken back by a person, or given up by a program.
_State = Literal["in force", "taken back", "given up"]


class Counts(msgspec.Struct, frozen=True):
    """How many articles there are, and how many statements and decisions are in force."""

    articles: int
    statements: int
    decisions: int


class Record:
    """A record of news coverage: articles, what was said in them, and what has been decided of it.

    Facts are only added; what is read is what is in force. Everything comes in the order of adding unless
    said otherwise, in pages, so memory doesn't grow with the record, and adding while reading is allowed.
    Several processes may write one file: each waits for its turn. A process that dies leaves a whole
    record, where an article and its statements are there together or not at all.

    ``path`` is a SQLite file, made where absent unless ``create`` is false, or ":memory:" (for one thread).
    Raises BrokenStore where that is no record, a newer onrecord's, or can't be read or written.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = True) -> None:
        self._engine = sqlite.open_engine(os.fspath(path), create)

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def add(self, article: Article, statements: Iterable[Statement] = (), by: str = "") -> bool:
        """Add an article with its statements in one transaction, and return whether anything was new.

        ``by`` is the program that has read the article, to be named where it may have found nothing; the
        programs that the statements name have read it too. A program's reading is whole: once it is kept,
        nothing more by the same version is added, so adding twice is adding once. A person's statements
        ("person: NAME") are added one by one.

        Raises UnreadableInput where a statement cites another article, or a text can't be kept.
        """
        rows: dict[str, list[tables.Row]] = defaultdict(list)
        if by:
            rows[by] = []
        for statement in statements:
            if statement.article_id != article.id:
                reason = f"its statement {statement.id} cites article {statement.article_id}"
                raise UnreadableInput(f"article {article.id}", reason)
            rows[statement.by].append(tables.statement_row(statement, article.text))
        with self._writing(f"article {article.id}") as connection:
            new = sqlite.insert(connection, tables.articles, [tables.article_row(article)])
            for reader, found in rows.items():
                if not person(reader):
                    reading = tables.reading_row(article.id, reader)
                    if not sqlite.insert(connection, tables.readings, [reading]):
                        continue
                    new += 1
                new += sqlite.insert(connection, tables.statements, found)
        return new > 0

    def knows(self, article_id: str, by: str) -> bool:
        """Return whether this version of a program has read the article, found something there or not."""
        c = tables.readings.c
        query = sa.select(sa.exists().where(c.article_id == article_id, c.by == by))
        with self._reading() as connection:
            return bool(connection.scalar(query))

    def articles(self) -> Iterator[Article]:
        """Yield every article."""
        c = tables.articles.c
        return (Article(**row) for row in self._rows(sa.select(c.seq, *tables.OF_ARTICLE), c.seq))

    def article(self, wanted: str) -> Article:
        """Return the article with this id or this exact name, or the only one whose id starts so.

        Raises UnknownRecord where there is none, and where there are several, naming some of them.
        """
        c = tables.articles.c
        conditions = [c.id == wanted, c.name == wanted]
        if re.fullmatch("[0-9a-f]+", wanted):
            conditions.append(c.id.between(wanted, wanted + "g"))
        try:
            with self._reading() as connection:
                for condition in conditions:
                    query = sa.select(*tables.OF_ARTICLE).where(condition).order_by(c.seq).limit(_SHOWN)
                    found = [Article(**row) for row in connection.execute(query).mappings()]
                    if len(found) == 1:
                        return found[0]
                    if found:
                        ids = ", ".join(article.id for article in found)
                        raise UnknownRecord(f"single article ({ids} all fit)", wanted)
        except UnreadableInput:
            pass
        raise UnknownRecord("article", wanted)

    def statements(self, article_id: str | None = None) -> Iterator[Statement]:
        """Yield the statements in force, of one article or of all, by article and then place in the text.

        In force is what the newest version of the program that last read an article has found there; a
        person's statement is in force too, and instead of the program's at the same place.

        Raises UnknownRecord where there is no article with that id.
        """
        if article_id is None:
            return self._statements_of_all()
        with self._reading() as connection:
            known = connection.scalar(sa.select(sa.exists().where(tables.articles.c.id == article_id)))
        if not known:
            raise UnknownRecord("article", article_id)
        return iter(self._statements_of([article_id]))

    @overload
    def search(
        self, query: str, kind: Literal["statement"] = "statement", limit: int = 100
    ) -> tuple[Statement, ...]: ...

    @overload
    def search(self, query: str, kind: Literal["article"], limit: int = 100) -> tuple[Article, ...]: ...

    def search(
        self, query: str, kind: Literal["article", "statement"] = "statement", limit: int = 100
    ) -> tuple[Any, ...]:
        """Return the articles or the statements in force that hold every word of the query, the best first.

        Articles are searched in title and text, statements in content and speaker; case and accents don't
        count, and no character has a meaning of its own. A query without a word finds nothing.
        Source: the order is BM25 as SQLite's FTS5 computes it.
        """
        facts, current, columns, make = {
            "article": (tables.articles, tables.articles, tables.OF_ARTICLE, Article),
            "statement": (tables.statements, tables.current_statements, tables.OF_STATEMENT, Statement),
        }[kind]
        hits = sqlite.matching(facts, query)
        if hits is None:
            return ()
        found = (
            sa.select(*columns).join(hits, hits.c.seq == current.c.seq).order_by(hits.c.rank, current.c.seq)
        )
        with self._reading() as connection:
            return tuple(make(**row) for row in connection.execute(found.limit(limit)).mappings())

    def decide(self, decisions: Iterable[Decision]) -> int:
        """Add decisions, and return how many were new.

        What is in force already is not added again. What a person has withdrawn only a person may decide
        again: running a program once more must not undo what somebody took back. A batch at a time is one
        transaction; the rest of a broken run is added by running it again.

        Raises UnknownRecord where a decision withdraws one that is not there.
        """
        new, remaining = 0, iter(decisions)
        while batch := list(islice(remaining, _BATCH)):
            with self._writing("decision") as connection:
                rows = _new_decisions(batch, _states(connection, batch))
                new += sqlite.insert(connection, tables.decisions, rows)
        return new

    def decisions(self, kind: DecisionKind | None = None) -> Iterator[Decision]:
        """Yield the decisions in force, of one kind or of all, a person's and a program's alike."""
        c = tables.current_decisions.c
        query = sa.select(c.seq, *tables.OF_DECISION)
        if kind is not None:
            query = query.where(c.kind == kind)
        return (Decision(**row) for row in self._rows(query, c.seq))

    def withdraw(self, decision_id: str, by: str, made: str) -> bool:
        """Take a decision back, and return whether it was in force until now.

        Raises UnknownRecord where there is no decision with that id.
        """
        c = tables.decisions.c
        columns = [c[field] for field in Decision.__struct_fields__]
        with self._reading() as connection:
            row = connection.execute(sa.select(*columns).where(c.id == decision_id)).mappings().first()
        if row is None:
            raise UnknownRecord("decision", decision_id)
        taken_back = msgspec.structs.replace(
            Decision(**row), by=by, made=made, withdraws=decision_id, score=1.0, evidence=""
        )
        return self.decide([taken_back]) > 0

    def counts(self) -> Counts:
        """Return how much the record holds."""
        counted = [tables.articles, tables.current_statements, tables.current_decisions]
        with self._reading() as connection:
            return Counts(
                *(
                    connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                    for table in counted
                )
            )

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return sqlite.transaction(self._engine)

    def _writing(self, place: str) -> AbstractContextManager[sa.Connection]:
        return sqlite.transaction(self._engine, writing=place)

    def _rows(self, query: sa.Select[Any], seq: sa.ColumnElement[int]) -> Iterator[tables.Row]:
        """Yield the rows of a query on facts without their ``seq``, a page at a time."""
        last = 0
        while True:
            with self._reading() as connection:
                page = connection.execute(query.where(seq > last).order_by(seq).limit(_PAGE)).mappings().all()
            for row in page:
                last = row["seq"]
                yield {name: value for name, value in row.items() if name != "seq"}
            if len(page) < _PAGE:
                return

    def _statements_of_all(self) -> Iterator[Statement]:
        c = tables.articles.c
        ids = (row["id"] for row in self._rows(sa.select(c.seq, c.id), c.seq))
        while page := list(islice(ids, _PAGE)):
            yield from self._statements_of(page)

    def _statements_of(self, article_ids: list[str]) -> list[Statement]:
        """Return the statements in force of these articles, in the order of the articles."""
        order = {article_id: place for place, article_id in enumerate(article_ids)}
        query = sa.select(*tables.OF_STATEMENT).where(tables.current_statements.c.article_id.in_(order))
        with self._reading() as connection:
            found = [Statement(**row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda statement: (order[statement.article_id], statement.content))


def _states(connection: sa.Connection, batch: list[Decision]) -> dict[str, _State]:
    """Return the state of the decisions that the batch is about and that are there."""
    c = tables.decisions.c
    wanted = {decision.withdraws or decision.id for decision in batch}
    query = (
        sa.select(c.id, c.withdraws, c.by).where(c.id.in_(wanted) | c.withdraws.in_(wanted)).order_by(c.seq)
    )
    return {row.withdraws or row.id: _state(row.withdraws, row.by) for row in connection.execute(query)}


def _state(withdraws: str, by: str) -> _State:
    """Return the state that a row leaves its decision in."""
    if not withdraws:
        return "in force"
    return "taken back" if person(by) else "given up"


def _new_decisions(batch: list[Decision], states: dict[str, _State]) -> Iterator[tables.Row]:
    """Yield the rows of what changes something, and keep ``states`` up to date."""
    for decision in batch:
        subject = decision.withdraws or decision.id
        state = states.get(subject)
        if decision.withdraws and state is None:
            raise UnknownRecord("decision", subject)
        if decision.withdraws:
            changes = state == "in force"
        else:
            changes = state in {None, "given up"} or (state == "taken back" and person(decision.by))
        if changes:
            states[subject] = _state(decision.withdraws, decision.by)
            yield tables.decision_row(decision)
