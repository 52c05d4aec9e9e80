"""What a span holds once what corpora differ on is left out, and which spans are then one.

The definitions are those of the shared scorer, ``../shared/bench/score_statements.py``, so that figures
compare with those of other systems; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Spans
from onrecord.text import fold, trim

Characters = frozenset[int]

_BLANKS = " \t\r\n\u00a0\u202f"
_MARKS = frozenset(_BLANKS + '«»“”„"‹›')
_OUTER = _BLANKS + ".,;:!?…«»“”„\"‘’'‹›–—-()[]"

# PolNeAR and Wikinews keep the conjunction in a content, the guide leaves it out.
_CONJUNCTION = re.compile(
    r"\W*(?:(?:that|whether|to|que|si|de|dass|daß|ob)\s+|(?:qu|d|s)['’]\s*)", re.IGNORECASE
)


def characters(text: str, spans: Spans | None) -> Characters:
    """Return the offsets that spans hold, without outer punctuation, blanks and quotation marks.

    >>> sorted(characters("« Oui », a dit", ((0, 7),)))
    [2, 3, 4]
    """
    pieces = (trim(text, span, _OUTER) for span in spans or ())
    return frozenset(i for start, end in pieces for i in range(start, end) if text[i] not in _MARKS)


def content(text: str, spans: Spans) -> Characters:
    """Return the offsets that a content holds, without a conjunction that leads it.

    >>> sorted(content("dit qu’il va", ((4, 12),)))
    [7, 8, 10, 11]
    """
    first, *rest = sorted(spans) or [(0, 0)]
    lead = _CONJUNCTION.match(text[slice(*first)])
    if lead and first[0] + lead.end() < first[1]:
        first = first[0] + lead.end(), first[1]
    return characters(text, (first, *rest))


def pairs(gold: Sequence[Characters], found: Sequence[Characters]) -> list[tuple[float, int, int]]:
    """Return all that share something as (intersection over union, gold, found), the best first."""
    shared = (
        (len(g & f) / len(g | f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if g & f
    )
    return sorted(shared, key=lambda pair: (-pair[0], pair[1], pair[2]))


def match(ranked: Sequence[tuple[float, int, int]], least: float) -> list[tuple[int, int]]:
    """Return one-to-one matches of gold and found from ranked pairs that share at least ``least``.

    >>> match([(0.9, 0, 1), (0.8, 0, 0), (0.6, 1, 0), (0.4, 2, 2)], 0.5)
    [(0, 1), (1, 0)]
    """
    result: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for share, i, j in ranked:
        if share >= least and i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
            result.append((i, j))
    return result


def same_name(a: str | None, b: str | None) -> bool:
    """Return whether two names agree, or one is a part of the other that holds the last name.

    >>> same_name("Ana Melo", "Melo"), same_name("Ana Melo", "Ana")
    (True, False)
    """
    short, long = sorted((fold(a or "").split(), fold(b or "").split()), key=len)
    if not short:
        return not long
    return short == long or (set(short) <= set(long) and short[-1] == long[-1])
