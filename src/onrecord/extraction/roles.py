"""The rest of a statement: to whom, through what, when, through whom, and what the saying does."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.extraction import acts, channels, parties, times
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.phrases import Phrases
from onrecord.extraction.reading import Reading
from onrecord.records import Act, Spans


class Roles(NamedTuple):
    """What :func:`complete` adds to an attribution; () and "" where a role is absent.

    ``said`` is an EDTF value for ``time``.
    """

    addressee: Spans = ()
    channel: Spans = ()
    time: Spans = ()
    said: str = ""
    relay: Spans = ()
    act: Act = "state"
    negated: bool = False


def complete(reading: Reading, attribution: Attribution) -> Roles:
    """Return the roles of an attribution beside content, cue and source.

    Only the cue's sentence is read for them, on each side of the cue no more words than ``scene.REACH``; a
    statement without a cue has an act only. Never raises.
    """
    act = acts.judge(reading, attribution)
    if not 0 <= attribution.sentence < len(reading.sentences) or attribution.token < 0:
        return Roles(act=act)
    phrases = Phrases(reading, attribution)
    channel = channels.channel(phrases)
    time = phrases.spans(times.time(phrases, channel))
    return Roles(
        addressee=phrases.spans(parties.addressee(phrases) or channels.reader(phrases)),
        channel=phrases.spans(channel),
        time=time,
        said=times.said(reading, time, acts.tense(phrases.scene)),
        relay=phrases.spans(parties.relay(phrases)),
        act=act,
        negated=acts.negated(phrases.scene),
    )
