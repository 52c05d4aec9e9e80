"""Attributions by a learned model: the only door to ONNX Runtime.

A multilingual encoder reads a window of an article once and tags the cues in it; a small network then labels,
for each cue, every word of the window as source, content or neither. ``training/attribution`` makes the
model, ``docs/models/attribution.md`` tells what it is worth. Without sentences (a language without a parser)
all is found but the cue's head word and act.
"""

from __future__ import annotations

import functools
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.extraction import cues, pieces
from onrecord.extraction.attribution import Attribution, tidy
from onrecord.extraction.pieces import Vocabulary, Window, Word
from onrecord.extraction.reading import Reading
from onrecord.records import Span, Spans
from onrecord.text import length, overlap

PLACE = Path(__file__).parent / "attribution.onrecord"
FORMAT = 1

Floats = NDArray[np.float32]
OUT, FIRST, NEXT = range(3)
OTHER, SOURCE, CONTENT = range(3)
BLOCK = 32
Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])

# A word begins a cue from this probability on. Source: gold/en-polnear-dev, as all numbers here.
CUE = 0.4
# What it costs to pass between source, content and other words, in nats.
PASSAGE = 1.0
# The least mean probability of a content's words.
SURE = 0.6
# Two contents that share so much of the longer one are one.
SAME = 0.7


class Link(NamedTuple):
    """What the model found, in words ``(first, end)``: cue, source and the pieces of the content."""

    cue: Span
    source: Span | None
    content: Spans
    score: float


class Model:
    """A trained model, read from its file."""

    def __init__(self, path: Path = PLACE, threads: int = 1) -> None:
        """Read the model; ``threads`` is how many ONNX Runtime uses."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        with zipfile.ZipFile(path) as file:
            self.card = json.loads(file.read("card.json"))
            if self.card["format"] != FORMAT:
                raise ValueError(f"{path}: format {self.card['format']}, this program reads {FORMAT}")
            scores = np.frombuffer(file.read("scores"), "<f2")
            self.vocabulary = Vocabulary(file.read("pieces").decode().split("\n"), scores.tolist())
            self.words = np.frombuffer(file.read("words"), Q4).reshape(len(scores), -1)
            self.encoder, self.linker = (
                onnxruntime.InferenceSession(
                    file.read(f"{part}.onnx"), options, providers=["CPUExecutionProvider"]
                )
                for part in ("encoder", "linker")
            )

    def attribute(self, reading: Reading) -> list[Attribution]:
        """Return the attributions of an article, in the order of their contents, outer before nested."""
        found = pieces.words(reading.text)
        heads = Heads(reading)
        result = []
        for link in distinct(self.links(reading.text, found)):
            content = tuple(
                s for part in link.content if (s := tidy(reading, bare(reading, found, part)))[0] < s[1]
            )
            if not content:
                continue
            cue = span(found, link.cue)
            sentence, token, lemma, act = heads.find(cue)
            source = (span(found, link.source),) if link.source else ()
            result.append(
                Attribution(
                    content, (cue,), source, sentence, token, lemma, act, score=link.score, evidence="learned"
                )
            )
        return sorted(result, key=lambda a: (a.content[0][0], -a.content[-1][1]))

    def links(self, text: str, found: list[Word]) -> Iterator[Link]:
        """Yield what the model finds in a text of which ``found`` are the words, cue by cue."""
        cut = pieces.cut(self.vocabulary, text, found)
        for window in pieces.windows(found, cut, self.card["size"], self.card["context"]):
            states, tags = self.read(window)
            spans = [s for s in tagged(tags) if s[0] + window.first >= window.fresh]
            if not spans:
                continue
            labels = self.label(states, spans)
            signs = [not text[w.start : w.end].isalnum() for w in found[window.first : window.end]]
            for row, cue in zip(labels, spans, strict=True):
                if link := linked(row, cue, signs, float(tags[cue[0], FIRST])):
                    yield shifted(link, window.first)

    def read(self, window: Window) -> tuple[Floats, Floats]:
        """Return the states [words, width] of a window's words and their tags' probabilities [words, 3]."""
        x = expand(self.words[window.pieces])[None]
        marks = np.array([window.marks], np.int64)
        states, scores = self.encoder.run(None, {"x": x, "marks": marks, "mask": np.ones_like(marks, bool)})
        return states[0, window.heads], np.exp(normal(scores[0, window.heads]))

    def label(self, states: Floats, spans: list[Span]) -> Floats:
        """Return the log probabilities [cues, words, 3] of a window's words to be other, source, content."""
        size = len(states)
        weights = np.zeros((len(spans), size), np.float32)
        distance = np.empty((len(spans), size), np.int64)
        for row, (first, end) in enumerate(spans):
            weights[row, first:end] = 1 / (end - first)
            distance[row] = far(first, end, size)
        scores: Floats = self.linker.run(
            None, {"states": states[None], "cues": weights, "distance": distance}
        )[0]
        return normal(scores)


def attribute(reading: Reading) -> list[Attribution]:
    """Return the attributions of an article by the model of the package, in the order of their contents."""
    return load().attribute(reading)


@functools.cache
def load() -> Model:
    """Return the model of the package, read once a process."""
    return Model()


def expand(blocks: NDArray[Any]) -> Floats:
    """Return the floats of Q4_0 blocks: an fp16 scale, 32 nibbles (byte j: weights j and j + 16)."""
    signed = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=-1).astype(np.float32) - 8
    floats: Floats = (signed * blocks["scale"].astype(np.float32)[..., None]).reshape(len(blocks), -1)
    return floats


def normal(scores: Floats) -> Floats:
    """Return scores as log probabilities over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def far(first: int, end: int, size: int) -> list[int]:
    """Return the buckets of the distances of ``size`` words from a cue."""
    return [pieces.bucket(k - first if k < first else max(0, k - end + 1)) for k in range(size)]


def tagged(tags: Floats) -> list[Span]:
    """Return the cues that the tags [words, 3] give, as words ``(first, end)``."""
    spans = []
    at, size = 0, len(tags)
    while at < size:
        if tags[at, FIRST] >= CUE:
            end = at + 1
            while end < size and tags[end].argmax() == NEXT:
                end += 1
            spans.append((at, end))
            at = end
        else:
            at += 1
    return spans


def linked(row: Floats, cue: Span, signs: list[bool], score: float) -> Link | None:
    """Return a cue with its source and content by log probabilities [words, 3]; None without content."""
    rows = row.copy()
    rows[cue[0] : cue[1]] = (0, -50, -50)
    labels = smooth(rows)
    sources = stretches(labels, SOURCE)
    content = joined([s for s in stretches(labels, CONTENT) if not all(signs[s[0] : s[1]])], signs, cue)
    if not content:
        return None
    sure = np.exp(np.concatenate([row[s:e, CONTENT] for s, e in content])).mean()
    if sure < SURE:
        return None
    best = max(sources, key=lambda s: float(np.exp(row[s[0] : s[1], SOURCE]).sum()), default=None)
    return Link(cue, best, tuple(content), round(score * float(sure), 3))


def smooth(rows: Floats) -> list[int]:
    """Return the most probable labels of words in a row where each passage between labels costs."""
    cost = PASSAGE * (1 - np.eye(3, dtype=np.float32))
    total = rows[0].copy()
    back = np.zeros((len(rows), 3), np.int64)
    for k in range(1, len(rows)):
        ways = total[:, None] - cost
        back[k] = ways.argmax(0)
        total = ways.max(0) + rows[k]
    label = int(total.argmax())
    labels = [label]
    for k in range(len(rows) - 1, 0, -1):
        label = int(back[k, label])
        labels.append(label)
    return labels[::-1]


def stretches(labels: list[int], label: int) -> list[Span]:
    """Return the runs of a label, as ``(first, end)``."""
    found: list[Span] = []
    for k, other in enumerate(labels):
        if other == label:
            found.append((found.pop()[0], k + 1) if found and found[-1][1] == k else (k, k + 1))
    return found


def joined(parts: list[Span], signs: list[bool], cue: Span) -> list[Span]:
    """Return a content's parts with those made one between which only signs stand."""
    result: list[Span] = []
    for part in parts:
        if result and all(signs[result[-1][1] : part[0]]) and not result[-1][1] <= cue[0] < part[0]:
            part = (result.pop()[0], part[1])
        result.append(part)
    return result


def shifted(link: Link, by: int) -> Link:
    """Return a link whose words are counted from ``by`` words earlier."""

    def move(s: Span) -> Span:
        return s[0] + by, s[1] + by

    return Link(move(link.cue), link.source and move(link.source), tuple(map(move, link.content)), link.score)


def distinct(links: Iterator[Link]) -> list[Link]:
    """Return the links without those whose content another one has with a better score, in order."""
    kept: list[Link] = []
    for link in sorted(links, key=lambda x: -x.score):
        size = length(link.content)
        if not any(overlap(link.content, o.content) > SAME * max(size, length(o.content)) for o in kept):
            kept.append(link)
    return sorted(kept)


def span(found: list[Word], part: Span) -> Span:
    """Return the stretch of the text from the first word to the last."""
    return found[part[0]].start, found[part[1] - 1].end


def bare(reading: Reading, found: list[Word], part: Span) -> Span:
    """Return the stretch of a content without the conjunction that leads it."""
    first, end = part
    word = reading.text[found[first].start : found[first].end].casefold()
    leading = reading.language.frames.conjunctions
    if end - first > 2 and (word in leading or word + "'" in leading):
        first += 1 + (reading.text[found[first + 1].start] in "'’")
    return span(found, (first, end))


class Heads:
    """Where in the sentences of a reading a cue's head word is, and what act the lexicon gives it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lexicon = cues.lexicon(reading.language)
        self.at = {
            token.start: (number, index)
            for number, sentence in enumerate(reading.sentences)
            for index, token in enumerate(sentence.tokens)
            if not token.stand_in
        }

    def find(self, cue: Span) -> tuple[int, int, str, str]:
        """Return sentence, token, lemma, act of a cue: of its word in the lexicon, else of its last verb."""
        places = [self.at[k] for k in range(*cue) if k in self.at]
        if not places:
            return -1, -1, "", ""
        number = places[0][0]
        sentence = self.reading.sentences[number]
        indices = [index for other, index in places if other == number]
        for found in self.lexicon.find(sentence):
            if found.token in indices:
                return number, found.token, found.lemma, found.act("clause")
        verbs = [i for i in indices if sentence.tokens[i].pos in cues.VERBAL]
        token = (verbs or indices)[-1]
        return number, token, sentence.tokens[token].lemma, ""
