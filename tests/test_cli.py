"""The command line, from arguments to exit codes, on real files and a real record."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow.parquet
import pytest

from onrecord import cli

COVERAGE = Path(__file__).parents[1] / "examples/coverage"
ONRECORD = [sys.executable, "-m", "onrecord"]

MILL = '"The mill will close," Ada Thornwick told reporters on Friday.\n'
DAM = "« Le barrage tiendra », a promis Luc Ferrand lundi.\n\nSelon Mme Orsk, il fuit déjà.\n"


class Run(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """No setting of whoever runs the tests gets in; a language that a command sets is unset again."""
    for name in ("ONRECORD_DB", "ONRECORD_BY", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("ONRECORD_UI", "en")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def run(capsys):
    def call(*arguments: object) -> Run:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Run(ended.value.code or 0, said.out, said.err)

    return call


@pytest.fixture(scope="module")
def covered(tmp_path_factory):
    """A record of the made-up coverage, to be read only."""
    db = tmp_path_factory.mktemp("covered") / "covered.db"
    done = subprocess.run([*ONRECORD, "add", COVERAGE, "--db", db], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return db


@pytest.fixture
def mill(tmp_path):
    (tmp_path / "mill.txt").write_text(MILL)
    (tmp_path / "mill.yaml").write_text("outlet: The Wick\npublished: 2031-05-05\nlanguage: en\n")
    return tmp_path / "mill.txt"


class TestExtract:
    def test_json_lines_to_standard_output(self, run, mill):
        done = run("extract", mill)
        [article] = [json.loads(line) for line in done.out.splitlines()]
        [statement] = article["statements"]
        assert (done.code, article["id"], article["text"]) == (0, "mill", MILL)
        assert [MILL[s:e] for s, e in statement["content"]] == ["The mill will close"]
        assert (statement["speaker"], statement["form"]) == ("Ada Thornwick", "direct")

    def test_csv_to_a_file(self, run, mill, tmp_path):
        file = tmp_path / "out.csv"
        assert run("extract", mill, "--format", "csv", "-o", file) == Run(0, "", f"Written: {file}\n")
        [row] = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
        assert (row["speaker"], row["outlet"]) == ("Ada Thornwick", "The Wick")
        assert "speaker_name" not in row  # nothing is linked without a record

    def test_text_in_the_language_that_is_spoken(self, run, mill):
        assert "· quoted ·" in run("extract", mill, "--format", "text").out
        assert "· cité ·" in run("--ui", "fr", "extract", mill, "--format", "text").out

    def test_a_language_can_be_given(self, run, tmp_path):
        (tmp_path / "dam.txt").write_text(DAM)
        assert json.loads(run("extract", tmp_path / "dam.txt", "--language", "fr").out)["lang"] == "fr"
        wrong = run("extract", tmp_path / "dam.txt", "--language", "xx")
        assert wrong.code == 2
        assert "'xx'" in wrong.err

    def test_an_article_in_a_language_that_is_not_known(self, run, tmp_path):
        line = {"id": "b", "lang": "eu", "text": "«Bai», esan zuen Ane Etxartek."}
        (tmp_path / "b.jsonl").write_text(json.dumps(line))
        done = run("extract", tmp_path / "b.jsonl")
        assert (done.code, json.loads(done.out)["statements"]) == (0, [])
        assert done.err.splitlines()[0] == "1 kept without statements:"
        assert "language 'eu' is not known" in done.err

    def test_standard_input(self):
        line = json.dumps({"id": "m", "lang": "en", "text": MILL}) + "\n"
        done = subprocess.run([*ONRECORD, "extract", "-"], input=line, capture_output=True, text=True)
        assert done.returncode == 0
        assert json.loads(done.stdout)["statements"][0]["speaker"] == "Ada Thornwick"

    def test_what_is_skipped_is_told_and_the_rest_goes_on(self, run, mill, tmp_path):
        (tmp_path / "empty.txt").write_bytes(b"")
        (tmp_path / "broken.jsonl").write_text('{"id": "x"\n')
        done = run(
            "extract", mill, tmp_path / "empty.txt", tmp_path / "broken.jsonl", tmp_path / "absent.txt"
        )
        assert done.code == 0
        assert len(done.out.splitlines()) == 1
        told = done.err.splitlines()
        assert told[0] == "3 skipped:"
        assert all(name in line for name, line in zip(("empty", "broken", "absent"), told[1:], strict=True))

    def test_nothing_that_could_be_read(self, run, tmp_path):
        done = run("extract", tmp_path / "absent.txt")
        assert (done.code, done.out) == (1, "")
        assert "1 skipped:" in done.err


class TestAdd:
    def test_twice_is_once(self, run, mill, tmp_path):
        first = run("add", mill, "--db", tmp_path / "a.db")
        again = run("add", mill, "--db", tmp_path / "a.db")
        assert first == Run(0, "1 article read (1 new, 0 known), 1 statement\n", "")
        assert again.out == "1 article read (0 new, 1 known), 0 statements\n"

    def test_tally_as_json(self, run, mill, tmp_path):
        (tmp_path / "empty.txt").write_bytes(b"")
        done = run("add", mill, tmp_path / "empty.txt", "--db", tmp_path / "a.db", "--json")
        tally = json.loads(done.out)
        assert (tally["read"], tally["new"], tally["known"]) == (1, 1, 0)
        assert [skipped["place"] for skipped in tally["skipped"]] == [str(tmp_path / "empty.txt")]

    def test_an_article_in_a_language_that_is_not_known_is_kept(self, run, tmp_path):
        line = {"id": "b", "lang": "eu", "text": "«Bai», esan zuen Ane Etxartek."}
        (tmp_path / "b.jsonl").write_text(json.dumps(line))
        done = run("add", tmp_path / "b.jsonl", "--db", tmp_path / "a.db")
        assert (done.code, done.out) == (0, "1 article read (1 new, 0 known), 0 statements\n")
        told, why = done.err.splitlines()
        assert told == "1 kept without statements:"
        assert "language 'eu' is not known" in why
        assert "skipped" not in done.err

    def test_a_record_in_the_folder_is_no_article(self, run, mill):
        run("add", mill, "--db", mill.parent / "a.db")
        keeping = sqlite3.connect(mill.parent / "a.db")  # an open connection keeps the -wal and -shm files
        keeping.execute("SELECT count(*) FROM article")
        (mill.parent / "b.db-wal").write_bytes(b"of no database")
        done = run("add", mill.parent, "--db", mill.parent / "a.db")
        keeping.close()
        assert done.code == 0
        told = {Path(line.split(": ")[0].strip()).name: line for line in done.err.splitlines()[1:]}
        assert {"a.db", "a.db-wal"} <= told.keys()
        assert all("a database, such as a record" in told[name] for name in told if name.startswith("a.db"))
        assert "no reader" in told["b.db-wal"]

    def test_the_environment_names_the_record(self, run, mill, tmp_path, monkeypatch):
        monkeypatch.setenv("ONRECORD_DB", str(tmp_path / "b.db"))
        assert run("add", mill).code == 0
        assert "Ada Thornwick" in run("who").out

    def test_a_file_that_is_no_record(self, run, mill, tmp_path):
        (tmp_path / "notes.db").write_text("buy flour")
        done = run("add", mill, "--db", tmp_path / "notes.db")
        assert done.code == 1
        assert "notes.db" in done.err
        assert (tmp_path / "notes.db").read_text() == "buy flour"


class TestAsking:
    def test_who_said_what(self, run, covered):
        done = run("who", "Morozhek", "--db", covered)
        assert done.code == 0
        assert "Danil Morozhek" in done.out
        assert "could end thirty years of peace" in done.out
        assert "The Lanthorn" in done.out

    def test_who_as_json_can_be_checked_against_the_texts(self, run, covered):
        speakers = json.loads(run("who", "Morozhek", "--db", covered, "--json").out)
        [speaker] = speakers
        found = {s["statement"]: (a, s) for a in speaker["articles"] for s in a["statements"]}
        assert len(speaker["statements"]) >= 2
        for wanted in speaker["statements"]:
            article, statement = found[wanted]
            assert all(article["text"][s:e].strip() for s, e in statement["content"])

    def test_everybody(self, run, covered):
        heads = {line.split(" · ")[0] for line in run("who", "--db", covered).out.splitlines()}
        assert {"Danil Morozhek", "Maren Velkath"} <= heads

    def test_everybody_is_a_line_and_those_who_are_not_known_are_counted(self, run, covered):
        lines = run("who", "--db", covered).out.strip().splitlines()
        speakers = json.loads(run("who", "--db", covered, "--json").out)
        assert len(lines) == len(speakers) + 1
        counts = [int(re.search(r"(\d+) statement", line)[1]) for line in lines]
        assert counts[:-1] == [len(speaker["statements"]) for speaker in speakers]
        assert lines[-1].endswith("no known speaker")
        total = int(re.search(r"\((\d+) statements", run("verify", "--db", covered).out)[1])
        assert sum(counts) == total

    def test_a_terminal_hangs_lines_below_their_entry(self, covered):
        """As a person sees it: a terminal of 80 columns."""
        screen, other = pty.openpty()
        command = [*ONRECORD, "who", "Morozhek", "--db", covered]
        settings = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
        process = subprocess.Popen(command, stdout=other, stderr=subprocess.DEVNULL, env=settings)
        os.close(other)
        seen = b""
        with contextlib.suppress(OSError):  # Linux ends a terminal that nobody writes to any more so
            while part := os.read(screen, 65536):
                seen += part
        assert process.wait(timeout=60) == 0
        lines = seen.decode().replace("\r", "").splitlines()
        entries = lines[lines.index("") :]
        assert max(map(len, lines)) <= 80
        assert len(entries) > 10
        assert all(re.match(r" {0,2}\d{1,3} \S| {4}\S|$", line) for line in entries)

    def test_a_speaker_that_is_not_there(self, run, covered):
        assert run("who", "Nemo Nusquam", "--db", covered) == Run(
            1, "", "onrecord: no speaker 'Nemo Nusquam' in the record\n"
        )

    def test_a_record_that_is_not_there_is_not_made(self, run, tmp_path):
        assert run("who", "Morozhek", "--db", tmp_path / "none.db").code == 1
        assert list(tmp_path.iterdir()) == []

    def test_show_marks_the_statements(self, run, covered):
        done = run("show", "lanthorn-orvek-dam", "--db", covered)
        assert done.code == 0
        assert "could end thirty years of peace" in done.out
        assert "⟦1 " in done.out

    def test_search(self, run, covered):
        assert "thirty years of peace" in run("search", "thirty peace", "--db", covered).out
        assert run("search", "zyzzyva", "--db", covered) == Run(
            1, "", "No statement holds all of these words.\n"
        )

    def test_search_as_json(self, run, covered):
        [hit] = json.loads(
            run("search", "thirty years of peace", "--limit", "1", "--db", covered, "--json").out
        )
        [statement] = hit["statements"]
        assert "thirty years of peace" in "".join(hit["text"][s:e] for s, e in statement["content"])


class TestWriting:
    def test_report(self, run, covered, tmp_path):
        assert (
            run("report", "-o", tmp_path / "r.html", "--db", covered, "--title", "Orvek & Brisemar").code == 0
        )
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        assert "Orvek &amp; Brisemar" in page
        assert '<html lang="en"' in page

    @pytest.mark.parametrize("arguments", [("--ui", "fr", "report"), ("report", "--ui", "fr")])
    def test_report_in_french(self, run, covered, tmp_path, arguments):
        assert run(*arguments, "-o", tmp_path / "r.html", "--db", covered).code == 0
        assert '<html lang="fr"' in (tmp_path / "r.html").read_text(encoding="utf-8")

    def test_report_that_cannot_be_written(self, run, covered, tmp_path):
        done = run("report", "-o", tmp_path / "no/such/page.html", "--db", covered)
        assert done == Run(1, "", f"onrecord: {tmp_path / 'no/such'}: there is no such folder\n")

    def test_report_sets_versions_beside_each_other(self, run, covered, tmp_path):
        done = run("report", "-o", tmp_path / "r.html", "--db", covered)
        assert done.err == f"Written: {tmp_path / 'r.html'}\n"
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        assert "the same words as Le Courrier des Deux-Rives" in page
        assert "% of the words in common with" in page
        assert "<ins>" in page[page.index('id="speakers"') :]

    def test_exports_agree(self, run, covered, tmp_path):
        for form in ("jsonl", "csv", "parquet"):
            done = run("export", "--format", form, "-o", tmp_path / form, "--db", covered)
            assert done == Run(0, "", f"Written: {tmp_path / form}\n")
        lines = (tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()
        ids = [s["statement"] for line in lines for s in json.loads(line)["statements"]]
        with (tmp_path / "csv").open(encoding="utf-8-sig", newline="") as table:
            assert [row["statement"] for row in csv.DictReader(table)] == ids
        assert pyarrow.parquet.read_table(tmp_path / "parquet")["statement"].to_pylist() == ids
        assert len(ids) > 20

    def test_verify(self, run, covered):
        done = run("verify", "--db", covered)
        held, of = done.out.split(" spans hold")[0].split(" of ")
        assert (done.code, held) == (0, of)
        assert json.loads(run("verify", "--db", covered, "--json").out)["spans"] == int(of)

    def test_verify_finds_a_text_that_was_changed(self, run, mill, tmp_path):
        run("add", mill, "--db", tmp_path / "a.db")
        with sqlite3.connect(tmp_path / "a.db") as connection:
            for (trigger,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            connection.execute("UPDATE article SET text = 'Cut.'")
        done = run("verify", "--db", tmp_path / "a.db")
        assert done.code == 1
        assert "Traceback" not in done.err


class TestDeciding:
    def test_a_person_wins_and_can_take_it_back(self, run, tmp_path):
        for name in ("Ana Melo", "Rui Melo"):
            text = f'"We will rebuild the harbour," {name} told reporters on Monday.\n'
            article = {
                "id": name,
                "lang": "en",
                "outlet": "The Wick",
                "text": text,
                "published": "2031-05-06",
            }
            with (tmp_path / "two.jsonl").open("ab") as lines:
                lines.write(msgspec.json.encode(article) + b"\n")
        db = ("--db", tmp_path / "a.db")
        assert run("add", tmp_path / "two.jsonl", *db).code == 0
        assert len(json.loads(run("who", "Melo", *db, "--json").out)) == 2

        said = run("decide", "same", "Ana Melo", "Rui Melo", "--why", "a pen name", "--by", "C. Duval", *db)
        assert said.code == 0
        [melo] = json.loads(run("who", "Melo", *db, "--json").out)
        assert len(melo["statements"]) == 2
        mine = [d for d in json.loads(run("decisions", *db, "--json").out) if d["by"] == "person: C. Duval"]
        assert [d["evidence"] for d in mine] == ["a pen name"]
        assert "C. Duval" in run("decisions", *db).out

        table = csv.DictReader(io.StringIO(run("export", "--format", "csv", *db).out))
        assert len({row["speaker_name"] for row in table}) == 1  # an export follows the decision

        taken = run("decisions", "--withdraw", mine[0]["id"], *db)
        assert taken.code == 0
        assert taken.out.startswith("Taken back:\n" + mine[0]["id"])
        again = run("decisions", "--withdraw", mine[0]["id"], *db)
        assert again == Run(1, "", f"{mine[0]['id']} had been taken back before.\n")
        assert len(json.loads(run("who", "Melo", *db, "--json").out)) == 2

    def test_two_spellings_that_were_joined_can_be_parted(self, run, tmp_path):
        run(
            "add",
            COVERAGE / "veilleur-morozhek.txt",
            COVERAGE / "fanal-barrage-orvek.txt",
            "--db",
            tmp_path / "a.db",
        )
        db = ("--db", tmp_path / "a.db")
        assert len(json.loads(run("who", "Morozhek", *db, "--json").out)) == 1
        assert run("decide", "different", "Danil Morozhek", "Danil Morojek", *db).code == 0
        assert len(json.loads(run("who", "Morozhek", *db, "--json").out)) == 2

    def test_of_one_with_himself(self, run, covered):
        done = run("decide", "same", "Maren Velkath", "Maren Velkath", "--db", covered)
        assert (done.code, done.out) == (1, "")
        assert "nothing to decide" in done.err

    def test_of_nobody(self, run, covered):
        assert run("decide", "same", "Nemo", "Nusquam", "--db", covered).code == 1
        assert run("decisions", "--withdraw", "0" * 16, "--db", covered).code == 1


class TestSpeaking:
    def test_version(self, run):
        assert run("--version").out.startswith("onrecord 0.")

    def test_every_command_has_an_example(self, run):
        listed = run("--help").out
        for command in cli.app.registered_commands:
            name = command.name or command.callback.__name__
            assert name in listed
            assert f"Example: onrecord {name} " in run(name, "--help").out

    @pytest.mark.parametrize(
        "settings",
        [{"ONRECORD_UI": "fr"}, {"LANG": "fr_BE.UTF-8"}, {"LC_ALL": "fr_FR.UTF-8", "LANG": "en_GB"}],
    )
    def test_french_where_it_is_set(self, run, monkeypatch, settings):
        monkeypatch.delenv("ONRECORD_UI")
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        said = run("add", "--help").out
        assert "Mettre au registre" in said
        assert "Exemple : onrecord add" in said
        assert "par défaut : onrecord.db" in said

    def test_the_argument_wins(self, run, monkeypatch):
        monkeypatch.setenv("ONRECORD_UI", "fr")
        assert "Put articles" in run("--ui", "en", "add", "--help").out
        assert "Put articles" in run("--ui=en", "add", "--help").out

    def test_reasons_and_errors_too(self, run, tmp_path):
        (tmp_path / "empty.txt").write_bytes(b"")
        told = run("extract", tmp_path / "empty.txt", tmp_path / "absent.txt", "--ui", "fr").err.splitlines()
        assert [line.rpartition(": ")[2] for line in told[1:]] == [
            "vide",
            "ce fichier ou dossier n’existe pas",
        ]
        assert "y ajouter des articles le crée" in run("who", "--db", tmp_path / "no.db", "--ui", "fr").err

    def test_it_may_stand_behind_the_command(self, run, covered):
        assert "personne" in run("who", "Morozhek", "--db", covered, "--ui", "fr").out
        assert "personne" in run("who", "--ui=fr", "--db", covered, "Morozhek").out
        assert "locuteur" in run("who", "Nemo Nusquam", "--db", covered, "--ui", "fr").err
        assert run("who", "--db", covered, "--", "--ui").code == 1  # a name, behind --

    @pytest.mark.parametrize(
        "arguments",
        [["frobnicate"], ["extract"], ["--ui", "xx", "who"], ["who", "--ui"], ["export", "--format", "pdf"]],
    )
    def test_wrong_usage(self, run, arguments):
        done = run(*arguments)
        assert done.code == 2
        assert "Traceback" not in done.err

    def test_help_is_quick(self):
        times = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run([*ONRECORD, "--help"], stdout=subprocess.DEVNULL, check=True)
            times.append(time.perf_counter() - began)
        assert min(times) < 0.5


class TestProcess:
    def test_a_reader_that_goes_is_no_error(self, tmp_path):
        lines = (json.dumps({"id": str(n), "lang": "en", "text": MILL}) for n in range(400))
        (tmp_path / "many.jsonl").write_text("\n".join(lines))
        read, write = os.pipe()
        process = subprocess.Popen(
            [*ONRECORD, "extract", tmp_path / "many.jsonl"], stdout=write, stderr=subprocess.PIPE
        )
        os.close(write)
        os.read(read, 1)
        os.close(read)
        _, said = process.communicate(timeout=120)
        assert said == b""

    def test_a_terminal_that_lacks_letters(self, covered):
        poor = os.environ | {"PYTHONIOENCODING": "ascii", "ONRECORD_UI": "fr"}
        command = [*ONRECORD, "who", "Morozhek", "--db", covered]
        done = subprocess.run(command, capture_output=True, env=poor)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"Danil Morozhek ? personne" in done.stdout

    def test_interrupting_it_is_clean(self, tmp_path):
        command = [*ONRECORD, "add", "-", "--db", tmp_path / "a.db"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        # More than a pipe holds: when it is written, the command has begun to read, and waits for more.
        process.stdin.write(b"Nothing was said. " * 20_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=120)
        assert (process.returncode, out) == (130, b"")
        assert said == b"Interrupted: 0 articles are kept. Run it again to go on.\n"
