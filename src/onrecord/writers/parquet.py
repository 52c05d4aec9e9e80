"""Parquet: one row a statement, typed, for pandas, DuckDB, polars and R. The only door to pyarrow."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.writers.rows import COLUMNS, Row, rows
from onrecord.writers.targets import Coverage, open_binary

BATCH = 10_000
"""Rows in a row group: about 10 MB of news statements in memory at a time."""

SPANS = pa.list_(pa.struct([pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]))

_TYPES = {str: pa.string(), bool: pa.bool_(), float: pa.float64(), tuple: SPANS}

SCHEMA = pa.schema([pa.field(name, _TYPES[kind], nullable=False) for name, kind in COLUMNS.items()])
"""The columns of :data:`onrecord.writers.rows.COLUMNS`; offsets are lists of ``{start, end}``."""


def write(target: str | Path | IO[bytes], coverage: Coverage) -> int:
    """Write one row a statement, in the order given; return how many.

    One batch of :data:`BATCH` rows is held at a time. A lone surrogate, which UTF-8 can't hold, becomes "?".
    """
    count = 0
    flat = rows(coverage)
    with open_binary(target) as stream, pq.ParquetWriter(stream, SCHEMA, compression="zstd") as table:
        while batch := list(itertools.islice(flat, BATCH)):
            table.write_table(_table(batch))
            count += len(batch)
    return count


def _table(batch: list[Row]) -> pa.Table:
    columns = {name: [row[name] for row in batch] for name in COLUMNS}
    for name, kind in COLUMNS.items():
        if kind is str:
            columns[name] = [str(value).encode(errors="replace").decode() for value in columns[name]]
        elif kind is tuple:
            columns[name] = [_offsets(value) for value in columns[name]]  # type: ignore[arg-type,misc]
    return pa.Table.from_pydict(columns, schema=SCHEMA)


def _offsets(spans: tuple[tuple[int, int], ...]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
