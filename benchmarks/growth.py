"""How the time of extraction grows with an article: seconds for twice the quotations, by sort of text.

``python benchmarks/growth.py`` prints a table; a ratio of 2 is linear, 4 is quadratic. It exits with 1 where
one is above 3. Seconds are of CPU time, which the machine's other work moves little.
"""

from __future__ import annotations

import sys
import time

from onrecord.extraction import extract
from onrecord.records import Article

MOST = 3.0
SIZES = (2000, 4000)
SORTS = {
    "one speaker": ("en", "“We will mend gate {n} by May,” said Ana Melo."),
    "many speakers": ("en", "“We will mend gate {n} by May,” said Ana{n} Melo{n}, mayor of Orsk{n}."),
    "no cue": ("en", "“We will mend gate {n} by May.”"),
    "left open": ("en", "“We will mend gate {n} by May, said Ana Melo."),
    "turns": ("en", "MELO: We will mend gate {n} by May."),
    "indirect": ("fr", "Elle a dit que la porte {n} serait réparée en mai."),
    "French": ("fr", "« Nous réparerons la porte {n} en mai », a dit Ana Melo."),
}


def seconds(language: str, pattern: str, size: int) -> float:
    """Return how long an article of so many quotations takes, one a paragraph."""
    text = "\n".join(pattern.format(n=n) for n in range(size))
    article = Article(name="growth", language=language, text=text)
    began = time.process_time()
    extract(article, "growth")
    return time.process_time() - began


def main() -> None:
    """Print the table."""
    worst = 0.0
    print(f"| text | {SIZES[0]} quotations, s | {SIZES[1]} quotations, s | ratio |\n|---|---|---|---|")
    for name, (language, pattern) in SORTS.items():
        seconds(language, pattern, 10)
        less, more = (seconds(language, pattern, size) for size in SIZES)
        worst = max(worst, more / less)
        print(f"| {name} | {less:.1f} | {more:.1f} | {more / less:.2f} |", flush=True)
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
