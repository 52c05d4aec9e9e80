"""JSON Lines, CSV and Parquet: what is written reads back, to the character."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.records import Article, Statement
from onrecord.text import cut
from onrecord.writers import csv as csv_writer
from onrecord.writers import jsonl, parquet
from onrecord.writers.rows import COLUMNS, LINKED, ROLES

from .samples import COURRIER, linked, make_record

RECORD = make_record()
SCORER = Path(__file__).parents[3] / "shared" / "bench" / "score_statements.py"


def test_jsonl_is_the_interchange(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert jsonl.write(path, RECORD.coverage) == len(RECORD.articles)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [article.name for article in RECORD.articles]
    first = rows[0]
    assert first["text"] == COURRIER.text
    assert first["lang"] == "fr"
    assert first["article"] == COURRIER.id
    warned = first["statements"][0]
    assert warned["said"] == "2023-01-22"
    assert [COURRIER.text[s:e] for s, e in warned["cue"]] == ["a averti"]
    assert warned["statement"] == RECORD.statements[0].id
    assert "relay" not in warned  # absent roles are left out
    assert warned["negated"] is False


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer of ../shared is not here")
def test_the_scorer_finds_what_was_written_perfect(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    jsonl.write(path, RECORD.coverage)
    done = subprocess.run(
        [sys.executable, str(SCORER), str(path), str(path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    scores = json.loads(done.stdout)
    for role in ("statement@0.8", "content", "cue", "source", "addressee", "channel", "time", "relay"):
        assert scores[role]["f1"] == 1.0, role
    assert scores["statement@0.8"]["n_gold"] == len(RECORD.statements)


def test_a_lone_surrogate_keeps_the_offsets() -> None:
    article = Article(name="x", text="a\ud800b “c”", language="en")
    statement = Statement(article_id=article.id, by="t", content=((5, 6),), form="direct")
    out = io.BytesIO()
    jsonl.write(out, [(article, [statement])])
    assert json.loads(out.getvalue())["text"] == article.text


def test_csv_has_a_row_a_statement() -> None:
    out = io.BytesIO()
    assert csv_writer.write(out, RECORD.coverage) == len(RECORD.statements)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    split = next(row for row in rows if row["content"] == "The wall … will not stand another winter.")
    assert split["outlet"] == "The Northmoor Herald"
    texts = {article.id: article.text for article in RECORD.articles}
    for row in rows:
        for role in ROLES:
            spans = tuple(tuple(map(int, span.split("-"))) for span in row[f"{role}_spans"].split())
            assert cut(texts[row["article"]], spans) == row[role]  # type: ignore[arg-type]


def test_every_format_names_the_linked_speaker(tmp_path: Path) -> None:
    """Three spellings of one speaker are one group; without links there is no such column."""
    speakers = linked(RECORD)
    jsonl.write(tmp_path / "jsonl", RECORD.coverage, speakers)
    lines = (tmp_path / "jsonl").read_text("utf-8").splitlines()
    found = [s for line in lines for s in json.loads(line)["statements"]]
    csv_writer.write(tmp_path / "csv", RECORD.coverage, speakers)
    with (tmp_path / "csv").open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    parquet.write(tmp_path / "parquet", RECORD.coverage, speakers)
    for rows in (found, table, pq.read_table(tmp_path / "parquet").to_pylist()):
        castaing = [row for row in rows if row.get("speaker_name") == "Irène Castaing"]
        assert {row["speaker"] for row in castaing} == {"Irène Castaing", "Irene Castaing", "إيرين كاستان"}
        assert {row["speaker_id"] for row in castaing} == {RECORD.speakers[0].id}
        [nobody] = [row for row in rows if not row.get("speaker")]
        assert not nobody.get("speaker_name")
    assert LINKED.keys() == table[0].keys() - COLUMNS.keys()


def test_a_csv_file_opens_in_excel_and_a_stream_is_plain(tmp_path: Path) -> None:
    csv_writer.write(tmp_path / "a.csv", RECORD.coverage)
    out = io.BytesIO()
    csv_writer.write(out, RECORD.coverage)
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + out.getvalue()


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder") as told:
        csv_writer.write(tmp_path / "none/a.csv", [])
    assert told.value.filename == str(tmp_path / "none")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("https://x.example";"a")'
    article = Article(name=text, text=text, language="en", outlet=text, title=text)
    statement = Statement(
        article_id=article.id, by="t", content=((0, len(text)),), form="direct", speaker=text, said=text
    )
    out = io.StringIO(newline="")
    csv_writer.write(out, [(article, [statement])])
    [row] = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert [c for c, value in row.items() if value.startswith(csv_writer.FORMULA)] == []
    assert row["content"] == f"'{text}"
    assert row["content_spans"] == f"0-{len(text)}"  # the offsets undo it


def test_parquet_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    assert parquet.write(path, RECORD.coverage) == len(RECORD.statements)
    table = pq.read_table(path)
    assert table.schema.equals(parquet.SCHEMA)
    by_id = {row["statement"]: row for row in table.to_pylist()}
    for statement in RECORD.statements:
        row = by_id[statement.id]
        assert tuple((s["start"], s["end"]) for s in row["content_spans"]) == statement.content
        assert (row["negated"], row["score"], row["said"]) == (
            statement.negated, statement.score, statement.said,
        )  # fmt: skip


def test_nothing_to_write_is_a_table_without_rows(tmp_path: Path) -> None:
    assert parquet.write(tmp_path / "a.parquet", []) == 0
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 0
    assert csv_writer.write(tmp_path / "a.csv", []) == 0
    assert (tmp_path / "a.csv").read_bytes().count(b"\r\n") == 1


def _many(articles: int) -> Iterator[tuple[Article, list[Statement]]]:
    for number in range(articles):
        article = Article(name=str(number), text=f"“Yes {number}”, he said. " + "x" * 50_000, language="en")
        yield article, [Statement(article_id=article.id, by="t", content=((1, 6),), form="direct")] * 5


@pytest.mark.parametrize("writer", [jsonl, csv_writer, parquet])
def test_memory_does_not_grow_with_the_input(
    writer: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixteen times the articles may take no more than one and a half times the memory."""
    monkeypatch.setattr(parquet, "BATCH", 100)

    def peak(articles: int) -> int:
        tracemalloc.start()
        writer.write(tmp_path / "out", _many(articles))  # type: ignore[attr-defined]
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(25)
    assert peak(800) < 1.5 * peak(50)


def test_parquet_is_written_batch_by_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "BATCH", 100)
    assert parquet.write(tmp_path / "out.parquet", _many(50)) == 250
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 3


def test_a_failed_write_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("older")

    def broken() -> Iterator[tuple[Article, list[Statement]]]:
        yield COURRIER, []
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        jsonl.write(path, broken())
    assert path.read_text() == "older"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
