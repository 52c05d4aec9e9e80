"""Evaluation: figures worked out by hand, the shared scorer's on the shared gold, changes and floors."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import cli
from onrecord.errors import UnreadableInput
from onrecord.evaluation import KEYS, Evaluation, evaluate
from onrecord.evaluation.figures import Figure
from onrecord.evaluation.floors import MARGIN, hold
from onrecord.evaluation.matching import match
from onrecord.records import ACTS

ROOT = Path(__file__).parents[1]
COVERAGE = ROOT / "tests/gold/coverage.jsonl"
FLOORS = ROOT / "benchmarks/floors.json"
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "bench/score_statements.py"

SPANS = ("content", "cue", "source", "addressee", "channel", "time", "relay")
TEXT = "“The dam holds,” said Ana Melo on Monday. Rui Orsk denied that it leaks. They want “rain”, he said."


def spans(*parts: str) -> list[list[int]]:
    return [[TEXT.index(part), TEXT.index(part) + len(part)] for part in parts]


def said(content: str, **roles: object) -> dict:
    return {"content": spans(content)} | roles


DAM = said("The dam holds", form="direct", cue=spans("said"), source=spans("Ana Melo"), speaker="Ana Melo",
           act="state", time=spans("Monday"), channel=None, negated=False)  # fmt: skip
LEAK = said("it leaks", form="indirect", cue=spans("denied"), source=spans("Rui Orsk"), speaker="Rui Orsk",
            act="deny", time=None, negated=True)  # fmt: skip
RAIN = said("rain", form="mixed", cue=spans("want"), source=spans("They"), act="demand", np=True)


def write(path: Path, *statements: dict, **more: object) -> Path:
    line = {"id": "a", "lang": "en", "text": TEXT, "statements": statements} | more
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path):
    return write(tmp_path / "made.jsonl", DAM, LEAK, RAIN)


def score(gold: Path, *found: dict, **options: object) -> Evaluation:
    return evaluate(gold, found=write(gold.with_name("found.jsonl"), *found), **options)


def value(evaluation: Evaluation, key: str) -> float:
    return round(evaluation.figures[key].value, 3)


class TestFigures:
    def test_the_gold_itself_is_perfect(self, gold):
        figures = score(gold, DAM, LEAK, RAIN).figures
        assert {figure.value for figure in figures.values()} == {1.0}
        assert {"statement/0.8", "exact/cue", "match/speaker", "match/act macro", "form/mixed"} < set(figures)

    def test_nothing_found_is_nothing(self, gold):
        figures = score(gold).figures
        assert {figure.value for figure in figures.values()} == {0.0}
        assert (figures["statement/0.5"].gold, figures["exact/cue"].gold) == (2, 3)

    def test_a_bare_noun_phrase_may_be_left_out(self, gold):
        assert value(score(gold, DAM, LEAK), "statement/0.5") == 1.0
        assert score(gold, DAM, LEAK, RAIN).figures["statement/0.5"].gold == 3

    def test_what_corpora_differ_on_is_left_out(self, gold):
        found = score(gold, said("“The dam holds,”"), said("that it leaks."))
        assert (value(found, "statement/0.8"), value(found, "exact/content")) == (1.0, 0.8)

    def test_a_part_counts_from_half_on(self, gold):
        found = score(gold, said("The dam"), said("leaks"))
        # 6 of 11 letters and blanks left, 5 of 7: both above a half, both below four fifths.
        assert (value(found, "statement/0.5"), value(found, "statement/0.8")) == (1.0, 0.0)

    def test_one_content_matches_once(self, gold):
        assert score(gold, DAM, DAM).figures["statement/0.5"].precision == 0.5

    @pytest.mark.parametrize(
        ("changed", "wrong"),
        [
            ({"speaker": "Rui Orsk"}, "match/speaker"),
            ({"speaker": ""}, "match/speaker"),
            ({"form": "mixed"}, "match/form"),
            ({"act": "deny"}, "match/act"),
            ({"source": spans("Rui Orsk")}, "match/source"),
            ({"time": spans("on")}, "match/time"),
            ({"channel": spans("on Monday")}, "match/channel"),
            ({"negated": True}, "match/negated"),
        ],
    )
    def test_a_wrong_role_costs_its_figure_only(self, gold, changed, wrong):
        right = score(gold, DAM, LEAK).figures
        figures = score(gold, DAM | changed, LEAK).figures
        assert figures[wrong].value < 1
        others = {
            key for key in right if key.startswith("match/") and not key.startswith(("match/act", wrong))
        }
        assert all(figures[key].value == right[key].value for key in others)

    def test_part_of_a_name_is_enough_if_it_is_the_last(self, gold):
        assert value(score(gold, DAM | {"speaker": "Melo"}), "match/speaker") == 1.0
        assert value(score(gold, DAM | {"speaker": "Ana"}), "match/speaker") == 0.0

    def test_forms_and_acts_count_where_called_so(self, gold):
        figures = score(gold, DAM | {"act": "ask"}, LEAK).figures
        assert (figures["act/state"].recall, figures["act/ask"].precision, figures["act/deny"].value) == (
            0,
            0,
            1,
        )
        assert figures["form/direct"].value == 1

    def test_roles_limit_what_is_scored(self, tmp_path):
        gold = write(tmp_path / "few.jsonl", DAM, roles=["content", "cue"])
        assert set(score(gold, DAM).figures) == {
            "statement/0.5",
            "statement/0.8",
            "exact/content",
            "exact/cue",
        }

    def test_by_language_where_there_are_several(self, tmp_path):
        rows = [{"id": i, "lang": lang, "text": TEXT, "statements": [DAM]} for i, lang in ("ae", "bf")]
        gold, found = tmp_path / "two.jsonl", tmp_path / "one.jsonl"
        gold.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        found.write_text(json.dumps(rows[1]), encoding="utf-8")
        languages = evaluate(gold, found=found).languages
        assert {code: figures["statement/0.5"].value for code, figures in languages.items()} == {
            "e": 0,
            "f": 1,
        }
        assert value(evaluate(gold, found=found), "statement/0.5") == 0.667


@pytest.fixture
def mangled(tmp_path):
    """What makes, of a gold, a prediction with slips of every kind."""

    def mangle(gold: Path) -> Path:
        dice = random.Random(5)
        rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
        for row in rows:
            twice = [s for s in row["statements"] * 2 if dice.random() < 0.5]
            row["statements"] = [slip(dice, statement, len(row["text"])) for statement in twice]
        out = tmp_path / f"mangled-{gold.name}"
        out.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return out

    return mangle


def slip(dice: random.Random, statement: dict, length: int) -> dict:
    """Return a statement with some of its spans moved or gone and some of its roles wrong."""
    wrong: dict[str, object] = {}
    for role in SPANS:
        pieces = statement.get(role) or []
        if dice.random() < 0.4:
            starts = [max(0, start + dice.randint(-9, 9)) for start, _ in pieces]
            ends = [end + dice.randint(-9, 9) for _, end in pieces]
            moved = zip(starts, ends, strict=True)
            pieces = [[min(s, length - 1), max(min(e, length), min(s, length - 1) + 1)] for s, e in moved]
        wrong[role] = pieces if role == "content" or dice.random() < 0.9 else None
    if dice.random() < 0.2:
        wrong |= {"act": dice.choice(ACTS), "form": "mixed", "negated": True}
    if dice.random() < 0.3:
        name = statement.get("speaker") or ""
        wrong["speaker"] = dice.choice(["", "Nobody", name.split(" ")[0], name.split(" ")[-1].upper()])
    return statement | wrong


class TestIntervals:
    def test_they_hold_the_value_and_are_the_same_each_time(self, mangled):
        first, again = (evaluate(COVERAGE, found=mangled(COVERAGE)) for _ in range(2))
        assert first == again
        for figure in first.figures.values():
            assert 0 <= figure.low <= figure.value <= figure.high <= 1
        assert first.figures["statement/0.5"].low < first.figures["statement/0.5"].high

    def test_of_one_article_they_are_the_value(self, gold):
        figure = score(gold, DAM).figures["statement/0.5"]
        assert figure.low == figure.value == figure.high


@given(st.lists(st.tuples(st.floats(0.01, 1), st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_matches_are_one_to_one(ranked):
    found = match(sorted(ranked, reverse=True), 0.5)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)


# --- the shared scorer ---


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer of ../shared is not here")
@pytest.mark.parametrize(
    "name", ["seeds", "fr-dev", "en-dev", "en-polnear-dev", "de-wikinews-dev", "coverage"]
)
def test_figures_are_those_of_the_shared_scorer(mangled, name):
    gold = COVERAGE if name == "coverage" else SHARED / "gold" / f"{name}.jsonl"
    found = mangled(gold)
    theirs = json.loads(subprocess.check_output([sys.executable, SCORER, gold, found, "--json"]))
    ours = evaluate(gold, found=found).figures
    for key, figure in theirs.items():
        mine = ours[ours_of(key)]
        if "f1" in figure:
            assert mine.value == pytest.approx(figure["f1"]), key
            assert mine.precision == pytest.approx(figure["p"]), key
            assert mine.recall == pytest.approx(figure["r"]), key
            assert (mine.gold, mine.found) == (figure["n_gold"], figure["n_pred"]), key
        else:
            # Of the macro average the scorer counts acts, and we count statements.
            cases = mine.gold if key.startswith("act macro") else figure["n"]
            assert (mine.value, mine.gold) == (pytest.approx(figure["share"]), cases), key
    assert {key for key in ours if key[:4] not in {"form", "act/"}} == set(map(ours_of, theirs))


def ours_of(theirs: str) -> str:
    """Return our key of a figure of the shared scorer."""
    if theirs.startswith("statement@"):
        return theirs.replace("@", "/")
    if theirs in {"content", "cue", "source"}:
        return f"exact/{theirs}"
    known = {"source overlaps | match": "match/source", "act macro F1 | match": "match/act macro"}
    return known.get(theirs, f"match/{theirs.removesuffix(' | match')}")


# --- bad input ---


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no json", "made.jsonl:1: "),
        ("[]", "made.jsonl:1: Expected `object`"),
        ('{"text": "a"}', "missing required field `id`"),
        ('{"id": "a", "text": 3}', "Expected `str"),
        ('{"id": "a", "lang": "en"}', "no text in a"),
        ('{"id": "a", "text": "abc", "statements": [{"content": [[1, 9]]}]}', "content 1-9 is not inside"),
        ('{"id": "a", "text": "abc", "statements": [{"content": [[0, 1]], "cue": [[2, 2]]}]}', "cue 2-2"),
        ('{"id": "a", "text": "abc"}\n{"id": "a", "text": "abd"}', "a is there twice"),
        ("[" * 100_000, "made.jsonl:1: "),
    ],
)
def test_a_gold_that_is_none(tmp_path, line, reason):
    (tmp_path / "made.jsonl").write_text(line)
    with pytest.raises(UnreadableInput, match=reason.replace("[", r"\[").replace("`", "`")):
        evaluate(tmp_path / "made.jsonl")


def test_a_prediction_on_another_text(gold):
    other = write(gold.with_name("other.jsonl"), text=TEXT + " ")
    with pytest.raises(UnreadableInput, match="a has another text than in the gold"):
        evaluate(gold, found=other)


def test_a_prediction_may_leave_out_the_text_but_not_overrun_it(gold):
    bare = write(gold.with_name("bare.jsonl"), DAM, text=None)
    assert evaluate(gold, found=bare).figures["match/speaker"].value == 1
    write(bare, {"content": [[0, 999]]}, text=None)
    with pytest.raises(UnreadableInput, match="content 0-999 is not inside"):
        evaluate(gold, found=bare)


def test_an_odd_text_is_read_and_scored(tmp_path):
    text = "\ud83d She said: “It rains a lot.” \0"
    gold = write(tmp_path / "odd.jsonl", {"content": [[text.index("It"), text.index(".”")]]}, text=text)
    assert value(evaluate(gold), "statement/0.8") == 1


def test_a_language_that_is_not_known_counts_as_nothing_found(tmp_path):
    found = evaluate(write(tmp_path / "odd.jsonl", DAM, lang="xx"))
    assert value(found, "statement/0.5") == 0
    assert "language 'xx' is not known" in found.skipped[0].reason


# --- what a change did ---


class TestChanges:
    def between(self, gold: Path, before: list[dict], now: list[dict]) -> list[tuple[bool, str, str]]:
        former = write(gold.with_name("before.jsonl"), *before)
        return [(c.gained, c.what, c.text) for c in score(gold, *now, against=former).changes]

    def test_none(self, gold):
        assert self.between(gold, [DAM, LEAK], [LEAK, DAM]) == []

    def test_a_statement_gained_and_one_lost(self, gold):
        changed = self.between(gold, [DAM], [LEAK])
        assert changed == [(False, "statement", "The dam holds"), (True, "statement", "it leaks")]

    def test_one_that_the_gold_has_not(self, gold):
        extra = said("on Monday")
        assert self.between(gold, [DAM], [DAM, extra]) == [(False, "extra", "on Monday")]
        assert self.between(gold, [extra, DAM], [DAM]) == [(True, "extra", "on Monday")]

    def test_a_role_of_a_statement_that_both_found(self, gold):
        changed = self.between(gold, [DAM | {"speaker": "Rui"}, LEAK], [DAM, LEAK | {"negated": False}])
        assert changed == [(True, "speaker", "The dam holds"), (False, "negated", "it leaks")]


# --- floors ---


def figure(number: float, cases: int = 200) -> Figure:
    return Figure(number, number, number, number, number, cases, cases)


class TestFloors:
    def test_they_rise_and_never_fall(self, tmp_path):
        path = tmp_path / "floors.json"
        for number, floor in ((0.8, 0.79), (0.9, 0.89), (0.7, 0.89), (0.895, 0.89)):
            hold(path, {"made": {"exact/cue": figure(number)}}, rise=True)
            assert json.loads(path.read_bytes()) == {"made": {"exact/cue": floor}}

    def test_below_is_a_breach_and_so_is_gone(self, tmp_path):
        path = tmp_path / "floors.json"
        high = {"exact/cue": figure(0.8), "exact/source": figure(0.5)}
        assert hold(path, {"made": high}, rise=True) == hold(path, {"made": high}) == []
        found = hold(path, {"made": {"exact/cue": figure(0.78)}})
        assert [(b.figure, b.value, b.floor) for b in found] == [
            ("exact/cue", 0.78, 0.79),
            ("exact/source", None, 0.49),
        ]
        assert len(hold(path, {"made": {"exact/cue": figure(0.78)}}, rise=True)) == 2

    def test_a_floor_is_at_least_one_case_below(self, tmp_path):
        path = tmp_path / "floors.json"
        hold(path, {"made": {"exact/cue": figure(0.8, cases=20)}}, rise=True)
        assert json.loads(path.read_bytes()) == {"made": {"exact/cue": 0.75}}

    def test_few_cases_have_none(self, tmp_path):
        path = tmp_path / "floors.json"
        hold(path, {"made": {"exact/cue": figure(0.8, cases=19)}}, rise=True)
        assert json.loads(path.read_bytes()) == {"made": {}}

    def test_a_gold_without_floors_is_a_breach(self, tmp_path):
        path = tmp_path / "floors.json"
        path.write_text("{}")
        assert [b.gold for b in hold(path, {"made": {"exact/cue": figure(1)}})] == ["made"]

    @pytest.mark.parametrize("content", ["", "[]", '{"made": {"exact/cue": "high"}}'])
    def test_a_broken_file(self, tmp_path, content):
        path = tmp_path / "floors.json"
        path.write_text(content)
        for rise in (False, True):
            with pytest.raises(UnreadableInput, match=r"floors\.json"):
                hold(path, {}, rise=rise)
        assert path.read_text() == content

    def test_of_a_missing_file(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            hold(tmp_path / "none.json", {})

    def test_those_in_force_are_of_figures_and_golds_that_there_are(self):
        floors = json.loads(FLOORS.read_bytes())
        assert set(floors) <= {"coverage", "seeds", "fr-dev", "en-dev", "en-polnear-dev"}
        assert "coverage" in floors
        for golds in floors.values():
            assert set(golds) <= set(KEYS)
            assert all(0 < floor <= 1 - MARGIN for floor in golds.values())


@pytest.mark.parametrize("name", ["coverage", "seeds", "fr-dev", "en-dev"])
def test_no_figure_is_below_its_floor(name):
    """PolNeAR is larger than the others together: ``make evaluate`` holds it to its floors."""
    gold = COVERAGE if name == "coverage" else SHARED / "gold" / f"{name}.jsonl"
    if not gold.exists():
        pytest.skip("the gold of ../shared is not here")
    assert hold(FLOORS, {name: evaluate(gold).figures}) == []


# --- the command ---


class TestCommand:
    @pytest.fixture
    def run(self, capsys, monkeypatch):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
            monkeypatch.setenv(name, "")
        monkeypatch.setenv("ONRECORD_UI", "en")

        def call(*arguments: object) -> tuple[int, str, str]:
            with pytest.raises(SystemExit) as ended:
                cli.main(["evaluate", *map(str, arguments)])
            return (ended.value.code or 0, *capsys.readouterr())

        return call

    def test_a_table_and_what_changed(self, run, gold):
        before = write(gold.with_name("before.jsonl"), DAM | {"speaker": "\x1b[2J"}, LEAK)
        now = write(gold.with_name("now.jsonl"), DAM)
        code, out, err = run(gold, "--pred", now, "--against", before)
        assert (code, err) == (0, "")
        assert out.startswith("made: 1 article, 3 statements\n")
        rows = [line.split() for line in out.splitlines()]
        assert ["statement/0.5", "0.667", "0.667-0.667", "1.000", "0.500", "2", "1"] in rows
        assert "+ a speaker: The dam holds" in out
        assert "- a statement: it leaks" in out
        assert "1 gained, 1 lost" in out

    def test_no_line_is_cut_where_there_is_no_terminal(self, run):
        assert "…" not in run(COVERAGE, "--pred", COVERAGE)[1]

    def test_json(self, run, gold):
        code, out, _ = run(gold, "--pred", gold, "--json")
        [found] = json.loads(out)
        assert (code, found["gold"], found["figures"]["statement/0.5"]["value"]) == (0, "made", 1.0)

    def test_floors(self, run, tmp_path):
        gold, floors = tmp_path / "made.jsonl", tmp_path / "floors.json"
        rows = [{"id": str(n), "lang": "en", "text": TEXT, "statements": [DAM, LEAK]} for n in range(12)]
        gold.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        worse = tmp_path / "worse.jsonl"
        worse.write_text("\n".join(map(json.dumps, rows[1:])), encoding="utf-8")
        assert run(gold, "--pred", gold, "--floors", floors)[0] == 1
        assert run(gold, "--pred", gold, "--floors", floors, "--raise")[0] == 0
        assert run(gold, "--pred", gold, "--floors", floors)[0] == 0
        code, _, err = run(gold, "--pred", worse, "--floors", floors)
        assert (code, "made: statement/0.5 is 0.957, below its floor 0.958" in err) == (1, True)

    def test_raise_alone_is_wrong_usage(self, run, gold):
        assert run(gold, "--raise")[0] == 2

    def test_a_file_that_is_not_there(self, run, tmp_path):
        code, _, err = run(tmp_path / "none.jsonl")
        assert (code, "none.jsonl" in err) == (1, True)
