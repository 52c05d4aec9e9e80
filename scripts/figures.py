"""Score what is extracted against the gold in ``../shared``, and put the table into the README.

``make figures`` runs it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
README = ROOT / "README.md"

# The best peer that runs offline, scored on the same files by the same program.
# Source: ../shared/gold/README.md.
PEERS = {
    "seeds": ("Gender Gap Tracker", 0.368, 0.316),
    "fr-dev": ("Gender Gap Tracker", 0.514, 0.423),
    "en-dev": ("Gender Gap Tracker", 0.787, 0.722),
    "en-polnear-dev": ("Citron, retrained on it", 0.524, 0.408),
}
HEAD = """\
| gold | statement F1@0.5 | F1@0.8 | speaker right, given a match | best peer: F1@0.5, F1@0.8 |
|---|---|---|---|---|
"""
FOOT = """
A statement is found where its content and the gold's share at least half (0.5) or four fifths (0.8) of their
characters. By `make figures`, which runs `../shared/bench/score_statements.py`.
"""


def score(gold: str) -> dict[str, dict[str, float]]:
    """Return what the scorer says of one gold file."""
    file = SHARED / "gold" / f"{gold}.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.jsonl"
        subprocess.run([sys.executable, "-m", "onrecord", "extract", file, "-o", found], check=True)
        scorer = [sys.executable, SHARED / "bench/score_statements.py", file, found, "--json"]
        scores: dict[str, dict[str, float]] = json.loads(subprocess.check_output(scorer))
    return scores


def row(gold: str) -> str:
    """Return one gold's line of the table."""
    scores = score(gold)
    speaker = scores.get("speaker | match", {}).get("share")
    peer, half, most = PEERS[gold]
    cells = [
        f"`{gold}`",
        f"{scores['statement@0.5']['f1']:.3f}",
        f"{scores['statement@0.8']['f1']:.3f}",
        "" if speaker is None else f"{speaker:.3f}",
        f"{half:.3f}, {most:.3f} ({peer})",
    ]
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Write the table between the README's marks."""
    if not SHARED.is_dir():
        sys.exit("the gold is not here: ../shared")
    table = HEAD + "".join(map(row, PEERS)) + FOOT
    print(table)
    page = README.read_text(encoding="utf-8")
    marked = r"(<!-- figures -->\n).*(<!-- /figures -->)"
    README.write_text(re.sub(marked, rf"\g<1>{table}\g<2>", page, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
