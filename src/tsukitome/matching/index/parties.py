"""The suppliers of an index: as their records show them, by place, and as firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.firms import group, place_keys
from tsukitome.awards import Supplier
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.columns import SEVERAL
from tsukitome.matching.index.distinct import begins, order_by, order_of, renumbered, rows_by
from tsukitome.matching.index.gathering import Gathered, Numbered, numbers_of
from tsukitome.matching.index.strings import Strings, arrays_of
from tsukitome.matching.index.writing import Arrays
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.firm_sound import roman_key, sound_key

Rows = NDArray[Any]
_AT_ONCE = 10_000  # suppliers that are taken apart together
NO_FIRM = (1 << 32) - 1  # of suppliers with neither number nor block: each is a firm of its own, each time it is met


@dataclass
class _Suppliers:
    """The distinct suppliers of an index in the order of its rows, those that are only members of joint ventures behind the others.

    ``firm`` is a number that those of one firm have in common, below 0 for none, as far as it is ``settled``.
    """

    said: Strings
    met: Rows  # the number of each among the ``said``
    place: Rows
    firm: Rows
    settled: Rows

    def __getitem__(self, number: int) -> Supplier:
        return parts.supplier_of(self.said[int(self.met[number])])[0]


def add_suppliers(gathered: Gathered, said: Strings, order: Rows, row: Rows, arrays: Arrays) -> None:
    """Adds everything about suppliers to the arrays of an index, which has the awards of its rows already.

    ``said`` are the suppliers that were gathered, ``order`` are the rows that were gathered as they lie in the index, ``row`` the
    inverse.
    """
    known = gathered.known
    names, places = (Numbered(zip(one, range(len(one)), strict=True)) for one in (known.names, known.places))
    name, place = known.name, known.place
    for begin in range(len(known.name), len(said), _AT_ONCE):
        new = [parts.supplier_of(said[one])[0] for one in range(begin, min(begin + _AT_ONCE, len(said)))]
        name = np.append(name, numbers_of(names, (one.name for one in new)))
        place = np.append(place, numbers_of(places, map(parts.place_of, new)))
    cores, sounds, romans = (
        [*before, *map(key, islice(names, len(before), None))]
        for key, before in ((core_key, known.cores), (sound_key, known.sounds), (roman_key, known.romans))
    )
    new_ones = len(said) - len(known.name)
    firm = np.append(known.firm, np.full(new_ones, -1))
    settled = np.append(known.settled, np.zeros(new_ones, bool))
    who, member_row, member_who = gathered.take("who"), row[gathered.take("member_row")], gathered.take("member_who")
    settled[who[gathered.recalled :]] = False
    by_row = order_of(member_row)
    arrays["member_rows"] = member_row[by_row]
    settled &= ~_related(
        said, name, cores, ~settled
    )  # also those whose rows are all gone: firms may have been apart for them
    numbers, met = renumbered(np.append(who[order], member_who[by_row]), len(said))
    arrays["who"], arrays["member_who"] = numbers[: len(who)], numbers[len(who) :]
    of_names, met_names = renumbered(name[met], len(names))
    printed = list(names)
    arrays |= arrays_of((printed[one] for one in met_names.tolist()), "name")
    arrays |= arrays_of((cores[one] for one in met_names.tolist()), "core")
    arrays |= arrays_of((sounds[one] for one in met_names.tolist()), "sound")
    arrays |= arrays_of((romans[one] for one in met_names.tolist()), "roman")
    arrays["who_name"] = of_names
    suppliers = _Suppliers(said, met, place[met], firm[met], settled[met])
    arrays |= arrays_of((said[one] for one in met.tolist()), "who")
    _add_places(suppliers.place, places, arrays)
    _add_firms(suppliers, arrays)
    _add_firm_names([printed[one] for one in met_names.tolist()], arrays)


def _add_places(of_who: Rows, places: Numbered, arrays: Arrays) -> None:
    """The places of rows: of a supplier and of the members of its joint venture."""
    sets, names = Numbered(), list(places)
    of_one = numbers_of(sets, ((place,) for place in range(len(places))))
    row_place = of_one[of_who[arrays["who"]]]
    ventures: dict[int, set[int]] = defaultdict(set)
    for row, member in zip(arrays["member_rows"].tolist(), of_who[arrays["member_who"]].tolist(), strict=True):
        ventures[row].add(member)
    for row, theirs in ventures.items():
        found = sorted({names[place] for place in (*theirs, of_who[arrays["who"][row]])} - {parts.NOWHERE})
        row_place[row] = sets[tuple(places[place] for place in found or [parts.NOWHERE])]
    arrays["place"], met = renumbered(row_place, len(sets))
    numbered = list(sets)
    chosen = [numbered[one] for one in met.tolist()]
    arrays["places_starts"] = np.cumsum([0, *map(len, chosen)])
    each = np.array([place for one in chosen for place in one], np.uint32)
    number, met = renumbered(np.append(each, of_who), len(places))
    arrays["places"], arrays["who_place"] = np.split(number, [len(each)])
    arrays |= arrays_of((names[one] for one in met.tolist()), "place")
    arrays |= rows_by("place", arrays["place"], len(chosen))


def _add_firms(suppliers: _Suppliers, arrays: Arrays) -> None:
    """The firm of each row, numbered in the order of their first alternatives."""
    by_award = order_by(arrays["award"], arrays["at"])
    who = arrays["who"][by_award]
    _, met = renumbered(who, len(suppliers.met))
    firm = suppliers.firm.astype(np.int64)
    again = met[~suppliers.settled[met]]
    theirs = [suppliers[number] for number in again.tolist()]
    places = place_keys(theirs)
    proved = [bool(one.corporate_number or place) for one, place in zip(theirs, places, strict=True)]
    firm[again] = np.where(proved, int(firm.max(initial=-1)) + 1 + np.array(group(theirs, places), np.int64), -1)
    own = int(firm.max(initial=-1)) + 1
    each = np.where(firm[who] >= 0, firm[who], own + np.arange(len(who)))
    number, known = renumbered(each, own + len(who))
    of_row, of_who = np.empty(len(who), np.uint32), np.full(len(suppliers.met), NO_FIRM, np.uint32)
    of_row[by_award], of_who[who] = number, np.where(firm[who] >= 0, number, NO_FIRM)
    arrays["firm"], arrays["who_firm"] = of_row, of_who
    arrays |= rows_by("firm", arrays["firm"], len(known))
    sizes = np.diff(arrays["firm_first"].astype(np.int64))
    arrays["firms_by_size"] = np.argsort(-sizes, kind="stable").astype(np.uint32)
    first, whos = arrays["firm_first"][:-1], arrays["who"][arrays["firm_rows"]].astype(np.int32)
    one = np.minimum.reduceat(whos, first) == np.maximum.reduceat(whos, first) if len(whos) else np.empty(0, bool)
    arrays["firm_who"] = np.where(one, whos[first], SEVERAL).astype(np.int32) if len(whos) else whos


def _related(said: Iterable[str], name: Rows, cores: Sequence[str], found: Rows) -> Rows:
    """The suppliers that are ``found``, and all that share a name's key or a number with one of them, or with one that does: no
    other firm can change with them.
    """
    if found.all() or not found.any():
        return found
    core = numbers_of(Numbered(), cores)[name]
    numbers = Numbered({"null": 0})
    number = numbers_of(numbers, (one[one.rindex(",") + 1 : -1] for one in said))
    grown = True
    while grown:
        with_core, with_number = np.zeros(len(cores), bool), np.zeros(len(numbers), bool)
        with_core[core[found]] = with_number[number[found]] = True
        with_number[0] = False
        wider = with_core[core] | with_number[number]
        grown, found = bool((wider & ~found).any()), wider
    return found


def _add_firm_names(names: Sequence[str], arrays: Arrays) -> None:
    """For each firm the place of its name among all names in order: that which it has most often, the first of several."""
    rank = np.empty(len(names), np.int64)
    rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    firm, name = arrays["firm"], rank[arrays["who_name"][arrays["who"]]]
    order = order_by(firm, name)
    firm, name = firm[order], name[order]
    begin = np.flatnonzero(begins(firm, name))
    often = np.diff(np.append(begin, len(firm)))
    best = order_by(firm[begin], often.max(initial=0) - often)
    arrays["firm_name"] = name[begin[best[begins(firm[begin])]]].astype(np.uint32)
