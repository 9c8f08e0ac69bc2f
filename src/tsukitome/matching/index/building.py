"""Building an index: every alternative once, its parts as numbers, rows in the order of time.

Rows come in two blocks: first those whose award has no other alternative, ordered by the day of the award, so that rows of
one time lie together; then the others, award by award.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.firms import group
from tsukitome.archive.merging import MergedAward, merge
from tsukitome.awards import Award, Supplier
from tsukitome.matching.alternatives import Alternative, alternatives_of
from tsukitome.matching.compare.titles import rarity
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.kin import kin_of
from tsukitome.matching.index.postings import postings_of
from tsukitome.matching.index.strings import arrays_of
from tsukitome.normalize.address import address_key
from tsukitome.normalize.firm import core_key, spelled_key
from tsukitome.normalize.organization import buyer_key
from tsukitome.normalize.title import comparable, title_key

Arrays = dict[str, NDArray[Any]]
_UNDATED = 1 << 30  # behind every day

Who = tuple[str, str | None, str | None, str | None, tuple[str, ...]]


class _Numbered(dict[Any, int]):
    """Gives each distinct value a number, counted from 0 in order of first appearance."""

    def __missing__(self, value: Any) -> int:
        number = self[value] = len(self)
        return number


def with_positions(
    records: Iterable[tuple[int, Award]], shared: Mapping[int, int]
) -> Iterator[tuple[MergedAward, list[int]]]:
    """The awards behind numbered records, each with the numbers of its records.

    ``shared`` says which records are one award: number of the record → any number that they have in common.
    """
    together: dict[int, list[tuple[int, Award]]] = defaultdict(list)
    for number, record in records:
        if number in shared:
            together[shared[number]].append((number, record))
        else:
            yield MergedAward((record,)), [number]
    for found in together.values():
        numbers = {record.award_id: number for number, record in found}
        for award in merge(record for _, record in found):
            yield award, [numbers[award_id] for award_id in award.award_ids]


def build(awards: Iterable[tuple[MergedAward, Sequence[int]]]) -> tuple[dict[str, Any], Arrays]:
    """The facts and arrays of an index over awards, each with the positions of its records in the archive."""
    building = _Building()
    for award, positions in awards:
        building.add(award, positions)
    return building.finish()


class _Building:
    def __init__(self) -> None:
        self.award_ids: list[str] = []
        self.positions, self.records = array("q"), array("H")
        self.award, self.at, self.title = array("I"), array("H"), array("I")
        self.place, self.kind = array("I"), array("H")
        self.buyer, self.who, self.alone = array("i"), array("I"), array("B")
        self.first_day, self.day = array("i"), array("i")
        self.days, self.day_rows = [array("i") for _ in parts.DAY_KINDS], [array("I") for _ in parts.DAY_KINDS]
        self.yen = [array("d") for _ in range(parts.amount_kinds())]
        self.yen_rows = [array("I") for _ in range(parts.amount_kinds())]
        self.member_rows, self.member_names = array("I"), array("I")
        self.kinds, self.places, self.place_sets = _Numbered(), _Numbered(), _Numbered()
        self.texts, self.numbers, self.titles = _Numbered(), _Numbered(), _Numbered()
        self.printed_titles: dict[str, int] = {}
        self.buyers, self.whos, self.names = _Numbered(), _Numbered(), _Numbered()

    def add(self, award: MergedAward, positions: Sequence[int]) -> None:
        number = len(self.award_ids)
        self.award_ids.append(award.award_ids[0])
        self.positions.extend(positions)
        self.records.append(len(positions))
        alternatives = alternatives_of([award])
        if not alternatives:
            return
        title, buyer = self._title(award.title), -1 if award.buyer is None else self.buyers[award.buyer]
        for alternative in alternatives:
            self.award.append(number)
            self.at.append(alternative.index)
            self.title.append(title)
            self.buyer.append(buyer)
            self.alone.append(len(alternatives) == 1)
            self._add_parts(alternative, len(self.award) - 1, buyer)

    def _add_parts(self, alternative: Alternative, row: int, buyer: int) -> None:
        days, kinds, roles = parts.days_of(alternative), 0, 0
        for kind, day in days:
            self.days[kind].append(day)
            self.day_rows[kind].append(row)
            kinds |= 1 << kind
        self.day.append(parts.day_of(days))
        self.first_day.append(min((day for kind, day in days if kind < 2), default=_UNDATED))
        for amount, yen in parts.amounts_of(alternative):
            self.yen[amount].append(yen)
            self.yen_rows[amount].append(row)
            roles |= 1 << parts.ROLES.index(parts.role_of_kind(amount))
        self.place.append(self.place_sets[tuple(self.places[place] for place in parts.places_of(alternative))])
        self.kind.append(self.kinds[parts.method_of(alternative), roles, kinds, buyer >= 0])
        one = alternative.supplier
        printed = alternative.award.names_printed(alternative.index)
        self.who.append(self.whos[one.name, one.address, one.municipality_code, one.corporate_number, printed])
        for member in alternative.members:
            self.member_rows.append(row)
            self.member_names.append(self.names[member.name])

    def _title(self, printed: str) -> int:
        if printed not in self.printed_titles:
            key = title_key(printed)
            facts = self.texts[key.text], self.numbers[tuple(sorted(key.numbers))]
            self.printed_titles[printed] = self.titles[facts]
        return self.printed_titles[printed]

    def finish(self) -> tuple[dict[str, Any], Arrays]:
        order = np.lexsort((_of(self.first_day), 1 - _of(self.alone)))  # the rows as they will lie in the file
        row = np.empty(len(order), np.uint32)
        row[order] = np.arange(len(order), dtype=np.uint32)
        alone = int(_of(self.alone).sum())
        arrays: Arrays = {}
        self._awards(order, arrays)
        firms = self._firms(order, arrays)
        for name, column in (("title", self.title), ("who", self.who), ("place", self.place), ("kind", self.kind)):
            arrays[name] = _of(column)[order]
        arrays["buyer"] = _of(self.buyer)[order]
        _rows_by("title", arrays["title"], len(self.titles), arrays)
        _rows_by("buyer", arrays["buyer"], len(self.buyers), arrays)
        _rows_by("place", arrays["place"], len(self.place_sets), arrays)
        _rows_by("firm", arrays["firm"], firms, arrays)
        known, kin_met = self._kin(order, arrays)
        arrays["kind"] = self._with_kin(arrays["kind"], known)
        cells = arrays["place"].astype(np.int64) * len(self.kinds) + arrays["kind"]
        arrays["cells"] = np.bincount(cells, minlength=len(self.place_sets) * len(self.kinds)).astype(np.uint32)
        arrays["cells_by_kind"] = np.bincount(arrays["kind"], minlength=len(self.kinds))
        self._kinds(arrays)
        _sorted_lists("day", [_of(one) for one in self.days], [row[_of(one)] for one in self.day_rows], arrays)
        self._amounts(row, arrays)
        arrays["member_rows"], arrays["member_names"] = row[_of(self.member_rows)], _of(self.member_names)
        self._texts(arrays)
        facts = {
            "awards": len(self.award_ids),
            "rows": len(order),
            "alone": alone,
            "texts": len(self.texts),
            "kin": kin_met,
        }
        return facts, arrays

    def _awards(self, order: NDArray[Any], arrays: Arrays) -> None:
        """Awards are numbered in the order of their first award_id: the number breaks ties."""
        in_order = np.array(sorted(range(len(self.award_ids)), key=self.award_ids.__getitem__), np.int64)
        rank = np.empty(len(in_order), np.uint32)
        rank[in_order] = np.arange(len(in_order), dtype=np.uint32)
        arrays["award"], arrays["at"] = rank[_of(self.award)][order], _of(self.at)[order]
        counts = _of(self.records).astype(np.int64)
        starts = np.cumsum(counts) - counts
        arrays["award_starts"] = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts[in_order], out=arrays["award_starts"][1:])
        inside = np.arange(len(self.positions)) - np.repeat(arrays["award_starts"][:-1], counts[in_order])
        arrays["award_positions"] = _of(self.positions)[np.repeat(starts[in_order], counts[in_order]) + inside]

    def _firms(self, order: NDArray[Any], arrays: Arrays) -> int:
        """The firm of each row, numbered in the order of their first alternatives; how many there are."""
        by_award = np.lexsort((arrays["at"], arrays["award"]))
        who = _of(self.who)[order][by_award].astype(np.int64)
        met, first = np.unique(who, return_index=True)
        met = met[np.argsort(first)]
        whos: list[Who] = list(self.whos)
        suppliers = [Supplier(*whos[number][:4]) for number in met]
        firm = np.full(len(whos), -1, np.int64)
        firm[met] = group(suppliers)
        proved = [bool(s.corporate_number) or _has_place(s) for s in suppliers]
        firm[met[~np.array(proved, bool)]] = -1
        # What has neither number nor place is a firm of its own, each time it is met.
        each = np.where(firm[who] >= 0, firm[who], len(met) + np.arange(len(who)))
        _, first, number = np.unique(each, return_index=True, return_inverse=True)
        place = np.empty(len(first), np.uint32)
        place[np.argsort(first)] = np.arange(len(first), dtype=np.uint32)
        arrays["firm"] = np.empty(len(who), np.uint32)
        arrays["firm"][by_award] = place[number]
        self._names(whos, arrays, _of(self.who)[order], len(first))
        return len(first)

    def _names(self, whos: list[Who], arrays: Arrays, who: NDArray[Any], firms: int) -> None:
        """The names of suppliers, and for each firm the place of its name among all names in order."""
        arrays["who_name"] = np.array([self.names[one[0]] for one in whos], np.uint32)
        names = list(self.names)
        rank = np.empty(len(names), np.int64)
        rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        pairs = arrays["firm"].astype(np.int64) * (len(names) or 1) + rank[arrays["who_name"][who]]
        pairs, often = np.unique(pairs, return_counts=True)
        firm, name = np.divmod(pairs, len(names) or 1)
        best = np.lexsort((name, -often, firm))
        arrays["firm_name"] = name[best[np.searchsorted(firm[best], np.arange(firms))]].astype(np.uint32)
        arrays |= arrays_of((json.dumps(one, ensure_ascii=False) for one in whos), "who")
        arrays |= arrays_of(names, "name")
        arrays |= arrays_of(map(core_key, names), "core")
        arrays |= arrays_of(map(spelled_key, names), "spelled")

    def _kin(self, order: NDArray[Any], arrays: Arrays) -> tuple[NDArray[Any], list[tuple[int, ...]]]:
        heads = _Numbered()
        head = np.array([heads[buyer_key(buyer).head] for buyer in self.buyers] + [heads[""]], np.int64)
        text = np.array([text for text, _ in self.titles], np.int64)
        return kin_of(
            arrays["firm"], text[arrays["title"]], head[arrays["buyer"]], _of(self.day)[order], arrays["award"]
        )

    def _with_kin(self, kinds: NDArray[Any], known: NDArray[Any]) -> NDArray[Any]:
        """The kinds of row, told apart by their kin too."""
        plain = list(self.kinds)
        pairs, number = np.unique(kinds.astype(np.int64) << 4 | known, return_inverse=True)
        self.kinds = _Numbered()
        for pair in pairs.tolist():
            self.kinds[(*plain[pair >> 4], pair & 15)]
        return number.astype(np.uint16)

    def _kinds(self, arrays: Arrays) -> None:
        """Places, and the kinds of row: how it was bought, and which parts a row has at all."""
        columns = ("kind_method", "kind_roles", "kind_days", "kind_buyer", "kind_kin")
        table = np.array(list(self.kinds), np.uint32).reshape(-1, len(columns))
        arrays |= {name: table[:, index] for index, name in enumerate(columns)}
        counts = [len(places) for places in self.place_sets]
        arrays["places_starts"] = np.cumsum([0, *counts])
        arrays["places"] = np.array([place for places in self.place_sets for place in places], np.uint32)
        arrays |= arrays_of(self.places, "place")

    def _amounts(self, row: NDArray[Any], arrays: Arrays) -> None:
        """Amounts in lists by kind. A row's only total stands in a list apart, beside the row's place and kind, so that all rows of
        a stretch of yen are counted in one go; ``total_at`` says where in it a row stands, behind its end for one that does not.
        """
        kinds = parts.amount_kinds()
        is_total = [parts.role_of_kind(kind) in parts.TOTALS for kind in range(kinds)]
        totals = [_of(self.yen_rows[kind]) for kind in range(kinds) if is_total[kind]]
        often = np.bincount(np.concatenate(totals), minlength=len(row))
        lone = [
            often[_of(rows)] == 1 if total else np.zeros(len(rows), bool)
            for rows, total in zip(self.yen_rows, is_total, strict=True)
        ]
        values, rows = [_of(one) for one in self.yen], [row[_of(one)] for one in self.yen_rows]
        _sorted_lists(
            "yen",
            [v[~o] for v, o in zip(values, lone, strict=True)],
            [r[~o] for r, o in zip(rows, lone, strict=True)],
            arrays,
        )
        _sorted_lists(
            "total",
            [v[o] for v, o in zip(values, lone, strict=True)],
            [r[o] for r, o in zip(rows, lone, strict=True)],
            arrays,
        )
        of_total = arrays["total_rows"]
        arrays["total_at"] = np.full(len(row), len(of_total), np.uint32)
        arrays["total_at"][of_total] = np.arange(len(of_total), dtype=np.uint32)
        arrays["total_place"], arrays["total_kind"] = arrays["place"][of_total], arrays["kind"][of_total]

    def _texts(self, arrays: Arrays) -> None:
        """Titles and buyers, with the postings of their bigrams."""
        table = np.array(list(self.titles), np.uint32).reshape(-1, 2)
        arrays["title_text"], arrays["title_numbers"] = table[:, 0], table[:, 1]
        _rows_by("text", table[:, 0], len(self.texts), arrays)
        arrays |= arrays_of(self.texts, "text")
        arrays |= arrays_of(map(json.dumps, self.numbers), "numbers")
        arrays |= postings_of(list(self.texts), "bigram")
        counts = np.diff(arrays["bigram_starts"])
        weight = np.array([rarity(count, len(self.texts)) for count in counts.tolist()])
        arrays["text_weight"] = np.bincount(
            arrays["bigram_texts"], np.repeat(weight, counts), minlength=len(self.texts)
        ).astype(np.float32)
        buyers = list(self.buyers)
        keys = [buyer_key(buyer) for buyer in buyers]
        arrays |= arrays_of(buyers, "buyer")
        arrays |= arrays_of((key.head for key in keys), "buyer_head")
        arrays |= arrays_of((key.bureau for key in keys), "buyer_bureau")
        arrays |= arrays_of(map(core_key, buyers), "buyer_core")
        arrays |= postings_of([comparable(buyer) for buyer in buyers], "buyer_bigram")


def _has_place(supplier: Supplier) -> bool:
    return bool(supplier.address and address_key(supplier.address, supplier.municipality_code))


def _of(column: array[Any]) -> NDArray[Any]:
    return np.frombuffer(column, np.dtype(column.typecode)) if column else np.empty(0, np.dtype(column.typecode))


def _rows_by(name: str, column: NDArray[Any], values: int, arrays: Arrays) -> None:
    """For each value of a column its rows: those of value n stand in ``NAME_rows`` from ``NAME_first[n]`` to the next one.

    Values below 0 are left out.
    """
    order = np.argsort(column, kind="stable")
    arrays[f"{name}_first"] = np.searchsorted(column[order], np.arange(values + 1))
    begin = int(np.searchsorted(column[order], 0))
    arrays[f"{name}_first"] -= begin
    arrays[f"{name}_rows"] = order[begin:].astype(np.uint32)


def _sorted_lists(name: str, values: Sequence[NDArray[Any]], rows: Sequence[NDArray[Any]], arrays: Arrays) -> None:
    """Several lists of values with their rows as one, each in the order of its values; ``NAME_lists`` says where each begins."""
    orders = [np.argsort(one, kind="stable") for one in values]
    arrays[f"{name}_lists"] = np.cumsum([0, *(len(one) for one in values)])
    arrays[f"{name}_values"] = np.concatenate([one[order] for one, order in zip(values, orders, strict=True)])
    arrays[f"{name}_rows"] = np.concatenate([one[order] for one, order in zip(rows, orders, strict=True)])
