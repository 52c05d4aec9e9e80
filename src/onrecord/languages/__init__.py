"""Languages as data: one TOML file a language, read into frozen structs.

Adding a language means adding a file here, and its cases in ``tests/languages/``. Every section of a file
is optional but ``code`` and ``name``: a language gets what its file gives.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import Literal

import msgspec

from onrecord.errors import InvalidLanguage, UnknownLanguage
from onrecord.records import Act


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Quotation marks: pairs of an opening and a closing mark, the most usual first.

    ``stand_in`` is the word that a parser reads in the place of a quotation that is a sentence.
    """

    pairs: tuple[tuple[str, str], ...] = (("“", "”"), ('"', '"'))
    stand_in: str = "Yes"


Unit = Literal["", "hour", "day", "week", "weekend", "month", "year"]


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form of date or time (see :mod:`onrecord.dates.expressions`) and how far off it is.

    ``steps`` count in ``unit``, or in weekdays or months of the name that the form holds; a number in the
    form multiplies them. They count from the ``article``'s day, or from the day its ``text`` last spoke of.
    """

    form: str
    unit: Unit = ""
    steps: int = 0
    anchor: Literal["article", "text"] = "article"


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of days and months, and the forms of dates and times.

    Lists are in order: Monday first, January first, one first; an entry may list several words ("mars|mar.").
    ``capitals``: the names are written with a capital. ``order`` is that of 23/01/2023, "" where it varies.
    ``never`` are forms that look like a date and are none.
    """

    capitals: bool = False
    order: Literal["dmy", "mdy", ""] = ""
    weekdays: tuple[str, ...] = ()
    weekdays_short: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    months_short: tuple[str, ...] = ()
    day_endings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    units: tuple[tuple[Unit, str], ...] = ()
    phrases: tuple[Phrase, ...] = ()
    never: tuple[str, ...] = ()


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Wordings at the head of an article, and of what is inserted in its text (any case)."""

    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that report speech, with the act they carry ("" where they are neutral).

    Each entry is a lemma; more words of it must stand right after the first ("faire valoir"), a leading
    reflexive before it ("se engager"). ``takes`` is what the content can be besides a quotation: a finite
    ``clause``, an ``infinitive``, an ``object`` (a noun phrase), a noun phrase after one of ``prepositions``
    (``oblique``), or an object and what is said of it (``predicate``). ``addresses`` where the direct
    object of a verb is the addressee ("told reporters").
    """

    act: Act | Literal[""] = ""
    takes: tuple[Literal["clause", "infinitive", "object", "oblique", "predicate"], ...] = ()
    addresses: bool = False
    prepositions: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that hold attribution together, beside the cues; all in lower case, apostrophes straight.

    - ``according`` phrases name the source after them ("selon"); ``opinion`` ones only where a person, a body
      or a ``stressed`` pronoun follows at the head of a clause ("pour").
    - ``conjunctions`` lead a content clause, but as a part of ``compounds`` ("alors que"), or with a
      restriction before them (« ne pense qu'à »). ``questions`` lead an indirect question; those that are
      in ``whether`` too are left out of it.
    - ``infinitive`` marks lead an infinitive, ``clitics`` may stand before it (« en finir »), ``gerunds``
      lead a participle that reports ("en affirmant").
    - ``adjuncts`` begin what follows an interposed cue without going on with the content ("lors de").
    - ``possibility`` are helpers of what may be said but was not; what ``second_person`` pronouns say is
      asked or advised, not reported.
    - ``circumstances`` end a subject that stands behind its cue, ``towards`` before an outlet's name.
    - ``evidential`` verbs report only what a document or a body says ("a poll shows").
    - ``endings`` turn a verb's form into its lemma where the parser's lemmatiser doesn't know it.
    """

    according: tuple[str, ...] = ()
    opinion: frozenset[str] = frozenset()
    stressed: frozenset[str] = frozenset()
    first_person: frozenset[str] = frozenset()
    second_person: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    compounds: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    whether: frozenset[str] = frozenset()
    infinitive: frozenset[str] = frozenset()
    gerunds: frozenset[str] = frozenset()
    adjuncts: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    towards: frozenset[str] = frozenset()
    reflexives: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    restrictions: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    possibility: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    evidential: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    endings: tuple[tuple[str, str], ...] = ()


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language says to whom, through what, when, through whom, and what a saying does.

    Phrases are written with the full form of their words, so that "lors de" stands for "lors du" as well
    (``contractions``, pairs of a short and a full form). Single words are lemmas, names are as written.

    - ``occasions`` lead a channel whatever follows ("lors de"), or are one ("par téléphone"); ``through``
      lead one where a word of ``carriers`` (nouns, "communiqué"), of ``outlets`` (names, or words of names)
      or of ``bodies`` follows; ``places`` where the name of a place does.
    - ``to`` lead an addressee; ``told`` are verbs whose object is one, ``addressed`` verbs whose participle
      leads one in a channel ("a text addressed to ..."), as "to" does after ``letters``. Nobody speaks to
      ``abstract`` nouns. ``clitics`` are pronouns of the addressee before a verb, ``object_clitics`` those
      before a verb of ``told``.
    - ``relays`` lead who passed it on ("selon"); ``relaying`` are verbs that say so ("rapporter").
    - ``after`` lead an event that says when, ``then`` say when by themselves, ``when`` lead a clause after a
      date ("last year, when she said").
    - ``negations`` (beside one of ``particles``, where there are any) and ``without`` before it deny a cue;
      not beside ``restrictions`` ("seulement") or words of ``affirming`` ("ne cesse de dire"). ``unsaid``
      deny the speech verb with them ("refuser de dire"). ``future`` words put the saying into the future.
    - ``asking`` are verbs that ask or ask for; ``questions`` lead an indirect question. Words of ``views`` in
      a cue make it an opinion. ``voiced`` are an act and a pattern of what is said each, for neutral cues.
    """

    contractions: tuple[tuple[str, str], ...] = ()
    occasions: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    object_clitics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    relaying: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    affirming: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    voiced: tuple[tuple[Act, str], ...] = ()


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """A country by its name, its capital ("" where both have one name), its adjectives and other names."""

    name: str
    capital: str = ""
    adjectives: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which an article calls who speaks, in lower case (countries as written).

    - ``definite`` to ``own`` are determiners: ``possessive`` of a third person, ``own`` of a first one;
      ``elided`` where they lose a vowel before the next one ("l'"). ``of`` leads a complement,
      ``single`` picks one of several ("one of the ministers").
    - ``he`` to ``unknown`` are pronouns; ``unknown`` are those of which no one can say who it is.
    - ``particles`` stand inside the names of persons, ``joints`` inside those of bodies.
    - ``mr``, ``mrs`` and ``doctor`` are titles before a last name, by gender, with what ``abbreviations``
      stand for; ``titles`` the offices and trades of persons; ``kin`` those that are somebody's ("mother");
      ``generic`` what says only that it is a person ("man"); ``agents`` endings of other words for persons;
      ``women`` and ``men`` those that tell the gender; ``feminine`` endings of given names that are more
      often women's.
    - ``also`` words say that somebody else spoke before; ``realm`` are words for what only a country has
      ("embassy"), ``peoples`` endings of adjectives of countries.
    - ``heading`` are words whose complement is a body or a place ("mayor of"), ``within`` prepositions that a
      place follows ("in"), ``firms`` words inside the names of firms ("motors").
    - ``unnamed`` are persons who are quoted without a name ("official"), ``bodies``, ``crowds``,
      ``documents`` and ``lands`` the words for such; ``recalled`` are bodies that are called so after their
      name ("the company").
    - ``things`` are nouns, ``matters`` endings of nouns, of what never speaks ("plan"); ``offices`` are other
      words for an office, with its usual ones ("head of state", "president").
    """

    elided: bool = False
    definite: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    demonstrative: tuple[str, ...] = ()
    possessive: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    he: tuple[str, ...] = ()
    she: tuple[str, ...] = ()
    it: tuple[str, ...] = ()
    they: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    mr: tuple[str, ...] = ()
    mrs: tuple[str, ...] = ()
    doctor: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    titles: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    women: tuple[str, ...] = ()
    men: tuple[str, ...] = ()
    feminine: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    realm: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    offices: tuple[tuple[str, str], ...] = ()
    unnamed: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    crowds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What onrecord knows of one language; see the comments in its TOML file for the sources."""

    code: str
    name: str
    marks: Marks = Marks()
    cues: tuple[Cue, ...] = ()
    frames: Frames = Frames()
    roles: Roles = Roles()
    dates: Dates = Dates()
    head: Head = Head()
    names: Names = Names()


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
