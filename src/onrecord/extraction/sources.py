"""Sources: the mention in a sentence of who speaks."""

from __future__ import annotations

from onrecord.extraction.clauses import folded
from onrecord.languages import Language
from onrecord.parsers import Sentence, Token
from onrecord.records import Spans
from onrecord.text import BLANK, trim

# How many governors a verb without a subject is followed up. Source: gold/fr-dev; more is another clause.
HOPS = 6
# What a name may end in that keeps its full stop. Source: The Chicago Manual of Style, 10.17, 10.23.
ABBREVIATED = {"Jr", "Sr", "Inc", "Ltd", "Co"}
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"}
# What hangs on a noun but is not part of the mention: « le ministre, qui revenait d'Orsk, a dit »
OUTSIDE = {"acl:relcl", "punct", "parataxis", "cc", "ccomp", "advcl", "dep"}


def governor(sentence: Sentence, i: int, language: Language, hops: int = HOPS) -> int | None:
    """Return the token that is the subject of a verb, climbing where it has none of its own.

    A conjunct shares the subject of the first verb, a participle or an infinitive that of the verb it hangs
    on, a participle on a noun has the noun, a relative clause its antecedent; a passive has its agent.
    """
    tokens = sentence.tokens
    agents = sentence.find(i, "obl:agent")
    reflexive = any(tokens[c].has("Reflex=Yes") for c in sentence.children[i])
    active = reflexive or bool(sentence.find(i, "aux:tense"))
    passive = bool(sentence.find(i, "aux:pass") or sentence.find(i, "nsubj:pass")) and not active
    if agents:
        return agents[0]
    subjects = (
        []
        if passive
        else [
            s
            for s in sentence.find(i, "nsubj", "expl:subj", "csubj")
            if tokens[s].dep != "csubj" and folded(sentence, s) not in {"-t", "-t-"}
        ]
    )
    if subjects:
        before = [s for s in subjects if s < i]
        if len(before) > 1 and folded(sentence, before[-1]) in language.frames.reflexives:
            # « Le préfet nous a dit »: the clitic is no subject
            before.pop()
        nearest = before[-1] if before else subjects[0]
        if len(before) > 1:
            nearest = appositive(sentence, before[-2], nearest, i)
        if folded(sentence, nearest) in language.frames.relatives:
            return antecedent(sentence, i, nearest)
        return after_comma(sentence, nearest, i)
    if (apart := dislocated(sentence, i)) is not None:
        return apart
    if hops == HOPS and not passive and (near := bare_before(sentence, i)) is not None:
        return near
    head, dep = tokens[i].head, tokens[i].dep
    if hops == 0 or head == i or passive:
        return None
    if dep.split(":")[0] == "acl" and tokens[head].pos in NOMINAL:
        return head
    if dep.split(":")[0] in {
        "conj",
        "xcomp",
        "advcl",
        "ccomp",
        "parataxis",
        "acl",
        "obl",
        "aux",
        "dep",
        "cop",
        "appos",
    }:
        return governor(sentence, head, language, hops - 1)
    return None


def dislocated(sentence: Sentence, i: int) -> int | None:
    """Return the name at the head of a sentence that the parser hung on its verb as a mere adverb.

    « Tavin, pour sa part, a demandé à ses alliés de »: no subject else, and no preposition before it.
    """
    tokens = sentence.tokens
    first = next((c for c in sentence.children[i] if c < i and tokens[c].pos != "PUNCT"), None)
    if first is None or tokens[first].pos != "PROPN" or sentence.subtree(first)[0] > 1:
        return None
    return None if sentence.find(first, "case") else first


def appositive(sentence: Sentence, name: int, noun: int, verb: int) -> int:
    """Return the name where a noun behind it and a comma only says who that is, else the noun.

    « Ana Melo, la maire de Tavin, a dit »: the parser takes both for subjects.
    """
    tokens = sentence.tokens
    between = tokens[name + 1 : phrase(sentence, noun, verb)[0]]
    parted = bool(between) and between[-1].text == "," and all(t.pos in {"PROPN", "PUNCT"} for t in between)
    return name if parted and tokens[name].pos == "PROPN" and tokens[noun].pos == "NOUN" else noun


def bare_before(sentence: Sentence, i: int) -> int | None:
    """Return the noun right before a finite verb that no preposition leads, None where there is none.

    It is the subject where the parser shows no other: « En arrivant, Melo remarqua que ».
    """
    tokens = sentence.tokens
    helpers = [c for c in sentence.find(i, "aux", "cop") if c < i]
    if not any(tokens[c].has("VerbForm=Fin") for c in (i, *helpers)):
        return None
    j = min([i, *helpers]) - 1
    while j >= 0 and (
        tokens[j].pos == "ADV" or (tokens[j].pos == "PRON" and tokens[j].dep[:3] in {"obj", "iob", "exp"})
    ):
        j -= 1
    if j > 0 and tokens[j].text == "," and tokens[j - 1].pos == "PROPN":
        j -= 1
    if j < 0 or tokens[j].pos not in {"NOUN", "PROPN", "ADJ"}:
        return None
    below = {"nmod", "flat", "amod", "appos", "acl", "fixed"}
    while (
        tokens[head := tokens[j].head].pos in {"NOUN", "PROPN"}
        and head < j
        and tokens[j].dep.split(":")[0] in below
    ):
        j = head
    led = any(c < j for c in sentence.find(j, "case"))
    return None if led or (bare_time(sentence, j) and tokens[j].entity != "PER") else j


def after_comma(sentence: Sentence, subject: int, verb: int) -> int:
    """Return the subject, or the name behind the comma where the parser took a fronted phrase for it.

    « Dans un entretien à la Gazette, Melo a dit »: a subject has no preposition.
    """
    tokens = sentence.tokens
    if not any(c < subject for c in sentence.find(subject, "case")):
        return subject
    comma = next((j for j in range(verb - 1, subject, -1) if tokens[j].text == ","), None)
    names = [j for j in range((comma or verb) + 1, verb) if tokens[j].pos in {"PROPN", "NOUN", "PRON"}]
    return names[0] if names else subject


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
    while first - 1 in members or (first - 2 in members and hyphened(tokens, first - 1)):
        if tokens[first - 1].has("VerbForm=Fin") or tokens[first - 1].text == ",":
            break
        first -= 1
    while last + 1 in members or (
        last + 2 in members and tokens[last + 1].dep in {"punct", "cc"} and last + 1 != stop
    ):
        last += 1
    first, last = whole_name(sentence, first, last, stop)
    first = enumeration(tokens, first, last)
    while first < i and tokens[first].pos in {"PUNCT", "CCONJ", "SCONJ", "ADV", "ADP"}:
        first += 1
    while last > i and tokens[last].pos in {"PUNCT", "CCONJ"} and tokens[last].text != ")":
        last -= 1
    return list(range(first, apposition(sentence, last, stop) + 1))


def enumeration(tokens: tuple[Token, ...], first: int, last: int) -> int:
    """Return where a list of names begins whose last two the parser kept together: « Orsk, Tavin et Dal »."""
    if not any(t.pos == "CCONJ" for t in tokens[first:last]):
        return first
    while first > 1 and tokens[first - 1].text == ",":
        start = first - 1
        while start and tokens[start - 1].pos in {"PROPN", "DET"}:
            start -= 1
        named = any(t.pos == "PROPN" for t in tokens[start : first - 1])
        if not named or (start and tokens[start - 1].text != ","):
            break
        first = start
    return first


def hyphened(tokens: tuple[Token, ...], j: int) -> bool:
    """Return whether a token is a hyphen inside a word: "the 34-year-old"."""
    return j > 0 and tokens[j].text == "-" and tokens[j - 1].end == tokens[j].start


def whole_name(sentence: Sentence, first: int, last: int, stop: int) -> tuple[int, int]:
    """Return the stretch widened to the ends of the name it cuts: "Berners-Lee", "Ana María Ibarra Soto"."""
    tokens = sentence.tokens
    while last + 1 < len(tokens) and last + 1 != stop and continues(tokens[last], tokens[last + 1]):
        last += 1
    while first and first - 1 != stop and continues(tokens[first - 1], tokens[first]):
        first -= 1
    return first, last


def continues(a: Token, b: Token) -> bool:
    """Return whether two neighbours are parts of one name."""
    if a.stand_in or b.stand_in:
        return False
    if a.end == b.start and ("-" in (a.text, b.text)) and a.text[-1:] + b.text[:1] != "--":
        return a.pos in {"PROPN", "PUNCT", "NOUN", "X"} and b.pos in {"PROPN", "PUNCT", "NOUN", "X"}
    return a.pos == b.pos == "PROPN" and a.entity == b.entity != "" and not b.entity_starts


def apposition(sentence: Sentence, last: int, stop: int) -> int:
    """Return the last token of an apposition behind a person's name, or ``last`` where there is none.

    « Zoé Ardan, étudiante en lettres »: a noun phrase between the name and the next comma, stop or verb.
    """
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text != "," or last + 1 == stop:
        return last
    if tokens[last].entity != "PER":
        return named(sentence, last)
    start = last + 2
    if tokens[start].pos not in {"DET", "NOUN"} or tokens[start].entity or tokens[start].stand_in:
        return last
    end = start
    while end < len(tokens) and end - start < 16:
        token = tokens[end]
        if (
            token.text in {",", ".", ":", ";", "–", "—", "-"}
            or token.stand_in
            or end == stop
            or token.has("PronType=Rel")
        ):
            break
        if token.pos in {"VERB", "AUX"}:
            return last
        end += 1
    closed = end < len(tokens) and tokens[end].text in {",", ".", ":", ";", "–", "—"}
    return end - 1 if closed and any(t.pos == "NOUN" for t in tokens[start:end]) else last


def inverted(sentence: Sentence, last: int) -> int | None:
    """Return the head of the noun phrase that follows a cue in an interposed clause: « a dit le maire »."""
    tokens = sentence.tokens
    j = last + 1
    # « a annoncé jeudi la ministre »: a day or an adverb may come first
    while j < len(tokens) and (tokens[j].pos == "ADV" or bare_time(sentence, j)):
        j += 1
    for k in range(j, min(j + 6, len(tokens))):
        token = tokens[k]
        if token.pos in {"NOUN", "PROPN", "PRON", "X"}:
            return leftmost(sentence, k, last)
        if token.pos not in {"DET", "ADJ", "NUM"} and token.dep != "advmod":
            return k - 1 if k > j and tokens[k - 1].pos == "NUM" else None
    return None


def bare_time(sentence: Sentence, i: int) -> bool:
    """Return whether a noun stands as an adverb, without article or preposition: « jeudi », "Thursday"."""
    token = sentence.tokens[i]
    below = {sentence.tokens[c].dep.split(":")[0] for c in sentence.children[i]}
    adverbial = token.pos in {"NOUN", "PROPN", "VERB"} and token.dep.startswith("obl")
    return adverbial and not below & {"case", "det", "flat"}


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
    start, end = sentence.tokens[members[0]].start, sentence.tokens[members[-1]].end
    if text.startswith(("-t-", "-T-"), start):
        start += 3  # « a-t-elle »
    start, end = trim(text, (start, end), BLANK + ",;:-–—.")
    if end + 1 < len(text) and text[end - 1] in "'’" and text[end] == "s" and not text[end + 1].isalnum():
        end += 1  # "Sainsbury’s", parted
    if end < len(text) and text[end] == "." and text[start:end].split()[-1] in ABBREVIATED:
        end += 1  # "J. Orsk Jr."
    return ((start, end),) if start < end else ()


def named(sentence: Sentence, last: int) -> int:
    """Return the last token of the name behind an office and a comma: « le maire, Ari Solen, »."""
    tokens = sentence.tokens
    end = last + 2
    while end < len(tokens) and tokens[end].pos == "PROPN" and tokens[end].entity == "PER":
        end += 1
    closed = end == len(tokens) or tokens[end].text in {",", ".", ":", "«", '"', "“"}
    return end - 1 if tokens[last].pos == "NOUN" and last + 2 < end and closed else last
