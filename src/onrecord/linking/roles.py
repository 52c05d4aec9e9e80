"""What the articles call a speaker: roles from what stands around a name.

The data are ``roles.toml``: nouns by field, and the words that end a role.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from importlib import resources

import msgspec

from onrecord.linking import bodies
from onrecord.text import fold

# A role is said in so many characters or it is a sentence.
_LONGEST = 120
# A name that stands in an article more often than this has its role by then.
_MOST = 40

_LEADING = re.compile(
    r"^(?:(?:[ld]|qu)['’]|(?:le|la|les|un|une|the|a|an|der|die|das|den|dem|ein|eine|el|los|il|lo|o|os|as|um|uma|his"
    r"|her|their|son|sa|leur|its)\s+)+",
    re.IGNORECASE,
)  # fmt: skip
_BREAK = re.compile(r"[,;:!?()\[\]“”«»\"\n\r]|\.(?!\w)")
# "une des femmes", "one of nine leaders": what somebody is among, no role.
_PART = re.compile(r"(?:des|of|de|one of|l’un|l’une|einer der|uno de|uno dei)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«»„]")
# "l’ami du roi Jan et le ministre Ivan Drel": what stands before a new article is another's, or less exact.
_COORDINATED = re.compile(
    r"\s(?:et|and|und|y|e)\s+(?=(?:le|la|the|der|die|el|il|lo|o|a)\s|l['’])", re.IGNORECASE
)
_ELIDED = re.compile(r"^\w{1,2}['’]")
_TOKEN = re.compile(r"[^\s]+")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


class _Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: dict[str, tuple[str, ...]]
    stops: _Words
    joins: _Words
    before: _Words


class Roles(msgspec.Struct, frozen=True):
    """What is known of a speaker from one or several phrases.

    ``phrases`` as written, without the article; ``countries`` codes; ``fields`` those of ``roles.toml``
    but "any".
    """

    phrases: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def conflict(self, other: Roles) -> str:
        """Return why both can't be roles of one speaker in one story, or "".

        >>> gather(["Russian foreign minister"]).conflict(gather(["striker"]))
        'one is in sport, one in state'
        """
        if self.fields and other.fields and not self.fields & other.fields:
            one, two = sorted((", ".join(sorted(self.fields)), ", ".join(sorted(other.fields))))
            return f"one is in {one}, one in {two}"
        if self.countries and other.countries and not self.countries & other.countries:
            one, two = sorted((", ".join(sorted(self.countries)), ", ".join(sorted(other.countries))))
            return f"one is of {one}, one of {two}"
        return ""

    def agree(self, other: Roles) -> str:
        """Return in what both agree, or "".

        >>> gather(["ministre russe"]).agree(gather(["Russian minister"]))
        'both are in state and of RU'
        """
        fields = ", ".join(sorted(self.fields & other.fields))
        places = ", ".join(sorted(self.countries & other.countries))
        said = [f"in {fields}"] * bool(fields) + [f"of {places}"] * bool(places)
        return "both are " + " and ".join(said) if said and not self.conflict(other) else ""


@functools.cache
def _data() -> tuple[dict[str, str], frozenset[str], frozenset[str], frozenset[str]]:
    """Return the nouns each with its field, the stops, the joins, and the words before a noun.

    Stops keep their accents: "a" ends a role, "à" doesn't.
    """
    roles = msgspec.toml.decode(resources.files(__package__).joinpath("roles.toml").read_bytes(), type=_Roles)
    nouns = {fold(noun): field for field, row in roles.nouns.items() for noun in row}
    stops = frozenset(word.casefold() for word in roles.stops.words)
    return nouns, stops, frozenset(map(fold, roles.joins.words)), frozenset(map(fold, roles.before.words))


def _nouns(phrase: str) -> list[str]:
    """Return the fields of the phrase's nouns, in order; a compound counts as a whole ("vice-président")."""
    nouns = _data()[0]
    pieces = (fold(_bare(token)) for token in _TOKEN.findall(phrase))
    return [nouns[piece] for piece in pieces if piece in nouns]


def _bare(token: str) -> str:
    """Return a token without an elided article: "l’ancien", "d’Orbelle"."""
    return _ELIDED.sub("", token)


def gather(phrases: Iterable[str]) -> Roles:
    """Return what the phrases tell together, the phrases in their order without doubles."""
    kept = tuple(dict.fromkeys(phrases))
    fields = frozenset(field for phrase in kept for field in _nouns(phrase)) - {"any"}
    return Roles(kept, frozenset(code for phrase in kept for code in bodies.countries(phrase)), fields)


def of_mention(mention: str, name: str) -> str:
    """Return the role that a source mention gives to the bearer of a name, or "".

    >>> of_mention("le vice-président du Conseil de sécurité russe Dmitri Medvedev", "Dmitri Medvedev")
    'vice-président du Conseil de sécurité russe'
    >>> of_mention("Boris Pistorius, the defence minister,", "Boris Pistorius")
    'defence minister'
    >>> of_mention("le responsable du Kremlin", "Dmitri Medvedev"), of_mention("il", "Dmitri Medvedev")
    ('responsable du Kremlin', '')
    """
    where = _find(mention, name)
    if where is None:
        phrase = _clean(mention)
        return phrase if _nouns(phrase) and not _stopped(phrase) else ""
    *_, last = _COORDINATED.split(mention[: where[0]])
    before = _clean(last)
    if len(before) > 3 and (_nouns(before) or " " in before) and not _stopped(before) and not _joined(before):
        return before
    return next(_appositions(mention[where[1] :]), "")


def _find(mention: str, name: str) -> tuple[int, int] | None:
    """Return where the name, or else its last word, stands in the mention, whatever the case."""
    for wanted in (name, name.split()[-1] if name.split() else name):
        for start in _places(mention.lower(), wanted.lower()):
            return start, start + len(wanted)
    return None


def _places(text: str, name: str) -> Iterator[int]:
    """Yield where a name starts in the text, as whole words."""
    start = text.find(name)
    while name and start >= 0:
        end = start + len(name)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start
        start = text.find(name, end)


def _appositions(rest: str) -> Iterator[str]:
    """Yield what stands between commas after a name, where it is no clause and no age."""
    if not rest.lstrip().startswith((",", "(", "–", "—")):
        return
    pieces = [_clean(piece) for piece in _BREAK.split(rest.lstrip()[1:])[:2]]
    if len(pieces) > 1 and pieces[0][:1].isdigit():
        del pieces[0]
    phrase = pieces[0]
    if len(phrase) <= 3 or phrase[0].isdigit() or _stopped(phrase) or _PART.match(phrase):
        return
    if _nouns(phrase) or " " in phrase:
        yield phrase


def _clean(phrase: str) -> str:
    phrase = phrase.strip(" \t\r\n\u00a0\u202f,;:–—-")
    return _LEADING.sub("", phrase).strip() if len(phrase) <= _LONGEST else ""


def _stopped(phrase: str) -> bool:
    return bool(_QUOTED.search(phrase)) or bool(set(phrase.casefold().split()) & _data()[1])


def _joined(phrase: str) -> bool:
    words = fold(phrase).split()
    return bool(words) and words[-1] in _data()[2]


def around(text: str, name: str) -> Iterator[str]:
    """Yield the roles that the running text gives at the places where a full name stands, in order.

    >>> text = "Le ministre russe Ivan Drel a ri. The others, said Ana Bo, head of the Tide Office, wept."
    >>> list(around(text, "Ivan Drel")), list(around(text, "Ana Bo"))
    (['ministre russe'], ['head of the Tide Office'])
    """
    if " " not in name:
        return
    for start in itertools.islice(_places(text, name), _MOST):
        end = start + len(name)
        yield from _before(_BREAK.split(text[max(0, start - _LONGEST) : start])[-1])
        after = text[end : end + 2 * _LONGEST]
        yield from (phrase for phrase in _appositions(after) if _nouns(" ".join(phrase.split()[:6])))


def _before(stretch: str) -> Iterator[str]:
    """Yield the role that ends a stretch: its last noun, what follows it and what belongs before it."""
    nouns, _, _, before = _data()
    tokens = _TOKEN.findall(stretch)
    for at in range(len(tokens) - 1, -1, -1):
        if fold(_bare(tokens[at])) in nouns:
            start = at
            while start > 0 and at - start < 4 and _belongs(tokens[start - 1], before):
                start -= 1
            phrase = _clean(" ".join(tokens[start:]))
            if phrase and not _stopped(phrase) and not _joined(phrase):
                yield phrase
            return


def _belongs(token: str, before: frozenset[str]) -> bool:
    """Say whether the word before a noun is of the role: "Russian Energy Minister", "ancien ministre"."""
    return (
        fold(_bare(token)) in before
        or bool(bodies.countries(token))
        or (token[:1].isupper() and len(token) > 3)
    )
