"""Score a model on the gold files without a parser: ``python score.py MODEL --shared ../shared``."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onrecord import languages
from onrecord.extraction import learned, marks
from onrecord.extraction.reading import Reading
from onrecord.languages import Language
from onrecord.records import Article
from onrecord.text import paragraphs

GOLD = ("en-polnear-dev", "de-wikinews-dev", "en-dev", "fr-dev")


def reading(row: dict) -> Reading:
    """Return an article as the model reads it, without sentences."""
    code, text = row["lang"], row["text"]
    language = languages.load(code) if code in languages.known() else Language(code=code, name=code)
    spans = tuple(paragraphs(text))
    quotations = tuple(marks.quotations(text, spans, language.marks))
    return Reading(Article(name=row["id"], text=text, language=code), language, spans, quotations, (), ())


def main() -> None:
    """Score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    model = learned.Model(args.model, args.threads)
    for name in GOLD:
        gold = args.shared / "gold" / f"{name}.jsonl"
        rows = [json.loads(line) for line in gold.open(encoding="utf-8")]
        began = time.time()
        found = [(row["id"], model.attribute(reading(row))) for row in rows]
        rate = sum(len(row["text"].split()) for row in rows) / (time.time() - began)
        lines = [
            json.dumps(
                {
                    "id": i,
                    "statements": [
                        {r: getattr(a, r) for r in ("content", "cue", "source")} for a in attributions
                    ],
                }
            )
            for i, attributions in found
        ]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.write("\n".join(lines))
            file.flush()
            print(f"\n{name}: {rate:.0f} words/s", flush=True)
            subprocess.run(
                [sys.executable, args.shared / "bench" / "score_statements.py", gold, file.name], check=True
            )


if __name__ == "__main__":
    main()
