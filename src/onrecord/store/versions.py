"""Who says it: people, and programs with versions that can be put in order."""

from __future__ import annotations

import re

# Source: the docstring of Decision in onrecord.records ("person: NAME").
PERSON = "person:"

# Source: PEP 440, "Summary of permitted suffixes and relative ordering". What follows the first suffix is
# left out.
_VERSION = re.compile(
    r"(?P<program>.*?)\s*\bv?(?P<release>\d+(?:\.\d+)*)(?:[._-]?(?P<suffix>[a-z]+)[._-]?(?P<number>\d*))?\S*"
)
_RANKS = {
    "dev": "a",
    "a": "b",
    "alpha": "b",
    "b": "c",
    "beta": "c",
    "c": "d",
    "rc": "d",
    "": "e",
    "post": "f",
}


def person(by: str) -> bool:
    """Return whether this is a person, not a program."""
    return by.startswith(PERSON)


def split(by: str) -> tuple[str, str]:
    """Return a program's name and a key that sorts as its versions do ("" where it gives none).

    >>> split("onrecord 0.10.0")[0]
    'onrecord'
    >>> newest_first = ["x 1.10", "x 1.9.post1", "x 1.9", "x 1.9rc2", "x 1.9rc1", "x 1.9.dev3", "x 1.8", "x"]
    >>> sorted(newest_first, key=split, reverse=True) == newest_first
    True
    >>> split("x 1.0") == split("x 1")
    True
    """
    match = _VERSION.fullmatch(by.strip())
    if match is None:
        return by.strip(), ""
    numbers = [int(part) for part in match["release"].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    # "~" sorts after every letter: 1.9.1 is newer than 1.9 with any suffix.
    release = "~".join(f"{number:010}" for number in numbers)
    rank = _RANKS.get(match["suffix"] or "", "e")
    return match["program"], f"{release}{rank}{int(match['number'] or 0):010}"
