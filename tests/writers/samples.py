"""Records made by hand: two invented stories, told by invented outlets in French, English and Arabic."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any, NamedTuple

from onrecord.comparison import compare
from onrecord.records import (
    Article,
    Comparison,
    Furniture,
    Span,
    Spans,
    Speaker,
    Statement,
    Utterance,
    digest,
    mention,
)

THURSDAYS = "[2023-01-05,2023-01-12,2023-01-19,2023-01-26]"
"""A Thursday of January 2023."""


class Record(NamedTuple):
    """Everything a report is made of."""

    articles: list[Article]
    statements: list[Statement]
    speakers: list[Speaker]
    utterances: list[Utterance]
    comparisons: tuple[Comparison, ...] = ()

    @property
    def coverage(self) -> list[tuple[Article, list[Statement]]]:
        """The articles, each with its statements."""
        return [(a, [s for s in self.statements if s.article_id == a.id]) for a in self.articles]


def spans(article: Article, *pieces: str) -> Spans:
    """Return where the pieces stand, each looked for behind the one before."""
    found = []
    at = 0
    for piece in pieces:
        start = article.text.index(piece, at)
        at = start + len(piece)
        found.append((start, at))
    return tuple(found)


def statement(article: Article, *content: str, **fields: Any) -> Statement:
    """Return a statement of the article; roles are given as the words they stand in."""
    roles = ("cue", "source", "addressee", "channel", "time", "relay")
    values = {"form": "direct", "speaker_kind": "person", "score": 0.9, **fields}
    where = spans(article, *content)
    for role in roles:
        if role in values:
            values[role] = (nearest(article, values[role], where[0][0]),)
    return Statement(article_id=article.id, by="onrecord 0", content=where, **values)


def nearest(article: Article, words: str, place: int) -> Span:
    """Return where the words stand, nearest to a place."""
    starts = [m.start() for m in re.finditer(re.escape(words), article.text)]
    start = min(starts, key=lambda s: abs(s - place))
    return start, start + len(words)


def speakers_of(statements: list[Statement], names: dict[str, tuple[str, ...]]) -> list[Speaker]:
    """Return the speakers: ``names`` maps a name to its other spellings."""
    found = []
    for name, others in names.items():
        own = [s for s in statements if s.speaker in (name, *others)]
        found.append(
            Speaker(
                id=digest("speaker", name),
                name=name,
                kind=own[0].speaker_kind,
                names=(name, *others),
                roles=ROLES.get(name, ()),
                mentions=tuple(mention(s.article_id, s.speaker) for s in own),
                statements=tuple(s.id for s in own),
            )
        )
    return found


ROLES = {
    "Irène Castaing": ("ministre de l’Eau de la Valdrie", "the water minister"),
    "Pavel Zorin": ("gouverneur de la province d’Ostrava-le-Haut",),
}

COURRIER = Article(
    name="courrier-lac-vert",
    language="fr",
    title="Barrage du Lac-Vert : la ministre avertit les riverains",
    outlet="Le Courrier de Valmont",
    url="https://courrier-valmont.example/2023/01/23/lac-vert",
    published="2023-01-23T11:36:09Z",
    text=(
        "Barrage du Lac-Vert : la ministre avertit les riverains\n"
        "Publié le 23 janvier 2023 à 12h36\n\n"
        "La ministre de l’Eau de la Valdrie, Irène Castaing, a averti dimanche les communes de la vallée "
        "que le barrage du Lac-Vert serait vidé « avant l’été, avec ou sans leur accord ».\n\n"
        "« Nous ne jouerons pas avec la vie des gens », a déclaré la ministre dans un message sur Murmure. "
        "« Le mur a quarante ans. Il ne tiendra pas un hiver de plus », a-t-elle ajouté.\n\n"
        "À LIRE AUSSI : LE PRIX DU PAIN AUGMENTE ENCORE À VALMONT\n\n"
        "Le gouverneur Pavel Zorin n’a pas exclu que la province saisisse la justice. « Madame Castaing "
        "nous a dit : “Vous aurez votre mot à dire.” Nous attendons toujours », a-t-il répondu à "
        "Radio Crête.\n\n"
        "Selon deux ingénieurs du chantier, qui ont demandé à ne pas être nommés, les capteurs du mur ne "
        "fonctionnent plus depuis novembre."
    ),
    furniture=(
        Furniture(start=0, end=55, kind="title"),
        Furniture(start=56, end=89, kind="dateline"),
        Furniture(start=449, end=505, kind="headline"),
    ),
)
HERALD = Article(
    name="herald-dam",
    language="en",
    title="Valdria to drain ageing dam ‘with or without’ consent of valley",
    outlet="The Northmoor Herald",
    url="https://northmoor-herald.example/world/dam",
    published="2023-01-24",
    text=(
        "Valdria’s water minister, Irene Castaing, warned the valley’s towns on Sunday that the Green Lake "
        "dam would be drained before the summer, “with or without their consent”.\n\n"
        "“We will not gamble with people’s lives,” Ms Castaing wrote on the Murmur network. “The wall”, she "
        "added, “will not stand another winter.”\n\n"
        "The governor, Pavel Zorin, told Crest Radio that the province might go to court. His office did "
        "not reply to questions on Tuesday.\n\n"
        "Farmers’ groups demanded that the government pay for lost harvests. “Who will give us back the "
        "water?” asked Odile Brandt, who grows pears at Hautecombe."
    ),
)
MONTH = Article(
    name="depeche-lac",
    language="fr",
    title="Le Lac-Vert divise la Valdrie",
    outlet="La Dépêche des Crêtes",
    published="2023-01",
    text=(
        "Irène Castaing a promis jeudi aux maires de la vallée une aide de trois cents millions de "
        "couronnes.\n\n"
        "“Personne ne paiera seul”, a-t-elle assuré lors d’une visioconférence à Hautecombe, a rapporté "
        "l’Agence des Crêtes. Le maire de Brume, Lucas Ferrand, a salué “un premier pas”.\n\n"
        "Le parti des Rives accuse le gouvernement d’avoir caché le rapport des experts pendant deux ans. "
        "Le gouvernement dément."
    ),
)
TRANSLATED = Article(
    name="portal-dam",
    language="en",
    title="Minister: wall will stand",
    outlet="",
    url="https://www.quick-portal.example/a?id=77",
    published="2023-01-25",
    text=(
        "Irène Castaing: “The wall will stand another winter.” The minister has written this in a message "
        "of Murmure, according to Le Courrier de Valmont.\n\n"
        "In 2012 she had said that “no dam is for ever”."
    ),
)
ARABIC = Article(
    name="masar-sadd",
    language="ar",
    title="السد القديم",
    outlet="صحيفة المسار",
    url="https://almasar.example/1",
    published="2023-01-24",
    text="قالت إيرين كاستان: «لن نقامر بحياة الناس». وأضافت أن الجدار «لن يصمد شتاء آخر» (Murmure).",
)
FERRY = Article(
    name="herald-ferry",
    language="en",
    title="Ferry strike called off on Isle of Tarn",
    outlet="The Northmoor Herald",
    url="https://northmoor-herald.example/tarn/ferry",
    published="2023-01-09",
    text=(
        "The ferry crews of Tarn will end their strike on Friday, their union announced in a statement. "
        "“We got the roster we asked for, and we thank the passengers for their patience,” said its "
        "secretary, Moira Kell.\n\n"
        "The harbour authority denied that it had threatened crews with dismissal. It believes that "
        "timetables will be normal by Sunday, an official said. “It was never about money,” "
        "the official added."
    ),
)


def _statements() -> list[Statement]:
    castaing = {"speaker": "Irène Castaing"}
    irene = {"speaker": "Irene Castaing"}
    zorin = {"speaker": "Pavel Zorin"}
    return [
        statement(
            COURRIER,
            "le barrage du Lac-Vert serait vidé « avant l’été, avec ou sans leur accord »",
            form="mixed", cue="a averti", source="La ministre de l’Eau de la Valdrie, Irène Castaing",
            addressee="les communes de la vallée", time="dimanche", said="2023-01-22", act="threaten",
            evidence="cue: avertir", **castaing,
        ),
        statement(
            COURRIER, "Nous ne jouerons pas avec la vie des gens",
            cue="a déclaré", source="la ministre", channel="dans un message sur Murmure",
            act="promise", score=0.97, **castaing,
        ),
        statement(
            COURRIER, "Le mur a quarante ans. Il ne tiendra pas un hiver de plus",
            cue="a-t-elle ajouté", source="elle", channel="dans un message sur Murmure", **castaing,
        ),
        statement(
            COURRIER, "la province saisisse la justice", form="indirect", cue="n’a pas exclu",
            source="Le gouverneur Pavel Zorin", act="deny", negated=True, **zorin,
        ),
        statement(
            COURRIER, "Madame Castaing nous a dit : “Vous aurez votre mot à dire.” Nous attendons toujours",
            cue="a-t-il répondu", source="il", channel="à Radio Crête", act="accuse", **zorin,
        ),
        statement(
            COURRIER, "Vous aurez votre mot à dire.", cue="a dit", source="Madame Castaing",
            addressee="nous", act="promise", nested=True, **castaing,
        ),
        statement(
            COURRIER, "les capteurs du mur ne fonctionnent plus depuis novembre", form="indirect",
            cue="Selon",
            source="deux ingénieurs du chantier, qui ont demandé à ne pas être nommés",
            speaker="deux ingénieurs du chantier", speaker_kind="anonymous", score=0.71,
        ),
        statement(
            HERALD, "the Green Lake dam would be drained before the summer, “with or without their consent”",
            form="mixed", cue="warned", source="Valdria’s water minister, Irene Castaing",
            addressee="the valley’s towns", time="on Sunday", said="2023-01-22", act="threaten", **irene,
        ),
        statement(
            HERALD, "We will not gamble with people’s lives", cue="wrote", source="Ms Castaing",
            channel="on the Murmur network", act="promise", **irene,
        ),
        statement(HERALD, "The wall", "will not stand another winter.", cue="added", source="she", **irene),
        statement(
            HERALD, "the province might go to court", form="indirect", cue="told",
            source="The governor, Pavel Zorin", channel="told Crest Radio", act="threaten", **zorin,
        ),
        statement(
            HERALD, "the government pay for lost harvests", form="indirect", cue="demanded",
            source="Farmers’ groups", speaker="Farmers’ groups", speaker_kind="group", act="demand",
        ),
        statement(
            HERALD, "Who will give us back the water?", cue="asked",
            source="Odile Brandt, who grows pears at Hautecombe", speaker="Odile Brandt", act="ask",
        ),
        statement(
            MONTH, "une aide de trois cents millions de couronnes", form="indirect", cue="a promis",
            source="Irène Castaing", addressee="aux maires de la vallée", time="jeudi", said=THURSDAYS,
            act="promise", **castaing,
        ),
        statement(
            MONTH, "Personne ne paiera seul", cue="a-t-elle assuré", source="elle",
            channel="lors d’une visioconférence à Hautecombe", relay="l’Agence des Crêtes", said=THURSDAYS,
            act="promise", **castaing,
        ),
        statement(
            MONTH, "un premier pas", cue="a salué", source="Le maire de Brume, Lucas Ferrand",
            speaker="Lucas Ferrand", act="praise",
        ),
        statement(
            MONTH, "avoir caché le rapport des experts pendant deux ans", form="indirect", cue="accuse",
            source="Le parti des Rives", speaker="Le parti des Rives", speaker_kind="organisation",
            act="accuse",
        ),
        statement(
            TRANSLATED, "The wall will stand another winter.", cue="has written", source="Irène Castaing",
            channel="in a message of Murmure", relay="Le Courrier de Valmont", score=0.62, **castaing,
        ),
        statement(
            TRANSLATED, "no dam is for ever", cue="had said", source="she",
            time="In 2012", said="2012", **castaing,
        ),
        statement(
            ARABIC, "لن نقامر بحياة الناس", cue="قالت", source="إيرين كاستان", speaker="إيرين كاستان",
        ),
        statement(
            ARABIC, "الجدار «لن يصمد شتاء آخر»", form="mixed", cue="وأضافت", speaker="إيرين كاستان",
        ),
        statement(
            FERRY, "The ferry crews of Tarn will end their strike on Friday", form="indirect",
            cue="announced", source="their union", channel="in a statement", speaker="their union",
            speaker_kind="organisation", act="announce", said="2023-01-08",
        ),
        statement(
            FERRY, "We got the roster we asked for, and we thank the passengers for their patience",
            cue="said", source="its secretary, Moira Kell", speaker="Moira Kell", act="praise",
        ),
        statement(
            FERRY, "it had threatened crews with dismissal", form="indirect", cue="denied",
            source="The harbour authority", speaker="The harbour authority", speaker_kind="organisation",
            act="deny", said="2023-01-06/2023-01-08",
        ),
        statement(
            FERRY, "timetables will be normal by Sunday", form="indirect", cue="believes", source="It",
            speaker="The harbour authority", speaker_kind="organisation", relay="an official", act="think",
        ),
        statement(FERRY, "It was never about money", cue="added", speaker_kind="", act="deny", score=0.4),
    ]  # fmt: skip


def make_record() -> Record:
    """Return the whole record."""
    statements = _statements()
    names: dict[str, tuple[str, ...]] = {
        "Irène Castaing": ("Irene Castaing", "إيرين كاستان"),
        "Pavel Zorin": (),
        "deux ingénieurs du chantier": (),
        "Odile Brandt": (),
        "Farmers’ groups": (),
        "Moira Kell": (),
        "The harbour authority": (),
    }
    groups = ((0, 7), (1, 8, 19), (2, 9, 17, 20), (3, 10))
    utterances = [
        Utterance(id=digest("utterance", str(g)), statements=tuple(statements[i].id for i in g))
        for g in groups
    ]
    articles = [COURRIER, HERALD, MONTH, TRANSLATED, ARABIC, FERRY]
    texts = {article.id: article for article in articles}
    pairs = [pair for g in groups for pair in combinations([statements[i] for i in g], 2)]
    comparisons = tuple(
        compare(a, texts[a.article_id], b, texts[b.article_id])
        for a, b in pairs
        if texts[a.article_id].language == texts[b.article_id].language
    )
    return Record(articles, statements, speakers_of(statements, names), utterances, comparisons)


def linked(record: Record) -> dict[str, Speaker]:
    """Return who each mention of the record is."""
    return {key: speaker for speaker in record.speakers for key in speaker.mentions}
