"""Names of countries and bodies: which one it is, by data; or whether two names are spellings of one.

The data are ``territories.toml`` (from CLDR) and ``bodies.toml``.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

import msgspec

from onrecord.linking.scores import Score
from onrecord.linking.sounds import flatten, likeness, romanise, skeletons

# Words are spellings of one from here on: see sounds.likeness.
ALIKE = 0.9
# An acronym that both give, and one that is the other's initials. Three initials fit too many names to tell.
# Chosen by hand, to lie above and below names.SAME.
_SAME_ACRONYM, _INITIALS, _SHORT_INITIALS = 0.88, 0.86, 0.7

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_ACRONYM = re.compile(r"(?:\w\.?){2,8}")
_WORD = re.compile(r"[^\W_]+(?:[.](?=\w)[^\W_]+)*")
_LONGEST_NAME = 7
_SHORT = 4
# Endings of adjectives in the eight languages: gender, number, case.
_ENDINGS = re.compile(
    r"|[eainuy]|[eao]s|[ei]n|e[rm]|ne|nes|h|he|iye?|ogo|omu|[iouy]m|aya|[oiey]y|uyu|oye|ikh|imi|[ioy]i|o|oy[iu]|i[jhea]"
    r"|oe|uu|aia|yy|ou"
)


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]


class _Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    short: dict[str, tuple[str, ...]]
    countries: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    bodies: dict[str, tuple[str, ...]]
    articles: _Words
    common: _Words
    small: _Words
    joins: _Words


@functools.cache
def _data() -> _Bodies:
    return msgspec.toml.decode(
        resources.files(__package__).joinpath("bodies.toml").read_bytes(), type=_Bodies
    )


@functools.cache
def _territories() -> dict[tuple[str, ...], str]:
    """Return the countries' names as words, each with its code."""
    data = resources.files(__package__).joinpath("territories.toml").read_bytes()
    names = msgspec.toml.decode(data, type=dict[str, tuple[str, ...]])
    pairs = [(code, n) for table in (names, _data().countries) for code, row in table.items() for n in row]
    return {tuple(split(name)): code for code, name in pairs}


@functools.cache
def _known() -> dict[tuple[str, ...], str]:
    """Return the names of countries and bodies as words, each with its code."""
    tables = (_data().short, _data().bodies)
    found = {tuple(split(name)): code for table in tables for code, row in table.items() for name in row}
    return _territories() | found


@functools.cache
def _adjectives() -> dict[str, str]:
    rows = _data().adjectives.items()
    return {"".join(split(word)): code for code, row in rows for word in row}


def split(name: str) -> list[str]:
    """Return the words of a name as they are compared, without articles at its head.

    >>> split("L’Organisation mondiale de la Santé"), split("The U.S.")
    (['organisation', 'mondiale', 'de', 'la', 'sante'], ['us'])
    """
    words = [flatten(word) for word in _WORD.findall(romanise(name))]
    while len(words) > 1 and words[0] in _data().articles.words:
        del words[0]
    return [word for word in words if word]


def article(word: str) -> bool:
    """Say whether a word is an article or its like in one of the languages."""
    return flatten(word) in _data().articles.words


@functools.lru_cache(maxsize=65536)
def identify(name: str) -> tuple[str, ...]:
    """Return the codes of the countries and bodies that a name or a list of names stands for, sorted.

    Empty where any part of it is not in the data. A country's code is that of ISO 3166-1.

    >>> identify("l’OTAN"), identify("La Chine et la Russie"), identify("USA"), identify("la Croix")
    (('nato',), ('CN', 'RU'), ('US',), ())
    """
    bare = _BRACKETS.sub("", name)
    whole = _known().get(tuple(split(bare)))
    if whole:
        return (whole,)
    joins = "|".join(re.escape(word) for word in sorted(_data().joins.words))
    parts = [part for part in re.split(rf"\s*,\s*|\s+(?:{joins})\s+", bare.strip()) if part]
    codes = {_known().get(tuple(split(part)), "") for part in parts}
    return tuple(sorted(codes)) if len(parts) > 1 and "" not in codes else ()


@functools.lru_cache(maxsize=65536)
def countries(phrase: str) -> frozenset[str]:
    """Return the codes of the countries that a phrase names or tells by an adjective.

    >>> sorted(countries("l’ambassadeur des États-Unis en Chine")), sorted(countries("Russian envoy"))
    (['CN', 'US'], ['RU'])
    >>> sorted(countries("he told us")), sorted(countries("US envoy"))
    ([], ['US'])
    """
    found = set()
    for code, forms in _data().short.items():
        if any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", phrase) for form in forms):
            found.add(code)
    words = [flatten(word) for word in _WORD.findall(romanise(phrase))]
    start = 0
    while start < len(words):
        taken = 1
        for size in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
            piece = words[start : start + size]
            code = _territories().get(tuple(piece)) or (_adjective("".join(piece)) if size <= 2 else "")
            if code:
                found.add(code)
                taken = size
                break
        start += taken
    return frozenset(found)


@functools.lru_cache(maxsize=65536)
def _adjective(word: str) -> str:
    for end in range(len(word), max(3, len(word) - 4), -1):
        if _ENDINGS.fullmatch(word[end:]) and word[:end] in _adjectives():
            return _adjectives()[word[:end]]
    return ""


@functools.lru_cache(maxsize=65536)
def named(name: str) -> bool:
    """Say whether a body's name is a name, rather than a description ("les autorités catalanes").

    >>> named("Spanish government"), named("les autorités"), named("Toyota"), named("l’ONU")
    (False, False, True, True)
    """
    if identify(name) or acronyms(name):
        return True
    tokens = _WORD.findall(romanise(_BRACKETS.sub("", name)))
    return any(
        token != token.lower()
        and word not in _data().articles.words | _data().common.words | _data().small.words
        and not countries(token)
        for token in tokens
        if (word := flatten(token))
    )


@functools.lru_cache(maxsize=65536)
def acronyms(name: str) -> frozenset[str]:
    """Return the acronyms that a name gives: itself, or what stands in brackets.

    >>> sorted(acronyms("Bureau of Tide Tables (BTT)")), sorted(acronyms("la DARPA"))
    (['btt'], ['darpa'])
    """
    alone = _WORD.findall(_BRACKETS.sub("", name))
    while len(alone) > 1 and article(alone[0]):
        del alone[0]
    pieces = [*_BRACKETS.findall(name), *(alone if len(alone) == 1 else ())]
    return frozenset(
        re.sub(r"[^a-z0-9]", "", romanise(piece).lower())
        for piece in pieces
        if _ACRONYM.fullmatch(piece) and piece == piece.upper() and not piece.isdigit()
    )


def initials(name: str) -> str:
    """Return the first letters of a name's words, small words left out.

    >>> initials("Defense Advanced Research Projects Agency")
    'darpa'
    """
    words = split(_BRACKETS.sub("", name))
    return "".join(word[0] for word in words if word not in _data().small.words) if len(words) > 2 else ""


@functools.lru_cache(maxsize=65536)
def keys(name: str) -> tuple[str, ...]:
    """Return the keys under which a body's name and its likely variants meet, sorted."""
    found = {"code " + " ".join(identify(name))} if identify(name) else set()
    found.update("acronym " + acronym for acronym in acronyms(name))
    if len(initials(name)) > 2:
        found.add("acronym " + initials(name))
    words = sorted(split(_BRACKETS.sub("", name)), key=lambda word: (-len(word), word))
    found.update("word " + key for word in words[:2] for key in skeletons(word))
    return tuple(sorted(found))


@functools.lru_cache(maxsize=65536)
def compare(a: str, b: str) -> Score:
    """Return how likely two names of bodies or countries are names of one; symmetric.

    >>> compare("OTAN", "NATO")
    Score(value=1.0, reasons=('both are nato',))
    >>> compare("Toyota UK", "Toyota").value < 0.5
    True
    """
    ones, others = identify(a), identify(b)
    if ones and others:
        if ones == others:
            return Score(1.0, (f"both are {', '.join(ones)}",))
        return Score(0.0, (f"one is {', '.join(min(ones, others))}, one {', '.join(max(ones, others))}",))
    words, rest = split(_BRACKETS.sub("", a)), split(_BRACKETS.sub("", b))
    if words and len(words) == len(rest):
        alike = [_word_likeness(x, y) for x, y in zip(words, rest, strict=True)]
        if min(alike) >= ALIKE:
            value = round(sum(alike) / len(alike), 4)
            return Score(value, ("the same name" if value == 1 else "the same name in another spelling",))
    return _by_acronym(a, b) or Score(
        round(0.4 * len(set(words) & set(rest)) / max(1, len(set(words) | set(rest))), 4),
        ("the names differ",),
    )


def _word_likeness(a: str, b: str) -> float:
    """Return how alike two words of bodies' names are: short ones, mostly acronyms, are the same or not."""
    return likeness(a, b) if min(len(a), len(b)) > _SHORT else float(a == b)


def _by_acronym(a: str, b: str) -> Score | None:
    shared = sorted(acronyms(a) & acronyms(b))
    if shared and len(shared[0]) > 2:
        return Score(_SAME_ACRONYM, (f"both are abbreviated {shared[0].upper()}",))
    for short, long in ((a, b), (b, a)):
        if initials(long) and initials(long) in acronyms(short):
            value = _INITIALS if len(initials(long)) > 3 else _SHORT_INITIALS
            return Score(value, (f"{initials(long).upper()} are the initials of the other",))
    return None
