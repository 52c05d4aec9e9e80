"""The rules: all attributions of an article, sentence by sentence and then over its quotations."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extraction import cues, quoting, turns
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading
from onrecord.extraction.sayings import Sayings
from onrecord.text import Cover, length, overlap

# Two contents that share so much of the longer one are one statement, found twice.
# Source: gold/fr-dev, where no two statements overlap by more but nested ones, which are shorter.
SAME = 0.8


def attribute(reading: Reading) -> list[Attribution]:
    """Return the attributions of an article, in the order of their contents, outer before nested."""
    lexicon = cues.lexicon(reading.language)
    sayings = [Sayings(reading, number, lexicon) for number in range(len(reading.sentences))]
    result = [a for s in sayings if not s.inside for a in s.attributions()]
    result = quoting.joined(reading, result)
    taken = Cover(span for a in result for span in a.content)
    result += [a for s in sayings if s.inside for a in s.attributions_inside(taken)]
    result += turns.attribute(reading)
    result = [a for group in clusters(result) for a in best(unrelayed(group))]
    result += quoting.floating(reading, sayings, result)
    return sorted(result, key=lambda a: (a.content[0][0], -a.content[-1][1]))


def clusters(attributions: list[Attribution]) -> Iterator[list[Attribution]]:
    """Yield the attributions in groups whose stretches overlap, so that only neighbours are compared."""
    group: list[Attribution] = []
    reach = 0
    for a in sorted(attributions, key=lambda a: a.content[0][0]):
        if group and a.content[0][0] >= reach:
            yield group
            group = []
        group.append(a)
        reach = max(reach, a.content[-1][1])
    if group:
        yield group


def unrelayed(attributions: list[Attribution]) -> list[Attribution]:
    """Return the attributions without those that only pass another one on.

    "Melo said it would rain, the Gazette reported": the statement is Melo's, the Gazette its relay.
    """
    inner = [a for a in attributions if a.evidence not in {"interposed", "according"} and a.source and a.cue]
    return [
        a
        for a in attributions
        if a.evidence not in {"interposed", "according"} or not any(passes_on(a, b) for b in inner)
    ]


def passes_on(outer: Attribution, inner: Attribution) -> bool:
    """Return whether the outer content is the inner attribution as a whole: source, cue and content."""
    begins = abs(inner.source[0][0] - outer.content[0][0]) <= 3
    adjoining = 0 < inner.cue[0][0] - inner.source[-1][1] <= 3 and inner.cue[0][0] < inner.content[0][0]
    return begins and adjoining and abs(inner.content[-1][1] - outer.content[-1][1]) <= 3


def best(attributions: list[Attribution]) -> list[Attribution]:
    """Return the attributions without those whose content another one has with a better score."""
    kept: list[Attribution] = []
    for a in sorted(attributions, key=lambda a: (-a.score, a.content)):
        if not any(
            overlap(a.content, b.content) > SAME * max(length(a.content), length(b.content)) for b in kept
        ):
            kept.append(a)
    return kept
