"""Building an index: every alternative once, its parts as numbers, rows in the order of time.

Rows come in two blocks: first those whose award has no other alternative, ordered by the day of the award, so that rows of
one time lie together; then the others, award by award.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.merging import MergedAward, merge
from tsukitome.archive.stretches import Snapshot
from tsukitome.awards import Award
from tsukitome.matching.compare.titles import rarity
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.distinct import order_of, rows_by
from tsukitome.matching.index.gathering import Gathered, Kind, Numbered, numbers_of
from tsukitome.matching.index.kin import kin_of
from tsukitome.matching.index.parsing import whole_numbers
from tsukitome.matching.index.parties import add_suppliers
from tsukitome.matching.index.postings import postings_of
from tsukitome.matching.index.strings import arrays_of
from tsukitome.matching.weights import KINDS
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.organization import buyer_key
from tsukitome.normalize.title import comparable

Rows = NDArray[Any]
Arrays = dict[str, Rows]


def build(awards: Iterable[tuple[MergedAward, Sequence[int]]]) -> tuple[dict[str, Any], Arrays]:
    """The facts and arrays of an index over awards, each with the positions of its records in the archive."""
    gathered, first_ids = Gathered(), []
    for award, positions in awards:
        gathered.add(award, positions)
        first_ids.append(award.award_ids[0])
    in_order = sorted(range(len(first_ids)), key=first_ids.__getitem__)
    return _Building(gathered, gathered.take("head"), np.array(in_order, np.int64)).finish()


def build_from(archive: Snapshot) -> tuple[dict[str, Any], Arrays]:
    """The facts and arrays of an index over a whole archive."""
    gathered = gather(archive)
    head = gathered.take("head")
    by_award_id = np.concatenate([np.empty(0, np.int64), *map(whole_numbers, archive.order())])
    rank = np.zeros(int(by_award_id.max(initial=0)) + 1, np.uint32)
    rank[by_award_id] = np.arange(len(by_award_id), dtype=np.uint32)
    return _Building(gathered, head, order_of(rank[head])).finish()


def gather(archive: Snapshot) -> Gathered:
    """All alternatives of an archive."""
    gathered, unclear = Gathered(), []
    with archive.stretches() as stretches:
        unclear = [one.span for one in stretches if not gathered.add_stretch(one)]
    for award, positions in _one_by_one(archive, unclear):
        gathered.add(award, positions)
    return gathered


def _one_by_one(archive: Snapshot, unclear: Sequence[tuple[int, int]]) -> Iterator[tuple[MergedAward, list[int]]]:
    """The awards of several records, and those of stretches that are ``unclear``, with the positions of their records."""
    for position, record in chain.from_iterable(archive.of_own(*span) for span in unclear):
        yield MergedAward((record,)), [position]
    records, shared = archive.shared()
    together: dict[int, list[tuple[int, Award]]] = defaultdict(list)
    for position, record in records:
        together[shared[position]].append((position, record))
    for found in together.values():
        positions = {record.award_id: position for position, record in found}
        for award in merge(record for _, record in found):
            yield award, [positions[award_id] for award_id in award.award_ids]


class _Building:
    """Makes the arrays of what was gathered. ``head`` is that of :class:`Gathered`, ``in_order`` are its awards in the order of
    their first award_ids.
    """

    def __init__(self, gathered: Gathered, head: Rows, in_order: Rows) -> None:
        self.gathered, self.head, self.in_order, self.arrays = gathered, head, in_order, Arrays()
        self.facts: dict[str, Any] = {"awards": gathered.awards, "rows": gathered.rows}
        take = gathered.take
        alone, first_day = take("alone"), take("first_day")
        self.facts["alone"] = int(alone.sum())
        # The rows as they will lie in the file, and where each of those gathered will be.
        self.order = order_of(first_day.astype(np.int64) | (~alone).astype(np.int64) << 31)
        self.row = np.empty(gathered.rows, np.uint32)
        self.row[self.order] = np.arange(gathered.rows, dtype=np.uint32)

    def finish(self) -> tuple[dict[str, Any], Arrays]:
        self._awards()
        self._titles()
        self._buyers()
        add_suppliers(self.gathered, self.order, self.row, self.arrays)
        self._kinds()
        self._days()
        self._amounts()
        return self.facts, self.arrays

    def _rows(self, name: str) -> Rows:
        """A column of what was gathered, in the order of the file."""
        return self.gathered.take(name)[self.order]

    def _awards(self) -> None:
        """Awards are numbered in the order of their first award_id: the number breaks ties."""
        take, head, shared = self.gathered.take, self.head, self.gathered.take("shared_award")
        number = np.empty(len(head), np.uint32)
        number[self.in_order] = np.arange(len(head), dtype=np.uint32)
        self.arrays["award"], self.arrays["at"] = number[take("award")][self.order], self._rows("at")
        single = np.ones(len(head), bool)
        single[shared] = False
        of_record = np.append(number[single], number[shared])
        counts = np.bincount(of_record, minlength=len(head))
        self.arrays["award_starts"] = np.cumsum(np.append(0, counts)).astype(np.uint32)
        self.arrays["award_positions"] = np.append(head[single], take("shared_position"))[order_of(of_record)]

    def _titles(self) -> None:
        """Titles by their keys, with the postings of their bigrams."""
        titles, arrays = self.gathered.titles, self.arrays
        titles.clear()  # they were printed in more ways than there are keys
        texts, numbers = titles.texts, titles.numbers
        arrays["title"] = self._rows("title")
        table = np.array(list(titles.keys_met), np.uint32).reshape(-1, 2)
        arrays["title_text"], arrays["title_numbers"] = table[:, 0], table[:, 1]
        arrays |= rows_by("title", arrays["title"], len(table))
        arrays |= rows_by("text", table[:, 0], len(texts))
        arrays |= arrays_of(texts, "text")
        arrays |= arrays_of(map(json.dumps, numbers), "numbers")
        arrays |= postings_of(list(texts), "bigram")
        counts = np.diff(arrays["bigram_starts"])
        weight = np.array([rarity(count, len(texts)) for count in counts.tolist()])
        arrays["text_weight"] = np.bincount(
            arrays["bigram_texts"], np.repeat(weight, counts), minlength=len(texts)
        ).astype(np.float32)
        self.facts["texts"] = len(texts)

    def _buyers(self) -> None:
        arrays, buyers = self.arrays, list(self.gathered.buyers)
        arrays["buyer"] = self._rows("buyer")
        arrays |= rows_by("buyer", arrays["buyer"], len(buyers))
        keys = [buyer_key(buyer) for buyer in buyers]
        # Those of no buyer stand last.
        self.buyer_head = numbers_of(Numbered(), [*(key.head for key in keys), ""])
        self.buyer_office = np.append(numbers_of(Numbered(), keys).astype(np.int64), -1)
        arrays |= arrays_of(buyers, "buyer")
        arrays |= arrays_of((key.head for key in keys), "buyer_head")
        arrays |= arrays_of((key.bureau for key in keys), "buyer_bureau")
        arrays |= arrays_of(map(core_key, buyers), "buyer_core")
        arrays |= postings_of([comparable(buyer) for buyer in buyers], "buyer_bigram")

    def _kinds(self) -> None:
        """The kinds of row, told apart by their kin too, and how many rows there are of each place and kind."""
        arrays = self.arrays
        known, self.facts["kin"] = kin_of(
            arrays["firm"],
            arrays["title_text"][arrays["title"]],
            self.buyer_head[arrays["buyer"]],
            self.buyer_office[arrays["buyer"]],
            self._rows("day"),
            arrays["award"],
        )
        number = self._rows("kind").astype(np.int64) << len(KINDS) | known
        met = np.flatnonzero(np.bincount(number))
        place = np.zeros(int(number.max(initial=0)) + 1, np.uint16 if len(met) < 1 << 16 else np.uint32)
        place[met] = np.arange(len(met))
        arrays["kind"] = place[number]
        table = [(*Kind.of(one >> len(KINDS)), one & (1 << len(KINDS)) - 1) for one in met.tolist()]
        columns = np.array(table, np.uint32).reshape(-1, 5)
        for index, name in enumerate(("kind_method", "kind_roles", "kind_days", "kind_buyer", "kind_kin")):
            arrays[name] = columns[:, index]
        sets = len(arrays["places_starts"]) - 1
        cells = arrays["place"].astype(np.int64) * len(met) + arrays["kind"]
        arrays["cells"] = np.bincount(cells, minlength=sets * len(met)).astype(np.uint32)
        arrays["cells_by_kind"] = np.bincount(arrays["kind"], minlength=len(met))

    def _days(self) -> None:
        """Days, a list for each kind: the days in order, each with its row; ``day_lists`` says where each begins."""
        take, arrays = self.gathered.take, self.arrays
        lists = [(take(f"day{kind}"), take(f"day{kind}_row")) for kind in range(len(parts.DAY_KINDS))]
        orders = [order_of(days) for days, _ in lists]
        arrays["day_lists"] = np.cumsum([0, *(len(days) for days, _ in lists)])
        arrays["day_values"] = np.concatenate([days[order] for (days, _), order in zip(lists, orders, strict=True)])
        arrays["day_rows"] = self.row[
            np.concatenate([rows[order] for (_, rows), order in zip(lists, orders, strict=True)])
        ]

    def _amounts(self) -> None:
        """Amounts in lists by kind. A row's only total stands in a list apart, beside the row's place and kind, so that all rows of
        a stretch of yen are counted in one go; ``total_at`` says where in it a row stands, behind its end for one that does not.
        """
        take, arrays = self.gathered.take, self.arrays
        yen, kind, row = take("yen"), take("yen_kind"), self.row[take("yen_row")]
        of_total = np.array([parts.role_of_kind(one) in parts.TOTALS for one in range(parts.amount_kinds())])
        lone = of_total[kind]
        often = np.bincount(row[lone], minlength=len(self.row))
        lone &= often[row] == 1
        for name, chosen in (("yen", ~lone), ("total", lone)):
            values, kinds = yen[chosen], kind[chosen]
            order = np.argsort(values, kind="stable")
            order = order[np.argsort(kinds[order], kind="stable")]
            arrays[f"{name}_lists"] = np.cumsum(np.append(0, np.bincount(kinds, minlength=len(of_total))))
            arrays[f"{name}_values"], arrays[f"{name}_rows"] = values[order], row[chosen][order]
        rows = arrays["total_rows"]
        arrays["total_at"] = np.full(len(self.row), len(rows), np.uint32)
        arrays["total_at"][rows] = np.arange(len(rows), dtype=np.uint32)
        arrays["total_place"], arrays["total_kind"] = arrays["place"][rows], arrays["kind"][rows]
