"""Decisions: which of them stand, and what they join and part.

A decision stands unless another one withdraws it; only a person withdraws what a person decided. The record
keeps the order of what was decided, withdrawn and decided again, and gives what is in force. Of the standing
decisions on one pair a person's wins over a program's, then the newer; where that leaves two, "different"
wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.linking.parts import Parts
from onrecord.records import Decision


def personal(decision: Decision) -> bool:
    """Say whether a person made the decision."""
    return decision.by.startswith("person:")


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decision that counts for each pair, sorted by kind and pair."""
    best: dict[tuple[str, str, str], Decision] = {}
    for decision in _unwithdrawn({decision.id: decision for decision in decisions}):
        pair = (decision.kind, min(decision.a, decision.b), max(decision.a, decision.b))
        if not decision.withdraws and (pair not in best or _rank(decision) > _rank(best[pair])):
            best[pair] = decision
    return tuple(best[pair] for pair in sorted(best))


def _unwithdrawn(known: dict[str, Decision]) -> Iterator[Decision]:
    gone = {
        decision.withdraws
        for decision in known.values()
        if decision.withdraws in known and (personal(decision) or not personal(known[decision.withdraws]))
    }
    yield from (decision for key, decision in known.items() if key not in gone)


def _rank(decision: Decision) -> tuple[bool, str, tuple[int, ...], bool, str]:
    version = tuple(int(number) for number in re.findall(r"\d+", decision.by.rpartition(" ")[2]))
    if personal(decision):
        return (True, decision.made, (), not decision.same, decision.id)
    return (False, "", version, not decision.same, decision.id)


def join(nodes: Iterable[str], standing: Iterable[Decision]) -> tuple[tuple[str, ...], ...]:
    """Return what the decisions make one: the connected nodes, each group and the groups sorted.

    The surest decisions join first: a person's, then by score. One that would bring together what a decision
    keeps apart is passed over, so that of a chain between two the weakest link gives way. What a program
    keeps apart, a person can join. Decisions on others than the nodes are ignored.
    """
    parts = Parts(nodes)
    known = [d for d in standing if d.a in parts.group and d.b in parts.group]
    for by_person in (True, False):
        here = [d for d in known if personal(d) == by_person]
        for decision in here:
            if not decision.same:
                parts.part(decision.a, decision.b)
        for decision in sorted((d for d in here if d.same), key=lambda d: (-d.score, d.a, d.b)):
            parts.unite(decision.a, decision.b)
    return parts.groups()
