"""Finite clauses that a cue reports: where they begin and where they end."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.extraction import cues
from onrecord.extraction.cues import VERBAL, Found
from onrecord.extraction.marks import OPENING
from onrecord.languages import Frames
from onrecord.parsers import Sentence, Token

# What hangs on a cue itself: its subject, objects, adverbs, places and times.
OWN = {
    "nsubj",
    "obj",
    "iobj",
    "obl",
    "advmod",
    "expl",
    "compound",
    "aux",
    "punct",
    "advcl",
    "parataxis",
    "dep",
}
# How many tokens may stand between a cue and what leads its content: objects, adverbs, a time, a place.
# Source: gold/fr-dev and gold/en-dev; beyond it are other clauses.
REACH = 14
PARTING = {",", "–", "-", "—"}


class Content(NamedTuple):
    """The first and last token of a content, what sort it is, and how sure that is."""

    first: int
    last: int
    sort: str
    score: float


def folded(sentence: Sentence, i: int) -> str:
    """Return the text of a token in lower case with a straight apostrophe."""
    return cues.folded(sentence.tokens[i])


def finite(sentence: Sentence, i: int) -> bool:
    """Return whether a verb is finite by itself or by an auxiliary or copula, modals included."""
    tokens = sentence.tokens
    helpers = (tokens[c] for c in sentence.find(i, "aux", "cop") if tokens[c].pos == "AUX")
    nonfinite = ("VerbForm=Inf", "VerbForm=Part", "VerbForm=Ger")
    return tokens[i].has("VerbForm=Fin") or any(not any(map(t.has, nonfinite)) for t in helpers)


def clause(sentence: Sentence, found: Found, last: int, frames: Frames) -> Content | None:
    """Return a finite clause: after a conjunction, a question word or nothing ("he said it was")."""
    if not found.takes("clause"):
        return None
    tokens = sentence.tokens
    asks = found.act("clause") == "ask"
    at = conjunction(sentence, last, frames.conjunctions, frames)
    if at == last + 1 and restricts(sentence, found, frames):
        return None
    if at is not None:
        if at + 1 == len(tokens):
            return None
        return Content(at + 1, clause_end(sentence, found.token, at + 1, frames), "clause", 0.95)
    at = conjunction(sentence, last, frames.questions, frames)
    if at is not None and (asks or at == last + 1):
        first = at + (folded(sentence, at) in frames.whether)
        return Content(first, clause_end(sentence, found.token, at, frames), "clause", 0.85)
    start = bare(sentence, found.token, last, frames)
    if start is not None:
        return Content(start, clause_end(sentence, found.token, start, frames), "clause", 0.85)
    if last + 2 < len(tokens) and tokens[last + 1].text == ":" and not tokens[last + 2].stand_in:
        return Content(last + 2, clause_end(sentence, found.token, last + 2, frames), "clause", 0.7)
    return None


def bare(sentence: Sentence, cue: int, last: int, frames: Frames) -> int | None:
    """Return where a clause without a conjunction begins behind a cue, None where there is none."""
    tokens = sentence.tokens
    for child in sentence.find(cue, "ccomp"):
        members = [m for m in sentence.subtree(child) if m > last and tokens[m].pos != "PUNCT"]
        if child <= last or not members:
            continue
        led = folded(sentence, members[0]) in frames.conjunctions | frames.questions | frames.relatives
        infinitive = tokens[child].has("VerbForm=Inf") and not finite(sentence, child)
        if not led and not infinitive and tokens[members[0]].pos != "SCONJ":
            return bare_start(sentence, cue, last, members[0])
    return None


def bare_start(sentence: Sentence, cue: int, last: int, first: int) -> int:
    """Return where a clause without a conjunction begins: behind what hangs on the cue itself.

    What the parser cut off its head belongs to it: "said leaving Orsk was hard", with "leaving Orsk" astray.
    """
    tokens = sentence.tokens
    own = [c for c in sentence.children[cue] if last < c < first and tokens[c].dep.split(":")[0] in OWN]
    begin = max((max(sentence.subtree(c)) for c in own), default=last) + 1
    while begin < first and tokens[begin].pos == "PUNCT" and tokens[begin].text not in OPENING:
        begin += 1
    return min(begin, first)


def restricts(sentence: Sentence, found: Found, frames: Frames) -> bool:
    """Return whether the conjunction behind a cue means "only": « je ne pense qu'à partir »."""
    last = min(found.token + 2, len(sentence.tokens))
    around = {folded(sentence, j) for j in range(max(0, found.token - 4), last)}
    return bool(around & frames.restrictions) and not around & (frames.negations - frames.restrictions)


def conjunction(sentence: Sentence, last: int, words: frozenset[str], frames: Frames) -> int | None:
    """Return where the conjunction of a content clause stands after a cue, None where there is none.

    No finite verb, colon or quotation comes before it: « a déclaré jeudi à la chaîne Phare que ».
    """
    tokens = sentence.tokens
    for j in range(last + 1, min(last + 1 + REACH, len(tokens))):
        token = tokens[j]
        if folded(sentence, j) in words:
            if folded(sentence, j - 1) in frames.compounds:
                return None
            asked = words is frames.questions and (token.pos == "DET" or j == last + 1)
            if asked or leads_clause(token):
                return j
        if token.entity and token.text[:1].isupper():
            continue  # part of a name, whatever the tagger says
        if token.has("VerbForm=Fin") or (
            token.pos == "VERB" and (finite(sentence, j) or token.has("VerbForm=Inf"))
        ):
            return None
        if token.text in {":", ";", "»", "”"} or token.stand_in:
            return None
    return None


def leads_clause(token: Token) -> bool:
    """Return whether a word of a conjunction's form is one here: not "that day", nor "and that hurt him"."""
    if token.pos == "PRON":
        return token.dep.split(":")[0] not in {"nsubj", "obj"} or token.has("PronType=Int")
    return token.pos in {"SCONJ", "ADV", "CCONJ", "ADP", "PART"}


def clause_end(sentence: Sentence, cue: int, first: int, frames: Frames) -> int:
    """Return the last token of a clause that begins at ``first``: the end of its sentence, or what breaks it.

    What hangs on the cue itself and not on the clause ends it: a second verb of the same subject ("said he
    would go and left"), a participle that reports ("…, adding that"), a quotation behind a colon.
    """
    tokens = sentence.tokens
    end = len(tokens) - 1
    if any(head > cue for head in sentence.ancestors(cue)):
        # "When she asked whether it would, he left": the cue's own clause ends before the main one
        end = max(first, *sentence.subtree(cue))
        verb = tokens[first - 1].head
        if end <= first + 1 and tokens[first - 1].dep == "mark" and verb > first:
            end = sentence.subtree(verb)[-1]  # "it was clear that they wouldn't", hung on "was"
    for j in range(first + 2, end + 1):
        token = tokens[j]
        quotation = token.text == ":" and any(t.stand_in for t in tokens[j + 1 : j + 3])
        if quotation or (token.text == ";" and j > first + 2):
            return j - 1
        if j > first + 2 and resumes(sentence, cue, first, j, frames):
            while j - 1 > first and tokens[j - 1].pos in {"CCONJ", "PUNCT", "ADV"}:
                j -= 1
            return j - 1
        if token.head == cue and token.dep in {"conj", "advcl", "parataxis"}:
            start = min(sentence.subtree(j))
            led = {folded(sentence, first - 1), folded(sentence, min(start + 1, end))} <= frames.conjunctions
            if tokens[start].dep == "cc" and led:
                continue  # "said that it rained, but that it would stop"
            parted = "cc" in {tokens[start].dep, tokens[start - 1].dep} or tokens[start - 1].text in PARTING
            if start > first + 1 and parted and not goes_with(sentence, cue, first, j):
                while start - 1 > first and (
                    tokens[start - 1].pos == "CCONJ" or tokens[start - 1].text == ","
                ):
                    start -= 1
                return start - 1
    return end


def goes_with(sentence: Sentence, cue: int, first: int, j: int) -> bool:
    """Return whether a conjunct of a cue goes with its content by tense: "claims she left, but returned"."""
    tokens = sentence.tokens
    heads = [c for c in sentence.find(cue, "ccomp") if first <= c < j]
    past = tokens[j].has("Tense=Past") and bool(heads) and tokens[heads[0]].has("Tense=Past")
    return tokens[j].dep == "conj" and past and tokens[cue].has("Tense=Pres")


def resumes(sentence: Sentence, cue: int, first: int, j: int, frames: Frames) -> bool:
    """Return whether a verb goes on with the cue's subject and not with the content's.

    « a estimé que cela prendrait un an et demandé si »: a bare participle beside a cue that is one, where
    the content has a finite verb. "stressed that they would come, and urged": a comma, and the cue's tense.
    """
    tokens = sentence.tokens
    verb, before = tokens[j], tokens[j - 1]
    if verb.pos != "VERB" or before.pos != "CCONJ" or not tokens[cue].has("Tense=Past"):
        return False
    between = range(first, j - 1)
    heads = [k for k in between if tokens[k].pos in VERBAL and tokens[k].has("VerbForm=Fin")]
    if not heads:
        return False
    led = folded(sentence, first - 1) in frames.conjunctions
    if led and j + 1 < len(tokens) and folded(sentence, j + 1) in frames.conjunctions:
        # "admitted that it was late and promised that it would come": the same cut twice
        return True
    if verb.has("VerbForm=Part"):
        participles = any(tokens[k].has("VerbForm=Part") and tokens[k].has("Tense=Past") for k in between)
        return tokens[cue].has("VerbForm=Part") and not participles
    future = any(folded(sentence, k) in frames.modals for k in heads)
    return verb.has("Tense=Past") and verb.has("VerbForm=Fin") and (tokens[j - 2].text == "," or future)
