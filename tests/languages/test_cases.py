"""Every case of every language file: a short text, and exactly the statements that are in it.

Cases that fail today are listed in ``open.toml`` with what is wrong. One that begins to hold must be taken
off the list, and one that breaks fails. ``python tests/languages/test_cases.py`` writes the list anew.
"""

from __future__ import annotations

import re
import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from onrecord import extraction, languages
from onrecord.records import Article, Span, Statement
from onrecord.text import trim

FOLDER = Path(__file__).parent
OPEN = FOLDER / "open.toml"
CODES = sorted(path.stem for path in FOLDER.glob("*.toml") if path != OPEN)
CASES = {code: tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))["case"] for code in CODES}

# Corpora and readers differ on these at the ends of a span. Source: the shared scorer leaves them out too.
OUTER = " \t\r\n\u00a0\u202f.,;:!?…«»“”„\"‘’'‹›–—-()[]"
ABSENT = {"act": "state", "negated": False, "nested": False, "said": "", "speaker": ""}
PLACED = ("addressee", "channel", "time", "relay")


def occurrences(text: str, part: str) -> list[Span]:
    """Return where a part stands in a text, as words of their own where it does."""
    escaped = re.escape(part)
    found = re.finditer(rf"(?<!\w){escaped}(?!\w)", text) if part[:1].isalnum() else ()
    spans = [match.span() for match in found] or [match.span() for match in re.finditer(escaped, text)]
    assert spans, f"{part!r} is not in the text"
    return spans


def gap(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def shown(text: str, *spans: Span) -> str:
    """Return the pieces with their places, without outer punctuation."""
    trimmed = (trim(text, span, OUTER) for span in sorted(spans))
    return " … ".join(f"{text[start:end]} @{start}" for start, end in trimmed)


def wanted(text: str, statement: dict[str, Any]) -> dict[str, Any]:
    """Return a case's statement with places; a part that is there twice is the one nearest the content."""
    first, *rest = statement["content"]
    cues = occurrences(text, statement["cue"]) if "cue" in statement else [(-1, -1)]
    content, cue = min(product(occurrences(text, first), cues), key=lambda pair: gap(*pair))
    pieces = [content]
    for part in rest:
        pieces.append(next(span for span in occurrences(text, part) if span[0] >= pieces[-1][1]))
    result = ABSENT | {key: statement[key] for key in (*ABSENT, "form") if key in statement}
    result["content"] = shown(text, *pieces)
    result["speaker_kind"] = statement.get("speaker_kind", "person" if result["speaker"] else "")
    result["cue"] = shown(text, cue) if "cue" in statement else ""
    for role in ("source", *PLACED):
        near = cue if role == "source" and "cue" in statement else content
        spans = (
            sorted(occurrences(text, statement[role]), key=lambda s: gap(s, near))
            if role in statement
            else []
        )
        result[role] = shown(text, *spans[:1])
    return result


def found(text: str, statement: Statement) -> dict[str, Any]:
    """Return a statement as :func:`wanted` has it."""
    result = {key: getattr(statement, key) for key in (*ABSENT, "form", "speaker_kind")}
    roles = ("content", "cue", "source", *PLACED)
    return result | {role: shown(text, *getattr(statement, role)) for role in roles}


def both(code: str, case: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what is found in a case and what is wanted."""
    text = case["text"]
    article = Article(name="case", text=text, language=code, published=case.get("published", ""))
    statements = extraction.extract(article, "test")
    return [found(text, s) for s in statements], [wanted(text, s) for s in case["statements"]]


def wrong(code: str, case: dict[str, Any]) -> str:
    """Return which contents are missed or too much, and which roles differ; "" where all is well."""
    have, want = both(code, case)
    had, due = ({s["content"] for s in side} for side in (have, want))
    notes = ["missed"] * bool(due - had) + ["extra"] * bool(had - due)
    pairs = [(h, w) for h in have for w in want if h["content"] == w["content"]]
    notes += dict.fromkeys(key for h, w in pairs for key in w if h[key] != w[key])
    return ", ".join(notes) or ("" if have == want else "order")


def cases() -> list[Any]:
    """Return every case as a parameter, those that are open as expected failures."""
    left = tomllib.loads(OPEN.read_text("utf-8"))
    return [
        pytest.param(
            code, case, id=f"{code}: {case['reason']}",
            marks=[pytest.mark.xfail(strict=True, reason=left[code][case["reason"]])]
            if case["reason"] in left.get(code, {}) else [],
        )
        for code in CODES for case in CASES[code]
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "case"), cases())
def test_case(code: str, case: dict[str, Any]) -> None:
    have, want = both(code, case)
    assert have == want


@pytest.mark.parametrize("code", CODES)
def test_reasons_tell_cases_apart_and_open_ones_are_cases(code: str) -> None:
    reasons = [case["reason"] for case in CASES[code]]
    assert len(set(reasons)) == len(reasons)
    assert set(tomllib.loads(OPEN.read_text("utf-8")).get(code, {})) <= set(reasons)


def test_every_language_with_rules_has_cases() -> None:
    assert [code for code in languages.known() if languages.load(code).cues] == CODES


if __name__ == "__main__":
    lines = [line for line in OPEN.read_text("utf-8").splitlines() if line.startswith("#")]
    for each in CODES:
        lines += ["", f"[{each}]"]
        failing = ((case["reason"], wrong(each, case)) for case in CASES[each])
        lines += [f'"{reason}" = "{what}"' for reason, what in failing if what]
    OPEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
