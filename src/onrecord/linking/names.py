"""Names of persons in several spellings and scripts, and the comparison of any two names."""

from __future__ import annotations

import functools
import itertools
import re
from importlib import resources
from typing import Literal

import msgspec

from onrecord.linking import bodies
from onrecord.linking.scores import Score
from onrecord.linking.sounds import flatten, likeness, romanise, skeletons
from onrecord.records import SpeakerKind

# Words are spellings of one from here on: see sounds.likeness.
ALIKE = 0.9
# From here on two names are taken as one person's or body's where nothing speaks against it;
# from PARTIAL on a name fits another one, but fits others as well ("Medvedev", "D. Medvedev").
# Source: the tables of tests/linking/test_names.py.
SAME = 0.85
PARTIAL = 0.6

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*\.?")
# "d’Estaing", "al-Sissi": a particle that is written to the name.
_ATTACHED = re.compile(
    r"\b(?:([dl])['’ʼ]|(a[ldrstz]|as[hs]|el|ul|bin|ben|ibn|abu|abou)-)(?=\w)", re.IGNORECASE
)
# A syllable of Chinese, Korean or Vietnamese in Latin letters.
_SYLLABLE = r"[bcdfghjklmnpqrstwxyz]{0,2}[aeiouwy]{1,4}(?:ng?|m|k|p|l|r|t|ch|h)?"
_SYLLABLES = re.compile(rf"(?:{_SYLLABLE}){{1,2}}")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]


class _Particles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]
    given: frozenset[str]


class _Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    m: tuple[str, ...]
    f: tuple[str, ...]
    any: tuple[str, ...]


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    titles: _Titles
    particles: _Particles
    suffixes: _Words
    family_first: _Words


class Name(msgspec.Struct, frozen=True):
    """One reading of a person's name: words flattened, a hyphenated name one word.

    ``given`` holds initials as single letters; ``gender`` is what a title tells ("m", "f" or "").
    """

    given: tuple[str, ...]
    family: str
    suffix: str = ""
    gender: Literal["m", "f", ""] = ""


@functools.cache
def _data() -> _Names:
    return msgspec.toml.decode(resources.files(__package__).joinpath("names.toml").read_bytes(), type=_Names)


@functools.cache
def _titles() -> dict[str, Literal["m", "f", ""]]:
    titles = _data().titles
    genders: tuple[tuple[tuple[str, ...], Literal["m", "f", ""]], ...] = (
        (titles.m, "m"), (titles.f, "f"), (titles.any, ""),
    )  # fmt: skip
    return {flatten(word): gender for words, gender in genders for word in words}


@functools.lru_cache(maxsize=65536)
def parse(name: str) -> tuple[Name, ...]:
    """Return the readings of a person's name, the likeliest first; empty where there is no word in it.

    There are two where the first word is a family name with which East Asian names begin.

    >>> parse("M. Dmitri Anatolievitch Medvedev")
    (Name(given=('dmitri', 'anatolievitch'), family='medvedev', suffix='', gender='m'),)
    >>> [reading.family for reading in parse("Ursula von der Leyen") + parse("Kim Jong-un")]
    ['leyen', 'kim', 'jongun']
    """
    tokens = _WORD.findall(_ATTACHED.sub(_part, romanise(name)).replace("-", ""))
    gender: Literal["m", "f", ""] = ""
    while len(tokens) > 1 and (title := flatten(tokens[0])) in _titles() and not _initial(tokens):
        gender = _titles()[title] or gender
        del tokens[0]
    suffix = ""
    if len(tokens) > 2 and flatten(tokens[-1]) in _data().suffixes.words:
        suffix = flatten(tokens.pop())
    words = [flatten(token) for token in tokens]
    kept = [
        (token, word)
        for position, (token, word) in enumerate(zip(tokens, words, strict=True))
        if word and not (particle(word) and _particle(tokens, position))
    ]
    if not kept:
        return ()
    *given, family = [word for _, word in kept]
    western = Name(tuple(given), family, suffix, gender)
    eastern = Name(tuple(word for _, word in kept[1:]), kept[0][1], suffix, gender)
    if not given:
        return (western,)
    if _capitals(kept[0][0]) and not any(_capitals(token) for token, _ in kept[1:]):
        return (eastern,)
    if kept[0][1] in _data().family_first.words and all(
        _SYLLABLES.fullmatch(w) for w in (*given[1:], family)
    ):
        return (eastern, western)
    return (western,)


def _initial(tokens: list[str]) -> bool:
    """Say whether the first of the tokens is an initial rather than a title: "M. K. Gandhi"."""
    return len(flatten(tokens[0])) == 1 and len(tokens) > 2 and len(flatten(tokens[1])) == 1


def _particle(tokens: list[str], position: int) -> bool:
    """Say whether what looks like a particle is one: not an initial, nor a given name ("Ben Wallace")."""
    token = tokens[position]
    if token.endswith(".") or position == len(tokens) - 1:
        return False
    return position > 0 or token == token.lower() or flatten(token) not in _data().particles.given


def _part(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]} "


def _capitals(token: str) -> bool:
    return len(token.strip(".")) > 1 and token.isupper()


def particle(word: str) -> bool:
    """Say whether a word may stand before a family name and belong to it ("von", "de", "Le")."""
    return flatten(word) in _data().particles.words


def partial(name: str) -> bool:
    """Say whether a person's name lacks a written-out given name: "Medvedev", "D. Medvedev".

    >>> partial("Medvedev"), partial("D. Medvedev"), partial("Dmitri Medvedev")
    (True, True, False)
    """
    return all(not reading.given or len(reading.given[0]) == 1 for reading in parse(name))


@functools.lru_cache(maxsize=65536)
def keys(name: str) -> tuple[str, ...]:
    """Return the keys under which a person's name and its likely variants meet, sorted.

    They are the consonants of the family name in each of the name's readings.
    """
    return tuple(sorted({key for reading in parse(name) for key in skeletons(reading.family)}))


def compare(a: str, b: str, kind: SpeakerKind = "") -> Score:
    """Return how likely two names are names of one person, body or country; symmetric.

    ``kind`` says what both are; where it is "", names in the data of :mod:`bodies` are bodies, others
    persons. The scale: from .85 on one, from .6 on perhaps (a last name alone, initials), below that two.

    >>> compare("Dmitri Medvedev", "Дмитрий Медведев").reasons
    ('the same name in another spelling',)
    >>> compare("D. Medvedev", "Dmitri Medvedev")
    Score(value=0.75, reasons=('the same last name', 'the initials agree'))
    """
    known = bodies.identify(a) or bodies.identify(b)
    if kind not in ("", "person") or (kind == "" and known):
        return bodies.compare(a, b)
    return _persons(*sorted((a, b)))


@functools.lru_cache(maxsize=262144)
def _persons(a: str, b: str) -> Score:
    pairs = itertools.product(parse(a), parse(b))
    scores = [_readings(one, other) for one, other in pairs]
    return max(scores, key=lambda score: (score.value, score.reasons), default=Score(0.0, ("no name",)))


def _readings(a: Name, b: Name) -> Score:
    family = likeness(a.family, b.family, family=True)
    if family < ALIKE:
        return Score(round(0.4 * family, 4), ("the last names differ",))
    same = "the same last name" if family == 1 else "the same last name in another spelling"
    if {a.gender, b.gender} == {"m", "f"}:
        return Score(0.1, (same, "the titles are a man's and a woman's"))
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return Score(0.2, (same, f"one is {min(a.suffix, b.suffix)}, one {max(a.suffix, b.suffix)}"))
    if not a.given or not b.given:
        return Score(round(0.65 * family, 4), (same, "no given name to compare"))
    return _given(a, b, family, same)


def _given(a: Name, b: Name, family: float, same: str) -> Score:
    if 1 in (len(a.given[0]), len(b.given[0])):
        if _initials_agree(a.given[0], b.given[0]):
            return Score(round(0.75 * family, 4), (same, "the initials agree"))
        return Score(0.1, (same, "the initials differ"))
    whole = likeness("".join(a.given), "".join(b.given))
    if whole >= ALIKE:
        value = round((family + whole) / 2, 4)
        return Score(value, ("the same name" if value == 1 else "the same name in another spelling",))
    first = likeness(a.given[0], b.given[0])
    if first < ALIKE:
        return Score(0.2, (same, "the given names differ"))
    middle = zip(a.given[1:], b.given[1:], strict=False)
    if all(likeness(x, y) >= ALIKE or (1 in (len(x), len(y)) and _initials_agree(x, y)) for x, y in middle):
        value = round(0.92 * (family + first) / 2, 4)
        return Score(value, ("the same name", "one has a middle name more"))
    return Score(0.3, (same, "the middle names differ"))


def _initials_agree(a: str, b: str) -> bool:
    """Say whether two given names, one of them an initial, may begin with one sound: Wolodymyr, V."""
    return bool(set(skeletons(a[0])) & set(skeletons(b[0]))) if a[0] != b[0] else True
