"""Gold articles to windows with labels, and windows to batches."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import e5
import model
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.extraction import pieces
from onrecord.extraction.pieces import Vocabulary, Window, Word

SIZE, CONTEXT = 256, 48
# Quotation marks of other languages, put in place of a text's own, one for one, so that all are known.
STYLES = ("“”", "«»", "„“", "»«", '""', "„”", "””")
SINGLES = ("‘’", "''", "‹›", "‚‘")


class Link(NamedTuple):
    """An attribution in words of its article: first and last word of the cue, labels of words."""

    first: int
    last: int
    source: frozenset[int]
    content: frozenset[int]


class Text(NamedTuple):
    """An article cut into words, with its attributions; nothing is learnt of cues in ``unclear`` words."""

    text: str
    words: list[Word]
    links: list[Link]
    unclear: frozenset[int] = frozenset()


class Sample(NamedTuple):
    """A window, its cue labels by word and its attributions."""

    window: Window
    tags: list[int]
    links: list[Link]


class Batch(NamedTuple):
    """Tensors of some windows; ``of``: the window a cue is in; ``labels``: -1 where nothing counts."""

    x: Tensor
    marks: Tensor
    mask: Tensor
    heads: Tensor
    tags: Tensor
    of: Tensor
    cues: Tensor
    distance: Tensor
    labels: Tensor


def read(path: Path) -> list[Text]:
    """Return the articles of a gold file."""
    with path.open(encoding="utf-8") as lines:
        return [mark(json.loads(line)) for line in lines if line.strip()]


def mark(row: dict) -> Text:
    """Return an article with its attributions in words; those without a cue are left out."""
    found = pieces.words(row["text"])
    at = {i: k for k, w in enumerate(found) for i in range(w.start, w.end)}

    def cover(spans: Sequence[tuple[int, int]]) -> frozenset[int]:
        return frozenset(at[i] for s, e in spans for i in range(s, e) if i in at)

    links = [
        Link(min(cue), max(cue), cover(s.get("source") or ()) - cue, cover(s["content"]) - cue)
        for s in row["statements"]
        if (cue := cover(s.get("cue") or ()))
    ]
    return Text(row["text"], found, links, cover(row.get("unclear") or ()))


def restyle(text: str, rng: random.Random) -> str:
    """Return a text with its quotation marks in the style of another language, of the same length."""
    if rng.random() < 0.4:
        return text
    double, single = rng.choice(STYLES), rng.choice(SINGLES)
    signs = list(text)
    for w in pieces.words(text):
        if w.mark in (pieces.OPENS, pieces.CLOSES) and w.start < w.end:
            signs[w.start] = double[w.mark == pieces.CLOSES]
    for i, sign in enumerate(signs):
        if sign in "‘’" and (
            i + 1 == len(signs) or not signs[i + 1].isalnum() or i == 0 or not signs[i - 1].isalnum()
        ):
            signs[i] = single[sign == "’"]
    return "".join(signs)


def samples(texts: Sequence[Text], vocabulary: Vocabulary, rng: random.Random) -> list[Sample]:
    """Return the windows of one round over the articles, cut and styled anew."""
    result = []
    for article in texts:
        text = restyle(article.text, rng)
        cut = pieces.cut(vocabulary, text, article.words)
        tags = [model.OUT] * len(cut)
        for link in article.links:
            tags[link.first : link.last + 1] = [model.FIRST] + [model.NEXT] * (link.last - link.first)
        tags = [-1 if k in article.unclear and tag == model.OUT else tag for k, tag in enumerate(tags)]
        breaks = [0] + [k + 1 for k, w in enumerate(article.words) if w.start == w.end]
        first = rng.choice(breaks[:4])
        parts = [*pieces.windows(article.words, cut, SIZE, CONTEXT, first)]
        if first:
            parts += pieces.windows(article.words[:first], cut[:first], SIZE, CONTEXT)
        for w in parts:
            links = [x for x in article.links if w.fresh <= x.first and x.last < w.end]
            result.append(Sample(w, tags[w.first : w.end], links))
    return result


def batches(
    rows: Sequence[Sample], words: NDArray[np.void], size: int, rng: random.Random
) -> Iterator[Batch]:
    """Yield batches of ``size`` windows of about equal length, in random order."""
    order = sorted(rows, key=lambda s: len(s.window.pieces) + rng.random() * 40)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    for group in groups:
        yield collate(group, words, rng)


def collate(rows: Sequence[Sample], words: NDArray[np.void], rng: random.Random) -> Batch:
    """Return windows as one batch; one cue in eight is a word too long or short, as at inference."""
    length = max(len(s.window.pieces) for s in rows)
    wide = max(len(s.tags) for s in rows)
    ids = np.full((len(rows), length), 1)
    marks = np.zeros((len(rows), length), np.int64)
    heads = np.zeros((len(rows), wide), np.int64)
    tags = np.full((len(rows), wide), -1)
    cues = [(n, link) for n, s in enumerate(rows) for link in s.links]
    weights = np.zeros((len(cues), wide), np.float32)
    distance = np.zeros((len(cues), wide), np.int64)
    labels = np.full((len(cues), wide), -1)
    for n, s in enumerate(rows):
        ids[n, : len(s.window.pieces)] = s.window.pieces
        marks[n, : len(s.window.marks)] = s.window.marks
        heads[n, : len(s.tags)] = s.window.heads
        tags[n, : len(s.tags)] = s.tags
    for n, (m, link) in enumerate(cues):
        base, count = rows[m].window.first, len(rows[m].tags)
        first, last = link.first - base, link.last - base
        labels[n, :count] = [
            model.SOURCE if k in link.source else model.CONTENT if k in link.content else model.OTHER
            for k in range(base, base + count)
        ]
        if rng.random() < 0.125:
            first, last = rng.choice(
                ((first, min(last + 1, count - 1)), (max(0, first - 1), last), (last, last), (first, first))
            )
        weights[n, first : last + 1] = 1 / (last + 1 - first)
        distance[n] = [pieces.bucket(k - first if k < first else max(0, k - last)) for k in range(wide)]
    x = e5.expand(words[ids])
    t = torch.from_numpy
    return Batch(
        t(x), t(marks), t(ids != 1), t(heads), t(tags), torch.tensor([m for m, _ in cues], dtype=torch.long),
        t(weights), t(distance), t(labels),
    )  # fmt: skip
