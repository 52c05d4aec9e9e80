"""Decisions: which of them stand, what they join and part, and how a program takes its own back.

A decision stands unless one that stands withdraws it. Of the standing decisions on one pair a person's wins
over a program's, then the newer; where that leaves two, "different" wins. Nothing is ever deleted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from onrecord.linking.parts import Parts
from onrecord.records import Decision


def personal(decision: Decision) -> bool:
    """Say whether a person made the decision."""
    return decision.by.startswith("person:")


def withdraw(decision: Decision, by: str, made: str = "", evidence: str = "") -> Decision:
    """Return the decision that takes another one back.

    Withdrawing a withdrawal puts the first decision into force again. A program's withdrawal of a
    person's decision has no effect.
    """
    return Decision(
        kind=decision.kind, a=decision.a, b=decision.b, same=decision.same, by=by, evidence=evidence,
        withdraws=decision.id, made=made,
    )  # fmt: skip


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decision that counts for each pair, sorted by kind and pair."""
    best: dict[tuple[str, str, str], Decision] = {}
    for decision in _unwithdrawn({decision.id: decision for decision in decisions}):
        pair = (decision.kind, min(decision.a, decision.b), max(decision.a, decision.b))
        if not decision.withdraws and (pair not in best or _rank(decision) > _rank(best[pair])):
            best[pair] = decision
    return tuple(best[pair] for pair in sorted(best))


def _unwithdrawn(known: dict[str, Decision]) -> list[Decision]:
    """Return the decisions that none in force withdraws; a chain of withdrawals is followed to its end."""
    against: dict[str, list[str]] = defaultdict(list)
    for decision in known.values():
        target = known.get(decision.withdraws)
        if target and (personal(decision) or not personal(target)):
            against[target.id].append(decision.id)
    force: dict[str, bool] = {}
    for start in sorted(known):
        stack = [start]
        while stack:
            waiting = [one for one in against[stack[-1]] if one not in force]
            if waiting:
                stack += waiting
            else:
                here = stack.pop()
                force[here] = not any(force[one] for one in against[here])
    return [known[one] for one in sorted(known) if force[one]]


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


def revise(
    former: Iterable[Decision], now: Iterable[Decision], by: str, made: str = ""
) -> tuple[Decision, ...]:
    """Return what to add to the record so that of a program's decisions those made now stand, and no others.

    ``former`` are all the decisions of the record on what was looked at, persons' included (they are left
    alone); ``by`` is the program that decides now. New decisions come first, then withdrawals of what is
    no longer found, then withdrawals of former withdrawals. With nothing changed the answer is empty.
    """
    known = {decision.id: decision for decision in former}
    wanted = {decision.id: decision for decision in now}
    program = by.rpartition(" ")[0]
    force = _unwithdrawn(known)
    said = {(d.kind, d.a, d.b, d.same) for d in wanted.values()}
    ours = [d for d in force if not personal(d) and d.by.rpartition(" ")[0] == program]
    added = [decision for key, decision in sorted(wanted.items()) if key not in known]
    gone = [d for d in ours if not d.withdraws and (d.kind, d.a, d.b, d.same) not in said]
    back = [d for d in ours if d.withdraws in wanted]
    return (*added, *(withdraw(d, by, made) for d in (*gone, *back)))
