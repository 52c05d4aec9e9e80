"""Sentences whose verb the parser took for a noun: « Le syndicat menace de partir », « … », soupire Mme Orsk.

French verbs in -er have forms that are nouns too, and headlines leave out what would tell them apart. Where a
sentence has no finite verb but a word that is one in the cue lexicon stands as a verb stands, it is one.
"""

from __future__ import annotations

from onrecord.extraction.cues import Lexicon, folded
from onrecord.extraction.marks import CLOSING
from onrecord.parsers import Sentence, Token

NOMINAL = {"NOUN", "PROPN"}


def mend(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """Return the sentence with its cue as the verb, or the sentence itself where nothing is amiss."""
    tokens = sentence.tokens
    for i in range(1, len(tokens) - 1):
        if tokens[i].has("VerbForm=Fin"):
            break
        if mistaken(tokens[i]) and lexicon.is_verb(tokens[i]) and stands(sentence, i, lexicon):
            return Sentence(tuple(rebuilt(tokens, i)))
    return sentence


def mistaken(token: Token) -> bool:
    """Return whether a token's part of speech is one that verbs are mistaken for: a name has a capital."""
    return token.pos in {"NOUN", "ADJ"} or (token.pos == "PROPN" and token.text.islower())


def stands(sentence: Sentence, i: int, lexicon: Lexicon) -> bool:
    """Return whether a word stands where a verb does: before what it reports, between quotation and name.

    Before a plain object it does only where the sentence has no finite verb at all.
    """
    tokens, frames = sentence.tokens, lexicon.language.frames
    before, after = tokens[i - 1], tokens[i + 1]
    if before.text in CLOSING or (
        before.text == "," and (tokens[i - 2].text in CLOSING or tokens[i - 2].stand_in)
    ):
        return after.pos in {"PROPN", "DET"} or after.entity == "PER" or after.text.startswith("-")
    if before.pos not in NOMINAL | {"PUNCT", "ADJ", "PRON"}:
        return False
    infinitive = i + 2 < len(tokens) and tokens[i + 2].has("VerbForm=Inf")
    if folded(after) in frames.conjunctions or (folded(after) in frames.infinitive and infinitive):
        return True
    return after.pos in {"DET", "PROPN"} and not any(t.has("VerbForm=Fin") for t in tokens)


def rebuilt(tokens: tuple[Token, ...], i: int) -> list[Token]:
    """Return the tokens with one as the root and finite verb, the noun before it as its subject.

    What hung on it, or on what it hung on, hangs on it now.
    """
    result = list(tokens)
    root = next((k for k, t in enumerate(tokens) if t.head == k), i)
    subject = next((k for k in range(i - 1, -1, -1) if tokens[k].pos in NOMINAL), None)
    while subject is not None and tokens[subject].head < i and tokens[tokens[subject].head].pos in NOMINAL:
        if tokens[subject].head == subject:
            break
        subject = tokens[subject].head
    for k, token in enumerate(tokens):
        if k == i:
            result[k] = token._replace(
                pos="VERB", dep="root", head=i, morph="Mood=Ind|Tense=Pres|VerbForm=Fin"
            )
        elif k == subject:
            result[k] = token._replace(dep="nsubj", head=i)
        elif k > i and token.head in {root, subject} and token.head < i:
            result[k] = token._replace(head=i)
        elif k == root:
            result[k] = token._replace(head=i, dep="dep")
    return result
