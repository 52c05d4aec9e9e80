"""Who said what in a sentence: cue, content, source."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.records import Act, Spans


class Attribution(NamedTuple):
    """A statement in the making: the spans of content, cue and source, and where its cue stands.

    ``sentence`` is the number of the cue's sentence in the reading and ``token`` the cue's head word in
    it (-1 where there is no cue). ``act`` is what the cue says of itself, "" where it is neutral.
    ``floating`` is true for a quotation without a cue, which belongs to the last speaker.
    """

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    sentence: int = -1
    token: int = -1
    lemma: str = ""
    act: Act | str = ""
    floating: bool = False
    score: float = 1.0
    evidence: str = ""
