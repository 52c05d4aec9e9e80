"""Interposed cues: « La mesure, a-t-elle dit, sera votée », "It is over, the mayor said."."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.extraction import sources
from onrecord.extraction.clauses import conjunction, folded
from onrecord.extraction.cues import VERBAL, Found, Lexicon
from onrecord.extraction.marks import CLOSING, MARKS
from onrecord.languages import Frames
from onrecord.parsers import Sentence

PARTING = {",", "–", "-", "—", "?", "!", "…", "...", ")"}
ENDING = {",", "–", "—", ";", ":", "«", "“", '"', ".", "!", "?", "…"}
# How far before its verb a subject may begin, in tokens: titles and appositions are long.
LONGEST_SUBJECT = 25


class Interposed(NamedTuple):
    """An interposed clause from its first token to its last, with its cue and the head of its subject."""

    first: int
    last: int
    found: Found
    cue: tuple[int, int]
    subject: int


def find(sentence: Sentence, cues: list[Found], lexicon: Lexicon) -> list[Interposed]:
    """Return the interposed clauses of a sentence, in order, none overlapping another."""
    result: list[Interposed] = []
    for found in cues:
        clause = interposed(sentence, found, lexicon)
        if clause and (not result or clause.first > result[-1].last):
            result.append(clause)
    return result


def interposed(sentence: Sentence, found: Found, lexicon: Lexicon) -> Interposed | None:
    """Return the interposed clause of a cue, None where the cue leads its own content.

    It is one where a finite cue that can take a clause has its subject right before or after it, nothing
    that it reports behind it, and a comma, a dash or a quotation's end before it.
    """
    tokens, frames = sentence.tokens, lexicon.language.frames
    quotable = any("clause" in entry.takes or not entry.takes for entry in found.entries)
    if tokens[found.token].pos not in VERBAL or not quotable:
        return None
    if passive(sentence, found.token):
        return None
    first, last = lexicon.verb_span(sentence, found)
    placed = around(sentence, found, first, last, frames)
    if placed is None:
        return None
    subject, left, right = placed
    # the English model takes "announced" for a participle where its subject went astray
    finite = any(tokens[j].has("VerbForm=Fin") for j in range(first, last + 1))
    if not finite and not (subject < first and tokens[found.token].has("Tense=Past") and first == last):
        return None
    if left == 0 or not parted(sentence, left, subject > found.token):
        return None
    end = closing(sentence, right)
    leads_on = end + 1 < len(tokens) and tokens[end + 1].text == ":"
    if leads_on or reports_behind(sentence, found, last, left, right, frames):
        return None
    return Interposed(left, end, found, (first, last), subject)


def passive(sentence: Sentence, i: int) -> bool:
    """Return whether a verb is a passive with a subject of its own, which speaks not: « sont signalées »."""
    reflexive = any(sentence.tokens[c].has("Reflex=Yes") for c in sentence.children[i])
    impersonal = reflexive or bool(sentence.find(i, "expl"))
    return bool(sentence.find(i, "nsubj:pass") and sentence.find(i, "aux:pass")) and not impersonal


def reports_behind(
    sentence: Sentence, found: Found, last: int, left: int, right: int, frames: Frames
) -> bool:
    """Return whether what a cue reports stands behind it: a clause, an infinitive, an object."""
    tokens = sentence.tokens
    addresses = any(entry.addresses for entry in found.entries)
    if not addresses and any(c > right and not tokens[c].stand_in for c in sentence.find(found.token, "obj")):
        return True
    behind = conjunction(sentence, last, frames.conjunctions, frames)
    if behind is not None and all(tokens[j].text != "," for j in range(last, behind)):
        return True
    after = tokens[right + 1 : right + 3]
    if after and (
        after[0].has("VerbForm=Inf")
        or (folded(sentence, right + 1) in frames.infinitive and after[-1].has("VerbForm=Inf"))
    ):
        return True
    clausal = VERBAL | {"ADJ"}
    clauses = [c for c in sentence.find(found.token, "ccomp") if c > right and tokens[c].pos in clausal]
    # what begins before the cue goes around it: "The dam, Melo said on Monday, would hold"
    behind_all = all(sentence.subtree(c)[0] >= left for c in clauses)
    return bool(clauses) and behind_all and not follows_quotation(sentence, left)


def follows_quotation(sentence: Sentence, left: int) -> bool:
    """Return whether a quotation ends right before a token."""
    return any(t.stand_in or t.text in CLOSING for t in sentence.tokens[max(0, left - 2) : left])


def parted(sentence: Sentence, left: int, inverted: bool) -> bool:
    """Return whether a clause that begins at a token is set off from what stands before it.

    A closing mark alone sets it off only at the end of a quotation that ends as a clause does ("I will," she
    said), or before an inverted subject: voters that "may vote" said nothing of the sort.
    """
    before = sentence.tokens[left - 1]
    if before.text not in MARKS:
        return before.text in PARTING
    inner = sentence.tokens[left - 2] if left > 1 else before
    return inverted or inner.stand_in or inner.text in {",", ".", "!", "?", "…"}


def around(
    sentence: Sentence, found: Found, first: int, last: int, frames: Frames
) -> tuple[int, int, int] | None:
    """Return the head of the subject of an interposed cue, and the first and last token of both together."""
    tokens = sentence.tokens
    for j in range(first, last + 1):
        if tokens[j].text.startswith("-") and j != found.token and tokens[j].text[1:].casefold() != "t":
            return j, first, last
    for subject in sentence.find(found.token, "nsubj", "expl:subj"):
        members = sources.phrase(sentence, subject, found.token)
        if subject < first and adjacent(sentence, subject, members, first, frames):
            whole = sentence.subtree(subject)
            left = whole[0] if members[0] - LONGEST_SUBJECT <= whole[0] else members[0]
            return subject, members[0] if tokens[members[0] - 1].text == "," else left, last
        if subject > last and all(tokens[j].pos != "PUNCT" for j in range(last + 1, members[0])):
            return subject, first, members[-1]
    if (apart := appended(sentence, first)) is not None:
        return apart[1], apart[0], last
    head = sources.inverted(sentence, last)
    own = [s for s in sentence.find(found.token, "nsubj") if first - 6 < s < first]
    spoken_of = bool(own) and head in sentence.find(found.token, "obj")
    if head is None or spoken_of or any(tokens[s].pos == "PRON" for s in own):
        return None
    members = sources.phrase(sentence, head, found.token)
    return (head, first, members[-1]) if members[0] > last else None


def appended(sentence: Sentence, first: int) -> tuple[int, int] | None:
    """Return where an office begins whose holder's name stands between commas before a cue, and the name.

    "They will send forty, its secretary general, Lucan Obrest, announced": the parser takes the office for
    an apposition to what stands before.
    """
    tokens = sentence.tokens
    if first < 4 or tokens[first - 1].text != ",":
        return None
    name = first - 1
    while name and tokens[name - 1].pos == "PROPN":
        name -= 1
    if name == first - 1 or tokens[name - 1].text != ",":
        return None
    office = name - 1
    while office and tokens[office - 1].pos in {"NOUN", "ADJ", "DET", "PRON", "ADP", "PROPN", "PART"}:
        office -= 1
    led = (
        office
        and tokens[office - 1].text in PARTING
        and any(t.pos == "NOUN" for t in tokens[office : name - 1])
    )
    return (office, name) if led else None


def adjacent(sentence: Sentence, subject: int, members: list[int], first: int, frames: Frames) -> bool:
    """Return whether a subject stands right before its cue: no quotation and no other noun between.

    No subject has a single comma behind it: « La taxe, a précisé Mme Orsk, » makes the tax say nothing.
    """
    tokens = sentence.tokens
    if [t.text for t in tokens[subject:first]].count(",") == 1:
        return False
    if folded(sentence, subject) in frames.relatives or any(t.stand_in for t in tokens[members[0] : first]):
        return False
    between = range(members[-1] + 1, first)
    nominal = {"NOUN", "PROPN", "VERB", "PRON"}
    return all(tokens[j].pos not in nominal or subject in sentence.ancestors(j) for j in between)


def closing(sentence: Sentence, right: int) -> int:
    """Return the last token of an interposed clause that has its subject by ``right``.

    It goes on to the next comma, dash, opening mark or the end of the sentence.
    """
    tokens = sentence.tokens
    last = right
    while last + 1 < len(tokens) and tokens[last + 1].text not in ENDING and not tokens[last + 1].stand_in:
        last += 1
    return last


def goes_on(sentence: Sentence, clause: Interposed, adjuncts: frozenset[str]) -> bool:
    """Return whether the content goes on after the interposed clause.

    It does where what stands before is no whole clause, or what stands after begins neither with a
    participle nor a preposition, and doesn't hang on the cue.
    """
    tokens = sentence.tokens
    after = clause.last + 1
    while after < len(tokens) and tokens[after].pos == "PUNCT" and tokens[after].text not in MARKS:
        after += 1
    if after >= len(tokens) - 1:
        return False
    before = tokens[: clause.first]
    if not any(t.stand_in or t.has("VerbForm=Fin") or t.pos == "AUX" for t in before):
        return True
    word = tokens[after]
    if word.stand_in or word.text in MARKS:
        return True
    if folded(sentence, after) in adjuncts or word.has("VerbForm=Part") or word.has("VerbForm=Ger"):
        return False
    # ", a annoncé X, deux jours après le vote": no clause, and none is wanting
    clausal = any(t.has("VerbForm=Fin") for t in tokens[after:]) or word.pos in {"CCONJ", "SCONJ"}
    hangs = word.head == clause.found.token and word.dep.split(":")[0] in {"obl", "advmod", "advcl"}
    return clausal and not hangs
