"""Building an index: every alternative once, its parts as numbers, rows in the order of time.

Rows come in two blocks: first those whose award has no other alternative, ordered by the day of the award, so that rows of
one time lie together; then the others, award by award.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.merging import MergedAward, merge
from tsukitome.archive.stretches import Snapshot
from tsukitome.matching.compare.titles import rarity
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.changes import Changes, changes, groups_of
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import begins, distinct, numbered, order_by, order_of, renumbered, rows_by
from tsukitome.matching.index.gathering import Gathered, Kind, Numbered, numbers_of
from tsukitome.matching.index.kin import kin_of
from tsukitome.matching.index.memory import give_back
from tsukitome.matching.index.parsing import whole_numbers
from tsukitome.matching.index.parties import add_suppliers
from tsukitome.matching.index.postings import postings_of
from tsukitome.matching.index.recalling import recalled
from tsukitome.matching.index.strings import arrays_of
from tsukitome.matching.index.writing import HELD, Arrays
from tsukitome.matching.kinship import stem
from tsukitome.matching.weights import KINDS
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.organization import buyer_key
from tsukitome.normalize.title import comparable

Rows = NDArray[Any]
_GROUPS = 200  # awards of several records that are read together


def build(awards: Iterable[tuple[MergedAward, Sequence[int]]]) -> tuple[dict[str, Any], Arrays]:
    """The facts and arrays of an index over awards, each with the positions of its records in the archive."""
    gathered, first_ids = Gathered(), []
    for award, positions in awards:
        gathered.add(award, positions)
        first_ids.append(award.award_ids[0])
    in_order = sorted(range(len(first_ids)), key=first_ids.__getitem__)
    return _Building(gathered, gathered.take("head"), np.array(in_order, np.int64), Arrays()).finish()


def build_from(
    archive: Snapshot, older: Index | None = None, arrays: Arrays | None = None
) -> tuple[dict[str, Any], Arrays]:
    """The facts and arrays of an index over a whole archive; these are put into ``arrays``, one after the other.

    What an ``older`` index of it holds already is taken from there; the result is the same.
    """
    changed = changes(older, archive) if older and older.facts["recallable"] else None
    gathered = gather(archive) if changed is None or older is None else _gather_changes(archive, older, changed)
    head = gathered.take("head")
    by_award_id = np.concatenate([np.empty(0, np.int64), *map(whole_numbers, archive.order())])
    rank = np.zeros(int(by_award_id.max(initial=0)) + 1, np.uint32)
    rank[by_award_id] = np.arange(len(by_award_id), dtype=np.uint32)
    in_order = order_of(rank[head])
    del by_award_id, rank
    facts, arrays = _Building(gathered, head, in_order, Arrays() if arrays is None else arrays).finish()
    arrays |= arrays_of(map(json.dumps, archive.sources()), "source")
    return facts, arrays


def gather(archive: Snapshot) -> Gathered:
    """All alternatives of an archive."""
    gathered = Gathered()
    _add_own(gathered, archive)
    _add_groups(gathered, archive, groups_of(archive))
    return gathered


def _gather_changes(archive: Snapshot, older: Index, changed: Changes) -> Gathered:
    """All alternatives of an archive: those of an older index that are as they were, and those that are read again, or new."""
    gathered = recalled(older, changed.kept)
    _add_own(gathered, archive, changed.spans)
    for position, record in archive.at(changed.single):
        gathered.add(MergedAward((record,)), [position])
    _add_groups(gathered, archive, changed.groups)
    return gathered


def _add_own(gathered: Gathered, archive: Snapshot, spans: Sequence[tuple[int, int]] | None = None) -> None:
    """Adds the records that are an award of their own: all, or those in some spans of positions."""
    with archive.stretches(spans) as stretches:
        unclear = [one.span for one in stretches if not gathered.add_stretch(one)]
    for span in unclear:
        for position, record in archive.of_own(*span):
            gathered.add(MergedAward((record,)), [position])


def _add_groups(gathered: Gathered, archive: Snapshot, groups: Sequence[Sequence[int]]) -> None:
    """Adds awards of several records, by the positions of these."""
    for begin in range(0, len(groups), _GROUPS):
        some = groups[begin : begin + _GROUPS]
        records = dict(archive.at([position for positions in some for position in positions]))
        for positions in some:
            numbers = {records[position].award_id: position for position in positions}
            for award in merge(records[position] for position in positions):
                gathered.add(award, [numbers[award_id] for award_id in award.award_ids])


class _Building:
    """Makes the arrays of what was gathered. ``head`` is that of :class:`Gathered`, ``in_order`` are its awards in the order of
    their first award_ids.

    Rows, and all that is numbered, come in an order that does not depend on that of gathering: awards by their first award_ids,
    everything else as the rows name it first.
    """

    def __init__(self, gathered: Gathered, head: Rows, in_order: Rows, arrays: Arrays) -> None:
        self.gathered, self.head, self.arrays = gathered, head, arrays
        self.facts: dict[str, Any] = {"awards": gathered.awards, "rows": gathered.rows}
        self.number = np.empty(len(head), np.uint32)
        self.number[in_order] = np.arange(len(head), dtype=np.uint32)
        # A line feed in a text or name does not come back as it was; in how a name is printed (cells of workbooks) it does.
        self.said = gathered.take_suppliers()
        names = (json.loads(self.said[one])[0] for one in self.said.holding("\\n"))
        texts = chain(gathered.titles.texts, gathered.buyers, names)
        self.facts["recallable"] = not any("\n" in one for one in texts)
        take = gathered.take
        alone = take("alone")
        self.facts["alone"] = int(alone.sum())
        award = self.number[take("award")]
        # The rows as they will lie in the file, and where each of those gathered will be.
        self.order = order_by(~alone, take("first_day"), award)
        self.arrays["award"] = award[self.order]
        self.row = np.empty(gathered.rows, np.uint32)
        self.row[self.order] = np.arange(gathered.rows, dtype=np.uint32)

    def finish(self) -> tuple[dict[str, Any], Arrays]:
        # What is largest as it was gathered goes first. What was written is let go of after each step: it is read anew where it is
        # wanted, and what nobody wants any more takes no memory.
        for step in (
            self._awards, self._days, self._amounts, self._titles, self._buyers, self._suppliers, self._kinds, self._side_by_side,
        ):  # fmt: skip
            give_back()
            step()
            self.arrays.let_go()
        give_back()
        return self.facts, self.arrays

    def _rows(self, name: str) -> Rows:
        """A column of what was gathered, in the order of the file."""
        return self.gathered.take(name)[self.order]

    def _awards(self) -> None:
        """Awards are numbered in the order of their first award_id: the number breaks ties."""
        take, head, shared = self.gathered.take, self.head, self.gathered.take("shared_award")
        self.arrays["at"] = self._rows("at")
        single = np.ones(len(head), bool)
        single[shared] = False
        of_record = np.append(self.number[single], self.number[shared])
        positions = np.append(head[single], take("shared_position"))
        counts = np.bincount(of_record, minlength=len(head))
        self.arrays["award_starts"] = np.cumsum(np.append(0, counts)).astype(np.uint32)
        self.arrays["award_positions"] = positions[order_of(of_record)].astype(
            np.uint32 if positions.max(initial=0) < 1 << 32 else np.int64
        )
        others = self.arrays["award"][self.facts["alone"] :]
        self.arrays["award_begins"] = np.append(np.flatnonzero(begins(others)), len(others)).astype(np.uint32)

    def _titles(self) -> None:
        """Titles by their keys, with the postings of their bigrams."""
        titles, arrays = self.gathered.titles, self.arrays
        titles.clear()  # they were printed in more ways than there are keys
        keys = self._rows("title")
        arrays["title"], first = numbered(*((keys >> 32).astype(np.uint32), keys.astype(np.uint32)))
        keys = keys[first]
        arrays["title_text"], met = renumbered(keys >> 32, len(titles.texts))
        texts = _chosen(titles.texts, met)
        titles.texts.clear()
        arrays["title_numbers"], met = renumbered(keys & 0xFFFFFFFF, len(titles.numbers))
        arrays |= rows_by("title", arrays["title"], len(keys))
        arrays |= rows_by("text", arrays["title_text"], len(texts))
        arrays |= arrays_of(texts, "text")
        arrays |= arrays_of(map(json.dumps, _chosen(titles.numbers, met)), "numbers")
        arrays |= postings_of(texts, "bigram")
        counts = np.diff(arrays["bigram_starts"])
        weight = np.array([rarity(count, len(texts)) for count in counts.tolist()])
        arrays["text_weight"] = np.bincount(
            arrays["bigram_texts"], np.repeat(weight, counts), minlength=len(texts)
        ).astype(np.float32)
        self.facts["texts"] = len(texts)
        self.stem = numbers_of(Numbered(), [stem(text) for text in texts])

    def _buyers(self) -> None:
        arrays, buyer = self.arrays, self._rows("buyer")
        named = np.flatnonzero(buyer >= 0)
        buyer[named], met = renumbered(buyer[named], len(self.gathered.buyers))
        buyers = _chosen(self.gathered.buyers, met)
        arrays["buyer"] = buyer
        arrays |= rows_by("buyer", buyer, len(buyers))
        keys = [buyer_key(buyer) for buyer in buyers]
        # Those of no buyer stand last.
        self.buyer_head = numbers_of(Numbered(), [*(key.head for key in keys), ""])
        self.buyer_office = np.append(numbers_of(Numbered(), keys).astype(np.int64), -1)
        arrays |= arrays_of(buyers, "buyer")
        arrays |= arrays_of((key.head for key in keys), "buyer_head")
        arrays |= arrays_of((key.bureau for key in keys), "buyer_bureau")
        arrays |= arrays_of(map(core_key, buyers), "buyer_core")
        arrays |= postings_of([comparable(buyer) for buyer in buyers], "buyer_bigram")

    def _suppliers(self) -> None:
        add_suppliers(self.gathered, self.said, self.order, self.row, self.arrays)

    def _kinds(self) -> None:
        """The kinds of row, told apart by their kin too, and how many rows there are of each place and kind."""
        arrays = self.arrays
        known, self.facts["kin"] = kin_of(
            arrays["firm"],
            arrays["title_text"][arrays["title"]],
            self.stem[arrays["title_text"]][arrays["title"]],
            self.buyer_head[arrays["buyer"]],
            self.buyer_office[arrays["buyer"]],
            self._rows("day"),
            arrays["award"],
        )
        number = self._rows("kind").astype(np.int64) << len(KINDS) | known
        met = np.flatnonzero(np.bincount(number))
        place = np.zeros(int(number.max(initial=0)) + 1, np.uint32)
        place[met] = np.arange(len(met))
        arrays["kind"] = place[number]
        del known
        arrays["kind_kin"] = (met & (1 << len(KINDS)) - 1).astype(np.uint8)
        bare = met >> len(KINDS)
        of_bare = distinct(bare)
        arrays["kind_bare"] = np.searchsorted(of_bare, bare).astype(np.uint32)
        columns = np.array([Kind.of(one) for one in of_bare.tolist()], np.uint8).reshape(-1, 4)
        for index, name in enumerate(("bare_method", "bare_roles", "bare_days", "bare_buyer")):
            arrays[name] = columns[:, index]
        sets = len(arrays["places_starts"]) - 1
        cells = arrays["place"].astype(np.int64) * len(met) + arrays["kind"]
        arrays["cells"] = np.bincount(cells, minlength=sets * len(met)).astype(np.uint32)
        arrays["cells_by_kind"] = np.bincount(arrays["kind"], minlength=len(met)).astype(np.uint32)
        rows = arrays["total_rows"]
        arrays["total"] = np.stack((arrays["place"][rows], arrays["kind"][rows]), axis=1).astype(np.uint32).ravel()

    def _days(self) -> None:
        """Days, a list for each kind: the days in order, each with its row; ``day_lists`` says where each begins."""
        take, arrays = self.gathered.take, self.arrays
        days, rows = [], []
        for kind in range(len(parts.DAY_KINDS)):
            day, row = take(f"day{kind}"), self.row[take(f"day{kind}_row")]
            order = order_by(day, row)
            days.append(day[order])
            rows.append(row[order])
        arrays["day_lists"] = np.cumsum([0, *map(len, days)])
        arrays["day_values"], arrays["day_rows"] = np.concatenate(days), np.concatenate(rows)

    def _amounts(self) -> None:
        """Amounts in lists by kind, each once. A row's only total stands in a list apart, so that all rows of a stretch of yen are
        counted in one go (:meth:`_kinds` puts the place and kind of each beside it); ``total_at`` says where in it a row stands,
        behind its end for one that does not.
        """
        take, arrays = self.gathered.take, self.arrays
        yen, kind, row = take("yen"), take("yen_kind"), self.row[take("yen_row")]
        order = order_of(row)
        order = order[np.argsort(yen[order], kind="stable")]
        order = order[order_of(kind[order])]
        yen, kind, row = yen[order], kind[order], row[order]
        once = begins(kind, yen, row)
        yen, kind, row = yen[once], kind[once], row[once]
        of_total = np.array([parts.role_of_kind(one) in parts.TOTALS for one in range(parts.amount_kinds())])
        lone = of_total[kind]
        often = np.bincount(row[lone], minlength=len(self.row))
        lone &= often[row] == 1
        for name, chosen in (("yen", ~lone), ("total", lone)):
            arrays[f"{name}_lists"] = np.cumsum(np.append(0, np.bincount(kind[chosen], minlength=len(of_total))))
            arrays[f"{name}_values"], arrays[f"{name}_rows"] = yen[chosen], row[chosen]
        rows = arrays["total_rows"]
        at = np.full(len(self.row), len(rows), np.uint32)
        at[rows] = np.arange(len(rows), dtype=np.uint32)
        arrays["total_at"] = at

    def _side_by_side(self) -> None:
        """What is read of a row at once stands together: its place, its kind, where its only total stands, and its firm."""
        columns = [self.arrays.pop(name) for name in HELD]
        self.arrays["row"] = np.stack(columns, axis=1).astype(np.uint32).ravel()


def _chosen(values: Iterable[Any], numbers: Rows) -> list[Any]:
    """The values of some numbers."""
    every = list(values)
    return [every[number] for number in numbers.tolist()]
