from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from onrecord.store import Record

Opener = Callable[[], AbstractContextManager[Record]]


@contextmanager
def in_file() -> Iterator[Record]:
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "onrecord.db") as record:
        yield record


@contextmanager
def in_memory() -> Iterator[Record]:
    with Record(":memory:") as record:
        yield record


@pytest.fixture(scope="session", params=[in_file, in_memory], ids=["file", "memory"])
def fresh(request: pytest.FixtureRequest) -> Opener:
    """A function that opens an empty record; another database is one more parameter here."""
    opener: Opener = request.param
    return opener


@pytest.fixture
def record(fresh: Opener) -> Iterator[Record]:
    with fresh() as opened:
        yield opened
