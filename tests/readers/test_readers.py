"""Reading: files, folders, standard input, encodings, notices; and that nothing makes it raise."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord import dates
from onrecord.readers import Skipped, files, jsonl, read
from onrecord.readers.notices import check, day
from onrecord.records import Article

FRENCH = "La jetée emportée\n\nLa jetée de Valmire est tombée dimanche, a déclaré la maire, Odile Ternac.\n"
ENGLISH = "Storm takes the pier\n\nThe pier went on Sunday, said the mayor of Brenne, Dana Castell.\n"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")

Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def article(path: Path | str, language: str | None = None) -> Article:
    [found] = read([path], language)
    assert isinstance(found, Article), found
    return found


def reason(path: Path | str) -> str:
    [found] = read([path])
    assert isinstance(found, Skipped), found
    assert found.place.startswith(str(path))
    return found.reason


# --- plain text -------------------------------------------------------------------------------------


def test_a_text_is_read_as_it_stands(write: Write) -> None:
    text = FRENCH.replace("\n", "\r\n") + "\x0cfin \n\n"
    found = article(write("jetee.txt", text))
    assert found.text == text
    assert (found.name, found.language, found.title) == ("jetee", "fr", "La jetée emportée")
    assert found.origin.endswith("jetee.txt")
    assert (found.outlet, found.url, found.published, found.furniture) == ("", "", "", ())


@pytest.mark.parametrize("name", ["a", "a.TXT", "a.text", "a.md"])
def test_endings_of_plain_text(write: Write, name: str) -> None:
    assert article(write(name, FRENCH)).name == "a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859_15", "latin-1"])
def test_western_encodings(write: Write, encoding: str) -> None:
    text = FRENCH * 3
    assert article(write("a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "« Nous n’avons pas cédé », a dit la maire à l’été dernier — c’est son cœur.\n"),
        ("cp1252", "„Wir geben nicht nach“, sagte die Bürgermeisterin am Sonntag. Größe zählt.\n"),
        (
            "cp1250",
            "Burmistrz Brenny oświadczyła w niedzielę, że miasto nie ustąpi. Prefekt był nieobecny.\n",
        ),
        ("cp1251", "Мэр Бренны заявила в воскресенье, что город не уступит. Префект отсутствовал.\n"),
        ("koi8_r", "Мэр Бренны заявила в воскресенье, что город не уступит. Префект отсутствовал.\n"),
        ("cp1253", "Ο δήμαρχος είπε την Κυριακή ότι η πόλη δεν θα υποχωρήσει.\n"),
        ("cp932", "市長は日曜日に、町は譲らないと述べた。知事は欠席した。\n"),
        ("gb18030", "市长星期日表示，该市不会让步。县长缺席。\n"),
    ],
)
def test_other_encodings(write: Write, encoding: str, text: str) -> None:
    assert article(write("a.txt", text.encode(encoding))).text == text


def test_a_byte_order_mark_is_dropped(write: Write) -> None:
    assert article(write("a.txt", b"\xef\xbb\xbf" + FRENCH.encode())).text == FRENCH


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a binary file, not text"),
        (b"abc\x01\x02\x03", "a binary file, not text"),
        (b"\xff\xfea", "not UTF-16-LE, though it starts as such"),
        (bytes(range(128, 256)) * 4, "no known encoding, or not text"),
        (b"---\noutlet: X\n---\n \n", "nothing but front matter"),
    ],
)
def test_what_is_no_text(write: Write, content: bytes, expected: str) -> None:
    assert reason(write("a.txt", content)) == expected


def test_too_large(write: Write) -> None:
    assert reason(write("a.txt", b"a " * (files.LARGEST // 2 + 1))) == "larger than 20,000,000 bytes"


def test_not_there(tmp_path: Path) -> None:
    assert reason(tmp_path / "nowhere.txt") == "no such file or directory"


def test_a_path_that_no_system_takes() -> None:
    assert "null" in reason("a\0b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_not_allowed(write: Write) -> None:
    path = write("a.txt", FRENCH)
    path.chmod(0)
    assert reason(path) == "permission denied"


def test_no_reader(write: Write) -> None:
    assert reason(write("a.pdf", b"%PDF")) == "no reader for files that end in .pdf"


# --- folders ----------------------------------------------------------------------------------------


def test_a_folder_is_read_in_the_order_of_its_names(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.txt", "c.txt", ".hidden.txt", ".git/x.txt"):
        write(name, FRENCH)
    write("picture.jpg", b"\xff\xd8")
    found = list(read([tmp_path]))
    places = [each.origin if isinstance(each, Article) else each.place for each in found]
    assert [str(Path(each).relative_to(tmp_path)) for each in places] == [
        "a/b.txt", "a/z.txt", "b.txt", "c.txt", "picture.jpg",
    ]  # fmt: skip
    assert isinstance(found[-1], Skipped)


def test_a_folder_that_holds_itself_is_read_once(write: Write, tmp_path: Path) -> None:
    write("a/a.txt", FRENCH)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    found = list(read([tmp_path]))
    assert [type(each) for each in found] == [Article, Skipped]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert reason(tmp_path) == "no files in this folder that were not read already"


def test_a_pipe_in_a_folder_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path) == "neither a file nor a folder"


def test_many_paths(write: Write) -> None:
    paths = [write("b.txt", FRENCH), write("a.txt", b""), write("c.jsonl", '{"text": "Il a parlé."}')]
    assert [type(each) for each in read(paths)] == [Article, Skipped, Article]


def test_no_paths() -> None:
    assert list(read([])) == []


@pytest.mark.parametrize(
    ("content", "name"), [(FRENCH, "stdin"), ('{"text": "Il a parlé dimanche."}\n', "stdin-1")]
)
def test_standard_input(content: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    found = article("-")
    assert (found.name, found.origin.partition(":")[0]) == (name, "-")
    assert not sys.stdin.buffer.closed


# --- notices ----------------------------------------------------------------------------------------

NOTICE = """outlet: The Valmire Courier
url: https://www.courier.example/pier
published: 2023-01-22
title: The pier is gone
language: en
"""


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".json"])
def test_a_sidecar(write: Write, ending: str) -> None:
    path = write("a.txt", FRENCH)
    said = dict(line.split(": ", 1) for line in NOTICE.splitlines())
    write("a" + ending, json.dumps(said) if ending == ".json" else NOTICE)
    found = article(path)
    assert (found.outlet, found.url) == ("The Valmire Courier", "https://www.courier.example/pier")
    assert (found.published, found.title, found.language) == ("2023-01-22", "The pier is gone", "en")
    # read from its folder, the sidecar is no article and no mistake
    assert list(read([path.parent])) == [found]


def test_front_matter_stays_in_the_text_and_is_furniture(write: Write) -> None:
    text = f"---\n{NOTICE}---\n{ENGLISH}"
    found = article(write("a.txt", text))
    assert found.text == text
    assert found.title == "The pier is gone"
    [matter] = found.furniture
    assert text[matter.start : matter.end] == f"---\n{NOTICE}---\n"


def test_a_sidecar_goes_before_front_matter(write: Write) -> None:
    path = write("a.txt", f"---\n{NOTICE}---\n{ENGLISH}")
    write("a.yaml", "outlet: Brenne Post\n")
    assert (article(path).outlet, article(path).published) == ("Brenne Post", "2023-01-22")


def test_what_a_notice_says_goes_before_the_text(write: Write) -> None:
    path = write("a.txt", "Storm takes the pier\nPublished: January 5, 2023\n\nThe pier went on Sunday.")
    assert article(path).published == "2023-01-05"
    write("a.yaml", "published: 2023-01-06T08:00:00Z\n")
    assert article(path).published == "2023-01-06T08:00:00Z"


def test_an_outlet_from_the_url(write: Write) -> None:
    path = write("a.txt", FRENCH)
    write("a.yaml", "url: https://reader:secret@www.courier.example:8080/pier\n")
    assert article(path).outlet == "courier.example"


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ("published: 2023-13", "published: '2023-13' is not a day, such as 2023-01-22 or 2023-01"),
        ("publisher: X", "'publisher' is not known; known are outlet, url, published, title, language"),
        ("language: klingon!", "language: 'klingon!' is not a code, such as fr"),
        ("outlet: [a, b]", "outlet: expected a text of at most 2,000 characters"),
        ("just words", "expected lines of the form 'outlet: The Valmire Courier'"),
        ("outlet: &a X\ntitle: *a", "references (&, *) are not read"),
        ("x: " + "[" * 50_000, "nested deeper than 8"),
        ("published: 2023-02-31", "not YAML: day"),
        ("a: b: c", "not YAML: mapping values"),
        ("x: " + "y" * 70_000, "larger than 64,000 bytes"),
    ],
)
def test_a_notice_with_a_mistake(write: Write, notice: str, expected: str) -> None:
    path = write("a.txt", FRENCH)
    beside = write("a.yaml", notice)
    skipped, found = read([path])
    assert isinstance(skipped, Skipped)
    assert skipped.place == str(beside)
    assert skipped.reason.startswith(expected)
    assert isinstance(found, Article)
    assert found.published == found.outlet == ""


def test_a_notice_without_its_text(write: Write) -> None:
    path = write("a.yaml", NOTICE)
    [skipped] = read([path.parent])
    assert skipped == Skipped(str(path), "no text of this name stands beside it")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-01", "2023-01"), ("Jan. 23, 2023", "2023-01-23"), ("23 janvier 2023", "2023-01-23"),
        ("2023-01-23 11:36:09+00:00", "2023-01-23T11:36:09+00:00"), ("03/04/2023", ""), ("lundi", ""),
        ("2023-01-23T11:36:09.250Z", "2023-01-23T11:36:09Z"), ("le 23 janvier 2023 ou après", ""), ("", ""),
    ],
)  # fmt: skip
def test_published_however_it_is_written(written: str, expected: str) -> None:
    assert day(written) == expected


# --- language ---------------------------------------------------------------------------------------


def test_the_language_is_detected_on_what_is_not_furniture(write: Write) -> None:
    head = "Published on January 23, 2023 at 11:36\n"
    assert article(write("a.txt", head + "La maire a parlé hier.")).language == "fr"


def test_a_given_language_is_that_of_texts_that_do_not_say_theirs(write: Write) -> None:
    path = write("a.jsonl", '{"text": "La maire a parlé."}\n{"text": "La maire a parlé.", "lang": "fr-CA"}\n')
    assert [each.language for each in read([path], "nl") if isinstance(each, Article)] == ["nl", "fr-CA"]


def test_a_text_without_words_has_no_language(write: Write) -> None:
    assert article(write("a.txt", "1 2 3")).language == "und"


def test_a_language_without_a_file_is_read(write: Write) -> None:
    assert (
        article(write("a.txt", "Бургомістр заявила в неділю, що місто не поступиться нікому.")).language
        == "uk"
    )


# --- JSON Lines -------------------------------------------------------------------------------------


def test_json_lines(write: Write) -> None:
    rows = [
        {"id": "one", "text": ENGLISH, "lang": "en", "title": "T", "outlet": "O", "published": "2023-01"},
        {"id": 2, "text": FRENCH, "url": "https://courier.example/2", "statements": [{"content": [[0, 3]]}]},
        {"text": FRENCH},
    ]
    path = write("a.jsonl", "\ufeff" + "\n\n".join(json.dumps(row) for row in rows))
    one, two, three = (each for each in read([path]) if isinstance(each, Article))
    assert (one.name, one.title, one.outlet, one.published) == ("one", "T", "O", "2023-01")
    assert (two.name, two.outlet, two.title) == ("2", "courier.example", "La jetée emportée")
    assert (three.name, three.text, three.origin) == ("a-5", FRENCH, f"{path}:5")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nonsense", "not JSON: expecting value, column 1"),
        ("[1]", "expected an object with a text"),
        ("{}", "no 'text'"),
        ('{"text": 3}', "expected a text in 'text'"),
        ('{"text": " "}', "empty"),
        (b'{"text": "\xff"}', "not UTF-8: byte 11"),
        ("[" * 100_000, "not JSON that can be read: nested too deep, or a number too long"),
        ('{"a": ' + "1" * 5000 + "}", "not JSON that can be read: nested too deep, or a number too long"),
    ],
)
def test_a_broken_line_does_not_stop_the_others(write: Write, line: str | bytes, expected: str) -> None:
    data = line if isinstance(line, bytes) else line.encode()
    path = write("a.jsonl", b'{"text": "Un."}\n' + data + b'\n{"text": "Deux."}')
    first, broken, last = read([path])
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert broken == Skipped(f"{path}:2", expected)


def test_a_wrong_day_in_json_is_shown_and_the_article_read(write: Write) -> None:
    path = write("a.jsonl", '{"text": "Un.", "published": "soon"}')
    skipped, found = read([path])
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "published: 'soon' is not a day, such as 2023-01-22 or 2023-01"
    assert isinstance(found, Article)


def test_a_long_line_is_skipped(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST", 100)
    path = write("a.jsonl", '{"text": "' + "a" * 1000 + '"}\n{"text": "Un."}\n' + "b" * 250)
    assert [each.reason if isinstance(each, Skipped) else each.text for each in read([path])] == [
        "a line longer than 100 bytes", "Un.", "a line longer than 100 bytes",
    ]  # fmt: skip


def test_half_a_surrogate_pair_keeps_its_place(write: Write) -> None:
    found = article(write("a.jsonl", r'{"text": "Un \ud83d mot\u0000.", "title": "\udc00"}'))
    assert (found.text, found.title) == ("Un \ufffd mot\ufffd.", "\ufffd")


def test_json_lines_without_lines(write: Write) -> None:
    assert reason(write("a.jsonl", "\n\n")) == "empty"


# --- the articles that started it -------------------------------------------------------------------


@needs_seeds
def test_the_seed_dated_by_month() -> None:
    [path] = SEEDS.glob("000_*.txt")
    found = article(path)
    assert (found.language, found.title, found.published) == ("fr", "", "2023-01")
    assert [each.kind for each in found.furniture] == ["dateline", "headline", "headline"]
    assert found.text[found.furniture[0].start : found.furniture[0].end].strip() == "date 2023-01"
    assert found.text == path.read_bytes().decode()


@needs_seeds
def test_the_seed_dated_to_the_minute() -> None:
    [path] = SEEDS.glob("002_*.txt")
    found = article(path)
    assert (found.language, found.published) == ("fr", "2023-01-23T11:36Z")
    assert found.title == "Moscou n'exclut pas une alliance anti-US"
    assert [each.kind for each in found.furniture] == ["dateline", "dateline", "title"]


# --- anything ---------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        b"---\n", b"date 2023-01 ", b"\xff\xfe", b"\xef\xbb\xbf", b'{"text": "', b'"}', b"\n",
        b"published: ", b"\x00", b"[" * 2000, b"&a *a",
        "Publié le 31 février 2023\n".encode(), b"LIRE AUSSI\n", b"\xc3", b"\\ud800",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.lists(pieces | st.binary(max_size=60), max_size=8).map(b"".join),
    beside=st.lists(pieces | st.binary(max_size=20), max_size=4).map(b"".join),
    name=st.sampled_from(["a.txt", "a.jsonl", "a"]),
)
@example(content=b"---\npublished: 2023-02-31\n---\n\n", beside=b"", name="a.txt")
@example(content=FRENCH.encode(), beside=b"!!python/object/apply:os.getcwd []", name="a.txt")
def test_anything_is_an_article_or_a_reason(tmp_path: Path, content: bytes, beside: bytes, name: str) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    (tmp_path / name).write_bytes(content)
    (tmp_path / "a.yaml").write_bytes(beside)
    found = list(read([tmp_path]))
    assert found
    for each in found:
        if isinstance(each, Skipped):
            assert each.place
            assert each.reason
        else:
            assert each.text.strip()
            assert each.language
            assert each.published == "" or dates.valid(each.published)
            assert each.text.encode()  # no half of a surrogate pair
            assert all(0 <= f.start < f.end <= len(each.text) for f in each.furniture)


@given(st.dictionaries(st.sampled_from(["published", "lang", "title", "id", "x"]), st.text() | st.integers()))
def test_any_notice_is_checked(said: dict[str, object]) -> None:
    notice, _ = check(said, strict=False)
    assert notice.published == "" or dates.valid(notice.published)
