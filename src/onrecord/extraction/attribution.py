"""Who said what in a sentence: cue, content, source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from onrecord.extraction import according, clauses, cues, interposed, nominal, sources
from onrecord.extraction.cues import VERBAL, Found, Lexicon
from onrecord.extraction.interposed import MARKS, Interposed
from onrecord.extraction.marks import Quotation
from onrecord.extraction.reading import Reading
from onrecord.parsers import Sentence, Token
from onrecord.records import Act, Span, Spans
from onrecord.text import BLANK, length, overlap, trim

OUTER = BLANK + ".,;:–—-"
# How far to the left of a quotation its cue may stand, in tokens.
WINDOW = 25
# The French model leaves the person of clitics out.
FIRST_PERSON = {"je", "j'", "nous", "on", "moi", "i", "we", "me", "us", "my", "our", "mon", "notre", "nos", "ma", "mes"}


class Attribution(NamedTuple):
    """A statement in the making: the spans of content, cue and source, and where its cue stands.

    ``sentence`` is the number of the cue's sentence in the reading and ``token`` the cue's head word in
    it (-1 where there is no cue). ``act`` is what the cue says of itself, "" where it is neutral.
    ``floating`` is true for a quotation without a cue, which belongs to the last speaker.
    """

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    sentence: int = -1
    token: int = -1
    lemma: str = ""
    act: Act | str = ""
    floating: bool = False
    score: float = 1.0
    evidence: str = ""


def attribute(reading: Reading) -> list[Attribution]:
    """Return the attributions of an article, in the order of their contents."""
    lexicon = cues.lexicon(reading.language)
    result: list[Attribution] = []
    scenes = [Scene(reading, n, sentence, lexicon) for n, sentence in enumerate(reading.sentences)]
    for scene in scenes:
        if not scene.inside:
            result += scene.attributions()
    result = joined(reading, result)
    for scene in scenes:
        if scene.inside:
            result += scene.attributions_inside(result)
    result = best(unrelayed(result))
    result += floating(reading, result)
    return sorted(result, key=lambda a: (a.content[0][0], -a.content[-1][1]))


class Scene:
    """One sentence and all that is said in it."""

    def __init__(self, reading: Reading, number: int, sentence: Sentence, lexicon: Lexicon) -> None:
        self.reading = reading
        self.text = reading.text
        self.number = number
        self.inside = reading.inside[number]
        self.sentence = sentence
        self.lexicon = lexicon
        self.language = reading.language
        self.found = list(lexicon.find(sentence))
        self.clauses = interposed.find(sentence, self.found, lexicon)
        self.stops = {j for c in self.clauses for j in range(c.first, c.last + 1)}
        self.taken: Spans = ()

    def attributions(self) -> list[Attribution]:
        """Return what the cues of the sentence report."""
        relays = {b.first for a, b in pairwise(self.clauses) if not self.worded(a.last + 1, b.first)}
        result = [a for c in self.clauses if c.first not in relays and (a := self.by_interposed(c))]
        interposed_cues = {c.found.token for c in self.clauses}
        for found in self.found:
            if found.token not in interposed_cues and (a := self.by_cue(found)):
                result.append(a)
        result += [a for p in according.find(self.sentence, self.language) if (a := self.by_phrase(p))]
        self.taken = tuple(s for a in result for s in a.content)
        result += self.by_quotation()
        return result

    def attributions_inside(self, outside: list[Attribution]) -> list[Attribution]:
        """Return what is said inside a quotation.

        An inverted cue there reports the quotation itself where nothing outside does: « Il pleut, dit-elle.
        Rentrons. »
        """
        quotation = self.inside
        if quotation and not any(overlap((quotation.inner,), a.content) for a in outside):
            for clause in self.clauses:
                if clause.subject is not None and clause.subject > clause.cue[0]:
                    return [self.by_own_quotation(clause, quotation)]
        return self.attributions()

    def by_own_quotation(self, clause: Interposed, quotation: Quotation) -> Attribution:
        """Return a quotation whose cue stands inside its marks."""
        tokens = self.sentence.tokens
        hole = tokens[clause.first].start, tokens[clause.last].end
        pieces = (quotation.inner[0], hole[0]), (hole[1], quotation.inner[1])
        content = tuple(p for p in (tidy(self.reading, trim(self.text, piece, OUTER)) for piece in pieces) if p[0] < p[1])
        return Attribution(
            content, self.cue_spans(*clause.cue), self.source(clause.subject, clause.found.token), self.number,
            clause.found.token, clause.found.lemma, clause.found.act("clause"), score=0.95, evidence="interposed",
        )  # fmt: skip

    def worded(self, first: int, end: int) -> bool:
        """Return whether there is a word or a quotation between two tokens."""
        return any(t.stand_in or t.pos != "PUNCT" for t in self.sentence.tokens[first:end])

    def breaks(self) -> list[int]:
        """Return where coordinated clauses begin that have a cue and a subject of their own: ", et elle ajoute"."""
        tokens = self.sentence.tokens
        result = []
        for found in self.found:
            if tokens[found.token].pos in VERBAL and any(s < found.token for s in self.sentence.find(found.token, "nsubj")):
                start = min(s for s in self.sentence.find(found.token, "nsubj"))
                start = sources.phrase(self.sentence, start, found.token)[0]
                if start and tokens[start - 1].pos == "CCONJ":
                    result.append(start - 1)
        return result

    def first_person(self, i: int) -> bool:
        """Return whether a token means the one who speaks: "I think" inside a quotation reports nobody else."""
        token = self.sentence.tokens[i]
        return token.pos in {"PRON", "DET"} and (token.has("Person=1") or clauses.folded(self.sentence, i) in FIRST_PERSON)

    def shared_subject(self, i: int) -> int | None:
        """Return the subject of the interposed clause before a participle: « a dit X, précisant que »."""
        before = [c for c in self.clauses if c.last < i <= c.last + 3]
        return before[-1].subject if before and self.sentence.tokens[i].has("Tense=Pres") else None

    # --- spans ---

    def spans(self, first: int, last: int, holes: set[int] | None = None) -> Spans:
        """Return the spans of the tokens from first to last, without holes, outer marks and stops trimmed."""
        pieces: list[list[int]] = []
        for j in range(first, last + 1):
            if holes and j in holes:
                continue
            if pieces and pieces[-1][1] == j - 1:
                pieces[-1][1] = j
            else:
                pieces.append([j, j])
        tokens = self.sentence.tokens
        cut = (tidy(self.reading, (tokens[a].start, tokens[b].end)) for a, b in pieces)
        return tuple(span for span in cut if re.search(r"\w", self.text[span[0] : span[1]]))

    def cue_spans(self, first: int, last: int) -> Spans:
        """Return the span of a cue."""
        return (trim(self.text, cues.span(self.sentence, first, last), OUTER),)

    def source(self, i: int | None, stop: int = -1) -> Spans:
        """Return the span of the mention around a token."""
        if i is None:
            return ()
        return sources.spans(self.text, self.sentence, sources.phrase(self.sentence, i, stop))

    # --- ways to be said ---

    def by_interposed(self, clause: Interposed) -> Attribution | None:
        """Return what an interposed cue reports: the sentence around it."""
        tokens = self.sentence.tokens
        others = {j for c in self.clauses if c is not clause and c.first < clause.first for j in range(c.first, len(tokens))}
        start = self.start_of_content(clause)
        if start >= clause.first:
            return None
        quoted_only = self.only_quotations(start, clause.first)
        end = len(tokens) - 1
        if not interposed.goes_on(self.sentence, clause, self.language.frames.adjuncts):
            end = clause.first - 1
        elif quoted_only:
            # "…", he said, and left: what goes on without marks isn't his
            marks = (j for j in range(clause.last, len(tokens)) if tokens[j].stand_in or tokens[j].text in MARKS)
            end = max(marks, default=clause.first - 1)
        holes = set(range(clause.first, clause.last + 1)) | {j for j in others if j < start}
        later = next((c for c in self.clauses if c.first > clause.last), None)
        if later and not quoted_only:
            end = min(end, later.first - 1) if later.first <= end else end
        kept = [t for j, t in enumerate(tokens[start : end + 1], start) if j not in holes]
        if not any(t.stand_in or t.has("VerbForm=Fin") for t in kept) and not self.quoted(kept):
            return None
        if quoted_only:
            content = self.quotations_in(start, end)
        else:
            content = self.spans(start, end, holes)
        if not content:
            return None
        first, last = clause.cue
        return Attribution(
            content, self.cue_spans(first, last), self.source(clause.subject, clause.found.token), self.number,
            clause.found.token, clause.found.lemma, clause.found.act("clause"), score=0.95, evidence="interposed",
        )  # fmt: skip

    def quotations_in(self, first: int, last: int) -> Spans:
        """Return the insides of the quotations between two tokens."""
        start, end = self.sentence.tokens[first].start, self.sentence.tokens[last].end
        inside = (q for q in self.reading.quoted((start, end)) if start <= q.inner[0] and q.inner[1] <= end)
        return tuple(dict.fromkeys(trim(self.text, q.inner, OUTER) for q in inside))

    def quoted(self, tokens: list[Token]) -> bool:
        """Return whether the tokens stand in quotation marks."""
        return bool(tokens) and any(t.text in MARKS for t in tokens) and len(tokens) > 3

    def start_of_content(self, clause: Interposed) -> int:
        """Return the first token of what an interposed cue reports."""
        tokens = self.sentence.tokens
        start = 0
        for before in self.clauses:
            # « …, a dit X, selon Y » keeps the whole; a coordinated "X said …, and Y said" does not
            if before.last < clause.first and tokens[before.last].text == ";":
                start = before.last + 1
        return start

    def only_quotations(self, start: int, end: int) -> bool:
        """Return whether the tokens are stand-ins but for marks and at most two words (« Puis, « … » »)."""
        tokens = self.sentence.tokens[start:end]
        words = [t for t in tokens if not t.stand_in and t.pos != "PUNCT" and t.text not in MARKS]
        return any(t.stand_in for t in tokens) and len(words) <= 2

    def by_cue(self, found: Found) -> Attribution | None:
        """Return what a cue reports behind it."""
        tokens = self.sentence.tokens
        if tokens[found.token].pos not in VERBAL:
            return self.by_noun(found)
        first, last = self.lexicon.verb_span(self.sentence, found)
        content = clauses.content(self.sentence, found, last, self.language, self.stops)
        if content is None or self.blocked(content.first):
            return None
        if all(t.stand_in or t.pos == "PUNCT" or t.text in MARKS for t in tokens[content.first : content.last + 1]):
            return None
        subject = self.shared_subject(found.token)
        if subject is None:
            subject = sources.governor(self.sentence, found.token, self.language)
        if subject is not None and tokens[subject].stand_in:
            return None
        if subject is None or (self.inside and self.first_person(subject)):
            return None
        spans = self.spans(content.first, content.last, {j for j in self.stops if content.first < j <= content.last})
        if not spans:
            return None
        return Attribution(
            spans, self.cue_spans(first, last), self.source(subject, found.token), self.number, found.token,
            found.lemma, found.act(content.sort), score=content.score, evidence=content.sort,
        )  # fmt: skip

    def blocked(self, first: int) -> bool:
        """Return whether a content would begin inside an interposed clause."""
        return first in self.stops

    def by_noun(self, found: Found) -> Attribution | None:
        """Return what a noun or an adjective reports: « sa promesse de partir », "is confident that"."""
        shown = nominal.find(self.sentence, found, self.language)
        if shown is None or (self.inside and self.first_person(shown.source)):
            return None
        spans = self.spans(shown.first, shown.last)
        if not spans:
            return None
        return Attribution(
            spans, self.cue_spans(*shown.cue), self.source(shown.source, found.token), self.number, found.token,
            found.lemma, found.act(), score=0.6, evidence="nominal",
        )  # fmt: skip

    def by_phrase(self, phrase: according.According) -> Attribution | None:
        """Return what a phrase like "according to" reports: the clause around it."""
        first, last = according.scope(self.sentence, phrase, self.breaks())
        holes = set(range(phrase.first, phrase.end + 1)) | {j for j in self.stops if first <= j <= last}
        spans = self.spans(first, last, holes)
        if not spans or not phrase.source or (self.inside and self.first_person(phrase.source[0])):
            return None
        tokens = self.sentence.tokens
        stand_ins = [t for t in tokens[first : last + 1] if t.stand_in]
        words = [j for j in range(first, last + 1) if j not in holes and tokens[j].pos != "PUNCT" and not tokens[j].stand_in and tokens[j].text not in MARKS]
        if stand_ins and len(words) <= 2:
            spans = tuple(trim(self.text, (t.start, t.end), OUTER) for t in stand_ins)
        return Attribution(
            spans, self.cue_spans(phrase.first, phrase.first + phrase.words - 1),
            sources.spans(self.text, self.sentence, list(phrase.source)), self.number, phrase.first, phrase.lemma,
            "", score=0.85, evidence="according",
        )  # fmt: skip

    def by_quotation(self) -> list[Attribution]:
        """Return the quotations of the sentence that no content holds yet, each with the cue nearest to it."""
        tokens = self.sentence.tokens
        result: list[Attribution] = []
        for j, token in enumerate(tokens):
            if not token.stand_in or overlap(((token.start, token.end),), self.taken):
                continue
            found = self.cue_before(j) or self.cue_after(j)
            if found is None:
                continue
            first, last = self.lexicon.verb_span(self.sentence, found) if tokens[found.token].pos in VERBAL else (found.token, found.token)
            subject = self.subject_for(found, last, j)
            span = trim(self.text, (token.start, token.end), OUTER)
            result.append(
                Attribution(
                    (span,), self.cue_spans(first, last), self.source(subject, found.token), self.number, found.token,
                    found.lemma, found.act(), score=0.85 if found.entries else 0.5, evidence="quotation",
                )  # fmt: skip
            )
        return result

    def subject_for(self, found: Found, last: int, quotation: int) -> int | None:
        """Return the subject of the cue of a quotation: its own, or the noun phrase behind it."""
        tokens = self.sentence.tokens
        if tokens[found.token].pos not in VERBAL:
            return nominal.owner(self.sentence, found.token, self.language)
        subject = sources.governor(self.sentence, found.token, self.language)
        if subject is not None and not tokens[subject].stand_in:
            return subject
        if quotation < found.token:
            return sources.inverted(self.sentence, last)
        return None

    def cue_before(self, quotation: int) -> Found | None:
        """Return the cue that leads a quotation: the last one before it, with no other quotation between."""
        tokens = self.sentence.tokens
        for found in reversed(self.found):
            if quotation - WINDOW <= found.token < quotation:
                between = tokens[found.token + 1 : quotation]
                if any(t.stand_in for t in between):
                    return None
                if tokens[found.token].pos in VERBAL or any(t.text == ":" for t in between):
                    return found
        return self.unlisted(quotation) if quotation and tokens[max(0, quotation - 2)].text == ":" else None

    def cue_after(self, quotation: int) -> Found | None:
        """Return the cue that follows a quotation in its own clause."""
        tokens = self.sentence.tokens
        for found in self.found:
            if quotation < found.token <= quotation + WINDOW and tokens[found.token].pos in VERBAL:
                between = tokens[quotation + 1 : found.token]
                if not any(t.stand_in or t.text in {":", ";"} for t in between):
                    return found
        return self.unlisted(quotation)

    def unlisted(self, quotation: int) -> Found | None:
        """Return a verb that the lexicon doesn't have but that stands as a cue does: « … », sourit Mme Orsk.

        It follows the quotation with a subject behind it or a pronoun before it, or governs it.
        """
        tokens = self.sentence.tokens
        for j in range(quotation + 1, min(quotation + 8, len(tokens))):
            if tokens[j].pos == "VERB":
                before = [t for t in tokens[quotation + 1 : j] if t.pos not in {"PUNCT", "AUX", "PRON", "ADV"} and t.text not in MARKS]
                last = self.lexicon.verb_span(self.sentence, Found(j, (), (), tokens[j].lemma))[1]
                clitic = any(t.text.startswith("-") for t in tokens[j : last + 1])
                if not before and (clitic or sources.inverted(self.sentence, last) is not None or sentence_subject(self.sentence, j, quotation)):
                    return Found(j, (), (), tokens[j].lemma)
                return None
            if tokens[j].stand_in:
                return None
        verbs = [j for j in range(max(0, quotation - WINDOW), quotation) if tokens[j].pos == "VERB"]
        if verbs and ":" in {t.text for t in tokens[verbs[-1] : quotation]}:
            return Found(verbs[-1], (), (), tokens[verbs[-1]].lemma)
        return None


def sentence_subject(sentence: Sentence, verb: int, after: int) -> bool:
    """Return whether a verb has a subject between a quotation and itself."""
    return any(after < s < verb for s in sentence.find(verb, "nsubj"))


def tidy(reading: Reading, span: Span) -> Span:
    """Return a content's span without outer punctuation and without marks that hold it as a whole."""
    text = reading.text
    start, end = trim(text, span, OUTER)
    while start < end and text[start] in MARKS | {"(", "["}:
        held = next((q for q in reading.quotations if q.outer[0] == start), None)
        if held and held.outer[1] < end:
            break
        if text[start] in {"(", "["} and ")" in text[start:end]:
            break
        start += 1
    while start < end and text[end - 1] in MARKS:
        held = next((q for q in reading.quotations if q.outer[1] == end), None)
        if held and held.outer[0] >= start:
            break
        end -= 1
    start, end = trim(text, (start, end), OUTER)
    return start, end


def joined(reading: Reading, attributions: list[Attribution]) -> list[Attribution]:
    """Return the attributions with the quotation that goes on after its cue's full stop put to it.

    « Nous partons », a-t-elle dit. « Il le faut. »: one statement in two pieces, where the second quotation
    is a sentence without a cue in the same paragraph.
    """
    taken = {span for a in attributions for span in a.content}
    result = []
    for a in attributions:
        more: list[Span] = []
        at = a.sentence
        whole = all(any(q.inner[0] <= s and e <= q.inner[1] for q in reading.quotations) for s, e in a.content)
        if a.evidence in {"interposed", "quotation"} and whole and a.cue and a.cue[0][0] > a.content[0][1] - 1:
            alone = lone_quotation(reading, at, a)
            if alone and alone.inner not in taken:
                more.append(trim(reading.text, alone.inner, OUTER))
        result.append(a._replace(content=(*a.content, *more)))
    return result


def lone_quotation(reading: Reading, number: int, a: Attribution) -> Quotation | None:
    """Return the quotation that is the whole next sentence of the paragraph, None where there is none."""
    end = reading.sentences[number].span[1]
    here = reading.paragraph(end - 1)
    for quotation in reading.quotations:
        if quotation.outer[0] >= end and quotation.depth == 0 and quotation.inner in reading.blocks:
            if reading.paragraph(quotation.outer[0]) != here:
                return None
            if reading.text[end : quotation.outer[0]].strip(BLANK + "."):
                return None
            after = reading.text[quotation.outer[1] : reading.paragraphs[here][1]].lstrip(BLANK)
            return None if after[:1] == "," else quotation
    del a
    return None


def unrelayed(attributions: list[Attribution]) -> list[Attribution]:
    """Return the attributions without those that only pass another one on.

    "Melo said it would rain, the Gazette reported": the statement is Melo's, the Gazette its relay.
    """
    inner = [a for a in attributions if a.evidence not in {"interposed", "according"} and a.source and a.cue]
    return [
        a for a in attributions
        if a.evidence not in {"interposed", "according"}
        or not any(
            abs(b.source[0][0] - a.content[0][0]) <= 3 and b.source[0][0] < b.cue[0][0] < b.content[0][0]
            and abs(b.content[-1][1] - a.content[-1][1]) <= 3
            for b in inner
        )
    ]  # fmt: skip


def best(attributions: list[Attribution]) -> list[Attribution]:
    """Return the attributions without those whose content another has with a better score."""
    kept: list[Attribution] = []
    for a in sorted(attributions, key=lambda a: (-a.score, a.content[0][0])):
        if not any(2 * overlap(a.content, b.content) > 1.6 * max(length(a.content), length(b.content)) for b in kept):
            kept.append(a)
    return kept


def floating(reading: Reading, attributions: list[Attribution]) -> Iterator[Attribution]:
    """Yield the quotations that are sentences of their own and have no cue: they are the last speaker's."""
    for quotation in reading.quotations:
        if quotation.depth or quotation.inner not in reading.blocks:
            continue
        if any(overlap((quotation.inner,), a.content) for a in attributions):
            continue
        if len(re.findall(r"\w+", reading.text[slice(*quotation.inner)])) < 3:
            continue
        here = reading.paragraphs[reading.paragraph(quotation.outer[0])]
        around = reading.text[here[0] : quotation.outer[0]] + reading.text[quotation.outer[1] : here[1]]
        cue, source, number, token, lemma = introduced(reading, quotation)
        lone = not re.search(r"\w", around) or bool(cue)
        if not lone and not ends_before(reading.text, quotation):
            continue
        span = trim(reading.text, quotation.inner, OUTER)
        yield Attribution(
            (span,), cue, source, number, token, lemma, floating=not source, score=0.7 if lone else 0.5, evidence="floating",
        )  # fmt: skip


def ends_before(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation follows a full stop, a colon or the head of its paragraph."""
    before = text[: quotation.outer[0]].rstrip(BLANK)
    return not before or before[-1] in ".:!?…»”\"" or "\n" in text[len(before) : quotation.outer[0]]


def introduced(reading: Reading, quotation: Quotation) -> tuple[Spans, Spans, int, int, str]:
    """Return cue, source and place of what leads a quotation from the sentence before: "The mayor wrote:"."""
    number = max((n for n, s in enumerate(reading.sentences) if s.span[1] <= quotation.outer[0]), default=-1)
    if number < 0 or reading.sentences[number].tokens[-1].text != ":":
        return (), (), -1, -1, ""
    scene = Scene(reading, number, reading.sentences[number], cues.lexicon(reading.language))
    for found in reversed(scene.found):
        if scene.sentence.tokens[found.token].pos in VERBAL:
            first, last = scene.lexicon.verb_span(scene.sentence, found)
            subject = sources.governor(scene.sentence, found.token, reading.language)
            return scene.cue_spans(first, last), scene.source(subject, found.token), number, found.token, found.lemma
    return (), (), -1, -1, ""
