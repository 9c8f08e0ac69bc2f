"""What became of an archive since an index of it was made."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.stretches import Snapshot, SourceRead
from tsukitome.matching.index.columns import Index

Rows = NDArray[Any]


@dataclass(frozen=True)
class Changes:
    """Which awards of the index are as they were (a truth value for each number of an award), and what is to be added: records in
    ``spans`` of positions that are an award of their own, records at ``single`` positions that have become so, and those at the
    positions of ``groups`` that are one award.
    """

    kept: Rows
    spans: Sequence[tuple[int, int]]
    single: Sequence[int]
    groups: Sequence[tuple[int, ...]]


def changes(index: Index, archive: Snapshot) -> Changes | None:
    """The changes since an index was made; None where the corporate register is another, since that may change every record."""
    before = {SourceRead(*json.loads(said)) for said in index.strings("source")}
    now = set(archive.sources())
    if any(one.registrations for one in before ^ now):
        return None
    kept_spans = sorted(one.span for one in before & now if one.span)
    starts, positions = np.asarray(index["award_starts"]).astype(np.int64), np.asarray(index["award_positions"])
    counts = np.diff(starts)
    of_record = np.repeat(np.arange(len(counts)), counts)
    stays = _within(positions, kept_spans)
    shared = groups_of(archive)
    group_of = {position: group for group in shared for position in group}
    # An award stays as it was where all its records are there, and are still those of one award.
    is_shared = np.isin(positions, np.fromiter(group_of, np.int64, len(group_of)))
    kept = np.ones(len(counts), bool)
    kept[of_record[~stays | (is_shared & (counts == 1)[of_record])]] = False
    again: list[int] = []
    alike: set[tuple[int, ...]] = set()
    for number in np.flatnonzero(counts > 1).tolist():
        own = tuple(sorted(positions[starts[number] : starts[number + 1]].tolist()))
        if kept[number] and group_of.get(own[0]) == own:
            alike.add(own)
        else:
            kept[number] = False
            again += own
    back = np.array(again, np.int64)
    single = back[_within(back, kept_spans)].tolist()
    return Changes(
        kept,
        sorted(one.span for one in now - before if one.span),
        [position for position in single if position not in group_of],
        [group for group in shared if group not in alike],
    )


def groups_of(archive: Snapshot) -> list[tuple[int, ...]]:
    """The positions of records that are one award, in order."""
    found: dict[int, list[int]] = defaultdict(list)
    for position, award in archive.shared():
        found[award].append(position)
    return [tuple(sorted(group)) for group in found.values()]


def _within(positions: Rows, spans: Sequence[tuple[int, int]]) -> Rows:
    """Which positions are in one of the spans, which are in order and none over another."""
    if not spans:
        return np.zeros(len(positions), bool)
    first, last = np.array(spans, np.int64).T
    place = np.searchsorted(first, positions, side="right") - 1
    found: Rows = (place >= 0) & (positions <= last[place])
    return found
