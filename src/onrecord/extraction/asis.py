"""Speakers in a language without rules for names: what a source's capitals show, and no more.

A run of two or more words with capitals in a source is a name; a single such word is the last or first name
of one that stands elsewhere in the article as a source, where just one fits. Pronouns and roles are left as
they are written: who they are isn't known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading
from onrecord.extraction.resolution import Voice
from onrecord.text import BLANK, cut

_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яёєіїґ][\w.’'\-]*"
_PARTICLE = r"(?:d[aeiou]s?|del|della|von|van|der|zu|al|ben)"
_NAME = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0])?{_CAPITAL})+")


def voices(reading: Reading, attributions: Sequence[Attribution]) -> list[Voice]:
    """Return who speaks in each attribution, in their order, as far as the sources themselves say it."""
    sources = [cut(reading.text, a.source).strip(BLANK + ",;:") for a in attributions]
    names = [name(source) for source in sources]
    full = set(filter(None, names))
    return [voice(source, named, full) for source, named in zip(sources, names, strict=True)]


def name(source: str) -> str:
    """Return the name in a source, "" where there is none: what stands behind an office and a comma first.

    >>> name("Der Direktor, Anton Lisk"), name("la alcaldesa Marta Ilvane el"), name("er")
    ('Anton Lisk', 'Marta Ilvane', '')
    """
    runs = list(_NAME.finditer(source))
    if len(runs) > 1 and source[runs[0].end() :].startswith(","):
        return runs[1].group()
    return runs[0].group() if runs else ""


def voice(source: str, named: str, full: set[str]) -> Voice:
    """Return the voice of one source: its name, the full name that a word of it is part of, or itself."""
    if named:
        return Voice(named, "", 0.7, "name")
    words = set(source.split())
    fitting = [one for one in full if words & {one.split()[0], one.split()[-1]}]
    if len(fitting) == 1:
        return Voice(fitting[0], "", 0.6, "part of a name")
    return Voice(source, "", 0.5 if source else 0.0, "as written")
