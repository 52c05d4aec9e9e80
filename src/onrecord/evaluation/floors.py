"""Floors: what no figure may fall below. They only ever rise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import msgspec

from onrecord.errors import UnreadableInput
from onrecord.evaluation.figures import KEYS, Figure

Floors = dict[str, dict[str, float]]
"""The lowest value allowed, by gold (its file's name without ending) and by figure."""

# A floor lies so much below what was measured, and at least one case below. Source: what a new version of
# the parser moves the figures by; and a better recall brings harder cases to what is measured of matches.
MARGIN = 0.01
# A figure of fewer cases says too little.
LEAST = 20


class Breach(msgspec.Struct, frozen=True):
    """A figure below its floor; ``value`` is None where there is no such figure any more.

    Of a gold without floors there is one breach, without a figure.
    """

    gold: str
    figure: str
    value: float | None
    floor: float | None


def hold(path: Path, golds: Mapping[str, Mapping[str, Figure]], *, rise: bool = False) -> list[Breach]:
    """Return which figures of the golds are below their floors in a JSON file.

    Where they ``rise``, the file is written anew (or made) with the floors that these figures allow. A gold
    that has none, and is given none, is a breach too.

    Raises UnreadableInput where the file holds something else, OSError where it can't be opened.
    """
    floors = load(path) if path.exists() or not rise else {}
    if rise:
        for gold, figures in golds.items():
            floors = raised(floors, gold, figures)
        path.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(floors.items())))) + b"\n")
    return [breach for gold, figures in golds.items() for breach in check(floors, gold, figures)]


def load(path: Path) -> Floors:
    """Return the floors in a JSON file."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except msgspec.DecodeError as error:
        raise UnreadableInput(str(path), str(error)) from None


def check(floors: Floors, gold: str, figures: Mapping[str, Figure]) -> list[Breach]:
    """Return which figures of a gold are below their floors."""
    if gold not in floors:
        return [Breach(gold, "", None, None)]
    values = {key: figures[key].value if key in figures else None for key in floors[gold]}
    return [
        Breach(gold, key, value, floors[gold][key])
        for key, value in values.items()
        if value is None or value < floors[gold][key]
    ]


def raised(floors: Floors, gold: str, figures: Mapping[str, Figure]) -> Floors:
    """Return floors of which none is lower, and those of a gold are near below its figures.

    A figure of fewer than LEAST cases gets no floor.

    >>> half = Figure(0.5, 0.4, 0.6, 0.5, 0.5, gold=400, found=400)
    >>> raised({"a": {"exact/cue": 0.7}}, "a", {"exact/cue": half, "exact/source": half})
    {'a': {'exact/cue': 0.7, 'exact/source': 0.49}}
    """
    new = {
        key: math.floor((figure.value - max(MARGIN, 1 / figure.gold)) * 1000 + 0.5) / 1000
        for key, figure in figures.items()
        if figure.gold >= LEAST and figure.value > 1 / LEAST
    }
    old = floors.get(gold, {})
    return floors | {
        gold: {key: max(new.get(key, 0.0), old.get(key, 0.0)) for key in KEYS if key in new | old}
    }
