"""Spelling: names in any script as plain letters, and how alike two spellings are by their sounds.

The only door to anyascii and rapidfuzz. The table of sounds is data, ``sounds.toml``.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping
from importlib import resources

import msgspec
from anyascii import anyascii
from rapidfuzz.distance import Indel

# Below this share of common letters two words are never variants: the farthest true pair of
# tests/linking/test_sounds.py (Joukov, Schukow) has .46.
_HOPELESS = 0.35
# A letter more at the end of a word makes another name: Medvedev, Medvedeva; Daniel, Daniela.
_AT_THE_END = 2.0

_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-xz])\1+")
_DIGRAPHS = (
    (re.compile(r"th"), "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"rh"), "r"),
    (re.compile(r"d(zh|sch|j|g)"), "k"),
    (re.compile(r"s[cz]h?|[ckgzsj]h"), "k"),
    (re.compile(r"t+(?=[ckszxj])"), ""),
)
_CLASSES = str.maketrans("cgkqsxzwf", "kkkkkkkvv", "")


class _Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cost: float
    rows: tuple[tuple[str, ...], ...]


class _Sounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    same: _Rows
    family: _Rows
    loose: _Rows


@functools.cache
def _table(family: bool) -> tuple[dict[str, dict[str, float]], int]:
    """Return the cost of each spelling against each other one, and the longest spelling's length."""
    data = resources.files(__package__).joinpath("sounds.toml").read_bytes()
    sounds = msgspec.toml.decode(data, type=_Sounds)
    costs: dict[str, dict[str, float]] = {}
    for rows in (sounds.loose, sounds.same, *((sounds.family,) if family else ())):
        for a, b in itertools.chain.from_iterable(itertools.permutations(row, 2) for row in rows.rows):
            costs.setdefault(a, {})[b] = rows.cost
    return costs, max(map(len, costs))


@functools.lru_cache(maxsize=65536)
def romanise(name: str) -> str:
    """Return a name in plain ASCII letters, capitals kept, syllables of ideographs parted by a blank.

    >>> romanise("Дмитрий Медведев"), romanise("François Müller"), romanise("习近平")
    ('Dmitriy Medvedev', 'Francois Muller', 'Xi Jin Ping')
    """
    plain = anyascii(name)
    if _IDEOGRAPHS.search(name):
        plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)
    return plain


def flatten(word: str) -> str:
    """Return a word as it is compared: plain lower-case letters and digits, doubled consonants single.

    >>> flatten("O’Müller"), flatten("Зеленський")
    ('omuler', 'zelenskiy')
    """
    return _DOUBLED.sub(r"\1", re.sub(r"[^a-z0-9]", "", romanise(word).lower()))


@functools.lru_cache(maxsize=262144)
def likeness(a: str, b: str, family: bool = False) -> float:
    """Return how alike two words sound, 0 to 1; 1 is the same letters. Symmetric.

    An edit distance over :func:`flatten`-ed words in which the spellings of one sound cost little,
    divided by the longer word's length; with ``family`` also the endings that only family names take
    (Putin, Poutine). Below .9 two words are better taken as two names.
    Source: the table in tests/linking/test_sounds.py, of true variants and of names that are not.

    >>> likeness("Medvedev", "Medwedew") > 0.9 > likeness("Medvedev", "Medvedeva")
    True
    """
    a, b = sorted((flatten(a), flatten(b)))
    if a == b:
        return 1.0 if a else 0.0
    if Indel.normalized_similarity(a, b) < _HOPELESS:
        return 0.0
    return max(0.0, 1.0 - _distance(a, b, family) / max(len(a), len(b)))


def _distance(a: str, b: str, family: bool) -> float:
    """Return the cheapest way from ``a`` to ``b``: letters kept, put in, left out, changed, or one sound."""
    costs, longest = _table(family)
    spellings = [[_spellings(word, end, costs, longest) for end in range(len(word) + 1)] for word in (a, b)]
    best = [[float("inf")] * (len(b) + 1) for _ in range(len(a) + 1)]
    best[0][0] = 0.0
    for i, j in itertools.product(range(len(a) + 1), range(len(b) + 1)):
        ways = [best[i][j]]
        one_more = _AT_THE_END if (i, j) == (len(a), len(b)) else 1.0
        if i:
            ways.append(best[i - 1][j] + one_more)
        if j:
            ways.append(best[i][j - 1] + one_more)
        if i and j:
            ways.append(best[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
        for x, y in itertools.product(spellings[0][i], spellings[1][j]):
            if y in costs[x]:
                ways.append(best[i - len(x)][j - len(y)] + costs[x][y])
        best[i][j] = min(ways)
    return best[-1][-1]


def _spellings(word: str, end: int, costs: Mapping[str, object], longest: int) -> tuple[str, ...]:
    """Return the spellings of the table that the word has just before ``end``."""
    pieces = (word[start:end] for start in range(max(0, end - longest), end))
    return tuple(piece for piece in pieces if piece in costs)


@functools.lru_cache(maxsize=65536)
def skeletons(word: str) -> tuple[str, ...]:
    """Return the keys under which a word and its likely variants meet, in alphabetical order.

    A key is the word's consonants in a few classes (v w f; c g k q s x z with sh, ch, kh, zh). "h" and "j"
    may be heard or not, so a word that has one has two keys. A word of vowels only is its own key.

    >>> skeletons("Zelensky") == skeletons("Selenskyj")[:1] == skeletons("Зеленський")
    True
    """
    flat = flatten(word)
    for pattern, letters in _DIGRAPHS:
        flat = pattern.sub(letters, flat)
    flat = flat.translate(_CLASSES)
    keys = set()
    for heard in ("k", ""):
        for heard_j in ("k", "y"):
            letters = flat.replace("h", heard).replace("j", heard_j)
            vowel = "a" if letters[:1] in tuple("aeiouy") else ""
            bones = re.sub(r"(.)\1+", r"\1", letters)
            keys.add(vowel + re.sub(r"[aeiouy]", "", bones) if re.search(r"[^aeiouy]", bones) else flat)
    return tuple(sorted(keys))
