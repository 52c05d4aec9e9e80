"""Which mentions are one: names by spelling, bearers of one name by roles, last names by what fits.

Nothing here depends on the order of the mentions: each step looks at all that the former one left.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from onrecord.linking import bodies, names
from onrecord.linking.mentions import Mention
from onrecord.linking.parts import Parts
from onrecord.linking.roles import Roles, gather
from onrecord.linking.scores import Score
from onrecord.linking.sounds import skeletons

# What a full name alone is worth: namesakes exist. Chosen by hand, as are the shares below; scores rank and
# explain, whether two are one is decided by the rules.
_NAMESAKES = 0.95
# Shares of the doubt that further evidence takes away.
_ROLES_AGREE, _SAME_COMPANY, _ONLY_ONE, _SAME_ARTICLE = 0.5, 0.3, 0.4, 0.6
# A last name alone lives as long as its story: so many days apart two articles may be. Source: without this
# bound 3 of 12 links by last name over ../shared/gold/de-wikinews, 2005 to 2021, are false.
_STORY = 31
# Of more names than this that share a key, as bodies with "international" do, only closer ones are compared.
_CROWD = 200
# So many of a name's bearers make the one of whom the others speak too, unless something tells.
_NEARLY_ALL = 0.8


class Cluster(msgspec.Struct, frozen=True):
    """Mentions that are one speaker: the anchor, and each member with its score against the anchor."""

    anchor: Mention
    members: tuple[tuple[Mention, Score], ...]


class Clusters(msgspec.Struct, frozen=True):
    """All clusters, and the pairs that only look like one, each with the reason why not."""

    clusters: tuple[Cluster, ...]
    apart: tuple[tuple[Mention, Mention, Score], ...]


class _Group:
    """Mentions that are one so far, with what they tell together."""

    def __init__(self, members: Iterable[Mention]) -> None:
        self.members: list[Mention] = []
        self.joined: dict[str, Score] = {}
        self.profiles: set[tuple[frozenset[str], frozenset[str]]] = set()
        self.company: set[str] = set()
        self.articles: set[str] = set()
        for member in members:
            self.add(member)

    def add(self, member: Mention, score: Score | None = None) -> None:
        self.members.append(member)
        self.profiles.add(_profile(member.roles))
        self.company |= member.company
        self.articles.add(member.article_id)
        if score:
            self.joined[member.key] = score

    def conflict(self, roles: Roles, company: frozenset[str]) -> str:
        """Return why a bearer of these roles can't be this one; another country may be where both work."""
        for countries, fields in sorted(self.profiles, key=_order):
            reason = Roles((), countries, fields).conflict(roles)
            if reason and (
                countries & roles.countries or (fields and roles.fields) or not company & self.company
            ):
                return reason
        return ""

    def agree(self, roles: Roles) -> str:
        """Return in what most roles agree, or ""."""
        agreed = (Roles((), *profile).agree(roles) for profile in self.profiles)
        return max(agreed, key=lambda reason: (len(reason), reason), default="")

    def near(self, mention: Mention) -> bool:
        """Say whether one of these is known to be of the same weeks as a mention."""
        return any(_near(mention, member) for member in self.members)


def cluster(mentions: Sequence[Mention]) -> Clusters:
    """Return the clusters of the mentions, sorted by anchor; who is never linked is a cluster of one."""
    apart: list[tuple[Mention, Mention, Score]] = []
    full = [m for m in mentions if m.sort == "person" and not m.partial]
    groups = [group for bearers in _spellings(full, apart) for group in _bearers(bearers, apart)]
    groups += _last_names([m for m in mentions if m.partial], groups)
    groups += map(_Group, _spellings([m for m in mentions if m.sort == "body"], apart))
    groups += (_Group([m]) for m in mentions if not m.sort)
    clusters = sorted(map(_explain, groups), key=lambda one: one.anchor.key)
    return Clusters(tuple(clusters), tuple(sorted(apart, key=lambda pair: (pair[0].key, pair[1].key))))


def _compare(a: Mention, b: Mention) -> Score:
    return _compare_names(a.name, b.name, a.sort)


def _compare_names(a: str, b: str, sort: str) -> Score:
    return names.compare(a, b, "person" if sort == "person" else "organisation")


def _profile(roles: Roles) -> tuple[frozenset[str], frozenset[str]]:
    return roles.countries, roles.fields


def _order(profile: tuple[frozenset[str], frozenset[str]]) -> tuple[list[str], list[str]]:
    return sorted(profile[0]), sorted(profile[1])


def _near(a: Mention, b: Mention) -> bool:
    if a.days is None or b.days is None:
        return False
    return max((b.days[0] - a.days[1]).days, (a.days[0] - b.days[1]).days) <= _STORY


# --- names by spelling


def _spellings(
    mentions: Sequence[Mention], apart: list[tuple[Mention, Mention, Score]]
) -> Iterator[list[Mention]]:
    """Yield the mentions of each name in all its spellings.

    No two names of one yield differ for sure, so that a short form can't chain two long ones; persons' names
    that differ in spelling and stand in one article are two.
    """
    bearers: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        bearers[mention.name].append(mention)
    sorts = {name: theirs[0].sort for name, theirs in bearers.items()}
    scores = {(a, b): _compare_names(a, b, sorts[a]) for a, b in _neighbours(sorts)}
    edges = {pair: score for pair, score in scores.items() if score.value >= names.SAME}
    parts = Parts(sorted(bearers))
    for (a, b), score in sorted(edges.items()):
        both = {m.article_id for m in bearers[a]} & {m.article_id for m in bearers[b]}
        if both and sorts[a] == "person" and score.value < 1:
            parts.part(a, b)
            apart.append(_together(bearers[a], bearers[b], min(both)))
    for (a, b), _ in sorted(edges.items(), key=lambda edge: (-edge[1].value, edge[0])):
        if not _forked(a, b, edges, sorts[a]) and _agreed(parts, a, b, sorts[a]):
            parts.unite(a, b)
    for group in parts.groups():
        yield [mention for name in group for mention in bearers[name]]


def _neighbours(sorts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that share a key, sorted; of a crowd only those that sound alike whole."""
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(sorts):
        for key in names.keys(name) if sorts[name] == "person" else bodies.keys(name):
            blocks[(key,)].append(name)
    for crowded in [keys for keys, block in blocks.items() if len(block) > _CROWD]:
        for name in blocks.pop(crowded):
            blocks[(*crowded, *(skeletons(word)[0] for word in name.split()))].append(name)
    yield from sorted({pair for block in blocks.values() for pair in itertools.combinations(block, 2)})


def _together(
    ones: Sequence[Mention], others: Sequence[Mention], article: str
) -> tuple[Mention, Mention, Score]:
    a, b = (min((m for m in side if m.article_id == article), key=lambda m: m.key) for side in (ones, others))
    return a, b, Score(_NAMESAKES, ("both names stand in one article",))


def _forked(a: str, b: str, edges: Mapping[tuple[str, str], Score], sort: str) -> bool:
    """Say whether a name fits two that differ: "Jan Orlik" with "Jan Maria Orlik" and "Jan Emil Orlik"."""
    for short, long in ((a, b), (b, a)):
        if edges[a, b].value == 1 or len(short) >= len(long):
            continue
        rivals = (other for pair in edges if short in pair for other in pair if other not in (short, long))
        if any(_compare_names(long, rival, sort).value < names.PARTIAL for rival in rivals):
            return True
    return False


def _agreed(parts: Parts, a: str, b: str, sort: str) -> bool:
    pairs = itertools.product(parts.members[parts.group[a]], parts.members[parts.group[b]])
    return all(_compare_names(x, y, sort).value >= names.PARTIAL for x, y in pairs)


# --- bearers of one name by their roles


def _bearers(mentions: Sequence[Mention], apart: list[tuple[Mention, Mention, Score]]) -> list[_Group]:
    """Return the bearers of one name: as few as the roles allow; the best known roles come first."""
    profiles: dict[tuple[frozenset[str], frozenset[str]], list[Mention]] = defaultdict(list)
    for mention in mentions:
        profiles[_profile(mention.roles)].append(mention)
    silent = profiles.pop((frozenset(), frozenset()), [])
    groups: list[_Group] = []
    for profile, theirs in sorted(
        profiles.items(), key=lambda row: (-bool(row[0][0]) - bool(row[0][1]), -len(row[1]), _order(row[0]))
    ):
        roles, company = Roles((), *profile), frozenset(name for m in theirs for name in m.company)
        fitting = [group for group in groups if not group.conflict(roles, company)]
        _settle(theirs, fitting, groups)
    for a, b in itertools.combinations(groups, 2):
        one, other = _anchor(a.members), _anchor(b.members)
        reason = one.roles.conflict(other.roles) or "the roles conflict"
        apart.append((one, other, Score(_NAMESAKES, ("the same name", reason))))
    known = list(groups)
    if len(known) > 1:
        for mention in silent:
            _settle([mention], known, groups)
    elif silent:
        _settle(silent, known, groups)
    return groups


def _settle(mentions: Sequence[Mention], fitting: Sequence[_Group], groups: list[_Group]) -> None:
    """Put mentions to the one group that they fit, of several to the likeliest, or else to a new one."""
    chosen = fitting[0] if len(fitting) == 1 else _likeliest(mentions, fitting)
    if chosen is None:
        groups.append(_Group(mentions))
        return
    for mention in mentions:
        chosen.add(mention)


def _likeliest(mentions: Sequence[Mention], fitting: Sequence[_Group]) -> _Group | None:
    company = {name for mention in mentions for name in mention.company}
    known = [group for group in fitting if group.company & company]
    if len(known) == 1:
        return known[0]
    total = sum(len(group.members) for group in fitting)
    most = [group for group in fitting if len(group.members) >= _NEARLY_ALL * total]
    return most[0] if most else None


# --- last names by what fits


def _last_names(mentions: Sequence[Mention], groups: Sequence[_Group]) -> list[_Group]:
    """Put each partial name to the one full name that it fits; return groups of those that are left."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for key in sorted({key for name in {m.name for m in group.members} for key in names.keys(name)}):
            by_key[key].append(number)
    placed: list[tuple[_Group, Mention, Score]] = []
    left: list[Mention] = []
    for mention in mentions:
        near = sorted({number for key in names.keys(mention.name) for number in by_key[key]})
        chosen = _fitting(mention, [groups[number] for number in near])
        if chosen:
            placed.append((chosen[0], mention, chosen[1]))
        else:
            left.append(mention)
    for group, mention, score in placed:
        group.add(mention, score)
    return _strangers(left)


def _fitting(mention: Mention, near: Sequence[_Group]) -> tuple[_Group, Score] | None:
    """Return the one group that a partial name fits, and how well, or None.

    Who stands in the same article is meant; of several nobody is.
    """
    fitting: list[tuple[_Group, Score]] = []
    for group in near:
        scores = {
            name: _compare_names(mention.name, name, "person") for name in {m.name for m in group.members}
        }
        score = max(scores.values(), key=lambda score: (score.value, score.reasons))
        if score.value >= names.PARTIAL and not group.conflict(mention.roles, mention.company):
            fitting.append((group, score))
    here = [row for row in fitting if mention.article_id in row[0].articles]
    if len(here) == 1:
        return here[0][0], here[0][1].strengthened(
            _SAME_ARTICLE, "no other of the name stands in the article"
        )
    known = [row for row in fitting if _supported(mention, row[0])]
    close = [row for row in fitting if row in known or row[0].near(mention)]
    if here or not (len(close) == 1 or len(known) == 1):
        return None
    group, score = close[0] if len(close) == 1 else known[0]
    return group, score.strengthened(_ONLY_ONE, "no other of the name fits")


def _supported(mention: Mention, group: _Group) -> bool:
    """Say whether more than the last name speaks for it: company, roles, or the full name in the text."""
    full = {member.name for member in group.members if not member.partial}
    return bool(
        group.company & mention.company
        or group.agree(mention.roles)
        or any(names.compare(a, b, "person").value >= names.SAME for a in mention.fuller for b in full)
    )


def _strangers(mentions: Sequence[Mention]) -> list[_Group]:
    """Return groups of partial names that no full name fits: one story and one role or company make one."""
    known = {mention.key: mention for mention in mentions}
    blocks: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for key in names.keys(mention.name):
            blocks[key].append(mention)
    parts = Parts(sorted(known))
    links: dict[tuple[str, str], Score] = {}
    for a, b in itertools.chain.from_iterable(map(_close, blocks.values())):
        score = _compare(a, b)
        if score.value < names.PARTIAL:
            continue
        if a.article_id == b.article_id or a.roles.conflict(b.roles):
            parts.part(a.key, b.key)
        elif a.company & b.company or a.roles.agree(b.roles):
            links[min(a.key, b.key), max(a.key, b.key)] = score
    for pair, _ in sorted(links.items(), key=lambda link: (-link[1].value, link[0])):
        parts.unite(*pair)
    return [_Group(known[key] for key in group) for group in parts.groups()]


def _close(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the pairs that are known to be of the same weeks."""
    dated = sorted((m.days, m.key, m) for m in mentions if m.days is not None)
    for number, (days, _, one) in enumerate(dated):
        for later, _, other in itertools.islice(dated, number + 1, None):
            if (later[0] - days[1]).days > _STORY:
                break
            yield one, other


# --- explaining


def _anchor(mentions: Iterable[Mention]) -> Mention:
    """Return the mention to which the others are linked: a full name, the earliest."""
    return min(
        mentions, key=lambda m: (m.partial, m.days is None, m.days[0].isoformat() if m.days else "", m.key)
    )


def _explain(group: _Group) -> Cluster:
    anchor = _anchor(group.members)
    members = sorted(group.members, key=lambda m: m.key)
    return Cluster(anchor, tuple((member, _score(anchor, member, group)) for member in members))


def _score(anchor: Mention, member: Mention, group: _Group) -> Score:
    score = group.joined.get(member.key) or _compare(anchor, member)
    if not member.partial and score.value < names.SAME:
        score = Score(names.SAME, ("by way of another spelling",))
    if member.sort == "person":
        score = Score(round(score.value * _NAMESAKES, 4), score.reasons)
        agreed = gather(anchor.roles.phrases).agree(member.roles)
        if agreed:
            score = score.strengthened(_ROLES_AGREE, agreed)
        if anchor.company & member.company:
            score = score.strengthened(_SAME_COMPANY, "others speak beside both")
    return score
