"""The words that writers add of their own, in the languages that readers of a report have."""

from __future__ import annotations

import functools
from importlib import resources

import msgspec

from onrecord.errors import UnknownLanguage


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a writer says in one language: the tables of ``wording.toml``.

    Lists run from Monday and from January.
    """

    thousands: str
    colon: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    of_months: tuple[str, ...]
    short_months: tuple[str, ...]
    first_day: str
    days: dict[str, str]
    counts: dict[str, tuple[str, str]]
    acts: dict[str, str]
    not_acts: dict[str, str]
    forms: dict[str, str]
    kinds: dict[str, str]
    roles: dict[str, str]
    furniture: dict[str, str]
    text: dict[str, str]

    def number(self, value: int) -> str:
        """Return a number with its thousands parted.

        >>> wording("en").number(5000)
        '5,000'
        """
        return f"{value:,}".replace(",", self.thousands)

    def count(self, value: int, noun: str) -> str:
        """Return a number with its noun.

        French takes the singular for 0, English the plural.
        Source: Grevisse, Le Bon Usage, § 511.

        >>> wording("fr").count(0, "articles"), wording("en").count(0, "articles")
        ('0 article', '0 articles')
        """
        one, many = self.counts[noun]
        single = value == 1 or (value == 0 and self.first_day == "1er")
        return f"{self.number(value)} {one if single else many}"

    def act(self, act: str, *, negated: bool) -> str:
        """Return the verb for an act, or for its not having been done.

        >>> wording("en").act("deny", negated=True)
        'did NOT deny or rule out'
        """
        return (self.not_acts if negated else self.acts)[act]


@functools.cache
def _all() -> dict[str, Wording]:
    data = resources.files("onrecord.writers").joinpath("wording.toml").read_bytes()
    return msgspec.toml.decode(data, type=dict[str, Wording])


def wording(language: str) -> Wording:
    """Return the words for a language ("fr", "fr-CA"); raise UnknownLanguage where there are none.

    >>> wording("fr-CA").text["no_speaker"]
    'Locuteur inconnu'
    """
    words = _all()
    base = language.replace("_", "-").split("-")[0].lower()
    if base not in words:
        raise UnknownLanguage(language, tuple(sorted(words)))
    return words[base]
