"""Contents: the stretch of a sentence that a cue reports behind it, of whatever sort."""

from __future__ import annotations

from onrecord.extraction.clauses import REACH, Content, clause, finite, folded
from onrecord.extraction.cues import VERBAL, Found
from onrecord.extraction.marks import CLOSING, OPENING
from onrecord.languages import Frames
from onrecord.parsers import Sentence

# Punctuation that may end a content.
KEPT = CLOSING | {")", "]", "!", "?"}


def find(sentence: Sentence, found: Found, last: int, frames: Frames, stops: set[int]) -> Content | None:
    """Return what a cue reports, None where syntax shows nothing.

    ``last`` is the last token of the cue; ``stops`` are tokens of interposed cues, which belong to no
    content. A finite clause is looked for first, then an infinitive, then noun phrases.
    """
    for look in (clause, infinitive, predicate, quoted, oblique, noun_phrase):
        result = look(sentence, found, last, frames)
        if result is not None:
            end = limit(sentence, result, stops, frames)
            if end >= result.first:
                return result._replace(last=end)
    return None


def infinitive(sentence: Sentence, found: Found, last: int, frames: Frames) -> Content | None:
    """Return an infinitive: « a promis d'envoyer des chars », "urged them to leave"."""
    if not found.takes("infinitive"):
        return None
    tokens = sentence.tokens
    for j in range(last + 1, min(last + 1 + REACH, len(tokens))):
        token = tokens[j]
        if j == last + 1 and token.has("Aspect=Prog") and found.act("infinitive") in {"deny", "demand"}:
            # "denies having met them", "suggested selling it"
            return Content(j, max(j, phrase_end(sentence, found.token, j)), "infinitive", 0.75)
        if token.has("VerbForm=Inf") and token.pos in VERBAL:
            # the mark stands before: "de", "ne pas", clitics and adverbs may come between
            first = j
            while first - 1 > last and (
                tokens[first - 1].pos in {"PRON", "ADV", "PART", "PUNCT"}
                or folded(sentence, first - 1) in frames.clitics
            ):
                if folded(sentence, first - 1) in frames.infinitive:
                    break
                first -= 1
            bare = first - 1 == last and found.act("infinitive") in {"", "think", "deny"}
            if not bare and not marked(sentence, found, last, first, frames):
                return None
            end = max(j, phrase_end(sentence, found.token, j))
            if first - 2 > last and folded(sentence, first - 2) in frames.negations:
                first -= 2  # "vowed not to"
            return Content(first, end, "infinitive", 0.75 if bare else 0.85)
        if token.pos == "VERB" or token.text in {":", ";", ","} or token.stand_in:
            return None
    return None


def marked(sentence: Sentence, found: Found, last: int, first: int, frames: Frames) -> bool:
    """Return whether the infinitive that begins at ``first`` has its mark before it and hangs on the cue."""
    if first - 1 <= last or folded(sentence, first - 1) not in frames.infinitive:
        return False
    if first - 2 > last and not addressed(sentence, found, last, first - 2, frames):
        return False
    return any(head == found.token for head in sentence.ancestors(first))


def addressed(sentence: Sentence, found: Found, last: int, before: int, frames: Frames) -> bool:
    """Return whether what stands between a cue and its infinitive can be whom it speaks to.

    « demande à Orsk de partir », "urged them to go"; but « explique la nécessité de partir », « a dit non
    avant de partir » report no parting. Only cues with an act of their own have one there.
    """
    between = sentence.tokens[last + 1 : before + 1]
    if folded(sentence, before) in frames.compounds or any(t.pos == "PUNCT" for t in between):
        return False
    if all(t.pos in {"ADV", "PRON", "PART"} for t in between):
        return True
    heads = [c for c in sentence.find(found.token, "obj", "iobj", "obl", "nsubj") if last < c]
    return bool(found.act("infinitive") and heads)


def quoted(sentence: Sentence, found: Found, last: int, frames: Frames) -> Content | None:
    """Return a short quotation right behind a cue, with what completes it: « craint « un long été » »."""
    tokens = sentence.tokens
    first = last + 1
    if first < len(tokens) and folded(sentence, first) in frames.infinitive | found.prepositions("oblique"):
        first += 1
    if first + 2 >= len(tokens) or tokens[first].text not in OPENING:
        return None
    reach = range(first + 2, min(first + REACH, len(tokens)))
    close = next((j for j in reach if tokens[j].text in CLOSING), None)
    if close is None or any(t.stand_in for t in tokens[first:close]):
        return None
    end = close
    if close + 1 < len(tokens) and tokens[close + 1].pos == "ADP":
        end = phrase_end(sentence, found.token, close + 1)
    return Content(first, max(close, end), "quoted", 0.75)


def predicate(sentence: Sentence, found: Found, last: int, _: Frames) -> Content | None:
    """Return an object with what is said of it: « a qualifié le plan de « farce » », "called it a farce".

    Source: the annotation guide, decision 3: the content is object and predicate together.
    """
    if not found.takes("predicate"):
        return None
    tokens = sentence.tokens
    wanted = found.prepositions("predicate")
    if not wanted and (named := naming(sentence, found, last)) is not None:
        return Content(last + 1, named, "predicate", 0.6)
    for j in range(last + 1, min(last + 1 + REACH, len(tokens) - 1)):
        led = folded(sentence, j) in wanted
        if led or (not wanted and tokens[j].text in OPENING):
            agent = bool(sentence.find(found.token, "obl:agent"))
            first = last + 1 if j > last + 1 and not agent else j + led
            opening = next((k for k in range(j, min(j + 4, len(tokens))) if tokens[k].text in OPENING), None)
            if opening is not None:
                reach = range(opening + 2, min(opening + REACH, len(tokens)))
                close = next((k for k in reach if tokens[k].text in CLOSING), opening)
                return Content(first, coordinated(sentence, close), "predicate", 0.75)
            if found.act("predicate") in {"accuse", "deny", "praise"}:
                return None  # "did not reject it out of hand as others have"
            return Content(first, phrase_end(sentence, found.token, j + 1), "predicate", 0.6)
        if tokens[j].text in {":", ";", ","} or ends_phrase(sentence, j):
            break
    return None


def naming(sentence: Sentence, found: Found, last: int) -> int | None:
    """Return where an object and what it is called end, without marks: "called the charges unfounded"."""
    tokens = sentence.tokens
    if sentence.find(found.token, "aux:pass") or tokens[found.token].dep.startswith("acl"):
        return None
    if any(t.text in OPENING or t.stand_in for t in tokens[last + 1 : last + 1 + REACH]):
        return None
    objects = [c for c in sentence.find(found.token, "obj") if c > last]
    names = [c for c in sentence.find(found.token, "xcomp") if objects and c > objects[0]]
    if not names or tokens[names[0]].has("VerbForm=Inf"):
        return None
    return phrase_end(sentence, found.token, names[0])


def coordinated(sentence: Sentence, close: int) -> int:
    """Return where the last quotation ends that goes on from one: "a “nasty guy”, an “anchor”"."""
    tokens = sentence.tokens
    while True:
        k = close + 1
        while k < min(close + 4, len(tokens)) and (
            tokens[k].text == "," or tokens[k].pos in {"CCONJ", "DET"}
        ):
            k += 1
        if k == close + 1 or k >= len(tokens) or tokens[k].text not in OPENING:
            return close
        further = range(k + 2, min(k + REACH, len(tokens)))
        end = next((m for m in further if tokens[m].text in CLOSING), None)
        if end is None:
            return close
        close = end


def ends_phrase(sentence: Sentence, j: int) -> bool:
    """Return whether a token is the word of a quotation or a finite verb, which no phrase goes beyond."""
    token = sentence.tokens[j]
    return token.stand_in or (token.pos == "VERB" and finite(sentence, j))


def oblique(sentence: Sentence, found: Found, last: int, _: Frames) -> Content | None:
    """Return what follows a preposition of the cue: « accuse Orsk de sabotage », "warned of a flood"."""
    wanted = found.prepositions("oblique")
    if not wanted:
        return None
    tokens = sentence.tokens
    own = [w for w in found.words if folded(sentence, w) in wanted]
    for j in range(own[-1] if own else last + 1, min(last + 1 + REACH, len(tokens) - 1)):
        if folded(sentence, j) in wanted and tokens[j].pos in {"ADP", "SCONJ", "PART", "DET"}:
            below = any(h > j for h in (tokens[j].head, *sentence.children[j]))
            if j in own or (below and found.token in sentence.ancestors(j)):
                return Content(j + 1, phrase_end(sentence, found.token, j + 1), "oblique", 0.7)
        if tokens[j].text in {":", ";"} or ends_phrase(sentence, j):
            break
    return None


def noun_phrase(sentence: Sentence, found: Found, last: int, frames: Frames) -> Content | None:
    """Return the direct object of a cue of demanding, denying, announcing and the like."""
    if not found.takes("object"):
        return None
    tokens = sentence.tokens
    for child in sentence.find(found.token, "obj"):
        token = tokens[child]
        named = token.entity == "PER" or token.stand_in
        if child <= last or token.pos not in {"NOUN", "PROPN", "VERB"} or named:
            continue
        first = next(m for m in sentence.subtree(child) if m > last)
        if folded(sentence, first) not in frames.relatives:
            return Content(first, phrase_end(sentence, found.token, child), "object", 0.6)
    return None


def phrase_end(sentence: Sentence, cue: int, first: int) -> int:
    """Return the last token below the cue's branch that ``first`` is in, one contiguous stretch."""
    branch = first
    for head in sentence.ancestors(first):
        if head == cue or head < first:
            break
        branch = head
    members = set(sentence.subtree(branch))
    last = max(first, branch)
    while last + 1 < len(sentence.tokens) and last + 1 in members:
        last += 1
    return last


def limit(sentence: Sentence, content: Content, stops: set[int], frames: Frames) -> int:
    """Return the last token of a content: before an interposed cue that ends it, outer punctuation cut.

    What is no clause ends before one: « envoyer des chars alors que d'autres hésitent ».
    """
    tokens = sentence.tokens
    last = content.last
    if content.sort != "clause":
        for j in range(content.first + 1, last):
            if folded(sentence, j) in frames.compounds and folded(sentence, j + 1) in frames.conjunctions:
                last = j - 1
                break
    stop = min((s for s in stops if content.first < s <= last), default=None)
    if stop is not None and all(j in stops or tokens[j].pos == "PUNCT" for j in range(stop, last + 1)):
        last = stop - 1
    while last > content.first and tokens[last].pos == "PUNCT" and tokens[last].text not in KEPT:
        last -= 1
    return last
