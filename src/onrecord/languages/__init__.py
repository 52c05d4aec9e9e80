"""Languages as data: one TOML file a language, read into frozen structs.

Adding a language means adding a file here, and its cases in ``tests/languages/``. Every section of a file
is optional but ``code`` and ``name``: a language gets what its file gives.
"""

from __future__ import annotations

import functools
from importlib import resources

import msgspec

from onrecord.errors import InvalidLanguage, UnknownLanguage


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Quotation marks: pairs of an opening and a closing mark, the most usual first.

    ``stand_in`` is the word that a parser reads in the place of a quotation that is a sentence.
    """

    pairs: tuple[tuple[str, str], ...] = (("“", "”"), ('"', '"'))
    stand_in: str = "Yes"


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of days and months, and expressions that are relative to the day of publication."""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What onrecord knows of one language; see the comments in its TOML file for the sources."""

    code: str
    name: str
    marks: Marks = Marks()
    dates: Dates = Dates()


def known() -> tuple[str, ...]:
    """Return the codes of the languages that have a file, in alphabetical order.

    >>> "fr" in known()
    True
    """
    files = resources.files(__name__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


@functools.cache
def load(code: str) -> Language:
    """Return the language with this code; a region is ignored ("fr-CA" is "fr").

    Raises UnknownLanguage where there is no file, InvalidLanguage where the file has a mistake.

    >>> load("fr-CA").name
    'français'
    """
    base = code.replace("_", "-").split("-")[0].lower()
    if base not in known():
        raise UnknownLanguage(code, known())
    return read(resources.files(__name__).joinpath(f"{base}.toml").read_bytes(), f"languages/{base}.toml")


def read(data: bytes, place: str) -> Language:
    """Return the language that a TOML file holds; ``place`` names the file in errors.

    >>> read(b'code = "no"', "no.toml")
    Traceback (most recent call last):
    onrecord.errors.InvalidLanguage: no.toml: Object missing required field `name`
    """
    try:
        return msgspec.toml.decode(data, type=Language)
    except msgspec.DecodeError as error:
        raise InvalidLanguage(place, str(error)) from None
