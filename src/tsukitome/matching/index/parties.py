"""The suppliers of an index: as their records show them, by place, and as firms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.firms import group, place_keys
from tsukitome.awards import FromRegister, Supplier
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.distinct import distinct, rows_by
from tsukitome.matching.index.gathering import Gathered, Numbered, numbers_of
from tsukitome.matching.index.strings import arrays_of
from tsukitome.normalize.firm import core_key, spelled_key

Rows = NDArray[Any]
Arrays = dict[str, Rows]
_JOINT = 1 << 16  # more than the suppliers of an award


def add_suppliers(gathered: Gathered, order: Rows, row: Rows, arrays: Arrays) -> None:
    """Adds everything about suppliers to the arrays of an index, which has the awards of its rows already.

    ``order`` are the rows that were gathered as they lie in the index, ``row`` is the inverse.
    """
    names = Numbered()
    whos = [_who(said) for said in gathered.whos]
    gathered.whos.clear()
    suppliers = [supplier for supplier, _ in whos]
    arrays |= arrays_of((_said(*who) for who in whos), "who")
    arrays["who"] = gathered.take("who")[order]
    arrays["who_name"] = numbers_of(names, (one.name for one in suppliers))
    arrays |= arrays_of(names, "name")
    arrays |= arrays_of(map(core_key, names), "core")
    arrays |= arrays_of(map(spelled_key, names), "spelled")
    members = gathered.take("member_who")
    arrays["member_rows"], arrays["member_names"] = row[gathered.take("member_row")], arrays["who_name"][members]
    _add_places(suppliers, members, arrays)
    firms = _add_firms(suppliers, arrays)
    _add_firm_names(list(names), firms, arrays)


def _add_places(suppliers: Sequence[Supplier], members: Rows, arrays: Arrays) -> None:
    """The places of rows: of a supplier and of the members of its joint venture."""
    places, sets = Numbered(), Numbered()
    found = [parts.place_of(supplier) for supplier in suppliers]
    of_who = np.zeros(len(suppliers), np.uint32)
    met = distinct(arrays["who"])  # and none that is only the member of a joint venture
    of_who[met] = numbers_of(sets, ((places[found[who]],) for who in met.tolist()))
    arrays["place"] = of_who[arrays["who"]]
    ventures: dict[int, set[str]] = defaultdict(set)
    for row, member in zip(arrays["member_rows"].tolist(), members.tolist(), strict=True):
        ventures[row].add(found[member])
    for row, theirs in ventures.items():
        known = sorted({*theirs, found[arrays["who"][row]]} - {parts.NOWHERE}) or [parts.NOWHERE]
        arrays["place"][row] = sets[tuple(places[place] for place in known)]
    arrays["places_starts"] = np.cumsum([0, *map(len, sets)])
    arrays["places"] = np.array([place for one in sets for place in one], np.uint32)
    arrays |= arrays_of(places, "place")
    arrays |= rows_by("place", arrays["place"], len(sets))


def _add_firms(suppliers: Sequence[Supplier], arrays: Arrays) -> int:
    """The firm of each row, numbered in the order of their first alternatives; how many there are."""
    by_award = np.argsort(arrays["award"].astype(np.int64) * _JOINT + arrays["at"])
    who = arrays["who"][by_award].astype(np.int64)
    met = _in_order_of_meeting(who, len(suppliers))
    theirs = [suppliers[number] for number in met.tolist()]
    places = place_keys(theirs)
    proved = [bool(one.corporate_number or place) for one, place in zip(theirs, places, strict=True)]
    firm = np.full(len(suppliers), -1, np.int64)
    firm[met] = np.where(proved, group(theirs, places), -1)
    # What has neither number nor place is a firm of its own, each time it is met.
    each = np.where(firm[who] >= 0, firm[who], len(met) + np.arange(len(who)))
    known = _in_order_of_meeting(each, len(met) + len(who))
    number = np.empty(len(met) + len(who), np.uint32)
    number[known] = np.arange(len(known), dtype=np.uint32)
    arrays["firm"] = np.empty(len(who), np.uint32)
    arrays["firm"][by_award] = number[each]
    arrays |= rows_by("firm", arrays["firm"], len(known))
    return len(known)


def _add_firm_names(names: Sequence[str], firms: int, arrays: Arrays) -> None:
    """For each firm the place of its name among all names in order: that which it has most often, the first of several."""
    count = len(names) or 1
    rank = np.empty(len(names), np.int64)
    rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    pairs = np.sort(arrays["firm"].astype(np.int64) * count + rank[arrays["who_name"][arrays["who"]]])
    begin = np.flatnonzero(np.diff(pairs, prepend=-1))
    often = np.diff(np.append(begin, len(pairs)))
    firm, name = np.divmod(pairs[begin], count)
    best = np.lexsort((name, -often, firm))
    arrays["firm_name"] = name[best[np.searchsorted(firm[best], np.arange(firms))]].astype(np.uint32)


def _in_order_of_meeting(values: Rows, count: int) -> Rows:
    """The numbers below ``count`` that stand among the values, in the order in which they are first met."""
    first = np.full(count, len(values), np.int64)
    first[values[::-1]] = np.arange(len(values))[::-1]  # of several the last one is kept
    met = np.flatnonzero(first < len(values))
    return met[np.argsort(first[met])]


def _who(said: str) -> tuple[Supplier, list[str]]:
    """A supplier, and how it is printed; see :class:`~tsukitome.archive.stretches.Stretch`."""
    name, printed, ground, address, code, number = json.loads(said)
    mark = FromRegister(("address",), moved=ground == "moved") if ground else None
    one = Supplier(name, address, code, number, register=mark)
    return one, printed if isinstance(printed, list) else [printed or name]


def _said(one: Supplier, printed: Sequence[str]) -> str:
    return _encoded([one.name, one.address, one.municipality_code, one.corporate_number, printed])


_encoded = json.JSONEncoder(ensure_ascii=False).encode
