"""Nouns and adjectives that report: « sa promesse de partir », "the claim that", "is confident that"."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.extraction import clauses, contents, sources
from onrecord.extraction.cues import Found
from onrecord.languages import Language
from onrecord.parsers import Sentence


class Nominal(NamedTuple):
    """A content from its first token to its last, the tokens of its cue, and the head of its source."""

    first: int
    last: int
    cue: tuple[int, int]
    source: int


def find(sentence: Sentence, found: Found, language: Language) -> Nominal | None:
    """Return what a noun or an adjective reports right behind it, None where nothing shows it."""
    tokens = sentence.tokens
    i = found.token
    source = owner(sentence, i, language)
    if source is None or clauses.folded(sentence, source) in language.names.it:
        return None
    for j in range(i + 1, min(i + 6, len(tokens))):
        word = clauses.folded(sentence, j)
        if word in language.frames.conjunctions and tokens[j].pos in {"SCONJ", "PRON"}:
            if tokens[j].dep.startswith(("nsubj", "obj")) or j + 1 >= len(tokens):
                return None
            return Nominal(
                j + 1,
                trimmed(sentence, clauses.clause_end(sentence, i, j + 1, language.frames)),
                (i, i),
                source,
            )
        if word in language.frames.infinitive and found.takes("infinitive") and j + 1 < len(tokens):
            verb = next(
                (k for k in range(j + 1, min(j + 4, len(tokens))) if tokens[k].has("VerbForm=Inf")), None
            )
            if verb is not None:
                return Nominal(
                    j + 1, trimmed(sentence, contents.phrase_end(sentence, i, verb)), (i, i), source
                )
            return None
        if (
            j == i + 1
            and (bare := clause_behind(sentence, i)) is not None
            and word not in language.frames.questions
        ):
            return Nominal(j, trimmed(sentence, bare), (i, i), source)
        if tokens[j].pos in {"VERB", "PUNCT", "AUX"}:
            return None
    return None


def clause_behind(sentence: Sentence, i: int) -> int | None:
    """Return where a clause ends that follows an adjective without a conjunction: "are worried it could"."""
    if sentence.tokens[i].pos == "ADJ":
        for child in sentence.find(i, "ccomp"):
            members = sentence.subtree(child)
            if members[0] == i + 1 and sentence.find(child, "nsubj"):
                return members[-1]
    return None


def trimmed(sentence: Sentence, last: int) -> int:
    """Return the last token that isn't punctuation."""
    while last > 0 and sentence.tokens[last].pos == "PUNCT":
        last -= 1
    return last


def owner(sentence: Sentence, i: int, language: Language) -> int | None:
    """Return the head of who holds what a noun or an adjective says.

    A possessive or a complement ("Orsk's claim", « la promesse du maire »), else the subject of the verb
    that governs the noun ("he made the claim"), or of the copula ("he is sure").
    """
    tokens = sentence.tokens
    for child in sentence.children[i]:
        if tokens[child].dep == "nmod:poss" or (tokens[child].pos == "DET" and tokens[child].has("Poss=Yes")):
            return child
    if tokens[i].pos == "NOUN":
        for child in sentence.find(i, "nmod"):
            cases = {clauses.folded(sentence, c) for c in sentence.find(child, "case")}
            if cases & language.frames.possessives:
                return child
    subject = sentence.find(i, "nsubj")
    if subject:
        return subject[0]
    head = tokens[i].head
    if head != i and tokens[i].dep.split(":")[0] in {"obj", "obl", "xcomp", "acl", "amod", "advcl", "conj"}:
        if tokens[head].pos in {"VERB", "AUX"}:
            return sources.governor(sentence, head, language)
        if tokens[i].pos == "ADJ" and tokens[head].pos in sources.NOMINAL:
            return head
    return None
