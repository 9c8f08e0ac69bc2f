"""What an index was made of, taken back out of it: so that an archive that grew is not read again as a whole."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.gathering import UNDATED, Gathered, Kind, Known, Numbered
from tsukitome.matching.index.parties import NO_FIRM

Rows = NDArray[Any]


def recalled(index: Index, kept: Rows) -> Gathered:
    """What was gathered of those awards of an index that are ``kept`` (a truth value for each number of an award)."""
    gathered = Gathered()
    number = np.cumsum(kept, dtype=np.int64) - 1
    rows = kept[np.asarray(index["award"])]
    place = np.cumsum(rows, dtype=np.int64) - 1
    gathered.awards, gathered.rows = int(kept.sum()), int(rows.sum())
    gathered.recalled = gathered.rows
    gathered.add_arrays(
        **{name: np.asarray(index[name])[rows] for name in ("at", "who", "buyer")},
        title=_title_keys(index)[np.asarray(index["title"])[rows]],
        award=number[np.asarray(index["award"])[rows]],
        alone=np.flatnonzero(rows) < index.alone,
        kind=_kinds(index)[np.asarray(index["row"]).reshape(-1, 4)[rows, 1]],
    )
    _recall_days(index, gathered, rows, place)
    for name in ("yen", "total"):
        of = np.asarray(index[f"{name}_rows"])
        chosen = rows[of]
        counts = np.diff(np.asarray(index[f"{name}_lists"]))
        kinds = np.repeat(np.arange(len(counts)), counts)[chosen]
        gathered.add_arrays(yen=np.asarray(index[f"{name}_values"])[chosen], yen_kind=kinds, yen_row=place[of[chosen]])
    chosen = rows[np.asarray(index["member_rows"])]
    gathered.add_arrays(
        member_row=place[np.asarray(index["member_rows"])[chosen]], member_who=np.asarray(index["member_who"])[chosen]
    )
    _recall_records(index, gathered, kept, number)
    _recall_values(index, gathered, rows)
    return gathered


def _title_keys(index: Index) -> Rows:
    keys: Rows = np.asarray(index["title_text"]).astype(np.int64) << 32 | np.asarray(index["title_numbers"])
    return keys


def _kinds(index: Index) -> Rows:
    names = ("bare_method", "bare_roles", "bare_days", "bare_buyer")
    numbers: Rows = Kind(*(np.asarray(index[name]).astype(np.int64) for name in names)).number
    of_kind: Rows = numbers[np.asarray(index["kind_bare"])]
    return of_kind


def _recall_days(index: Index, gathered: Gathered, rows: Rows, place: Rows) -> None:
    first_day = np.full(len(index), UNDATED, np.int32)
    day = np.zeros(len(index), np.int32)
    lists = np.asarray(index["day_lists"]).tolist()
    for kind in reversed(range(len(parts.DAY_KINDS))):  # that of the first kind is a row's day
        values, of = (
            np.asarray(index[name])[lists[kind] : lists[kind + 1]][::-1] for name in ("day_values", "day_rows")
        )
        day[of] = values  # the last ones are the first days
        if kind < 2:
            earlier = np.full(len(index), UNDATED, np.int32)
            earlier[of] = values
            np.minimum(first_day, earlier, out=first_day)
        chosen = rows[of]
        gathered.add_arrays(**{f"day{kind}": values[chosen], f"day{kind}_row": place[of[chosen]]})
    gathered.add_arrays(first_day=first_day[rows], day=day[rows])


def _recall_records(index: Index, gathered: Gathered, kept: Rows, number: Rows) -> None:
    """The positions of awards, and of all records of those that have several."""
    starts, positions = np.asarray(index["award_starts"]).astype(np.int64), np.asarray(index["award_positions"])
    counts = np.diff(starts)
    of_record = np.repeat(np.arange(len(counts)), counts)
    several = (counts > 1)[of_record] & kept[of_record]
    gathered.add_arrays(
        head=positions[starts[:-1][kept]],
        shared_award=number[of_record[several]],
        shared_position=positions[several],
    )


def _recall_values(index: Index, gathered: Gathered, rows: Rows) -> None:
    """The distinct titles, buyers and suppliers with their numbers; those that no row has any more are left out in the end."""
    titles = gathered.titles
    titles.texts = _numbered(index.strings("text"))
    titles.numbers = _numbered(
        tuple(map(tuple, numbers)) for numbers in json.loads(f"[{','.join(index.strings('numbers'))}]")
    )
    gathered.buyers = _numbered(index.strings("buyer"))
    gathered.whos = _numbered(index.strings("who"))
    settled = np.ones(len(gathered.whos), bool)
    settled[np.asarray(index["who"])[~rows]] = False
    firm = np.asarray(index["who_firm"]).astype(np.int64)
    gathered.known = Known(
        names=list(index.strings("name")),
        cores=list(index.strings("core")),
        sounds=list(index.strings("sound")),
        romans=list(index.strings("roman")),
        places=list(index.strings("place")),
        name=np.asarray(index["who_name"]),
        place=np.asarray(index["who_place"]),
        firm=np.where(firm == NO_FIRM, -1, firm),
        settled=settled,
    )


def _numbered(values: Any) -> Numbered:
    return Numbered((value, number) for number, value in enumerate(values))
