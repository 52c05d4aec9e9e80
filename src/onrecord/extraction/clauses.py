"""Contents: the stretch of a sentence that a cue reports, where syntax shows it."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.extraction.cues import VERBAL, Found
from onrecord.languages import Language
from onrecord.parsers import Sentence, Token

# What hangs on a cue itself: its subject, objects, adverbs, places and times.
OWN = {"nsubj", "obj", "iobj", "obl", "advmod", "expl", "compound", "aux", "punct", "advcl", "parataxis", "dep"}
OPENING = {"«", "“", '"', "‘", "'"}
CLOSING = {"»", "”", '"', "’", "'"}
# What a finite cue may have between itself and its conjunction: objects, adverbs, a time, a place.
REACH = 14
# « alors que », "so that": conjunctions of several words, whose last one leads no content.
# Source: Le Bon Usage § 1080; Quirk et al. 14.12.
COMPOUND = {
    "alors", "tandis", "bien", "avant", "parce", "ainsi", "afin", "pour", "sans", "lors", "pendant", "après", "depuis",
    "dès", "maintenant", "tant", "so", "such", "now", "provided", "except", "tel", "telle", "plus", "moins",
    "mieux", "meilleur", "meilleure", "pire", "autant", "aussi", "même", "autre", "autres",
}


class Content(NamedTuple):
    """The first and last token of a content, what sort it is, and how sure that is."""

    first: int
    last: int
    sort: str
    score: float


def folded(sentence: Sentence, i: int) -> str:
    """Return a token's text in lower case with a straight apostrophe."""
    return sentence.tokens[i].text.casefold().replace("’", "'")


def finite(sentence: Sentence, i: int) -> bool:
    """Return whether a verb is finite by itself or by an auxiliary or copula."""
    tokens = sentence.tokens
    return tokens[i].has("VerbForm=Fin") or any(
        tokens[c].has("VerbForm=Fin") for c in sentence.find(i, "aux", "cop")
    )


def content(sentence: Sentence, found: Found, last: int, language: Language, stops: set[int]) -> Content | None:
    """Return what a cue reports, None where syntax shows nothing.

    ``last`` is the last token of the cue; ``stops`` are tokens of interposed cues, which belong to no
    content. A finite clause is looked for first, then an infinitive, then noun phrases.
    """
    tries = (clause, infinitive, predicate, quoted, oblique, noun_phrase)
    for look in tries:
        result = look(sentence, found, last, language)
        if result is not None:
            end = limit(sentence, found.token, result, stops)
            if end >= result.first:
                return result._replace(last=end)
    return None


def clause(sentence: Sentence, found: Found, last: int, language: Language) -> Content | None:
    """Return a finite clause: after a conjunction, a question word or nothing ("he said it was")."""
    if not found.takes("clause"):
        return None
    tokens, frames = sentence.tokens, language.frames
    asks = found.act("clause") == "ask"
    at = conjunction(sentence, found, last, {*frames.conjunctions})
    if at == last + 1 and restricts(sentence, found, frames.negations):
        return None
    if at is not None:
        first = at + 1
        return Content(first, clause_end(sentence, found.token, first), "clause", 0.95) if first < len(tokens) else None
    at = conjunction(sentence, found, last, {q for q in frames.questions if " " not in q})
    if at is not None and (asks or at == last + 1):
        keeps = folded(sentence, at) not in {"si", "s'", "whether", "if"}
        return Content(at if keeps else at + 1, clause_end(sentence, found.token, at), "clause", 0.85)
    for child in sentence.find(found.token, "ccomp"):
        if child > last:
            members = sentence.subtree(child)
            first = next((m for m in members if m > last and tokens[m].pos != "PUNCT"), child)
            if folded(sentence, first) in {*frames.conjunctions, *frames.questions, *frames.relatives}:
                continue
            if tokens[first].pos == "SCONJ":
                continue
            first = bare_start(sentence, found.token, last, first)
            if tokens[child].pos in VERBAL and not finite(sentence, child) and tokens[child].has("VerbForm=Inf"):
                continue
            return Content(first, clause_end(sentence, found.token, first), "clause", 0.85)
    if last + 2 < len(tokens) and tokens[last + 1].text == ":" and not tokens[last + 2].stand_in:
        return Content(last + 2, clause_end(sentence, found.token, last + 2), "clause", 0.7)
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


def restricts(sentence: Sentence, found: Found, negations: tuple[str, ...]) -> bool:
    """Return whether the conjunction behind a cue means "only": « je ne pense qu'à partir »."""
    around = {folded(sentence, j) for j in range(max(0, found.token - 4), found.token + 2) if j < len(sentence.tokens)}
    return bool(around & {"ne", "n'"}) and not around & {*negations} - {"ne", "n'"}


def conjunction(sentence: Sentence, found: Found, last: int, words: set[str]) -> int | None:
    """Return where the conjunction of a content clause stands after a cue, None where there is none.

    It must hang in a clause under the cue, or come before any other verb: « a déclaré jeudi à la chaîne que ».
    """
    tokens = sentence.tokens
    for j in range(last + 1, min(last + 1 + REACH, len(tokens))):
        token = tokens[j]
        if folded(sentence, j - 1) in COMPOUND and folded(sentence, j) in words:
            return None
        if folded(sentence, j) in words and leads_clause(token):
            # "the plan that he presented": a relative pronoun hangs on a noun behind the cue
            above = next((h for h in sentence.ancestors(j) if tokens[h].dep.startswith("acl")), None)
            relative = above is not None and last < tokens[above].head < j and token.dep in {"nsubj", "obj", "nsubj:pass"}
            if not relative:
                return j
        if token.pos == "VERB" and finite(sentence, j) and not token.has("VerbForm=Part"):
            return None
        if token.text in {":", ";", "»", "”"} or token.stand_in:
            return None
    return None


def leads_clause(token: Token) -> bool:
    """Return whether a word of a conjunction's form is one here: not "that day", nor "and that hurt him"."""
    if token.pos == "PRON":
        return token.dep.split(":")[0] not in {"nsubj", "obj"} or token.has("PronType=Int")
    return token.pos in {"SCONJ", "ADV", "CCONJ", "ADP", "PART"}


def clause_end(sentence: Sentence, cue: int, first: int) -> int:
    """Return the last token of a clause that begins at ``first``: the end of its sentence, or what breaks it.

    What hangs on the cue itself and not on the clause ends it: a second verb of the same subject ("said he
    would go and left"), a participle that reports ("…, adding that").
    """
    tokens = sentence.tokens
    end = len(tokens) - 1
    if not leads(sentence, cue):
        # "When she asked whether it would, he left": the cue's own clause ends before the main one
        end = max(first, *sentence.subtree(cue))
    for j in range(first + 1, end + 1):
        token = tokens[j]
        if token.text == ":" and j + 2 <= end and (tokens[j + 1].stand_in or tokens[j + 2].stand_in):
            end = j - 1
            break
        if j > first + 2 and resumes(sentence, cue, first, j):
            end = j - 1
            while end > first and tokens[end].pos in {"CCONJ", "PUNCT", "ADV"}:
                end -= 1
            break
        if token.head == cue and token.dep in {"conj", "advcl", "parataxis"} and j > first + 1:
            start = min(sentence.subtree(j))
            if start > first + 1 and (tokens[start].dep == "cc" or tokens[start - 1].text in {",", "–", "-", "—"} or tokens[start - 1].dep == "cc"):
                end = min(end, start - 1)
                break
        if token.text == ";" and j > first + 2:
            end = j - 1
            break
    return end


def resumes(sentence: Sentence, cue: int, first: int, j: int) -> bool:
    """Return whether a verb goes on with the cue's subject and not with the content's.

    « a estimé que cela prendrait un an et demandé si »: a bare participle beside a cue that is one, where
    the content has a finite verb. "stressed that they would come, and urged": a comma, and the cue's tense.
    """
    tokens = sentence.tokens
    verb, before = tokens[j], tokens[j - 1]
    if verb.pos != "VERB" or before.pos != "CCONJ" or not tokens[cue].has("Tense=Past"):
        return False
    heads = [k for k in range(first, j - 1) if tokens[k].pos in VERBAL and tokens[k].has("VerbForm=Fin")]
    if not heads:
        return False
    if verb.has("VerbForm=Part"):
        participles = any(tokens[k].has("VerbForm=Part") and tokens[k].has("Tense=Past") for k in range(first, j - 1))
        return tokens[cue].has("VerbForm=Part") and not participles
    future = any(tokens[k].text.casefold() in {"would", "will", "could", "should", "can", "may"} for k in heads)
    return verb.has("Tense=Past") and verb.has("VerbForm=Fin") and (tokens[j - 2].text == "," or future)


def leads(sentence: Sentence, cue: int) -> bool:
    """Return whether a cue is the head of its sentence, or coordinated with it."""
    tokens = sentence.tokens
    while tokens[cue].head != cue:
        if tokens[cue].dep not in {"conj", "parataxis"}:
            return False
        cue = tokens[cue].head
    return True


def infinitive(sentence: Sentence, found: Found, last: int, language: Language) -> Content | None:
    """Return an infinitive: « a promis d'envoyer des chars », "urged them to leave"."""
    if not found.takes("infinitive"):
        return None
    tokens, frames = sentence.tokens, language.frames
    for j in range(last + 1, min(last + 1 + REACH, len(tokens))):
        token = tokens[j]
        if token.has("VerbForm=Inf") and token.pos in VERBAL:
            # the mark stands before: "de", "ne pas", clitics and adverbs may come between
            first = j
            while first - 1 > last and tokens[first - 1].pos in {"PRON", "ADV", "PART", "PUNCT"} and folded(sentence, first - 1) not in frames.infinitive:
                first -= 1
            marked = first - 1 > last and folded(sentence, first - 1) in frames.infinitive
            if marked and first - 2 > last and not addressed(sentence, found, last, first - 2):
                return None
            bare = first - 1 == last and found.act("infinitive") in {"", "think", "deny"}
            hangs = any(h == found.token for h in sentence.ancestors(j))
            if marked and hangs or bare:
                end = max(j, phrase_end(sentence, found.token, j))
                return Content(first, end, "infinitive", 0.85 if marked else 0.75)
            return None
        if token.pos == "VERB" or token.text in {":", ";", ","} or token.stand_in:
            return None
    return None


def addressed(sentence: Sentence, found: Found, last: int, before: int) -> bool:
    """Return whether what stands between a cue and its infinitive can be whom it speaks to.

    « demande à Orsk de partir », "urged them to go"; but « explique la nécessité de partir », « a dit non
    avant de partir » report no parting. Only cues with an act of their own have one there.
    """
    between = sentence.tokens[last + 1 : before + 1]
    if all(t.pos in {"ADV", "PRON"} and folded(sentence, last + 1 + k) not in COMPOUND for k, t in enumerate(between)):
        return True
    if not found.act("infinitive") or folded(sentence, before) in COMPOUND:
        return False
    heads = [c for c in sentence.find(found.token, "obj", "iobj", "obl", "nsubj") if last < c]
    return bool(heads) and not any(sentence.tokens[c].pos == "PUNCT" for c in range(last + 1, before + 1))


def quoted(sentence: Sentence, found: Found, last: int, language: Language) -> Content | None:
    """Return a short quotation right behind a cue, with what completes it: « craint « un long été » »."""
    tokens = sentence.tokens
    first = last + 1
    if first < len(tokens) and folded(sentence, first) in {*language.frames.infinitive, *found.prepositions("oblique")}:
        first += 1
    if first + 2 >= len(tokens) or tokens[first].text not in OPENING:
        return None
    close = next((j for j in range(first + 2, min(first + REACH, len(tokens))) if tokens[j].text in CLOSING), None)
    if close is None or any(t.stand_in for t in tokens[first:close]):
        return None
    end = close
    if close + 1 < len(tokens) and tokens[close + 1].pos == "ADP":
        end = phrase_end(sentence, found.token, close + 1)
    return Content(first, max(close, end), "quoted", 0.75)


def predicate(sentence: Sentence, found: Found, last: int, language: Language) -> Content | None:
    """Return an object with what is said of it: « a qualifié le plan de « farce » », "called it a farce".

    Source: the annotation guide, decision 3: the content is object and predicate together.
    """
    if not found.takes("predicate"):
        return None
    tokens = sentence.tokens
    wanted = found.prepositions("predicate")
    for j in range(last + 1, min(last + 1 + REACH, len(tokens))):
        if folded(sentence, j) in wanted or (not wanted and tokens[j].text in OPENING):
            first = last + 1 if j > last + 1 else j + (folded(sentence, j) in wanted)
            end = phrase_end(sentence, found.token, min(j + 1, len(tokens) - 1))
            closing = next((k for k in range(j + 2, min(j + REACH, len(tokens))) if tokens[k].text in CLOSING), end)
            quoted = any(t.text in OPENING for t in tokens[j : j + 3])
            return Content(first, closing if quoted else end, "predicate", 0.75 if quoted else 0.6)
        if tokens[j].text in {":", ";", ","} or tokens[j].stand_in or (tokens[j].pos == "VERB" and finite(sentence, j)):
            break
    del language
    return None


def oblique(sentence: Sentence, found: Found, last: int, language: Language) -> Content | None:
    """Return what follows a preposition of the cue: « accuse Orsk de sabotage », "warned of a flood"."""
    del language
    wanted = found.prepositions("oblique")
    if not wanted:
        return None
    tokens = sentence.tokens
    own = {folded(sentence, w) for w in found.words}
    for j in range(last + (0 if own & wanted else 1), min(last + 1 + REACH, len(tokens))):
        if folded(sentence, j) in wanted and j + 1 < len(tokens) and (tokens[j].pos in {"ADP", "SCONJ", "PART", "DET"}):
            below = [h for h in (tokens[j].head, *sentence.children[j]) if h > j]
            if j in found.words or below and any(h == found.token for h in sentence.ancestors(j)):
                return Content(j + 1, phrase_end(sentence, found.token, j + 1), "oblique", 0.7)
        if tokens[j].text in {":", ";"} or tokens[j].stand_in or (tokens[j].pos == "VERB" and finite(sentence, j)):
            return None
    return None


def noun_phrase(sentence: Sentence, found: Found, last: int, language: Language) -> Content | None:
    """Return the direct object of a cue of demanding, denying, announcing and the like."""
    if not found.takes("object"):
        return None
    tokens = sentence.tokens
    for child in sentence.find(found.token, "obj"):
        if child <= last or tokens[child].pos not in {"NOUN", "PROPN", "VERB"} or tokens[child].stand_in:
            continue
        if tokens[child].entity == "PER":
            continue
        members = [m for m in sentence.subtree(child) if m > last]
        first = members[0]
        if folded(sentence, first) in language.frames.relatives:
            continue
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


def limit(sentence: Sentence, cue: int, content: Content, stops: set[int]) -> int:
    """Return the last token of a content: before an interposed cue, without outer punctuation."""
    del cue
    tokens = sentence.tokens
    last = content.last
    stop = min((s for s in stops if content.first < s <= last), default=None)
    if stop is not None and not any(j > stop and j not in stops and tokens[j].pos != "PUNCT" for j in range(stop, last + 1)):
        last = stop - 1
    while last > content.first and tokens[last].pos == "PUNCT" and tokens[last].text not in {")", "]", "!", "?"} | CLOSING:
        last -= 1
    return last
