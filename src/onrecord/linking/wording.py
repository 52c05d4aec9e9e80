"""Wording: what a statement's content is compared by, within a language and between two."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from onrecord.linking import bodies
from onrecord.linking.scores import Score
from onrecord.linking.sounds import flatten
from onrecord.records import Spans
from onrecord.text import fold

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|[^\W\d_]+")
# Words shorter than this are mostly grammar, in all eight languages.
_SHORTEST = 4
# So many letters of a word are kept, so that its forms meet: "désarmer", "désarmement" (désarm).
_STEM = 6
# So many letters two languages share in words that they write alike: "nuclear", "nucléaire".
_ALIKE = 5
# A run of so many words is the same words.
_RUN = 6
# So many words of a content are looked at for runs, which take time by the square.
_MOST = 300


class Wording(msgspec.Struct, frozen=True):
    """The content's words: all, folded, in order; stems of those that tell; and what crosses languages.

    ``numbers`` are written without separators of thousands; ``names`` capitalised words that don't begin the
    content, flattened; ``countries`` codes; ``alike`` the beginnings of long words in plain letters.
    """

    words: tuple[str, ...]
    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    countries: frozenset[str]
    alike: frozenset[str]

    @property
    def clues(self) -> frozenset[str]:
        """What this wording may share with another of any language."""
        return self.stems | self.alike | self.numbers | {f"={code}" for code in self.countries}


def read(text: str, content: Spans) -> Wording:
    """Return the wording of a content.

    >>> sorted(read("Nous livrerons 1 200 chars à Kyiv", ((0, 33),)).clues)
    ['1200', 'chars', 'kyiv', 'livre', 'livrer', 'nous']
    """
    pieces = [text[start:end] for start, end in content]
    tokens = [token for piece in pieces for token in _TOKEN.findall(piece)]
    numbers = frozenset(_number(token) for token in tokens if token[0].isdigit())
    plain = [token for token in tokens if not token[0].isdigit()]
    first = {piece.strip("«»“”\"' \u00a0").split(" ")[0] for piece in pieces}
    words = [fold(token) for token in plain]
    return Wording(
        words=tuple(_number(token) if token[0].isdigit() else fold(token) for token in tokens),
        stems=frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST),
        numbers=numbers,
        names=frozenset(
            flatten(token)
            for token in plain
            if token[0].isupper() and len(token) > 2 and token not in first and not bodies.countries(token)
        ),
        countries=frozenset(code for piece in pieces for code in bodies.countries(piece)),
        alike=frozenset(flat[:_ALIKE] for word in words if len(flat := flatten(word)) >= _ALIKE),
    )


def _number(token: str) -> str:
    bare = re.sub(r"[.,\u00a0\u202f ](?=\d{3}(?!\d))", "", token)
    return bare.replace(",", ".")


def within(a: Wording, b: Wording, weights: Mapping[str, float]) -> Score:
    """Return how far two contents of one language say the same words; symmetric.

    It is the share of the shorter one's telling words, by weight, that the other one has, less where the
    longer one says much more; a run of six words or more counts as well.
    """
    ones, others = a.stems | a.numbers, b.stems | b.numbers
    common = ones & others
    weigh = {word: weights.get(word, 1.0) for word in ones | others}
    small, large = sorted((sum(weigh[w] for w in ones), sum(weigh[w] for w in others)))
    if len(common) < 2 or not small:
        return Score(0.0, ("hardly a word in common",))
    shared = sum(weigh[w] for w in common)
    value = _share(shared, small, large)
    if len(common) < 3:
        value *= 0.8
    run = _run(a.words, b.words)
    reasons = [f"{len(common)} of {min(len(ones), len(others))} telling words in common"]
    if run >= _RUN:
        value = max(value, 1 - 1 / (run - _RUN + 4))
        reasons.append(f"{run} words in a row")
    return Score(round(value, 4), tuple(reasons))


def _share(shared: float, small: float, large: float) -> float:
    """Return what share of the shorter one is in the longer one, less where that says much more."""
    return min(1.0, 0.75 * shared / small + 0.25 * shared / large)


def _run(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """Return the length of the longest run of words that both have."""
    b = b[:_MOST]
    best, row = 0, [0] * (len(b) + 1)
    for word in a[:_MOST]:
        former, row = row, [0] * (len(b) + 1)
        for j, other in enumerate(b):
            if word == other:
                row[j + 1] = former[j] + 1
                best = max(best, row[j + 1])
    return best


def across(a: Wording, b: Wording) -> Score:
    """Return how far two contents of two languages agree in what needs no translation; symmetric.

    Numbers and names weigh most, then countries and words that both languages write alike. Two contents with
    numbers, none of them in common, don't agree.
    """
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return Score(0.0, ("the numbers differ",))
    kinds = (
        ("numbers", 2.0, a.numbers, b.numbers),
        ("names", 1.5, a.names, b.names),
        ("countries", 1.0, a.countries, b.countries),
        ("words alike", 1.0, a.alike, b.alike),
    )
    shared = sum(weight * len(one & other) for _, weight, one, other in kinds)
    small, large = sorted(
        (sum(w * len(one) for _, w, one, _ in kinds), sum(w * len(other) for _, w, _, other in kinds))
    )
    if shared < 3:
        return Score(0.0, ("little in common that needs no translation",))
    reasons = (f"{len(one & other)} {name}" for name, _, one, other in kinds if one & other)
    return Score(round(_share(shared, small, large), 4), ("both have " + ", ".join(reasons),))
