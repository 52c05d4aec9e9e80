"""A process that is killed while it adds leaves a whole record, and running it again completes it."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from onrecord.store import Record

from . import adding
from .adding import BY, coverage

ARTICLES = 500
KILLS_WHILE_OPENING = 6
KILLS_WHILE_ADDING = 18

FACTS = (
    "SELECT * FROM article ORDER BY seq",
    "SELECT * FROM reading ORDER BY seq",
    "SELECT * FROM statement ORDER BY seq",
    "SELECT rowid FROM statement_search WHERE statement_search MATCH 'varo'",
    "SELECT name, sql FROM sqlite_master ORDER BY name",
)


def kill(file: Path, dots: int, pause_s: float) -> None:
    """Start adding, and kill the process so long after it has written so many dots."""
    command = [sys.executable, adding.__file__, str(file), str(ARTICLES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert len(process.stdout.read(dots)) == dots
        time.sleep(pause_s)
        process.kill()
    assert process.returncode == -signal.SIGKILL


def check(file: Path, copies: Path) -> int:
    """Check a copy of what is left, so that the next run finds the file as the kill left it."""
    copies.mkdir()
    for part in file.parent.glob(f"{file.name}*"):
        shutil.copy(part, copies)
    if not (copies / file.name).exists():
        return 0
    with closing(sqlite3.connect(copies / file.name)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with Record(copies / file.name) as record:
        present = {article.id for article in record.articles()}
        for number, (article, found) in enumerate(coverage(ARTICLES)):
            assert (article.id in present) == record.knows(article.id, BY) == (number < len(present))
            if article.id in present:
                assert list(record.statements(article.id)) == found
    with closing(sqlite3.connect(copies / file.name)) as connection:
        for index in ("article_search", "statement_search"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    return len(present)


def facts(file: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        return [connection.execute(query).fetchall() for query in FACTS]


def test_kills_at_random_points(tmp_path: Path) -> None:
    chance = random.Random(20230123)
    (tmp_path / "record").mkdir()
    file, undisturbed = tmp_path / "record" / "onrecord.db", tmp_path / "undisturbed.db"
    points = [(1, chance.uniform(0, 0.03)) for _ in range(KILLS_WHILE_OPENING)]
    # The first dot is the start; a known article costs a dot too. The last kill is long before the end.
    goals = sorted(chance.sample(range(2, ARTICLES * 6 // 10), KILLS_WHILE_ADDING))
    points += [(goal, chance.uniform(0, 0.004)) for goal in goals]
    present = [0]
    for number, (dots, pause_s) in enumerate(points):
        kill(file, dots, pause_s)
        present.append(check(file, tmp_path / f"copy-{number}"))
    assert present == sorted(present)
    # The kills fell all over the work, not only before or after it.
    assert len(set(present)) > KILLS_WHILE_ADDING // 2
    assert max(present) < ARTICLES
    adding.main(str(file), ARTICLES)
    adding.main(str(undisturbed), ARTICLES)
    assert facts(file) == facts(undisturbed)
