"""What is particular to SQLite: files, migrations, several processes, and SQL over the record."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from onrecord.errors import BrokenStore, UnknownRecord
from onrecord.records import Article, Decision, Statement
from onrecord.store import Record, sqlite, tables

from . import adding
from .adding import BY, coverage, statement

ARTICLE = Article(name="pluie", text="« Il pleut », dit Ilda Varo.", language="fr", title="Pluie")
RAIN = statement(ARTICLE, "Il pleut")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "onrecord.db"


def run_sql(file: Path, command: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(command).fetchall()


# --- files that are no records --------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"x", b"\n", b"Notes.\n" * 200, b"\0" * 4096, b"SQLite format 3\0", b"SQLite format 3\0" + b"\1" * 9000],
    ids=["letter", "line", "text", "zeros", "head", "torn"],
)
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_record_stays_as_it_is(file: Path, content: bytes, create: bool) -> None:
    file.write_bytes(content)
    with pytest.raises(BrokenStore, match=r"onrecord\.db: is not a record; name another file"):
        Record(file, create=create)
    assert file.read_bytes() == content
    assert list(file.parent.iterdir()) == [file]


def test_the_database_of_another_program_stays_as_it_is(file: Path) -> None:
    run_sql(file, "CREATE TABLE article (id TEXT)")
    before = file.read_bytes()
    with pytest.raises(BrokenStore, match="another program's database"):
        Record(file)
    assert file.read_bytes() == before


def test_a_record_of_a_newer_onrecord_stays_as_it_is(file: Path) -> None:
    Record(file).close()
    run_sql(file, "INSERT INTO onrecord_migration VALUES (99)")
    before = file.read_bytes()
    with pytest.raises(BrokenStore, match="has schema 99, this onrecord knows up to 2; install a newer one"):
        Record(file)
    assert file.read_bytes() == before


def test_an_empty_file_becomes_a_record(file: Path) -> None:
    file.touch()
    with Record(file) as record:
        assert record.add(ARTICLE)


def test_places_where_no_file_can_be(tmp_path: Path) -> None:
    with pytest.raises(BrokenStore, match="is not a file"):
        Record(tmp_path)
    with pytest.raises(BrokenStore, match=r"there is no folder .*absent; make it first"):
        Record(tmp_path / "absent" / "onrecord.db")
    with pytest.raises(BrokenStore, match="is not a file"):
        Record("/dev/null")


def test_reading_only_makes_no_file(file: Path) -> None:
    with pytest.raises(BrokenStore, match="no such file"):
        Record(file, create=False)
    assert not file.exists()
    Record(file).close()
    Record(file, create=False).close()


@pytest.mark.parametrize("name", ["a?b=c&mode=memory.db", "file:x", "é ü%20.db", "#.db"])
def test_the_name_of_a_file_is_only_a_name(tmp_path: Path, name: str) -> None:
    with Record(tmp_path / name) as record:
        record.add(ARTICLE)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_damaged_record_says_so(file: Path) -> None:
    with Record(file) as record:
        for article, found in coverage(60):
            record.add(article, found)
    content = bytearray(file.read_bytes())
    content[4096 * 4 :] = b"\7" * (len(content) - 4096 * 4)
    file.write_bytes(content)
    with pytest.raises(BrokenStore, match="malformed"), Record(file) as record:
        list(record.articles())


# --- schema ---------------------------------------------------------------------------------------


def test_the_tables_are_as_the_migrations_make_them(file: Path) -> None:
    Record(file).close()
    for table in tables.metadata.sorted_tables:
        columns = run_sql(file, f"SELECT name, type FROM pragma_table_info('{table.name}')")
        assert columns == [(c.name, str(c.type.compile())) for c in table.columns], table.name


@pytest.mark.parametrize(
    ("kind", "table"),
    [(Article, tables.articles), (Statement, tables.statements), (Decision, tables.decisions)],
)
def test_every_field_has_a_column(kind: type[msgspec.Struct], table: object) -> None:
    assert isinstance(table, type(tables.articles))
    assert set(kind.__struct_fields__) <= set(table.columns.keys())


def test_a_record_of_the_first_schema_is_brought_up_to_date(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sqlite.migrations()[:1]
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "migrations", lambda: first)
        with Record(file) as record:
            record.add(ARTICLE, [RAIN])
    assert run_sql(file, "SELECT max(number) FROM onrecord_migration") == [(1,)]
    with Record(file) as record:
        assert record.search("pleut") == (RAIN,)
        assert list(record.articles()) == [ARTICLE]
    assert run_sql(file, "SELECT number FROM onrecord_migration") == [(1,), (2,)]


def test_a_migration_that_fails_leaves_the_record_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = sqlite.migrations()
    with monkeypatch.context() as patch:
        patch.setattr(
            sqlite, "migrations", lambda: [*steps, "CREATE TABLE later (x);\nCREATE TABLE article (x);\n"]
        )
        with pytest.raises(BrokenStore, match="already exists"):
            Record(file)
    assert run_sql(file, "SELECT name FROM sqlite_master") == []
    Record(file).close()


@pytest.mark.parametrize("table", ["article", "reading", "statement", "decision"])
def test_facts_are_only_added(file: Path, table: str) -> None:
    with Record(file) as record:
        record.add(ARTICLE, [RAIN])
        record.decide([Decision(kind="story", a="1", b="2", same=True, by=BY)])
    for command in (f"DELETE FROM {table}", f"UPDATE {table} SET seq = 9"):
        with pytest.raises(sqlite3.IntegrityError, match="facts are only added"):
            run_sql(file, command)


def test_the_record_can_be_queried_with_sql(file: Path) -> None:
    with Record(file) as record:
        record.add(ARTICLE, [msgspec.structs.replace(RAIN, by="onrecord 0.9")])
        record.add(ARTICLE, [RAIN])
        record.decide([Decision(kind="story", a="1", b="2", same=True, by=BY)])
    assert run_sql(
        file,
        "SELECT speaker, words, json_extract(content, '$[0][0]'), outlet FROM current_statement"
        " JOIN article ON article.id = article_id",
    ) == [("Ilda Varo", "Il pleut", 2, "")]
    assert run_sql(file, "SELECT count(*) FROM statement") == [(2,)]
    assert run_sql(file, "SELECT a, b, same FROM current_decision") == [("1", "2", 1)]


# --- several at once ------------------------------------------------------------------------------


def start(file: Path, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, adding.__file__, str(file), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_several_processes_make_and_write_one_file(file: Path) -> None:
    processes = [start(file, 60) for _ in range(3)]
    for process in processes:
        _, complaint = process.communicate(timeout=60)
        assert (process.returncode, complaint) == (0, b"")
    made = list(coverage(60))
    with Record(file) as record:
        assert {article.id for article in record.articles()} == {article.id for article, _ in made}
        assert record.counts().statements == sum(len(found) for _, found in made)


def test_several_threads_write_one_record(file: Path) -> None:
    made = list(coverage(60))
    with Record(file) as record:
        threads = [
            threading.Thread(target=lambda part: [record.add(*each) for each in part], args=(made[first::3],))
            for first in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert record.counts().statements == sum(len(found) for _, found in made)


def test_a_writer_that_waits_in_vain_says_why(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE_S", 0.1)
    with Record(file) as record, closing(sqlite3.connect(file, isolation_level=None)) as other:
        record.add(ARTICLE)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            BrokenStore, match=r"another process has been writing to it for 0\.1 s; try again"
        ):
            record.add(ARTICLE, [RAIN])
        assert list(record.articles()) == [ARTICLE]
        with pytest.raises(UnknownRecord):
            record.article("neige")
        other.execute("COMMIT")
        assert record.add(ARTICLE, [RAIN])
