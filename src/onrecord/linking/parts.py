"""Groups that grow together, and what must stay apart."""

from __future__ import annotations

from collections.abc import Iterable


class Parts:
    """Groups of nodes that grow together, and what must not."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.group = {node: node for node in nodes}
        self.members = {node: [node] for node in self.group}
        self.apart: dict[str, set[str]] = {node: set() for node in self.group}

    def part(self, a: str, b: str) -> None:
        """Keep the groups of two nodes apart, unless they are one already."""
        one, other = self.group[a], self.group[b]
        if one != other:
            self.apart[one].add(other)
            self.apart[other].add(one)

    def unite(self, a: str, b: str) -> bool:
        """Make the groups of two nodes one, unless they are to be kept apart; say whether they are one."""
        one, other = self.group[a], self.group[b]
        if other in self.apart[one]:
            return False
        if one != other:
            if len(self.members[one]) < len(self.members[other]):
                one, other = other, one
            for node in self.members[other]:
                self.group[node] = one
            self.members[one] += self.members.pop(other)
            for foe in self.apart.pop(other):
                self.apart[foe].discard(other)
                self.apart[foe].add(one)
                self.apart[one].add(foe)
        return True

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups, each and all of them sorted."""
        return tuple(sorted(tuple(sorted(group)) for group in self.members.values()))
