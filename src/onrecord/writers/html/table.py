"""Which outlet carries what: outlets across, acts of saying down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Utterance
from onrecord.writers.html.entries import Entry, Section

OUTLETS = 6
"""Columns of the table, as many as a sheet of A4 holds in words; further outlets share one more."""

Groups = Mapping[str, tuple[Entry, ...]]
"""By statement id: all entries that report the same act of saying, itself among them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One act of saying, told by its first entry: the entries of each column, and those of other outlets."""

    gist: Entry
    cells: tuple[tuple[Entry, ...], ...]
    others: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that several outlets carry, the most carried first, and rows that one carries."""

    outlets: tuple[str, ...]
    others: bool
    many: tuple[Row, ...]
    one: tuple[Row, ...]


def group(sections: Iterable[Section], utterances: Iterable[Utterance]) -> Groups:
    """Return the groups of all entries, in the order of the sections; one in no utterance is alone."""
    entries = {entry.statement.id: entry for section in sections for entry in section.entries}
    groups: dict[str, tuple[Entry, ...]] = {}
    for utterance in utterances:
        members = [i for i in dict.fromkeys(utterance.statements) if i in entries and i not in groups]
        groups |= dict.fromkeys(members, tuple(entries[i] for i in members))
    return {i: groups.get(i, (entry,)) for i, entry in entries.items()}


def tabulate(groups: Groups) -> Table:
    """Return the table of the groups, in their order among rows that equally many outlets carry.

    The outlets that share most with others have a column.
    """
    rows = dict.fromkeys(groups.values())
    carriers = [(members, {entry.outlet for entry in members}) for members in rows]
    tally = Counter(name for _, names in carriers for name in names)
    shared = Counter(name for _, names in carriers if len(names) > 1 for name in names)
    ranked = sorted(tally, key=lambda name: (-shared[name], -tally[name], name))
    columns = ranked[:OUTLETS]
    carriers.sort(key=lambda pair: -len(pair[1]))
    return Table(
        outlets=tuple(columns),
        others=len(ranked) > len(columns),
        many=tuple(_row(members, columns) for members, names in carriers if len(names) > 1),
        one=tuple(_row(members, columns) for members, names in carriers if len(names) == 1),
    )


def _row(members: Sequence[Entry], columns: Sequence[str]) -> Row:
    return Row(
        gist=members[0],
        cells=tuple(tuple(e for e in members if e.outlet == column) for column in columns),
        others=tuple(e for e in members if e.outlet not in columns),
    )
