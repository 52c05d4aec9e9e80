"""Speakers across articles: which mentions are one person, body or country, and the view of that.

Deciding is pure and looks at a whole record (or at all of it that shares names with what is new): the same
articles give the same decisions in whatever order they come. Precision comes first; what is in doubt stays
apart, and a person can join it.

- Full names of one spelling or its variants are one, unless both stand in one article, or roles conflict.
- A mention whose roles are unknown joins the only bearer of its name; of several, the one in whose company
  it stands, or that nearly all the others are.
- A last name alone or with initials joins a full name where exactly one fits, in its article or else in the
  record, and nothing speaks against it.
- Countries and bodies are one by data, by name or by acronym. Anonymous speakers are never linked.

The work is done in blocks of names that sound alike, never on all pairs.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from onrecord import dates
from onrecord.linking import bodies, decisions, mentions, names
from onrecord.linking.clusters import Cluster, cluster
from onrecord.linking.mentions import Mention
from onrecord.linking.scores import Score
from onrecord.records import Article, Decision, Speaker, Statement, digest, mention


def decide(articles: Iterable[Article], statements: Iterable[Statement], by: str) -> tuple[Decision, ...]:
    """Return which mentions are one speaker, and which only look so, sorted by pair.

    ``by`` is the program with its version, "onrecord 0.1.0". Of a speaker's mentions the earliest full name
    is the anchor, and each other one is linked to it; ``same=False`` is said where the names would do but
    something speaks against it. ``evidence`` holds the reasons, parted by "; ".
    """
    found = cluster(mentions.gather(articles, statements))
    made = itertools.chain(_links(found.clusters, by), _partings(found.apart, by))
    return tuple(sorted(made, key=lambda decision: (decision.a, decision.b)))


def _links(clusters: Iterable[Cluster], by: str) -> Iterable[Decision]:
    for one in clusters:
        for member, score in one.members:
            if member.key != one.anchor.key:
                yield _decision(one.anchor, member, True, score, by)


def _partings(apart: Iterable[tuple[Mention, Mention, Score]], by: str) -> Iterable[Decision]:
    for a, b, score in apart:
        yield _decision(a, b, False, score, by)


def _decision(a: Mention, b: Mention, same: bool, score: Score, by: str) -> Decision:
    first, second = sorted((a.key, b.key))
    evidence = "; ".join(score.reasons)
    return Decision(kind="speaker", a=first, b=second, same=same, by=by, score=score.value, evidence=evidence)


def speakers(
    articles: Iterable[Article], statements: Iterable[Statement], given: Iterable[Decision]
) -> tuple[Speaker, ...]:
    """Return the speakers that follow from the decisions, those with most statements first.

    Every mention is of exactly one speaker; who is anonymous is one of his own in each article. The name is
    the one that most statements give him, a full name before a last name; roles come by frequency.
    """
    known = {article.id: article for article in articles}
    said: dict[str, dict[str, Statement]] = defaultdict(dict)
    for statement in statements:
        if statement.speaker.strip() and statement.article_id in known:
            said[mention(statement.article_id, statement.speaker)][statement.id] = statement
    told = {
        one.key: one
        for one in mentions.gather(known.values(), (s for d in said.values() for s in d.values()))
    }
    force = [decision for decision in decisions.standing(given) if decision.kind == "speaker"]
    groups = decisions.join(said, force)
    views = (_view([told[key] for key in group], said, known) for group in groups)
    return tuple(sorted(views, key=lambda view: (-len(view.statements), view.name, view.id)))


def _view(
    group: Sequence[Mention], said: dict[str, dict[str, Statement]], known: dict[str, Article]
) -> Speaker:
    spellings: Counter[str] = Counter()
    for one in group:
        spellings[one.name] += len(said[one.key])
    ordered = sorted(spellings, key=lambda name: (-spellings[name], name))
    partial = {one.name for one in group if one.partial}
    roles = Counter(phrase for one in group for phrase in one.roles.phrases)
    kinds = Counter(one.kind for one in group)
    theirs = [statement for one in group for statement in said[one.key].values()]
    theirs.sort(key=lambda s: (*_when(s, known[s.article_id]), s.article_id, s.content, s.id))
    return Speaker(
        id=digest("speaker", min(one.key for one in group)),
        name=min(ordered, key=lambda name: (name in partial, -spellings[name], -len(name), name)),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        names=tuple(ordered),
        roles=tuple(sorted(roles, key=lambda phrase: (-roles[phrase], phrase))),
        mentions=tuple(sorted(one.key for one in group)),
        statements=tuple(statement.id for statement in theirs),
    )


def _when(statement: Statement, article: Article) -> tuple[dt.date, dt.date]:
    """Return the first days on which it can have been said and published; what isn't known comes last."""
    published = dates.span(article.published)[0] if dates.valid(article.published) else dt.date.max
    said = dates.span(statement.said)[0] if dates.valid(statement.said) else published
    return said, published


def find(name: str, among: Iterable[Speaker]) -> tuple[tuple[Speaker, Score], ...]:
    """Return the speakers whom a name may mean, the likeliest first, each with its score.

    Any spelling will do, and a last name; who has the most statements comes first among equals.
    """
    found = []
    for speaker in among:
        kind = speaker.kind if speaker.kind == "person" or not bodies.identify(name) else "organisation"
        score = max(
            (names.compare(name, own, kind) for own in speaker.names), key=lambda s: (s.value, s.reasons)
        )
        if score.value >= names.PARTIAL:
            found.append((speaker, score))
    return tuple(sorted(found, key=lambda row: (-row[1].value, -len(row[0].statements), row[0].id)))
