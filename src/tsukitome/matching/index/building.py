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

from tsukitome.archive.firms import group, place_keys
from tsukitome.archive.merging import MergedAward, merge
from tsukitome.archive.stretches import Snapshot
from tsukitome.awards import Award, FromRegister, Supplier
from tsukitome.matching.compare.titles import rarity
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.distinct import order_of
from tsukitome.matching.index.gathering import Gathered, Kind, Numbered, numbers_of
from tsukitome.matching.index.kin import kin_of
from tsukitome.matching.index.parsing import whole_numbers
from tsukitome.matching.index.postings import postings_of
from tsukitome.matching.index.strings import arrays_of
from tsukitome.normalize.firm import core_key, spelled_key
from tsukitome.normalize.organization import buyer_key
from tsukitome.normalize.title import comparable

Rows = NDArray[Any]
Arrays = dict[str, Rows]
_JOINT = 1 << 16  # more than the suppliers of an award


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
        for step in (self._awards, self._titles, self._buyers, self._suppliers, self._firms, self._kinds, self._days, self._amounts):
            step()
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
        self.arrays["award_starts"] = np.cumsum(np.append(0, counts))
        self.arrays["award_positions"] = np.append(head[single], take("shared_position"))[order_of(of_record)]

    def _titles(self) -> None:
        """Titles by their keys, with the postings of their bigrams."""
        titles, arrays = self.gathered.titles, self.arrays
        titles.clear()  # they were printed in more ways than there are keys
        texts, numbers = titles.texts, titles.numbers
        arrays["title"] = self._rows("title")
        table = np.array(list(titles.keys_met), np.uint32).reshape(-1, 2)
        arrays["title_text"], arrays["title_numbers"] = table[:, 0], table[:, 1]
        self._rows_by("title", arrays["title"], len(table))
        self._rows_by("text", table[:, 0], len(texts))
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
        self._rows_by("buyer", arrays["buyer"], len(buyers))
        keys = [buyer_key(buyer) for buyer in buyers]
        heads = Numbered()
        self.buyer_head = numbers_of(heads, [*(key.head for key in keys), ""])  # that of no buyer stands last
        arrays |= arrays_of(buyers, "buyer")
        arrays |= arrays_of((key.head for key in keys), "buyer_head")
        arrays |= arrays_of((key.bureau for key in keys), "buyer_bureau")
        arrays |= arrays_of(map(core_key, buyers), "buyer_core")
        arrays |= postings_of([comparable(buyer) for buyer in buyers], "buyer_bigram")

    def _suppliers(self) -> None:
        """Suppliers as printed, their names and places, and the members of joint ventures."""
        arrays, names = self.arrays, Numbered()
        whos = [_who(said) for said in self.gathered.whos]
        self.gathered.whos.clear()
        self.suppliers = [supplier for supplier, _ in whos]
        arrays |= arrays_of(map(_said, whos), "who")
        arrays["who"] = self._rows("who")
        arrays["who_name"] = numbers_of(names, (one.name for one in self.suppliers))
        self.names = list(names)
        arrays |= arrays_of(self.names, "name")
        arrays |= arrays_of(map(core_key, self.names), "core")
        arrays |= arrays_of(map(spelled_key, self.names), "spelled")
        members = self.gathered.take("member_who")
        arrays["member_rows"] = self.row[self.gathered.take("member_row")]
        arrays["member_names"] = arrays["who_name"][members]
        self._places(members)

    def _places(self, members: Rows) -> None:
        """The places of rows: of a supplier and of the members of its joint venture."""
        arrays, places, sets = self.arrays, Numbered(), Numbered()
        found = [parts.place_of(supplier) for supplier in self.suppliers]
        arrays["place"] = numbers_of(sets, ((places[place],) for place in found))[arrays["who"]]
        ventures: dict[int, set[str]] = defaultdict(set)
        for row, member in zip(arrays["member_rows"].tolist(), members.tolist(), strict=True):
            ventures[row].add(found[member])
        for row, theirs in ventures.items():
            known = sorted({*theirs, found[arrays["who"][row]]} - {parts.NOWHERE}) or [parts.NOWHERE]
            arrays["place"][row] = sets[tuple(places[place] for place in known)]
        arrays["places_starts"] = np.cumsum([0, *map(len, sets)])
        arrays["places"] = np.array([place for one in sets for place in one], np.uint32)
        arrays |= arrays_of(places, "place")
        self._rows_by("place", arrays["place"], len(sets))

    def _firms(self) -> None:
        """The firm of each row, numbered in the order of their first alternatives."""
        arrays = self.arrays
        by_award = np.argsort(arrays["award"].astype(np.int64) * _JOINT + arrays["at"])
        who = arrays["who"][by_award].astype(np.int64)
        first = _first_places(who, len(self.suppliers))
        met = np.argsort(first)[: int((first < len(who)).sum())]
        suppliers = [self.suppliers[number] for number in met.tolist()]
        places = place_keys(suppliers)
        firm = np.full(len(self.suppliers), -1, np.int64)
        firm[met] = group(suppliers, places)
        proved = [bool(one.corporate_number or place) for one, place in zip(suppliers, places, strict=True)]
        firm[met[~np.array(proved, bool)]] = -1
        # What has neither number nor place is a firm of its own, each time it is met.
        each = np.where(firm[who] >= 0, firm[who], len(met) + np.arange(len(who)))
        first = _first_places(each, len(met) + len(who))
        known = np.argsort(first)[: int((first < len(who)).sum())]
        number = np.empty(len(first), np.uint32)
        number[known] = np.arange(len(known), dtype=np.uint32)
        arrays["firm"] = np.empty(len(who), np.uint32)
        arrays["firm"][by_award] = number[each]
        self._rows_by("firm", arrays["firm"], len(known))
        self._firm_names(len(known))

    def _firm_names(self, firms: int) -> None:
        """For each firm the place of its name among all names in order: that which it has most often, the first of several."""
        arrays, count = self.arrays, len(self.names) or 1
        rank = np.empty(len(self.names), np.int64)
        rank[sorted(range(len(self.names)), key=self.names.__getitem__)] = np.arange(len(self.names))
        pairs = np.sort(arrays["firm"].astype(np.int64) * count + rank[arrays["who_name"][arrays["who"]]])
        begin = np.flatnonzero(np.diff(pairs, prepend=-1))
        often = np.diff(np.append(begin, len(pairs)))
        firm, name = np.divmod(pairs[begin], count)
        best = np.lexsort((name, -often, firm))
        arrays["firm_name"] = name[best[np.searchsorted(firm[best], np.arange(firms))]].astype(np.uint32)

    def _kinds(self) -> None:
        """The kinds of row, told apart by their kin too, and how many rows there are of each place and kind."""
        arrays = self.arrays
        known, self.facts["kin"] = kin_of(
            arrays["firm"],
            arrays["title_text"][arrays["title"]],
            self.buyer_head[arrays["buyer"]],
            self._rows("day"),
            arrays["award"],
        )
        number = self._rows("kind").astype(np.int64) << 4 | known
        met = np.flatnonzero(np.bincount(number))
        place = np.zeros(int(number.max(initial=0)) + 1, np.uint16)
        place[met] = np.arange(len(met))
        arrays["kind"] = place[number]
        table = [(*Kind.of(one >> 4), one & 15) for one in met.tolist()]
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

    def _rows_by(self, name: str, column: Rows, values: int) -> None:
        """For each value of a column its rows: those of value n stand in ``NAME_rows`` from ``NAME_first[n]`` to the next one.

        Values below 0 are left out.
        """
        order = order_of(column + 1 if column.dtype.kind == "i" else column)
        none = int((column < 0).sum()) if column.dtype.kind == "i" else 0
        counts = np.bincount(column if not none else column[column >= 0], minlength=values)
        self.arrays[f"{name}_first"] = np.cumsum(np.append(0, counts))
        self.arrays[f"{name}_rows"] = order[none:]


def _who(said: str) -> tuple[Supplier, list[str]]:
    """A supplier, and how it is printed."""
    name, printed, ground, *where = json.loads(said)
    mark = FromRegister(("address",), moved=ground == "moved") if ground else None
    return Supplier(name, *where, register=mark), printed if isinstance(printed, list) else [printed or name]


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _said(who: tuple[Supplier, list[str]]) -> str:
    one, printed = who
    return _encoded([one.name, one.address, one.municipality_code, one.corporate_number, printed])


def _first_places(values: Rows, count: int) -> Rows:
    """Where each number from 0 to below ``count`` stands first among the values; behind all of them, where it does not."""
    first = np.full(count, len(values), np.int64)
    first[values[::-1]] = np.arange(len(values))[::-1]  # of several the last one is kept
    return first
