"""Carry a model's English attributions over to other languages, through parallel news.

``python project.py MODEL OUT.jsonl --shared ../shared``: the model reads the English articles; words are aligned
by the start model's states (mutual best neighbours in sentences that say the same); each cue, source and
content goes to the stretch of the words aligned with it. Sentences where that fails are marked as unclear,
and nothing is learnt from them. Articles of gold/en-dev and gold/fr-dev are left out.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import data
import e5
import model
import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.extraction import learned, pieces
from onrecord.extraction.pieces import Word
from onrecord.records import Span

LANGUAGES = ("fr", "fr-CA", "de", "es", "it", "pt", "ru", "uk", "nl", "pl")
# The layer whose states align words best in models of this kind. Source: Jalili Sabet et al. 2020.
LAYER = 8
# The least share of a role's words that must be aligned, and the least cosine of two aligned words.
SHARE, NEAR = 0.5, 0.5
HELD_OUT = ("en-dev.jsonl", "fr-dev.jsonl")

Floats = NDArray[np.float32]


class Aligner:
    """Aligns the words of two sentences."""

    def __init__(self, start: e5.Encoder) -> None:
        self.start = start
        self.vocabulary = pieces.Vocabulary(start.pieces, start.scores.tolist())
        self.encoder = model.Encoder(LAYER).eval()
        self.encoder.fill(start.weights)

    def states(self, text: str, found: list[Word]) -> Floats:
        """Return a unit vector for each word of a sentence."""
        cut = pieces.cut(self.vocabulary, text, found)
        owner = [k for k, c in enumerate(cut) for _ in c][:500]
        ids = [pieces.BEGIN, *[p for c in cut for p in c][:500], pieces.END]
        x = torch.from_numpy(e5.expand(self.start.words[ids]))[None]
        plain = torch.zeros(1, len(ids), dtype=torch.long)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(x, plain, plain == 0)[0][0, 1:-1].float().numpy()
        sums = np.zeros((len(found), model.WIDTH), np.float32)
        np.add.at(sums, owner, states)
        sums -= sums.mean(0)
        return sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6)

    def align(self, a: Floats, b: Floats) -> dict[int, int]:
        """Return for words of one sentence the words of the other that are their mutual best neighbours."""
        place = np.abs(np.linspace(0, 1, len(a))[:, None] - np.linspace(0, 1, len(b))[None])
        alike = a @ b.T - 0.3 * place
        there, back = alike.argmax(1), alike.argmax(0)
        return {k: int(m) for k, m in enumerate(there) if back[m] == k and alike[k, m] > NEAR - 0.3}


def joint(sentences: list[str]) -> tuple[str, list[int]]:
    """Return sentences as paragraphs of one text, and where each begins."""
    starts = [0]
    for s in sentences[:-1]:
        starts.append(starts[-1] + len(s) + 2)
    return "\n\n".join(sentences), starts


def stretch(words: list[int], pairs: dict[int, int], taken: set[int]) -> list[Span]:
    """Return the stretches of the target words that source words go to, as ``(first, end)``.

    The stretch goes from the first to the last aligned word, less what is taken by another role.
    """
    goes = sorted(pairs[w] for w in words if w in pairs)
    if len(goes) < max(1, SHARE * len(words)):
        return []
    parts: list[Span] = []
    for k in range(goes[0], goes[-1] + 1):
        if k not in taken:
            parts.append((parts.pop()[0], k + 1) if parts and parts[-1][1] == k else (k, k + 1))
    return [p for p in parts if any(p[0] <= g < p[1] for g in goes)]


def compact(words: list[int], pairs: dict[int, int]) -> list[Span]:
    """Return the longest stretch without a gap of more than two words that a cue's or source's words go to."""
    goes = sorted({pairs[w] for w in words if w in pairs})
    runs: list[list[int]] = []
    for g in goes:
        if runs and g - runs[-1][-1] <= 2:
            runs[-1].append(g)
        else:
            runs.append([g])
    best = max(runs, key=len, default=[])
    return [(best[0], best[-1] + 1)] if best else []


def carry(links: list[learned.Link], pairs: dict[int, int]) -> tuple[list[dict[str, list[Span]]], set[int]]:
    """Return the attributions in words of the target, and the English words whose sentences are unclear."""
    found, unclear = [], set()
    for link in links:
        cue = compact([*range(*link.cue)], pairs)
        source = compact([*range(*link.source)], pairs) if link.source else []
        taken = {k for a, b in cue + source for k in range(a, b)}
        content = [p for part in link.content for p in stretch([*range(*part)], pairs, taken)]
        if not cue or not content or bool(link.source) != bool(source):
            unclear.add(link.cue[0])
            continue
        found.append({"cue": cue, "source": source, "content": content})
    return found, unclear


def project(row: dict, other: dict, aligner: Aligner, reader: learned.Model) -> dict:
    """Return an article of the other language with the attributions of the English one."""
    text, starts = joint(row["sentences"])
    there, begins = joint(other["sentences"])
    words, targets = pieces.words(text), pieces.words(there)
    links = learned.distinct(reader.links(text, words))
    pairs: dict[int, int] = {}
    at, number = {}, {}
    for n, (s, t) in enumerate(zip(row["sentences"], other["sentences"], strict=True)):
        a = [k for k, w in enumerate(words) if starts[n] <= w.start < w.end <= starts[n] + len(s)]
        b = [k for k, w in enumerate(targets) if begins[n] <= w.start < w.end <= begins[n] + len(t)]
        number |= dict.fromkeys(a, n)
        at[n] = [begins[n], begins[n] + len(t)]
        if a and b:
            near = aligner.align(
                aligner.states(text, [words[k] for k in a]), aligner.states(there, [targets[k] for k in b])
            )
            pairs |= {a[k]: b[m] for k, m in near.items()}
    found, unclear = carry(links, pairs)
    spans = [{role: [learned.span(targets, p) for p in parts] for role, parts in f.items()} for f in found]
    skip = [at[n] for n in sorted({number[k] for k in unclear})]
    return {"id": row["id"], "lang": other["lang"], "text": there, "statements": spans, "unclear": skip}


def main() -> None:
    """Project."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    aligner, reader = Aligner(e5.read(e5.find())), learned.Model(args.model, args.threads)

    def rows(name: str) -> list[dict]:
        return [json.loads(line) for line in (args.shared / name).open(encoding="utf-8")]

    held = {row["id"] for name in HELD_OUT for row in rows(f"gold/{name}")}
    english = [row for row in rows("news/en.jsonl") if row["id"] not in held]
    written = []
    for language in LANGUAGES:
        others = {row["id"]: row for row in rows(f"news/{language}.jsonl")}
        written += [project(row, others[row["id"]], aligner, reader) for row in english]
        done = [w for w in written if w["lang"] == language]
        print(
            language,
            len(done),
            sum(len(w["statements"]) for w in done),
            sum(len(w["unclear"]) for w in done),
            flush=True,
        )
    random.Random(1).shuffle(written)
    args.out.write_text("".join(json.dumps(w, ensure_ascii=False) + "\n" for w in written), encoding="utf-8")


if __name__ == "__main__":
    main()
