"""Carry a model's English attributions over to other languages, through parallel news.

``python project.py MODEL OUT.jsonl --shared ../shared``: the model reads the English articles; words are
aligned by the start model's states (mutual best neighbours in sentences that say the same); each cue, source
and content goes to the stretch of the words aligned with it. Where that fails a sentence is marked unclear,
and nothing is learnt from them. Articles of gold/en-dev and gold/fr-dev are left out.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import NamedTuple

import e5
import model
import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.extraction import learned, pieces
from onrecord.extraction.pieces import Word
from onrecord.records import Span

LANGUAGES = ("fr", "de", "es", "it", "pt", "ru", "uk", "nl", "pl")
# The layer whose states align words best in models of this kind. Source: Jalili Sabet et al. 2020.
LAYER = 8
# The least share of a role's words that must be aligned, and the least cosine of two aligned words.
SHARE, NEAR = 0.5, 0.5
# The least score of an attribution that is carried over; a word of fewer letters is no cue by itself.
SURE, SHORT = 0.5, 3
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


class Sides(NamedTuple):
    """Two aligned texts: partners of English words; the target's words with one, signs, short words."""

    pairs: dict[int, int]
    partnered: set[int]
    signs: set[int]
    weak: set[int]

    def goes(self, words: range) -> list[int]:
        """Return the partners of words that are no signs, in order."""
        return sorted({self.pairs[w] for w in words if w in self.pairs} - self.signs)


def run(goes: list[int], gap: int) -> list[int]:
    """Return the longest run of words with at most so many words missing in between."""
    runs: list[list[int]] = []
    for g in goes:
        if runs and g - runs[-1][-1] <= gap + 1:
            runs[-1].append(g)
        else:
            runs.append([g])
    return max(runs, key=len, default=[])


def widen(part: Span, sides: Sides, taken: set[int], right: bool) -> Span:
    """Return a stretch with the words without a partner beside it: articles, conjunctions, particles."""
    first, end = part
    stop = sides.partnered | sides.signs | taken
    while first and first - 1 not in stop:
        first -= 1
    while right and end not in stop:
        end += 1
    return first, end


def stretch(words: range, sides: Sides, taken: set[int]) -> list[Span]:
    """Return a content's stretches: from the first to the last partner, less what other roles have taken."""
    goes = sides.goes(words)
    if len(goes) < max(1, SHARE * len(words)):
        return []
    parts: list[Span] = []
    for k in range(goes[0], goes[-1] + 1):
        if k not in taken:
            parts.append((parts.pop()[0], k + 1) if parts and parts[-1][1] == k else (k, k + 1))
    return [widen(p, sides, taken, right=True) for p in parts if sum(p[0] <= g < p[1] for g in goes) > 1]


def carry(links: list[learned.Link], sides: Sides) -> tuple[list[dict[str, list[Span]]], set[int]]:
    """Return the attributions in words of the target, and the English words whose sentences are unclear."""
    found, unclear = [], set()
    for link in links:
        who = run(sides.goes(range(*link.source)), 2) if link.source else []
        taken: set[int] = set()
        source = [widen((who[0], who[-1] + 1), sides, taken, right=False)] if who else []
        taken |= {k for a, b in source for k in range(a, b)}
        said = run([g for g in sides.goes(range(*link.cue)) if g not in taken], 1)
        cue = [(said[0], said[-1] + 1)] if said and not taken & set(range(said[0], said[-1] + 1)) else []
        cue = [c for c in cue if not sides.weak & set(range(*c)) or c[1] - c[0] > 1]
        taken |= {k for a, b in cue for k in range(a, b)}
        content = [p for part in link.content for p in stretch(range(*part), sides, taken)]
        if not cue or not content or not source or link.score < SURE:
            unclear.add(link.cue[0])
            continue
        found.append({"cue": cue, "source": source, "content": content})
    return found, unclear


class Told(NamedTuple):
    """An article in one language: text and words, and for each sentence its span, words and their states."""

    text: str
    words: list[Word]
    spans: list[Span]
    members: list[list[int]]
    states: list[Floats]


def tell(sentences: list[str], aligner: Aligner) -> Told:
    """Return an article of which each sentence is a paragraph."""
    text, starts = joint(sentences)
    words = pieces.words(text)
    spans = [(at, at + len(s)) for at, s in zip(starts, sentences, strict=True)]
    members = [[k for k, w in enumerate(words) if s <= w.start < w.end <= e] for s, e in spans]
    return Told(text, words, spans, members, [aligner.states(text, [words[k] for k in m]) for m in members])


def project(told: Told, links: list[learned.Link], row: dict, aligner: Aligner) -> dict:
    """Return an article of another language with the attributions of the English one."""
    other = tell(row["sentences"], aligner)
    pairs: dict[int, int] = {}
    number = {k: n for n, members in enumerate(told.members) for k in members}
    for a, b, here, there in zip(told.members, other.members, told.states, other.states, strict=True):
        if a and b:
            pairs |= {a[k]: b[m] for k, m in aligner.align(here, there).items()}
    signs = {k for k, w in enumerate(other.words) if not other.text[w.start : w.end].isalnum()}
    signs.add(len(other.words))
    weak = {k for k, w in enumerate(other.words) if w.end - w.start < SHORT}
    found, unclear = carry(links, Sides(pairs, set(pairs.values()), signs, weak))
    spans = [
        {role: [learned.span(other.words, p) for p in parts] for role, parts in f.items()} for f in found
    ]
    skip = [other.spans[n] for n in sorted({number[k] for k in unclear})]
    return {"id": row["id"], "lang": row["lang"], "text": other.text, "statements": spans, "unclear": skip}


def main() -> None:
    """Project."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--languages", nargs="+", default=LANGUAGES)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    aligner, reader = Aligner(e5.read(e5.find())), learned.Model(args.model, args.threads)

    def rows(name: str) -> list[dict]:
        return [json.loads(line) for line in (args.shared / name).open(encoding="utf-8")]

    held = {row["id"] for name in HELD_OUT for row in rows(f"gold/{name}")}
    english = [row for row in rows("news/en.jsonl") if row["id"] not in held]
    told = {row["id"]: tell(row["sentences"], aligner) for row in english}
    links = {name: learned.distinct(reader.links(t.text, t.words)) for name, t in told.items()}
    written = []
    for language in args.languages:
        others = {row["id"]: row for row in rows(f"news/{language}.jsonl")}
        written += [project(told[name], links[name], others[name], aligner) for name in told]
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
