"""All that is particular to SQLite: opening a file, its migrations, its transactions, its full text.

Write-ahead logging with ``synchronous=NORMAL``: a transaction is whole or absent whenever the process dies,
readers don't wait for the writer, and no transaction waits for the disk. (A power cut may take the last
transactions, whole ones.) Source: sqlite.org/wal.html and sqlite.org/pragma.html#pragma_synchronous.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.errors import BrokenStore, UnreadableInput

# How long to wait for another process that writes: its transactions take milliseconds.
PATIENCE_S = 30.0

# Source: sqlite.org/fileformat2.html, section 1.3.
_MAGIC = b"SQLite format 3\0"

_VERSIONS = "onrecord_migration"


def migrations() -> list[str]:
    """Return the SQL of every migration; the first makes version 1 of the schema."""
    folder = resources.files(__package__).joinpath("migrations")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return [file.read_text("utf-8") for file in files if file.name.endswith(".sql")]


def open_engine(path: str, create: bool) -> sa.Engine:
    """Return an engine on the record at ``path``, its schema brought up to date.

    Raises BrokenStore where the file can't be opened, is no record or is a newer onrecord's; such a file
    stays as it is.
    """
    memory = path == ":memory:"
    if not memory:
        _check_place(Path(path), create)
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=path),
        connect_args={"timeout": PATIENCE_S},
        # One connection is one database in memory.
        poolclass=sa.StaticPool if memory else sa.QueuePool,
    )
    sa.event.listen(engine, "connect", _connect)
    sa.event.listen(engine, "begin", _begin)
    try:
        _migrate(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def transaction(engine: sa.Engine, writing: str = "") -> Iterator[sa.Connection]:
    """Run the block in one transaction; where it raises, nothing is written.

    ``writing`` names what is written, if anything. Raises UnreadableInput for a value that no row can have
    and for text that UTF-8 can't hold, and BrokenStore for whatever else the database refuses.
    """
    try:
        with engine.connect().execution_options(writing=writing) as connection, connection.begin():
            yield connection
    except sa.exc.IntegrityError as error:
        raise UnreadableInput(writing, str(error.orig)) from error
    except sa.exc.DBAPIError as error:
        raise BrokenStore(engine.url.database or "", _explain(error.orig)) from error
    except UnicodeEncodeError as error:
        found = ascii(error.object[max(0, error.start - 20) : error.start + 1])
        reason = f"a lone surrogate at character {error.start}, after {found}; decode with errors='replace'"
        raise UnreadableInput(writing or "text", reason) from None


def insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert the rows that are not there yet, and return how many those were."""
    added = list(rows)
    if not added:
        return 0
    command = sqlite_insert(table).on_conflict_do_nothing().inline().execution_options(preserve_rowcount=True)
    return connection.execute(command, added).rowcount


def matching(table: sa.Table, query: str) -> sa.Subquery | None:
    """Return ``seq`` and ``rank`` (least first) of the rows that hold every word of the query.

    No character of the query has a meaning; None is returned where it has no word.
    """
    chunks = "".join(c if c.isprintable() and c != '"' else " " for c in query).split()
    words = [f'"{chunk}"' for chunk in chunks if any(c.isalnum() for c in chunk)]
    if not words:
        return None
    index = sa.table(f"{table.name}_search", sa.column("rowid", sa.Integer), sa.column("rank", sa.Float))
    condition = sa.text(f"{index.name} MATCH :words").bindparams(words=" ".join(words))
    return sa.select(index.c.rowid.label("seq"), index.c.rank).where(condition).subquery()


def _check_place(path: Path, create: bool) -> None:
    """Raise BrokenStore where there is something that SQLite would fail on, or write over.

    SQLite takes a file of fewer than 512 bytes for an empty database; here only one of no bytes is.
    """
    place = str(path)
    if not path.exists():
        if not create:
            raise BrokenStore(place, "no such file; adding articles to it makes it")
        if not path.parent.is_dir():
            raise BrokenStore(place, f"there is no folder {path.parent}; make it first")
        return
    if not path.is_file():
        raise BrokenStore(place, "is not a file; name a file")
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise BrokenStore(place, f"can't be read: {error.strerror}") from error
    if head and head != _MAGIC:
        raise BrokenStore(place, "is not a record; name another file")


def _connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late, and not for reading.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: sa.Connection) -> None:
    # A writer takes its turn at once: one that reads first could not become a writer after another has.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _migrate(engine: sa.Engine, path: str) -> None:
    steps = migrations()
    with transaction(engine) as connection:
        version = _version(connection, path, len(steps))
    if version == len(steps):
        return
    if version == 0:
        _log_ahead(engine)
    with transaction(engine, writing="schema") as connection:
        # Another process may have been faster.
        version = _version(connection, path, len(steps))
        if version == 0:
            connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {_VERSIONS} (number INTEGER PRIMARY KEY)")
        for number, script in enumerate(steps[version:], version + 1):
            for command in _commands(script):
                connection.exec_driver_sql(command)
            connection.exec_driver_sql(f"INSERT INTO {_VERSIONS} VALUES (?)", (number,))  # noqa: S608


def _log_ahead(engine: sa.Engine) -> None:
    """Have the file keep a write-ahead log, which is not done inside a transaction.

    SQLite doesn't wait here for another process that has just made the same file, so this does.
    """
    deadline = time.monotonic() + PATIENCE_S
    raw = engine.raw_connection()
    try:
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.DatabaseError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise BrokenStore(engine.url.database or "", _explain(error)) from error
            time.sleep(0.01)
    finally:
        raw.close()


def _version(connection: sa.Connection, path: str, known: int) -> int:
    """Return the schema's version, 0 for a new database."""
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    if not tables:
        return 0
    if _VERSIONS not in tables:
        raise BrokenStore(path, "is another program's database, not a record; name another file")
    query = f"SELECT max(number) FROM {_VERSIONS}"  # noqa: S608
    version = int(connection.exec_driver_sql(query).scalar_one() or 0)
    if version > known:
        raise BrokenStore(
            path, f"has schema {version}, this onrecord knows up to {known}; install a newer one"
        )
    return version


def _commands(script: str) -> Iterator[str]:
    """Yield the commands of a script: a trigger has semicolons inside."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""


def _explain(error: BaseException | None) -> str:
    said = str(error)
    if "locked" in said:
        return f"another process has been writing to it for {PATIENCE_S:g} s; try again when it is done"
    if "not a database" in said:
        return "is not a record; name another file"
    return said
