"""Parquet: one row a statement, typed, for pandas, DuckDB, polars and R. The only door to pyarrow."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.writers.rows import COLUMNS, Row, columns, rows
from onrecord.writers.targets import Coverage, Speakers, open_binary

BATCH = 10_000
"""Rows in a row group: about 10 MB of news statements in memory at a time."""

SPANS = pa.list_(pa.struct([pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]))

_TYPES = {str: pa.string(), bool: pa.bool_(), float: pa.float64(), tuple: SPANS}


def schema(kinds: Mapping[str, type]) -> pa.Schema:
    """Return the typed columns; offsets are lists of ``{start, end}``."""
    return pa.schema([pa.field(name, _TYPES[kind], nullable=False) for name, kind in kinds.items()])


SCHEMA = schema(COLUMNS)
"""The columns of :data:`onrecord.writers.rows.COLUMNS`."""


def write(target: str | Path | IO[bytes], coverage: Coverage, speakers: Speakers | None = None) -> int:
    """Write one row a statement, in the order given; return how many.

    The columns are those of :func:`onrecord.writers.rows.columns`. One batch of :data:`BATCH` rows
    is held at a time. A lone surrogate, which UTF-8 can't hold, becomes "?".
    """
    count = 0
    kinds = columns(speakers)
    flat = rows(coverage, speakers)
    with open_binary(target) as stream, pq.ParquetWriter(stream, schema(kinds), compression="zstd") as table:
        while batch := list(itertools.islice(flat, BATCH)):
            table.write_table(_table(batch, kinds))
            count += len(batch)
    return count


def _table(batch: list[Row], kinds: Mapping[str, type]) -> pa.Table:
    values = {name: [row[name] for row in batch] for name in kinds}
    for name, kind in kinds.items():
        if kind is str:
            values[name] = [str(value).encode(errors="replace").decode() for value in values[name]]
        elif kind is tuple:
            values[name] = [_offsets(value) for value in values[name]]  # type: ignore[arg-type,misc]
    return pa.Table.from_pydict(values, schema=schema(kinds))


def _offsets(spans: tuple[tuple[int, int], ...]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
