"""Counts to figures with their confidence intervals."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

import msgspec

from onrecord.evaluation.counts import OPTIONAL, THRESHOLDS, Counts
from onrecord.records import ACTS, FORMS

# Percentile bootstrap over articles: statements of one article hang together, articles don't.
# Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13: a thousand for an interval.
DRAWS = 1000
SEED = 1
TAIL = 0.025

MACRO = "match/act macro"
KEYS = (
    *(f"statement/{least}" for least in THRESHOLDS),
    *(f"exact/{role}" for role in ("content", "cue", "source")),
    *(f"match/{role}" for role in ("source", "speaker", "form", "act")),
    MACRO,
    *(f"match/{role}" for role in ("negated", *OPTIONAL)),
    *(f"form/{form}" for form in FORMS),
    *(f"act/{act}" for act in ACTS),
)
"""Every figure's key, in the order in which figures are shown; see :mod:`onrecord.evaluation.counts`."""


class Figure(msgspec.Struct, frozen=True):
    """One figure: F1 (where found and gold are one number, the share that is right), between 0 and 1.

    ``low`` and ``high`` bound the 95 % confidence interval. ``gold`` and ``found`` are how many there are.
    """

    value: float
    low: float
    high: float
    precision: float
    recall: float
    gold: int
    found: int


def figures(articles: Sequence[Counts]) -> dict[str, Figure]:
    """Return the figures over the counts of articles, in the order of :data:`KEYS`.

    What neither the gold nor the program has is left out. The intervals are the same in each run.
    """
    total = add(articles)
    values = summarise(total)
    draws = resample(articles)
    result: dict[str, Figure] = {}
    for key in KEYS:
        if key in values:
            hits, found, gold = total.get(key) or total["match/act"]
            low, high = interval([draw[key] for draw in draws if key in draw]) or (values[key],) * 2
            result[key] = Figure(values[key], low, high, share(hits, found), share(hits, gold), gold, found)
    return result


def add(articles: Iterable[Counts]) -> Counts:
    """Return the sums of counts."""
    total: Counts = {}
    for counts in articles:
        for key, (hits, found, gold) in counts.items():
            before = total.get(key, (0, 0, 0))
            total[key] = before[0] + hits, before[1] + found, before[2] + gold
    return total


def share(part: int, whole: int) -> float:
    """Return a part of a whole, 0 of nothing."""
    return part / whole if whole else 0.0


def summarise(counts: Mapping[str, tuple[int, int, int]]) -> dict[str, float]:
    """Return F1 by key, and the mean F1 of the acts that the gold has, given a match.

    >>> summarise({"exact/cue": (1, 2, 2), "match/act/ask": (1, 1, 1), "match/act/deny": (0, 0, 1)})
    {'exact/cue': 0.5, 'match/act/ask': 1.0, 'match/act/deny': 0.0, 'match/act macro': 0.5}
    """
    values = {key: 2 * hits / (found + gold) for key, (hits, found, gold) in counts.items() if found + gold}
    acts = [values[key] for key, (_, _, gold) in counts.items() if key.startswith("match/act/") and gold]
    return values | ({MACRO: sum(acts) / len(acts)} if acts else {})


def resample(articles: Sequence[Counts]) -> list[dict[str, float]]:
    """Return the values of as many articles drawn with replacement, DRAWS times over."""
    dice = random.Random(SEED)  # noqa: S311 - draws for statistics
    numbers = range(len(articles))
    if len(numbers) < 2:
        return []
    columns = {
        key: tuple(zip(*(counts.get(key, (0, 0, 0)) for counts in articles), strict=True))
        for key in add(articles)
    }
    result = []
    for _ in range(DRAWS):
        draw = itemgetter(*dice.choices(numbers, k=len(numbers)))
        result.append(
            summarise({key: (sum(draw(h)), sum(draw(f)), sum(draw(g))) for key, (h, f, g) in columns.items()})
        )
    return result


def interval(values: list[float]) -> tuple[float, float] | None:
    """Return the bounds that leave TAIL of the values out on each side, None where there are no values.

    >>> interval([n / 1000 for n in range(1000)])
    (0.025, 0.974)
    """
    if not values:
        return None
    values.sort()
    out = int(len(values) * TAIL)
    return values[out], values[-1 - out]
