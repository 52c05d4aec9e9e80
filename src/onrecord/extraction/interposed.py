"""Interposed cues: « La mesure, a-t-elle dit, sera votée », "It is over, the mayor said."."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.extraction import sources
from onrecord.extraction.clauses import CLOSING, conjunction, folded
from onrecord.extraction.cues import VERBAL, Found, Lexicon
from onrecord.parsers import Sentence

PARTING = {",", "–", "-", "—", "?", "!", "…", "...", ")"}
MARKS = {"«", "»", "“", "”", "„", '"', "‘", "’", "'"}


class Interposed(NamedTuple):
    """An interposed clause from its first token to its last; ``subject`` is None where it has none."""

    first: int
    last: int
    found: Found
    cue: tuple[int, int]
    subject: int | None


def find(sentence: Sentence, cues: list[Found], lexicon: Lexicon) -> list[Interposed]:
    """Return the interposed clauses of a sentence, in order, none overlapping another."""
    result: list[Interposed] = []
    for found in cues:
        if sentence.tokens[found.token].pos not in VERBAL:
            continue
        clause = interposed(sentence, found, lexicon)
        if clause and (not result or clause.first > result[-1].last):
            result.append(clause)
    return result


def interposed(sentence: Sentence, found: Found, lexicon: Lexicon) -> Interposed | None:
    """Return the interposed clause of a cue, None where the cue leads its own content.

    It is one where the cue has a subject, right before or after it, nothing that it reports behind it, and
    a comma, a dash or a closing mark before it.
    """
    tokens = sentence.tokens
    if not quotable(found):
        return None
    first, last = lexicon.verb_span(sentence, found)
    if not any(tokens[j].has("VerbForm=Fin") for j in range(first, last + 1)):
        return None
    frames = lexicon.language.frames
    subject, left, right = around(sentence, found, first, last, lexicon)
    if subject is None or left == 0 or not parted(sentence, left, subject > found.token):
        return None
    addresses = any(e.addresses for e in found.entries)
    if any(c > right and not tokens[c].stand_in for c in sentence.find(found.token, "obj")) and not addresses:
        return None
    after = tokens[right + 1 : right + 3]
    if after and (after[0].has("VerbForm=Inf") or folded(sentence, right + 1) in frames.infinitive and after[-1].has("VerbForm=Inf")):
        return None
    behind = conjunction(sentence, found, last, {*frames.conjunctions})
    if behind is not None and not any(tokens[j].text == "," for j in range(last, behind)):
        return None
    if any(c > right and tokens[c].pos in VERBAL | {"ADJ"} for c in sentence.find(found.token, "ccomp") ) and not says(sentence, left):
        return None
    end = closing(sentence, right)
    if end + 1 < len(tokens) and tokens[end + 1].text == ":":
        return None
    return Interposed(left, end, found, (first, last), subject)


def parted(sentence: Sentence, left: int, inverted: bool) -> bool:
    """Return whether a clause that begins at a token is set off from what stands before it.

    A closing mark alone sets it off only at the end of a quotation that ends as a clause does ("I will," she
    said), or before an inverted subject: voters that "may vote" said nothing of the sort.
    """
    tokens = sentence.tokens
    before = tokens[left - 1]
    if before.text not in MARKS:
        return before.text in PARTING
    inner = tokens[left - 2] if left > 1 else before
    return inverted or inner.stand_in or inner.text in {",", ".", "!", "?", "…"}


def quotable(found: Found) -> bool:
    """Return whether a cue can be interposed: verbs that take a clause, or nothing but a quotation."""
    return any("clause" in e.takes or not e.takes for e in found.entries)


def around(
    sentence: Sentence, found: Found, first: int, last: int, lexicon: Lexicon
) -> tuple[int | None, int, int]:
    """Return the subject of an interposed cue and the first and last token of both together."""
    tokens = sentence.tokens
    clitic = next((j for j in range(first, last + 1) if tokens[j].text.startswith("-") and j != found.token and tokens[j].text[1:].casefold() not in {"t"}), None)
    if clitic is not None:
        return clitic, first, last
    for subject in sentence.find(found.token, "nsubj", "expl:subj"):
        members = sources.phrase(sentence, subject, found.token)
        relative = folded(sentence, subject) in lexicon.language.frames.relatives
        if subject < first and not relative and not any(tokens[m].stand_in for m in range(members[0], first)):
            between = [j for j in range(members[-1] + 1, first) if tokens[j].pos in {"NOUN", "PROPN", "VERB", "PRON"} and subject not in sentence.ancestors(j)]
            whole = sentence.subtree(subject)
            left = min(whole[0], members[0]) if whole[0] >= first - 25 else members[0]
            left = members[0] if left < members[0] and tokens[members[0] - 1].text in {","} else left
            if not between:
                return subject, left, last
        if subject > last and all(tokens[j].pos != "PUNCT" for j in range(last + 1, members[0])):
            return subject, first, members[-1]
    head = sources.inverted(sentence, last)
    if head is not None and not any(s < first for s in sentence.find(found.token, "nsubj") if not tokens[s].stand_in and s > first - 6):
        members = sources.phrase(sentence, head, found.token)
        if members[0] > last:
            return head, first, members[-1]
    return None, first, last


def says(sentence: Sentence, left: int) -> bool:
    """Return whether a quotation ends right before a token."""
    tokens = sentence.tokens
    return any(tokens[j].stand_in or tokens[j].text in CLOSING for j in range(max(0, left - 2), left))


def closing(sentence: Sentence, right: int) -> int:
    """Return the last token of an interposed clause that has its subject by ``right``.

    It goes on to the next comma, dash, opening mark or the end of the sentence.
    """
    tokens = sentence.tokens
    last = right
    while last + 1 < len(tokens):
        after = tokens[last + 1]
        if after.text in {",", "–", "—", ";", ":", "«", "“", '"', ".", "!", "?", "…"} or after.stand_in:
            break
        last += 1
    return last


def goes_on(sentence: Sentence, clause: Interposed, adjuncts: tuple[str, ...]) -> bool:
    """Return whether the content goes on after the interposed clause.

    It does where what stands before is no whole clause, or what stands after begins neither with a
    participle or a preposition nor with another cue's clause.
    """
    tokens = sentence.tokens
    after = clause.last + 1
    while after < len(tokens) and tokens[after].pos == "PUNCT" and tokens[after].text not in MARKS:
        after += 1
    if after >= len(tokens) - 1:
        return False
    if not any(t.stand_in or t.pos == "VERB" and t.has("VerbForm=Fin") or t.pos == "AUX" for t in tokens[: clause.first]):
        return True
    word = tokens[after]
    if word.stand_in or word.text in MARKS:
        return True
    if folded(sentence, after) in adjuncts or word.has("VerbForm=Part") or word.has("VerbForm=Ger"):
        return False
    return not any(h == clause.found.token and tokens[after].dep in {"obl", "advmod", "advcl", "obl:mod"} for h in (tokens[after].head,))
