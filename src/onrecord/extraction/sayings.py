"""One sentence and all that is said in it."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.extraction import according, clauses, contents, cues, interposed, nominal, sources
from onrecord.extraction.attribution import OUTER, Attribution, tidy
from onrecord.extraction.cues import VERBAL, Found, Lexicon
from onrecord.extraction.interposed import Interposed
from onrecord.extraction.marks import MARKS, Quotation
from onrecord.extraction.reading import Reading
from onrecord.parsers import Sentence, Token
from onrecord.records import Spans
from onrecord.text import Cover, trim

# How far from a quotation its cue may stand, in tokens. Source: gold/fr-dev; beyond are other clauses.
WINDOW = 25
# A label has at most so many words. Source: gold/fr-dev; longer ones are headlines.
LABEL = 8


class Sayings:
    """What the cues of one sentence report.

    ``inside`` is the quotation that the sentence is in, where it was parsed by itself.
    """

    def __init__(self, reading: Reading, number: int, lexicon: Lexicon) -> None:
        self.reading = reading
        self.text = reading.text
        self.number = number
        self.sentence = reading.sentences[number]
        self.tokens = self.sentence.tokens
        self.inside = reading.inside[number]
        self.lexicon = lexicon
        self.language = reading.language
        self.cues = list(lexicon.find(self.sentence))
        self.clauses = interposed.find(self.sentence, self.cues, lexicon)
        self.stops = {j for c in self.clauses for j in range(c.first, c.last + 1)}

    def attributions(self) -> list[Attribution]:
        """Return what is said in the sentence."""
        relays = {b.first for a, b in pairwise(self.clauses) if not self.worded(a.last + 1, b.first)}
        found = [self.by_interposed(clause) for clause in self.clauses if clause.first not in relays]
        placed = {clause.found.token for clause in self.clauses}
        found += [self.by_cue(cue) for cue in self.cues if cue.token not in placed]
        found += [self.by_phrase(phrase) for phrase in according.find(self.sentence, self.language)]
        result = [a for a in found if a]
        return result + self.by_quotation(Cover(span for a in result for span in a.content))

    def attributions_inside(self, outside: Cover) -> list[Attribution]:
        """Return what is said in the sentence, which stands inside a quotation; ``outside`` is taken.

        An inverted cue there reports the quotation itself where nothing outside does: « Il pleut, dit-elle.
        Rentrons. »
        """
        if self.inside and not outside.touches(self.inside.inner):
            for clause in self.clauses:
                if clause.subject > clause.cue[0]:
                    return [self.by_own_quotation(clause, self.inside)]
        return self.attributions()

    # --- ways to be said ---

    def by_interposed(self, clause: Interposed) -> Attribution | None:
        """Return what an interposed cue reports: the sentence around it."""
        start = max(
            (c.last + 1 for c in self.clauses if c.last < clause.first and self.tokens[c.last].text == ";"),
            default=0,
        )
        if start >= clause.first:
            return None
        quoted = self.only_quotations(start, clause.first)
        end = clause.first - 1
        if interposed.goes_on(self.sentence, clause, self.language.frames.adjuncts):
            # "…", he said, and left: what goes on without marks isn't his
            marks = (
                j
                for j in range(clause.last, len(self.tokens))
                if self.tokens[j].stand_in or self.tokens[j].text in MARKS
            )
            later = [c.first for c in self.clauses if c.first > clause.last]
            later += [b for b in self.breaks() if b > clause.last]
            end = max(marks, default=end) if quoted else min(later, default=len(self.tokens)) - 1
        kept = [j for j in range(start, end + 1) if not clause.first <= j <= clause.last]
        if not self.can_be_said([self.tokens[j] for j in kept]):
            return None
        content = self.quotations_in(start, end) if quoted else self.spans(kept)
        evidence = "quotation" if quoted else "interposed"
        return self.attribution(content, clause.cue, clause.found, clause.subject, "clause", 0.95, evidence)

    def by_own_quotation(self, clause: Interposed, quotation: Quotation) -> Attribution:
        """Return a quotation whose cue stands inside its marks."""
        hole = self.tokens[clause.first].start, self.tokens[clause.last].end
        pieces = (quotation.inner[0], hole[0]), (hole[1], quotation.inner[1])
        content = tuple(
            p for piece in pieces if (p := tidy(self.reading, trim(self.text, piece, OUTER)))[0] < p[1]
        )
        a = self.attribution(content, clause.cue, clause.found, clause.subject, "clause", 0.95, "interposed")
        return a or Attribution((quotation.inner,), floating=True, score=0.5, evidence="floating")

    def by_cue(self, cue: Found) -> Attribution | None:
        """Return what a cue reports behind it."""
        if self.tokens[cue.token].pos not in VERBAL:
            return self.by_noun(cue)
        first, last = self.lexicon.verb_span(self.sentence, cue)
        helpers = {clauses.folded(self.sentence, c) for c in self.sentence.find(cue.token, "aux")}
        if helpers & self.language.frames.possibility:
            return None  # what could be said was not
        content = contents.find(self.sentence, cue, last, self.language.frames, self.stops)
        if content is None or content.first in self.stops:
            return None
        if content.sort == "infinitive" and self.refuses_to_say(cue, content.first):
            return None
        first = self.refusal(cue, first)
        end = self.before_participle(content.first, content.last)
        kept = [j for j in range(content.first, end + 1) if j not in self.stops]
        if all(t.stand_in or t.pos == "PUNCT" for t in (self.tokens[j] for j in kept)):
            return None
        subject = self.shared_subject(cue.token)
        if subject is None:
            subject = sources.governor(self.sentence, cue.token, self.language)
        if subject is None or self.tokens[subject].stand_in or self.own_voice(subject):
            return None
        if clauses.folded(self.sentence, subject) in self.language.frames.second_person:
            return None
        return self.attribution(
            self.spans(kept), (first, last), cue, subject, content.sort, content.score, content.sort
        )

    def by_noun(self, cue: Found) -> Attribution | None:
        """Return what a noun or an adjective reports: « sa promesse de partir », "is confident that"."""
        shown = nominal.find(self.sentence, cue, self.language)
        if shown is None or self.own_voice(shown.source):
            return None
        content = self.spans(range(shown.first, shown.last + 1))
        return self.attribution(content, shown.cue, cue, shown.source, "", 0.6, "nominal")

    def by_phrase(self, phrase: according.According) -> Attribution | None:
        """Return what a phrase like "according to" reports: the clause around it."""
        first, last = according.scope(self.sentence, phrase, self.breaks(), self.language.frames)
        kept = [
            j for j in range(first, last + 1) if j not in self.stops and not phrase.first <= j <= phrase.end
        ]
        if not kept or self.own_voice(phrase.source[0]):
            return None
        words = [j for j in kept if self.tokens[j].pos != "PUNCT" and not self.tokens[j].stand_in]
        quoted = len(words) <= 2 and any(self.tokens[j].stand_in for j in kept)
        content = self.quotations_in(kept[0], kept[-1]) if quoted else self.spans(kept)
        if not content:
            return None
        source = sources.spans(self.text, self.sentence, list(phrase.source))
        cue = self.cue((phrase.first, phrase.first + phrase.words - 1))
        return Attribution(
            content, cue, source, self.number, phrase.first, phrase.lemma, score=0.85, evidence="according"
        )

    def by_quotation(self, taken: Cover) -> list[Attribution]:
        """Return the quotations of the sentence that no content holds, each with the cue nearest to it."""
        result = []
        for j, token in enumerate(self.tokens):
            if not token.stand_in or taken.touches((token.start, token.end)):
                continue
            cue = self.cue_before(j) or self.cue_after(j)
            if cue is None:
                result += self.labelled(j)
                continue
            verbal = self.tokens[cue.token].pos in VERBAL
            place = self.lexicon.verb_span(self.sentence, cue) if verbal else (cue.token, cue.token)
            subject = self.subject_beside(cue, place[1], j)
            if subject is None and self.sentence.find(cue.token, "aux:pass"):
                continue  # the song "Salt" is said to be old
            content = (trim(self.text, (token.start, token.end), OUTER),)
            score = 0.85 if cue.entries else 0.5
            if a := self.attribution(content, place, cue, subject, "", score, "quotation"):
                result.append(a)
        return result

    def labelled(self, quotation: int) -> list[Attribution]:
        """Return a quotation that a name and a colon lead in, without a verb: « Zoé Ardan : « Jamais. » »."""
        label = [j for j in range(quotation) if self.tokens[j].pos != "PUNCT"]
        colon = any(t.text == ":" for t in self.tokens[max(0, quotation - 2) : quotation])
        nominal = {"DET", "NOUN", "PROPN", "ADJ", "ADP", "X", "NUM"}
        named = 0 < len(label) <= LABEL and all(self.tokens[j].pos in nominal for j in label)
        if not named or not colon:
            return []
        token = self.tokens[quotation]
        source = sources.spans(self.text, self.sentence, label)
        content = (trim(self.text, (token.start, token.end), OUTER),)
        return [Attribution(content, source=source, score=0.7, evidence="labelled")]

    # --- parts ---

    def attribution(
        self,
        content: Spans,
        cue: tuple[int, int],
        found: Found,
        subject: int | None,
        sort: str,
        score: float,
        evidence: str,
    ) -> Attribution | None:
        """Return an attribution of these parts, None where the content is empty."""
        if not content:
            return None
        members = [] if subject is None else sources.phrase(self.sentence, subject, found.token)
        if subject is not None and subject > found.token:
            members = self.without_circumstances(members)
        source = sources.spans(self.text, self.sentence, members)
        act = found.act(sort)
        return Attribution(
            content,
            self.cue(cue),
            source,
            self.number,
            found.token,
            found.lemma,
            act,
            score=score,
            evidence=evidence,
        )

    def without_circumstances(self, members: list[int]) -> list[int]:
        """Return an inverted subject without what says where or to whom: « a dit le maire sur Volubil »."""
        for k, j in enumerate(members[1:], 1):
            word = clauses.folded(self.sentence, j)
            outlet = j + 1 < len(self.tokens) and self.tokens[j + 1].entity in {"ORG", "MISC"}
            if word in self.language.frames.circumstances or (
                word in self.language.frames.towards and outlet
            ):
                return members[:k]
        return members

    def cue(self, place: tuple[int, int]) -> Spans:
        """Return the span of a cue from its first token to its last."""
        return (trim(self.text, cues.span(self.sentence, *place), OUTER),)

    def spans(self, indices: range | list[int]) -> Spans:
        """Return the spans of the tokens, one for each run without a gap, marks and punctuation trimmed."""
        runs: list[list[int]] = []
        for j in indices:
            if runs and runs[-1][1] == j - 1:
                runs[-1][1] = j
            else:
                runs.append([j, j])
        cut = (tidy(self.reading, (self.tokens[a].start, self.tokens[b].end)) for a, b in runs)
        return tuple(span for span in cut if re.search(r"\w", self.text[span[0] : span[1]]))

    def quotations_in(self, first: int, last: int) -> Spans:
        """Return the insides of the quotations between two tokens."""
        start, end = self.tokens[first].start, self.tokens[last].end
        inside = (q for q in self.reading.quoted((start, end)) if start <= q.inner[0] and q.inner[1] <= end)
        return tuple(dict.fromkeys(trim(self.text, q.inner, OUTER) for q in inside))

    def breaks(self) -> list[int]:
        """Return where coordinated clauses begin that have a cue and a subject: ", et elle ajoute"."""
        result = []
        for cue in self.cues:
            before = [s for s in self.sentence.find(cue.token, "nsubj") if s < cue.token]
            if self.tokens[cue.token].pos in VERBAL and before:
                start = sources.phrase(self.sentence, before[0], cue.token)[0]
                if start and self.tokens[start - 1].pos == "CCONJ":
                    result.append(start - 1)
        return result

    def before_participle(self, first: int, last: int) -> int:
        """Return the last token before another cue's participle: « durerait un mois, dénonçant »."""
        for j in (cue.token for cue in self.cues):
            participle = self.tokens[j].has("Tense=Pres") and self.tokens[j].has("VerbForm=Part")
            if first + 1 < j <= last and participle and self.tokens[j - 1].text == ",":
                return j - 2
        return last

    def refuses_to_say(self, cue: Found, first: int) -> bool:
        """Return whether what is refused is saying itself: « refuse de dire si » denies no content."""
        said = [c for c in self.cues if c.token == first and c.takes("clause") and not c.act()]
        return cue.act("infinitive") == "deny" and bool(said)

    def refusal(self, cue: Found, first: int) -> int:
        """Return where a cue begins with the refusal that governs it: « refuse de dire »."""
        for other in self.cues:
            if other.token < first <= other.token + 3 and self.refuses_to_say(other, cue.token):
                return self.lexicon.verb_span(self.sentence, other)[0]
        return first

    # --- questions ---

    def worded(self, first: int, end: int) -> bool:
        """Return whether there is a word or a quotation between two tokens."""
        return any(t.stand_in or t.pos != "PUNCT" for t in self.tokens[first:end])

    def only_quotations(self, start: int, end: int) -> bool:
        """Return whether the tokens are stand-ins but for marks and at most two words (« Puis, « … » »).

        More words may lead in one that begins as a sentence does: "On Volubil, “Is this peace?” asks Orsk".
        """
        tokens = self.tokens[start:end]
        words = [t for t in tokens if not t.stand_in and t.pos != "PUNCT"]
        stand_ins = [t for t in tokens if t.stand_in]
        if not stand_ins or len(words) <= 2:
            return bool(stand_ins)
        led = words[-1].start < stand_ins[0].start and self.text[stand_ins[0].start].isupper()
        return led and not any(t.has("VerbForm=Fin") for t in words)

    def can_be_said(self, tokens: list[Token]) -> bool:
        """Return whether the tokens hold a finite verb or a quotation: "On Monday, she said" reports none."""
        quoted = len(tokens) > 3 and any(t.text in MARKS for t in tokens)
        headline = self.tokens[-1].pos != "PUNCT" and any(t.pos == "VERB" for t in tokens)
        return quoted or headline or any(t.stand_in or t.has("VerbForm=Fin") for t in tokens)

    def own_voice(self, i: int) -> bool:
        """Return whether a token inside a quotation means its speaker: "I think" reports nobody else."""
        token = self.tokens[i]
        # the French model leaves out the person of some clitics
        first = token.has("Person=1") or clauses.folded(self.sentence, i) in self.language.frames.first_person
        return self.inside is not None and token.pos in {"PRON", "DET"} and first

    def shared_subject(self, i: int) -> int | None:
        """Return the subject that a participle shares with the cue before it, wherever the parser hangs it.

        A present participle has that of an interposed clause right before it: « a dit X, précisant que ». A
        past one without auxiliary has that of the cue that has one: « a salué les élus et promis de ».
        """
        token = self.tokens[i]
        if token.has("Tense=Pres"):
            before = [c for c in self.clauses if c.last < i <= c.last + 3]
            return before[-1].subject if before else None
        if not bare_participle(self.sentence, i) or self.tokens[i - 1].pos != "CCONJ":
            return None
        for cue in reversed(self.cues):
            full = cue.token < i and self.tokens[cue.token].has("Tense=Past")
            if (
                full
                and self.sentence.find(cue.token, "aux")
                and not self.sentence.find(cue.token, "aux:pass")
            ):
                return sources.governor(self.sentence, cue.token, self.language)
        return None

    def subject_beside(self, cue: Found, last: int, quotation: int) -> int | None:
        """Return the subject of the cue of a quotation: its own, or the noun phrase behind it."""
        if self.tokens[cue.token].pos not in VERBAL:
            return nominal.owner(self.sentence, cue.token, self.language)
        shared = self.shared_subject(cue.token)
        if shared is not None:
            return shared
        subject = sources.governor(self.sentence, cue.token, self.language)
        if subject is not None and not self.tokens[subject].stand_in:
            return subject
        return sources.inverted(self.sentence, last) if quotation < cue.token else None

    def cue_before(self, quotation: int) -> Found | None:
        """Return the cue that leads a quotation: the last one before it, with no other quotation between.

        A noun leads one only with a colon: "a message: …".
        """
        for cue in reversed(self.cues):
            if quotation - WINDOW <= cue.token < quotation:
                between = self.tokens[cue.token + 1 : quotation]
                if any(t.stand_in for t in between):
                    return None
                if self.tokens[cue.token].pos in VERBAL or any(t.text == ":" for t in between):
                    return self.governing(cue)
        verbs = [j for j in range(max(0, quotation - WINDOW), quotation) if self.tokens[j].pos == "VERB"]
        colon = any(t.text == ":" for t in self.tokens[max(0, quotation - 2) : quotation])
        return Found(verbs[-1], (), (), self.tokens[verbs[-1]].lemma) if verbs and colon else None

    def governing(self, cue: Found) -> Found:
        """Return the verbal cue that a nominal one hangs on, else the cue: « a tenu ces propos : »."""
        above = self.tokens[cue.token].head
        verbal = self.tokens[above].pos in VERBAL and self.tokens[cue.token].pos not in VERBAL
        return next((other for other in self.cues if verbal and other.token == above), cue)

    def cue_after(self, quotation: int) -> Found | None:
        """Return the cue that follows a quotation in its own clause, in the lexicon or not."""
        for cue in self.cues:
            if quotation < cue.token <= quotation + WINDOW and self.tokens[cue.token].pos in VERBAL:
                between = self.tokens[quotation + 1 : cue.token]
                if not any(t.stand_in or t.text in {":", ";"} for t in between):
                    return cue
        return self.unlisted(quotation)

    def unlisted(self, quotation: int) -> Found | None:
        """Return a verb that the lexicon lacks but that stands as a cue does: « … », sourit Mme Orsk.

        It follows the quotation with nothing but a pronoun before it, and its subject beside it.
        """
        for j in range(quotation + 1, min(quotation + 8, len(self.tokens))):
            token = self.tokens[j]
            if token.stand_in:
                return None
            if token.pos == "VERB":
                cue = Found(j, (), (), token.lemma)
                other = [
                    t for t in self.tokens[quotation + 1 : j] if t.pos not in {"PUNCT", "AUX", "PRON", "ADV"}
                ]
                last = self.lexicon.verb_span(self.sentence, cue)[1]
                clitic = any(t.text.startswith("-") for t in self.tokens[j : last + 1])
                own = any(quotation < s < j for s in self.sentence.find(j, "nsubj"))
                fits = clitic or own or sources.inverted(self.sentence, last) is not None
                return cue if fits and not other else None
        return None


def bare_participle(sentence: Sentence, i: int) -> bool:
    """Return whether a token is a past participle without an auxiliary of its own."""
    token = sentence.tokens[i]
    past = token.has("VerbForm=Part") and token.has("Tense=Past")
    return i > 0 and past and not sentence.find(i, "aux", "cop")
