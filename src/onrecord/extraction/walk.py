"""The way through an article: names, and the pronouns and persons between them, in the order of the text."""

from __future__ import annotations

from onrecord.extraction.descriptions import describe
from onrecord.extraction.figures import Cast, Figure
from onrecord.extraction.focus import NAMELESS, POSSESSIVE, SUBJECT, Focus, Reference
from onrecord.extraction.mentions import Mention
from onrecord.extraction.recognition import recognised, sort
from onrecord.extraction.words import Place, straight
from onrecord.parsers import Token

Event = tuple[int, Mention | None, Figure | None, Place]


def events(cast: Cast) -> list[Event]:
    """Return what is passed in the order of the text: names, and pronouns and persons as subjects."""
    found: list[Event] = [(m.span[0], m, cast.of[n], m.place) for n, m in enumerate(cast.mentions)]
    words = cast.vocabulary
    named = {p for m in cast.mentions for p in cast.index.within(m.span)}
    for s, sentence in enumerate(cast.index.reading.sentences):
        for t, token in enumerate(sentence.tokens):
            subject = token.dep in {"nsubj", "nsubj:pass"}
            if token.stand_in or Place(s, t) in named:
                continue
            if (token.pos == "PRON" and (subject or token.dep in {"obj", "iobj"})) or (
                token.pos == "NOUN" and (subject or words.holds(words.persons, token.text))
            ):
                found.append((token.start, None, None, Place(s, t)))
    found.sort(key=lambda event: event[0])
    return found


class Walk:
    """What stands in an article to be passed, and how far it is passed."""

    def __init__(self, focus: Focus, ahead: list[Event]) -> None:
        self.focus = focus
        self.index = focus.index
        self.vocabulary = focus.vocabulary
        self.cast = focus.cast
        self.ahead = ahead
        self.passed = 0

    def advance(self, offset: int) -> None:
        """Pass everything that stands before an offset."""
        while self.passed < len(self.ahead) and self.ahead[self.passed][0] < offset:
            start, mention, figure, at = self.ahead[self.passed]
            self.passed += 1
            token = self.index.token(at)
            weight = SUBJECT if token.dep in {"nsubj", "nsubj:pass"} else 0.0
            if mention is not None:
                weight = SUBJECT * mention.subject + POSSESSIVE * (mention.possessive or mention.modifier)
            elif token.pos == "PRON":
                figure = self.passing(token)
            else:
                figure = self.passing_noun(at, token)
                nameless = figure is not None and not (figure.named or self.focus.holds_office(figure))
                weight += NAMELESS if nameless else 0.0
            if figure is not None:
                self.focus.trail.append(
                    Reference(start, at.sentence, figure, weight, self.index.quotation(start))
                )

    def passing(self, token: Token) -> Figure | None:
        """Return who a personal pronoun in the text between means."""
        word = straight(token.text).strip("-")
        gender = (
            1.0 if word in self.vocabulary.names.he else -1.0 if word in self.vocabulary.names.she else 0.0
        )
        if not gender and token.dep == "obj" and self.vocabulary.names.elided:
            # « On l'interroge »
            gender = {"le": 1.0, "la": -1.0, "l'": 0.1}.get(word, 0.0)
        if not gender or token.dep.startswith("expl") or self.index.quotation(token.start):
            return None
        return self.focus.choose(token.start, gender, False, False, None)

    def passing_noun(self, at: Place, token: Token) -> Figure | None:
        """Return the figure of a noun that may be spoken of again as "she" or "they"."""
        words = self.vocabulary
        sentence = self.index.reading.sentences[at.sentence]
        apart = [c for c in sentence.children[at.token] if sentence.tokens[c].dep == "acl:relcl"]
        apart += sentence.find(
            at.token, "appos", "conj", "case", "punct", "cop", "parataxis", "cc", "nsubj", "advcl"
        )
        members = [m for m in sentence.subtree(at.token, apart) if m <= at.token + 8]
        low = high = members.index(at.token)
        while low > 0 and members[low - 1] == members[low] - 1:
            low -= 1
        while high + 1 < len(members) and members[high + 1] == members[high] + 1:
            high += 1
        members = members[low : high + 1]
        found = describe(words, sentence, members)
        if found is None:
            return None
        first = straight(sentence.tokens[members[0]].text)
        while len(members) > 1 and straight(sentence.tokens[members[0]].text) in words.definite:
            members = members[1:]
        name = self.index.reading.text[sentence.tokens[members[0]].start : sentence.tokens[members[-1]].end]
        plural = token.has("Number=Plur")
        actor = token.dep.split(":")[0] in {"nsubj", "obj", "iobj"} or token.dep == "obl:agent"
        if plural and not (
            words.human(token.text, token.lemma) or words.holds(words.bodies | words.crowds, token.text)
        ):
            return None
        if not plural and not (
            actor and words.holds(words.persons, token.text) and first in words.determiners
        ):
            return None
        # « sa mère » is somebody else than the mother whom the article named
        related = first in words.possessive and words.holds(words.kin, found.head)
        if not plural and not related and first not in words.indefinite:
            if first in words.demonstrative and self.focus.trail and (shown := self.focus.shown(at)):
                shown.gender += {"m": 2.0, "f": -2.0}.get(found.gender, 0.0)
                return shown
            known = recognised(self.focus, found, token.start)
            if known is not None or words.holds(words.generic, found.head):
                return known
        figure = self.focus.figure(name, sort(words, found, first), found, settled=False)
        figure.plural = plural
        return figure
