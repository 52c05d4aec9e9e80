"""What is right in one article, counted: the sums over articles are what figures are made of.

A count is ``(hits, found, gold)``: how many agree, how many a program found, how many the gold has. Its key
says of what:

- ``statement/0.5``, ``statement/0.8``: contents, one to one, that share so much (intersection over union);
- ``exact/content``, ``cue``, ``source``: identical contents and mentions, each counted once;
- ``match/...``: of statements that match at 0.5: whether the ``source`` overlaps, the ``speaker``'s name,
  ``form``, ``act`` and ``negated`` agree, and ``addressee``, ``channel``, ``time`` and ``relay`` overlap by
  half (where there is a choice to have none, found and gold differ); ``match/act/threaten`` one act;
- ``form/direct``, ``act/threaten``: statements of one form or act that match at 0.5 and are called so.

A gold statement that is a bare noun phrase counts where it is found, and is not missed where it isn't.
Source: gold/GUIDE.md, decision 6.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onrecord.evaluation.gold import Marked, Sample
from onrecord.evaluation.matching import Characters, characters, content, match, pairs, same_name

HALF = 0.5
THRESHOLDS = (HALF, 0.8)
OPTIONAL = ("addressee", "channel", "time", "relay")

Counts = dict[str, tuple[int, int, int]]


class Tally:
    """Counts in the making."""

    def __init__(self, roles: Collection[str] | None) -> None:
        self.roles = roles
        self.counts: Counts = {}

    def add(self, key: str, hits: int, found: int, gold: int) -> None:
        """Add to a count, unless the corpus hasn't annotated what it is of."""
        group, _, name = key.partition("/")
        role = group if group in {"form", "act"} else name.split("/")[0]
        if group == "statement" or self.roles is None or role in self.roles:
            before = self.counts.get(key, (0, 0, 0))
            self.counts[key] = before[0] + hits, before[1] + found, before[2] + gold


def count(article: Sample, found: Sequence[Marked]) -> Counts:
    """Return the counts of one article of the gold, of which ``found`` was found."""
    text, gold = article.text or "", article.statements
    tally = Tally(article.roles)
    gold_contents = [content(text, s.content) for s in gold]
    contents = [content(text, s.content) for s in found]
    ranked = pairs(gold_contents, contents)
    for least in THRESHOLDS:
        matched = match(ranked, least)
        due = [i for i in range(len(gold)) if not gold[i].np or i in {i for i, _ in matched}]
        tally.add(f"statement/{least}", len(matched), len(found), len(due))
        if least == HALF:
            count_sorts(tally, matched, [gold[i] for i in due], gold, found)
            for i, j in matched:
                count_match(tally, text, gold[i], found[j])
    exact(tally, "content", gold_contents, contents)
    for role in ("cue", "source"):
        exact(tally, role, *([characters(text, getattr(s, role)) for s in side] for side in (gold, found)))
    return tally.counts


def count_sorts(
    tally: Tally,
    matched: Sequence[tuple[int, int]],
    due: Sequence[Marked],
    gold: Sequence[Marked],
    found: Sequence[Marked],
) -> None:
    """Count statements by form and act: those due, those found, and those that match and agree."""
    for group in ("form", "act"):
        for statement in due:
            tally.add(f"{group}/{getattr(statement, group)}", 0, 0, 1)
        for statement in found:
            tally.add(f"{group}/{getattr(statement, group)}", 0, 1, 0)
        for i, j in matched:
            agrees = getattr(gold[i], group) == getattr(found[j], group)
            tally.add(f"{group}/{getattr(gold[i], group)}", agrees, 0, 0)


def exact(tally: Tally, role: str, gold: Sequence[Characters], found: Sequence[Characters]) -> None:
    """Count identical mentions, however many statements share them."""
    wanted, had = set(gold) - {frozenset()}, set(found) - {frozenset()}
    tally.add(f"exact/{role}", len(wanted & had), len(had), len(wanted))


def count_match(tally: Tally, text: str, gold: Marked, found: Marked) -> None:
    """Count what agrees in a match."""
    for role, agrees in verdicts(text, gold, found).items():
        tally.add(f"match/{role}", agrees, 1, 1)
    if gold.act:
        tally.add(f"match/act/{found.act}", 0, 1, 0)
        tally.add(f"match/act/{gold.act}", gold.act == found.act, 0, 1)
    for role in OPTIONAL:
        wanted, had = (characters(text, getattr(side, role)) for side in (gold, found))
        hit = bool(wanted and had) and len(wanted & had) >= HALF * len(wanted | had)
        tally.add(f"match/{role}", hit, bool(had), bool(wanted))


def verdicts(text: str, gold: Marked, found: Marked) -> dict[str, bool]:
    """Return, for what the gold says of a matched statement, whether what was found agrees."""
    result: dict[str, bool] = {}
    if source := characters(text, gold.source):
        result["source"] = bool(source & characters(text, found.source))
    if gold.speaker:
        result["speaker"] = same_name(gold.speaker, found.speaker)
    if gold.form:
        result["form"] = gold.form == found.form
    if gold.act:
        result["act"] = gold.act == found.act
    if gold.negated is not None and (gold.negated or found.negated):
        result["negated"] = gold.negated == bool(found.negated)
    return result
