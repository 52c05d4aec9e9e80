"""Sources: the mention in a sentence of who speaks."""

from __future__ import annotations

from onrecord.languages import Language
from onrecord.parsers import Sentence, Token
from onrecord.records import Spans
from onrecord.text import trim

NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"}
# What hangs on a noun but is not part of the mention: « le ministre, qui revenait d'Orsk, a dit »
OUTSIDE = {"acl:relcl", "punct", "parataxis", "cc", "ccomp", "advcl", "dep"}


def governor(sentence: Sentence, i: int, language: Language, hops: int = 6) -> int | None:
    """Return the token that is the subject of a verb, climbing where it has none of its own.

    A conjunct shares the subject of the first verb, a participle or an infinitive that of the verb it hangs
    on, a participle on a noun has the noun, a relative clause its antecedent; a passive has its agent.
    """
    tokens = sentence.tokens
    agents = sentence.find(i, "obl:agent")
    passive = bool(sentence.find(i, "aux:pass") or sentence.find(i, "nsubj:pass"))
    if agents:
        return agents[0]
    subjects = [] if passive else [s for s in sentence.find(i, "nsubj", "expl:subj", "csubj") if tokens[s].dep != "csubj"]
    if subjects:
        nearest = max((s for s in subjects if s < i), default=subjects[0])
        if tokens[nearest].text.casefold().replace("’", "'") in language.frames.relatives:
            return antecedent(sentence, i, nearest)
        return nearest
    head, dep = tokens[i].head, tokens[i].dep
    if hops == 0 or head == i or passive:
        return None
    if dep.split(":")[0] == "acl" and tokens[head].pos in NOMINAL:
        return head
    if dep.split(":")[0] in {"conj", "xcomp", "advcl", "ccomp", "parataxis", "acl", "obl", "aux", "dep", "cop", "appos"}:
        return governor(sentence, head, language, hops - 1)
    return None


def antecedent(sentence: Sentence, verb: int, pronoun: int) -> int | None:
    """Return the noun that a relative clause hangs on, or the last noun before its pronoun."""
    tokens = sentence.tokens
    current = verb
    for head in sentence.ancestors(verb):
        if tokens[current].dep.startswith("acl") and tokens[head].pos in NOMINAL and head < pronoun:
            return head
        current = head
    for j in range(pronoun - 1, max(-1, pronoun - 4), -1):
        if tokens[j].pos in {"NOUN", "PROPN"}:
            return top(sentence, j, pronoun)
    return pronoun


def top(sentence: Sentence, i: int, before: int) -> int:
    """Return the highest noun above a token that still stands before an index."""
    tokens = sentence.tokens
    for head in sentence.ancestors(i):
        if head >= before or tokens[head].pos not in {"NOUN", "PROPN"}:
            break
        i = head
    return i


def phrase(sentence: Sentence, i: int, stop: int = -1) -> list[int]:
    """Return the tokens of a noun phrase around its head, one contiguous stretch.

    Relative clauses stay out, appositions stay in. ``stop`` is a token that must not be in it (the cue).
    """
    tokens = sentence.tokens
    left_out = [
        c for c in sentence.children[i]
        if tokens[c].dep in OUTSIDE or (tokens[c].dep == "case" and c < i) or c == stop
    ]  # fmt: skip
    # the case marker and all before it: « par la porte-parole »
    conjunctions = [c for c in sentence.find(i, "conj") if tokens[c].pos in {"VERB", "AUX"}]
    members = set(sentence.subtree(i, [*left_out, *conjunctions]))
    members = {m for m in members if not tokens[m].stand_in and m != stop}
    first = last = i
    while first - 1 in members or (first - 2 in members and tokens[first - 1].dep in {"punct", "cc"} and first - 1 != stop):
        first -= 1
    while last + 1 in members or (last + 2 in members and tokens[last + 1].dep in {"punct", "cc"} and last + 1 != stop):
        last += 1
    while first < i and tokens[first].pos in {"PUNCT", "CCONJ", "SCONJ", "ADV", "ADP"}:
        first += 1
    while last > i and tokens[last].pos in {"PUNCT", "CCONJ"} and tokens[last].text not in {")"}:
        last -= 1
    return list(range(first, last + 1))


def inverted(sentence: Sentence, last: int) -> int | None:
    """Return the head of the noun phrase that follows a cue in an interposed clause: « a dit le maire »."""
    tokens = sentence.tokens
    for j in range(last + 1, min(last + 8, len(tokens))):
        token = tokens[j]
        if token.pos in {"DET", "ADJ", "NUM"} or token.dep in {"advmod", "case"}:
            if token.dep == "case" and token.text.casefold() not in {"de", "des", "du"}:
                return None
            if token.pos in {"DET", "NUM"} and j + 1 < len(tokens) and tokens[j + 1].pos in {"PUNCT", "ADP", "VERB"}:
                return j
            continue
        if token.pos in {"NOUN", "PROPN", "PRON", "X"}:
            return leftmost(sentence, j, last)
        return None
    return None


def leftmost(sentence: Sentence, i: int, after: int) -> int:
    """Return the head of the phrase that a word begins: climb while the governor is a noun behind it."""
    tokens = sentence.tokens
    while (head := tokens[i].head) != i and head > after and tokens[head].pos in {"NOUN", "PROPN", "X"}:
        i = head
    return i


def spans(text: str, sentence: Sentence, members: list[int]) -> Spans:
    """Return the span of a noun phrase, hyphens of clitics and outer punctuation left out."""
    if not members:
        return ()
    start, end = trim(text, (sentence.tokens[members[0]].start, sentence.tokens[members[-1]].end), " \u00a0,;:-–—\n\t.")
    if end < len(text) and text[end] == "." and "." in text[start:end]:
        end += 1
    return ((start, end),) if start < end else ()


def is_name(token: Token) -> bool:
    """Return whether a token is, or may be, part of a name."""
    return token.pos == "PROPN" or token.entity in {"PER", "ORG"}
